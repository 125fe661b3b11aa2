//! The packs that ship: every rule proven by its own examples, and no language knowledge outside them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use std::fs;
use std::path::{Path, PathBuf};

use cuanto::Context;
use cuanto::pack::{Packs, Source, check};

#[test]
fn every_rule_is_proven_by_its_examples() {
    let cx = Context::new(Packs::open(Source::embedded()).unwrap()).unwrap();
    let tags: Vec<String> = cx.packs().source().tags().map(str::to_owned).collect();
    let mut examples = 0;
    let mut problems = Vec::new();
    for tag in tags {
        let report = check::pack(&cx, &tag);
        examples += report.examples;
        problems.extend(report.problems.iter().map(ToString::to_string));
    }
    assert!(
        problems.is_empty(),
        "{} problems, as `cuanto pack check` tells them:\n{}",
        problems.len(),
        problems.join("\n")
    );
    assert!(examples > 0, "no example was tried");
}

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// The program knows no language: what names one belongs into `packs/`. Comments and test modules may.
#[test]
fn the_program_names_no_language() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let source = Source::embedded();
    let cx = Context::new(Packs::open(source.clone()).unwrap()).unwrap();
    // `lb` is a pound before it is Luxembourgish.
    let is_unit = |code: &str| cx.packs().catalog().unit_by_code(code).is_some();
    let codes = cx.identifier().languages().iter().map(|code| code.as_str().to_owned());
    let mut words: Vec<String> = codes.filter(|code| !is_unit(code)).map(|code| format!("\"{code}\"")).collect();
    for tag in cx.packs().languages() {
        let name = cx.packs().get(tag).unwrap().name().to_lowercase();
        words.extend([format!("\"{tag}\""), format!("\"{name}\"")]);
    }
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    files.sort();
    let mut found = Vec::new();
    for path in files.iter().filter(|path| !path.ends_with("tests.rs")) {
        let text = fs::read_to_string(path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in code.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            if let Some(word) = words.iter().find(|word| line.to_lowercase().contains(word.as_str())) {
                let file = path.strip_prefix(root).unwrap_or(path).display();
                found.push(format!("{file}:{}: {word}", number + 1));
            }
        }
    }
    assert!(found.is_empty(), "languages are named outside packs/:\n{}", found.join("\n"));
}
