//! What a pack knows of the calendar: words with a meaning in it, and rules that put them together.
//!
//! `calendar.tsv` says that «lunes» is a weekday and «pasado» points back; a rule of `dates.toml` says that `<weekday> <dir>`
//! is a date. [`timex`](crate::timex) finds the words, calls each a node, and lets rules make longer nodes of nodes.

mod grammar;
mod rule;
mod term;

use rustc_hash::FxHashMap;

pub(crate) use grammar::{Cat, Filter, Grammar, NO_NODE, Piece};
pub(crate) use rule::{DATES, DateExample, DateRule, DateRulesFile, Op};
pub(crate) use term::{Direction, Edge, HalfDay, Holiday, Part, Season, Term, Unit};

use crate::text::{Symbol, Token};

/// The table of words.
pub(crate) const CALENDAR: &str = "calendar.tsv";

/// The order of the parts in dates written in digits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateOrder {
    /// Day, month, year.
    #[default]
    Dmy,
    /// Month, day, year.
    Mdy,
    /// Year, month, day.
    Ymd,
}

/// A word of the calendar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Entry {
    pub term: Term,
    /// The word means other things too: it counts only where a rule asks for it.
    pub weak: bool,
    /// It must be written with a capital.
    pub capital: bool,
}

/// A token's word opens a node that a time expression may begin to be read at.
const TRIGGER: u8 = 1;
/// A token's word opens some node.
const TERM: u8 = 2;

/// The calendar of a pack.
#[derive(Debug, Default)]
pub struct Calendar {
    edges: FxHashMap<(u32, Symbol), u32>,
    entries: Vec<Vec<Entry>>,
    /// By symbol: what every token is asked.
    flags: Vec<u8>,
    marks: FxHashMap<Symbol, u8>,
    pub(crate) rules: Vec<DateRule>,
    pub(crate) ids: Vec<std::sync::Arc<str>>,
    pub(crate) grammar: Grammar,
}

impl Calendar {
    /// Adds a word or several; `symbols` are its tokens.
    pub(crate) fn add(&mut self, symbols: &[Symbol], entry: Entry) {
        let Some(first) = symbols.first() else { return };
        if symbols.contains(&Symbol::UNKNOWN) {
            return;
        }
        if self.entries.is_empty() {
            self.entries.push(Vec::new());
        }
        let mut node = 0;
        for symbol in symbols {
            let fresh = u32::try_from(self.entries.len()).unwrap_or(0);
            node = *self.edges.entry((node, *symbol)).or_insert_with(|| {
                self.entries.push(Vec::new());
                fresh
            });
        }
        if let Some(entries) = self.entries.get_mut(node as usize)
            && !entries.iter().any(|e| e.term == entry.term)
        {
            entries.push(entry);
        }
        let flag = TERM | if entry.term.is_trigger(entry.weak) { TRIGGER } else { 0 };
        self.flag(*first, flag);
    }

    /// Marks a word of a rule that has no node of its own but must be looked at.
    fn flag(&mut self, symbol: Symbol, flag: u8) {
        if symbol.as_mark().is_some() {
            *self.marks.entry(symbol).or_default() |= flag;
            return;
        }
        let at = symbol.0 as usize;
        if self.flags.len() <= at {
            self.flags.resize(at + 1, 0);
        }
        if let Some(flags) = self.flags.get_mut(at) {
            *flags |= flag;
        }
    }

    /// Whether a time expression may be near this word.
    #[inline]
    pub(crate) fn is_trigger(&self, symbol: Symbol) -> bool {
        self.flags.get(symbol.0 as usize).is_some_and(|flags| flags & TRIGGER != 0)
    }

    /// Whether a word of the calendar begins with this token.
    #[inline]
    fn begins_term(&self, symbol: Symbol) -> bool {
        match self.flags.get(symbol.0 as usize) {
            Some(flags) => flags & TERM != 0,
            None => symbol.as_mark().is_some() && self.marks.contains_key(&symbol),
        }
    }

    /// Calls `found` with each meaning of the words that start at token `at`, and one past their last token.
    pub(crate) fn each(&self, tokens: &[Token], at: usize, mut found: impl FnMut(Entry, usize)) {
        let Some(first) = tokens.get(at) else { return };
        if !self.begins_term(first.symbol) {
            return;
        }
        let mut node = 0;
        for (index, token) in tokens.iter().enumerate().skip(at) {
            match self.edges.get(&(node, token.symbol)) {
                Some(next) => node = *next,
                None => break,
            }
            for entry in self.entries.get(node as usize).into_iter().flatten() {
                if !entry.capital || first.is_capitalized() {
                    found(*entry, index + 1);
                }
            }
        }
    }

    /// Whether the pack has no rule for dates.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }
}
