//! The best labels of an island, and how sure they are.
//!
//! Scores of single words and of neighbouring labels add up; Viterbi's algorithm finds the sequence with the highest sum, and the
//! forward and backward sums of the linear-chain model give the probability of a name.

use super::labels::{COUNT, OUTSIDE, may_begin, may_end, may_follow};

/// A score for each label.
pub type Scores = [f32; COUNT];

/// What a forbidden transition costs.
pub const FORBIDDEN: f32 = -1e6;

/// Scores of neighbouring labels, `[from][to]`; forbidden ones hold [`FORBIDDEN`].
#[derive(Clone, Debug)]
pub struct Transitions(pub [Scores; COUNT]);

impl Transitions {
    /// Nothing learned: 0 where allowed.
    #[must_use]
    pub fn new() -> Self {
        let mut scores = [[0.0; COUNT]; COUNT];
        for (from, row) in (0u8..).zip(&mut scores) {
            for (to, score) in (0u8..).zip(row) {
                *score = if may_follow(from, to) { 0.0 } else { FORBIDDEN };
            }
        }
        Self(scores)
    }

    fn begin() -> Scores {
        std::array::from_fn(|label| if may_begin(u8::try_from(label).unwrap_or(0)) { 0.0 } else { FORBIDDEN })
    }

    fn end() -> Scores {
        std::array::from_fn(|label| if may_end(u8::try_from(label).unwrap_or(0)) { 0.0 } else { FORBIDDEN })
    }
}

impl Default for Transitions {
    fn default() -> Self {
        Self::new()
    }
}

/// Finds labels; keeps its memory from island to island.
#[derive(Clone, Debug, Default)]
pub struct Decoder {
    back: Vec<[u8; COUNT]>,
    /// Log sums up to and with each word.
    pub forward: Vec<[f64; COUNT]>,
    /// Log sums behind each word.
    pub backward: Vec<[f64; COUNT]>,
}

fn best(scores: impl Iterator<Item = f32>) -> (u8, f32) {
    let mut found = (0, f32::NEG_INFINITY);
    for (label, score) in (0u8..).zip(scores) {
        if score > found.1 {
            found = (label, score);
        }
    }
    found
}

fn log_sum(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let most = values.clone().fold(f64::NEG_INFINITY, f64::max);
    most + values.map(|v| if v - most > -40.0 { (v - most).exp() } else { 0.0 }).sum::<f64>().ln()
}

impl Decoder {
    /// The best labels of words with these scores, into `labels`.
    pub fn viterbi(&mut self, words: &[Scores], transitions: &Transitions, labels: &mut Vec<u8>) {
        labels.clear();
        self.back.clear();
        let Some((first, rest)) = words.split_first() else { return };
        let mut sums: Scores = std::array::from_fn(|label| first[label] + Transitions::begin()[label]);
        for word in rest {
            let mut back = [0u8; COUNT];
            let mut next = [f32::NEG_INFINITY; COUNT];
            for ((from, sum), row) in (0u8..).zip(sums).zip(&transitions.0) {
                for ((to, origin), score) in next.iter_mut().zip(&mut back).zip(row) {
                    let through = sum + score;
                    if through > *to {
                        (*to, *origin) = (through, from);
                    }
                }
            }
            sums = std::array::from_fn(|label| next[label] + word[label]);
            self.back.push(back);
        }
        let (mut label, _) = best(sums.iter().zip(Transitions::end()).map(|(sum, end)| sum + end));
        labels.push(label);
        for back in self.back.iter().rev() {
            label = back.get(usize::from(label)).copied().unwrap_or(OUTSIDE);
            labels.push(label);
        }
        labels.reverse();
    }

    /// Fills [`Decoder::forward`] and [`Decoder::backward`]; returns the log of the sum over all label sequences.
    pub fn sums(&mut self, words: &[Scores], transitions: &Transitions) -> f64 {
        self.forward.clear();
        self.backward.clear();
        let Some((first, rest)) = words.split_first() else { return 0.0 };
        let begin = Transitions::begin();
        let mut sums: [f64; COUNT] = std::array::from_fn(|l| f64::from(first[l]) + f64::from(begin[l]));
        self.forward.push(sums);
        for word in rest {
            sums = std::array::from_fn(|to| {
                log_sum((0..COUNT).map(|from| sums[from] + f64::from(transitions.0[from][to]))) + f64::from(word[to])
            });
            self.forward.push(sums);
        }
        let end = Transitions::end();
        let mut sums: [f64; COUNT] = end.map(f64::from);
        self.backward.push(sums);
        for word in words.iter().skip(1).rev() {
            sums = std::array::from_fn(|from| {
                log_sum((0..COUNT).map(|to| f64::from(transitions.0[from][to]) + f64::from(word[to]) + sums[to]))
            });
            self.backward.push(sums);
        }
        self.backward.reverse();
        let last = self.forward.last().copied().unwrap_or_default();
        log_sum((0..COUNT).map(|l| last[l] + f64::from(end[l])))
    }

    /// The probability of these labels at `from` and behind, after [`Decoder::sums`] gave `total`.
    #[must_use]
    pub fn probability(&self, words: &[Scores], transitions: &Transitions, from: usize, labels: &[u8], total: f64) -> f64 {
        let (Some(&first), Some(&last)) = (labels.first(), labels.last()) else { return 1.0 };
        let (Some(forward), Some(backward)) = (self.forward.get(from), self.backward.get(from + labels.len() - 1)) else {
            return 0.0;
        };
        let score = |at: usize, label: u8| words.get(at).map_or(0.0, |s| f64::from(s[usize::from(label)]));
        let mut sum = forward[usize::from(first)] + backward[usize::from(last)];
        for (at, pair) in labels.windows(2).enumerate() {
            let &[a, b] = pair else { continue };
            sum += f64::from(transitions.0[usize::from(a)][usize::from(b)]) + score(from + at + 1, b);
        }
        (sum - total).exp().clamp(0.0, 1.0)
    }
}
