//! What a word looks like: its form, shape, beginning and end, its cluster and the lists of names that hold it.
//!
//! `Telefónica` has the shape `Xxxxxxxxxx`, in short `Xx`, the prefixes `t` `te` `tel` `tele` and the suffixes `a` `ca` `ica` `nica`. All
//! are hashes: nothing is allocated for a word.

use super::hash::{SEED, push};

/// Prefixes and suffixes have up to so many characters.
pub const AFFIX: usize = 4;

/// Looks of a word; hashes, unless said otherwise.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facets {
    /// The word with digits as `0` and all quotes and dashes as one.
    pub form: u32,
    /// The same in lower case.
    pub lower: u32,
    /// Classes of all characters up to twelve: `Xxxx`, `00.000`.
    pub shape: u32,
    /// The same without repetition: `Xx`, `0.0`.
    pub brief: u32,
    /// Beginnings, of one character to four; 0 where the word is shorter.
    pub prefix: [u32; AFFIX],
    /// Endings, likewise.
    pub suffix: [u32; AFFIX],
    /// Its path in the tree of word clusters, lowest bit first; 0 where it has none.
    pub cluster: u16,
    /// Bits of [`Gazetteer`](super::gazetteer): which lists hold a name through this word, and where in the name it stands.
    pub names: u32,
    /// What the article's other mentions of the word were taken for, see [`Memory`](super::memory::Memory::recall).
    pub memory: u16,
    /// It begins with a capital or belongs to a script without capitals.
    pub cue: bool,
    /// All of its letters, two or more, are capitals.
    pub upper: bool,
    /// Hash of the dictionary word that it is part of, in scripts without blanks; else 0.
    pub segment: u32,
    /// How many characters of that word stand before it.
    pub before: u8,
    /// How many stand behind it.
    pub behind: u8,
    /// Length in characters.
    pub length: u8,
}

impl Facets {
    /// The looks of a word, without its cluster and names.
    #[must_use]
    pub fn new(word: &str, cue: bool) -> Self {
        let mut facets = Self { form: SEED, lower: SEED, shape: SEED, brief: SEED, cue, ..Self::default() };
        let (mut last, mut length, mut capitals, mut small) = ('\0', 0usize, 0usize, 0usize);
        let mut tail = ['\0'; AFFIX];
        for c in word.chars() {
            let c = normal(c);
            let class = match c {
                '0' => '0',
                _ if c.is_ascii_lowercase() => 'x',
                _ if c.is_ascii_uppercase() => 'X',
                _ if c.is_lowercase() => 'x',
                _ if c.is_uppercase() => 'X',
                _ if c.is_alphabetic() => 'a',
                _ => c,
            };
            capitals += usize::from(class == 'X');
            small += usize::from(class == 'x');
            facets.form = push(facets.form, c);
            let folded = if class == 'X' { c.to_lowercase().next().unwrap_or(c) } else { c };
            facets.lower = push(facets.lower, folded);
            if length < 12 {
                facets.shape = push(facets.shape, class);
            }
            if class != last {
                facets.brief = push(facets.brief, class);
                last = class;
            }
            if let Some(prefix) = facets.prefix.get_mut(length) {
                *prefix = facets.lower;
            }
            tail.rotate_left(1);
            if let Some(end) = tail.last_mut() {
                *end = folded;
            }
            length += 1;
        }
        let mut suffix = SEED;
        for (c, slot) in tail.into_iter().rev().zip(&mut facets.suffix).take(length) {
            suffix = push(suffix, c);
            *slot = suffix;
        }
        facets.upper = capitals > 1 && small == 0;
        facets.length = u8::try_from(length).unwrap_or(u8::MAX);
        facets
    }
}

/// Digits as `0`, and one form for all quotes, and for all dashes.
fn normal(c: char) -> char {
    match c {
        '0'..='9' => '0',
        '«' | '»' | '“' | '”' | '„' | '‟' | '「' | '」' | '『' | '』' | '‹' | '›' => '"',
        '’' | '‘' | '`' | '´' => '\'',
        '–' | '—' | '‐' | '‑' | '−' => '-',
        _ => c,
    }
}

/// The hash of a word in lower case, as in [`Facets::lower`].
#[must_use]
pub fn lower(word: &str) -> u32 {
    Facets::new(word, false).lower
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_are_shared_by_words_that_look_alike() {
        let (a, b) = (Facets::new("Sevilla", true), Facets::new("Vigo", true));
        assert_eq!(a.brief, b.brief);
        assert_ne!(a.shape, b.shape);
        assert_eq!(Facets::new("NACIÓN", true).suffix, Facets::new("canción", false).suffix.map(|s| s));
        assert_eq!(Facets::new("1.200", false).form, Facets::new("3.450", false).form);
        assert_eq!(Facets::new("“", false).form, Facets::new("\"", false).form);
        assert_eq!(Facets::new("a", false).prefix[1], 0);
        assert!(Facets::new("ONU", true).upper && !Facets::new("Onu", true).upper);
    }
}
