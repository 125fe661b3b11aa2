//! Whether `confidence` means something: on articles annotated in full, rows that are surer are right more often. Prints the table of
//! reliability; `scripts/calibrate.py` fits the confidences.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stderr, reason = "a test may panic and print")]

mod annotated;

use annotated::{annotate, articles, quantity};
use serde_json::Value;

/// The fewest facts from which a share is drawn.
const LEAST: usize = 5;

#[test]
fn surer_facts_are_right_more_often() {
    let shared = std::env::var("CUANTO_SHARED").unwrap_or_else(|_| "../shared".to_owned());
    let mut gold = articles("tests/gold");
    if std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(&shared).join("gold").is_dir() {
        gold.extend(articles(&format!("{shared}/gold")));
    } else {
        eprintln!("the shared gold is missing: only tests/gold is read");
    }
    // Articles whose facts say whose they are.
    let full = |article: &Value| article["facts"].as_array().unwrap().iter().any(|fact| fact.get("subject").is_some());
    gold.retain(full);
    let row = |fact: &Value| {
        let cell = |key: &str| fact.get(key).and_then(Value::as_str).unwrap_or_default().to_lowercase();
        format!("{} {} {} {}", quantity(fact), cell("counted"), cell("measure"), cell("subject"))
    };
    // (lower end in hundredths, right, all)
    let mut buckets = [(0, 0, 0), (30, 0, 0), (50, 0, 0), (60, 0, 0), (70, 0, 0), (80, 0, 0), (90, 0, 0)];
    for (article, answer) in gold.iter().zip(annotate(&gold)) {
        let wanted: Vec<String> = article["facts"].as_array().unwrap().iter().map(row).collect();
        for fact in answer["facts"].as_array().unwrap() {
            let confidence = fact["confidence"].as_f64().unwrap() * 100.0;
            let bucket = buckets.iter_mut().rfind(|(low, ..)| confidence + 1e-6 >= f64::from(*low)).unwrap();
            bucket.1 += usize::from(wanted.contains(&row(fact)));
            bucket.2 += 1;
        }
    }
    eprintln!("confidence   facts   right");
    for (low, right, all) in buckets {
        eprintln!("from 0.{low:02}   {all:6}   {:4} %", (right * 100usize).checked_div(all).unwrap_or(0));
    }
    let sum = |from: i32, to: i32| {
        let chosen = buckets.iter().filter(|(low, ..)| (from..to).contains(low));
        chosen.fold((0, 0), |(right, all), bucket| (right + bucket.1, all + bucket.2))
    };
    let ((sure_right, sure), (unsure_right, unsure)) = (sum(70, 100), sum(0, 50));
    if sure < LEAST || unsure < LEAST {
        eprintln!("skipped: {sure} facts from 0.7, {unsure} below 0.5; {LEAST} are needed of each");
        return;
    }
    assert!(
        sure_right * unsure > unsure_right * sure,
        "{sure_right}/{sure} from 0.7, {unsure_right}/{unsure} below 0.5"
    );
}

#[test]
fn a_confidence_is_a_share() {
    for answer in annotate(&articles("tests/gold")) {
        for fact in answer["facts"].as_array().unwrap() {
            assert!(fact.get("confidence").and_then(Value::as_f64).is_some_and(|c| (0.0..=1.0).contains(&c)), "{fact}");
        }
    }
}
