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
pub mod model;
pub mod segment;
pub mod word;

use self::decode::{Decoder, Scores};
use self::facets::Facets;
use self::features::View;
use self::gazetteer::Gazetteer;
use self::hash::Table;
use self::labels::{COUNT, OUTSIDE, Position};
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

/// Tags sentences with one model; keeps its memory from sentence to sentence.
pub struct Tagger<'a> {
    model: &'a Model<'a>,
    lexicons: Lexicons<'a>,
    sentence: Sentence,
    decoder: Decoder,
    scores: Vec<Scores>,
    labels: Vec<u8>,
}

/// A sentence's words, looked at where names may stand.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    /// The words.
    pub words: Vec<Word>,
    /// Their looks.
    pub facets: Vec<Facets>,
    /// Where names may stand.
    pub islands: Vec<(usize, usize)>,
    segmenter: Segmenter,
}

impl Sentence {
    /// Looks at a sentence.
    pub fn look(&mut self, text: &str, tokens: &[Token], lexicons: &Lexicons<'_>) {
        self.words.clear();
        self.facets.clear();
        word::words(text, tokens, &mut self.words);
        word::islands(&self.words, &mut self.islands);
        if self.islands.is_empty() {
            return;
        }
        self.facets.extend(self.words.iter().map(|word| {
            let mut facets = Facets::new(word.span.of(text), word.cue);
            facets.cluster = lexicons.cluster(facets.form);
            facets
        }));
        lexicons.names.mark(&mut self.facets);
        let words = &self.words;
        self.segmenter.cut(&mut self.facets, &lexicons.names, |at| words.get(at).is_some_and(|w| w.ideograph));
    }

    /// The view that gives features.
    #[must_use]
    pub fn view(&self) -> View<'_> {
        let letters = self.words.iter().filter(|w| w.letters).count();
        let capitals = self.facets.iter().filter(|f| f.upper).count();
        View::new(&self.facets, letters >= 4 && capitals * 2 > letters)
    }
}

impl<'a> Tagger<'a> {
    /// A tagger.
    #[must_use]
    pub fn new(model: &'a Model<'a>, lexicons: Lexicons<'a>) -> Self {
        Self {
            model,
            lexicons,
            sentence: Sentence::default(),
            decoder: Decoder::default(),
            scores: Vec::new(),
            labels: Vec::new(),
        }
    }

    /// Appends the names of one sentence, in order.
    pub fn tag(&mut self, text: &str, tokens: &[Token], entities: &mut Vec<Entity>) {
        self.sentence.look(text, tokens, &self.lexicons);
        let view = self.sentence.view();
        for &(from, to) in &self.sentence.islands {
            self.scores.clear();
            for index in from..to {
                let mut steps = [0; COUNT];
                view.features(index, &mut |feature| self.model.add(feature, &mut steps));
                self.scores.push(self.model.scores(&steps));
            }
            self.decoder.viterbi(&self.scores, &self.model.transitions, &mut self.labels);
            if self.labels.iter().all(|&label| label == OUTSIDE) {
                continue;
            }
            let total = self.decoder.sums(&self.scores, &self.model.transitions);
            for (start, end, class) in names(&self.labels) {
                let labels = self.labels.get(start..end).unwrap_or_default();
                let sure = self.decoder.probability(&self.scores, &self.model.transitions, start, labels, total);
                let (Some(first), Some(last)) =
                    (self.sentence.words.get(from + start), self.sentence.words.get(from + end - 1))
                else {
                    continue;
                };
                let span = Span::new(first.span.start, last.span.end);
                #[expect(clippy::cast_possible_truncation, reason = "a probability")]
                entities.push(Entity { span, class, confidence: sure as f32 });
            }
        }
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
