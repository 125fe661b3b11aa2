//! The date field of a source as an ISO calendar date.
//!
//! «Thu, 23 May 2024 10:00:00 +0200», «2024-05-23T08:00:00Z», «23/05/2024», «20240523» and the epoch number 1716451200 are
//! all `2024-05-23`. The date is the one written, in the source's own time zone; epoch numbers are read in UTC.
//! «05/06/2024» may be May or June, so that it is no date.

use jiff::{Timestamp, civil::Date, fmt::rfc2822, tz::TimeZone};

/// The calendar date at the beginning of `text`, `YYYY-MM-DD`; `None` where there is none or two readings are possible.
pub(super) fn normalize(text: &str) -> Option<String> {
    let text = text.trim();
    let date = separated(text).or_else(|| compact(text)).or_else(|| epoch(text)).or_else(|| rfc2822(text))?;
    Some(date.to_string())
}

/// Three numbers with one separator: year first, else day and month if only one order is possible.
fn separated(text: &str) -> Option<Date> {
    let (first, rest) = digits(text)?;
    let separator = rest.chars().next().filter(|c| "-/.".contains(*c))?;
    let (second, rest) = digits(rest.strip_prefix(separator)?)?;
    let (third, rest) = digits(rest.strip_prefix(separator)?)?;
    if rest.starts_with(separator) {
        return None;
    }
    let number = |digits: &str| digits.parse::<i16>().ok();
    let small = |digits: &str| if digits.len() <= 2 { digits.parse::<i8>().ok() } else { None };
    if first.len() == 4 {
        return Date::new(number(first)?, small(second)?, small(third)?).ok();
    }
    if third.len() != 4 {
        return None;
    }
    let (year, left, right) = (number(third)?, small(first)?, small(second)?);
    let (day_first, month_first) = (Date::new(year, right, left).ok(), Date::new(year, left, right).ok());
    match (day_first, month_first) {
        // With full stops the day always comes first.
        (Some(date), _) if separator == '.' => Some(date),
        (Some(date), None) | (None, Some(date)) => Some(date),
        (Some(date), Some(other)) if date == other => Some(date),
        _ => None,
    }
}

/// `20240523`, alone or followed by a time.
fn compact(text: &str) -> Option<Date> {
    let (run, rest) = digits(text)?;
    if !(run.len() == 8 && (rest.is_empty() || rest.starts_with(['T', 't', ' '])) || run.len() == 14) {
        return None;
    }
    let part = |range: std::ops::Range<usize>| run.get(range)?.parse::<i16>().ok();
    let date = Date::new(part(0..4)?, i8::try_from(part(4..6)?).ok()?, i8::try_from(part(6..8)?).ok()?).ok()?;
    (date.year() >= 1000).then_some(date)
}

/// Seconds (9 to 11 digits) or milliseconds (12 to 13) since 1970, a fraction left out.
fn epoch(text: &str) -> Option<Date> {
    let (run, rest) = digits(text)?;
    let fraction = rest.strip_prefix('.').unwrap_or(rest);
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = run.parse::<i64>().ok()?;
    let timestamp = match run.len() {
        9..=11 => Timestamp::from_second(number),
        12..=13 => Timestamp::from_millisecond(number),
        _ => return None,
    };
    Some(TimeZone::UTC.to_datetime(timestamp.ok()?).date())
}

fn rfc2822(text: &str) -> Option<Date> {
    let parser = rfc2822::DateTimeParser::new().relaxed_weekday(true);
    Some(parser.parse_zoned_datetime(text).ok()?.date())
}

/// The ASCII digits at the beginning, at least one, and what follows.
fn digits(text: &str) -> Option<(&str, &str)> {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    if end == 0 { None } else { text.split_at_checked(end) }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_usual_form_gives_the_same_date() {
        for text in [
            "2024-05-23",
            " 2024-05-23T23:30:00-05:00",
            "2024-05-23 10:00",
            "2024/05/23",
            "23/05/2024",
            "05/23/2024",
            "23.5.2024",
            "23-05-2024 08:00",
            "20240523",
            "20240523T100000Z",
            "20240523100000",
            "1716451200",
            "1716451200.25",
            "1716451200000",
            "Thu, 23 May 2024 10:00:00 +0200",
            "Mon, 23 May 2024 10:00:00 GMT",
        ] {
            assert_eq!(normalize(text).as_deref(), Some("2024-05-23"), "{text}");
        }
    }

    #[test]
    fn two_readings_or_none_are_no_date() {
        for text in
            ["05/06/2024", "", "ayer", "2024", "2024-13-40", "23/05/24", "99999999", "12", "1.2.3.4", "2024-05-23-7"]
        {
            assert_eq!(normalize(text), None, "{text}");
        }
        assert_eq!(normalize("05.06.2024").as_deref(), Some("2024-06-05"));
        assert_eq!(normalize("05/05/2024").as_deref(), Some("2024-05-05"));
    }

    proptest! {
        #[test]
        fn any_text_gives_a_date_or_nothing(text in "\\PC{0,30}|[0-9/.:T -]{0,30}") {
            if let Some(date) = normalize(&text) {
                prop_assert!(date.parse::<Date>().is_ok());
            }
        }
    }
}
