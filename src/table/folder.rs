//! The folder that receives the tables: whole files under their final names, or nothing.
//!
//! `facts.csv` grows as `.facts.csv.partial`; when every row of every table is on the disk, the files are renamed, the
//! manifest `run.json` last. So a folder with a `run.json` holds the tables of one whole run, whatever happened to the
//! runs before and after it. An error removes the partial files; a run that was killed leaves them, under names that no
//! reader of tables looks at, and the next run writes over them.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::sheet::files;
use super::{Format, Sheet};

/// Name of the manifest.
const MANIFEST: &str = "run.json";

/// The folder, or a file in it, that could not be written.
#[derive(Debug)]
pub struct Error {
    path: PathBuf,
    reason: Reason,
}

#[derive(Debug)]
enum Reason {
    NotAFolder,
    NotAFile,
    Io(io::Error),
}

impl Error {
    fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self { path: path.to_owned(), reason: Reason::Io(source) }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        match &self.reason {
            Reason::NotAFolder => write!(f, "cannot write tables into {path}: it is a file; name a folder"),
            Reason::NotAFile => write!(f, "cannot write {path}: a folder of that name is in the way; move it"),
            Reason::Io(source) => {
                write!(f, "cannot write {path}: {source}")?;
                match source.kind() {
                    io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                        write!(f, "; free some space or name a folder on another disk")
                    }
                    _ => write!(f, "; name a folder that you may write to"),
                }
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.reason {
            Reason::Io(source) => Some(source),
            Reason::NotAFolder | Reason::NotAFile => None,
        }
    }
}

/// The tables of one run while they are written.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    files: Vec<Partial>,
}

impl Folder {
    /// Opens a file for every table in each of `formats`, and writes their headers; makes the folder if it is missing.
    ///
    /// # Errors
    /// If the folder cannot be made or written to, or something that is no file bears the name of a table.
    pub fn create(path: &Path, formats: &[Format]) -> Result<Self, Error> {
        if path.exists() && !path.is_dir() {
            return Err(Error { path: path.to_owned(), reason: Reason::NotAFolder });
        }
        fs::create_dir_all(path).map_err(Error::io(path))?;
        let mut folder = Self { path: path.to_owned(), files: Vec::new() };
        folder.target(MANIFEST)?;
        for (table, format) in files(formats) {
            let name = format!("{}.{}", table.name(), format.extension());
            let mut file = Partial::create(folder.target(&name)?, path.join(format!(".{name}.partial")))?;
            let header = format.header(table).map_err(|e| Error::io(&file.path)(e.into()))?;
            file.append(&header)?;
            folder.files.push(file);
        }
        Ok(folder)
    }

    /// The final path of `name`, which must not be taken by a folder.
    fn target(&self, name: &str) -> Result<PathBuf, Error> {
        let path = self.path.join(name);
        if path.is_dir() { Err(Error { path, reason: Reason::NotAFile }) } else { Ok(path) }
    }

    /// Names of the tables' files, in the order of [`Table::ALL`](super::Table::ALL) and of the formats.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let name = |file: &Partial| file.target.file_name().unwrap_or_default().to_string_lossy().into_owned();
        self.files.iter().map(name).collect()
    }

    /// Appends a sheet that was made for the same formats.
    ///
    /// # Errors
    /// If the disk is full or gone.
    pub fn append(&mut self, sheet: Sheet) -> Result<(), Error> {
        for (file, bytes) in self.files.iter_mut().zip(sheet.into_bytes()) {
            let bytes = bytes.map_err(Error::io(&file.path))?;
            file.append(&bytes)?;
        }
        Ok(())
    }

    /// Gives the files their final names, `manifest` as `run.json` last.
    ///
    /// # Errors
    /// If the disk is full or gone.
    pub fn finish(self, manifest: &[u8]) -> Result<(), Error> {
        let target = self.target(MANIFEST)?;
        let mut last = Partial::create(target.clone(), self.path.join(format!(".{MANIFEST}.partial")))?;
        last.append(manifest)?;
        for file in self.files.iter().chain([&last]) {
            file.file.sync_all().map_err(Error::io(&file.path))?;
        }
        match fs::remove_file(&target) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(Error::io(&target)(e)),
            _ => {}
        }
        for file in self.files.into_iter().chain([last]) {
            file.rename()?;
        }
        Ok(())
    }
}

/// A file that bears a temporary name until it is whole, and is removed if it never is.
#[derive(Debug)]
struct Partial {
    target: PathBuf,
    path: PathBuf,
    file: File,
    renamed: bool,
}

impl Partial {
    fn create(target: PathBuf, path: PathBuf) -> Result<Self, Error> {
        let file = File::create(&path).map_err(Error::io(&path))?;
        Ok(Self { target, path, file, renamed: false })
    }

    /// Sheets are large, so they go to the file as they are.
    fn append(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.file.write_all(bytes).map_err(Error::io(&self.path))
    }

    fn rename(mut self) -> Result<(), Error> {
        fs::rename(&self.path, &self.target).map_err(Error::io(&self.target))?;
        self.renamed = true;
        Ok(())
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if !self.renamed {
            // The error that led here is the one to report.
            let _ = fs::remove_file(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;
    use crate::record::DocumentRow;
    use crate::table::Dialect;

    const FORMATS: [Format; 2] = [Format::Csv(Dialect::Rfc4180), Format::Jsonl];

    fn names(path: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(path).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn tables_get_their_names_at_the_end() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a/b");
        let mut folder = Folder::create(&path, &FORMATS).unwrap();
        let mut sheet = Sheet::new(&FORMATS);
        sheet.push(&DocumentRow { doc_id: "a1".into(), status: "ok", ..DocumentRow::default() }).unwrap();
        folder.append(sheet).unwrap();
        assert!(names(&path).iter().all(|name| name.ends_with(".partial")), "{:?}", names(&path));
        folder.finish(b"{}\n").unwrap();
        let tables = ["dates", "documents", "entities", "facts"].map(|t| [format!("{t}.csv"), format!("{t}.jsonl")]);
        assert_eq!(names(&path), [&tables.concat()[..], &["run.json".to_owned()]].concat());
        let documents = fs::read_to_string(path.join("documents.csv")).unwrap();
        assert_eq!(documents.lines().nth(1), Some("a1,,,,,,0,0,0,0,ok,,"));
    }

    #[test]
    fn an_unfinished_folder_leaves_the_old_tables_and_no_partial() {
        let dir = tempfile::tempdir().unwrap();
        Folder::create(dir.path(), &FORMATS).unwrap().finish(b"{}\n").unwrap();
        let before = names(dir.path());
        drop(Folder::create(dir.path(), &FORMATS).unwrap());
        assert_eq!(names(dir.path()), before);
    }

    #[test]
    fn a_file_or_a_folder_in_the_way_is_told_at_once() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("out");
        fs::write(&file, "").unwrap();
        assert!(Folder::create(&file, &FORMATS).unwrap_err().to_string().ends_with("it is a file; name a folder"));
        fs::create_dir_all(dir.path().join("tables/facts.csv")).unwrap();
        let error = Folder::create(&dir.path().join("tables"), &FORMATS).unwrap_err().to_string();
        assert!(error.ends_with("facts.csv: a folder of that name is in the way; move it"), "{error}");
        assert!(names(&dir.path().join("tables")).iter().all(|name| !name.ends_with(".partial")));
    }
}
