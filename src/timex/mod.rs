//! Time expressions in the text, resolved to ISO 8601.
//!
//! «ayer, lunes», «hace dos semanas» and «entre 2020 y 2024» in an article of 2024-05-23 each become one [`Timex`]: its
//! span, its value (`2024-05-22`, `2024-W19`, `2020/2024`), the grain of what it names, and whether the article's own
//! date was needed to say so.

use std::sync::Arc;

use crate::text::Span;

/// The size of what a time expression names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Grain {
    /// A clock time to the second.
    Second,
    /// A clock time.
    Minute,
    /// A full hour.
    Hour,
    /// A calendar day, or a part of one.
    Day,
    /// Saturday and Sunday, or what the language means by it.
    Weekend,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A quarter.
    Quarter,
    /// Half a year.
    Half,
    /// A season of the year.
    Season,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

impl Grain {
    /// As the table writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Second => "second",
            Self::Minute => "minute",
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Weekend => "weekend",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Half => "half",
            Self::Season => "season",
            Self::Year => "year",
            Self::Decade => "decade",
            Self::Century => "century",
        }
    }
}

/// A time expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timex {
    /// Where it stands, in bytes; no article at its edges.
    pub span: Span,
    /// ISO 8601 to the precision that the text gives; empty where it could not be resolved.
    pub value: String,
    /// The size of what it names; of an interval, the finer of its ends.
    pub grain: Grain,
    /// The article's own date was needed to resolve it, or would have been.
    pub relative: bool,
    /// The rule or shape that found it.
    pub rule: Arc<str>,
}
