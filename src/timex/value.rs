//! What a part of a time expression means: fields of the calendar that are still open, or a stretch of days.
//!
//! «23 de mayo» is [`Fields`] with a month and a day; against an article of 2024 they become the [`Period`] 2024-05-23.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::Grain;
use super::calendar::{floor, last_day};
use crate::pack::dates::{Holiday, Part, Season, Term};

/// A time of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub hour: i8,
    pub minute: Option<i8>,
    pub second: Option<i8>,
    /// It is known which half of the day is meant.
    pub sure: bool,
}

impl Clock {
    /// A full hour.
    pub fn hour(hour: i8) -> Self {
        Self { hour, minute: None, second: None, sure: hour > 12 || hour == 0 }
    }

    /// The same in a part of the day: eight in the evening is 20.
    pub fn within(self, part: Part) -> Self {
        let later = match part {
            Part::Afternoon | Part::Evening => self.hour < 12,
            Part::Night => (5..12).contains(&self.hour),
            Part::Noon => self.hour < 5,
            Part::Morning | Part::Midnight => false,
        };
        let midnight = matches!(part, Part::Midnight | Part::Night) && self.hour == 12;
        let hour = if later && !self.sure { self.hour + 12 } else { self.hour };
        Self { hour: if midnight && !self.sure { 0 } else { hour }, sure: true, ..self }
    }

    fn write(self, out: &mut String) {
        let _ = write!(out, "T{:02}", self.hour % 24);
        // A full hour keeps its minutes, as the table's example of a time does.
        let _ = write!(out, ":{:02}", self.minute.unwrap_or(0));
        if let Some(second) = self.second {
            let _ = write!(out, ":{second:02}");
        }
    }

    pub fn grain(self) -> Grain {
        match (self.minute, self.second) {
            (_, Some(_)) => Grain::Second,
            (Some(_), None) => Grain::Minute,
            (None, None) => Grain::Hour,
        }
    }
}

/// What a date without a fixed place in time says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Fields {
    pub year: Option<i16>,
    pub month: Option<i8>,
    pub day: Option<i8>,
    pub weekday: Option<i8>,
    pub sub: Option<Sub>,
    /// Back or forth, and whether weekdays are counted by their week.
    pub direction: Option<(i8, bool)>,
    pub clock: Option<Clock>,
    pub part: Option<Part>,
}

/// A named part of a year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Sub {
    Quarter(i8),
    Half(i8),
    Season(Season),
    Holiday(Holiday),
    Week(i32),
}

impl Fields {
    /// The size of what they name; none where they name nothing in the calendar.
    pub fn grain(&self) -> Option<Grain> {
        if let Some(clock) = self.clock {
            return Some(clock.grain());
        }
        Some(match (self.sub, self.year, self.month, self.day, self.weekday) {
            (_, _, _, Some(_), _) | (_, _, _, _, Some(_)) | (Some(Sub::Holiday(_)), ..) => Grain::Day,
            (Some(Sub::Quarter(_)), ..) => Grain::Quarter,
            (Some(Sub::Half(_)), ..) => Grain::Half,
            (Some(Sub::Season(_)), ..) => Grain::Season,
            (Some(Sub::Week(_)), ..) => Grain::Week,
            (None, _, Some(_), None, None) => Grain::Month,
            (None, Some(_), None, None, None) => Grain::Year,
            (None, None, None, None, None) => return None,
        })
    }

    /// Both together; none where they contradict each other.
    pub fn and(self, other: Self) -> Option<Self> {
        fn one<T: PartialEq>(a: Option<T>, b: Option<T>) -> Option<Option<T>> {
            match (a, b) {
                (Some(a), Some(b)) if a != b => None,
                (a, b) => Some(a.or(b)),
            }
        }
        Some(Self {
            year: one(self.year, other.year)?,
            month: one(self.month, other.month)?,
            day: one(self.day, other.day)?,
            weekday: one(self.weekday, other.weekday)?,
            sub: one(self.sub, other.sub)?,
            direction: self.direction.or(other.direction),
            clock: one(self.clock, other.clock)?,
            part: self.part.or(other.part),
        })
    }
}

/// A stretch of days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Period {
    pub first: Date,
    /// Inside the period.
    pub last: Date,
    /// How precisely the first and the last day are told.
    pub grains: (Grain, Grain),
    pub clock: Option<Clock>,
    /// A clock time that it ends at.
    pub until: Option<Clock>,
    pub part: Option<Part>,
    /// The article's date was needed.
    pub relative: bool,
    /// The size of what the text names, where it is not that of the ends.
    pub named: Option<Grain>,
}

impl Period {
    /// The period of a grain that a day is in.
    pub fn around(date: Date, grain: Grain, relative: bool) -> Option<Self> {
        let first = floor(date, grain)?;
        Some(Self {
            first,
            last: last_day(first, grain)?,
            grains: (grain, grain),
            clock: None,
            until: None,
            part: None,
            relative,
            named: None,
        })
    }

    /// From one day to another.
    pub fn days(first: Date, last: Date, relative: bool) -> Option<Self> {
        let grains = (Grain::Day, Grain::Day);
        let days = Self { first, last, grains, clock: None, until: None, part: None, relative, named: None };
        (first <= last).then_some(days)
    }

    /// Whether it is one period of its grain, as the calendar has them.
    pub fn is_one(&self) -> bool {
        let (grain, end) = self.grains;
        grain == end && floor(self.first, grain) == Some(self.first) && last_day(self.first, grain) == Some(self.last)
    }

    /// The size of what it names.
    pub fn grain(&self) -> Grain {
        self.clock.map(Clock::grain).or(self.named).unwrap_or(self.grains.0.min(self.grains.1))
    }

    /// As ISO 8601.
    pub fn iso(&self) -> String {
        let mut out = String::with_capacity(21);
        let has_own_form =
            !matches!(self.grains.0, Grain::Weekend | Grain::Half | Grain::Season | Grain::Decade | Grain::Century);
        if let Some(until) = self.until {
            write_start(&mut out, self.first, Grain::Day, self.clock);
            out.push('/');
            write_start(&mut out, self.last, Grain::Day, Some(until));
        } else if self.is_one() && has_own_form {
            write_start(&mut out, self.first, self.grains.0, self.clock);
        } else {
            let (first, last) = self.grains;
            let one = self.is_one();
            let spelled = |grain| if one && grain == Grain::Half { Grain::Day } else { grain };
            write_start(&mut out, self.first, spelled(first), self.clock);
            out.push('/');
            write_start(&mut out, self.last, spelled(last), None);
        }
        out
    }
}

fn write_start(out: &mut String, date: Date, grain: Grain, clock: Option<Clock>) {
    let (year, month, day) = (date.year(), date.month(), date.day());
    let _ = match grain {
        Grain::Year | Grain::Decade | Grain::Century => write!(out, "{year:04}"),
        Grain::Quarter => write!(out, "{year:04}-Q{}", (month - 1) / 3 + 1),
        Grain::Half | Grain::Season | Grain::Month => write!(out, "{year:04}-{month:02}"),
        Grain::Week => {
            let week = date.iso_week_date();
            write!(out, "{:04}-W{:02}", week.year(), week.week())
        }
        Grain::Second | Grain::Minute | Grain::Hour | Grain::Day | Grain::Weekend => {
            write!(out, "{year:04}-{month:02}-{day:02}")
        }
    };
    if let Some(clock) = clock {
        clock.write(out);
    }
}

/// A date, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum When {
    /// Needs the article's date, or more words.
    Open(Fields),
    Set(Period),
    /// So many units from the date that the text spoke of last.
    Later {
        grain: Grain,
        by: i32,
    },
    /// Would need the article's date, which is not known.
    Unknown(Grain),
}

impl When {
    pub fn grain(&self) -> Option<Grain> {
        match self {
            Self::Open(fields) => fields.grain(),
            Self::Set(period) => Some(period.grain()),
            Self::Unknown(grain) | Self::Later { grain, .. } => Some(*grain),
        }
    }
}

/// A number as a part of a date.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Figure {
    pub value: i32,
    /// How many digits it is written with; none in words.
    pub digits: u8,
    /// It is a rank.
    pub rank: bool,
    /// It is no whole number.
    pub decimal: bool,
}

/// What a node means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value {
    Figure(Figure),
    Term(Term),
    Clock(Clock),
    Date(When),
}
