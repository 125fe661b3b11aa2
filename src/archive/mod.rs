//! Placeholder until the archive branch is merged: standard input, JSON Lines and plain text.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::Document;

/// How records are read.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// Names of the field with the text.
    pub text_fields: Vec<String>,
    /// Names of the field with the id.
    pub id_fields: Vec<String>,
    /// Names of the field with the date.
    pub date_fields: Vec<String>,
    /// Names of the field with the headline.
    pub title_fields: Vec<String>,
    /// Names of the field with the language.
    pub language_fields: Vec<String>,
    /// Stop after so many documents.
    pub limit: Option<u64>,
    /// Longest record.
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

/// Why a document has no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Left out on purpose.
    Skipped,
    /// Could not be read.
    Failed,
}

/// A document without text.
#[derive(Clone, Debug)]
pub struct Rejected {
    /// Its id.
    pub id: String,
    /// Its place.
    pub source: String,
    /// Its headline.
    pub title: Option<String>,
    /// Skipped or failed.
    pub status: Status,
    /// Why.
    pub reason: String,
}

impl Status {
    /// In the column `status`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Skipped => "skipped",
            Self::Failed => "failed",
        }
    }
}

/// One record of an archive.
#[derive(Clone, Debug)]
pub enum Item {
    /// An article.
    Document(Document),
    /// One that is none.
    Rejected(Rejected),
}

/// An input that cannot be used.
#[derive(Debug)]
pub struct Error(String);

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

/// The files to read.
#[derive(Debug)]
pub struct Inputs(Vec<(String, Option<u64>)>, Arc<AtomicU64>);

/// Looks at the inputs.
///
/// # Errors
/// A file that is not there.
pub fn plan<S: AsRef<str>>(inputs: &[S]) -> Result<Inputs, Error> {
    inputs
        .iter()
        .map(|name| {
            let name = name.as_ref().to_owned();
            if name == "-" {
                return Ok((name, None));
            }
            let meta = Path::new(&name).metadata().map_err(|e| Error(format!("cannot read {name}: {e}")))?;
            Ok((name, Some(meta.len())))
        })
        .collect::<Result<_, _>>()
        .map(|files| Inputs(files, Arc::default()))
}

impl Inputs {
    /// Name and bytes of each.
    pub fn sizes(&self) -> impl Iterator<Item = (&str, Option<u64>)> {
        self.0.iter().map(|(name, bytes)| (name.as_str(), *bytes))
    }

    /// Bytes of all, where known.
    #[must_use]
    pub fn total_bytes(&self) -> Option<u64> {
        self.0.iter().map(|(_, n)| *n).sum()
    }

    /// Bytes read.
    #[must_use]
    pub fn progress(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.1)
    }

    /// The records.
    pub fn items(self, options: &ReadOptions) -> impl Iterator<Item = Item> + Send + use<> {
        let limit = usize::try_from(options.limit.unwrap_or(u64::MAX)).unwrap_or(usize::MAX);
        let progress = self.1;
        self.0.into_iter().flat_map(move |(name, _)| records(name, progress.clone())).take(limit)
    }
}

fn records(name: String, progress: Arc<AtomicU64>) -> Box<dyn Iterator<Item = Item> + Send> {
    let reader: Box<dyn Read + Send> = if name == "-" {
        Box::new(io::stdin())
    } else {
        match File::open(&name) {
            Ok(file) => Box::new(file),
            Err(e) => return Box::new(std::iter::once(rejected(&name, 0, &e.to_string()))),
        }
    };
    let mut reader = BufReader::new(reader);
    if name.ends_with(".txt") {
        let mut text = String::new();
        let item = match reader.read_to_string(&mut text) {
            Ok(_) => Item::Document(Document { id: name.clone(), source: name.clone(), text, ..Document::default() }),
            Err(e) => rejected(&name, 0, &e.to_string()),
        };
        return Box::new(std::iter::once(item));
    }
    Box::new(reader.lines().enumerate().map(move |(i, line)| {
        let line = match line {
            Ok(line) => line,
            Err(e) => return rejected(&name, i + 1, &e.to_string()),
        };
        progress.fetch_add(line.len() as u64 + 1, Ordering::Relaxed);
        let value: serde_json::Value = match serde_json::from_str(&line) {
            Ok(value) => value,
            Err(e) => return rejected(&name, i + 1, &e.to_string()),
        };
        let field = |key: &str| value.get(key).and_then(|v| v.as_str()).map(str::to_owned);
        match field("text") {
            Some(text) => Item::Document(Document {
                id: field("id").unwrap_or_else(|| format!("{name}#{}", i + 1)),
                source: name.clone(),
                title: field("title"),
                published: field("published"),
                language: field("language"),
                text,
            }),
            None => rejected(&name, i + 1, "no field `text`"),
        }
    }))
}

fn rejected(name: &str, n: usize, reason: &str) -> Item {
    Item::Rejected(Rejected {
        id: format!("{name}#{n}"),
        source: name.to_owned(),
        title: None,
        status: Status::Failed,
        reason: reason.to_owned(),
    })
}
