//! Rates: a unit over another.
//!
//! `1,65 €/l`, «euros por metro cuadrado», «barriles diarios», «a day»: the denominator joins the code (`EUR/l`) and is not converted.

use super::unit::{Finder, MeasureUnit, UnitFound};
use crate::pack::Sense;
use crate::text::TokenKind;

impl<'a> Finder<'a> {
    /// A rate: `/l`, «por metro cuadrado», «al año», «diarios».
    pub(super) fn rate(&self, found: &mut UnitFound) {
        if matches!(
            found.unit.dimension.as_str(),
            "percent" | "percentage_points" | "temperature" | "proportion" | "time"
        ) {
            return;
        }
        let Some((unit, end)) = self.rate_end(found.end) else { return };
        if found.unit.code.is_empty() {
            return;
        }
        found.end = end;
        self.over(found, &unit);
    }

    /// Puts a unit over another.
    pub(super) fn over(&self, found: &mut UnitFound, unit: &MeasureUnit) {
        let code = format!("{}/{}", found.unit.code, unit.code);
        if let Some(known) = self.scene.catalog.unit_by_code(&code).and_then(|id| self.unit(id)) {
            found.unit = known;
            return;
        }
        found.unit.base = format!("{}/{}", found.unit.base, unit.code);
        found.unit.code = code;
        if found.unit.dimension != "currency" {
            found.unit.dimension = format!("{}_per_{}", found.unit.dimension, unit.dimension);
        }
    }

    /// The denominator of a rate that begins at token `at`.
    pub(super) fn rate_end(&self, at: usize) -> Option<(MeasureUnit, usize)> {
        let reader = self.reader();
        let lexicon = &reader.pack.lexicon;
        let token = reader.token(at)?;
        if let Some(found) = lexicon.longest_where(reader.tokens, at, |s| matches!(s, Sense::Rate(_))) {
            let id = found.senses.iter().find_map(|s| match s {
                Sense::Rate(id) => Some(*id),
                _ => None,
            })?;
            // «$13 billion a year earlier» tells when, not how often.
            let offset = self.class(found.end) & reader.pack.scope.offset != 0;
            // «299.200 persones l'any 2017»: of the year, not a year.
            let calendar = reader
                .token(found.end)
                .is_some_and(|t| t.is_number() && matches!(t.span.of(reader.text).parse::<u32>(), Ok(1000..=2100)));
            let offset = offset || calendar;
            return (!offset).then(|| Some((self.unit(id)?, found.end))).flatten();
        }
        if token.is('/') {
            let symbol = self.plain_symbol(at + 1);
            return symbol.or_else(|| self.plain_name(at + 1));
        }
        if self.class(at) & reader.pack.scope.per != 0 {
            return self.plain_name(at + 1).or_else(|| self.plain_symbol(at + 1));
        }
        None
    }

    pub(super) fn plain_name(&self, at: usize) -> Option<(MeasureUnit, usize)> {
        let reader = self.reader();
        let found = reader.pack.lexicon.longest_where(reader.tokens, at, |s| matches!(s, Sense::Unit(_)))?;
        let id = found.senses.iter().find_map(|s| match s {
            Sense::Unit(id) => Some(*id),
            _ => None,
        })?;
        let unit = self.unit(id)?;
        (unit.dimension != "percent" && unit.dimension != "population").then_some((unit, found.end))
    }

    pub(super) fn plain_symbol(&self, at: usize) -> Option<(MeasureUnit, usize)> {
        let reader = self.reader();
        let first = reader.token(at)?;
        (at + 1..at + 4).rev().find_map(|end| {
            let last = reader.token(end - 1)?;
            let glued = (at + 1..end).all(|i| reader.is_glued(i));
            let text = reader.text.get(first.span.start as usize..last.span.end as usize)?;
            let closed = reader.token(end).is_none_or(|t| t.space_before() || t.kind == TokenKind::Mark);
            let id = self.scene.catalog.unit_by_symbol(text).filter(|_| glued && closed)?;
            Some((self.unit(id)?, end))
        })
    }
}
