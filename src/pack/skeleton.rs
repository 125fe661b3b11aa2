//! The files that a new language begins with: what is known of it already, and tables whose comments teach.
//!
//! `skeleton(source, "ro", None)` gives `ro/cldr.toml` as it ships, `ro/numerals.tsv` with the scales that CLDR names as
//! suggestions, and so on. All of it loads and passes `pack check` before a word is added.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;

use super::{Source, canonical};
use crate::language::LanguageCode;
use crate::numeral::Number;

/// The templates, as `(name, text)`; `{name}` and `{tag}` are filled in.
const TEMPLATES: [(&str, &str); 17] = [
    ("pack.toml", include_str!("skeleton/pack.toml")),
    ("numerals.tsv", include_str!("skeleton/numerals.tsv")),
    ("classes.tsv", include_str!("skeleton/classes.tsv")),
    ("units.tsv", include_str!("skeleton/units.tsv")),
    ("rates.tsv", include_str!("skeleton/rates.tsv")),
    ("scale_symbols.tsv", include_str!("skeleton/scale_symbols.tsv")),
    ("currencies.tsv", include_str!("skeleton/currencies.tsv")),
    ("minor_units.tsv", include_str!("skeleton/minor_units.tsv")),
    ("places.tsv", include_str!("skeleton/places.tsv")),
    ("dropped.tsv", include_str!("skeleton/dropped.tsv")),
    ("verbs.tsv", include_str!("skeleton/verbs.tsv")),
    ("inflection.tsv", include_str!("skeleton/inflection.tsv")),
    ("ranges.tsv", include_str!("skeleton/ranges.tsv")),
    ("ratios.tsv", include_str!("skeleton/ratios.tsv")),
    ("names.tsv", include_str!("skeleton/names.tsv")),
    ("bounds.toml", include_str!("skeleton/bounds.toml")),
    ("readings.toml", include_str!("skeleton/readings.toml")),
];
const OVERLAY: &str = include_str!("skeleton/overlay.toml");

/// A file to begin with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name relative to the packs' root: `ro/numerals.tsv`.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a file of a skeleton comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The program has it already.
    Shipped,
    /// A template whose comments say what to write.
    Template,
}

/// The part of `cldr.toml` that suggests rows.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Seed {
    compact: Section,
    numerals: Section,
    scale_symbols: Section,
}

/// Forms by value, by what these values do.
type Section = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// The files that the pack of a new language (`ro`), or an overlay (`es-MX`), begins with; `None` where `tag` is no such tag.
///
/// `name` is the English name; the tag stands in for it until someone writes one.
#[must_use]
pub fn skeleton(source: &Source, tag: &str, name: Option<&str>) -> Option<Vec<File>> {
    let tag = canonical(tag);
    let code = LanguageCode::parse(&tag).filter(|code| !code.is_undetermined())?;
    let is_overlay = tag != code.as_str();
    if tag.split('-').skip(1).any(|part| !(2..=4).contains(&part.len()) || !part.chars().all(char::is_alphanumeric)) {
        return None;
    }
    let mut files: Vec<File> = source
        .files_of(&tag)
        .map(|(name, text)| File { name: name.to_owned(), text: text.to_owned(), origin: Origin::Shipped })
        .collect();
    let seed = source.file(&format!("{tag}/cldr.toml")).and_then(|text| toml::from_str(text).ok()).unwrap_or_default();
    let templates = if is_overlay { &[("pack.toml", OVERLAY)][..] } else { &TEMPLATES };
    for (file, template) in templates {
        let path = format!("{tag}/{file}");
        if files.iter().all(|known| known.name != path) {
            // An overlay without a name has its language's. A quote would end the string.
            let template = if is_overlay && name.is_none() {
                template.replace("\nname = \"{name}\"", "")
            } else {
                (*template).to_owned()
            };
            let name = name.unwrap_or(&tag).replace(['"', '\\', '\n'], " ");
            let text = template.replace("{name}", &name).replace("{tag}", &tag) + &suggestions(file, &seed);
            files.push(File { name: path, text, origin: Origin::Template });
        }
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Some(files)
}

/// The rows that CLDR has for a table. It reads them from `cldr.toml` only while there is no table, so they go into it; names
/// of scales alone are comments, for «mil» may be 1000, or part of «mil millones».
fn suggestions(file: &str, seed: &Seed) -> String {
    let (rows, names, end) = match file {
        "numerals.tsv" => (&seed.numerals, seed.compact.get("long"), "scale"),
        "scale_symbols.tsv" => (&seed.scale_symbols, seed.compact.get("short"), "any"),
        _ => return String::new(),
    };
    let mut text = String::new();
    if !rows.is_empty() {
        let all = rows.iter().flat_map(|(what, values)| values.iter().map(move |(value, forms)| (what, value, forms)));
        let mut all: Vec<_> = all.collect();
        all.sort_by_key(|(what, value, _)| (Number::parse(value), *what));
        text += "# From CLDR: look through it, and write what is missing.\n";
        for (what, value, forms) in all {
            let _ = writeln!(text, "{}\t{value}\t{what}", forms.join("|"));
        }
        return text;
    }
    for (value, forms) in names.into_iter().flatten() {
        let words: Vec<&str> = forms.iter().map(String::as_str).filter(|form| !form.contains(' ')).collect();
        if !words.is_empty() {
            let _ = writeln!(text, "# {}\t{value}\t{end}", words.join("|"));
        }
    }
    if text.is_empty() { text } else { format!("# From CLDR; take the `# ` away where it is right:\n{text}") }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail by panic")]

    use super::super::{Packs, check, format};
    use super::*;
    use crate::Context;

    fn write(folder: &std::path::Path, files: &[File]) {
        for file in files {
            let path = folder.join(&file.name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, &file.text).unwrap();
        }
    }

    #[test]
    fn a_skeleton_passes_its_check_and_is_in_form() {
        let folder = tempfile::tempdir().unwrap();
        let mut files = skeleton(&Source::embedded(), "xx", Some("Example")).unwrap();
        assert_eq!(files.len(), TEMPLATES.len());
        files.extend(skeleton(&Source::embedded(), "xx_aa", None).unwrap());
        for file in &files {
            assert_eq!(format::canonical(&file.name, &file.text), file.text, "{}", file.name);
        }
        write(folder.path(), &files);
        let cx = Context::new(Packs::open(Source::with_folder(folder.path()).unwrap()).unwrap()).unwrap();
        for (tag, name) in [("xx", "Example"), ("xx-AA", "Example")] {
            let report = check::pack(&cx, tag);
            assert!(report.problems.is_empty(), "{:?}", report.problems);
            assert_eq!(cx.packs().get(tag).unwrap().name(), name);
        }
    }

    #[test]
    fn the_rows_that_comments_teach_are_right() {
        let folder = tempfile::tempdir().unwrap();
        let mut files = skeleton(&Source::embedded(), "xx", None).unwrap();
        for file in &mut files {
            // Every comment that looks like a row or a rule becomes one.
            let taught = |line: &str| {
                let Some(text) = line.strip_prefix("# ") else { return false };
                let heads = ["forms", "unit", "class", "code", "region", "ending", "lemma", "before"];
                match file.name.rsplit('.').next() {
                    Some("toml") => {
                        text.starts_with('[') || text.split(" = ").next().is_some_and(|key| !key.contains(' '))
                    }
                    _ if heads.iter().any(|head| text.starts_with(head)) => false,
                    _ => {
                        text.contains('\t')
                            || text.contains('|') && file.name.ends_with("names.tsv")
                            || text == "superar"
                    }
                }
            };
            let lines = file.text.lines().map(|line| if taught(line) { line.trim_start_matches("# ") } else { line });
            file.text = lines.collect::<Vec<_>>().join("\n");
        }
        // One month and the month class, which CLDR brings to real languages.
        files.push(File {
            name: "xx/cldr.toml".to_owned(),
            text: "[months]\n5 = [\"mayo\"]\n".to_owned(),
            origin: Origin::Shipped,
        });
        write(folder.path(), &files);
        let cx = Context::new(Packs::open(Source::with_folder(folder.path()).unwrap()).unwrap()).unwrap();
        let report = check::pack(&cx, "xx");
        assert!(report.problems.is_empty(), "{:#?}", report.problems);
        assert!(report.rules >= 5 && cx.packs().get("xx").unwrap().lexicon.numeral_words() > 10);
    }

    #[test]
    fn what_ships_is_kept_and_what_cldr_knows_is_suggested() {
        let source = Source::embedded();
        for tag in source.tags().filter(|tag| source.file(&format!("{tag}/numerals.tsv")).is_some() && *tag != "und") {
            let files = skeleton(&source, tag, None).unwrap();
            let shipped = files.iter().filter(|file| file.origin == Origin::Shipped);
            assert!(shipped.clone().count() > 1);
            assert!(shipped.into_iter().all(|file| source.file(&file.name) == Some(&file.text)));
        }
        let seed = toml::from_str("[compact.long]\n1e3 = [\"mil\"]\n1e9 = [\"mil millones\"]\n").unwrap();
        assert!(suggestions("numerals.tsv", &seed).ends_with(":\n# mil\t1e3\tscale\n"));
        assert_eq!(suggestions("units.tsv", &seed), "");
        let seed =
            toml::from_str("[numerals.scale]\n1e3 = [\"mil\"]\n100 = [\"cien\"]\n[numerals.add]\n2 = [\"dos\"]\n")
                .unwrap();
        assert!(suggestions("numerals.tsv", &seed).ends_with(".\ndos\t2\tadd\ncien\t100\tscale\nmil\t1e3\tscale\n"));
    }

    #[test]
    fn what_is_no_language_has_no_skeleton() {
        for tag in ["", "und", "x", "espanol", "../es", "es/..", "es-", "e1"] {
            assert_eq!(skeleton(&Source::embedded(), tag, None), None, "{tag}");
        }
    }
}
