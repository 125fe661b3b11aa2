//! The patterns of date rules as one trie, whose edges are words and nodes.
//!
//! `<day> de <month>` is three edges: any node that is a day, the word «de», any node that is a month. A node covers one
//! token or many, so `<date> a <date>` joins whatever was read on both sides.

use rustc_hash::FxHashMap;

use super::term::Term;
use crate::text::Symbol;
use crate::timex::Grain;

/// The kinds of nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Cat {
    Number,
    Weekday,
    Month,
    Unit,
    Direction,
    Day,
    Part,
    Season,
    Holiday,
    Edge,
    Rank,
    HalfDay,
    Count,
    Minutes,
    Decade,
    Quarter,
    Half,
    Now,
    Clock,
    /// Day and month in digits, which may be something else.
    DayMonth,
    Date,
    /// Words that are none.
    Nothing,
}

/// How many kinds of nodes there are.
const CATS: usize = 22;

impl Cat {
    /// The kind of a word's meaning.
    pub fn of(term: Term) -> Self {
        match term {
            Term::Weekday(_) => Self::Weekday,
            Term::Month(_) => Self::Month,
            Term::Unit(_) => Self::Unit,
            Term::Direction(_) => Self::Direction,
            Term::Day(_) => Self::Day,
            Term::Part(_) => Self::Part,
            Term::Season(_) => Self::Season,
            Term::Holiday(_) => Self::Holiday,
            Term::Edge(_) => Self::Edge,
            Term::Rank(_) => Self::Rank,
            Term::HalfDay(_) => Self::HalfDay,
            Term::Count(_) => Self::Count,
            Term::Minutes(_) => Self::Minutes,
            Term::Decade(_) => Self::Decade,
            Term::Quarter(_) => Self::Quarter,
            Term::Half(_) => Self::Half,
            Term::Now => Self::Now,
        }
    }

    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "weekday" => Self::Weekday,
            "month" => Self::Month,
            "unit" => Self::Unit,
            "dir" => Self::Direction,
            "deictic" => Self::Day,
            "part" => Self::Part,
            "season" => Self::Season,
            "holiday" => Self::Holiday,
            "edge" => Self::Edge,
            "rank" => Self::Rank,
            "half-day" => Self::HalfDay,
            "count" => Self::Count,
            "minutes" => Self::Minutes,
            "decade" => Self::Decade,
            "quarter" => Self::Quarter,
            "half" => Self::Half,
            "now" => Self::Now,
            "clock" => Self::Clock,
            "dm" => Self::DayMonth,
            "date" => Self::Date,
            _ => return None,
        })
    }
}

/// What a node must be beside its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Filter {
    Any,
    /// A word that means nothing else.
    Full,
    /// A word that means other things too.
    Weak,
    /// Of one of these grains, a bit each.
    Grains(u16),
    /// A number from–to, in at most two digits or in words; a rank too.
    Day(i32, i32),
    /// The same, but in digits.
    Digits(i32, i32),
    /// The same, but in words.
    Word(i32, i32),
    /// A rank.
    Rank(i32, i32),
    /// How many.
    Count(i32, i32),
    /// Four digits, or a number in words.
    Year,
    /// Two digits.
    ShortYear,
    /// Back (−1), this (0), forth (1).
    Towards(i8),
    /// Digits that are no plain number below 32.
    Figure,
}

/// One place of a pattern.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Piece {
    Word(Symbol),
    Node(Cat, Filter),
    /// What stands before this is outside the span.
    Opens,
    /// What stands behind this is outside the span.
    Closes,
    /// The start of the block or of a sentence.
    Start,
}

impl Piece {
    /// The piece `<…>` of a pattern.
    pub fn parse(atom: &str) -> Option<Self> {
        let inner = atom.strip_prefix('<')?.strip_suffix('>')?;
        let (name, rest) = inner.split_once(':').unwrap_or((inner, ""));
        let range = |low, high| -> Option<(i32, i32)> {
            match rest.split_once('-') {
                Some((a, b)) => Some((a.parse().ok()?, b.parse().ok()?)),
                None if rest.is_empty() => Some((low, high)),
                None => rest.parse().ok().map(|n| (n, n)),
            }
        };
        let ranged = |make: fn(i32, i32) -> Filter, low, high| {
            range(low, high).map(|(low, high)| Self::Node(Cat::Number, make(low, high)))
        };
        match name {
            "day" => return ranged(Filter::Day, 1, 31),
            "dd" => return ranged(Filter::Digits, 1, 31),
            "hour" => return ranged(Filter::Day, 0, 24),
            "minute" => return ranged(Filter::Day, 0, 59),
            "word" => return ranged(Filter::Word, 1, 99),
            "n" => return ranged(Filter::Count, 1, 999),
            "ord" => return ranged(Filter::Rank, 1, 99),
            "year" => return Some(Self::Node(Cat::Number, Filter::Year)),
            "yy" => return Some(Self::Node(Cat::Number, Filter::ShortYear)),
            "figure" => return Some(Self::Node(Cat::Number, Filter::Figure)),
            _ => {}
        }
        let cat = Cat::parse(name)?;
        let filter = match rest {
            "" => Filter::Any,
            "full" => Filter::Full,
            "weak" => Filter::Weak,
            "last" => Filter::Towards(-1),
            "this" => Filter::Towards(0),
            "next" => Filter::Towards(1),
            grains => {
                Filter::Grains(grains.split('+').map(|name| Grain::parse(name).map(Grain::bit)).sum::<Option<u16>>()?)
            }
        };
        Some(Self::Node(cat, filter))
    }
}

/// No node.
pub(crate) const NO_NODE: u32 = u32::MAX;

/// A pattern that ends here: the rule, how many pieces before and behind are outside the span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct End {
    pub rule: u16,
    pub before: u8,
    pub behind: u8,
}

#[derive(Debug, Default)]
pub(crate) struct State {
    words: Vec<(Symbol, u32)>,
    /// The same, where there are many.
    map: FxHashMap<Symbol, u32>,
    /// By kind of node.
    nodes: Vec<(Cat, Filter, u32)>,
    cats: u32,
    pub start: Option<u32>,
    pub ends: Vec<End>,
}

/// More words than this are looked up by hash.
const FEW: usize = 6;

impl State {
    /// Where a word leads.
    #[inline]
    pub fn word(&self, symbol: Symbol) -> Option<u32> {
        if self.words.len() <= FEW {
            return self.words.iter().find(|(s, _)| *s == symbol).map(|(_, to)| *to);
        }
        self.map.get(&symbol).copied()
    }

    /// Whether any node of a kind leads on.
    #[inline]
    pub fn takes(&self, cat: Cat) -> bool {
        self.cats & 1 << cat as u32 != 0
    }

    /// The filters of a kind and where they lead.
    pub fn nodes(&self, cat: Cat) -> impl Iterator<Item = (Filter, u32)> {
        self.nodes.iter().filter(move |(c, _, _)| *c == cat).map(|(_, filter, to)| (*filter, *to))
    }
}

/// All patterns of a pack.
#[derive(Debug, Default)]
pub(crate) struct Grammar {
    pub states: Vec<State>,
}

impl Grammar {
    /// Adds a pattern; false where it holds no node inside its span.
    pub fn add(&mut self, sequence: &[Piece], rule: u16) -> bool {
        const _: () = assert!(CATS <= 32, "a bit for each kind of node");
        if self.states.is_empty() {
            self.states.push(State::default());
        }
        let opens = sequence.iter().position(|piece| *piece == Piece::Opens);
        let closes = sequence.iter().position(|piece| *piece == Piece::Closes);
        let inside = sequence.get(opens.map_or(0, |at| at + 1)..closes.unwrap_or(sequence.len())).unwrap_or_default();
        if !inside.iter().any(|piece| matches!(piece, Piece::Node(..) | Piece::Word(_))) {
            return false;
        }
        let places = |pieces: &[Piece]| pieces.iter().filter(|p| matches!(p, Piece::Word(_) | Piece::Node(..))).count();
        let before = opens.and_then(|at| sequence.get(..at)).map_or(0, places);
        let behind = closes.and_then(|at| sequence.get(at..)).map_or(0, places);
        let mut state = 0;
        for piece in sequence.iter().filter(|piece| !matches!(piece, Piece::Opens | Piece::Closes)) {
            state = self.child(state, *piece);
        }
        let (Ok(before), Ok(behind)) = (u8::try_from(before), u8::try_from(behind)) else { return false };
        if let Some(state) = self.states.get_mut(state as usize) {
            let end = End { rule, before, behind };
            if !state.ends.contains(&end) {
                state.ends.push(end);
            }
        }
        true
    }

    fn child(&mut self, state: u32, piece: Piece) -> u32 {
        let fresh = u32::try_from(self.states.len()).unwrap_or(NO_NODE);
        let Some(parent) = self.states.get_mut(state as usize) else { return state };
        let known = match piece {
            Piece::Word(symbol) => parent.map.get(&symbol).copied(),
            Piece::Node(cat, filter) => {
                parent.nodes.iter().find(|(c, f, _)| (*c, *f) == (cat, filter)).map(|(_, _, to)| *to)
            }
            _ => parent.start,
        };
        if let Some(known) = known {
            return known;
        }
        match piece {
            Piece::Word(symbol) => {
                parent.words.push((symbol, fresh));
                parent.map.insert(symbol, fresh);
            }
            Piece::Node(cat, filter) => {
                parent.nodes.push((cat, filter, fresh));
                parent.cats |= 1 << cat as u32;
            }
            _ => parent.start = Some(fresh),
        }
        self.states.push(State::default());
        fresh
    }
}
