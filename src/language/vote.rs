//! Counting: what the letters and function words of a sample say for each language.
//!
//! «el paro bajó en el sur» gives Spanish the words el, en, el; other owners of «el» or «en» get theirs. Each hit
//! multiplies the odds of its owners by a constant, and so does, less, a word that only they could spell («Ärzte»); a language nobody knows gets what chance hits would give it, so that
//! a text in such a language, or one too short, is won by «none».

use super::LanguageCode;
use super::evidence::{Evidence, MOST_LANGUAGES, MOST_SCRIPTS, NO_LETTERS, hash_letter, is_accent, weight};

/// Logarithm of the odds one full hit is worth.
pub(super) const HIT: f32 = 3.0;
/// What the letters of a word say for those who write them, beside a word that they own.
const LETTERS: f32 = 0.5;
/// Hits that chance gives a text in an unknown language: at least this many …
const CHANCE_HITS: f32 = 0.5;
/// … and this many for each word.
const CHANCE_HITS_PER_WORD: f32 = 0.06;

/// The counts of one sample.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    scores: [f32; MOST_LANGUAGES],
    scripts: [u32; MOST_SCRIPTS],
    latin: u32,
    /// Words seen, in any script.
    pub words: u32,
}

/// What the scripts of a sample say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum ByScript {
    /// Too few letters of a script that tells, or a script of several languages: the words decide.
    Silent,
    /// Most letters stand in a script of this language; the number of them.
    Language(LanguageCode, u32),
}

impl Tally {
    pub fn new() -> Self {
        Self { scores: [0.0; MOST_LANGUAGES], scripts: [0; MOST_SCRIPTS], latin: 0, words: 0 }
    }

    /// Letters seen, in any script.
    pub fn letters(&self) -> u32 {
        self.latin + self.scripts.iter().sum::<u32>()
    }

    /// Counts `sample` until `words` more words were seen; returns the bytes read. `whole` says that the sample does
    /// not end inside a word.
    pub fn count(&mut self, evidence: &Evidence, sample: &str, words: u32, whole: bool) -> usize {
        let last = self.words.saturating_add(words);
        let (mut hash, mut letters) = (NO_LETTERS, 0_u32);
        // Who writes all letters of the word so far.
        let mut writers = u128::MAX;
        for (at, character) in sample.char_indices() {
            if character.is_ascii_alphabetic() {
                hash = hash_letter(hash, character.to_ascii_lowercase());
                letters += 1;
                self.latin += 1;
            } else if character.is_ascii() {
                if letters > 0 {
                    self.close_word(evidence, hash, writers);
                    if self.words >= last {
                        return at;
                    }
                    (hash, letters, writers) = (NO_LETTERS, 0, u128::MAX);
                }
            } else if let Some(script) = evidence.script(character) {
                if let Some(count) = self.scripts.get_mut(script) {
                    *count += 1;
                }
                (hash, writers) = next_letter(evidence, character, hash, writers);
                letters += 1;
            } else if character.is_alphabetic() {
                (hash, writers) = next_letter(evidence, character, hash, writers);
                letters += 1;
                self.latin += 1;
            } else if letters > 0 && !is_accent(character) {
                self.close_word(evidence, hash, writers);
                if self.words >= last {
                    return at;
                }
                (hash, letters, writers) = (NO_LETTERS, 0, u128::MAX);
            }
        }
        if letters > 0 && whole {
            self.close_word(evidence, hash, writers);
        }
        sample.len()
    }

    #[inline]
    fn close_word(&mut self, evidence: &Evidence, hash: u64, writers: u128) {
        self.words += 1;
        if let Some(word) = evidence.word(hash) {
            self.add(word.owners, word.weight);
        } else if writers != u128::MAX {
            self.add(writers, LETTERS * weight(writers.count_ones()));
        }
    }

    #[inline]
    fn add(&mut self, mut owners: u128, weight: f32) {
        while owners != 0 {
            if let Some(score) = self.scores.get_mut(owners.trailing_zeros() as usize) {
                *score += weight;
            }
            owners &= owners - 1;
        }
    }

    /// The hits of the language with this index.
    pub fn score(&self, language: usize) -> f32 {
        self.scores.get(language).copied().unwrap_or_default()
    }

    /// The hits that chance would give a language nobody knows.
    #[expect(clippy::cast_precision_loss, reason = "samples hold a few hundred words")]
    pub fn chance(&self) -> f32 {
        CHANCE_HITS + CHANCE_HITS_PER_WORD * self.words as f32
    }

    /// The language with most hits, and its lead over the next language or over chance, whichever is nearer.
    pub fn leader(&self, languages: usize) -> (usize, f32) {
        let (mut leader, mut best, mut second) = (0, f32::NEG_INFINITY, self.chance());
        for (index, score) in self.scores.iter().take(languages).copied().enumerate() {
            if score > best {
                second = second.max(best);
                (leader, best) = (index, score);
            } else if score > second {
                second = score;
            }
        }
        (leader, best - second)
    }

    /// What the scripts say; a script that most letters stand in decides.
    pub fn by_script(&self, evidence: &Evidence) -> ByScript {
        let Some((script, most)) = self.scripts.iter().copied().enumerate().max_by_key(|(_, count)| *count) else {
            return ByScript::Silent;
        };
        let others: u32 = self.scripts.iter().sum();
        if most == 0 || others <= self.latin {
            return ByScript::Silent;
        }
        let Some(languages) = evidence.scripts.get(script) else { return ByScript::Silent };
        // Several languages: one whose own script stands beside this one, at a tenth of it or more, wins.
        let own = languages.iter().skip(1).find(|language| {
            evidence.scripts.iter().zip(self.scripts).any(|(writers, count)| {
                matches!(writers.as_slice(), [only] if only == *language) && count.saturating_mul(10) >= most
            })
        });
        match own.or(languages.first()) {
            Some(language) if !language.is_undetermined() => ByScript::Language(*language, others),
            _ => ByScript::Silent,
        }
    }
}

/// A letter beyond ASCII: the hash with it, and those who write it too.
#[inline]
fn next_letter(evidence: &Evidence, letter: char, hash: u64, writers: u128) -> (u64, u128) {
    letter
        .to_lowercase()
        .fold((hash, writers), |(hash, writers), lower| (hash_letter(hash, lower), writers & evidence.writers(lower)))
}
