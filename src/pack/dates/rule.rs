//! The rules of `dates.toml`.
//!
//! ```toml
//! [[rule]]
//! id = "es.timex.ago"
//! pattern = "hace <n> <unit>"
//! value = "offset"
//! with = { dir = "last" }
//! yes = ["hace dos semanas = 2024-W19"]
//! no = ["hace dos casas"]
//! ```

use serde::Deserialize;

use super::term::Term;
use crate::pack::rules::OneOrMany;

/// The file of the rules.
pub(crate) const DATES: &str = "dates.toml";

/// A file of date rules.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DateRulesFile {
    #[serde(default)]
    pub rule: Vec<DateRule>,
}

/// What a rule makes of its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Op {
    /// Puts their fields together: day, month, year, weekday, direction, clock.
    #[default]
    Merge,
    /// A unit and a direction: this week; with a number the last so many.
    Shift,
    /// A number of units back or forth, from the article or from a date.
    Offset,
    /// As `Offset`, from the date that the text spoke of last.
    Later,
    /// Which of the units or weekdays of a period: the third week of April.
    Nth,
    /// The beginning, middle or end of a period.
    Part,
    /// From one date to another.
    Interval,
    /// Ten years by their number or name.
    Decade,
    /// The week that a day is in, or the so-manieth week of a year.
    Week,
    /// The weekend beside or around a day.
    Weekend,
    /// A year said as two numbers: nineteen ninety.
    Century,
    /// Two dates that are one: today, Tuesday.
    Same,
    /// A number that takes its month and year from the date behind it.
    Share,
    /// A time of the day.
    Clock,
    /// A number of minutes before the hour.
    To,
    /// The hour, and a number of minutes before it.
    Less,
    /// A number of minutes behind the hour.
    Past,
    /// A year of schools, sports or accounts.
    Cycle,
    /// What is left of a period, or is over of it: later this year.
    Rest,
    /// From a date, so many units.
    Starting,
    /// It is none: keeps others from reading it.
    Nothing,
}

/// What a rule adds to its parts.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct With {
    dir: Option<String>,
    unit: Option<String>,
    n: Option<i32>,
    edge: Option<String>,
    rank: Option<i32>,
    part: Option<String>,
    day: Option<i32>,
    quarter: Option<i8>,
    half: Option<i8>,
    minutes: Option<i8>,
}

impl With {
    /// The parts, or the name and value of what is none.
    pub fn terms(&self) -> Result<Vec<Term>, (&'static str, String)> {
        let text = |value: &Option<String>| value.clone();
        let number = |value: Option<i32>| value.map(|n| n.to_string());
        let small = |value: Option<i8>| value.map(|n| n.to_string());
        let all = [
            ("direction", text(&self.dir)),
            ("unit", text(&self.unit)),
            ("count", number(self.n)),
            ("edge", text(&self.edge)),
            ("rank", number(self.rank)),
            ("part", text(&self.part)),
            ("day", number(self.day)),
            ("quarter", small(self.quarter)),
            ("half", small(self.half)),
            ("minutes", small(self.minutes)),
        ];
        let given = all.into_iter().filter_map(|(kind, value)| value.map(|value| (kind, value)));
        given.map(|(kind, value)| Term::parse(kind, &value).ok_or((kind, value))).collect()
    }
}

/// A rule and its examples.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DateRule {
    /// `language.timex.name`; unique in all packs.
    pub id: String,
    /// What it looks for.
    pub(crate) pattern: OneOrMany,
    /// What it makes of it.
    #[serde(default)]
    pub(crate) value: Op,
    #[serde(default)]
    pub(crate) with: With,
    /// It makes only parts for other rules.
    #[serde(default)]
    pub(crate) inner: bool,
    /// It is no date where a quantity stands there.
    #[serde(default)]
    pub(crate) bare: bool,
    /// Its first word is written small: with a capital it is a name.
    #[serde(default)]
    pub(crate) small: bool,
    /// It holds only where the sentence speaks of what is to come.
    #[serde(default)]
    pub(crate) future: bool,
    /// The language of its examples, where it is a rule of the root pack.
    #[serde(default)]
    pub(crate) language: Option<String>,
    /// Texts and what is read there.
    #[serde(default)]
    pub(crate) yes: Vec<String>,
    /// Texts where it must not decide.
    #[serde(default)]
    pub(crate) no: Vec<String>,
    /// The parts of `with`.
    #[serde(skip)]
    pub(crate) terms: Vec<Term>,
}

/// A `yes` example.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct DateExample<'a> {
    pub text: &'a str,
    pub value: &'a str,
}

impl<'a> DateExample<'a> {
    /// The day on which all examples were published, a Thursday.
    pub const PUBLISHED: &'static str = "2024-05-23";

    /// «text = value»; `-` for no value.
    pub fn parse(example: &'a str) -> Option<Self> {
        let (text, value) = example.rsplit_once(" = ")?;
        Some(Self { text, value: if value == "-" { "" } else { value } })
    }
}
