//! The model files that ship inside the program.
//!
//! `models/es/model.bin` is the model `es`, `models/lexicon/names.bin` the lexicon `names`; their cards and recipes lie beside them.

use std::collections::BTreeMap;

use super::Error;
use super::tagger::Lexicons;
use super::tagger::gazetteer::Gazetteer;
use super::tagger::hash::Table;
use super::tagger::model::{self, Model};

/// File name below `models/`, hash of the contents, contents.
static EMBEDDED: &[(&str, &str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/models.rs"));

/// The bytes of a file by its name below `models/`, with `/` between folders.
#[must_use]
pub fn file(name: &str) -> Option<&'static [u8]> {
    EMBEDDED.iter().find(|(known, ..)| *known == name).map(|(.., bytes)| *bytes)
}

/// The names of all models.
pub fn names() -> impl Iterator<Item = &'static str> {
    EMBEDDED.iter().filter_map(|(name, ..)| name.strip_suffix("/model.bin"))
}

/// Every file with the hash of its contents, in hexadecimal.
#[must_use]
pub fn hashes() -> BTreeMap<String, String> {
    EMBEDDED.iter().map(|(name, hash, _)| ((*name).to_owned(), (*hash).to_owned())).collect()
}

/// The model of this name, if it ships.
///
/// # Errors
/// If its file is broken or of another version.
pub fn open(name: &str) -> Result<Option<Model<'static>>, Error> {
    let path = format!("{name}/model.bin");
    let Some(bytes) = file(&path) else { return Ok(None) };
    Model::open(bytes).map(Some).map_err(|e| Error::new(format!("models/{path}: {e}")))
}

/// The lexicons of these names; an empty name is an empty lexicon.
///
/// # Errors
/// If one does not ship or is broken.
pub fn lexicons(names: &str, clusters: &str) -> Result<Lexicons<'static>, Error> {
    Ok(Lexicons {
        names: Gazetteer::new(lexicon(names, Gazetteer::WIDTH)?),
        clusters: lexicon(clusters, Lexicons::CLUSTER_WIDTH)?,
    })
}

/// One slot without an entry.
static EMPTY: [u8; 4] = [0; 4];

fn lexicon(name: &str, width: usize) -> Result<Table<'static>, Error> {
    let path = format!("lexicon/{name}.bin");
    let broken = |e: model::Error| Error::new(format!("models/{path}: {e}"));
    if name.is_empty() {
        return Table::new(&EMPTY, width).ok_or_else(|| broken(model::Error::Broken));
    }
    let bytes = file(&path).ok_or_else(|| Error::new(format!("no lexicon models/{path}")))?;
    model::lexicon(bytes, width).map_err(broken)
}
