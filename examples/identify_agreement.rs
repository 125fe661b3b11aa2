//! Measures language identification against the truth and against `lingua` shown the full text.
//!
//! ```text
//! cargo run --release --example identify_agreement -- ../shared/corpus [sv=sentences.txt …]
//! ```
//!
//! The folder holds `es/fakedes_v2.jsonl` and `ntrex/`; each further argument is a file of sentences, one a line, in
//! the language named (only the first 2,000 are read). Prints the tables of DESIGN.md, «Language identification».
#![expect(clippy::print_stdout, reason = "a program that prints tables")]

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::Instant;

use cuanto::Span;
use cuanto::language::{Identifier, LanguageCode};
use cuanto::pack::Source;
use lingua::{LanguageDetector, LanguageDetectorBuilder};

/// Texts of one kind with the language they are in.
struct Set {
    name: String,
    texts: Vec<(LanguageCode, String)>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let corpus = arguments.next().ok_or("name the corpus folder")?;
    let (sets, mut extra) = (read_corpus(Path::new(&corpus))?, Vec::new());
    for argument in arguments {
        let (code, file) = argument.split_once('=').ok_or("expected CODE=FILE")?;
        let code = LanguageCode::parse(code).ok_or("expected a two-letter code")?;
        let lines: Vec<_> = fs::read_to_string(file)?.lines().take(2000).map(|line| (code, line.to_owned())).collect();
        for length in [20, 50] {
            let texts = lines.iter().map(|(code, text)| (*code, cut(text, length))).collect();
            extra.push(Set { name: format!("{code}, cuts of {length}"), texts });
        }
        extra.push(Set { name: format!("{code}, sentences"), texts: lines });
    }
    let identifier = Identifier::new(Source::embedded().file("und/identify.tsv").unwrap_or_default())?;
    let started = Instant::now();
    let _ = identifier.explain("Bolsas europeas");
    println!("models loaded in {:.0} ms", started.elapsed().as_secs_f64() * 1000.0);
    let lingua = LanguageDetectorBuilder::from_all_languages().build();

    println!(
        "| texts | n | right | wrong | und | lingua right | agree | asked | MB/s |\n|---|---|---|---|---|---|---|---|---|"
    );
    let mut buckets = BTreeMap::new();
    for set in sets.iter().chain(&extra) {
        measure(&identifier, &lingua, set, &mut buckets);
    }
    println!("\n| confidence | n | right |\n|---|---|---|");
    for (bucket, (n, right)) in &buckets {
        println!("| {} | {n} | {:.1} % |", f64::from(*bucket) / 20.0, percent(*right, *n));
    }
    if let Some(articles) = sets.first() {
        speed_with_blocks(&identifier, articles);
    }
    Ok(())
}

fn measure(identifier: &Identifier, lingua: &LanguageDetector, set: &Set, buckets: &mut BTreeMap<u32, (usize, usize)>) {
    let started = Instant::now();
    let found: Vec<_> = set.texts.iter().map(|(_, text)| identifier.explain(text)).collect();
    let seconds = started.elapsed().as_secs_f64();
    let bytes: usize = set.texts.iter().map(|(_, text)| text.len()).sum();
    // Slow; with it off the columns of lingua stay empty.
    let ask_lingua = std::env::var_os("OURS_ONLY").is_none();
    let (mut right, mut wrong, mut lingua_right, mut agree, mut asked) = (0, 0, 0, 0, 0);
    let mut mistakes: BTreeMap<(LanguageCode, LanguageCode), (usize, &str)> = BTreeMap::new();
    for ((truth, text), decision) in set.texts.iter().zip(&found) {
        let exact = ask_lingua
            .then(|| lingua.detect_language_of(text))
            .flatten()
            .and_then(|language| LanguageCode::parse(&language.iso_code_639_1().to_string()))
            .unwrap_or_default();
        let answer = decision.identified.language;
        lingua_right += usize::from(exact == *truth);
        agree += usize::from(exact == answer);
        asked += usize::from(decision.asked_models);
        if answer == *truth {
            right += 1;
        } else if !answer.is_undetermined() {
            wrong += 1;
            mistakes.entry((*truth, answer)).or_insert((0, text)).0 += 1;
        }
        if !answer.is_undetermined() {
            let bucket =
                (1..20).rev().find(|step| decision.identified.confidence * 20.0 >= f64::from(*step)).unwrap_or(0);
            let entry = buckets.entry(bucket).or_default();
            entry.0 += 1;
            entry.1 += usize::from(answer == *truth);
        }
    }
    let n = set.texts.len();
    println!(
        "| {} | {n} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} |",
        set.name,
        percent(right, n),
        percent(wrong, n),
        percent(n - right - wrong, n),
        percent(lingua_right, n),
        percent(agree, n),
        percent(asked, n),
        megabytes(bytes) / seconds
    );
    if std::env::var_os("SHOW_MISTAKES").is_some() {
        for ((truth, answer), (count, example)) in mistakes {
            println!(
                "    {truth} read as {answer}: {count}, such as {:?}",
                example.chars().take(90).collect::<String>()
            );
        }
    }
}

/// One thread, whole articles, paragraphs as blocks; also how many paragraphs of one-language articles were taken for another's.
fn speed_with_blocks(identifier: &Identifier, set: &Set) {
    let articles: Vec<(&str, Vec<Span>)> =
        set.texts.iter().map(|(_, text)| (text.as_str(), paragraphs(text))).collect();
    let bytes: usize = articles.iter().map(|(text, _)| text.len()).sum();
    let (mut best, mut other, mut blocks) = (f64::INFINITY, 0, 0);
    for _ in 0..5 {
        let started = Instant::now();
        (other, blocks) = (0, 0);
        for (text, spans) in &articles {
            let languages = identifier.document(text, spans);
            blocks += spans.len();
            other += languages.blocks.iter().filter(|block| **block != languages.document.language).count();
        }
        best = best.min(started.elapsed().as_secs_f64());
    }
    println!(
        "\nwhole articles with their {blocks} paragraphs: {:.0} MB/s, {other} of another language",
        megabytes(bytes) / best
    );
    if std::env::var_os("SHOW_MISTAKES").is_some() {
        for (text, spans) in &articles {
            let languages = identifier.document(text, spans);
            for (span, language) in
                spans.iter().zip(&languages.blocks).filter(|(_, l)| **l != languages.document.language)
            {
                println!("    {language}: {:?}", span.of(text).chars().take(120).collect::<String>());
            }
        }
    }
}

/// So many characters from the middle of a text, at the start of a word; of a shorter one, all.
fn cut(text: &str, length: usize) -> String {
    let characters = text.chars().count();
    let middle: String = text.chars().skip((characters / 2).min(characters.saturating_sub(length))).collect();
    let from_word = middle.split_once(' ').map_or(middle.as_str(), |(_, rest)| rest);
    from_word.chars().take(length).collect()
}

fn paragraphs(text: &str) -> Vec<Span> {
    let mut start = 0;
    text.split_inclusive('\n')
        .filter_map(|line| {
            let span = Span::new(u32::try_from(start).ok()?, u32::try_from(start + line.len()).ok()?);
            start += line.len();
            (!line.trim().is_empty()).then_some(span)
        })
        .collect()
}

fn read_corpus(folder: &Path) -> Result<Vec<Set>, Box<dyn Error>> {
    let mut articles = Vec::new();
    let spanish = LanguageCode::parse("es").ok_or("es")?;
    for line in fs::read_to_string(folder.join("es/fakedes_v2.jsonl"))?.lines() {
        let record: serde_json::Value = serde_json::from_str(line)?;
        articles.push((spanish, record.get("text").and_then(|text| text.as_str()).unwrap_or_default().to_owned()));
    }
    let ids = fs::read_to_string(folder.join("ntrex/DOCUMENT_IDS.tsv"))?;
    let (mut ntrex, mut lines) = (Vec::new(), Vec::new());
    for (file, code) in [
        ("spa", "es"),
        ("spa-MX", "es"),
        ("eng-src", "en"),
        ("por", "pt"),
        ("por-BR", "pt"),
        ("fra", "fr"),
        ("ita", "it"),
        ("deu", "de"),
        ("cat", "ca"),
        ("glg", "gl"),
        ("nld", "nl"),
        ("jpn", "ja"),
        ("zho_Hans", "zh"),
        ("zho_Hant", "zh"),
    ] {
        let code = LanguageCode::parse(code).ok_or("code")?;
        let text = fs::read_to_string(folder.join(format!("ntrex/{file}.txt")))?;
        let mut by_article: BTreeMap<&str, String> = BTreeMap::new();
        let mut own = Vec::new();
        for (id, line) in ids.lines().zip(text.lines()) {
            let article = by_article.entry(id).or_default();
            article.push_str(line);
            article.push('\n');
            own.push((code, line.to_owned()));
        }
        ntrex.push(Set {
            name: format!("articles {file}"),
            texts: by_article.into_values().map(|text| (code, text)).collect(),
        });
        lines.push(Set { name: format!("lines {file}"), texts: own });
    }
    let mut cuts = Vec::new();
    for length in [20, 50, 200] {
        let mut texts = Vec::new();
        for (code, text) in articles.iter().chain(ntrex.iter().flat_map(|set| &set.texts)) {
            texts.push((*code, cut(text, length)));
        }
        cuts.push(Set { name: format!("cuts of {length}"), texts });
    }
    let mut sets = vec![Set { name: "articles fakedes".to_owned(), texts: articles }];
    sets.append(&mut ntrex);
    sets.append(&mut lines);
    sets.append(&mut cuts);
    Ok(sets)
}

#[expect(clippy::cast_precision_loss, reason = "counts and sizes of a corpus")]
fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}

#[expect(clippy::cast_precision_loss, reason = "counts and sizes of a corpus")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
