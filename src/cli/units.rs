//! `cuanto units`: the table of units, or what one word is read as.

use std::path::PathBuf;
use std::process::ExitCode;

use cuanto::Context;
use cuanto::pack::{self, Catalog, CurrencyId, FamilyId, MoneyName, Pack, Sense, UnitId};
use cuanto::text::{Span, tokenize};

use super::columns::{HEADING, VALUE, align, paint};
use super::{Failure, input};

/// Lists the units, or says what a word or symbol is read as
///
/// Without WORD: every unit with its dimension, size, symbols and names. With WORD: what it stands for in each
/// language, and which currencies share it. Exit status 1 where nothing is called so.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: what `libras` may be\n  cuanto units libras")]
pub struct Args {
    /// Name, symbol or code of a unit or currency
    #[arg(value_name = "WORD")]
    word: Option<String>,
    /// Folder of language packs whose files override the built-in ones of the same name
    #[arg(long, value_name = "DIR")]
    packs: Option<PathBuf>,
}

pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    let cx = Context::new(input::open_packs(args.packs.as_deref())?)?;
    match args.word.as_deref().map(str::trim) {
        None => super::print(&table(&cx)?, ExitCode::SUCCESS),
        Some(word) => {
            let meanings = meanings(&cx, word)?;
            if meanings.is_empty() {
                return super::print(&unknown(&cx, word)?, ExitCode::FAILURE);
            }
            super::print(&align(&["where", "what", "meaning"], &meanings), ExitCode::SUCCESS)
        }
    }
}

/// All units that are no other unit with a prefix.
fn table(cx: &Context) -> Result<String, Failure> {
    let catalog = cx.packs().catalog();
    let mut names = Vec::new();
    let packs = packs(cx)?;
    for (tag, pack) in &packs {
        names.push((tag, pack.lexicon.names()));
    }
    let mut rows = Vec::new();
    for (id, unit) in catalog.units().filter(|(_, unit)| !unit.prefixed) {
        let named = names.iter().filter_map(|(tag, names)| {
            let own = names.iter().filter(|(_, senses)| senses.contains(&Sense::Unit(id)));
            let own: Vec<&str> = own.map(|(name, _)| name.as_str()).collect();
            (!own.is_empty()).then(|| format!("{tag}: {}", own.join(", ")))
        });
        rows.push(vec![
            unit.code.to_string(),
            unit.dimension.to_string(),
            format!("{} {}", unit.factor, unit.base),
            catalog.prefixes_of(id).join(" "),
            catalog.symbols(id).join(" "),
            named.collect::<Vec<_>>().join("; "),
        ]);
    }
    Ok(align(&["unit", "dimension", "equals", "prefixes", "symbols", "names"], &rows))
}

fn packs(cx: &Context) -> Result<Vec<(String, std::sync::Arc<Pack>)>, Failure> {
    let tags = std::iter::once(pack::ROOT).chain(cx.packs().languages());
    Ok(tags.map(|tag| Ok((tag.to_owned(), cx.packs().get(tag)?))).collect::<Result<_, pack::Error>>()?)
}

/// Rows of where, what and meaning.
fn meanings(cx: &Context, word: &str) -> Result<Vec<Vec<String>>, Failure> {
    let catalog = cx.packs().catalog();
    let everywhere = pack::ROOT;
    let row =
        |place: &str, what: &str, meaning: String| vec![place.to_owned(), what.to_owned(), paint(VALUE, &meaning)];
    let mut rows = Vec::new();
    if let Some(id) = catalog.unit_by_symbol(word) {
        rows.push(row(everywhere, "symbol", unit(catalog, id)));
    }
    if let Some(id) = catalog.currency(&word.to_uppercase()) {
        rows.push(row(everywhere, "code", format!("currency {}", catalog.currency_code(id))));
    }
    match catalog.money_sign(word) {
        Some(MoneyName::Currency(id)) => rows.push(row(everywhere, "sign", currency(catalog, id))),
        Some(MoneyName::Family(id)) => rows.push(row(everywhere, "sign", family(catalog, id))),
        None => {}
    }
    let mut inherited: Vec<Vec<String>> = Vec::new();
    for (tag, pack) in packs(cx)? {
        let mut own: Vec<(&str, String)> = Vec::new();
        if let Some(scale) = pack.scale_symbol(word) {
            let place = match (scale.glued_only, scale.money_only) {
                (true, _) => ", glued to digits",
                (_, true) => ", beside a currency",
                _ => "",
            };
            own.push(("abbreviation", format!("times {}{place}", scale.value)));
        }
        let mut tokens = Vec::new();
        tokenize(word, Span::new(0, u32::try_from(word.len())?), &pack.lexicon, &mut tokens);
        if let [token] = tokens.as_slice() {
            for sense in pack.lexicon.numeral(token.symbol) {
                own.push(("number word", format!("{} ({})", sense.value, sense.role.name())));
            }
        }
        let found = pack.lexicon.longest(&tokens, 0).filter(|found| found.end == tokens.len());
        for sense in found.map_or(&[][..], |found| found.senses) {
            own.push(match *sense {
                Sense::Unit(id) => ("unit", unit(catalog, id)),
                Sense::Currency(id) => ("currency", currency(catalog, id)),
                Sense::Family(id) => ("currency", family(catalog, id)),
                Sense::Minor(index) => ("part of a currency", part(catalog, &pack, index)),
                Sense::Share(index) | Sense::Before(index) => {
                    let share = pack.shares.get(usize::from(index)).copied();
                    ("unit", share.map(|s| format!("{} × {}", s.factor, unit(catalog, s.unit))).unwrap_or_default())
                }
                Sense::Rate(id) => ("rate", format!("per {}", unit(catalog, id))),
                Sense::Ratio(index) => {
                    let value = pack.ratios.get(usize::from(index)).map(ToString::to_string);
                    ("ratio", value.unwrap_or_default())
                }
                Sense::Over | Sense::WeakOver | Sense::CountedOver => {
                    ("ratio", "divides the number before it by the one behind it".to_owned())
                }
                Sense::Under | Sense::WeakUnder => {
                    ("ratio", "divides the number behind it by the one before it".to_owned())
                }
                Sense::Name => ("name", "no quantity, though a number stands in it".to_owned()),
                Sense::Place(id) => ("place", format!("region {}", catalog.region_code(id))),
            });
        }
        let own: Vec<_> = own.into_iter().map(|(what, meaning)| vec![what.to_owned(), meaning]).collect();
        // What the root pack says holds in every language and is told once.
        let fresh = own.iter().filter(|meaning| !inherited.contains(meaning));
        rows.extend(fresh.filter_map(|m| Some(row(&tag, m.first()?, m.get(1)?.clone()))));
        if tag == pack::ROOT {
            inherited = own;
        }
    }
    Ok(rows)
}

fn unit(catalog: &Catalog, id: UnitId) -> String {
    let Some(unit) = catalog.unit(id) else { return String::new() };
    let size = if unit.code == unit.base { String::new() } else { format!(" = {} {}", unit.factor, unit.base) };
    let weak = if unit.weak { "; its symbol needs more evidence than its place" } else { "" };
    format!("{}{size}, {}{weak}", unit.code, unit.dimension)
}

fn currency(catalog: &Catalog, id: CurrencyId) -> String {
    catalog.currency_code(id).to_owned()
}

fn family(catalog: &Catalog, id: FamilyId) -> String {
    let Some(family) = catalog.family(id) else { return String::new() };
    let members: Vec<&str> = family.members.iter().map(|id| catalog.currency_code(*id)).collect();
    let default = match family.default {
        Some(id) => format!("{} where nothing else says", catalog.currency_code(id)),
        None => "none where nothing says".to_owned(),
    };
    format!("{}: {default}, else {}", family.name, members.join(" "))
}

fn part(catalog: &Catalog, pack: &Pack, index: u16) -> String {
    let Some(part) = pack.parts.get(usize::from(index)) else { return String::new() };
    let of = part.of.iter().map(|name| match name {
        MoneyName::Currency(id) => catalog.currency_code(*id),
        MoneyName::Family(id) => catalog.family(*id).map_or("", |family| &family.name),
    });
    let slang = if part.colloquial { ", slang" } else { "" };
    format!("{} of {}{slang}", part.factor, of.collect::<Vec<_>>().join(" or "))
}

/// Edits from which two words are no longer near.
const FAR: usize = 4;

/// That nothing is called so, and the nearest names.
fn unknown(cx: &Context, word: &str) -> Result<String, Failure> {
    let catalog = cx.packs().catalog();
    let folded = word.to_lowercase();
    let mut near: Vec<(usize, String)> = Vec::new();
    let mut offer = |name: &str| {
        let edits = edits(&folded, &name.to_lowercase());
        if edits < FAR.min(1 + folded.chars().count() / 2) {
            near.push((edits, name.to_owned()));
        }
    };
    for (_, pack) in packs(cx)? {
        let wanted = |s: &Sense| {
            let over = matches!(s, Sense::Over | Sense::WeakOver | Sense::CountedOver);
            let under = matches!(s, Sense::Under | Sense::WeakUnder);
            !over && !under && !matches!(s, Sense::Place(_) | Sense::Name)
        };
        for (name, _) in pack.lexicon.names().iter().filter(|(_, senses)| senses.iter().any(wanted)) {
            offer(name);
        }
    }
    catalog.units().for_each(|(_, unit)| offer(&unit.code));
    near.sort();
    near.dedup();
    let names: Vec<&str> = near.iter().take(5).map(|(_, name)| name.as_str()).collect();
    let hint = if names.is_empty() {
        "`cuanto units` lists all units".to_owned()
    } else {
        format!("the nearest names are {}", names.join(", "))
    };
    Ok(format!("no unit or currency is called {}; {hint}\n", paint(HEADING, word)))
}

/// How many characters must be put in, left out or changed (Levenshtein).
fn edits(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (slot, y) in row.iter_mut().skip(1).zip(&b) {
            let changed = diagonal + usize::from(x != *y);
            diagonal = *slot;
            left = changed.min(*slot + 1).min(left + 1);
            *slot = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::edits;

    #[test]
    fn edits_count_changes() {
        for (a, b, n) in
            [("", "abc", 3), ("metro", "metro", 0), ("metrp", "metro", 1), ("kilo", "kilos", 1), ("ñu", "nu", 1)]
        {
            assert_eq!((edits(a, b), edits(b, a)), (n, n), "{a} {b}");
        }
    }
}
