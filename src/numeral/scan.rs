//! Finds the numbers of a run of tokens, left to right, each as long as it can be.
//!
//! «los 2 millones y medio de casas, un 3,5 % más» gives `2 millones y medio` and `3,5`. Only tokens that can begin a number
//! are looked at; everything else costs one table access.

use super::digits::{self, Convention, Literal};
use super::words::{Last, Machine, Stop};
use super::{Form, Number, Numeral};
use crate::pack::lexicon::{NumeralRole, NumeralSense, Sense};
use crate::pack::{NumberFormat, Pack};
use crate::text::{Span, Symbol, Token, TokenKind};

/// Reads numbers at given tokens.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// The document.
    pub text: &'a str,
    /// All tokens of the block.
    pub tokens: &'a [Token],
    /// The block's language.
    pub pack: &'a Pack,
    /// How the article writes numbers.
    pub convention: Convention,
    /// How its locale does.
    pub format: NumberFormat,
}

/// No number written as one word of several parts is shorter, in bytes.
const SHORTEST_COMPOUND: usize = 6;

/// A number read so far, before sign, scale symbol and fraction are looked for.
struct Run {
    machine: Machine,
    end: usize,
    literal: Option<Literal>,
}

/// The numbers of the tokens `from..to`.
#[must_use]
pub fn scan(reader: Reader<'_>, from: usize, to: usize) -> Vec<Numeral> {
    let mut found = Vec::new();
    let mut at = from;
    while at < to {
        if !reader.may_begin(at) {
            at += 1;
            continue;
        }
        match reader.numeral_at(at, to) {
            Some(numeral) => {
                at = numeral.end.max(at + 1);
                found.push(numeral);
            }
            None => at += 1,
        }
    }
    found
}

impl<'a> Reader<'a> {
    /// The token at an index.
    #[must_use]
    pub fn token(&self, at: usize) -> Option<&'a Token> {
        self.tokens.get(at)
    }

    /// The text of the token at an index.
    #[must_use]
    pub fn surface(&self, at: usize) -> &'a str {
        self.token(at).map_or("", |t| t.span.of(self.text))
    }

    /// The numeral readings of the token at an index.
    fn senses(&self, at: usize) -> &'a [NumeralSense] {
        match self.token(at) {
            Some(token) if token.kind == TokenKind::Word => self.pack.lexicon.numeral(token.symbol),
            _ => &[],
        }
    }

    fn has(&self, at: usize, role: NumeralRole) -> bool {
        self.senses(at).iter().any(|s| s.role == role)
    }

    fn is_article(&self, at: usize) -> bool {
        self.senses(at).iter().any(|s| matches!(s.role, NumeralRole::Article | NumeralRole::Determiner))
    }

    /// Whether the token stands right behind the one before it.
    #[must_use]
    pub fn is_glued(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| !t.space_before())
    }

    /// Whether a number may begin at the token: a quick test that rules out nearly every word.
    #[inline]
    fn may_begin(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        match token.kind {
            TokenKind::Number => true,
            TokenKind::Word if token.symbol == Symbol::UNKNOWN => {
                token.span.len() >= SHORTEST_COMPOUND && self.pack.may_be_compound(token.span.of(self.text))
            }
            TokenKind::Word => self.pack.lexicon.begins_number(token.symbol),
            TokenKind::Mark => {
                !['(', ')', '"', ':', ';', '\'', '«', '»', '“', '”', '?', '!', '¿'].iter().any(|c| token.is(*c))
            }
        }
    }

    /// The number that starts at token `at` and ends at `limit` or before.
    #[must_use]
    pub fn numeral_at(&self, at: usize, limit: usize) -> Option<Numeral> {
        let token = self.token(at)?;
        match token.kind {
            TokenKind::Number => {}
            TokenKind::Word => {
                if token.symbol == Symbol::UNKNOWN {
                    return self.compound(at);
                }
                if !self.pack.lexicon.begins_number(token.symbol) {
                    return None;
                }
                if self.senses(at).is_empty() {
                    return self.ratio(at);
                }
                // `A$5`, `$A5`
                let glued = self.token(at + 1).filter(|t| !t.space_before());
                let sign = glued.is_some_and(|t| t.kind == TokenKind::Mark && !is_hyphen(t))
                    && self.token(at + 2).is_some_and(Token::is_number);
                if (sign || glued.is_some_and(Token::is_number)) && self.has(at, NumeralRole::Determiner) {
                    return None;
                }
            }
            TokenKind::Mark => {
                let mark = self.surface(at).chars().next()?;
                let sign = matches!(mark, '-' | '−' | '–' | '+');
                if !(sign || matches!(mark, '.' | ',') || vulgar(mark).is_some()) {
                    return None;
                }
            }
        }
        let limit = limit.min(self.tokens.len());
        let ratio = self.ratio(at);
        let (sign, first) = self.sign(at)?;
        let read = match self.unsigned(first, limit) {
            Some(read) if read.form == Form::Ordinal && read.end == first + 1 => self.weak_part(first).or(Some(read)),
            Some(read) => Some(read),
            None => self.weak_part(first).or_else(|| self.leading_point(first, limit)),
        };
        let mut numeral = match (read, ratio) {
            (Some(read), Some(ratio)) if ratio.end >= read.end => return Some(ratio),
            (Some(read), _) => read,
            (None, ratio) => return ratio,
        };
        if sign == Some('-') {
            numeral.value = numeral.value.negated();
        }
        numeral.sign = sign;
        numeral.article &= sign.is_none();
        numeral.start = at;
        numeral.span = self.cover(at, numeral.end);
        Some(numeral)
    }

    /// The bytes of the tokens `from..to`.
    #[must_use]
    pub fn cover(&self, from: usize, to: usize) -> Span {
        match (self.token(from), to.checked_sub(1).and_then(|last| self.token(last))) {
            (Some(a), Some(b)) if b.span.end >= a.span.start => a.span.cover(b.span),
            _ => Span::default(),
        }
    }

    /// A sign before a number: glued to it, or apart where nothing stands before that it could join.
    fn sign(&self, at: usize) -> Option<(Option<char>, usize)> {
        let token = self.token(at)?;
        if token.kind == TokenKind::Mark {
            let sign = match self.surface(at).chars().next()? {
                '-' | '−' | '–' => '-',
                '+' => '+',
                _ => return Some((None, at)),
            };
            let number = self.token(at + 1)?;
            let before = at.checked_sub(1).and_then(|i| self.token(i));
            let open = token.space_before() || before.is_none_or(|b| b.is('(') || b.is('<') || b.is('>') || b.is('['));
            let joins = before.is_some_and(|b| b.is_number());
            // «- 20» apart is a sign only in a column («54,31 - 2,12») or where no word stands before the dash.
            let apart = number.space_before();
            let column = joins
                && number.is_number()
                && {
                    let read = |i: usize| digits::read(self.surface(i), self.convention);
                    matches!((at.checked_sub(1).and_then(read), read(at + 1)), (Some(a), Some(b)) if a.decimals > 0 && b.decimals > 0 && b.value < a.value)
                };
            let line_start = before.is_none() || token.line_before();
            let verb = before.is_some_and(|b| b.is_word() && !b.is_capitalized());
            let fits = if apart {
                number.is_number() && open && (sign == '+' || column || line_start || (verb && !joins))
                    || line_start && !self.senses(at + 1).is_empty()
            } else {
                open && (!joins || number.is_number() && token.space_before())
            };
            return fits.then_some((Some(sign), at + 1));
        }
        let weak = self.has(at, NumeralRole::WeakMinus);
        if weak || self.has(at, NumeralRole::Minus) {
            let next = self.token(at + 1)?;
            let number = next.is_number() || !self.senses(at + 1).is_empty();
            // «4 menos 2» subtracts; «al menos 30» is a bound.
            let before = at.checked_sub(1).and_then(|i| self.token(i));
            let blocker = self.pack.scope.minus_blocker;
            let joins = before.is_some_and(|t| t.is_number() || self.pack.lexicon.classes(t.symbol) & blocker != 0);
            let article = weak && self.is_article(at + 1) || self.has(at + 1, NumeralRole::Determiner);
            return (number && !joins && !article).then_some((Some('-'), at + 1));
        }
        Some((None, at))
    }

    /// A number without its sign.
    fn unsigned(&self, at: usize, limit: usize) -> Option<Numeral> {
        if let Some((value, end)) = self.part(at, limit) {
            if let Some((scale, end)) = self.scale_of_part(end, limit) {
                let mut numeral = self.numeral(at, end, value.checked_mul(scale)?, Form::Cardinal);
                numeral.scale = scale;
                return Some(numeral);
            }
            return Some(self.numeral(at, end, value, Form::Fraction));
        }
        let mut run = self.run(at, limit)?;
        // «un centésimo»: a scale in the singular after one is a part, where no noun makes it a rank.
        if run.machine.ordinal && self.is_article(at) && !run.machine.plural && run.end == at + 2 {
            let value = Number::ONE.checked_div(run.machine.value()?)?;
            return Some(self.numeral(at, run.end, value, Form::Fraction));
        }
        let mut form = if run.machine.ordinal { Form::Ordinal } else { Form::Cardinal };
        if form == Form::Cardinal {
            if let Some((value, end)) = self.power(&run) {
                return Some(self.numeral(at, end, value, Form::Cardinal));
            }
            if let Some(ordinal) = self.suffixed_ordinal(at, &run) {
                return Some(ordinal);
            }
            if let Some((value, end)) = self.spoken_decimals(&run, limit) {
                run.machine = Machine::new();
                let literal = Literal { value, decimals: 1, whole: 1, grouped: false, ambiguous: false };
                run.machine.digits(&literal, at).ok()?;
                run.end = end;
                self.go_on(&mut run, limit);
            } else {
                self.halves(&mut run, limit);
            }
            if let Some((value, end)) = self.over(&run, limit) {
                return Some(self.numeral(at, end, value, Form::Fraction));
            }
            self.scale_symbol(&mut run, limit);
        }
        let value = run.machine.value()?;
        if run.machine.article && run.end == at + 1 && run.machine.last != Last::Adder {
            form = Form::Cardinal;
        }
        let mut numeral = self.numeral(at, run.end, value, form);
        numeral.literal = run.literal;
        numeral.scale = run.machine.scale;
        numeral.article = run.machine.article && run.end == at + 1;
        numeral.plural = run.machine.plural;
        Some(numeral)
    }

    fn numeral(&self, start: usize, end: usize, value: Number, form: Form) -> Numeral {
        Numeral {
            start,
            end,
            span: self.cover(start, end),
            value,
            form,
            literal: None,
            scale: Number::ONE,
            article: false,
            sign: None,
            plural: false,
        }
    }

    /// A cardinal or ordinal from `at` on, as long as the machine takes words.
    fn run(&self, at: usize, limit: usize) -> Option<Run> {
        let mut run = Run { machine: Machine::new(), end: at, literal: None };
        self.go_on(&mut run, limit);
        // «.5»: a mark glued to digits and to nothing before it.
        if run.machine.is_empty() && run.end == at {
            return self.leading_mark(at);
        }
        (!run.machine.is_empty()).then_some(run)
    }

    /// Goes on reading a run where it stands.
    fn go_on(&self, run: &mut Run, limit: usize) {
        let first = run.end;
        let joins = self.pack.and_joins();
        let mut at = run.end;
        while at < limit {
            let Some(token) = self.token(at) else { break };
            let mut next = at;
            if !run.machine.is_empty() && self.has(at, NumeralRole::And) {
                // A connector counts only with what it joins.
                let Some(value) = self.smallest(at + 1) else { break };
                // «six million and two thirds»: the part is added to the whole, not taken of it.
                let part = run.machine.last == Last::Scale
                    && self.part(at + 1, limit).is_some_and(|(part, _)| part < Number::ONE);
                if at + 1 >= limit || part || !run.machine.joins(joins, value) {
                    break;
                }
                next = at + 1;
            } else if !run.machine.is_empty() && is_hyphen(token) {
                let tens = run.machine.last == Last::Adder
                    && self.smallest(at + 1).is_some_and(|v| v < Number::from(10) && run.machine.fits(v))
                    && self.token(at + 1).is_some_and(Token::is_word);
                let scale = self.has(at + 1, NumeralRole::Hundred) || self.has(at + 1, NumeralRole::Scale);
                let hundred = scale && !token.space_before() && self.is_glued(at + 1);
                if !(tens || hundred) {
                    break;
                }
                next = at + 1;
            }
            let Some(token) = self.token(next) else { break };
            let taken = if token.is_number() {
                // Digits glued to a word («G20») or behind a hyphen are no part of the number in words.
                match self.grouped_digits(next, limit) {
                    Some((literal, end))
                        if run.machine.is_empty()
                            || token.space_before() && run.literal.is_none_or(|l| l.decimals == 0) =>
                    {
                        run.machine.digits(&literal, next).map(|()| {
                            if run.literal.is_none() && next == first {
                                run.literal = Some(literal);
                            }
                            end
                        })
                    }
                    _ => Err(Stop::Misfit),
                }
            } else {
                self.word(run, next)
            };
            match taken {
                Ok(end) => {
                    at = end;
                    run.end = end;
                }
                Err(Stop::Misfit) => break,
                Err(Stop::GoBack(token)) => {
                    if token > first {
                        let mut shorter = Run { machine: Machine::new(), end: first, literal: None };
                        let stop = if self.has(token.saturating_sub(1), NumeralRole::And) { token - 1 } else { token };
                        self.go_on(&mut shorter, stop);
                        *run = shorter;
                    }
                    break;
                }
            }
        }
    }

    /// The smallest value that the word or digits at `at` could add.
    fn smallest(&self, at: usize) -> Option<Number> {
        let token = self.token(at)?;
        if token.is_number() {
            return digits::read(self.surface(at), self.convention).filter(|l| l.decimals == 0).map(|l| l.value);
        }
        self.senses(at)
            .iter()
            .filter(|s| matches!(s.role, NumeralRole::Add | NumeralRole::Article | NumeralRole::Ordinal))
            .map(|s| s.value)
            .next()
    }

    fn word(&self, run: &mut Run, at: usize) -> Result<usize, Stop> {
        let mut stop = Stop::Misfit;
        // «treinta cinco» is no Spanish number: tens take units only through a connector there.
        let bare_unit = self.pack.and_joins() == crate::pack::AndJoins::Tens
            && run.machine.last == Last::Adder
            && at == run.end
            && self.smallest(at).is_some_and(|v| v < Number::from(10))
            && run.machine.value().is_some_and(|v| v.lowest_place() == Some(1))
            && !self.has(at, NumeralRole::Ordinal);
        if bare_unit {
            return Err(Stop::Misfit);
        }
        for sense in self.senses(at) {
            if sense.role == NumeralRole::Half {
                // «medio millón», «half a million»
                if run.machine.is_empty()
                    && let Some(end) = self.half_scale(run, at, sense.value)
                {
                    return Ok(end);
                }
                continue;
            }
            // «1.7 million four years ago»: decimals have no tail.
            let closed = run.machine.last == Last::Scale && run.literal.is_some_and(|l| l.decimals > 0);
            if closed && matches!(sense.role, NumeralRole::Add | NumeralRole::Article) {
                continue;
            }
            // «$280 million first mortgage notes»: digits take no rank in words.
            if run.literal.is_some() && matches!(sense.role, NumeralRole::Ordinal | NumeralRole::PluralOrdinal) {
                continue;
            }
            match run.machine.word(*sense, at) {
                Ok(()) => return Ok(at + 1),
                Err(back @ Stop::GoBack(_)) => stop = back,
                Err(Stop::Misfit) => {}
            }
        }
        Err(stop)
    }

    fn scale_at(&self, at: usize) -> Option<Number> {
        self.senses(at)
            .iter()
            .find(|s| {
                matches!(
                    s.role,
                    NumeralRole::Scale | NumeralRole::PluralScale | NumeralRole::Noun | NumeralRole::PluralNoun
                )
            })
            .map(|s| s.value)
    }

    fn half_scale(&self, run: &mut Run, at: usize, half: Number) -> Option<usize> {
        let scale = if self.is_article(at + 1) { at + 2 } else { at + 1 };
        let factor = self.scale_at(scale)?;
        let literal = Literal { value: half, decimals: 1, whole: 1, grouped: false, ambiguous: false };
        run.machine.digits(&literal, at).ok()?;
        run.machine.scale_all(factor)?;
        Some(scale + 1)
    }

    /// Digits, with groups parted by spaces: `1 234 567`, `15 000,5`.
    fn grouped_digits(&self, at: usize, limit: usize) -> Option<(Literal, usize)> {
        let text = self.surface(at);
        let first = digits::read(text, self.convention)?;
        let plain = first.decimals == 0 && !first.grouped && text.len() <= 3 && !text.starts_with('0');
        let alone = at.checked_sub(1).and_then(|i| self.token(i)).is_none_or(|t| !t.is_number());
        if !(plain && alone) {
            return Some((first, at + 1));
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
            return Some((first, at + 1));
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

    /// `.5`, `,08`: a decimal mark that begins a number.
    fn leading_mark(&self, at: usize) -> Option<Run> {
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
    fn power(&self, run: &Run) -> Option<(Number, usize)> {
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
    fn suffixed_ordinal(&self, at: usize, run: &Run) -> Option<Numeral> {
        let literal = run.literal.filter(|l| l.decimals == 0 && !l.grouped)?;
        if run.end != at + 1 {
            return None;
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
            || suffix == "°" && !ranked;
        (exact && open && !degrees).then(|| {
            let mut numeral = self.numeral(at, end, literal.value, Form::Ordinal);
            numeral.literal = Some(literal);
            numeral
        })
    }

    /// «cuarenta y siete coma veintiocho», «1 punto cinco», «nine point nought four».
    fn spoken_decimals(&self, run: &Run, limit: usize) -> Option<(Number, usize)> {
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

    /// «millón y medio», «one and three quarters», `2 1/4`, `2½`.
    fn halves(&self, run: &mut Run, limit: usize) {
        // «seven-and-a-half»
        let hyphen = |at: usize| usize::from(self.token(at).is_some_and(is_hyphen));
        let from = run.end + if self.has(run.end + 1, NumeralRole::And) { hyphen(run.end) } else { 0 };
        let connector = self.has(from, NumeralRole::And) || self.has(from, NumeralRole::WeakPoint);
        let at = if connector { from + 1 + hyphen(from + 1) } else { run.end };
        let part = match self.part(at, limit) {
            Some(part) => Some(part),
            None if connector => self.bare_half(at),
            None => None,
        };
        let Some((value, end)) = part else { return };
        let digits = self.token(at).is_some_and(|t| t.is_number() || t.kind == TokenKind::Mark);
        if value >= Number::ONE || end > limit || !(connector || digits && run.literal.is_some_and(|l| l.decimals == 0))
        {
            return;
        }
        let scaled = self.scale_at(end).filter(|_| end < limit);
        match scaled {
            // «one billion and a half million»
            Some(factor) if run.machine.last == Last::Scale => {
                let fits = value.checked_mul(factor).filter(|v| run.machine.value().is_some_and(|all| *v < all));
                if fits.is_some_and(|v| {
                    let one = Number::ONE;
                    run.machine.scale = one;
                    run.machine.last = Last::Adder;
                    run.machine.add_fraction(v, at).is_some()
                }) {
                    run.end = end + 1;
                }
            }
            // «two and a half million»
            Some(factor) => {
                if run.machine.add_fraction(value, at).is_some() && run.machine.scale_all(factor).is_some() {
                    run.end = end + 1;
                }
            }
            None => {
                if run.machine.add_fraction(value, at).is_some() {
                    run.end = end;
                }
            }
        }
        run.machine.article = false;
    }

    /// `medio`, `half`, `a half` behind a connector.
    fn bare_half(&self, at: usize) -> Option<(Number, usize)> {
        let mut word = at + usize::from(self.is_article(at));
        word += usize::from(word > at && self.token(word).is_some_and(is_hyphen));
        let half = self.senses(word).iter().find(|s| {
            s.role == NumeralRole::Half || s.role == NumeralRole::Fraction && self.is_unit_behind(word + 1)
        })?;
        Some((half.value, word + 1))
    }

    /// «medio», «cuarto de» alone: a part only where a unit follows.
    fn weak_part(&self, at: usize) -> Option<Numeral> {
        let part = self.senses(at).iter().find(|s| match s.role {
            NumeralRole::Half => true,
            NumeralRole::Fraction | NumeralRole::PluralFraction => self.is_unit_behind(at + 1),
            // «tenth of a gallon», but not «tenth of the month»
            NumeralRole::Ordinal => s.value > Number::from(2) && self.is_article(at + 2) && self.is_unit_behind(at + 1),
            _ => false,
        })?;
        let value = if part.role == NumeralRole::Ordinal { Number::ONE.checked_div(part.value)? } else { part.value };
        let mut numeral = self.numeral(at, at + 1, value, Form::Fraction);
        numeral.article = true;
        Some(numeral)
    }

    /// Whether a unit stands behind: «de hora», «of a gallon», `-litre`.
    fn is_unit_behind(&self, at: usize) -> bool {
        let class = |i: usize| self.token(i).map_or(0, |t| self.pack.lexicon.classes(t.symbol));
        let mut from = at;
        if class(from) & self.pack.scope.of != 0 {
            from += 1;
            from += usize::from(class(from) & self.pack.scope.article != 0);
        } else if self.token(from).is_some_and(is_hyphen) && self.is_glued(from) {
            from += 1;
        } else {
            return false;
        }
        self.pack.lexicon.longest_where(self.tokens, from, |s| matches!(s, Sense::Unit(_))).is_some()
    }

    /// «point 77», «punto cinco»: a decimal mark in words that begins a number.
    fn leading_point(&self, at: usize, limit: usize) -> Option<Numeral> {
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

    /// A proper part: `3/4`, `½`, «dos tercios», «three twenty-firsts», «a half».
    fn part(&self, at: usize, limit: usize) -> Option<(Number, usize)> {
        let token = self.token(at)?;
        if at >= limit {
            return None;
        }
        if token.kind == TokenKind::Mark {
            return vulgar(self.surface(at).chars().next()?).map(|value| (value, at + 1));
        }
        if token.is_number() {
            if let Some(slash) = self.slash(at) {
                return Some(slash);
            }
            if let Some(value) = self.surface(at + 1).chars().next().and_then(vulgar)
                && self.is_glued(at + 1)
            {
                let whole = digits::read(self.surface(at), self.convention).filter(|l| l.decimals == 0)?;
                return Some((whole.value.checked_add(value)?, at + 2));
            }
        }
        if self.is_article(at) {
            // «un medio», «a half»: but «a half million» and «half a million» are scales
            // and «un medio de comunicación» is no half
            let of = self.token(at + 2).is_some_and(|t| self.pack.lexicon.classes(t.symbol) & self.pack.scope.of != 0);
            if self.has(at + 1, NumeralRole::Half)
                && !of
                && self.scale_at(at + 2).is_none()
                && self.is_last_word(at + 2)
            {
                return self.bare_half(at);
            }
        }
        let mut run = Run { machine: Machine::new(), end: at, literal: None };
        self.go_on(&mut run, limit);
        if run.machine.is_empty() || run.machine.ordinal || run.literal.is_some_and(|l| l.decimals > 0) {
            return None;
        }
        let (denominator, end, plural) = self.denominator(run.end, limit)?;
        let numerator = run.machine.value()?;
        // «tres cuarto de hora»: the singular does where a unit follows.
        let fits = plural
            || self.scale_at(end).is_some()
            || numerator == Number::ONE && self.names_no_noun(end)
            || self.is_unit_behind(end);
        fits.then_some(())?;
        Some((numerator.checked_div(denominator)?, end))
    }

    /// Whether no word but a unit follows at `at`.
    fn is_last_word(&self, at: usize) -> bool {
        self.token(at).is_none_or(|t| !t.is_word())
            || self.pack.lexicon.longest_where(self.tokens, at, |s| matches!(s, Sense::Unit(_))).is_some()
    }

    /// Whether the word at `at` leaves the part before it without a noun: «un quinto de», but not «un quinto puesto».
    fn names_no_noun(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return true };
        if !token.is_word() {
            return true;
        }
        let classes = self.pack.lexicon.classes(token.symbol);
        classes & (self.pack.scope.function | self.pack.scope.and | self.pack.scope.of) != 0
            || self
                .pack
                .lexicon
                .longest(self.tokens, at)
                .is_some_and(|f| f.senses.iter().any(|s| matches!(s, Sense::Unit(_))))
    }

    /// The scale that a part is taken of: «two thirds of a million», «a quarter million».
    fn scale_of_part(&self, at: usize, limit: usize) -> Option<(Number, usize)> {
        let of = self.token(at).is_some_and(|t| self.pack.lexicon.classes(t.symbol) & self.pack.scope.of != 0);
        let scale = if of && self.is_article(at + 1) { at + 2 } else { at };
        let factor = self.scale_at(scale).filter(|f| *f >= Number::from(1000) && scale < limit)?;
        Some((factor, scale + 1))
    }

    /// A denominator: value, end, whether it is a plural.
    fn denominator(&self, at: usize, limit: usize) -> Option<(Number, usize, bool)> {
        let at = if self.token(at).is_some_and(is_hyphen) { at + 1 } else { at };
        if at >= limit {
            return None;
        }
        let half = Number::ONE.checked_div(2)?;
        for sense in self.senses(at) {
            match sense.role {
                NumeralRole::Fraction => return Some((Number::ONE.checked_div(sense.value)?, at + 1, false)),
                // «tres medios de comunicación» are no halves.
                NumeralRole::PluralFraction if sense.value == half && !self.is_last_word(at + 1) => {}
                NumeralRole::PluralFraction => return Some((Number::ONE.checked_div(sense.value)?, at + 1, true)),
                NumeralRole::Half if self.scale_at(at + 1).is_none() && self.names_no_noun(at + 1) => {
                    return Some((Number::ONE.checked_div(sense.value)?, at + 1, false));
                }
                _ => {}
            }
        }
        if let Some(compound) = self.compound(at) {
            let denominator = match compound.form {
                Form::Fraction => Number::ONE.checked_div(compound.value)?,
                Form::Ordinal => compound.value,
                _ => return None,
            };
            return Some((denominator, at + 1, compound.plural));
        }
        // An ordinal of one or several words: «twenty-firsts», «one hundred fifth».
        let mut run = Run { machine: Machine::new(), end: at, literal: None };
        self.go_on(&mut run, limit);
        let mut plural = run.machine.plural;
        let mut end = run.end;
        if !run.machine.ordinal && !run.machine.is_empty() && run.literal.is_none() {
            // The plural at the end of several words is not taken by the machine.
            let last = self.senses(run.end + usize::from(self.token(run.end).is_some_and(is_hyphen)));
            let step = usize::from(self.token(run.end).is_some_and(is_hyphen));
            let sense = last.iter().find(|s| s.role == NumeralRole::PluralOrdinal && run.machine.fits(s.value))?;
            run.machine.word(NumeralSense { role: NumeralRole::Add, value: sense.value }, run.end).ok()?;
            (plural, end) = (true, run.end + step + 1);
        } else if !run.machine.ordinal {
            return None;
        }
        let value = run.machine.value()?;
        // A second is no part of anything.
        (value > Number::from(2)).then_some((value, end, plural))
    }

    /// `3/4`, where it is no date and no name.
    fn slash(&self, at: usize) -> Option<(Number, usize)> {
        let slash = self.token(at + 1)?;
        let bottom = self.token(at + 2)?;
        let glued = !slash.space_before() && !bottom.space_before();
        let spaced = slash.space_before() && bottom.space_before();
        if !(slash.is('/') && bottom.is_number() && (glued || spaced)) {
            return None;
        }
        let open =
            |t: Option<&Token>| t.is_none_or(|t| t.space_before() || !(t.is('/') || t.is_word() || t.is_number()));
        let before = at.checked_sub(1).and_then(|i| self.token(i));
        if before.is_some_and(|b| b.is('/')) || !open(self.token(at + 3)) {
            return None;
        }
        let (a, b) = (self.surface(at), self.surface(at + 2));
        let plain = |s: &str| s.bytes().all(|c| c.is_ascii_digit()) && s.len() <= 4;
        // «Reglamento 1083/2006»: a year is no denominator.
        let year = b.len() == 4 && matches!(b.parse::<u32>(), Ok(1900..=2100));
        if !(plain(a) && plain(b)) || a.len() == 4 && b.len() == 2 || year {
            return None;
        }
        Some((Number::parse(a)?.checked_div(Number::parse(b)?)?, at + 3))
    }

    /// «uno de cada cinco», «one over three».
    fn over(&self, run: &Run, limit: usize) -> Option<(Number, usize)> {
        let wanted = |s: Sense| matches!(s, Sense::Over | Sense::WeakOver);
        let found = self.pack.lexicon.longest_where(self.tokens, run.end, wanted)?;
        let weak = !found.senses.contains(&Sense::Over);
        let mut bottom = Run { machine: Machine::new(), end: found.end, literal: None };
        self.go_on(&mut bottom, limit);
        let denominator = bottom.machine.value().filter(|_| !bottom.machine.is_empty() && !bottom.machine.ordinal)?;
        let whole = run.machine.value()?;
        (denominator > Number::ONE && whole.is_integer()).then_some(())?;
        // «one in five adults», but not «two in 2018», «three in ten days», «one in the first»
        let share = whole < denominator && denominator <= Number::from(1000) && whole <= Number::from(20);
        let unit = self.pack.lexicon.longest_where(self.tokens, bottom.end, |s| matches!(s, Sense::Unit(_))).is_some();
        // «2,400 over twelve months» is a sum and a time.
        (if unit { share && !weak } else { share || !weak }).then_some(())?;
        Some((whole.checked_div(denominator)?, bottom.end))
    }

    /// `10k`, `1,2 M`, `8,5 mil M€`: an abbreviation behind digits or a scale word.
    fn scale_symbol(&self, run: &mut Run, limit: usize) {
        let Some(token) = self.token(run.end).filter(|t| t.is_word() && run.end < limit) else { return };
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
        }
    }

    /// A ratio with a word of its own: «la mitad», «el doble».
    fn ratio(&self, at: usize) -> Option<Numeral> {
        self.token(at).filter(|t| self.pack.lexicon.begins_ratio(t.symbol))?;
        let found = self.pack.lexicon.longest_where(self.tokens, at, |s| matches!(s, Sense::Ratio(_)))?;
        let value = found.senses.iter().find_map(|s| match s {
            Sense::Ratio(index) => self.pack.ratios.get(usize::from(*index)),
            _ => None,
        })?;
        Some(self.numeral(at, found.end, *value, Form::Multiple))
    }

    /// A number written as one word: `veintidosmilésimo`, `treintaicincoavos`, `tresmillonésimo`.
    fn compound(&self, at: usize) -> Option<Numeral> {
        let links = self.pack.compound_links()?;
        let token = self.token(at).filter(|t| t.is_word() && t.span.len() >= SHORTEST_COMPOUND)?;
        let word = token.span.of(self.text);
        if !self.pack.may_be_compound(word) {
            return None;
        }
        let word = word.to_lowercase();
        for suffix in self.pack.denominator_suffixes() {
            if let Some(stem) = word.strip_suffix(suffix.as_str())
                && let Some(machine) = self.next_piece(stem, &Machine::new(), links, 1)
            {
                let value = Number::ONE.checked_div(machine.value()?)?;
                let mut numeral = self.numeral(at, at + 1, value, Form::Fraction);
                numeral.plural = suffix.ends_with('s');
                return Some(numeral);
            }
        }
        let machine = self.pieces(&word, links)?;
        let mut run = Run { machine, end: at + 1, literal: None };
        self.go_on(&mut run, self.tokens.len());
        let machine = run.machine;
        let form = if machine.ordinal { Form::Ordinal } else { Form::Cardinal };
        let mut numeral = self.numeral(at, run.end, machine.value()?, form);
        numeral.plural = machine.plural;
        numeral.scale = machine.scale;
        Some(numeral)
    }

    /// Reads the pieces of a compound, the longest piece first, with a step back where the rest does not fit.
    fn pieces(&self, word: &str, links: &[String]) -> Option<Machine> {
        self.next_piece(word, &Machine::new(), links, 0)
    }

    fn next_piece(&self, rest: &str, machine: &Machine, links: &[String], depth: usize) -> Option<Machine> {
        if rest.is_empty() {
            return (depth > 1).then(|| machine.clone());
        }
        if depth > 12 {
            return None;
        }
        for end in (2..=rest.len()).rev() {
            let Some(piece) = rest.get(..end) else { continue };
            let symbol = crate::text::Lookup::symbol(&self.pack.lexicon, piece);
            for sense in self.pack.lexicon.numeral(symbol) {
                let plural_last = matches!(sense.role, NumeralRole::PluralOrdinal | NumeralRole::PluralOrdinalScale);
                let role = match sense.role {
                    NumeralRole::PluralOrdinal => NumeralRole::Ordinal,
                    NumeralRole::PluralOrdinalScale => NumeralRole::OrdinalScale,
                    role => role,
                };
                if sense.value.is_zero() || matches!(role, NumeralRole::Noun | NumeralRole::PluralNoun) {
                    continue;
                }
                let mut next = machine.clone();
                if next.word(NumeralSense { role, value: sense.value }, depth).is_err() {
                    continue;
                }
                next.plural |= plural_last;
                let after = rest.get(end..).unwrap_or_default();
                if let Some(done) = self.next_piece(after, &next, links, depth + 1) {
                    return Some(done);
                }
                for link in links {
                    if let Some(after) = after.strip_prefix(link.as_str())
                        && !after.is_empty()
                        && let Some(done) = self.next_piece(after, &next, links, depth + 1)
                    {
                        return Some(done);
                    }
                }
            }
        }
        None
    }
}

fn is_hyphen(token: &Token) -> bool {
    ['-', '‐', '‑', '–', '—', '−'].iter().any(|c| token.is(*c))
}

/// The value of a fraction that is one character.
fn vulgar(c: char) -> Option<Number> {
    let (a, b) = match c {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        _ => return None,
    };
    Number::new(a, b, 0)
}
