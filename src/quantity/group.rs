//! Joins numbers that are one quantity, and lends units where a text leaves them out.
//!
//! «dos horas y 15 minutos» is 135 min, «entre 7 y 13 años» one range, «20.000 y 30.000 euros» two amounts with one unit,
//! «entre 25 y 30 millones» scales both ends, «superior a 30 e inferior a 40» is one interval.

use super::{Bound, Quantity, Scene};
use crate::numeral::{Form, Number, Numeral};
use crate::pack::NumeralRole;
use crate::text::Token;

/// Joins what belongs together, in reading order.
pub(super) fn join(scene: Scene<'_>, numerals: &[Numeral], quantities: &mut Vec<Quantity>) {
    super::tail::join(scene, numerals, quantities);
    descending_units(scene, numerals, quantities);
    half_units(scene, numerals, quantities);
    super::range::join(scene, numerals, quantities);
    quantities.retain(|quantity| !quantity.weak);
    coordination(scene, numerals, quantities);
    antecedents(scene, numerals, quantities);
}

pub(super) fn class(scene: Scene<'_>, at: usize) -> u64 {
    scene.reader.token(at).map_or(0, |t| scene.reader.pack.lexicon.classes(t.symbol))
}

/// Where a pair of neighbours meets: the token index just behind a comma, a connector or both.
fn behind_link(scene: Scene<'_>, at: usize, links: u64) -> Option<usize> {
    let comma = scene.reader.token(at).is_some_and(|t| t.is(','));
    let next = at + usize::from(comma);
    let word = class(scene, next) & links != 0;
    (comma || word).then_some(next + usize::from(word))
}

/// «dos horas y 15 minutos», «7 feet 10 inches», «3 euros con 99 céntimos», «15 dólares 50».
fn descending_units(scene: Scene<'_>, numerals: &[Numeral], quantities: &mut Vec<Quantity>) {
    let links = scene.reader.pack.scope.and | scene.reader.pack.scope.with;
    let mut at = 0;
    while at + 1 < quantities.len() {
        let (Some(a), Some(b)) = (quantities.get(at), quantities.get(at + 1)) else { break };
        // «6-foot-6»
        let money = a.unit.as_ref().is_some_and(|u| u.money.is_some());
        let hyphen = !money && scene.reader.token(a.end).is_some_and(|t| t.is('-')) && scene.reader.is_glued(a.end + 1);
        let start =
            behind_link(scene, a.end, links).unwrap_or(a.end + usize::from(hyphen && scene.reader.is_glued(a.end)));
        let adjacent = b.start == a.end || b.start == start;
        let joined = if adjacent { sum(scene, numerals, a, b, start > a.end) } else { None };
        match joined {
            Some(joined) => {
                quantities.splice(at..at + 2, [joined]);
            }
            None => at += 1,
        }
    }
}

fn sum(scene: Scene<'_>, numerals: &[Numeral], a: &Quantity, b: &Quantity, linked: bool) -> Option<Quantity> {
    let unit = a.unit.as_ref()?;
    let tail = numerals.get(b.numerals.0)?;
    if a.high.is_some()
        || tail.sign.is_some()
        || is_determiner(scene, tail)
        || !matches!(tail.form, Form::Cardinal | Form::Fraction)
    {
        return None;
    }
    let mut joined = Quantity { end: b.end, numerals: (a.numerals.0, b.numerals.1), ..a.clone() };
    joined.doubts.merge(b.doubts);
    if let Some(small) = &b.unit {
        if unit.money.is_some() && unit.money == small.money && !unit.code.ends_with('¢') && !small.code.ends_with('¢')
        {
            // «one kuai and five mao»: parts other than hundredths come with their value.
            joined.value = a.value.checked_add(b.value)?;
            let part = tail.value != b.value && tail.scale == Number::ONE && b.value < Number::ONE;
            return (part && a.value.is_integer()).then_some(joined);
        }
        if unit.money.is_some() && small.code.ends_with('¢') && !unit.code.ends_with('¢') {
            let cents = b.value.checked_mul(small.factor)?;
            joined.value = a.value.checked_add(cents)?;
            joined.doubts.currency = a.doubts.currency;
            // «a 19,45 pesos, 30 centavos más»: only whole money has a smaller part behind it.
            return (cents < Number::ONE && a.value.is_integer()).then_some(joined);
        }
        // A rate or a share has no smaller part, and 5 km and 3 km are two lengths.
        let same = unit.dimension == small.dimension && unit.base == small.base && unit.offset == small.offset;
        let plain = matches!(unit.dimension.as_str(), "length" | "mass" | "time" | "volume" | "angle");
        let falls = small.factor < unit.factor;
        if !(same && plain && falls) {
            return None;
        }
        // «drie uur, een kwartier langer»: one of a unit behind a comma begins something of its own where words go on.
        let comma = scene.reader.token(a.end).is_some_and(|t| t.is(','));
        if comma && tail.article && scene.reader.token(b.end).is_some_and(Token::is_word) {
            return None;
        }
        // What follows must be less than one of the unit before it, else two things are measured.
        let part = b.value.checked_mul(small.factor)?.checked_div(unit.factor)?;
        let whole = a.value.checked_mul(unit.factor)?.checked_div(small.factor)?;
        if part >= Number::from(if comma { 3 } else { 10 }) {
            return None;
        }
        joined.value = whole.checked_add(b.value)?;
        joined.unit = Some(small.clone());
        return Some(joined);
    }
    // «15 dólares 50», «twenty dollar and 43», «1 hour thirty», «2 hour and 10»
    let next = scene.reader.token(b.end);
    let ends = next.is_none_or(|t| !t.is_word())
        || (!super::kind::is_noun(scene, b.end) && class(scene, b.end) & scene.reader.pack.scope.of == 0)
        || next.is_some_and(|t| class(scene, b.end) & scene.reader.pack.scope.verb != 0 && t.is_word());
    let whole = a.value.is_integer() && b.value.is_integer() && a.value < Number::from(1_000_000);
    let two_digits = tail.literal.is_none_or(|l| l.whole == 2 && l.decimals == 0);
    if unit.money.is_some() && whole && tail.scale == Number::ONE {
        let cents = b.value > Number::ZERO && b.value < Number::from(100);
        // «8 euros, 5 para os menores»: a comma adds no cents.
        let comma = scene.reader.token(a.end).is_some_and(|t| t.is(','));
        if comma || !(ends && cents && (linked || two_digits)) {
            return None;
        }
        joined.value = a.value.checked_add(b.value.checked_div(100)?)?;
        joined.doubts.order = true;
        return Some(joined);
    }
    let (_, small, parts, digits) = SMALLER.into_iter().find(|(code, ..)| *code == unit.code)?;
    // «a 6-foot-6 forward»
    let hung = b.start.checked_sub(1).and_then(|i| scene.reader.token(i)).is_some_and(|t| t.is('-'));
    if whole
        && b.value < Number::from(parts)
        && (ends || hung)
        && tail.literal.is_none_or(|l| l.whole >= digits && l.decimals == 0)
    {
        let small = scene.catalog.unit_by_code(small).and_then(|id| scene.catalog.unit(id))?;
        joined.value = a.value.checked_mul(parts)?.checked_add(b.value)?;
        joined.unit.as_mut()?.code = small.code.to_string();
        joined.unit.as_mut()?.factor = small.factor;
        return Some(joined);
    }
    None
}

/// Whether the token at `at` is a smaller part glued to its unit: the 30 of `14h30`.
pub(super) fn is_glued_part(scene: Scene<'_>, at: usize) -> bool {
    let reader = scene.reader;
    let unit = at.checked_sub(1).filter(|i| *i > 0 && reader.is_glued(*i) && reader.is_glued(at));
    let digits = reader.token(at).filter(|t| t.is_number()).map_or("", |t| t.span.of(reader.text));
    unit.is_some_and(|i| {
        let word = reader.token(i).is_some_and(Token::is_word) && reader.token(i - 1).is_some_and(Token::is_number);
        let code = || scene.catalog.unit_by_symbol(reader.surface(i)).and_then(|id| scene.catalog.unit(id));
        word && !digits.is_empty()
            && code().is_some_and(|unit| {
                SMALLER.iter().any(|(code, _, parts, least)| {
                    **code == *unit.code && digits.len() == *least && digits.parse().is_ok_and(|v: i64| v < *parts)
                })
            })
    })
}

/// Whether a number is an article that never counts: «a».
fn is_determiner(scene: Scene<'_>, numeral: &Numeral) -> bool {
    let senses = scene.reader.token(numeral.start).map_or(&[][..], |t| scene.reader.pack.lexicon.numeral(t.symbol));
    numeral.article && senses.iter().any(|s| s.role == NumeralRole::Determiner)
}

/// The unit that has quarters: «una hora y cuarto».
const HOUR: &str = "h";

/// Units whose smaller part goes without saying: code, the part's code, how many make one, least digits of the part.
const SMALLER: [(&str, &str, i64, usize); 5] =
    [("h", "min", 60, 2), ("min", "s", 60, 2), ("m", "cm", 100, 2), ("ft", "in", 12, 1), ("st", "lb", 14, 1)];

/// «una hora y media», «a month and a half»: a half behind the unit.
fn half_units(scene: Scene<'_>, numerals: &[Numeral], quantities: &mut Vec<Quantity>) {
    let reader = scene.reader;
    let scope = reader.pack.scope;
    for quantity in quantities.iter_mut() {
        let Some(unit) = &quantity.unit else { continue };
        if unit.dimension.starts_with("percent") || class(scene, quantity.end) & scope.and == 0 {
            continue;
        }
        let article = quantity.end + 1;
        let word = article + usize::from(class(scene, article) & scope.article != 0);
        let half = reader.token(word).and_then(|t| {
            let senses = reader.pack.lexicon.numeral(t.symbol);
            // «une heure et quart»
            let quarter = |role| role == NumeralRole::Fraction && unit.code == HOUR;
            senses.iter().find(|s| s.role == NumeralRole::Half || quarter(s.role)).map(|s| s.value)
        });
        let quarter = numerals.iter().find(|n| n.start == article && n.form == Form::Fraction && n.value < Number::ONE);
        let part = half.map(|value| (value, word + 1)).or(quarter.map(|n| (n.value, n.end)));
        let Some((value, end)) = part else { continue };
        // «una hora y media docena» counts something else.
        let counts = reader.token(end).is_some_and(|t| {
            let senses = reader.pack.lexicon.numeral(t.symbol);
            senses.iter().any(|s| matches!(s.role, NumeralRole::Noun | NumeralRole::PluralNoun | NumeralRole::Scale))
        });
        let own = reader.token(end).is_some_and(Token::is_word) && (super::kind::is_noun(scene, end) || counts);
        if let Some(sum) = quantity.value.checked_add(value).filter(|_| !own) {
            quantity.value = sum;
            quantity.end = end;
        }
    }
    let mut end = 0;
    quantities.retain(|q| {
        let inside = q.start < end;
        end = end.max(q.end);
        !inside
    });
}

/// «20.000 y 30.000 euros», «un 6 y un 9 %»: the unit reaches back over the list.
fn coordination(scene: Scene<'_>, numerals: &[Numeral], quantities: &mut [Quantity]) {
    let scope = scene.reader.pack.scope;
    for at in (1..quantities.len()).rev() {
        let Some((head, tail)) = quantities.split_at_mut_checked(at) else { continue };
        let (Some(a), Some(b)) = (head.last_mut(), tail.first()) else { continue };
        let Some(unit) = b.unit.as_ref().filter(|_| a.unit.is_none() && !a.weak && a.high.is_none()) else { continue };
        let (Some(first), Some(second)) = (numerals.get(a.numerals.0), numerals.get(b.numerals.0)) else { continue };
        if first.form != Form::Cardinal || second.form != Form::Cardinal || b.high.is_some() {
            continue;
        }
        let Some(mut next) = behind_link(scene, a.end, scope.and | scope.or) else { continue };
        // «el 6 y el 9 %»
        let linked = class(scene, next.saturating_sub(1)) & (scope.and | scope.or) != 0;
        if linked && class(scene, next) & scope.article != 0 {
            next += 1;
        }
        if next != b.start || b.start != second.start {
            continue;
        }
        let scaled = first.scale == Number::ONE && second.scale != Number::ONE && first.value < Number::from(1000);
        if scaled && let Some(value) = a.value.checked_mul(second.scale) {
            a.value = value;
        }
        a.kind = b.kind;
        a.unit = Some(unit.clone());
        a.doubts.shared = true;
    }
}

/// «a 63,188 dólares, inferior a los más de 97 que marcaban»; «subió del 8 al 20 por ciento»: what is left bare behind
/// an article takes the unit of a neighbour that the same sentence compares it with.
fn antecedents(scene: Scene<'_>, numerals: &[Numeral], quantities: &mut [Quantity]) {
    let reader = scene.reader;
    let compared = reader.pack.scope.compared;
    let relative = reader.pack.scope.relative;
    for at in 1..quantities.len() {
        let Some((head, tail)) = quantities.split_at_mut_checked(at) else { continue };
        let (Some(a), Some(b)) = (head.last(), tail.first_mut()) else { continue };
        let Some(numeral) = numerals.get(b.numerals.0) else { continue };
        let same = super::bound::sentence_of(scene, a.start).map(|s| s.first)
            == super::bound::sentence_of(scene, b.start).map(|s| s.first);
        if b.unit.is_some() || numeral.form != Form::Cardinal || !same || b.weak {
            continue;
        }
        let Some(unit) = a.unit.as_ref().filter(|u| u.dimension == "currency") else { continue };
        let comparing = (a.end..b.start).any(|i| class(scene, i) & compared != 0);
        // «más de 2250 millones de personas» counts people.
        let of = class(scene, b.end) & reader.pack.scope.of != 0;
        if of && numeral.scale != Number::ONE && super::kind::is_noun(scene, b.end + 1) {
            continue;
        }
        let follows = class(scene, b.end) & relative != 0 || reader.token(b.end).is_none_or(|t| !t.is_word());
        if comparing && follows && b.start - a.end <= 12 {
            b.unit = Some(unit.clone());
            b.kind = a.kind;
            b.doubts.shared = true;
        }
    }
}

/// «superior a 30 e inferior a 40», «at most 100 and at least 20»: two bounds on one thing are an interval.
pub(super) fn merge_bounds(scene: Scene<'_>, quantities: &mut Vec<Quantity>) {
    let reader = scene.reader;
    let scope = reader.pack.scope;
    let bounding = reader.pack.scope.bounding;
    let mut at = 0;
    while at + 1 < quantities.len() {
        let (Some(a), Some(b)) = (quantities.get(at), quantities.get(at + 1)) else { break };
        let opposite = a.bound.is_lower() && b.bound.is_upper() || a.bound.is_upper() && b.bound.is_lower();
        let (low, high) = if a.bound.is_lower() { (a.value, b.value) } else { (b.value, a.value) };
        let comma = |i: usize| reader.token(i).is_some_and(|t| t.is(',') || t.is('，') || t.is('、'));
        // Where bounds stand behind as well as before, the link may come later or be missing («大于10小于20»).
        let free = reader.pack.myriads();
        let linked = free || class(scene, a.end) & (scope.and | scope.but) != 0 || comma(a.end);
        let words = bounding | scope.article | scope.or | if free { scope.and } else { 0 };
        let first = if free { a.end } else { a.end + 1 };
        let only_bounds = (first..b.start).all(|i| class(scene, i) & words != 0 || free && comma(i));
        let units = a.unit.is_none() || b.unit.is_none() || a.unit == b.unit;
        let none = a.high.is_none() && b.high.is_none();
        if opposite && low < high && linked && only_bounds && units && none && b.start > a.end && b.start - a.end <= 8 {
            let mut joined = a.clone();
            joined.end = b.end;
            joined.numerals = (a.numerals.0, b.numerals.1);
            (joined.value, joined.high) = (low, Some(high));
            joined.bound = Bound::Exact;
            if joined.unit.is_none() {
                joined.unit.clone_from(&b.unit);
                joined.kind = b.kind;
            }
            joined.reasons.push("two bounds on one value".to_owned());
            quantities.splice(at..at + 2, [joined]);
        }
        at += 1;
    }
}

/// «37.5 hours a week»: what is left of a rate that no unit takes is how often, not how long.
pub(super) fn drop_frequencies(scene: Scene<'_>, numerals: &[Numeral], quantities: &mut Vec<Quantity>) {
    let mut end = None;
    quantities.retain(|quantity| {
        let article = numerals.get(quantity.numerals.0).is_some_and(|n| n.article);
        let time = quantity.unit.as_ref().is_some_and(|u| u.dimension == "time");
        let behind = end == Some(quantity.start) && class(scene, quantity.start) & scene.reader.pack.scope.per != 0;
        end = Some(quantity.end);
        !(article && time && behind)
    });
}
