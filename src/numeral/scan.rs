//! Finds the numbers of a run of tokens, left to right, each as long as it can be.
//!
//! «los 2 millones y medio de casas, un 3,5 % más» gives `2 millones y medio` and `3,5`. Only tokens that can begin a number
//! are looked at; everything else costs one table access.

use super::digits::{self, Convention, Literal};
use super::part::vulgar;
use super::words::{Last, Machine, Stop};
use super::{Form, Number, Numeral};
use crate::pack::{AndJoins, NumberFormat, Pack};
use crate::pack::{NumeralRole, NumeralSense, Sense};
use crate::text::{Span, Token, TokenKind};

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
pub(super) const SHORTEST_COMPOUND: usize = 6;

/// A number read so far, before sign, scale symbol and fraction are looked for.
pub(super) struct Run {
    pub machine: Machine,
    pub end: usize,
    pub literal: Option<Literal>,
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
            // «un 70 %»: an article before a number is none itself.
            Some(numeral) if numeral.article && reader.counts(numeral.end) => at = numeral.end,
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
    pub(super) fn senses(&self, at: usize) -> &'a [NumeralSense] {
        match self.token(at) {
            Some(token) if token.kind == TokenKind::Word => self.pack.lexicon.numeral(token.symbol),
            _ => &[],
        }
    }

    pub(super) fn has(&self, at: usize, role: NumeralRole) -> bool {
        self.senses(at).iter().any(|s| s.role == role)
    }

    pub(super) fn is_article(&self, at: usize) -> bool {
        self.senses(at).iter().any(|s| matches!(s.role, NumeralRole::Article | NumeralRole::Determiner))
    }

    /// Whether the token is an article that means one.
    fn is_one(&self, at: usize) -> bool {
        self.is_article(at) && self.senses(at).iter().all(|s| s.value == Number::ONE)
    }

    /// Whether the token stands right behind the one before it.
    #[must_use]
    pub fn is_glued(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| !t.space_before())
    }

    /// Whether a number may begin at the token: a quick test that rules out nearly every word.
    #[inline]
    pub(super) fn may_begin(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return false };
        match token.kind {
            TokenKind::Number => true,
            TokenKind::Word => self.pack.lexicon.begins_number(token.symbol) || self.may_be_compound(at),
            TokenKind::Mark => {
                !['(', ')', '"', ':', ';', '\'', '«', '»', '“', '”', '?', '!', '¿'].iter().any(|c| token.is(*c))
            }
        }
    }

    /// Whether the word at `at`, which is no number word itself, begins and ends as compounds of them do.
    #[inline]
    pub(super) fn may_be_compound(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| {
            let open = self.pack.lexicon.is_open(token.symbol) || self.pack.lexicon.may_be_compound(token.symbol);
            open && token.span.len() >= SHORTEST_COMPOUND && self.pack.may_be_compound(token.span.of(self.text))
        })
    }

    /// The number that starts at token `at` and ends at `limit` or before.
    #[must_use]
    pub fn numeral_at(&self, at: usize, limit: usize) -> Option<Numeral> {
        let token = self.token(at)?;
        match token.kind {
            TokenKind::Number => {}
            TokenKind::Word => {
                let known = self.pack.lexicon.begins_number(token.symbol);
                if !known {
                    // A cardinal in one word goes on as others do: «drieëntwintig en een half», «eenentwintig vijfde».
                    let compound = self.compound(at)?;
                    if compound.form == Form::Fraction || compound.ending.is_some() {
                        return Some(compound);
                    }
                }
                let nothing = self.senses(at).is_empty() && self.pack.lexicon.phrases(self.tokens, at).is_empty();
                if known && nothing {
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
                let sign = matches!(mark, '-' | '−' | '–' | '－' | '+' | '＋');
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
            None if self.pack.myriads() => None,
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
    pub(super) fn sign(&self, at: usize) -> Option<(Option<char>, usize)> {
        let token = self.token(at)?;
        if token.kind == TokenKind::Mark {
            let sign = match self.surface(at).chars().next()? {
                '-' | '−' | '–' | '－' => '-',
                '+' | '＋' => '+',
                _ => return Some((None, at)),
            };
            let number = self.token(at + 1)?;
            let before = at.checked_sub(1).and_then(|i| self.token(i));
            let open = token.space_before()
                || before.is_none_or(|b| b.is('(') || b.is('<') || b.is('>') || b.is('[') || b.is('='));
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
    pub(super) fn unsigned(&self, at: usize, limit: usize) -> Option<Numeral> {
        if self.pack.myriads() {
            return self.myriad(at, limit);
        }
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
        if run.machine.ordinal
            && self.is_one(at)
            && !run.machine.plural
            && run.end == at + 2
            && !self.pack.own_denominators()
        {
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

    pub(super) fn numeral(&self, start: usize, end: usize, value: Number, form: Form) -> Numeral {
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
            high: None,
            over: false,
            plural: false,
            ending: None,
        }
    }

    /// A cardinal or ordinal from `at` on, as long as the machine takes words.
    pub(super) fn run(&self, at: usize, limit: usize) -> Option<Run> {
        let mut run = Run { machine: Machine::new(), end: at, literal: None };
        self.go_on(&mut run, limit);
        // «.5»: a mark glued to digits and to nothing before it.
        if run.machine.is_empty() && run.end == at {
            return self.leading_mark(at);
        }
        (!run.machine.is_empty()).then_some(run)
    }

    /// Goes on reading a run where it stands.
    pub(super) fn go_on(&self, run: &mut Run, limit: usize) {
        let first = run.end;
        let joins = self.pack.and_joins();
        let mut at = run.end;
        while at < limit {
            let Some(token) = self.token(at) else { break };
            let mut next = at;
            // «vingt-et-un»
            let hyphen = |i: usize| {
                let glued = self.pack.hyphens_join() && self.is_glued(i) && self.is_glued(i + 1);
                usize::from(glued && self.token(i).is_some_and(is_hyphen))
            };
            let joiner = if run.machine.is_empty() { None } else { self.joiner(at + hyphen(at)) };
            if let Some(joined) = joiner.map(|end| end + hyphen(end)) {
                // A connector counts only with what it joins.
                let Some(value) = self.smallest(joined) else { break };
                // «six million and two thirds»: the part is added to the whole, not taken of it.
                let half = self.is_article(joined) && self.has(joined + 1, NumeralRole::Half);
                // «vingt et un» and «vingt et un quart» begin alike.
                let one = joins == AndJoins::Ones && self.is_article(joined);
                let part = (one || matches!(run.machine.last, Last::Scale | Last::Hundred))
                    && (half || self.part(joined, limit).is_some_and(|(part, _)| part < Number::ONE));
                let ten = self.ten(&mut run.machine.clone(), joined);
                if joined >= limit || part || !(ten || run.machine.joins(joins, value)) {
                    break;
                }
                next = joined;
            } else if !run.machine.is_empty() && is_hyphen(token) {
                let tens = run.machine.last == Last::Adder
                    && (self.senses(at + 1).iter().any(|s| run.machine.scores(*s))
                        || self.smallest(at + 1).is_some_and(|v| {
                            (v < Number::from(10) || run.machine.is_vigesimal()) && run.machine.fits(v)
                        }))
                    && self.token(at + 1).is_some_and(Token::is_word);
                let multiplies = [NumeralRole::Hundred, NumeralRole::PluralHundred, NumeralRole::Scale];
                let scale = multiplies.into_iter().any(|role| self.has(at + 1, role));
                let hundred = scale && !token.space_before() && self.is_glued(at + 1);
                let joined = hyphen(at) > 0 && !self.senses(at + 1).is_empty();
                if !(tens || hundred || joined) {
                    break;
                }
                next = at + 1;
            }
            let Some(token) = self.token(next) else { break };
            // «une dizaine de millions»
            if run.machine.last == Last::Noun
                && self.pack.lexicon.classes(token.symbol) & self.pack.scope.of != 0
                && let Some(scale) = self.plural_scale(at + 1).filter(|_| at + 1 < limit)
                && run.machine.scale_all(scale).is_some()
            {
                run.end = at + 2;
                break;
            }
            // «vijf en twintig»
            if next > at && self.ten(&mut run.machine, next) {
                at = next + 1;
                run.end = at;
                continue;
            }
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

    /// The scale of a thousand or more that a plural at `at` stands for: `millions`, `milliers`.
    fn plural_scale(&self, at: usize) -> Option<Number> {
        let plural = |role| matches!(role, NumeralRole::PluralScale | NumeralRole::PluralNoun);
        let scale = self.senses(at).iter().find(|s| plural(s.role))?.value;
        (scale >= Number::from(1000)).then_some(scale)
    }

    /// Whether digits or a word that adds stand at `at`.
    fn counts(&self, at: usize) -> bool {
        self.token(at).is_some_and(Token::is_number) || self.has(at, NumeralRole::Add)
    }

    /// Takes the word at `at` as the ten of the unit that stands before it, where the language puts units first.
    fn ten(&self, machine: &mut Machine, at: usize) -> bool {
        !self.pack.unit_ten_links().is_empty() && self.senses(at).iter().any(|sense| machine.ten(*sense).is_ok())
    }

    /// One past the connector at `at`, if there is one: «y», «không trăm».
    fn joiner(&self, at: usize) -> Option<usize> {
        let joins = |senses: &[NumeralSense]| senses.iter().any(|s| s.role == NumeralRole::And);
        let phrases = self.pack.lexicon.phrases(self.tokens, at);
        let phrase = phrases.into_iter().find(|(_, senses)| joins(senses)).map(|(end, _)| end);
        phrase.or_else(|| self.has(at, NumeralRole::And).then_some(at + 1))
    }

    /// The smallest value that the word or digits at `at` could add.
    pub(super) fn smallest(&self, at: usize) -> Option<Number> {
        let token = self.token(at)?;
        if token.is_number() {
            return digits::read(self.surface(at), self.convention).filter(|l| l.decimals == 0).map(|l| l.value);
        }
        let adds = |role| {
            matches!(
                role,
                NumeralRole::Add
                    | NumeralRole::Vigesimal
                    | NumeralRole::Article
                    | NumeralRole::Ordinal
                    | NumeralRole::WeakOrdinal
            )
        };
        let phrases = self.pack.lexicon.phrases(self.tokens, at);
        let senses = phrases.first().map_or_else(|| self.senses(at), |(_, senses)| *senses);
        // «elf u mija»: a thousand and one hundred
        let multiplies = |role| matches!(role, NumeralRole::Hundred | NumeralRole::Scale);
        match senses.iter().find(|s| adds(s.role)).or_else(|| senses.iter().find(|s| multiplies(s.role))) {
            Some(sense) => Some(sense.value),
            None => self.go_on_compound(&Machine::new(), at)?.value(),
        }
    }

    pub(super) fn word(&self, run: &mut Run, at: usize) -> Result<usize, Stop> {
        let mut stop = Stop::Misfit;
        // «treinta cinco» is no Spanish number: tens take units only through a connector there, and «twintig vijfde» no Dutch
        // one: units stand before tens.
        let units_first = !self.pack.unit_ten_links().is_empty();
        let bare_unit = (self.pack.and_joins() == crate::pack::AndJoins::Tens || units_first)
            && run.machine.last == Last::Adder
            && at == run.end
            && self.smallest(at).is_some_and(|v| v < Number::from(10))
            && run.machine.value().is_some_and(|v| v.lowest_place() == Some(1))
            && (units_first || !self.has(at, NumeralRole::Ordinal));
        if bare_unit {
            return Err(Stop::Misfit);
        }
        for (end, senses) in self.pack.lexicon.phrases(self.tokens, at) {
            for sense in senses {
                if run.machine.word(*sense, at).is_ok() {
                    return Ok(end);
                }
            }
        }
        for sense in self.senses(at) {
            if sense.role == NumeralRole::Half {
                // «medio millón», «half a million», «un demi-million»
                let alone = run.machine.is_empty() || run.machine.article && self.is_glued_hyphen(at + 1);
                if alone && let Some(end) = self.half_scale(run, at, sense.value) {
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
        let closed = run.machine.last == Last::Scale && run.literal.is_some_and(|l| l.decimals > 0);
        if !closed && let Some(machine) = self.go_on_compound(&run.machine, at) {
            let rank = machine.ordinal && run.literal.is_some();
            if !rank {
                run.machine = machine;
                return Ok(at + 1);
            }
        }
        Err(stop)
    }

    pub(super) fn scale_at(&self, at: usize) -> Option<Number> {
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

    /// Whether a hyphen at `at` joins two words.
    pub(super) fn is_glued_hyphen(&self, at: usize) -> bool {
        self.token(at).is_some_and(is_hyphen) && self.is_glued(at) && self.is_glued(at + 1)
    }

    pub(super) fn half_scale(&self, run: &mut Run, at: usize, half: Number) -> Option<usize> {
        let skip = self.is_article(at + 1) || self.is_glued_hyphen(at + 1);
        let scale = at + 1 + usize::from(skip);
        let factor = self.scale_at(scale)?;
        run.machine = Machine::new();
        let literal = Literal { value: half, decimals: 1, whole: 1, grouped: false, ambiguous: false };
        run.machine.digits(&literal, at).ok()?;
        run.machine.scale_all(factor)?;
        Some(scale + 1)
    }

    /// A ratio with a word of its own: «la mitad», «el doble».
    pub(super) fn ratio(&self, at: usize) -> Option<Numeral> {
        self.token(at).filter(|t| self.pack.lexicon.begins_ratio(t.symbol))?;
        let found = self.pack.lexicon.longest_where(self.tokens, at, |s| matches!(s, Sense::Ratio(_)))?;
        let value = found.senses.iter().find_map(|s| match s {
            Sense::Ratio(index) => self.pack.ratios.get(usize::from(*index)),
            _ => None,
        })?;
        Some(self.numeral(at, found.end, *value, Form::Multiple))
    }
}

pub(super) fn is_hyphen(token: &Token) -> bool {
    ['-', '‐', '‑', '–', '—', '−'].iter().any(|c| token.is(*c))
}
