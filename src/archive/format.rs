//! Which format a file is in: by content first, by name second.
//!
//! A file that begins with `{"id": 1, "text": "…"}` and a line break is JSON Lines, whatever its name; a file `a.csv` is a
//! table unless its content says otherwise; text that is nothing else is plain text. What begins like a PDF or a web page
//! is refused by name, since read as plain text it would give nonsense.

use std::{borrow::Cow, sync::Arc};

use super::{
    Item, delimited,
    encoding::{Charset, TextDecoder},
    fields::Wanted,
    json, json_lines, plain,
    stream::Bytes,
};

/// The formats we read. Of two that fit equally well the first is taken.
pub(super) const READERS: &[&dyn Reader] =
    &[&json_lines::JsonLines, &json::Json, &delimited::Delimited, &plain::PlainText];

/// How sure a format is that a file is its own, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    No,
    /// Any text will do.
    Fallback,
    /// The name says so.
    Name,
    /// The content says so.
    Content,
}

/// What is known of a file before it is read.
pub(super) struct Probe<'a> {
    /// Extension in lower case, those of packers left out; empty if there is none.
    pub extension: &'a str,
    /// The first bytes as text.
    pub text: &'a str,
    /// Whether that is the whole file.
    pub whole: bool,
    pub wanted: &'a Wanted,
}

/// A file to read: unpacked, wide encodings decoded, byte-order mark gone.
pub(super) struct Opened {
    /// The path as the rows show it.
    pub path: String,
    pub bytes: Bytes,
    pub decoder: TextDecoder,
    pub wanted: Arc<Wanted>,
}

/// The records of one file, each an item.
pub(super) type Items = Box<dyn Iterator<Item = Item> + Send>;

/// A format.
pub(super) trait Reader: Sync {
    /// Whether the file is in this format.
    fn fit(&self, probe: &Probe<'_>) -> Fit;

    /// Begins to read the file; nothing is held but one record.
    fn open(&self, probe: &Probe<'_>, file: Opened) -> Items;
}

/// The reader that fits best.
pub(super) fn choose(probe: &Probe<'_>) -> Option<&'static dyn Reader> {
    let mut best: Option<(Fit, &dyn Reader)> = None;
    for &reader in READERS {
        let fit = reader.fit(probe);
        if fit > best.map_or(Fit::No, |(fit, _)| fit) {
            best = Some((fit, reader));
        }
    }
    best.map(|(_, reader)| reader)
}

/// The extension of `path` in lower case, `.gz` behind it left out.
pub(super) fn extension(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or_default().to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    name.rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_owned())
}

/// The first bytes as text, for looking at only.
pub(super) fn glimpse<'a>(bytes: &'a [u8], charset: &Charset) -> Cow<'a, str> {
    match charset {
        Charset::Wide(encoding) => encoding.decode_without_bom_handling(bytes).0,
        _ => String::from_utf8_lossy(bytes),
    }
}

/// Beginnings of formats that we do not read.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "a zip archive (or a Word, Excel or EPUB file)"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"\xfd7zXZ\0", "xz data"),
    (b"PAR1\x15", "Parquet"),
    (b"\x1f\x8b", "gzip data in too many layers"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel file"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
    (b"WARC/", "WARC"),
    (b"{\\rtf", "RTF"),
];

/// Beginnings of markup that we do not read, in lower case.
const MARKUP: &[(&str, &str)] = &[
    ("<!doctype html", "HTML"),
    ("<html", "HTML"),
    ("<?xml", "XML"),
    ("<rss", "RSS"),
    ("<feed", "Atom"),
    ("<nitf", "NITF"),
];

/// The name of a format that we know but do not read, by the first bytes.
pub(super) fn foreign(bytes: &[u8]) -> Option<&'static str> {
    if let Some((_, name)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(name);
    }
    if bytes.starts_with(b"BZh") && bytes.get(4..10) == Some(b"1AY&SY") {
        return Some("bzip2 data");
    }
    (bytes.get(257..262) == Some(b"ustar")).then_some("a tar archive")
}

/// The name of markup that we know but do not read, by the first text; a bare tag is left to the name.
pub(super) fn markup(text: &str, extension: &str) -> Option<&'static str> {
    let start = text.trim_start();
    let begins = |tag: &str| start.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    match MARKUP.iter().find(|(tag, _)| begins(tag)) {
        Some((_, name)) => Some(name),
        None if !start.starts_with('<') => None,
        None => match extension {
            "html" | "htm" | "xhtml" => Some("HTML"),
            "xml" | "rss" | "atom" => Some("XML"),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_are_those_below_the_packer() {
        assert_eq!(extension("a.b/News.JSONL.gz"), "jsonl");
        assert_eq!(extension("a.b/news"), "");
        assert_eq!(extension("-"), "");
    }

    #[test]
    fn other_formats_have_a_name() {
        assert_eq!(foreign(b"%PDF-1.7"), Some("PDF"));
        assert_eq!(foreign(b"BZh91AY&SY.."), Some("bzip2 data"));
        assert_eq!(foreign(b"BZh sube"), None);
        assert_eq!(markup("\n <!DOCTYPE HTML>", ""), Some("HTML"));
        assert_eq!(markup("<p>", "htm"), Some("HTML"));
        assert_eq!(markup("<ñ", ""), None);
    }
}
