//! The best labels of an island, and how sure they are.
//!
//! Scores of single words and of neighbouring labels add up; Viterbi's algorithm finds the sequence with the highest sum. What a
//! sequence is worth against all others is its share of the sum of all their exponentials ([`Decoder::sums`]): the probability of
//! a name, and in training the difference between what the model expects and what the annotators wrote.
#![expect(clippy::indexing_slicing, reason = "labels are below COUNT, words below the island's length")]

use super::labels::{COUNT, may_begin, may_end, may_follow};

/// A score for each label.
pub type Scores = [f32; COUNT];

/// Scores of neighbouring labels.
#[derive(Clone, Debug)]
pub struct Transitions {
    /// `[from][to]`; what forbidden pairs hold counts for nothing.
    pub scores: [Scores; COUNT],
    /// Their exponentials, 0 where forbidden; see [`Transitions::update`].
    shares: [Scores; COUNT],
    /// The scores, [`FORBIDDEN`] where forbidden, by the second label.
    into: [Scores; COUNT],
}

/// What a forbidden pair of labels costs.
const FORBIDDEN: f32 = -1e6;

fn allowed(allowed: impl Fn(u8) -> bool) -> [bool; COUNT] {
    std::array::from_fn(|label| u8::try_from(label).is_ok_and(&allowed))
}

impl Transitions {
    /// With these scores, `[from][to]`.
    #[must_use]
    pub fn new(scores: [Scores; COUNT]) -> Self {
        let mut new = Self { scores, shares: [[0.0; COUNT]; COUNT], into: [[FORBIDDEN; COUNT]; COUNT] };
        new.update();
        new
    }

    /// To be called when scores have changed.
    pub fn update(&mut self) {
        for from in 0u8.. {
            let Some(row) = self.scores.get(usize::from(from)) else { return };
            for (to, score) in (0u8..).zip(row) {
                if may_follow(from, to) {
                    self.shares[usize::from(from)][usize::from(to)] = score.exp();
                    self.into[usize::from(to)][usize::from(from)] = *score;
                }
            }
        }
    }
}

impl Default for Transitions {
    fn default() -> Self {
        Self::new([[0.0; COUNT]; COUNT])
    }
}

/// Finds labels; keeps its memory from island to island.
#[derive(Clone, Debug)]
pub struct Decoder {
    begin: [bool; COUNT],
    end: [bool; COUNT],
    back: Vec<[u8; COUNT]>,
    /// Exponentials of the words' scores, each word's highest as 1.
    shares: Vec<Scores>,
    /// Share of all sequences up to each word that have each label there; a word's shares add up to 1.
    forward: Vec<Scores>,
    /// Weight of all sequences behind each word; times [`Decoder::forward`] it is the probability of the label.
    backward: Vec<Scores>,
    /// What each word's forward sums were divided by.
    norms: Vec<f32>,
}

impl Default for Decoder {
    fn default() -> Self {
        Self {
            begin: allowed(may_begin),
            end: allowed(may_end),
            back: Vec::new(),
            shares: Vec::new(),
            forward: Vec::new(),
            backward: Vec::new(),
            norms: Vec::new(),
        }
    }
}

impl Decoder {
    /// The best labels of words with these scores, into `labels`.
    pub fn viterbi(&mut self, words: &[Scores], transitions: &Transitions, labels: &mut Vec<u8>) {
        labels.clear();
        self.back.clear();
        let Some((first, rest)) = words.split_first() else { return };
        let mut sums: Scores = std::array::from_fn(|l| if self.begin[l] { first[l] } else { FORBIDDEN });
        for word in rest {
            let mut back = [0u8; COUNT];
            let mut next = [0.0; COUNT];
            for (to, into) in transitions.into.iter().enumerate() {
                let mut best = (0, f32::NEG_INFINITY);
                for ((from, sum), score) in (0u8..).zip(&sums).zip(into) {
                    if sum + score > best.1 {
                        best = (from, sum + score);
                    }
                }
                (back[to], next[to]) = (best.0, best.1 + word[to]);
            }
            sums = next;
            self.back.push(back);
        }
        let ends = (0u8..).zip(sums).filter(|&(l, _)| self.end[usize::from(l)]);
        let mut label = ends.fold((0, f32::NEG_INFINITY), |best, end| if end.1 > best.1 { end } else { best }).0;
        labels.push(label);
        for back in self.back.iter().rev() {
            label = back[usize::from(label)];
            labels.push(label);
        }
        labels.reverse();
    }

    /// Sums over all label sequences; the methods below speak of these words then. Returns the logarithm of the sum.
    pub fn sums(&mut self, words: &[Scores], transitions: &Transitions) -> f64 {
        let Self { begin, end, shares, forward, backward, norms, .. } = self;
        shares.clear();
        forward.clear();
        norms.clear();
        let mut logarithm = 0.0;
        for word in words {
            let most = word.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let share = word.map(|score| (score - most).exp());
            let mut sums = [0.0; COUNT];
            match forward.last() {
                None => sums = std::array::from_fn(|l| f32::from(u8::from(begin[l]))),
                Some(before) => {
                    for (before, row) in before.iter().zip(&transitions.shares) {
                        for (sum, pair) in sums.iter_mut().zip(row) {
                            *sum += before * pair;
                        }
                    }
                }
            }
            let weighted: Scores = std::array::from_fn(|l| sums[l] * share[l]);
            let norm = weighted.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            forward.push(weighted.map(|w| w / norm));
            shares.push(share);
            norms.push(norm);
            logarithm += f64::from(norm.ln()) + f64::from(most);
        }
        backward.clear();
        let Some(last) = forward.last() else { return 0.0 };
        let closed: f32 = last.iter().zip(&*end).map(|(f, &e)| if e { *f } else { 0.0 }).sum();
        let closed = closed.max(f32::MIN_POSITIVE);
        backward.push(end.map(|e| if e { 1.0 / closed } else { 0.0 }));
        for at in (1..words.len()).rev() {
            let after = backward[backward.len() - 1];
            let weighted: Scores = std::array::from_fn(|l| after[l] * shares[at][l] / norms[at]);
            let sum = |row: &Scores| row.iter().zip(&weighted).map(|(pair, w)| pair * w).sum();
            backward.push(std::array::from_fn(|from| sum(&transitions.shares[from])));
        }
        backward.reverse();
        logarithm + f64::from(closed.ln())
    }

    /// The probability of each label of a word.
    #[must_use]
    pub fn word(&self, at: usize) -> Scores {
        std::array::from_fn(|label| self.forward[at][label] * self.backward[at][label])
    }

    /// The probability that a word has the label `to` and the one before it `from`; 0 for the first word.
    #[must_use]
    pub fn pair(&self, transitions: &Transitions, at: usize, from: usize, to: usize) -> f32 {
        let Some(before) = at.checked_sub(1) else { return 0.0 };
        let step = transitions.shares[from][to] * self.shares[at][to] / self.norms[at];
        self.forward[before][from] * step * self.backward[at][to]
    }

    /// The probability of these labels at `from` and behind.
    #[must_use]
    pub fn probability(&self, transitions: &Transitions, from: usize, labels: &[u8]) -> f32 {
        let Some((&first, rest)) = labels.split_first() else { return 1.0 };
        let (mut share, mut before) = (self.forward[from][usize::from(first)], usize::from(first));
        for (at, &label) in (from + 1..).zip(rest) {
            let label = usize::from(label);
            share *= transitions.shares[before][label] * self.shares[at][label] / self.norms[at];
            before = label;
        }
        (share * self.backward[from + rest.len()][before]).clamp(0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::labels::{OUTSIDE, Position, label};
    use super::*;
    use crate::entity::EntityType;

    /// Two words, the first perhaps a place, the second nothing.
    fn words() -> [Scores; 2] {
        let mut first = [0.0; COUNT];
        first[usize::from(label(Position::Single, EntityType::Loc))] = 3.0;
        [first, [0.0; COUNT]]
    }

    #[test]
    fn probabilities_are_shares_of_all_sequences() {
        let (words, transitions, mut decoder) = (words(), Transitions::default(), Decoder::default());
        let total = decoder.sums(&words, &transitions);
        // By hand: every allowed pair of labels.
        let mut sum = 0.0f64;
        for a in 0..u8::try_from(COUNT).unwrap_or(0) {
            for b in 0..u8::try_from(COUNT).unwrap_or(0) {
                if may_begin(a) && may_follow(a, b) && may_end(b) {
                    sum += f64::from(words[0][usize::from(a)] + words[1][usize::from(b)]).exp();
                }
            }
        }
        assert!((total - sum.ln()).abs() < 1e-5, "{total} {}", sum.ln());
        let place = label(Position::Single, EntityType::Loc);
        let expected = 5.0 * 3f64.exp() / sum;
        assert!((f64::from(decoder.probability(&transitions, 0, &[place])) - expected).abs() < 1e-5);
        assert!((f64::from(decoder.word(0)[usize::from(place)]) - expected).abs() < 1e-5);
        let pair = decoder.pair(&transitions, 1, usize::from(place), usize::from(OUTSIDE));
        assert!((f64::from(pair) - 3f64.exp() / sum).abs() < 1e-5);
        assert!((decoder.probability(&transitions, 0, &[place, OUTSIDE]) - pair).abs() < 1e-6);
    }

    #[test]
    fn the_best_sequence_is_well_formed() {
        let mut words = words();
        words[1][usize::from(label(Position::Inside, EntityType::Per))] = 9.0;
        let mut labels = Vec::new();
        Decoder::default().viterbi(&words, &Transitions::default(), &mut labels);
        assert_eq!(labels, [label(Position::Single, EntityType::Loc), OUTSIDE]);
    }
}
