//! Reads gold articles and runs the program over them; shared by the tests that compare with gold.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

/// The articles of a gold file, or of all gold files below a folder, by path; paths are relative to the project.
pub fn articles(path: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let mut files = Vec::new();
    list(&path, &mut files);
    files.sort();
    let lines = files.iter().flat_map(|file| {
        let text = fs::read_to_string(file).unwrap();
        text.lines().filter(|line| !line.is_empty()).map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<_>>()
    });
    lines.collect()
}

fn list(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_dir() {
        fs::read_dir(path).unwrap().for_each(|entry| list(&entry.unwrap().path(), files));
    } else if path.extension().is_some_and(|e| e == "jsonl") {
        files.push(path.to_owned());
    }
}

/// The program's answers, an article each, in their order.
pub fn annotate(articles: &[Value]) -> Vec<Value> {
    let mut run = Command::new(env!("CARGO_BIN_EXE_cuanto"))
        .args(["annotate", "-", "--progress", "never"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = run.stdin.take().unwrap();
    let mut feed = String::new();
    for article in articles {
        let record = json!({
            "id": article["id"], "text": article["text"], "language": article["language"], "published": article["published"],
        });
        feed.push_str(&format!("{record}\n"));
    }
    let writer = std::thread::spawn(move || stdin.write_all(feed.as_bytes()).unwrap());
    let output = run.wait_with_output().unwrap();
    writer.join().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let answers: Vec<Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), articles.len());
    answers
}

/// What the quantity says, and where, as one line; two facts agree if theirs are equal.
pub fn quantity(fact: &Value) -> String {
    let cell =
        |key: &str| fact.get(key).map_or_else(String::new, |v| v.as_str().map_or_else(|| v.to_string(), str::to_owned));
    let bound = fact.get("bound").and_then(Value::as_str).unwrap_or("=");
    let (value, high, unit) = (cell("value"), cell("value_high"), cell("unit"));
    let range = if high.is_empty() { value } else { format!("{value}..{high}") };
    format!("{}-{} «{}» {} {bound} {range} {unit}", cell("start"), cell("end"), cell("surface"), cell("kind"))
}
