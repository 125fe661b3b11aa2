//! The real program: exit status, what it prints where, and what it leaves on the disk.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stderr, reason = "a test may panic and print")]

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

fn cuanto(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_cuanto"));
    command.args(args).stdin(Stdio::null());
    command
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// JSON Lines with so many articles of our own words.
fn archive(path: &Path, articles: usize) {
    let mut file = std::io::BufWriter::new(File::create(path).unwrap());
    for n in 0..articles {
        let text = "La línea 7 lleva a 12.500 personas al día y costó 350 millones de euros. ".repeat(1 + n % 9);
        writeln!(file, r#"{{"id": "a{n}", "language": "es", "published": "2024-05-23", "text": "{text}"}}"#).unwrap();
    }
}

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Status 2, nothing on standard output, one line on standard error that names `what`.
#[track_caller]
fn assert_unusable(output: &Output, what: &str) {
    let stderr = stderr(output);
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    assert!(stderr.starts_with("error: ") && stderr.contains(what), "{stderr}");
}

#[test]
fn calls_in_files() {
    trycmd::TestCases::new().case("tests/cmd/*.toml");
}

#[test]
fn tables_are_the_same_bytes_for_any_number_of_threads() {
    let dir = tempfile::tempdir().unwrap();
    let input = dir.path().join("news.jsonl");
    archive(&input, 2000);
    let mut first: Option<Vec<Vec<u8>>> = None;
    for threads in ["1", "2", "7"] {
        let out = dir.path().join(threads);
        let args = ["extract", input.to_str().unwrap(), "-o", out.to_str().unwrap(), "--threads", threads];
        let output = cuanto(&args).args(["--format", "csv", "--format", "jsonl"]).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        assert!(output.stdout.is_empty());
        assert!(stderr(&output).starts_with("2000 documents: 2000 ok, 0 skipped, 0 failed\n"), "{}", stderr(&output));
        assert_eq!(
            names(&out),
            [
                "dates.csv",
                "dates.jsonl",
                "documents.csv",
                "documents.jsonl",
                "entities.csv",
                "entities.jsonl",
                "facts.csv",
                "facts.jsonl",
                "run.json"
            ]
        );
        let tables: Vec<_> = names(&out)[..8].iter().map(|name| fs::read(out.join(name)).unwrap()).collect();
        assert!(*first.get_or_insert(tables.clone()) == tables, "the tables of {threads} threads differ");
    }
    let documents = String::from_utf8(first.unwrap().swap_remove(2)).unwrap();
    let ids: Vec<_> = documents.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert_eq!(ids, (0..2000).map(|n| format!("a{n}")).collect::<Vec<_>>());
}

#[test]
fn the_manifest_says_what_was_run() {
    let dir = tempfile::tempdir().unwrap();
    let input = dir.path().join("news.jsonl");
    archive(&input, 10);
    let input = input.to_str().unwrap();
    let out = dir.path().join("out");
    let args = ["extract", input, "-o", out.to_str().unwrap(), "--published", "2024-05-23", "--limit", "7"];
    assert_eq!(cuanto(&args).status().unwrap().code(), Some(0));
    let run: serde_json::Value = serde_json::from_slice(&fs::read(out.join("run.json")).unwrap()).unwrap();
    assert_eq!(run["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(run["options"]["published"], "2024-05-23");
    assert_eq!(run["options"]["format"], serde_json::json!(["csv"]));
    assert_eq!(run["inputs"][0]["path"], input);
    assert_eq!(run["inputs"][0]["bytes"], fs::metadata(input).unwrap().len());
    assert_eq!(run["documents"], serde_json::json!({"ok": 7, "skipped": 0, "failed": 0}));
    assert_eq!(run["tables"], serde_json::json!(["facts.csv", "entities.csv", "dates.csv", "documents.csv"]));
}

#[test]
fn a_document_that_cannot_be_read_is_a_row_and_status_1() {
    let dir = tempfile::tempdir().unwrap();
    let input = dir.path().join("news.jsonl");
    archive(&input, 2);
    let mut file = File::options().append(true).open(&input).unwrap();
    file.write_all(b"{\"id\": \"cut\n{\"id\": \"last\", \"text\": \"Son 3.\"}\n").unwrap();
    let out = dir.path().join("out");
    let output = cuanto(&["extract", input.to_str().unwrap(), "-o", out.to_str().unwrap()]).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stderr(&output).starts_with("4 documents: 3 ok, 0 skipped, 1 failed\n"), "{}", stderr(&output));
    assert!(stderr(&output).contains("\nfailed: "), "{}", stderr(&output));
    let documents = fs::read_to_string(out.join("documents.csv")).unwrap();
    let statuses: Vec<_> = documents.lines().skip(1).map(|line| line.contains(",failed,")).collect();
    assert_eq!(statuses, [false, false, true, false], "{documents}");

    let output = cuanto(&["annotate", input.to_str().unwrap()]).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stderr(&output).starts_with("warning: failed "), "{}", stderr(&output));
    let lines = String::from_utf8(output.stdout).unwrap();
    let ids: Vec<_> =
        lines.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap()["doc_id"].clone()).collect();
    assert_eq!(ids, ["a0", "a1", "last"]);
}

#[test]
fn a_killed_run_leaves_no_table_under_its_final_name() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    let mut run = cuanto(&["extract", "-", "-o", out.to_str().unwrap()]).stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = run.stdin.take().unwrap();
    for n in 0..600 {
        writeln!(stdin, r#"{{"id": "a{n}", "text": "Son 3 casas."}}"#).unwrap();
    }
    stdin.flush().unwrap();
    let patience = Instant::now();
    while !out.join(".documents.csv.partial").exists() && patience.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(5));
    }
    run.kill().unwrap();
    run.wait().unwrap();
    assert!(names(&out).iter().all(|name| name.ends_with(".partial")), "{:?}", names(&out));

    let input = dir.path().join("news.jsonl");
    archive(&input, 3);
    let status = cuanto(&["extract", input.to_str().unwrap(), "-o", out.to_str().unwrap()]).status().unwrap();
    assert_eq!(status.code(), Some(0));
    assert_eq!(names(&out), ["dates.csv", "documents.csv", "entities.csv", "facts.csv", "run.json"]);
}

#[test]
fn a_recogniser_that_cannot_be_opened_is_told_in_one_line() {
    let mend = |feature: bool, without: &'static str| if feature { "no such folder" } else { without };
    for (option, says) in [
        ("onnx:/nonexistent", mend(cfg!(feature = "neural"), "--features neural`")),
        (
            "rust-bert:/nonexistent",
            mend(cfg!(feature = "rust-bert"), "--features rust-bert` after `scripts/libtorch.sh"),
        ),
        ("onnx", "as in `onnx:models/mine`"),
        ("spacy", "`rust-bert:DIR` or `onnx:DIR`"),
    ] {
        let output = cuanto(&["annotate", "-", "--entities", option]).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        assert!(stderr(&output).starts_with("error: ") && stderr(&output).contains(says), "{}", stderr(&output));
    }
}

#[test]
fn a_folder_below_a_file_cannot_be_written() {
    let dir = tempfile::tempdir().unwrap();
    let input = dir.path().join("news.jsonl");
    archive(&input, 1);
    let input = input.to_str().unwrap();
    assert_unusable(&cuanto(&["extract", input, "-o", &format!("{input}/out")]).output().unwrap(), "news.jsonl/out");
    assert_unusable(&cuanto(&["extract", input, "-o", input]).output().unwrap(), "it is a file; name a folder");
    fs::create_dir_all(dir.path().join("out/facts.csv")).unwrap();
    let out = dir.path().join("out");
    assert_unusable(&cuanto(&["extract", input, "-o", out.to_str().unwrap()]).output().unwrap(), "facts.csv");
    assert_eq!(names(&out), ["facts.csv"]);
}

#[test]
fn an_input_that_is_not_there_is_told_before_anything_is_written() {
    let dir = tempfile::tempdir().unwrap();
    let (missing, out) = (dir.path().join("missing.jsonl"), dir.path().join("out"));
    let args = [missing.to_str().unwrap(), "-o", out.to_str().unwrap()];
    assert_unusable(&cuanto(&["extract"]).args(args).output().unwrap(), "missing.jsonl");
    assert!(!out.exists());
    assert_unusable(&cuanto(&["annotate", args[0]]).output().unwrap(), "missing.jsonl");
}

#[test]
#[cfg(unix)]
fn a_write_that_fails_midway_removes_the_partial_files() {
    let dir = tempfile::tempdir().unwrap();
    let (input, out) = (dir.path().join("news.jsonl"), dir.path().join("out"));
    archive(&input, 3000);
    // A limit on the size of files stands in for a full disk: the shell ignores its signal, so that writing fails.
    let output = Command::new("sh")
        .args(["-c", r#"trap '' XFSZ; ulimit -f 8; exec "$0" extract "$1" -o "$2""#, env!("CARGO_BIN_EXE_cuanto")])
        .args([&input, &out])
        .output()
        .unwrap();
    assert_unusable(&output, ".csv.partial");
    assert_eq!(names(&out), [""; 0]);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_under_standard_output_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    let input = dir.path().join("news.jsonl");
    archive(&input, 1000);
    let full = File::options().write(true).open("/dev/full").unwrap();
    let mut command = cuanto(&["annotate", input.to_str().unwrap()]);
    let output = command.stdout(full).stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap();
    assert_unusable(&output, "cannot write to standard output");
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let dir = tempfile::tempdir().unwrap();
    let input = dir.path().join("news.jsonl");
    archive(&input, 20_000);
    let mut command = cuanto(&["annotate", input.to_str().unwrap()]);
    let mut run = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(run.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let output = run.wait_with_output().unwrap();
    assert!(line.starts_with(r#"{"doc_id":"a0","#), "{line}");
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
}
