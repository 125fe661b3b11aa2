//! Whom or what a fact is about.
//!
//! «los ingresos de Iberdrola subieron» is about Iberdrola, the owner of the measure; «Beijing cuenta con 21 laboratorios» about the
//! subject of its verb. Pronouns, verbs without a subject and «la compañía» stand for whoever was spoken of before, if the
//! article leaves no doubt.

use super::clause;
use super::grammatical::{self, Subject};
use super::link::{Heading, Scene, Target, Topic, candidate};
use super::measure::without_owner;
use super::parse::{Class, Item};
use super::phrase::Phrase;
use super::score::{Features, Source};
use super::{Candidate, Field, Link};
use crate::entity::EntityType;
use crate::pack::syntax as roles;
use crate::quantity::Kind;

/// Whom a phrase names.
#[derive(Clone, Debug)]
pub(super) struct Owner {
    /// Index of the name.
    pub name: Option<usize>,
    pub text: String,
    pub class: Option<EntityType>,
}

fn named(scene: &Scene<'_>, index: usize) -> Option<Owner> {
    let name = scene.article.names.get(index)?;
    Some(Owner { name: Some(index), text: name.canonical.to_owned(), class: Some(name.class) })
}

pub(super) fn at_item(scene: &Scene<'_>, at: usize) -> Option<Owner> {
    let item = scene.item(at)?;
    match item.class {
        Class::Name(Some(index)) => {
            let mut owner = named(scene, index)?;
            // «S&P 500»: the figure belongs to the name.
            let name = scene.article.names.get(index)?.span;
            let text = scene.view.slice(item.first, item.end);
            if text.len() > name.len() && owner.text == name.of(scene.article.text) {
                owner.text = crate::record::single_line(text).into_owned();
            }
            Some(owner)
        }
        Class::Name(None) => {
            let text = crate::record::single_line(scene.view.slice(item.first, item.end)).into_owned();
            Some(Owner { name: None, text, class: None })
        }
        _ => None,
    }
}

/// The entity that a noun phrase names, stands for or belongs to; the phrase itself where it is none.
pub(super) fn resolve(scene: &Scene<'_>, phrase: Phrase) -> Option<Owner> {
    let items = &scene.items;
    let (_, head) = phrase.head(items)?;
    // «cuya participación»
    let before = (0..phrase.start).rev().find(|at| scene.class(*at) != Some(Class::Determiner));
    if let Some(whose) = before.filter(|at| scene.item(*at).is_some_and(|i| i.has(roles::WHOSE))) {
        let comma = whose.checked_sub(1).and_then(|at| scene.class(at)) == Some(Class::Comma);
        let antecedent = super::phrase::phrase_before(items, whose - usize::from(comma))?;
        return resolve(scene, antecedent);
    }
    // A name beside the head: «la empresa argentina Musimundo».
    if let Some((at, _)) = phrase.names(items).find(|(_, beside)| *beside) {
        return at_item(scene, at);
    }
    // «el presidente de la CBF, Ricardo Teixeira,»
    if scene.class(phrase.end) == Some(Class::Comma)
        && (head.has(roles::FOR_PER) || matches!(scene.class(phrase.end + 2), Some(Class::Comma | Class::Verb)))
    {
        let apposed = at_item(scene, phrase.end + 1).filter(|owner| owner.class == Some(EntityType::Per));
        if apposed.is_some() {
            return apposed;
        }
    }
    // «Netflix users», «the Biden administration»: no less than the whole.
    let thing = !head.has(roles::PROPERTY | roles::UP | roles::DOWN);
    if thing
        && let Some(name) = phrase.start.checked_sub(1).filter(|at| {
            scene.item(*at).is_some_and(|item| item.has(roles::OWNER_MARK) && matches!(item.class, Class::Name(_)))
        })
    {
        let class = at_item(scene, name).and_then(|owner| owner.class);
        let whole = head.has(roles::PEOPLE) || head.has(roles::FOR_ORG) && class != Some(EntityType::Org);
        if whole || class.is_none() {
            // «the benchmark Norland index»
            let modifies =
                |at: &usize| scene.item(*at).is_some_and(|i| matches!(i.class, Class::Adjective | Class::Noun));
            let start = (0..name).rev().take_while(modifies).last().unwrap_or(name);
            let text = scene.text(Phrase { start, ..phrase });
            let class = head.has(roles::FOR_ORG).then_some(EntityType::Org);
            return Some(Owner { name: None, text, class });
        }
    }
    let owner = owned(scene, phrase);
    if head.has(roles::FOR_PER) {
        // The president of a company is not the company.
        if owner.is_none()
            && let Some(person) = latest(scene, EntityType::Per)
        {
            return Some(person);
        }
        let text = scene.text(phrase);
        return Some(Owner { name: None, text, class: None });
    }
    // «el tribunal de Nis» is no place.
    let seated = head.has(roles::FOR_ORG) && owner.as_ref().is_some_and(|owner| owner.class == Some(EntityType::Loc));
    if owner.is_some() && !seated {
        return owner;
    }
    if seated {
        return Some(Owner { name: None, text: scene.text(phrase), class: Some(EntityType::Org) });
    }
    for (role, class) in [(roles::FOR_ORG, EntityType::Org), (roles::FOR_LOC, EntityType::Loc)] {
        let determined = phrase
            .start
            .checked_sub(1)
            .and_then(|at| scene.item(at))
            .is_some_and(|item| item.class == Class::Determiner || item.is_of());
        // «公司», where no word determines nouns
        let loose = scene.item(phrase.start).and_then(|item| item.frame).is_some_and(|frame| frame.loose);
        let determined = determined || loose;
        if head.has(role)
            && determined
            && (phrase.end - phrase.start == 1 || is_modified(scene, phrase))
            && let Some(entity) = latest(scene, class).or_else(|| introduced(scene, class))
        {
            return Some(entity);
        }
    }
    let text = scene.text(without_owner(scene, phrase));
    Some(Owner { name: None, text, class: None })
}

/// «de lokale partij»: nothing but adjectives before the noun.
fn is_modified(scene: &Scene<'_>, phrase: Phrase) -> bool {
    let last = phrase.end - 1;
    scene.item(last).is_some_and(|item| item.frame.is_some_and(|frame| !frame.loose) && item.class == Class::Noun)
        && (phrase.start..last).all(|at| scene.class(at) == Some(Class::Adjective))
}

/// The owner that a phrase names or stands for behind its head.
fn owned(scene: &Scene<'_>, phrase: Phrase) -> Option<Owner> {
    let at = super::measure::owner(scene, phrase)?;
    let item = scene.item(at)?;
    if item.class != Class::Noun {
        return at_item(scene, at);
    }
    if !item.has(roles::FOR_ORG | roles::FOR_LOC) {
        let owner = super::phrase::phrase_before(&scene.items, at + 1)?;
        return Some(Owner { name: None, text: scene.text(owner), class: None });
    }
    let class = if item.has(roles::FOR_ORG) { EntityType::Org } else { EntityType::Loc };
    let marked = scene.item(at + 1).is_some_and(|mark| mark.has(roles::OWNER_MARK));
    latest(scene, class).or_else(|| {
        // «the group's sales», where no group was named
        if marked {
            let owner = super::phrase::phrase_before(&scene.items, at + 1)?;
            return Some(Owner { name: None, text: scene.text(owner), class: None });
        }
        // «der Umsatz des Konzerns», which the text names nowhere
        item.frame?;
        Some(Owner { name: None, text: scene.view.slice(item.first, item.end).to_owned(), class: None })
    })
}

/// Whether a phrase is headed by a name.
pub(super) fn names(scene: &Scene<'_>, phrase: Phrase) -> bool {
    phrase.names(&scene.items).any(|(_, beside)| beside)
}

/// The entity of a class that the text before is about: the one named most, of several the latest.
fn latest(scene: &Scene<'_>, class: EntityType) -> Option<Owner> {
    let slot = EntityType::ALL.iter().position(|other| *other == class)?;
    let Some(latest) = *scene.topic.latest.get(slot)? else {
        // None before the sentence: the first in it, where nothing tells «公司» from «该公司».
        scene.items.first().and_then(|item| item.frame).filter(|frame| frame.loose)?;
        let first = scene.items.iter().find_map(|item| match item.class {
            Class::Name(Some(index)) => {
                scene.article.names.get(index).filter(|name| name.class == class).map(|_| index)
            }
            _ => None,
        })?;
        return named(scene, first);
    };
    let before = scene.article.names.get(..=latest)?;
    let mut best: Option<(usize, usize)> = None;
    for (index, name) in before.iter().enumerate().rev().filter(|(_, name)| name.class == class).take(MENTIONS) {
        let mentions = before.iter().filter(|other| other.canonical == name.canonical).count();
        if best.is_none_or(|(most, _)| mentions > most) {
            best = Some((mentions, index));
        }
    }
    named(scene, best.map_or(latest, |(_, index)| index))
}

/// The name that a noun of this class introduced.
fn introduced(scene: &Scene<'_>, class: EntityType) -> Option<Owner> {
    let slot = usize::from(class != EntityType::Org);
    let (name, text) = scene.topic.introduced.get(slot)?.clone()?;
    Some(Owner { name, text, class: Some(class) })
}

/// How many mentions back an entity is looked for.
const MENTIONS: usize = 12;

/// Whoever the text before is about.
fn topic(scene: &Scene<'_>) -> Option<Owner> {
    match scene.topic.subject {
        Some(name) => named(scene, name),
        None => introduced(scene, EntityType::Org),
    }
}

fn push(out: &mut Vec<Candidate>, owner: Owner, source: Source, features: Features) {
    let features = Features { named: owner.class.is_some(), ..features };
    let mut found = candidate(Field::Subject, owner.text, source, features);
    found.class = owner.class;
    out.push(found);
}

/// Candidates for `subject`; `property` is the phrase of the measure.
pub(super) fn candidates(
    scene: &Scene<'_>,
    target: &Target<'_>,
    property: Option<Phrase>,
    before: Option<&Link>,
    out: &mut Vec<Candidate>,
) {
    let items = &scene.items;
    // Whom the quantity before in the sentence is about.
    let earlier = before.filter(|link| link.subject_type.is_some()).map(|link| Owner {
        name: None,
        text: link.subject.clone(),
        class: link.subject_type,
    });
    if let Some(property) = property {
        // «el número de empresas en Vallemar»
        let behind = scene
            .item(property.end)
            .filter(|item| item.is_preposition() && item.has(roles::KEPT))
            .and_then(|_| at_item(scene, super::phrase::skip_determiners(items, property.end + 1)));
        if let Some(owner) = owned(scene, property).or(behind.filter(|owner| owner.class.is_some())) {
            // «Nubia ampliará su centro de Arganza»: who acts ranks before whose the object is.
            let actor = match target.subject {
                Subject::Phrase(phrase) => {
                    property.start != phrase.start
                        && property.end <= target.at
                        && resolve(scene, phrase).is_some_and(|owner| owner.class.is_some())
                }
                _ => false,
            };
            push(out, owner, Source::Owner, Features { borders: if actor { 2 } else { 0 }, ..Features::default() });
        }
    }
    if let Some(owner) = super::list::label(scene, target.at)
        .filter(|label| names(scene, *label))
        .and_then(|label| resolve(scene, label))
    {
        push(out, owner, Source::Table, Features::default());
    }
    if let Some(owner) = super::measure::bearer(scene, target).and_then(|phrase| resolve(scene, phrase)) {
        // Who buys it ranks before it.
        let other = matches!(target.subject, Subject::Phrase(phrase) if phrase.end < target.at && target.verb.is_some_and(|v| v.lexical >= phrase.end && v.lexical < target.at));
        push(out, owner, Source::Apposition, Features { borders: u8::from(other), ..Features::default() });
    }
    // «K-2, de 8.611 metros», «Santini, de 48 años», «Cho Oyu (8.153)»
    if let Some(owner) = apposition(scene, target) {
        push(out, owner, Source::Apposition, Features::default());
    }
    if target.quantity.kind == Kind::Ordinal
        && let Some(phrase) = target.counted
        && let Some(owner) = scene
            .item(phrase.end)
            .filter(|item| item.is_of())
            .and_then(|_| at_item(scene, super::phrase::skip_determiners(items, phrase.end + 1)))
    {
        push(out, owner, Source::Owner, Features::default());
    }
    let same_as_property = |phrase: Phrase| property.is_some_and(|property| property.start == phrase.start);
    if let Some(owner) = setting(scene, target).filter(|_| match target.subject {
        Subject::Phrase(phrase) => same_as_property(phrase),
        Subject::Quantity(_) => true,
        Subject::Before => false,
    }) {
        push(out, owner, Source::Apposition, Features::default());
    }
    match target.subject {
        Subject::Phrase(phrase) => {
            let same = property.is_some_and(|property| property.start == phrase.start);
            let has_owner = super::measure::owner(scene, phrase).is_some() || phrase.names(items).next().is_some();
            let opener = (0..phrase.start).rev().find(|at| scene.class(*at) != Some(Class::Determiner));
            let whose = opener.and_then(|at| scene.item(at)).is_some_and(|item| item.has(roles::WHOSE));
            // «…, representando la mitad»: said of the measure of the quantity before, and so of its owner.
            let shared = before.is_some_and(|link| {
                !link.measure.is_empty() && link.measure == scene.text(without_owner(scene, phrase))
            });
            if shared && let Some(owner) = earlier {
                push(out, owner, Source::VerbSubject, Features::default());
            } else if (!same || has_owner || whose)
                && let Some(owner) = resolve(scene, phrase)
            {
                push(out, owner, Source::VerbSubject, Features::default());
            } else if let Some(owner) = earlier.or_else(|| topic(scene)) {
                push(out, owner, Source::Topic, Features { sentences: scene.topic.since, ..Features::default() });
            }
        }
        Subject::Quantity(at) if at == target.at => {
            // What is counted acts; whose it is, is named behind it or known from before.
            let tail = target.counted.map_or(at + 1, |phrase| phrase.end);
            let owner = scene
                .item(tail)
                .filter(|item| item.is_of())
                .and_then(|_| at_item(scene, super::phrase::skip_determiners(items, tail + 1)));
            if let Some(owner) = owner {
                push(out, owner, Source::Owner, Features::default());
            } else if let Some(owner) = topic(scene).filter(|_| {
                // «se negociaron 75 millones de títulos»: somebody did; «acudieron tres ambulancias»: they did.
                let verb = target.verb.and_then(|verb| verb.head.checked_sub(1));
                !super::counted::people(scene, target)
                    && (verb.and_then(|at| scene.item(at)).is_some_and(|item| item.has(roles::REFLEXIVE))
                        || target.counted.is_none())
            }) {
                push(out, owner, Source::Around, Features { sentences: scene.topic.since, ..Features::default() });
            }
        }
        Subject::Quantity(at) => {
            if let Some(Class::Quantity(fact)) = scene.class(at)
                && let Some(quantity) = scene.article.quantities.get(fact)
                && let Some(phrase) = super::counted::phrase(scene, at, quantity)
            {
                let text = scene.text(phrase);
                push(out, Owner { name: None, text, class: None }, Source::VerbSubject, Features::default());
            } else if scene.view.pack.head_last()
                && let Some(owner) = super::link::phrase(scene, at + 1, super::phrase::Reach::Of)
                    .filter(|phrase| phrase.start == at + 1)
                    .and_then(|phrase| resolve(scene, phrase))
            {
                // «the 34-year-old striker has scored 11 goals»
                push(out, owner, Source::VerbSubject, Features::default());
            }
        }
        Subject::Before => {
            if let Some(owner) = spoken_of(scene, target) {
                push(out, owner, Source::VerbSubject, Features { borders: 1, ..Features::default() });
            }
            if let Some(owner) = topic(scene) {
                let source = if target.verb.is_some() { Source::Elided } else { Source::Around };
                push(out, owner, source, Features { sentences: scene.topic.since, ..Features::default() });
            } else if let Some(owner) = nearest(scene, target) {
                push(out, owner, Source::Nearby, Features::default());
            }
        }
    }
}

/// Whom the verb before in the sentence is said of, where a pronoun stands for them: «The bank announced that it will charge 5 euros».
fn spoken_of(scene: &Scene<'_>, target: &Target<'_>) -> Option<Owner> {
    let head = target.verb.filter(|verb| !verb.behind)?.head;
    let earlier = (0..head).rev().find(|at| scene.item(*at).is_some_and(Item::is_finite))?;
    match grammatical::subject(&scene.items, clause::group(&scene.items, earlier)) {
        Subject::Phrase(phrase) => resolve(scene, phrase).filter(|owner| owner.class.is_some()),
        _ => None,
    }
}

/// The name that a phrase with the quantity stands beside: «el San Cristóbal, de 1.745 metros», «Cho Oyu (8.153)», «Emu, el primer
/// modelo», «el segundo monte más alto, el K-2», «el Everest de 8.848 metros».
pub(super) fn apposition(scene: &Scene<'_>, target: &Target<'_>) -> Option<Owner> {
    let quantity = target.quantity;
    if quantity.kind == Kind::Ordinal
        && let Some(phrase) = target.counted
        && scene.class(phrase.end) == Some(Class::Comma)
        && let Some(owner) = at_item(scene, super::phrase::skip_determiners(&scene.items, phrase.end + 1))
    {
        return Some(owner);
    }
    if let Some(owner) = bearer(scene, target) {
        return Some(owner);
    }
    // «la segunda montaña del mundo con 8.611 metros»: of what the quantity before is said of.
    let mut before = target.at.checked_sub(1)?;
    let (mut parted, mut tied, mut determined) = (false, false, false);
    for _ in 0..6 {
        let item = scene.item(before)?;
        match item.class {
            Class::Preposition if item.is_of() && !parted => tied = true,
            Class::Determiner if !parted => determined = true,
            Class::Adverb if !parted => {}
            Class::Comma | Class::Open if !parted => parted = true,
            Class::Name(_) => {
                let age = super::measure::is_age(scene, target);
                let ranked = quantity.kind == Kind::Ordinal && parted && determined;
                let valued =
                    matches!(quantity.kind, Kind::Measure | Kind::Money | Kind::Percent | Kind::Number | Kind::Count);
                let bracketed = scene.class(before + 1) == Some(Class::Open);
                let is = age
                    || ranked
                    || parted && (tied || bracketed) && valued
                    || tied && quantity.kind == Kind::Measure && !parted;
                return at_item(scene, before).filter(|_| is);
            }
            _ => return None,
        }
        before = before.checked_sub(1)?;
    }
    None
}

/// The place that opens a clause: «In Kaltenfels sank die Temperatur auf 3 Grad».
fn setting(scene: &Scene<'_>, target: &Target<'_>) -> Option<Owner> {
    let verb = target.verb?;
    let frame = scene.item(verb.head)?.frame?;
    let inside = (frame.start..verb.head)
        .find(|at| scene.item(*at).is_some_and(|item| item.is_preposition() && item.has(roles::KEPT)))?;
    let at = super::phrase::skip_determiners(&scene.items, inside + 1);
    at_item(scene, at).filter(|owner| owner.class == Some(EntityType::Loc))
}

/// «ein Windpark mit 54 Anlagen ging ans Netz»: what has the quantity, the subject of a verb that says something else.
fn bearer(scene: &Scene<'_>, target: &Target<'_>) -> Option<Owner> {
    let verb = target.verb?;
    scene.item(verb.head)?.frame?;
    let before =
        (0..target.at).rev().find(|at| !matches!(scene.class(*at), Some(Class::Determiner | Class::Adverb)))?;
    let item = scene.item(before)?;
    if !item.is_preposition() || !item.has(roles::KEPT) {
        return None;
    }
    let end = before - usize::from(before > 0 && scene.class(before - 1) == Some(Class::Comma));
    let Subject::Phrase(subject) = target.subject else {
        // «Im Landtag mit 110 Sitzen verfügt …»
        let phrase = super::phrase::phrase_before(&scene.items, end).filter(|_| verb.head > target.at)?;
        return resolve(scene, phrase);
    };
    if subject.end == end {
        return resolve(scene, subject);
    }
    let phrase = super::phrase::phrase_before(&scene.items, end).filter(|_| verb.head > target.at)?;
    resolve(scene, phrase)
}

/// The nearest name of a person, an organisation or another actor in the sentence.
fn nearest(scene: &Scene<'_>, target: &Target<'_>) -> Option<Owner> {
    let names = scene.items.iter().enumerate().filter(|(_, item)| matches!(item.class, Class::Name(Some(_))));
    let (at, _) = names.min_by_key(|(at, _)| at.abs_diff(target.at))?;
    at_item(scene, at)
}

/// Notes whom a sentence that is not read was about: the first actor that it names.
pub(super) fn glance(article: super::Article<'_>, sentence: &crate::text::Sentence, topic: &mut Topic) {
    topic.fragment = None;
    topic.heading = Heading::default();
    let from = article.names.partition_point(|name| name.span.end <= sentence.span.start);
    let names = article.names.iter().enumerate().skip(from).take_while(|(_, name)| name.span.start < sentence.span.end);
    let mut found = None;
    for (index, name) in names {
        if let Some(slot) = EntityType::ALL.iter().position(|class| *class == name.class)
            && let Some(latest) = topic.latest.get_mut(slot)
        {
            *latest = Some(index);
        }
        if found.is_none() && name.class != EntityType::Loc {
            found = Some(index);
        }
    }
    if found.is_some() {
        topic.subject = found;
        topic.since = 0;
    } else {
        topic.since = topic.since.saturating_add(1);
    }
}

/// Notes whom the sentence was about.
pub(super) fn remember(scene: &Scene<'_>, topic: &mut Topic) {
    for at in 0..scene.items.len() {
        let noun = (0..at).rev().find(|i| scene.class(*i) != Some(Class::Adjective)).and_then(|i| scene.item(i));
        let Some(noun) = noun.filter(|noun| noun.class == Class::Noun) else { continue };
        for (slot, role) in topic.introduced.iter_mut().zip([roles::FOR_ORG, roles::FOR_LOC]) {
            if noun.has(role)
                && let Some(owner) = at_item(scene, at)
            {
                *slot = Some((owner.name, owner.text));
            }
        }
    }
    for item in &scene.items {
        if let Class::Name(Some(index)) = item.class
            && let Some(name) = scene.article.names.get(index)
            && let Some(slot) = EntityType::ALL.iter().position(|class| *class == name.class)
            && let Some(latest) = topic.latest.get_mut(slot)
        {
            *latest = Some(index);
        }
    }
    topic.heading = Heading::of(scene, scene.items.len());
    let listed = super::table::listed(scene);
    if listed.is_some() || scene.items.iter().any(Item::is_finite) {
        topic.listed = listed;
    }
    let finite = scene.items.iter().position(Item::is_finite);
    let subject = finite.and_then(|at| match grammatical::subject(&scene.items, clause::group(&scene.items, at)) {
        Subject::Phrase(phrase) => resolve(scene, phrase),
        _ => None,
    });
    // «Sartoria Lunardi cresce», a name that the recogniser did not see
    if let Some(owner) = subject.as_ref().filter(|owner| owner.name.is_none() && owner.class.is_none())
        && let Some(Class::Name(None)) =
            finite.and_then(|at| match grammatical::subject(&scene.items, clause::group(&scene.items, at)) {
                Subject::Phrase(phrase) => phrase.head(&scene.items).map(|(_, head)| head.class),
                _ => None,
            })
        && let [org @ None, _] = &mut topic.introduced
    {
        *org = Some((None, owner.text.clone()));
    }
    // The subject ranks before other names, actors before places.
    let ranked = |wanted: fn(EntityType) -> bool| {
        scene.items.iter().find_map(|item| match item.class {
            Class::Name(Some(index)) => scene.article.names.get(index).filter(|name| wanted(name.class)).map(|_| index),
            _ => None,
        })
    };
    let found = subject.and_then(|owner| owner.name).or_else(|| ranked(|class| class != EntityType::Loc));
    if let Some(name) = found.or_else(|| topic.subject.is_none().then(|| ranked(|_| true)).flatten()) {
        topic.subject = Some(name);
        topic.since = 0;
    }
    // A stretch without a verb, which what follows may go on from.
    topic.fragment = match finite {
        None => super::phrase::phrase_at(&scene.items, 0, super::phrase::Reach::Of, |_| false)
            .and_then(|phrase| (phrase.start > 0).then(|| scene.text(phrase))),
        Some(_) => None,
    };
}
