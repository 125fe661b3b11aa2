//! Units counted from a date or from the article.
//!
//! In an article of 2024-05-23 «la próxima semana» is 2024-W22, «hace un mes» 2024-04, «los últimos tres días» the 20th to the 22nd.

use jiff::civil::Date;

use super::Grain;
use super::calendar::{add_days, floor, last_day, shift};
use super::ops::{Parts, full_year, inside};
use super::portion::edge;
use super::resolve::Reference;
use super::value::{Fields, Figure, Period, When};

/// A unit and a direction.
pub(super) fn shifted(parts: &Parts, reference: &Reference) -> Option<When> {
    let unit = parts.unit?;
    let (by, _) = parts.direction?;
    let counted = parts.figure(0).is_some() || parts.count.is_some();
    // «los últimos años» are no time in the calendar.
    if unit.grain < Grain::Day || unit.plural && !counted {
        return None;
    }
    if unit.cycle {
        return cycle(parts, reference);
    }
    if let (true, false, Some(spoken)) = (parts.told, counted, reference.spoken) {
        // «al día siguiente», «el mismo año»
        if spoken.grains.0 > unit.grain || !spoken.is_one() {
            return None;
        }
        let date = shift(floor(spoken.first, unit.grain)?, unit.grain, i32::from(by))?;
        return Some(When::Set(Period::around(date, unit.grain, spoken.relative)?));
    }
    let Some(published) = reference.published else { return Some(When::Unknown(unit.grain)) };
    if !counted && unit.times == 1 {
        let date = shift(floor(published, unit.grain)?, unit.grain, i32::from(by))?;
        let period = Period::around(date, unit.grain, true)?;
        return Some(When::Set(period));
    }
    let number = parts.number().checked_mul(unit.times)?;
    let aligned = matches!(unit.grain, Grain::Quarter | Grain::Half | Grain::Decade | Grain::Century | Grain::Weekend);
    let (first, last) = match (by.signum(), aligned) {
        (0, _) => return None,
        (-1, false) => (shift(published, unit.grain, -number)?, add_days(published, -1)?),
        (_, false) => (add_days(published, 1)?, shift(published, unit.grain, number)?),
        (by, true) => {
            let this = floor(published, unit.grain)?;
            let ends = if by < 0 { (-number, -1) } else { (1, number) };
            (shift(this, unit.grain, ends.0)?, last_day(shift(this, unit.grain, ends.1)?, unit.grain)?)
        }
    };
    let period = Period { named: Some(unit.grain), ..Period::days(first, last, true)? };
    Some(When::Set(if aligned { Period { grains: (unit.grain, unit.grain), ..period } } else { period }))
}

/// So many units back or forth from a date, or from the article.
pub(super) fn offset(parts: &Parts, reference: &Reference, from: Option<When>) -> Option<When> {
    let unit = parts.unit?;
    let (by, _) = parts.direction?;
    if by == 0 {
        return None;
    }
    let number = parts.number().checked_mul(unit.times)?.checked_mul(i32::from(by.signum()))?;
    let from = match from {
        Some(when) => Some(reference.settle(when)?),
        None => None,
    };
    let (start, exact, relative) = match from {
        Some(When::Set(period)) => {
            // A day counts from itself; a week or a year from the side that the words look to.
            let day = if by > 0 && !period.is_one() { period.last } else { period.first };
            (day, period.grains.0 == Grain::Day, period.relative)
        }
        Some(_) => return Some(When::Unknown(unit.grain)),
        None => match reference.published {
            Some(published) => (published, false, true),
            None => return Some(When::Unknown(unit.grain)),
        },
    };
    if unit.grain < Grain::Day {
        return None;
    }
    let date = shift(start, unit.grain, number)?;
    let grain = if exact { Grain::Day } else { unit.grain };
    let period = Period::around(date, grain, relative)?;
    Some(When::Set(match parts.fields.weekday {
        Some(_) => inside(Fields { weekday: parts.fields.weekday, ..Fields::default() }, &period)?,
        None => period,
    }))
}

/// What is left of a period, or what of it is over.
pub(super) fn rest(parts: &Parts, reference: &Reference) -> Option<When> {
    let when = match (parts.dates[0], parts.unit, reference.published) {
        (Some(when), _, _) => when,
        (None, Some(unit), Some(published)) => When::Set(Period::around(published, unit.grain, true)?),
        (None, _, _) => return Some(When::Unknown(Grain::Day)),
    };
    let When::Set(of) = reference.settle(when)? else { return Some(When::Unknown(Grain::Day)) };
    let (published, (by, _)) = (reference.published?, parts.direction?);
    if published < of.first || published > of.last || of.first == of.last {
        return edge(parts, reference);
    }
    let (first, last) = if by < 0 { (of.first, add_days(published, -1)?) } else { (add_days(published, 1)?, of.last) };
    Some(When::Set(Period { named: Some(of.grains.0), ..Period::days(first, last, true)? }))
}

/// So many units from a date on.
pub(super) fn starting(parts: &Parts, reference: &Reference) -> Option<When> {
    let unit = parts.unit?;
    let When::Set(from) = reference.settle(parts.dates[0]?)? else { return Some(When::Unknown(unit.grain)) };
    if unit.grain < Grain::Day || !from.is_one() || from.grains.0 > Grain::Week {
        return None;
    }
    let end = shift(from.first, unit.grain, parts.number().checked_mul(unit.times)?)?;
    let period = Period::days(from.first, add_days(end, -1)?, from.relative)?;
    Some(When::Set(Period { named: Some(unit.grain), ..period }))
}

/// A year of schools, sports or accounts; it runs from summer to summer.
pub(super) fn cycle(parts: &Parts, reference: &Reference) -> Option<When> {
    let of_years = |first: i16, last: i16, relative| -> Option<When> {
        let (first, last) = (Date::new(first, 1, 1).ok()?, Date::new(last, 12, 31).ok()?);
        let period = Period::days(first, last, relative)?;
        Some(When::Set(Period { grains: (Grain::Year, Grain::Year), ..period }))
    };
    if let Some(figure) = parts.figure(0) {
        let year = |figure: Figure| -> Option<i16> {
            if figure.digits == 4 {
                i16::try_from(figure.value).ok()
            } else {
                full_year(figure.value, reference.published)
            }
        };
        let first = year(figure)?;
        let last = match parts.figure(1) {
            Some(second) if second.digits == 2 => first / 100 * 100 + i16::try_from(second.value).ok()?,
            Some(second) => year(second)?,
            None => first.checked_add(1)?,
        };
        let last = if last < first { last.checked_add(100)? } else { last };
        return if last == first.checked_add(1)? { of_years(first, last, false) } else { None };
    }
    let Some(published) = reference.published else { return Some(When::Unknown(Grain::Year)) };
    let (by, _) = parts.direction?;
    let first = published.year() - i16::from(published.month() < 7) + i16::from(by);
    of_years(first, first.checked_add(1)?, true)
}
