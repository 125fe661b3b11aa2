//! The module from outside: whole files in every format, good and bad.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::{
    fs,
    io::{BufWriter, Write},
    sync::atomic::Ordering,
};

use flate2::{Compression, write::GzEncoder};
use proptest::prelude::*;

use super::*;

fn gzip(data: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// The items of one file with that name and content, ids without its folder. Checks that all bytes count as read.
fn read_with(name: &str, data: &[u8], options: &ReadOptions) -> Vec<Item> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, data).unwrap();
    let inputs = plan(&[path.to_str().unwrap()]).unwrap();
    let (total, progress) = (inputs.total_bytes(), inputs.progress());
    let mut items: Vec<Item> = inputs.items(options).collect();
    if options.limit.is_none() {
        assert_eq!(Some(progress.load(Ordering::Relaxed)), total);
    }
    let folder = format!("{}/", folder.path().display());
    for item in &mut items {
        let id = match item {
            Item::Document(document) => &mut document.id,
            Item::Rejected(row) => &mut row.id,
        };
        *id = id.replace(&folder, "");
    }
    items
}

fn read(name: &str, data: impl AsRef<[u8]>) -> Vec<String> {
    read_with(name, data.as_ref(), &ReadOptions::default()).iter().map(shown).collect()
}

fn shown(item: &Item) -> String {
    match item {
        Item::Document(document) => format!("{}: {}", document.id, document.text),
        Item::Rejected(row) => format!("{} {}: {}", row.id, row.status.as_str(), row.reason),
    }
}

#[test]
fn a_text_file_is_a_document() {
    assert_eq!(read("a.txt", "cuesta 15 €\n"), ["a.txt: cuesta 15 €\n"]);
    assert_eq!(read("a", "\u{feff}cuesta 15 €"), ["a: cuesta 15 €"]);
    assert_eq!(read("a.txt", b"la se\xf1ora paga en Espa\xf1a"), ["a.txt: la señora paga en España"]);
    assert_eq!(read("a.txt.gz", gzip(b"hola")), ["a.txt.gz: hola"]);
    assert_eq!(read("a.txt", "[EFE] {Madrid} sube"), ["a.txt: [EFE] {Madrid} sube"]);
    assert_eq!(read("a.txt", ""), ["a.txt skipped: empty file"]);
    assert_eq!(read("a.txt", " \n"), ["a.txt skipped: empty text"]);
    let mut late = "a ".repeat(40_000).into_bytes();
    late.extend(b"la se\xf1ora paga en Espa\xf1a");
    assert!(read("a.txt", late)[0].ends_with("la señora paga en España"));
}

#[test]
fn a_line_of_json_is_a_document() {
    let lines = concat!(
        r#"{"id": "a1", "text": "cuesta 15 €", "x": [1, {"text": 2}]}"#,
        "\n\n",
        r#"{"url": 12345678901234567890123, "text": "con \"comillas\" y \u0000"}"#,
        "\r\n",
        r#"{"body": "y 3 $"}"#,
        "\n{broken\n[1]\n",
        r#"{"title": "T", "id": "a1", "teext": "x"}"#,
        "\n",
        r#"{"text": 5}"#,
        "\n",
        r#"{"text": ""}"#,
    );
    let rows = [
        "a1: cuesta 15 €",
        "12345678901234567890123: con \"comillas\" y \0",
        "n.jsonl#3: y 3 $",
        "n.jsonl#4 failed: line 5: not JSON: key must be a string at column 2",
        "n.jsonl#5 failed: line 6: not JSON: invalid type: sequence, expected a JSON object at column 0",
        "a1 failed: line 7: no text field: tried text, body, content, articleBody; there is title, id, teext; name one \
         with --text-field",
        "n.jsonl#7 failed: line 8: field `text` is a number, not a text",
        "n.jsonl#8 skipped: line 9: empty text",
    ];
    assert_eq!(read("n.jsonl", lines), rows);
    assert_eq!(read("n.txt", lines).len(), rows.len(), "told by content");
    assert_eq!(read("n.jsonl", "{broken\n{\"text\": \"x\"}").len(), 2);
    let utf16: Vec<u8> = lines.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read("n.jsonl", utf16), rows);
}

#[test]
fn fields_become_the_documents_own() {
    let line =
        r#"{"text": "x", "headline": "T", "date": "Thu, 23 May 2024 10:00:00 +0200", "lang": "es", "locale": "es_MX"}"#;
    let items = read_with("n.jsonl", line.as_bytes(), &ReadOptions::default());
    let Item::Document(document) = &items[0] else { panic!("{items:?}") };
    assert_eq!(document.title.as_deref(), Some("T"));
    assert_eq!(document.published.as_deref(), Some("2024-05-23"));
    assert_eq!(document.language.as_deref(), Some("es-MX"));

    let options = ReadOptions {
        text_fields: vec!["article.body.plain".to_owned()],
        language_fields: vec!["article.lang".to_owned()],
        ..ReadOptions::default()
    };
    let line = r#"{"text": "no", "article": {"lang": "es", "body": {"plain": "sí"}, "text": "no"}}"#;
    let items = read_with("n.jsonl", line.as_bytes(), &options);
    let Item::Document(document) = &items[0] else { panic!("{items:?}") };
    assert_eq!((document.text.as_str(), document.language.as_deref()), ("sí", Some("es")));
}

#[test]
fn json_may_be_one_object_an_array_or_many_objects() {
    let pretty = "{\n  \"text\": \"uno\"\n}\n";
    assert_eq!(read("a.json", pretty), ["a.json: uno"]);
    assert_eq!(read("a.json", r#"{"text": "uno"}"#), ["a.json: uno"]);
    assert_eq!(read("a.json", pretty.repeat(2)), ["a.json#1: uno", "a.json#2: uno"]);
    assert_eq!(read("a.txt", r#"[{"text": "uno"}]"#), ["a.txt#1: uno"]);
    assert_eq!(
        read("a.json", "[{\"text\": \"uno\"},\n 7, {\"text\": \"dos\"}, {\"text\": \n x}, {\"text\": \"tres\"}"),
        [
            "a.json#1: uno",
            "a.json#2 failed: line 2: not JSON: invalid type: integer `7`, expected a JSON object at column 1",
            "a.json#3: dos",
            "a.json#4 failed: line 2: not JSON: expected value at line 2 of the record, column 2",
            "a.json#5: tres",
            "a.json#6 failed: line 3: the file ends inside the array; its end may be lost",
        ]
    );
}

#[test]
fn a_row_of_a_table_is_a_document() {
    let table = "id;text\r\na1;\"cuesta 15 €;\r\nhoy\"\r\n\r\na2\r\na3;\"dice \"\"sí\"\"\"\r\n;sin id\r\na5;\r\n";
    let rows = [
        "a1: cuesta 15 €;\r\nhoy",
        "n.csv#2 failed: line 5: the row's number of fields is 1, the header's 2; check its quotes",
        "a3: dice \"sí\"",
        "n.csv#4: sin id",
        "a5 skipped: line 8: empty text",
    ];
    assert_eq!(read("n.csv", table), rows);
    assert_eq!(read("n.csv", encoding_rs::WINDOWS_1252.encode(table).0), rows);
    assert_eq!(read("n", "id\ttext\n1\tuno, dos; tres\n"), ["1: uno, dos; tres"]);
    assert_eq!(read("n.csv", "text\nuno\n"), ["n.csv#1: uno"]);
    assert_eq!(
        read("n.csv", "a,b\n1,2\n3,4\n"),
        [
            "n.csv failed: none of its rows is read, since no column holds the text: tried text, body, content, articleBody; \
          the header has a, b; name one with --text-field"
        ]
    );
    assert_eq!(read("n.csv", "id,text\n"), ["n.csv skipped: there is no record in it"]);
}

#[test]
fn other_formats_are_skipped_by_name() {
    for (data, name) in
        [(&b"%PDF-1.4 x"[..], "PDF"), (b"<!doctype html><p>x", "HTML"), (b"\0\0\0\0\0\x01\x02\x03\x04", "binary data")]
    {
        let rows = read("a.txt", data);
        assert!(rows[0].starts_with(&format!("a.txt skipped: {name} is not read; ")), "{rows:?}");
    }
}

#[test]
fn what_is_over_the_limit_fails_alone() {
    let options = ReadOptions { max_document_bytes: 30, ..ReadOptions::default() };
    let long = "x".repeat(5_000);
    for (name, data) in [
        ("n.jsonl", format!("{{\"text\": \"a\"}}\n{{\"text\": \"{long}\"}}\n{{\"text\": \"b\"}}\n")),
        ("n.json", format!("[{{\"text\": \"a\"}},\n{{\"text\": \"{long}\"}},\n{{\"text\": \"b\"}}]")),
        ("n.csv", format!("id,text\n,a\n,\"{long}\"\n,b\n")),
    ] {
        let rows: Vec<_> = read_with(name, data.as_bytes(), &options).iter().map(shown).collect();
        assert_eq!(rows.len(), 3, "{rows:?}");
        assert_eq!((rows[0].as_str(), rows[2].as_str()), (&*format!("{name}#1: a"), &*format!("{name}#3: b")));
        assert!(rows[1].contains("bytes long, over the limit of 30 bytes"), "{rows:?}");
    }
    let wide = read("n.csv", format!("id,text\n{}\n1,a\n", ",".repeat(200_000)));
    assert_eq!(wide, ["n.csv#1 failed: line 2: more than 65536 fields; check its separators", "1: a"]);
    let rows: Vec<_> = read_with("a.txt", long.as_bytes(), &options).iter().map(shown).collect();
    assert_eq!(rows, ["a.txt failed: longer than the limit of 30 bytes"]);
}

#[test]
fn a_line_of_200_megabytes_is_a_row_and_reading_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("n.jsonl");
    let mut file = BufWriter::new(fs::File::create(&path).unwrap());
    file.write_all(b"{\"text\": \"a\"}\n{\"text\": \"").unwrap();
    for _ in 0..200 {
        file.write_all(&[b'x'; 1 << 20]).unwrap();
    }
    file.write_all(b"\"}\n{\"text\": \"b\"}\n").unwrap();
    file.flush().unwrap();
    let items = plan(&[path.to_str().unwrap()]).unwrap().items(&ReadOptions::default());
    let rows: Vec<_> = items.map(|item| shown(&item)).collect();
    assert_eq!(rows.len(), 3);
    assert!(rows[1].ends_with("line 2: 209715212 bytes long, over the limit of 67108864 bytes"), "{}", rows[1]);
    assert!(rows[2].ends_with("#3: b"));
}

#[test]
fn a_truncated_gzip_file_gives_what_comes_before_the_break() {
    let lines: String =
        (0..9_000).map(|n: u32| format!("{{\"text\": \"n {}\"}}\n", n.wrapping_mul(2_654_435_761))).collect();
    let mut packed = gzip(lines.as_bytes());
    let cut = packed.len() / 2;
    packed.truncate(cut);
    let rows = read("n.jsonl.gz", packed);
    assert!(rows.len() > 1_000, "{}", rows.len());
    let last = rows.last().unwrap();
    assert!(last.contains(&format!("the gzip data breaks off at byte {cut}")), "{last}");
    assert!(rows[..rows.len() - 1].iter().all(|row| row.contains(": n ")));
}

#[test]
fn files_that_vanish_or_are_closed_to_us_fail_alone() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["a.txt", "b.txt"] {
        fs::write(folder.path().join(name), "hola").unwrap();
    }
    let inputs = plan(&[folder.path().to_str().unwrap()]).unwrap();
    fs::remove_file(folder.path().join("a.txt")).unwrap();
    let rows: Vec<_> = inputs.items(&ReadOptions::default()).map(|item| shown(&item)).collect();
    assert!(rows[0].contains("a.txt failed: cannot be opened: "), "{rows:?}");
    assert!(rows[1].ends_with("b.txt: hola"), "{rows:?}");
}

#[test]
fn the_limit_ends_reading() {
    let options = ReadOptions { limit: Some(2), ..ReadOptions::default() };
    assert_eq!(read_with("n.jsonl", "{\"text\": \"a\"}\n".repeat(5).as_bytes(), &options).len(), 2);
}

/// Bytes that look like something now and then.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let pieces: Vec<&'static [u8]> = vec![
        b"{",
        b"}",
        b"[",
        b"]",
        b"\"",
        b"\\",
        b",",
        b";",
        b"\n",
        b"\r\n",
        b"\t",
        b"\"text\":",
        b"text",
        b"id",
        b"{\"text\":\"a\"}\n",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\0",
        b"\x1f\x8b\x08\0",
        b"\xc3\xb1",
        b"\xf1",
        b"\x81\x40",
        b"1",
        b" ",
        b"\\ud800",
        b"e",
    ];
    let piece = prop_oneof![
        4 => prop::sample::select(pieces).prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 0..8),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_bytes_under_any_name_end_in_items(
        data in bytes(),
        name in "a(\\.(txt|jsonl|json|csv|tsv|html|gz|pdf))?(\\.gz)?",
        packed in any::<bool>(),
    ) {
        let packed = if packed { gzip(&data) } else { data };
        let items = read_with(&name, &packed, &ReadOptions { max_document_bytes: 60, ..ReadOptions::default() });
        prop_assert!(!items.is_empty());
    }

    #[test]
    fn every_line_is_accounted_for(lines in prop::collection::vec("[ -~ñ]{0,20}", 0..9)) {
        let data = format!("{{\"text\": \"a\"}}\n{}", lines.join("\n"));
        let expected = data.lines().filter(|line| !line.trim().is_empty()).count();
        prop_assert_eq!(read("n.jsonl", data).len(), expected);
    }
}
