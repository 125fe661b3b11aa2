//! Tables that only some languages have: written variants of words, and units that stand before their number.
//!
//! `萬` is `万` by a row of `variants.tsv`, so that all other tables say it once; «百分之五» is five per cent by a row of
//! `units_before.tsv`.

use super::Sense;
use super::error::Error;
use super::load::Loader;
use super::table;
use crate::numeral::Number;
use crate::pack::UnitId;

/// A unit by a name that says how many of it the number counts: «成» are ten per cent each.
#[derive(Debug, Clone, Copy)]
pub struct Share {
    /// The unit.
    pub unit: UnitId,
    /// How many of it one is.
    pub factor: Number,
    /// The factor is for smaller numbers only; others count the unit itself («7折», «75折»).
    pub below: Option<Number>,
}

impl Share {
    /// The factor for a number.
    #[must_use]
    pub fn factor(&self, value: Number) -> Number {
        if self.below.is_some_and(|limit| value >= limit) { Number::ONE } else { self.factor }
    }
}

impl Loader<'_> {
    /// `variants.tsv`: other spellings, and the word that each stands for.
    pub(super) fn variants(&mut self, file: &str) -> Result<(), Error> {
        for row in table::rows(file, self.text(file), 2, 2)? {
            for form in row.forms(0) {
                if !self.builder.variant(form, row.cell(1)) {
                    self.errors.push(row.error(0, format!("'{form}' and '{}' are not one word each", row.cell(1))));
                }
            }
        }
        Ok(())
    }

    /// `units_before.tsv`: units that stand before their number, with what multiplies it.
    pub(super) fn units_before(&mut self, file: &str) -> Result<(), Error> {
        for row in table::rows(file, self.text(file), 2, 3)? {
            let Some(share) = self.share(&row, row.cell(2)) else { continue };
            row.forms(1).for_each(|form| self.builder.name(form, Sense::Before(share)));
        }
        Ok(())
    }

    /// The unit in the first cell of a row, with a factor: `10`, or `10<10` where it is for numbers below ten.
    pub(super) fn share(&mut self, row: &table::Row<'_>, factor: &str) -> Option<u16> {
        let Some(unit) = self.catalog.unit_by_code(row.cell(0)) else {
            self.errors.push(row.error(0, format!("'{}' is no unit of packs/units.tsv", row.cell(0))));
            return None;
        };
        let (factor, below) = match factor.split_once('<') {
            Some((factor, below)) => (factor, Some(below)),
            None => (if factor.is_empty() { "1" } else { factor }, None),
        };
        let (Some(factor), below) = (Number::parse(factor), below.map(Number::parse)) else {
            self.errors.push(row.error(2, format!("'{factor}' is no number such as 10, 0.1 or 10<10")));
            return None;
        };
        let index = u16::try_from(self.shares.len()).ok()?;
        self.shares.push(Share { unit, factor, below: below.flatten() });
        Some(index)
    }
}
