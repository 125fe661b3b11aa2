//! Bytes of a file on their way to a format's reader: counted, unpacked, with a first stretch to look at.
//!
//! `news.jsonl.gz` passes [`Counted`] (what the progress bar sees), [`Stream`] (whose prefix says gzip), [`Gunzip`] and
//! another [`Stream`], whose prefix tells JSON Lines from plain text. Nothing but the prefixes is held in memory.

use std::{
    io::{self, BufRead, BufReader, Read},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use flate2::bufread::MultiGzDecoder;

/// Bytes that are looked at before a format is chosen.
pub(super) const PREFIX_BYTES: usize = 64 << 10;

/// Size of the buffers between the stages, in bytes.
pub(super) const BUFFER_BYTES: usize = 128 << 10;

/// The first three bytes of a gzip member that holds deflated data.
const GZIP: &[u8] = b"\x1f\x8b\x08";

/// Layers of gzip that are unpacked; more is a bomb, not an archive.
const MAX_LAYERS: usize = 4;

/// A source of bytes that can be looked ahead in.
pub(super) type Bytes = Box<dyn BufRead + Send>;

/// Adds the bytes that pass to a file's own count and to the run's.
pub(super) struct Counted<R> {
    pub inner: R,
    pub file: Arc<AtomicU64>,
    pub run: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.file.fetch_add(count as u64, Ordering::Relaxed);
        self.run.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// A byte source whose first [`PREFIX_BYTES`] are known. An error while they were read is kept and comes after them.
pub(super) struct Stream {
    prefix: Vec<u8>,
    /// Whether the prefix is all there is.
    whole: bool,
    at: usize,
    error: Option<io::Error>,
    rest: Bytes,
    /// Bytes handed on so far.
    position: Arc<AtomicU64>,
}

impl Stream {
    fn new(mut rest: Bytes) -> Self {
        let mut prefix = Vec::new();
        let outcome = (&mut rest).take(PREFIX_BYTES as u64).read_to_end(&mut prefix);
        let whole = outcome.is_ok() && prefix.len() < PREFIX_BYTES;
        Self { prefix, whole, at: 0, error: outcome.err(), rest, position: Arc::default() }
    }

    /// The stream of `raw`, unpacked as long as its content says gzip.
    pub fn unpacked(raw: Bytes) -> Self {
        let mut stream = Self::new(raw);
        let mut layers = 0;
        while stream.prefix.starts_with(GZIP) && layers < MAX_LAYERS {
            let position = Arc::clone(&stream.position);
            let gunzip = Gunzip { inner: MultiGzDecoder::new(stream), position };
            stream = Self::new(Box::new(BufReader::with_capacity(BUFFER_BYTES, gunzip)));
            layers += 1;
        }
        stream
    }

    /// The first bytes, at most [`PREFIX_BYTES`].
    pub fn prefix(&self) -> &[u8] {
        &self.prefix
    }

    /// Whether the prefix is all there is.
    pub fn is_whole(&self) -> bool {
        self.whole
    }
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl BufRead for Stream {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at < self.prefix.len() {
            return Ok(self.prefix.get(self.at..).unwrap_or_default());
        }
        match self.error.take() {
            Some(error) => Err(error),
            None if self.whole => Ok(&[]),
            None => self.rest.fill_buf(),
        }
    }

    fn consume(&mut self, count: usize) {
        if self.at < self.prefix.len() {
            self.at += count;
        } else {
            self.rest.consume(count);
        }
        self.position.fetch_add(count as u64, Ordering::Relaxed);
    }
}

/// Unpacks gzip, all members of it, and says at which byte of the packed data it breaks.
struct Gunzip {
    inner: MultiGzDecoder<Stream>,
    position: Arc<AtomicU64>,
}

impl Read for Gunzip {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer).map_err(|error| match error.kind() {
            io::ErrorKind::Interrupted => error,
            kind => {
                let at = self.position.load(Ordering::Relaxed);
                let what = match kind {
                    io::ErrorKind::UnexpectedEof => "breaks off",
                    _ => "is damaged",
                };
                io::Error::new(kind, format!("the gzip data {what} at byte {at}: {error}"))
            }
        })
    }
}

/// One step of reading in which an interrupted call is tried again.
pub(super) fn fill<R: BufRead + ?Sized>(source: &mut R) -> io::Result<&[u8]> {
    loop {
        match source.fill_buf() {
            Ok(_) => break,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    source.fill_buf()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use std::io::{Cursor, Write};

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    pub(crate) fn gzip(data: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    fn noise(length: usize) -> Vec<u8> {
        let mut state = 1_u32;
        std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        })
        .take(length)
        .collect()
    }

    #[test]
    fn every_member_and_every_layer_is_unpacked() {
        let data = noise(300_000);
        let mut packed = gzip(&data[..200_000]);
        packed.extend(gzip(&data[200_000..]));
        let mut stream = Stream::unpacked(Box::new(Cursor::new(gzip(&packed))));
        assert!(!stream.is_whole());
        let mut out = Vec::new();
        stream.read_to_end(&mut out).unwrap();
        assert!(out == data);
    }

    #[test]
    fn a_break_comes_after_what_could_be_unpacked_and_names_its_byte() {
        for (length, cut) in [(1_000, 600), (400_000, 300_000)] {
            let mut packed = gzip(&noise(length));
            packed.truncate(cut);
            let mut stream = Stream::unpacked(Box::new(Cursor::new(packed)));
            let mut out = Vec::new();
            let error = stream.read_to_end(&mut out).unwrap_err();
            assert!(error.to_string().contains(&format!("breaks off at byte {cut}")), "{error}");
            assert!(noise(length).starts_with(&out) && out.len() + 100_000 > length / 2, "{}", out.len());
        }
    }
}
