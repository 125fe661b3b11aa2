//! `cuanto languages`: what works in which language.

use std::path::PathBuf;
use std::process::ExitCode;

use cuanto::Context;
use cuanto::pack::{Pack, Sense};

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
        None => "no",
    };
    let mut rows = Vec::new();
    let packs: Vec<&str> = cx.packs().languages().collect();
    for &tag in &packs {
        let pack = cx.packs().get(tag)?;
        let names = pack.lexicon.names();
        let count = |wanted: fn(&Sense) -> bool| names.iter().filter(|(_, s)| s.iter().any(wanted)).count();
        let examples = rules(&pack).map(|rule| rule.yes.len() + rule.no.len()).sum::<usize>();
        rows.push(vec![
            tag.to_owned(),
            pack.name().to_owned(),
            pack.lexicon.numeral_words().to_string(),
            count(|s| matches!(s, Sense::Unit(_))).to_string(),
            count(|s| matches!(s, Sense::Currency(_) | Sense::Family(_) | Sense::Minor(_))).to_string(),
            pack.bounds.len().to_string(),
            pack.readings.len().to_string(),
            examples.to_string(),
            identified(tag).to_owned(),
        ]);
    }
    let headings =
        ["code", "language", "number words", "units", "currencies", "bounds", "readings", "examples", "identified by"];
    let mut answer = align(&headings, &rows);
    answer += &format!("\n{}\n", paint(HEADING, "number formats"));
    for &tag in &packs {
        answer += &formats(&cx, tag);
    }
    let others: Vec<&str> =
        identifier.languages().iter().map(|code| code.as_str()).filter(|code| !packs.contains(code)).collect();
    answer += &format!("\n{}\n{}\n", paint(HEADING, "identified, read by digits and symbols alone"), others.join(" "));
    super::print(&answer, ExitCode::SUCCESS)
}

fn rules(pack: &Pack) -> impl Iterator<Item = &cuanto::pack::Rule> {
    pack.bounds.iter().chain(pack.readings.iter())
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
