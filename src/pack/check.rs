//! Checks packs as a person edits them: tables without doubles, and every rule proven by its own examples.
//!
//! `yes = ["más de 180 conjuntos"]` proves the rule `es.bound.more` when the analysis of that text names the rule as what decided;
//! each text under `no` must be read without it. Everything that is wrong is told, each with file, line and column.
//! Whether a rule helps on real articles is not asked here: that is what gold is for.

use std::collections::BTreeMap;

use super::dates::{self, DateExample, DateRulesFile};
use super::error::{Error, ErrorKind};
use super::load::{self, Loader};
use super::rules::{self, Rule, RulesFile};
use super::tables::{LAYOUTS, Layout};
use super::{Source, table};
use crate::{Analysis, Context, Document, analyze};

/// What a check found in one pack.
#[derive(Debug, Default)]
pub struct Report {
    /// The pack could not be loaded, so that no example was tried.
    pub unusable: bool,
    /// Everything that is wrong.
    pub problems: Vec<Error>,
    /// Rules seen.
    pub rules: usize,
    /// Examples tried.
    pub examples: usize,
}

/// Checks the pack of `tag`, a tag of [`Source::tags`].
#[must_use]
pub fn pack(cx: &Context, tag: &str) -> Report {
    let source = cx.packs().source();
    let mut report = Report::default();
    if let Err(errors) = Loader::load(source, cx.packs().catalog(), tag) {
        report.unusable = true;
        report.problems = errors;
    }
    for layout in &LAYOUTS {
        doubles(source, tag, layout, &mut report.problems);
    }
    for (file, gives_bound) in [(rules::BOUNDS, true), (rules::READINGS, false)] {
        let file = format!("{tag}/{file}");
        let text = source.file(&file).unwrap_or_default();
        // A file that cannot be parsed was told above.
        let Ok(RulesFile { rule: rules }) = load::toml(&file, text) else { continue };
        report.rules += rules.len();
        let own = RuleFile { file: &file, text, tag };
        own.ids(source, &rules, &mut report.problems);
        own.patterns(&rules, &mut report.problems);
        for rule in &rules {
            if rule.bound.is_some() != gives_bound || rule.reading.is_some() == gives_bound {
                let wanted = if gives_bound { "a `bound` and no `reading`" } else { "a `reading` and no `bound`" };
                report.problems.push(own.error(rule, &rule.id, format!("rules of this file need {wanted}")));
            }
            if !report.unusable {
                report.examples += rule.yes.len() + rule.no.len();
                own.prove(cx, rule, &mut report.problems);
            }
        }
    }
    dates(cx, tag, &mut report);
    report
}

/// Reads each example of the date rules, published on one day, and looks whether the rule gives that value.
fn dates(cx: &Context, tag: &str, report: &mut Report) {
    let file = format!("{tag}/{}", dates::DATES);
    let text = cx.packs().source().file(&file).unwrap_or_default();
    let Ok(DateRulesFile { rule: rules }) = load::toml(&file, text) else { return };
    report.rules += rules.len();
    let mut seen: BTreeMap<&str, ()> = BTreeMap::new();
    for rule in &rules {
        let place = |needle: &str| rules::place(text, &rule.id, needle);
        let mut tell = |needle: &str, reason: String| {
            let (line, column) = place(needle);
            report.problems.push(Error::format(&file, line, column, format!("rule {}: {reason}", rule.id)));
        };
        if rule.id.strip_prefix(tag).is_none_or(|rest| !rest.starts_with('.')) {
            tell(&rule.id, format!("its id must begin with '{tag}.'"));
        }
        if seen.insert(&rule.id, ()).is_some() {
            tell(&rule.id, "this id stands twice".to_owned());
        }
        if report.unusable {
            continue;
        }
        let language = rule.language.as_deref().unwrap_or(tag);
        let wanted =
            rule.yes.iter().filter_map(|e| DateExample::parse(e).map(|parsed| (e, parsed.text, Some(parsed.value))));
        for (example, words, value) in wanted.chain(rule.no.iter().map(|e| (e, e.as_str(), None))) {
            report.examples += 1;
            let published = Some(DateExample::PUBLISHED.to_owned());
            let doc = Document {
                language: Some(language.to_owned()),
                text: words.to_owned(),
                published,
                ..Document::default()
            };
            let analysis = analyze(&doc, cx);
            let by_rule = |timex: &&crate::timex::Timex| {
                timex.rule == rule.id.as_str().into() || timex.parts.iter().any(|p| **p == *rule.id)
            };
            let read: Vec<&crate::timex::Timex> = analysis.dates.iter().map(|d| &d.timex).collect();
            let by_this = read.iter().copied().find(by_rule);
            let told = || {
                let each = read.iter().map(|t| format!("«{}» = {} by {}", t.span.of(words), t.value, t.rule));
                each.collect::<Vec<_>>().join(", ")
            };
            let reason = match (value, by_this) {
                // What keeps others from reading it leaves nothing to see.
                (Some(""), _) if rule.value == dates::Op::Nothing => match read.is_empty() {
                    true => continue,
                    false => format!("nothing must be read here, but: {}", told()),
                },
                (Some(value), Some(timex)) if timex.value == value => continue,
                // A language's own rule may read what the root's would.
                (Some(value), _) if tag == super::ROOT && read.iter().any(|t| t.value == value) => continue,
                (Some(value), _) if read.is_empty() => format!("it must give {value}, but no date is found"),
                (Some(value), _) => format!("it must give {value}, but: {}", told()),
                (None, Some(_)) => format!("it must not decide here, but: {}", told()),
                (None, None) => continue,
            };
            let (line, column) = place(example);
            let (file, rule, text) = (file.clone(), rule.id.clone(), words.to_owned());
            report.problems.push(ErrorKind::Example { file, line, column, rule, text, reason }.into());
        }
    }
}

/// The same form twice in a table, with nothing to tell the two apart.
fn doubles(source: &Source, tag: &str, layout: &Layout, problems: &mut Vec<Error>) {
    let file = format!("{tag}/{}", layout.file);
    // A table that breaks its format was told by the loader.
    let Ok(rows) = table::rows(&file, source.file(&file).unwrap_or_default(), 1, usize::MAX) else { return };
    let mut seen: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for row in &rows {
        let key = layout.key.map_or("", |column| row.cell(column));
        for form in row.forms(layout.forms) {
            if let Some(line) = seen.insert((key, form), row.line) {
                let reason = match layout.key {
                    Some(_) => format!("'{form}' already stands in line {line} as '{key}': take one out"),
                    None => format!("'{form}' already stands in line {line}: take one out"),
                };
                problems.push(row.error(layout.forms, reason));
            }
        }
    }
}

/// A file of rules.
struct RuleFile<'a> {
    file: &'a str,
    text: &'a str,
    tag: &'a str,
}

impl RuleFile<'_> {
    /// An error at `needle`, a quoted string of the rule.
    fn error(&self, rule: &Rule, needle: &str, reason: impl AsRef<str>) -> Error {
        let (line, column) = rules::place(self.text, &rule.id, needle);
        Error::format(self.file, line, column, format!("rule {}: {}", rule.id, reason.as_ref()))
    }

    /// Ids: of this language, and unique in all packs.
    fn ids(&self, source: &Source, rules: &[Rule], problems: &mut Vec<Error>) {
        let files: Vec<(&str, &str)> = source
            .tags()
            .flat_map(|tag| source.files_of(tag))
            .filter(|(name, _)| name.ends_with(rules::BOUNDS) || name.ends_with(rules::READINGS))
            .collect();
        for rule in rules {
            if rule.id.strip_prefix(self.tag).is_none_or(|rest| !rest.starts_with('.')) {
                problems.push(self.error(rule, &rule.id, format!("its id must begin with '{}.'", self.tag)));
            }
            let definition = format!("id = \"{}\"", rule.id);
            let at: Vec<String> = files
                .iter()
                .flat_map(|(file, text)| {
                    let lines = text.lines().enumerate().filter(|(_, line)| line.trim() == definition);
                    lines.map(move |(number, _)| format!("packs/{file}:{}", number + 1))
                })
                .collect();
            if at.len() > 1 {
                problems.push(self.error(rule, &rule.id, format!("this id stands at {}", at.join(", "))));
            }
        }
    }

    /// Patterns that an earlier one has taken.
    fn patterns(&self, rules: &[Rule], problems: &mut Vec<Error>) {
        let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
        for rule in rules {
            for pattern in rule.pattern.as_slice() {
                if let Some(first) = seen.insert(pattern, &rule.id) {
                    let reason = format!("its pattern '{pattern}' already stands in rule {first}, which decides");
                    problems.push(self.error(rule, pattern, reason));
                }
            }
        }
    }

    /// Reads each example and looks whether the rule decided.
    fn prove(&self, cx: &Context, rule: &Rule, problems: &mut Vec<Error>) {
        for (examples, wanted) in [(&rule.yes, true), (&rule.no, false)] {
            for text in examples {
                let doc = Document { language: Some(self.tag.to_owned()), text: text.clone(), ..Document::default() };
                let analysis = analyze(&doc, cx);
                let deciding = decided(&analysis);
                let empty = analysis.facts.is_empty() && analysis.numbers.is_empty() && analysis.excluded.is_empty();
                let reason = match (deciding.contains(&rule.id.as_str()), wanted) {
                    (false, true) if deciding.is_empty() => "it must decide here, but no rule does".to_owned(),
                    (false, true) => format!("it must decide here, but these do: {}", deciding.join(", ")),
                    (true, false) => "it must not decide here, but does".to_owned(),
                    (false, false) if empty => "no number stands here, so this proves nothing".to_owned(),
                    _ => continue,
                };
                let (line, column) = rules::place(self.text, &rule.id, text);
                let (file, rule, text) = (self.file.to_owned(), rule.id.clone(), text.clone());
                problems.push(ErrorKind::Example { file, line, column, rule, text, reason }.into());
            }
        }
    }
}

/// What decided in a text: ids of rules, and reasons in words.
fn decided(analysis: &Analysis) -> Vec<&str> {
    let kept = analysis.facts.iter().flat_map(|fact| &fact.quantity.reasons);
    kept.chain(analysis.excluded.iter().map(|excluded| &excluded.reason)).map(String::as_str).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;
    use crate::pack::Packs;

    fn problems(files: &[(&str, &str)]) -> Vec<String> {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::create_dir_all(dir.path().join(name).parent().unwrap()).unwrap();
            std::fs::write(dir.path().join(name), text).unwrap();
        }
        let cx = Context::new(Packs::open(Source::with_folder(dir.path()).unwrap()).unwrap()).unwrap();
        pack(&cx, "xx").problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn everything_wrong_is_told_with_its_place() {
        let rule =
            "[[rule]]\nid = \"xx.bound.more\"\npattern = [\"{nothing} <q>\", \"go/v <q>\", \"more\"]\nbound = \">\"\n";
        let found = problems(&[
            ("xx/pack.toml", "name = \"Test\""),
            ("xx/numerals.tsv", "two\t2\tadd\nten\tten\tadd\nsix\t6\tsum\ntwo|dozen\t2\tadd\n"),
            ("xx/units.tsv", "m\tmetre\nfoot-long\tfoot\n"),
            ("xx/bounds.toml", rule),
        ]);
        assert_eq!(
            found,
            [
                "P002 packs/xx/numerals.tsv:2:5: 'ten' is no number such as 12, 0.5, 1e6 or 1/3",
                "P002 packs/xx/numerals.tsv:3:7: 'sum' is no role; see CONTRIBUTING.md",
                "P002 packs/xx/units.tsv:2:1: 'foot-long' is no unit of packs/units.tsv",
                "P002 packs/xx/bounds.toml:3:13: rule xx.bound.more: there is no class 'nothing' in classes.tsv",
                "P002 packs/xx/bounds.toml:3:30: rule xx.bound.more: there is no verb 'go' in verbs.tsv",
                "P002 packs/xx/bounds.toml:3:42: rule xx.bound.more: a pattern needs exactly one <q> or <n> and a word beside it",
                "P002 packs/xx/bounds.toml:2:6: rule xx.bound.more: it has no `yes` example",
                "P002 packs/xx/numerals.tsv:4:1: 'two' already stands in line 1 as 'add': take one out",
            ]
        );
    }

    #[test]
    fn a_rule_is_proven_by_what_decided() {
        let rules = "[[rule]]\nid = \"xx.bound.more\"\npattern = \"over <q>\"\nbound = \">\"\nyes = [\"over 3\", \"under 3\"]\n\
                     no = [\"under 3\", \"over the moon\"]\n[[rule]]\nid = \"yy.second\"\npattern = \"over <q>\"\nyes = [\"over 4\"]\n";
        let found = problems(&[("xx/pack.toml", "name = \"Test\""), ("xx/bounds.toml", rules)]);
        assert_eq!(
            found,
            [
                "P002 packs/xx/bounds.toml:8:6: rule yy.second: its id must begin with 'xx.'",
                "P002 packs/xx/bounds.toml:9:11: rule yy.second: its pattern 'over <q>' already stands in rule xx.bound.more, which decides",
                "P004 packs/xx/bounds.toml:5:18: rule xx.bound.more in «under 3»: it must decide here, but no rule does",
                "P004 packs/xx/bounds.toml:6:18: rule xx.bound.more in «over the moon»: no number stands here, so this proves nothing",
                "P002 packs/xx/bounds.toml:8:6: rule yy.second: rules of this file need a `bound` and no `reading`",
                "P004 packs/xx/bounds.toml:10:8: rule yy.second in «over 4»: it must decide here, but these do: xx.bound.more",
            ]
        );
    }
}
