//! The packs that ship: every rule proven by its own examples, every file in form.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

use cuanto::Context;
use cuanto::pack::{Packs, Source, check, format};

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

#[test]
fn every_file_is_in_form() {
    let source = Source::embedded();
    let tags: Vec<&str> = source.tags().chain([""]).collect();
    let files = tags.into_iter().flat_map(|tag| source.files_of(tag));
    let others: Vec<&str> =
        files.filter(|(name, text)| format::canonical(name, text) != *text).map(|(name, _)| name).collect();
    assert!(others.is_empty(), "`cuanto pack fmt` would change {}", others.join(", "));
}
