//! Quantities: numbers with their unit, range and bound, as exact values.
//!
//! «el valor alcanzó cerca de 350.000 millones de yuanes» holds one: kind `money`, bound `~`, value `350000000000`, unit `CNY`.
//! The stages stand in the order in which [`find`] runs them: `exclude` takes out numbers that are dates, names or
//! references; `unit` finds what stands beside a number; `range` and `group` join what is one;
//! `bound` reads «más de»; `kind` names what is left; `normalize` converts to base units.

mod bound;
mod confidence;
mod exclude;
mod group;
mod infix;
mod kind;
pub mod money;
mod normalize;
mod range;
mod rate;
mod shape;
mod sign;
mod symbol;
mod tabular;
mod tail;
pub mod unit;

use serde::Deserialize;

pub use normalize::Normalized;
pub use unit::MeasureUnit;

use crate::numeral::{Number, Numeral, Reader};
use crate::pack::Reading;
use crate::text::{Sentence, Span};

/// What kind of quantity it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A number of things.
    Count,
    /// A number and a currency.
    Money,
    /// A number and a unit of a dimension.
    Measure,
    /// A share in hundredths, also percentage points.
    Percent,
    /// A half, one of four, twice.
    Ratio,
    /// A rank.
    Ordinal,
    /// A bare number.
    Number,
}

impl Kind {
    /// As written in the tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Money => "money",
            Self::Measure => "measure",
            Self::Percent => "percent",
            Self::Ratio => "ratio",
            Self::Ordinal => "ordinal",
            Self::Number => "number",
        }
    }
}

/// How the value bounds what is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum Bound {
    /// Just this.
    #[default]
    #[serde(rename = "=")]
    Exact,
    /// About this.
    #[serde(rename = "~")]
    About,
    /// More than this.
    #[serde(rename = ">")]
    More,
    /// This or more.
    #[serde(rename = ">=")]
    AtLeast,
    /// Less than this.
    #[serde(rename = "<")]
    Less,
    /// This or less.
    #[serde(rename = "<=")]
    AtMost,
}

impl Bound {
    /// As written in the tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "=",
            Self::About => "~",
            Self::More => ">",
            Self::AtLeast => ">=",
            Self::Less => "<",
            Self::AtMost => "<=",
        }
    }

    fn is_lower(self) -> bool {
        matches!(self, Self::More | Self::AtLeast)
    }

    fn is_upper(self) -> bool {
        matches!(self, Self::Less | Self::AtMost)
    }
}

/// The direction of an amount of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trend {
    /// It rose.
    Up,
    /// It fell.
    Down,
}

impl Trend {
    /// As written in the tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
        }
    }
}

/// A quantity in the text.
#[derive(Clone, Debug)]
pub struct Quantity {
    /// First token.
    pub start: usize,
    /// One past its last token.
    pub end: usize,
    /// The whole expression in bytes, bound words excluded.
    pub span: Span,
    /// What it is.
    pub kind: Kind,
    /// How it bounds.
    pub bound: Bound,
    /// The value, the low end of a range.
    pub value: Number,
    /// The high end of a range.
    pub high: Option<Number>,
    /// Its unit.
    pub unit: Option<MeasureUnit>,
    /// An amount of change rather than a level (temperatures convert without their offset).
    pub is_change: bool,
    /// 0–1: see `confidence`.
    pub confidence: f64,
    /// Why it was read so: rule ids and decisions, for `explain`.
    pub reasons: Vec<String>,
    /// Things that make a reading less certain.
    pub(crate) doubts: confidence::Doubts,
    /// Indices of its numerals.
    pub(crate) numerals: (usize, usize),
    /// It is a cell of a table or a score: no noun behind it is its own.
    pub(crate) in_table: bool,
    /// The direction that its sign gives it as an amount of change.
    pub trend: Option<Trend>,
    /// It needs a unit or a noun to count (an article, a bare half).
    pub(crate) weak: bool,
}

/// A number that was found and is no quantity, and why.
#[derive(Clone, Debug)]
pub struct Excluded {
    /// Its text in bytes.
    pub span: Span,
    /// What it is instead.
    pub reading: Reading,
    /// The rule that says so.
    pub reason: String,
}

/// What [`find`] needs to know beside the numbers.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// Text, tokens, pack and number format of the block.
    pub reader: Reader<'a>,
    /// Units, currencies and regions.
    pub catalog: &'a crate::pack::Catalog,
    /// The block's sentences.
    pub sentences: &'a [Sentence],
    /// Which currency a shared name means in this article.
    pub money: &'a money::Resolver<'a>,
}

/// The quantities of a block.
#[derive(Debug, Default)]
pub struct Found {
    /// Sorted by start.
    pub quantities: Vec<Quantity>,
    /// Numbers that are none.
    pub excluded: Vec<Excluded>,
    /// For each numeral: whether it counts as a number mention.
    pub mentioned: Vec<bool>,
}

/// Finds the quantities among the numerals of a block.
#[must_use]
pub fn find(scene: Scene<'_>, numerals: &[Numeral]) -> Found {
    let readings = exclude::readings(scene, numerals);
    let mut found = Found::default();
    let mut quantities = Vec::with_capacity(numerals.len());
    for (index, (numeral, reading)) in numerals.iter().zip(&readings).enumerate() {
        if let Some((reading, reason)) = reading
            && exclude::is_excluding(*reading)
        {
            found.excluded.push(Excluded { span: numeral.span, reading: *reading, reason: reason.to_string() });
            continue;
        }
        let mut quantity = unit::attach(scene, numeral, index, reading.as_ref().map(|(r, _)| *r));
        if let Some((_, reason)) = reading {
            quantity.reasons.push(reason.to_string());
        }
        quantities.push(quantity);
    }
    tabular::mark(scene, numerals, &mut quantities);
    group::join(scene, numerals, &mut quantities);
    group::drop_frequencies(scene, numerals, &mut quantities);
    bound::apply(scene, numerals, &mut quantities);
    group::merge_bounds(scene, &mut quantities);
    kind::decide(scene, numerals, &readings, &mut quantities);
    kind::mark_changes(scene, &mut quantities);
    for quantity in &mut quantities {
        quantity.span = scene.reader.cover(quantity.start, quantity.end);
        quantity.confidence = confidence::estimate(quantity);
    }
    found.mentioned = exclude::mentions(scene, numerals, &readings, &quantities);
    quantities.retain(|quantity| !quantity.weak);
    kind::drop_leading_ordinals(scene, numerals, &mut quantities);
    found.quantities = quantities;
    found
}
