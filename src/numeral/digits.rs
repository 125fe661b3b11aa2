//! Numbers written in digits: which separator groups, which one marks the decimals.
//!
//! `2.400` is 2400 in Spanish and 2.4 in English, `1,111.11` is the same everywhere, `1.2` cannot be grouped. So a number is
//! read by what its digits allow; where they allow both, by the article's own convention; where it shows none, by
//! the locale ([`Convention`]). Versions and addresses (`1.2.3`, `192.168.1.2`) are no numbers.

use super::Number;
use crate::pack::NumberFormat;
use crate::text::decimal_digit;

/// A number as written in digits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Literal {
    /// Its value.
    pub value: Number,
    /// Digits behind the decimal mark.
    pub decimals: usize,
    /// Digits before it.
    pub whole: usize,
    /// It has a grouping mark.
    pub grouped: bool,
    /// Its separator could have been read the other way.
    pub ambiguous: bool,
}

/// How an article writes its numbers: the locale's way, corrected by the article's unambiguous numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Convention {
    /// What `,` before three digits is.
    pub comma_groups: bool,
    /// What `.` before three digits is.
    pub dot_groups: bool,
}

/// Counts the numbers of an article that can be read in one way only.
#[derive(Clone, Copy, Debug, Default)]
pub struct Evidence {
    comma_decimal: u32,
    comma_group: u32,
    dot_decimal: u32,
    dot_group: u32,
}

impl Evidence {
    /// Takes note of one number.
    pub fn note(&mut self, text: &str) {
        let Some(shape) = Shape::of(text) else { return };
        let (decimal, group) = match (shape.separators, shape.last_once) {
            (1, true) if shape.after_last != 3 || shape.before_first > 3 || text.starts_with('0') => {
                (Some(shape.last), None)
            }
            (1, false) => (None, Some(shape.last)),
            (2, true) => (Some(shape.last), Some(shape.first)),
            _ => (None, None),
        };
        match decimal {
            Some(',') => self.comma_decimal += 1,
            Some('.') => self.dot_decimal += 1,
            _ => {}
        }
        match group {
            Some(',') => self.comma_group += 1,
            Some('.') => self.dot_group += 1,
            _ => {}
        }
    }

    /// The article's convention, given its locale's.
    ///
    /// A mark that the locale does not use for decimals flips when the article uses it so and never otherwise; the mark
    /// of the locale's decimals becomes a grouping mark when the article shows the other mark as its decimal.
    #[must_use]
    pub fn convention(&self, locale: NumberFormat) -> Convention {
        let mut convention = Convention { comma_groups: locale.decimal != ',', dot_groups: locale.decimal != '.' };
        if locale.decimal == ',' {
            convention.comma_groups = self.comma_group > 0 || (self.dot_decimal > 0 && self.comma_decimal == 0);
            convention.dot_groups = !(self.dot_decimal > 1 && self.comma_group > 0 && self.dot_group == 0);
        } else {
            convention.dot_groups = self.dot_group > 0 || (self.comma_decimal > 0 && self.dot_decimal == 0);
            convention.comma_groups = !(self.comma_decimal > 1 && self.dot_group > 0 && self.comma_group == 0);
        }
        convention
    }
}

/// What a literal looks like before it is read.
struct Shape {
    /// Different separators: 0, 1 or 2.
    separators: u32,
    first: char,
    last: char,
    /// The last separator occurs once.
    last_once: bool,
    before_first: usize,
    after_last: usize,
    digits: usize,
}

fn ascii_separator(c: char) -> char {
    match c {
        '，' | '٫' => ',',
        '．' | '·' => '.',
        '’' | '٬' => '\'',
        other => other,
    }
}

impl Shape {
    /// `None` where the digits cannot be one number.
    fn of(text: &str) -> Option<Self> {
        let mut shape =
            Self { separators: 0, first: ' ', last: ' ', last_once: false, before_first: 0, after_last: 0, digits: 0 };
        let mut count_last = 0;
        let mut group = 0;
        let mut first_groups_ok = true;
        for c in text.chars() {
            if decimal_digit(c).is_some() {
                shape.digits += 1;
                group += 1;
                continue;
            }
            let separator = ascii_separator(c);
            if shape.separators == 0 {
                (shape.first, shape.last, shape.separators, shape.before_first) = (separator, separator, 1, group);
                count_last = 1;
            } else if separator == shape.last {
                count_last += 1;
                // Groups have three digits, or two in the Indian way (12,34,567).
                first_groups_ok &= shape.separators == 1 && (group == 3 || group == 2);
            } else if shape.separators == 1 {
                first_groups_ok &= group == 3;
                (shape.last, shape.separators, count_last) = (separator, 2, 1);
            } else {
                return None;
            }
            group = 0;
        }
        shape.after_last = group;
        shape.last_once = count_last == 1;
        if shape.separators == 0 {
            shape.before_first = shape.digits;
            return Some(shape);
        }
        let plausible = match (shape.separators, shape.last_once) {
            (1, true) => true,
            (1, false) => first_groups_ok && group == 3 && shape.before_first <= 3,
            (2, true) => first_groups_ok && shape.before_first <= 3,
            _ => false,
        };
        plausible.then_some(shape)
    }
}

/// Reads digits and their separators; `None` where they are no number.
#[must_use]
pub fn read(text: &str, convention: Convention) -> Option<Literal> {
    let shape = Shape::of(text)?;
    let mut ambiguous = false;
    let decimals = match (shape.separators, shape.last_once) {
        (1, true) => {
            let three = shape.after_last == 3 && shape.before_first <= 3 && !text.starts_with('0');
            ambiguous = three && shape.last != '\'' && !text.ends_with("000");
            // Three zeros are no decimals anyone writes: «870,000».
            let zeros = three && text.ends_with("000");
            let groups = zeros
                || three
                    && match shape.last {
                        ',' => convention.comma_groups,
                        '.' => convention.dot_groups,
                        _ => true,
                    };
            if groups { 0 } else { shape.after_last }
        }
        (2, true) => shape.after_last,
        _ => 0,
    };
    let digits = text.chars().filter_map(decimal_digit).map(|d| d + b'0');
    let value = Number::from_digits(digits, decimals, 0)?;
    let grouped = shape.separators == 2 || (shape.separators == 1 && decimals == 0);
    Some(Literal { value, decimals, whole: shape.digits - decimals, grouped, ambiguous })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPANISH: Convention = Convention { comma_groups: false, dot_groups: true };
    const ENGLISH: Convention = Convention { comma_groups: true, dot_groups: false };

    fn value(text: &str, convention: Convention) -> Option<String> {
        read(text, convention).map(|l| l.value.to_string())
    }

    #[test]
    fn digits_decide_before_the_locale() {
        for (text, es, en) in [
            ("2.400", "2400", "2.4"),
            ("2,400", "2.4", "2400"),
            ("2.400,5", "2400.5", "2400.5"),
            ("1,234.5", "1234.5", "1234.5"),
            ("1.2", "1.2", "1.2"),
            ("63,188", "63.188", "63188"),
            ("1.234.567", "1234567", "1234567"),
            ("12,34,567", "1234567", "1234567"),
            ("12,34,567.89", "1234567.89", "1234567.89"),
            ("2'400", "2400", "2400"),
            ("2’5", "2.5", "2.5"),
            ("0,125", "0.125", "0.125"),
            ("１２．５", "12.5", "12.5"),
            ("0033", "33", "33"),
        ] {
            assert_eq!(value(text, SPANISH).as_deref(), Some(es), "{text} in Spanish");
            assert_eq!(value(text, ENGLISH).as_deref(), Some(en), "{text} in English");
        }
    }

    #[test]
    fn versions_and_addresses_are_no_numbers() {
        for text in ["1.2.3", "192.168.1.2", "1,2,3", "12.05.2024", "1.234,567,8"] {
            assert_eq!(value(text, SPANISH), None, "{text}");
        }
    }

    #[test]
    fn an_article_overrules_its_locale() {
        let locale = NumberFormat { decimal: ',', group: '.' };
        let mut evidence = Evidence::default();
        evidence.note("1,200.50");
        assert!(evidence.convention(locale).comma_groups);
        let mut plain = Evidence::default();
        plain.note("2,5");
        assert_eq!(plain.convention(locale), SPANISH);
    }
}
