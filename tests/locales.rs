//! How locales write numbers: the same digits, read as each of them means them.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use cuanto::pack::{Packs, Source};
use cuanto::{Context, Document, analyze};

#[test]
fn digits_are_read_as_the_locale_writes_them() {
    let cx = Context::new(Packs::open(Source::embedded()).unwrap()).unwrap();
    let point =
        ["es-419", "es-MX", "es-US", "es-PE", "es-PR", "es-CU", "es-DO", "es-GT", "es-HN", "es-NI", "es-PA", "es-SV"];
    let comma = ["es", "es-ES", "es-AR", "es-BO", "es-CL", "es-CO", "es-CR", "es-EC", "es-PY", "es-UY", "es-VE"];
    let mut cases: Vec<(&str, &str, &str)> = Vec::new();
    for tag in point.into_iter().chain(["en", "en-US", "en-GB", "zh", "zh-TW", "de-CH", "it-CH"]) {
        cases.extend([(tag, "2.750 km", "2.75"), (tag, "2,750 km", "2750"), (tag, "2,5 km", "2.5")]);
    }
    for tag in comma.into_iter().chain(["pt", "pt-BR", "pt-PT", "fr", "it", "de", "de-AT", "ca", "gl", "nl", "nl-BE"]) {
        cases.extend([(tag, "2.750 km", "2750"), (tag, "2,750 km", "2.75"), (tag, "2.5 km", "2.5")]);
    }
    // Blanks of any width, and the apostrophes of Switzerland.
    for tag in ["es-CR", "fr", "fr-CA", "pt-PT", "de-AT", "ca", "en"] {
        cases.extend([(tag, "1 234 567 km", "1234567"), (tag, "1\u{a0}234,5 km", "1234.5")]);
        cases.extend([(tag, "1\u{202f}234\u{202f}567 km", "1234567"), (tag, "1\u{2009}234 km", "1234")]);
    }
    for tag in ["de-CH", "fr-CH", "it-CH", "de", "en"] {
        cases.extend([(tag, "1'234.5 km", "1234.5"), (tag, "1’234’567 km", "1234567")]);
    }
    for tag in ["en-IN", "en"] {
        cases.extend([(tag, "12,34,567 km", "1234567"), (tag, "1,23,45,678.5 km", "12345678.5")]);
        cases.extend([(tag, "2 lakh km", "200000"), (tag, "1.5 crore km", "15000000")]);
    }
    for (tag, text, value) in cases {
        let document = Document { text: text.to_owned(), language: Some(tag.to_owned()), ..Document::default() };
        let analysis = analyze(&document, &cx);
        let read: Vec<String> = analysis.facts.iter().map(|fact| fact.quantity.value.to_string()).collect();
        assert_eq!(read, [value], "{text} in {tag}");
    }
}
