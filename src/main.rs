//! temp
use std::io::{BufRead, Write};
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let packs = cuanto::pack::Packs::open(cuanto::pack::Source::embedded())?;
    let cx = cuanto::Context::new(packs, None)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let v: serde_json::Value = serde_json::from_str(&line)?;
        let g = |k: &str| v.get(k).and_then(|x| x.as_str()).map(str::to_owned);
        let doc = cuanto::Document { id: g("id").unwrap_or_default(), text: g("text").unwrap_or_default(), language: g("locale").or(g("language")), published: g("published").filter(|p| !p.is_empty()), ..Default::default() };
        let a = cuanto::analyze(&doc, &cx);
        let r = cuanto::record::rows(&doc, &a);
        let row = cuanto::record::AnnotationRow { doc_id: &doc.id, language: &a.language, language_confidence: a.language_confidence, numbers: r.numbers, facts: r.facts, entities: vec![], dates: vec![] };
        serde_json::to_writer(&mut out, &row)?;
        writeln!(out)?;
    }
    Ok(())
}
