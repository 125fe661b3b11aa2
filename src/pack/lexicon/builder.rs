//! Fills a [`Lexicon`] while a pack is loaded.
//!
//! `name("puntos porcentuales", …)` interns two words and walks the trie of names; [`Builder::finish`] lays the readings of number words side by
//! side and packs what the scan asks of every word into one byte.

use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{
    BEGINS_NAME, BEGINS_NUMBER, BEGINS_PHRASE, BEGINS_PLACE, BEGINS_RATIO, Lexicon, Place, Word, pack_medium,
    pack_short,
};
use crate::pack::{NumeralSense, Sense};
use crate::text::{Lookup, Span, Symbol, tokenize};

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

    /// The symbol that the next new word gets.
    pub fn next(&self) -> Symbol {
        Symbol(u32::try_from(self.lexicon.words.len()).unwrap_or(0))
    }

    /// Takes the words that are new since `from` for words that only linking asks for.
    pub fn open(&mut self, from: Symbol) {
        let to = self.next();
        self.lexicon.open.push((from, to));
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

/// The form with its combining marks left out: `céntimos` → `centimos`.
fn without_accents(form: &str) -> String {
    form.nfd().filter(|c| !is_combining_mark(*c)).collect()
}
