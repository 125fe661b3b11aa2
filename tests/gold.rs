//! Our own annotated articles (`tests/gold/<language>/*.jsonl`, see the README there) through the real program.
//!
//! Every fact of an article must come out with its span, kind, bound, value, high end and unit, and nothing else may come
//! out. A known gap is marked in the gold: a fact with `xfail` must be missing or wrong, an entry of `xfail_extra` must
//! be answered though it is no fact. A gap that has closed fails too: take the mark away.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stderr, reason = "a test may panic and print")]

mod annotated;

use annotated::{annotate, articles, quantity};
use serde_json::Value;

/// Whether the spans overlap.
fn same_place(a: &Value, b: &Value) -> bool {
    let at = |fact: &Value, key: &str| fact[key].as_u64().unwrap();
    at(a, "start") < at(b, "end") && at(b, "start") < at(a, "end")
}

#[test]
fn every_fact_is_found_and_no_other() {
    let gold = articles("tests/gold");
    assert!(!gold.is_empty(), "there is no gold under tests/gold");
    let mut wrong = Vec::new();
    let (mut facts, mut right) = (0, 0);
    for (article, answer) in gold.iter().zip(annotate(&gold)) {
        let id = article["id"].as_str().unwrap();
        let text: Vec<char> = article["text"].as_str().unwrap().chars().collect();
        let found: Vec<&Value> = answer["facts"].as_array().unwrap().iter().collect();
        let wanted: Vec<&Value> = article["facts"].as_array().unwrap().iter().collect();
        let marks = ["facts", "entities", "dates"].iter().flat_map(|layer| article[layer].as_array().unwrap());
        for mark in marks {
            let at = |key: &str| usize::try_from(mark[key].as_u64().unwrap()).unwrap();
            let slice: String = text[at("start")..at("end")].iter().collect();
            assert_eq!(slice, mark["surface"], "{id}: the span of a mark does not hold its surface");
        }
        for fact in &wanted {
            facts += 1;
            let got = found.iter().find(|f| quantity(f) == quantity(fact));
            right += usize::from(got.is_some());
            match (got, fact.get("xfail")) {
                (None, None) => {
                    let there: Vec<_> = found.iter().filter(|f| same_place(f, fact)).map(|f| quantity(f)).collect();
                    wrong.push(format!("{id}: want {}\n     got {}", quantity(fact), there.join("; ")));
                }
                (Some(_), Some(reason)) => {
                    wrong.push(format!("{id}: now right, take away its xfail ({reason}): {}", quantity(fact)));
                }
                _ => {}
            }
        }
        let none = Vec::new();
        let extras: Vec<&Value> =
            article.get("xfail_extra").and_then(Value::as_array).unwrap_or(&none).iter().collect();
        for fact in found.iter().filter(|f| !wanted.iter().any(|w| same_place(f, w))) {
            if !extras.iter().any(|extra| same_place(fact, extra)) {
                wrong.push(format!("{id}: no fact, but got {}", quantity(fact)));
            }
        }
        for extra in extras.iter().filter(|extra| !found.iter().any(|f| same_place(f, extra))) {
            wrong.push(format!("{id}: no longer answered, take away its xfail_extra: {extra}"));
        }
    }
    eprintln!("{right} of {facts} facts right in {} articles", gold.len());
    assert!(wrong.is_empty(), "{} differences:\n{}", wrong.len(), wrong.join("\n"));
}
