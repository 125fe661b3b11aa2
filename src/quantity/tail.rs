//! What a language says behind a unit without naming the smaller one: «三米九» is 3.9 m, «三年半» 3.5 years, «两块五» 2.5 yuan.
//!
//! Only where the pack's class `tailed` names the unit's last word; a half needs none.

use super::group::class;
use super::{Quantity, Scene};
use crate::numeral::{Form, Number, Numeral};
use crate::pack::NumeralRole;

/// Adds halves and bare decimals behind units.
pub(super) fn join(scene: Scene<'_>, numerals: &[Numeral], quantities: &mut Vec<Quantity>) {
    if !scene.reader.pack.myriads() {
        return;
    }
    for quantity in quantities.iter_mut() {
        half(scene, numerals, quantity);
    }
    let mut at = 0;
    while at + 1 < quantities.len() {
        let (Some(a), Some(b)) = (quantities.get(at), quantities.get(at + 1)) else { break };
        match tailed(scene, numerals, a, b) {
            Some(joined) => drop(quantities.splice(at..at + 2, [joined])),
            None => at += 1,
        }
    }
}

/// How much of its unit one of a quantity's number is: a tenth for «两毛».
fn unit_factor(numerals: &[Numeral], quantity: &Quantity) -> Option<Number> {
    let numeral = numerals.get(quantity.numerals.0).filter(|n| n.form == Form::Cardinal && !n.value.is_zero())?;
    quantity.value.checked_div(numeral.value)
}

/// «三年半»
fn half(scene: Scene<'_>, numerals: &[Numeral], quantity: &mut Quantity) {
    let reader = scene.reader;
    let Some(unit) = quantity.unit.as_ref().filter(|u| !u.dimension.starts_with("percent")) else { return };
    if unit.code.is_empty() || quantity.high.is_some() || !quantity.value.is_integer() && unit.money.is_none() {
        return;
    }
    let senses = reader.token(quantity.end).map_or(&[][..], |t| reader.pack.lexicon.numeral(t.symbol));
    let Some(half) = senses.iter().find(|s| s.role == NumeralRole::Half) else { return };
    // «三年半数» is no half of a year.
    let word = reader.token(quantity.end + 1).is_some_and(|t| t.is_word())
        && class(scene, quantity.end + 1) & (reader.pack.scope.function | reader.pack.scope.odd) == 0
        && reader.pack.lexicon.longest(reader.tokens, quantity.end).is_some();
    let sum = unit_factor(numerals, quantity)
        .and_then(|factor| half.value.checked_mul(factor))
        .and_then(|half| quantity.value.checked_add(half));
    if let Some(sum) = sum.filter(|_| !word) {
        quantity.value = sum;
        quantity.end += 1;
    }
}

/// «三米九», «一米八五», «三块零四»
fn tailed(scene: Scene<'_>, numerals: &[Numeral], a: &Quantity, b: &Quantity) -> Option<Quantity> {
    let scope = scene.reader.pack.scope;
    let unit = a.unit.as_ref().filter(|u| !u.code.is_empty())?;
    let tail = numerals.get(b.numerals.0)?;
    let last = a.end.checked_sub(1)?;
    let whole = a.high.is_none() && b.high.is_none() && (a.value.is_integer() || unit.money.is_some());
    let bare = b.unit.is_none() && tail.form == Form::Cardinal && tail.sign.is_none() && tail.scale == Number::ONE;
    if class(scene, last) & scope.tailed == 0 || b.start != a.end || !whole || !bare || !tail.value.is_integer() {
        return None;
    }
    // «三米九个»: what is counted by itself is no tail.
    let counted = class(scene, b.end) & scope.classifier != 0 || super::kind::is_noun(scene, b.end);
    let digits = tail.literal.map_or(1, |l| l.whole);
    let limit = Number::power_of_ten(i32::try_from(digits).ok()?)?;
    if counted || digits > 3 || tail.value >= limit {
        return None;
    }
    let part = tail.value.checked_div(limit)?.checked_mul(unit_factor(numerals, a)?)?;
    let value = a.value.checked_add(part)?;
    Some(Quantity { end: b.end, value, numerals: (a.numerals.0, b.numerals.1), ..a.clone() })
}
