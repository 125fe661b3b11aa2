//! The transformer backends on the small BERT of `tests/transformer/bert-small`: what Python's transformers finds, they find.
//!
//! `cargo test --features neural --test transformer` needs nothing else; with `--features rust-bert` libtorch must be on the machine, see
//! `scripts/libtorch.sh`.
#![cfg(any(feature = "neural", feature = "rust-bert"))]
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test may fail by panic, and prints its speed")]

use std::path::{Path, PathBuf};
use std::time::Instant;

use cuanto::entity::{Entity, EntityRecognizer, Passage};
use cuanto::pack::{Pack, Packs, Source};
use cuanto::text::{Sentence, Span, Token, sentences, tokenize};
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    text: String,
    /// Start and end in code points, class, score.
    names: Vec<(usize, usize, String, f32)>,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn cases() -> Vec<Case> {
    let lines = std::fs::read_to_string(root().join("tests/transformer/names.jsonl")).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A recogniser, opened.
type Opened = Result<Box<dyn EntityRecognizer>, cuanto::entity::Error>;

/// A backend: its name, and what opens its models.
type Backend = (&'static str, fn(&Path) -> Opened);

/// Every backend that was built.
fn backends() -> Vec<Backend> {
    vec![
        #[cfg(feature = "neural")]
        ("onnx", |path| Ok(Box::new(cuanto::entity::transformer::onnx::open(path)?))),
        #[cfg(feature = "rust-bert")]
        ("rust-bert", |path| Ok(Box::new(cuanto::entity::transformer::rust_bert::open(path)?))),
    ]
}

fn model() -> PathBuf {
    root().join("tests/transformer/bert-small")
}

/// Texts as the passages of one article.
struct Article {
    text: String,
    parts: Vec<(Vec<Token>, Vec<Sentence>)>,
}

impl Article {
    fn new<'t>(texts: impl IntoIterator<Item = &'t str>, pack: &Pack) -> Self {
        let mut article = Self { text: String::new(), parts: Vec::new() };
        for text in texts {
            let start = u32::try_from(article.text.len()).unwrap();
            article.text += text;
            let span = Span::new(start, u32::try_from(article.text.len()).unwrap());
            let mut tokens = Vec::new();
            tokenize(&article.text, span, &pack.lexicon, &mut tokens);
            let sentences = sentences(&tokens, |_| false, |_| false);
            article.parts.push((tokens, sentences));
            article.text += "\n\n";
        }
        article
    }

    fn names(&self, recognizer: &dyn EntityRecognizer, pack: &Pack) -> Vec<Entity> {
        let passages: Vec<Passage<'_>> =
            self.parts.iter().map(|(tokens, sentences)| Passage { language: "es", pack, tokens, sentences }).collect();
        recognizer.recognize(&self.text, &passages).unwrap()
    }
}

/// Names as the fixture has them: in code points.
fn points(text: &str, entities: &[Entity]) -> Vec<(usize, usize, String)> {
    let point = |byte: u32| text[..byte as usize].chars().count();
    entities.iter().map(|e| (point(e.span.start), point(e.span.end), e.class.to_string())).collect()
}

#[test]
fn names_are_those_of_transformers_in_python() {
    let pack = Packs::open(Source::embedded()).unwrap().get("es").unwrap();
    for (backend, open) in backends() {
        let recognizer = open(&model()).unwrap();
        let (start, mut words) = (Instant::now(), 0);
        for case in cases() {
            let article = Article::new([case.text.as_str()], &pack);
            words += article.parts.iter().map(|(tokens, _)| tokens.len()).sum::<usize>();
            let found = article.names(&*recognizer, &pack);
            let expected: Vec<_> =
                case.names.iter().map(|(start, end, class, _)| (*start, *end, class.clone())).collect();
            assert_eq!(points(&article.text, &found), expected, "{backend}: {}", case.text);
            for (entity, (.., score)) in found.iter().zip(&case.names) {
                assert!(
                    (entity.confidence - score).abs() < 1e-3,
                    "{backend}: {} {score}: {}",
                    entity.confidence,
                    case.text
                );
            }
        }
        eprintln!(
            "{backend}: {:.0} tokens/s, one sentence at a time",
            f64::from(u32::try_from(words).unwrap()) / start.elapsed().as_secs_f64()
        );
    }
}

#[test]
fn names_do_not_depend_on_what_else_is_in_the_batch() {
    let pack = Packs::open(Source::embedded()).unwrap().get("es").unwrap();
    let cases = cases();
    for (backend, open) in backends() {
        let recognizer = open(&model()).unwrap();
        let article = Article::new(cases.iter().map(|case| case.text.as_str()), &pack);
        let start = Instant::now();
        let found = article.names(&*recognizer, &pack);
        let words: usize = article.parts.iter().map(|(tokens, _)| tokens.len()).sum();
        eprintln!(
            "{backend}: {:.0} tokens/s in batches",
            f64::from(u32::try_from(words).unwrap()) / start.elapsed().as_secs_f64()
        );
        let mut offset = 0;
        let mut expected = Vec::new();
        for case in &cases {
            expected
                .extend(case.names.iter().map(|(start, end, class, _)| (start + offset, end + offset, class.clone())));
            offset += case.text.chars().count() + 2;
        }
        assert_eq!(points(&article.text, &found), expected, "{backend}");
    }
}

#[test]
fn a_long_sentence_loses_no_name_and_no_offset() {
    let pack = Packs::open(Source::embedded()).unwrap().get("es").unwrap();
    let text = format!("{}y Elvira Soto presidió ayer en Vallemar la junta.", "llovía mucho en marzo, 🌧 ".repeat(120));
    for (backend, open) in backends() {
        let recognizer = open(&model()).unwrap();
        let article = Article::new([text.as_str()], &pack);
        let found = article.names(&*recognizer, &pack);
        let names: Vec<&str> = found.iter().map(|e| e.span.of(&article.text)).collect();
        assert!(names.contains(&"Elvira Soto"), "{backend}: {names:?}");
    }
}

#[test]
fn what_is_missing_or_broken_is_said_in_one_line() {
    let dir = tempfile::tempdir().unwrap();
    let copy = |name: &str| std::fs::copy(model().join(name), dir.path().join(name)).unwrap();
    let message = |open: fn(&Path) -> Opened| open(dir.path()).err().unwrap().to_string();
    for (_, open) in backends() {
        let none = open(&dir.path().join("none")).err().unwrap().to_string();
        assert!(none.contains("no such folder"), "{none}");
        assert!(message(open).contains("no config.json"), "{}", message(open));
    }
    copy("config.json");
    for (backend, open) in backends() {
        let wanted = if backend == "onnx" { "no tokenizer.json" } else { "no model.safetensors or" };
        assert!(message(open).contains(wanted), "{}", message(open));
    }
    copy("tokenizer.json");
    copy("vocab.txt");
    for name in ["model.onnx", "model.safetensors"] {
        std::fs::write(dir.path().join(name), "no weights").unwrap();
    }
    for (_, open) in backends() {
        let error = message(open);
        assert!(error.contains("/model.") && !error.contains('\n'), "{error}");
    }
}
