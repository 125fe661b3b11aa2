//! Words of languages that write no blanks.
//!
//! «公司的营业收入增长12%»: `公司`, `的`, `增长` stand in the tables, found as the longest that fits; what lies between them is a noun.
//! A verb of one sign is one only next to a quantity or a sign of aspect, since the same sign is a part of many words.

use super::parse::{Class, Item, View};
use super::word::closed;
use crate::pack::syntax::{self as roles, Roles, VerbForm};
use crate::text::Symbol;

/// Adds the word that begins at a token to the items; `limit` is where the next quantity, date or name begins.
pub(super) fn push(view: View<'_>, at: usize, limit: usize, end: usize, items: &mut Vec<Item>) {
    let limit = limit.max(at + 1);
    let symbols = view.tokens.get(at..limit).unwrap_or_default();
    let most = symbols.iter().take_while(|token| token.is_word()).count();
    let found = view.pack.syntax.longest(&mut symbols.iter().map(|token| token.symbol), most);
    let counted = items.last().is_some_and(|last| {
        last.end == at
            && (matches!(last.class, Class::Quantity(_)) || last.class == Class::Other && last.has(roles::ADVERB))
    });
    let single = found.as_ref().is_none_or(|(length, ..)| *length == 1);
    if counted && single && counts(view, at, limit, end, items) {
        return;
    }
    if let Some((length, own, verb)) = found {
        let next = at + length;
        let last = items.last();
        let class = class(view, own, verb.as_ref(), length, next, limit, end, last);
        if let Some(class) = class {
            // «发布的财报»: a verb before this sign only says which.
            if own & roles::OWNER_MARK != 0
                && let Some(verb) = items.last_mut().filter(|last| last.class == Class::Verb)
            {
                verb.class = Class::Adjective;
            }
            let own = own | verb.as_ref().map_or(0, |verb| verb.roles);
            // As the text writes it.
            let verb = verb
                .filter(|_| class == Class::Verb)
                .map(|verb| VerbForm { lemma: view.slice(at, next).into(), ..verb });
            items.push(Item { end: next, roles: own, verb, ..Item::new(class, at) });
            return;
        }
    }
    // What no table knows goes on with the sign before.
    match items.last_mut() {
        Some(last) if last.class == Class::Noun && last.roles == 0 && last.end == at => last.end = at + 1,
        _ => items.push(Item::new(Class::Noun, at)),
    }
}

/// «12家公司»: the sign behind the number counts nothing where a noun follows.
fn counts(view: View<'_>, at: usize, limit: usize, end: usize, items: &mut Vec<Item>) -> bool {
    let scope = &view.pack.scope;
    let symbol = view.tokens.get(at).map_or(Symbol::UNKNOWN, |token| token.symbol);
    let classes = view.pack.lexicon.classes(symbol);
    if classes & (scope.classifier | scope.odd) == 0 {
        return false;
    }
    let noun = at + 1 < limit || at + 1 < end && is_name_next(view, at + 1, limit);
    let goes_on = noun && !closes(view, at + 1, limit) || classes & scope.classifier == 0;
    let class = if goes_on { Class::Other } else { Class::Noun };
    let own = view.pack.syntax.longest(&mut std::iter::once(symbol), 1).map_or(0, |(_, own, _)| own) & roles::PEOPLE;
    // «600多家»: one more may follow.
    let own = if classes & scope.classifier == 0 { roles::ADVERB } else { own };
    items.push(Item { roles: own | roles::CLASSIFIER, ..Item::new(class, at) });
    true
}

/// Whether something marked begins at a token.
fn is_name_next(view: View<'_>, at: usize, limit: usize) -> bool {
    at == limit && view.tokens.get(at).is_some_and(|token| token.is_word())
}

/// Whether no noun begins at a token: a mark, a verb or a small word does.
fn closes(view: View<'_>, at: usize, limit: usize) -> bool {
    if !view.tokens.get(at).is_some_and(|token| token.is_word()) {
        return true;
    }
    let symbols = view.tokens.get(at..limit).unwrap_or_default();
    let most = symbols.iter().take_while(|token| token.is_word()).count();
    let found = view.pack.syntax.longest(&mut symbols.iter().map(|token| token.symbol), most);
    found.is_some_and(|(_, own, verb)| {
        verb.is_some() && own & roles::NOUN == 0 || closed(own).is_some_and(|class| class != Class::Noun)
    })
}

/// The class of a word of the tables; `None` where it is only a part of another.
#[expect(clippy::too_many_arguments, reason = "a word, its neighbours and its sentence")]
fn class(
    view: View<'_>,
    own: Roles,
    verb: Option<&VerbForm>,
    length: usize,
    next: usize,
    limit: usize,
    end: usize,
    last: Option<&Item>,
) -> Option<Class> {
    if own & roles::OWNER_MARK != 0 {
        return Some(Class::Determiner);
    }
    if let Some(verb) = verb {
        let behind = last.is_some_and(|last| last.class == Class::Determiner || last.is_nominal());
        if own & roles::NOUN != 0 && behind {
            return Some(Class::Noun);
        }
        // «公司称，…»
        let said = || {
            verb.roles & roles::REPORT != 0
                && view.tokens.get(next).is_some_and(|token| !token.is_word() && !token.is_number())
        };
        if length > 1 || verb.roles & roles::SIGN != 0 || beside(view, next, limit, end) || said() {
            return Some(Class::Verb);
        }
    }
    if let Some(class) = closed(own) {
        // A sign of many words is an adverb only before a verb or a number.
        let free = length > 1 || class != Class::Adverb || own & roles::ASPECT != 0;
        return (free || beside(view, next, limit, end) || !starts_noun(view, next, limit)).then_some(class);
    }
    if verb.is_some() {
        return None;
    }
    (own & roles::NOUN != 0
        || own & (roles::FOR_ORG | roles::FOR_LOC | roles::FOR_PER | roles::PEOPLE | roles::PROPERTY) != 0)
        .then_some(Class::Noun)
}

/// Whether what begins at a token is no verb and no small word.
fn starts_noun(view: View<'_>, at: usize, limit: usize) -> bool {
    at < limit && !closes(view, at, limit)
}

/// Whether a quantity follows, over signs of aspect and bounds.
fn beside(view: View<'_>, at: usize, limit: usize, end: usize) -> bool {
    if at == limit && at < end {
        return true;
    }
    let symbols = view.tokens.get(at..limit).unwrap_or_default();
    let found = view.pack.syntax.longest(&mut symbols.iter().map(|token| token.symbol), symbols.len());
    found.is_some_and(|(length, own, _)| {
        own & roles::ASPECT != 0 || own & (roles::ADVERB | roles::TO) != 0 && at + length == limit && limit < end
    })
}
