//! Recognisers that run a transformer of the user's own: any token classifier in a local folder.
//!
//! `--entities onnx:models/mine` or `rust-bert:models/mine` cuts an article into windows at the ends of sentences, has the
//! [`Classifier`] label the words of each («Ana Soto» → `B-PER`, `I-PER`), and joins the labels to names in our four classes. Windows
//! are handed over a few at a time, those of like length together.

pub mod config;
#[cfg(feature = "neural")]
pub mod onnx;
#[cfg(feature = "rust-bert")]
pub mod rust_bert;
mod window;

use self::config::{Config, Position};
use super::{Entity, EntityRecognizer, Error, Passage};
use crate::text::Span;

/// How many windows a classifier is handed at once. More gain nothing on a CPU, and pad short windows to the longest.
pub const BATCH: usize = 8;

/// How many pieces a window has at most, where the model could take more: most models are trained on single sentences, and one of them
/// with its neighbours stays below this.
const WINDOW: usize = 128;

/// A word with the label of its first piece.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Word {
    /// Where it stands, in bytes of the window; may begin or end with blanks.
    pub span: Span,
    /// Index of its label.
    pub label: usize,
    /// 0–1: the softmax of that label.
    pub score: f32,
}

/// Runs a model over texts.
pub trait Classifier: Send + Sync {
    /// How many pieces the model's vocabulary makes of a text, without the marks at its ends.
    ///
    /// # Errors
    /// If the vocabulary cannot be applied.
    fn pieces(&self, text: &str) -> Result<usize, Error>;

    /// The words of each text, in order; at most [`BATCH`] texts, none of more pieces than the model takes.
    ///
    /// # Errors
    /// If the model cannot be run.
    fn classify(&self, texts: &[&str]) -> Result<Vec<Vec<Word>>, Error>;
}

/// A recogniser over a classifier.
#[derive(Debug)]
pub struct Transformer<C> {
    classifier: C,
    config: Config,
}

impl<C: Classifier> Transformer<C> {
    /// A recogniser of the model that `config` describes.
    #[must_use]
    pub fn new(classifier: C, config: Config) -> Self {
        Self { classifier, config }
    }
}

impl<C: Classifier> EntityRecognizer for Transformer<C> {
    fn recognize(&self, text: &str, passages: &[Passage<'_>]) -> Result<Vec<Entity>, Error> {
        let longest = WINDOW.min(self.config.pieces());
        let mut windows = window::cut(text, passages, longest, |part| self.classifier.pieces(part))?;
        windows.sort_by_key(|window| (window.len(), window.start));
        let mut entities = Vec::new();
        for batch in windows.chunks(BATCH) {
            let texts: Vec<&str> = batch.iter().map(|window| window.of(text)).collect();
            for (window, words) in batch.iter().zip(self.classifier.classify(&texts)?) {
                self.join(text, *window, &words, &mut entities);
            }
        }
        entities.sort_by_key(|entity| entity.span);
        Ok(entities)
    }
}

impl<C> Transformer<C> {
    /// Joins the words of a window to names: a word goes on with the name before it where both have one class and its label does not
    /// begin a new one. So both IOB (B only between names that touch) and IOB2 (B at every start) are read.
    fn join(&self, text: &str, window: Span, words: &[Word], entities: &mut Vec<Entity>) {
        let mut open: Option<(Span, usize, f32, f32)> = None;
        let close = |name: Option<(Span, usize, f32, f32)>, entities: &mut Vec<Entity>| {
            let Some((span, kind, sum, count)) = name else { return };
            let (Some(class), span) = (self.config.class(kind), trim(text, span)) else { return };
            if !span.is_empty() {
                entities.push(Entity { span, class, confidence: sum / count });
            }
        };
        for word in words {
            let span = Span::new(word.span.start + window.start, word.span.end + window.start);
            let label = self.config.label(word.label);
            match (label, &mut open) {
                (Some((Position::Inside, kind)), Some((name, known, sum, count))) if *known == kind => {
                    name.end = span.end;
                    *sum += word.score;
                    *count += 1.0;
                }
                _ => {
                    close(std::mem::replace(&mut open, label.map(|(_, kind)| (span, kind, word.score, 1.0))), entities)
                }
            }
        }
        close(open, entities);
    }
}

/// A span without the blanks at its ends.
fn trim(text: &str, span: Span) -> Span {
    let part = span.of(text);
    let lead = part.len() - part.trim_start().len();
    let start = span.start + u32::try_from(lead).unwrap_or(0);
    Span::new(start, start + u32::try_from(part.trim().len()).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail by panic")]
    use super::*;
    use crate::entity::EntityType;

    fn names(labels: &[usize]) -> Vec<(String, EntityType)> {
        let config = Config::parse(
            r#"{"model_type": "bert", "id2label": {"0": "O", "1": "B-PER", "2": "I-PER", "3": "I-GPE", "4": "I-DATE"}}"#,
        );
        let transformer = Transformer { classifier: (), config: config.unwrap() };
        let text = "é Ana Soto Lima";
        let spans = [(0, 2), (2, 6), (6, 11), (11, 16)].map(|(start, end)| Span::new(start, end));
        let words: Vec<Word> =
            spans.into_iter().zip(labels).map(|(span, &label)| Word { span, label, score: 1.0 }).collect();
        let mut entities = Vec::new();
        transformer.join(text, Span::new(0, 16), &words, &mut entities);
        entities.into_iter().map(|e| (e.span.of(text).to_owned(), e.class)).collect()
    }

    #[test]
    fn labels_of_both_schemes_become_names() {
        let person = |name: &str| (name.to_owned(), EntityType::Per);
        assert_eq!(names(&[0, 1, 2, 0]), [person("Ana Soto")]);
        assert_eq!(names(&[0, 2, 2, 1]), [person("Ana Soto"), person("Lima")]);
        assert_eq!(names(&[4, 2, 2, 3]), [person("Ana Soto"), ("Lima".to_owned(), EntityType::Loc)]);
        assert_eq!(names(&[0, 0, 4, 4]), []);
    }

    /// Calls every word with a capital a person; takes eight pieces, a piece a word, and never more texts than a batch.
    struct Capitals;

    impl Classifier for Capitals {
        fn pieces(&self, text: &str) -> Result<usize, Error> {
            Ok(text.split_whitespace().count())
        }

        fn classify(&self, texts: &[&str]) -> Result<Vec<Vec<Word>>, Error> {
            assert!(texts.len() <= BATCH && texts.iter().all(|text| text.split_whitespace().count() <= 8));
            let words = |text: &&str| {
                let words = text.split_whitespace().map(|word| {
                    let start = u32::try_from(word.as_ptr() as usize - text.as_ptr() as usize).unwrap();
                    let label = usize::from(word.chars().any(char::is_uppercase));
                    Word { span: Span::new(start, start + u32::try_from(word.len()).unwrap()), label, score: 1.0 }
                });
                words.collect()
            };
            Ok(texts.iter().map(words).collect())
        }
    }

    #[test]
    fn offsets_hold_beyond_ascii_in_every_window() {
        let json = r#"{"model_type": "bert", "max_position_embeddings": 10, "id2label": {"0": "O", "1": "B-PER"}}"#;
        let transformer = Transformer::new(Capitals, Config::parse(json).unwrap());
        let pack = crate::pack::Packs::open(crate::pack::Source::embedded()).unwrap().get("es").unwrap();
        let text = "🌧🌧 llovió, según Íñigo 👩‍👩‍👧 ayer. ".repeat(40);
        let mut tokens = Vec::new();
        crate::text::tokenize(&text, Span::new(0, u32::try_from(text.len()).unwrap()), &pack.lexicon, &mut tokens);
        let sentences = crate::text::sentences(&tokens, |_| false, |_| false);
        let passage = Passage { language: "es", pack: &pack, tokens: &tokens, sentences: &sentences };
        let found = transformer.recognize(&text, &[passage]).unwrap();
        assert_eq!(found.len(), 40);
        assert!(found.iter().all(|entity| entity.span.of(&text) == "Íñigo"));
    }
}
