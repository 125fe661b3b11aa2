//! Parts of periods.
//!
//! «la tercera semana de abril» are the days 15 to 21, «finales de 2023» its last four months, «primer trimestre» a quarter whose
//! year is still open.

use jiff::civil::Date;

use super::Grain;
use super::calendar::{add_days, monday, nth_weekday, shift, week_of_year};
use super::ops::Parts;
use super::resolve::Reference;
use super::value::{Fields, Period, Sub, When};
use crate::pack::dates::Edge;

/// The n-th unit or weekday of a period, or the first or last so many.
pub(super) fn nth(parts: &Parts, reference: &Reference) -> Option<When> {
    if parts.dates[0].is_none() {
        return named_part(parts);
    }
    let When::Set(of) = reference.settle(parts.dates[0]?)? else {
        return Some(When::Unknown(parts.unit.map_or(Grain::Day, |unit| unit.grain)));
    };
    let ranked = parts.figures.iter().flatten().find(|figure| figure.rank).map(|figure| figure.value);
    let rank = parts.rank.or(ranked)?;
    let relative = of.relative;
    if parts.fields.weekday.is_some() && parts.unit.is_none() {
        let weekday = parts.fields.weekday?;
        let (nth, first) = (i8::try_from(rank).ok()?, of.first);
        if of.grains.0 != Grain::Month {
            return None;
        }
        let date = nth_weekday(first.year(), first.month(), weekday, nth)?;
        return Some(When::Set(Period::around(date, Grain::Day, relative)?));
    }
    let unit = parts.unit?;
    if unit.plural && parts.figures.iter().flatten().all(|f| f.rank) && parts.count.is_none() {
        return None;
    }
    let count = parts.number().checked_mul(unit.times)?;
    let whole = of.grains.0;
    if unit.grain >= whole && of.is_one() || count < 1 || unit.grain < Grain::Day {
        return None;
    }
    let by = |start: Date, n: i32| shift(start, unit.grain, n);
    let (first, last) = if unit.grain == Grain::Week && whole == Grain::Year {
        let first = if rank > 0 { rank } else { rank.checked_sub(count - 1)? };
        let start = week_of_year(of.first.year(), first)?;
        (start, add_days(start, 7 * count - 1)?)
    } else if rank > 0 {
        let start = by(of.first, (rank - 1).checked_mul(count)?)?;
        (start, add_days(by(start, count)?, -1)?)
    } else {
        let end = by(add_days(of.last, 1)?, (rank + 1).checked_mul(count)?)?;
        (by(end, -count)?, add_days(end, -1)?)
    };
    if first < of.first && whole != Grain::Year || first > of.last {
        return None;
    }
    let mut period = Period { named: Some(unit.grain), ..Period::days(first, last, relative)? };
    // A calendar unit is told as such: the first quarter, the third month.
    let one = Period::around(first, unit.grain, relative)?;
    if (one.first, one.last) == (first, last) && !(unit.grain == Grain::Week && whole != Grain::Year) {
        period = one;
    }
    if let Some(weekday) = parts.fields.weekday {
        let monday = monday(first)?;
        period = Period::around(add_days(monday, i32::from(weekday) - 1)?, Grain::Day, relative)?;
    }
    Some(When::Set(period))
}

/// A quarter or half of a year that is not named.
fn named_part(parts: &Parts) -> Option<When> {
    let ranked = parts.figures.iter().flatten().find(|figure| figure.rank).map(|figure| figure.value);
    let rank = parts.rank.or(ranked)?;
    let (grain, most) = match parts.unit?.grain {
        Grain::Quarter => (Grain::Quarter, 4),
        Grain::Half => (Grain::Half, 2),
        _ => return None,
    };
    let rank = if rank < 0 { most + 1 + rank } else { rank };
    let rank = i8::try_from(rank).ok().filter(|rank| (1..=most).contains(&i32::from(*rank)))?;
    let sub = if grain == Grain::Quarter { Sub::Quarter(rank) } else { Sub::Half(rank) };
    Some(When::Open(Fields { sub: Some(sub), ..Fields::default() }))
}

/// The beginning, middle or end of a period.
pub(super) fn edge(parts: &Parts, reference: &Reference) -> Option<When> {
    let edge = parts.edge?;
    let when = match parts.dates[0] {
        Some(when) => when,
        None => {
            let unit = parts.unit?;
            let Some(published) = reference.published else { return Some(When::Unknown(unit.grain)) };
            When::Set(Period::around(published, unit.grain, true)?)
        }
    };
    let When::Set(of) = reference.settle(when)? else { return Some(When::Unknown(when.grain()?)) };
    if !of.is_one() {
        return None;
    }
    let (start, relative) = (of.first, of.relative);
    let months = |from: i32, months: i32| -> Option<Period> {
        let first = shift(start, Grain::Month, from)?;
        let last = add_days(shift(first, Grain::Month, months)?, -1)?;
        Some(Period { grains: (Grain::Month, Grain::Month), ..Period::days(first, last, relative)? })
    };
    let days = |from: i32, to: Option<i32>| -> Option<Period> {
        let last = match to {
            Some(to) => add_days(start, to)?,
            None => of.last,
        };
        Period::days(add_days(start, from)?, last, relative)
    };
    let years = |from: i32, years: i32| -> Option<Period> {
        let first = shift(start, Grain::Year, from)?;
        let last = add_days(shift(first, Grain::Year, years)?, -1)?;
        Some(Period { grains: (Grain::Year, Grain::Year), ..Period::days(first, last, relative)? })
    };
    let period = match (of.grains.0, edge) {
        (Grain::Year, Edge::Early) => months(0, 4)?,
        (Grain::Year, Edge::Mid) => months(4, 4)?,
        (Grain::Year, Edge::Late) => months(8, 4)?,
        (Grain::Half | Grain::Quarter | Grain::Season, edge) => {
            let third = if of.grains.0 == Grain::Half { 2 } else { 1 };
            months(third * i32::from(edge as u8), third)?
        }
        (Grain::Month, Edge::Early) => days(0, Some(14))?,
        (Grain::Month, Edge::Mid) => days(9, Some(19))?,
        (Grain::Month, Edge::Late) => days(15, None)?,
        (Grain::Week, Edge::Early) => days(0, Some(2))?,
        (Grain::Week, Edge::Mid) => days(1, Some(3))?,
        (Grain::Week, Edge::Late) => days(3, None)?,
        (Grain::Decade, Edge::Early) => years(0, 3)?,
        (Grain::Decade, Edge::Mid) => years(3, 4)?,
        (Grain::Decade, Edge::Late) => years(7, 3)?,
        (Grain::Day, _) => of,
        _ => return None,
    };
    Some(When::Set(period))
}
