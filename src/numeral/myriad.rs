//! Numbers in groups of four digits, each number word an ideograph of its own: «三亿五千万», `3500亿`, «三分之一».
//!
//! Digits, tens and scales alternate: `三` is a coefficient that waits for `亿`; `千` multiplies the coefficient before it, `万` and
//! `亿` everything smaller than themselves. So «一万五千亿» is 15,000 · 10^8 and «三亿五千万» is 3 · 10^8 + 5,000 · 10^4. Coefficients may
//! be digits (`5万4千`), scales may follow one another («万亿»). A digit at the end is of the next lower place («一百五» is 150,
//! «两万三» is 23,000) unless a zero stands before it («一百零五»); digits without tens are spelled («二〇二四») or, where the second
//! follows the first in counting, two ends («七八个»). «余», «多» or «几» inside («500余万») say that it is more.

use super::digits::{self, Literal};
use super::part::vulgar;
use super::scan::{Reader, Run};
use super::words::Machine;
use super::{Form, Number, Numeral};
use crate::pack::{NumeralRole, Sense};
use crate::text::{Token, TokenKind};

/// A cardinal, read.
#[derive(Clone, Copy)]
struct Cardinal {
    value: Number,
    end: usize,
    /// It is digits alone.
    literal: Option<Literal>,
    /// The scales at its end, multiplied.
    scale: Number,
    /// «余», «多» or «几» stands in it.
    over: bool,
    /// The second of two ends.
    high: Option<Number>,
}

/// A cardinal in the making.
#[derive(Clone)]
struct Count {
    /// Values closed by a scale, falling.
    parts: Vec<Number>,
    /// The group of four digits in the making.
    group: Number,
    /// A coefficient that waits for what it counts, and whether it may be a digit of the place below.
    waiting: Option<(Number, bool)>,
    /// The last ten, hundred, thousand or scale; zero at the start.
    place: Number,
    /// A zero stands since then.
    zero: bool,
    /// The last word was a scale.
    scaled: bool,
    scale: Number,
    over: bool,
}

impl Count {
    fn new() -> Self {
        let zero = Number::ZERO;
        Self {
            parts: Vec::new(),
            group: zero,
            waiting: None,
            place: zero,
            zero: false,
            scaled: false,
            scale: Number::ONE,
            over: false,
        }
    }

    fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.group.is_zero()
    }

    /// Ten, hundred or thousand.
    fn place(&mut self, place: Number, first: bool) -> Option<()> {
        let ten = place == Number::from(10);
        let coefficient = match self.waiting {
            Some((coefficient, _)) => coefficient,
            // «千三», «一万零十二»
            None if first || ten && !self.scaled_ten() => Number::ONE,
            None => return None,
        };
        let product = coefficient.checked_mul(place)?;
        let below = |limit: Number| limit > product;
        let group = self.group.lowest_place().and_then(Number::power_of_ten).is_none_or(below);
        let part = self.parts.last().and_then(|part| part.lowest_place()).and_then(Number::power_of_ten);
        if !group || !part.is_none_or(below) || !coefficient.is_integer() && !self.is_empty() {
            return None;
        }
        self.group = self.group.checked_add(product)?;
        (self.waiting, self.place, self.zero, self.scaled, self.scale) = (None, place, false, false, Number::ONE);
        Some(())
    }

    /// Whether a ten stands right before: «十十» is nothing.
    fn scaled_ten(&self) -> bool {
        self.place == Number::from(10) && !self.scaled
    }

    /// A scale: multiplies everything smaller than itself.
    fn scale(&mut self, scale: Number) -> Option<()> {
        let waiting = self.waiting.map_or(Number::ZERO, |(value, _)| value);
        let current = self.group.checked_add(waiting)?;
        if current.is_zero() {
            // «万亿», «万万»
            let last = self.parts.pop().filter(|_| self.scaled)?;
            let from = self.parts.iter().position(|part| *part < scale).unwrap_or(self.parts.len());
            let sum = self.parts.split_off(from).into_iter().try_fold(last, Number::checked_add)?;
            self.parts.push(sum.checked_mul(scale)?);
            self.scale = self.scale.checked_mul(scale)?;
        } else {
            let from = self.parts.iter().position(|part| *part < scale).unwrap_or(self.parts.len());
            let above = from.checked_sub(1).and_then(|i| self.parts.get(i)).and_then(|part| part.lowest_place());
            let sum = self.parts.get(from..)?.iter().try_fold(current, |sum, part| sum.checked_add(*part))?;
            let product = sum.checked_mul(scale)?;
            if above.and_then(Number::power_of_ten).is_some_and(|place| place <= product) {
                return None;
            }
            self.parts.truncate(from);
            self.parts.push(product);
            self.scale = scale;
        }
        (self.group, self.waiting, self.place, self.zero, self.scaled) = (Number::ZERO, None, scale, false, true);
        Some(())
    }

    /// The value, a waiting digit taken as the language does.
    fn value(&self) -> Option<Number> {
        let mut sum = self.parts.iter().try_fold(self.group, |sum, part| sum.checked_add(*part))?;
        if let Some((value, digit)) = self.waiting {
            let hundred = Number::from(100);
            let of =
                if digit && !self.zero && self.place >= hundred { self.place.checked_div(10)? } else { Number::ONE };
            sum = sum.checked_add(value.checked_mul(of)?)?;
        }
        Some(sum)
    }

    fn scale_at_end(&self) -> Number {
        if self.scaled && self.waiting.is_none() { self.scale } else { Number::ONE }
    }
}

impl<'a> Reader<'a> {
    /// A number at `at` without its sign.
    pub(super) fn myriad(&self, at: usize, limit: usize) -> Option<Numeral> {
        let token = self.token(at)?;
        if at >= limit {
            return None;
        }
        if !token.is_word() {
            if let Some(part) = self.slash(at).or_else(|| self.mixed(at)) {
                return Some(self.numeral(at, part.1, part.0, Form::Fraction));
            }
            if token.kind == TokenKind::Mark {
                if let Some(value) = self.surface(at).chars().next().and_then(vulgar) {
                    return Some(self.numeral(at, at + 1, value, Form::Fraction));
                }
                let run = self.leading_mark(at)?;
                return self.of_digits(at, run, limit);
            }
        }
        // «数百», «几十»: a place without its number; «五十千»: one that does not fit; «千克», «百分点»: the beginning of a unit.
        let follows = |i: usize| self.is_class(i, self.pack.scope.vague) || self.place_at(i).is_some();
        if token.is_word() && self.opens(at) {
            let loose = at.checked_sub(1).is_some_and(follows) && self.touches(at);
            if loose || self.is_unit_at(at) {
                return None;
            }
        }
        // «百分之五»: what the number counts stands before it.
        let before = |i| self.pack.lexicon.longest_where(self.tokens, i, |s| matches!(s, Sense::Before(_)));
        if token.is_word() && before(at).is_some_and(|found| self.begins(found.end)) {
            return None;
        }
        if self.has(at, NumeralRole::OrdinalPrefix) {
            let number = self.cardinal(at + 1, limit).filter(|c| c.value.is_integer() && c.high.is_none())?;
            let mut numeral = self.numeral(at, number.end, number.value, Form::Ordinal);
            numeral.literal = number.literal;
            return Some(numeral);
        }
        if self.has(at, NumeralRole::Ordinal) {
            // «第三首歌» counts songs.
            let number =
                |i: usize| self.token(i).is_some_and(Token::is_number) || self.digit(i).is_some() || self.opens(i);
            if at.checked_sub(1).is_some_and(number) {
                return None;
            }
            let value = self.senses(at).iter().find(|s| s.role == NumeralRole::Ordinal)?.value;
            return self
                .is_class(at + 1, self.pack.scope.classifier)
                .then(|| self.numeral(at, at + 1, value, Form::Ordinal));
        }
        if let Some(half) = self.half(at) {
            return Some(half);
        }
        let number = self.cardinal(at, limit)?;
        if let Some((value, end)) = self.fraction(&number, limit) {
            return Some(self.numeral(at, end, value, Form::Fraction));
        }
        if token.is_word() && number.end == at + 1 && !self.may_stand_alone(at) {
            return None;
        }
        if let Some(noun) = self.senses(number.end).iter().find(|s| s.role == NumeralRole::Noun) {
            // «十打»
            let value = number.value.checked_mul(noun.value)?;
            return Some(self.numeral(at, number.end + 1, value, Form::Cardinal));
        }
        let behind = self.token(number.end).map_or(0, |t| t.span.start as usize);
        let rest = self.text.get(behind..).filter(|_| behind > 0).unwrap_or_default();
        if self.pack.ordinal_suffixes().iter().any(|suffix| rest.starts_with(suffix.as_str())) {
            return Some(self.numeral(at, number.end, number.value, Form::Ordinal));
        }
        if let Some(literal) = number.literal.filter(|_| token.is_number() && number.end == at + 1) {
            let part = self.surface(at + 1).chars().next().and_then(vulgar).filter(|_| self.touches(at + 1));
            if let Some(part) = part.filter(|_| literal.decimals == 0) {
                return Some(self.numeral(at, at + 2, literal.value.checked_add(part)?, Form::Fraction));
            }
            let mut run = Run { machine: Machine::new(), end: at + 1, literal: Some(literal) };
            run.machine.digits(&literal, at).ok()?;
            return self.of_digits(at, run, limit);
        }
        let mut numeral = self.numeral(at, number.end, number.value, Form::Cardinal);
        numeral.literal = number.literal;
        (numeral.scale, numeral.over, numeral.high) = (number.scale, number.over, number.high);
        numeral.article = token.is_word() && number.end == at + 1 && self.is_article(at);
        Some(numeral)
    }

    /// What digits do beside their separators: powers and abbreviated scales.
    fn of_digits(&self, at: usize, mut run: Run, limit: usize) -> Option<Numeral> {
        if let Some((value, end)) = self.power(&run) {
            return Some(self.numeral(at, end, value, Form::Cardinal));
        }
        self.scale_symbol(&mut run, limit);
        let mut numeral = self.numeral(at, run.end, run.machine.value()?, Form::Cardinal);
        numeral.literal = run.literal;
        numeral.scale = run.machine.scale;
        Some(numeral)
    }

    fn is_class(&self, at: usize, classes: crate::pack::Classes) -> bool {
        self.token(at).is_some_and(|t| self.pack.lexicon.classes(t.symbol) & classes != 0)
    }

    /// Whether something that a number may begin with stands at `at`.
    fn begins(&self, at: usize) -> bool {
        self.token(at).is_some_and(Token::is_number) || !self.senses(at).is_empty()
    }

    /// A digit in words: its value.
    fn digit(&self, at: usize) -> Option<Number> {
        let wanted = |role| matches!(role, NumeralRole::Add | NumeralRole::Article);
        self.senses(at).iter().find(|s| wanted(s.role) && s.value < Number::from(10)).map(|s| s.value)
    }

    /// Ten, hundred, thousand.
    fn place_at(&self, at: usize) -> Option<Number> {
        self.senses(at).iter().find(|s| s.role == NumeralRole::Hundred).map(|s| s.value)
    }

    fn myriad_scale(&self, at: usize) -> Option<Number> {
        self.senses(at).iter().find(|s| s.role == NumeralRole::Scale).map(|s| s.value)
    }

    /// Whether nothing at all stands between a token and the one before it.
    fn touches(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|i| self.token(i));
        before.zip(self.token(at)).is_some_and(|(a, b)| a.span.end == b.span.start)
    }

    /// Whether a number word of one character is a number there: «三国», but not «四川» or «陆地».
    fn may_stand_alone(&self, at: usize) -> bool {
        let scope = self.pack.scope;
        let next = self.token(at + 1);
        if at == 0 && next.is_none() {
            return true;
        }
        let digit = |i: usize| self.digit(i).is_some_and(|value| !value.is_zero());
        if self.is_class(at, scope.formal) || at.checked_sub(1).is_some_and(digit) && self.touches(at) {
            return false;
        }
        let closed = scope.classifier | scope.function | scope.odd | scope.calendar | scope.and | scope.or;
        let names = |s: Sense| !matches!(s, Sense::Place(_) | Sense::Name | Sense::Ratio(_));
        // «百分之百确定»
        let before = |i: usize| {
            let found = self.pack.lexicon.longest_where(self.tokens, i, |s| matches!(s, Sense::Before(_)));
            found.is_some_and(|found| found.end == at)
        };
        next.is_none_or(|t| !t.is_word() || !t.span.of(self.text).starts_with(crate::text::is_ideograph))
            || self.is_class(at + 1, closed)
            || self.has(at + 1, NumeralRole::Half)
            || self.has(at + 1, NumeralRole::Noun)
            || self.has(at + 1, NumeralRole::Point)
            || self.pack.lexicon.longest_where(self.tokens, at + 1, names).is_some()
            || (at.saturating_sub(5)..at).any(before)
    }

    /// «半年», «半百»: half of what follows.
    fn half(&self, at: usize) -> Option<Numeral> {
        let half = self.senses(at).iter().find(|s| s.role == NumeralRole::Half)?.value;
        if let Some(place) = self.place_at(at + 1) {
            return Some(self.numeral(at, at + 2, half.checked_mul(place)?, Form::Cardinal));
        }
        let scope = self.pack.scope;
        let wanted = |s: Sense| {
            matches!(s, Sense::Unit(_) | Sense::Share(_) | Sense::Minor(_) | Sense::Family(_) | Sense::Currency(_))
        };
        let unit = |i: usize| self.pack.lexicon.longest_where(self.tokens, i, wanted).is_some();
        let filler = self.is_class(at + 1, scope.filler);
        let odd = 1 + usize::from(self.is_class(at + 2, scope.odd));
        let alone = filler && self.token(at + 2).is_none_or(|t| !t.is_word());
        (unit(at + 1) || alone || filler && unit(at + 1 + odd) || self.without(at + 1, at + 2, wanted).is_some())
            .then(|| self.numeral(at, at + 1, half, Form::Fraction))
    }

    /// The name that begins at `at` when the filler at `odd` is left out: «个多月», «分半钟». One past its last token.
    pub(crate) fn without(
        &self,
        at: usize,
        odd: usize,
        wanted: impl Fn(Sense) -> bool,
    ) -> Option<(usize, &'a [Sense])> {
        let filler = self.is_class(odd, self.pack.scope.odd) || self.has(odd, NumeralRole::Half);
        if odd <= at || !filler {
            return None;
        }
        let mut cut: Vec<Token> = self.tokens.get(at..odd)?.to_vec();
        cut.extend(self.tokens.get(odd + 1..)?.iter().take(4));
        let found = self.pack.lexicon.longest_where(&cut, 0, wanted)?;
        (found.end > odd - at).then_some((at + found.end + 1, found.senses))
    }

    /// `1 4/3`: a whole number and a part behind a blank.
    fn mixed(&self, at: usize) -> Option<(Number, usize)> {
        let whole = digits::read(self.surface(at), self.convention).filter(|l| l.decimals == 0 && !l.grouped)?;
        let (part, end) = self.slash(at + 1).filter(|_| !self.touches(at + 1))?;
        Some((whole.value.checked_add(part)?, end))
    }

    /// «三分之一», «一又二分之一», «四分一升».
    fn fraction(&self, number: &Cardinal, limit: usize) -> Option<(Number, usize)> {
        if number.high.is_some() {
            return None;
        }
        if self.has(number.end, NumeralRole::And) {
            let bottom = self.cardinal(number.end + 1, limit)?;
            let (part, end) = self.divided(&bottom, limit)?;
            return Some((number.value.checked_add(part)?, end));
        }
        self.divided(number, limit)
    }

    fn divided(&self, bottom: &Cardinal, limit: usize) -> Option<(Number, usize)> {
        let wanted = |s: Sense| matches!(s, Sense::Under | Sense::WeakUnder);
        let found = self.pack.lexicon.longest_where(self.tokens, bottom.end, wanted)?;
        let minus = usize::from(self.has(found.end, NumeralRole::Minus));
        let top = self.cardinal(found.end + minus, limit).filter(|c| c.high.is_none())?;
        if !found.senses.contains(&Sense::Under) {
            let unit = |s: Sense| matches!(s, Sense::Unit(_));
            let unit = self.pack.lexicon.longest_where(self.tokens, top.end, unit).is_some();
            let one = top.value == Number::ONE && top.literal.is_none() && bottom.literal.is_none();
            if !(unit && one && bottom.value > Number::ONE) {
                return None;
            }
        }
        let value = top.value.checked_div(bottom.value)?;
        Some((if minus > 0 { value.negated() } else { value }, top.end))
    }

    /// A cardinal with its decimals.
    fn cardinal(&self, at: usize, limit: usize) -> Option<Cardinal> {
        let number = self.whole(at, limit)?;
        if !self.has(number.end, NumeralRole::Point) || number.end + 1 >= limit || number.high.is_some() {
            return Some(number);
        }
        Some(self.decimals(&number, limit).unwrap_or(number))
    }

    /// «三点五», «零点77», «一点二万亿»; but «三点五分» is a time of the day.
    fn decimals(&self, whole: &Cardinal, limit: usize) -> Option<Cardinal> {
        if whole.literal.is_some() || whole.over {
            return None;
        }
        let first = whole.end + 1;
        let mut text = String::from("0.");
        let mut end = first;
        let number = self.token(first).is_some_and(Token::is_number);
        if number {
            let digits = digits::read(self.surface(first), self.convention).filter(|l| l.decimals == 0)?;
            text.push_str(&digits.value.to_string());
            end += 1;
        } else {
            while let Some(digit) = self.digit(end).filter(|_| end < limit && !self.is_coefficient(end)) {
                text.push_str(&digit.to_string());
                end += 1;
            }
        }
        let time = self.is_class(end, self.pack.scope.clock);
        if end == first || time || self.place_at(end).is_some() {
            return None;
        }
        let mut value = whole.value.checked_add(Number::parse(&text)?)?;
        let mut scale = Number::ONE;
        while let Some(factor) = self.myriad_scale(end).filter(|_| end < limit && !self.is_unit_at(end)) {
            (value, scale, end) = (value.checked_mul(factor)?, scale.checked_mul(factor)?, end + 1);
        }
        Some(Cardinal { value, end, literal: None, scale, over: false, high: None })
    }

    fn is_coefficient(&self, at: usize) -> bool {
        self.is_class(at, self.pack.scope.coefficient)
    }

    /// Whether a unit of several tokens begins with this word: «千克» behind «2.3».
    fn is_unit_at(&self, at: usize) -> bool {
        let wanted = |s: Sense| matches!(s, Sense::Unit(_));
        self.pack.lexicon.longest_where(self.tokens, at, wanted).is_some_and(|found| found.end > at + 1)
    }

    /// A whole cardinal, or digits with a decimal mark.
    fn whole(&self, at: usize, limit: usize) -> Option<Cardinal> {
        let mut run = at;
        while run < limit && self.digit(run).is_some() && !self.is_coefficient(run) && (run == at || self.touches(run))
        {
            run += 1;
        }
        if run >= at + 2 {
            return self.digits_in_words(at, run, limit);
        }
        let mut number = self.counted(at, limit, None)?;
        // «三十七八度»: the second of two ends differs in its last digit.
        let next = |i: usize| self.digit(i).filter(|_| i < limit && self.touches(i));
        if number.literal.is_none()
            && number.end >= at + 2
            && self.place_at(number.end - 2) == Some(Number::from(10))
            && let (Some(last), Some(second)) = (next(number.end - 1), next(number.end))
            && last.checked_add(Number::ONE) == Some(second)
        {
            (number.high, number.end) = (number.value.checked_add(Number::ONE), number.end + 1);
        }
        Some(number)
    }

    /// Digits in words side by side: spelled, or two ends.
    fn digits_in_words(&self, at: usize, end: usize, limit: usize) -> Option<Cardinal> {
        let values: Vec<Number> = (at..end).filter_map(|i| self.digit(i)).collect();
        let (first, second) = (*values.first()?, *values.get(1)?);
        let next = first.checked_add(Number::ONE)? == second || first == Number::from(3) && second == Number::from(5);
        let ends = values.len() == 2 && next && !first.is_zero();
        let goes_on = self.place_at(end).is_some() || self.myriad_scale(end).is_some();
        let before = at.checked_sub(1).is_some_and(|i| self.is_class(i, self.pack.scope.tailed));
        if first.is_zero() && values.len() == 2 && !before {
            // «零五» begins with a zero that counts nothing.
            return None;
        }
        let spelled = self.is_class(end, self.pack.scope.spelled);
        if ends && (goes_on || !spelled && !before) {
            let high = self.counted(at + 1, limit, None)?;
            let low = self.counted(at + 1, limit, Some(first))?;
            if !goes_on && high.end > end {
                return None;
            }
            return Some(Cardinal { value: low.value, high: Some(high.value), ..high });
        }
        let zero = values.iter().any(|v| v.is_zero());
        let spelled = spelled || values.len() > 2 || zero || before || self.is_class(end, self.pack.scope.year);
        if goes_on || !spelled {
            return None;
        }
        let text: String = values.iter().map(ToString::to_string).collect();
        let value = Number::parse(&text)?;
        let literal = Literal { value, decimals: 0, whole: values.len(), grouped: false, ambiguous: false };
        Some(Cardinal { value, end, literal: Some(literal), scale: Number::ONE, over: false, high: None })
    }

    /// Coefficients, places and scales from `at` on; `first` takes the place of the first digit.
    fn counted(&self, from: usize, limit: usize, first: Option<Number>) -> Option<Cardinal> {
        let mut count = Count::new();
        // The last point where the number could end, should what follows not fit.
        let mut good: Option<(Count, usize)> = None;
        let mut literal = None;
        let mut at = from;
        while at < limit {
            let Some(token) = self.token(at) else { break };
            let start = at == from;
            if token.is_number() {
                if count.waiting.is_some() || !start && !self.touches(at) {
                    break;
                }
                let (read, end) = if start { self.grouped_digits(at, limit)? } else { self.whole_digits(at)? };
                if start {
                    literal = Some((read, end));
                } else if read.value >= count.place {
                    break;
                }
                count.waiting = Some((read.value, read.whole == 1 && read.decimals == 0 && !start));
                at = end;
                continue;
            }
            if let Some(place) = self.place_at(at) {
                // «5千米», «三千克»: the thousand belongs to the unit.
                let unit = count.waiting.is_some() && count.is_empty() && self.is_unit_at(at);
                if unit || count.place(place, start).is_none() {
                    break;
                }
            } else if let Some(scale) = self.myriad_scale(at) {
                if count.waiting.is_some() && self.is_unit_at(at) || count.scale(scale).is_none() {
                    break;
                }
            } else if let Some(digit) = self.digit(at) {
                let digit = first.filter(|_| start).unwrap_or(digit);
                if digit.is_zero() && !start {
                    let goes_on = self.begins(at + 1) || self.is_class(at + 1, self.pack.scope.odd);
                    if count.waiting.is_some() || count.zero || !goes_on {
                        break;
                    }
                    count.zero = true;
                    at += 1;
                    continue;
                }
                if digit.is_zero() && self.opens(at + 1) {
                    break;
                }
                if count.waiting.is_some() || self.is_coefficient(at) && !(start || self.opens(at + 1)) {
                    break;
                }
                count.waiting = Some((digit, true));
            } else if let Some(tens) = self.senses(at).iter().find(|s| s.role == NumeralRole::Add) {
                // «廿», «卅»
                if count.waiting.is_some() || !count.is_empty() && count.place < Number::from(100) {
                    break;
                }
                count.waiting = Some((tens.value.checked_div(10)?, false));
                if count.place(Number::from(10), start).is_none() {
                    break;
                }
            } else if !start && self.is_class(at, self.pack.scope.odd) {
                // «500余万», «一百零几万»
                let end = at + 1;
                let scale = self.myriad_scale(end).is_some();
                let place = self.place_at(end).is_some();
                if !(scale || place) || count.over || self.is_unit_at(end) {
                    break;
                }
                count.over = true;
                if place && count.waiting.is_none() {
                    // «一百几十»
                    at += 1;
                }
                at += 1;
                if place && count.waiting.is_none() {
                    good = Some((count.clone(), at));
                }
                continue;
            } else {
                break;
            }
            at += 1;
            good = Some((count.clone(), at));
        }
        if let Some((read, end)) = literal
            && good.as_ref().is_none_or(|(_, at)| *at <= end)
        {
            let scale = Number::ONE;
            return Some(Cardinal { value: read.value, end, literal: Some(read), scale, over: false, high: None });
        }
        // Digits at the end count only where nothing breaks them off.
        if count.waiting.is_some() && good.as_ref().is_none_or(|(_, end)| *end < at) && !count.is_empty() {
            let tail = self.place_at(at).is_none() && self.myriad_scale(at).is_none();
            if tail && !self.is_decimal(at - 1) {
                good = Some((count, at));
            }
        }
        let (mut count, mut end) = good?;
        // «三万五万» is two numbers: the digit before what does not fit begins the second.
        let breaks = self.place_at(end).is_some() || self.myriad_scale(end).is_some();
        if count.waiting.is_some() && !count.is_empty() && breaks && !self.is_unit_at(end) {
            (count.waiting, end) = (None, end - 1);
            if count.zero {
                end -= 1;
            }
        }
        let scale = count.scale_at_end();
        let literal = literal.filter(|_| scale != Number::ONE).map(|(read, _)| read);
        Some(Cardinal { value: count.value()?, end, literal, scale, over: count.over, high: None })
    }

    fn is_decimal(&self, at: usize) -> bool {
        self.surface(at).contains(['.', ','])
    }

    /// Digits behind a scale: whole, ungrouped.
    fn whole_digits(&self, at: usize) -> Option<(Literal, usize)> {
        let read = digits::read(self.surface(at), self.convention)?;
        (read.decimals == 0 || self.myriad_scale(at + 1).is_some()).then_some((read, at + 1))
    }

    /// Whether a place or scale stands at `at`.
    fn opens(&self, at: usize) -> bool {
        self.place_at(at).is_some() || self.myriad_scale(at).is_some()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail by panic")]
    use crate::{Context, Document, analyze, pack};

    fn numbers(cx: &Context, text: &str) -> Vec<String> {
        let doc = Document { text: text.to_owned(), language: Some("zh".to_owned()), ..Document::default() };
        analyze(&doc, cx).numbers.iter().map(|n| format!("{} {}", n.span.of(text), n.value)).collect()
    }

    #[test]
    fn groups_of_four_and_what_is_left_out() {
        let cx = Context::new(pack::Packs::open(pack::Source::embedded()).unwrap()).unwrap();
        for (text, wanted) in [
            ("三亿五千万", &["三亿五千万 350000000"][..]),
            ("一万五千亿", &["一万五千亿 1500000000000"]),
            ("4.78萬億", &["4.78萬億 4780000000000"]),
            ("5万4千6百", &["5万4千6百 54600"]),
            ("一百五", &["一百五 150"]),
            ("一百零五", &["一百零五 105"]),
            ("两万三", &["两万三 23000"]),
            ("三万五万", &["三万 30000", "五万 50000"]),
            ("五十千", &["五十 50"]),
            ("壹佰貳拾萬", &["壹佰貳拾萬 1200000"]),
            ("卅三", &["卅三 33"]),
            ("三点一四", &["三点一四 3.14"]),
            ("三又四分之一", &["三又四分之一 3.25"]),
            ("500余万", &["500余万 5000000"]),
            ("几十人、数百家", &[]),
            ("四川的陆地", &[]),
            ("二十倍", &["二十 20"]),
        ] {
            assert_eq!(numbers(&cx, text), wanted, "{text}");
        }
    }

    #[test]
    fn side_by_side_digits_are_spelled_or_two_ends() {
        let cx = Context::new(pack::Packs::open(pack::Source::embedded()).unwrap()).unwrap();
        let ends = |text: &str| {
            let doc = Document { text: text.to_owned(), language: Some("zh".to_owned()), ..Document::default() };
            let facts = analyze(&doc, &cx).facts;
            facts.first().map(|f| (f.quantity.value.to_string(), f.quantity.high.map(|h| h.to_string())))
        };
        let two = |a: &str, b: &str| Some((a.to_owned(), Some(b.to_owned())));
        assert_eq!(ends("来了七八个人"), two("7", "8"));
        assert_eq!(ends("有三四十万人"), two("300000", "400000"));
        assert_eq!(ends("升到三十七八度"), two("37", "38"));
        assert_eq!(ends("打八五折"), Some(("85".to_owned(), None)));
        assert_eq!(ends("二〇二四年"), None);
    }
}
