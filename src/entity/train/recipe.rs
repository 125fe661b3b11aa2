//! `models/*/recipe.toml`: what a model is trained on, and how.
//!
//! ```toml
//! names = "names"
//! clusters = "es"
//! test = ["es/cess-dev.conll"]
//! [[train]]
//! file = "es/cess-train.conll"
//! ```

use std::path::Path;

use serde::Deserialize;

use super::conll::{self, Example};
use super::crf::Options;
use crate::entity::Error;

/// A recipe. Files stand relative to the folder of training data.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// Lexicon of names; empty for none.
    #[serde(default)]
    pub names: String,
    /// Lexicon of clusters; empty for none.
    #[serde(default)]
    pub clusters: String,
    /// Pack that cuts the text into tokens; the model's own name where it is missing.
    #[serde(default)]
    pub pack: Option<String>,
    /// What is trained on, in order.
    pub train: Vec<Part>,
    /// Files that a training is measured by; never trained on.
    #[serde(default)]
    pub test: Vec<String>,
    /// Words that the training files part and the language does not: `["de o", "do"]`. Sentences with them are learned both ways.
    #[serde(default)]
    pub contractions: Vec<(String, String)>,
    /// Other mentions of a word in an article are asked.
    #[serde(default)]
    pub memory: bool,
    /// How to train.
    #[serde(default)]
    pub options: Options,
    /// Weights below this are left out of the model.
    #[serde(default = "least")]
    pub least: f32,
    /// Weights above this are clipped.
    #[serde(default = "most")]
    pub most: f32,
}

fn least() -> f32 {
    0.05
}

fn most() -> f32 {
    4.0
}

/// A training file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Its path.
    pub file: String,
    /// The last of every so many blocks of twenty sentences is held out, and measured; 0 holds none out.
    #[serde(default)]
    pub hold_out: usize,
    /// How often its sentences are seen in a round.
    #[serde(default = "once")]
    pub times: usize,
    /// Names of these classes are taken as no names: their annotation is not to be trusted.
    #[serde(default)]
    pub without: Vec<String>,
    /// Only sentences with a name.
    #[serde(default)]
    pub named_only: bool,
}

fn once() -> usize {
    1
}

impl Recipe {
    /// Reads `models/NAME/recipe.toml`.
    ///
    /// # Errors
    /// If it cannot be read or is no recipe.
    pub fn read(path: &Path) -> Result<Self, Error> {
        toml::from_str(&read(path)?).map_err(|e| Error::new(format!("{}: {}", path.display(), e.message())))
    }

    /// The sentences to train on, and those held out of them.
    ///
    /// # Errors
    /// If a file cannot be read or is no training file.
    pub fn examples(&self, data: &Path) -> Result<(Vec<Example>, Vec<Example>), Error> {
        let (mut kept, mut held_out, mut blocks) = (Vec::new(), Vec::new(), 0);
        for part in &self.train {
            let (mut own, held) = split(examples(&data.join(&part.file))?, part.hold_out);
            for (at, example) in own.iter_mut().enumerate() {
                example.block = blocks + at / BLOCK;
            }
            blocks += own.len() / BLOCK + 1;
            held_out.extend(held);
            for example in &mut own {
                example.names.retain(|name| !part.without.iter().any(|class| class == name.2.as_str()));
            }
            own.retain(|example| !part.named_only || !example.names.is_empty());
            let contracted: Vec<Example> = own.iter().filter_map(|e| contract(e, &self.contractions)).collect();
            for _ in 0..part.times {
                kept.extend_from_slice(&own);
                kept.extend_from_slice(&contracted);
            }
        }
        Ok((kept, held_out))
    }
}

/// Sentences of a block.
const BLOCK: usize = 20;

/// The last of every `every` blocks of twenty sentences apart: neighbours share an article, and names with it.
fn split(examples: Vec<Example>, every: usize) -> (Vec<Example>, Vec<Example>) {
    let (mut kept, mut held) = (Vec::new(), Vec::new());
    for (at, example) in examples.into_iter().enumerate() {
        if every > 0 && (at / BLOCK) % every == every - 1 { held.push(example) } else { kept.push(example) }
    }
    (kept, held)
}

/// The sentences of a training file.
///
/// # Errors
/// If it cannot be read or is no training file.
pub fn examples(path: &Path) -> Result<Vec<Example>, Error> {
    conll::parse(&read(path)?).map_err(|e| Error::new(format!("{}: {e}", path.display())))
}

fn read(path: &Path) -> Result<String, Error> {
    std::fs::read_to_string(path).map_err(|e| Error::new(format!("cannot read {}: {e}", path.display())))
}

/// The sentence with its words contracted, if any are; a pair of which one word is in a name and the other is not stays.
fn contract(example: &Example, contractions: &[(String, String)]) -> Option<Example> {
    let mut made = Example { block: example.block, ..Example::default() };
    let inside = |at: usize| example.names.iter().position(|n| n.0 <= at && at < n.1);
    // Where each old word stands among the new ones.
    let mut moved = Vec::with_capacity(example.words.len() + 1);
    let mut at = 0;
    while let Some(word) = example.words.get(at) {
        moved.push(made.words.len());
        let joined = example.words.get(at + 1).filter(|_| inside(at) == inside(at + 1)).and_then(|next| {
            let pair = format!("{} {}", word.to_lowercase(), next.to_lowercase());
            contractions.iter().find(|(parted, _)| *parted == pair)
        });
        if let Some((_, whole)) = joined {
            moved.push(made.words.len());
            let capital = word.chars().next().is_some_and(char::is_uppercase);
            let mut letters = whole.chars();
            let first = letters.next().map(|c| if capital { c.to_uppercase().to_string() } else { c.to_string() });
            made.words.push(first.unwrap_or_default() + letters.as_str());
            at += 2;
        } else {
            made.words.push(word.clone());
            at += 1;
        }
    }
    if made.words.len() == example.words.len() {
        return None;
    }
    moved.push(made.words.len());
    let place = |at: usize| moved.get(at).copied().unwrap_or(made.words.len());
    made.names = example.names.iter().map(|&(from, to, class)| (place(from), place(to - 1) + 1, class)).collect();
    Some(made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contracted_words_keep_their_names() {
        let text = "Saiu\tO\nde\tO\no\tO\nBanco\tB-ORG\nde\tI-ORG\no\tI-ORG\nSul\tI-ORG\n.\tO\n";
        let examples = conll::parse(text).unwrap_or_default();
        let made = examples.first().and_then(|e| contract(e, &[("de o".to_owned(), "do".to_owned())]));
        let made = made.unwrap_or_default();
        assert_eq!(made.words, ["Saiu", "do", "Banco", "do", "Sul", "."]);
        assert_eq!(made.names, [(2, 5, crate::entity::EntityType::Org)]);
        assert!(contract(&made, &[]).is_none());
    }
}
