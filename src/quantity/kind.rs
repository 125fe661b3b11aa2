//! What a number without a unit is: a count, a rank, a ratio or a bare number.
//!
//! «21 laboratorios» counts what follows; «hasta los 10.422,61» is a level; «superó las 2.400» counts what the sentence named
//! before. A noun is what no closed class of the pack holds: no function word, no verb form, no number.

use super::bound::sentence_of;
use super::{Kind, MeasureUnit, Quantity, Scene};
use crate::numeral::{Form, Numeral};
use crate::pack::NumeralRole;
use crate::pack::{Ending, Reading};
use crate::text::Token;

/// The unit of ages.
const YEAR: &str = "yr";

/// Whether a counted noun, or an adjective before one, begins at token `at`.
pub(super) fn is_noun(scene: Scene<'_>, at: usize) -> bool {
    let reader = scene.reader;
    let Some(token) = reader.token(at) else { return false };
    if !token.is_word() || sentence_of(scene, at).is_some_and(|s| s.first == at) {
        return false;
    }
    let scope = reader.pack.scope;
    let class = reader.pack.lexicon.classes(token.symbol);
    let closed = scope.function | scope.article | scope.and | scope.or | scope.of | scope.verb | scope.calendar;
    let senses = reader.pack.lexicon.numeral(token.symbol);
    // «los dos primeros encuentros»: an ordinal may stand before the noun; «14 meios aéreos»: halves that no number took.
    let number = senses.iter().any(|s| {
        !matches!(
            s.role,
            NumeralRole::Ordinal
                | NumeralRole::PluralOrdinal
                | NumeralRole::PluralFraction
                | NumeralRole::Minus
                | NumeralRole::WeakMinus
                | NumeralRole::Point
        )
    });
    // A measure word counts, whatever else it is: «400只».
    let plain = class & closed == 0 && !number || class & scope.classifier != 0;
    if reader.pack.capital_nouns() && !token.is_capitalized() {
        // «20 neue, helle Räume»: where nouns have capitals, small words count only with one behind them.
        return plain && has_noun_behind(scene, at);
    }
    plain && !reader.pack.is_verb_ending(token.span.of(reader.text))
}

/// How many words may stand before a noun with a capital.
const ADJECTIVES: usize = 4;

/// Whether a noun with a capital follows the word in small letters at `at`, with nothing but such words between.
fn has_noun_behind(scene: Scene<'_>, at: usize) -> bool {
    let reader = scene.reader;
    let scope = reader.pack.scope;
    let closed = scope.function | scope.article | scope.or | scope.of | scope.verb | scope.calendar;
    for next in at + 1..=at + ADJECTIVES {
        let Some(token) = reader.token(next) else { return false };
        let class = reader.pack.lexicon.classes(token.symbol);
        if token.is_word() && token.is_capitalized() {
            return class & closed == 0;
        }
        let linked = token.is(',') || class & scope.and != 0;
        if !linked && (!token.is_word() || class & closed != 0) {
            return false;
        }
    }
    false
}

/// Decides the kind of what has no unit, and which weak readings stand.
pub(super) fn decide(
    scene: Scene<'_>,
    numerals: &[Numeral],
    readings: &[Option<(Reading, super::exclude::Why<'_>)>],
    quantities: &mut [Quantity],
) {
    let reader = scene.reader;
    let scope = reader.pack.scope;
    let mut before: Option<(usize, Kind, Option<MeasureUnit>, usize)> = None;
    for quantity in quantities.iter_mut() {
        let Some(numeral) = numerals.get(quantity.numerals.0) else { continue };
        let sentence = sentence_of(scene, quantity.start).map_or(0, |s| s.first);
        if quantity.unit.is_none() {
            let reading = readings.get(quantity.numerals.0).and_then(|r| r.as_ref()).map(|(r, _)| *r);
            let of = reader.token(quantity.end).is_some_and(|t| reader.pack.lexicon.classes(t.symbol) & scope.of != 0);
            // «1,5 à 2 millions de personnes»: the scale stands at the end.
            let last = numerals.get(quantity.numerals.1.saturating_sub(1)).unwrap_or(numeral);
            let noun_at = quantity.end + usize::from(of && last.scale != crate::numeral::Number::ONE);
            // «a 12-member panel»
            let hung = reader.token(noun_at).is_some_and(|t| t.is('-')) && reader.is_glued(noun_at);
            let hung = hung && reader.is_glued(noun_at + 1) && numeral.literal.is_some_and(|l| l.decimals == 0);
            let noun = is_noun(scene, noun_at) || hung && is_noun(scene, noun_at + 1);
            if reading == Some(Reading::Age) && numeral.form == Form::Cardinal {
                quantity.unit =
                    scene.catalog.unit_by_code(YEAR).and_then(|id| scene.catalog.unit(id)).map(MeasureUnit::from);
                quantity.kind = Kind::Measure;
                before = Some((sentence, quantity.kind, quantity.unit.clone(), quantity.end));
                continue;
            }
            let class_before = |back: usize| {
                quantity
                    .start
                    .checked_sub(back)
                    .and_then(|i| reader.token(i))
                    .map_or(0, |t| reader.pack.lexicon.classes(t.symbol))
            };
            let label = is_label(scene, quantity.start) && !(reader.pack.capital_nouns() && numeral.literal.is_none())
                || quantity.in_table;
            quantity.kind = match numeral.form {
                Form::Ordinal if reading == Some(Reading::Share) => Kind::Ratio,
                Form::Ordinal => Kind::Ordinal,
                Form::Multiple if reading == Some(Reading::Count) => Kind::Count,
                Form::Fraction | Form::Multiple => Kind::Ratio,
                Form::Cardinal if reading == Some(Reading::Ratio) => Kind::Ratio,
                Form::Cardinal if matches!(reading, Some(Reading::Count | Reading::Things)) => Kind::Count,
                Form::Cardinal if reading == Some(Reading::Rank) => Kind::Ordinal,
                Form::Cardinal if numeral.ending == Some(Ending::Count) => Kind::Count,
                Form::Cardinal if reading == Some(Reading::Number) || is_score(scene, quantity) => Kind::Number,
                Form::Cardinal => {
                    // «5.5 million Syrians» are counted whole.
                    let scaled = numeral.scale != crate::numeral::Number::ONE;
                    let decimals = !scaled && numeral.literal.is_some_and(|l| l.decimals > 0);
                    let percent = decimals
                        && !noun
                        && class_before(1) & scope.singular_article != 0
                        && before.as_ref().is_some_and(|(s, kind, _, _)| *s == sentence && *kind == Kind::Percent);
                    let named =
                        !reader.pack.capital_nouns() && reader.token(noun_at).is_some_and(Token::is_capitalized);
                    if percent {
                        quantity.unit = before.as_ref().and_then(|(_, _, unit, _)| unit.clone());
                        quantity.doubts.shared = true;
                        Kind::Percent
                    } else if noun && !(named && (label || decimals)) && !quantity.in_table {
                        Kind::Count
                    } else if decimals || label {
                        quantity.doubts.kind = true;
                        Kind::Number
                    } else {
                        // Elliptical: an article, a bound or a verb around it says that things are counted.
                        let determined = class_before(1) & scope.article != 0 || quantity.bound != super::Bound::Exact;
                        let verb = reader.token(quantity.end).is_some_and(|t| {
                            t.is_word()
                                && (reader.pack.lexicon.classes(t.symbol) & scope.verb != 0
                                    || reader.pack.is_verb_ending(t.span.of(reader.text)))
                        });
                        // «auf 832 gestiegen»: a level before its verb
                        let verb = verb && class_before(1) & scope.level == 0;
                        let words = numeral.literal.is_none();
                        let of_next =
                            of && reader.token(quantity.end + 1).is_some_and(|t| t.is_word() || t.is_number());
                        quantity.doubts.kind = true;
                        if determined || verb || words || of_next || reading == Some(Reading::One) {
                            Kind::Count
                        } else {
                            Kind::Number
                        }
                    }
                }
            };
            if quantity.kind == Kind::Count && noun {
                quantity.doubts.kind = false;
                // «15,350 casos»: things are counted whole, so that the mark groups.
                if let Some(literal) = numeral.literal.filter(|l| l.ambiguous && l.decimals == 3)
                    && numeral.scale == crate::numeral::Number::ONE
                    && let Some(whole) = literal.value.checked_mul(1000)
                {
                    quantity.value = if quantity.value.is_negative() { whole.negated() } else { whole };
                    quantity.reasons.push("things are counted whole: the mark groups".to_owned());
                }
            }
            if numeral.form == Form::Cardinal && numeral.article && reading != Some(Reading::One) {
                quantity.weak = true;
            }
        }
        // «78,000 times a minute»: behind what is counted an article and a unit are its rate.
        let time = quantity.unit.as_ref().is_some_and(|u| u.dimension == "time");
        let counted = before.as_ref().is_some_and(|(s, kind, _, end)| {
            *s == sentence && *kind == Kind::Count && *end + 1 == quantity.start && is_noun(scene, *end)
        });
        let offset = reader.token(quantity.end).map_or(0, |t| reader.pack.lexicon.classes(t.symbol));
        if numeral.article && time && counted && offset & reader.pack.scope.offset == 0 {
            quantity.weak = true;
        }
        before = Some((sentence, quantity.kind, quantity.unit.clone(), quantity.end));
    }
}

/// Whether the number is one side of a score: `3:1`.
fn is_score(scene: Scene<'_>, quantity: &Quantity) -> bool {
    let reader = scene.reader;
    let colon = |at: usize| reader.token(at).is_some_and(|t| t.is(':') && !t.space_before()) && reader.is_glued(at + 1);
    let number = |at: usize| reader.token(at).is_some_and(Token::is_number);
    colon(quantity.end) && number(quantity.end + 1)
        || quantity.start >= 2 && colon(quantity.start - 1) && number(quantity.start - 2)
}

/// Whether a capitalised word stands before the number: a row label, a team, a name.
fn is_label(scene: Scene<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|i| scene.reader.token(i));
    before.is_some_and(|t| t.is_word() && t.is_capitalized() && scene.reader.pack.lexicon.classes(t.symbol) == 0)
}

/// «los primeros 23 laboratorios», «les deux premiers trous»: the ordinal only says which ones are counted.
pub(super) fn drop_leading_ordinals(scene: Scene<'_>, numerals: &[Numeral], quantities: &mut Vec<Quantity>) {
    let counts: Vec<usize> = quantities.iter().filter(|q| q.kind != Kind::Ordinal).map(|q| q.start).collect();
    quantities.retain(|q| {
        let plural = numerals.get(q.numerals.0).is_some_and(|n| n.plural);
        let leads = counts.binary_search(&q.end).is_ok() && scene.reader.token(q.end).is_some();
        !(q.kind == Kind::Ordinal && plural && leads)
    });
}

/// How many tokens before a temperature a verb of change is looked for.
const CHANGE_REACH: usize = 6;

/// «subió 5 °F» is an amount of change and converts without the offset; «subió a 50 °F» is a level.
pub(super) fn mark_changes(scene: Scene<'_>, quantities: &mut [Quantity]) {
    let scope = scene.reader.pack.scope;
    let class = |at: usize| super::group::class(scene, at);
    for quantity in quantities {
        if quantity.unit.as_ref().is_none_or(|u| u.dimension != "temperature") {
            continue;
        }
        let first = sentence_of(scene, quantity.start).map_or(0, |s| s.first);
        let from = first.max(quantity.start.saturating_sub(CHANGE_REACH));
        // The nearest of the two decides; «de 60 °F a 50» leaves a level.
        let nearest = (from..quantity.start).rev().find(|at| class(*at) & (scope.change | scope.level) != 0);
        let changed = nearest.is_some_and(|at| class(at) & scope.level == 0);
        quantity.is_change = changed && class(quantity.end) & scope.level == 0;
    }
}
