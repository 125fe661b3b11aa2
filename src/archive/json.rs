//! JSON: one object, an array of objects, or objects one after another, over as many lines as they like.
//!
//! `[{"text": "cuesta 15 €"}, {"text": "y 3 $"}]` in `news.json` gives `news.json#1` and `news.json#2`; a file with a single
//! object and no array around it is one document, `news.json`. Elements are cut out of the stream one by one, so that an
//! array may be longer than memory.

use std::{io, sync::Arc};

use super::{
    Item, Status,
    encoding::TextDecoder,
    fields::{Place, Wanted},
    format::{Fit, Items, Opened, Probe, Reader},
    object,
    splitter::{Piece, Splitter},
};

/// The reader of JSON.
pub(super) struct Json;

impl Reader for Json {
    fn fit(&self, probe: &Probe<'_>) -> Fit {
        let start = probe.text.trim_start();
        let next = |open: char| start.strip_prefix(open).and_then(|rest| rest.trim_start().chars().next());
        let content = matches!(next('['), Some('{' | ']')) || matches!(next('{'), Some('"' | '}'));
        match (content, probe.extension) {
            // JSON Lines with a broken first line looks like this too; there the name decides.
            (true, "jsonl" | "ndjson" | "jsonlines" | "ldjson") if !is_spread(start) => Fit::No,
            (true, _) => Fit::Content,
            (false, "json") => Fit::Name,
            (false, _) => Fit::No,
        }
    }

    fn open(&self, probe: &Probe<'_>, file: Opened) -> Items {
        let Opened { path, bytes, decoder, wanted } = file;
        let splitter = Splitter::new(bytes, wanted.limit);
        let array = probe.text.trim_start().starts_with('[');
        Box::new(Records { path, splitter, decoder, wanted, ordinal: 0, array, done: false })
    }
}

/// Whether the first line is only the beginning of an object or array.
fn is_spread(start: &str) -> bool {
    matches!(start.lines().next().map(str::trim), Some("{" | "[" | "[{"))
}

struct Records {
    path: String,
    splitter: Splitter,
    decoder: TextDecoder,
    wanted: Arc<Wanted>,
    ordinal: u64,
    /// Whether the file begins with an array.
    array: bool,
    done: bool,
}

impl Records {
    fn read(&mut self) -> io::Result<Option<Item>> {
        let Self { path, splitter, decoder, wanted, ordinal, array, .. } = self;
        let (line, record) = match splitter.next()? {
            None => return Ok(None),
            Some(Piece::Whole { line, bytes }) => (line, Ok(decoder.decode(bytes).into_owned())),
            Some(Piece::TooLong { line, bytes }) => {
                (line, Err(format!("{bytes} bytes long, over the limit of {} bytes", wanted.limit)))
            }
            Some(Piece::Open { line }) => (line, Err("the file ends inside the array; its end may be lost".to_owned())),
        };
        *ordinal += 1;
        // An error while looking ahead comes again with the next record.
        let single = *ordinal == 1 && !*array && splitter.at_end().unwrap_or(false);
        let place = Place { path, ordinal: (!single).then_some(*ordinal), line: Some(line) };
        Ok(Some(match record {
            Ok(json) => object::item(&json, wanted, place),
            Err(reason) => place.reject(Status::Failed, &reason),
        }))
    }
}

impl Iterator for Records {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if self.done {
            return None;
        }
        let item = self.read();
        self.done = !matches!(item, Ok(Some(_)));
        item.unwrap_or_else(|error| {
            let place = Place { path: &self.path, ordinal: Some(self.ordinal + 1), line: Some(self.splitter.line()) };
            Some(place.reject(Status::Failed, &format!("the file cannot be read on: {error}")))
        })
    }
}
