//! Where pack files come from: the program itself, or a folder given with `--packs`.
//!
//! `packs/es/numerals.tsv` is the file `es/numerals.tsv` of both; a file in the folder overrides the embedded one of the
//! same name, a new folder adds a language.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use super::error::{Error, ErrorKind};

/// The files, each with where its name begins and ends in the text of all names.
static EMBEDDED: (&[(usize, usize, &str)], &str) = include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// Every pack file by its name relative to the packs' root, with `/` between folders.
#[derive(Debug, Clone)]
pub struct Source {
    files: BTreeMap<String, Cow<'static, str>>,
}

impl Source {
    /// The packs that ship inside the program.
    #[must_use]
    pub fn embedded() -> Self {
        let (files, names) = EMBEDDED;
        let named = |&(from, to, text): &(usize, usize, &'static str)| {
            (names.get(from..to).unwrap_or_default().to_owned(), Cow::Borrowed(text))
        };
        Self { files: files.iter().map(named).collect() }
    }

    /// The embedded packs, overridden file by file by those in `folder`.
    ///
    /// # Errors
    /// If the folder or one of its `.tsv` and `.toml` files cannot be read as UTF-8.
    pub fn with_folder(folder: &Path) -> Result<Self, Error> {
        let mut source = Self::embedded();
        for entry in ignore::WalkBuilder::new(folder).standard_filters(false).build() {
            let entry = entry.map_err(|e| ErrorKind::Read { path: folder.to_owned(), reason: e.to_string() })?;
            let path = entry.path();
            if !path.extension().is_some_and(|e| e == "tsv" || e == "toml") {
                continue;
            }
            let text = std::fs::read_to_string(path)
                .map_err(|e| ErrorKind::Read { path: path.to_owned(), reason: e.to_string() })?;
            let name = path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/");
            source.files.insert(name, Cow::Owned(text));
        }
        Ok(source)
    }

    /// The text of one file.
    #[must_use]
    pub fn file(&self, name: &str) -> Option<&str> {
        self.files.get(name).map(AsRef::as_ref)
    }

    /// The tags of all packs: the folders that hold a `pack.toml`.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.files.keys().filter_map(|name| name.strip_suffix("/pack.toml"))
    }

    /// The files of one pack; those common to all where the tag is empty.
    pub fn files_of<'a>(&'a self, tag: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files
            .iter()
            .filter(move |(name, _)| match tag {
                "" => !name.contains('/'),
                tag => name.strip_prefix(tag).is_some_and(|rest| rest.starts_with('/')),
            })
            .map(|(name, text)| (name.as_str(), text.as_ref()))
    }
}

/// FNV-1a, of 64 bits, in hexadecimal: to tell contents apart, not to guard them.
pub fn content_hash(bytes: impl Iterator<Item = u8>) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in bytes {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    format!("{hash:016x}")
}
