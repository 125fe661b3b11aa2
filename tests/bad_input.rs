//! Whatever files bring: each ends as a row, or as one clear line, and the rest of the run goes on.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stderr, reason = "a test may panic and print")]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn cuanto(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cuanto"));
    command.args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Writes `bytes` under `name`, extracts them, and gives the exit status with the rows of `documents` and `facts`.
fn extract(name: &str, bytes: &[u8]) -> (Option<i32>, Vec<Value>, Vec<Value>) {
    let dir = tempfile::tempdir().unwrap();
    let input = dir.path().join(name);
    fs::write(&input, bytes).unwrap();
    let out = dir.path().join("out");
    let output =
        cuanto(&["extract", input.to_str().unwrap(), "-o", out.to_str().unwrap(), "--format", "jsonl", "--lang", "es"])
            .output()
            .unwrap();
    (output.status.code(), rows(&out.join("documents.jsonl")), rows(&out.join("facts.jsonl")))
}

fn rows(path: &Path) -> Vec<Value> {
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn statuses(documents: &[Value]) -> Vec<&str> {
    documents.iter().map(|row| row["status"].as_str().unwrap()).collect()
}

fn surfaces(facts: &[Value]) -> Vec<&str> {
    facts.iter().map(|row| row["surface"].as_str().unwrap()).collect()
}

const TEXT: &str = "El camión pesó 3,5 toneladas y costó 80 €, según el dueño de la fábrica.";

#[test]
fn gzip_of_several_members_is_read_to_the_end() {
    let member = |text: &str| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        writeln!(encoder, "{}", serde_json::json!({ "text": text })).unwrap();
        encoder.finish().unwrap()
    };
    let (status, documents, facts) = extract("news.jsonl.gz", &[member("Son 3 km."), member("Son 4 km.")].concat());
    assert_eq!((status, statuses(&documents)), (Some(0), vec!["ok", "ok"]));
    assert_eq!(surfaces(&facts), ["3 km", "4 km"]);
}

#[test]
fn a_gzip_file_that_breaks_off_is_a_failed_row() {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    (0..2000).for_each(|n| writeln!(encoder, r#"{{"text": "Son {n} km de {}."}}"#, n * 7919 % 1000).unwrap());
    let whole = encoder.finish().unwrap();
    let (status, documents, _) = extract("news.jsonl.gz", &whole[..whole.len() / 2]);
    assert_eq!(status, Some(1));
    assert_eq!(statuses(&documents).last(), Some(&"failed"));
}

#[test]
fn legacy_encodings_are_decoded() {
    let latin1: Vec<u8> =
        TEXT.chars().map(|c| if c == '€' { 0x80 } else { u8::try_from(u32::from(c)).unwrap() }).collect();
    let utf16le: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let with_mark = [&[0xff, 0xfe], utf16le.as_slice()].concat();
    let utf16be: Vec<u8> = "\u{feff}".encode_utf16().chain(TEXT.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    let utf8 = format!("\u{feff}{TEXT}").into_bytes();
    for (name, bytes) in
        [("latin", latin1), ("le", utf16le), ("le-mark", with_mark), ("be", utf16be), ("utf8-mark", utf8)]
    {
        let (status, documents, facts) = extract("article.txt", &bytes);
        assert_eq!((status, statuses(&documents)), (Some(0), vec!["ok"]), "{name}: {documents:?}");
        assert_eq!(surfaces(&facts), ["3,5 toneladas", "80 €"], "{name}");
        assert_eq!(facts[0]["start"], 15, "{name}: the mark is no part of the text");
    }
}

#[test]
fn broken_json_lines_are_rows_and_the_rest_is_read() {
    let lines = [
        br#"{"id": "whole", "text": "Son 3 km."}"#.as_slice(),
        br#"{"id": "cut", "text": "Son"#,
        br#"{"id": "no text", "headline": "Son 4 km"}"#,
        br#"[1, 2]"#,
        br#"{"id": "null", "text": null}"#,
        b"{\"id\": \"nul byte\", \"text\": \"Son \\u0000 5 km.\"}",
        b"{\"id\": \"raw nul\", \"text\": \"Son \0 6 km.\"}",
        b"{\"id\": \"bytes\", \"text\": \"Son \xff\xfe 7 km.\"}",
        br#"{"id": "last", "text": "Son 8 km."}"#,
    ];
    let (status, documents, facts) = extract("news.jsonl", &lines.join(b"\n".as_slice()));
    assert_eq!((status, documents.len()), (Some(1), lines.len()), "{documents:?}");
    let status_of = |n: usize| documents[n]["status"].as_str().unwrap();
    assert_eq!([status_of(0), status_of(1), status_of(3), status_of(8)], ["ok", "failed", "failed", "ok"]);
    assert_eq!(status_of(5), "ok", "an escaped NUL is a character like any other");
    for row in documents.iter().filter(|row| row["status"] != "ok") {
        assert!(!row["error"].as_str().unwrap().is_empty(), "{row}");
    }
    assert!(surfaces(&facts).starts_with(&["3 km"]) && surfaces(&facts).ends_with(&["8 km"]), "{facts:?}");
}

#[test]
fn csv_with_semicolons_and_quoted_line_breaks_is_read() {
    let csv = "id;text;lang\r\n1;\"Son 3,5 km;\r\ny 4 €\";es\r\n2;Son 5 km;es\r\n";
    let (status, documents, facts) = extract("news.csv", csv.as_bytes());
    assert_eq!((status, documents.len()), (Some(0), 2), "{documents:?}");
    assert_eq!(surfaces(&facts), ["3,5 km", "4 €", "5 km"]);
    assert_eq!(facts[0]["doc_id"], "1");
}

#[test]
fn an_empty_file_is_skipped_and_a_folder_without_articles_refused() {
    let (status, documents, facts) = extract("empty.txt", b"");
    assert_eq!((status, statuses(&documents), facts.len()), (Some(0), vec!["skipped"], 0));
    let dir = tempfile::tempdir().unwrap();
    let output = cuanto(&["annotate", dir.path().to_str().unwrap()]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no articles") && stderr(&output).lines().count() == 1, "{}", stderr(&output));
}

#[test]
#[cfg(unix)]
fn a_folder_that_cannot_be_written_is_one_line() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = tempfile::tempdir().unwrap();
    let input = dir.path().join("a.txt");
    fs::write(&input, TEXT).unwrap();
    let out = dir.path().join("closed");
    fs::create_dir(&out).unwrap();
    fs::set_permissions(&out, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(out.join("probe"), "").is_ok() {
        eprintln!("skipped: this user may write everywhere");
        return;
    }
    let output = cuanto(&["extract", input.to_str().unwrap(), "-o", out.to_str().unwrap()]).output().unwrap();
    fs::set_permissions(&out, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(stderr(&output).contains("closed") && stderr(&output).lines().count() == 1, "{}", stderr(&output));
}

#[test]
fn a_line_of_200_mb_is_a_failed_row_and_the_next_is_read() {
    let mut run = cuanto(&["annotate", "-", "--lang", "es"]).stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = run.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        stdin.write_all(br#"{"id": "long", "text": ""#).unwrap();
        let piece = "palabra y más ".repeat(4096);
        (0..200_000_000 / piece.len()).for_each(|_| stdin.write_all(piece.as_bytes()).unwrap());
        stdin.write_all(b"\"}\n{\"id\": \"next\", \"text\": \"Son 3 km.\"}\n").unwrap();
    });
    let output = run.wait_with_output().unwrap();
    writer.join().unwrap();
    let lines = String::from_utf8(output.stdout.clone()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert_eq!(lines.lines().count(), 1, "{}", stderr(&output));
    assert!(lines.contains("\"doc_id\":\"next\"") && stderr(&output).contains("failed"), "{}", stderr(&output));
}
