//! Arithmetic on calendar days.
//!
//! `shift(2024-01-31, Month, 1)` is 2024-02-29; `nth_weekday(2024, 11, 4, 4)` is the fourth Thursday of November,
//! 2024-11-28.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::Grain;

/// So many days later.
pub(crate) fn add_days(date: Date, days: i32) -> Option<Date> {
    date.checked_add(days.days()).ok()
}

/// So many months later; the last day of the month where it is shorter.
pub(crate) fn add_months(date: Date, months: i32) -> Option<Date> {
    date.checked_add(months.months()).ok()
}

/// Easter Sunday of a year after 1582.
pub(crate) fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}

/// The n-th Monday (1) … Sunday (7) of a month, from its end where n is negative.
pub(crate) fn nth_weekday(year: i16, month: i8, weekday: i8, nth: i8) -> Option<Date> {
    let first = Date::new(year, month, 1).ok()?;
    let day = weekday_of(first);
    let ahead = i32::from(weekday - day).rem_euclid(7);
    let date = if nth > 0 {
        add_days(first, ahead + 7 * (i32::from(nth) - 1))?
    } else {
        let last = first.last_of_month();
        let back = i32::from(weekday_of(last) - weekday).rem_euclid(7);
        add_days(last, -back + 7 * (i32::from(nth) + 1))?
    };
    (date.month() == month).then_some(date)
}

/// 1 for Monday … 7 for Sunday.
pub(crate) fn weekday_of(date: Date) -> i8 {
    date.weekday().to_monday_one_offset()
}

/// The Monday of a day's week.
pub(crate) fn monday(date: Date) -> Option<Date> {
    add_days(date, 1 - i32::from(weekday_of(date)))
}

/// The Monday of an ISO week; a negative one counts from the end of the year.
pub(crate) fn week_of_year(year: i16, week: i32) -> Option<Date> {
    let first = monday(Date::new(year, 1, 4).ok()?)?;
    let next = monday(Date::new(year.checked_add(1)?, 1, 4).ok()?)?;
    let date = if week > 0 { add_days(first, 7 * (week - 1))? } else { add_days(next, 7 * week)? };
    (date < next && date >= first).then_some(date)
}

/// The first day of the period of a grain that a day is in.
pub(crate) fn floor(date: Date, grain: Grain) -> Option<Date> {
    let (year, month) = (date.year(), date.month());
    let start = |year, month| Date::new(year, month, 1).ok();
    match grain {
        Grain::Second | Grain::Minute | Grain::Hour | Grain::Day => Some(date),
        Grain::Weekend => add_days(monday(date)?, 5),
        Grain::Week => monday(date),
        Grain::Month => start(year, month),
        Grain::Quarter => start(year, (month - 1) / 3 * 3 + 1),
        Grain::Half => start(year, (month - 1) / 6 * 6 + 1),
        // December opens winter.
        Grain::Season => start(if month < 3 { year - 1 } else { year }, if month < 3 { 12 } else { month / 3 * 3 }),
        Grain::Year => start(year, 1),
        Grain::Decade => start(year.div_euclid(10) * 10, 1),
        Grain::Century => start((year - 1).div_euclid(100) * 100 + 1, 1),
    }
}

/// So many units of a grain later, not aligned to anything.
pub(crate) fn shift(date: Date, grain: Grain, by: i32) -> Option<Date> {
    let months = |months: i32| add_months(date, by.checked_mul(months)?);
    match grain {
        Grain::Second | Grain::Minute | Grain::Hour => Some(date),
        Grain::Day => add_days(date, by),
        Grain::Weekend | Grain::Week => add_days(date, by.checked_mul(7)?),
        Grain::Month => months(1),
        Grain::Quarter | Grain::Season => months(3),
        Grain::Half => months(6),
        Grain::Year => months(12),
        Grain::Decade => months(120),
        Grain::Century => months(1200),
    }
}

/// The last day of the period of a grain that begins on `start`.
pub(crate) fn last_day(start: Date, grain: Grain) -> Option<Date> {
    match grain {
        Grain::Second | Grain::Minute | Grain::Hour | Grain::Day => Some(start),
        Grain::Weekend => add_days(start, 1),
        grain => add_days(shift(start, grain, 1)?, -1),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail by panic")]
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn moving_days_are_found() {
        for (year, day) in [(2018, "2018-04-01"), (2019, "2019-04-21"), (2024, "2024-03-31")] {
            assert_eq!(easter(year), Some(date(day)));
        }
        assert_eq!(nth_weekday(2024, 11, 4, 4), Some(date("2024-11-28")));
        assert_eq!(nth_weekday(2024, 5, 1, -1), Some(date("2024-05-27")));
        assert_eq!(nth_weekday(2024, 5, 1, 5), None);
        assert_eq!(week_of_year(2021, 2), Some(date("2021-01-11")));
        assert_eq!(week_of_year(2019, -1), Some(date("2019-12-23")));
        assert_eq!(week_of_year(2021, 53), None);
    }

    #[test]
    fn periods_have_a_first_and_a_last_day() {
        for (grain, first, last) in [
            (Grain::Week, "2024-05-20", "2024-05-26"),
            (Grain::Weekend, "2024-05-25", "2024-05-26"),
            (Grain::Quarter, "2024-04-01", "2024-06-30"),
            (Grain::Season, "2024-03-01", "2024-05-31"),
            (Grain::Decade, "2020-01-01", "2029-12-31"),
            (Grain::Century, "2001-01-01", "2100-12-31"),
        ] {
            let start = floor(date("2024-05-23"), grain).unwrap();
            assert_eq!((start, last_day(start, grain)), (date(first), Some(date(last))));
        }
    }
}
