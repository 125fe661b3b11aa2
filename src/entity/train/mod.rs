//! Training of the built-in recogniser, and its measurement.
//!
//! `examples` of a two-column file ([`conll`]) become sequences of features with gold labels ([`sequences`]), a model is
//! learned from them ([`crf`]), and its names are counted against a held-out file ([`score`]).

pub mod conll;
pub mod crf;
pub mod recipe;
pub mod score;

use self::conll::Example;
use self::crf::Sequence;
use self::score::{Name, Score};
use super::EntityType;
use super::tagger::labels::{OUTSIDE, Position, label};
use super::tagger::{Lexicons, Sentence, Tagger};
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

/// The islands of examples with their features and gold labels.
#[must_use]
pub fn sequences(examples: &[Example], pack: &Pack, lexicons: &Lexicons<'_>) -> Vec<Sequence> {
    let mut sequences = Vec::new();
    let mut sentence = Sentence::default();
    for example in examples {
        let (text, spans) = join(&example.words);
        sentence.look(&text, &tokens(&text, pack), lexicons);
        let mut labels = vec![OUTSIDE; sentence.words.len()];
        for &(first, end, class) in &example.names {
            let (Some(from), Some(to)) = (spans.get(first), spans.get(end - 1)) else { continue };
            let name = from.cover(*to);
            let from = sentence.words.partition_point(|w| w.span.end <= name.start);
            let to = sentence.words.partition_point(|w| w.span.start < name.end);
            let last = to.saturating_sub(1);
            for (at, slot) in labels.iter_mut().enumerate().take(to).skip(from) {
                let position = match (at == from, at == last) {
                    (true, true) => Position::Single,
                    (true, false) => Position::Begin,
                    (false, true) => Position::End,
                    (false, false) => Position::Inside,
                };
                *slot = label(position, class);
            }
        }
        let view = sentence.view();
        for &(from, to) in &sentence.islands {
            let mut gold: Vec<u8> = labels.get(from..to).unwrap_or_default().to_vec();
            well_formed(&mut gold);
            let features = (from..to).map(|index| {
                let mut keys = Vec::new();
                view.features(index, &mut |key| keys.push(key));
                keys
            });
            sequences.push(Sequence { features: features.collect(), labels: gold });
        }
    }
    sequences
}

/// Mends labels of a name that an island's border cuts.
fn well_formed(labels: &mut [u8]) {
    use super::tagger::labels::parts;
    let open = |l: Option<&u8>| l.and_then(|&l| parts(l)).is_some_and(|(p, _)| matches!(p, Position::Begin | Position::Inside));
    let goes_on = |l: Option<&u8>| l.and_then(|&l| parts(l)).is_some_and(|(p, _)| matches!(p, Position::Inside | Position::End));
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

/// Tags the examples and counts the names against the gold.
pub fn test(examples: &[Example], pack: &Pack, tagger: &mut Tagger<'_>, mut wrong: impl FnMut(&Example, &[Name])) -> Score {
    let mut score = Score::default();
    let mut entities = Vec::new();
    for example in examples {
        let (text, spans) = join(&example.words);
        entities.clear();
        tagger.tag(&text, &tokens(&text, pack), &mut entities);
        let found: Vec<(usize, usize, EntityType)> = entities
            .iter()
            .map(|e| {
                let from = spans.partition_point(|w| w.end <= e.span.start);
                (from, spans.partition_point(|w| w.start < e.span.end), e.class)
            })
            .collect();
        score.add(&example.names, &found);
        if found != example.names {
            wrong(example, &found);
        }
    }
    score
}
