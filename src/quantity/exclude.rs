//! Numbers that are no quantities: dates, clock times, names, references.
//!
//! `CCI 4.0`, `COVID-19`, «artículo 14», «el 23 de mayo», `12:30` hold numbers that count nothing. Most are told by the pack's rules
//! in `readings.toml`; what needs no words (letters glued to digits, telephone numbers, clock times with colons) by
//! [`shape`](super::shape).

use std::fmt;

use super::shape::{bare_year, is_money_word, is_score, run_around, shape};
use super::{Quantity, Scene};
use crate::numeral::{Form, Number, Numeral};
use crate::pack::pattern::{Match, Window};
use crate::pack::{AnchorForm, Reading};
use crate::pack::{NumeralRole, Sense};
use crate::text::Token;

/// What decided a reading: a rule of the pack, or a shape.
#[derive(Clone, Copy, Debug)]
pub(super) struct Why<'a>(&'a str);

impl fmt::Display for Why<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// Whether a reading means that the number is no quantity.
pub(super) fn is_excluding(reading: Reading) -> bool {
    matches!(reading, Reading::Date | Reading::Time | Reading::Name | Reading::Reference | Reading::Vague)
}

/// The readings that words or shapes give the numerals.
pub(super) fn readings<'a>(scene: Scene<'a>, numerals: &[Numeral]) -> Vec<Option<(Reading, Why<'a>)>> {
    let mut readings: Vec<Option<(Reading, Why<'a>)>> = vec![None; numerals.len()];
    let mut matches: Vec<Match> = Vec::new();
    let rules = &scene.reader.pack.readings;
    // Tokens up to here belong to a date or name whose first number was matched.
    let mut taken: Option<(usize, Reading, Why<'a>)> = None;
    for (index, numeral) in numerals.iter().enumerate() {
        if let Some((end, reading, why)) = taken
            && numeral.start < end
        {
            set(&mut readings, index, reading, why);
            continue;
        }
        if let Some((reading, id)) = run_around(scene, numeral).and_then(|run| scene.catalog.shape(run)) {
            set(&mut readings, index, reading, Why(id));
            continue;
        }
        if let Some((reading, why)) = shape(scene, numeral) {
            set(&mut readings, index, reading, Why(why));
            continue;
        }
        let window = window(scene, numeral.start);
        // «十二月三日»: in a calendar small numbers in words are as good as digits.
        let small = numeral.value.is_integer() && numeral.value < Number::from(100) && numeral.high.is_none();
        let words = scene.reader.pack.myriads()
            && numeral.form == Form::Cardinal
            && (numeral.literal.is_some_and(|l| l.decimals == 0 && !l.grouped && numeral.scale == Number::ONE)
                || numeral.literal.is_none() && small && !numeral.over);
        let digits = (words
            || (numeral.is_plain_digits() || numeral.form == Form::Ordinal)
                && numeral.literal.is_some_and(|l| !l.grouped && l.decimals == 0))
        .then(|| if words { numeral.value.abs() } else { numeral.value })
        .and_then(|value| value.to_i64().and_then(|v| u32::try_from(v).ok()));
        rules.patterns().matches(window, numeral.start, numeral.end, digits, &mut matches);
        if matches.is_empty() && numeral.form == Form::Fraction && numeral.end > numeral.start + 1 {
            // «Act 12/1999», `24/7`: a rule may take the whole fraction as two numbers and a mark.
            let first = scene.reader.surface(numeral.start).parse().ok();
            rules.patterns().matches(window, numeral.start, numeral.start + 1, first, &mut matches);
            matches.retain(|m| m.end >= numeral.end);
        }
        let found = matches.iter().find_map(|m| {
            let rule = rules.rule(m.rule)?;
            let reading = rule.reading.filter(|_| rule.form.is_none_or(|form| has_form(scene, numeral, form)))?;
            if rule.singular && scene.reader.pack.is_plural(scene.reader.surface(numeral.end)) {
                return None;
            }
            // «un grupo de 2000 personas»: a year has no noun behind it.
            let capitals = scene.reader.pack.capital_nouns();
            // Where nouns have capitals, a year has often one behind it, but «Gruppe 390 Häuser» names no group 390.
            let taken = match reading {
                Reading::Date => !capitals,
                Reading::Name | Reading::Reference => capitals,
                _ => false,
            };
            let counts = taken
                && !rule.firm
                && m.end == numeral.end
                && super::kind::is_noun(scene, numeral.end)
                && (capitals || !reader_token(scene, numeral.end).is_some_and(Token::is_capitalized));
            // «superior às 12 pessoas», «às 6 semanas de idade»: no hours.
            let counts = counts
                || reading == Reading::Time
                    && m.end == numeral.end
                    && super::kind::is_noun(scene, numeral.end)
                    && (capitals || !reader_token(scene, numeral.end).is_some_and(Token::is_capitalized));
            // «the 2000 metres» are no year either.
            let unit = || {
                let found = super::unit::Finder { scene, numeral }.find();
                found.is_some_and(|f| f.unit.code.len() > 1 && f.start >= numeral.start)
            };
            let counts =
                counts || (rule.firm || capitals && reading == Reading::Date) && m.end == numeral.end && unit();
            // «zwischen 1900 und 2000 Euro»
            let last = m.end.checked_sub(1).and_then(|i| scene.reader.token(i));
            let amount = reading == Reading::Date && m.end > numeral.end && last.is_some_and(Token::is_number) && {
                let wanted = |s| matches!(s, Sense::Unit(_) | Sense::Currency(_) | Sense::Family(_));
                let lexicon = &scene.reader.pack.lexicon;
                lexicon.longest_where(scene.reader.tokens, m.end, wanted).is_some()
            };
            let counts = counts || amount;
            // «EUR 20.»: a currency is no name; «Estudiantes 2)» behind «Madrid 3 -» is a score.
            let money = reading == Reading::Name
                && numeral
                    .start
                    .checked_sub(1)
                    .and_then(|i| scene.reader.token(i))
                    .is_some_and(|t| is_money_word(scene, t));
            // «10日元»: a unit that goes on behind the match is no date.
            let longer = is_excluding(reading)
                && scene.reader.pack.myriads()
                && super::unit::Finder { scene, numeral }.find().is_some_and(|f| f.end > m.end);
            let score = longer || reading == Reading::Name && is_score(scene, numeral.start);
            (!(counts || money || score)).then_some((reading, Why(rule.id.as_str()), *m))
        });
        let Some((reading, why, found)) = found else {
            if bare_year(scene, numeral) {
                set(&mut readings, index, Reading::Date, Why("a year"));
            }
            continue;
        };
        set(&mut readings, index, reading, why);
        if reading == Reading::Negative && found.end > numeral.end {
            // The zero of «bajo cero» is a word of the sign.
            taken = Some((found.end, Reading::Name, why));
        }
        if is_excluding(reading) {
            let mut end = found.end;
            // «marcar al 444 44 48»: the groups of a telephone number
            while reading == Reading::Reference
                && scene.reader.token(end).is_some_and(|t| t.is_number() && t.space_before())
            {
                end += 1;
            }
            // `14h30`
            end += usize::from(reading == Reading::Time && super::group::is_glued_part(scene, end));
            taken = Some((end, reading, why));
            // Numbers to the left inside the match: «12 y 13 de mayo» anchored at the second.
            for (earlier, other) in numerals.iter().enumerate().take(index) {
                if other.start >= found.start {
                    set(&mut readings, earlier, reading, why);
                }
            }
        }
    }
    readings
}

/// Whether a number has the form that a rule asks for.
pub(super) fn has_form(scene: Scene<'_>, numeral: &Numeral, form: AnchorForm) -> bool {
    match form {
        AnchorForm::Ordinal => numeral.form == Form::Ordinal,
        AnchorForm::Cardinal => numeral.form == Form::Cardinal,
        AnchorForm::Multiple => numeral.form == Form::Multiple,
        AnchorForm::Noun => (numeral.start..numeral.end).filter_map(|i| scene.reader.token(i)).any(|token| {
            let senses = scene.reader.pack.lexicon.numeral(token.symbol);
            senses.iter().any(|s| matches!(s.role, NumeralRole::Noun | NumeralRole::PluralNoun))
        }),
        AnchorForm::Scale => {
            numeral.literal.is_none() && numeral.end == numeral.start + 1 && numeral.value >= Number::from(100)
        }
        AnchorForm::Half => {
            matches!(numeral.form, Form::Fraction | Form::Multiple)
                && numeral.value.checked_mul(2) == Some(Number::ONE)
                && numeral.literal.is_none()
        }
    }
}

fn reader_token<'a>(scene: Scene<'a>, at: usize) -> Option<&'a Token> {
    scene.reader.token(at)
}

fn set<'a>(readings: &mut [Option<(Reading, Why<'a>)>], index: usize, reading: Reading, why: Why<'a>) {
    if let Some(slot) = readings.get_mut(index) {
        *slot = Some((reading, why));
    }
}

fn window(scene: Scene<'_>, token: usize) -> Window<'_> {
    let sentence = super::bound::sentence_of(scene, token);
    Window {
        text: scene.reader.text,
        tokens: scene.reader.tokens,
        start: sentence.map_or(0, |s| s.first),
        end: sentence.map_or(scene.reader.tokens.len(), |s| s.end),
        lexicon: &scene.reader.pack.lexicon,
    }
}

/// For each numeral whether it is a number mention, also inside a quantity.
pub(super) fn mentions(
    scene: Scene<'_>,
    numerals: &[Numeral],
    readings: &[Option<(Reading, Why<'_>)>],
    quantities: &[Quantity],
) -> Vec<bool> {
    // «一只»: where one is no article, it counts what the measure word behind it says.
    let scope = scene.reader.pack.scope;
    let one = |n: &Numeral| {
        scene.reader.pack.myriads()
            && n.value == Number::ONE
            && reader_token(scene, n.end).is_none_or(|t| {
                let closed = scope.classifier | scope.function;
                !t.is_word() || scene.reader.pack.lexicon.classes(t.symbol) & closed != 0
            })
    };
    let mut mentioned: Vec<bool> = numerals
        .iter()
        .zip(readings)
        .map(|(n, r)| (!n.article || one(n)) && !r.is_some_and(|(r, _)| is_excluding(r)))
        .collect();
    for quantity in quantities.iter().filter(|q| !q.weak) {
        for index in quantity.numerals.0..quantity.numerals.1 {
            if let Some(slot) = mentioned.get_mut(index) {
                *slot = true;
            }
        }
    }
    // «uno» as the whole text answers how many.
    if let ([numeral], [slot]) = (numerals, mentioned.as_mut_slice())
        && numeral.start == 0
        && numeral.end == scene.reader.tokens.len()
    {
        let senses = scene.reader.token(0).map_or(&[][..], |t| scene.reader.pack.lexicon.numeral(t.symbol));
        let determiner = numeral.article && senses.iter().any(|s| s.role == NumeralRole::Determiner);
        *slot |= numeral.form == Form::Cardinal && !determiner;
    }
    mentioned
}
