//! What words around and inside numbers do, where the mechanism is shared and the pack switches it on.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use cuanto::pack::{Packs, Source};
use cuanto::{Context, Document, analyze};

/// Each fact as `kind value unit`, in reading order.
fn facts(cx: &Context, tag: &str, text: &str) -> Vec<String> {
    let document = Document { text: text.to_owned(), language: Some(tag.to_owned()), ..Document::default() };
    let facts = analyze(&document, cx).facts;
    let told = facts.iter().map(|fact| {
        let quantity = &fact.quantity;
        let unit = quantity.unit.as_ref().map_or("", |unit| unit.code.as_str());
        format!("{} {} {unit}", quantity.kind.as_str(), quantity.value).trim_end().to_owned()
    });
    told.collect()
}

#[test]
fn words_decide_what_a_number_is() {
    let cx = Context::new(Packs::open(Source::embedded()).unwrap()).unwrap();
    let cases: &[(&str, &str, &[&str])] = &[
        // A word makes the cardinal before it a denominator.
        ("pt", "três vinte avos", &["ratio 0.15"]),
        ("pt", "três vinte milésimos", &["ratio 0.00015"]),
        // Quarters in even numbers are rooms, but not of a unit.
        ("pt", "um apartamento com dois quartos", &["count 2"]),
        ("pt", "três quartos dos alunos", &["ratio 0.75"]),
        ("gl", "catorce medios de transporte", &["count 14"]),
        // A word is a rank, a day of the week or a preposition.
        ("pt", "na quinta edição", &["ordinal 5"]),
        ("pt", "na quinta, morreram 3 pessoas", &["count 3"]),
        ("pt", "segundo a polícia, morreram 3 pessoas", &["count 3"]),
        ("pt", "um segundo mandato de 4 anos", &["ordinal 2", "measure 4 yr"]),
        ("gl", "2,5 millóns segundo fontes oficiais", &["number 2500000"]),
        // Scores that a word parts.
        ("pt", "venceu por 2 a 1", &["number 2", "number 1"]),
        ("pt", "o time venceu por 3x0", &["number 3", "number 0"]),
        // Degrees of an earthquake are no heat, and a multiple is measured in nothing.
        ("gl", "un sismo de 7,5 graos", &["number 7.5"]),
        ("pt", "o dobro do peso", &["ratio 2"]),
        // A cardinal that ranks.
        ("gl", "o 60 aniversario", &["ordinal 60"]),
        // A comma adds no cents.
        ("gl", "custa 8 euros, 5 para os nenos", &["money 8 EUR", "number 5"]),
    ];
    for (tag, text, wanted) in cases {
        assert_eq!(facts(&cx, tag, text), *wanted, "{text} in {tag}");
    }
}

#[test]
fn overlays_change_what_a_word_is_worth() {
    let cx = Context::new(Packs::open(Source::embedded()).unwrap()).unwrap();
    for (tag, text, wanted) in [
        ("pt-BR", "um bilionésimo", "ratio 0.000000001"),
        ("pt-PT", "um bilionésimo", "ratio 0.000000000001"),
        ("pt-MZ", "um bilionésimo", "ratio 0.000000000001"),
        ("pt-BR", "dez contos", "money 10 BRL"),
        ("pt-PT", "dez contos", "money 10000 PTE"),
        ("pt-BR", "cinco bilhões de reais", "money 5000000000 BRL"),
        ("pt-PT", "cinco biliões de euros", "money 5000000000000 EUR"),
    ] {
        assert_eq!(facts(&cx, tag, text), [wanted], "{text} in {tag}");
    }
}
