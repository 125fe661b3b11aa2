//! Verbs and their subjects.
//!
//! In «La empresa Musimundo, que desde 1999 opera en Chile, destinará 15 millones a tiendas» the quantity is governed by `destinar`, whose
//! subject stands before the relative clause. A search goes left from the quantity to the nearest verb of its clause, else right;
//! a subject is the noun phrase of the verb's stretch that no preposition governs.

use super::frame::Frame;
use super::parse::{Class, Item};
use super::phrase::{Phrase, Reach, phrase_at, phrase_before};
use crate::pack::syntax::{self as roles, Mood};

/// A verb with its helpers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verb {
    /// The word that says what happens: `vender` in «permitirá vender».
    pub lexical: usize,
    /// The word that carries tense: «permitirá».
    pub head: usize,
    /// It stands behind what it governs.
    pub behind: bool,
}

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

fn class(items: &[Item], at: usize) -> Option<Class> {
    items.get(at).map(|item| item.class)
}

fn is_helper(item: &Item) -> bool {
    item.class == Class::Verb && item.has(roles::AUXILIARY | roles::MODAL | roles::PASSIVE)
}

/// Words that may stand between a helper and its verb.
fn may_part(item: &Item) -> bool {
    match item.class {
        Class::Clitic | Class::Adverb | Class::Negation | Class::Date(_) | Class::Name(_) => true,
        Class::Preposition => item.has(roles::TO | roles::OF | roles::INFINITIVE_MARK),
        // «tiveron que durmir»
        Class::Relative => true,
        _ => false,
    }
}

/// How many words may stand between a helper and its verb.
const PARTED: usize = 4;

/// The verb group around the verb at `at`.
pub(crate) fn group(items: &[Item], at: usize) -> Verb {
    if let Some(item) = items.get(at).filter(|item| item.frame.is_some()) {
        return match item.head {
            Some(head) => Verb { lexical: at, head, behind: false },
            None => Verb { lexical: item.partner.unwrap_or(at), head: at, behind: false },
        };
    }
    let mut lexical = at;
    while items.get(lexical).is_some_and(is_helper) {
        let next = (lexical + 1..items.len()).take(PARTED).find(|i| items.get(*i).is_none_or(|item| !may_part(item)));
        match next.filter(|i| items.get(*i).is_some_and(|item| item.class == Class::Verb && !item.is_finite())) {
            Some(next) => lexical = next,
            None => break,
        }
    }
    let mut head = at;
    loop {
        let before = (0..head).rev().take(PARTED).find(|i| items.get(*i).is_none_or(|item| !may_part(item)));
        match before.filter(|i| items.get(*i).is_some_and(is_helper)) {
            Some(before) if !items.get(head).is_some_and(Item::is_finite) => head = before,
            _ => break,
        }
    }
    Verb { lexical, head, behind: false }
}

/// Whether a quantity is a verb itself: «sales doubled», «to double sales», but not «double the limit».
fn is_own(items: &[Item], at: usize) -> bool {
    let Some(form) = items.get(at).and_then(|item| item.verb.as_ref()) else { return false };
    let before = at.checked_sub(1).and_then(|i| items.get(i));
    let bare = form.moods.has(Mood::Infinitive) && form.moods.is_ambiguous();
    let marked = before.is_some_and(|item| item.has(roles::INFINITIVE_MARK) || is_helper(item));
    form.roles & (roles::UP | roles::DOWN) != 0
        && !before.is_some_and(|item| item.class == Class::Determiner)
        && (!bare || marked)
}

/// The group of a quantity that is a verb itself: «had tripled».
fn own(items: &[Item], at: usize) -> Verb {
    let before = (0..at).rev().take(PARTED).find(|i| items.get(*i).is_none_or(|item| !may_part(item)));
    let head = before.filter(|i| items.get(*i).is_some_and(is_helper)).map_or(at, |helper| group(items, helper).head);
    Verb { lexical: at, head, behind: false }
}

/// A participle right before a quantity that says what is done with it: «valoradas en 3.400 millones».
fn participle(items: &[Item], quantity: usize) -> Option<Verb> {
    let at = (0..quantity).rev().find(|i| {
        items.get(*i).is_none_or(|item| {
            let loose = || {
                let before = i.checked_sub(1).and_then(|i| items.get(i));
                before.is_some_and(|before| matches!(before.class, Class::Preposition | Class::Adverb))
            };
            // «salito da 51 a 63 milioni»
            let from = || {
                let (before, behind) = (i.checked_sub(1).and_then(|i| items.get(i)), items.get(i + 1));
                before.is_some_and(Item::is_preposition)
                    && behind.is_some_and(|item| item.is_preposition() && item.has(roles::TO))
            };
            match item.class {
                Class::Quantity(_) => !from(),
                Class::Preposition => item.is_of() && !loose() && *i + 1 < quantity,
                Class::Determiner | Class::Adverb | Class::Date(_) => false,
                _ => true,
            }
        })
    })?;
    let item = items.get(at)?;
    let is = item.class == Class::Adjective
        && (at + 1 < quantity || at.checked_sub(1).and_then(|i| class(items, i)) == Some(Class::Comma))
        && item.verb.as_ref().is_some_and(|verb| verb.mood == Mood::Participle && !verb.guessed)
        && !item.has(roles::PLANNED | roles::FORECAST)
        // «sceso del 9 %», but not «un edificio renovado de 20 plantas»
        && (!items.get(at + 1).is_some_and(Item::is_of) || item.has(roles::UP | roles::DOWN | roles::SHIFT));
    is.then_some(Verb { lexical: at, head: at, behind: false })
}

/// The verb that governs the item at `quantity`; `end` is one past the noun phrase that the quantity opens.
pub(crate) fn governor(items: &[Item], quantity: usize, end: usize) -> Option<Verb> {
    // «as vendas dobraram»: the amount is the verb.
    if is_own(items, quantity) {
        return Some(own(items, quantity));
    }
    if let Some(frame) = items.get(quantity)?.frame.filter(|frame| frame.loose) {
        return loose_governor(items, quantity, end, frame);
    }
    if let Some(frame) = items.get(quantity)?.frame {
        let verb = frame.head.map(|head| group(items, head))?;
        // «versprach, … zu senken», also without a mark: the infinitive behind the quantity.
        let within =
            |at: &usize| items.get(*at).is_some_and(|item| item.frame.is_some_and(|other| other.id == frame.id));
        let infinitive =
            (quantity + 1..items.len()).filter(within).find(|at| super::frame::is_marked_infinitive(items, *at));
        let main = items.get(verb.head).is_some_and(|item| item.partner.is_none());
        return match infinitive
            .filter(|at| *at != verb.head && (main && verb.head < quantity || quantity < *at && *at < verb.head))
        {
            Some(at) => Some(Verb { lexical: at, head: at, behind: false }),
            None => Some(verb),
        };
    }
    let left = left_governor(items, quantity);
    let behind = || {
        let next = items.get(end).filter(|item| item.is_finite() || item.class == Class::Clitic)?;
        let at = if next.class == Class::Clitic { end + 1 } else { end };
        items.get(at).filter(|item| item.is_finite())?;
        Some(Verb { behind: true, ..group(items, at) })
    };
    match left {
        Some(verb) => {
            // «subió un 3 %, y 32 empresas ganaron»: a new clause, whose verb follows.
            let parted = (verb.lexical + 1..quantity)
                .any(|i| matches!(class(items, i), Some(Class::Comma | Class::Coordinator)));
            // «said 89 % of the shares were tendered»
            let reports = items.get(verb.lexical).is_some_and(|item| item.has(roles::REPORT | roles::FORECAST));
            behind().filter(|_| parted || reports).or(Some(verb))
        }
        None => behind().or_else(|| right_governor(items, quantity)),
    }
}

fn left_governor(items: &[Item], quantity: usize) -> Option<Verb> {
    if let Some(found) = participle(items, quantity) {
        return Some(found);
    }
    let mut depth = 0;
    for at in (0..quantity).rev() {
        let item = items.get(at)?;
        match item.class {
            Class::Close => depth += 1,
            Class::Open => depth -= i32::from(depth > 0),
            _ if depth > 0 => {}
            Class::Verb => return Some(group(items, at)),
            // «profit doubled to 5 million»
            Class::Quantity(_) if is_own(items, at) => return Some(own(items, at)),
            Class::Stop | Class::Relative | Class::Subordinator => return None,
            _ => {}
        }
    }
    None
}

fn right_governor(items: &[Item], quantity: usize) -> Option<Verb> {
    let mut embedded = 0;
    for at in quantity + 1..items.len() {
        let item = items.get(at)?;
        match item.class {
            Class::Relative | Class::Subordinator => embedded += 1,
            Class::Verb if item.is_finite() && embedded > 0 => embedded -= 1,
            Class::Verb if item.is_finite() => return Some(Verb { behind: true, ..group(items, at) }),
            Class::Stop => return None,
            _ => {}
        }
    }
    None
}

/// The finite verb on which a gerund, an infinitive or a participle hangs.
pub(crate) fn matrix(items: &[Item], verb: Verb) -> Option<Verb> {
    if items.get(verb.head).is_some_and(Item::is_finite) {
        return None;
    }
    if let Some(frame) = items.get(verb.head)?.frame {
        let own = frame.head.filter(|head| *head != verb.head && items.get(*head).is_some_and(Item::is_finite));
        return own.or(frame.before).map(|head| group(items, head));
    }
    for at in (0..verb.head).rev() {
        match class(items, at)? {
            Class::Verb if items.get(at).is_some_and(Item::is_finite) => return Some(group(items, at)),
            Class::Stop => return None,
            _ => {}
        }
    }
    None
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

/// The relative pronoun of the clause whose finite verb stands at `verb`.
pub(crate) fn opener(items: &[Item], verb: usize) -> Option<usize> {
    for at in (0..verb).rev() {
        match class(items, at)? {
            Class::Relative => {
                let before = at.checked_sub(1).and_then(|i| class(items, i));
                let completes = matches!(before, None | Some(Class::Verb | Class::Stop));
                return (!completes).then_some(at);
            }
            Class::Stop | Class::Subordinator => return None,
            Class::Verb if items.get(at).is_some_and(Item::is_finite) => return None,
            _ => {}
        }
    }
    None
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
                let quantity = super::phrase::skip_determiners(items, at);
                if quantity < end && matches!(class(items, quantity), Some(Class::Quantity(_))) {
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

/// The verb of a quantity in a clause that only marks part: the nearest before it, else the next behind; a noun right before the
/// quantity needs none.
fn loose_governor(items: &[Item], quantity: usize, end: usize, frame: Frame) -> Option<Verb> {
    let own = |at: usize| items.get(at).is_some_and(|item| item.frame.is_some_and(|other| other.id == frame.id));
    let verb = |at: &usize| items.get(*at).is_some_and(Item::is_finite);
    let plain = |at: usize| Verb { lexical: at, head: at, behind: false };
    if let Some(at) = (frame.start..quantity).rev().find(verb) {
        return Some(plain(at));
    }
    if let Some(at) = (end..items.len()).take_while(|at| own(*at)).find(verb) {
        return Some(plain(at));
    }
    let small = |at: usize| {
        class(items, at).is_some_and(|class| matches!(class, Class::Adverb | Class::Date(_) | Class::Determiner))
    };
    let bare = (frame.start..quantity).all(small);
    frame.before.filter(|_| bare).map(plain)
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
                let quantity = super::phrase::skip_determiners(items, at);
                if quantity < end && matches!(class(items, quantity), Some(Class::Quantity(_))) {
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
