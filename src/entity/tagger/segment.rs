//! Words of texts without blanks, by a dictionary.
//!
//! «北京大学生» may be `北京 大学生` or `北京大学 生`; of all cuts the one whose words are most frequent together wins. The tagger still labels
//! single ideographs, and asks in which dictionary word each of them stands: the dictionary may be wrong.

use super::facets::Facets;
use super::gazetteer::{Gazetteer, WORDS};

/// What a character costs that begins no dictionary word, in natural logarithms; rarer than any listed word.
const UNKNOWN: f32 = -16.0;

/// What any word costs before its frequency is added: fewer, longer words win.
const WORD: f32 = -15.0;

/// Memory of the search, kept from sentence to sentence.
#[derive(Clone, Debug, Default)]
pub struct Segmenter {
    /// Best sum up to each place and the length of its last word.
    best: Vec<(f32, u8)>,
}

impl Segmenter {
    /// Cuts the runs of words that `part` names and sets [`Facets::segment`], [`Facets::before`] and [`Facets::behind`] in them.
    pub fn cut(&mut self, facets: &mut [Facets], gazetteer: &Gazetteer<'_>, part: impl Fn(usize) -> bool) {
        let mut from = 0;
        while from < facets.len() {
            let to = (from..facets.len()).find(|&at| !part(at)).unwrap_or(facets.len());
            if to > from
                && let Some(run) = facets.get_mut(from..to)
            {
                self.run(run, gazetteer);
            }
            from = to + 1;
        }
    }

    fn run(&mut self, run: &mut [Facets], gazetteer: &Gazetteer<'_>) {
        self.best.clear();
        self.best.resize(run.len() + 1, (f32::NEG_INFINITY, 1));
        if let Some(start) = self.best.first_mut() {
            start.0 = 0.0;
        }
        for from in 0..run.len() {
            let Some(&(sum, _)) = self.best.get(from) else { break };
            let mut offer = |length: usize, cost: f32| {
                if let Some(slot) = self.best.get_mut(from + length)
                    && sum + cost > slot.0
                {
                    *slot = (sum + cost, u8::try_from(length).unwrap_or(1));
                }
            };
            offer(1, UNKNOWN);
            let rest = run.get(from..).unwrap_or_default();
            gazetteer.matches(rest.iter().take(WORDS).map(|f| f.lower), |length, entry| {
                offer(length, WORD + f32::from(entry.frequency) * std::f32::consts::LN_2);
            });
        }
        let mut end = run.len();
        while end > 0 {
            let length = self.best.get(end).map_or(1, |&(_, length)| length);
            let start = end.saturating_sub(usize::from(length).max(1));
            if let Some(word) = run.get_mut(start..end) {
                let segment = word.iter().fold(super::hash::SEED, |hash, f| super::hash::key(0, hash, f.lower));
                for (before, facets) in (0..length).zip(word) {
                    (facets.segment, facets.before, facets.behind) = (segment, before, length - 1 - before);
                }
            }
            end = start;
        }
    }
}
