//! What can be wrong with a pack: always a file, a line, a column and what would mend it.

use std::fmt;
use std::path::PathBuf;

/// A pack that cannot be used. Stops the program before any document is read.
#[derive(Debug)]
pub struct Error(Box<ErrorKind>);

/// The kinds of [`Error`].
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// P001: a file or folder could not be read.
    Read {
        /// What could not be read.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// P002: a file of the pack breaks its format.
    Format {
        /// Name relative to the packs' root.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Column in code points, from 1.
        column: usize,
        /// What is wrong and how to mend it.
        reason: String,
    },
    /// P004: an example of a rule shows that the rule does not do what it says.
    Example {
        /// Name relative to the packs' root.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Column in code points, from 1.
        column: usize,
        /// The id of the rule.
        rule: String,
        /// The example.
        text: String,
        /// What came of it.
        reason: String,
    },
    /// P003: a language was asked for that has no pack and is no language code.
    UnknownTag {
        /// What was asked for.
        tag: String,
    },
}

impl Error {
    /// What happened.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    pub(crate) fn format(file: &str, line: usize, column: usize, reason: impl Into<String>) -> Self {
        ErrorKind::Format { file: file.to_owned(), line, column, reason: reason.into() }.into()
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self(Box::new(kind))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            ErrorKind::Read { path, reason } => write!(f, "P001 {}: {reason}", path.display()),
            ErrorKind::Format { file, line, column, reason } => {
                write!(f, "P002 packs/{file}:{line}:{column}: {reason}")
            }
            ErrorKind::Example { file, line, column, rule, text, reason } => {
                write!(f, "P004 packs/{file}:{line}:{column}: rule {rule} in «{text}»: {reason}")
            }
            ErrorKind::UnknownTag { tag } => {
                write!(f, "P003 '{tag}' is no language tag; write auto, or a code such as those of `cuanto languages`")
            }
        }
    }
}

impl std::error::Error for Error {}
