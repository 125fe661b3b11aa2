//! MB/s of the stages and of the whole pipeline on one core: `cargo bench`.
//!
//! The text is the Spanish news of `../shared/corpus/es` where it lies beside the project, else the articles of `seeds/es`
//! repeated to the same size; the name of each group says which. `numerals` compares our number stage (tokens, digits and words) with the
//! crate text2num, which reads number words alone, on the same text in the same run.

#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark may panic"
)]

use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use cuanto::numeral::{self, Reader, digits::Evidence};
use cuanto::pack::{Packs, Source};
use cuanto::{Context, Document, analyze, record, text};

/// How much text is read, in bytes: enough for caches to be cold, little enough for a sample to take part of a second.
const SIZE: usize = 2 << 20;

/// The articles and where they come from.
fn articles() -> (&'static str, Vec<Document>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shared = std::env::var_os("CUANTO_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let (name, texts): (_, Vec<String>) = match std::fs::read_to_string(shared.join("corpus/es/fakedes_v2.jsonl")) {
        Ok(lines) => {
            let text = |line: &str| -> Option<String> {
                Some(serde_json::from_str::<serde_json::Value>(line).ok()?["text"].as_str()?.to_owned())
            };
            ("news", lines.lines().filter_map(text).collect())
        }
        Err(_) => {
            let files = std::fs::read_dir(root.join("seeds/es")).unwrap();
            ("seeds", files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()).collect())
        }
    };
    let mut size = 0;
    let texts = texts.iter().cycle().take_while(|text| {
        size += text.len();
        size <= SIZE
    });
    let language = Some("es".to_owned());
    (
        name,
        texts.map(|text| Document { language: language.clone(), text: text.clone(), ..Document::default() }).collect(),
    )
}

fn throughput(criterion: &mut Criterion) {
    let (name, docs) = articles();
    let unknown: Vec<Document> = docs.iter().map(|doc| Document { language: None, ..doc.clone() }).collect();
    let bytes: usize = docs.iter().map(|doc| doc.text.len()).sum();
    let cx = Context::new(Packs::open(Source::embedded()).unwrap()).unwrap();
    let pack = cx.packs().get("es").unwrap();
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::BytesDecimal(bytes as u64)).sample_size(10);

    group.bench_function("tokens", |bencher| {
        let mut tokens = Vec::new();
        bencher.iter(|| {
            for doc in &docs {
                tokens.clear();
                for block in text::blocks(&doc.text) {
                    text::tokenize(&doc.text, block.span, &pack.lexicon, &mut tokens);
                }
                black_box(&tokens);
            }
        });
    });
    group.bench_function("numerals", |bencher| {
        let convention = Evidence::default().convention(pack.format);
        let mut tokens = Vec::new();
        bencher.iter(|| {
            for doc in &docs {
                for block in text::blocks(&doc.text) {
                    tokens.clear();
                    text::tokenize(&doc.text, block.span, &pack.lexicon, &mut tokens);
                    let reader =
                        Reader { text: &doc.text, tokens: &tokens, pack: &pack, convention, format: pack.format };
                    black_box(numeral::scan(reader, 0, tokens.len()));
                }
            }
        });
    });
    group.bench_function("numerals of text2num", |bencher| {
        let spanish = text2num::Language::spanish();
        bencher.iter(|| {
            for doc in &docs {
                black_box(text2num::replace_numbers_in_text(&doc.text, &spanish, 0.0));
            }
        });
    });
    group.bench_function("analyze, language given", |bencher| {
        bencher.iter(|| docs.iter().for_each(|doc| drop(black_box(analyze(doc, &cx)))));
    });
    group.bench_function("analyze, language identified", |bencher| {
        bencher.iter(|| unknown.iter().for_each(|doc| drop(black_box(analyze(doc, &cx)))));
    });
    group.bench_function("analyze and write JSON, language given", |bencher| {
        let mut line = Vec::new();
        bencher.iter(|| {
            for doc in &docs {
                line.clear();
                let analysis = analyze(doc, &cx);
                serde_json::to_writer(&mut line, &record::rows(doc, &analysis).facts).unwrap();
                black_box(&line);
            }
        });
    });
    group.finish();
}

criterion_group!(benches, throughput);
criterion_main!(benches);
