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
//! | `<noun>` | a word of no class that is no number |
//! | `<n:1-31>` | the anchor, when it is plain digits in that range |
//! | `<n:word>` | the anchor, when it is that one word |
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
    Noun,
    Start,
    End,
    /// The anchor, with what it must be.
    Anchor(Anchor),
}

/// What the number or quantity at an anchor must be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Anchor {
    /// Anything.
    Any,
    /// Plain digits in a range.
    Digits(u32, u32),
    /// This one word: a rank that is also a preposition or a day of the week.
    Word(Symbol),
}

/// Expands a pattern into plain sequences.
///
/// `resolve` turns one atom (`word`, `{class}`, `lemma/v`, `<…>`) into its pieces, or says why it cannot.
pub(crate) fn parse<P: Clone>(
    pattern: &str,
    resolve: &mut dyn FnMut(&str) -> Result<Vec<P>, String>,
) -> Result<Vec<Vec<P>>, (usize, String)> {
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

fn alternatives<P: Clone>(
    atoms: &[(usize, String)],
    at: &mut usize,
    resolve: &mut dyn FnMut(&str) -> Result<Vec<P>, String>,
) -> Result<Vec<Vec<P>>, (usize, String)> {
    let mut all = Vec::new();
    let mut current: Vec<Vec<P>> = vec![Vec::new()];
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
            word => vec![resolve(word).map_err(|reason| (*column, reason))?],
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

/// A node of a trie of pieces.
#[derive(Debug, Default)]
struct Node {
    symbols: FxHashMap<Symbol, u32>,
    /// Sets of words (the forms of a verb) with their nodes, and the same by word.
    sets: Vec<(Box<[Symbol]>, u32)>,
    by_set: FxHashMap<Symbol, Vec<u32>>,
    classes: Vec<(Classes, u32)>,
    others: Vec<(Piece, u32)>,
    /// Patterns whose left side ends here: the root of their right sides.
    right: Option<u32>,
    /// Patterns that end here: what the anchor must be, and the rule.
    rules: Vec<(Anchor, u16)>,
}

/// The anchored patterns of one rule file.
///
/// One trie holds the left sides, nearest piece first; where a left side ends hangs a trie of the right sides that go
/// with it. So patterns that begin alike are walked once, whatever their number.
#[derive(Debug, Default)]
pub struct Patterns {
    nodes: Vec<Node>,
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
    /// Whether a sequence holds one anchor and something beside it, which a rule for one form of anchors may leave out.
    pub(crate) fn is_anchored(sequence: &[Piece], alone: bool) -> bool {
        (sequence.len() > 1 || alone) && sequence.iter().filter(|p| matches!(p, Piece::Anchor(_))).count() == 1
    }

    /// Adds a sequence that [is anchored](Self::is_anchored); leaves out any other.
    pub(crate) fn add(&mut self, sequence: &[Piece], rule: u16) {
        let mut parts = sequence.split(|p| matches!(p, Piece::Anchor(_)));
        let (Some(left), Some(right)) = (parts.next(), parts.next()) else { return };
        let anchor = sequence.iter().find_map(|p| match p {
            Piece::Anchor(anchor) => Some(*anchor),
            _ => None,
        });
        let anchor = anchor.unwrap_or(Anchor::Any);
        if self.nodes.is_empty() {
            self.nodes.push(Node::default());
        }
        let end = left.iter().rev().fold(0, |node, piece| self.child(node, piece));
        let root = self.nodes.get(end as usize).and_then(|node| node.right).unwrap_or_else(|| self.fresh());
        if let Some(node) = self.nodes.get_mut(end as usize) {
            node.right = Some(root);
        }
        let tail = right.iter().fold(root, |node, piece| self.child(node, piece));
        if let Some(node) = self.nodes.get_mut(tail as usize)
            && !node.rules.contains(&(anchor, rule))
        {
            node.rules.push((anchor, rule));
        }
    }

    fn fresh(&mut self) -> u32 {
        self.nodes.push(Node::default());
        u32::try_from(self.nodes.len() - 1).unwrap_or(u32::MAX)
    }

    /// The node that a piece leads to, made if need be.
    fn child(&mut self, node: u32, piece: &Piece) -> u32 {
        let fresh = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        let Some(parent) = self.nodes.get_mut(node as usize) else { return node };
        let known = match piece {
            Piece::Symbol(symbol) => parent.symbols.get(symbol).copied(),
            Piece::Any(set) => parent.sets.iter().find(|(s, _)| s == set).map(|(_, id)| *id),
            Piece::Class(classes) => parent.classes.iter().find(|(c, _)| c == classes).map(|(_, id)| *id),
            other => parent.others.iter().find(|(p, _)| p == other).map(|(_, id)| *id),
        };
        if let Some(id) = known {
            return id;
        }
        match piece {
            Piece::Symbol(symbol) => drop(parent.symbols.insert(*symbol, fresh)),
            Piece::Any(set) => {
                parent.sets.push((set.clone(), fresh));
                set.iter().for_each(|symbol| parent.by_set.entry(*symbol).or_default().push(fresh));
            }
            Piece::Class(classes) => parent.classes.push((*classes, fresh)),
            other => parent.others.push((other.clone(), fresh)),
        }
        self.fresh()
    }

    /// All rules that match around the anchor tokens `from..to`, the longest match first, then the first rule.
    ///
    /// `digits` is the anchor's value where it is written in digits alone.
    pub fn matches(&self, window: Window<'_>, from: usize, to: usize, digits: Option<u32>, found: &mut Vec<Match>) {
        found.clear();
        if !self.nodes.is_empty() {
            let word = window.tokens.get(from).filter(|_| to == from + 1).map_or(Symbol::UNKNOWN, |t| t.symbol);
            self.walk_left(window, 0, from, to, (digits, word), found);
            found.sort_by_key(|m| (std::cmp::Reverse(m.end - m.start), m.rule));
        }
    }

    fn walk_left(
        &self,
        w: Window<'_>,
        node: u32,
        start: usize,
        to: usize,
        anchor: (Option<u32>, Symbol),
        found: &mut Vec<Match>,
    ) {
        let Some(node) = self.nodes.get(node as usize) else { return };
        if let Some(root) = node.right {
            self.walk_right(w, root, start, to, anchor, found);
        }
        for (piece, child) in &node.others {
            if *piece == Piece::Start && start == w.start {
                self.walk_left(w, *child, start, to, anchor, found);
            }
        }
        let Some(at) = start.checked_sub(1).filter(|at| *at >= w.start) else { return };
        w.each(node, at, |child| self.walk_left(w, child, at, to, anchor, found));
    }

    fn walk_right(
        &self,
        w: Window<'_>,
        node: u32,
        start: usize,
        end: usize,
        anchor: (Option<u32>, Symbol),
        found: &mut Vec<Match>,
    ) {
        let Some(node) = self.nodes.get(node as usize) else { return };
        let (digits, word) = anchor;
        for (wanted, rule) in &node.rules {
            let fits = match wanted {
                Anchor::Any => true,
                Anchor::Digits(low, high) => digits.is_some_and(|d| (*low..=*high).contains(&d)),
                Anchor::Word(symbol) => *symbol == word,
            };
            if fits && !found.iter().any(|m| m.rule == *rule && m.start == start && m.end == end) {
                found.push(Match { rule: *rule, start, end });
            }
        }
        for (piece, child) in &node.others {
            let closed = end >= w.end || w.tokens.get(end).is_some_and(|t| t.is('.') && end + 1 >= w.end);
            if *piece == Piece::End && closed {
                self.walk_right(w, *child, start, end, anchor, found);
            }
        }
        if end < w.end {
            w.each(node, end, |child| self.walk_right(w, child, start, end + 1, anchor, found));
        }
    }

    /// Whether there is no pattern.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }
}

impl Window<'_> {
    /// Calls `go` for each child of `node` that the token at `at` leads to.
    fn each(&self, node: &Node, at: usize, mut go: impl FnMut(u32)) {
        let Some(token) = self.tokens.get(at) else { return };
        if let Some(child) = node.symbols.get(&token.symbol) {
            go(*child);
        }
        if !node.by_set.is_empty() {
            node.by_set.get(&token.symbol).into_iter().flatten().for_each(|child| go(*child));
        }
        if !node.classes.is_empty() {
            let classes = self.lexicon.classes(token.symbol);
            node.classes.iter().filter(|(wanted, _)| classes & wanted != 0).for_each(|(_, child)| go(*child));
        }
        node.others.iter().filter(|(piece, _)| self.fits(piece, token)).for_each(|(_, child)| go(*child));
    }

    fn fits(&self, piece: &Piece, token: &Token) -> bool {
        match piece {
            Piece::Number => token.is_number(),
            Piece::Integer(low, high) => {
                token.is_number() && token.span.of(self.text).parse::<u32>().is_ok_and(|v| (*low..=*high).contains(&v))
            }
            Piece::Capitalized => token.is_capitalized() && self.lexicon.is_open(token.symbol),
            Piece::Noun => {
                let known = self.lexicon.classes(token.symbol) != 0 || !self.lexicon.numeral(token.symbol).is_empty();
                token.is_word() && !known
            }
            _ => false,
        }
    }
}
