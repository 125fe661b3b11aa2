//! Units where small words stand between them and their number, and units in front of it.
//!
//! «三个多月» is three months and some, «两个半小时» two and a half hours, «5亿多元» more than 500 million yuan; «百分之五» and «华氏70度» name the
//! unit first, «每吨5000元» the denominator. All of it is switched on by the pack's classes and tables.

use super::confidence::Doubts;
use super::unit::{Finder, MeasureUnit, UnitFound};
use crate::numeral::Number;
use crate::pack::Classes;
use crate::pack::{NumeralRole, Sense};

/// How many tokens a unit in front of its number may have.
const LONGEST_BEFORE: usize = 6;

pub(super) fn is_unit(sense: Sense) -> bool {
    matches!(sense, Sense::Unit(_) | Sense::Currency(_) | Sense::Family(_) | Sense::Minor(_) | Sense::Share(_))
}

impl Finder<'_> {
    /// The unit behind «多», «半» or a measure word at `at`.
    pub(super) fn infixed(&self, at: usize) -> Option<UnitFound> {
        let reader = self.reader();
        let scope = reader.pack.scope;
        if scope.odd == 0 {
            return None;
        }
        let half = |i: usize| {
            let senses = reader.token(i).map_or(&[][..], |t| reader.pack.lexicon.numeral(t.symbol));
            senses.iter().find(|s| s.role == NumeralRole::Half).map(|s| s.value)
        };
        let told = |found: UnitFound, odd: usize| match half(odd) {
            Some(plus) => UnitFound { plus, ..found },
            None => UnitFound { over: true, ..found },
        };
        if self.class(at) & scope.odd != 0 {
            // «5亿多元», «30余个月»
            let filler = usize::from(self.class(at + 1) & scope.filler != 0);
            let found = self.at(at + 1).or_else(|| self.name_at(at + 1 + filler).filter(|_| filler > 0))?;
            return Some(told(found, at));
        }
        for odd in at + 1..at + 3 {
            if let Some((end, senses)) = reader.without(at, odd, is_unit) {
                return Some(told(self.named(at, end, senses)?, odd));
            }
        }
        if self.class(at) & scope.filler == 0 {
            return None;
        }
        let found = self.name_at(at + 2).filter(|f| f.unit.money.is_none())?;
        (self.class(at + 1) & scope.odd != 0 || half(at + 1).is_some()).then(|| told(found, at + 1))
    }

    /// A unit that stands before its number: «百分之5», «华氏70度».
    pub(super) fn unit_before(&self) -> Option<UnitFound> {
        let reader = self.reader();
        let at = self.numeral.start;
        if reader.pack.shares.is_empty() {
            return None;
        }
        let wanted = |s: Sense| matches!(s, Sense::Before(_));
        let (start, senses) = (at.saturating_sub(LONGEST_BEFORE)..at).find_map(|start| {
            let found = reader.pack.lexicon.longest_where(reader.tokens, start, wanted)?;
            (found.end == at).then_some((start, found.senses))
        })?;
        let index = senses.iter().find_map(|s| if let Sense::Before(index) = s { Some(*index) } else { None })?;
        let share = reader.pack.shares.get(usize::from(index))?;
        let unit = self.unit(share.unit)?;
        let mut found = UnitFound {
            start,
            end: self.numeral.end,
            factor: share.factor(self.numeral.value),
            unit,
            plus: Number::ZERO,
            over: false,
            doubts: Doubts::default(),
            reasons: Vec::new(),
        };
        // «华氏70度»: what follows only says degrees.
        if let Some(after) =
            self.after().filter(|after| matches!(after.unit.dimension.as_str(), "angle" | "temperature"))
            && found.unit.dimension == "temperature"
        {
            found.end = after.end;
        }
        Some(found)
    }

    /// The denominator of a rate before the number: «每吨5000元», «时速120公里».
    pub(super) fn rate_before(&self, found: &mut UnitFound) {
        let reader = self.reader();
        let scope = reader.pack.scope;
        if !reader.pack.rates_before() || found.unit.code.is_empty() || self.is_rated(&found.unit) {
            return;
        }
        let between: Classes = scope.about | scope.bounding | scope.change;
        let rate = |last: usize| {
            (last.saturating_sub(LONGEST_BEFORE)..last).find_map(|start| {
                let (unit, end) = self.rate_end(start)?;
                (end == last).then_some((start, unit))
            })
        };
        let mut last = found.start;
        let mut before = rate(last);
        // «每天高达350美元»
        while before.is_none() && last > 0 && found.start - last < 4 && self.class(last - 1) & between != 0 {
            last -= 1;
            before = rate(last);
        }
        let Some((start, unit)) = before else { return };
        if unit.dimension == found.unit.dimension {
            return;
        }
        self.over(found, &unit);
        if last == found.start {
            found.start = start;
        }
    }

    fn is_rated(&self, unit: &MeasureUnit) -> bool {
        unit.code.contains('/')
            || matches!(
                unit.dimension.as_str(),
                "percent" | "percentage_points" | "temperature" | "proportion" | "time"
            )
    }

    /// Among the senses of a unit that counts only beside another of its dimension, the one that holds here: «分» is a
    /// minute behind hours, a hundredth behind money.
    pub(super) fn beside(&self, end: usize, senses: &[Sense]) -> Option<Sense> {
        let reader = self.reader();
        let scope = reader.pack.scope;
        let start = self.numeral.start;
        let links = scope.and | scope.with;
        let link = start.checked_sub(1).is_some_and(|i| {
            self.class(i) & links != 0
                || reader.token(i).is_some_and(|t| {
                    reader
                        .pack
                        .lexicon
                        .numeral(t.symbol)
                        .iter()
                        .any(|s| s.role == NumeralRole::Add && s.value.is_zero())
                })
        });
        let last = start - usize::from(link);
        let unit_of = |s: &Sense| match s {
            Sense::Unit(id) => self.scene.catalog.unit(*id).map(|u| u.dimension.as_ref()),
            _ => None,
        };
        let wanted = |dimension: Option<&str>| {
            senses.iter().find(|s| match dimension {
                Some(dimension) => unit_of(s) == Some(dimension),
                None => matches!(s, Sense::Minor(_)),
            })
        };
        let found = (last.saturating_sub(4)..last).find_map(|from| {
            let found = reader.pack.lexicon.longest_where(reader.tokens, from, is_unit).filter(|f| f.end == last)?;
            found.senses.iter().find_map(|s| match s {
                Sense::Unit(_) => wanted(unit_of(s)),
                _ => wanted(None),
            })
        });
        if let Some(sense) = found {
            return Some(*sense);
        }
        // «五分三十秒»
        let next = reader.numeral_at(end, reader.tokens.len()).and_then(|next| {
            let found = reader.pack.lexicon.longest_where(reader.tokens, next.end, is_unit)?;
            found.senses.iter().find_map(|s| wanted(Some(unit_of(s)?)))
        });
        if let Some(sense) = next.filter(|_| reader.token(end).is_some_and(|t| t.is_number() || t.is_word())) {
            return Some(*sense);
        }
        let alone = super::bound::sentence_of(self.scene, start).is_some_and(|s| s.first == start && s.end == end);
        wanted(None).filter(|_| alone).copied()
    }
}
