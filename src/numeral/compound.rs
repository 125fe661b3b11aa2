//! Numbers written as one word: `veintidosmilésimo`, `treintaicincoavos`, `seventythird`.
//!
//! The word is cut into number words and forms that stand only inside others (`vent-` in `ventuno`), the longest first, with a step back where the rest does not fit; the machine of
//! [`words`](super::words) says what fits.

use super::scan::{Reader, Run, SHORTEST_COMPOUND};
use super::words::Machine;
use super::{Form, Number, Numeral};
use crate::pack::Ending;
use crate::pack::lexicon::Place;
use crate::pack::{NumeralRole, NumeralSense};

/// A compound has no more pieces than this.
const LONGEST_COMPOUND: usize = 24;

/// A word in small letters, without the soft hyphens that may stand between its parts.
fn folded(word: &str) -> String {
    word.chars().filter(|c| *c != '\u{AD}').flat_map(char::to_lowercase).collect()
}

impl<'a> Reader<'a> {
    /// A number written as one word: `veintidosmilésimo`, `treintaicincoavos`, `tresmillonésimo`.
    pub(super) fn compound(&self, at: usize) -> Option<Numeral> {
        let links = self.pack.compound_links()?;
        let token = self.token(at).filter(|t| t.is_word() && t.span.len() >= SHORTEST_COMPOUND)?;
        let word = token.span.of(self.text);
        if !self.pack.may_be_compound(word) {
            return None;
        }
        let word = folded(word);
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
        let Some(machine) = self.pieces(&word, links) else { return self.ended(at, &word, links) };
        let mut run = Run { machine, end: at + 1, literal: None };
        self.go_on(&mut run, self.tokens.len());
        let machine = run.machine;
        let form = if machine.ordinal { Form::Ordinal } else { Form::Cardinal };
        let mut numeral = self.numeral(at, run.end, machine.value()?, form);
        numeral.plural = machine.plural;
        numeral.scale = machine.scale;
        Some(numeral)
    }

    /// A number that takes an ending of the pack on in one word: `zweijährig`, `dreimal`, `drittgrößte`.
    fn ended(&self, at: usize, word: &str, links: &[String]) -> Option<Numeral> {
        self.pack.endings().iter().find_map(|(form, ending)| {
            let stem = word.strip_suffix(&**form)?;
            let symbol = crate::text::Lookup::symbol(&self.pack.lexicon, stem);
            let ranked = *ending == Ending::Ordinal;
            let alone = self.pack.lexicon.numeral(symbol).iter().find_map(|sense| match sense.role {
                // «einmal», «einfach» count nothing.
                NumeralRole::Article if matches!(ending, Ending::Unit(_)) => Some(sense.value),
                NumeralRole::Add | NumeralRole::Hundred | NumeralRole::Scale if !ranked => Some(sense.value),
                NumeralRole::Half if !ranked => Some(sense.value),
                NumeralRole::Fraction | NumeralRole::PluralFraction if !ranked => Some(sense.value),
                NumeralRole::Ordinal if ranked => Some(sense.value),
                _ => None,
            });
            let value = alone.or_else(|| {
                let machine = self.pieces(stem, links).or_else(|| self.cut_short(stem, links))?;
                (machine.ordinal == ranked).then(|| machine.value()).flatten()
            })?;
            let form = match ending {
                Ending::Ordinal => Form::Ordinal,
                Ending::Ratio => Form::Multiple,
                Ending::Unit(_) | Ending::Count => Form::Cardinal,
            };
            let mut numeral = self.numeral(at, at + 1, value, form);
            numeral.ending = Some(*ending);
            Some(numeral)
        })
    }

    /// A number that ends in a form which needs something behind it: `ventidu` in `ventiduenne`.
    fn cut_short(&self, stem: &str, links: &[String]) -> Option<Machine> {
        (0..stem.len()).filter_map(|at| stem.split_at_checked(at)).find_map(|(head, last)| {
            let bound = self.pack.lexicon.bound(last).iter().filter(|(place, _)| *place == Place::Before);
            bound.map(|(_, sense)| sense).find_map(|sense| {
                let mut machine = self.next_piece(head, &Machine::new(), links, 2)?;
                machine.word(*sense, 1).is_ok().then_some(machine)
            })
        })
    }

    /// Reads the pieces of a compound, the longest piece first, with a step back where the rest does not fit.
    pub(super) fn pieces(&self, word: &str, links: &[String]) -> Option<Machine> {
        self.next_piece(word, &Machine::new(), links, 0)
    }

    pub(super) fn next_piece(&self, rest: &str, machine: &Machine, links: &[String], depth: usize) -> Option<Machine> {
        if rest.is_empty() {
            return (depth > 1).then(|| machine.clone());
        }
        if depth > LONGEST_COMPOUND {
            return None;
        }
        for end in (2..=rest.len()).rev() {
            let Some(piece) = rest.get(..end) else { continue };
            for sense in self.piece(piece, end < rest.len(), depth > 0) {
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
                let linked = self.pack.unit_ten_links().iter().filter_map(|link| after.strip_prefix(link.as_str()));
                for after in linked {
                    if let Some(done) = self.ten_piece(after, &next, links, depth + 1) {
                        return Some(done);
                    }
                }
            }
        }
        None
    }

    /// Reads the ten that stands behind its unit, and the rest: `zwanzigtausend` behind `zweiund`.
    fn ten_piece(&self, rest: &str, machine: &Machine, links: &[String], depth: usize) -> Option<Machine> {
        (2..=rest.len()).rev().filter_map(|end| rest.split_at_checked(end)).find_map(|(piece, after)| {
            self.piece(piece, !after.is_empty(), true).find_map(|sense| {
                let mut next = machine.clone();
                next.ten(*sense).ok()?;
                self.next_piece(after, &next, links, depth + 1)
            })
        })
    }

    /// The readings of a piece: those of the word, and those that it has only inside a longer one.
    fn piece(&self, piece: &str, followed: bool, led: bool) -> impl Iterator<Item = &'a NumeralSense> {
        let lexicon = &self.pack.lexicon;
        let fits = move |place: &Place| if *place == Place::Before { followed } else { led };
        let bound = lexicon.bound(piece).iter().filter(move |(place, _)| fits(place)).map(|(_, sense)| sense);
        lexicon.numeral(crate::text::Lookup::symbol(lexicon, piece)).iter().chain(bound)
    }

    /// Goes on with a word of several parts: `dreihunderttausend` in «zwei Millionen dreihunderttausend». All of the word is
    /// one part («cinquanta tremila» are two numbers), unless it begins with what multiplies («drei hunderttausend»).
    pub(super) fn go_on_compound(&self, machine: &Machine, at: usize) -> Option<Machine> {
        let links = self.pack.compound_links()?;
        let token = self.token(at).filter(|t| t.is_word() && self.may_be_compound(at))?;
        let word = token.span.of(self.text);
        if !self.pack.may_be_compound(word) {
            return None;
        }
        let word = folded(word);
        let mut longer = machine.clone();
        if self.pieces(&word, links).is_some_and(|whole| longer.compound(&whole, at).is_ok()) {
            return Some(longer);
        }
        let multiplies = |sense: &NumeralSense| {
            matches!(
                sense.role,
                NumeralRole::Hundred | NumeralRole::PluralHundred | NumeralRole::Scale | NumeralRole::PluralScale
            )
        };
        let mut ends = (2..word.len()).filter_map(|end| word.get(..end));
        let begins = ends.any(|piece| self.piece(piece, true, false).any(multiplies));
        begins.then(|| self.next_piece(&word, machine, links, 1)).flatten()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail by panic")]
    use crate::numeral::{Numeral, Reader, digits::Convention, scan};
    use crate::pack::{Packs, Source};
    use crate::text::{Span, tokenize};

    /// The numbers of a text, as the language writes them.
    fn numbers(tag: &str, text: &str) -> Vec<String> {
        let packs = Packs::open(Source::embedded()).unwrap();
        let pack = packs.get(tag).unwrap();
        let mut tokens = Vec::new();
        tokenize(text, Span::new(0, u32::try_from(text.len()).unwrap()), &pack.lexicon, &mut tokens);
        let convention = Convention { comma_groups: false, dot_groups: true };
        let reader = Reader { text, tokens: &tokens, pack: &pack, convention, format: pack.format };
        scan(reader, 0, tokens.len()).iter().map(|n: &Numeral| n.value.to_string()).collect()
    }

    #[test]
    fn elided_parts_stand_only_inside_words() {
        for (text, value) in [
            ("ventuno", "21"),
            ("centottantotto", "188"),
            ("duecentottanta", "280"),
            ("ventitreesimo", "23"),
            ("tremiladuecentoquarantatré", "3243"),
        ] {
            assert_eq!(numbers("it", text), [value], "{text}");
        }
        assert!(numbers("it", "vent treno cent duesimo").is_empty());
    }

    #[test]
    fn endings_in_one_word() {
        for (text, value) in
            [("zweijährig", "2"), ("fünfundzwanzigmal", "25"), ("drittgrößte", "3"), ("Viertelstunde", "0.25")]
        {
            assert_eq!(numbers("de", text), [value], "{text}");
        }
        assert!(numbers("de", "einmal einfach Elfmeter").is_empty());
    }

    #[test]
    fn a_word_is_one_part_of_a_longer_number() {
        assert_eq!(numbers("it", "due milioni trecentomila"), ["2300000"]);
        assert_eq!(numbers("it", "un milione e duecentomila"), ["1200000"]);
        assert_eq!(numbers("it", "cinquanta tremila"), ["50", "3000"]);
        assert_eq!(numbers("it", "ventitremila e mezzo"), ["23500"]);
    }

    #[test]
    fn ordinals_in_the_singular_are_denominators_behind_words() {
        assert_eq!(numbers("nl", "twee derde"), ["2/3"]);
        assert_eq!(numbers("nl", "eenentwintig vijfde"), ["4.2"]);
        assert_eq!(numbers("nl", "in 2016 derde"), ["2016", "3"]);
        assert_eq!(numbers("nl", "drieëntwintig en een half"), ["23.5"]);
    }

    #[test]
    fn dashes_stand_for_no_cents() {
        assert_eq!(numbers("nl", "2.500,- en 350,--"), ["2500", "350"]);
        assert_eq!(numbers("nl", "10,-15"), ["10", "15"]);
    }
}
