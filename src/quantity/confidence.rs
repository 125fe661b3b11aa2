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
        Kind::Number => 0.75,
    };
    let doubts = quantity.doubts;
    let factors = [
        (doubts.separator && quantity.kind != Kind::Percent, 0.97),
        (doubts.currency, 0.9),
        (doubts.symbol, 0.9),
        (doubts.order, 0.85),
        (doubts.colloquial, 0.7),
        (doubts.shared, 0.9),
        (doubts.kind, 0.7),
        (quantity.high.is_some(), 0.95),
    ];
    let estimate = factors.iter().filter(|(holds, _)| *holds).fold(base, |all, (_, factor)| all * factor);
    (estimate * 100.0).round() / 100.0
}
