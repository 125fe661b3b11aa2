//! Links every quantity of an article, sentence by sentence, keeping in mind whom the sentences are about.

use super::clause::{self, Verb};
use super::grammatical::{self, Subject};
use super::parse::{self, Class, Item, Marked, Marks, View};
use super::phrase::{Phrase, Reach, phrase_at};
use super::score::{Features, LEAST, Source, score};
use super::{Article, Candidate, Field, Link, Passage};
use super::{change, counted, list, measure, modality, subject, table, when};
use crate::entity::EntityType;
use crate::pack::syntax as roles;
use crate::quantity::{Kind, Quantity};
use crate::text::Sentence;

/// A sentence with all that its fields ask for.
pub(super) struct Scene<'a> {
    pub article: Article<'a>,
    pub view: View<'a>,
    pub items: Vec<Item>,
    /// Whom the text before is about.
    pub topic: &'a Topic,
}

/// Whom the sentences before were about: entities, the latest last.
#[derive(Clone, Debug, Default)]
pub(super) struct Topic {
    /// Index of the name that was the latest subject, and of the sentence.
    pub subject: Option<usize>,
    /// The latest name of each class.
    pub latest: [Option<usize>; 4],
    /// What the sentence before says of a table that follows.
    pub heading: Heading,
    /// The noun phrase that a sentence without a verb began with.
    pub fragment: Option<String>,
    /// A name that a noun introduced as an organisation or a place, whatever the recogniser made of it: «a rede Bom Preço».
    pub introduced: [Option<(Option<usize>, String)>; 2],
    /// What the lines below a heading are numbers of: «Dormidas por mercado:».
    pub listed: Option<String>,
    /// Sentences since the subject was last named.
    pub since: u8,
}

/// What a sentence says of the cells of the table that it heads.
#[derive(Clone, Debug, Default)]
pub(super) struct Heading {
    pub subject: String,
    pub class: Option<EntityType>,
    pub predicate: String,
    pub time: String,
    pub place: String,
}

/// What is known of one quantity while its fields are filled.
pub(super) struct Target<'a> {
    pub quantity: &'a Quantity,
    /// Its item.
    pub at: usize,
    /// The noun phrase behind it, where it counts.
    pub counted: Option<Phrase>,
    pub verb: Option<Verb>,
    pub subject: Subject,
    /// Its subject is a named entity.
    pub named: bool,
}

impl<'a> Scene<'a> {
    pub fn item(&self, at: usize) -> Option<&Item> {
        self.items.get(at)
    }

    pub fn class(&self, at: usize) -> Option<Class> {
        self.item(at).map(|item| item.class)
    }

    pub fn text(&self, phrase: Phrase) -> String {
        crate::record::single_line(phrase.text(self.view, &self.items)).into_owned()
    }

    /// The lemma of a verb.
    pub fn lemma(&self, verb: Verb) -> Option<&parse::Item> {
        self.item(verb.lexical)
    }
}

/// The links of an article's quantities, in their order.
#[must_use]
pub fn link(article: Article<'_>) -> Vec<Link> {
    let mut links: Vec<Link> = vec![Link::default(); article.quantities.len()];
    if links.is_empty() {
        return links;
    }
    let mut topic = Topic::default();
    for (block, passage) in article.passages.iter().enumerate() {
        if passage.pack.syntax.is_empty() {
            continue;
        }
        // Only sentences with a quantity and those before one are read whole.
        let counts = |sentence: &Sentence| {
            let from = article.quantities.partition_point(|quantity| quantity.span.end <= sentence.span.start);
            article.quantities.get(from).is_some_and(|quantity| quantity.span.start < sentence.span.end)
        };
        let mut here = passage.sentences.first().is_some_and(counts);
        for (index, sentence) in passage.sentences.iter().enumerate() {
            // The heading of a list is a block of its own.
            let next = passage.sentences.get(index + 1).or_else(|| {
                let below = article.passages.get(block + 1)?;
                below.sentences.first()
            });
            let next = next.is_some_and(counts);
            if here || next {
                for stretch in stretches(passage, sentence) {
                    self::sentence(article, passage, &stretch, &mut topic, &mut links);
                }
            } else {
                subject::glance(article, sentence, &mut topic);
            }
            here = next;
        }
    }
    links
}

/// A sentence of more tokens is read in stretches: what is no prose has no ends of sentences, and each quantity looks at all of its own.
const LONGEST: usize = 600;

/// The stretches of a sentence, nearly always one.
fn stretches(passage: &Passage<'_>, sentence: &Sentence) -> Vec<Sentence> {
    if sentence.end - sentence.first <= LONGEST {
        return vec![*sentence];
    }
    let starts = (sentence.first..sentence.end).step_by(LONGEST);
    let stretch = |first: usize| {
        let end = (first + LONGEST).min(sentence.end);
        let (from, to) = (passage.tokens.get(first)?, passage.tokens.get(end - 1)?);
        Some(Sentence { span: from.span.cover(to.span), first, end })
    };
    starts.filter_map(stretch).collect()
}

fn marked<T>(list: &[T], sentence: &Sentence, span: impl Fn(&T) -> crate::text::Span) -> Vec<Marked> {
    let from = list.partition_point(|item| span(item).end <= sentence.span.start);
    let within = list.iter().enumerate().skip(from).take_while(|(_, item)| span(item).start < sentence.span.end);
    within.map(|(index, item)| Marked { span: span(item), index }).collect()
}

fn sentence(article: Article<'_>, passage: &Passage<'_>, sentence: &Sentence, topic: &mut Topic, links: &mut [Link]) {
    let quantities = marked(article.quantities, sentence, |quantity| quantity.span);
    let dates = marked(article.dates, sentence, |date| date.span);
    let mut names = marked(article.names, sentence, |name| name.span);
    // A name with a quantity in it is none.
    names.retain(|name| !quantities.iter().any(|q| q.span.start < name.span.end && name.span.start < q.span.end));
    let view = View { text: article.text, tokens: passage.tokens, pack: passage.pack };
    let marks = Marks { quantities: &quantities, dates: &dates, names: &names, kinds: article.quantities };
    let mut items = parse::items(view, sentence, marks);
    // A rank stands before its noun as an adjective does.
    for item in &mut items {
        if let Class::Quantity(fact) = item.class
            && article.quantities.get(fact).is_some_and(|quantity| quantity.kind == Kind::Ordinal)
        {
            item.roles |= roles::ADJECTIVE;
        }
    }
    let before = topic.clone();
    let scene = Scene { article, view, items, topic: &before };
    let targets: Vec<(usize, usize)> = scene
        .items
        .iter()
        .enumerate()
        .filter_map(|(at, item)| match item.class {
            Class::Quantity(fact) => Some((at, fact)),
            _ => None,
        })
        .collect();
    let in_tables = table::link(&scene, &targets, links);
    let mut previous: Option<(usize, usize)> = None;
    for (at, fact) in &targets {
        if !in_tables.contains(fact) {
            let before = previous.and_then(|(at, fact)| links.get(fact).map(|link| (at, fact, link)));
            let found = one(&scene, *at, *fact, before);
            if let (Some(found), Some(slot)) = (found, links.get_mut(*fact)) {
                *slot = found;
            }
        }
        if let Some(slot) = links.get_mut(*fact) {
            slot.linked = true;
        }
        previous = Some((*at, *fact));
    }
    change::shifts(&scene, &targets, links);
    table::line(&scene, &targets, links);
    topic.since = topic.since.saturating_add(1);
    subject::remember(&scene, topic);
    // Whom the facts are about ranks before all others.
    let about = targets.iter().filter_map(|(_, fact)| links.get(*fact)).find(|link| link.subject_type.is_some());
    if let Some(about) = about {
        let name = article.names.iter().rposition(|n| n.canonical == about.subject && n.span.start < sentence.span.end);
        topic.subject = name.or(topic.subject);
        topic.since = 0;
    }
}

/// Links one quantity. `before` is the quantity before it in the sentence: its item, its fact and its link.
fn one(scene: &Scene<'_>, at: usize, fact: usize, before: Option<(usize, usize, &Link)>) -> Option<Link> {
    let quantity = *scene.article.quantities.get(fact)?;
    if let Some(listed) = list::link(scene, at, quantity, before.map(|(at, _, link)| (at, link))) {
        return Some(listed);
    }
    if let Some((earlier, earlier_fact, link)) = before
        && let Some(same) = equivalent(scene, earlier, earlier_fact, at, quantity, link)
    {
        return Some(same);
    }
    let counted = counted::phrase(scene, at, quantity);
    let end = counted.or_else(|| measure::amount(scene, at, quantity)).map_or(at + 1, |phrase| phrase.end);
    let governor = clause::governor(&scene.items, at, end);
    let verb = governor.filter(|verb| !is_apart(scene, at, *verb, quantity));
    // What stands apart from a verb is still said of its subject.
    let said_of = governor.map_or_else(
        || grammatical::bare_subject(&scene.items, at),
        |verb| {
            if verb.behind && verb.lexical >= end {
                Subject::Quantity(at)
            } else {
                grammatical::subject(&scene.items, verb)
            }
        },
    );
    // Two subjects, two quantities: each has its own.
    let mut said_of = said_of;
    if let (Some((earlier, _, _)), Subject::Phrase(first)) = (before, said_of)
        && (earlier + 1..at).any(|i| scene.class(i) == Some(Class::Coordinator))
        && (earlier + 1..at).all(|i| matches!(scene.class(i), Some(Class::Coordinator | Class::Determiner)))
        && let Some(second) = grammatical::second_subject(&scene.items, first)
    {
        said_of = Subject::Phrase(second);
    }
    let mut target = Target { quantity, at, counted, verb, subject: said_of, named: false };
    let mut link = Link::default();
    let measured = measure::candidates(scene, &target, &mut link.candidates);
    if let Some(text) = before.and_then(|(_, _, before)| measure::inherited(scene, &target, before)) {
        link.candidates.push(candidate(Field::Measure, text, Source::CountedBefore, Features::default()));
    }
    let best = choose(&link.candidates, Field::Measure).cloned();
    link.measure = best.as_ref().map(|c| c.text.clone()).unwrap_or_default();
    // «71 milhões de passageiros, mais 8 %»
    if let Some((_, _, earlier)) = before.filter(|_| link.measure.is_empty() && !counted::counts(quantity.kind))
        && change::graded(scene, &target).is_some()
    {
        link.measure = if earlier.counted.is_empty() { earlier.measure.clone() } else { earlier.counted.clone() };
    }
    let property = best.as_ref().and_then(|best| measured.iter().find(|(text, _)| *text == best.text)).map(|(_, p)| *p);
    counted::candidates(scene, &target, property, before.map(|(_, _, link)| link), &mut link.candidates);
    link.counted = choose(&link.candidates, Field::Counted).map(|c| c.text.clone()).unwrap_or_default();
    subject::candidates(scene, &target, property, before.map(|(_, _, link)| link), &mut link.candidates);
    if let Some(best) = choose(&link.candidates, Field::Subject).cloned() {
        link.subject = best.text;
        link.subject_type = best.class;
    }
    target.named = link.subject_type.is_some();
    if !measure::is_age(scene, &target) && subject::apposition(scene, &target).is_none() {
        link.predicate = predicate(scene, &target);
    }
    if !measure::is_age(scene, &target) {
        change::fill(scene, &target, property, before.map(|(at, _, link)| (at, link)), &mut link);
        link.modality = modality::of(scene, &target, property);
    }
    when::fill(scene, &target, &mut link);
    Some(link)
}

/// The best candidate for a field that is good enough.
fn choose(candidates: &[Candidate], field: Field) -> Option<&Candidate> {
    let mut best: Option<&Candidate> = None;
    for candidate in candidates.iter().filter(|c| c.field == field && c.score >= LEAST) {
        if best.is_none_or(|best| candidate.score > best.score) {
            best = Some(candidate);
        }
    }
    best
}

/// A candidate, weighed.
pub(super) fn candidate(field: Field, text: String, source: Source, features: Features) -> Candidate {
    Candidate { field, text, source, score: score(source, features), class: None }
}

/// A second form of the quantity before: «1.030,2 millones de pesos (unos 108,4 millones de dólares)», «200 puntos, o un 5,95 %».
fn equivalent(
    scene: &Scene<'_>,
    earlier: usize,
    earlier_fact: usize,
    at: usize,
    quantity: &Quantity,
    link: &Link,
) -> Option<Link> {
    let first = *scene.article.quantities.get(earlier_fact)?;
    let mut opens = false;
    let mut joins = false;
    // «60 % of its value, or 30 billion»: what the first one is of.
    let of = scene.item(earlier + 1).filter(|item| item.is_of()).and_then(|_| {
        let governed = phrase(scene, earlier + 2, Reach::Of)?;
        (governed.end < at && scene.class(governed.end) == Some(Class::Comma)).then_some(governed.end)
    });
    for between in of.unwrap_or(earlier + 1)..at {
        let item = scene.item(between)?;
        match item.class {
            Class::Open => opens = true,
            Class::Comma | Class::Determiner | Class::Adverb => {}
            Class::Coordinator => joins = true,
            _ if item.has(roles::EQUIVALENT) => joins = true,
            Class::Adjective if item.verb.as_ref().is_none_or(|verb| verb.roles & roles::LEVEL != 0) => joins = true,
            Class::Preposition if joins => {}
            // What the first one counts.
            Class::Noun if between == earlier + 1 => {}
            _ => return None,
        }
    }
    let other_unit = first.kind != quantity.kind
        || first.unit.as_ref().map(|unit| &unit.code) != quantity.unit.as_ref().map(|unit| &unit.code);
    let alternative = scene.view.pack.lexicon.classes(
        (of.unwrap_or(earlier + 1)..at)
            .filter_map(|i| scene.item(i))
            .find(|item| item.class == Class::Coordinator)
            .and_then(|item| scene.view.tokens.get(item.first))
            .map_or(crate::text::Symbol::UNKNOWN, |token| token.symbol),
    ) & scene.view.pack.scope.or
        != 0;
    let adjective = (of.unwrap_or(earlier + 1)..at)
        .any(|i| scene.item(i).is_some_and(|item| item.class == Class::Adjective || item.has(roles::EQUIVALENT)));
    let is = other_unit && quantity.kind != Kind::Ordinal && (opens || joins && (alternative || adjective));
    is.then(|| {
        let mut same = link.clone();
        same.counted.clear();
        if quantity.kind == Kind::Count {
            same.counted = counted::phrase(scene, at, quantity).map(|phrase| scene.text(phrase)).unwrap_or_default();
        }
        // «6,650 employees, or about 5 % of its workforce»
        if matches!(quantity.kind, Kind::Percent | Kind::Ratio)
            && let Some(of) = measure::amount(scene, at, quantity)
        {
            same.measure = scene.text(measure::without_owner(scene, of));
        }
        for candidate in &mut same.candidates {
            candidate.source = Source::Equivalent;
        }
        same
    })
}

/// A quantity in a phrase that a comma sets apart is not governed by the verb before: «el K-2, con 8.611 metros».
fn is_apart(scene: &Scene<'_>, at: usize, verb: Verb, quantity: &Quantity) -> bool {
    // «ses turbines, d'une puissance de 210 mégawatts, ont été remplacées»
    if verb.behind && quantity.kind != Kind::Ordinal && scene.class(at + 1) == Some(Class::Comma) {
        let comma = (0..at).rev().take_while(|i| !matches!(scene.class(*i), Some(Class::Stop | Class::Verb)));
        let comma = comma.into_iter().find(|i| scene.class(*i) == Some(Class::Comma));
        return comma
            .and_then(|comma| scene.item(comma + 1))
            .is_some_and(|item| item.is_preposition() && item.has(roles::OF | roles::KEPT));
    }
    if verb.behind || quantity.kind == Kind::Ordinal {
        return false;
    }
    let from = if verb.lexical > at { verb.head } else { verb.lexical };
    let start = (from + 1..at).rev().find(|i| scene.class(*i) == Some(Class::Comma));
    start.is_some_and(|comma| {
        let next = scene.item(comma + 1);
        next.is_some_and(|item| {
            item.is_preposition() && (item.has(roles::OF) || item.has(roles::KEPT) && !measure::is_inside(scene, item))
        })
    })
}

/// The infinitive of the governing verb with the preposition before the quantity.
fn predicate(scene: &Scene<'_>, target: &Target<'_>) -> String {
    let Some(verb) = target.verb else { return String::new() };
    let Some(form) = scene.lemma(verb).and_then(|item| item.verb.as_ref()) else { return String::new() };
    let mut text = form.lemma.to_string();
    // «se situó en», said of somebody; «se vendieron 20 casas» is a passive.
    if let Some(reflexive) = scene.view.pack.syntax.reflexive(&text) {
        let said = matches!(target.subject, Subject::Phrase(_)) || form.roles & roles::LEVEL != 0;
        let clitic = [verb.head.checked_sub(1), Some(verb.head + 1), Some(verb.lexical + 1)]
            .into_iter()
            .flatten()
            .any(|at| scene.item(at).is_some_and(|item| item.class == Class::Clitic && item.has(roles::REFLEXIVE)));
        // «potrebbe aggirarsi»
        let infinitive =
            || scene.lemma(verb).is_some_and(|item| scene.view.slice(item.first, item.end).to_lowercase() == reflexive);
        let enclitic = is_enclitic(scene, verb, &reflexive);
        if (said && (clitic || enclitic) || verb.behind && enclitic) && !is_reflexive(scene, &text) || infinitive() {
            text = reflexive;
        }
    }
    if scene.item(verb.head).is_some_and(|item| item.frame.is_some()) {
        if let Some(governed) = governed(scene, target, verb, form.roles) {
            text.push(' ');
            text.push_str(&governed);
        }
        return text;
    }
    let behind = verb.lexical + 1;
    let behind = behind + usize::from(scene.class(behind) == Some(Class::Clitic));
    // What a change goes by, to or from is no part of its verb: «fell by 5 %».
    let of_change = |item: &Item| {
        form.roles & (roles::UP | roles::DOWN | roles::SHIFT) != 0
            && form.roles & roles::LEVEL == 0
            && scene.view.pack.verbs_by_context()
            && item.has(roles::AGENT | roles::TO | roles::FROM)
    };
    // «freed by six tugs»: who did it.
    let agent = |item: &Item| form.mood == crate::pack::syntax::Mood::Participle && item.has(roles::AGENT);
    // «was about 5», «rose between 3 and 5 %»: words of the bound or the range.
    let bounds = |item: &Item| {
        let symbol = scene.view.tokens.get(item.first).map_or(crate::text::Symbol::UNKNOWN, |token| token.symbol);
        let about = scene.view.pack.lexicon.classes(symbol) & scene.view.pack.scope.about != 0;
        let near = verb.lexical + 2 == target.at && target.quantity.bound != crate::quantity::Bound::Exact;
        // «at least»
        let second = scene.item(verb.lexical + 2).filter(|item| item.class == Class::Adverb);
        let least = target.quantity.bound != crate::quantity::Bound::Exact
            && second.is_some_and(|item| measure::is_bounding(scene, item));
        about || near || least || verb.lexical + 2 == target.at && scene.view.pack.is_interval(symbol)
    };
    let next = scene.item(behind).filter(|item| {
        let own = verb.behind || verb.lexical == target.at;
        item.is_preposition() && !own && !of_change(item) && !agent(item) && !bounds(item)
    });
    if let Some(next) = next {
        let symbol = scene.view.tokens.get(next.first).map(|token| token.symbol);
        let plain = symbol.and_then(|symbol| scene.view.pack.syntax.plain(symbol));
        text.push(' ');
        match plain {
            Some(plain) => text.push_str(plain),
            None => text.push_str(&scene.view.slice(next.first, next.end).to_lowercase()),
        }
    }
    text
}

/// «duplicouse»: the clitic is part of the form.
fn is_enclitic(scene: &Scene<'_>, verb: Verb, reflexive: &str) -> bool {
    let Some(item) = scene.item(verb.lexical) else { return false };
    let Some(form) = item.verb.as_ref().filter(|form| form.mood == crate::pack::syntax::Mood::Indicative) else {
        return false;
    };
    let tail = reflexive.strip_prefix(&*form.lemma).filter(|tail| !tail.is_empty());
    tail.is_some_and(|tail| scene.view.slice(item.first, item.end).to_lowercase().ends_with(tail))
}

/// The preposition that ties a quantity to a verb which stands second or last: «verfügt über 41 Mandate», «rechnet mit einer Marge von 5 %».
fn governed(scene: &Scene<'_>, target: &Target<'_>, verb: Verb, own: roles::Roles) -> Option<String> {
    // How far and how much are part of every change.
    if own & (roles::UP | roles::DOWN | roles::SHIFT) != 0 || verb.head > target.at && verb.lexical == verb.head {
        return None;
    }
    let from = if verb.lexical < target.at { verb.lexical } else { verb.head };
    let mut best = Some(change::preposition(scene, target.at)?);
    let small = |at: usize| {
        scene.item(at).is_some_and(|item| matches!(item.class, Class::Preposition | Class::Determiner | Class::Adverb))
    };
    let last = (from + 1..target.at).rev().find(|at| !small(*at));
    let noun = last.and_then(|last| super::phrase::phrase_before(&scene.items, last + 1));
    if let Some(noun) = noun.filter(|noun| noun.start > from) {
        let outer = (from + 1..noun.start).rev().find(|at| scene.class(*at) != Some(Class::Determiner));
        best = outer.and_then(|at| scene.item(at)).filter(|item| item.is_preposition()).or(best);
    }
    let item =
        best.filter(|item| item.has(roles::GOVERNED) && item.first > scene.item(from).map_or(0, |verb| verb.first))?;
    Some(scene.view.slice(item.first, item.end).to_lowercase())
}

/// Whether an infinitive of the tables is reflexive already.
fn is_reflexive(scene: &Scene<'_>, lemma: &str) -> bool {
    let mut stem = lemma.char_indices().map(|(at, _)| at).skip(1);
    stem.any(|at| {
        lemma.get(..at).and_then(|stem| scene.view.pack.syntax.reflexive(stem)).is_some_and(|form| form == lemma)
    })
}

/// The phrase behind determiners at `at`.
pub(super) fn phrase(scene: &Scene<'_>, at: usize, reach: Reach) -> Option<Phrase> {
    phrase_at(&scene.items, at, reach, |_| false)
}
