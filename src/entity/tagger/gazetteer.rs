//! Lists of names, as features of the words that a listed name runs through.
//!
//! «viajó a Nueva York ayer» has `nueva york` in the list of places: the bits of `Nueva` say «first word of a listed place», those of
//! `York` «last word». A name is looked up by the hash of its words in lower case; every name's beginnings are in the table
//! too, so that the search stops at the first word that goes on with no name.

use super::facets::Facets;
use super::hash::{SEED, Table, key};

/// The lists, each one bit of a table's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum List {
    /// People's names as found in running text.
    Person = 0,
    /// Organisations.
    Organization = 1,
    /// Places as found in running text.
    Place = 2,
    /// Cities.
    City = 3,
    /// Countries.
    Country = 4,
    /// Regions of a country.
    Region = 5,
    /// Given names.
    GivenName = 6,
    /// Family names.
    FamilyName = 7,
    /// Other names: products, works, events.
    Other = 8,
    /// Words that are no names, for languages that write no blanks.
    Word = 9,
}

impl List {
    /// All lists, in the order of their bits.
    pub const ALL: [Self; 10] = [
        Self::Person,
        Self::Organization,
        Self::Place,
        Self::City,
        Self::Country,
        Self::Region,
        Self::GivenName,
        Self::FamilyName,
        Self::Other,
        Self::Word,
    ];

    /// The name in source files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Place => "place",
            Self::City => "city",
            Self::Country => "country",
            Self::Region => "region",
            Self::GivenName => "given",
            Self::FamilyName => "family",
            Self::Other => "other",
            Self::Word => "word",
        }
    }

    /// Its bit.
    #[must_use]
    pub const fn bit(self) -> u16 {
        1 << self as u8
    }
}

/// Bit of a table's value: longer names begin with these words.
const BEGINS: u16 = 1 << 15;

/// Where a value holds how frequent the name is, in steps of doubling, five bits wide.
const FREQUENCY: u32 = 10;

/// What the lists say of some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The [`List::bit`]s of the lists that hold them.
    pub lists: u16,
    /// How often they occur in the source of the list, as a power of two; 0 where it does not tell.
    pub frequency: u8,
}

impl Entry {
    /// The value in the table.
    const fn value(self) -> u16 {
        self.lists | (self.frequency as u16 & 31) << FREQUENCY
    }

    /// The entry of a table's value, if a name ends there.
    const fn of(value: u16) -> Option<Self> {
        let lists = value & ((1 << FREQUENCY) - 1);
        if lists == 0 { None } else { Some(Self { lists, frequency: (value >> FREQUENCY & 31) as u8 }) }
    }
}

/// Bits of [`Facets::names`]: lists whose name is this one word, from the lowest; then those that begin, go on and end here.
pub const ALONE: u32 = 0;
/// First word of a longer name.
pub const FIRST: u32 = 10;
/// Any later word of a longer name.
pub const LATER: u32 = 20;

/// Names have at most so many words.
pub const WORDS: usize = 8;

/// The lists of names.
#[derive(Clone, Copy, Debug)]
pub struct Gazetteer<'a> {
    table: Table<'a>,
}

const TEMPLATE: u32 = 0x6A2;

fn extend(hash: u32, word: u32) -> u32 {
    key(TEMPLATE, hash, word)
}

/// The table's entries for names with their lists; words of a name parted by single blanks.
#[must_use]
pub fn entries<'n>(names: impl IntoIterator<Item = (&'n str, Entry)>) -> Vec<(u32, Vec<u8>)> {
    let mut bits: std::collections::BTreeMap<u32, u16> = std::collections::BTreeMap::new();
    for (name, entry) in names {
        let words: Vec<u32> = name.split(' ').map(super::facets::lower).collect();
        if words.len() > WORDS {
            continue;
        }
        let mut hash = SEED;
        for (at, word) in words.iter().enumerate() {
            hash = extend(hash, *word);
            let value = bits.entry(hash).or_default();
            let known = Entry::of(*value).map_or(0, |known| known.frequency);
            *value = if at + 1 == words.len() {
                let frequency = entry.frequency.max(known);
                (*value & !(31 << FREQUENCY)) | Entry { frequency, ..entry }.value()
            } else {
                *value | BEGINS
            };
        }
    }
    bits.into_iter().map(|(hash, bits)| (hash, bits.to_le_bytes().to_vec())).collect()
}

impl<'a> Gazetteer<'a> {
    /// Width of a table's value.
    pub const WIDTH: usize = 2;

    /// The lists in these slots.
    #[must_use]
    pub const fn new(table: Table<'a>) -> Self {
        Self { table }
    }

    /// Hands every listed name that these words begin with to `accept`: its number of words, shortest first, and its entry.
    pub fn matches(&self, words: impl Iterator<Item = u32>, mut accept: impl FnMut(usize, Entry)) {
        let mut hash = SEED;
        for (length, word) in (1..).zip(words.take(WORDS)) {
            hash = extend(hash, word);
            let Some(&[low, high]) = self.table.get(hash) else { return };
            let value = u16::from_le_bytes([low, high]);
            if let Some(entry) = Entry::of(value) {
                accept(length, entry);
            }
            if value & BEGINS == 0 {
                return;
            }
        }
    }

    /// Sets [`Facets::names`] of the words; a name begins with a cue, and its longest match counts.
    pub fn mark(&self, facets: &mut [Facets]) {
        for from in 0..facets.len() {
            let rest = facets.get(from..).unwrap_or_default();
            if !rest.first().is_some_and(|f| f.cue) {
                continue;
            }
            let mut longest = None;
            self.matches(rest.iter().map(|f| f.lower), |length, entry| {
                longest = Some((length, u32::from(entry.lists)))
            });
            let Some((length, lists)) = longest else { continue };
            for (at, word) in facets.iter_mut().skip(from).take(length).enumerate() {
                word.names |= lists
                    << if length == 1 {
                        ALONE
                    } else if at == 0 {
                        FIRST
                    } else {
                        LATER
                    };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::super::hash::build;
    use super::*;

    #[test]
    fn the_longest_listed_name_counts() {
        let slots = build(
            entries(
                [("york", List::City), ("nueva york", List::Place)]
                    .map(|(name, list)| (name, Entry { lists: list.bit(), frequency: 3 })),
            ),
            Gazetteer::WIDTH,
        );
        let gazetteer = Table::new(&slots, Gazetteer::WIDTH).map(Gazetteer::new).unwrap();
        let mut facets = ["Nueva", "York", "York", "nueva"].map(|word| Facets::new(word, word != "nueva"));
        gazetteer.mark(&mut facets);
        let bit = |list: List, place: u32| u32::from(list.bit()) << place;
        assert_eq!(
            facets.map(|f| f.names),
            [bit(List::Place, FIRST), bit(List::Place, LATER) | bit(List::City, ALONE), bit(List::City, ALONE), 0]
        );
    }
}
