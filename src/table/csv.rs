//! Rows as comma-separated values, in the dialect of the program that will open them.
//!
//! The value `-3.5` of a fact stands as `-3.5` in `rfc4180` and `excel`, as `-3,5` in `excel-es`, whose cells are parted
//! by `;`. A spreadsheet runs a text cell such as `=HYPERLINK(…)` as a formula, and takes the fraction `1/3` for the
//! first of March: in the Excel dialects the one gets a `'` in front and the other becomes `0 1/3`, Excel's own spelling
//! of that number. `rfc4180`, the default, changes no cell.

use std::borrow::Cow;

use serde::Serialize;

/// Separator, decimal mark and byte-order mark of a CSV file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// RFC 4180: comma, CRLF, UTF-8 without a mark. For programs.
    #[default]
    Rfc4180,
    /// Comma and byte-order mark, for Excel where the decimal mark is the point.
    Excel,
    /// Semicolon, decimal comma and byte-order mark, for Excel in Spanish and most of Europe.
    ExcelEs,
}

/// The columns that hold a number with decimals; of the others, those made of digits only read the same in any dialect.
const DECIMAL_COLUMNS: [&str; 6] =
    ["value", "value_high", "normalized_value", "normalized_high", "confidence", "language_confidence"];

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

impl Dialect {
    fn writer(self) -> csv::WriterBuilder {
        let mut builder = csv::WriterBuilder::new();
        builder.has_headers(false).terminator(csv::Terminator::CRLF);
        if self == Self::ExcelEs {
            builder.delimiter(b';');
        }
        builder
    }

    /// A cell of a decimal column, for a spreadsheet.
    fn decimal_cell(self, value: &str) -> Cow<'_, str> {
        let value = decimal(value);
        if self == Self::ExcelEs && value.contains('.') { Cow::Owned(value.replace('.', ",")) } else { value }
    }
}

/// A cell of text, for a spreadsheet: no formula. A mark that stands alone, as the bound `=` does, is none.
fn text_cell(text: &str) -> Cow<'_, str> {
    if text.len() > 1 && text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// A value as a spreadsheet reads it: `-4/3` becomes `-0 4/3`.
fn decimal(value: &str) -> Cow<'_, str> {
    if !value.contains('/') {
        return Cow::Borrowed(value);
    }
    match value.strip_prefix('-') {
        Some(positive) => Cow::Owned(format!("-0 {positive}")),
        None => Cow::Owned(format!("0 {value}")),
    }
}

/// The header line of the table whose rows are `R`, taken from the names of its fields.
pub(super) fn header<R: Serialize + Default>(dialect: Dialect) -> Result<Vec<u8>, csv::Error> {
    let mut lines = dialect.writer().has_headers(true).from_writer(Vec::new());
    lines.serialize(R::default())?;
    let lines = lines.into_inner().map_err(|e| e.into_error())?;
    let end = lines.iter().position(|&byte| byte == b'\n').map_or(0, |i| i + 1);
    let mut header = if dialect == Dialect::Rfc4180 { Vec::new() } else { BYTE_ORDER_MARK.to_vec() };
    header.extend(lines.into_iter().take(end));
    Ok(header)
}

/// Encoded rows of one table, without the header.
#[derive(Debug)]
pub(super) struct Rows {
    dialect: Dialect,
    /// The rows as they leave; for a spreadsheet, plain rows below their header.
    writer: csv::Writer<Vec<u8>>,
}

impl Rows {
    pub(super) fn new(dialect: Dialect) -> Self {
        let writer = match dialect {
            Dialect::Rfc4180 => dialect.writer(),
            Dialect::Excel | Dialect::ExcelEs => csv::WriterBuilder::new(),
        };
        Self { dialect, writer: writer.from_writer(Vec::new()) }
    }

    pub(super) fn push(&mut self, row: &impl Serialize) -> Result<(), csv::Error> {
        self.writer.serialize(row)
    }

    pub(super) fn into_bytes(self) -> Result<Vec<u8>, csv::Error> {
        let bytes = self.writer.into_inner().map_err(|e| e.into_error())?;
        match self.dialect {
            Dialect::Rfc4180 => Ok(bytes),
            Dialect::Excel | Dialect::ExcelEs => spreadsheet(&bytes, self.dialect),
        }
    }
}

/// Plain rows below their header as a spreadsheet reads them. What a cell needs depends on its column, whose name only
/// a serialized row knows, so the rows are read back.
fn spreadsheet(rows: &[u8], dialect: Dialect) -> Result<Vec<u8>, csv::Error> {
    let mut reader = csv::Reader::from_reader(rows);
    let decimal: Vec<bool> = reader.headers()?.iter().map(|column| DECIMAL_COLUMNS.contains(&column)).collect();
    let mut writer = dialect.writer().from_writer(Vec::new());
    let mut row = csv::StringRecord::new();
    while reader.read_record(&mut row)? {
        for (cell, &decimal) in row.iter().zip(&decimal) {
            let cell = if decimal { dialect.decimal_cell(cell) } else { text_cell(cell) };
            writer.write_field(cell.as_bytes())?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    Ok(writer.into_inner().map_err(|e| e.into_error())?)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;
    use crate::record::FactRow;

    fn line(dialect: Dialect, row: &FactRow<'_>) -> String {
        let mut rows = Rows::new(dialect);
        rows.push(row).unwrap();
        String::from_utf8(rows.into_bytes().unwrap()).unwrap()
    }

    fn fact() -> FactRow<'static> {
        FactRow {
            doc_id: "a1",
            surface: "-3,5 «sic; y, más»".into(),
            value: "-3.5".into(),
            normalized_value: "1/3".into(),
            bound: "=",
            subject: "=SUM(A1)",
            confidence: 0.75,
            context: "dijo \"no\"".into(),
            ..FactRow::default()
        }
    }

    #[test]
    fn the_header_is_the_fields_of_the_row_in_their_order() {
        let header = String::from_utf8(header::<FactRow<'_>>(Dialect::Rfc4180).unwrap()).unwrap();
        assert!(header.starts_with("doc_id,fact_id,language,published,sentence,start,end,surface,kind,bound,value,"));
        assert!(header.ends_with(",place,confidence,context\r\n"));
    }

    #[test]
    fn rfc4180_changes_no_cell() {
        let line = line(Dialect::Rfc4180, &fact());
        assert!(line.contains(r#","-3,5 «sic; y, más»",,=,-3.5,,,1/3,"#), "{line}");
        assert!(line.contains(",=SUM(A1),"), "{line}");
        assert!(line.ends_with(",0.75,\"dijo \"\"no\"\"\"\r\n"), "{line}");
    }

    #[test]
    fn excel_dialects_guard_text_and_keep_numbers() {
        let excel = line(Dialect::Excel, &fact());
        assert!(excel.contains(r#","'-3,5 «sic; y, más»",,=,-3.5,,,0 1/3,"#), "{excel}");
        assert!(excel.contains(",'=SUM(A1),"), "{excel}");
        let es = line(Dialect::ExcelEs, &fact());
        assert!(es.contains(r#";"'-3,5 «sic; y, más»";;=;-3,5;;;0 1/3;"#), "{es}");
        assert!(es.contains(";0,75;"), "{es}");
        assert!(header::<FactRow<'_>>(Dialect::ExcelEs).unwrap().starts_with("\u{feff}doc_id;fact_id;".as_bytes()));
    }

    #[test]
    fn decimal_columns_are_columns() {
        let facts = String::from_utf8(header::<FactRow<'_>>(Dialect::Rfc4180).unwrap()).unwrap();
        let documents = String::from_utf8(header::<crate::record::DocumentRow>(Dialect::Rfc4180).unwrap()).unwrap();
        for column in DECIMAL_COLUMNS {
            assert!(facts.split([',', '\r']).chain(documents.split([',', '\r'])).any(|c| c == column), "{column}");
        }
    }
}
