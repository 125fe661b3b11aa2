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

/// A language without a pack still gives what is written the same everywhere, never an error.
#[test]
fn an_unsupported_language_is_read_by_digits_and_symbols() {
    let cx = Context::new(Packs::open(Source::embedded()).unwrap()).unwrap();
    for language in [Some("xx"), Some("tlh-AQ"), Some("und"), Some(""), None] {
        let doc = cuanto::Document {
            text: "Qxz 5 km wqv €20, 12.5 % zzk USD 300.".to_owned(),
            language: language.map(str::to_owned),
            ..Default::default()
        };
        let analysis = cuanto::analyze(&doc, &cx);
        let rows = cuanto::record::rows(&doc, &analysis);
        let units: Vec<&str> = rows.facts.iter().map(|fact| fact.unit).collect();
        assert_eq!(units, ["km", "EUR", "%", "USD"], "{language:?}");
    }
}

#[test]
fn tags_have_aliases() {
    let packs = Packs::open(Source::embedded()).unwrap();
    for (alias, tag) in [("no", "nb"), ("fil-PH", "tl"), ("iw", "he")] {
        assert_eq!(packs.get(alias).unwrap().tag(), tag);
    }
}
