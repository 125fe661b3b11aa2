//! The pipeline: one article in, its sentences, numbers and quantities out.
//!
//! «Beijing cuenta con 21 laboratorios.» becomes one sentence and one [`Fact`] of kind `count`. Each stage takes what the
//! stage before gives; nothing is shared between articles but the read-only [`Context`].

use std::sync::Arc;

use crate::entity::canonical::canonical;
use crate::entity::{Entity, EntityRecognizer, Passage};
use crate::language::{self, Identifier};
use crate::numeral::digits::{Evidence, Literal};
use crate::numeral::{self, Form, Number, Reader};
use crate::pack::{self, NumberFormat, Pack, Packs};
use crate::quantity::money::Resolver;
use crate::quantity::{self, Excluded, Kind, Quantity, Scene};
use crate::record;
use crate::relation::{self, Link};
use crate::text::{self, Block, Document, Sentence, Span, Token};
use crate::timex::{self, Finder, Timex};

/// What every analysis shares, read-only: packs, the language identifier and the recogniser of names. One for a whole run, shared
/// by threads.
pub struct Context {
    packs: Packs,
    identifier: Identifier,
    recognizer: Option<Box<dyn EntityRecognizer>>,
}

impl Context {
    /// A context over these packs, which looks for no names.
    ///
    /// # Errors
    /// If the packs' evidence of languages is broken.
    pub fn new(packs: Packs) -> Result<Self, language::Error> {
        let evidence = packs.source().file(LANGUAGE_EVIDENCE).unwrap_or_default();
        let identifier = Identifier::new(evidence)?;
        Ok(Self { packs, identifier, recognizer: None })
    }

    /// The same with a recogniser of names.
    #[must_use]
    pub fn with_recognizer(self, recognizer: Box<dyn EntityRecognizer>) -> Self {
        Self { recognizer: Some(recognizer), ..self }
    }

    /// The packs.
    #[must_use]
    pub fn packs(&self) -> &Packs {
        &self.packs
    }

    /// The language identifier.
    #[must_use]
    pub fn identifier(&self) -> &Identifier {
        &self.identifier
    }

    /// The pack of a language, the root pack where it has none.
    fn pack(&self, code: &str) -> Option<Arc<Pack>> {
        self.packs.get(code).or_else(|_| self.packs.get(pack::ROOT)).ok()
    }
}

/// The pack file that tells languages apart.
const LANGUAGE_EVIDENCE: &str = "und/identify.tsv";

/// A sentence of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentenceSpan {
    /// Where it stands, in bytes.
    pub span: Span,
    /// Index into [`Analysis::languages`].
    pub language: usize,
}

/// A number mention.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Where it stands, in bytes.
    pub span: Span,
    /// Its value.
    pub value: Number,
    /// `cardinal`, `ordinal`, `fraction`, `percent` or `multiple`.
    pub form: &'static str,
    /// How its digits were read; `None` for words.
    pub literal: Option<Literal>,
}

/// A quantity in its sentence.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Index into [`Analysis::sentences`].
    pub sentence: usize,
    /// The quantity.
    pub quantity: Quantity,
    /// What it is linked to.
    pub link: Link,
}

/// A named mention in its sentence.
#[derive(Clone, Debug)]
pub struct NamedMention {
    /// Index into [`Analysis::sentences`].
    pub sentence: usize,
    /// The mention.
    pub entity: Entity,
    /// The name that all mentions of the entity in the article share.
    pub canonical: String,
}

/// A time expression in its sentence.
#[derive(Clone, Debug)]
pub struct DateMention {
    /// Index into [`Analysis::sentences`].
    pub sentence: usize,
    /// The time expression.
    pub timex: Timex,
}

/// Where the date of an article was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateSource {
    /// In what the source says about the article.
    Source,
    /// The caller said it.
    Option,
    /// In the article's dateline: «Madrid, 23 may 2024 (EFE)».
    Dateline,
}

impl DateSource {
    /// Where a document's date comes from, if it has one.
    #[must_use]
    pub fn of(doc: &Document) -> Option<Self> {
        let from = if doc.published_by_option { Self::Option } else { Self::Source };
        doc.published.as_ref().map(|_| from)
    }

    /// As the table writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Option => "option",
            Self::Dateline => "dateline",
        }
    }
}

/// The date of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// ISO 8601 calendar date.
    pub date: String,
    /// Where it was found.
    pub from: DateSource,
}

/// What the pipeline found in one article.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// ISO 639-1 code of the article's language, `und` where undecided.
    pub language: String,
    /// 0–1; 1 where the source gave the language.
    pub language_confidence: f64,
    /// The codes of all languages in the article.
    pub languages: Vec<String>,
    /// In order.
    pub sentences: Vec<SentenceSpan>,
    /// Every number mention, in order.
    pub numbers: Vec<Mention>,
    /// The quantities, in order.
    pub facts: Vec<Fact>,
    /// Numbers that are no quantities, and why.
    pub excluded: Vec<Excluded>,
    /// The names, in order.
    pub names: Vec<NamedMention>,
    /// The time expressions, in order; one inside another comes behind it.
    pub dates: Vec<DateMention>,
    /// The article's own date, which time expressions are resolved against.
    pub published: Option<Published>,
    /// Why the names could not be looked for: what, where, and how to mend it.
    pub failure: Option<String>,
}

impl Analysis {
    /// The name at a place of the text: the first mention that shares a byte with `span`. Its [`NamedMention::canonical`] is what the
    /// article calls the entity in full.
    #[must_use]
    pub fn name_at(&self, span: Span) -> Option<&NamedMention> {
        let first = self.names.partition_point(|name| name.entity.span.end <= span.start);
        self.names.get(first).filter(|name| name.entity.span.overlaps(span))
    }
}

/// A block with its language's pack and its tokens in the article's list.
struct BlockTokens {
    pack: Arc<Pack>,
    language: usize,
    from: usize,
    to: usize,
}

/// What the time expressions of an article share.
#[derive(Default)]
struct Dates {
    finder: Finder,
    published: Option<jiff::civil::Date>,
    order: pack::DateOrder,
}

/// Analyses one article.
#[must_use]
pub fn analyze(doc: &Document, cx: &Context) -> Analysis {
    let text = doc.text.as_str();
    let blocks = text::blocks(text);
    let tag = doc.language.as_deref();
    let published = DateSource::of(doc).map(|from| Published { date: doc.published.clone().unwrap_or_default(), from });
    let mut analysis = Analysis { published, ..Analysis::default() };
    let codes = languages(text, &blocks, tag, cx, &mut analysis);

    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 5);
    let mut parts = Vec::with_capacity(blocks.len());
    let mut packs: Vec<Arc<Pack>> = Vec::new();
    for (block, language) in blocks.iter().zip(codes) {
        while packs.len() <= language {
            // A tag is all there is where one is given, and may name a locale.
            let code = tag.or(analysis.languages.get(packs.len()).map(String::as_str)).unwrap_or(pack::ROOT);
            let Some(pack) = cx.pack(code) else { return analysis };
            packs.push(pack);
        }
        let Some(pack) = packs.get(language) else { break };
        let from = tokens.len();
        text::tokenize(text, block.span, &pack.lexicon, &mut tokens);
        parts.push(BlockTokens { pack: Arc::clone(pack), language, from, to: tokens.len() });
    }

    let mut evidence = Evidence::default();
    for token in tokens.iter().filter(|t| t.is_number() && t.span.len() > 3) {
        evidence.note(token.span.of(text));
    }
    let catalog = cx.packs.catalog();
    let region = tag.and_then(|t| t.split('-').skip(1).find(|part| part.len() == 2)).map(str::to_uppercase);
    let date = doc.published.as_deref().unwrap_or_default();
    let resolver_blocks: Vec<(&Pack, &[Token])> =
        parts.iter().map(|p| (&*p.pack, tokens.get(p.from..p.to).unwrap_or_default())).collect();
    let resolver = Resolver::new(catalog, resolver_blocks, region.as_deref(), date);
    let mut sentences = Vec::with_capacity(parts.len());
    let region = region.as_deref().unwrap_or_default();
    let mut dates = Dates { published: date.parse().ok(), ..Dates::default() };
    if dates.published.is_none() {
        dates.published = parts.iter().take(DATELINE_BLOCKS).find_map(|part| {
            let tokens = tokens.get(part.from..part.to).unwrap_or_default();
            dateline(text, tokens, &part.pack, &evidence, region)
        });
        analysis.published = dates
            .published
            .map(|date| Published { date: date.to_string(), from: DateSource::Dateline })
            .or(analysis.published);
    }
    for part in &parts {
        dates.order = part.pack.date_order(region);
        let format = tag.and_then(|t| catalog.number_format(t)).unwrap_or(part.pack.format);
        let tokens = tokens.get(part.from..part.to).unwrap_or_default();
        sentences.push(block(text, tokens, part, format, &evidence, catalog, &resolver, &mut dates, &mut analysis));
    }
    if let Some(recognizer) = &cx.recognizer {
        let passages = parts.iter().zip(&sentences).map(|(part, sentences)| Passage {
            language: analysis.languages.get(part.language).map_or(pack::ROOT, String::as_str),
            pack: &part.pack,
            tokens: tokens.get(part.from..part.to).unwrap_or_default(),
            sentences,
        });
        let passages: Vec<Passage<'_>> = passages.collect();
        match recognizer.recognize(text, &passages) {
            Ok(found) => analysis.names = names(text, &analysis.sentences, &passages, found),
            Err(error) => analysis.failure = Some(error.to_string()),
        }
    }
    let passages: Vec<relation::Passage<'_>> = parts
        .iter()
        .zip(&sentences)
        .map(|(part, sentences)| relation::Passage {
            pack: &part.pack,
            tokens: tokens.get(part.from..part.to).unwrap_or_default(),
            sentences,
        })
        .collect();
    let links = link(text, &analysis, &passages);
    for (fact, link) in analysis.facts.iter_mut().zip(links) {
        fact.link = link;
    }
    analysis
}

/// What each quantity is linked to.
fn link(text: &str, analysis: &Analysis, passages: &[relation::Passage<'_>]) -> Vec<Link> {
    let quantities: Vec<&Quantity> = analysis.facts.iter().map(|fact| &fact.quantity).collect();
    let dates = analysis.dates.iter().map(|date| relation::When { span: date.timex.span, value: &date.timex.value });
    let dates: Vec<relation::When<'_>> = dates.collect();
    let names = analysis.names.iter().map(|name| relation::Named {
        span: name.entity.span,
        class: name.entity.class,
        canonical: &name.canonical,
    });
    let names: Vec<relation::Named<'_>> = names.collect();
    relation::link(relation::Article { text, passages, quantities: &quantities, dates: &dates, names: &names })
}

/// Names in their sentences, each with the name that all mentions of its entity share.
fn names(text: &str, sentences: &[SentenceSpan], passages: &[Passage<'_>], found: Vec<Entity>) -> Vec<NamedMention> {
    let is_generic = |word: &str| passages.iter().any(|p| p.pack.name_words.is_kind_of_organization(word));
    let canonical = canonical(text, &found, is_generic);
    let mention = |(entity, canonical): (Entity, Span)| NamedMention {
        sentence: sentences.partition_point(|s| s.span.end <= entity.span.start),
        entity,
        canonical: record::single_line(canonical.of(text)).into_owned(),
    };
    found.into_iter().zip(canonical).map(mention).collect()
}

/// The language of the article and of each block, as indices into [`Analysis::languages`].
fn languages(text: &str, blocks: &[Block], tag: Option<&str>, cx: &Context, analysis: &mut Analysis) -> Vec<usize> {
    if let Some(tag) = tag {
        analysis.language = tag.split('-').next().unwrap_or(tag).to_lowercase();
        analysis.language_confidence = 1.0;
        analysis.languages.push(analysis.language.clone());
        return vec![0; blocks.len()];
    }
    let spans: Vec<Span> = blocks.iter().map(|b| b.span).collect();
    let found = cx.identifier.document(text, &spans);
    analysis.language = found.document.language.as_str().to_owned();
    analysis.language_confidence = (found.document.confidence * 100.0).round() / 100.0;
    analysis.languages.push(analysis.language.clone());
    let index = |analysis: &mut Analysis, code: &str| match analysis.languages.iter().position(|l| l == code) {
        Some(index) => index,
        None => {
            analysis.languages.push(code.to_owned());
            analysis.languages.len() - 1
        }
    };
    found.blocks.iter().map(|code| index(analysis, code.as_str())).collect()
}

/// A dateline stands in one of the first blocks, if anywhere: below a headline and a line under it.
const DATELINE_BLOCKS: usize = 3;

/// The day that a block's dateline names.
fn dateline(text: &str, tokens: &[Token], pack: &Pack, evidence: &Evidence, region: &str) -> Option<jiff::civil::Date> {
    let tokens = tokens.get(..tokens.len().min(timex::dateline::LENGTH))?;
    // Without a year of four digits there is nothing to find.
    if !tokens.iter().any(|t| t.is_number() && t.span.len() >= 4) {
        return None;
    }
    let format = pack.format;
    let reader = Reader { text, tokens, pack, convention: evidence.convention(format), format };
    let numerals = numeral::scan(reader, 0, tokens.len());
    let order = pack.date_order(region);
    let nothing = timex::Scene {
        text,
        tokens,
        pack,
        sentences: &[],
        numerals: &numerals,
        quantities: &[],
        excluded: &[],
        order,
        published: None,
    };
    timex::dateline::dateline(&nothing)
}

/// Reads a block's numbers and quantities; returns its sentences.
#[expect(clippy::too_many_arguments, reason = "the block's own data and what the article shares")]
fn block(
    text: &str,
    tokens: &[Token],
    part: &BlockTokens,
    format: NumberFormat,
    evidence: &Evidence,
    catalog: &pack::Catalog,
    resolver: &Resolver<'_>,
    dates: &mut Dates,
    analysis: &mut Analysis,
) -> Vec<Sentence> {
    let pack = &*part.pack;
    let abbreviation = pack.scope.abbreviation;
    let sentences = text::sentences(
        tokens,
        |symbol| pack.lexicon.classes(symbol) & abbreviation != 0,
        |stop| numeral::ordinal_stop(pack, text, tokens, stop) == Some(false),
    );
    let first_sentence = analysis.sentences.len();
    analysis.sentences.extend(sentences.iter().map(|s| SentenceSpan { span: s.span, language: part.language }));
    let reader = Reader { text, tokens, pack, convention: evidence.convention(format), format };
    let numerals = numeral::scan(reader, 0, tokens.len());
    let found = if numerals.is_empty() {
        quantity::Found::default()
    } else {
        quantity::find(Scene { reader, catalog, sentences: &sentences, money: resolver }, &numerals)
    };
    let scene = timex::Scene {
        text,
        tokens,
        pack,
        sentences: &sentences,
        numerals: &numerals,
        quantities: &found.quantities,
        excluded: &found.excluded,
        order: dates.order,
        published: dates.published,
    };
    // «2.5 percentage points» is an amount, whatever its digits look like.
    let amounts: Vec<Span> = found
        .quantities
        .iter()
        .filter(|q| matches!(q.kind, Kind::Percent | Kind::Money))
        .chain(
            found
                .quantities
                .iter()
                .filter(|q| q.kind == Kind::Measure && q.unit.as_ref().is_some_and(|unit| unit.dimension != "time")),
        )
        .map(|q| q.span)
        .collect();
    let is_amount = |span: Span| amounts.iter().any(|amount| amount.start <= span.start && span.end <= amount.end);
    for timex in dates.finder.find(&scene).filter(|timex| !is_amount(timex.span)) {
        let sentence = analysis.sentences.partition_point(|s| s.span.end <= timex.span.start);
        analysis.dates.push(DateMention { sentence, timex });
    }
    let percent: Vec<Span> = found.quantities.iter().filter(|q| q.kind == Kind::Percent).map(|q| q.span).collect();
    for (numeral, mentioned) in numerals.iter().zip(&found.mentioned) {
        if !mentioned {
            continue;
        }
        let form = match numeral.form {
            Form::Ordinal => "ordinal",
            Form::Multiple => "multiple",
            _ if percent.iter().any(|span| span.overlaps(numeral.span)) => "percent",
            Form::Fraction => "fraction",
            Form::Cardinal => "cardinal",
        };
        analysis.numbers.push(Mention { span: numeral.span, value: numeral.value, form, literal: numeral.literal });
    }
    for quantity in found.quantities {
        let sentence = first_sentence + sentences.partition_point(|s| s.end <= quantity.start);
        analysis.facts.push(Fact { sentence, quantity, link: Link::default() });
    }
    analysis.excluded.extend(found.excluded);
    sentences
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail by panic")]
    use super::*;

    #[test]
    fn a_temperature_is_a_level_or_a_change() {
        let cx = Context::new(Packs::open(pack::Source::embedded()).unwrap()).unwrap();
        for (language, text, celsius) in [
            ("en", "The water rose by 9 °F.", "5"),
            ("en", "The water rose to 50 °F.", "10"),
            ("en", "The water was 50 °F.", "10"),
            ("es", "El agua subió 9 °F.", "5"),
            ("es", "El agua subió a 50 °F.", "10"),
            ("es", "El agua bajó de 59 °F a 50 °F.", "15"),
        ] {
            let doc = Document { text: text.to_owned(), language: Some(language.to_owned()), ..Document::default() };
            let analysis = analyze(&doc, &cx);
            let value = analysis.facts.first().unwrap().quantity.normalized().value.unwrap();
            assert_eq!(value.to_string(), celsius, "{text}");
        }
    }

    #[test]
    fn a_step_and_the_level_it_led_to_are_no_range() {
        let cx = Context::new(Packs::open(pack::Source::embedded()).unwrap()).unwrap();
        for (language, text, facts) in [
            ("en", "Shares rose $10 to $155.", 2),
            ("es", "La acción subió 10 euros hasta 155 euros.", 2),
            ("it", "Il titolo è salito di 10 euro a 155 euro.", 2),
            ("en", "Seats cost $10 to $155.", 1),
            ("en", "Sales grew 5% to 7% a year.", 1),
        ] {
            let doc = Document { text: text.to_owned(), language: Some(language.to_owned()), ..Document::default() };
            assert_eq!(analyze(&doc, &cx).facts.len(), facts, "{text}");
        }
    }
}
