//! Symbols of units, and how far they may be trusted.
//!
//! `km/h` stands for itself; `in`, `C` or `B` are also words and letters: «50.000 in 2020» is no inch. Degrees are of heat or of an
//! angle by the words around them, feet and inches by their marks.

use super::confidence::Doubts;
use super::unit::{Finder, MeasureUnit, UnitFound};
use crate::numeral::Number;
use crate::pack::Sense;
use crate::pack::{MoneyName, UnitId};
use crate::text::TokenKind;

impl<'a> Finder<'a> {
    /// A symbol of the catalogue, or a currency's sign or code.
    pub(super) fn symbol_at(&self, at: usize) -> Option<UnitFound> {
        let reader = self.reader();
        let first = reader.token(at)?;
        let start = self.numeral.start;
        // A long word is a name, not a symbol.
        if first.is_word() && first.span.len() > 8 {
            return None;
        }
        let mut best: Option<UnitFound> = None;
        let mut last = at + 1;
        while last < at + 7 {
            let Some(token) = reader.token(last) else { break };
            // «° C», «sq ft», «l/100 km»: short symbols may hold a space.
            if token.space_before() && (last > at + 3 || first.span.len() > 4) {
                break;
            }
            last += 1;
        }
        for end in (at + 1..=last).rev() {
            let last = reader.token(end - 1)?;
            let text = reader.text.get(first.span.start as usize..last.span.end as usize)?;
            if text.len() > 16 {
                continue;
            }
            // «3m€», «3 m de euros»: a scale that only counts beside money
            if end == at + 1
                && let Some(scale) = reader.pack.scale_symbol(text).filter(|s| s.money_only)
                && let Some(money) = self.after_scale(end)
            {
                let mut found = money;
                found.factor = scale.value;
                best = Some(found);
                break;
            }
            if let Some(id) = self.scene.catalog.unit_by_symbol(text) {
                let prime = matches!(text, "\"" | "'");
                if prime && !self.is_prime(at) || !prime && !self.trusts(id, at, end) {
                    continue;
                }
                let mut found = UnitFound::new(start, end, self.unit(id)?);
                found.doubts.symbol = text.chars().count() == 1 && text.is_ascii() && text != "%";
                self.degrees(&mut found);
                best = Some(found);
                break;
            }
            if let Some(money) = self.money_symbol(text, at, end) {
                best = Some(self.money(money, at, start, end));
                break;
            }
            // «30 MUSD»
            if let Some((scale, code)) = text.char_indices().nth(1).map(|(i, _)| text.split_at(i))
                && code.len() == 3
                && let Some(id) = self.scene.catalog.currency(code)
                && let Some(scale) = reader.pack.scale_symbol(scale)
                && reader.token(end).is_none_or(|t| t.space_before() || t.kind == TokenKind::Mark)
            {
                let mut found = self.money(MoneyName::Currency(id), at, start, end);
                found.factor = scale.value;
                best = Some(found);
                break;
            }
        }
        best
    }

    /// Whether a weak symbol may be trusted here.
    pub(super) fn trusts(&self, id: UnitId, at: usize, end: usize) -> bool {
        let reader = self.reader();
        let Some(unit) = self.scene.catalog.unit(id) else { return false };
        let Some(token) = reader.token(at) else { return false };
        let text = reader.cover(at, end).of(reader.text);
        let next = reader.token(end);
        let glued = !token.space_before();
        let letters = text.bytes().all(|b| b.is_ascii_alphabetic());
        // «an A», «double A.I.»: a letter stands behind digits.
        if letters && text.len() == 1 && self.numeral.literal.is_none() {
            return false;
        }
        // «an ATM»: an article before capitals is no count of a unit written small.
        if self.numeral.article && letters && text != &*unit.code && text.eq_ignore_ascii_case(&unit.code) {
            return false;
        }
        // «six people», «a car»: names of units that are counted, not measured.
        if matches!(&*unit.dimension, "population" | "vehicles") {
            return false;
        }
        // «24703 L-202»: a capital joined to digits is a label.
        let joined = next.is_some_and(|t| t.is('-') && !t.space_before()) && reader.is_glued(end + 1);
        if joined && !glued && letters && token.is_capitalized() && reader.token(end + 1).is_some_and(|t| t.is_number())
        {
            return false;
        }
        // A symbol ends where its letters end.
        let closed = next.is_none_or(|t| t.space_before() || !(t.is_number() || t.is('\'') || t.is('’')));
        if letters && !closed && !super::group::is_glued_part(self.scene, end) {
            return false;
        }
        if &*unit.code == "°" || !letters && !unit.weak {
            return true;
        }
        let scale_here = reader.pack.scale_symbol(text).is_some();
        let scope = reader.pack.scope;
        let function = self.class(at) & scope.function != 0;
        let single = text.len() == 1;
        if &*unit.dimension == "temperature" && single {
            let warm = (at.saturating_sub(12)..(end + 6).min(reader.tokens.len()))
                .any(|i| self.class(i) & scope.temperature != 0);
            let free = next.is_none_or(|t| !t.is_capitalized());
            return free && warm || (text == "K" && !glued && free);
        }
        if function {
            // «2 1/2 in thick», «5in», «12 in.» but not «50.000 in 2020»
            let ends = next.is_none_or(|t| t.kind == TokenKind::Mark && !t.is('\''));
            return glued || ends || self.class(end) & scope.size != 0 || self.follows_length();
        }
        if unit.weak {
            let lower = text.bytes().all(|b| b.is_ascii_lowercase());
            let closed = next.is_none_or(|t| {
                t.kind == TokenKind::Mark
                    || self.class(end) & scope.function != 0
                    || glued && t.is_number()
                    || t.is_word() && (!t.is_capitalized() || reader.pack.capital_nouns())
            });
            return !(single && scale_here && text == "B" && !glued) && closed && (glued || lower || !single);
        }
        // A capital after a spaced one-letter symbol is a name going on: «3 g Alfa» still weighs, «5 A Coruña» does not.
        !(single
            && !glued
            && !reader.pack.capital_nouns()
            && reader.token(at).is_some_and(|t| t.is_capitalized())
            && next.is_some_and(|t| t.is_capitalized()))
    }

    /// Whether the quotation mark at `at` closes nothing and so marks inches or feet: `a 55" screen`, `6'2"`.
    pub(super) fn is_prime(&self, at: usize) -> bool {
        let reader = self.reader();
        let Some(mark) = reader.token(at) else { return false };
        let sentence = super::bound::sentence_of(self.scene, at);
        let (first, end) = sentence.map_or((0, reader.tokens.len()), |s| (s.first, s.end));
        let same = |range: std::ops::Range<usize>| {
            range.filter(|i| reader.token(*i).is_some_and(|t| t.symbol == mark.symbol)).count()
        };
        let free = reader.token(at + 1).is_none_or(|t| t.space_before() || t.kind == TokenKind::Mark || t.is_number());
        let sized = reader.is_glued(at) || self.class(at + 1) & reader.pack.scope.size != 0;
        let twin = mark.is('\'') && !reader.token(at + 1).is_some_and(|t| t.is_number() && !t.space_before());
        let digits = self.numeral.literal.is_some();
        digits && free && sized && !twin && same(first..at) % 2 == 0 && same(at + 1..end) % 2 == 0
    }

    /// `5'4"`: an apostrophe and a quotation mark that closes nothing.
    pub(super) fn feet_and_inches(&self) -> Option<(Number, MeasureUnit)> {
        let reader = self.reader();
        let end = self.numeral.end;
        let (feet, inches) = reader.surface(self.numeral.start).split_once(['\'', '’'])?;
        let mark = reader.token(end).is_some_and(|t| t.is('"') || t.is('”')) && reader.is_glued(end);
        let (feet, inches) = (Number::parse(feet)?, Number::parse(inches).filter(|i| *i < Number::from(12))?);
        (mark && self.is_prime(end)).then_some(())?;
        let unit = self.unit(self.scene.catalog.unit_by_code("in")?)?;
        Some((feet.checked_mul(12)?.checked_add(inches)?, unit))
    }

    /// Whether another length stands right before the number: «12 ft 2 in».
    pub(super) fn follows_length(&self) -> bool {
        let reader = self.reader();
        let Some(at) = self.numeral.start.checked_sub(1) else { return false };
        let id = self.scene.catalog.unit_by_symbol(reader.surface(at));
        let known = id.or_else(|| {
            let found = reader.pack.lexicon.longest_where(reader.tokens, at, |s| matches!(s, Sense::Unit(_)))?;
            found.senses.iter().find_map(|s| if let Sense::Unit(id) = s { Some(*id) } else { None })
        });
        known.and_then(|id| self.scene.catalog.unit(id)).is_some_and(|u| &*u.dimension == "length")
    }

    /// «10 bajo cero»: degrees that go without saying.
    pub(super) fn bare_degrees(&self) -> Option<UnitFound> {
        let unit = self.unit(self.scene.catalog.unit_by_code("°")?)?;
        let mut found = UnitFound {
            doubts: Doubts { shared: true, ..Doubts::default() },
            reasons: vec!["degrees below zero".to_owned()],
            ..UnitFound::new(self.numeral.start, self.numeral.end, unit)
        };
        let end = found.end;
        self.degrees(&mut found);
        found.end = end;
        Some(found)
    }

    /// «45 grados», `85°`: degrees of heat or of an angle.
    pub(super) fn degrees(&self, found: &mut UnitFound) {
        if found.unit.code != "°" {
            return;
        }
        let reader = self.reader();
        // «grados f», «° celsius»
        let next = reader.surface(found.end);
        let letter = reader.token(found.end).filter(|t| t.is_word() && t.span.len() == 1);
        let code = match letter.map(|_| next) {
            Some("C" | "c") => Some("°C"),
            Some("F" | "f") => Some("°F"),
            Some("K") => Some("K"),
            _ => None,
        };
        if let Some(unit) = code.and_then(|c| self.scene.catalog.unit_by_code(c)).and_then(|id| self.unit(id)) {
            found.unit = unit;
            found.end += 1;
            return;
        }
        // «459.67° on the Fahrenheit scale»
        let scale = (found.end..found.end + 4)
            .filter_map(|at| reader.pack.lexicon.longest_where(reader.tokens, at, |s| matches!(s, Sense::Unit(_))))
            .flat_map(|f| f.senses)
            .find_map(|s| match s {
                Sense::Unit(id) => self.unit(*id).filter(|u| u.dimension == "temperature"),
                _ => None,
            });
        if let Some(unit) = scale {
            found.unit = unit;
            return;
        }
        let lo = self.numeral.start.saturating_sub(8);
        let hi = (found.end + 8).min(reader.tokens.len());
        let around = |class| (lo..self.numeral.start).chain(found.end..hi).any(|i| self.class(i) & class != 0);
        let warm = around(reader.pack.scope.temperature);
        // «temperaturas de 26 grados en el este»: heat goes before direction.
        if !warm && around(reader.pack.scope.angle) {
            return;
        }
        let default =
            self.scene.money.region().and_then(|r| reader.pack.degrees(r)).or_else(|| reader.pack.degrees(""));
        let unit = default.and_then(|c| self.scene.catalog.unit_by_code(c)).and_then(|id| self.unit(id));
        found.doubts.symbol |= !warm;
        match unit {
            Some(unit) => found.unit = unit,
            None => {
                found.unit.dimension = "temperature".to_owned();
                found.unit.base = String::new();
            }
        }
    }
}
