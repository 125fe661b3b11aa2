//! Converts to the base unit of the dimension, exactly.
//!
//! `33000 PFLOPS` is `33000000000000000000 FLOPS`, `40 %` is `0.4`, `98.6 °F` is `37 °C` as a level but `5.4 °F` of change are `3 °C`. The
//! denominator of a rate stays as it is (`EUR/l`, `l/yr` → `m³/yr`).

use super::{Kind, Quantity};
use crate::numeral::Number;

/// A quantity in its base unit; empty where there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Normalized<'a> {
    /// The value.
    pub value: Option<Number>,
    /// The high end of a range.
    pub high: Option<Number>,
    /// The base unit, `1` for percent and ratio.
    pub unit: &'a str,
}

impl Quantity {
    /// The value in the base unit of its dimension.
    #[must_use]
    pub fn normalized(&self) -> Normalized<'_> {
        match (&self.unit, self.kind) {
            (Some(unit), _) if !unit.base.is_empty() => {
                let offset = if self.is_change { Number::ZERO } else { unit.offset };
                let convert = |value: Number| value.checked_mul(unit.factor)?.checked_add(offset);
                let value = convert(self.value);
                let high = self.high.and_then(convert);
                Normalized { value, high, unit: if value.is_some() { unit.base.as_str() } else { "" } }
            }
            (None, Kind::Ratio) => Normalized { value: Some(self.value), high: self.high, unit: "1" },
            _ => Normalized::default(),
        }
    }
}
