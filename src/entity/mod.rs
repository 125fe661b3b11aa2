//! Named entities: people, organisations, places and other names in an article.
//!
//! «La Academia de Inteligencia Artificial de Beijing (BAAI) lanzó Emu.» holds the organisations `Academia de Inteligencia
//! Artificial de Beijing` and `BAAI`, which share one canonical name, and the product `Emu`. An [`EntityRecognizer`] finds
//! the mentions of an article. What a name is follows CoNLL-2002: the longest name, no nesting, determiners out.

pub mod builtin;
pub mod canonical;
pub mod models;
mod rules;
pub mod tagger;
pub mod train;
#[cfg(any(feature = "neural", feature = "rust-bert"))]
pub mod transformer;

use std::fmt;

use crate::pack::Pack;
use crate::text::{Sentence, Span, Token};

/// The four classes of names of the shared task CoNLL-2002.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityType {
    /// A person.
    Per,
    /// An organisation: companies, institutions, parties, clubs, media.
    Org,
    /// A place.
    Loc,
    /// Any other name: products, works, events, indices.
    Misc,
}

impl EntityType {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 4] = [Self::Per, Self::Org, Self::Loc, Self::Misc];

    /// The name in tables and training files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Per => "PER",
            Self::Org => "ORG",
            Self::Loc => "LOC",
            Self::Misc => "MISC",
        }
    }
}

impl fmt::Display for EntityType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A mention of a name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entity {
    /// Where it stands, in bytes of the article.
    pub span: Span,
    /// What it names.
    pub class: EntityType,
    /// 0–1: the recogniser's estimate that span and class are both right.
    pub confidence: f32,
}

/// A block of an article as recognisers see it.
#[derive(Clone, Copy)]
pub struct Passage<'a> {
    /// Language of the block, ISO 639-1, `und` where undecided.
    pub language: &'a str,
    /// The pack of that language.
    pub pack: &'a Pack,
    /// The block's tokens.
    pub tokens: &'a [Token],
    /// The block's sentences, whose indices are into `tokens`.
    pub sentences: &'a [Sentence],
}

/// Finds the names of an article.
pub trait EntityRecognizer: Send + Sync {
    /// The mentions in `passages`, the blocks of one article over its whole `text`; in order, none overlapping another.
    ///
    /// # Errors
    /// If the model cannot be run on this article; the article then counts as failed, and the run goes on.
    fn recognize(&self, text: &str, passages: &[Passage<'_>]) -> Result<Vec<Entity>, Error>;
}

/// Why a recogniser could not be opened or run: what, where, and how to mend it, in one line.
#[derive(Debug)]
pub struct Error(String);

impl Error {
    /// An error with this message.
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}
