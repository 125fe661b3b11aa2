//! What stands beside a number: units, currencies, rates.
//!
//! In «350.000 millones de yuanes» the name behind the number is a currency, in `$10K` the sign before it, in «85 millones de
//! litros al año» the unit goes on into a rate. Names come from the pack, symbols from the catalogue, where case matters
//! (`MW`, `mW`) and some need more evidence than their place (`in`, `B`, `C`).

use super::confidence::Doubts;
use super::{Bound, Kind, Quantity, Scene};
use crate::numeral::{Form, Number, Numeral};
use crate::pack::lexicon::{NumeralRole, Sense};
use crate::pack::{CurrencyId, MoneyName, Reading, UnitId};
use crate::text::{Symbol, TokenKind};

/// The unit of a quantity, ready for its row.
#[derive(Clone, Debug, PartialEq)]
pub struct MeasureUnit {
    /// Canonical symbol: `km/h`, `CNY`, `EUR/l`, `%`; empty for a currency that nothing decides.
    pub code: String,
    /// `length`, `currency`, …
    pub dimension: String,
    /// Base units in one.
    pub factor: Number,
    /// Added to levels after the factor.
    pub offset: Number,
    /// The base unit; empty where none is known.
    pub base: String,
    /// It is money.
    pub money: Option<CurrencyId>,
}

/// A unit found in the text.
#[derive(Clone, Debug)]
pub(super) struct UnitFound {
    /// First token of the whole expression where the unit stands before the number.
    pub start: usize,
    /// One past its last token.
    pub end: usize,
    pub unit: MeasureUnit,
    /// Multiplies the value: a scale behind the code («75 USD millones»), a slang multiple («diez lucas»).
    pub factor: Number,
    pub doubts: Doubts,
    pub reasons: Vec<String>,
}

/// A numeral with what stands beside it.
pub(super) fn attach(scene: Scene<'_>, numeral: &Numeral, index: usize, reading: Option<Reading>) -> Quantity {
    let mut quantity = Quantity {
        start: numeral.start,
        end: numeral.end,
        span: numeral.span,
        kind: Kind::Number,
        bound: Bound::Exact,
        value: numeral.value,
        high: None,
        unit: None,
        is_change: false,
        confidence: 0.0,
        reasons: Vec::new(),
        doubts: Doubts::default(),
        numerals: (index, index + 1),
        in_table: false,
        trend: None,
        weak: numeral.article && reading != Some(Reading::One),
    };
    quantity.doubts.separator = numeral.literal.is_some_and(|l| l.ambiguous);
    if numeral.form == Form::Ordinal {
        return quantity;
    }
    let finder = Finder { scene, numeral };
    if let Some((value, unit)) = finder.feet_and_inches() {
        (quantity.value, quantity.unit, quantity.kind) = (value, Some(unit), Kind::Measure);
        quantity.end += 1;
        return quantity;
    }
    let found = finder.find().or_else(|| (reading == Some(Reading::Negative)).then(|| finder.bare_degrees()).flatten());
    if reading == Some(Reading::Negative) {
        quantity.value = quantity.value.negated();
    }
    if let Some(found) = found {
        quantity.start = found.start;
        quantity.end = found.end;
        quantity.value = quantity.value.checked_mul(found.factor).unwrap_or(quantity.value);
        quantity.kind = kind_of(&found.unit);
        quantity.unit = Some(found.unit);
        quantity.reasons = found.reasons;
        quantity.doubts.merge(found.doubts);
        quantity.weak = false;
    }
    quantity
}

/// The kind that a unit makes.
pub(super) fn kind_of(unit: &MeasureUnit) -> Kind {
    match unit.dimension.as_str() {
        "currency" => Kind::Money,
        "percent" | "percentage_points" => Kind::Percent,
        _ => Kind::Measure,
    }
}

/// The currency or family that a sense stands for.
pub(super) fn money_name(sense: &Sense) -> Option<MoneyName> {
    match sense {
        Sense::Currency(id) => Some(MoneyName::Currency(*id)),
        Sense::Family(id) => Some(MoneyName::Family(*id)),
        _ => None,
    }
}

pub(super) struct Finder<'a> {
    pub scene: Scene<'a>,
    pub numeral: &'a Numeral,
}

impl<'a> Finder<'a> {
    /// The unit of the numeral: behind it first, else a currency sign before it.
    pub fn find(&self) -> Option<UnitFound> {
        let before = self.money_before();
        let mut found = match (self.after(), before) {
            // «$10 - 20 dólares», «US$ 1MM»: a sign before the number and a name behind it agree or the sign wins.
            // «10 $ 30 cent»: the sign belongs to the number before it.
            (Some(after), Some(_)) if after.unit.code.ends_with('¢') => after,
            (Some(after), Some(before)) if after.unit.dimension == "currency" => {
                UnitFound { start: before.start, doubts: Doubts::default(), ..after }
            }
            (_, Some(before)) => before,
            (Some(after), None) => after,
            (None, None) => return None,
        };
        self.rate(&mut found);
        Some(found)
    }

    fn reader(&self) -> crate::numeral::Reader<'a> {
        self.scene.reader
    }

    fn class(&self, at: usize) -> u64 {
        self.reader().token(at).map_or(0, |t| self.reader().pack.lexicon.classes(t.symbol))
    }

    /// The unit behind the numeral.
    fn after(&self) -> Option<UnitFound> {
        let reader = self.reader();
        let scope = reader.pack.scope;
        let end = self.numeral.end;
        // «cuarto de hora», «half an hour», «millones de euros», «docena de metros»
        let mixed = self.numeral.literal.is_none() && !self.numeral.value.is_integer();
        let partial = mixed || matches!(self.numeral.form, Form::Fraction | Form::Multiple);
        let mut starts = vec![end];
        let of = self.class(end) & scope.of != 0;
        let behind_of = end + usize::from(of);
        if of && (partial || self.numeral.scale != Number::ONE) {
            starts.push(behind_of);
        }
        if partial && self.class(behind_of) & scope.article != 0 {
            starts.push(behind_of + 1);
        }
        if reader.token(end).is_some_and(|t| t.is('-') && !t.space_before()) && reader.is_glued(end + 1) {
            starts.push(end + 1);
        }
        let found = starts.into_iter().rev().find_map(|at| self.at(at));
        found.or_else(|| self.bracketed(end)).or_else(|| self.behind_filler(end))
    }

    /// `20 (kg)`, `20 [kg]`.
    fn bracketed(&self, at: usize) -> Option<UnitFound> {
        let reader = self.reader();
        let close = [('(', ')'), ('[', ']'), ('{', '}')]
            .into_iter()
            .find_map(|(open, close)| reader.token(at).filter(|t| t.is(open)).map(|_| close))?;
        let mut found = self.symbol_at(at + 1).filter(|f| reader.token(f.end).is_some_and(|t| t.is(close)))?;
        found.end += 1;
        Some(found)
    }

    /// «two more minutes», «five consecutive years»: a word that may stand before the name of a unit.
    fn behind_filler(&self, at: usize) -> Option<UnitFound> {
        let filler = self.class(at) & self.reader().pack.scope.filler != 0;
        filler.then(|| self.name_at(at + 1)).flatten().filter(|f| f.unit.money.is_none())
    }

    /// The unit that starts at token `at`.
    pub fn at(&self, at: usize) -> Option<UnitFound> {
        let symbol = self.symbol_at(at).filter(|found| !self.is_before_number(at, found));
        let name = self.name_at(at);
        // «a second», «a bit»: more often no unit than one.
        let common = self.class(at) & self.reader().pack.scope.common != 0;
        let mut found = match (name, symbol) {
            (Some(found), _) | (_, Some(found)) if self.numeral.article && common && found.end == at + 1 => {
                return None;
            }
            // «four real mothers»
            (Some(found), _) if found.unit.money.is_some() && common && self.is_noun(found.end) => return None,
            (Some(name), Some(symbol)) if symbol.end > name.end => symbol,
            (Some(name), _) => name,
            (None, Some(symbol)) => symbol,
            (None, None) => return None,
        };
        // «75 USD millones»
        if found.unit.money.is_some() && self.numeral.scale == Number::ONE {
            let senses =
                self.reader().token(found.end).map_or(&[][..], |t| self.reader().pack.lexicon.numeral(t.symbol));
            let scale = senses.iter().find(|s| matches!(s.role, NumeralRole::Scale | NumeralRole::PluralScale));
            if let Some(scale) = scale.filter(|_| self.is_code(at)) {
                found.factor = scale.value;
                found.end += 1;
            }
        }
        Some(found)
    }

    /// Whether a currency's sign stands before a number of its own: «a US$ 4.7 billion», «1 $10 bill».
    fn is_before_number(&self, at: usize, found: &UnitFound) -> bool {
        let reader = self.reader();
        if found.unit.money.is_none() || !reader.token(found.end).is_some_and(|t| t.is_number()) {
            return false;
        }
        let sign = !reader.cover(at, found.end).of(reader.text).bytes().all(|b| b.is_ascii_alphabetic());
        let signed = self.numeral.start.checked_sub(1).and_then(|i| reader.token(i)).is_some_and(|t| !t.is_word());
        reader.is_glued(found.end) && !reader.is_glued(at) || sign && (self.numeral.article || signed)
    }

    /// An ISO code in capitals.
    fn is_code(&self, at: usize) -> bool {
        let surface = self.reader().surface(at);
        surface.len() == 3
            && surface.bytes().all(|b| b.is_ascii_uppercase())
            && self.scene.catalog.currency(surface).is_some()
    }

    fn unit(&self, id: UnitId) -> Option<MeasureUnit> {
        let unit = self.scene.catalog.unit(id)?;
        Some(MeasureUnit {
            code: unit.code.to_string(),
            dimension: unit.dimension.to_string(),
            factor: unit.factor,
            offset: unit.offset,
            base: unit.base.to_string(),
            money: None,
        })
    }

    fn currency(&self, id: CurrencyId) -> MeasureUnit {
        let code = self.scene.catalog.currency_code(id);
        MeasureUnit {
            code: code.to_owned(),
            dimension: "currency".to_owned(),
            factor: Number::ONE,
            offset: Number::ZERO,
            base: code.to_owned(),
            money: Some(id),
        }
    }

    pub fn money(&self, name: MoneyName, at: usize, start: usize, end: usize) -> UnitFound {
        let byte = self.reader().token(at).map_or(0, |t| t.span.start);
        let chosen = self.scene.money.choose(name, byte);
        let unit = chosen.currency.map_or_else(
            || MeasureUnit {
                code: String::new(),
                dimension: "currency".to_owned(),
                factor: Number::ONE,
                offset: Number::ZERO,
                base: String::new(),
                money: None,
            },
            |id| self.currency(id),
        );
        let doubts = Doubts { currency: chosen.guessed, ..Doubts::default() };
        UnitFound { start, end, unit, factor: Number::ONE, doubts, reasons: chosen.reason.into_iter().collect() }
    }

    /// Whether the name at `at` heads a row of its own: «Pesos (Chile) 522,00», «73 Real Madrid 80».
    fn is_label(&self, at: usize, end: usize) -> bool {
        let reader = self.reader();
        let capital = reader.token(at).is_some_and(|t| t.is_capitalized() && !t.is_uppercase());
        capital && reader.token(end).is_some_and(|t| t.is('(') || t.is_capitalized() || t.is_number())
    }

    /// A name of the pack: «metros cuadrados», «dólares de Hong Kong», «céntimos».
    fn name_at(&self, at: usize) -> Option<UnitFound> {
        let reader = self.reader();
        let wanted = |s: Sense| matches!(s, Sense::Unit(_) | Sense::Currency(_) | Sense::Family(_) | Sense::Minor(_));
        let found = reader.pack.lexicon.longest_where(reader.tokens, at, wanted)?;
        let start = self.numeral.start;
        let sense = self.pick(found.senses)?;
        // «30 C», «5 P» name other things than cents and pence.
        if matches!(sense, Sense::Minor(_))
            && found.end == at + 1
            && reader.token(at).is_some_and(|t| t.is_capitalized() && t.span.len() == 1)
        {
            return None;
        }
        if !matches!(sense, Sense::Unit(_)) && self.is_label(at, found.end) {
            return None;
        }
        let mut result = match sense {
            Sense::Unit(id) => {
                let unit = self.unit(id)?;
                let counted = matches!(unit.dimension.as_str(), "population" | "vehicles");
                if counted && self.rate_end(found.end).is_none() {
                    return None;
                }
                UnitFound {
                    start,
                    end: found.end,
                    unit,
                    factor: Number::ONE,
                    doubts: Doubts::default(),
                    reasons: Vec::new(),
                }
            }
            Sense::Currency(id) => self.money(MoneyName::Currency(id), at, start, found.end),
            Sense::Family(id) => self.money(MoneyName::Family(id), at, start, found.end),
            Sense::Minor(index) => {
                // «un duro golpe»: slang that is also an adjective has no noun behind it.
                let slang = reader.pack.parts.get(usize::from(index)).is_some_and(|p| p.colloquial);
                if slang && self.is_noun(found.end) {
                    return None;
                }
                self.part(usize::from(index), at, found.end)?
            }
            _ => return None,
        };
        self.degrees(&mut result);
        Some(result)
    }

    /// Among several meanings of a name: a plain currency or unit before slang.
    fn pick(&self, senses: &[Sense]) -> Option<Sense> {
        let pack = self.reader().pack;
        let local = senses.iter().filter_map(money_name).any(|name| self.scene.money.is_local(name));
        let rank = |s: &Sense| match s {
            Sense::Currency(_) => 1,
            Sense::Unit(id) => {
                // «libras» are money before they are weight, unless the text weighs («libras de carne»).
                let unit = self.scene.catalog.unit(*id);
                let money = self.numeral.scale >= Number::from(1_000_000) || local;
                if unit.is_some_and(|u| &*u.dimension == "mass") && (money || !self.weighs()) { 3 } else { 0 }
            }
            Sense::Family(_) => 2,
            Sense::Minor(index) if !pack.parts.get(usize::from(*index)).is_some_and(|p| p.colloquial) => 2,
            _ => 4,
        };
        senses
            .iter()
            .filter(|s| matches!(s, Sense::Unit(_) | Sense::Currency(_) | Sense::Family(_) | Sense::Minor(_)))
            .min_by_key(|s| rank(s))
            .copied()
    }

    /// Whether the words around say that a weight is meant.
    fn weighs(&self) -> bool {
        let reader = self.reader();
        let heavy = reader.pack.scope.weight;
        let lo = self.numeral.start.saturating_sub(8);
        let hi = (self.numeral.end + 6).min(reader.tokens.len());
        (lo..hi).any(|i| self.class(i) & heavy != 0)
            || self.class(self.numeral.end + 1) & reader.pack.scope.of != 0
                && self.class(self.numeral.end + 2) & (reader.pack.scope.article | reader.pack.scope.function) == 0
    }

    fn part(&self, index: usize, at: usize, end: usize) -> Option<UnitFound> {
        let part = self.reader().pack.parts.get(index)?;
        let byte = self.reader().token(at).map_or(0, |t| t.span.start);
        let name = self.scene.money.choose_part(&part.of, byte)?;
        let mut found = self.money(name, at, self.numeral.start, end);
        if part.factor == Number::new(1, 100, 0)? {
            // A value in hundredths keeps its number; normalising makes it whole money.
            found.unit.factor = part.factor;
            if !found.unit.code.is_empty() {
                found.unit.code.push('¢');
            }
        } else {
            found.factor = part.factor;
        }
        found.doubts.colloquial |= part.colloquial;
        Some(found)
    }

    /// A symbol of the catalogue, or a currency's sign or code.
    fn symbol_at(&self, at: usize) -> Option<UnitFound> {
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
                let mut found = UnitFound {
                    start,
                    end,
                    unit: self.unit(id)?,
                    factor: Number::ONE,
                    doubts: Doubts {
                        symbol: text.chars().count() == 1 && text.is_ascii() && text != "%",
                        ..Doubts::default()
                    },
                    reasons: Vec::new(),
                };
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

    fn after_scale(&self, at: usize) -> Option<UnitFound> {
        let reader = self.reader();
        let at = at + usize::from(self.class(at) & reader.pack.scope.of != 0);
        let text = reader.surface(at);
        if let Some(money) = self.money_symbol(text, at, at + 1) {
            return Some(self.money(money, at, self.numeral.start, at + 1));
        }
        self.name_at(at).filter(|found| found.unit.dimension == "currency")
    }

    /// A sign or code behind a number, where it ends with its letters.
    fn money_symbol(&self, text: &str, at: usize, end: usize) -> Option<MoneyName> {
        let reader = self.reader();
        let closed = reader.token(end).is_none_or(|t| t.space_before() || t.kind == TokenKind::Mark);
        let letters = text.bytes().all(|b| b.is_ascii_alphabetic());
        if letters && !closed { None } else { self.money_sign(text, at) }
    }

    /// What a sign or code of a currency stands for.
    fn money_sign(&self, text: &str, at: usize) -> Option<MoneyName> {
        let reader = self.reader();
        let letters = text.bytes().all(|b| b.is_ascii_alphabetic());
        if text.len() == 3
            && text.bytes().all(|b| b.is_ascii_uppercase())
            && let Some(id) = self.scene.catalog.currency(text)
        {
            return Some(MoneyName::Currency(id));
        }
        if letters && text.len() == 1 {
            return None;
        }
        // `500 €.`: a full stop belongs to letters only.
        if text.strip_suffix('.').is_some_and(|t| !t.ends_with(|c: char| c.is_alphabetic())) {
            return None;
        }
        let name = self.scene.catalog.money_sign(text)?;
        // Letters are a sign only in capitals, or where no word of the language is written so.
        let word = letters
            && !text.bytes().any(|b| b.is_ascii_uppercase())
            && reader.token(at).is_some_and(|t| t.symbol != Symbol::UNKNOWN);
        (!word).then_some(name)
    }

    /// A currency before the number: `$10`, `US$ 4.7 billion`, `EUR 20`, «dólar 22500000».
    fn money_before(&self) -> Option<UnitFound> {
        let reader = self.reader();
        let at = self.numeral.start;
        let last = at.checked_sub(1)?;
        let token = reader.token(last)?;
        let mark = token.kind == TokenKind::Mark;
        let ends_sign = mark
            && !['.', ',', ';', ':', '(', ')', '"', '«', '»', '“', '”', '-', '–', '/', '¿', '?', '!']
                .iter()
                .any(|c| token.is(*c))
            || token.is('.') && !token.space_before()
            || token.is_word() && token.span.len() <= 5;
        if token.is_number() || reader.token(at)?.line_before() {
            return None;
        }
        if !ends_sign {
            return if mark { None } else { self.name_before() };
        }
        (at.saturating_sub(5)..at).find_map(|start| self.sign_from(start)).or_else(|| self.name_before())
    }

    /// A sign or code that reaches from token `start` to the number.
    fn sign_from(&self, start: usize) -> Option<UnitFound> {
        let reader = self.reader();
        let at = self.numeral.start;
        let (first, last) = (reader.token(start)?, reader.token(at.checked_sub(1)?)?);
        let text = reader.text.get(first.span.start as usize..last.span.end as usize)?;
        if text.len() > 16 {
            return None;
        }
        let spaced = (start + 1..at).any(|i| reader.token(i).is_some_and(|t| t.space_before()));
        let letters = text.bytes().all(|b| b.is_ascii_alphabetic());
        let before = start.checked_sub(1).and_then(|i| reader.token(i));
        // «Manafort's $15,000» has no Singapore dollars.
        let genitive = first.is_word() && before.is_some_and(|t| t.is('\'') || t.is('’')) && !first.space_before();
        let open = before.is_none_or(|t| t.kind == TokenKind::Mark || !first.is_word());
        let free = !genitive && (first.space_before() || open);
        // «subió a $ 5»: a word of the language is no part of a sign. «15 USD 50»: the code belongs to the 15.
        let word = spaced && first.is_word() && self.class(start) & reader.pack.scope.function != 0;
        let taken = letters && before.is_some_and(|t| t.is_number());
        // `GBP 350`, `RM 42`: letters apart from the number are a code only where they are no word.
        let code = text.len() > 1 && first.is_uppercase() && first.symbol == Symbol::UNKNOWN;
        if !free || word || taken || (spaced && letters && !code) {
            return None;
        }
        let money = self.money_sign(text, start).or_else(|| self.letter_sign(text))?;
        let mut found = self.money(money, start, start, self.numeral.end);
        self.scaled(&mut found);
        Some(found)
    }

    /// The name of a currency before the number, where none stands behind it.
    fn name_before(&self) -> Option<UnitFound> {
        let reader = self.reader();
        let at = self.numeral.start;
        let wanted = |s: Sense| matches!(s, Sense::Currency(_) | Sense::Family(_));
        self.numeral.literal?;
        for start in at.saturating_sub(3)..at {
            let found = reader.pack.lexicon.longest_where(reader.tokens, start, wanted);
            // «won 6-4»
            let common = self.class(start) & reader.pack.scope.common != 0;
            // «Panadería Sol 41,05»: a capital makes it a name, but at the start of a sentence.
            let label = start > 0 && reader.token(start).is_some_and(|t| t.is_capitalized() && !t.is_uppercase());
            let found = found.filter(|f| f.end == at && !label && !(common && f.end == start + 1));
            let Some(found) = found else { continue };
            // «40 millones de dólares 5 bancos»: the name belongs to the number before it.
            let counted = start.checked_sub(1).and_then(|i| reader.token(i)).is_some_and(|t| {
                let class = reader.pack.lexicon.classes(t.symbol);
                class & reader.pack.scope.of != 0 || t.is_number() || !reader.pack.lexicon.numeral(t.symbol).is_empty()
            });
            if counted || self.is_noun(self.numeral.end) {
                return None;
            }
            let name = found.senses.iter().find_map(money_name)?;
            let mut found = self.money(name, start, start, self.numeral.end);
            found.doubts.order = true;
            return Some(found);
        }
        None
    }

    /// `R 42`, `Q 42`: one letter is a sign only where the source's own currency is written so.
    fn letter_sign(&self, text: &str) -> Option<MoneyName> {
        let letter = text.len() == 1 && text.bytes().all(|b| b.is_ascii_uppercase());
        let name = letter.then(|| self.scene.catalog.money_sign(text)).flatten()?;
        self.scene.money.is_local(name).then_some(name)
    }

    /// `$10K`, `$1.2B`: the scale that only counts beside money.
    fn scaled(&self, found: &mut UnitFound) {
        let reader = self.reader();
        let end = self.numeral.end;
        let Some(token) = reader.token(end).filter(|t| t.is_word()) else { return };
        let Some(scale) = reader.pack.scale_symbol(token.span.of(reader.text)) else { return };
        let closed = reader.token(end + 1).is_none_or(|t| t.space_before() || !t.is_word() && !t.is_number());
        // A single small letter apart from its number is no scale: «$3 m» is, «$3 b» is not.
        if closed && (!token.space_before() || scale.money_only || token.span.len() > 1) {
            found.factor = scale.value;
            found.end = end + 1;
        }
    }

    /// Whether a weak symbol may be trusted here.
    fn trusts(&self, id: UnitId, at: usize, end: usize) -> bool {
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
        if letters && next.is_some_and(|t| !t.space_before() && (t.is_number() || t.is('\'') || t.is('’'))) {
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
                    || t.is_word() && !t.is_capitalized()
            });
            return !(single && scale_here && text == "B" && !glued) && closed && (glued || lower || !single);
        }
        // A capital after a spaced one-letter symbol is a name going on: «3 g Alfa» still weighs, «5 A Coruña» does not.
        !(single
            && !glued
            && reader.token(at).is_some_and(|t| t.is_capitalized())
            && next.is_some_and(|t| t.is_capitalized()))
    }

    /// Whether the quotation mark at `at` closes nothing and so marks inches or feet: `a 55" screen`, `6'2"`.
    fn is_prime(&self, at: usize) -> bool {
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
        free && sized && !twin && same(first..at) % 2 == 0 && same(at + 1..end) % 2 == 0
    }

    /// `5'4"`: an apostrophe and a quotation mark that closes nothing.
    fn feet_and_inches(&self) -> Option<(Number, MeasureUnit)> {
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
    fn follows_length(&self) -> bool {
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
    fn bare_degrees(&self) -> Option<UnitFound> {
        let mut found = UnitFound {
            start: self.numeral.start,
            end: self.numeral.end,
            unit: self.unit(self.scene.catalog.unit_by_code("°")?)?,
            factor: Number::ONE,
            doubts: Doubts { shared: true, ..Doubts::default() },
            reasons: vec!["degrees below zero".to_owned()],
        };
        let end = found.end;
        self.degrees(&mut found);
        found.end = end;
        Some(found)
    }

    /// «45 grados», `85°`: degrees of heat or of an angle.
    fn degrees(&self, found: &mut UnitFound) {
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
        let angle = reader.pack.scope.angle;
        let lo = self.numeral.start.saturating_sub(8);
        let hi = (found.end + 8).min(reader.tokens.len());
        if (lo..hi).any(|i| self.class(i) & angle != 0) {
            return;
        }
        let default =
            self.scene.money.region().and_then(|r| reader.pack.degrees(r)).or_else(|| reader.pack.degrees(""));
        let unit = default.and_then(|c| self.scene.catalog.unit_by_code(c)).and_then(|id| self.unit(id));
        let warm = (lo..hi).any(|i| self.class(i) & reader.pack.scope.temperature != 0);
        found.doubts.symbol |= !warm;
        match unit {
            Some(unit) => found.unit = unit,
            None => {
                found.unit.dimension = "temperature".to_owned();
                found.unit.base = String::new();
            }
        }
    }

    /// A rate: `/l`, «por metro cuadrado», «al año», «diarios».
    fn rate(&self, found: &mut UnitFound) {
        if matches!(
            found.unit.dimension.as_str(),
            "percent" | "percentage_points" | "temperature" | "proportion" | "time"
        ) {
            return;
        }
        let Some((unit, end)) = self.rate_end(found.end) else { return };
        let code = format!("{}/{}", found.unit.code, unit.code);
        if found.unit.code.is_empty() {
            return;
        }
        found.end = end;
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
    fn rate_end(&self, at: usize) -> Option<(MeasureUnit, usize)> {
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

    fn plain_name(&self, at: usize) -> Option<(MeasureUnit, usize)> {
        let reader = self.reader();
        let found = reader.pack.lexicon.longest_where(reader.tokens, at, |s| matches!(s, Sense::Unit(_)))?;
        let id = found.senses.iter().find_map(|s| match s {
            Sense::Unit(id) => Some(*id),
            _ => None,
        })?;
        let unit = self.unit(id)?;
        (unit.dimension != "percent" && unit.dimension != "population").then_some((unit, found.end))
    }

    fn plain_symbol(&self, at: usize) -> Option<(MeasureUnit, usize)> {
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

    /// Whether a counted noun begins at token `at`.
    pub fn is_noun(&self, at: usize) -> bool {
        super::kind::is_noun(self.scene, at)
    }
}
