//! The pattern language of pack rules: words around a number or a quantity.
//!
//! `más de {article}? <q>` matches «más de las 2.400»: the literal words, then perhaps a word of the class `article`,
//! then the quantity. A pattern is anchored at its one `<q>` (a quantity) or `<n>` (a number); what stands left of it is
//! matched backwards from there, what stands right of it forwards, so that rules cost nothing where no number is.
//!
//! | piece | matches |
//! |---|---|
//! | `word`, `-`, `"%"` | that word (case folded) or mark |
//! | `{class}` | a word of the class |
//! | `lemma/v` | any form of that verb in `verbs.tsv` |
//! | `<int:1-31>` | digits with a whole value in that range |
//! | `<num>` | any run of digits |
//! | `<cap>` | a capitalised word that the pack does not know |
//! | `<n:1-31>` | the anchor, when it is plain digits in that range |
//! | `^` / `$` | the start / the end of a sentence |
//! | `piece?` | the piece or nothing |
//! | `[a b \| c]` | one of the alternatives |
//! | `a \| b` | at the top: two patterns |

use rustc_hash::FxHashMap;

use super::lexicon::{Classes, Lexicon};
use crate::text::{Symbol, Token};

/// One token of a compiled pattern.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Piece {
    Symbol(Symbol),
    Class(Classes),
    Any(Box<[Symbol]>),
    Integer(u32, u32),
    Number,
    Capitalized,
    Start,
    End,
    /// The anchor, with the range that its plain digits must lie in.
    Anchor(Option<(u32, u32)>),
}

/// A pattern as written: alternatives of sequences, not yet anchored.
pub(crate) type Sequence = Vec<Piece>;

/// Expands a pattern into plain sequences.
///
/// `resolve` turns one atom (`word`, `{class}`, `lemma/v`, `<…>`) into a piece, or says why it cannot.
pub(crate) fn parse(
    pattern: &str,
    resolve: &mut dyn FnMut(&str) -> Result<Piece, String>,
) -> Result<Vec<Sequence>, (usize, String)> {
    let atoms = split(pattern);
    let mut at = 0;
    let sequences = alternatives(&atoms, &mut at, resolve)?;
    match atoms.get(at) {
        Some((column, atom)) => Err((*column, format!("'{atom}' closes nothing"))),
        None => Ok(sequences),
    }
}

fn split(pattern: &str) -> Vec<(usize, String)> {
    let mut atoms: Vec<(usize, String)> = Vec::new();
    let mut fresh = true;
    for (column, c) in pattern.chars().enumerate() {
        match c {
            ' ' => fresh = true,
            '[' | ']' | '|' => {
                atoms.push((column, c.to_string()));
                fresh = true;
            }
            '?' if !fresh || atoms.last().is_some_and(|(_, a)| a == "]") => {
                atoms.push((column, "?".to_owned()));
                fresh = true;
            }
            _ => match atoms.last_mut() {
                Some((_, atom)) if !fresh => atom.push(c),
                _ => {
                    atoms.push((column, c.to_string()));
                    fresh = false;
                }
            },
        }
    }
    atoms
}

fn alternatives(
    atoms: &[(usize, String)],
    at: &mut usize,
    resolve: &mut dyn FnMut(&str) -> Result<Piece, String>,
) -> Result<Vec<Sequence>, (usize, String)> {
    let mut all = Vec::new();
    let mut current: Vec<Sequence> = vec![Vec::new()];
    while let Some((column, atom)) = atoms.get(*at) {
        let choices = match atom.as_str() {
            "]" => break,
            "|" => {
                *at += 1;
                all.append(&mut current);
                current = vec![Vec::new()];
                continue;
            }
            "[" => {
                *at += 1;
                let inner = alternatives(atoms, at, resolve)?;
                if atoms.get(*at).map(|(_, a)| a.as_str()) != Some("]") {
                    return Err((*column, "this '[' is never closed by ']'".to_owned()));
                }
                inner
            }
            word => vec![vec![resolve(word).map_err(|reason| (*column, reason))?]],
        };
        *at += 1;
        let optional = atoms.get(*at).is_some_and(|(_, a)| a == "?");
        if optional {
            *at += 1;
        }
        let mut next = Vec::new();
        for sequence in &current {
            if optional {
                next.push(sequence.clone());
            }
            for choice in &choices {
                next.push([sequence.as_slice(), choice.as_slice()].concat());
            }
        }
        current = next;
    }
    all.append(&mut current);
    Ok(all)
}

/// A sequence anchored at its quantity: `left` is stored nearest first.
#[derive(Debug, Clone)]
struct Anchored {
    left: Box<[Piece]>,
    right: Box<[Piece]>,
    range: Option<(u32, u32)>,
    rule: u16,
}

/// The anchored patterns of one rule file, found by the word next to the anchor.
#[derive(Debug, Default)]
pub struct Patterns {
    anchored: Vec<Anchored>,
    by_left: FxHashMap<Symbol, Vec<u32>>,
    by_right: FxHashMap<Symbol, Vec<u32>>,
    /// Those whose neighbour of the anchor is a class, a number or a sentence border.
    open: Vec<u32>,
}

/// A rule that matched, with the tokens it took up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// Index of the rule in its file.
    pub rule: u16,
    /// First token of the match.
    pub start: usize,
    /// One past its last token.
    pub end: usize,
}

/// The tokens that a pattern may look at.
#[derive(Clone, Copy)]
pub struct Window<'a> {
    /// The document.
    pub text: &'a str,
    /// All tokens of the block.
    pub tokens: &'a [Token],
    /// First token of the sentence.
    pub start: usize,
    /// One past its last token.
    pub end: usize,
    /// The pack's words.
    pub lexicon: &'a Lexicon,
}

impl Patterns {
    /// Whether a sequence holds one anchor and something beside it.
    pub(crate) fn is_anchored(sequence: &[Piece]) -> bool {
        sequence.len() > 1 && sequence.iter().filter(|p| matches!(p, Piece::Anchor(_))).count() == 1
    }

    /// Adds a sequence that [is anchored](Self::is_anchored); leaves out any other.
    pub(crate) fn add(&mut self, sequence: &[Piece], rule: u16) {
        let mut parts = sequence.split(|p| matches!(p, Piece::Anchor(_)));
        let (Some(left), Some(right)) = (parts.next(), parts.next()) else { return };
        let range = sequence.iter().find_map(|p| match p {
            Piece::Anchor(range) => *range,
            _ => None,
        });
        let id = u32::try_from(self.anchored.len()).unwrap_or(u32::MAX);
        let (index, neighbour) = match (left.last(), right.first()) {
            (Some(piece), _) => (&mut self.by_left, piece),
            (None, Some(piece)) => (&mut self.by_right, piece),
            (None, None) => return,
        };
        match neighbour {
            Piece::Symbol(symbol) => index.entry(*symbol).or_default().push(id),
            Piece::Any(symbols) => symbols.iter().for_each(|s| index.entry(*s).or_default().push(id)),
            _ => self.open.push(id),
        }
        self.anchored.push(Anchored { left: left.iter().rev().cloned().collect(), right: right.into(), range, rule });
    }

    /// All rules that match around the anchor tokens `from..to`, the longest match first, then the first rule.
    ///
    /// `digits` is the anchor's value where it is written in digits alone.
    pub fn matches(&self, window: Window<'_>, from: usize, to: usize, digits: Option<u32>, found: &mut Vec<Match>) {
        found.clear();
        let before = from.checked_sub(1).filter(|i| *i >= window.start).and_then(|i| window.tokens.get(i));
        let after = window.tokens.get(to).filter(|_| to < window.end);
        let left = before.and_then(|t| self.by_left.get(&t.symbol));
        let right = after.and_then(|t| self.by_right.get(&t.symbol));
        for id in left.into_iter().chain(right).flatten().chain(&self.open) {
            let Some(pattern) = self.anchored.get(*id as usize) else { continue };
            if pattern.range.is_some_and(|(low, high)| !digits.is_some_and(|d| (low..=high).contains(&d))) {
                continue;
            }
            let mut start = from;
            let fits_left = pattern.left.iter().all(|piece| window.step_left(piece, &mut start));
            if !fits_left {
                continue;
            }
            let mut end = to;
            if pattern.right.iter().all(|piece| window.step_right(piece, &mut end)) {
                found.push(Match { rule: pattern.rule, start, end });
            }
        }
        found.sort_by_key(|m| (std::cmp::Reverse(m.end - m.start), m.rule));
    }

    /// Whether there is no pattern.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.anchored.is_empty()
    }
}

impl Window<'_> {
    fn step_left(&self, piece: &Piece, start: &mut usize) -> bool {
        if *piece == Piece::Start {
            return *start == self.start;
        }
        let Some(at) = start.checked_sub(1).filter(|at| *at >= self.start) else { return false };
        *start = at;
        self.fits(piece, at)
    }

    fn step_right(&self, piece: &Piece, end: &mut usize) -> bool {
        if *piece == Piece::End {
            return *end >= self.end || self.tokens.get(*end).is_some_and(|t| t.is('.') && *end + 1 >= self.end);
        }
        let at = *end;
        *end += 1;
        at < self.end && self.fits(piece, at)
    }

    fn fits(&self, piece: &Piece, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        match piece {
            Piece::Symbol(symbol) => token.symbol == *symbol,
            Piece::Class(classes) => self.lexicon.classes(token.symbol) & classes != 0,
            Piece::Any(symbols) => symbols.binary_search(&token.symbol).is_ok(),
            Piece::Number => token.is_number(),
            Piece::Integer(low, high) => {
                token.is_number() && token.span.of(self.text).parse::<u32>().is_ok_and(|v| (*low..=*high).contains(&v))
            }
            Piece::Capitalized => token.is_capitalized() && token.symbol == Symbol::UNKNOWN,
            Piece::Start | Piece::End | Piece::Anchor(_) => false,
        }
    }
}
