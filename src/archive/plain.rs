//! A file of plain text is one document.
//!
//! `news/a.txt` with «cuesta 15 €» is the document `news/a.txt`. Nothing is cut off at either end, so that offsets are
//! those of the file's own text (after its byte-order mark).

use std::io::Read;

use super::{
    Item, Status,
    fields::Place,
    format::{Fit, Items, Opened, Probe, Reader},
};
use crate::Document;

/// The reader of plain text.
pub(super) struct PlainText;

impl Reader for PlainText {
    fn fit(&self, _: &Probe<'_>) -> Fit {
        Fit::Fallback
    }

    fn open(&self, _: &Probe<'_>, file: Opened) -> Items {
        let mut file = Some(file);
        Box::new(std::iter::from_fn(move || file.take().map(read)))
    }
}

fn read(file: Opened) -> Item {
    let Opened { path, bytes, mut decoder, wanted } = file;
    let place = Place { path: &path, ordinal: None, line: None };
    let mut data = Vec::new();
    if let Err(error) = bytes.take(wanted.limit as u64 + 1).read_to_end(&mut data) {
        return place.reject(Status::Failed, &format!("cannot be read to its end: {error}"));
    }
    if data.len() > wanted.limit {
        return place.reject(Status::Failed, &format!("longer than the limit of {} bytes", wanted.limit));
    }
    let text = decoder.decode_file(data);
    if text.trim().is_empty() {
        return place.reject(Status::Skipped, "empty text");
    }
    Item::Document(Document { id: path.clone(), source: path, text, ..Document::default() })
}
