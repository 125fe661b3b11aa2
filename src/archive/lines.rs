//! Lines of a stream in bounded memory.
//!
//! Of `{"text": …}⏎{"text": … 200 MB …}⏎{"text": …}⏎` the first and third line are handed on; of the second only its
//! length is, because nothing beyond the limit is ever held.

use std::io::{self, BufRead};

use super::stream::{Bytes, fill};

/// A buffer longer than this, in bytes, is given back after the line that needed it.
const KEPT_BYTES: usize = 1 << 20;

/// Reads lines into one buffer.
pub(super) struct Lines {
    source: Bytes,
    buffer: Vec<u8>,
    limit: usize,
    number: u64,
}

/// One line; numbers start at 1, bytes do not count the line end.
pub(super) enum Line<'a> {
    /// A line within the limit, without its `\n`.
    Whole { number: u64, bytes: &'a [u8] },
    /// A line that was passed over.
    TooLong { number: u64, bytes: u64 },
}

impl Lines {
    pub fn new(source: Bytes, limit: usize) -> Self {
        Self { source, buffer: Vec::new(), limit, number: 0 }
    }

    /// The number of the line that comes next.
    pub fn next_number(&self) -> u64 {
        self.number + 1
    }

    /// The next line, `None` at the end. A last line needs no `\n`.
    pub fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        self.buffer.clear();
        self.buffer.shrink_to(KEPT_BYTES);
        let mut length = 0_u64;
        loop {
            let available = fill(&mut *self.source)?;
            if available.is_empty() {
                if length == 0 {
                    return Ok(None);
                }
                break;
            }
            let end = memchr::memchr(b'\n', available);
            let piece = end.and_then(|end| available.get(..end)).unwrap_or(available);
            length += piece.len() as u64;
            if length <= self.limit as u64 {
                self.buffer.extend_from_slice(piece);
            } else {
                self.buffer = Vec::new();
            }
            let consumed = piece.len() + usize::from(end.is_some());
            self.source.consume(consumed);
            if end.is_some() {
                break;
            }
        }
        self.number += 1;
        let number = self.number;
        Ok(Some(if length > self.limit as u64 {
            Line::TooLong { number, bytes: length }
        } else {
            Line::Whole { number, bytes: &self.buffer }
        }))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::io::{BufReader, Cursor, Read};

    use super::*;

    fn read(source: Bytes, limit: usize) -> Vec<(u64, Result<String, u64>)> {
        let mut lines = Lines::new(source, limit);
        let mut out = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            out.push(match line {
                Line::Whole { number, bytes } => (number, Ok(String::from_utf8(bytes.to_vec()).unwrap())),
                Line::TooLong { number, bytes } => (number, Err(bytes)),
            });
        }
        out
    }

    #[test]
    fn lines_have_their_numbers_with_blank_ones_between() {
        let lines = read(Box::new(Cursor::new("a\n\nb\r\nc")), 10);
        let ok = |text: &str| Ok(text.to_owned());
        assert_eq!(lines, [(1, ok("a")), (2, ok("")), (3, ok("b\r")), (4, ok("c"))]);
    }

    #[test]
    fn a_line_of_200_megabytes_is_passed_over_without_being_held() {
        let long = 200 << 20;
        let source = Cursor::new("a\n").chain(io::repeat(b'x').take(long)).chain(Cursor::new("\nb\n"));
        let mut lines = Lines::new(Box::new(BufReader::new(source)), 1 << 20);
        let mut seen = Vec::new();
        loop {
            match lines.next().unwrap() {
                None => break,
                Some(Line::Whole { number, .. }) => seen.push((number, None)),
                Some(Line::TooLong { number, bytes }) => seen.push((number, Some(bytes))),
            }
            assert!(lines.buffer.capacity() <= 2 << 20, "{}", lines.buffer.capacity());
        }
        assert_eq!(seen, [(1, None), (2, Some(long)), (3, None)]);
    }
}
