//! The data a vote is counted with: function words and scripts, read from lines of text.
//!
//! `es<TAB>words<TAB>el la los` says that three words are closed-class words of Spanish; `zh ja<TAB>script<TAB>4E00-9FFF`
//! that letters in that range belong to Chinese or Japanese, Chinese where nothing else is seen; `pl<TAB>letters<TAB>ąęł`
//! that Polish writes these, and a language without them in its own line does not. Words are kept by hash of their
//! lower-case letters, so that a vote looks each word up once and copies none.

use std::fmt;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;

use super::LanguageCode;

/// Most languages that may own words: one bit each.
pub(super) const MOST_LANGUAGES: usize = 128;
/// Most scripts that may be told apart.
pub(super) const MOST_SCRIPTS: usize = 48;
/// Letters below this code point are looked up in a table, as they are frequent.
const NEAR_LETTERS: usize = 0x800;

/// A line of the evidence that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub kind: ErrorKind,
}

/// What is wrong with a line of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Not three columns separated by tabs.
    Columns,
    /// A language that is no ISO 639-1 code, or `und` among words.
    Language(String),
    /// A second column that is none of `words`, `letters` and `script`.
    Column(String),
    /// Not a range of code points such as `0370-03FF`.
    Range(String),
    /// More languages or scripts than there is room for.
    TooMany,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "language evidence, line {}: ", self.line)?;
        match &self.kind {
            ErrorKind::Columns => {
                write!(f, "expected `language`, `words`, `letters` or `script`, and values, separated by tabs")
            }
            ErrorKind::Language(code) => write!(f, "`{code}` is no two-letter language code"),
            ErrorKind::Column(name) => write!(f, "`{name}` should be `words`, `letters` or `script`"),
            ErrorKind::Range(range) => write!(f, "`{range}` should be two code points such as `0370-03FF`"),
            ErrorKind::TooMany => {
                write!(
                    f,
                    "more than {MOST_LANGUAGES} languages with words or {MOST_SCRIPTS} scripts; merge or drop some"
                )
            }
        }
    }
}

impl std::error::Error for Error {}

/// A word some languages own.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// One bit a language, by its index.
    pub owners: u128,
    /// What the word says for each of its owners.
    pub weight: f32,
}

/// Letters of one script.
#[derive(Clone, Copy, Debug)]
struct Range {
    first: u32,
    last: u32,
    script: u8,
}

/// All evidence, ready to look up.
#[derive(Debug)]
pub(super) struct Evidence {
    /// Languages with words; a language's index is its bit in [`Word::owners`].
    pub languages: Vec<LanguageCode>,
    /// For each script the languages written in it, the one assumed first in front; one `und` where only words tell.
    pub scripts: Vec<Vec<LanguageCode>>,
    words: FxHashMap<u64, Word>,
    ranges: Vec<Range>,
    /// Who writes a letter, by code point; nobody where all may.
    near: Vec<u128>,
    far: FxHashMap<char, u128>,
}

/// The hash of no letters; feed letters with [`hash_letter`].
pub(super) const NO_LETTERS: u64 = 0;

/// Adds one lower-case letter to a word's hash.
#[inline]
pub(super) fn hash_letter(hash: u64, letter: char) -> u64 {
    (hash.rotate_left(5) ^ u64::from(letter)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

fn hash_word(word: &str) -> u64 {
    word.chars().flat_map(char::to_lowercase).fold(NO_LETTERS, hash_letter)
}

/// A combining accent: part of a decomposed letter.
#[inline]
pub(super) fn is_accent(letter: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&letter)
}

impl Evidence {
    /// Reads the lines; see the module's words for their form. Blank lines and lines that start with `#` say nothing.
    ///
    /// # Errors
    /// At the first line that cannot be used.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut evidence = Self {
            languages: Vec::new(),
            scripts: Vec::new(),
            words: FxHashMap::default(),
            ranges: Vec::new(),
            near: vec![0; NEAR_LETTERS],
            far: FxHashMap::default(),
        };
        let mut plain = Vec::new();
        for (index, line) in text.lines().enumerate() {
            if !line.trim().is_empty() && !line.starts_with('#') {
                evidence.read_line(line, &mut plain).map_err(|kind| Error { line: index + 1, kind })?;
            }
        }
        // A form typed without its accents speaks for the accented word unless some language owns the bare form.
        let mut stripped: FxHashMap<u64, Word> = FxHashMap::default();
        for (bare, owner) in plain.into_iter().filter(|(bare, _)| !evidence.words.contains_key(bare)) {
            stripped.entry(bare).or_insert(Word { owners: 0, weight: 0.0 }).owners |= owner;
        }
        evidence.words.extend(stripped);
        evidence.words.values_mut().for_each(|word| word.weight = weight(word.owners.count_ones()));
        evidence.ranges.sort_by_key(|range| range.first);
        Ok(evidence)
    }

    fn read_line(&mut self, line: &str, plain: &mut Vec<(u64, u128)>) -> Result<(), ErrorKind> {
        let mut columns = line.split('\t');
        let (Some(languages), Some(column), Some(values), None) =
            (columns.next(), columns.next(), columns.next(), columns.next())
        else {
            return Err(ErrorKind::Columns);
        };
        let codes = languages
            .split(' ')
            .map(|code| LanguageCode::parse(code).ok_or_else(|| ErrorKind::Language(code.to_owned())))
            .collect::<Result<Vec<_>, _>>()?;
        match column {
            "words" => {
                let mut owners = 0;
                for code in codes {
                    owners |= self.owner(code)?;
                }
                for word in values.split_whitespace() {
                    self.words.entry(hash_word(word)).or_insert(Word { owners: 0, weight: 0.0 }).owners |= owners;
                    let bare: String = word.nfd().filter(|letter| !is_accent(*letter)).collect();
                    if bare != word {
                        plain.push((hash_word(&bare), owners));
                    }
                }
            }
            "letters" => {
                let owners = codes.into_iter().try_fold(0, |all, code| Ok(all | self.owner(code)?))?;
                for letter in values.chars().filter(|letter| !letter.is_whitespace()) {
                    match self.near.get_mut(letter as usize) {
                        Some(known) => *known |= owners,
                        None => *self.far.entry(letter).or_default() |= owners,
                    }
                }
            }
            "script" => {
                let script = u8::try_from(self.scripts.len()).map_err(|_| ErrorKind::TooMany)?;
                if usize::from(script) >= MOST_SCRIPTS {
                    return Err(ErrorKind::TooMany);
                }
                for range in values.split_whitespace() {
                    let (first, last) = read_range(range).ok_or_else(|| ErrorKind::Range(range.to_owned()))?;
                    self.ranges.push(Range { first, last, script });
                }
                self.scripts.push(codes);
            }
            other => return Err(ErrorKind::Column(other.to_owned())),
        }
        Ok(())
    }

    fn owner(&mut self, code: LanguageCode) -> Result<u128, ErrorKind> {
        if code.is_undetermined() {
            return Err(ErrorKind::Language(code.to_string()));
        }
        let index = self.languages.iter().position(|known| *known == code).unwrap_or_else(|| {
            self.languages.push(code);
            self.languages.len() - 1
        });
        if index < MOST_LANGUAGES { Ok(1 << index) } else { Err(ErrorKind::TooMany) }
    }

    /// The word with this hash, if a language owns it.
    #[inline]
    pub fn word(&self, hash: u64) -> Option<Word> {
        self.words.get(&hash).copied()
    }

    /// The languages that write a letter: all where the evidence does not say.
    #[inline]
    pub fn writers(&self, letter: char) -> u128 {
        let owners = match self.near.get(letter as usize) {
            Some(owners) => *owners,
            None => self.far.get(&letter).copied().unwrap_or_default(),
        };
        if owners == 0 { u128::MAX } else { owners }
    }

    /// The script of a letter outside the Latin alphabet, as an index into [`Evidence::scripts`].
    #[inline]
    pub fn script(&self, letter: char) -> Option<usize> {
        let code = u32::from(letter);
        let after = self.ranges.partition_point(|range| range.first <= code);
        let range = self.ranges.get(after.checked_sub(1)?)?;
        (code <= range.last).then_some(usize::from(range.script))
    }
}

fn read_range(range: &str) -> Option<(u32, u32)> {
    let (first, last) = range.split_once('-')?;
    let (first, last) = (u32::from_str_radix(first, 16).ok()?, u32::from_str_radix(last, 16).ok()?);
    (first <= last).then_some((first, last))
}

/// A word of one language counts fully; the more languages share it, the likelier a language we do not know has it too.
pub(super) fn weight(owners: u32) -> f32 {
    match owners {
        0 | 1 => 1.0,
        2 => 0.9,
        3 => 0.8,
        4 => 0.7,
        5 => 0.6,
        _ => 0.5,
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

    use super::{ErrorKind, Evidence, hash_word};
    const EVIDENCE: &str = include_str!("../../packs/und/identify.tsv");

    #[test]
    fn a_line_that_cannot_be_used_is_named() {
        for (text, line, kind) in [
            ("# note\n\nes words el", 3, ErrorKind::Columns),
            ("spa\twords\tel", 1, ErrorKind::Language("spa".to_owned())),
            ("und\twords\tel", 1, ErrorKind::Language("und".to_owned())),
            ("es\tword\tel", 1, ErrorKind::Column("word".to_owned())),
            ("es\twords\tel\nel\tscript\t03FF-0370", 2, ErrorKind::Range("03FF-0370".to_owned())),
        ] {
            let error = Evidence::parse(text).unwrap_err();
            assert_eq!((error.line, &error.kind), (line, &kind), "{text:?} gave {error}");
        }
    }

    #[test]
    fn a_bare_form_speaks_for_the_accented_word_unless_a_language_owns_it() {
        let evidence = Evidence::parse("es\twords\ttambién él\nca\twords\tel").unwrap();
        assert_eq!(evidence.word(hash_word("TAMBIEN")).unwrap().owners, 1);
        assert_eq!(evidence.word(hash_word("el")).unwrap().owners, 2);
    }

    #[test]
    fn a_letter_is_of_those_who_write_it_and_of_all_where_nobody_says() {
        let evidence = Evidence::parse("es\twords\tel\nes gl\tletters\tñ\npl\tletters\tą ł ế").unwrap();
        assert_eq!(evidence.writers('ñ'), 0b11);
        assert_eq!(evidence.writers('ł'), 0b100);
        assert_eq!(evidence.writers('ế'), 0b100);
        assert_eq!((evidence.writers('é'), evidence.writers('中')), (u128::MAX, u128::MAX));
    }

    #[test]
    fn the_shipped_evidence_has_no_word_twice_for_one_language_and_no_overlapping_ranges() {
        let evidence = Evidence::parse(EVIDENCE).unwrap();
        let mut seen = std::collections::HashSet::new();
        for line in EVIDENCE.lines().filter(|line| line.contains("\twords\t")) {
            let (code, words) = line.split_once("\twords\t").unwrap();
            for word in words.split(' ') {
                assert!(seen.insert((code, word)), "{word} stands twice among the words of {code}");
            }
        }
        for pair in evidence.ranges.windows(2) {
            if let [left, right] = pair {
                assert!(left.last < right.first, "script ranges overlap at {:04X}", right.first);
            }
        }
    }
}
