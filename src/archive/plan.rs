//! From the inputs of the call to an ordered list of files, before anything is read.
//!
//! `plan(["news/", "-"])` lists every file below `news/` that is not hidden, sorted by path, then standard input. A
//! missing input is an [`Error`] here; a folder inside that cannot be listed is an entry that becomes a `failed` row.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, atomic::AtomicU64},
};

use ignore::WalkBuilder;

use super::{
    Error, ErrorKind, ReadOptions, Rejected, Status,
    items::{Items, Origin},
};

/// The input that stands for standard input.
const STDIN: &str = "-";

/// Files to read, in order. Made by [`plan`].
#[derive(Debug)]
pub struct Inputs {
    entries: Vec<Entry>,
    progress: Arc<AtomicU64>,
}

/// One file to read, or the reason why it cannot be.
#[derive(Debug)]
pub(super) struct Entry {
    /// Path as given, folders joined with `/`.
    pub path: String,
    /// Length in bytes where the system knows it.
    pub size: Option<u64>,
    pub origin: Origin,
}

/// Lists the files that `inputs` name: files, folders (recursively) and `-`.
///
/// # Errors
/// If an input does not exist, a folder holds no file, or `-` is named twice.
pub fn plan<S: AsRef<str>>(inputs: &[S]) -> Result<Inputs, Error> {
    let mut entries = Vec::new();
    let mut stdin = false;
    for input in inputs.iter().map(AsRef::as_ref) {
        if input == STDIN {
            if std::mem::replace(&mut stdin, true) {
                return Err(Error::new(ErrorKind::RepeatedStdin));
            }
            entries.push(Entry { path: STDIN.to_owned(), size: None, origin: Origin::Stdin });
            continue;
        }
        let path = Path::new(input);
        let metadata = fs::metadata(path).map_err(|source| {
            Error::new(if source.kind() == io::ErrorKind::NotFound {
                ErrorKind::NotFound { path: input.to_owned() }
            } else {
                ErrorKind::Inaccessible { path: input.to_owned(), source }
            })
        })?;
        if metadata.is_dir() {
            let files = walk(path);
            if files.is_empty() {
                return Err(Error::new(ErrorKind::NoArticles { path: input.to_owned() }));
            }
            entries.extend(files);
        } else {
            let size = metadata.is_file().then_some(metadata.len());
            entries.push(Entry { path: input.to_owned(), size, origin: Origin::File(path.to_owned()) });
        }
    }
    Ok(Inputs { entries, progress: Arc::default() })
}

impl Inputs {
    /// Each file's path and its size in bytes (`None` for standard input and pipes), in the order of reading.
    pub fn sizes(&self) -> impl Iterator<Item = (&str, Option<u64>)> {
        self.entries.iter().map(|entry| (entry.path.as_str(), entry.size))
    }

    /// Bytes of all files together, before decompression; `None` if the size of one is unknown.
    #[must_use]
    pub fn total_bytes(&self) -> Option<u64> {
        self.entries.iter().map(|entry| entry.size).sum()
    }

    /// Counts the bytes read so far, before decompression; it ends at [`total_bytes`](Self::total_bytes).
    #[must_use]
    pub fn progress(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.progress)
    }

    /// Reads the files one after another, holding one document in memory at a time.
    #[must_use]
    pub fn items(self, options: &ReadOptions) -> Items {
        Items::new(self.entries, self.progress, options)
    }
}

/// Every file below `folder` in the order of paths, hidden ones left out, links followed.
fn walk(folder: &Path) -> Vec<Entry> {
    let mut found: Vec<(PathBuf, Entry)> = Vec::new();
    for step in WalkBuilder::new(folder).standard_filters(false).hidden(true).follow_links(true).build() {
        match step {
            Ok(step) if step.file_type().is_some_and(|kind| kind.is_dir()) => {}
            Ok(step) => {
                let path = step.path().to_owned();
                let entry = match step.metadata() {
                    Ok(metadata) if metadata.is_file() => {
                        Entry { path: shown(&path), size: Some(metadata.len()), origin: Origin::File(path.clone()) }
                    }
                    Ok(_) => rejected(&path, Status::Skipped, "a pipe, socket or device inside a folder is not read"),
                    Err(error) => rejected(&path, Status::Failed, &reason(&error)),
                };
                found.push((path, entry));
            }
            Err(error) => {
                let path = place(&error).unwrap_or(folder).to_owned();
                let entry = rejected(&path, Status::Failed, &reason(&error));
                found.push((path, entry));
            }
        }
    }
    found.sort_by(|(left, _), (right, _)| left.cmp(right));
    found.into_iter().map(|(_, entry)| entry).collect()
}

fn rejected(path: &Path, status: Status, reason: &str) -> Entry {
    let path = shown(path);
    let row = Rejected { id: path.clone(), source: path.clone(), title: None, status, reason: reason.to_owned() };
    Entry { path, size: Some(0), origin: Origin::Rejected(row) }
}

/// The path with `/` between its parts on every system, so that ids do not depend on it.
fn shown(path: &Path) -> String {
    let path = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { path.into_owned() } else { path.replace(std::path::MAIN_SEPARATOR, "/") }
}

/// The path an error of the walk is about.
fn place(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::Loop { child, .. } => Some(child),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => place(err),
        _ => None,
    }
}

/// What went wrong, without the path that the row names anyway.
fn reason(error: &ignore::Error) -> String {
    match error {
        ignore::Error::WithPath { err, .. } | ignore::Error::WithDepth { err, .. } => reason(err),
        ignore::Error::Loop { ancestor, .. } => {
            format!("a link leads back to the folder above it, {}", shown(ancestor))
        }
        ignore::Error::Io(error) => format!("cannot be read: {error}"),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;

    #[test]
    fn a_missing_input_is_named_before_reading() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("nws.jsonl");
        let error = plan(&[path.to_str().unwrap()]).unwrap_err();
        assert_eq!(error.code(), "C001");
        assert!(error.to_string().contains("nws.jsonl: no such file"), "{error}");
    }

    #[test]
    fn a_folder_without_articles_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(".hidden"), "x").unwrap();
        assert_eq!(plan(&[folder.path().to_str().unwrap()]).unwrap_err().code(), "C002");
        assert_eq!(plan(&["-", "-"]).unwrap_err().code(), "C003");
    }

    #[test]
    fn folders_are_read_in_the_order_of_paths() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        for name in ["c.txt", "a.txt", "b/z.txt", "b/a.txt", ".gitignore", "b/.x"] {
            fs::write(folder.path().join(name), "*.txt\n").unwrap();
        }
        let inputs = plan(&[folder.path().to_str().unwrap()]).unwrap();
        let names: Vec<_> =
            inputs.sizes().map(|(path, _)| path[folder.path().to_str().unwrap().len()..].to_owned()).collect();
        assert_eq!(names, ["/a.txt", "/b/a.txt", "/b/z.txt", "/c.txt"]);
        assert_eq!(inputs.total_bytes(), Some(24));
    }

    #[cfg(unix)]
    #[test]
    fn loops_dead_links_and_pipes_are_rows() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("sub")).unwrap();
        std::os::unix::fs::symlink(folder.path(), folder.path().join("sub/up")).unwrap();
        std::os::unix::fs::symlink("nowhere", folder.path().join("dead.txt")).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("s.sock")).unwrap();
        let inputs = plan(&[folder.path().to_str().unwrap()]).unwrap();
        let rows: Vec<_> = inputs
            .entries
            .iter()
            .map(|entry| match &entry.origin {
                Origin::Rejected(row) => (row.status, row.reason.clone()),
                other => panic!("not a row: {other:?}"),
            })
            .collect();
        assert_eq!(rows.len(), 3, "{rows:?}");
        assert_eq!(rows[0].0, Status::Failed);
        assert_eq!(rows[1].0, Status::Skipped);
        assert!(rows[2].1.contains("leads back"), "{rows:?}");
    }
}
