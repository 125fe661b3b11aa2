//! The smallest parts of time expressions: words of the calendar, numbers, and what digits and marks alone tell.
//!
//! `12/05/2024`, `2024-05-23T10:30`, `23.5.2024`, `20:15` are dates and clock times by their shape; which of two numbers is
//! the month is the pack's to say, unless only one can be.

use jiff::civil::Date;

use super::Grain;
use super::chart::Chart;
use super::ops::full_year;
use super::value::{Clock, Fields, Figure, Period, Value, When};
use crate::numeral::{Form, Number, Numeral};
use crate::pack::dates::{Cat, DateOrder};
use crate::text::Token;

/// A leaf's rule is none.
pub(super) const NO_RULE: u16 = u16::MAX;

/// Reads the digits of a block.
#[derive(Clone, Copy)]
pub(super) struct Digits<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub order: DateOrder,
    pub published: Option<Date>,
}

/// A run of digits with its length.
#[derive(Clone, Copy, Debug)]
struct Run {
    value: i32,
    digits: u8,
}

fn run(text: &str) -> Option<Run> {
    let digits = u8::try_from(text.len()).ok().filter(|n| (1..=8).contains(n))?;
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some(Run { value: text.parse().ok()?, digits })
}

impl Digits<'_> {
    fn surface(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.span.of(self.text))
    }

    fn run(&self, at: usize) -> Option<Run> {
        run(self.surface(at))
    }

    /// A number that stands right behind the mark that stands right behind what is before it.
    fn joined(&self, at: usize, mark: char) -> Option<Run> {
        let sign = self.tokens.get(at)?;
        let number = self.tokens.get(at + 1)?;
        if !sign.is(mark) || sign.space_before() || !number.is_number() || number.space_before() {
            return None;
        }
        self.run(at + 1)
    }

    /// Whether the token goes on a longer run of digits and marks, so that no date begins at it.
    fn goes_on(&self, at: usize, mark: char) -> bool {
        if self.tokens.get(at).is_none_or(Token::space_before) {
            return false;
        }
        let Some(before) = at.checked_sub(1).and_then(|i| self.tokens.get(i)) else { return false };
        let two = at.checked_sub(2).and_then(|i| self.tokens.get(i));
        // `1-10-2018-7-10-2018` are two.
        let closed = two.is_some_and(|two| two.span.len() == 4 && mark != ':');
        before.is(mark) && !before.space_before() && two.is_some_and(Token::is_number) && !closed
    }

    /// Adds what the digits at a token are.
    pub fn add(&self, at: usize, chart: &mut Chart) {
        let surface = self.surface(at);
        let Some(first) = run(surface) else { return self.dotted(at, surface, chart) };
        let figure = Figure { value: first.value, digits: first.digits, rank: false, decimal: false };
        chart.leaf(Cat::Number, at, at + 1, Value::Figure(figure), false);
        let follows = self.tokens.get(at + 1).filter(|mark| !mark.space_before() && !mark.is_word());
        let compact = first.digits == 8;
        if compact && (19_000_101..21_000_000).contains(&first.value) {
            let (year, rest) = (first.value / 10_000, first.value % 10_000);
            self.date(at, at + 1, year, rest / 100, rest % 100, chart);
        }
        if follows.is_none() {
            self.spaced(at, first, chart);
        }
        let Some(mark) = follows else { return };
        if mark.is(':') {
            return self.clock(at, first, chart);
        }
        let Some(mark) = ['/', '-', '.'].into_iter().find(|c| mark.is(*c)) else { return };
        let Some(second) = self.joined(at + 1, mark) else { return };
        let tied = self.goes_on(at, mark);
        if let Some(third) = self.joined(at + 3, mark) {
            if !tied {
                self.three(at, at + 5, [first, second, third], mark, chart);
            }
        } else {
            self.two(at, at + 3, first, second, mark, chart);
        }
    }

    /// `2016 10 16`
    fn spaced(&self, at: usize, first: Run, chart: &mut Chart) {
        if first.digits != 4 || !(1900..2100).contains(&first.value) {
            return;
        }
        let (Some(second), Some(third)) = (self.run(at + 1), self.run(at + 2)) else { return };
        let alone = self.tokens.get(at + 3).is_none_or(|token| !token.is_number());
        if second.digits == 2 && third.digits == 2 && alone {
            self.date(at, at + 3, first.value, second.value, third.value, chart);
        }
    }

    /// `12.05.2024`, `20.30`, `2,5`
    fn dotted(&self, at: usize, surface: &str, chart: &mut Chart) {
        let mut parts = surface.split('.');
        let runs = [parts.next(), parts.next(), parts.next()].map(|part| part.and_then(run));
        match (runs, parts.next()) {
            ([Some(a), Some(b), Some(c)], None) => self.three(at, at + 1, [a, b, c], '.', chart),
            ([Some(hour), Some(minute), None], None) if surface.matches('.').count() == 1 => {
                self.two(at, at + 1, hour, minute, '.', chart);
                if hour.value <= 24 && minute.digits == 2 && minute.value < 60 {
                    let clock = clock_of(hour, minute, None);
                    chart.leaf(Cat::Clock, at, at + 1, Value::Clock(clock), true);
                }
            }
            _ => {}
        }
        let figure = Figure { value: 0, digits: 0, rank: false, decimal: true };
        chart.leaf(Cat::Number, at, at + 1, Value::Figure(figure), false);
    }

    /// `20:15`, `20:15:30`
    fn clock(&self, at: usize, hour: Run, chart: &mut Chart) {
        let Some(minute) = self.joined(at + 1, ':') else { return };
        let second = self.joined(at + 3, ':');
        let fits = |run: Run| run.digits == 2 && run.value < 60;
        if hour.value > 24
            || hour.digits > 2
            || !fits(minute)
            || second.is_some_and(|s| !fits(s))
            || self.goes_on(at, ':')
        {
            return;
        }
        let end = if second.is_some() { at + 5 } else { at + 3 };
        chart.leaf(Cat::Clock, at, end, Value::Clock(clock_of(hour, minute, second)), false);
    }

    fn three(&self, at: usize, end: usize, runs: [Run; 3], mark: char, chart: &mut Chart) {
        let [a, b, c] = runs;
        if a.digits == 4 {
            if a.value >= 1000 && b.digits <= 2 && c.digits <= 2 {
                self.date(at, end, a.value, b.value, c.value, chart);
            }
            return;
        }
        if a.digits > 2 || b.digits > 2 || !matches!(c.digits, 2 | 4) || c.digits == 4 && c.value < 1000 {
            return;
        }
        let year = if c.digits == 4 { Some(c.value) } else { full_year(c.value, self.published).map(i32::from) };
        let Some(year) = year else { return };
        if self.order == DateOrder::Ymd
            && c.digits == 2
            && let Some(year) = full_year(a.value, self.published)
            && self.date(at, end, i32::from(year), b.value, c.value, chart)
        {
            return;
        }
        let day_first = mark == '.' || self.order != DateOrder::Mdy;
        let orders = if day_first { [(b, a), (a, b)] } else { [(a, b), (b, a)] };
        for (month, day) in orders {
            if self.date(at, end, year, month.value, day.value, chart) {
                return;
            }
        }
    }

    /// Day and month, or month and year.
    fn two(&self, at: usize, end: usize, a: Run, b: Run, mark: char, chart: &mut Chart) {
        if self.goes_on(at, mark) {
            return;
        }
        let year = |run: Run| run.digits == 4 && (1900..2100).contains(&run.value);
        let month = |run: Run| run.digits <= 2 && (1..=12).contains(&run.value);
        let next = (a.value + 1) % 100;
        let of_year = match (a, b) {
            (m, y) if month(m) && year(y) && mark != '.' => Some((y, m)),
            (y, m) if year(y) && month(m) && m.digits == 2 && mark != '.' && m.value != next => Some((y, m)),
            _ => None,
        };
        if let Some((year, month)) = of_year {
            let fields = Fields {
                year: i16::try_from(year.value).ok(),
                month: i8::try_from(month.value).ok(),
                ..Fields::default()
            };
            chart.leaf(Cat::Date, at, end, Value::Date(When::Open(fields)), false);
            return;
        }
        if a.digits > 2 || b.digits > 2 {
            return;
        }
        let orders = if self.order == DateOrder::Mdy { [(a, b), (b, a)] } else { [(b, a), (a, b)] };
        for (month, day) in orders {
            let (Ok(month), Ok(day)) = (i8::try_from(month.value), i8::try_from(day.value)) else { return };
            if Date::new(2024, month, day).is_ok() {
                let fields = Fields { month: Some(month), day: Some(day), ..Fields::default() };
                chart.leaf(Cat::DayMonth, at, end, Value::Date(When::Open(fields)), false);
                return;
            }
        }
    }

    fn date(&self, at: usize, end: usize, year: i32, month: i32, day: i32, chart: &mut Chart) -> bool {
        let (Ok(y), Ok(m), Ok(d)) = (i16::try_from(year), i8::try_from(month), i8::try_from(day)) else { return false };
        let Some(period) = Date::new(y, m, d).ok().and_then(|date| Period::around(date, Grain::Day, false)) else {
            return false;
        };
        chart.leaf(Cat::Date, at, end, Value::Date(When::Set(period)), false);
        // `2024-05-23T10:30`
        let joint = self.tokens.get(end).filter(|t| !t.space_before() && matches!(self.surface(end), "T" | "t"));
        if joint.is_some()
            && let (Some(hour), Some(minute)) = (self.run(end + 1), self.joined(end + 2, ':'))
        {
            let second = self.joined(end + 4, ':');
            let stop = if second.is_some() { end + 6 } else { end + 4 };
            let period = Period { clock: Some(clock_of(hour, minute, second)), ..period };
            chart.leaf(Cat::Date, at, stop, Value::Date(When::Set(period)), false);
        }
        true
    }
}

fn clock_of(hour: Run, minute: Run, second: Option<Run>) -> Clock {
    let small = |run: Run| i8::try_from(run.value).ok();
    let minute = small(minute);
    let hour = small(hour).unwrap_or(0);
    let sure = hour > 12 || hour == 0;
    Clock { hour, minute, second: second.and_then(small), sure }
}

/// «ocho y media», «ocho y cuarto», which are eight and a half and eight and a quarter.
fn half_hour(numeral: &Numeral) -> Option<Clock> {
    let quarters = numeral.value.checked_mul(4)?.to_i64()?;
    if numeral.end < numeral.start + 3 || quarters % 4 == 0 || !(0..=96).contains(&quarters) {
        return None;
    }
    let minute = i8::try_from(quarters % 4 * 15).ok();
    Some(Clock { minute, ..Clock::hour(i8::try_from(quarters / 4).ok()?) })
}

/// Adds the numbers in words, and ranks, among `numerals` that stand between two tokens.
pub(super) fn numbers(tokens: &[Token], numerals: &[Numeral], from: usize, to: usize, chart: &mut Chart) {
    let first = numerals.partition_point(|numeral| numeral.start < from);
    for numeral in numerals.iter().skip(first).take_while(|numeral| numeral.end <= to) {
        let rank = numeral.form == Form::Ordinal;
        let figures = tokens.get(numeral.start).is_some_and(Token::is_number);
        if numeral.sign.is_some() || figures && !rank || !matches!(numeral.form, Form::Cardinal | Form::Ordinal) {
            continue;
        }
        let value = numeral.value.abs();
        if let Some(clock) = half_hour(numeral) {
            chart.leaf(Cat::Clock, numeral.start, numeral.end, Value::Clock(clock), true);
        }
        if !value.is_integer() || value > Number::from(9999) || numeral.ending.is_some() || numeral.high.is_some() {
            continue;
        }
        let Some(value) = value.to_i64().and_then(|value| i32::try_from(value).ok()) else { continue };
        let digits = match numeral.literal {
            Some(literal) if figures => u8::try_from(literal.whole).unwrap_or(0),
            _ => 0,
        };
        let figure = Figure { value, digits, rank, decimal: false };
        chart.leaf(Cat::Number, numeral.start, numeral.end, Value::Figure(figure), numeral.article);
    }
}
