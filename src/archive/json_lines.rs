//! JSON Lines: a record a line.
//!
//! `{"id": "a1", "text": "cuesta 15 €"}` is the document `a1`; the same without an id in line 3 of `news.jsonl`, after a
//! blank line, is `news.jsonl#2`. A broken line, or one over the limit, is a `failed` row with its line number.

use std::sync::Arc;

use super::{
    Item, Status,
    encoding::TextDecoder,
    fields::{Place, Wanted},
    format::{Fit, Items, Opened, Probe, Reader},
    lines::{Line, Lines},
    object,
};

/// Lines that are looked at to tell the format.
const SAMPLE_LINES: usize = 10;

/// The reader of JSON Lines.
pub(super) struct JsonLines;

impl Reader for JsonLines {
    fn fit(&self, probe: &Probe<'_>) -> Fit {
        let named = matches!(probe.extension, "jsonl" | "ndjson" | "jsonlines" | "ldjson");
        let start = probe.text.trim_start();
        let otherwise = if named { Fit::Name } else { Fit::No };
        if start.starts_with('[') && !named {
            return Fit::No;
        }
        let Some((complete, _)) = probe.text.rsplit_once('\n').or(probe.whole.then_some((probe.text, ""))) else {
            // The first line goes beyond what we see.
            let object = start.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with('"'));
            return if object && probe.extension != "json" { Fit::Content } else { otherwise };
        };
        let complete = if probe.whole { probe.text } else { complete };
        let lines = complete.lines().filter(|line| !line.trim().is_empty()).take(SAMPLE_LINES);
        let objects = lines.filter(|line| line.trim_start().starts_with('{') && object::is_object(line)).count();
        match objects {
            0 => otherwise,
            1 if probe.extension == "json" => Fit::No,
            _ if named || start.starts_with('{') || objects > SAMPLE_LINES / 2 => Fit::Content,
            _ => Fit::No,
        }
    }

    fn open(&self, _: &Probe<'_>, file: Opened) -> Items {
        let Opened { path, bytes, decoder, wanted } = file;
        let lines = Lines::new(bytes, wanted.limit);
        Box::new(Records { path, lines, decoder, wanted, ordinal: 0, done: false })
    }
}

struct Records {
    path: String,
    lines: Lines,
    decoder: TextDecoder,
    wanted: Arc<Wanted>,
    ordinal: u64,
    done: bool,
}

impl Iterator for Records {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if self.done {
            return None;
        }
        let Self { path, lines, decoder, wanted, ordinal, .. } = self;
        let next_number = lines.next_number();
        let mut place = |line| {
            *ordinal += 1;
            Place { path, ordinal: Some(*ordinal), line: Some(line) }
        };
        loop {
            return match lines.next() {
                Ok(None) => {
                    self.done = true;
                    None
                }
                Ok(Some(Line::Whole { bytes, .. })) if bytes.iter().all(u8::is_ascii_whitespace) => continue,
                Ok(Some(Line::Whole { number, bytes })) => {
                    Some(object::item(&decoder.decode(bytes), wanted, place(number)))
                }
                Ok(Some(Line::TooLong { number, bytes })) => {
                    let reason = format!("{bytes} bytes long, over the limit of {} bytes", wanted.limit);
                    Some(place(number).reject(Status::Failed, &reason))
                }
                Err(error) => {
                    self.done = true;
                    Some(place(next_number).reject(Status::Failed, &format!("the file cannot be read on: {error}")))
                }
            };
        }
    }
}
