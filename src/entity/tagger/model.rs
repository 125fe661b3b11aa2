//! Model files: weights of features in eight bits; and lexicon files, which several models share.
//!
//! ```text
//! "cuanto-ner\n"  version u32 | scale f32 | transitions 17×17 f32 | names | clusters | (fingerprint u16, 17 × i8)…
//! "cuanto-lex\n"  width u8 | (fingerprint u16, width bytes)…
//! ```
//! All numbers are little-endian; `names` and `clusters` are the lexicons that the model was trained with, each a length in one
//! byte and that many bytes of UTF-8. A weight of 64 with scale 0.02 adds 1.28 to a label's score. Files are used as they lie in
//! memory.

use std::fmt;

use super::decode::{Scores, Transitions};
use super::features::TEMPLATES;
use super::hash::{Table, build};
use super::labels::COUNT;

const MAGIC: &[u8] = b"cuanto-ner\n";
const LEXICON: &[u8] = b"cuanto-lex\n";

/// A trained model over the bytes of its file.
#[derive(Clone, Debug)]
pub struct Model<'a> {
    weights: Table<'a>,
    scale: f32,
    /// Scores of neighbouring labels.
    pub transitions: Transitions,
    /// The lexicon of names that it was trained with; empty for none.
    pub names: &'a str,
    /// The lexicon of clusters that it was trained with; empty for none.
    pub clusters: &'a str,
}

/// Why bytes are no model or lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Error {
    /// They do not begin as such a file does, or end too early.
    Broken,
    /// A model for other feature templates than this program's.
    Version(u32),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken => f.write_str("this is no file of models/, or it is cut short"),
            Self::Version(found) => {
                write!(
                    f,
                    "the model was trained for feature templates {found}, this program has {TEMPLATES}: train it again"
                )
            }
        }
    }
}

impl std::error::Error for Error {}

/// Takes parts off the front of a file.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], Error> {
        let (part, rest) = self.0.split_at_checked(count).ok_or(Error::Broken)?;
        self.0 = rest;
        Ok(part)
    }

    fn byte(&mut self) -> Result<usize, Error> {
        self.take(1)?.first().copied().map(usize::from).ok_or(Error::Broken)
    }

    fn number(&mut self) -> Result<[u8; 4], Error> {
        self.take(4)?.try_into().map_err(|_| Error::Broken)
    }

    fn name(&mut self) -> Result<&'a str, Error> {
        let length = self.byte()?;
        std::str::from_utf8(self.take(length)?).map_err(|_| Error::Broken)
    }
}

/// The table of a lexicon file whose values have `width` bytes.
///
/// # Errors
/// If it is no lexicon, or one of another kind.
pub fn lexicon(bytes: &[u8], width: usize) -> Result<Table<'_>, Error> {
    let mut bytes = Bytes(bytes.strip_prefix(LEXICON).ok_or(Error::Broken)?);
    if bytes.byte()? != width {
        return Err(Error::Broken);
    }
    Table::new(bytes.0, width).ok_or(Error::Broken)
}

/// The bytes of a lexicon file.
#[must_use]
pub fn encode_lexicon(entries: Vec<(u32, Vec<u8>)>, width: u8) -> Vec<u8> {
    [LEXICON, &[width], &build(entries, usize::from(width))].concat()
}

impl<'a> Model<'a> {
    /// A model over the bytes of its file.
    ///
    /// # Errors
    /// If they are no model, or one for other templates.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Error> {
        let mut bytes = Bytes(bytes.strip_prefix(MAGIC).ok_or(Error::Broken)?);
        let version = u32::from_le_bytes(bytes.number()?);
        if version != TEMPLATES {
            return Err(Error::Version(version));
        }
        let scale = f32::from_le_bytes(bytes.number()?);
        let mut transitions = [[0.0; COUNT]; COUNT];
        for row in &mut transitions {
            for score in row {
                *score = f32::from_le_bytes(bytes.number()?);
            }
        }
        let (names, clusters) = (bytes.name()?, bytes.name()?);
        let weights = Table::new(bytes.0, COUNT).ok_or(Error::Broken)?;
        Ok(Self { weights, scale, transitions: Transitions::new(transitions), names, clusters })
    }

    /// Adds a feature's weights to `scores`, in steps of the scale.
    pub fn add(&self, feature: u32, scores: &mut [i32; COUNT]) {
        if let Some(weights) = self.weights.get(feature) {
            for (score, weight) in scores.iter_mut().zip(weights) {
                *score += i32::from(weight.cast_signed());
            }
        }
    }

    /// Sums of steps as scores.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "sums of a hundred bytes")]
    pub fn scores(&self, steps: &[i32; COUNT]) -> Scores {
        steps.map(|sum| sum as f32 * self.scale)
    }
}

/// What a model file is made of.
#[derive(Clone, Debug, Default)]
pub struct Parts<'n> {
    /// Feature → weights of the labels.
    pub weights: Vec<(u32, [f32; COUNT])>,
    /// Scores of neighbouring labels.
    pub transitions: Transitions,
    /// The lexicon of names, below 256 bytes.
    pub names: &'n str,
    /// The lexicon of clusters, below 256 bytes.
    pub clusters: &'n str,
}

impl Parts<'_> {
    /// The bytes of the model file. Weights below `least` become 0; the others are rounded to 127 steps up to `most`, where they are
    /// clipped. Features whose weights are all 0 are left out.
    #[must_use]
    pub fn encode(&self, least: f32, most: f32) -> Vec<u8> {
        let scale = most / 127.0;
        #[expect(clippy::cast_possible_truncation, reason = "clamped to the range of a byte")]
        let step =
            |weight: f32| if weight.abs() < least { 0 } else { (weight / scale).round().clamp(-127.0, 127.0) as i8 };
        let rows = self.weights.iter().filter_map(|(key, weights)| {
            let steps = weights.map(|w| step(w).cast_unsigned());
            steps.iter().any(|&s| s != 0).then(|| (*key, steps.to_vec()))
        });
        let mut out = MAGIC.to_vec();
        out.extend(TEMPLATES.to_le_bytes());
        out.extend(scale.to_le_bytes());
        for score in self.transitions.scores.iter().flatten() {
            out.extend(score.to_le_bytes());
        }
        for name in [self.names, self.clusters] {
            let length = u8::try_from(name.len()).unwrap_or(0);
            out.push(length);
            out.extend(name.bytes().take(usize::from(length)));
        }
        out.extend(build(rows.collect(), COUNT));
        out
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn a_model_survives_its_file() {
        let mut weights = [0.0; COUNT];
        weights[3] = 1.28;
        let weights = vec![(7, weights), (9, [0.001; COUNT])];
        let parts = Parts { weights, names: "names", clusters: "", ..Parts::default() };
        let bytes = parts.encode(0.05, 2.54);
        let model = Model::open(&bytes).unwrap();
        let mut steps = [0; COUNT];
        model.add(7, &mut steps);
        model.add(9, &mut steps);
        assert!((model.scores(&steps)[3] - 1.28).abs() < 1e-5 && steps.iter().filter(|&&s| s != 0).count() == 1);
        assert_eq!((model.names, model.clusters), ("names", ""));
        assert_eq!(Model::open(bytes.split_at(bytes.len() - 1).0).err(), Some(Error::Broken));
        assert_eq!(Model::open(b"PK").err(), Some(Error::Broken));
    }

    #[test]
    fn a_lexicon_survives_its_file() {
        let bytes = encode_lexicon(vec![(5, vec![7, 0])], 2);
        assert_eq!(lexicon(&bytes, 2).unwrap().get(5), Some(&[7, 0][..]));
        assert_eq!(lexicon(&bytes, 3).err(), Some(Error::Broken));
    }
}
