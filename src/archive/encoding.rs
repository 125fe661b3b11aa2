//! From bytes to text: UTF-8, UTF-16 and legacy encodings, told by content.
//!
//! `caf\xe9 a 2 \x80` is no UTF-8 and becomes «café a 2 €» (windows-1252). The order of evidence: byte-order mark, NULs at
//! every second byte (UTF-16), valid UTF-8, then the detector chardetng. Bytes that are not UTF-8 inside text that
//! otherwise is (more valid sequences of several bytes than broken ones) are damage: each becomes U+FFFD and the document
//! is kept. Control characters at more than one byte in twenty (and four at least) are no text at all. Mojibake, text
//! that was decoded wrongly before it came here, is valid UTF-8 and left alone.

use std::{
    borrow::Cow,
    io::{self, BufRead, Read},
};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_16BE, UTF_16LE};

use super::stream::{BUFFER_BYTES, PREFIX_BYTES, Stream, fill};

/// ASCII bytes before the first other one that the detector sees.
const CONTEXT_BYTES: usize = 64;

/// What the first bytes of a file say about all of it.
pub(super) enum Charset {
    /// ASCII keeps its meaning byte by byte (UTF-8, single-byte encodings): cut into records first, then decode each.
    Ascii(TextDecoder),
    /// Characters may hold bytes that look like syntax (UTF-16, GBK): decode first, then cut.
    Wide(&'static Encoding),
    /// Not text that we read; the name is for the row's reason.
    Unreadable(&'static str),
}

/// Tells the charset from `bytes`, the beginning of a file or (`whole`) all of it, and the length of its byte-order mark.
pub(super) fn detect(bytes: &[u8], whole: bool) -> (Charset, usize) {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => return (Charset::Unreadable("UTF-32 text"), 4),
        [0xff, 0xfe, ..] => return (Charset::Wide(UTF_16LE), 2),
        [0xfe, 0xff, ..] => return (Charset::Wide(UTF_16BE), 2),
        [0xef, 0xbb, 0xbf, ..] => return (Charset::Ascii(TextDecoder::default()), 3),
        _ => {}
    }
    if let Some(encoding) = utf16(bytes) {
        return (Charset::Wide(encoding), 0);
    }
    if is_binary(bytes) {
        return (Charset::Unreadable("binary data"), 0);
    }
    let charset = match std::str::from_utf8(bytes) {
        Ok(_) => Charset::Ascii(TextDecoder::default()),
        Err(error) if !whole && error.error_len().is_none() => Charset::Ascii(TextDecoder::default()),
        Err(_) if is_damaged_utf8(bytes) => Charset::Ascii(TextDecoder::default()),
        Err(_) => {
            let mut decoder = TextDecoder::default();
            let encoding = decoder.guess(bytes, whole);
            if encoding.is_single_byte() { Charset::Ascii(decoder) } else { Charset::Wide(encoding) }
        }
    };
    (charset, 0)
}

/// UTF-16 without a byte-order mark: NULs at every second byte, since spaces, digits and Latin letters have one.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let (mut even, mut odd) = (0_usize, 0_usize);
    let (pairs, _) = bytes.as_chunks::<2>();
    for pair in pairs {
        even += usize::from(pair[0] == 0);
        odd += usize::from(pair[1] == 0);
    }
    let (many, few) = (pairs.len() * 3 / 10, pairs.len() / 20);
    match () {
        () if pairs.len() < 2 => None,
        () if odd > many && even <= few => Some(UTF_16LE),
        () if even > many && odd <= few => Some(UTF_16BE),
        () => None,
    }
}

/// Whether control characters are too many for text.
fn is_binary(bytes: &[u8]) -> bool {
    let controls = bytes.iter().filter(|&&byte| matches!(byte, 0..=7 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f)).count();
    controls >= 4 && controls * 20 > bytes.len()
}

/// Whether bytes that are not UTF-8 are UTF-8 with damage rather than another encoding.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut valid, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    valid > broken
}

/// Decodes the records of one file, each valid UTF-8 or not. Files that mix encodings come out right record by record.
#[derive(Default)]
pub(super) struct TextDecoder {
    legacy: Option<Box<Legacy>>,
}

/// What was learnt from bytes that are not UTF-8.
struct Legacy {
    detector: EncodingDetector,
    /// Bytes that the detector has seen.
    seen: usize,
    encoding: &'static Encoding,
}

impl TextDecoder {
    /// The text of one record; borrowed where it is valid UTF-8.
    pub fn decode<'a>(&mut self, bytes: &'a [u8]) -> Cow<'a, str> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) if is_damaged_utf8(bytes) => String::from_utf8_lossy(bytes),
            Err(_) => self.guess(bytes, false).decode_without_bom_handling(bytes).0,
        }
    }

    /// The text of a whole file.
    pub fn decode_file(&mut self, bytes: Vec<u8>) -> String {
        String::from_utf8(bytes).unwrap_or_else(|error| self.decode(error.as_bytes()).into_owned())
    }

    /// The likeliest encoding after `bytes` too; settled once the detector has seen [`PREFIX_BYTES`].
    fn guess(&mut self, bytes: &[u8], last: bool) -> &'static Encoding {
        let legacy = self.legacy.get_or_insert_with(|| {
            let detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            Box::new(Legacy { detector, seen: 0, encoding: encoding_rs::WINDOWS_1252 })
        });
        if legacy.seen < PREFIX_BYTES {
            // ASCII tells nothing: begin shortly before the first byte that is not.
            let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0).saturating_sub(CONTEXT_BYTES);
            let sample = bytes.get(first..).unwrap_or_default();
            let sample = sample.get(..PREFIX_BYTES).unwrap_or(sample);
            legacy.detector.feed(sample, last && first + sample.len() == bytes.len());
            legacy.seen = if last { PREFIX_BYTES } else { legacy.seen + sample.len() };
            legacy.encoding = legacy.detector.guess(None, Utf8Detection::Deny);
        }
        legacy.encoding
    }
}

/// A stream in a wide encoding, read as UTF-8.
pub(super) struct Transcoded {
    inner: Stream,
    decoder: Decoder,
    buffer: Vec<u8>,
    at: usize,
    end: usize,
    done: bool,
}

impl Transcoded {
    pub fn new(inner: Stream, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_without_bom_handling();
        Self { inner, decoder, buffer: vec![0; BUFFER_BYTES], at: 0, end: 0, done: false }
    }
}

impl BufRead for Transcoded {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.at >= self.end && !self.done {
            let input = fill(&mut self.inner)?;
            let last = input.is_empty();
            let (result, read, written, _) = self.decoder.decode_to_utf8(input, &mut self.buffer, last);
            self.inner.consume(read);
            (self.at, self.end) = (0, written);
            self.done = last && result == CoderResult::InputEmpty;
        }
        Ok(self.buffer.get(self.at..self.end).unwrap_or_default())
    }

    fn consume(&mut self, count: usize) {
        self.at += count;
    }
}

impl Read for Transcoded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;

    fn decode(bytes: Vec<u8>) -> Result<String, &'static str> {
        let (charset, mark) = detect(&bytes, true);
        match charset {
            Charset::Unreadable(what) => Err(what),
            Charset::Wide(encoding) => Ok(encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned()),
            Charset::Ascii(mut decoder) => Ok(decoder.decode_file(bytes[mark..].to_vec())),
        }
    }

    const TEXT: &str =
        "El café de la estación subió un 5 %: cuesta 2 €, según la señora Muñoz. Mañana será más caro aún.";

    fn utf16(text: &str, big: bool, mark: bool) -> Vec<u8> {
        let mark = if mark { "\u{feff}" } else { "" };
        let units = mark.encode_utf16().chain(text.encode_utf16()).collect::<Vec<_>>();
        units.into_iter().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn text_is_the_same_in_every_encoding() {
        let mut marked = b"\xef\xbb\xbf".to_vec();
        marked.extend(TEXT.as_bytes());
        let legacy = encoding_rs::WINDOWS_1252.encode(TEXT).0.into_owned();
        let mut forms = vec![TEXT.as_bytes().to_vec(), marked, legacy];
        for (big, mark) in [(false, false), (false, true), (true, false), (true, true)] {
            forms.push(utf16(TEXT, big, mark));
        }
        for form in forms {
            assert_eq!(decode(form).unwrap(), TEXT);
        }
    }

    #[test]
    fn other_legacy_scripts_are_decoded() {
        let russian = "Цена выросла на пять процентов, сообщили в министерстве экономики.";
        let chinese = "北京的人工智能核心产业规模超过三千五百亿元，企业数量超过两千四百家。";
        assert_eq!(decode(encoding_rs::WINDOWS_1251.encode(russian).0.into_owned()).unwrap(), russian);
        assert_eq!(decode(encoding_rs::GBK.encode(chinese).0.into_owned()).unwrap(), chinese);
    }

    #[test]
    fn a_broken_byte_in_utf8_is_a_replacement_character() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.push(0xc3);
        assert_eq!(decode(bytes).unwrap(), format!("{TEXT}\u{fffd}"));
    }

    #[test]
    fn nuls_are_text_when_few_and_binary_when_many() {
        assert_eq!(decode(b"vale 3\0 euros".to_vec()).unwrap(), "vale 3\0 euros");
        assert_eq!(decode(b"\0\0\0\0\x01\x02\x03abc\0\0\0".to_vec()), Err("binary data"));
        assert_eq!(decode(b"\xff\xfe\0\0a\0\0\0".to_vec()), Err("UTF-32 text"));
    }

    #[test]
    fn a_prefix_cut_inside_a_character_is_still_utf8() {
        let bytes = "señal €".as_bytes();
        for end in 1..bytes.len() {
            assert!(matches!(detect(&bytes[..end], false), (Charset::Ascii(TextDecoder { legacy: None }), 0)), "{end}");
        }
    }

    #[test]
    fn a_wide_stream_is_decoded_piece_by_piece() {
        let text = TEXT.repeat(5_000);
        let mut out = String::new();
        let stream = Stream::unpacked(Box::new(io::Cursor::new(utf16(&text, false, false))));
        Transcoded::new(stream, UTF_16LE).read_to_string(&mut out).unwrap();
        assert!(out == text);
    }
}
