//! Open fields against the article's own date.
//!
//! In an article of Tuesday 2000-05-23 «miércoles» is the 24th where the sentence speaks of what is to come, «7 de mayo» the
//! seventh of that year, «27 de junio pasado» that of 1999. Where nothing tells, the nearest one is meant.

use jiff::civil::Date;

use super::Grain;
use super::calendar::{add_days, floor, last_day, monday, shift, week_of_year, weekday_of};
use super::value::{Fields, Period, Sub, When};
use crate::pack::dates::Season;

/// What the parts of a block's time expressions are resolved against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reference {
    /// The article's own date.
    pub published: Option<Date>,
    /// What the sentence speaks of: the past (−1), what is to come (1), or both or neither.
    pub tense: i8,
    /// The date that the text spoke of last.
    pub spoken: Option<Period>,
}

/// A date that does not lie where the sentence's tense says is as far as this many.
const AGAINST_TENSE: i32 = 4;

impl Reference {
    /// The period that fields name; none where they name none, or none that exists.
    pub fn resolve(&self, fields: Fields) -> Option<When> {
        let grain = fields.grain()?;
        let relative = fields.year.is_none();
        let period = if let Some(year) = fields.year {
            in_year(&fields, year)?
        } else {
            let Some(published) = self.published else {
                // «30 de febrero» is no date of any year.
                if let (Some(month), Some(day)) = (fields.month, fields.day) {
                    Date::new(2024, month, day).ok()?;
                }
                return Some(When::Unknown(grain));
            };
            self.nearest(&fields, published)?
        };
        Some(When::Set(Period { clock: fields.clock, part: fields.part, relative, ..period }))
    }

    /// A date as a period.
    pub fn settle(&self, when: When) -> Option<When> {
        match when {
            When::Open(fields) => self.resolve(fields),
            When::Later { grain, by } => {
                let spoken = self.spoken?;
                let start = if by > 0 && !spoken.is_one() { spoken.last } else { spoken.first };
                // Weeks from a month are no week.
                if grain < spoken.grains.0 {
                    return None;
                }
                let date = shift(start, grain, by)?;
                let told = if spoken.grains.0 == Grain::Day { Grain::Day } else { grain };
                Some(When::Set(Period::around(date, told, spoken.relative)?))
            }
            other => Some(other),
        }
    }

    fn nearest(&self, fields: &Fields, published: Date) -> Option<Period> {
        if fields.month.is_none() && fields.sub.is_none() {
            return match (fields.day, fields.weekday) {
                (Some(day), weekday) => self.day_of_month(fields, day, weekday, published),
                (None, Some(weekday)) => self.weekday(fields, weekday, published),
                (None, None) => Period::around(published, Grain::Day, true).filter(|_| fields.clock.is_some()),
            };
        }
        // A year back and forth, and to the next leap year.
        let years = (-8..=8).filter_map(|by| published.year().checked_add(by));
        let all = years.filter_map(|year| in_year(fields, year));
        self.choose(all, fields.direction, published)
    }

    /// The one that direction or tense asks for, or the nearest.
    fn choose(
        &self,
        all: impl Iterator<Item = Period>,
        direction: Option<(i8, bool)>,
        published: Date,
    ) -> Option<Period> {
        let distance = |period: &Period| -> i32 {
            if period.last < published {
                -days_between(period.last, published)
            } else if period.first > published {
                days_between(published, period.first)
            } else {
                0
            }
        };
        let cost = |period: &Period| -> i32 {
            let days = distance(period);
            // How far its middle is off tells two years apart where the day itself does not.
            let tensed = days.signum() * i32::from(self.tense) < 0 && days != 0;
            days.abs() * if tensed { AGAINST_TENSE } else { 2 }
        };
        match direction {
            Some((by, _)) if by < 0 => all.filter(|p| distance(p) < 0).min_by_key(|p| distance(p).abs()),
            Some((by, _)) if by > 0 => all.filter(|p| distance(p) > 0).min_by_key(distance),
            Some(_) => all.filter(|p| p.first.year() == published.year()).min_by_key(|p| distance(p).abs()),
            None => all.min_by_key(cost),
        }
    }

    fn day_of_month(&self, fields: &Fields, day: i8, weekday: Option<i8>, published: Date) -> Option<Period> {
        let first = floor(published, Grain::Month)?;
        let months = if weekday.is_some() { 14 } else { 2 };
        let all = (-months..=months).filter_map(|by| {
            let month = shift(first, Grain::Month, by)?;
            let date = Date::new(month.year(), month.month(), day).ok()?;
            let fits = weekday.is_none_or(|weekday| weekday_of(date) == weekday);
            fits.then(|| Period::around(date, Grain::Day, true)).flatten()
        });
        self.choose(all, fields.direction, published)
    }

    fn weekday(&self, fields: &Fields, weekday: i8, published: Date) -> Option<Period> {
        let monday = monday(published)?;
        let in_week = |by: i32| add_days(monday, 7 * by + i32::from(weekday) - 1);
        let date = match fields.direction {
            Some((by, true)) => in_week(i32::from(by))?,
            Some((0, false)) => in_week(0)?,
            Some((by, false)) => {
                let ahead = i32::from(weekday - weekday_of(published)).rem_euclid(7);
                let ahead = if by > 0 && ahead == 0 { 7 } else { ahead };
                add_days(published, if by > 0 { ahead } else { ahead - 7 })?
            }
            None => {
                let all = (-1..=1).filter_map(|by| Period::around(in_week(by)?, Grain::Day, true));
                return self.choose(all, None, published);
            }
        };
        Period::around(date, Grain::Day, true)
    }
}

/// Days from one date to a later one.
fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX / 8, |span| span.get_days())
}

/// What fields name in a year.
fn in_year(fields: &Fields, year: i16) -> Option<Period> {
    let of_months = |month: i8, months: i32, grain| {
        let first = Date::new(year, month, 1).ok()?;
        let last = add_days(shift(first, Grain::Month, months)?, -1)?;
        Some(Period { last, grains: (grain, grain), ..Period::around(first, Grain::Month, false)? })
    };
    if let Some(sub) = fields.sub {
        return match sub {
            Sub::Quarter(quarter) => of_months(3 * quarter - 2, 3, Grain::Quarter),
            Sub::Half(half) => of_months(6 * half - 5, 6, Grain::Half),
            Sub::Season(season) => {
                let month = match season {
                    Season::Spring => 3,
                    Season::Summer => 6,
                    Season::Autumn => 9,
                    Season::Winter => 12,
                };
                of_months(month, 3, Grain::Season)
            }
            Sub::Holiday(holiday) => Period::around(holiday.in_year(year)?, Grain::Day, false),
            Sub::Week(week) => Period::around(week_of_year(year, week)?, Grain::Week, false),
        };
    }
    match (fields.month, fields.day) {
        (Some(month), Some(day)) => Period::around(Date::new(year, month, day).ok()?, Grain::Day, false),
        (Some(month), None) => Period::around(Date::new(year, month, 1).ok()?, Grain::Month, false),
        (None, None) if fields.weekday.is_none() => {
            let first = Date::new(year, 1, 1).ok()?;
            Some(Period { last: last_day(first, Grain::Year)?, ..Period::around(first, Grain::Year, false)? })
        }
        _ => None,
    }
}
