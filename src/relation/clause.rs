//! Verbs: which one governs a quantity, and with what helpers.
//!
//! «destinará este año 15 millones»: a search goes left from the quantity to the nearest verb of its clause, else right. A verb may have helpers: of «permitirá
//! vender» `vender` says what happens and «permitirá» when; `grammatical` finds whom it is said of.

use super::frame::Frame;
use super::parse::{Class, Item};
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

pub(super) fn class(items: &[Item], at: usize) -> Option<Class> {
    items.get(at).map(|item| item.class)
}

pub(super) fn is_helper(item: &Item) -> bool {
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
pub(super) fn is_own(items: &[Item], at: usize) -> bool {
    let Some(form) = items.get(at).and_then(|item| item.verb.as_ref()) else { return false };
    let before = at.checked_sub(1).and_then(|i| items.get(i));
    let bare = form.moods.has(Mood::Infinitive) && form.moods.is_ambiguous();
    let marked = before.is_some_and(|item| item.has(roles::INFINITIVE_MARK) || is_helper(item));
    form.roles & (roles::UP | roles::DOWN) != 0
        && !before.is_some_and(|item| item.class == Class::Determiner)
        && (!bare || marked)
}

/// The group of a quantity that is a verb itself: «had tripled».
pub(super) fn own(items: &[Item], at: usize) -> Verb {
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
