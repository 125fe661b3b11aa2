//! `--entities`: which recogniser of names a run uses. All that the command line knows of recognisers is in this file.
//!
//! `--entities onnx:models/mine` opens the token classifier in that folder, if the program was built with the feature `neural`.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufReader, Read as _};
use std::path::{Path, PathBuf};

use cuanto::entity::builtin::Builtin;
use cuanto::entity::{EntityRecognizer, models};
use cuanto::pack::content_hash;
use serde::{Serialize, Serializer};

use super::Failure;

/// A recogniser of names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recognizer {
    /// None.
    Off,
    /// The models that ship with the program.
    Builtin,
    /// A transformer's folder, run by rust-bert.
    RustBert(PathBuf),
    /// A transformer's folder in the form of ONNX.
    Onnx(PathBuf),
}

/// Reads the option.
pub fn parse(option: &str) -> Result<Recognizer, String> {
    let folder = |folder: &str| if folder.is_empty() { None } else { Some(PathBuf::from(folder)) };
    match option.split_once(':').map_or((option, None), |(kind, path)| (kind, folder(path))) {
        ("off", None) => Ok(Recognizer::Off),
        ("builtin", None) => Ok(Recognizer::Builtin),
        ("rust-bert", Some(folder)) => Ok(Recognizer::RustBert(folder)),
        ("onnx", Some(folder)) => Ok(Recognizer::Onnx(folder)),
        ("rust-bert" | "onnx", None) => Err(format!("name the folder of a model, as in `{option}:models/mine`")),
        _ => Err("give `off`, `builtin`, `rust-bert:DIR` or `onnx:DIR`".to_owned()),
    }
}

impl Recognizer {
    /// Opens the recogniser.
    pub fn open(&self) -> Result<Option<Box<dyn EntityRecognizer>>, Failure> {
        match self {
            Self::Off => Ok(None),
            Self::Builtin => Ok(Some(Box::new(Builtin::open()?))),
            #[cfg(feature = "rust-bert")]
            Self::RustBert(folder) => Ok(Some(Box::new(cuanto::entity::transformer::rust_bert::open(folder)?))),
            #[cfg(not(feature = "rust-bert"))]
            Self::RustBert(_) => Err(missing(
                "rust-bert",
                "`cargo build --release --features rust-bert` after `scripts/libtorch.sh DIR`",
            )),
            #[cfg(feature = "neural")]
            Self::Onnx(folder) => Ok(Some(Box::new(cuanto::entity::transformer::onnx::open(folder)?))),
            #[cfg(not(feature = "neural"))]
            Self::Onnx(_) => Err(missing("onnx", "`cargo build --release --features neural`")),
        }
    }

    /// The models that a run uses, with the hashes of their contents, for its manifest.
    pub fn hashes(&self) -> BTreeMap<String, String> {
        match self {
            Self::Off => BTreeMap::new(),
            Self::Builtin => models::hashes(),
            Self::RustBert(folder) | Self::Onnx(folder) => file_hashes(folder),
        }
    }
}

/// The hashes of the files in a model's folder.
fn file_hashes(folder: &Path) -> BTreeMap<String, String> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten().filter(|entry| entry.path().is_file());
    let hash = |entry: fs::DirEntry| {
        let bytes = BufReader::new(fs::File::open(entry.path()).ok()?).bytes().map_while(Result::ok);
        Some((entry.path().display().to_string(), content_hash(bytes)))
    };
    files.filter_map(hash).collect()
}

#[cfg(not(all(feature = "rust-bert", feature = "neural")))]
fn missing(option: &str, how: &str) -> Failure {
    Failure::from(format!("this program was built without {option}: build it with {how}"))
}

impl Serialize for Recognizer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Off => serializer.serialize_str("off"),
            Self::Builtin => serializer.serialize_str("builtin"),
            Self::RustBert(folder) => serializer.collect_str(&format_args!("rust-bert:{}", folder.display())),
            Self::Onnx(folder) => serializer.collect_str(&format_args!("onnx:{}", folder.display())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recognizer_is_named_with_its_folder() {
        assert_eq!(parse("builtin"), Ok(Recognizer::Builtin));
        assert_eq!(parse("onnx:a:b"), Ok(Recognizer::Onnx("a:b".into())));
        for wrong in ["", "onnx", "onnx:", "rust-bert", "builtin:x", "spacy"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
