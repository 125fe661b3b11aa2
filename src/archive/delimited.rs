//! CSV and TSV: a header row, then a record a row.
//!
//! `id;text⏎a1;"cuesta 15 €; hoy"` is the document `a1` with «cuesta 15 €; hoy». The separator (`,` `;` tab `|`) is the one
//! that cuts the header and the first rows into the same number of fields. A row with more or fewer fields than the
//! header is a `failed` row with its line number; a file whose header names no text field is one `failed` row.

use std::{
    borrow::Cow,
    io::{self, BufRead},
    sync::Arc,
};

use csv_core::ReadRecordResult;

use super::{
    Item, Status,
    encoding::TextDecoder,
    fields::{Place, Value, Wanted},
    format::{Fit, Items, Opened, Probe, Reader},
    stream::{Bytes, fill},
};

/// Separators, the likelier first.
const SEPARATORS: [u8; 4] = *b",;\t|";

/// Rows that are looked at to tell the separator.
const SAMPLE_ROWS: usize = 10;

/// A buffer longer than this, in bytes, is given back after the row that needed it.
const KEPT_BYTES: usize = 1 << 20;

/// Fields of a row at most; more are a broken file.
const MAX_FIELDS: usize = 1 << 16;

/// The reader of CSV and TSV.
pub(super) struct Delimited;

impl Reader for Delimited {
    fn fit(&self, probe: &Probe<'_>) -> Fit {
        let named = matches!(probe.extension, "csv" | "tsv" | "tab");
        let first = probe.text.trim_start().lines().next().unwrap_or_default();
        // Cutting rows costs more than reading a short article.
        let separated = first.bytes().any(|byte| SEPARATORS.contains(&byte));
        let telling = separated && probe.wanted.text_fields().any(|name| first.contains(name));
        if !named && !telling {
            return Fit::No;
        }
        let header = sample(probe, separator(probe)).into_iter().next().unwrap_or_default();
        let known = header.iter().any(|name| probe.wanted.is_text(name.trim()));
        match () {
            () if known && header.len() > 1 => Fit::Content,
            () if named => Fit::Name,
            () => Fit::No,
        }
    }

    fn open(&self, probe: &Probe<'_>, file: Opened) -> Items {
        let Opened { path, bytes, decoder, wanted } = file;
        let rows = Rows::new(bytes, separator(probe), wanted.limit);
        Box::new(Records { path, rows, decoder, wanted, columns: None, ordinal: 0, done: false })
    }
}

/// The separator that cuts the first rows into most fields, as many in each row as in the header.
fn separator(probe: &Probe<'_>) -> u8 {
    let usual = if matches!(probe.extension, "tsv" | "tab") { b'\t' } else { b',' };
    let score = |separator: u8| {
        let rows = sample(probe, separator);
        let fields = rows.first().map_or(0, Vec::len);
        let agreeing = rows.iter().filter(|row| row.len() == fields).count();
        (fields > 1).then(|| (agreeing * 100 / rows.len().max(1), separator == usual, fields))
    };
    // Of equals the first counts.
    SEPARATORS
        .into_iter()
        .rev()
        .max_by_key(|&separator| score(separator))
        .filter(|&s| score(s).is_some())
        .unwrap_or(usual)
}

/// The fields of the first rows, the last left out where we do not see its end.
fn sample(probe: &Probe<'_>, separator: u8) -> Vec<Vec<String>> {
    let bytes: Bytes = Box::new(io::Cursor::new(probe.text.as_bytes().to_vec()));
    let mut rows = Rows::new(bytes, separator, probe.text.len());
    let mut out = Vec::new();
    while out.len() <= SAMPLE_ROWS
        && let Ok(Some(Row::Whole(row))) = rows.next()
    {
        out.push(row.fields().map(|field| String::from_utf8_lossy(field).into_owned()).collect());
    }
    if out.len() <= SAMPLE_ROWS && !probe.whole && out.len() > 1 {
        out.pop();
    }
    out
}

/// Cuts a stream into rows in bounded memory. (The crate csv would hold all that follows a quote that is never closed.)
struct Rows {
    source: Bytes,
    core: csv_core::Reader,
    data: Vec<u8>,
    ends: Vec<usize>,
    limit: usize,
    /// Number of the line that comes next, from 1.
    line: u64,
}

enum Row<'a> {
    Whole(Fields<'a>),
    /// A row that was passed over, and why.
    Over(String),
}

struct Fields<'a> {
    data: &'a [u8],
    ends: &'a [usize],
}

impl<'a> Fields<'a> {
    fn fields(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        let (data, ends) = (self.data, self.ends);
        let starts = std::iter::once(0).chain(ends.iter().copied());
        starts.zip(ends).map(move |(start, &end)| data.get(start..end).unwrap_or_default())
    }
}

impl Rows {
    fn new(source: Bytes, separator: u8, limit: usize) -> Self {
        let core = csv_core::ReaderBuilder::new().delimiter(separator).build();
        Self { source, core, data: vec![0; 4096], ends: vec![0; 64], limit, line: 1 }
    }

    /// Passes over blank lines, so that `line` is that of the next row.
    fn skip_blank(&mut self) -> io::Result<()> {
        loop {
            let available = fill(&mut *self.source)?;
            let blank = available.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            let (all, empty) = (blank == available.len(), available.is_empty());
            self.line += breaks(available.get(..blank).unwrap_or_default());
            self.source.consume(blank);
            if !all || empty {
                return Ok(());
            }
        }
    }

    fn next(&mut self) -> io::Result<Option<Row<'_>>> {
        self.skip_blank()?;
        if self.data.len() > KEPT_BYTES {
            self.data = vec![0; 4096];
        }
        let (mut written, mut fields, mut length) = (0, 0, 0_u64);
        let mut over = None;
        loop {
            let input = fill(&mut *self.source)?;
            let output = self.data.get_mut(written..).unwrap_or_default();
            let ends = self.ends.get_mut(fields..).unwrap_or_default();
            let (result, read, wrote, ended) = self.core.read_record(input, output, ends);
            self.line += breaks(input.get(..read).unwrap_or_default());
            self.source.consume(read);
            length += read as u64;
            written += wrote;
            fields += ended;
            if written > self.limit {
                over.get_or_insert(Excess::Bytes);
            }
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull if over.is_none() => self.data.resize(self.data.len() * 2, 0),
                ReadRecordResult::OutputEndsFull if over.is_none() && self.ends.len() < MAX_FIELDS => {
                    self.ends.resize(self.ends.len() * 2, 0);
                }
                // Passed over: what was held makes room for what follows.
                ReadRecordResult::OutputFull => (written, fields) = (0, 0),
                ReadRecordResult::OutputEndsFull => {
                    over.get_or_insert(Excess::Fields);
                    (written, fields) = (0, 0);
                }
                ReadRecordResult::End => return Ok(None),
                ReadRecordResult::Record => {
                    let reason = match over {
                        None => {
                            let data = self.data.get(..written).unwrap_or_default();
                            let ends = self.ends.get(..fields).unwrap_or_default();
                            return Ok(Some(Row::Whole(Fields { data, ends })));
                        }
                        Some(Excess::Bytes) => format!("{length} bytes long, over the limit of {} bytes", self.limit),
                        Some(Excess::Fields) => format!("more than {MAX_FIELDS} fields; check its separators"),
                    };
                    return Ok(Some(Row::Over(reason)));
                }
            }
        }
    }
}

/// Why a row is passed over.
enum Excess {
    Bytes,
    Fields,
}

fn breaks(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

struct Records {
    path: String,
    rows: Rows,
    decoder: TextDecoder,
    wanted: Arc<Wanted>,
    columns: Option<Columns>,
    ordinal: u64,
    done: bool,
}

/// The header.
struct Columns {
    names: Vec<String>,
    /// The column of each slot.
    slots: Vec<Option<usize>>,
}

impl Records {
    /// Reads the header; its row, if no record can be read under it.
    fn header(&mut self) -> io::Result<Result<Columns, Option<String>>> {
        let Self { rows, decoder, wanted, .. } = self;
        let names: Vec<_> = match rows.next()? {
            None => return Ok(Err(None)),
            Some(Row::Over(reason)) => return Ok(Err(Some(format!("the header is no header: {reason}")))),
            Some(Row::Whole(row)) => row.fields().map(|name| decoder.decode(name).trim().to_owned()).collect(),
        };
        let slots: Vec<_> = wanted.names().map(|wanted| names.iter().position(|name| name == wanted)).collect();
        if names.iter().any(|name| wanted.is_text(name)) {
            return Ok(Ok(Columns { names, slots }));
        }
        let (tried, present) = (wanted.text_names(), names.join(", "));
        Ok(Err(Some(format!(
            "none of its rows is read, since no column holds the text: tried {tried}; the header has {present}; name \
             one with --text-field"
        ))))
    }

    fn read(&mut self) -> io::Result<Option<Item>> {
        if self.columns.is_none() {
            match self.header()? {
                Ok(columns) => self.columns = Some(columns),
                Err(reason) => {
                    self.done = true;
                    let place = Place { path: &self.path, ordinal: None, line: None };
                    return Ok(reason.map(|reason| place.reject(Status::Failed, &reason)));
                }
            }
        }
        self.rows.skip_blank()?;
        let line = self.rows.line;
        let Self { path, rows, decoder, wanted, columns, ordinal, .. } = self;
        let (Some(row), Some(columns)) = (rows.next()?, columns) else { return Ok(None) };
        *ordinal += 1;
        let place = Place { path, ordinal: Some(*ordinal), line: Some(line) };
        let row = match row {
            Row::Whole(row) => row,
            Row::Over(reason) => return Ok(Some(place.reject(Status::Failed, &reason))),
        };
        let (found, expected) = (row.ends.len(), columns.names.len());
        if found != expected {
            let reason = format!("the row's number of fields is {found}, the header's {expected}; check its quotes");
            return Ok(Some(place.reject(Status::Failed, &reason)));
        }
        let fields: Vec<_> = row.fields().collect();
        let value = |column: &Option<usize>| {
            let field = column.and_then(|column| fields.get(column))?;
            Some(Value::Text(Cow::Owned(decoder.decode(field).into_owned())))
        };
        let values = columns.slots.iter().map(value).collect();
        Ok(Some(wanted.item(values, place, || columns.names.join(", "))))
    }
}

impl Iterator for Records {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if self.done {
            return None;
        }
        let item = self.read();
        self.done |= !matches!(item, Ok(Some(_)));
        item.unwrap_or_else(|error| {
            let place = Place { path: &self.path, ordinal: Some(self.ordinal + 1), line: Some(self.rows.line) };
            Some(place.reject(Status::Failed, &format!("the file cannot be read on: {error}")))
        })
    }
}
