//! What rules make of their parts.
//!
//! «hace» + 2 + week is an offset: the week two weeks before that of the article. «tercera» + week + April is the third
//! seven days of April.

use jiff::civil::Date;

use super::Grain;
use super::calendar::{add_days, monday, week_of_year};
use super::clock::{clock, minutes_to};
use super::interval::interval;
use super::portion::{edge, nth};
use super::resolve::Reference;
use super::shift::{cycle, offset, rest, shifted, starting};
use super::value::{Clock, Fields, Figure, Period, Sub, Value, When};
use crate::pack::dates::{Cat, Direction, Edge, HalfDay, Op, Term, Unit};

/// The parts of a rule, sorted.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Parts {
    /// Numbers, in order.
    pub figures: [Option<Figure>; 4],
    pub dates: [Option<When>; 2],
    pub clocks: [Option<Clock>; 2],
    pub fields: Fields,
    pub unit: Option<Unit>,
    pub direction: Option<(i8, bool)>,
    /// The direction looks from what the text spoke of last.
    pub told: bool,
    pub edge: Option<Edge>,
    pub rank: Option<i32>,
    pub count: Option<i32>,
    pub minutes: Option<i8>,
    pub half_day: Option<HalfDay>,
    pub decade: Option<i16>,
    pub day: Option<i32>,
    pub month: Option<i8>,
    pub now: bool,
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

    pub fn figure(&self, at: usize) -> Option<Figure> {
        self.figures.get(at).copied().flatten()
    }

    /// How many: a number, a word for one, or one.
    pub fn number(&self) -> i32 {
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
pub(super) fn fields_of(parts: &Parts, reference: &Reference) -> Option<Fields> {
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

pub(super) fn merge(parts: &Parts, reference: &Reference) -> Option<When> {
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
pub(super) fn inside(fields: Fields, period: &Period) -> Option<Period> {
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
