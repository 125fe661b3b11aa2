//! What each fuzz target does with its bytes. Shared by `fuzz_targets/` (cargo-fuzz, nightly) and `tests/fuzz_smoke.rs`
//! (stable, for a bounded time): any bytes may come, nothing may panic, and spans slice the text.

use std::fs;
use std::sync::OnceLock;

use cuanto::archive::{Item, ReadOptions, plan};
use cuanto::numeral::{self, Reader, digits::Evidence};
use cuanto::pack::{Packs, Source};
use cuanto::{Context, Document, analyze, record, text};

fn context() -> &'static Context {
    static CONTEXT: OnceLock<Context> = OnceLock::new();
    CONTEXT.get_or_init(|| Context::new(Packs::open(Source::embedded()).unwrap()).unwrap())
}

/// Blocks, tokens and sentences: each token slices the text, in order and without overlap.
pub fn tokenizer(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let pack = context().packs().get("es").unwrap();
    let mut end = 0;
    for block in text::blocks(&text) {
        let mut tokens = Vec::new();
        text::tokenize(&text, block.span, &pack.lexicon, &mut tokens);
        for token in &tokens {
            assert!(token.span.start >= end && !token.span.of(&text).is_empty(), "{token:?} in {text:?}");
            end = token.span.end;
        }
        for sentence in text::sentences(&tokens, |_| false, |_| false) {
            assert!(sentence.first < sentence.end && !sentence.span.of(&text).is_empty(), "{sentence:?} in {text:?}");
        }
    }
}

/// Numbers in digits and words, by every pack.
pub fn numeral(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for language in ["es", "en", "und"] {
        let pack = context().packs().get(language).unwrap();
        let convention = Evidence::default().convention(pack.format);
        for block in text::blocks(&text) {
            let mut tokens = Vec::new();
            text::tokenize(&text, block.span, &pack.lexicon, &mut tokens);
            let reader = Reader { text: &text, tokens: &tokens, pack: &pack, convention, format: pack.format };
            let mut end = 0;
            for numeral in numeral::scan(reader, 0, tokens.len()) {
                assert!(numeral.start >= end && numeral.end > numeral.start, "{numeral:?} in {text:?}");
                assert!(!numeral.span.of(&text).is_empty(), "{numeral:?} in {text:?}");
                end = numeral.end;
            }
        }
    }
}

/// The whole pipeline, by every pack and with identification: rows slice the text and stand in order.
pub fn quantity(data: &[u8]) {
    let text = String::from_utf8_lossy(data).into_owned();
    for language in [Some("es"), Some("en"), Some("und"), None] {
        let doc = Document { language: language.map(str::to_owned), text: text.clone(), ..Document::default() };
        let analysis = analyze(&doc, context());
        let rows = record::rows(&doc, &analysis);
        let chars: Vec<char> = text.chars().collect();
        let mut last = (0, 0);
        for fact in &rows.facts {
            let slice: String = chars[fact.start..fact.end].iter().collect();
            assert_eq!(record::single_line(&slice), fact.surface);
            // By start, then the longer first.
            let order = (fact.start, usize::MAX - fact.end);
            assert!(order >= last, "facts out of order in {text:?}");
            last = order;
        }
    }
}

/// The archive reader, over the bytes as a file without a telling name and under the names of two formats.
pub fn archive(data: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    for name in ["input", "input.jsonl", "input.csv"] {
        let path = folder.path().join(name);
        fs::write(&path, data).unwrap();
        let inputs = plan(&[path.to_string_lossy()]).unwrap();
        let items: Vec<Item> = inputs.items(&ReadOptions { limit: Some(1000), ..ReadOptions::default() }).collect();
        assert!(!items.is_empty(), "every input ends in a row");
    }
}

/// The pack loader, over the bytes as one of the files of a pack; the first byte picks which.
pub fn pack(data: &[u8]) {
    const FILES: [&str; 12] = [
        "units.tsv",
        "currencies.tsv",
        "prefixes.tsv",
        "currency_families.tsv",
        "es/numerals.tsv",
        "es/units.tsv",
        "es/classes.tsv",
        "es/verbs.tsv",
        "es/minor_units.tsv",
        "es/ranges.tsv",
        "es/bounds.toml",
        "es/pack.toml",
    ];
    let Some((pick, rest)) = data.split_first() else { return };
    let file = FILES[usize::from(*pick) % FILES.len()];
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("es")).unwrap();
    fs::write(folder.path().join(file), String::from_utf8_lossy(rest).as_ref()).unwrap();
    let Ok(source) = Source::with_folder(folder.path()) else { return };
    if let Ok(packs) = Packs::open(source)
        && let Err(error) = packs.get("es")
    {
        assert!(!error.to_string().is_empty());
    }
}
