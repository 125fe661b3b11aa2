//! The words of a pack: interned forms, their classes, and names of several words.
//!
//! «puntos porcentuales» is two interned words and one entry of the name trie; [`Lexicon::longest`] finds it at the token
//! `puntos`. Words are looked up once per token, by hash of the lower-cased form; everything after that compares
//! small integers. A form with accents is also found when the text leaves *all* of them out (`dolares`, `millon`), but
//! not when the text puts them elsewhere: `marcó` is no `marco`.

use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::text::{Lookup, Span, Symbol, Token, TokenKind, tokenize};

/// What a numeral word does when numbers are read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NumeralRole {
    /// Adds its value where it fits below what stands before: `siete`, `cuarenta`, `doscientos`.
    Add,
    /// Adds, and takes what is below twenty behind it: `soixante`.
    Vigesimal,
    /// Makes its value of the unit that it multiplies by twenty: `vingt` in `quatre-vingts` has 80.
    Score,
    /// An ordinal that does so: `vingtième` in `quatre-vingtième`.
    OrdinalScore,
    /// Multiplies the group before it: `hundred`.
    Hundred,
    /// Its plural, which needs a count in words before it: `deux cents`, but `50 cents` are money.
    PluralHundred,
    /// Multiplies everything before it that is smaller: `mil`, `millones`.
    Scale,
    /// A scale that needs a count before it, being a plural: `millones` in «millones de personas» is no number.
    PluralScale,
    /// Value 1 only before a scale, a fraction or a unit: `un`, `a`.
    Article,
    /// An article that begins a number and never goes on in one: «a hundred», but not «thousand a».
    Determiner,
    /// A counted noun with a value: `docena`.
    Noun,
    /// Its plural, which needs a count before it: `docenas`.
    PluralNoun,
    /// Joins parts of a number: `y`, `and`.
    And,
    /// The decimal mark in words: `coma`, `point`.
    Point,
    /// The decimal mark only between two numbers in words: `con`.
    WeakPoint,
    /// The sign in words: `minus`, `negativo`.
    Minus,
    /// A word that is a sign only apart from comparisons: `menos`, but not in «al menos 20».
    WeakMinus,
    /// A half, as a part of another number: `medio`.
    Half,
    /// A denominator in the singular: `tercio`.
    Fraction,
    /// A denominator in the plural, which needs a count before it: `tercios`.
    PluralFraction,
    /// Makes the cardinal before it a denominator: `avos`.
    Denominator,
    /// An ordinal that adds: `tercero`, `vigésimo`.
    Ordinal,
    /// Its plural, which after a count is a denominator: `fifths`.
    PluralOrdinal,
    /// An ordinal that is also an everyday word, and counts only behind other parts: `andra` in «tjugoandra».
    WeakOrdinal,
    /// An ordinal that multiplies: `milésimo`, `hundredth`.
    OrdinalScale,
    /// Its plural: `milésimas`.
    PluralOrdinalScale,
    /// Makes the number behind it an ordinal: «第».
    OrdinalPrefix,
}

impl NumeralRole {
    /// The roles by their names in `numerals.tsv`.
    const NAMES: [(&'static str, Self); 27] = [
        ("add", Self::Add),
        ("vigesimal", Self::Vigesimal),
        ("score", Self::Score),
        ("ordinal-score", Self::OrdinalScore),
        ("hundred", Self::Hundred),
        ("hundred-plural", Self::PluralHundred),
        ("scale", Self::Scale),
        ("scale-plural", Self::PluralScale),
        ("article", Self::Article),
        ("determiner", Self::Determiner),
        ("noun", Self::Noun),
        ("noun-plural", Self::PluralNoun),
        ("and", Self::And),
        ("point", Self::Point),
        ("point-weak", Self::WeakPoint),
        ("minus", Self::Minus),
        ("minus-weak", Self::WeakMinus),
        ("half", Self::Half),
        ("fraction", Self::Fraction),
        ("fraction-plural", Self::PluralFraction),
        ("denominator", Self::Denominator),
        ("ordinal", Self::Ordinal),
        ("ordinal-plural", Self::PluralOrdinal),
        ("ordinal-weak", Self::WeakOrdinal),
        ("ordinal-scale", Self::OrdinalScale),
        ("ordinal-scale-plural", Self::PluralOrdinalScale),
        ("ordinal-prefix", Self::OrdinalPrefix),
    ];

    /// The role with a name.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, role)| *role)
    }

    /// Its name in `numerals.tsv`.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, role)| *role == self).map_or("", |(name, _)| name)
    }
}

/// One reading of a numeral word.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumeralSense {
    /// What it does.
    pub role: NumeralRole,
    /// Its value; one for the roles that have none.
    pub value: crate::numeral::Number,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// A unit of measure.
    Unit(super::UnitId),
    /// A currency.
    Currency(super::CurrencyId),
    /// A name that several currencies share.
    Family(super::FamilyId),
    /// A part of a currency.
    Minor(u16),
    /// A ratio in words: `la mitad`, `twice`. Index into the pack's ratios.
    Ratio(u16),
    /// A name that says how many of a unit the number counts: «成». Index into the pack's shares.
    Share(u16),
    /// A unit that stands before its number: «百分之». Index into the pack's shares.
    Before(u16),
    /// A rate in one word: `diarios`, `annually`.
    Rate(super::UnitId),
    /// Divides the number before it by the one behind it: `de cada`, `out of`.
    Over,
    /// Divides only what can be a share: «one in five».
    WeakOver,
    /// Does so also across what is counted: «un Français sur trois».
    CountedOver,
    /// Divides the number behind it by the one before it: «分之».
    Under,
    /// Does so only with a one behind it and a unit behind that.
    WeakUnder,
    /// A name that holds a number but is no quantity: `primera división`.
    Name,
    /// A country, by name, demonym or city. Index into the regions.
    Place(super::RegionId),
}

impl Sense {
    /// Whether it is a unit, or so much of one with a name of its own: `kwartier`, 15 min.
    #[must_use]
    pub fn is_unit(self) -> bool {
        matches!(self, Self::Unit(_) | Self::Share(_))
    }
}

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

/// Fills a [`Lexicon`].
#[derive(Debug)]
pub(crate) struct Builder {
    lexicon: Lexicon,
    numerals: FxHashMap<Symbol, Vec<NumeralSense>>,
    /// Number words and names given since an overlay began, whose meanings stand alone; `None` where there is no overlay.
    replaced: Option<(FxHashSet<Symbol>, FxHashSet<u32>)>,
}

/// More word classes than a [`Classes`] has bits.
#[derive(Debug)]
pub(crate) struct TooManyClasses;

impl Builder {
    pub fn new() -> Self {
        let lexicon = Lexicon {
            words: vec![Word::default()],
            senses: vec![Vec::new()],
            phrases: vec![Vec::new()],
            ..Lexicon::default()
        };
        Self { lexicon, numerals: FxHashMap::default(), replaced: None }
    }

    /// From here on a form's meanings replace those it had, as an overlay's do; or are added to them.
    pub fn replace(&mut self, on: bool) {
        self.replaced = on.then(Default::default);
    }

    /// The tokens of a form, interned.
    pub fn intern(&mut self, form: &str) -> Vec<Symbol> {
        struct Interner<'a>(std::cell::RefCell<&'a mut Lexicon>);
        impl Lookup for Interner<'_> {
            fn symbol(&self, folded: &str) -> Symbol {
                let lexicon = &mut **self.0.borrow_mut();
                if let Some(symbol) = lexicon.symbols.get(folded) {
                    return *symbol;
                }
                let symbol = Symbol(u32::try_from(lexicon.words.len()).unwrap_or(0));
                lexicon.words.push(Word::default());
                lexicon.symbols.insert(folded.into(), symbol);
                symbol
            }

            fn elided(&self, folded: &str) -> Symbol {
                self.0.borrow().elided(folded)
            }
        }
        if let Some(symbol) = form.strip_suffix('\'').and_then(|word| self.lexicon.elided.get(word)) {
            return vec![*symbol];
        }
        let mut tokens = Vec::new();
        let all = Span::new(0, u32::try_from(form.len()).unwrap_or(0));
        tokenize(form, all, &Interner(std::cell::RefCell::new(&mut self.lexicon)), &mut tokens);
        tokens.iter().map(|t| t.symbol).collect()
    }

    /// Adds a name with one meaning.
    pub fn name(&mut self, form: &str, sense: Sense) {
        let symbols = self.intern(form);
        // Long numbers have no symbol: a form with one cannot be found by words.
        if symbols.contains(&Symbol::UNKNOWN) || symbols.is_empty() {
            return;
        }
        let mut node = 0;
        for symbol in &symbols {
            let fresh = u32::try_from(self.lexicon.senses.len()).unwrap_or(0);
            node = *self.lexicon.edges.entry((node, *symbol)).or_insert_with(|| {
                self.lexicon.senses.push(Vec::new());
                fresh
            });
        }
        if let Some(senses) = self.lexicon.senses.get_mut(node as usize) {
            if self.replaced.as_mut().is_some_and(|(_, names)| names.insert(node)) {
                senses.clear();
            }
            if !senses.contains(&sense) {
                senses.push(sense);
            }
        }
        if let Some(word) = symbols.first().and_then(|s| self.lexicon.words.get_mut(s.0 as usize)) {
            word.begins_name = true;
            word.is_place |= matches!(sense, Sense::Place(_));
            word.begins_ratio |= matches!(sense, Sense::Ratio(_));
        }
    }

    /// Adds a numeral word, of one token or more, or (with a hyphen) a form that stands only inside a longer word; false
    /// where a token of it can have no symbol.
    pub fn numeral(&mut self, form: &str, sense: NumeralSense) -> bool {
        let bound = match (form.strip_suffix('-'), form.strip_prefix('-')) {
            (Some(form), None) => Some((form, Place::Before)),
            (None, Some(form)) => Some((form, Place::Behind)),
            _ => None,
        };
        if let Some((form, place)) = bound {
            self.lexicon.bound.entry(form.into()).or_default().push((place, sense));
            return !form.is_empty() && form.chars().all(char::is_alphabetic);
        }
        self.elide(form);
        let symbols = self.intern(form);
        let senses = match symbols.as_slice() {
            [symbol] => {
                let senses = self.numerals.entry(*symbol).or_default();
                if self.replaced.as_mut().is_some_and(|(words, _)| words.insert(*symbol)) {
                    senses.clear();
                }
                senses
            }
            [first, ..] if !symbols.contains(&Symbol::UNKNOWN) => {
                let Some(word) = self.lexicon.words.get_mut(first.0 as usize) else { return false };
                word.begins_phrase = true;
                let mut node = 0;
                for symbol in &symbols {
                    let fresh = u32::try_from(self.lexicon.phrases.len()).unwrap_or(0);
                    node = *self.lexicon.numeral_edges.entry((node, *symbol)).or_insert_with(|| {
                        self.lexicon.phrases.push(Vec::new());
                        fresh
                    });
                }
                let Some(senses) = self.lexicon.phrases.get_mut(node as usize) else { return false };
                senses
            }
            _ => return false,
        };
        senses.push(sense);
        true
    }

    /// Makes `d'` a word of its own, which texts then keep in one piece.
    fn elide(&mut self, form: &str) {
        let Some(word) = form.strip_suffix('\'').filter(|w| !w.is_empty() && w.chars().all(char::is_alphabetic)) else {
            return;
        };
        if !self.lexicon.elided.contains_key(word) {
            let symbol = Symbol(u32::try_from(self.lexicon.words.len()).unwrap_or(0));
            self.lexicon.words.push(Word::default());
            self.lexicon.symbols.insert(form.into(), symbol);
            self.lexicon.elided.insert(word.into(), symbol);
        }
    }

    /// Puts words into a class, which is made if need be.
    pub fn class(&mut self, name: &str, form: &str) -> Result<bool, TooManyClasses> {
        let names = &mut self.lexicon.class_names;
        let bit = match names.iter().position(|n| n == name) {
            Some(bit) => bit,
            None if names.len() < 64 => {
                names.push(name.to_owned());
                names.len() - 1
            }
            None => return Err(TooManyClasses),
        };
        self.elide(form);
        Ok(match self.intern(form).as_slice() {
            [symbol] => match self.lexicon.words.get_mut(symbol.0 as usize) {
                Some(word) => {
                    word.classes |= 1 << bit;
                    true
                }
                None => {
                    *self.lexicon.mark_classes.entry(*symbol).or_default() |= 1 << bit;
                    true
                }
            },
            _ => false,
        })
    }

    /// Whether a form is a numeral word.
    pub fn is_numeral(&mut self, form: &str) -> bool {
        matches!(self.intern(form).as_slice(), [symbol] if self.numerals.contains_key(symbol))
    }

    /// Makes a word another spelling of one; both must be one token.
    pub fn variant(&mut self, form: &str, of: &str) -> bool {
        let (known, word) = (self.intern(form), self.intern(of));
        match (known.as_slice(), word.as_slice()) {
            ([_], [symbol]) => {
                self.lexicon.symbols.insert(form.into(), *symbol);
                true
            }
            _ => false,
        }
    }

    /// The lexicon so far, for reading.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Adds the forms without accents, unless `accents_matter`, and closes the lexicon.
    pub fn finish(mut self, accents_matter: bool) -> Lexicon {
        let mut words: Vec<_> = self.numerals.into_iter().collect();
        words.sort_unstable_by_key(|(symbol, _)| *symbol);
        for (symbol, senses) in words {
            let from = u32::try_from(self.lexicon.numerals.len()).unwrap_or(0);
            self.lexicon.numerals.extend(senses);
            let to = u32::try_from(self.lexicon.numerals.len()).unwrap_or(0);
            if let Some(word) = self.lexicon.words.get_mut(symbol.0 as usize) {
                word.numeral = Some((from, to));
            }
        }
        let mut plain: Vec<(Box<str>, Symbol)> = self
            .lexicon
            .symbols
            .iter()
            .filter(|(form, _)| !accents_matter && !form.is_ascii())
            .map(|(form, symbol)| (without_accents(form).into_boxed_str(), *symbol))
            .collect();
        plain.sort_unstable();
        for (form, symbol) in plain {
            self.lexicon.symbols.entry(form).or_insert(symbol);
        }
        let forms = &self.lexicon.symbols;
        self.lexicon.short = forms.iter().filter_map(|(form, symbol)| Some((pack_short(form)?, *symbol))).collect();
        self.lexicon.medium = forms.iter().filter_map(|(form, symbol)| Some((pack_medium(form)?, *symbol))).collect();
        let flag = |holds: bool, flag: u8| if holds { flag } else { 0 };
        self.lexicon.flags = self
            .lexicon
            .words
            .iter()
            .map(|word| {
                flag(word.numeral.is_some() || word.begins_ratio || word.begins_phrase, BEGINS_NUMBER)
                    | flag(word.begins_ratio, BEGINS_RATIO)
                    | flag(word.begins_name, BEGINS_NAME)
                    | flag(word.is_place, BEGINS_PLACE)
                    | flag(word.begins_phrase, BEGINS_PHRASE)
            })
            .collect();
        self.lexicon
    }
}

/// The first and last three bytes of a word, ASCII letters lower-cased.
pub(crate) fn edges_of(word: &str) -> Option<([u8; 3], [u8; 3])> {
    let bytes = word.as_bytes();
    let lower = |three: &[u8; 3]| three.map(|b| b.to_ascii_lowercase());
    Some((lower(bytes.first_chunk()?), lower(bytes.last_chunk()?)))
}

/// The form with its combining marks left out: `céntimos` → `centimos`.
fn without_accents(form: &str) -> String {
    form.nfd().filter(|c| !is_combining_mark(*c)).collect()
}
