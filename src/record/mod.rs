//! The rows that leave the pipeline: column order here is public API (see `RECORDS` in README.md).
//!
//! [`Analysis`](crate::Analysis) speaks in byte spans and exact numbers; a row speaks in code points and text.
//! «cuesta 15 €» becomes `start = 7, end = 11, kind = money, value = 15, unit = EUR`.

mod convert;

use std::borrow::Cow;

use serde::Serialize;

pub use convert::{Rows, rows};

/// Version of the tables' meaning; raised when a column changes its meaning, not when one is added.
pub const SCHEMA_VERSION: u32 = 1;

/// One row of `facts`. Fields stand in column order; offsets are code points, numbers plain exact decimals.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct FactRow<'a> {
    /// Id of the article.
    pub doc_id: &'a str,
    /// `doc_id`, `:` and the ordinal of the fact in the article, from 1.
    pub fact_id: String,
    /// ISO 639-1 code of the sentence's language, `und` where undecided.
    pub language: &'a str,
    /// The article's ISO date, else empty.
    pub published: &'a str,
    /// Ordinal of the sentence in the article, from 1.
    pub sentence: usize,
    /// First code point of the quantity expression.
    pub start: usize,
    /// One past its last code point.
    pub end: usize,
    /// The text of the span, line breaks turned into one space.
    pub surface: Cow<'a, str>,
    /// `count`, `money`, `measure`, `percent`, `ratio`, `ordinal` or `number`.
    pub kind: &'static str,
    /// `=`, `~`, `>`, `>=`, `<` or `<=`.
    pub bound: &'static str,
    /// The number as meant, scale words applied; the low end of a range.
    pub value: String,
    /// High end of a range, else empty.
    pub value_high: String,
    /// Canonical symbol, else empty.
    pub unit: &'a str,
    /// `value` in `normalized_unit`.
    pub normalized_value: String,
    /// `value_high` in `normalized_unit`.
    pub normalized_high: String,
    /// Base unit of the dimension; `1` for percent and ratio.
    pub normalized_unit: &'a str,
    /// `currency`, `length`, …; empty for counts and bare numbers.
    pub dimension: &'a str,
    /// What is counted.
    pub counted: &'a str,
    /// The property measured.
    pub measure: &'a str,
    /// Whom or what the fact is about.
    pub subject: &'a str,
    /// `PER`, `ORG`, `LOC`, `MISC` or empty.
    pub subject_type: &'static str,
    /// The verb that ties them.
    pub predicate: &'a str,
    /// `up`, `down` or empty.
    pub trend: &'static str,
    /// `by`, `to`, `from` or empty.
    pub change_role: &'static str,
    /// Empty = asserted.
    pub modality: &'static str,
    /// ISO 8601.
    pub time: &'a str,
    /// A named place.
    pub place: &'a str,
    /// 0–1, two decimals.
    pub confidence: f64,
    /// The sentence, line breaks turned into one space.
    pub context: Cow<'a, str>,
}

/// One number mention in `annotate`'s `numbers`; offsets are code points.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NumberRow<'a> {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The text of the span.
    pub surface: &'a str,
    /// Exact decimal or fraction.
    pub value: String,
    /// High end of a range.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub value_high: String,
    /// `cardinal`, `ordinal`, `fraction`, `percent` or `multiple`.
    pub form: &'static str,
}

/// One row of `entities`: a named mention; offsets are code points.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct EntityRow<'a> {
    /// Id of the article.
    pub doc_id: &'a str,
    /// `doc_id`, `:e` and the ordinal of the entity in the article, from 1; mentions of one entity share it.
    pub entity_id: String,
    /// Ordinal of the sentence in the article, from 1.
    pub sentence: usize,
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The text of the span.
    pub surface: Cow<'a, str>,
    /// `PER`, `ORG`, `LOC` or `MISC`.
    #[serde(rename = "type")]
    pub class: &'static str,
    /// The name that the mentions of the entity share.
    pub canonical: &'a str,
    /// 0–1, two decimals.
    pub confidence: f64,
}

/// One row of `dates`: a time expression; offsets are code points.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DateRow<'a> {
    /// Id of the article.
    pub doc_id: &'a str,
    /// Ordinal of the sentence in the article, from 1.
    pub sentence: usize,
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The text of the span.
    pub surface: Cow<'a, str>,
    /// ISO 8601, to the precision the text gives; empty where it could not be resolved.
    pub value: &'a str,
    /// `year`, `quarter`, `month`, `week`, `day`, `hour`, …
    pub grain: &'static str,
    /// The article's own date was needed to resolve it.
    pub relative: bool,
}

/// One line of `annotate`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AnnotationRow<'a> {
    /// Id of the article.
    pub doc_id: &'a str,
    /// ISO 639-1 code of the article's language, `und` where undecided.
    pub language: &'a str,
    /// 0–1; 1 where the source gave the language.
    pub language_confidence: f64,
    /// Every number mention.
    pub numbers: Vec<NumberRow<'a>>,
    /// The quantities.
    pub facts: Vec<FactRow<'a>>,
    /// Named mentions.
    pub entities: Vec<EntityRow<'a>>,
    /// Time expressions.
    pub dates: Vec<DateRow<'a>>,
}

/// One row of `documents`: every input ends in exactly one.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct DocumentRow {
    /// Id of the article.
    pub doc_id: String,
    /// Path inside the archive.
    pub source: String,
    /// Headline.
    pub title: String,
    /// ISO date, else empty.
    pub published: String,
    /// ISO 639-1 code, `und` where undecided, empty for a document that was not read.
    pub language: String,
    /// 0–1, empty for a document that was not read.
    pub language_confidence: Option<f64>,
    /// Length of the text in code points.
    pub characters: usize,
    /// Number of sentences.
    pub sentences: usize,
    /// Number of facts.
    pub facts: usize,
    /// Number of named mentions.
    pub entities: usize,
    /// `ok`, `skipped` or `failed`.
    pub status: &'static str,
    /// Why it failed or was skipped, else empty.
    pub error: String,
    /// Where `published` was found: `source`, `dateline`, `option`, or empty.
    pub published_from: &'static str,
}

/// `text` as a cell: each line break, and the blanks around it, become one space.
///
/// `"valor\r\n del núcleo"` becomes `"valor del núcleo"`; text of one line is borrowed as it is.
#[must_use]
pub fn single_line(text: &str) -> Cow<'_, str> {
    const BREAKS: [char; 6] = ['\n', '\r', '\u{b}', '\u{c}', '\u{2028}', '\u{2029}'];
    // The quick test: line breaks of ASCII, or the lead byte of the others.
    let bytes = text.as_bytes();
    let ascii = memchr::memchr3(b'\n', b'\r', b'\x0b', bytes).or_else(|| memchr::memchr(b'\x0c', bytes));
    if ascii.is_none() && (memchr::memchr(0xE2, bytes).is_none() || !text.contains(BREAKS)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split(BREAKS).map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_become_one_space() {
        assert_eq!(single_line("valor\r\n del núcleo\n\n"), "valor del núcleo");
        assert!(matches!(single_line("  una línea "), Cow::Borrowed("  una línea ")));
    }
}
