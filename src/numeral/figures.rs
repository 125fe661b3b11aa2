//! What digits do beside their separators: groups parted by blanks, powers, ordinals, decimals in words, abbreviated scales.
//!
//! `1 234 567`, `.5`, `2,5e-3`, `3rd`, «cuarenta y siete coma dos» and `10k` are each one number.

use super::digits::{self, Literal};
use super::scan::{Reader, Run, is_hyphen};
use super::words::{Last, Machine};
use super::{Form, Number, Numeral};
use crate::pack::{NumeralRole, NumeralSense};
use crate::text::{Span, Token, TokenKind};

impl<'a> Reader<'a> {
    /// Digits, with groups parted by spaces: `1 234 567`, `15 000,5`.
    pub(super) fn grouped_digits(&self, at: usize, limit: usize) -> Option<(Literal, usize)> {
        let text = self.surface(at);
        let first = digits::read(text, self.convention)?;
        let plain = first.decimals == 0 && !first.grouped && text.len() <= 3 && !text.starts_with('0');
        let alone = at.checked_sub(1).and_then(|i| self.token(i)).is_none_or(|t| !t.is_number());
        if !(plain && alone) {
            return Some((first, if first.decimals == 0 { self.behind_no_cents(at + 1) } else { at + 1 }));
        }
        let mut joined = String::new();
        let mut end = at + 1;
        let mut kind = None;
        while end < limit {
            let (Some(before), Some(token)) = (self.token(end - 1), self.token(end)) else { break };
            let gap = Span::new(before.span.end, token.span.start).of(self.text);
            let mut gaps = gap.chars();
            let (Some(space), None) = (gaps.next(), gaps.next()) else { break };
            let group = self.surface(end);
            let digits = group.split([',', '.']).next().unwrap_or_default();
            let last = group.len() > digits.len();
            if !token.is_number()
                || !space.is_whitespace()
                || space == '\n'
                || digits.len() != 3
                || kind.is_some_and(|k| k != space)
                || group.matches([',', '.']).count() > 1
            {
                break;
            }
            if joined.is_empty() {
                joined.push_str(text);
            }
            joined.push_str(&group.replace(',', "."));
            kind = Some(space);
            end += 1;
            if last {
                break;
            }
        }
        if joined.is_empty() {
            return Some((first, self.behind_no_cents(at + 1)));
        }
        // A plain space also parts the columns of a table: more digits behind mean that it did.
        if kind == Some(' ') && self.token(end).is_some_and(|t| t.is_number() && t.space_before()) {
            return Some((first, at + 1));
        }
        let value = Number::parse(&joined)?;
        let decimals = joined.split_once('.').map_or(0, |(_, d)| d.len());
        let whole = joined.len() - decimals;
        Some((Literal { value, decimals, whole, grouped: true, ambiguous: false }, end))
    }

    /// `25,-`, `1.250,--`: a decimal mark and dashes in the place of cents, all glued, belong to the number.
    fn behind_no_cents(&self, at: usize) -> usize {
        let mark = self.token(at).is_some_and(|t| t.is(self.format.decimal)) && self.is_glued(at);
        let dash = |i: usize| self.is_glued(i) && self.token(i).is_some_and(is_hyphen);
        if !mark || !dash(at + 1) {
            return at;
        }
        let end = if dash(at + 2) { at + 3 } else { at + 2 };
        let open = self.token(end).is_some_and(|t| !t.space_before() && (t.is_number() || t.is_word()));
        if open { at } else { end }
    }

    /// `.5`, `,08`: a decimal mark that begins a number.
    pub(super) fn leading_mark(&self, at: usize) -> Option<Run> {
        let mark = self.token(at)?;
        let number = self.token(at + 1)?;
        let free = mark.space_before()
            || at == 0
            || at.checked_sub(1).is_some_and(|i| {
                self.token(i).is_some_and(|t| {
                    !t.space_before() && (t.is('-') || t.is('−') || t.is('+') || t.is('$') || t.is('('))
                })
            });
        if !(mark.is('.') || mark.is(',')) || !free || !number.is_number() || number.space_before() {
            return None;
        }
        let text = self.surface(at + 1);
        if !text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let value = Number::from_digits(text.bytes(), text.len(), 0)?;
        let literal = Literal { value, decimals: text.len(), whole: 0, grouped: false, ambiguous: false };
        let mut run = Run { machine: Machine::new(), end: at + 2, literal: Some(literal) };
        run.machine.digits(&literal, at).ok()?;
        self.go_on(&mut run, self.tokens.len());
        Some(run)
    }

    /// `1,1^23`, `-127,32e13`, `2.48×10−5`, `8x2^10`.
    pub(super) fn power(&self, run: &Run) -> Option<(Number, usize)> {
        let base = run.literal?.value;
        let signed = |at: usize| -> Option<(i32, usize)> {
            let mut at = at;
            let mut sign = 1;
            while self.token(at).is_some_and(|t| is_hyphen(t) || t.is('+')) && self.is_glued(at) {
                sign = if self.token(at).is_some_and(is_hyphen) { -sign } else { sign };
                at += 1;
            }
            let digits = self.token(at).filter(|t| t.is_number() && !t.space_before())?;
            let value: i32 = digits.span.of(self.text).parse().ok()?;
            Some((sign * value, at + 1))
        };
        let at = run.end;
        let token = self.token(at).filter(|t| !t.space_before())?;
        if token.is('^') {
            let (power, end) = signed(at + 1).filter(|(p, _)| p.abs() <= 400)?;
            return Some((base.checked_pow(power)?, end));
        }
        let word = self.surface(at);
        if word.eq_ignore_ascii_case("e") {
            let (power, end) = signed(at + 1).filter(|(p, _)| p.abs() <= 400)?;
            return Some((base.checked_mul(Number::power_of_ten(power)?)?, end));
        }
        if matches!(word, "x" | "×" | "·" | "*") {
            let foot = self.token(at + 1).filter(|t| t.is_number() && !t.space_before())?;
            let foot = Number::parse(foot.span.of(self.text))?;
            let caret = self.token(at + 2).is_some_and(|t| t.is('^') && !t.space_before());
            if !caret && foot != Number::from(10) {
                return None;
            }
            let (power, end) = signed(if caret { at + 3 } else { at + 2 }).filter(|(p, _)| p.abs() <= 400)?;
            return Some((base.checked_mul(foot.checked_pow(power)?)?, end));
        }
        None
    }

    /// `2.º`, `3rd`, `11mo`.
    pub(super) fn suffixed_ordinal(&self, at: usize, run: &Run) -> Option<Numeral> {
        let literal = run.literal.filter(|l| l.decimals == 0 && !l.grouped)?;
        if run.end != at + 1 {
            return None;
        }
        if super::ordinal_stop(self.pack, self.text, self.tokens, at + 1).is_some() {
            let mut numeral = self.numeral(at, at + 2, literal.value, Form::Ordinal);
            numeral.literal = Some(literal);
            return Some(numeral);
        }
        let from = self.token(at + 1)?.span.start;
        let rest = self.text.get(from as usize..)?;
        if self.token(at + 1)?.space_before() {
            return None;
        }
        let suffixes = self.pack.ordinal_suffixes();
        let suffix = suffixes
            .iter()
            .filter_map(|s| {
                // `21st`, but «12st» are stones: a digit before the ending must end the number.
                let ending = s.trim_start_matches(|c: char| c.is_ascii_digit());
                let digits = s.strip_suffix(ending).unwrap_or_default();
                self.surface(at).ends_with(digits).then_some(ending)
            })
            .filter(|s| rest.get(..s.len()).is_some_and(|r| r.eq_ignore_ascii_case(s)))
            .max_by_key(|s| s.len())?;
        let stop = from + u32::try_from(suffix.len()).ok()?;
        let end = (at + 1..self.tokens.len())
            .find(|i| self.token(*i).is_none_or(|t| t.span.start >= stop))
            .unwrap_or(self.tokens.len());
        let exact = end.checked_sub(1).and_then(|i| self.token(i)).is_some_and(|t| t.span.end == stop);
        let open = self.token(end).is_none_or(|t| t.space_before() || !(t.is_word() || t.is_number()));
        // «30° C» is a temperature, and so is `85°` where nothing is ranked behind it.
        let ranked = self.token(end).is_some_and(|t| {
            t.is_word()
                && self.pack.lexicon.classes(t.symbol) & (self.pack.scope.function | self.pack.scope.temperature) == 0
        });
        let degrees = suffix.contains(['º', '°'])
            && (self.surface(end).eq_ignore_ascii_case("c") || self.surface(end).eq_ignore_ascii_case("f"))
            || suffix == "º" && !ranked && self.speaks_of_heat(at, end)
            || suffix == "°" && !ranked && (!self.is_small_rank(literal.value) || self.speaks_of_heat(at, end));
        (exact && open && !degrees).then(|| {
            let mut numeral = self.numeral(at, end, literal.value, Form::Ordinal);
            numeral.literal = Some(literal);
            numeral
        })
    }

    /// Whether a number with a bare degree sign may be a rank in the language.
    fn is_small_rank(&self, value: Number) -> bool {
        value > Number::ZERO && value <= Number::from(i64::from(self.pack.ranked_degrees()))
    }

    /// Whether a word about heat or angles stands near.
    fn speaks_of_heat(&self, from: usize, to: usize) -> bool {
        let heat = self.pack.scope.temperature | self.pack.scope.angle;
        let near = from.saturating_sub(8)..(to + 6).min(self.tokens.len());
        near.filter_map(|i| self.token(i)).any(|t| self.pack.lexicon.classes(t.symbol) & heat != 0)
    }

    /// «cuarenta y siete coma veintiocho», «1 punto cinco», «nine point nought four».
    pub(super) fn spoken_decimals(&self, run: &Run, limit: usize) -> Option<(Number, usize)> {
        let at = run.end;
        let weak = self.has(at, NumeralRole::WeakPoint);
        if !(weak || self.has(at, NumeralRole::Point)) || run.machine.last == Last::Scale && run.literal.is_some() {
            return None;
        }
        if weak
            && (run.literal.is_some() || self.token(at + 1).is_some_and(Token::is_number) || self.is_article(at + 1))
        {
            return None;
        }
        let mut zeros = 0;
        let mut next = at + 1;
        while self.senses(next).iter().any(|s| s.role == NumeralRole::Add && s.value.is_zero()) {
            (zeros, next) = (zeros + 1, next + 1);
        }
        let mut tail = Run { machine: Machine::new(), end: next, literal: None };
        // «three point one four one»: digits one by one
        let digit = |i: usize| {
            let single = |s: &&NumeralSense| {
                matches!(s.role, NumeralRole::Add | NumeralRole::Article) && s.value < Number::from(10)
            };
            self.senses(i).iter().find(single).map(|s| s.value.to_string())
        };
        let spelt: Vec<String> = (next..limit).map_while(digit).collect();
        if spelt.len() > 1 {
            let fraction = Number::parse(&format!("0.{}{}", "0".repeat(zeros), spelt.concat()))?;
            return Some((run.machine.value()?.checked_add(fraction)?, next + spelt.len()));
        }
        self.go_on(&mut tail, limit);
        let digits = match tail.machine.value() {
            Some(value) if !tail.machine.is_empty() && !tail.machine.ordinal && !tail.machine.article => {
                if !value.is_integer() {
                    return None;
                }
                value.to_string()
            }
            _ if zeros > 0 => String::new(),
            _ => return None,
        };
        let next_is_part = self.senses(tail.end).iter().any(|s| {
            matches!(s.role, NumeralRole::Fraction | NumeralRole::PluralFraction | NumeralRole::PluralOrdinal)
        });
        // «tres con dos goles»: behind the weak word only a number that nothing is counted by.
        let counts = self.token(tail.end).is_some_and(|t| {
            t.is_word()
                && self.pack.lexicon.classes(t.symbol) & self.pack.scope.function == 0
                && self.pack.lexicon.longest(self.tokens, tail.end).is_none()
        });
        if next_is_part || (weak && counts) {
            return None;
        }
        let decimals = "0".repeat(zeros) + &digits;
        let fraction = Number::parse(&format!("0.{decimals}"))?;
        Some((run.machine.value()?.checked_add(fraction)?, tail.end))
    }

    /// «point 77», «punto cinco»: a decimal mark in words that begins a number.
    pub(super) fn leading_point(&self, at: usize, limit: usize) -> Option<Numeral> {
        if !self.has(at, NumeralRole::Point) {
            return None;
        }
        let before = at.checked_sub(1).and_then(|i| self.token(i));
        // «el punto cinco del orden del día» counts points.
        if before.is_some_and(|t| t.is_number() || t.is_word()) {
            return None;
        }
        let zero = Literal { value: Number::ZERO, decimals: 0, whole: 1, grouped: false, ambiguous: false };
        let mut run = Run { machine: Machine::new(), end: at, literal: None };
        run.machine.digits(&zero, at).ok()?;
        let (value, end) = self.spoken_decimals(&run, limit)?;
        Some(self.numeral(at, end, value, Form::Cardinal))
    }

    /// `10k`, `1,2 M`, `8,5 mil M€`: an abbreviation behind digits or a scale word.
    pub(super) fn scale_symbol(&self, run: &mut Run, limit: usize) {
        let Some(token) = self.token(run.end).filter(|t| t.is_word() && run.end < limit) else { return };
        // «3 Mio. Euro»: a form of the pack may end in a full stop.
        let stop = self.token(run.end + 1).filter(|t| t.is('.') && !t.space_before());
        let stopped = stop.and_then(|_| self.pack.scale_symbol(self.cover(run.end, run.end + 2).of(self.text)));
        if let Some(symbol) = stopped
            && (run.literal.is_some() || run.machine.last != Last::Scale)
            && !(symbol.money_only || symbol.glued_only)
        {
            if run.machine.scale_all(symbol.value).is_some() {
                run.end += 2;
            }
            return;
        }
        let Some(symbol) = self.pack.scale_symbol(token.span.of(self.text)) else { return };
        let digits = run.literal.is_some();
        // Behind a scale word only a sign that a currency follows: «8,5 mil M€».
        let scaled = run.machine.last == Last::Scale;
        let money = self
            .token(run.end + 1)
            .is_some_and(|t| !t.space_before() && t.kind == TokenKind::Mark && !t.is('.') && !t.is(',') && !t.is('/'));
        let glued = !token.space_before();
        let closed =
            self.token(run.end + 1).is_none_or(|t| t.space_before() || !(t.is_word() || t.is_number() || t.is('/')));
        let big = run.machine.value().is_some_and(|v| v >= symbol.least);
        // «1.2m people»: a scale beside money, or before what is counted by the million
        let many = glued
            && self
                .token(run.end + 1)
                .is_some_and(|t| t.space_before() && self.pack.lexicon.classes(t.symbol) & self.pack.scope.many != 0);
        let fits = big
            && digits
            && (!symbol.money_only || many)
            && (glued || !symbol.glued_only)
            && closed
            && (!scaled || money);
        if fits && run.machine.scale_all(symbol.value).is_some() {
            run.end += 1;
            let stop = self.token(run.end).is_some_and(|t| t.is('.') && !t.space_before());
            if symbol.dotted && stop && self.token(run.end + 1).is_some_and(|t| !t.line_before()) {
                run.end += 1;
            }
        }
    }
}
