//! Exact numbers: a decimal, or a fraction where no finite decimal exists.
//!
//! «350.000 millones» is `35 · 10^10`, «dos tercios» is `2/3`, «33.000 PetaFLOPS» is `33 · 10^18`: never a float,
//! because an analyst's sum has to come out.

use std::cmp::Ordering;
use std::fmt;

/// Largest power of ten a number may carry: text beyond it («1e999999») names no quantity.
const MAX_EXPONENT: i32 = 400;

/// An exact rational number `numerator / denominator · 10^exponent`.
///
/// Canonical: the denominator is positive and shares no factor with 10 or the numerator, the numerator is no multiple of
/// 10. So two equal numbers are equal field by field, and a finite decimal always has denominator 1. Holds 38
/// significant digits; operations that would need more return `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Number {
    numerator: i128,
    denominator: i128,
    exponent: i32,
}

impl Number {
    /// Zero.
    pub const ZERO: Self = Self { numerator: 0, denominator: 1, exponent: 0 };
    /// One.
    pub const ONE: Self = Self { numerator: 1, denominator: 1, exponent: 0 };

    /// `numerator / denominator · 10^exponent`, reduced; `None` for a zero denominator or out of range.
    #[must_use]
    pub fn new(numerator: i128, denominator: i128, exponent: i32) -> Option<Self> {
        if denominator == 0 {
            return None;
        }
        if numerator == 0 {
            return Some(Self::ZERO);
        }
        let divisor = gcd(numerator.checked_abs()?, denominator.checked_abs()?);
        let sign = if denominator < 0 { -1 } else { 1 };
        let (mut n, mut d, mut e) = (numerator / divisor * sign, denominator / divisor * sign, exponent);
        while d % 2 == 0 {
            (n, d, e) = (n.checked_mul(5)?, d / 2, e - 1);
        }
        while d % 5 == 0 {
            (n, d, e) = (n.checked_mul(2)?, d / 5, e - 1);
        }
        while n % 10 == 0 {
            (n, e) = (n / 10, e + 1);
        }
        (e.abs() <= MAX_EXPONENT).then_some(Self { numerator: n, denominator: d, exponent: e })
    }

    /// A whole number.
    #[must_use]
    pub fn from_integer(value: i64) -> Self {
        Self::new(i128::from(value), 1, 0).unwrap_or(Self::ZERO)
    }

    /// `10^exponent`; `None` out of range.
    #[must_use]
    pub fn power_of_ten(exponent: i32) -> Option<Self> {
        Self::new(1, 1, exponent)
    }

    /// Reads `-12.5`, `1/3`, `1e6` or `2.5e-3` in the notation of the tables: `.` as the decimal mark, no grouping.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some((top, bottom)) = text.split_once('/') {
            return Self::parse(top)?.checked_div(Self::parse(bottom)?);
        }
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((m, e)) => (m, e.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (sign, digits) = match mantissa.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, mantissa),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        Self::from_digits(whole.bytes().chain(fraction.bytes()), fraction.len(), exponent)?.checked_mul(sign)
    }

    /// The number written by ASCII `digits`, the last `decimals` of them behind the decimal mark, times `10^exponent`.
    pub(crate) fn from_digits(digits: impl Iterator<Item = u8>, decimals: usize, exponent: i32) -> Option<Self> {
        let (mut mantissa, mut zeros): (i128, u32) = (0, 0);
        let mut any = false;
        for digit in digits {
            let digit = char::from(digit).to_digit(10)?;
            any = true;
            // Zeros at the end go into the exponent: a number may have more places than significant digits.
            if digit == 0 && mantissa != 0 {
                zeros = zeros.checked_add(1)?;
                continue;
            }
            if mantissa != 0 {
                mantissa = mantissa.checked_mul(10i128.checked_pow(zeros.checked_add(1)?)?)?;
            }
            mantissa = mantissa.checked_add(i128::from(digit))?;
            zeros = 0;
        }
        let exponent = exponent.checked_add(i32::try_from(zeros).ok()?)?;
        let exponent = exponent.checked_sub(i32::try_from(decimals).ok()?)?;
        if any { Self::new(mantissa, 1, exponent) } else { None }
    }

    /// Sum.
    #[must_use]
    pub fn checked_add(self, other: impl Into<Self>) -> Option<Self> {
        let other = other.into();
        if self.is_zero() || other.is_zero() {
            return Some(if self.is_zero() { other } else { self });
        }
        let exponent = self.exponent.min(other.exponent);
        let scale = |x: Self| {
            10i128.checked_pow(u32::try_from(x.exponent - exponent).ok()?).and_then(|p| x.numerator.checked_mul(p))
        };
        let left = scale(self)?.checked_mul(other.denominator)?;
        let right = scale(other)?.checked_mul(self.denominator)?;
        Self::new(left.checked_add(right)?, self.denominator.checked_mul(other.denominator)?, exponent)
    }

    /// Difference.
    #[must_use]
    pub fn checked_sub(self, other: impl Into<Self>) -> Option<Self> {
        self.checked_add(other.into().negated())
    }

    /// Product.
    #[must_use]
    pub fn checked_mul(self, other: impl Into<Self>) -> Option<Self> {
        let other = other.into();
        // Cross-reduce first, so that exact factors such as 5/9 do not overflow needlessly.
        let a = gcd(self.numerator.abs(), other.denominator).max(1);
        let b = gcd(other.numerator.abs(), self.denominator).max(1);
        Self::new(
            (self.numerator / a).checked_mul(other.numerator / b)?,
            (self.denominator / b).checked_mul(other.denominator / a)?,
            self.exponent.checked_add(other.exponent)?,
        )
    }

    /// Quotient; `None` when dividing by zero.
    #[must_use]
    pub fn checked_div(self, other: impl Into<Self>) -> Option<Self> {
        let other = other.into();
        if other.is_zero() {
            return None;
        }
        let inverse = Self::new(other.denominator, other.numerator, other.exponent.checked_neg()?)?;
        self.checked_mul(inverse)
    }

    /// The number to a whole power, negative powers included.
    #[must_use]
    pub fn checked_pow(self, power: i32) -> Option<Self> {
        let mut result = Self::ONE;
        for _ in 0..power.unsigned_abs().min(1_000) {
            result = result.checked_mul(self)?;
        }
        if power < 0 { Self::ONE.checked_div(result) } else { Some(result) }
    }

    /// The number with the other sign.
    #[must_use]
    pub fn negated(self) -> Self {
        Self { numerator: -self.numerator, ..self }
    }

    /// The number without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self { numerator: self.numerator.abs(), ..self }
    }

    /// Whether it is 0.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.numerator == 0
    }

    /// Whether it is below 0.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.numerator < 0
    }

    /// Whether it has no fractional part.
    #[must_use]
    pub fn is_integer(self) -> bool {
        self.denominator == 1 && self.exponent >= 0
    }

    /// The number as `i64`, where it is whole and fits.
    #[must_use]
    pub fn to_i64(self) -> Option<i64> {
        if !self.is_integer() {
            return None;
        }
        let power = 10i128.checked_pow(u32::try_from(self.exponent).ok()?)?;
        i64::try_from(self.numerator.checked_mul(power)?).ok()
    }

    /// The power of ten of the lowest non-zero digit: 2 for 300, -1 for 1.5; `None` for fractions and zero.
    #[must_use]
    pub fn lowest_place(self) -> Option<i32> {
        (self.denominator == 1 && self.numerator != 0).then_some(self.exponent)
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Self {
        Self::from_integer(value)
    }
}

impl From<i32> for Number {
    fn from(value: i32) -> Self {
        Self::from_integer(i64::from(value))
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        match self.checked_sub(*other) {
            Some(difference) => difference.numerator.cmp(&0),
            // Too far apart to subtract: the signs and then the magnitudes decide.
            None => match (self.is_negative(), other.is_negative()) {
                (true, false) => Ordering::Less,
                (false, true) => Ordering::Greater,
                (negative, _) => {
                    let order = self.magnitude().total_cmp(&other.magnitude());
                    if negative { order.reverse() } else { order }
                }
            },
        }
    }
}

impl Number {
    /// Decimal logarithm of the absolute value, for comparing what is too far apart to subtract.
    #[expect(clippy::cast_precision_loss, reason = "an order of magnitude is all that is asked")]
    fn magnitude(self) -> f64 {
        (self.numerator.abs() as f64 / self.denominator as f64).log10() + f64::from(self.exponent)
    }
}

/// Plain digits, `.` as the decimal mark, no grouping, no exponent, no trailing zeros; `1/3` where no finite decimal
/// exists.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let zeros = |f: &mut fmt::Formatter<'_>, count: i32| (0..count).try_for_each(|_| f.write_str("0"));
        if self.denominator != 1 && self.exponent < 0 {
            // Powers of ten below the line: cancel the twos and fives that the numerator shares with them.
            let (mut top, mut twos, mut fives) = (self.numerator, -self.exponent, -self.exponent);
            while twos > 0 && top % 2 == 0 {
                (top, twos) = (top / 2, twos - 1);
            }
            while fives > 0 && top % 5 == 0 {
                (top, fives) = (top / 5, fives - 1);
            }
            let tens = twos.min(fives);
            let rest =
                2i128.checked_pow((twos - tens).unsigned_abs()).zip(5i128.checked_pow((fives - tens).unsigned_abs()));
            let bottom = rest.and_then(|(a, b)| a.checked_mul(b)?.checked_mul(self.denominator));
            match bottom {
                Some(bottom) => write!(f, "{top}/{bottom}")?,
                None => return write!(f, "{}/{}e{}", self.numerator, self.denominator, -self.exponent),
            }
            return zeros(f, tens);
        }
        if self.denominator != 1 || self.exponent >= 0 {
            write!(f, "{}", self.numerator)?;
            zeros(f, self.exponent)?;
            if self.denominator != 1 {
                write!(f, "/{}", self.denominator)?;
            }
            return Ok(());
        }
        if self.numerator < 0 {
            f.write_str("-")?;
        }
        let digits = self.numerator.unsigned_abs().to_string();
        let decimals = usize::try_from(-self.exponent).unwrap_or(0);
        match digits.len().checked_sub(decimals) {
            Some(0) | None => {
                f.write_str("0.")?;
                (digits.len()..decimals).try_for_each(|_| f.write_str("0"))?;
                f.write_str(&digits)
            }
            Some(whole) => {
                let (left, right) = digits.split_at(whole);
                write!(f, "{left}.{right}")
            }
        }
    }
}

fn gcd(mut a: i128, mut b: i128) -> i128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail by panic")]
    use super::*;
    use proptest::prelude::*;

    fn n(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn prints_plain_decimals_and_fractions() {
        for (written, printed) in [
            ("350000e6", "350000000000"),
            ("33000e15", "33000000000000000000"),
            ("0.40", "0.4"),
            ("-0.05", "-0.05"),
            ("10380.10", "10380.1"),
            ("1/3", "1/3"),
            ("2/4", "0.5"),
            ("-5/300", "-1/60"),
            ("0", "0"),
        ] {
            assert_eq!(n(written).to_string(), printed);
        }
    }

    #[test]
    fn arithmetic_is_exact() {
        assert_eq!(n("0.1").checked_add(n("0.2")).unwrap(), n("0.3"));
        assert_eq!(n("1.1").checked_pow(23).unwrap().to_string(), "8.95430243255237372246531");
        assert_eq!(n("-2500").checked_pow(-1).unwrap(), n("-0.0004"));
        assert_eq!(n("100").checked_sub(n("32")).unwrap().checked_mul(n("5/9")).unwrap(), n("340/9"));
        assert_eq!(n("1").checked_div(n("0")), None);
    }

    #[test]
    fn order_holds_across_magnitudes() {
        assert!(n("1e300") > n("1e-300"));
        assert!(n("-1e300") < n("1e-300"));
        assert!(n("1/3") < n("0.34"));
    }

    proptest! {
        #[test]
        fn display_parses_back(numerator in any::<i64>(), denominator in 1i64..10_000, exponent in -30i32..30) {
            let number = Number::new(i128::from(numerator), i128::from(denominator), exponent).unwrap();
            prop_assert_eq!(Number::parse(&number.to_string()), Some(number));
        }
    }
}
