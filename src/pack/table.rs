//! Reads the packs' tab-separated tables.
//!
//! `millón|millones<TAB>1e6<TAB>scale` is one row of three cells; the first cell holds two forms. `#` opens a comment
//! line. No quoting: a form never holds a tab, and `\|` does not occur in any language.

use super::error::Error;

/// A row of a table, with its place for messages.
#[derive(Debug, Clone)]
pub(crate) struct Row<'a> {
    file: &'a str,
    /// From 1.
    pub line: usize,
    cells: Vec<&'a str>,
}

/// The rows of the table in `text`, each with at least `least` and at most `most` cells.
pub(crate) fn rows<'a>(file: &'a str, text: &'a str, least: usize, most: usize) -> Result<Vec<Row<'a>>, Error> {
    let mut rows = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let row = Row { file, line: number + 1, cells: line.split('\t').map(str::trim).collect() };
        if row.cells.len() < least || row.cells.len() > most {
            let found = row.cells.len();
            let wanted = if least == most { least.to_string() } else { format!("{least} to {most}") };
            return Err(row.error(1, format!("{found} cells, not {wanted}: separate them by one tab")));
        }
        rows.push(row);
    }
    Ok(rows)
}

impl<'a> Row<'a> {
    /// The cell of a column from 0; empty where the row is shorter.
    pub fn cell(&self, column: usize) -> &'a str {
        self.cells.get(column).copied().unwrap_or_default()
    }

    /// The alternatives in a cell.
    pub fn forms(&self, column: usize) -> impl Iterator<Item = &'a str> + use<'a> {
        let cell = if self.cell(column) == "-" { "" } else { self.cell(column) };
        cell.split('|').map(str::trim).filter(|form| !form.is_empty())
    }

    /// An error at the cell of a column from 0.
    pub fn error(&self, column: usize, reason: impl Into<String>) -> Error {
        let before: usize = self.cells.iter().take(column).map(|cell| cell.chars().count() + 1).sum();
        Error::format(self.file, self.line, before + 1, reason)
    }

    /// The number in a cell.
    pub fn number(&self, column: usize) -> Result<crate::numeral::Number, Error> {
        let cell = self.cell(column);
        crate::numeral::Number::parse(cell)
            .ok_or_else(|| self.error(column, format!("'{cell}' is no number such as 12, 0.5, 1e6 or 1/3")))
    }
}
