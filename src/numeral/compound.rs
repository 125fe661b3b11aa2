//! Numbers written as one word: `veintidosmilésimo`, `treintaicincoavos`, `seventythird`.
//!
//! The word is cut into number words, the longest first, with a step back where the rest does not fit; the machine of
//! [`words`](super::words) says what fits.

use super::scan::{Reader, Run, SHORTEST_COMPOUND};
use super::words::Machine;
use super::{Form, Number, Numeral};
use crate::pack::lexicon::{NumeralRole, NumeralSense};
use crate::text::Symbol;

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
            let symbol = crate::text::Lookup::symbol(&self.pack.lexicon, piece);
            self.pack.lexicon.numeral(symbol).iter().find_map(|sense| {
                let mut next = machine.clone();
                next.ten(*sense).ok()?;
                self.next_piece(after, &next, links, depth + 1)
            })
        })
    }

    /// Goes on with a word of several parts: `dreihunderttausend` in «zwei Millionen dreihunderttausend».
    pub(super) fn go_on_compound(&self, machine: &Machine, at: usize) -> Option<Machine> {
        let links = self.pack.compound_links()?;
        let token = self.token(at).filter(|t| t.symbol == Symbol::UNKNOWN && t.span.len() >= SHORTEST_COMPOUND)?;
        let word = token.span.of(self.text);
        if !self.pack.may_be_compound(word) {
            return None;
        }
        self.next_piece(&folded(word), machine, links, 1)
    }
}
