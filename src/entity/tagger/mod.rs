//! The built-in recogniser: a linear-chain tagger over hashed features.
//!
//! «viajó a Nueva York con Ana» → words ([`word`]) → looks ([`facets`], [`gazetteer`]) → features ([`features`]) → scores of labels
//! ([`model`]) → the best labels ([`decode`]) → `Nueva York` LOC, `Ana` PER. Only islands around capitals are looked at.

pub mod decode;
pub mod facets;
pub mod features;
pub mod gazetteer;
pub mod hash;
pub mod labels;
pub mod memory;
pub mod model;
pub mod segment;
pub mod word;

use self::decode::{Decoder, Scores};
use self::facets::Facets;
use self::features::View;
use self::gazetteer::Gazetteer;
use self::hash::Table;
use self::labels::{COUNT, OUTSIDE, Position};
use self::memory::Memory;
use self::model::Model;
use self::segment::Segmenter;
use self::word::Word;
use super::{Entity, EntityType};
use crate::text::{Span, Token};

/// The lexicons of a model.
#[derive(Clone, Copy, Debug)]
pub struct Lexicons<'a> {
    /// Lists of names.
    pub names: Gazetteer<'a>,
    /// Hash of a word's form → path of its cluster.
    pub clusters: Table<'a>,
}

impl Lexicons<'_> {
    /// Width of a cluster's value.
    pub const CLUSTER_WIDTH: usize = 2;

    /// The cluster of a word by the hash of its form, else 0.
    #[must_use]
    pub fn cluster(&self, form: u32) -> u16 {
        match self.clusters.get(form) {
            Some(&[low, high]) => u16::from_le_bytes([low, high]),
            _ => 0,
        }
    }
}

/// Words of an article, looked at where names may stand.
#[derive(Clone, Debug, Default)]
pub struct Article {
    /// The words of all sentences.
    pub words: Vec<Word>,
    /// Their looks; bare where a sentence has no place for a name.
    pub facets: Vec<Facets>,
    sentences: Vec<Stretch>,
    /// Where names may stand.
    pub islands: Vec<Island>,
    ranges: Vec<(usize, usize)>,
    segmenter: Segmenter,
}

/// A sentence's words.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    from: usize,
    to: usize,
    shouted: bool,
}

/// Words among which names may stand, `from..to` of all words of the article.
#[derive(Clone, Copy, Debug)]
pub struct Island {
    /// Its sentence.
    pub sentence: usize,
    /// First word.
    pub from: usize,
    /// One past the last word.
    pub to: usize,
}

impl Article {
    /// Forgets all sentences.
    pub fn clear(&mut self) {
        self.words.clear();
        self.facets.clear();
        self.sentences.clear();
        self.islands.clear();
    }

    /// Looks at one more sentence.
    pub fn push(&mut self, text: &str, tokens: &[Token], lexicons: &Lexicons<'_>) {
        let (from, sentence) = (self.words.len(), self.sentences.len());
        word::words(text, tokens, &mut self.words);
        let words = self.words.get(from..).unwrap_or_default();
        word::islands(words, &mut self.ranges);
        let mut shouted = false;
        if self.ranges.is_empty() {
            self.facets.resize(self.words.len(), Facets::default());
        } else {
            self.facets.extend(words.iter().map(|word| {
                let mut facets = Facets::new(word.span.of(text), word.cue);
                facets.cluster = lexicons.cluster(facets.form);
                facets
            }));
            let facets = self.facets.get_mut(from..).unwrap_or_default();
            lexicons.names.mark(facets);
            self.segmenter.cut(facets, &lexicons.names, |at| words.get(at).is_some_and(|w| w.ideograph));
            let letters = words.iter().filter(|w| w.letters).count();
            shouted = letters >= 4 && facets.iter().filter(|f| f.upper).count() * 2 > letters;
        }
        self.islands.extend(self.ranges.iter().map(|&(a, b)| Island { sentence, from: from + a, to: from + b }));
        self.sentences.push(Stretch { from, to: self.words.len(), shouted });
    }

    /// The view that gives features of an island's words, and the number of its first word in that view.
    #[must_use]
    pub fn view(&self, island: &Island) -> (View<'_>, usize) {
        let Some(sentence) = self.sentences.get(island.sentence) else { return (View::new(&[], false), 0) };
        let facets = self.facets.get(sentence.from..sentence.to).unwrap_or_default();
        (View::new(facets, sentence.shouted), island.from - sentence.from)
    }

    /// Remembers what words of islands were taken for; a word at the start of a sentence that is no name says nothing.
    pub fn note(&self, island: &Island, labels: &[u8], memory: &mut Memory) {
        let first = self.sentences.get(island.sentence).map_or(0, |s| s.from);
        for (at, &label) in (island.from..island.to).zip(labels) {
            if let Some(word) = self.facets.get(at)
                && (label != OUTSIDE || (word.cue && at != first))
                && word.length > 1
            {
                memory.note(word.lower, island.sentence, at, label);
            }
        }
    }

    /// Sets [`Facets::memory`] of the words of all islands; `window` is how many sentences away a mention may be.
    pub fn recall(&mut self, memory: &Memory, window: usize) {
        for island in &self.islands {
            for at in island.from..island.to {
                if let Some(word) = self.facets.get_mut(at).filter(|w| w.cue) {
                    word.memory = memory.recall(word.lower, island.sentence, at, window);
                }
            }
        }
    }
}

/// Tags articles with one model; keeps its memory of buffers from article to article.
pub struct Tagger<'a> {
    model: &'a Model<'a>,
    lexicons: Lexicons<'a>,
    article: Article,
    memory: Memory,
    decoder: Decoder,
    scores: Vec<Scores>,
    labels: Vec<u8>,
}

/// A name in an article.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// Number of its sentence among those of the article.
    pub sentence: usize,
    /// The name.
    pub entity: Entity,
}

impl<'a> Tagger<'a> {
    /// A tagger.
    #[must_use]
    pub fn new(model: &'a Model<'a>, lexicons: Lexicons<'a>) -> Self {
        Self {
            model,
            lexicons,
            article: Article::default(),
            memory: Memory::default(),
            decoder: Decoder::default(),
            scores: Vec::new(),
            labels: Vec::new(),
        }
    }

    /// Takes in one more sentence of the article.
    pub fn push(&mut self, text: &str, tokens: &[Token]) {
        self.article.push(text, tokens, &self.lexicons);
    }

    /// Hands the names of the sentences taken in to `accept`, in order, and forgets them. A word's other mentions count within
    /// `window` sentences.
    pub fn finish(&mut self, window: usize, mut accept: impl FnMut(Found)) {
        let Self { model, article, memory, decoder, scores, labels, .. } = self;
        scores.clear();
        memory.clear();
        for island in &article.islands {
            let from = scores.len();
            let (view, first) = article.view(island);
            for index in first..first + island.to - island.from {
                let mut steps = [0; COUNT];
                view.features(index, &mut |feature| model.add(feature, &mut steps));
                scores.push(model.scores(&steps));
            }
            decoder.viterbi(scores.get(from..).unwrap_or_default(), &model.transitions, labels);
            article.note(island, labels, memory);
        }
        article.recall(memory, window);
        let mut from = 0;
        for island in &article.islands {
            let to = from + island.to - island.from;
            let (view, first) = article.view(island);
            let Some(own) = scores.get_mut(from..to) else { break };
            for (index, scores) in (first..).zip(own.iter_mut()) {
                let mut steps = [0; COUNT];
                view.memories(index, &mut |feature| model.add(feature, &mut steps));
                for (score, more) in scores.iter_mut().zip(model.scores(&steps)) {
                    *score += more;
                }
            }
            from = to;
            decoder.viterbi(own, &model.transitions, labels);
            if labels.iter().all(|&label| label == OUTSIDE) {
                continue;
            }
            decoder.sums(own, &model.transitions);
            for (start, end, class) in names(labels) {
                let name = labels.get(start..end).unwrap_or_default();
                let confidence = decoder.probability(&model.transitions, start, name);
                let words = (article.words.get(island.from + start), article.words.get(island.from + end - 1));
                let (Some(first), Some(last)) = words else { continue };
                let span = Span::new(first.span.start, last.span.end);
                accept(Found { sentence: island.sentence, entity: Entity { span, class, confidence } });
            }
        }
        article.clear();
    }
}

/// The names in well-formed labels: first word, one past the last, class.
pub fn names(labels: &[u8]) -> impl Iterator<Item = (usize, usize, EntityType)> + '_ {
    let mut start = 0;
    labels.iter().enumerate().filter_map(move |(at, &label)| {
        let (position, class) = labels::parts(label)?;
        if matches!(position, Position::Begin | Position::Single) {
            start = at;
        }
        matches!(position, Position::End | Position::Single).then_some((start, at + 1, class))
    })
}
