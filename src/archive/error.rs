//! What makes a call unusable, known before the first document is read.
//!
//! `cuanto extract nws.jsonl` ends with «C001 nws.jsonl: no such file or folder». Whatever goes wrong later (a line that
//! is not JSON, a file that vanished) is no error of this kind but a [`Rejected`](super::Rejected) row, and reading goes on.

use std::{fmt, io};

/// An input named in the call that cannot be used.
#[derive(Debug)]
pub struct Error(Box<ErrorKind>);

/// What is wrong with an input, and where. Each kind has a stable code.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// `C001`: there is no such file or folder.
    NotFound {
        /// The input as given.
        path: String,
    },
    /// `C002`: the folder holds no file that is not hidden.
    NoArticles {
        /// The input as given.
        path: String,
    },
    /// `C003`: standard input is named more than once.
    RepeatedStdin,
    /// `C004`: the input exists, but the system does not let us look at it.
    Inaccessible {
        /// The input as given.
        path: String,
        /// What the system says.
        source: io::Error,
    },
}

impl Error {
    pub(super) fn new(kind: ErrorKind) -> Self {
        Self(Box::new(kind))
    }

    /// What is wrong, and where.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// The stable code, `C001` to `C004`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match *self.0 {
            ErrorKind::NotFound { .. } => "C001",
            ErrorKind::NoArticles { .. } => "C002",
            ErrorKind::RepeatedStdin => "C003",
            ErrorKind::Inaccessible { .. } => "C004",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.code();
        match &*self.0 {
            ErrorKind::NotFound { path } => write!(f, "{code} {path}: no such file or folder; check the spelling"),
            ErrorKind::NoArticles { path } => {
                write!(f, "{code} {path}: the folder holds no articles (hidden files are not read); name another")
            }
            ErrorKind::RepeatedStdin => write!(f, "{code} -: standard input can be read only once; give `-` once"),
            ErrorKind::Inaccessible { path, source } => {
                write!(f, "{code} {path}: cannot be opened: {source}; check the permissions of its folder")
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &*self.0 {
            ErrorKind::Inaccessible { source, .. } => Some(source),
            _ => None,
        }
    }
}
