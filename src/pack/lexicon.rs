//! The words of a pack: interned forms, their classes, and names of several words.
//!
//! «puntos porcentuales» is two interned words and one entry of the name trie; [`Lexicon::longest`] finds it at the token
//! `puntos`. Words are looked up once per token, by hash of the lower-cased form; everything after that compares
//! small integers. A form with accents is also found when the text leaves *all* of them out (`dolares`, `millon`), but
//! not when the text puts them elsewhere: `marcó` is no `marco`.

mod builder;

use rustc_hash::FxHashMap;

pub(crate) use builder::Builder;

use super::{NumeralRole, NumeralSense, Sense};
use crate::text::{Lookup, Symbol, Token, TokenKind};

/// A set of word classes of a pack.
pub type Classes = u64;

#[derive(Debug, Default, Clone)]
struct Word {
    classes: Classes,
    numeral: Option<(u32, u32)>,
    begins_name: bool,
    begins_ratio: bool,
    begins_phrase: bool,
    is_place: bool,
}

/// The interned forms of a pack. Built once, then read only.
#[derive(Debug, Default)]
pub struct Lexicon {
    symbols: FxHashMap<Box<str>, Symbol>,
    /// Words that keep an apostrophe (`d'`), without it.
    elided: FxHashMap<Box<str>, Symbol>,
    /// The forms of up to 7 and up to 15 bytes, packed: nearly all look-ups end here, without following a pointer.
    short: FxHashMap<u64, Symbol>,
    medium: FxHashMap<u128, Symbol>,
    /// By symbol: what the scan for numbers asks of every word, a byte each, so that it stays in the nearest cache.
    flags: Vec<u8>,
    words: Vec<Word>,
    numerals: Vec<NumeralSense>,
    class_names: Vec<String>,
    mark_classes: FxHashMap<Symbol, Classes>,
    /// Number words of several tokens: a trie beside that of the names, and the readings of its nodes.
    numeral_edges: FxHashMap<(u32, Symbol), u32>,
    phrases: Vec<Vec<NumeralSense>>,
    edges: FxHashMap<(u32, Symbol), u32>,
    senses: Vec<Vec<Sense>>,
    /// Number words that stand only inside longer ones.
    bound: FxHashMap<Box<str>, Vec<(Place, NumeralSense)>>,
    /// Symbols, from one to the other, of words that only linking asks for.
    open: Vec<(Symbol, Symbol)>,
}

/// Where in a word a bound form stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Anywhere but at its end: `vent-` in `ventuno`.
    Before,
    /// Anywhere but at its start: `-duesimo` in `ventiduesimo`.
    Behind,
}

impl Lookup for Lexicon {
    fn symbol(&self, folded: &str) -> Symbol {
        let found = if let Some(key) = pack_short(folded) {
            self.short.get(&key)
        } else if let Some(key) = pack_medium(folded) {
            self.medium.get(&key)
        } else {
            self.symbols.get(folded)
        };
        found.copied().unwrap_or(Symbol::UNKNOWN)
    }

    fn elided(&self, folded: &str) -> Symbol {
        if self.elided.is_empty() {
            return Symbol::UNKNOWN;
        }
        self.elided.get(folded).copied().unwrap_or(Symbol::UNKNOWN)
    }
}

/// A form of up to 7 bytes as one number: its bytes and its length.
fn pack_short(form: &str) -> Option<u64> {
    let mut bytes = [0; 8];
    fill(&mut bytes, form)?;
    Some(u64::from_le_bytes(bytes))
}

/// A form of up to 15 bytes as one number.
fn pack_medium(form: &str) -> Option<u128> {
    let mut bytes = [0; 16];
    fill(&mut bytes, form)?;
    Some(u128::from_le_bytes(bytes))
}

fn fill(bytes: &mut [u8], form: &str) -> Option<()> {
    let (length, text) = bytes.split_last_mut()?;
    *length = u8::try_from(form.len()).ok()?;
    text.get_mut(..form.len())?.copy_from_slice(form.as_bytes());
    Some(())
}

/// A number may begin with the word.
const BEGINS_NUMBER: u8 = 1;
/// A ratio in words may begin with the word.
const BEGINS_RATIO: u8 = 2;
/// A name may begin with the word.
const BEGINS_NAME: u8 = 4;
/// A place may begin with the word.
const BEGINS_PLACE: u8 = 8;
/// A number word of several tokens may begin with the word.
const BEGINS_PHRASE: u8 = 16;

/// The word may be a compound of number words.
const MAY_BE_COMPOUND: u8 = 32;

/// A name found in the text.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// One past its last token.
    pub end: usize,
    /// What it may stand for.
    pub senses: &'a [Sense],
}

impl Lexicon {
    /// The classes of a token's word.
    #[must_use]
    pub fn classes(&self, symbol: Symbol) -> Classes {
        match self.word(symbol) {
            Some(word) => word.classes,
            None => self.mark_classes.get(&symbol).copied().unwrap_or(0),
        }
    }

    /// Whether no table but those of linking names the word, so that it may be a name.
    #[must_use]
    pub fn is_open(&self, symbol: Symbol) -> bool {
        symbol == Symbol::UNKNOWN || self.open.iter().any(|(from, to)| (*from..*to).contains(&symbol))
    }

    /// The numeral readings of a word.
    #[must_use]
    pub fn numeral(&self, symbol: Symbol) -> &[NumeralSense] {
        match self.word(symbol).and_then(|word| word.numeral) {
            Some((from, to)) => self.numerals.get(from as usize..to as usize).unwrap_or_default(),
            None => &[],
        }
    }

    /// The numeral readings that a form has only inside a longer word.
    pub(crate) fn bound(&self, form: &str) -> &[(Place, NumeralSense)] {
        self.bound.get(form).map_or(&[], Vec::as_slice)
    }

    /// The number words of several tokens that start at token `at`, the longest first, each with one past its last token.
    #[must_use]
    pub fn phrases(&self, tokens: &[Token], at: usize) -> Vec<(usize, &[NumeralSense])> {
        let mut found = Vec::new();
        if !tokens.get(at).is_some_and(|t| t.kind == TokenKind::Word && self.flag(t.symbol) & BEGINS_PHRASE != 0) {
            return found;
        }
        let mut node = 0;
        for (index, token) in tokens.iter().enumerate().skip(at) {
            match self.numeral_edges.get(&(node, token.symbol)) {
                Some(next) => node = *next,
                None => break,
            }
            match self.phrases.get(node as usize) {
                Some(senses) if !senses.is_empty() => found.push((index + 1, senses.as_slice())),
                _ => {}
            }
        }
        found.reverse();
        found
    }

    /// Whether a name of a place begins with the word.
    #[must_use]
    pub fn is_place(&self, symbol: Symbol) -> bool {
        self.flag(symbol) & BEGINS_PLACE != 0
    }

    /// Whether a number may begin with the word: a numeral word, or a ratio such as «la mitad».
    #[must_use]
    pub fn begins_number(&self, symbol: Symbol) -> bool {
        self.flag(symbol) & BEGINS_NUMBER != 0
    }

    /// Whether a word that the pack names for another reason may also be a compound of number words: «dreimal».
    #[must_use]
    pub fn may_be_compound(&self, symbol: Symbol) -> bool {
        self.flag(symbol) & MAY_BE_COMPOUND != 0
    }

    /// Marks the words that are no number words, and that `looks` takes for compounds of them.
    pub(crate) fn mark_compounds(&mut self, looks: impl Fn(&str) -> bool) {
        let forms = self.symbols.iter().filter(|(form, _)| looks(form));
        let marked: Vec<Symbol> = forms.map(|(_, symbol)| *symbol).filter(|s| !self.begins_number(*s)).collect();
        for symbol in marked {
            if let Some(flags) = self.flags.get_mut(symbol.0 as usize) {
                *flags |= MAY_BE_COMPOUND;
            }
        }
    }

    /// Whether a ratio in words may begin with the word.
    #[must_use]
    pub fn begins_ratio(&self, symbol: Symbol) -> bool {
        self.flag(symbol) & BEGINS_RATIO != 0
    }

    /// The longest name that starts at token `at`.
    #[must_use]
    pub fn longest(&self, tokens: &[Token], at: usize) -> Option<Found<'_>> {
        self.longest_where(tokens, at, |_| true)
    }

    /// The longest name that starts at token `at` and has a sense that `wanted` accepts.
    pub fn longest_where(&self, tokens: &[Token], at: usize, wanted: impl Fn(Sense) -> bool) -> Option<Found<'_>> {
        let first = tokens.get(at)?;
        if first.kind == TokenKind::Word && self.flag(first.symbol) & BEGINS_NAME == 0 {
            return None;
        }
        let (mut node, mut best) = (0, None);
        for (index, token) in tokens.iter().enumerate().skip(at) {
            match self.edges.get(&(node, token.symbol)) {
                Some(next) => node = *next,
                None => break,
            }
            if let Some(senses) = self.senses.get(node as usize)
                && senses.iter().any(|s| wanted(*s))
            {
                best = Some(Found { end: index + 1, senses });
            }
        }
        best
    }

    /// The first and the last three bytes of every numeral word.
    pub(crate) fn numeral_edges(&self) -> (Vec<[u8; 3]>, Vec<[u8; 3]>) {
        let words = self.symbols.iter().filter(|(_, symbol)| !self.numeral(**symbol).is_empty());
        words.map(|(form, _)| form).chain(self.bound.keys()).filter_map(|form| edges_of(form)).unzip()
    }

    /// The edges of compounds that begin or end with a numeral word of two bytes: `to` in «tjueto», `en` in «enogtyve». Of
    /// its neighbour, a numeral word or one of `links`, one byte is taken.
    pub(crate) fn short_edges<'a>(&'a self, links: impl Iterator<Item = &'a str>) -> (Vec<[u8; 3]>, Vec<[u8; 3]>) {
        let numerals = self.symbols.iter().filter(|(_, symbol)| !self.numeral(**symbol).is_empty());
        let forms = numerals.map(|(form, _)| form).chain(self.bound.keys());
        let forms: Vec<&[u8]> = forms.map(|form| form.as_bytes()).collect();
        let short: Vec<[u8; 2]> = forms.iter().filter_map(|form| (*form).try_into().ok()).collect();
        let mut neighbours: Vec<&[u8]> = links.map(str::as_bytes).collect();
        if !short.is_empty() {
            neighbours.extend(&forms);
        }
        let (mut starts, mut ends) = (Vec::new(), Vec::new());
        for [a, b] in short {
            starts.extend(neighbours.iter().filter_map(|n| n.first()).map(|c| [a, b, *c]));
            ends.extend(neighbours.iter().filter_map(|n| n.last()).map(|c| [*c, a, b]));
        }
        (starts, ends)
    }

    /// The last three bytes of what ends in a numeral word and `suffix`.
    pub(crate) fn ends_before(&self, suffix: &str) -> Vec<[u8; 3]> {
        let (_, ends) = self.numeral_edges();
        let joined = ends.iter().filter_map(|end| edges_of(&(String::from_utf8_lossy(end).into_owned() + suffix)));
        joined.map(|(_, end)| end).collect()
    }

    /// The bit of a class, if the pack has it.
    #[must_use]
    pub fn class(&self, name: &str) -> Classes {
        self.class_names.iter().position(|n| n == name).map_or(0, |bit| 1 << bit)
    }

    /// The number of numeral words.
    #[must_use]
    pub fn numeral_words(&self) -> usize {
        self.words.iter().filter(|word| word.numeral.is_some()).count()
    }

    /// Whether a number word has one of these roles.
    #[must_use]
    pub fn has_role(&self, roles: &[NumeralRole]) -> bool {
        self.numerals.iter().any(|sense| roles.contains(&sense.role))
    }

    /// Every name with what it may stand for, in order of the alphabet. Walks the whole trie: for tables, not for texts.
    #[must_use]
    pub fn names(&self) -> Vec<(String, &[Sense])> {
        let mut forms: Vec<&str> = vec![""; self.words.len()];
        let mut symbols: Vec<(&str, Symbol)> = self.symbols.iter().map(|(form, symbol)| (&**form, *symbol)).collect();
        // Of a form and its double without accents, the longer one in bytes is the form itself.
        symbols.sort_unstable_by_key(|(form, _)| (form.len(), *form));
        for (form, symbol) in symbols {
            if let Some(slot) = forms.get_mut(symbol.0 as usize) {
                *slot = form;
            }
        }
        let mut edges: Vec<(u32, u32, Symbol)> = self.edges.iter().map(|((from, by), to)| (*to, *from, *by)).collect();
        edges.sort_unstable();
        let mut paths: Vec<String> = vec![String::new(); self.senses.len()];
        // A node is made after the one before it, so its number is higher.
        for (to, from, by) in edges {
            let mut path = paths.get(from as usize).cloned().unwrap_or_default();
            match by.as_mark() {
                Some(mark) => path.push(mark),
                None => {
                    if path.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '%' | ')')) {
                        path.push(' ');
                    }
                    path.push_str(forms.get(by.0 as usize).copied().unwrap_or_default());
                }
            }
            if let Some(slot) = paths.get_mut(to as usize) {
                *slot = path;
            }
        }
        let mut names: Vec<(String, &[Sense])> =
            paths.into_iter().zip(self.senses.iter().map(Vec::as_slice)).filter(|(_, s)| !s.is_empty()).collect();
        names.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        names
    }

    /// The number of interned forms.
    #[must_use]
    pub fn len(&self) -> usize {
        self.symbols.len()
    }

    /// Whether there is no form.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.symbols.is_empty()
    }

    fn flag(&self, symbol: Symbol) -> u8 {
        self.flags.get(symbol.0 as usize).copied().unwrap_or(0)
    }

    fn word(&self, symbol: Symbol) -> Option<&Word> {
        if symbol == Symbol::UNKNOWN { None } else { self.words.get(symbol.0 as usize) }
    }
}

/// The first and last three bytes of a word, ASCII letters lower-cased.
pub(crate) fn edges_of(word: &str) -> Option<([u8; 3], [u8; 3])> {
    let bytes = word.as_bytes();
    let lower = |three: &[u8; 3]| three.map(|b| b.to_ascii_lowercase());
    Some((lower(bytes.first_chunk()?), lower(bytes.last_chunk()?)))
}
