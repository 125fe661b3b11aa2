//! Rows out: which tables a run writes, how a row becomes bytes, and the folder that receives them.
//!
//! A row is a serde struct of [`record`](crate::record), and nothing else says which columns a table has or in which
//! order. `DocumentRow { doc_id: "a1", source: "news.jsonl", … }` becomes `a1,news.jsonl,…` in `documents.csv` and
//! `{"doc_id":"a1","source":"news.jsonl",…}` in `documents.jsonl`.
//!
//! Bytes are made where the rows are made, in the workers: a [`Sheet`] holds the encoded rows of a few documents, and
//! [`Folder`] only puts one sheet behind the other.

mod csv;
mod folder;
mod sheet;

pub use self::csv::Dialect;
pub use folder::{Error, Folder};
pub use sheet::Sheet;

use serde::Serialize;

use crate::record::{DateRow, DocumentRow, EntityRow, FactRow};

/// The tables of a run. To add one: a variant, its arms in [`Table::name`] and `Table::header`, a [`Row`] for its
/// struct, and the [`Sheet::push`] where documents become rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// One row for each quantity.
    Facts,
    /// One row for each named mention.
    Entities,
    /// One row for each time expression.
    Dates,
    /// One row for each document, also for one that failed.
    Documents,
}

impl Table {
    /// Every table, in the order in which they are listed and written.
    pub const ALL: &[Self] = &[Self::Facts, Self::Entities, Self::Dates, Self::Documents];

    /// Name of the file, without its extension.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Facts => "facts",
            Self::Entities => "entities",
            Self::Dates => "dates",
            Self::Documents => "documents",
        }
    }

    fn header(self, dialect: Dialect) -> Result<Vec<u8>, ::csv::Error> {
        match self {
            Self::Facts => csv::header::<FactRow<'_>>(dialect),
            Self::Entities => csv::header::<EntityRow<'_>>(dialect),
            Self::Dates => csv::header::<DateRow<'_>>(dialect),
            Self::Documents => csv::header::<DocumentRow>(dialect),
        }
    }
}

/// A row that knows its table.
pub trait Row: Serialize + Default {
    /// Where it belongs.
    const TABLE: Table;
}

impl Row for FactRow<'_> {
    const TABLE: Table = Table::Facts;
}

impl Row for EntityRow<'_> {
    const TABLE: Table = Table::Entities;
}

impl Row for DateRow<'_> {
    const TABLE: Table = Table::Dates;
}

impl Row for DocumentRow {
    const TABLE: Table = Table::Documents;
}

/// How a table is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values, with a header.
    Csv(Dialect),
    /// One JSON object a line.
    Jsonl,
}

impl Format {
    /// Extension of the file, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv(_) => "csv",
            Self::Jsonl => "jsonl",
        }
    }

    /// What stands before the first row of `table`.
    fn header(self, table: Table) -> Result<Vec<u8>, ::csv::Error> {
        match self {
            Self::Csv(dialect) => table.header(dialect),
            Self::Jsonl => Ok(Vec::new()),
        }
    }
}
