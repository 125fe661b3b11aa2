//! Half-open byte ranges into a document's text.
//!
//! «cuesta 15 €» holds the quantity `15 €` at bytes 7..13 and code points 7..11: inside the library a place is
//! always a [`Span`] of UTF-8 bytes; code points are counted once, when a row is written.

use serde::Serialize;

/// A half-open range of UTF-8 bytes, `start..end`, into [`Document::text`](super::Document::text).
///
/// `u32` because a document is below 4 GiB; eight bytes a span.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span `start..end`, in bytes.
    ///
    /// # Panics
    /// If `start > end`.
    #[must_use]
    pub fn new(start: u32, end: u32) -> Self {
        assert!(start <= end, "a span may not end before it starts: {start}..{end}");
        Self { start, end }
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the span holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the two share a byte.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The text of the span; empty where the span does not lie on `text`'s character borders.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}
