//! `cuanto languages`: what works in which language.

use std::path::PathBuf;
use std::process::ExitCode;

use cuanto::Context;
use cuanto::pack::NumeralRole;
use cuanto::pack::{self, NumberFormat, Pack, Sense};

use super::columns::{HEADING, align, paint};
use super::{Failure, input};

/// Lists the languages and what works in each
///
/// A language has a pack where its number words, units, currencies and rules are known; one that is only identified is
/// read by digits and symbols alone.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: languages, the size of their packs, and the number formats of their countries\n  \
                        cuanto languages")]
pub struct Args {
    /// Folder of language packs whose files override the built-in ones of the same name
    #[arg(long, value_name = "DIR")]
    packs: Option<PathBuf>,
}

pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    let cx = Context::new(input::open_packs(args.packs.as_deref())?)?;
    let identifier = cx.identifier();
    let modelled: Vec<_> = identifier.modelled().collect();
    let identified = |tag: &str| match identifier.languages().iter().find(|code| code.as_str() == tag) {
        Some(code) if modelled.contains(code) => "words, models",
        Some(_) => "words",
        None if identifier.scripted().any(|code| code.as_str() == tag) => "script",
        None if tag.contains('-') => "its source",
        None => "no",
    };
    let mut rows = Vec::new();
    let packs: Vec<&str> = cx.packs().languages().collect();
    let root = cx.packs().get(pack::ROOT)?;
    for &tag in &packs {
        let pack = cx.packs().get(tag)?;
        let names = pack.lexicon.names();
        let count = |wanted: fn(&Sense) -> bool| names.iter().filter(|(_, s)| s.iter().any(wanted)).count();
        rows.push(vec![
            tag.to_owned(),
            pack.name().to_owned(),
            match format_of(&cx, tag) {
                Some(format) => format!("1{}234{}5", format.group, format.decimal),
                None => "1,234.5".to_owned(),
            },
            words(&pack, &pack.proof.cardinals, &[NumeralRole::Add, NumeralRole::Vigesimal]),
            words(&pack, &pack.proof.ordinals, &[NumeralRole::Ordinal, NumeralRole::OrdinalPrefix]),
            count(|s| matches!(s, Sense::Unit(_))).to_string(),
            count(|s| matches!(s, Sense::Currency(_) | Sense::Family(_) | Sense::Minor(_))).to_string(),
            (if pack.lexicon.class("month") == 0 { "no" } else { "yes" }).to_owned(),
            match (pack.bounds.len() - root.bounds.len(), pack.readings.len() - root.readings.len()) {
                (0, 0) => "no".to_owned(),
                (bounds, readings) => format!("{bounds}+{readings}"),
            },
            identified(tag).to_owned(),
        ]);
    }
    let headings = [
        "code",
        "language",
        "digits",
        "number words",
        "ordinals",
        "units",
        "money",
        "months",
        "rules",
        "identified by",
    ];
    let mut answer = align(&headings, &rows);
    answer += "number words up to a power of ten are proven by CLDR's spell-out rules; rules are bounds + readings\n";
    answer += &format!("\n{}\n", paint(HEADING, "number formats"));
    for &tag in &packs {
        answer += &formats(&cx, tag);
    }
    let others: Vec<&str> =
        identifier.languages().iter().map(|code| code.as_str()).filter(|code| !packs.contains(code)).collect();
    answer += &format!("\n{}\n{}\n", paint(HEADING, "identified, read by digits and symbols alone"), others.join(" "));
    super::print(&answer, ExitCode::SUCCESS)
}

fn format_of(cx: &Context, tag: &str) -> Option<NumberFormat> {
    cx.packs().catalog().number_format(tag)
}

/// Whether a pack has number words of these roles: how far they are proven, where they are generated.
fn words(pack: &Pack, proven: &str, roles: &[NumeralRole]) -> String {
    if !proven.is_empty() {
        return format!("to {proven}");
    }
    (if pack.lexicon.has_role(roles) { "yes" } else { "no" }).to_owned()
}

/// The locales of a language by how they write numbers: `1.234,5: es, es-AR`.
fn formats(cx: &Context, language: &str) -> String {
    let mut formats: Vec<(String, Vec<&str>)> = Vec::new();
    for (tag, format) in cx.packs().catalog().locales() {
        if tag.split('-').next() != Some(language) {
            continue;
        }
        let sample = format!("1{}234{}5", format.group, format.decimal);
        match formats.iter_mut().find(|(known, _)| *known == sample) {
            Some((_, tags)) => tags.push(tag),
            None => formats.push((sample, vec![tag])),
        }
    }
    formats.iter().map(|(sample, tags)| format!("{sample}  {}\n", tags.join(" "))).collect()
}
