//! `cuanto explain`: how a text is read, step by step, for a person wondering why.
//!
//! ```text
//! sentence 1  Superó los 33.250 euros.
//!   tokens    33.250 digits · euros currency EUR
//!   number    33.250 = 33250, cardinal
//!             `.` groups in this locale; read the other way it is 33.25
//!   quantity  > 33250 EUR, money of currency: «33.250 euros»
//!             because: es.bound.more
//!             confidence 0.94: the separator could be read the other way (×0.97)
//! ```

use std::io::Read as _;
use std::path::PathBuf;
use std::process::ExitCode;

use cuanto::numeral::digits::{self, Convention};
use cuanto::pack::{Catalog, NumberFormat, Pack, Sense};
use cuanto::quantity::Quantity;
use cuanto::relation::Field;
use cuanto::relation::score::LEAST;
use cuanto::text::{Span, Token, tokenize};
use cuanto::{Analysis, Context, Document, Fact, Mention, analyze};

use super::columns::{HEADING, PROBLEM, REASON, VALUE, paint};
use super::recognizer::{self, Recognizer};
use super::{Failure, input};

/// Shows step by step how a text is read
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: why `33.250` is read as it is\n  \
                        cuanto explain \"La red supera los 33.250 PetaFLOPS.\"")]
pub struct Args {
    /// The text, or `-` for standard input
    #[arg(value_name = "TEXT")]
    text: String,
    /// Language of the text, as in `es` or `es-MX`; `auto` identifies it
    #[arg(long, value_name = "auto|CODE", default_value = "auto", value_parser = input::parse_language)]
    lang: String,
    /// Date of the text, as in 2024-05-23
    #[arg(long, value_name = "DATE", value_parser = input::parse_date)]
    published: Option<String>,
    /// Recogniser of names: `off`, `builtin`, or a model of your own, `rust-bert:DIR` or `onnx:DIR`
    #[arg(long, value_name = "RECOGNIZER", default_value = "builtin", value_parser = recognizer::parse)]
    entities: Recognizer,
    /// Folder of language packs whose files override the built-in ones of the same name
    #[arg(long, value_name = "DIR")]
    packs: Option<PathBuf>,
}

pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    let cx = Context::new(input::open_packs(args.packs.as_deref())?)?;
    let cx = match args.entities.open()? {
        Some(recognizer) => cx.with_recognizer(recognizer),
        None => cx,
    };
    let text = if args.text == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map_err(|e| format!("cannot read standard input: {e}"))?;
        String::from_utf8(bytes).map_err(|e| {
            format!("standard input is not UTF-8 at byte {}: convert it first", e.utf8_error().valid_up_to())
        })?
    } else {
        args.text.clone()
    };
    u32::try_from(text.len()).map_err(|_| "the text is longer than 4 GiB: give one article at a time")?;
    let language = (args.lang != "auto").then(|| args.lang.clone());
    let doc = Document { language, text, published: args.published.clone(), ..Document::default() };
    let analysis = analyze(&doc, &cx);
    let report = Report { doc: &doc, analysis: &analysis, cx: &cx, out: String::new() };
    super::print(&report.write()?, ExitCode::SUCCESS)
}

struct Report<'a> {
    doc: &'a Document,
    analysis: &'a Analysis,
    cx: &'a Context,
    out: String,
}

impl Report<'_> {
    fn write(mut self) -> Result<String, Failure> {
        self.language();
        for (index, sentence) in self.analysis.sentences.iter().enumerate() {
            let code = self.analysis.languages.get(sentence.language).map_or("", String::as_str);
            let other = if code == self.analysis.language { String::new() } else { format!(" ({code})") };
            let title = paint(HEADING, &format!("sentence {}{other}", index + 1));
            self.out += &format!("\n{title}  {}\n", cuanto::record::single_line(sentence.span.of(&self.doc.text)));
            let pack = self.cx.packs().get(code)?;
            let tag = self.doc.language.as_deref().unwrap_or(code);
            let format = self.cx.packs().catalog().number_format(tag).unwrap_or(pack.format);
            self.sentence(index, sentence.span, &pack, format);
        }
        if self.analysis.sentences.is_empty() {
            self.out += "\nThe text holds no sentence.\n";
        }
        Ok(self.out)
    }

    fn line(&mut self, label: &str, text: &str) {
        self.out += &format!("  {label:9} {text}\n");
    }

    fn reason(&mut self, text: &str) {
        self.line("", &paint(REASON, text));
    }

    fn language(&mut self) {
        let code = paint(VALUE, &self.analysis.language);
        let how = if self.doc.language.is_some() {
            "as given".to_owned()
        } else {
            let asked = self.cx.identifier().explain(&self.doc.text).asked_models;
            let by = if asked { "its words did not decide, the models were asked" } else { "by its script and words" };
            format!("confidence {:.2}, {by}", self.analysis.language_confidence)
        };
        self.out += &format!("{}  {code}, {how}\n", paint(HEADING, "language"));
    }

    fn sentence(&mut self, index: usize, span: Span, pack: &Pack, format: NumberFormat) {
        let text = self.doc.text.as_str();
        let analysis = self.analysis;
        let mut tokens = Vec::new();
        tokenize(text, span, &pack.lexicon, &mut tokens);
        let words = telling(text, &tokens, pack, self.cx.packs().catalog());
        if !words.is_empty() {
            self.line("tokens", &words.join(" · "));
        }
        self.mentions(index);
        for number in analysis.numbers.iter().filter(|n| span.overlaps(n.span)) {
            self.number(number, &tokens, pack, format);
        }
        for excluded in analysis.excluded.iter().filter(|e| span.overlaps(e.span)) {
            let reading = format!("{:?}", excluded.reading).to_lowercase();
            let what = format!("{}: no quantity but a {reading}", excluded.span.of(text));
            self.line("left out", &paint(PROBLEM, &what));
            self.reason(&excluded.reason);
        }
        for fact in analysis.facts.iter().filter(|f| f.sentence == index) {
            self.quantity(&fact.quantity);
            self.link(fact);
        }
    }

    /// Names and dates of a sentence.
    fn mentions(&mut self, index: usize) {
        let text = self.doc.text.as_str();
        let analysis = self.analysis;
        for name in analysis.names.iter().filter(|name| name.sentence == index) {
            let surface = name.entity.span.of(text);
            let full = if name.canonical == surface { String::new() } else { format!(" = {}", name.canonical) };
            self.line("name", &format!("{} {surface}{full}", paint(VALUE, name.entity.class.as_str())));
        }
        for date in analysis.dates.iter().filter(|date| date.sentence == index) {
            let timex = &date.timex;
            let value = if timex.value.is_empty() { "unresolved: give --published" } else { &timex.value };
            self.line("date", &format!("{} {}", paint(VALUE, value), timex.span.of(text)));
            self.reason(&format!("because: {}", timex.rule));
        }
    }

    /// What a quantity is linked to, and what else was weighed.
    fn link(&mut self, fact: &Fact) {
        let link = &fact.link;
        if !link.linked {
            return;
        }
        let class = link.subject_type.map(|class| format!(" ({class})")).unwrap_or_default();
        let subject = if link.subject.is_empty() { String::new() } else { format!("{}{class}", link.subject) };
        let trend = link.trend.map_or("", |trend| trend.as_str());
        let role = link.role.map_or("", |role| role.as_str());
        let parts = [
            ("counted", link.counted.as_str()),
            ("measure", &link.measure),
            ("subject", &subject),
            ("predicate", &link.predicate),
            ("trend", trend),
            ("change", role),
            ("modality", link.modality.as_str()),
            ("time", &link.time),
            ("place", &link.place),
        ];
        let filled: Vec<String> = parts
            .iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(name, text)| format!("{name} {}", paint(VALUE, text)))
            .collect();
        self.line("fact", &filled.join(" · "));
        for field in Field::ALL {
            for (place, candidate) in link.weighed(field).into_iter().enumerate() {
                let wins = if place == 0 && candidate.score >= LEAST { "" } else { ", not taken" };
                self.reason(&format!(
                    "{}: {:.2} {} ({}{wins})",
                    field.as_str(),
                    candidate.score,
                    candidate.text,
                    candidate.source.as_str()
                ));
            }
        }
        let row = cuanto::relation::score::row(fact.quantity.confidence, fact.quantity.kind, link);
        self.reason(&format!("confidence {row:.2} of the whole row"));
    }

    fn number(&mut self, number: &Mention, tokens: &[Token], pack: &Pack, format: NumberFormat) {
        let text = self.doc.text.as_str();
        let value = paint(VALUE, &number.value.to_string());
        self.line("number", &format!("{} = {value}, {}", number.span.of(text), number.form));
        let own: Vec<&Token> = tokens.iter().filter(|t| number.span.overlaps(t.span)).collect();
        if let (Some(literal), Some(token)) = (number.literal, own.iter().find(|t| t.is_number())) {
            let written = token.span.of(text);
            let Some(mark) = written.chars().find(|c| matches!(c, '.' | ',')).filter(|_| literal.ambiguous) else {
                return;
            };
            let usual = mark != format.decimal;
            let does = if literal.grouped { "groups" } else { "marks the decimals" };
            let by = if usual == literal.grouped { "in this locale" } else { "in this text's other numbers" };
            let other = Convention { comma_groups: !literal.grouped, dot_groups: !literal.grouped };
            let other = digits::read(written, other).map(|l| l.value.to_string()).unwrap_or_default();
            self.reason(&format!("`{mark}` {does} {by}; read the other way it is {other}"));
        } else {
            let words = own.iter().map(|token| {
                let senses = pack.lexicon.numeral(token.symbol).iter();
                let senses: Vec<String> = senses.map(|s| format!("{} {}", s.role.name(), s.value)).collect();
                let senses = if senses.is_empty() { String::new() } else { format!(" ({})", senses.join(" or ")) };
                format!("{}{senses}", token.span.of(text))
            });
            self.reason(&words.collect::<Vec<_>>().join(" "));
        }
    }

    fn quantity(&mut self, quantity: &Quantity) {
        let unit = quantity.unit.as_ref();
        let high = quantity.high.map(|high| format!(" to {high}")).unwrap_or_default();
        let code = match unit {
            Some(unit) if unit.code.is_empty() => " (unit undecided)".to_owned(),
            Some(unit) => format!(" {}", unit.code),
            None => String::new(),
        };
        let value = paint(VALUE, &format!("{} {}{high}{code}", quantity.bound.as_str(), quantity.value));
        let dimension = unit.map(|unit| format!(" of {}", unit.dimension)).unwrap_or_default();
        let surface = cuanto::record::single_line(quantity.span.of(&self.doc.text)).into_owned();
        self.line("quantity", &format!("{value}, {}{dimension}: «{surface}»", quantity.kind.as_str()));
        let normalized = quantity.normalized();
        if let Some(base) = normalized.value
            && unit.is_some_and(|unit| unit.code != normalized.unit)
        {
            let high = normalized.high.map(|high| format!(" to {high}")).unwrap_or_default();
            self.reason(&format!("normalized: {base}{high} {}", normalized.unit));
        }
        for reason in &quantity.reasons {
            self.reason(&format!("because: {reason}"));
        }
        let doubts: Vec<String> = quantity.doubts().map(|(doubt, factor)| format!("{doubt} (×{factor})")).collect();
        let lowered = if doubts.is_empty() { String::new() } else { format!(": {}", doubts.join(", ")) };
        self.reason(&format!("confidence {:.2}{lowered}", quantity.confidence));
    }
}

/// The tokens that say something about quantities, each with what it says.
fn telling(text: &str, tokens: &[Token], pack: &Pack, catalog: &Catalog) -> Vec<String> {
    let mut telling = Vec::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let found = pack.lexicon.longest(tokens, at);
        let end = found.map_or(at + 1, |found| found.end);
        let last = tokens.get(end - 1).unwrap_or(token);
        let surface = token.span.cover(last.span).of(text);
        let mut what: Vec<String> = Vec::new();
        for sense in found.map_or(&[][..], |found| found.senses) {
            what.push(match *sense {
                Sense::Unit(id) => format!("unit {}", catalog.unit(id).map_or("", |unit| &unit.code)),
                Sense::Currency(id) => format!("currency {}", catalog.currency_code(id)),
                Sense::Family(id) => format!("currency {}", catalog.family(id).map_or("", |family| &family.name)),
                Sense::Minor(_) => "part of a currency".to_owned(),
                Sense::Share(index) | Sense::Before(index) => {
                    pack.shares.get(usize::from(index)).map_or_else(String::new, |share| {
                        format!("{} of unit {}", share.factor, catalog.unit(share.unit).map_or("", |unit| &unit.code))
                    })
                }
                Sense::Ratio(_) | Sense::Over | Sense::WeakOver | Sense::CountedOver => "ratio".to_owned(),
                Sense::Under | Sense::WeakUnder => "ratio".to_owned(),
                Sense::Rate(id) => format!("per {}", catalog.unit(id).map_or("", |unit| &unit.code)),
                Sense::Name => "name".to_owned(),
                Sense::Place(id) => format!("place {}", catalog.region_code(id)),
            });
        }
        if token.is_number() {
            what.push("digits".to_owned());
        } else if end == at + 1 && !pack.lexicon.numeral(token.symbol).is_empty() {
            what.push("number word".to_owned());
        }
        if found.is_none()
            && let Some(id) = catalog.unit_by_symbol(surface)
        {
            what.push(format!("symbol of {}", catalog.unit(id).map_or("", |unit| &unit.code)));
        } else if found.is_none() && catalog.money_sign(surface).is_some() {
            what.push("money sign".to_owned());
        }
        if !what.is_empty() {
            telling.push(format!("{surface} {}", paint(REASON, &what.join("/"))));
        }
        at = end;
    }
    telling
}
