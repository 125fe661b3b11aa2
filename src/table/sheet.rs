//! The encoded rows of a few documents, one buffer for each table and format.
//!
//! A worker pushes rows into its own sheet; sheets laid one behind the other, in the order of the documents, are the
//! files. `Sheet::new(&[Format::Jsonl])` plus one `DocumentRow` holds that row's line for `documents.jsonl`.

use std::io;

use serde::Serialize;

use super::csv;
use super::{Format, Row, Table};

/// Rows as bytes, ready to be appended to their files.
#[derive(Debug)]
pub struct Sheet {
    buffers: Vec<(Table, Buffer)>,
}

#[derive(Debug)]
enum Buffer {
    Csv(Box<csv::Rows>),
    Jsonl(Vec<u8>),
}

impl Buffer {
    fn new(format: Format) -> Self {
        match format {
            Format::Csv(dialect) => Self::Csv(Box::new(csv::Rows::new(dialect))),
            Format::Jsonl => Self::Jsonl(Vec::new()),
        }
    }

    fn push(&mut self, row: &impl Serialize) -> io::Result<()> {
        match self {
            Self::Csv(rows) => rows.push(row)?,
            Self::Jsonl(lines) => {
                serde_json::to_writer(&mut *lines, row)?;
                lines.push(b'\n');
            }
        }
        Ok(())
    }

    fn into_bytes(self) -> io::Result<Vec<u8>> {
        match self {
            Self::Csv(rows) => Ok(rows.into_bytes()?),
            Self::Jsonl(lines) => Ok(lines),
        }
    }
}

impl Sheet {
    /// No rows, for every table in each of `formats`.
    #[must_use]
    pub fn new(formats: &[Format]) -> Self {
        let buffers = files(formats).map(|(table, format)| (table, Buffer::new(format))).collect();
        Self { buffers }
    }

    /// Adds `row` to its table, in every format.
    ///
    /// # Errors
    /// If a format cannot hold the row, as CSV cannot hold a nested list.
    pub fn push<R: Row>(&mut self, row: &R) -> io::Result<()> {
        self.buffers.iter_mut().filter(|(table, _)| *table == R::TABLE).try_for_each(|(_, buffer)| buffer.push(row))
    }

    /// The bytes to append to each file, in the order of [`files`].
    pub(super) fn into_bytes(self) -> impl Iterator<Item = io::Result<Vec<u8>>> {
        self.buffers.into_iter().map(|(_, buffer)| buffer.into_bytes())
    }
}

/// Every file that a run in these formats writes.
pub(super) fn files(formats: &[Format]) -> impl Iterator<Item = (Table, Format)> {
    Table::ALL.iter().flat_map(|&table| formats.iter().map(move |&format| (table, format)))
}
