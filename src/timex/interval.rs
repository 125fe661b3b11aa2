//! From one date to another.
//!
//! «del 12 al 16 de junio», «de marzo a mayo de 2020», «entre ahora y noviembre»: what one end leaves open, the other tells. Two
//! clock times of a day are an interval too.

use jiff::civil::Date;

use super::Grain;
use super::ops::{Parts, fields_of, merge};
use super::resolve::Reference;
use super::value::{Clock, Fields, Figure, Period, When};

/// From one date to another; what one leaves open, the other tells.
pub(super) fn interval(parts: &Parts, reference: &Reference) -> Option<When> {
    match (parts.clocks, parts.figure(0)) {
        ([Some(from), Some(to)], _) => return hours(parts, reference, from, to),
        ([None, None], Some(hour))
            if parts.figure(1).is_some() && parts.dates[0].is_some_and(|when| when.grain() <= Some(Grain::Day)) =>
        {
            let clock = |figure: Figure| i8::try_from(figure.value).ok().filter(|h| *h <= 24).map(Clock::hour);
            let (from, to) = (clock(hour)?, clock(parts.figure(1)?)?);
            return hours(&Parts { figures: [None; 4], ..*parts }, reference, from, to);
        }
        ([Some(to), None], Some(hour)) => {
            let from = Clock::hour(i8::try_from(hour.value).ok().filter(|hour| *hour <= 24)?);
            return hours(&Parts { figures: [None; 4], ..*parts }, reference, from, to);
        }
        _ => {}
    }
    let now = || match reference.published {
        Some(published) => Period::around(published, Grain::Day, true).map(When::Set),
        None => Some(When::Unknown(Grain::Day)),
    };
    let (mut from, mut to) = match (parts.dates, parts.now) {
        ([Some(from), Some(to)], _) => (from, to),
        ([Some(one), None], true) => {
            // «between now and Friday», «March to date»: the earlier one opens it.
            let now = now()?;
            let one = match one {
                When::Open(open) => When::Open(Fields { direction: open.direction.or(parts.direction), ..open }),
                other => other,
            };
            match (reference.settle(one)?, now) {
                (When::Set(period), When::Set(today)) if period.first > today.first => (now, one),
                _ => (one, now),
            }
        }
        // «from 4 to 23 of next month»
        ([Some(month), None], false) if parts.figure(1).is_some() => {
            let When::Set(month) = reference.settle(month)? else { return Some(When::Unknown(Grain::Day)) };
            let day = |at: usize| {
                let day = i8::try_from(parts.figure(at)?.value).ok()?;
                Date::new(month.first.year(), month.first.month(), day).ok()
            };
            return Some(When::Set(Period::days(day(0)?, day(1)?, month.relative)?))
                .filter(|_| month.grains.0 == Grain::Month);
        }
        // «June 12 to 16»: the last is a number.
        ([Some(from), None], false) if parts.direction.is_some_and(|(by, _)| by > 0) => {
            let day = i8::try_from(parts.figure(0).filter(|f| f.value <= 31)?.value).ok();
            match from {
                When::Open(open) if open.month.is_some() && open.day.is_some() => {
                    (from, When::Open(Fields { day, weekday: None, ..open }))
                }
                _ => return None,
            }
        }
        // «del 12 al 16 de junio»: the first is a number.
        ([Some(to), None], false) => {
            let day = i8::try_from(parts.figure(0).filter(|f| f.value <= 31)?.value).ok()?;
            match to {
                When::Open(open) if open.day.is_some() => (When::Open(Fields { day: Some(day), ..open }), to),
                When::Set(period) if period.grains.0 == Grain::Day && period.is_one() => {
                    let date = Date::new(period.first.year(), period.first.month(), day).ok()?;
                    (When::Set(Period::around(date, Grain::Day, period.relative)?), to)
                }
                _ => return None,
            }
        }
        _ => return None,
    };
    if let (When::Open(a), When::Open(b)) = (&mut from, &mut to) {
        // «de marzo a mayo de 2020», «1 de mayo al 7», «26 a 28 de mayo»
        if a.day.is_some() && b.day.is_some() || a.sub.is_some() {
            a.month = a.month.or(b.month);
        }
        if a.day.is_some() && b.day.is_some() {
            b.month = b.month.or(a.month);
        }
        a.direction = a.direction.or(b.direction);
        if a.year.is_none() && b.year.is_some() && a.direction.is_none() && (a.month.is_some() || a.sub.is_some()) {
            a.year = b.year;
            let order = |f: &Fields| (f.month, f.sub.map(|_| 0), f.day);
            if a.sub.is_none() && order(a) > order(b) {
                a.year = a.year.and_then(|year| year.checked_sub(1));
            }
        }
        // A weekday, a day without a month: what its neighbour is measured from.
        a.weekday = a.weekday.filter(|_| a.day.is_none());
        b.weekday = b.weekday.filter(|_| b.day.is_none());
    }
    if let (When::Open(a), When::Set(b)) = (&mut from, &to)
        && a.year.is_none()
        && a.direction.is_none()
        && let (Some(month), false) = (a.month, b.relative)
    {
        // «10/1-11/2/2017»
        let before = (month, a.day.unwrap_or(1)) > (b.first.month(), b.first.day());
        a.year = b.first.year().checked_sub(i16::from(before));
    }
    let grains = (from.grain()?, to.grain()?);
    let (first, last) = match (reference.settle(from)?, to) {
        (When::Set(first), When::Open(open)) if open.year.is_none() => {
            // The end lies behind the beginning.
            let ahead = Reference { published: Some(first.first), tense: 1, spoken: None };
            let direction =
                Some((1, false)).filter(|_| first.grains.0 <= Grain::Day || open.grain() != Some(Grain::Day));
            let relative = first.relative || open.year.is_none();
            let found = ahead.resolve(Fields { direction, ..open })?;
            let When::Set(last) = found else { return None };
            (first, Period { relative: relative && first.relative, ..last })
        }
        (When::Set(first), to) => match reference.settle(to)? {
            When::Set(last) => (first, last),
            _ => return Some(When::Unknown(grains.0.min(grains.1))),
        },
        _ => return Some(When::Unknown(grains.0.min(grains.1))),
    };
    if first.first > last.last || first.first == last.first && first.last == last.last {
        return None;
    }
    Some(When::Set(Period {
        first: first.first,
        last: last.last,
        grains: (first.grains.0, last.grains.1),
        clock: first.clock,
        until: last.clock.filter(|_| first.clock.is_some()),
        part: None,
        relative: first.relative || last.relative,
        named: None,
    }))
}

/// Between two clock times of a day.
fn hours(parts: &Parts, reference: &Reference, from: Clock, to: Clock) -> Option<When> {
    let fields = Fields { clock: None, ..fields_of(parts, reference)? };
    let when = match (parts.dates[0], parts.day) {
        (Some(When::Open(open)), _) => When::Open(open.and(fields)?),
        (Some(when), _) => when,
        (None, Some(_)) => {
            merge(&Parts { clocks: [None, None], ..Parts { day: parts.day, ..Parts::default() } }, reference)?
        }
        (None, None) => When::Open(fields),
    };
    let When::Set(day) = reference.settle(when)? else { return Some(When::Unknown(Grain::Hour)) };
    if day.grains.0 != Grain::Day || day.clock.is_some() {
        return None;
    }
    let part = day.part.or(parts.fields.part);
    let to = part.map_or(to, |part| to.within(part));
    let same_half = to.sure && to.hour >= 12 && from.hour < 12 && !from.sure && from.hour + 12 <= to.hour;
    let from = part.map_or(from, |part| from.within(part));
    let from = if same_half { Clock { hour: from.hour + 12, sure: true, ..from } } else { from };
    Some(When::Set(Period { clock: Some(from), until: Some(to), ..day }))
}
