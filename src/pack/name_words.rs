//! `entities.tsv`: words that say what a name is, or that it is none.
//!
//! `head⇥ministerio|universidad⇥ORG` makes «Ministerio de Sanidad» an organisation, `never⇥IA|PIB` no name of «IA». Words are compared
//! in lower case, token by token, and touch nothing else that the pack knows.

use rustc_hash::FxHashMap;

use super::error::Error;
use super::table::Row;
use crate::entity::EntityType;
use crate::entity::tagger::facets::lower;
use crate::text::{Lookup, Span, tokenize};

/// What a phrase does where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameRole {
    /// A name that is only this is none: «PIB».
    Never,
    /// A name that begins so has this class: «Universidad de …».
    Head(EntityType),
    /// A name that ends so, or that this follows, has this class, and the phrase belongs to it: «Acme S.A.».
    Tail(EntityType),
    /// A name behind this has this class, and the phrase belongs to it: «FC Vallemar».
    Lead(EntityType),
    /// A name that is only this has this class, whoever doubts: «Wall Street».
    Whole(EntityType),
    /// A name behind this has this class: «Fuente: …», «la novela …».
    Before(EntityType),
    /// A city's name right behind this has this class: «en Vallemar».
    BeforeCity(EntityType),
    /// A city's name right behind this is a club, where the article is about sport: «ganó el Vallemar».
    Club,
    /// Stands in articles about sport.
    Sport,
    /// A name has this class that stands apart by a comma before this: «Emu, el primer modelo …».
    Apposed(EntityType),
    /// A name that begins so takes in the year behind it: «Copa del Mundo de 2006».
    Dated,
    /// Between two names, of which the first begins with a head, makes them one: «Plan … para la …».
    Link,
    /// Stands before a person's name and is no part of it: «presidente», «Dr.».
    Title,
}

/// A phrase of the table.
#[derive(Debug, Clone)]
struct Phrase {
    words: Box<[u32]>,
    role: NameRole,
}

/// The phrases of a pack, by their first and by their last word.
#[derive(Debug, Clone, Default)]
pub struct NameWords {
    first: FxHashMap<u32, Vec<Phrase>>,
    last: FxHashMap<u32, Vec<Phrase>>,
}

impl NameWords {
    /// Takes in a row of the table; `lookup` knows which words keep their apostrophe.
    pub(super) fn add(&mut self, row: &Row<'_>, lookup: &impl Lookup) -> Result<(), Error> {
        let class = EntityType::ALL.into_iter().find(|class| class.as_str() == row.cell(2));
        let role = match (row.cell(0), class) {
            ("never", None) if row.cell(2).is_empty() => NameRole::Never,
            ("title", None) if row.cell(2).is_empty() => NameRole::Title,
            ("link", None) if row.cell(2).is_empty() => NameRole::Link,
            ("dated", None) if row.cell(2).is_empty() => NameRole::Dated,
            ("club", None) if row.cell(2).is_empty() => NameRole::Club,
            ("sport", None) if row.cell(2).is_empty() => NameRole::Sport,
            ("head", Some(class)) => NameRole::Head(class),
            ("tail", Some(class)) => NameRole::Tail(class),
            ("lead", Some(class)) => NameRole::Lead(class),
            ("whole", Some(class)) => NameRole::Whole(class),
            ("before", Some(class)) => NameRole::Before(class),
            ("before-city", Some(class)) => NameRole::BeforeCity(class),
            ("apposed", Some(class)) => NameRole::Apposed(class),
            (role @ ("never" | "title" | "link" | "dated" | "club" | "sport"), _) => {
                return Err(row.error(2, format!("'{role}' has no class")));
            }
            ("head" | "tail" | "lead" | "whole" | "before" | "before-city" | "apposed", _) => {
                return Err(row.error(2, "give a class: PER, ORG, LOC or MISC"));
            }
            (role, _) => {
                let known =
                    "head, tail, lead, whole, before, before-city, apposed, link, dated, club, sport, title or never";
                return Err(row.error(0, format!("'{role}' is not {known}")));
            }
        };
        for form in row.forms(1) {
            let mut tokens = Vec::new();
            // An apostrophe at the end stands before a word: «per l'» + x.
            let text = if form.ends_with('\'') { format!("{form}x") } else { form.to_owned() };
            tokenize(&text, Span::new(0, u32::try_from(text.len()).unwrap_or(0)), lookup, &mut tokens);
            tokens.truncate(tokens.len() - usize::from(text.len() > form.len()));
            let words: Box<[u32]> = tokens.iter().map(|token| lower(token.span.of(&text))).collect();
            if let (Some(&first), Some(&last)) = (words.first(), words.last()) {
                self.first.entry(first).or_default().push(Phrase { words: words.clone(), role });
                self.last.entry(last).or_default().push(Phrase { words, role });
            }
        }
        Ok(())
    }

    /// Whether names of organisations begin with this word, in lower case: «academia».
    #[must_use]
    pub fn is_kind_of_organization(&self, word: &str) -> bool {
        let phrases = self.first.get(&lower(word)).map_or(&[][..], Vec::as_slice);
        phrases.iter().any(|phrase| phrase.words.len() == 1 && phrase.role == NameRole::Head(EntityType::Org))
    }

    /// The phrases that `words` begins with: their length and role, longest first.
    pub fn beginning(&self, words: &[u32]) -> impl Iterator<Item = (usize, NameRole)> + '_ {
        let known = words.first().and_then(|first| self.first.get(first));
        longest(known, |phrase| words.starts_with(&phrase.words))
    }

    /// The phrases that `words` ends with: their length and role, longest first.
    pub fn ending(&self, words: &[u32]) -> impl Iterator<Item = (usize, NameRole)> + '_ {
        let known = words.last().and_then(|last| self.last.get(last));
        longest(known, |phrase| words.ends_with(&phrase.words))
    }
}

fn longest(phrases: Option<&Vec<Phrase>>, holds: impl Fn(&Phrase) -> bool) -> std::vec::IntoIter<(usize, NameRole)> {
    let phrases = phrases.into_iter().flatten().filter(|phrase| holds(phrase));
    let mut found: Vec<(usize, NameRole)> = phrases.map(|phrase| (phrase.words.len(), phrase.role)).collect();
    found.sort_by_key(|(length, _)| std::cmp::Reverse(*length));
    found.into_iter()
}

#[cfg(test)]
mod tests {
    use super::super::table::rows;
    use super::*;
    use crate::text::Symbol;

    /// A pack that knows `l'` and nothing else.
    struct Elided;

    impl Lookup for Elided {
        fn symbol(&self, _: &str) -> Symbol {
            Symbol::UNKNOWN
        }

        fn elided(&self, folded: &str) -> Symbol {
            if folded == "l" { Symbol(7) } else { Symbol::UNKNOWN }
        }
    }

    #[test]
    fn phrases_are_found_at_both_ends() {
        let mut words = NameWords::default();
        for row in rows("x", "tail\ts.a.|s. a.\tORG\nhead\tbanco\tORG\nnever\ti+d", 2, 3).unwrap_or_default() {
            assert!(words.add(&row, &Elided).is_ok());
        }
        let hashes = |words: &[&str]| words.iter().map(|word| lower(word)).collect::<Vec<_>>();
        let name = hashes(&["Banco", "Sol", "S", ".", "A", "."]);
        assert_eq!(words.beginning(&name).collect::<Vec<_>>(), [(1, NameRole::Head(EntityType::Org))]);
        assert_eq!(words.ending(&name).next(), Some((4, NameRole::Tail(EntityType::Org))));
        assert_eq!(words.beginning(&hashes(&["I", "+", "D"])).next(), Some((3, NameRole::Never)));
        for row in rows("x", "link\tper l'\nbefore\tl'azienda\tORG", 2, 3).unwrap_or_default() {
            assert!(words.add(&row, &Elided).is_ok());
        }
        assert_eq!(words.beginning(&hashes(&["per", "l'"])).next(), Some((2, NameRole::Link)));
        assert_eq!(words.ending(&hashes(&["l'", "azienda"])).next(), Some((2, NameRole::Before(EntityType::Org))));
        let wrong = rows("x", "head\tbanco", 2, 3).unwrap_or_default();
        assert!(wrong.first().is_some_and(|row| words.add(row, &Elided).is_err()));
    }
}
