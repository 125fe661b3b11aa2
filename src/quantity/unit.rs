//! What stands beside a number: units, currencies, rates.
//!
//! In «350.000 millones de yuanes» the name behind the number is a currency, in `$10K` the sign before it, in «85 millones de
//! litros al año» the unit goes on into a rate. Names come from the pack, symbols from the catalogue, where case matters
//! (`MW`, `mW`) and some need more evidence than their place (`in`, `B`, `C`).

use super::confidence::Doubts;
use super::{Bound, Kind, Quantity, Scene};
use crate::numeral::{Form, Number, Numeral};
use crate::pack::{CurrencyId, Ending, MoneyName, Reading, Unit, UnitId};
use crate::pack::{NumeralRole, Sense};

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
impl From<&Unit> for MeasureUnit {
    fn from(unit: &Unit) -> Self {
        Self {
            code: unit.code.to_string(),
            dimension: unit.dimension.to_string(),
            factor: unit.factor,
            offset: unit.offset,
            base: unit.base.to_string(),
            money: None,
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct UnitFound {
    /// First token of the whole expression where the unit stands before the number.
    pub start: usize,
    /// One past its last token.
    pub end: usize,
    pub unit: MeasureUnit,
    /// Multiplies the value: a scale behind the code («75 USD millones»), a slang multiple («diez lucas»).
    pub factor: Number,
    /// Added to the value before that: «两个半小时».
    pub plus: Number,
    /// Some odd more: «三个多月».
    pub over: bool,
    pub doubts: Doubts,
    pub reasons: Vec<String>,
}

impl UnitFound {
    /// A unit and no more.
    pub fn new(start: usize, end: usize, unit: MeasureUnit) -> Self {
        Self {
            start,
            end,
            unit,
            factor: Number::ONE,
            plus: Number::ZERO,
            over: false,
            doubts: Doubts::default(),
            reasons: Vec::new(),
        }
    }
}

/// A numeral with what stands beside it.
pub(super) fn attach(scene: Scene<'_>, numeral: &Numeral, index: usize, reading: Option<Reading>) -> Quantity {
    let mut quantity = Quantity {
        start: numeral.start,
        end: numeral.end,
        span: numeral.span,
        kind: Kind::Number,
        bound: if numeral.over { Bound::More } else { Bound::Exact },
        value: numeral.value,
        high: numeral.high,
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
        if reading == Some(Reading::Share)
            && let Some(share) = Number::ONE.checked_div(numeral.value)
        {
            quantity.value = share;
        }
        return quantity;
    }
    let finder = Finder { scene, numeral };
    if let Some((value, unit)) = finder.feet_and_inches() {
        (quantity.value, quantity.unit, quantity.kind) = (value, Some(unit), Kind::Measure);
        quantity.end += 1;
        return quantity;
    }
    // «o dobro do peso», «el doble de litros»: a multiple is measured in nothing.
    if numeral.form == Form::Multiple && numeral.value > Number::ONE {
        return quantity;
    }
    if reading == Some(Reading::Things) {
        return quantity;
    }
    let found = finder.find().or_else(|| (reading == Some(Reading::Negative)).then(|| finder.bare_degrees()).flatten());
    if reading == Some(Reading::Negative) {
        quantity.value = quantity.value.negated();
    }
    if let Some(found) = found {
        quantity.start = found.start;
        quantity.end = found.end;
        let scaled = |value: Number| value.checked_add(found.plus)?.checked_mul(found.factor);
        quantity.value = scaled(quantity.value).unwrap_or(quantity.value);
        quantity.high = quantity.high.and_then(scaled);
        if found.over {
            quantity.bound = Bound::More;
        }
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
        if let Some(Ending::Unit(id)) = self.numeral.ending {
            let found = UnitFound::new(self.numeral.start, self.numeral.end, self.unit(id)?);
            return Some(UnitFound { reasons: vec!["a unit in one word".to_owned()], ..found });
        }
        if let Some(found) = self.unit_before() {
            return Some(found);
        }
        let after = self.after();
        let named = after.as_ref().is_some_and(|after| after.unit.dimension == "currency");
        let mut found = match (after, self.money_before(named)) {
            // «$10 - 20 dólares», «US$ 1MM»: a sign before the number and a name behind it agree or the sign wins.
            // «10 $ 30 cent»: the sign belongs to the number before it.
            (Some(after), Some(_)) if after.unit.code.ends_with('¢') => after,
            // «£28亿元»: a sign that is sure stands over a name that is not.
            (Some(after), Some(before)) if after.doubts.currency && !before.doubts.currency => {
                UnitFound { start: before.start, unit: before.unit, doubts: before.doubts, ..after }
            }
            (Some(after), Some(before)) if after.unit.dimension == "currency" => {
                UnitFound { start: before.start, doubts: Doubts::default(), ..after }
            }
            (_, Some(before)) => before,
            (Some(after), None) => after,
            (None, None) => return None,
        };
        self.rate(&mut found);
        self.rate_before(&mut found);
        Some(found)
    }

    pub(super) fn reader(&self) -> crate::numeral::Reader<'a> {
        self.scene.reader
    }

    pub(super) fn class(&self, at: usize) -> u64 {
        self.reader().token(at).map_or(0, |t| self.reader().pack.lexicon.classes(t.symbol))
    }

    /// The unit behind the numeral.
    pub(super) fn after(&self) -> Option<UnitFound> {
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
        let found = found.or_else(|| self.behind_price_dash(end)).or_else(|| self.bracketed(end));
        found.or_else(|| self.behind_filler(end)).or_else(|| self.infixed(end))
    }

    /// `20,- Euro`, `12.– Fr.`: a dash stands for no cents.
    fn behind_price_dash(&self, at: usize) -> Option<UnitFound> {
        let reader = self.reader();
        let dash = |i: usize| {
            reader.is_glued(i) && reader.token(i).is_some_and(|t| t.is('-') || t.is('–') || t.is('—') || t.is('−'))
        };
        let mark = reader.token(at).filter(|t| !t.space_before() && (t.is(',') || t.is('.')));
        if mark.is_none() || !dash(at + 1) {
            return None;
        }
        let behind = at + 2 + usize::from(dash(at + 2));
        self.at(behind).filter(|found| found.unit.dimension == "currency")
    }

    /// `20 (kg)`, `20 [kg]`.
    pub(super) fn bracketed(&self, at: usize) -> Option<UnitFound> {
        let reader = self.reader();
        let close = [('(', ')'), ('[', ']'), ('{', '}')]
            .into_iter()
            .find_map(|(open, close)| reader.token(at).filter(|t| t.is(open)).map(|_| close))?;
        let mut found = self.symbol_at(at + 1).filter(|f| reader.token(f.end).is_some_and(|t| t.is(close)))?;
        found.end += 1;
        Some(found)
    }

    /// «two more minutes», «five consecutive years»: a word that may stand before the name of a unit.
    pub(super) fn behind_filler(&self, at: usize) -> Option<UnitFound> {
        let scope = self.reader().pack.scope;
        let filler = self.class(at) & scope.filler != 0;
        filler.then(|| self.name_at(at + 1)).flatten().filter(|f| f.unit.money.is_none())
    }

    /// The unit that starts at token `at`.
    pub fn at(&self, at: usize) -> Option<UnitFound> {
        let symbol = self.symbol_at(at).filter(|found| !self.is_before_number(at, found));
        let name = self.name_at(at);
        // «a second», «a bit»: more often no unit than one.
        let common = self.class(at) & self.reader().pack.scope.common != 0;
        // «metade do peso»
        let multiple = self.numeral.form == Form::Multiple;
        let mut found = match (name, symbol) {
            (Some(found), _) | (_, Some(found))
                if (self.numeral.article || multiple) && common && found.end == at + 1 =>
            {
                return None;
            }
            // «um segundo mandato»: a rank before its noun.
            (Some(_), _) if self.is_rank(at) => return None,
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
    pub(super) fn is_before_number(&self, at: usize, found: &UnitFound) -> bool {
        let reader = self.reader();
        if found.unit.money.is_none() || !reader.token(found.end).is_some_and(|t| t.is_number()) {
            return false;
        }
        let sign = !reader.cover(at, found.end).of(reader.text).bytes().all(|b| b.is_ascii_alphabetic());
        let signed = self.numeral.start.checked_sub(1).and_then(|i| reader.token(i)).is_some_and(|t| !t.is_word());
        reader.is_glued(found.end) && !reader.is_glued(at) || sign && (self.numeral.article || signed)
    }

    pub(super) fn unit(&self, id: UnitId) -> Option<MeasureUnit> {
        self.scene.catalog.unit(id).map(MeasureUnit::from)
    }

    /// Whether the name at `at` heads a row of its own: «Pesos (Chile) 522,00», «73 Real Madrid 80».
    pub(super) fn is_label(&self, at: usize, end: usize) -> bool {
        let reader = self.reader();
        let capital = reader.token(at).is_some_and(|t| t.is_capitalized() && !t.is_uppercase());
        capital
            && !reader.pack.capital_nouns()
            && reader.token(end).is_some_and(|t| t.is('(') || t.is_capitalized() || t.is_number())
    }

    /// A name of the pack: «metros cuadrados», «dólares de Hong Kong», «céntimos».
    pub(super) fn name_at(&self, at: usize) -> Option<UnitFound> {
        let reader = self.reader();
        let found = reader.pack.lexicon.longest_where(reader.tokens, at, super::infix::is_unit)?;
        self.named(at, found.end, found.senses)
    }

    /// The unit that a name of the pack stands for, the name being `at..end`.
    pub(super) fn named(&self, at: usize, end: usize, senses: &[Sense]) -> Option<UnitFound> {
        let reader = self.reader();
        let start = self.numeral.start;
        let beside = end == at + 1 && self.class(at) & reader.pack.scope.beside != 0;
        let sense = if beside { self.beside(end, senses)? } else { self.pick(senses)? };
        // «30 C», «5 P» name other things than cents and pence.
        if matches!(sense, Sense::Minor(_))
            && end == at + 1
            && reader.token(at).is_some_and(|t| t.is_capitalized() && t.span.len() == 1)
        {
            return None;
        }
        if !matches!(sense, Sense::Unit(_)) && self.is_label(at, end) {
            return None;
        }
        let mut result = match sense {
            Sense::Unit(id) => {
                let unit = self.unit(id)?;
                let counted = matches!(unit.dimension.as_str(), "population" | "vehicles");
                if counted && self.rate_end(end).is_none() {
                    return None;
                }
                // «un segundo mandato» is a rank, «un segundo» a time.
                let rank = reader.pack.lexicon.numeral(reader.token(at)?.symbol).iter();
                let mut rank = rank.map(|sense| sense.role);
                if self.numeral.article && rank.any(|r| r == NumeralRole::Ordinal) && self.is_noun(end) {
                    return None;
                }
                UnitFound::new(start, end, unit)
            }
            Sense::Share(index) => {
                let share = reader.pack.shares.get(usize::from(index))?;
                let factor = share.factor(self.numeral.value);
                UnitFound { factor, ..UnitFound::new(start, end, self.unit(share.unit)?) }
            }
            Sense::Currency(id) => self.money(MoneyName::Currency(id), at, start, end),
            Sense::Family(id) => self.money(MoneyName::Family(id), at, start, end),
            Sense::Minor(index) => {
                // «un duro golpe»: slang that is also an adjective has no noun behind it.
                let slang = reader.pack.parts.get(usize::from(index)).is_some_and(|p| p.colloquial);
                if slang && self.is_noun(end) {
                    return None;
                }
                self.part(usize::from(index), at, end)?
            }
            _ => return None,
        };
        // «una corona de flores»: an article counts no money that nothing decides.
        if self.numeral.article && result.unit.dimension == "currency" && result.unit.code.is_empty() {
            return None;
        }
        // «um sismo de 7,5 graus»: counts on a scale, no heat
        let around = at.saturating_sub(12)..at + 10;
        if result.unit.code == "°" && around.into_iter().any(|i| self.class(i) & reader.pack.scope.quake != 0) {
            return None;
        }
        self.degrees(&mut result);
        Some(result)
    }

    /// Among several meanings of a name: a plain currency or unit before slang.
    pub(super) fn pick(&self, senses: &[Sense]) -> Option<Sense> {
        let pack = self.reader().pack;
        let local = senses.iter().filter_map(money_name).any(|name| self.scene.money.is_local(name));
        let rank = |s: &Sense| match s {
            Sense::Currency(_) => 1,
            Sense::Share(_) => 0,
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
        senses.iter().filter(|s| super::infix::is_unit(**s)).min_by_key(|s| rank(s)).copied()
    }

    /// Whether the words around say that a weight is meant.
    pub(super) fn weighs(&self) -> bool {
        let reader = self.reader();
        let heavy = reader.pack.scope.weight;
        let lo = self.numeral.start.saturating_sub(8);
        let hi = (self.numeral.end + 6).min(reader.tokens.len());
        (lo..hi).any(|i| self.class(i) & heavy != 0)
            || self.class(self.numeral.end + 1) & reader.pack.scope.of != 0
                && self.class(self.numeral.end + 2) & (reader.pack.scope.article | reader.pack.scope.function) == 0
    }

    /// Whether a unit's name is a rank here: an ordinal in the singular with its noun behind it, or behind more than one.
    fn is_rank(&self, at: usize) -> bool {
        let Some(token) = self.reader().token(at) else { return false };
        let pack = self.reader().pack;
        // «2,5 millóns segundo Reuters»: what more than one is counted in is a plural.
        let singular = self.numeral.value > Number::ONE && !pack.is_plural(token.span.of(self.reader().text));
        pack.lexicon.numeral(token.symbol).iter().any(|s| s.role == NumeralRole::Ordinal)
            && (singular || self.numeral.article && self.is_noun(at + 1))
    }

    /// Whether a counted noun begins at token `at`.
    pub fn is_noun(&self, at: usize) -> bool {
        super::kind::is_noun(self.scene, at)
    }
}
