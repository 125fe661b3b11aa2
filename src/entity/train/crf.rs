//! Training: a linear-chain conditional random field, by AdaGrad over single sentences.
//!
//! Each sentence's gradient is the difference between what the model expects and what the annotators wrote, feature by feature; each
//! weight has its own step, which shrinks with what it has moved (Duchi, Hazan and Singer 2011). One thread, one fixed order of
//! shuffles: the same data gives the same bytes.
#![expect(clippy::indexing_slicing, reason = "rows, words and labels are numbered by this module")]

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::entity::tagger::decode::{Decoder, Scores, Transitions};
use crate::entity::tagger::labels::COUNT;

/// A sentence's island as features and gold labels.
#[derive(Clone, Debug, Default)]
pub struct Sequence {
    /// Feature keys of each word.
    pub features: Vec<Vec<u32>>,
    /// Gold label of each word.
    pub labels: Vec<u8>,
}

/// How to train.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// Rounds over the data.
    pub epochs: u32,
    /// Length of a step.
    pub rate: f32,
    /// How many features the model may have, 0 for any number. The best of a first training are trained again.
    pub keep: usize,
    /// Features seen in fewer words are left out.
    pub least: u32,
    /// Share of words whose own form is hidden in a round, so that context learns to speak.
    pub hide: f32,
}

impl Default for Options {
    fn default() -> Self {
        Self { epochs: 10, rate: 0.05, keep: 0, least: 1, hide: 0.0 }
    }
}

/// What was learned.
#[derive(Clone, Debug)]
pub struct Learned {
    /// Feature → weights.
    pub weights: Vec<(u32, [f32; COUNT])>,
    /// Scores of neighbouring labels.
    pub transitions: Transitions,
}

/// A small generator of numbers (xorshift64*), the same everywhere.
pub struct Random(u64);

impl Random {
    /// A generator from a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    /// The next number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(high).unwrap_or(0) % bound.max(1)
    }
}

/// A row of weights with what AdaGrad and averaging keep of it.
#[derive(Clone)]
struct Row {
    weights: [f32; COUNT],
    squares: [f32; COUNT],
}

/// Trains on `data`; `report` hears of each round's log-likelihood.
pub fn train(data: &[Sequence], options: Options, mut report: impl FnMut(u32, f64)) -> Learned {
    let mut seen: FxHashMap<u32, u32> = FxHashMap::default();
    for feature in data.iter().flat_map(|s| s.features.iter().flatten()) {
        *seen.entry(*feature).or_default() += 1;
    }
    let mut kept: Vec<u32> = seen.into_iter().filter(|(_, n)| *n >= options.least).map(|(f, _)| f).collect();
    kept.sort_unstable();
    if options.keep == 0 || kept.len() <= options.keep {
        return learn(data, &kept, options, &mut report);
    }
    let mut first = learn(data, &kept, options, &mut report).weights;
    let size = |weights: &[f32; COUNT]| weights.iter().fold(0.0f32, |most, w| most.max(w.abs()));
    first.sort_by(|a, b| size(&b.1).total_cmp(&size(&a.1)).then(a.0.cmp(&b.0)));
    let mut best: Vec<u32> = first.into_iter().take(options.keep).map(|(feature, _)| feature).collect();
    best.sort_unstable();
    learn(data, &best, options, &mut report)
}

/// Trains the weights of these features, sorted by key.
fn learn(data: &[Sequence], kept: &[u32], options: Options, report: &mut impl FnMut(u32, f64)) -> Learned {
    let index: FxHashMap<u32, u32> = kept.iter().copied().zip(0u32..).collect();
    let words: Vec<Vec<Vec<u32>>> =
        data.iter().map(|s| s.features.iter().map(|word| compact(word, &index)).collect()).collect();
    let mut rows = vec![Row { weights: [0.0; COUNT], squares: [1e-2; COUNT] }; kept.len()];
    let mut transitions = Transitions::default();
    let mut transition_squares = [[1e-2f32; COUNT]; COUNT];
    let mut order: Vec<usize> = (0..data.len()).collect();
    let mut random = Random::new(20_240_523);
    let mut decoder = Decoder::default();
    let mut scores: Vec<Scores> = Vec::new();
    for epoch in 1..=options.epochs {
        for at in (1..order.len()).rev() {
            order.swap(at, random.below(at + 1));
        }
        let mut likelihood = 0.0;
        for &at in &order {
            let (features, labels) = (&words[at], &data[at].labels);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a thousand")]
            let hidden: Vec<bool> =
                features.iter().map(|_| random.below(1000) < (options.hide * 1000.0) as usize).collect();
            let visible = |word: usize| {
                let skip = if hidden[word] { OWN } else { 0 };
                features[word].iter().filter(move |&f| f & skip == 0).map(|f| (f & !OWN) as usize)
            };
            scores.clear();
            scores.extend((0..features.len()).map(|word| {
                let mut sum = [0.0; COUNT];
                for row in visible(word) {
                    for (s, w) in sum.iter_mut().zip(&rows[row].weights) {
                        *s += w;
                    }
                }
                sum
            }));
            let total = decoder.sums(&scores, &transitions);
            likelihood += gold_score(&scores, &transitions, labels) - total;
            for (word, &gold) in labels.iter().enumerate() {
                let mut gradient = decoder.word(word);
                gradient[usize::from(gold)] -= 1.0;
                for row in visible(word) {
                    let Row { weights, squares } = &mut rows[row];
                    for ((w, q), g) in weights.iter_mut().zip(squares).zip(gradient) {
                        *q += g * g;
                        *w -= options.rate * g / q.sqrt();
                    }
                }
            }
            for (word, pair) in (1..).zip(labels.windows(2)) {
                for (from, squares) in transition_squares.iter_mut().enumerate() {
                    for (to, q) in squares.iter_mut().enumerate() {
                        let gold = usize::from(pair[0]) == from && usize::from(pair[1]) == to;
                        let g = decoder.pair(&transitions, word, from, to) - f32::from(u8::from(gold));
                        *q += g * g;
                        transitions.scores[from][to] -= options.rate * g / q.sqrt();
                    }
                }
            }
            transitions.update();
        }
        report(epoch, likelihood);
    }
    Learned { weights: kept.iter().copied().zip(rows.into_iter().map(|r| r.weights)).collect(), transitions }
}

/// Marks a feature of the word's own form among the row numbers.
const OWN: u32 = 1 << 31;

/// The rows of a word's features.
fn compact(word: &[u32], index: &FxHashMap<u32, u32>) -> Vec<u32> {
    let own = |n: usize| if HIDDEN.contains(&n) { OWN } else { 0 };
    word.iter().enumerate().filter_map(|(n, f)| index.get(f).map(|row| row | own(n))).collect()
}

/// The features of a word's own form, by their order in [`View::features`](crate::entity::tagger::features::View::features).
const HIDDEN: std::ops::Range<usize> = 1..3;

fn gold_score(scores: &[Scores], transitions: &Transitions, labels: &[u8]) -> f64 {
    let own: f64 = scores.iter().zip(labels).map(|(s, &l)| f64::from(s[usize::from(l)])).sum();
    let pairs: f64 =
        labels.windows(2).map(|p| f64::from(transitions.scores[usize::from(p[0])][usize::from(p[1])])).sum();
    own + pairs
}
