//! A quick test for words that cannot be numbers.
//!
//! «ventidue» begins with the three letters of a number word (`ven`) and ends with those of one (`due`); nearly no other word does both.

/// A set of three-letter sequences: five bits a letter, so that a look-up is one bit. Letters that differ only in higher
/// bits collide, which a quick test may.
#[derive(Debug)]
pub(super) struct Trigrams(Box<[u64]>);

impl Trigrams {
    pub fn new(trigrams: impl IntoIterator<Item = [u8; 3]>) -> Self {
        let mut bits = vec![0u64; (1 << 15) / 64].into_boxed_slice();
        for trigram in trigrams {
            let index = Self::index(trigram);
            if let Some(word) = bits.get_mut(index / 64) {
                *word |= 1 << (index % 64);
            }
        }
        Self(bits)
    }

    fn index(trigram: [u8; 3]) -> usize {
        trigram.iter().fold(0, |index, byte| index << 5 | usize::from(byte & 31))
    }

    pub fn contains(&self, trigram: [u8; 3]) -> bool {
        let index = Self::index(trigram);
        self.0.get(index / 64).is_some_and(|word| word >> (index % 64) & 1 == 1)
    }
}
