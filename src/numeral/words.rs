//! Number words: one machine for all languages.
//!
//! «tres billones cuatrocientos cincuenta y cinco mil doscientos veintiocho millones» is read from left to right on a
//! stack of falling parts: `3` · `10^12` | `400 + 50 + 5` · `10^3` + `200 + 28`, and `millones` multiplies all parts that are smaller
//! than itself. A word that does not fit below what stands before it begins a new number, so «veinte quince» is two.
//! When a scale takes up words that were read as the tail of the number before («dos millones tres millones»), the
//! machine goes back to where that tail began.

use super::{Number, digits::Literal};
use crate::pack::AndJoins;
use crate::pack::{NumeralRole, NumeralSense};

/// A part of the number, with the token where it began.
#[derive(Clone, Copy, Debug)]
struct Part {
    value: Number,
    token: usize,
    /// It takes what is below twenty: `soixante-douze`, `quatre-vingt-treize`.
    vigesimal: bool,
}

/// The base of vigesimal counting.
const TWENTY: i64 = 20;

impl Part {
    /// What stands behind it must be below this.
    fn room(&self) -> Option<Number> {
        let place = self.value.lowest_place().and_then(Number::power_of_ten);
        if self.vigesimal { Some(Number::from(TWENTY)) } else { place }
    }
}

/// What was read last; decides what may follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Last {
    /// Nothing.
    Start,
    /// A word that adds.
    Adder,
    /// A number in digits.
    Digits,
    /// `hundred`.
    Hundred,
    /// A scale.
    Scale,
    /// A counted noun such as `docena`.
    Noun,
}

/// Why a word could not be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// It begins something else.
    Misfit,
    /// It takes up what was read from this token on: the number ended before it.
    GoBack(usize),
}

/// A number in the making.
#[derive(Clone, Debug)]
pub(super) struct Machine {
    parts: Vec<Part>,
    pub last: Last,
    pub ordinal: bool,
    pub plural: bool,
    /// The product of the scales read since the last part that is none.
    pub scale: Number,
    pub article: bool,
}

impl Machine {
    pub fn new() -> Self {
        Self {
            parts: Vec::with_capacity(4),
            last: Last::Start,
            ordinal: false,
            plural: false,
            scale: Number::ONE,
            article: false,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// The value so far.
    pub fn value(&self) -> Option<Number> {
        self.parts.iter().try_fold(Number::ZERO, |sum, part| sum.checked_add(part.value))
    }

    /// Whether a part of this value fits below what stands before.
    pub fn fits(&self, value: Number) -> bool {
        match self.parts.last() {
            None => true,
            Some(top) => value > Number::ZERO && top.room().is_some_and(|room| room > value),
        }
    }

    /// Whether a word makes a score of the unit before it: `quatre` `vingt`.
    pub fn scores(&self, sense: NumeralSense) -> bool {
        let unit = sense.value.checked_div(Number::from(TWENTY));
        matches!(sense.role, NumeralRole::Score | NumeralRole::OrdinalScore)
            && self.last == Last::Adder
            && self.parts.last().is_some_and(|top| Some(top.value) == unit)
            && self
                .parts
                .len()
                .checked_sub(2)
                .and_then(|i| self.parts.get(i))
                .is_none_or(|above| above.room().is_some_and(|room| room > sense.value))
    }

    /// Whether the last part takes what is below twenty.
    pub fn is_vigesimal(&self) -> bool {
        self.last == Last::Adder && self.parts.last().is_some_and(|top| top.vigesimal)
    }

    /// Whether `and` may stand here before a part of this value.
    pub fn joins(&self, joins: AndJoins, value: Number) -> bool {
        let Some(place) = self.parts.last().and_then(|top| top.value.lowest_place()) else { return false };
        let tens = place == 1 && (value < Number::from(10) || self.is_vigesimal());
        let hundreds = place >= 2 && matches!(self.last, Last::Hundred | Last::Scale);
        self.fits(value)
            && match joins {
                AndJoins::Tens => tens && self.last == Last::Adder,
                AndJoins::Ones => {
                    let one = value == Number::ONE || value == Number::from(11);
                    tens && self.last == Last::Adder && one
                }
                AndJoins::Hundreds => hundreds,
                AndJoins::Both => tens || hundreds || (place >= 2 && self.last == Last::Adder),
            }
    }

    fn mark_vigesimal(&mut self) {
        if let Some(top) = self.parts.last_mut() {
            top.vigesimal = true;
        }
    }

    fn push(&mut self, value: Number, token: usize, last: Last) {
        self.parts.push(Part { value, token, vigesimal: false });
        self.last = last;
        self.scale = Number::ONE;
    }

    /// Takes a number in digits: first, or whole and small enough behind a scale.
    pub fn digits(&mut self, literal: &Literal, token: usize) -> Result<(), Stop> {
        let first = self.parts.is_empty();
        let tail = matches!(self.last, Last::Scale | Last::Hundred | Last::Adder)
            && literal.decimals == 0
            && !literal.grouped
            && self.fits(literal.value);
        if first || tail {
            self.push(literal.value, token, Last::Digits);
            Ok(())
        } else {
            Err(Stop::Misfit)
        }
    }

    /// Takes a number written as one word: all of it fits below what stands before, or none.
    pub fn compound(&mut self, other: &Self, token: usize) -> Result<(), Stop> {
        let value = other.value().ok_or(Stop::Misfit)?;
        let free = matches!(self.last, Last::Start | Last::Adder | Last::Hundred | Last::Scale);
        if !free || self.ordinal || !self.fits(value) {
            return Err(Stop::Misfit);
        }
        self.push(value, token, other.last);
        (self.ordinal, self.plural, self.scale) = (other.ordinal, other.plural, other.scale);
        Ok(())
    }

    /// Takes one reading of a word.
    pub fn word(&mut self, sense: NumeralSense, token: usize) -> Result<(), Stop> {
        let NumeralSense { role, value } = sense;
        if self.last == Last::Noun {
            return Err(Stop::Misfit);
        }
        let ordinal = matches!(role, NumeralRole::Ordinal | NumeralRole::PluralOrdinal | NumeralRole::OrdinalScore)
            || role == NumeralRole::WeakOrdinal
            || matches!(role, NumeralRole::OrdinalScale | NumeralRole::PluralOrdinalScale);
        if self.ordinal && !ordinal {
            return Err(Stop::Misfit);
        }
        match role {
            NumeralRole::Add => self.add(value, token),
            NumeralRole::Vigesimal => {
                self.add(value, token)?;
                self.mark_vigesimal();
                Ok(())
            }
            NumeralRole::Score | NumeralRole::OrdinalScore => {
                if !self.scores(sense) {
                    return Err(Stop::Misfit);
                }
                let start = self.parts.pop().map_or(token, |part| part.token);
                self.push(value, start, Last::Adder);
                self.mark_vigesimal();
                self.article = false;
                self.ordinal = ordinal;
                Ok(())
            }
            NumeralRole::Article | NumeralRole::Determiner if self.parts.is_empty() => {
                self.article = true;
                self.add(value, token)
            }
            NumeralRole::Article => self.add(value, token),
            NumeralRole::WeakOrdinal if self.parts.is_empty() => Err(Stop::Misfit),
            NumeralRole::Ordinal | NumeralRole::WeakOrdinal => {
                self.add(value, token)?;
                self.ordinal = true;
                Ok(())
            }
            NumeralRole::PluralOrdinal if self.parts.is_empty() || self.ordinal => {
                self.add(value, token)?;
                (self.ordinal, self.plural) = (true, true);
                Ok(())
            }
            NumeralRole::Hundred => self.hundred(value, token),
            NumeralRole::PluralHundred => {
                // «deux cents», «douze cents», but «vingt cents» are money.
                let smaller = self.parts.iter().filter(|part| part.value < value).map(|part| part.value);
                let count = smaller.fold(Number::ZERO, |sum, part| sum.checked_add(part).unwrap_or(sum));
                let counts = count > Number::ONE && count < Number::from(TWENTY) && count != Number::from(10);
                if counts && self.last == Last::Adder { self.hundred(value, token) } else { Err(Stop::Misfit) }
            }
            NumeralRole::Scale => self.multiply(value, token, true),
            NumeralRole::PluralScale => self.multiply(value, token, false),
            NumeralRole::OrdinalScale => {
                self.multiply(value, token, true)?;
                self.ordinal = true;
                Ok(())
            }
            NumeralRole::PluralOrdinalScale if self.parts.is_empty() => {
                self.multiply(value, token, true)?;
                (self.ordinal, self.plural) = (true, true);
                Ok(())
            }
            NumeralRole::Noun | NumeralRole::PluralNoun if !self.parts.is_empty() => {
                let product = self.value().and_then(|sum| sum.checked_mul(value)).ok_or(Stop::Misfit)?;
                let start = self.parts.first().map_or(token, |part| part.token);
                self.parts.clear();
                self.push(product, start, Last::Noun);
                self.scale = value;
                self.article = false;
                Ok(())
            }
            _ => Err(Stop::Misfit),
        }
    }

    fn add(&mut self, value: Number, token: usize) -> Result<(), Stop> {
        let free = matches!(self.last, Last::Start | Last::Adder | Last::Hundred | Last::Scale);
        if free && self.fits(value) {
            self.push(value, token, Last::Adder);
            Ok(())
        } else {
            Err(Stop::Misfit)
        }
    }

    /// Takes a ten behind its unit, as a cardinal or an ordinal: `zwei` + `und` + `zwanzig`.
    pub fn ten(&mut self, sense: NumeralSense) -> Result<(), Stop> {
        let ordinal = match sense.role {
            NumeralRole::Add => false,
            NumeralRole::Ordinal | NumeralRole::PluralOrdinal => true,
            _ => return Err(Stop::Misfit),
        };
        if self.last != Last::Adder || self.ordinal || sense.value.lowest_place() != Some(1) {
            return Err(Stop::Misfit);
        }
        let unit = self.parts.pop_if(|part| part.value > Number::ZERO && part.value < Number::from(10));
        let unit = unit.ok_or(Stop::Misfit)?;
        let sum = unit.value.checked_add(sense.value).filter(|sum| *sum < Number::from(100) && self.fits(*sum));
        // Where it does not fit, the unit stays what it was.
        self.push(sum.unwrap_or(unit.value), unit.token, Last::Adder);
        sum.ok_or(Stop::Misfit)?;
        self.ordinal = ordinal;
        self.plural |= sense.role == NumeralRole::PluralOrdinal;
        self.article = false;
        Ok(())
    }

    fn hundred(&mut self, value: Number, token: usize) -> Result<(), Stop> {
        let none_smaller = self.parts.last().is_some_and(|part| part.value >= value) && self.last == Last::Scale;
        if self.parts.is_empty() || none_smaller && self.fits(value) {
            // «duizendhonderd»: a thousand and one hundred
            self.push(value, token, Last::Hundred);
        } else {
            let limit = if self.last == Last::Digits { Number::from(1000) } else { value };
            self.take_smaller(limit, value, token)?;
            self.last = Last::Hundred;
            self.article = false;
        }
        // «two or three hundred» are 200 or 300.
        self.scale = value;
        Ok(())
    }

    /// A scale: multiplies all parts smaller than itself; alone it counts once where `alone` allows.
    fn multiply(&mut self, scale: Number, token: usize, alone: bool) -> Result<(), Stop> {
        let none_smaller = self.parts.last().is_none_or(|part| part.value >= scale);
        if none_smaller {
            if !alone || !self.fits(scale) {
                return Err(Stop::Misfit);
            }
            self.push(scale, token, Last::Scale);
            self.scale = scale;
            return Ok(());
        }
        let before = if self.last == Last::Scale { self.scale } else { Number::ONE };
        self.take_smaller(scale, scale, token)?;
        self.last = Last::Scale;
        self.scale = before.checked_mul(scale).ok_or(Stop::Misfit)?;
        self.article = false;
        Ok(())
    }

    /// Replaces the parts below `limit` by their sum times `factor`.
    fn take_smaller(&mut self, limit: Number, factor: Number, token: usize) -> Result<(), Stop> {
        let from = self.parts.iter().position(|part| part.value < limit).ok_or(Stop::Misfit)?;
        let taken = self.parts.get(from..).unwrap_or_default();
        let start = taken.first().map_or(token, |part| part.token);
        let sum = taken.iter().try_fold(Number::ZERO, |sum, part| sum.checked_add(part.value)).ok_or(Stop::Misfit)?;
        let product = sum.checked_mul(factor).ok_or(Stop::Misfit)?;
        let above = from.checked_sub(1).and_then(|i| self.parts.get(i)).and_then(|part| part.value.lowest_place());
        if above.and_then(Number::power_of_ten).is_some_and(|place| place <= product) {
            return Err(Stop::GoBack(start));
        }
        self.parts.truncate(from);
        self.parts.push(Part { value: product, token: start, vigesimal: false });
        Ok(())
    }

    /// Adds a part of the last scale («millón y medio», «six million and two thirds»), else of one.
    pub fn add_fraction(&mut self, fraction: Number, token: usize) -> Option<()> {
        let unit = if matches!(self.last, Last::Scale | Last::Noun) { self.scale } else { Number::ONE };
        self.parts.push(Part { value: fraction.checked_mul(unit)?, token, vigesimal: false });
        self.last = Last::Noun;
        Some(())
    }

    /// Multiplies everything so far («two and a half» + `million`).
    pub fn scale_all(&mut self, factor: Number) -> Option<()> {
        let product = self.value()?.checked_mul(factor)?;
        let token = self.parts.first().map_or(0, |part| part.token);
        self.parts.clear();
        self.parts.push(Part { value: product, token, vigesimal: false });
        self.scale = if self.last == Last::Scale { self.scale.checked_mul(factor)? } else { factor };
        self.last = Last::Scale;
        self.article = false;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail by panic")]
    use super::*;

    fn sense(role: NumeralRole, value: i64) -> NumeralSense {
        NumeralSense { role, value: Number::from(value) }
    }

    #[test]
    fn a_ten_behind_its_unit() {
        let mut machine = Machine::new();
        machine.word(sense(NumeralRole::Hundred, 100), 0).unwrap();
        machine.word(sense(NumeralRole::Add, 2), 0).unwrap();
        machine.ten(sense(NumeralRole::Add, 20)).unwrap();
        machine.word(sense(NumeralRole::Scale, 1000), 0).unwrap();
        assert_eq!(machine.value().unwrap(), Number::from(122_000));
    }

    #[test]
    fn scores_make_eighty_and_take_what_is_below_twenty() {
        let vingt = [sense(NumeralRole::Score, 80), sense(NumeralRole::Add, 20)];
        let mut machine = Machine::new();
        assert_eq!(machine.word(vingt[0], 0), Err(Stop::Misfit));
        machine.word(sense(NumeralRole::Hundred, 100), 0).unwrap();
        machine.word(sense(NumeralRole::Add, 4), 0).unwrap();
        machine.word(vingt[0], 0).unwrap();
        machine.word(sense(NumeralRole::Add, 13), 0).unwrap();
        assert_eq!(machine.value().unwrap(), Number::from(193));
        let mut machine = Machine::new();
        machine.word(sense(NumeralRole::Vigesimal, 60), 0).unwrap();
        assert!(machine.joins(AndJoins::Ones, Number::from(11)) && !machine.joins(AndJoins::Ones, Number::from(2)));
        machine.word(sense(NumeralRole::Add, 10), 0).unwrap();
        machine.word(sense(NumeralRole::Add, 7), 0).unwrap();
        assert_eq!(machine.value().unwrap(), Number::from(77));
        assert_eq!(machine.word(vingt[0], 0), Err(Stop::Misfit));
    }

    #[test]
    fn plural_hundreds_need_a_small_count_in_words() {
        let cents = sense(NumeralRole::PluralHundred, 100);
        let count = |values: &[i64]| {
            let mut machine = Machine::new();
            values.iter().for_each(|v| machine.word(sense(NumeralRole::Add, *v), 0).unwrap());
            machine.word(cents, 0).map(|()| machine.value().unwrap())
        };
        assert_eq!(count(&[2]), Ok(Number::from(200)));
        assert_eq!(count(&[10, 9]), Ok(Number::from(1900)));
        assert_eq!(count(&[20]), Err(Stop::Misfit));
        assert_eq!(count(&[40, 5]), Err(Stop::Misfit));
        assert_eq!(count(&[]), Err(Stop::Misfit));
    }

    #[test]
    fn a_ten_that_does_not_fit_leaves_the_unit() {
        let mut machine = Machine::new();
        machine.word(sense(NumeralRole::Add, 20), 0).unwrap();
        machine.word(sense(NumeralRole::Add, 2), 0).unwrap();
        assert_eq!(machine.ten(sense(NumeralRole::Add, 30)), Err(Stop::Misfit));
        assert_eq!(machine.value().unwrap(), Number::from(22));
    }
}
