//! Parts of a whole: `3/4`, `½`, «dos tercios», «millón y medio», «uno de cada cinco».
//!
//! «three twenty-firsts» is a numerator and a denominator that is an ordinal of two words; «two and a half million» a whole
//! number, a part, and a scale over both. A part in the singular needs one before it and no noun behind it: «un quinto
//! puesto» is a rank.

use super::digits;
use super::scan::{Reader, Run, is_hyphen};
use super::words::{Last, Machine};
use super::{Form, Number, Numeral};
use crate::pack::{NumeralRole, NumeralSense, Sense};
use crate::text::{Token, TokenKind};

impl<'a> Reader<'a> {
    /// «millón y medio», «one and three quarters», `2 1/4`, `2½`.
    pub(super) fn halves(&self, run: &mut Run, limit: usize) {
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
    pub(super) fn bare_half(&self, at: usize) -> Option<(Number, usize)> {
        let mut word = at + usize::from(self.is_article(at));
        word += usize::from(word > at && self.token(word).is_some_and(is_hyphen));
        let half = self.senses(word).iter().find(|s| {
            s.role == NumeralRole::Half || s.role == NumeralRole::Fraction && self.is_unit_behind(word + 1)
        })?;
        Some((half.value, word + 1))
    }

    /// «medio», «cuarto de» alone: a part only where a unit follows.
    pub(super) fn weak_part(&self, at: usize) -> Option<Numeral> {
        let part = self.senses(at).iter().find(|s| match s.role {
            NumeralRole::Half => true,
            // «viertel Liter»
            NumeralRole::Fraction | NumeralRole::PluralFraction => {
                self.is_unit_behind(at + 1)
                    || self.pack.own_denominators()
                        && self
                            .pack
                            .lexicon
                            .longest_where(self.tokens, at + 1, |s| matches!(s, Sense::Unit(_)))
                            .is_some()
            }
            // «tenth of a gallon», but not «tenth of the month»
            NumeralRole::Ordinal if self.pack.own_denominators() => false,
            NumeralRole::Ordinal => s.value > Number::from(2) && self.is_article(at + 2) && self.is_unit_behind(at + 1),
            _ => false,
        })?;
        let value = if part.role == NumeralRole::Ordinal { Number::ONE.checked_div(part.value)? } else { part.value };
        let mut numeral = self.numeral(at, at + 1, value, Form::Fraction);
        numeral.article = true;
        Some(numeral)
    }

    /// Whether a unit stands behind: «de hora», «of a gallon», `-litre`.
    pub(super) fn is_unit_behind(&self, at: usize) -> bool {
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
        self.pack.lexicon.longest_where(self.tokens, from, Sense::is_unit).is_some()
    }

    /// A proper part: `3/4`, `½`, «dos tercios», «three twenty-firsts», «a half».
    pub(super) fn part(&self, at: usize, limit: usize) -> Option<(Number, usize)> {
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
                && self.scale_at(at + 2 + usize::from(self.is_glued_hyphen(at + 2))).is_none()
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
        // «twee derde»; but «in 2016 derde» is a year and a rank
        let plural = plural || self.pack.singular_denominators() && numerator > Number::ONE && run.literal.is_none();
        // «dois quartos», «four quarters» are rooms or periods: a fraction would be said shorter.
        let four = Number::from(4);
        let of_unit = self.is_unit_behind(end) || !self.is_free_of_unit(end);
        if denominator == four && plural && !of_unit && self.has(end.saturating_sub(1), NumeralRole::PluralFraction) {
            let half = numerator.checked_div(2)?;
            (!half.is_integer()).then_some(())?;
        }
        // «tres cuarto de hora»: the singular does where a unit follows.
        let fits = plural
            || self.scale_at(end).is_some()
            || self.names_no_noun(end) && (numerator == Number::ONE || numerator < denominator)
            || self.is_unit_behind(end);
        fits.then_some(())?;
        Some((numerator.checked_div(denominator)?, end))
    }

    /// Whether no unit's name begins at `at`.
    fn is_free_of_unit(&self, at: usize) -> bool {
        self.pack.lexicon.longest_where(self.tokens, at, |s| matches!(s, Sense::Unit(_))).is_none()
    }

    /// Whether no word but a unit follows at `at`.
    pub(super) fn is_last_word(&self, at: usize) -> bool {
        self.token(at).is_none_or(|t| !t.is_word())
            || self.pack.lexicon.longest_where(self.tokens, at, Sense::is_unit).is_some()
    }

    /// Whether the word at `at` leaves the part before it without a noun: «un quinto de», but not «un quinto puesto».
    pub(super) fn names_no_noun(&self, at: usize) -> bool {
        let Some(token) = self.token(at) else { return true };
        if !token.is_word() {
            return true;
        }
        let classes = self.pack.lexicon.classes(token.symbol);
        classes & (self.pack.scope.function | self.pack.scope.and | self.pack.scope.of) != 0
            || self.pack.lexicon.longest(self.tokens, at).is_some_and(|f| f.senses.iter().any(|s| s.is_unit()))
    }

    /// The scale that a part is taken of: «two thirds of a million», «a quarter million».
    pub(super) fn scale_of_part(&self, at: usize, limit: usize) -> Option<(Number, usize)> {
        let of = self.token(at).is_some_and(|t| self.pack.lexicon.classes(t.symbol) & self.pack.scope.of != 0);
        let scale = if of && self.is_article(at + 1) { at + 2 } else { at };
        let factor = self.scale_at(scale).filter(|f| *f >= Number::from(1000) && scale < limit)?;
        Some((factor, scale + 1))
    }

    /// Whether the word at `at` is more often a coin than the denominator that it also is: «34 centesimi», but «due
    /// centesimi di secondo».
    fn is_coin(&self, at: usize) -> bool {
        let usual = |sense: Sense| matches!(sense, Sense::Minor(index) if self.pack.parts.get(usize::from(index)).is_some_and(|part| part.usual));
        self.pack.lexicon.longest_where(self.tokens, at, usual).is_some()
    }

    /// A denominator: value, end, whether it is a plural.
    pub(super) fn denominator(&self, at: usize, limit: usize) -> Option<(Number, usize, bool)> {
        let at = if self.token(at).is_some_and(is_hyphen) { at + 1 } else { at };
        if at >= limit || self.is_coin(at) && !self.is_unit_behind(at + 1) {
            return None;
        }
        for sense in self.senses(at) {
            let is_half = || Number::ONE.checked_div(2) == Some(sense.value);
            match sense.role {
                // «ein halbes Dutzend» scales.
                NumeralRole::Fraction
                    if self.pack.own_denominators() && is_half() && self.scale_at(at + 1).is_some() => {}
                NumeralRole::Fraction => {
                    let own = self.pack.own_denominators();
                    return Some((Number::ONE.checked_div(sense.value)?, at + 1, own));
                }
                // «tres medios de comunicación» are no halves.
                NumeralRole::PluralFraction if is_half() && !self.is_last_word(at + 1) => {}
                NumeralRole::PluralFraction => return Some((Number::ONE.checked_div(sense.value)?, at + 1, true)),
                NumeralRole::Half if is_half() && self.scale_at(at + 1).is_none() && self.is_last_word(at + 1) => {
                    return Some((Number::ONE.checked_div(sense.value)?, at + 1, false));
                }
                _ => {}
            }
        }
        let own = self.pack.own_denominators();
        if let Some(compound) = self.compound(at) {
            let denominator = match compound.form {
                Form::Fraction => Number::ONE.checked_div(compound.value)?,
                Form::Ordinal if !own => compound.value,
                _ => return None,
            };
            return Some((denominator, at + 1, compound.plural || own));
        }
        if own {
            return None;
        }
        // An ordinal of one or several words: «twenty-firsts», «one hundred fifth».
        let mut run = Run { machine: Machine::new(), end: at, literal: None };
        self.go_on(&mut run, limit);
        let mut plural = run.machine.plural;
        let mut end = run.end;
        if !run.machine.ordinal && !run.machine.is_empty() && run.literal.is_none() {
            // «vinte e um avos»
            if self.has(run.end, NumeralRole::Denominator) {
                let value = run.machine.value().filter(|v| *v > Number::ONE)?;
                return Some((value, run.end + 1, true));
            }
            // The plural at the end of several words is not taken by the machine.
            let last = self.senses(run.end + usize::from(self.token(run.end).is_some_and(is_hyphen)));
            let step = usize::from(self.token(run.end).is_some_and(is_hyphen));
            let (role, value) = last.iter().find_map(|s| match s.role {
                NumeralRole::PluralOrdinal if run.machine.fits(s.value) => Some((NumeralRole::Add, s.value)),
                // «vinte milésimos»
                NumeralRole::PluralOrdinalScale => Some((NumeralRole::Scale, s.value)),
                _ => None,
            })?;
            run.machine.word(NumeralSense { role, value }, run.end).ok()?;
            (plural, end) = (true, run.end + step + 1);
        } else if !run.machine.ordinal {
            return None;
        }
        let value = run.machine.value()?;
        // A second is no part of anything.
        (value > Number::from(2)).then_some((value, end, plural))
    }

    /// `3/4`, where it is no date and no name.
    pub(super) fn slash(&self, at: usize) -> Option<(Number, usize)> {
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
        // `3/4stunde`
        let unit = || {
            let long = self.token(at + 3).is_some_and(|t| t.is_word() && t.span.len() > 2);
            long && self.pack.lexicon.longest_where(self.tokens, at + 3, Sense::is_unit).is_some()
        };
        if before.is_some_and(|b| b.is('/')) || !(open(self.token(at + 3)) || unit()) {
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
    pub(super) fn over(&self, run: &Run, limit: usize) -> Option<(Number, usize)> {
        let wanted = |s: Sense| matches!(s, Sense::Over | Sense::WeakOver | Sense::CountedOver);
        let Some(found) = self.pack.lexicon.longest_where(self.tokens, run.end, wanted) else {
            return if self.pack.counted_over { self.over_counted(run, limit) } else { None };
        };
        let weak = !found.senses.contains(&Sense::Over);
        let mut bottom = Run { machine: Machine::new(), end: found.end, literal: None };
        self.go_on(&mut bottom, limit);
        let denominator = bottom.machine.value().filter(|_| !bottom.machine.is_empty() && !bottom.machine.ordinal)?;
        let whole = run.machine.value()?;
        (denominator > Number::ONE && whole.is_integer()).then_some(())?;
        // «one in five adults», but not «two in 2018», «three in ten days», «one in the first»
        let share = whole < denominator && denominator <= Number::from(1000) && whole <= Number::from(20);
        let unit = self.pack.lexicon.longest_where(self.tokens, bottom.end, Sense::is_unit).is_some();
        // «2,400 over twelve months» is a sum and a time.
        (if unit { share && !weak } else { share || !weak }).then_some(())?;
        Some((whole.checked_div(denominator)?, bottom.end))
    }

    /// «un Français sur trois», «neuf petites entreprises sur dix»: what is counted stands inside the share.
    fn over_counted(&self, run: &Run, limit: usize) -> Option<(Number, usize)> {
        let scope = self.pack.scope;
        // «huit points sur 12» is a score.
        let closed = scope.function | scope.article | scope.and | scope.or | scope.of | scope.verb | scope.calendar;
        let closed = closed | scope.contest;
        let noun = |at: usize| {
            self.token(at).is_some_and(|t| t.is_word() && self.pack.lexicon.classes(t.symbol) & closed == 0)
                && self.senses(at).is_empty()
        };
        let words = (0..COUNTED_WORDS).take_while(|i| noun(run.end + i)).count();
        let over = run.end + words;
        if words == 0 || over >= limit {
            return None;
        }
        let found = self.pack.lexicon.longest_where(self.tokens, over, |s| s == Sense::CountedOver)?;
        let mut bottom = Run { machine: Machine::new(), end: found.end, literal: None };
        self.go_on(&mut bottom, limit);
        let denominator = bottom.machine.value().filter(|_| !bottom.machine.is_empty() && !bottom.machine.ordinal)?;
        let whole = run.machine.value()?;
        let share = whole < denominator && whole.is_integer() && denominator <= Number::from(1000);
        // «22 filiali su 310» are two counts.
        let round = [100, 1000].into_iter().any(|n| denominator == Number::from(n));
        let share = share && (whole == Number::ONE || denominator <= Number::from(10) || round);
        // «deux projets sur trois sites», «deux fois sur dix ans» count two things.
        let counts =
            noun(bottom.end) && self.token(bottom.end).is_some_and(|t| self.pack.is_plural(t.span.of(self.text)));
        // «twee doden op 5 mei», «één man op 40-jarige leeftijd»
        let next = self.token(bottom.end);
        let dated = next.is_some_and(|t| {
            self.pack.lexicon.classes(t.symbol) & scope.calendar != 0 || is_hyphen(t) && !t.space_before()
        });
        (share && !counts && !dated).then_some((whole.checked_div(denominator)?, bottom.end))
    }
}

/// How many words of what is counted may stand inside a share.
const COUNTED_WORDS: usize = 3;

/// The value of a fraction that is one character.
pub(super) fn vulgar(c: char) -> Option<Number> {
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
