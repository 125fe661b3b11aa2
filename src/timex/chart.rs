//! The nodes of a stretch of text, and the rules that make longer nodes of them.
//!
//! «el próximo martes a las ocho»: words give a direction, a weekday and a number; a rule makes a date of the first two, another a
//! clock time of «las ocho», a third a date of both. Each round tries rules only where the last one left something new; the
//! deepest expressions of news end after four or five.

use super::Scene;
use super::leaf::NO_RULE;
use super::ops;
use super::resolve::Reference;
use super::tense::Tenses;
use super::value::{Value, When};
use crate::pack::dates::{Calendar, Cat, Entry, Filter, NO_NODE, Op, Term};
use crate::text::Token;

/// More pieces than any pattern has.
const PIECES: usize = 16;
/// More nodes than a pattern takes.
pub(super) const CHILDREN: usize = 8;
/// No expression is nested deeper.
const ROUNDS: usize = 7;
/// A stretch with more nodes is no text.
const MOST_NODES: usize = 600;
/// A pattern that ends at a new node begins at most so many tokens before it.
const REACH: usize = 24;

/// A part of a time expression, or all of one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node {
    pub cat: Cat,
    /// First token.
    pub start: u32,
    /// One past its last token.
    pub end: u32,
    pub value: Value,
    pub rule: u16,
    /// Its word means other things too.
    pub weak: bool,
    pub children: [u32; CHILDREN],
    /// The next node that starts at the same token.
    next: u32,
}

/// The nodes of one stretch.
#[derive(Debug, Default)]
pub(super) struct Chart {
    pub nodes: Vec<Node>,
    from: usize,
    heads: Vec<u32>,
    /// Kept for its memory.
    found: Vec<Found>,
}

/// A pattern on its way.
struct Path {
    /// Where each of its pieces ended, and before them where it began.
    borders: [u32; PIECES + 1],
    pieces: usize,
    children: [u32; CHILDREN],
    nodes: usize,
    /// It holds a node of the last round.
    fresh: bool,
}

/// What a match asks for.
#[derive(Debug)]
struct Found {
    rule: u16,
    start: u32,
    end: u32,
    children: [u32; CHILDREN],
}

impl Chart {
    /// Begins the stretch of tokens `from..to`.
    pub fn open(&mut self, from: usize, to: usize) {
        self.nodes.clear();
        self.from = from;
        self.heads.clear();
        self.heads.resize(to.saturating_sub(from) + 1, NO_NODE);
    }

    /// Adds what stands in the text.
    pub fn leaf(&mut self, cat: Cat, start: usize, end: usize, value: Value, weak: bool) {
        let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(end)) else { return };
        let children = [NO_NODE; CHILDREN];
        self.push(Node { cat, start, end, value, rule: NO_RULE, weak, children, next: NO_NODE });
    }

    /// Adds a word of the calendar.
    pub fn word(&mut self, entry: Entry, start: usize, end: usize) {
        self.leaf(Cat::of(entry.term), start, end, Value::Term(entry.term), entry.weak);
    }

    fn push(&mut self, mut node: Node) -> bool {
        let at = (node.start as usize).checked_sub(self.from);
        let id = u32::try_from(self.nodes.len()).unwrap_or(NO_NODE);
        let Some(head) = at.and_then(|at| self.heads.get_mut(at)) else { return false };
        node.next = *head;
        *head = id;
        self.nodes.push(node);
        true
    }

    fn head(&self, at: u32) -> u32 {
        (at as usize).checked_sub(self.from).and_then(|at| self.heads.get(at)).copied().unwrap_or(NO_NODE)
    }

    fn has(&self, cat: Cat, start: u32, end: u32, rule: Option<u16>) -> bool {
        let mut id = self.head(start);
        while let Some(node) = self.nodes.get(id as usize) {
            if node.cat == cat && node.end == end && rule.is_none_or(|rule| rule == node.rule) {
                return true;
            }
            id = node.next;
        }
        false
    }

    /// Makes all nodes that the rules give.
    pub fn grow(&mut self, scene: &Scene<'_>, to: usize, reference: &Reference, tenses: &mut Tenses) {
        let (calendar, tokens) = (&scene.pack.calendar, scene.tokens);
        let mut known = 0;
        let mut found = std::mem::take(&mut self.found);
        found.clear();
        for _ in 0..ROUNDS {
            if known == self.nodes.len() || self.nodes.len() > MOST_NODES {
                break;
            }
            let fresh = self.nodes.get(known..).unwrap_or_default();
            let (low, high) = fresh.iter().fold((u32::MAX, 0), |(low, high), n| (low.min(n.start), high.max(n.start)));
            let walk = Walk { chart: self, calendar, tokens, to, known };
            let first = (low as usize).saturating_sub(REACH).max(self.from);
            for at in first..=high as usize {
                let begin = u32::try_from(at).unwrap_or(0);
                let mut path = Path {
                    borders: [begin; PIECES + 1],
                    pieces: 0,
                    children: [NO_NODE; CHILDREN],
                    nodes: 0,
                    // Words alone are new once.
                    fresh: known == 0,
                };
                walk.go(0, at, &mut path, &mut found);
            }
            known = self.nodes.len();
            // Of rules that read the same tokens the first one counts.
            found.sort_by_key(|f| f.rule);
            for f in found.drain(..) {
                let Some(rule) = calendar.rules.get(usize::from(f.rule)) else { continue };
                let asks = rule.future
                    || !matches!(
                        rule.value,
                        Op::Merge | Op::Shift | Op::Clock | Op::To | Op::Less | Op::Past | Op::Nothing
                    );
                let tense = if asks { tenses.around(scene, f.start, f.end) } else { 0 };
                if rule.future && tense <= 0 {
                    continue;
                }
                let reference = &Reference { tense, ..*reference };
                let values = f.children.iter().filter_map(|id| self.nodes.get(*id as usize)).map(|node| node.value);
                let terms = rule.terms.iter().map(|term| Value::Term(*term));
                let Some((cat, value)) = ops::apply(rule.value, terms.chain(values), reference) else { continue };
                // What shares its month with another says more than itself alone.
                let only = (rule.value == Op::Share).then_some(f.rule);
                if self.has(cat, f.start, f.end, only) || is_nonsense(&value, reference) {
                    continue;
                }
                let node = Node {
                    cat,
                    start: f.start,
                    end: f.end,
                    value,
                    rule: f.rule,
                    weak: rule.inner,
                    children: f.children,
                    next: NO_NODE,
                };
                self.push(node);
            }
        }
        self.found = found;
    }
}

/// Whether a date's fields are such that no day can be meant: the 30th of February.
fn is_nonsense(value: &Value, reference: &Reference) -> bool {
    matches!(value, Value::Date(When::Open(fields)) if fields.grain().is_none() || reference.resolve(*fields).is_none())
}

struct Walk<'a> {
    chart: &'a Chart,
    calendar: &'a Calendar,
    tokens: &'a [Token],
    to: usize,
    known: usize,
}

impl Walk<'_> {
    fn go(&self, state: u32, at: usize, path: &mut Path, found: &mut Vec<Found>) {
        let Some(state) = self.calendar.grammar.states.get(state as usize) else { return };
        if path.fresh {
            for end in &state.ends {
                let before = path.borders.get(usize::from(end.before));
                let behind = path.pieces.checked_sub(usize::from(end.behind)).and_then(|i| path.borders.get(i));
                if let (Some(start), Some(stop)) = (before, behind)
                    && start < stop
                {
                    found.push(Found { rule: end.rule, start: *start, end: *stop, children: path.children });
                }
            }
        }
        if let Some(next) = state.start
            && path.pieces == 0
            && self.begins(at)
        {
            self.go(next, at, path, found);
        }
        if at >= self.to || path.pieces >= PIECES {
            return;
        }
        let Some(token) = self.tokens.get(at) else { return };
        if let Some(next) = state.word(token.symbol) {
            self.step(next, at + 1, path, found);
        }
        let mut id = self.chart.head(u32::try_from(at).unwrap_or(u32::MAX));
        while let Some(node) = self.chart.nodes.get(id as usize) {
            if state.takes(node.cat) && path.nodes < CHILDREN {
                for (filter, next) in state.nodes(node.cat) {
                    if !fits(node, filter) {
                        continue;
                    }
                    let fresh = path.fresh;
                    if filter == Filter::Figure {
                        // Only its place counts.
                        path.fresh |= id as usize >= self.known;
                        self.step(next, node.end as usize, path, found);
                        path.fresh = fresh;
                        continue;
                    }
                    if let Some(slot) = path.children.get_mut(path.nodes) {
                        *slot = id;
                    }
                    path.nodes += 1;
                    path.fresh |= id as usize >= self.known;
                    self.step(next, node.end as usize, path, found);
                    path.nodes -= 1;
                    path.fresh = fresh;
                    if let Some(slot) = path.children.get_mut(path.nodes) {
                        *slot = NO_NODE;
                    }
                }
            }
            id = node.next;
        }
    }

    fn step(&self, next: u32, end: usize, path: &mut Path, found: &mut Vec<Found>) {
        path.pieces += 1;
        if let Some(border) = path.borders.get_mut(path.pieces) {
            *border = u32::try_from(end).unwrap_or(u32::MAX);
        }
        self.go(next, end, path, found);
        path.pieces -= 1;
    }

    /// Whether a line or sentence begins at the token.
    fn begins(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|i| self.tokens.get(i));
        before.is_none_or(|t| t.is('.') || t.is('!') || t.is('?') || t.is('…'))
            || self.tokens.get(at).is_some_and(Token::line_before)
    }
}

fn fits(node: &Node, filter: Filter) -> bool {
    let within = |low: i32, high: i32, value: i32| (low..=high).contains(&value);
    match (filter, node.value) {
        (Filter::Any, _) => true,
        (Filter::Full, _) => !node.weak,
        (Filter::Weak, _) => node.weak,
        (Filter::Grains(mask), Value::Date(when)) => when.grain().is_some_and(|grain| grain.bit() & mask != 0),
        (Filter::Grains(mask), Value::Term(Term::Unit(unit))) => unit.grain.bit() & mask != 0,
        (Filter::Towards(by), Value::Term(Term::Direction(own))) => own.by.signum() == by,
        (filter, Value::Figure(figure)) => {
            if filter == Filter::Figure {
                return figure.decimal || figure.digits > 2 || figure.value > 31;
            }
            if figure.decimal {
                return false;
            }
            match filter {
                Filter::Day(low, high) => figure.digits <= 2 && !node.weak && within(low, high, figure.value),
                Filter::Digits(low, high) => matches!(figure.digits, 1 | 2) && within(low, high, figure.value),
                Filter::Word(low, high) => figure.digits == 0 && !node.weak && within(low, high, figure.value),
                Filter::Count(low, high) => !figure.rank && within(low, high, figure.value),
                Filter::Rank(low, high) => figure.rank && within(low, high, figure.value),
                Filter::Year => {
                    figure.digits == 4 && within(1000, 2999, figure.value)
                        || figure.digits == 0 && !figure.rank && within(1100, 2100, figure.value)
                }
                Filter::ShortYear => figure.digits == 2 && !figure.rank,
                _ => false,
            }
        }
        _ => false,
    }
}
