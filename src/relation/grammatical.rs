//! The grammatical subject and object of a verb.
//!
//! In «La empresa Musimundo, que desde 1999 opera en Chile, destinará 15 millones a tiendas» the subject of `destinar` stands before the relative clause: the first
//! noun phrase of the verb's stretch that no preposition governs. A relative clause is about its antecedent, a verb without a subject shares that
//! of the verb before it.

use super::clause::{Verb, class, group, matrix, opener};
use super::frame::Frame;
use super::parse::{Class, Item};
use super::phrase::{Phrase, Reach, phrase_at, phrase_before};
use crate::pack::syntax as roles;

/// Who or what a verb is said of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// A noun phrase.
    Phrase(Phrase),
    /// The quantity at this item, with what it counts.
    Quantity(usize),
    /// A pronoun, or nothing: whoever was spoken of before.
    Before,
}

/// The stretch of items before a verb in which its subject stands.
struct Stretch {
    start: usize,
    /// Another verb of the same sentence, whose subject this one shares where it has none of its own.
    shares: Option<usize>,
    /// What the relative clause is about.
    antecedent: Option<Phrase>,
    /// Relative clauses inside, to be stepped over.
    embedded: Vec<(usize, usize)>,
}

fn stretch(items: &[Item], head: usize) -> Stretch {
    let mut found = Stretch { start: 0, shares: None, antecedent: None, embedded: Vec::new() };
    let mut at = head;
    while let Some(before) = at.checked_sub(1) {
        let Some(item) = items.get(before) else { break };
        match item.class {
            Class::Stop => {
                found.start = at;
                found.shares = finite_before(items, before);
                return found;
            }
            Class::Subordinator => {
                found.start = at;
                found.shares = finite_before(items, before);
                return found;
            }
            Class::Relative => {
                found.start = at;
                found.shares = finite_before(items, before);
                let outside = before.checked_sub(1).and_then(|i| items.get(i));
                let completes = outside.is_none_or(|o| {
                    matches!(o.class, Class::Verb | Class::Adverb | Class::Date(_) | Class::Quote | Class::Stop)
                });
                if !completes && !item.has(roles::WHOSE) && !outside.is_some_and(Item::is_preposition) {
                    found.antecedent = antecedent(items, before).filter(|phrase| !is_doubtful(items, *phrase));
                }
                return found;
            }
            Class::Verb if item.is_finite() => {
                let opener = opener(items, before);
                let comma = (before + 1..head).any(|i| class(items, i) == Some(Class::Comma));
                match opener {
                    Some(opener) if comma && opener > 0 => {
                        found.embedded.push((opener, head));
                        at = opener;
                        continue;
                    }
                    // «said the college had spent», «it hopes sales rise»
                    _ if item.has(roles::REPORT | roles::FORECAST | roles::PLANNED)
                        && !item.has(roles::AUXILIARY)
                        && (before + 1..head).any(|i| {
                            matches!(
                                class(items, i),
                                Some(Class::Noun | Class::Name(_) | Class::Pronoun | Class::Quantity(_))
                            )
                        }) =>
                    {
                        found.shares = Some(before);
                        found.start = before + 1;
                        return found;
                    }
                    _ => {
                        found.shares = Some(before);
                        // Behind the last mark or word that joins clauses.
                        let joint = (before + 1..head)
                            .rev()
                            .find(|i| matches!(class(items, *i), Some(Class::Comma | Class::Coordinator)));
                        found.start = joint.map_or(head, |joint| joint + 1);
                        return found;
                    }
                }
            }
            _ => {}
        }
        at = before;
    }
    found
}

/// The noun phrase before a relative pronoun, over what is set in between: «el empresario Vela, de 63 años, que …».
fn antecedent(items: &[Item], relative: usize) -> Option<Phrase> {
    let mut end = relative;
    for _ in 0..4 {
        let before = end.checked_sub(1)?;
        match class(items, before)? {
            Class::Comma => end = before,
            Class::Close => end = (0..before).rev().find(|i| class(items, *i) == Some(Class::Open))?,
            Class::Quantity(_) => {
                let of = before.checked_sub(1).and_then(|i| items.get(i)).is_some_and(Item::is_of);
                end = before - usize::from(of);
            }
            _ => break,
        }
    }
    phrase_before(items, end)
}

/// «un enfoque en rutas nuevas que …»: either noun may be meant.
fn is_doubtful(items: &[Item], phrase: Phrase) -> bool {
    let determined = |at: usize| items.get(at).is_some_and(|item| item.class == Class::Determiner);
    let Some(before) = phrase.start.checked_sub(1) else { return false };
    let named = phrase.names(items).any(|(_, beside)| beside);
    !named
        && !determined(before)
        && items.get(before).is_some_and(|item| item.is_preposition() && item.has(roles::KEPT))
        && before.checked_sub(1).and_then(|i| items.get(i)).is_some_and(Item::is_nominal)
}

/// The finite verb before an item in its sentence.
fn finite_before(items: &[Item], at: usize) -> Option<usize> {
    let stop = (0..at).rev().find(|i| class(items, *i) == Some(Class::Stop)).map_or(0, |stop| stop + 1);
    (stop..at).rev().find(|i| items.get(*i).is_some_and(Item::is_finite))
}

/// The second of two subjects: «los ingresos y el beneficio subieron un 6 % y un 9 %».
pub(crate) fn second_subject(items: &[Item], first: Phrase) -> Option<Phrase> {
    items.get(first.end).filter(|item| item.class == Class::Coordinator)?;
    phrase_at(items, first.end + 1, Reach::Of, |_| false)
}

/// The subject of a verb.
pub(crate) fn subject(items: &[Item], verb: Verb) -> Subject {
    if let Some(frame) = items.get(verb.head).and_then(|item| item.frame) {
        return framed_subject(items, verb, frame, 0);
    }
    let mut verb = verb;
    if items.get(verb.head).is_some_and(|item| item.has(roles::HANGS)) {
        return phrase_before(items, verb.head).map_or(Subject::Before, Subject::Phrase);
    }
    // «expects fares to rise», «ordered residents to leave»: what stands before the mark does it.
    if let Some(mark) = (verb.head.saturating_sub(2)..verb.head)
        .find(|i| items.get(*i).is_some_and(|item| item.has(roles::INFINITIVE_MARK)))
        && let Some(phrase) = phrase_before(items, mark)
        && let Some(main) = phrase.start.checked_sub(1).and_then(|i| {
            (0..=i).rev().find(|i| items.get(*i).is_some_and(|item| !matches!(item.class, Class::Determiner)))
        })
        && items.get(main).is_some_and(|item| item.class == Class::Verb && !item.has(roles::PASSIVE | roles::PLANNED))
    {
        return Subject::Phrase(phrase);
    }
    // A gerund or infinitive is said of whom its finite verb is said of.
    if !items.get(verb.head).is_some_and(Item::is_finite) {
        if items.get(verb.head).is_some_and(|item| item.class == Class::Adjective) {
            let comma = verb.head.checked_sub(1).and_then(|i| class(items, i)) == Some(Class::Comma);
            return phrase_before(items, verb.head - usize::from(comma)).map_or(Subject::Before, Subject::Phrase);
        }
        match matrix(items, verb) {
            Some(main) => verb = main,
            None => {
                return first_phrase(items, 0, verb.head, &[]).unwrap_or(Subject::Before);
            }
        }
    }
    let mut head = verb.head;
    // At most as many steps as a sentence has verbs.
    for _ in 0..8 {
        let found = stretch(items, head);
        if let Some(subject) = first_phrase(items, found.start, head, &found.embedded) {
            return subject;
        }
        if let Some(antecedent) = found.antecedent {
            return Subject::Phrase(antecedent);
        }
        match found.shares {
            Some(shares) => head = group(items, shares).head,
            None => break,
        }
    }
    Subject::Before
}

/// The subject of a verb that stands second or last.
fn framed_subject(items: &[Item], verb: Verb, frame: Frame, depth: usize) -> Subject {
    let outer = || {
        let before = frame.before.filter(|_| depth < DEPTH)?;
        let around = items.get(before)?.frame.filter(|around| around.id != frame.id)?;
        Some(framed_subject(items, group(items, before), around, depth + 1))
    };
    let finite = items.get(verb.head).is_some_and(Item::is_finite);
    if !finite {
        if let Some(head) =
            frame.head.filter(|head| *head != verb.head && items.get(*head).is_some_and(Item::is_finite))
        {
            return framed_subject(items, group(items, head), frame, depth + 1);
        }
        return outer().unwrap_or(Subject::Before);
    }
    let end = (verb.head + 1..items.len()).find(|at| {
        items
            .get(*at)
            .and_then(|item| item.frame)
            .is_none_or(|other| other.id != frame.id && other.before != Some(verb.head))
    });
    let end = end.unwrap_or(items.len());
    if let Some(opener) =
        frame.opener.and_then(|opener| items.get(opener).map(|item| (opener, item))).filter(|_| !frame.sibling)
    {
        let (at, word) = opener;
        let found = nominative(items, frame.start, verb.head, frame, false);
        if word.class == Class::Relative {
            let named = matches!(found, Some(Subject::Phrase(_))) && !word.has(roles::SUBJECT);
            let governed = at.checked_sub(1).is_some_and(|before| items.get(before).is_some_and(Item::is_preposition));
            if !named && !governed {
                let antecedent = antecedent(items, at - usize::from(governed));
                return antecedent.map_or(Subject::Before, Subject::Phrase);
            }
        }
        return found.unwrap_or(Subject::Before);
    }
    // «Om de uitstoot te verminderen trekt …»: what an infinitive governs is no subject.
    let opening = (frame.start..verb.head).rev().find(|at| super::frame::is_marked_infinitive(items, *at));
    let first = nominative(items, opening.map_or(frame.start, |at| at + 1), verb.head, frame, false);
    if frame.loose {
        return first.or_else(outer).unwrap_or(Subject::Before);
    }
    let opens = (frame.start..verb.head)
        .any(|at| items.get(at).is_some_and(|item| item.frame.is_some_and(|other| other.id == frame.id)));
    let object = matches!(first, Some(Subject::Quantity(_)));
    // «verkaufte die Firma 3 Häuser»: right behind the verb; «und wiegt 3 Tonnen»: as before.
    if first.is_none() || object {
        let shared = frame.sibling && !opens;
        let behind = if shared { None } else { nominative(items, verb.head + 1, end, frame, false) };
        match behind {
            Some(Subject::Quantity(_)) if first.is_some() => {}
            Some(found) => return found,
            None => {}
        }
        if first.is_none() && frame.sibling {
            return outer().unwrap_or(Subject::Before);
        }
    }
    first.unwrap_or(Subject::Before)
}

/// How many clauses a subject is looked for outwards.
const DEPTH: usize = 6;

/// The first noun phrase of a clause between two items that may be a subject.
fn nominative(items: &[Item], start: usize, end: usize, frame: Frame, objects: bool) -> Option<Subject> {
    let mut at = start;
    while at < end {
        let item = items.get(at)?;
        if item.frame.is_some_and(|other| other.id != frame.id) {
            at += 1;
            continue;
        }
        match item.class {
            Class::Preposition => {
                let next = phrase_at(items, at + 1, Reach::Of, |_| false);
                at = next.map_or(at + 1, |phrase| phrase.end);
                if let Some(Class::Quantity(_)) = class(items, super::phrase::skip_determiners(items, at)) {
                    at = super::phrase::skip_determiners(items, at) + 1;
                    at = phrase_at(items, at, Reach::Of, |_| false).map_or(at, |phrase| phrase.end);
                }
            }
            Class::Determiner if item.has(roles::OBJECT) && !objects => {
                at = phrase_at(items, at, Reach::Of, |_| false).map_or(at + 1, |phrase| phrase.end);
            }
            Class::Pronoun if item.has(roles::OBJECT) => at += 1,
            Class::Pronoun => return Some(Subject::Before),
            Class::Quantity(_) => return Some(Subject::Quantity(at)),
            Class::Noun | Class::Name(_) | Class::Adjective | Class::Determiner => {
                if let Some(quantity) = determined_quantity(items, at, end) {
                    return Some(Subject::Quantity(quantity));
                }
                match phrase_at(items, at, Reach::Of, |_| false) {
                    // «volgend jaar»
                    Some(phrase) if phrase.head(items).is_some_and(|(_, head)| head.has(roles::TEMPORAL)) => {
                        at = phrase.end
                    }
                    Some(phrase) => return Some(Subject::Phrase(phrase)),
                    None => at += 1,
                }
            }
            Class::Open => {
                at = (at..end).find(|i| class(items, *i) == Some(Class::Close)).unwrap_or(end) + 1;
            }
            _ => at += 1,
        }
    }
    None
}

/// Whom a clause without a verb is about, where only marks part clauses: what it begins with, else whom the one before was about.
pub(crate) fn bare_subject(items: &[Item], quantity: usize) -> Subject {
    let Some(frame) = items.get(quantity).and_then(|item| item.frame).filter(|frame| frame.loose) else {
        return Subject::Before;
    };
    let before = || {
        let verb = frame.before?;
        let around = items.get(verb)?.frame?;
        Some(framed_subject(items, group(items, verb), around, 1))
    };
    let own = nominative(items, frame.start, quantity, frame, false);
    let last = property(items, None, quantity);
    match own {
        Some(Subject::Phrase(phrase)) if Some(phrase) == last && phrase.start == frame.start => {
            before().unwrap_or(Subject::Phrase(phrase))
        }
        Some(found) => found,
        None => before().unwrap_or(Subject::Before),
    }
}

/// What a verb of a clause that only marks part says something of, its last noun phrase before the verb: `营收` in «公司一季度营收增长».
pub(crate) fn property(items: &[Item], verb: Option<Verb>, quantity: usize) -> Option<Phrase> {
    let mut frame = items.get(verb.map_or(quantity, |verb| verb.head))?.frame.filter(|frame| frame.loose)?;
    let mut end = verb.map_or(quantity, |verb| verb.head);
    for _ in 0..DEPTH {
        let mut at = frame.start;
        let mut found = None;
        while at < end {
            match nominative(items, at, end, frame, true) {
                Some(Subject::Phrase(phrase)) => {
                    found = Some(phrase);
                    at = phrase.end.max(at + 1);
                }
                Some(_) => at += 1,
                None => break,
            }
        }
        if found.is_some() {
            return found;
        }
        let before = frame.before?;
        frame = items.get(before)?.frame?;
        end = before;
    }
    None
}

/// What the verb of a clause is done to: the last noun phrase before the quantity that is not the subject.
pub(crate) fn object(items: &[Item], verb: Verb, quantity: usize, subject: Subject) -> Option<Phrase> {
    let frame = items.get(verb.lexical)?.frame?;
    let mut at = frame.start;
    let mut found = None;
    while at < quantity {
        let Some(next) = nominative(items, at, quantity, frame, true) else { break };
        match next {
            Subject::Phrase(phrase) => {
                if subject != Subject::Phrase(phrase) && phrase.end <= quantity {
                    found = Some(phrase);
                }
                at = phrase.end.max(at + 1);
            }
            _ => at += 1,
        }
    }
    found
}

/// The quantity behind the determiners at `at`, if it stands before `end`: «los 20 vecinos».
fn determined_quantity(items: &[Item], at: usize, end: usize) -> Option<usize> {
    let quantity = super::phrase::skip_determiners(items, at);
    (quantity < end && matches!(class(items, quantity), Some(Class::Quantity(_)))).then_some(quantity)
}

/// The first noun phrase between two items that no preposition governs.
fn first_phrase(items: &[Item], start: usize, end: usize, embedded: &[(usize, usize)]) -> Option<Subject> {
    let mut at = start;
    while at < end {
        let item = items.get(at)?;
        if let Some((from, to)) = embedded.iter().find(|(from, to)| at >= *from && at < *to) {
            // To the comma that closes the relative clause.
            let verb = (*from..*to).find(|i| items.get(*i).is_some_and(Item::is_finite)).unwrap_or(*from);
            let closes = (verb.max(at)..*to).rev().find(|i| class(items, *i) == Some(Class::Comma)).unwrap_or(*to);
            at = closes + 1;
            continue;
        }
        match item.class {
            Class::Preposition => {
                // «con 13 puntos», «en las últimas 24 horas»
                let quantity = super::phrase::skip_determiners(items, at + 1);
                if quantity < end && matches!(class(items, quantity), Some(Class::Quantity(_))) {
                    at = quantity;
                }
                let next = phrase_at(items, at + 1, Reach::Of, |_| false);
                at = next.map_or(at + 1, |phrase| phrase.end);
                if let Some(Class::Quantity(_)) = class(items, at) {
                    at += 1;
                }
                // «según la consejera, Sabela Outón, el coste …»
                if let (Some(Class::Comma), Some(Class::Name(_)), Some(Class::Comma)) =
                    (class(items, at), class(items, at + 1), class(items, at + 2))
                    && at + 3 < end
                    && phrase_at(items, at + 3, Reach::Of, |_| false).is_some_and(|phrase| phrase.end <= end)
                {
                    at += 3;
                }
            }
            Class::Quantity(_) => return Some(Subject::Quantity(at)),
            Class::Noun | Class::Name(_) | Class::Adjective | Class::Determiner => {
                if let Some(quantity) = determined_quantity(items, at, end) {
                    return Some(Subject::Quantity(quantity));
                }
                match phrase_at(items, at, Reach::Of, |_| false) {
                    Some(phrase) if phrase.end <= end => return Some(Subject::Phrase(phrase)),
                    Some(_) => return None,
                    None => at += 1,
                }
            }
            Class::Pronoun => return Some(Subject::Before),
            // «To land the catch, the king had to pay»: up to the comma.
            Class::Verb if !item.is_finite() && (at..end).any(|i| class(items, i) == Some(Class::Comma)) => {
                at = (at..end).find(|i| class(items, *i) == Some(Class::Comma)).unwrap_or(end) + 1;
            }
            Class::Open => {
                at = (at..end).find(|i| class(items, *i) == Some(Class::Close)).unwrap_or(end) + 1;
            }
            _ => at += 1,
        }
    }
    None
}
