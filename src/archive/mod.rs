//! From the inputs of a call to a stream of documents: files, folders, standard input, packed or not, in any encoding.
//!
//! `news.jsonl.gz` with the line `{"id": "a1", "text": "cuesta 15 €", "date": "2024-05-23T10:00:00Z"}` gives one
//! [`Document`] with id `a1`, that text and `published = 2024-05-23`. Every record of every input ends in exactly one
//! [`Item`]: a document, or a [`Rejected`] row that says where and why. Memory stays flat: one record at a time.
//!
//! ```
//! use cuanto::archive::{Item, ReadOptions, plan};
//!
//! let folder = tempfile::tempdir()?;
//! let path = folder.path().join("news.jsonl");
//! std::fs::write(&path, "{\"id\": \"a1\", \"text\": \"cuesta 15 €\"}\n{broken\n")?;
//!
//! let inputs = plan(&[path.to_string_lossy()])?;
//! let items: Vec<Item> = inputs.items(&ReadOptions::default()).collect();
//! assert!(matches!(&items[0], Item::Document(document) if document.id == "a1"));
//! assert!(matches!(&items[1], Item::Rejected(row) if row.reason.starts_with("line 2: not JSON")));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A format is a file with a `format::Reader` and its line in `format::READERS`; it is chosen by content first and
//! name second. HTML, WARC, XML, zip and the other packers are recognised and refused by name.

mod date;
mod delimited;
mod encoding;
mod error;
mod fields;
mod format;
mod items;
mod json;
mod json_lines;
mod lines;
mod object;
mod plain;
mod plan;
mod splitter;
mod stream;
#[cfg(test)]
mod tests;

pub use error::{Error, ErrorKind};
pub use items::Items;
pub use plan::{Inputs, plan};

use crate::Document;

/// How records are read. The default is that of the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadOptions {
    /// Names of the field that holds the text; the first with text in it counts. `meta.body` reaches into an object.
    pub text_fields: Vec<String>,
    /// Names of the field that holds the record's id.
    pub id_fields: Vec<String>,
    /// Names of the field that holds the article's date.
    pub date_fields: Vec<String>,
    /// Names of the field that holds the headline.
    pub title_fields: Vec<String>,
    /// Names of the field that holds the language as a BCP 47 tag. The first that holds one decides; a later one that
    /// agrees in the language and says more (`es-MX` after `es`) refines it.
    pub language_fields: Vec<String>,
    /// Number of items after which reading ends.
    pub limit: Option<u64>,
    /// Length in bytes over which a line, a record or a plain text file is not read but gives a `failed` row.
    pub max_document_bytes: usize,
}

impl Default for ReadOptions {
    fn default() -> Self {
        let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        Self {
            text_fields: names(&["text", "body", "content", "articleBody"]),
            id_fields: names(&["id", "url"]),
            date_fields: names(&["published", "date", "datePublished"]),
            title_fields: names(&["title", "headline"]),
            language_fields: names(&["language", "lang", "locale"]),
            limit: None,
            max_document_bytes: 64 << 20,
        }
    }
}

/// What one record of the archive became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A text to analyse.
    Document(Document),
    /// A record without a text, and why.
    Rejected(Rejected),
}

/// A record, or a whole file, that is no document: a row of `documents` with its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// The record's own id, else path (and `#n` for the n-th record in it).
    pub id: String,
    /// Path of the file, `-` for standard input.
    pub source: String,
    /// Headline, if it could be read.
    pub title: Option<String>,
    /// Whether it failed or there is just nothing to read in it.
    pub status: Status,
    /// What is wrong, where, and how to mend it.
    pub reason: String,
}

/// Why a record is no document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// There is nothing to read: empty, or not a text.
    Skipped,
    /// There should be a text, and it cannot be read.
    Failed,
}

impl Status {
    /// The value of the column `status`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Skipped => "skipped",
            Self::Failed => "failed",
        }
    }
}
