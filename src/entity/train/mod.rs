//! Training of the built-in recogniser, and its measurement.
//!
//! `examples` of a two-column file ([`conll`]) become sequences of features with gold labels, weights are learned
//! from them ([`learn`], [`crf`]), and its names are counted against a held-out file ([`score`]).

pub mod conll;
pub mod crf;
pub mod recipe;
pub mod score;

use self::conll::Example;
use self::crf::{Learned, Options, Sequence};
use self::score::{Name, Score};
use super::tagger::decode::Decoder;
use super::tagger::labels::{COUNT, OUTSIDE, Position, label};
use super::tagger::memory::Memory;
use super::tagger::model::{Model, Parts};
use super::tagger::{Article, Island, Lexicons};
use super::{Entity, EntityRecognizer, Error, Passage};
use crate::pack::Pack;
use crate::text::{Span, Token, tokenize};

/// A sentence as one text, with the byte span of each of its words.
#[must_use]
pub fn join(words: &[String]) -> (String, Vec<Span>) {
    let mut text = String::new();
    let spans = words.iter().map(|word| {
        if !text.is_empty() {
            text.push(' ');
        }
        let start = byte(text.len());
        text.push_str(word);
        Span::new(start, byte(text.len()))
    });
    let spans = spans.collect();
    (text, spans)
}

fn byte(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

fn tokens(text: &str, pack: &Pack) -> Vec<Token> {
    let mut tokens = Vec::new();
    tokenize(text, Span::new(0, byte(text.len())), &pack.lexicon, &mut tokens);
    tokens
}

/// How many parts the training data is cut into, so that each can be tagged by what was learned from the others.
const FOLDS: usize = 4;

/// A file's sentences have no articles: mentions within so many of them count as one article's.
pub const WINDOW: usize = 8;

/// Examples as the tagger sees them, with the gold labels of all words.
struct Prepared {
    article: Article,
    labels: Vec<u8>,
}

fn prepare(examples: &[Example], pack: &Pack, lexicons: &Lexicons<'_>) -> Prepared {
    let mut article = Article::default();
    let mut labels = Vec::new();
    for example in examples {
        let (text, spans) = join(&example.words);
        let first = article.words.len();
        article.push(&text, &tokens(&text, pack), lexicons);
        labels.resize(article.words.len(), OUTSIDE);
        let words = article.words.get(first..).unwrap_or_default();
        for &(from, end, class) in &example.names {
            let (Some(from), Some(to)) = (spans.get(from), spans.get(end - 1)) else { continue };
            let name = from.cover(*to);
            let from = words.partition_point(|w| w.span.end <= name.start);
            let to = words.partition_point(|w| w.span.start < name.end);
            for slot in labels.get_mut(first + from..first + to).unwrap_or_default() {
                *slot = label(Position::Inside, class);
            }
            if let Some(slot) = labels.get_mut(first + from) {
                *slot = label(Position::Begin, class);
            }
        }
    }
    Prepared { article, labels }
}

impl Prepared {
    fn sequence(&self, island: &Island, memory: bool) -> Sequence {
        let mut labels = self.labels.get(island.from..island.to).unwrap_or_default().to_vec();
        well_formed(&mut labels);
        let (view, first) = self.article.view(island);
        let features = (first..first + island.to - island.from).map(|index| {
            let mut keys = Vec::new();
            view.features(index, &mut |key| keys.push(key));
            if memory {
                view.memories(index, &mut |key| keys.push(key));
            }
            keys
        });
        Sequence { features: features.collect(), labels }
    }
}

/// Learns from the examples; with `memory`, also what other mentions of a word tell: each part of the data is tagged by what the other
/// parts teach, and every island is learned without and with what that shows.
pub fn learn(
    examples: &[Example],
    pack: &Pack,
    lexicons: &Lexicons<'_>,
    options: Options,
    memory: bool,
    mut report: impl FnMut(u32, f64),
) -> Learned {
    let mut prepared = prepare(examples, pack, lexicons);
    let islands = prepared.article.islands.clone();
    let mut sequences: Vec<Sequence> = islands.iter().map(|island| prepared.sequence(island, false)).collect();
    if memory {
        let fold = |island: &Island| examples.get(island.sentence).map_or(0, |e| e.block % FOLDS);
        let mut seen = Memory::default();
        for held in 0..FOLDS {
            let others = islands.iter().zip(&sequences).filter(|(i, _)| fold(i) != held).map(|(_, s)| s.clone());
            let learned = crf::train(&others.collect::<Vec<_>>(), Options { keep: 0, ..options }, &mut report);
            let parts = Parts { weights: learned.weights, transitions: learned.transitions, ..Parts::default() };
            let bytes = parts.encode(0.0, MOST);
            let Ok(model) = Model::open(&bytes) else { continue };
            let (mut decoder, mut scores, mut labels) = (Decoder::default(), Vec::new(), Vec::new());
            for (island, sequence) in islands.iter().zip(&sequences).filter(|(i, _)| fold(i) == held) {
                scores.clear();
                scores.extend(sequence.features.iter().map(|features| {
                    let mut steps = [0; COUNT];
                    features.iter().for_each(|&feature| model.add(feature, &mut steps));
                    model.scores(&steps)
                }));
                decoder.viterbi(&scores, &model.transitions, &mut labels);
                prepared.article.note(island, &labels, &mut seen);
            }
        }
        prepared.article.recall(&seen, WINDOW);
        let remembered =
            |i: &&Island| prepared.article.facets.get(i.from..i.to).unwrap_or_default().iter().any(|f| f.memory != 0);
        sequences.extend(islands.iter().filter(remembered).map(|island| prepared.sequence(island, true)));
    }
    crf::train(&sequences, options, report)
}

/// Where weights are clipped while the data is tagged for [`learn`].
const MOST: f32 = 4.0;

/// Mends labels of a name that an island's border cuts.
fn well_formed(labels: &mut [u8]) {
    use super::tagger::labels::parts;
    let open = |l: Option<&u8>| {
        l.and_then(|&l| parts(l)).is_some_and(|(p, _)| matches!(p, Position::Begin | Position::Inside))
    };
    let goes_on =
        |l: Option<&u8>| l.and_then(|&l| parts(l)).is_some_and(|(p, _)| matches!(p, Position::Inside | Position::End));
    for at in 0..labels.len() {
        let before = at > 0 && open(labels.get(at - 1));
        let after = goes_on(labels.get(at + 1));
        if let Some(slot) = labels.get_mut(at)
            && let Some((_, class)) = parts(*slot)
        {
            let starts = !before;
            let ends = !after;
            *slot = match (starts, ends) {
                (true, true) => label(Position::Single, class),
                (true, false) => label(Position::Begin, class),
                (false, true) => label(Position::End, class),
                (false, false) => label(Position::Inside, class),
            };
        }
    }
}

/// Finds the names of the examples and counts them against the gold; hands those with wrong names to `wrong`. As files have no
/// articles, every few sentences count as one.
///
/// # Errors
/// If the recogniser cannot be run.
pub fn test(
    examples: &[Example],
    pack: &Pack,
    recognizer: &dyn EntityRecognizer,
    mut wrong: impl FnMut(&Example, &[Name]),
) -> Result<Score, Error> {
    let mut score = Score::default();
    for article in examples.chunks(WINDOW) {
        let (mut text, mut tokens, mut sentences, mut words) = (String::new(), Vec::new(), Vec::new(), Vec::new());
        for example in article {
            text.push_str(if text.is_empty() { "" } else { "\n" });
            let start = byte(text.len());
            let (sentence, spans) = join(&example.words);
            text.push_str(&sentence);
            let (span, first) = (Span::new(start, byte(text.len())), tokens.len());
            tokenize(&text, span, &pack.lexicon, &mut tokens);
            sentences.push(crate::text::Sentence { span, first, end: tokens.len() });
            words.push(spans.into_iter().map(|w| Span::new(w.start + start, w.end + start)).collect::<Vec<_>>());
        }
        let passage = Passage { language: pack.tag(), pack, tokens: &tokens, sentences: &sentences };
        let entities = recognizer.recognize(&text, &[passage])?;
        for ((example, words), sentence) in article.iter().zip(&words).zip(&sentences) {
            let own = entities.iter().filter(|e| e.span.overlaps(sentence.span));
            let name = |e: &Entity| {
                let from = words.partition_point(|w| w.end <= e.span.start);
                (from, words.partition_point(|w| w.start < e.span.end), e.class)
            };
            let found: Vec<Name> = own.map(name).collect();
            score.add(&example.names, &found);
            if found != example.names {
                wrong(example, &found);
            }
        }
    }
    Ok(score)
}
