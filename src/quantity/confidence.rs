//! How likely a quantity is right: value, unit, bound and kind all together.
//!
//! Each reading starts from the share of right answers that its kind reached on annotated articles, and loses for each doubt
//! met on the way: a separator that could be read two ways, a currency by default, a symbol that is also a letter. The
//! figures are checked by `tests/calibration.rs` and the table in DESIGN.md; the numbers mean shares, so 0.9 stands
//! for nine right in ten.

use super::{Kind, Quantity};

/// Things that make a reading less certain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Doubts {
    /// The separator could have been read the other way.
    pub separator: bool,
    /// The currency came by default.
    pub currency: bool,
    /// The unit's symbol is also a letter or word.
    pub symbol: bool,
    /// The unit stands in an unusual place.
    pub order: bool,
    /// Slang.
    pub colloquial: bool,
    /// The unit or scale was taken from a neighbour.
    pub shared: bool,
    /// The kind rests on position alone.
    pub kind: bool,
}

impl Doubts {
    pub fn merge(&mut self, other: Self) {
        self.separator |= other.separator;
        self.currency |= other.currency;
        self.symbol |= other.symbol;
        self.order |= other.order;
        self.colloquial |= other.colloquial;
        self.shared |= other.shared;
        self.kind |= other.kind;
    }
}

/// The estimate, 0–1, with two decimals.
pub(super) fn estimate(quantity: &Quantity) -> f64 {
    let base: f64 = match quantity.kind {
        Kind::Percent => 0.98,
        Kind::Money => 0.97,
        Kind::Measure => 0.95,
        Kind::Count => 0.94,
        Kind::Ordinal => 0.9,
        Kind::Ratio => 0.85,
        Kind::Number if quantity.in_table => 0.92,
        Kind::Number => 0.75,
    };
    let estimate = quantity.doubts().fold(base, |all, (_, factor)| all * factor);
    (estimate * 100.0).round() / 100.0
}

impl Quantity {
    /// What makes the reading less certain: each doubt in words, and the factor by which it lowers the confidence.
    pub fn doubts(&self) -> impl Iterator<Item = (&'static str, f64)> {
        let doubts = self.doubts;
        let separator = doubts.separator && self.kind != Kind::Percent;
        [
            (separator, "the separator could be read the other way", 0.97),
            (doubts.currency, "the currency came by default", 0.9),
            (doubts.symbol, "the unit's symbol is also a letter or a word", 0.9),
            (doubts.order, "the unit stands in an unusual place", 0.85),
            (doubts.colloquial, "slang", 0.7),
            (doubts.shared, "the unit was taken from a neighbour", 0.9),
            (doubts.kind, "the kind rests on the position alone", 0.7),
            (self.high.is_some(), "two ends have to be right", 0.95),
        ]
        .into_iter()
        .filter_map(|(holds, doubt, factor)| holds.then_some((doubt, factor)))
    }
}
