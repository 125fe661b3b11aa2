//! The property that a quantity is a value of.
//!
//! «una pérdida del 1,11 %» names it before the quantity, «el 40 % del talento de élite» behind it, «la tasa fue del 8 %» as the
//! subject of its verb, «aumentar su cobertura a 21 tiendas» as the verb's object. An owner inside the phrase is cut off: it is the subject.

use super::grammatical::{self, Subject};
use super::link::{Scene, Target, candidate, phrase};
use super::parse::{Class, Item};
use super::phrase::{Phrase, Reach, phrase_before, skip_determiners};
use super::score::{Features, Source};
use super::{Candidate, Field, Link};
use crate::pack::syntax as roles;
use crate::quantity::{Kind, Quantity};

/// Candidates for `measure`; returns the phrase of each text.
pub(super) fn candidates(scene: &Scene<'_>, target: &Target<'_>, out: &mut Vec<Candidate>) -> Vec<(String, Phrase)> {
    let mut found = Vec::new();
    if target.quantity.kind == Kind::Ordinal || is_age(scene, target) {
        return found;
    }
    let mut push = |phrase: Phrase, source: Source, borders: u8| {
        // A name, or a noun with a name beside or behind it that is one thing with it: «el mercado del Nasdaq».
        let people = if matches!(source, Source::Governed | Source::Modified) { 0 } else { roles::PEOPLE };
        let named = phrase.head(&scene.items).is_some_and(|(_, head)| {
            matches!(head.class, Class::Name(index) if index.is_some() || source != Source::Label)
                || head.has(roles::FOR_ORG | roles::FOR_LOC | roles::FOR_PER | people)
        });
        if named || source != Source::Label && phrase.names(&scene.items).any(|(_, beside)| beside) {
            return;
        }
        let hollow = source != Source::Governed
            && phrase.head(&scene.items).is_some_and(|(_, head)| head.has(roles::HOLLOW))
            && phrase.end - phrase.start == 1;
        let mut cut =
            if source == Source::Governed { without_name(scene, phrase) } else { without_owner(scene, phrase) };
        // «una capacidad superior a»
        while cut.end > cut.start + 1 && scene.item(cut.end - 1).is_some_and(|item| is_bounding(scene, item)) {
            cut.end -= 1;
        }
        // «exports to China dropped 7 %»: where they go says which are meant.
        if source == Source::PropertySubject
            && cut == phrase
            && scene.item(cut.end).is_some_and(|item| item.is_preposition() && item.has(roles::TO))
            && matches!(scene.class(cut.end + 1), Some(Class::Name(_)))
        {
            cut.end += 2;
        }
        let text = scene.text(cut);
        out.push(candidate(Field::Measure, text.clone(), source, Features { hollow, borders, ..Features::default() }));
        found.push((text, phrase));
    };
    if let Some((noun, source)) = governor(scene, target.at).filter(|(noun, _)| names_property(scene, target, *noun)) {
        match changed(scene, noun) {
            Some(Some(property)) => push(property, Source::Governor, 0),
            // «cerró en baja de un 2 %»: the subject says what changed.
            Some(None) => {
                if let Subject::Phrase(subject) = target.subject {
                    push(subject, Source::Governor, 0);
                }
            }
            None => push(noun, source, 0),
        }
    }
    if target.quantity.kind != Kind::Count
        && let Some(label) = super::list::label(scene, target.at).filter(|label| !super::subject::names(scene, *label))
    {
        push(label, Source::Table, 0);
    }
    if let Some(governed) = governed(scene, target) {
        push(governed, Source::Governed, 0);
    }
    if let Some(modified) = modified(scene, target).filter(|noun| is_property(scene, target, *noun)) {
        push(modified, Source::Modified, 0);
    }
    if let Some(label) = label(scene, target) {
        push(label, Source::Label, 0);
    }
    // «lost 30 billion in market value»: in what it changed.
    if let Some(verb) = target.verb.filter(|verb| !verb.behind && verb.lexical < target.at)
        && scene.lemma(verb).is_some_and(|item| item.has(roles::UP | roles::DOWN))
        && scene.item(target.at + 1).is_some_and(|item| item.is_preposition() && is_inside(scene, item))
        && matches!(target.quantity.kind, Kind::Money | Kind::Percent)
        && let Some(value) = phrase(scene, target.at + 2, Reach::Of)
            .filter(|value| value.head(&scene.items).is_some_and(|(_, head)| head.has(roles::PROPERTY)))
    {
        push(value, Source::Governed, 0);
    }
    // «to halve ferry fares»
    if target.verb.is_some_and(|verb| verb.lexical == target.at)
        && let Some(object) = phrase(scene, target.at + 1, Reach::Of)
    {
        push(object, Source::Object, 0);
    }
    // «占总人口的21.7%»
    if let Some(mark) = target.at.checked_sub(1).filter(|at| {
        scene.class(*at) == Some(Class::Determiner) && scene.item(*at).is_some_and(|item| item.has(roles::OWNER_MARK))
    }) && let Some(noun) = super::phrase::phrase_before(&scene.items, mark)
    {
        push(noun, Source::Governor, 0);
    }
    // «营收为386亿元», «公司股价上涨4.1%», «总投资58亿元»
    let loose = scene.item(target.at).and_then(|item| item.frame).is_some_and(|frame| frame.loose);
    if loose && target.quantity.kind != Kind::Ordinal {
        let form = target.verb.and_then(|verb| scene.item(verb.lexical)).and_then(|item| item.verb.as_ref());
        let of_property = form.is_none_or(|form| {
            form.roles & (roles::UP | roles::DOWN | roles::LEVEL | roles::COPULA | roles::SHIFT) != 0
        });
        let found = grammatical::property(&scene.items, target.verb, target.at).filter(|phrase| {
            let telling =
                phrase.head(&scene.items).is_some_and(|(_, head)| head.has(roles::PROPERTY | roles::UP | roles::DOWN));
            telling || !super::counted::counts(target.quantity.kind)
        });
        if let Some(found) = found.filter(|_| of_property) {
            push(found, Source::PropertySubject, 0);
        }
    }
    if let Some(verb) = target.verb.filter(|verb| !verb.behind) {
        let form = scene.lemma(verb).and_then(|item| item.verb.as_ref());
        let is = |role| form.as_ref().is_some_and(|form| form.roles & role != 0);
        let framed = scene.item(verb.head).is_some_and(|item| item.frame.is_some());
        if framed {
            if is(roles::UP | roles::DOWN | roles::LEVEL | roles::SHIFT)
                && let Some(object) = grammatical::object(&scene.items, verb, target.at, target.subject)
            {
                push(object, Source::Object, 0);
            }
        // What stands between the verb and the quantity.
        } else if is(roles::UP | roles::DOWN | roles::LEVEL | roles::SHIFT)
            && let Some(object) = phrase(scene, behind(scene, verb.lexical), Reach::Of)
            && object.end < target.at
            && !super::change::preposition(scene, target.at)
                .is_some_and(|item| item.has(roles::KEPT) && !is_inside(scene, item))
            && scene.item(object.end).is_some_and(|item| {
                matches!(
                    item.class,
                    Class::Preposition | Class::Determiner | Class::Date(_) | Class::Adverb | Class::Comma
                ) || object.end == target.at
            })
        {
            push(object, Source::Object, 0);
        }
        // A thing is as long as a measure says, a property is the measure: «der Stau wuchs auf 14 Kilometer», «die Temperatur sank auf 3 Grad».
        let names = |phrase: Phrase| {
            let property = roles::PROPERTY | roles::COUNTER | roles::UP | roles::DOWN;
            !framed
                || !matches!(target.quantity.kind, Kind::Count | Kind::Measure)
                || phrase.head(&scene.items).is_some_and(|(_, head)| head.has(property))
        };
        if !loose
            && is(roles::UP | roles::DOWN | roles::LEVEL | roles::COPULA | roles::SHIFT)
            && let Subject::Phrase(subject) = target.subject
            && names(subject)
            && (target.quantity.kind != Kind::Count
                || is(roles::LEVEL | roles::UP | roles::DOWN | roles::SHIFT)
                // «il distacco è di 33.200 preferenze»
                || super::change::preposition(scene, target.at).is_some_and(Item::is_of))
            // «the bridge is 2 km long»: a thing is no property.
            && (target.quantity.kind != Kind::Measure || !is(roles::COPULA | roles::LEVEL) || names_property(scene, target, subject))
        {
            push(subject, Source::PropertySubject, 0);
        }
    }
    found
}

/// What the quantity before is of, where this one is a part of it or is set against it: «1.200 Wohnungen, 30 Prozent davon …»,
/// «32,7 Prozent der Stimmen, 4,2 Prozentpunkte mehr», «214 Neubauten, halb so viele wie …».
pub(super) fn inherited(scene: &Scene<'_>, target: &Target<'_>, before: &Link) -> Option<String> {
    let back = |steps: usize| target.at.checked_sub(steps).and_then(|at| scene.item(at));
    // «其中出口占比近三成»
    let among = scene.item(target.at).and_then(|item| item.frame).filter(|frame| frame.loose).is_some_and(|frame| {
        (frame.start..target.at)
            .any(|at| scene.item(at).is_some_and(|item| item.class == Class::Adverb && item.has(roles::PARTITIVE)))
    });
    let behind = among
        || back(1).is_some_and(|item| {
            item.has(roles::PARTITIVE) && item.class != Class::Noun
                || item.class == Class::Relative && back(2).is_some_and(Item::is_of)
        });
    if behind && matches!(target.quantity.kind, Kind::Percent | Kind::Ratio) {
        return Some(if before.counted.is_empty() { before.measure.clone() } else { before.counted.clone() })
            .filter(|text| !text.is_empty());
    }
    let next = scene.item(target.at + 1)?;
    let part = next.has(roles::PARTITIVE) && next.class == Class::Adverb && target.quantity.kind != Kind::Count;
    let graded = next.has(roles::DEGREE)
        && matches!(target.quantity.kind, Kind::Percent | Kind::Ratio | Kind::Measure | Kind::Money);
    (part || graded)
        .then(|| if before.measure.is_empty() { before.counted.clone() } else { before.measure.clone() })
        .filter(|text| !text.is_empty())
}

/// What changed, where the governing noun only says which way: «son chiffre d'affaires, en hausse de 9 %».
fn changed(scene: &Scene<'_>, noun: Phrase) -> Option<Option<Phrase>> {
    let (head, item) = noun.head(&scene.items)?;
    if !item.has(roles::UP | roles::DOWN) || head != noun.start || noun.end != head + 1 {
        return None;
    }
    let mut before = head.checked_sub(1)?;
    let opener = scene
        .item(before)
        .filter(|item| item.is_preposition() && item.has(roles::KEPT) && !item.has(roles::DETERMINER));
    opener?;
    before = before.checked_sub(1)?;
    if scene.class(before) == Some(Class::Comma) {
        before = before.checked_sub(1)?;
    }
    // «une récolte de 640 000 hectolitres, en recul de 18 %»
    if let Some(Class::Quantity(_)) = scene.class(before) {
        before = (0..before).rev().find(|i| {
            scene
                .item(*i)
                .is_none_or(|item| !matches!(item.class, Class::Preposition | Class::Determiner | Class::Adverb))
        })?;
    }
    Some(super::phrase::phrase_before(&scene.items, before + 1))
}

/// The phrase up to the name that owns it, or the noun that stands for one: «ingresos de Iberdrola» and «ingresos de la compañía» are
/// `ingresos`.
pub(super) fn without_owner(scene: &Scene<'_>, phrase: Phrase) -> Phrase {
    owner(scene, phrase).and_then(|owner| phrase.without(owner, &scene.items)).unwrap_or(phrase)
}

/// The first item behind a verb that is no adverb or date: «elevó ayer sus ventas».
fn behind(scene: &Scene<'_>, verb: usize) -> usize {
    let mut at = verb + 1;
    while matches!(scene.class(at), Some(Class::Adverb | Class::Date(_))) {
        at += 1;
    }
    at
}

/// The phrase up to a name.
fn without_name(scene: &Scene<'_>, phrase: Phrase) -> Phrase {
    let name = owner(scene, phrase).filter(|at| matches!(scene.class(*at), Some(Class::Name(_))));
    name.and_then(|name| phrase.without(name, &scene.items)).unwrap_or(phrase)
}

/// Whether a word is one that bounds are made of: «superior».
pub(super) fn is_bounding(scene: &Scene<'_>, item: &Item) -> bool {
    scene.view.tokens.get(item.first).is_some_and(|token| {
        let classes = scene.view.pack.lexicon.classes(token.symbol);
        let scope = &scene.view.pack.scope;
        classes & (scope.bounding | scope.about) != 0
    })
}

/// The item of the owner that a phrase names behind its head.
pub(super) fn owner(scene: &Scene<'_>, phrase: Phrase) -> Option<usize> {
    // «Apple shares», «the bank's revenue»
    if let Some(mark) =
        phrase.start.checked_sub(1).filter(|at| scene.item(*at).is_some_and(|item| item.has(roles::OWNER_MARK)))
    {
        let at = if scene.class(mark) == Some(Class::Determiner) { mark.checked_sub(1)? } else { mark };
        return Some(at)
            .filter(|at| scene.item(*at).is_some_and(|item| matches!(item.class, Class::Name(_) | Class::Noun)));
    }
    let tie = phrase.tie(&scene.items)?;
    (tie..phrase.end).find(|at| {
        scene.item(*at).is_some_and(|item| match item.class {
            Class::Name(_) => true,
            Class::Noun => {
                let before = at.checked_sub(1).and_then(|before| scene.item(before));
                item.has(roles::FOR_ORG | roles::FOR_LOC)
                    && before.is_some_and(|before| {
                        before.class == Class::Determiner || before.is_of() || before.class == Class::Adjective
                    })
                    && *at + 1 == phrase.end
            }
            _ => false,
        })
    })
}

/// Whether a word belongs to the bound or the preposition between a noun and its quantity.
fn is_between(scene: &Scene<'_>, at: usize, item: &Item) -> bool {
    let before = at.checked_sub(1).and_then(|before| scene.item(before));
    let ties_on = scene.item(at + 1).is_some_and(Item::is_of)
        && before.is_some_and(|before| matches!(before.class, Class::Determiner | Class::Preposition));
    match item.class {
        Class::Preposition | Class::Adverb | Class::Determiner => true,
        // «un total de 72», but not «volumen total».
        Class::Noun => item.has(roles::HOLLOW) && ties_on,
        Class::Adjective | Class::Verb | Class::Negation => is_bounding(scene, item),
        _ => false,
    }
}

/// Whether the noun that governs a quantity names a property: any noun of an amount of money or a share does, but «un piso de 80 metros
/// cuadrados» and «un parque de 48 aerogeneradores» are things.
fn names_property(scene: &Scene<'_>, target: &Target<'_>, noun: Phrase) -> bool {
    let property =
        || noun.head(&scene.items).is_some_and(|(_, head)| head.has(roles::PROPERTY | roles::UP | roles::DOWN));
    match target.quantity.kind {
        Kind::Count | Kind::Measure => property(),
        _ => true,
    }
}

/// Whether the noun that a quantity modifies is a property, rather than the thing that has it: «a 5 % fee», but «an 8 kW engine».
fn is_property(scene: &Scene<'_>, target: &Target<'_>, noun: Phrase) -> bool {
    let named = noun.head(&scene.items).is_some_and(|(_, head)| head.has(roles::PROPERTY | roles::UP | roles::DOWN));
    named || target.quantity.kind == Kind::Percent
}

/// The thing that has the quantity: `piso` in «un piso de 80 metros cuadrados».
pub(super) fn bearer(scene: &Scene<'_>, target: &Target<'_>) -> Option<Phrase> {
    if matches!(target.quantity.kind, Kind::Measure | Kind::Money)
        && let Some(modified) = modified(scene, target)
    {
        return Some(modified).filter(|noun| !is_property(scene, target, *noun));
    }
    let (noun, source) = governor(scene, target.at)?;
    (source == Source::Governor && target.quantity.kind == Kind::Measure && !names_property(scene, target, noun))
        .then_some(noun)
}

/// The preposition of being inside: «en».
pub(super) fn is_inside(scene: &Scene<'_>, item: &Item) -> bool {
    scene.view.tokens.get(item.first).is_some_and(|token| {
        // «nun» is «en un».
        let plain = scene.view.pack.syntax.plain_symbol(token.symbol).unwrap_or(token.symbol);
        scene.view.pack.lexicon.classes(plain) & scene.view.pack.scope.inside != 0
    })
}

/// The noun that governs a quantity, and how: «un volumen total superior a 2.000 TB».
pub(super) fn governor(scene: &Scene<'_>, at: usize) -> Option<(Phrase, Source)> {
    let mut before = at;
    let mut tied = false;
    let mut loose = false;
    while let Some(index) = before.checked_sub(1) {
        let item = scene.item(index)?;
        // «perdite di 2 e 3,5 milioni»
        if before == at
            && item.class == Class::Coordinator
            && let Some(Class::Quantity(_)) = index.checked_sub(1).and_then(|i| scene.class(i))
        {
            before = index - 1;
            continue;
        }
        if !is_between(scene, index, item) {
            break;
        }
        // «verfügt die Partei über 41 Mandate»: the verb governs it.
        if item.frame.is_some() && item.is_preposition() && item.has(roles::GOVERNED | roles::KEPT | roles::THAN) {
            return None;
        }
        // The word next to the noun decides.
        if item.is_preposition() {
            tied = item.is_of();
            loose = !tied;
        } else if matches!(item.class, Class::Adjective) {
            // «superior a»
            (tied, loose) = (true, false);
        }
        before = index;
    }
    if before == at || !(tied || loose) {
        return None;
    }
    let noun = phrase_before(&scene.items, before)?;
    if scene.item(before.checked_sub(1)?)?.class == Class::Verb {
        return None;
    }
    Some((noun, if tied { Source::Governor } else { Source::LooseGovernor }))
}

/// The noun phrase before which a quantity stands as a modifier: «a 0.6 % fee», «the 278 kg tuna».
fn modified(scene: &Scene<'_>, target: &Target<'_>) -> Option<Phrase> {
    let amount = matches!(target.quantity.kind, Kind::Money | Kind::Percent | Kind::Measure);
    if !amount || !scene.view.pack.head_last() {
        return None;
    }
    let glued = scene.class(target.at + 1) == Some(Class::Other);
    phrase(scene, target.at + 1 + usize::from(glued), Reach::Of)
        .filter(|phrase| phrase.start == target.at + 1 + usize::from(glued))
}

/// The noun phrase that a colon parts from its value: «Base price: 59,995 dollars».
fn label(scene: &Scene<'_>, target: &Target<'_>) -> Option<Phrase> {
    let colon = target.at.checked_sub(1).filter(|at| matches!(scene.class(*at), Some(Class::Stop | Class::Other)))?;
    let opens = scene
        .item(colon)
        .is_some_and(|item| matches!(scene.view.slice(item.first, item.end), ":" | "：" | "=" | "≈" | "~" | "<" | ">"));
    let count = matches!(target.quantity.kind, Kind::Count | Kind::Ordinal);
    phrase_before(&scene.items, colon).filter(|_| opens && !count)
}

/// The phrase of what an amount is made of: «200 litres of oil».
pub(super) fn amount(scene: &Scene<'_>, at: usize, quantity: &Quantity) -> Option<Phrase> {
    let amount = matches!(quantity.kind, Kind::Money | Kind::Percent | Kind::Measure | Kind::Ratio);
    let of = scene.item(at + 1).filter(|item| amount && item.is_of())?;
    phrase(scene, skip_determiners(&scene.items, at + 2), Reach::Of).filter(|_| of.is_of())
}

/// The phrase that a share, a ratio or a measure governs.
fn governed(scene: &Scene<'_>, target: &Target<'_>) -> Option<Phrase> {
    if matches!(target.quantity.kind, Kind::Count | Kind::Number | Kind::Ordinal) {
        return None;
    }
    let mut next = scene.item(target.at + 1)?;
    // «uno de cada tres vecinos»
    if target.quantity.kind == Kind::Ratio && next.class == Class::Noun && !next.has(roles::HOLLOW) {
        return phrase(scene, target.at + 1, Reach::Of);
    }
    // «un 35 % menos de agua»
    let mut of = target.at + 1;
    if next.has(roles::DEGREE) {
        of += 1;
        next = scene.item(of)?;
    }
    if next.is_of() {
        let start = skip_determiners(&scene.items, of + 1);
        return phrase(scene, start, Reach::Of);
    }
    // «48.3%的得票率»
    if next.has(roles::OWNER_MARK) && next.class == Class::Determiner && next.frame.is_some_and(|frame| frame.loose) {
        return phrase(scene, of + 1, Reach::Of);
    }
    // «18 Tonnen Papier»
    if scene.view.pack.bare_partitives()
        && matches!(target.quantity.kind, Kind::Measure | Kind::Money | Kind::Percent)
        && matches!(next.class, Class::Noun | Class::Adjective)
    {
        return phrase(scene, of, Reach::Of);
    }
    None
}

/// «Santini, de 48 años,»: an age says nothing but whose it is.
pub(super) fn is_age(scene: &Scene<'_>, target: &Target<'_>) -> bool {
    let years = |quantity: &Quantity| quantity.unit.as_ref().is_some_and(|unit| unit.code == "yr");
    if !years(target.quantity) {
        return false;
    }
    let behind = |at: usize| scene.item(at).is_some_and(|item| item.has(roles::AGE));
    let of_age = scene.item(target.at + 1).is_some_and(Item::is_of) && behind(target.at + 2);
    let Some(before) = target.at.checked_sub(1).and_then(|at| scene.item(at)) else { return of_age };
    // «a 39-year-old lawyer»
    if scene.view.pack.head_last()
        && phrase(scene, target.at + 1, Reach::Of)
            .filter(|found| found.start == target.at + 1)
            .and_then(|found| found.head(&scene.items))
            .is_some_and(|(_, head)| head.has(roles::FOR_PER | roles::PEOPLE))
    {
        return true;
    }
    let two = target.at.checked_sub(2).and_then(|at| scene.item(at));
    let beside = |item: &Item| matches!(item.class, Class::Comma | Class::Name(_) | Class::Open);
    let apposed = before.is_of() && two.is_some_and(beside)
        || matches!(before.class, Class::Comma | Class::Open)
            && two.is_some_and(|item| matches!(item.class, Class::Name(_)));
    let person = before.is_of() && two.is_some_and(|item| item.has(roles::FOR_PER | roles::PEOPLE));
    of_age || apposed || person
}
