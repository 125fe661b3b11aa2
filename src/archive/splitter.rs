//! Cuts a stream of JSON into its records without reading them, in bounded memory.
//!
//! `[{"a": 1}, {"a": "]"}]` has the records `{"a": 1}` and `{"a": "]"}`; so has `{"a": 1} {"a": "]"}` without brackets.
//! Brackets are counted outside strings only. A string ends at its line's end at the latest (JSON allows no line break
//! in it), so that a lost quotation mark costs one record, not the rest of the file.

use std::io::{self, BufRead};

use super::stream::{Bytes, fill};

/// A buffer longer than this, in bytes, is given back after the record that needed it.
const KEPT_BYTES: usize = 1 << 20;

/// Reads records into one buffer.
pub(super) struct Splitter {
    source: Bytes,
    buffer: Vec<u8>,
    limit: usize,
    /// Number of the line that comes next, from 1.
    line: u64,
    /// Inside an array, whose elements are the records.
    array: bool,
}

/// One record and the number of the line where it begins, from 1.
pub(super) enum Piece<'a> {
    /// A record within the limit, JSON or not.
    Whole { line: u64, bytes: &'a [u8] },
    /// A record that was passed over.
    TooLong { line: u64, bytes: u64 },
    /// The array that is not closed when the file ends.
    Open { line: u64 },
}

/// Where in a record the scan is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Outside,
    String,
    Escape,
}

impl Splitter {
    pub fn new(source: Bytes, limit: usize) -> Self {
        Self { source, buffer: Vec::new(), limit, line: 1, array: false }
    }

    /// The number of the line that comes next, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// Whether nothing but white space is left. Reads on to the next record to know.
    pub fn at_end(&mut self) -> io::Result<bool> {
        Ok(self.skip_space()?.is_none())
    }

    /// The next record, `None` at the end.
    pub fn next(&mut self) -> io::Result<Option<Piece<'_>>> {
        self.buffer.clear();
        self.buffer.shrink_to(KEPT_BYTES);
        loop {
            match self.skip_space()? {
                None if self.array => {
                    self.array = false;
                    return Ok(Some(Piece::Open { line: self.line }));
                }
                None => return Ok(None),
                Some(b',') if self.array => self.source.consume(1),
                Some(b']') if self.array => {
                    self.source.consume(1);
                    self.array = false;
                }
                Some(b'[') if !self.array => {
                    self.source.consume(1);
                    self.array = true;
                }
                Some(first) => return self.record(first).map(Some),
            }
        }
    }

    /// The next byte that is no white space, not consumed.
    fn skip_space(&mut self) -> io::Result<Option<u8>> {
        loop {
            let available = fill(&mut *self.source)?;
            if available.is_empty() {
                return Ok(None);
            }
            let space = available.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            let next = available.get(space).copied();
            self.line += lines(available.get(..space).unwrap_or_default());
            self.source.consume(space);
            if next.is_some() {
                return Ok(next);
            }
        }
    }

    fn record(&mut self, first: u8) -> io::Result<Piece<'_>> {
        let line = self.line;
        let nested = matches!(first, b'{' | b'[');
        let mut state = State::Outside;
        let mut depth = 0_usize;
        let mut length = 0_u64;
        loop {
            let available = fill(&mut *self.source)?;
            if available.is_empty() {
                break;
            }
            let (taken, end) = scan(available, &mut state, &mut depth, nested, self.array);
            let piece = available.get(..taken).unwrap_or_default();
            self.line += lines(piece);
            length += piece.len() as u64;
            if length <= self.limit as u64 {
                self.buffer.extend_from_slice(piece);
            } else {
                self.buffer = Vec::new();
            }
            self.source.consume(taken);
            if end {
                break;
            }
        }
        Ok(if length > self.limit as u64 {
            Piece::TooLong { line, bytes: length }
        } else {
            Piece::Whole { line, bytes: &self.buffer }
        })
    }
}

/// How many of `bytes` belong to the record, and whether it ends there.
fn scan(bytes: &[u8], state: &mut State, depth: &mut usize, nested: bool, array: bool) -> (usize, bool) {
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match (*state, byte) {
            (State::Escape, _) => *state = State::String,
            (State::String, b'"' | b'\n') => *state = State::Outside,
            (State::String, b'\\') => *state = State::Escape,
            (State::String, _) => {
                let rest = bytes.get(at..).unwrap_or_default();
                at += memchr::memchr3(b'"', b'\\', b'\n', rest).unwrap_or(rest.len());
                continue;
            }
            (State::Outside, b'"') => *state = State::String,
            (State::Outside, b'{' | b'[') if nested => *depth += 1,
            (State::Outside, b'}' | b']') if nested => {
                *depth = depth.saturating_sub(1);
                if *depth == 0 {
                    return (at + 1, true);
                }
            }
            // No object: it goes to the next comma of its array, or to the next object.
            (State::Outside, b',' | b']') if !nested && array => return (at, true),
            (State::Outside, b'{' | b'[') if !nested && !array => return (at, true),
            (State::Outside, _) => {}
        }
        at += 1;
    }
    (at, false)
}

fn lines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::io::{BufReader, Cursor};

    use super::*;

    fn split(json: &str, limit: usize) -> Vec<(u64, String)> {
        // A tiny buffer, so that records go over its border.
        let mut splitter = Splitter::new(Box::new(BufReader::with_capacity(3, Cursor::new(json.to_owned()))), limit);
        let mut out = Vec::new();
        while let Some(piece) = splitter.next().unwrap() {
            out.push(match piece {
                Piece::Whole { line, bytes } => (line, String::from_utf8(bytes.to_vec()).unwrap()),
                Piece::TooLong { line, bytes } => (line, format!("{bytes} bytes")),
                Piece::Open { line } => (line, "open".to_owned()),
            });
        }
        out
    }

    fn is(records: &[(u64, &str)]) -> Vec<(u64, String)> {
        records.iter().map(|&(line, text)| (line, text.to_owned())).collect()
    }

    #[test]
    fn records_of_arrays_and_sequences() {
        assert_eq!(
            split("[{\"a\":1},\n {\"b\":\"}],\\\"{\"}]\n", 99),
            is(&[(1, "{\"a\":1}"), (2, "{\"b\":\"}],\\\"{\"}")])
        );
        assert_eq!(split("{\n\"a\":[1]}\n{}", 99), is(&[(1, "{\n\"a\":[1]}"), (3, "{}")]));
        assert_eq!(split("[1, \"a,]\", [2]]", 99), is(&[(1, "1"), (1, "\"a,]\""), (1, "[2]")]));
        assert_eq!(split(" [ ] ", 99), is(&[]));
    }

    #[test]
    fn broken_json_costs_one_record() {
        assert_eq!(split("[{\"a\":\"x\n},{\"b\":1}", 99), is(&[(1, "{\"a\":\"x\n}"), (2, "{\"b\":1}"), (2, "open")]));
        assert_eq!(split("{} x {}", 99), is(&[(1, "{}"), (1, "x "), (1, "{}")]));
        assert_eq!(split("[{\"a\":\"0123456789\"},{}]", 9), is(&[(1, "18 bytes"), (1, "{}")]));
    }
}
