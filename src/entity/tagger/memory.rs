//! What an article has shown of a word before and after: a name seen whole once helps its shorter mentions everywhere.
//!
//! «La ministra Elvira Soto … Soto dijo …»: the first pass is sure that `Elvira Soto` is a person and in doubt about the lone `Soto`. The
//! second pass asks of every word what its other mentions were taken for, and how often; the answer is one more feature, whose
//! weight was learned like any other.

use rustc_hash::FxHashMap;

use super::labels::{Position, parts};
use crate::entity::EntityType;

/// Classes of names, and no name.
const CLASSES: usize = EntityType::ALL.len() + 1;

/// One mention of a word.
#[derive(Clone, Copy, Debug)]
struct Mention {
    sentence: usize,
    word: usize,
    /// Number of the class, the last one for no name.
    class: usize,
    /// Where in a name it stood.
    position: Position,
}

/// What the first pass took the words of an article for.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    mentions: FxHashMap<u32, Vec<Mention>>,
}

impl Memory {
    /// Forgets everything.
    pub fn clear(&mut self) {
        self.mentions.clear();
    }

    /// Notes what the word with this hash was taken for.
    pub fn note(&mut self, hash: u32, sentence: usize, word: usize, label: u8) {
        let (position, class) = match parts(label) {
            Some((position, class)) => (position, class as usize),
            None => (Position::Single, CLASSES - 1),
        };
        self.mentions.entry(hash).or_default().push(Mention { sentence, word, class, position });
    }

    /// What the word's other mentions within `window` sentences say: the class that most of them have, how many of them have it,
    /// how many there are, and whether one was part of a longer name, packed into a number; 0 where there are none.
    #[must_use]
    pub fn recall(&self, hash: u32, sentence: usize, word: usize, window: usize) -> u16 {
        let Some(mentions) = self.mentions.get(&hash) else { return 0 };
        let (mut votes, mut total, mut longer) = ([0usize; CLASSES], 0usize, 0u16);
        for mention in mentions {
            if mention.word == word || mention.sentence.abs_diff(sentence) > window {
                continue;
            }
            total += 1;
            if let Some(votes) = votes.get_mut(mention.class) {
                *votes += 1;
            }
            longer |= match mention.position {
                Position::Single => 0,
                Position::Begin => 1,
                Position::Inside => 2,
                Position::End => 4,
            };
        }
        let Some((class, most)) = votes.into_iter().enumerate().max_by_key(|&(class, votes)| (votes, CLASSES - class))
        else {
            return 0;
        };
        if total == 0 {
            return 0;
        }
        let agreement = if most == total { 2 } else { u16::from(most * 3 >= total * 2) };
        let often = u16::from(total > 1) + u16::from(total > 3);
        1 + u16::try_from(class).unwrap_or(0) + (agreement << 3) + (often << 5) + (longer << 7)
    }
}

/// The class in a recalled number, from 1; 0 where nothing is remembered.
#[must_use]
pub const fn class(recalled: u16) -> u32 {
    (recalled & 7) as u32
}

#[cfg(test)]
mod tests {
    use super::super::labels::{OUTSIDE, label};
    use super::*;

    #[test]
    fn other_mentions_speak_and_the_own_one_does_not() {
        let mut memory = Memory::default();
        memory.note(7, 0, 1, label(Position::End, EntityType::Per));
        memory.note(7, 3, 20, OUTSIDE);
        assert_eq!(class(memory.recall(7, 3, 20, 10)), 1 + EntityType::Per as u32);
        assert_eq!(class(memory.recall(7, 0, 1, 10)), 5);
        assert_eq!(memory.recall(7, 3, 20, 2), 0);
        assert_eq!(memory.recall(8, 0, 0, 10), 0);
    }
}
