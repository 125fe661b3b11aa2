//! Noun phrases over the items of a sentence.
//!
//! In «el valor del núcleo industrial alcanzó …» the phrase that begins at `valor` goes on over «del núcleo industrial» and ends before the
//! verb. Phrases are stretches of items; what belongs to a name or an owner can be cut off again.

use super::parse::{Class, Item, View};
use crate::pack::syntax as roles;

/// A stretch of items: a noun phrase without its determiners.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    pub start: usize,
    pub end: usize,
}

/// How far a phrase goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// The noun with its adjectives and what «de» ties to it.
    Of,
    /// Also with «en inteligencia artificial», a phrase without a determiner.
    Kept,
}

fn class(items: &[Item], at: usize) -> Option<Class> {
    items.get(at).map(|item| item.class)
}

/// The item behind determiners and numbers from `at` on.
pub(crate) fn skip_determiners(items: &[Item], mut at: usize) -> usize {
    while let Some(item) = items.get(at) {
        match item.class {
            Class::Determiner => at += 1,
            _ => break,
        }
    }
    at
}

/// The noun phrase that begins at `start`, behind its determiners; `None` where none does.
pub(crate) fn phrase_at(items: &[Item], start: usize, reach: Reach, stop_at: impl Fn(usize) -> bool) -> Option<Phrase> {
    let mut start = skip_determiners(items, start);
    let mut at = start;
    let mut end = start;
    let mut has_noun = false;
    let mut tied = false;
    while let Some(item) = items.get(at) {
        match item.class {
            // «the bank's revenue», «Apple shares»: the phrase is what is owned.
            _ if item.has(roles::OWNER_MARK)
                && !tied
                && owns(items, at)
                && (at > start || item.class != Class::Determiner) =>
            {
                at += 1;
                (start, end, has_noun) = (at, at, false);
            }
            Class::Determiner if item.has(roles::OWNER_MARK) && at > start => at += 1,
            Class::Noun | Class::Name(_) => {
                if item.class != Class::Noun && stop_at(at) && at > start {
                    break;
                }
                has_noun = true;
                at += 1;
                end = at;
            }
            // «drei Menschen verletzt»
            Class::Adjective
                if has_noun
                    && item.frame.is_some_and(|frame| !frame.loose)
                    && !items.get(at + 1).is_some_and(Item::is_nominal) =>
            {
                break;
            }
            // «acciones valoradas en 3 millones»: what is said of them, not which they are.
            Class::Adjective if has_noun && is_predicative(items, at) => break,
            Class::Adjective => {
                at += 1;
                end = at;
            }
            // «los dos primeros encuentros», «partido de la segunda semifinal»
            Class::Quantity(_)
                if item.has(roles::ADJECTIVE)
                    && items.get(at + 1).is_some_and(Item::is_nominal)
                    && !(has_noun && end == at) =>
            {
                at += 1;
            }
            Class::Adverb if has_noun && class(items, at + 1) == Some(Class::Adjective) => at += 1,
            Class::Coordinator if at > start => {
                let (before, behind) = (class(items, at - 1), class(items, at + 1));
                let alike = matches!(
                    (before, behind),
                    (Some(Class::Adjective), Some(Class::Adjective)) | (Some(Class::Noun), Some(Class::Noun))
                );
                // «empleos y recursos del orden de 500 millones»: the second noun has its own amount.
                let amount = (at + 1..at + AHEAD)
                    .map_while(|i| class(items, i).filter(|c| !matches!(c, Class::Verb | Class::Comma | Class::Stop)));
                let own_amount = amount.into_iter().any(|c| matches!(c, Class::Quantity(_)));
                if !alike
                    || own_amount
                    || items.get(at + 1).is_some_and(|next| next.verb.as_ref().is_some_and(|v| v.mood.is_finite()))
                {
                    break;
                }
                at += 1;
            }
            Class::Preposition if has_noun && at > start => {
                let next = skip_determiners(items, at + 1);
                let bare = next == at + 1 && !item.has(roles::DETERMINER);
                // «a drop in exports»
                let changes = item.has(roles::KEPT)
                    && items
                        .get(at - 1)
                        .is_some_and(|noun| noun.class == Class::Noun && noun.has(roles::UP | roles::DOWN))
                    && items.get(next).is_some_and(|noun| matches!(noun.class, Class::Noun | Class::Adjective));
                let goes_on = match reach {
                    _ if changes => true,
                    Reach::Of => item.is_of(),
                    Reach::Kept => {
                        // «albaneses acusados por terrorismo»
                        let agent = item.has(roles::AGENT)
                            && items
                                .get(at - 1)
                                .is_some_and(|before| before.class == Class::Adjective && before.verb.is_some());
                        item.is_of() || (item.has(roles::KEPT) || agent) && bare
                    }
                };
                let noun = items.get(next).is_some_and(|found| match found.class {
                    Class::Noun | Class::Adjective => (item.is_of() || !found.has(roles::HOLLOW)) && !stop_at(next),
                    Class::Name(_) => item.is_of() && !stop_at(at + 1) && !stop_at(next),
                    Class::Quantity(_) => {
                        found.has(roles::ADJECTIVE) && items.get(next + 1).is_some_and(Item::is_nominal)
                    }
                    _ => false,
                });
                if !goes_on || !noun {
                    break;
                }
                tied = true;
                at = next;
            }
            _ => break,
        }
    }
    (has_noun && end > start).then_some(Phrase { start, end })
}

/// Whether what the owner before owns follows at once.
fn owns(items: &[Item], at: usize) -> bool {
    matches!(class(items, at + 1), Some(Class::Noun | Class::Adjective | Class::Name(_)))
}

/// How many items ahead the amount of a second noun is looked for.
const AHEAD: usize = 7;

/// Whether a participle ties a quantity behind it to the noun before it.
fn is_predicative(items: &[Item], at: usize) -> bool {
    let participle = items.get(at).is_some_and(|item| item.verb.as_ref().is_some_and(|verb| !verb.mood.is_finite()));
    participle
        && items.get(at + 1).is_some_and(Item::is_preposition)
        && (at + 2..at + 5).any(|i| matches!(class(items, i), Some(Class::Quantity(_))))
}

/// The noun phrase that ends at `end` (one past its last item), from its head on.
pub(crate) fn phrase_before(items: &[Item], end: usize) -> Option<Phrase> {
    let mut start = end;
    let mut has_noun = false;
    let mut at = end;
    while let Some(before) = at.checked_sub(1) {
        let Some(item) = items.get(before) else { break };
        match item.class {
            _ if item.has(roles::OWNER_MARK) && has_noun => break,
            Class::Noun | Class::Name(_) | Class::Adjective => {
                has_noun |= item.class != Class::Adjective;
                at = before;
                start = before;
            }
            // «de», perhaps with an article behind it.
            Class::Preposition if item.is_of() && start < end => {
                if before.checked_sub(1).and_then(|i| items.get(i)).is_none_or(|i| !i.is_nominal()) {
                    break;
                }
                at = before;
            }
            Class::Determiner if start == at && start < end => {
                let of = before.checked_sub(1).and_then(|i| items.get(i)).is_some_and(Item::is_of);
                if !of {
                    break;
                }
                at = before;
            }
            Class::Adverb if class(items, before + 1) == Some(Class::Adjective) => at = before,
            _ => break,
        }
    }
    (has_noun && start < end).then_some(Phrase { start, end })
}

impl Phrase {
    /// Its text.
    pub fn text<'a>(&self, view: View<'a>, items: &[Item]) -> &'a str {
        let first = items.get(self.start).map(|item| item.first);
        let last = self.end.checked_sub(1).and_then(|last| items.get(last)).map(|item| item.end);
        first.zip(last).map_or("", |(first, end)| view.slice(first, end))
    }

    /// Its first noun or name.
    pub fn head<'i>(&self, items: &'i [Item]) -> Option<(usize, &'i Item)> {
        let range = items.get(self.start..self.end)?;
        range
            .iter()
            .enumerate()
            .map(|(i, item)| (i + self.start, item))
            .find(|(_, item)| matches!(item.class, Class::Noun | Class::Name(_)))
    }

    /// The first item that opens a phrase tied to the head.
    pub fn tie(&self, items: &[Item]) -> Option<usize> {
        (self.start..self.end).find(|at| items.get(*at).is_some_and(Item::is_preposition))
    }

    /// The names in it, each with whether it stands beside the head rather than behind «de».
    pub fn names<'i>(&self, items: &'i [Item]) -> impl Iterator<Item = (usize, bool)> + 'i {
        let tie = self.tie(items).unwrap_or(self.end);
        let (start, end) = (self.start, self.end);
        (start..end).filter(|at| matches!(class(items, *at), Some(Class::Name(_)))).map(move |at| (at, at < tie))
    }

    /// The phrase up to the preposition that ties an owner to it.
    pub fn without(&self, owner: usize, items: &[Item]) -> Option<Self> {
        let end = (self.start..owner).rev().find(|at| items.get(*at).is_some_and(Item::is_preposition))?;
        (end > self.start).then_some(Self { start: self.start, end })
    }
}
