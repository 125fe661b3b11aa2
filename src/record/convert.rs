//! From an [`Analysis`] in bytes and exact numbers to rows in code points and text.

use rustc_hash::FxHashMap;

use super::{DateRow, DocumentRow, EntityRow, FactRow, NumberRow, single_line};
use crate::entity::EntityType;
use crate::quantity::Normalized;
use crate::relation::score;
use crate::text::Document;
use crate::{Analysis, DateMention, Fact, NamedMention, Span};

/// All rows of one article.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows<'a> {
    /// Every number mention.
    pub numbers: Vec<NumberRow<'a>>,
    /// The quantities.
    pub facts: Vec<FactRow<'a>>,
    /// The names.
    pub entities: Vec<EntityRow<'a>>,
    /// The time expressions.
    pub dates: Vec<DateRow<'a>>,
    /// The article itself.
    pub document: DocumentRow,
}

/// The rows of one article.
#[must_use]
pub fn rows<'a>(doc: &'a Document, analysis: &'a Analysis) -> Rows<'a> {
    let text = doc.text.as_str();
    let mut numbers_at = CodePoints::new(text);
    let numbers = analysis
        .numbers
        .iter()
        .map(|mention| {
            let (start, end) = numbers_at.of(mention.span);
            let surface = mention.span.of(text);
            NumberRow {
                start,
                end,
                surface,
                value: mention.value.to_string(),
                value_high: String::new(),
                form: mention.form,
            }
        })
        .collect();
    let mut facts_at = CodePoints::new(text);
    let mut order: Vec<&Fact> = analysis.facts.iter().collect();
    order.sort_by_key(|f| (f.quantity.span.start, std::cmp::Reverse(f.quantity.span.end)));
    let facts = order
        .into_iter()
        .enumerate()
        .map(|(index, fact)| fact_row(doc, analysis, fact, index + 1, &mut facts_at))
        .collect();
    let document = DocumentRow {
        doc_id: single_line(&doc.id).into_owned(),
        source: single_line(&doc.source).into_owned(),
        title: single_line(doc.title.as_deref().unwrap_or_default()).into_owned(),
        published: analysis.published.as_ref().map(|p| p.date.clone()).unwrap_or_default(),
        language: analysis.language.clone(),
        language_confidence: Some(analysis.language_confidence),
        characters: text.chars().count(),
        sentences: analysis.sentences.len(),
        facts: analysis.facts.len(),
        entities: analysis.names.len(),
        status: "ok",
        error: String::new(),
        published_from: analysis.published.as_ref().map_or("", |p| p.from.as_str()),
    };
    Rows { numbers, facts, entities: entity_rows(doc, analysis), dates: date_rows(doc, analysis), document }
}

fn entity_rows<'a>(doc: &'a Document, analysis: &'a Analysis) -> Vec<EntityRow<'a>> {
    let mut at = CodePoints::new(&doc.text);
    let mut known: FxHashMap<(&str, EntityType), usize> = FxHashMap::default();
    let row = |named: &'a NamedMention| {
        let next = known.len() + 1;
        let ordinal = *known.entry((&named.canonical, named.entity.class)).or_insert(next);
        let (start, end) = at.of(named.entity.span);
        EntityRow {
            doc_id: &doc.id,
            entity_id: format!("{}:e{ordinal}", doc.id),
            sentence: named.sentence + 1,
            start,
            end,
            surface: single_line(named.entity.span.of(&doc.text)),
            class: named.entity.class.as_str(),
            canonical: &named.canonical,
            confidence: (f64::from(named.entity.confidence) * 100.0).round() / 100.0,
        }
    };
    analysis.names.iter().map(row).collect()
}

fn date_rows<'a>(doc: &'a Document, analysis: &'a Analysis) -> Vec<DateRow<'a>> {
    let mut at = CodePoints::new(&doc.text);
    let row = |mention: &'a DateMention| {
        let timex = &mention.timex;
        let (start, end) = at.of(timex.span);
        DateRow {
            doc_id: &doc.id,
            sentence: mention.sentence + 1,
            start,
            end,
            surface: single_line(timex.span.of(&doc.text)),
            value: &timex.value,
            grain: timex.grain.as_str(),
            relative: timex.relative,
        }
    };
    analysis.dates.iter().map(row).collect()
}

fn fact_row<'a>(
    doc: &'a Document,
    analysis: &'a Analysis,
    fact: &'a Fact,
    ordinal: usize,
    at: &mut CodePoints<'a>,
) -> FactRow<'a> {
    let text = doc.text.as_str();
    let (quantity, link) = (&fact.quantity, &fact.link);
    let (start, end) = at.of(quantity.span);
    let sentence = analysis.sentences.get(fact.sentence);
    let language = sentence.and_then(|s| analysis.languages.get(s.language)).map_or("und", String::as_str);
    let Normalized { value, high, unit } = quantity.normalized();
    let print = |number: Option<crate::numeral::Number>| number.map(|n| n.to_string()).unwrap_or_default();
    let (code, dimension) = quantity.unit.as_ref().map_or(("", ""), |u| (u.code.as_str(), u.dimension.as_str()));
    FactRow {
        doc_id: &doc.id,
        fact_id: format!("{}:{ordinal}", doc.id),
        language,
        published: analysis.published.as_ref().map_or("", |p| p.date.as_str()),
        sentence: fact.sentence + 1,
        start,
        end,
        surface: single_line(quantity.span.of(text)),
        kind: quantity.kind.as_str(),
        bound: quantity.bound.as_str(),
        value: quantity.value.to_string(),
        value_high: print(quantity.high),
        unit: code,
        normalized_value: print(value),
        normalized_high: print(high),
        normalized_unit: unit,
        dimension,
        counted: &link.counted,
        measure: &link.measure,
        subject: &link.subject,
        subject_type: link.subject_type.map_or("", EntityType::as_str),
        predicate: &link.predicate,
        trend: link.trend.map_or("", |t| t.as_str()),
        change_role: link.role.map_or("", |r| r.as_str()),
        modality: link.modality.as_str(),
        time: &link.time,
        place: &link.place,
        confidence: score::row(quantity.confidence, quantity.kind, link),
        context: single_line(sentence.map_or("", |s| s.span.of(text))),
    }
}

/// Counts code points up to rising byte offsets, each stretch of the text once.
struct CodePoints<'a> {
    text: &'a str,
    byte: usize,
    count: usize,
}

impl<'a> CodePoints<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, byte: 0, count: 0 }
    }

    fn at(&mut self, byte: u32) -> usize {
        let byte = byte as usize;
        if byte < self.byte {
            (self.byte, self.count) = (0, 0);
        }
        self.count += self.text.get(self.byte..byte).map_or(0, |stretch| stretch.chars().count());
        self.byte = byte;
        self.count
    }

    fn of(&mut self, span: Span) -> (usize, usize) {
        let start = self.at(span.start);
        let (byte, count) = (self.byte, self.count);
        let end = self.at(span.end);
        // The next span may begin inside this one.
        (self.byte, self.count) = (byte, count);
        (start, end)
    }
}
