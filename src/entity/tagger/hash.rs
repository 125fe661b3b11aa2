//! Hashes of words and features, and the read-only table that maps them to a few bytes.
//!
//! `key(7, hash of "madrid", 0)` is the feature «the word is `madrid`» of template 7; [`Table::get`] finds its row of weights in the
//! bytes of a model file as they lie there: nothing is read into memory, built or copied when a model is opened.

/// Start of a running hash.
pub const SEED: u32 = 0x811C_9DC5;

/// A running hash with one more character (FNV-1a over code points, with a last mixing in [`key`]).
#[must_use]
pub const fn push(hash: u32, c: char) -> u32 {
    (hash ^ c as u32).wrapping_mul(0x0100_0193) ^ (hash >> 15)
}

/// The key of a feature: a template and up to two values. Never 0.
#[must_use]
pub const fn key(template: u32, a: u32, b: u32) -> u32 {
    let mut h = (a as u64 ^ ((b as u64) << 32)).wrapping_add((template as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    h = (h ^ (h >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    h = (h ^ (h >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    let h = (h >> 32) as u32;
    if h == 0 { 1 } else { h }
}

/// Bytes of a fingerprint.
pub const CHECK: usize = 2;

/// An open-addressing hash table in bytes: slots of a fingerprint and `width` bytes. A key's first slot is its share
/// of the range of keys, so that any number of slots will do; its fingerprint is its lower half, little-endian, and 0 marks an empty
/// slot. A key that was never put in is taken for another once in some thirty thousand times.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    slots: &'a [u8],
    width: usize,
    count: usize,
}

impl<'a> Table<'a> {
    /// A table over `slots`, `None` where they are cut short or there are none.
    #[must_use]
    pub fn new(slots: &'a [u8], width: usize) -> Option<Self> {
        let count = slots.len() / (width + CHECK);
        (count > 0 && count * (width + CHECK) == slots.len()).then_some(Self { slots, width, count })
    }

    /// The bytes of a key.
    #[must_use]
    pub fn get(&self, key: u32) -> Option<&'a [u8]> {
        let mut slot = first(key, self.count);
        for _ in 0..self.count {
            let from = slot * (self.width + CHECK);
            let (found, value) = self.slots.get(from..from + self.width + CHECK)?.split_first_chunk::<CHECK>()?;
            match u16::from_le_bytes(*found) {
                0 => return None,
                print if print == fingerprint(key) => return Some(value),
                _ => slot = if slot + 1 == self.count { 0 } else { slot + 1 },
            }
        }
        None
    }
}

/// The half of a key that a slot keeps.
#[expect(clippy::cast_possible_truncation, reason = "the lower half is what is wanted")]
fn fingerprint(key: u32) -> u16 {
    (key as u16).max(1)
}

/// The slot at which the search for a key begins.
fn first(key: u32, count: usize) -> usize {
    ((u64::from(key) * count as u64) >> 32) as usize
}

/// The slots of a table with these entries, three of four full. The same entries give the same bytes in any order.
#[must_use]
pub fn build(mut entries: Vec<(u32, Vec<u8>)>, width: usize) -> Vec<u8> {
    entries.sort();
    entries.dedup_by_key(|entry| entry.0);
    let count = entries.len() * 4 / 3 + 1;
    let mut slots = vec![0u8; count * (width + CHECK)];
    for (key, value) in entries {
        let mut slot = first(key, count);
        let free = loop {
            let from = slot * (width + CHECK);
            match slots.get_mut(from..from + width + CHECK) {
                Some(bytes) if bytes.starts_with(&[0; CHECK]) => break bytes,
                _ => slot = (slot + 1) % count,
            }
        };
        for (to, from) in free.iter_mut().zip(fingerprint(key).to_le_bytes().into_iter().chain(value)) {
            *to = from;
        }
    }
    slots
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_gives_what_was_put_in() {
        let entries: Vec<(u32, Vec<u8>)> = (1..1000u32).map(|n| (key(3, n, 0), n.to_le_bytes().to_vec())).collect();
        let slots = build(entries.clone(), 4);
        let Some(table) = Table::new(&slots, 4) else { panic!("no table") };
        for (key, value) in &entries {
            assert_eq!(table.get(*key), Some(value.as_slice()));
        }
        assert_eq!(table.get(key(4, 1, 0)), None);
        let mut reversed = entries;
        reversed.reverse();
        assert_eq!(build(reversed, 4), slots);
        assert!(Table::new(slots.split_at(8).1, 4).is_none());
    }
}
