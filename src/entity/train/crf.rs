//! Training: a linear-chain conditional random field, by AdaGrad over single sentences.
//!
//! Each sentence's gradient is the difference between what the model expects and what the annotators wrote, feature by feature; each
//! weight has its own step, which shrinks with what it has moved (Duchi, Hazan and Singer 2011). One thread, one fixed order of
//! shuffles: the same data gives the same bytes.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::entity::tagger::decode::{Decoder, Scores, Transitions};
use crate::entity::tagger::labels::{COUNT, may_follow};

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
    /// Pull of weights to 0, in units of the gradient: small weights become 0 and leave the model.
    pub sparse: f32,
    /// Features seen in fewer words are left out.
    pub least: u32,
    /// Share of words whose own form is hidden in a round, so that context learns to speak.
    pub hide: f32,
}

impl Default for Options {
    fn default() -> Self {
        Self { epochs: 10, rate: 0.05, sparse: 0.0, least: 1, hide: 0.0 }
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
    let index: FxHashMap<u32, u32> = kept.iter().copied().zip(0u32..).collect();
    let words: Vec<Vec<Vec<u32>>> = data
        .iter()
        .map(|s| s.features.iter().map(|word| compact(word, &index)).collect())
        .collect();
    let mut rows = vec![Row { weights: [0.0; COUNT], squares: [1e-2; COUNT] }; kept.len()];
    let mut transitions = Transitions::new();
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
            for word in 0..features.len() {
                let gradient: [f32; COUNT] = std::array::from_fn(|label| {
                    let expected = (decoder.forward[word][label] + decoder.backward[word][label] - total).exp();
                    #[expect(clippy::cast_possible_truncation, reason = "a probability")]
                    let expected = expected as f32;
                    expected - f32::from(u8::from(usize::from(labels[word]) == label))
                });
                for row in visible(word) {
                    let Row { weights, squares } = &mut rows[row];
                    for ((w, q), g) in weights.iter_mut().zip(squares).zip(gradient) {
                        *q += g * g;
                        let step = options.rate / q.sqrt();
                        let moved = *w - step * g;
                        *w = moved.signum() * (moved.abs() - step * options.sparse).max(0.0);
                    }
                }
            }
            for word in 1..features.len() {
                for from in 0..COUNT {
                    for to in 0..COUNT {
                        if !may_follow(from as u8, to as u8) {
                            continue;
                        }
                        let sum = decoder.forward[word - 1][from]
                            + f64::from(transitions.0[from][to])
                            + f64::from(scores[word][to])
                            + decoder.backward[word][to];
                        let gold = usize::from(labels[word - 1]) == from && usize::from(labels[word]) == to;
                        #[expect(clippy::cast_possible_truncation, reason = "a probability")]
                        let g = (sum - total).exp() as f32 - f32::from(u8::from(gold));
                        let q = &mut transition_squares[from][to];
                        *q += g * g;
                        transitions.0[from][to] -= options.rate * g / q.sqrt();
                    }
                }
            }
        }
        report(epoch, likelihood);
    }
    Learned { weights: kept.into_iter().zip(rows.into_iter().map(|r| r.weights)).collect(), transitions }
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
        labels.windows(2).map(|p| f64::from(transitions.0[usize::from(p[0])][usize::from(p[1])])).sum();
    own + pairs
}
