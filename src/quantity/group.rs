//! Joins numbers that are one quantity, and lends units where a text leaves them out.
//!
//! «dos horas y 15 minutos» is 135 min, «entre 7 y 13 años» one range, «20.000 y 30.000 euros» two amounts with one unit,
//! «entre 25 y 30 millones» scales both ends, «superior a 30 e inferior a 40» is one interval.

use super::{Bound, Quantity, Scene};
use crate::numeral::{Form, Number, Numeral};
use crate::pack::lexicon::NumeralRole;
use crate::text::Token;

/// Joins what belongs together, in reading order.
pub(super) fn join(scene: Scene<'_>, numerals: &[Numeral], quantities: &mut Vec<Quantity>) {
    descending_units(scene, numerals, quantities);
    half_units(scene, numerals, quantities);
    ranges(scene, numerals, quantities);
    quantities.retain(|quantity| !quantity.weak);
    coordination(scene, numerals, quantities);
    antecedents(scene, numerals, quantities);
}

fn class(scene: Scene<'_>, at: usize) -> u64 {
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
    if a.high.is_some() || tail.sign.is_some() || is_determiner(scene, tail) || tail.form == Form::Ordinal {
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
        let falls = small.factor < unit.factor || (linked && small.factor < unit.factor);
        if !(same && plain && falls) {
            return None;
        }
        // What follows must be less than one of the unit before it, else two things are measured.
        let part = b.value.checked_mul(small.factor)?.checked_div(unit.factor)?;
        let whole = a.value.checked_mul(unit.factor)?.checked_div(small.factor)?;
        let comma = scene.reader.token(a.end).is_some_and(|t| t.is(','));
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
        if !(ends && cents && (linked || two_digits)) {
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

/// Whether a number is an article that never counts: «a».
fn is_determiner(scene: Scene<'_>, numeral: &Numeral) -> bool {
    let senses = scene.reader.token(numeral.start).map_or(&[][..], |t| scene.reader.pack.lexicon.numeral(t.symbol));
    numeral.article && senses.iter().any(|s| s.role == NumeralRole::Determiner)
}

/// Units whose smaller part goes without saying: code, the part's code, how many make one, least digits of the part.
const SMALLER: [(&str, &str, i64, usize); 3] = [("h", "min", 60, 2), ("ft", "in", 12, 1), ("st", "lb", 14, 1)];

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
            reader.pack.lexicon.numeral(t.symbol).iter().find(|s| s.role == NumeralRole::Half).map(|s| s.value)
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

/// The second end of a range that begins at `a`, if the words between and before say so.
fn ranges(scene: Scene<'_>, numerals: &[Numeral], quantities: &mut Vec<Quantity>) {
    let mut at = 0;
    while at + 1 < quantities.len() {
        let (Some(a), Some(b)) = (quantities.get(at), quantities.get(at + 1)) else { break };
        match range(scene, numerals, a, b) {
            Some(Joined::Range(joined)) => {
                quantities.splice(at..at + 2, [*joined]);
            }
            Some(Joined::Change(first)) => {
                if let Some(slot) = quantities.get_mut(at) {
                    *slot = *first;
                }
                at += 2;
            }
            None => at += 1,
        }
    }
}

enum Joined {
    /// One quantity with two ends.
    Range(Box<Quantity>),
    /// Two levels of a change; the first with the unit of the second.
    Change(Box<Quantity>),
}

fn range(scene: Scene<'_>, numerals: &[Numeral], a: &Quantity, b: &Quantity) -> Option<Joined> {
    let reader = scene.reader;
    let pack = reader.pack;
    let (first, second) = (numerals.get(a.numerals.0)?, numerals.get(b.numerals.0)?);
    if a.high.is_some() || b.high.is_some() || b.start < a.end || b.start - a.end > 4 {
        return None;
    }
    let joinable = |n: &Numeral| n.form != Form::Multiple;
    if !joinable(first) || !joinable(second) || (first.form == Form::Ordinal) != (second.form == Form::Ordinal) {
        return None;
    }
    // Words between: the link, then perhaps an article and «unos».
    let soft = pack.scope.article | pack.scope.about | pack.scope.singular_article;
    let sentence_before = |i: usize| i.checked_sub(1).and_then(|i| reader.token(i));
    let signed = second.sign == Some('-') && b.start == second.start;
    let glued_minus = signed && b.start == a.end;
    let found = pack.ranges.iter().find_map(|range| {
        let link = range.between.iter().find(|link| {
            if glued_minus {
                return link.len() == 1 && link.first().is_some_and(|s| *s == crate::text::Symbol::mark('-'));
            }
            let end = a.end + link.len();
            let here = link.iter().enumerate().all(|(i, s)| reader.token(a.end + i).is_some_and(|t| t.symbol == *s));
            here && end <= b.start && (end..b.start).all(|i| class(scene, i) & soft != 0)
        })?;
        if range.before.is_empty() {
            return Some((a.start, link.len(), false));
        }
        // «entre los 7 y los 13», «de unos 3.000 a 5.000»
        let mut from = a.start;
        for _ in 0..2 {
            let token = sentence_before(from)?;
            if range.before.contains(&token.symbol) {
                return Some((from - 1, link.len(), true));
            }
            if class(scene, from - 1) & soft == 0 {
                return None;
            }
            from -= 1;
        }
        sentence_before(from).filter(|t| range.before.contains(&t.symbol)).map(|_| (from - 1, link.len(), true))
    });
    let (open, _, framed) = found?;
    let mut low = a.clone();
    let mut high = b.value;
    if glued_minus || (signed && !framed) {
        high = high.abs();
    }
    // «un bono de 1.000 $ a un millón de familias»: what counts something else is no end.
    let behind = b.end + usize::from(class(scene, b.end) & pack.scope.of != 0);
    if a.unit.is_some() && b.unit.is_none() && super::kind::is_noun(scene, behind) {
        return None;
    }
    // «entre 25,001 y 50,000»: the mark groups in both or in neither.
    if let (Some(x), Some(y)) = (first.literal, second.literal)
        && x.ambiguous
        && x.decimals == 3
        && y.grouped
        && let Some(whole) = low.value.checked_mul(1000)
        && whole < high
    {
        low.value = whole;
    }
    // The unit and the scale of the second end serve the first.
    if let (None, Some(unit)) = (&a.unit, &b.unit) {
        low.unit = Some(unit.clone());
        low.kind = b.kind;
    } else if let (Some(x), Some(y)) = (&a.unit, &b.unit)
        && y.code.strip_prefix(x.code.as_str()).is_some_and(|rest| rest.starts_with('/'))
    {
        low.unit = Some(y.clone());
    } else if let (Some(x), Some(y)) = (&a.unit, &b.unit) {
        if x.dimension != y.dimension || x.base != y.base && !(x.code.is_empty() || y.code.is_empty()) {
            return None;
        }
        if x.code != y.code && x.money.is_none() {
            high = high.checked_mul(y.factor)?.checked_div(x.factor)?;
        }
    }
    let coefficient = high.checked_div(second.scale)?;
    if first.scale == Number::ONE
        && second.scale != Number::ONE
        && low.value < coefficient
        && first.literal.is_none_or(|l| l.whole <= 4)
    {
        low.value = low.value.checked_mul(second.scale)?;
    }
    let first_unit_scale = a.unit.is_none() && b.value != second.value && second.scale == Number::ONE;
    if first_unit_scale {
        // «$5-7bn»: the scale behind the second end came with its unit.
        let factor = b.value.checked_div(second.value)?;
        low.value = low.value.checked_mul(factor)?;
    }
    // After a verb of change the ends are levels: «cayó de 38 a 31».
    let change = framed
        && (1..=9).any(|back| open.checked_sub(back).is_some_and(|i| class(scene, i) & pack.scope.change != 0))
        && super::bound::sentence_of(scene, open).is_some_and(|s| s.first <= open.saturating_sub(1));
    let between_word = reader.token(open).map(|t| t.symbol);
    let spans_change = change && !pack.is_interval(between_word?);
    if spans_change {
        low.doubts.shared |= a.unit.is_none() && b.unit.is_some();
        low.kind = b.unit.as_ref().map_or(low.kind, super::unit::kind_of);
        return Some(Joined::Change(Box::new(low)));
    }
    let ordered = low.value < high;
    if !ordered && !(framed && first.sign.is_some()) {
        return None;
    }
    if !framed {
        // «1.1990 a 1.015 francos» are two figures, not the ends of one range.
        if low.value.checked_mul(1000).is_some_and(|limit| high > limit && low.value > Number::ZERO) {
            return None;
        }
        // «2-1» is a score, «10-12 km» and «1000-5000» are ranges; «3 a 2» counts victories.
        let contest = super::bound::sentence_of(scene, a.start)
            .is_some_and(|s| (s.first..s.end).any(|i| class(scene, i) & pack.scope.contest != 0));
        let unit = low.unit.is_some();
        let noun = super::kind::is_noun(scene, b.end);
        // «a 1-3 defeat»
        if class(scene, b.end) & pack.scope.contest != 0 {
            return None;
        }
        let wide = high >= Number::from(200) || first.scale != Number::ONE || second.scale != Number::ONE;
        let between = reader.token(a.end)?;
        let dash = between.kind == crate::text::TokenKind::Mark;
        let spaced = dash && between.space_before();
        if !(unit
            || noun && !spaced
            || (wide || !contest && !spaced) && dash
            || (!dash && wide)
            || (!dash && noun)
            || pack.scope.or & class(scene, a.end) != 0)
        {
            return None;
        }
        // A column of signed changes: «54,31 - 2,12» falls and was sorted out above; «f/4-5.6» is no range.
        if reader
            .token(a.start.checked_sub(1).unwrap_or(a.start))
            .is_some_and(|t| t.is('/') && !reader.token(a.start).is_some_and(Token::space_before))
        {
            return None;
        }
    }
    let (low_value, high_value) = if ordered { (low.value, high) } else { (high, low.value) };
    low.value = low_value;
    low.high = Some(high_value);
    low.end = b.end;
    low.numerals = (a.numerals.0, b.numerals.1);
    low.weak = false;
    low.doubts.merge(b.doubts);
    low.kind = low.unit.as_ref().map_or(low.kind, super::unit::kind_of);
    low.reasons.push(if framed { "a range in words".to_owned() } else { "a range".to_owned() });
    Some(Joined::Range(Box::new(low)))
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
        let linked = class(scene, a.end) & scope.and != 0 || reader.token(a.end).is_some_and(|t| t.is(','));
        let only_bounds = (a.end + 1..b.start).all(|i| class(scene, i) & (bounding | scope.article | scope.or) != 0);
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
