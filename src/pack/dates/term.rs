//! The meanings that a word may have in the calendar.
//!
//! The row of `calendar.tsv` that says `direction`, `last`, «pasado|último» is a [`Term::Direction`] back by one; that of `holiday`,
//! `easter-2`, «viernes santo» a [`Holiday`] two days before Easter.

use jiff::civil::Date;

use crate::timex::Grain;

/// What a word means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Term {
    /// 1 is Monday.
    Weekday(i8),
    /// 1 is January.
    Month(i8),
    Unit(Unit),
    /// Back or forth by so many.
    Direction(Direction),
    /// So many days from the article's own.
    Day(i32),
    Part(Part),
    Season(Season),
    Holiday(Holiday),
    Edge(Edge),
    /// The first, the last (−1) of several.
    Rank(i32),
    HalfDay(HalfDay),
    /// So many, where the word is no number.
    Count(i32),
    /// A quarter of an hour, half an hour.
    Minutes(i8),
    /// Ten years by their name: the nineties are 90.
    Decade(i16),
    /// Which quarter, `q1`.
    Quarter(i8),
    /// Which half of the year, `h1`.
    Half(i8),
    /// The moment of writing, as the end of an interval.
    Now,
}

/// Back or forth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Direction {
    /// By how many.
    pub by: i8,
    /// It counts weekdays by their week.
    pub week: bool,
    /// It looks from what the text spoke of last: the following day.
    pub told: bool,
}

/// A length in the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unit {
    pub grain: Grain,
    /// How many of the grain: a fortnight is two weeks.
    pub times: i32,
    /// From summer to summer: school years, seasons of sports.
    pub cycle: bool,
    /// The word is a plural, which without a number names no time.
    pub plural: bool,
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Morning,
    Noon,
    Afternoon,
    Evening,
    Night,
    Midnight,
}

/// A season, as months of the northern half of the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// A stretch of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edge {
    Early,
    Mid,
    Late,
}

/// Before or after noon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HalfDay {
    Am,
    Pm,
}

/// A day that is found anew each year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holiday {
    /// A fixed date.
    Fixed { month: i8, day: i8 },
    /// So many days from Easter.
    Easter(i32),
    /// The n-th such weekday of a month, from its end where negative, and so many days further.
    Nth { month: i8, weekday: i8, nth: i8, then: i32 },
}

impl Holiday {
    fn parse(value: &str) -> Option<Self> {
        if let Some(rest) = value.strip_prefix("easter") {
            return Some(Self::Easter(if rest.is_empty() { 0 } else { rest.parse().ok()? }));
        }
        let (month, rest) = value.split_once('-')?;
        let month = month.parse().ok()?;
        if let Some(rest) = rest.strip_prefix('w') {
            let (rest, then) = match rest.split_once('+') {
                Some((rest, then)) => (rest, then.parse().ok()?),
                None => (rest, 0),
            };
            let (weekday, nth) = rest.split_once('.')?;
            return Some(Self::Nth { month, weekday: weekday.parse().ok()?, nth: nth.parse().ok()?, then });
        }
        let day = rest.parse().ok()?;
        Date::new(2024, month, day).ok().map(|_| Self::Fixed { month, day })
    }

    /// Its date in a year.
    pub fn in_year(self, year: i16) -> Option<Date> {
        use crate::timex::calendar::{add_days, easter, nth_weekday};
        match self {
            Self::Fixed { month, day } => Date::new(year, month, day).ok(),
            Self::Easter(days) => add_days(easter(year)?, days),
            Self::Nth { month, weekday, nth, then } => add_days(nth_weekday(year, month, weekday, nth)?, then),
        }
    }
}

impl Term {
    /// Whether a word with this meaning may by itself be part of a date, so that it is worth looking around it.
    pub fn is_trigger(self, weak: bool) -> bool {
        if weak {
            return matches!(self, Self::Weekday(_) | Self::Month(_) | Self::Part(_));
        }
        matches!(
            self,
            Self::Weekday(_)
                | Self::Month(_)
                | Self::Unit(_)
                | Self::Day(_)
                | Self::Part(_)
                | Self::Season(_)
                | Self::Holiday(_)
                | Self::HalfDay(_)
                | Self::Decade(_)
                | Self::Quarter(_)
                | Self::Half(_)
                | Self::Now
        )
    }

    /// The meaning that a row of `calendar.tsv` gives.
    pub fn parse(kind: &str, value: &str) -> Option<Self> {
        Some(match kind {
            "weekday" => Self::Weekday(value.parse().ok().filter(|day| (1..=7).contains(day))?),
            "month" => Self::Month(value.parse().ok().filter(|month| (1..=12).contains(month))?),
            "unit" => Self::Unit(Unit::parse(value)?),
            "units" => Self::Unit(Unit { plural: true, ..Unit::parse(value)? }),
            "direction" => {
                let (by, week, told) = match value {
                    "last" => (-1, false, false),
                    "this" => (0, false, false),
                    "same" => (0, false, true),
                    "next" => (1, false, false),
                    "last-week" => (-1, true, false),
                    "next-week" => (1, true, false),
                    "preceding" => (-1, true, true),
                    "following" => (1, true, true),
                    "before-last" => (-2, true, false),
                    "after-next" => (2, true, false),
                    _ => return None,
                };
                Self::Direction(Direction { by, week, told })
            }
            "day" => Self::Day(value.parse().ok()?),
            "part" => Self::Part(Part::parse(value)?),
            "season" => Self::Season(match value {
                "spring" => Season::Spring,
                "summer" => Season::Summer,
                "autumn" => Season::Autumn,
                "winter" => Season::Winter,
                _ => return None,
            }),
            "holiday" => Self::Holiday(Holiday::parse(value)?),
            "edge" => Self::Edge(match value {
                "early" => Edge::Early,
                "mid" => Edge::Mid,
                "late" => Edge::Late,
                _ => return None,
            }),
            "rank" => Self::Rank(value.parse().ok().filter(|rank| *rank != 0)?),
            "half-day" => Self::HalfDay(match value {
                "am" => HalfDay::Am,
                "pm" => HalfDay::Pm,
                _ => return None,
            }),
            "count" => Self::Count(value.parse().ok()?),
            "minutes" => Self::Minutes(value.parse().ok().filter(|minutes| (-59..=59).contains(minutes))?),
            "decade" => Self::Decade(value.parse().ok()?),
            "quarter" => Self::Quarter(value.parse().ok().filter(|quarter| (1..=4).contains(quarter))?),
            "half" => Self::Half(value.parse().ok().filter(|half| (1..=2).contains(half))?),
            "now" => Self::Now,
            _ => return None,
        })
    }
}

impl Part {
    fn parse(value: &str) -> Option<Self> {
        Some(match value {
            "morning" => Self::Morning,
            "noon" => Self::Noon,
            "afternoon" => Self::Afternoon,
            "evening" => Self::Evening,
            "night" => Self::Night,
            "midnight" => Self::Midnight,
            _ => return None,
        })
    }
}

impl Unit {
    fn parse(value: &str) -> Option<Self> {
        let (grain, times, cycle) = match value {
            "second" => (Grain::Second, 1, false),
            "minute" => (Grain::Minute, 1, false),
            "hour" => (Grain::Hour, 1, false),
            "day" => (Grain::Day, 1, false),
            "weekend" => (Grain::Weekend, 1, false),
            "week" => (Grain::Week, 1, false),
            "fortnight" => (Grain::Week, 2, false),
            "month" => (Grain::Month, 1, false),
            "bimester" => (Grain::Month, 2, false),
            "quadrimester" => (Grain::Month, 4, false),
            "quarter" => (Grain::Quarter, 1, false),
            "half" => (Grain::Half, 1, false),
            "year" => (Grain::Year, 1, false),
            "cycle" => (Grain::Year, 1, true),
            "lustrum" => (Grain::Year, 5, false),
            "decade" => (Grain::Decade, 1, false),
            "century" => (Grain::Century, 1, false),
            _ => return None,
        };
        Some(Self { grain, times, cycle, plural: false })
    }
}
