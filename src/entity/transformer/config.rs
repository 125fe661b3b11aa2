//! A model's `config.json`: its labels, its kind, the length it takes; and the files of its folder.
//!
//! `"id2label": {"3": "B-PERSON"}` makes label 3 the beginning of a person's name. Labels of things that are no names, such as `DATE` or
//! `CARDINAL`, count as none; classes beyond our four are MISC.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::entity::{EntityType, Error};

/// Where in a name a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// It begins a name of its own.
    Begin,
    /// It goes on with a name, or begins one where none is open.
    Inside,
}

/// What a model says of itself.
#[derive(Debug)]
pub struct Config {
    /// `bert`, `xlm-roberta`, …
    pub model_type: String,
    /// By the number of the label: its position and the number of its class, `None` outside of names.
    labels: Vec<Option<(Position, usize)>>,
    classes: Vec<EntityType>,
    positions: usize,
}

#[derive(Deserialize)]
struct File {
    model_type: String,
    #[serde(default)]
    id2label: BTreeMap<String, String>,
    #[serde(default = "positions")]
    max_position_embeddings: usize,
}

/// What nearly all encoders take.
fn positions() -> usize {
    512
}

/// OntoNotes' classes of things that have no name.
const NO_NAMES: [&str; 8] = ["DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL", "NUM"];

/// Names that data sets give to our classes: CoNLL, OntoNotes, WNUT, Few-NERD, WikiANN, GermEval.
const CLASSES: [(EntityType, &[&str]); 3] = [
    (EntityType::Per, &["PER", "PERS", "PERSON", "PEOPLE", "PERDERIV", "PERPART"]),
    (EntityType::Org, &["ORG", "ORGANIZATION", "ORGANISATION", "CORP", "CORPORATION", "COMPANY", "GROUP"]),
    (EntityType::Loc, &["LOC", "LOCATION", "GPE", "GEO", "PLACE", "FAC", "FACILITY", "BUILDING"]),
];

impl Config {
    /// Reads `config.json`.
    ///
    /// # Errors
    /// If it is no JSON, or names no labels.
    pub fn parse(json: &str) -> Result<Self, Error> {
        let file: File = serde_json::from_str(json).map_err(|e| Error::new(e.to_string()))?;
        let mut config =
            Self { model_type: file.model_type, labels: Vec::new(), classes: Vec::new(), positions: positions() };
        // Models of this family number positions from past the padding's number, which is 1.
        let reserved = if config.model_type.contains("roberta") || config.model_type == "camembert" { 2 } else { 0 };
        config.positions = file.max_position_embeddings.saturating_sub(reserved).min(positions());
        let mut kinds: Vec<String> = Vec::new();
        for (number, label) in file.id2label {
            let number: usize =
                number.parse().map_err(|_| Error::new(format!("id2label has '{number}' for a number")))?;
            let label = label.trim();
            let (position, kind) = match label.split_once(['-', '_']) {
                Some(("B" | "S" | "U", kind)) => (Position::Begin, kind),
                Some(("I" | "E" | "L" | "M", kind)) => (Position::Inside, kind),
                _ => (Position::Inside, label),
            };
            if label.starts_with("LABEL_") {
                return Err(Error::new(format!("id2label says '{label}' and not what it stands for: name the labels")));
            }
            let kind = kind.to_uppercase();
            let parsed = (kind != "O" && !NO_NAMES.contains(&kind.as_str())).then(|| {
                let known = kinds.iter().position(|k| *k == kind);
                let index = known.unwrap_or_else(|| {
                    let class = CLASSES.iter().find(|(_, names)| names.contains(&kind.as_str()));
                    config.classes.push(class.map_or(EntityType::Misc, |(class, _)| *class));
                    kinds.push(kind);
                    kinds.len() - 1
                });
                (position, index)
            });
            if config.labels.len() <= number {
                config.labels.resize(number + 1, None);
            }
            if let Some(slot) = config.labels.get_mut(number) {
                *slot = parsed;
            }
        }
        if config.classes.is_empty() {
            return Err(Error::new("id2label names no class of names, so this is no token classifier for names"));
        }
        Ok(config)
    }

    /// How many pieces a text may have, without the marks at its ends.
    #[must_use]
    pub fn pieces(&self) -> usize {
        self.positions.saturating_sub(2).max(1)
    }

    /// Position and class of a label by its number; `None` outside of names.
    #[must_use]
    pub fn label(&self, number: usize) -> Option<(Position, usize)> {
        self.labels.get(number).copied().flatten()
    }

    /// Our class of a class of labels.
    #[must_use]
    pub fn class(&self, kind: usize) -> Option<EntityType> {
        self.classes.get(kind).copied()
    }

    /// How many labels the model gives a score.
    #[must_use]
    pub fn labels(&self) -> usize {
        self.labels.len()
    }
}

/// A folder with a model.
#[derive(Clone, Copy, Debug)]
pub struct Folder<'p>(pub &'p Path);

impl Folder<'_> {
    /// The first of these files that is there.
    ///
    /// # Errors
    /// If none is; the message ends with `how`, which says where such a file comes from.
    pub fn file(&self, names: &[&str], how: &str) -> Result<PathBuf, Error> {
        if !self.0.is_dir() {
            return Err(Error::new(format!("{}: no such folder; give the folder of a model", self.0.display())));
        }
        let found = names.iter().map(|name| self.0.join(name)).find(|path| path.is_file());
        found.ok_or_else(|| Error::new(format!("{}: no {}; {how}", self.0.display(), names.join(" or "))))
    }

    /// Its configuration.
    ///
    /// # Errors
    /// If there is none, or it is of no use.
    pub fn config(&self) -> Result<Config, Error> {
        let path = self.file(&["config.json"], "it comes with the model")?;
        let json = fs::read_to_string(&path).map_err(|e| Error::new(format!("{}: {e}", path.display())))?;
        Config::parse(&json)
            .map_err(|e| Error::new(format!("{}: {e}; take the file that comes with the model", path.display())))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail by panic")]
    use super::*;

    #[test]
    fn labels_become_our_classes() {
        let json = r#"{"model_type": "xlm-roberta", "max_position_embeddings": 514, "id2label":
            {"0": "O", "1": "B-person", "2": "I-GPE", "3": "B-DATE", "4": "S-Work", "10": "ORG"}}"#;
        let config = Config::parse(json).unwrap();
        let class = |number| config.label(number).and_then(|(position, kind)| Some((position, config.class(kind)?)));
        assert_eq!(class(0), None);
        assert_eq!(class(1), Some((Position::Begin, EntityType::Per)));
        assert_eq!(class(2), Some((Position::Inside, EntityType::Loc)));
        assert_eq!(class(3), None);
        assert_eq!(class(4), Some((Position::Begin, EntityType::Misc)));
        assert_eq!(class(10), Some((Position::Inside, EntityType::Org)));
        assert_eq!((config.labels(), config.pieces()), (11, 510));
    }

    #[test]
    fn what_is_missing_is_said() {
        for (json, says) in [
            ("{", "EOF"),
            (r#"{"model_type": "bert"}"#, "no token classifier"),
            (r#"{"model_type": "bert", "id2label": {"0": "LABEL_0"}}"#, "name the labels"),
        ] {
            let error = Config::parse(json).unwrap_err().to_string();
            assert!(error.contains(says), "{error}");
        }
        let dir = tempfile::tempdir().unwrap();
        let error = Folder(dir.path()).config().unwrap_err().to_string();
        assert!(error.ends_with("no config.json; it comes with the model"), "{error}");
        fs::write(dir.path().join("config.json"), "{\"model_type\": \"bert\"").unwrap();
        let error = Folder(dir.path()).config().unwrap_err().to_string();
        assert!(
            error.contains("config.json: EOF") && error.ends_with("take the file that comes with the model"),
            "{error}"
        );
    }
}
