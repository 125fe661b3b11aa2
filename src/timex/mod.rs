//! Time expressions in the text, resolved to ISO 8601.
//!
//! «ayer, lunes», «hace dos semanas» and «entre 2020 y 2024» in an article of 2024-05-23 each become one [`Timex`]: its
//! span, its value (`2024-05-22`, `2024-W19`, `2020/2024`), the grain of what it names, and whether the article's own
//! date was needed to say so.

pub(crate) mod calendar;
mod chart;
mod clock;
pub(crate) mod dateline;
mod interval;
mod leaf;
mod ops;
mod portion;
mod resolve;
mod shift;
mod tense;
mod value;

use std::sync::Arc;

use jiff::civil::Date;

use crate::numeral::Numeral;
use crate::pack::Pack;
use crate::pack::Reading;
use crate::pack::dates::{Cat, DateOrder};
use crate::quantity::{Excluded, Kind, Quantity};
use crate::text::{Sentence, Span, Token};

use chart::{Chart, Node};
use leaf::{Digits, NO_RULE};
use resolve::Reference;
use tense::Tenses;
use value::{Fields, Period, Value, When};

/// The size of what a time expression names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Grain {
    /// A clock time to the second.
    Second,
    /// A clock time.
    Minute,
    /// A full hour.
    Hour,
    /// A calendar day, or a part of one.
    Day,
    /// Saturday and Sunday, or what the language means by it.
    Weekend,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A quarter.
    Quarter,
    /// Half a year.
    Half,
    /// A season of the year.
    Season,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

impl Grain {
    /// All of them, with their names.
    const ALL: [(&'static str, Self); 13] = [
        ("second", Self::Second),
        ("minute", Self::Minute),
        ("hour", Self::Hour),
        ("day", Self::Day),
        ("weekend", Self::Weekend),
        ("week", Self::Week),
        ("month", Self::Month),
        ("quarter", Self::Quarter),
        ("half", Self::Half),
        ("season", Self::Season),
        ("year", Self::Year),
        ("decade", Self::Decade),
        ("century", Self::Century),
    ];

    /// The grain of a name.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(own, _)| *own == name).map(|(_, grain)| *grain)
    }

    /// A bit of its own.
    pub(crate) fn bit(self) -> u16 {
        1 << self as u16
    }

    /// As the table writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        Self::ALL.get(self as usize).map_or("", |(name, _)| name)
    }
}

/// A time expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timex {
    /// Where it stands, in bytes; no article at its edges.
    pub span: Span,
    /// ISO 8601 to the precision that the text gives; empty where it could not be resolved.
    pub value: String,
    /// The size of what it names; of an interval, the finer of its ends.
    pub grain: Grain,
    /// The article's own date was needed to resolve it, or would have been.
    pub relative: bool,
    /// The rule that found it; empty where its shape alone tells.
    pub rule: Arc<str>,
    /// The rules that read its parts.
    pub parts: Vec<Arc<str>>,
}

/// What `find` looks at: a block.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The document.
    pub text: &'a str,
    /// All tokens of the block.
    pub tokens: &'a [Token],
    /// Its language.
    pub pack: &'a Pack,
    /// Its sentences.
    pub sentences: &'a [Sentence],
    /// Its numbers.
    pub numerals: &'a [Numeral],
    /// Its quantities.
    pub quantities: &'a [Quantity],
    /// Its numbers that are none, and what they are.
    pub excluded: &'a [Excluded],
    /// The order of dates in digits.
    pub order: DateOrder,
    /// The article's own date.
    pub published: Option<Date>,
}

/// How many tokens around a word of the calendar may belong to the expression that it is in.
const AROUND: usize = 9;

/// A stretch as long as this ends, so that lists of dates cost no more than text.
const LONGEST: usize = 100;

/// Finds time expressions, block by block.
#[derive(Debug, Default)]
pub struct Finder {
    chart: Chart,
    tenses: Tenses,
    /// Tokens that are worth looking around.
    triggers: Vec<u32>,
    chosen: Vec<u32>,
    /// The date that the article spoke of last.
    spoken: Option<Period>,
    found: Vec<Timex>,
}

impl Finder {
    /// The time expressions of a block, in order.
    pub fn find(&mut self, scene: &Scene<'_>) -> impl Iterator<Item = Timex> + '_ {
        let mut stretch: Option<(usize, usize)> = None;
        if !scene.pack.calendar.is_empty() {
            scene.triggers(&mut self.triggers);
            for index in 0..self.triggers.len() {
                let Some(at) = self.triggers.get(index).map(|at| *at as usize) else { break };
                let (from, to) = (at.saturating_sub(AROUND), (at + AROUND + 1).min(scene.tokens.len()));
                stretch = match stretch {
                    Some((first, last)) if from <= last && last - first < LONGEST => Some((first, to)),
                    Some((first, last)) => {
                        self.stretch(scene, first, last);
                        Some((from.max(last), to))
                    }
                    None => Some((from, to)),
                };
            }
        }
        if let Some((first, last)) = stretch {
            self.stretch(scene, first, last);
        }
        self.found.drain(..)
    }

    /// The time expressions of the tokens `from..to`.
    fn stretch(&mut self, scene: &Scene<'_>, from: usize, to: usize) {
        let (calendar, chart) = (&scene.pack.calendar, &mut self.chart);
        chart.open(from, to);
        let digits = Digits { text: scene.text, tokens: scene.tokens, order: scene.order, published: scene.published };
        for (at, token) in scene.tokens.iter().enumerate().take(to).skip(from) {
            if token.is_number() {
                digits.add(at, chart);
            }
            calendar.each(scene.tokens, at, |entry, end| chart.word(entry, at, end));
        }
        leaf::numbers(scene.tokens, scene.numerals, from, to, chart);
        self.tenses.open(from, to);
        let reference = Reference { published: scene.published, tense: 0, spoken: self.spoken };
        chart.grow(scene, to, &reference, &mut self.tenses);
        self.choose(scene);
        self.emit(scene, reference);
    }

    /// The longest nodes that are dates, none over another.
    fn choose(&mut self, scene: &Scene<'_>) {
        self.chosen.clear();
        let rules = &scene.pack.calendar.rules;
        let nodes = &self.chart.nodes;
        let is_whole = |node: &Node| {
            let rule = rules.get(usize::from(node.rule));
            let bare = rule.is_some_and(|rule| rule.bare) && (scene.counts(node) || scene.is_glued(node));
            let name = rule.is_some_and(|rule| rule.small) && scene.pack.small_calendar() && scene.is_name(node);
            let number = scene.tokens.get(node.start as usize).is_some_and(Token::is_number);
            let tail = number && scene.is_tail(node);
            matches!(node.cat, Cat::Date | Cat::Nothing) && !node.weak && !bare && !name && !tail
        };
        let whole = nodes.iter().enumerate().filter(|(_, node)| is_whole(node));
        let mut whole: Vec<(u32, &Node)> = whole.map(|(id, node)| (u32::try_from(id).unwrap_or(0), node)).collect();
        whole.sort_by_key(|(_, n)| (std::cmp::Reverse(n.end - n.start), n.start, n.rule));
        for (id, node) in whole {
            let free = |other: &u32| {
                self.chart.nodes.get(*other as usize).is_none_or(|o| o.end <= node.start || node.end <= o.start)
            };
            if self.chosen.iter().all(free) {
                self.chosen.push(id);
            }
        }
        self.chosen.sort_by_key(|id| nodes.get(*id as usize).map_or(0, |node| node.start));
    }

    /// Resolves what was chosen.
    fn emit(&mut self, scene: &Scene<'_>, mut reference: Reference) {
        // «jul, oct, mar»: months in a row go forward.
        let mut month: Option<Date> = None;
        for id in std::mem::take(&mut self.chosen) {
            let Some(node) = self.chart.nodes.get(id as usize) else { continue };
            let Value::Date(when) = node.value else { continue };
            if node.cat == Cat::Nothing {
                continue;
            }
            if matches!(when, When::Open(fields) if fields.year.is_none()) {
                reference.tense = self.tenses.around(scene, node.start, node.end);
            }
            let settled = match (when, month) {
                (When::Open(fields), Some(before)) if is_bare_month(&fields) => {
                    let after = Reference { published: Some(before), tense: 1, ..reference };
                    after.resolve(Fields { direction: Some((1, false)), ..fields })
                }
                _ => reference.settle(when),
            };
            let (value, grain, relative) = match settled {
                Some(When::Set(period)) => {
                    self.spoken = Some(period);
                    reference.spoken = self.spoken;
                    let bare = matches!(when, When::Open(fields) if is_bare_month(&fields));
                    month = bare.then_some(period.first);
                    (period.iso(), period.grain(), period.relative)
                }
                Some(When::Unknown(grain)) => (String::new(), grain, true),
                _ => continue,
            };
            let cover = scene.tokens.get(node.start as usize).zip(scene.tokens.get(node.end as usize - 1));
            let Some((first, last)) = cover else { continue };
            let mut parts = Vec::new();
            self.parts(scene, node, &mut parts);
            let id = |rule: u16| scene.pack.calendar.ids.get(usize::from(rule)).cloned().unwrap_or_default();
            self.found.push(Timex {
                span: first.span.cover(last.span),
                value,
                grain,
                relative,
                rule: if node.rule == NO_RULE { Arc::default() } else { id(node.rule) },
                parts,
            });
        }
    }

    /// The rules below a node.
    fn parts(&self, scene: &Scene<'_>, node: &Node, parts: &mut Vec<Arc<str>>) {
        for child in node.children.iter().filter_map(|id| self.chart.nodes.get(*id as usize)) {
            if let Some(id) = scene.pack.calendar.ids.get(usize::from(child.rule)) {
                parts.push(Arc::clone(id));
            }
            self.parts(scene, child, parts);
        }
    }
}

/// Whether fields are a month and no more.
fn is_bare_month(fields: &Fields) -> bool {
    let month = Fields { month: fields.month, ..Fields::default() };
    fields.month.is_some() && *fields == month
}

impl Scene<'_> {
    /// The tokens that are worth looking around, in order.
    fn triggers(&self, triggers: &mut Vec<u32>) {
        triggers.clear();
        let index = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let tokens = self.tokens.iter().enumerate();
        triggers.extend(tokens.filter(|(at, token)| self.is_trigger(*at, token)).map(|(at, _)| index(at)));
        // Years in words: «dos mil dieciocho», «nineteen ninety».
        let found = triggers.len();
        let mut before = usize::MAX;
        for numeral in self.numerals.iter().filter(|n| n.literal.is_none()) {
            let value = numeral.value.to_i64().unwrap_or(0);
            if (1100..2100).contains(&value) || before == numeral.start && (10..100).contains(&value) {
                triggers.push(index(numeral.start));
            }
            before = if (11..=20).contains(&value) { numeral.end } else { usize::MAX };
        }
        if triggers.len() > found {
            triggers.sort_unstable();
        }
    }

    /// Whether a token is worth looking around it.
    #[inline]
    fn is_trigger(&self, at: usize, token: &Token) -> bool {
        if !token.is_number() {
            return self.pack.calendar.is_trigger(token.symbol);
        }
        let length = token.span.len();
        let text = token.span.of(self.text).as_bytes();
        let plain = text.iter().all(u8::is_ascii_digit);
        // A year; `12.05.2024`; `12/5`, `20:15`.
        plain && length == 4 && matches!(text, [b'1' | b'2', ..])
            || plain && length == 8
            || !plain && (6..=10).contains(&length) && text.iter().filter(|b| **b == b'.').count() == 2
            // `22.04.`
            || !plain && (3..=5).contains(&length) && text.contains(&b'.')
                && self.tokens.get(at + 1).is_some_and(|next| next.is('.') && !next.space_before())
            // «the 30th»
            || length <= 2 && self.tokens.get(at + 1).is_some_and(|next| {
                !next.space_before() && (next.is_word() || next.is('º') || next.is('.')) && text.first() != Some(&b'0')
            })
            || length <= 2
                && self.tokens.get(at + 1).is_some_and(|mark| {
                    !mark.space_before() && (mark.is('/') || mark.is(':') || mark.is('-'))
                })
                && self.tokens.get(at + 2).is_some_and(|next| next.is_number() && !next.space_before())
    }

    /// Whether a mark or letter joins a node to what stands beside it: `id-1687-x`.
    fn is_glued(&self, node: &Node) -> bool {
        let (start, end) = (node.start as usize, node.end as usize);
        let joins = |at: usize| {
            let mark = self.tokens.get(at);
            mark.is_some_and(|t| {
                t.is_number() || t.is_word() || ['-', '/', '_', '=', '&', '#', '@', '+', '$'].iter().any(|c| t.is(*c))
            })
        };
        let left = self.tokens.get(start).is_some_and(|t| !t.space_before()) && start.checked_sub(1).is_some_and(joins);
        let right = self.tokens.get(end).is_some_and(|t| !t.space_before()) && joins(end);
        left || right
    }

    /// Whether a node goes on digits before it: `138-2010-2015`.
    fn is_tail(&self, node: &Node) -> bool {
        let at = node.start as usize;
        let before = |by: usize| at.checked_sub(by).and_then(|i| self.tokens.get(i));
        let glued = self.tokens.get(at).is_some_and(|t| !t.space_before());
        glued && before(1).is_some_and(|t| t.is('-') && !t.space_before()) && before(2).is_some_and(Token::is_number)
    }

    /// Whether a word that is written small has a capital, and not because a sentence begins.
    fn is_name(&self, node: &Node) -> bool {
        let at = node.start as usize;
        let capital = |at: usize| self.tokens.get(at).is_some_and(Token::is_capitalized);
        let first = self.sentences.partition_point(|s| s.end <= at);
        let begins = self.sentences.get(first).is_some_and(|s| s.first == at);
        capital(at) && (!begins || capital(node.end as usize))
    }

    /// Whether a quantity stands where a node does.
    fn counts(&self, node: &Node) -> bool {
        let first = self.quantities.partition_point(|q| q.end <= node.start as usize);
        let over = self.quantities.get(first).filter(|q| q.start < node.end as usize);
        // «Ley 1070 de 2006»
        let start = self.tokens.get(node.start as usize).map_or(0, |token| token.span.start);
        let is_number = |e: &Excluded| e.reading == Reading::Reference && e.span.start == start;
        over.is_some_and(|q| !matches!(q.kind, Kind::Number)) || {
            let first = self.excluded.partition_point(|e| e.span.start < start);
            self.excluded.get(first).is_some_and(is_number)
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail by panic")]
    use crate::pack::{Packs, Source};
    use crate::{Context, DateSource, Document, analyze};

    fn read(language: &str, published: Option<&str>, text: &str) -> Vec<(String, String, bool)> {
        let cx = Context::new(Packs::open(Source::embedded()).unwrap()).unwrap();
        let (language, published) = (Some(language.to_owned()), published.map(str::to_owned));
        let doc = Document { language, published, text: text.to_owned(), ..Document::default() };
        let dates = analyze(&doc, &cx).dates.into_iter().map(|date| date.timex);
        dates.map(|timex| (timex.span.of(text).to_owned(), timex.value, timex.relative)).collect()
    }

    fn said(text: &str, value: &str, relative: bool) -> (String, String, bool) {
        (text.to_owned(), value.to_owned(), relative)
    }

    #[test]
    fn a_date_is_resolved_against_the_article() {
        let text = "Ayer, lunes, dijo que entre febrero y marzo de 2020 bajó, y el próximo martes subirá.";
        let wanted = [
            said("Ayer, lunes", "2000-05-22", true),
            said("febrero y marzo de 2020", "2020-02/2020-03", false),
            said("próximo martes", "2000-05-30", true),
        ];
        assert_eq!(read("es", Some("2000-05-23"), text), wanted);
    }

    #[test]
    fn without_a_date_of_its_own_what_is_relative_has_no_value() {
        let wanted = [said("ayer", "", true), said("2020", "2020", false)];
        assert_eq!(read("es", None, "Dijo ayer que en 2020 bajó."), wanted);
    }

    #[test]
    fn what_has_no_place_in_the_calendar_is_left_out() {
        for text in ["Ahora trabaja cada lunes durante dos años.", "Los últimos años, ref-2020-x, 2024 empresas."] {
            assert_eq!(read("es", Some("2000-05-23"), text), [], "{text}");
        }
    }

    #[test]
    fn a_dateline_gives_the_article_its_date() {
        let cx = Context::new(Packs::open(Source::embedded()).unwrap()).unwrap();
        for (text, date) in [
            ("Titular\n\nMadrid, 23 may 2024 (EFE). Ayer cayó.", Some("2024-05-23")),
            ("Madrid, 23 may (EFE). Ayer cayó.", None),
            ("El 3 de mayo de 2021 (Lunes) cayó.", None),
        ] {
            let language = Some("es".to_owned());
            let doc = Document { language, text: text.to_owned(), ..Document::default() };
            let published = analyze(&doc, &cx).published;
            assert_eq!(published.as_ref().map(|p| p.date.as_str()), date, "{text}");
            assert!(published.is_none_or(|p| p.from == DateSource::Dateline));
        }
    }
}
