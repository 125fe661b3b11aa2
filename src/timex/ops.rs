//! What rules make of their parts.
//!
//! «hace» + 2 + week is an offset: the week two weeks before that of the article. «tercera» + week + April is the third
//! seven days of April.

use jiff::civil::Date;

use super::Grain;
use super::calendar::{add_days, floor, last_day, monday, nth_weekday, shift, week_of_year};
use super::resolve::Reference;
use super::value::{Clock, Fields, Figure, Period, Sub, Value, When};
use crate::pack::dates::{Cat, Direction, Edge, HalfDay, Op, Part, Term, Unit};

/// The parts of a rule, sorted.
#[derive(Debug, Default, Clone, Copy)]
struct Parts {
    /// Numbers, in order.
    figures: [Option<Figure>; 4],
    dates: [Option<When>; 2],
    clocks: [Option<Clock>; 2],
    fields: Fields,
    unit: Option<Unit>,
    direction: Option<(i8, bool)>,
    /// The direction looks from what the text spoke of last.
    told: bool,
    edge: Option<Edge>,
    rank: Option<i32>,
    count: Option<i32>,
    minutes: Option<i8>,
    half_day: Option<HalfDay>,
    decade: Option<i16>,
    day: Option<i32>,
    month: Option<i8>,
    now: bool,
}

fn put<T, const N: usize>(slots: &mut [Option<T>; N], value: T) -> Option<()> {
    *slots.iter_mut().find(|slot| slot.is_none())? = Some(value);
    Some(())
}

impl Parts {
    fn of(values: impl Iterator<Item = Value>) -> Option<Self> {
        let mut parts = Self::default();
        for value in values {
            match value {
                Value::Figure(figure) => put(&mut parts.figures, figure)?,
                Value::Date(when) => put(&mut parts.dates, when)?,
                Value::Clock(clock) => put(&mut parts.clocks, clock)?,
                Value::Term(term) => parts.term(term)?,
            }
        }
        Some(parts)
    }

    fn term(&mut self, term: Term) -> Option<()> {
        let sub = |parts: &mut Self, sub| {
            parts.fields.sub = Some(sub);
        };
        match term {
            Term::Weekday(day) => self.fields.weekday = Some(day),
            Term::Month(month) => self.month = self.month.or(Some(month)),
            Term::Unit(unit) => self.unit = self.unit.or(Some(unit)),
            // «este próximo lunes»: the word that points somewhere counts.
            Term::Direction(Direction { by, week, told }) => {
                if self.direction.is_none_or(|(by, _)| by == 0) {
                    self.direction = Some((by, week));
                    self.told = told;
                }
            }
            Term::Day(days) => self.day = Some(days),
            Term::Part(part) => self.fields.part = Some(part),
            Term::Season(season) => sub(self, Sub::Season(season)),
            Term::Holiday(holiday) => sub(self, Sub::Holiday(holiday)),
            Term::Edge(edge) => self.edge = Some(edge),
            Term::Rank(rank) => self.rank = Some(rank),
            Term::HalfDay(half) => self.half_day = Some(half),
            Term::Count(count) => self.count = Some(count),
            Term::Minutes(minutes) => self.minutes = Some(minutes),
            Term::Decade(decade) => self.decade = Some(decade),
            Term::Quarter(quarter) => sub(self, Sub::Quarter(quarter)),
            Term::Half(half) => sub(self, Sub::Half(half)),
            Term::Now => self.now = true,
        }
        Some(())
    }

    fn figure(&self, at: usize) -> Option<Figure> {
        self.figures.get(at).copied().flatten()
    }

    /// How many: a number, a word for one, or one.
    fn number(&self) -> i32 {
        self.figures.iter().flatten().find(|f| !f.rank).map(|f| f.value).or(self.count).unwrap_or(1)
    }
}

/// What a rule makes of its parts, and of what kind it is.
pub(super) fn apply(op: Op, values: impl Iterator<Item = Value>, reference: &Reference) -> Option<(Cat, Value)> {
    let parts = Parts::of(values)?;
    let when = match op {
        Op::Merge => merge(&parts, reference)?,
        Op::Shift => shifted(&parts, reference)?,
        Op::Offset => offset(&parts, reference, parts.dates[0])?,
        Op::Later => {
            let (unit, (by, _)) = (parts.unit?, parts.direction?);
            let by = parts.number().checked_mul(unit.times)?.checked_mul(i32::from(by))?;
            When::Later { grain: unit.grain, by }
        }
        Op::Nth => nth(&parts, reference)?,
        Op::Part => edge(&parts, reference)?,
        Op::Interval => interval(&parts, reference)?,
        Op::Decade => decade(&parts, reference)?,
        Op::Week => week(&parts, reference)?,
        Op::Weekend => weekend(&parts, reference)?,
        Op::Century => {
            let (hundreds, rest) = (parts.figure(0)?, parts.figure(1)?);
            let year = i16::try_from(hundreds.value * 100 + rest.value).ok()?;
            When::Open(Fields { year: Some(year), month: parts.month, ..Fields::default() })
        }
        Op::Same => same(&parts, reference)?,
        Op::Share => share(&parts)?,
        Op::Cycle => cycle(&parts, reference)?,
        Op::Rest => rest(&parts, reference)?,
        Op::Starting => starting(&parts, reference)?,
        Op::Clock => return clock(&parts).map(|clock| (Cat::Clock, Value::Clock(clock))),
        Op::To => return minutes_to(&parts).map(|clock| (Cat::Clock, Value::Clock(clock))),
        Op::Less => {
            let (hour, minutes) = (parts.figure(0)?, parts.figure(1));
            let parts = Parts { figures: [minutes.or(Some(hour)), minutes.map(|_| hour), None, None], ..parts };
            return minutes_to(&parts).map(|clock| (Cat::Clock, Value::Clock(clock)));
        }
        Op::Past => {
            let (minutes, hour) = (parts.figure(0)?, parts.figure(1)?);
            let parts = Parts { figures: [Some(hour), Some(minutes), None, None], ..parts };
            return clock(&parts).map(|clock| (Cat::Clock, Value::Clock(clock)));
        }
        Op::Nothing => return Some((Cat::Nothing, Value::Date(When::Unknown(Grain::Day)))),
    };
    Some((Cat::Date, Value::Date(when)))
}

/// The year that two digits mean: the last one that is not more than twenty years ahead.
pub(super) fn full_year(value: i32, published: Option<Date>) -> Option<i16> {
    let now = published.map_or(2024, |date| i32::from(date.year()));
    let year = (now + 20).div_euclid(100) * 100 + value;
    i16::try_from(if year > now + 20 { year - 100 } else { year }).ok()
}

/// Day and year out of the numbers beside words.
fn fields_of(parts: &Parts, reference: &Reference) -> Option<Fields> {
    let mut fields = Fields { direction: parts.direction, month: parts.month, ..parts.fields };
    for figure in parts.figures.iter().flatten() {
        let is_year = figure.digits == 4 || figure.digits == 0 && figure.value > 999;
        let short = figure.digits == 2 && fields.day.is_some() && fields.year.is_none();
        if is_year || short || figure.value > 31 || fields.day.is_some() {
            let year =
                if is_year { i16::try_from(figure.value).ok()? } else { full_year(figure.value, reference.published)? };
            fields = fields.and(Fields { year: Some(year), ..Fields::default() })?;
        } else {
            fields.day = i8::try_from(figure.value).ok();
        }
    }
    if let Some(clock) = parts.clocks[0] {
        fields.clock = Some(fields.part.map_or(clock, |part| clock.within(part)));
    }
    Some(fields)
}

fn merge(parts: &Parts, reference: &Reference) -> Option<When> {
    let mut fields = fields_of(parts, reference)?;
    let mut period = None;
    if let Some(days) = parts.day {
        match reference.published {
            Some(published) => period = Period::around(add_days(published, days)?, Grain::Day, true),
            None => return Some(When::Unknown(Grain::Day)),
        }
    }
    for when in parts.dates.iter().flatten() {
        match when {
            When::Open(open) => fields = fields.and(*open)?,
            When::Set(set) if period.is_none() => period = Some(*set),
            When::Set(_) | When::Later { .. } => return None,
            When::Unknown(grain) => {
                let own = fields.grain().unwrap_or(*grain);
                return Some(When::Unknown(own.min(*grain)));
            }
        }
    }
    let Some(mut period) = period else { return Some(When::Open(fields)).filter(|when| when.grain().is_some()) };
    let clock = fields.clock.take();
    let part = fields.part.take();
    if fields.month.is_some() || fields.day.is_some() || fields.weekday.is_some() || fields.sub.is_some() {
        period = inside(fields, &period)?;
    } else if fields.year.is_some() {
        return None;
    }
    let day = period.grain() == Grain::Day || period.clock.is_some();
    if let Some(clock) = clock {
        if !day || period.clock.is_some() {
            return None;
        }
        let part = part.or(period.part);
        period.clock = Some(part.map_or(clock, |part| clock.within(part)));
    }
    if let Some(part) = part {
        if !day {
            return None;
        }
        period.part = Some(part);
        period.clock = period.clock.map(|clock| clock.within(part));
    }
    Some(When::Set(period))
}

/// What fields name inside a period: «martes» in a week, «mayo» in a year, «21» in a month.
fn inside(fields: Fields, period: &Period) -> Option<Period> {
    if !period.is_one() {
        return None;
    }
    let relative = period.relative;
    let first = period.first;
    let (year, month) = (first.year(), first.month());
    match (period.grains.0, fields) {
        (Grain::Day, Fields { month: None, sub: None, day: None, weekday: Some(_), .. }) => Some(*period),
        (Grain::Day, Fields { day: Some(day), weekday: _, month, .. }) => {
            let same = day == first.day() && month.is_none_or(|month| month == first.month());
            same.then_some(*period)
        }
        (Grain::Week, Fields { weekday: Some(weekday), day: None, month: None, .. }) => {
            Period::around(add_days(first, i32::from(weekday) - 1)?, Grain::Day, relative)
        }
        (Grain::Weekend, Fields { weekday: Some(weekday), day: None, month: None, .. }) => {
            Period::around(add_days(first, i32::from(weekday) - 6)?, Grain::Day, relative)
        }
        (Grain::Month, Fields { day: Some(day), month: None, .. }) => {
            Period::around(Date::new(year, month, day).ok()?, Grain::Day, relative)
        }
        (Grain::Year, Fields { month: None, day: None, weekday: Some(_), sub: None, .. }) => None,
        (Grain::Year, fields) => {
            let open = Fields { year: Some(year), direction: None, ..fields };
            let fixed = Reference { published: None, tense: 0, spoken: None };
            match fixed.resolve(open)? {
                When::Set(found) => Some(Period { relative, ..found }),
                _ => None,
            }
        }
        _ => None,
    }
}

/// A unit and a direction.
fn shifted(parts: &Parts, reference: &Reference) -> Option<When> {
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
fn offset(parts: &Parts, reference: &Reference, from: Option<When>) -> Option<When> {
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

/// The n-th unit or weekday of a period, or the first or last so many.
fn nth(parts: &Parts, reference: &Reference) -> Option<When> {
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
fn edge(parts: &Parts, reference: &Reference) -> Option<When> {
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

/// From one date to another; what one leaves open, the other tells.
fn interval(parts: &Parts, reference: &Reference) -> Option<When> {
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

fn decade(parts: &Parts, reference: &Reference) -> Option<When> {
    let value = match (parts.decade, parts.figure(0)) {
        (Some(value), _) => value,
        (None, Some(figure)) => i16::try_from(figure.value).ok()?,
        (None, None) => return None,
    };
    if value % 10 != 0 {
        return None;
    }
    let (year, relative) = match value {
        0..=99 => {
            let now = reference.published.map_or(2024, |date| date.year());
            let year = now.div_euclid(100) * 100 + value;
            (if year > now { year - 100 } else { year }, false)
        }
        year => (year, false),
    };
    let first = Date::new(year, 1, 1).ok()?;
    Some(When::Set(Period::around(first, Grain::Decade, relative)?))
}

fn week(parts: &Parts, reference: &Reference) -> Option<When> {
    let Some(when) = parts.dates[0] else {
        let week = parts.figure(0)?.value;
        let year = parts.figure(1).and_then(|figure| i16::try_from(figure.value).ok());
        let fields = Fields { sub: Some(Sub::Week(week)), year, ..Fields::default() };
        let this_year = Fields { year: fields.year.or(reference.published.map(Date::year)), ..fields };
        return match (year, reference.published) {
            (None, None) => Some(When::Unknown(Grain::Week)),
            _ => match reference.resolve(this_year)? {
                When::Set(period) => Some(When::Set(Period { relative: year.is_none(), ..period })),
                other => Some(other),
            },
        };
    };
    let When::Set(of) = reference.settle(when)? else { return Some(When::Unknown(Grain::Week)) };
    match of.grains.0 {
        Grain::Day if of.is_one() => Some(When::Set(Period::around(of.first, Grain::Week, of.relative)?)),
        Grain::Year => {
            let start = week_of_year(of.first.year(), parts.figure(0)?.value)?;
            Some(When::Set(Period::around(start, Grain::Week, of.relative)?))
        }
        _ => None,
    }
}

fn weekend(parts: &Parts, reference: &Reference) -> Option<When> {
    let When::Set(of) = reference.settle(parts.dates[0]?)? else { return Some(When::Unknown(Grain::Weekend)) };
    let saturday = match of.grains.0 {
        Grain::Day => add_days(monday(add_days(of.first, 1)?)?, 5)?,
        Grain::Week => add_days(of.first, 5)?,
        _ => return None,
    };
    // A Monday or Tuesday looks back to the weekend before it.
    let back = of.grains.0 == Grain::Day && saturday >= add_days(of.first, 4)?;
    let saturday = if back { add_days(saturday, -7)? } else { saturday };
    Some(When::Set(Period::around(saturday, Grain::Weekend, of.relative)?))
}

/// Two dates that are one.
fn same(parts: &Parts, reference: &Reference) -> Option<When> {
    let [Some(a), Some(b)] = parts.dates else { return None };
    if let (When::Open(a), When::Open(b)) = (a, b) {
        return a.and(b).map(When::Open);
    }
    match (reference.settle(a)?, reference.settle(b)?) {
        (When::Set(a), When::Set(b)) => {
            let same = (a.first, a.last) == (b.first, b.last);
            let clock = a.clock.or(b.clock);
            same.then_some(When::Set(Period {
                clock,
                part: a.part.or(b.part),
                relative: a.relative && b.relative,
                ..a
            }))
        }
        (When::Unknown(grain), _) | (_, When::Unknown(grain)) => Some(When::Unknown(grain)),
        _ => None,
    }
}

/// A day that takes its month from the date behind or before it.
fn share(parts: &Parts) -> Option<When> {
    let figure = parts.figure(0);
    match parts.dates[0]? {
        When::Open(open) => match (figure, parts.month) {
            (Some(figure), None) if open.day.is_some() && open.clock.is_none() => {
                let day = i8::try_from(figure.value).ok();
                Some(When::Open(Fields { day, weekday: None, ..open }))
            }
            (None, Some(month)) if open.day.is_none() && open.month.is_some() && open.year.is_some() => {
                Some(When::Open(Fields { month: Some(month), ..open }))
            }
            _ => None,
        },
        When::Set(period) if period.grains.0 == Grain::Day && period.is_one() && period.clock.is_none() => {
            let day = i8::try_from(figure?.value).ok()?;
            let date = Date::new(period.first.year(), period.first.month(), day).ok()?;
            Some(When::Set(Period::around(date, Grain::Day, period.relative)?))
        }
        _ => None,
    }
}

/// A year of schools, sports or accounts; it runs from summer to summer.
fn cycle(parts: &Parts, reference: &Reference) -> Option<When> {
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

/// What is left of a period, or what of it is over.
fn rest(parts: &Parts, reference: &Reference) -> Option<When> {
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
fn starting(parts: &Parts, reference: &Reference) -> Option<When> {
    let unit = parts.unit?;
    let When::Set(from) = reference.settle(parts.dates[0]?)? else { return Some(When::Unknown(unit.grain)) };
    if unit.grain < Grain::Day || !from.is_one() || from.grains.0 > Grain::Week {
        return None;
    }
    let end = shift(from.first, unit.grain, parts.number().checked_mul(unit.times)?)?;
    let period = Period::days(from.first, add_days(end, -1)?, from.relative)?;
    Some(When::Set(Period { named: Some(unit.grain), ..period }))
}

fn clock(parts: &Parts) -> Option<Clock> {
    let mut clock = match (parts.clocks[0], parts.figure(0)) {
        (Some(clock), _) => clock,
        (None, Some(hour)) => Clock::hour(i8::try_from(hour.value).ok().filter(|hour| *hour <= 24)?),
        (None, None) => match parts.fields.part? {
            Part::Noon => Clock { sure: true, ..Clock::hour(12) },
            Part::Midnight => Clock { sure: true, ..Clock::hour(0) },
            _ => return None,
        },
    };
    let minutes = if parts.clocks[0].is_some() { parts.figure(0) } else { parts.figure(1) };
    if let Some(minutes) = minutes {
        clock.minute = Some(i8::try_from(minutes.value).ok().filter(|m| *m < 60)?);
    }
    if let Some(minutes) = parts.minutes {
        clock.minute = Some(minutes);
        if minutes < 0 {
            clock = Clock { hour: (clock.hour + 23) % 24, minute: Some(60 + minutes), ..clock };
        }
    }
    if let Some(part) = parts.fields.part {
        clock = clock.within(part);
    }
    clock = match parts.half_day {
        _ if clock.sure && clock.hour > 12 => clock,
        Some(HalfDay::Am) => Clock { hour: clock.hour % 12, sure: true, ..clock },
        Some(HalfDay::Pm) => Clock { hour: clock.hour % 12 + 12, sure: true, ..clock },
        None => clock,
    };
    Some(clock)
}

/// Minutes before the hour.
fn minutes_to(parts: &Parts) -> Option<Clock> {
    let (hour, minutes) = match (parts.minutes, parts.figure(0)?, parts.figure(1)) {
        (Some(minutes), hour, None) => (hour.value, i32::from(minutes)),
        (None, first, Some(second)) => (second.value, first.value),
        _ => return None,
    };
    let hour = i8::try_from((hour + 23).rem_euclid(24)).ok()?;
    let minute = i8::try_from(60 - minutes).ok().filter(|minute| (1..60).contains(minute))?;
    let clock = Clock { minute: Some(minute), ..Clock::hour(hour) };
    Some(parts.fields.part.map_or(clock, |part| clock.within(part)))
}
