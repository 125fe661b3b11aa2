//! Brings pack files into one form, so that a diff shows what changed in meaning and nothing else.
//!
//! `km |kms| km` becomes `km|kms`; `m<TAB> metro ` becomes `m<TAB>metro`. What a file means is never changed: order stays as
//! written, for it may say something («the likeliest first»), but in the tables that are kept by code or region. A form
//! that says the same in two rows stays in the first. Text that cannot be read is left as it is, for `check` to tell.

use std::collections::{HashMap, HashSet};

use super::tables::Layout;

/// The canonical text of the pack file `name`, `es/units.tsv` or `units.tsv`.
///
/// ```
/// use cuanto::pack::format::canonical;
/// let text = "m\tmetro | metros|metro \nkm\tkms\n\n\n";
/// assert_eq!(canonical("es/units.tsv", text), "m\tmetro|metros\nkm\tkms\n");
/// ```
#[must_use]
pub fn canonical(name: &str, text: &str) -> String {
    if name.ends_with(".toml") { rules(text) } else { table(Layout::of(name), text) }
}

/// A row, with the comments and blank lines above it.
struct Row {
    above: Vec<String>,
    cells: Vec<String>,
}

fn table(layout: Option<&Layout>, text: &str) -> String {
    let mut rows: Vec<Row> = Vec::new();
    let mut above = Vec::new();
    let mut seen: HashMap<Vec<String>, HashSet<String>> = HashMap::new();
    for line in text.trim_start_matches('\u{feff}').lines() {
        if line.trim().is_empty() {
            above.push(String::new());
        } else if line.starts_with('#') {
            above.push(line.trim_end().to_owned());
        } else {
            match cells(layout, line, &mut seen) {
                Cells::Row(cells) => rows.push(Row { above: std::mem::take(&mut above), cells }),
                Cells::Nothing => {}
                Cells::AsItIs => above.push(line.trim_end_matches('\r').to_owned()),
            }
        }
    }
    // What stands above the first row is about the table.
    let mut lines = rows.first_mut().map(|row| std::mem::take(&mut row.above)).unwrap_or_default();
    if let Some(layout) = layout
        && let Some(column) = layout.order
    {
        rows = ordered(rows, layout, column);
    }
    for row in rows {
        lines.extend(row.above);
        lines.push(row.cells.join("\t"));
    }
    lines.append(&mut above);
    joined(lines)
}

/// What becomes of a line.
enum Cells {
    Row(Vec<String>),
    /// It says nothing that an earlier row does not.
    Nothing,
    /// It would mean something else in any other form.
    AsItIs,
}

fn cells(layout: Option<&Layout>, line: &str, seen: &mut HashMap<Vec<String>, HashSet<String>>) -> Cells {
    let mut cells: Vec<String> = line.split('\t').map(|cell| cell.trim().to_owned()).collect();
    if let Some(layout) = layout {
        for column in [Some(layout.forms), layout.also].into_iter().flatten() {
            if let Some(cell) = cells.get_mut(column) {
                *cell = alternatives(cell);
            }
        }
        while cells.len() > layout.least && cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        if let Some(fresh) = fresh_forms(layout, &cells, seen) {
            if fresh.is_empty() {
                return Cells::Nothing;
            }
            if let Some(cell) = cells.get_mut(layout.forms) {
                *cell = fresh;
            }
        }
    }
    // A row that would be read as a comment, or as no row at all.
    let reads_otherwise = cells.first().is_some_and(|cell| cell.starts_with('#')) || cells.iter().all(String::is_empty);
    if reads_otherwise { Cells::AsItIs } else { Cells::Row(cells) }
}

/// The forms of a row that no earlier row of the same meaning has; `None` where that is all of them.
fn fresh_forms(layout: &Layout, cells: &[String], seen: &mut HashMap<Vec<String>, HashSet<String>>) -> Option<String> {
    let forms: Vec<&str> = cells.get(layout.forms)?.split('|').collect();
    // What would mean something else without its neighbours stays with them.
    if forms.iter().any(|form| form.is_empty() || *form == "-" || form.starts_with('#')) {
        return None;
    }
    let meaning: Vec<String> =
        cells.iter().enumerate().filter(|(column, _)| *column != layout.forms).map(|(_, cell)| cell.clone()).collect();
    let earlier = seen.entry(meaning).or_default();
    let fresh: Vec<&str> = forms.iter().copied().filter(|form| earlier.insert((*form).to_owned())).collect();
    (fresh.len() < forms.len()).then(|| fresh.join("|"))
}

/// A cell of alternatives: each trimmed, none empty, none twice, in the order written.
fn alternatives(cell: &str) -> String {
    let mut seen = HashSet::new();
    let kept: Vec<&str> =
        cell.split('|').map(str::trim).filter(|form| !form.is_empty() && seen.insert(*form)).collect();
    let joined = kept.join("|");
    // `-` alone means no form; what held it among others must not come to that.
    if joined == "-" { cell.to_owned() } else { joined }
}

/// The rows by their first cell and that in `column`; neighbours that only forms tell apart become one.
fn ordered(mut rows: Vec<Row>, layout: &Layout, column: usize) -> Vec<Row> {
    fn key(row: &Row, column: usize) -> (&str, &str) {
        let cell = |at: usize| row.cells.get(at).map_or("", String::as_str);
        (cell(0), cell(column))
    }
    let alike = |a: &Row, b: &Row| {
        let others = |row: &Row| -> Vec<String> {
            row.cells.iter().enumerate().filter(|(at, _)| *at != layout.forms).map(|(_, cell)| cell.clone()).collect()
        };
        a.cells.len() == b.cells.len() && others(a) == others(b)
    };
    // `-` alone is no form, among others it is one.
    let is_none = |row: &Row, layout: &Layout| row.cells.get(layout.forms).is_some_and(|cell| cell == "-");
    rows.sort_by(|a, b| key(a, column).cmp(&key(b, column)));
    let mut merged: Vec<Row> = Vec::new();
    for row in rows {
        match merged.last_mut() {
            Some(last)
                if layout.forms != 0 && alike(last, &row) && !is_none(last, layout) && !is_none(&row, layout) =>
            {
                last.above.extend(row.above);
                if let (Some(forms), Some(more)) = (last.cells.get_mut(layout.forms), row.cells.get(layout.forms)) {
                    *forms = alternatives(&format!("{forms}|{more}"));
                }
            }
            _ => merged.push(row),
        }
    }
    merged
}

/// Rules and settings: no blanks at ends of lines, one blank line before each rule and never two. Written by programs: as it is.
fn rules(text: &str) -> String {
    let Ok(meaning) = text.parse::<toml::Table>() else { return text.to_owned() };
    if text.starts_with("# generated by") {
        return text.to_owned();
    }
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        if line == "[[rule]]" {
            // A comment right above belongs to the rule.
            let comments = lines.iter().rev().take_while(|line| line.starts_with('#')).count();
            lines.insert(lines.len() - comments, String::new());
        }
        lines.push(line.to_owned());
    }
    let formatted = joined(lines);
    // Inside a string of several lines, blanks may mean something.
    if formatted.parse::<toml::Table>().is_ok_and(|table| table == meaning) { formatted } else { text.to_owned() }
}

/// The lines as a file: no blank lines at its ends, never two together.
fn joined(lines: Vec<String>) -> String {
    let mut text = String::new();
    let mut blank = false;
    for line in lines {
        if line.is_empty() {
            blank = !text.is_empty();
            continue;
        }
        if std::mem::take(&mut blank) {
            text.push('\n');
        }
        text.push_str(&line);
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail by panic")]

    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::super::tables::{LAYOUTS, Layout};
    use super::super::{Source, table};
    use super::canonical;

    #[test]
    fn a_table_is_trimmed_and_says_nothing_twice() {
        let text = "\u{feff}# forms\tvalue\trole\r\n\r\n\r\ntwo| two |deux\t2\tadd\r\n# odd\nii | two\t2\tadd\ntwo\t2\tadd\n\nten\t 10\tadd\n\n";
        assert_eq!(
            canonical("xx/numerals.tsv", text),
            "# forms\tvalue\trole\n\ntwo|deux\t2\tadd\n# odd\nii\t2\tadd\n\nten\t10\tadd\n"
        );
    }

    #[test]
    fn tables_kept_by_code_are_sorted_with_their_comments_and_merged() {
        let text = "# code\tforms\nUSD\tbuck\tcolloquial\n# ours\nUSD\tdollar\t\nEUR\teuro\nUSD\tdollars|dollar\n";
        assert_eq!(
            canonical("xx/currencies.tsv", text),
            "# code\tforms\nEUR\teuro\n# ours\nUSD\tdollar|dollars\nUSD\tbuck\tcolloquial\n"
        );
        // Elsewhere order may say something.
        assert_eq!(canonical("xx/units.tsv", "m\tb|a\nkm\tc\n"), "m\tb|a\nkm\tc\n");
        assert_eq!(canonical("und/shapes.tsv", "file\tname\t(?:b|a|b) \t a.b\n"), "file\tname\t(?:b|a|b)\ta.b\n");
    }

    #[test]
    fn rules_stand_one_blank_line_apart() {
        let text = "# Bounds\n[[rule]]\nid = \"a\"  \n\n\n# second\n[[rule]]\nid = \"b\"\n[[rule]]";
        assert_eq!(
            canonical("xx/bounds.toml", text),
            "# Bounds\n[[rule]]\nid = \"a\"\n\n# second\n[[rule]]\nid = \"b\"\n\n[[rule]]\n"
        );
        for kept in ["no toml \n\n\n", "text = \"\"\"a  \n\n\nb\"\"\"\n\n", "# generated by x\n\n\n"] {
            assert_eq!(canonical("xx/bounds.toml", kept), kept);
        }
    }

    /// What the loader reads: each form with the other cells of its row.
    fn meaning(name: &str, text: &str) -> BTreeSet<(Option<String>, Vec<String>)> {
        let layout = Layout::of(name).unwrap();
        let mut said = BTreeSet::new();
        for row in table::rows(name, text, 1, usize::MAX).unwrap() {
            let list = |column: usize| row.forms(column).map(str::to_owned).collect::<BTreeSet<_>>();
            let mut others: Vec<String> = (0..8)
                .filter(|column| *column != layout.forms)
                .map(|column| {
                    if layout.also == Some(column) {
                        format!("{:?}", list(column))
                    } else {
                        row.cell(column).to_owned()
                    }
                })
                .collect();
            while others.last().is_some_and(String::is_empty) {
                others.pop();
            }
            let forms = list(layout.forms);
            // A row without forms says something in ranges.tsv alone, where its other list does.
            if forms.is_empty() && layout.also.is_some() {
                said.insert((None, others.clone()));
            }
            said.extend(forms.into_iter().map(|form| (Some(form), others.clone())));
        }
        said
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn formatting_again_changes_nothing_and_meaning_stays(at in 0..LAYOUTS.len(), text in "[ab#| \t\r\n-]{0,60}") {
            let name = format!("xx/{}", LAYOUTS.get(at).map_or("", |layout| layout.file));
            let once = canonical(&name, &text);
            prop_assert_eq!(&canonical(&name, &once), &once);
            prop_assert_eq!(meaning(&name, &once), meaning(&name, &text));
        }

        #[test]
        fn formatting_rules_again_changes_nothing(text in "(\\[\\[rule\\]\\]|id = 1|# a|t = \"\"\"|\"\"\"| |\r|\n){0,20}") {
            let once = canonical("xx/bounds.toml", &text);
            prop_assert_eq!(&canonical("xx/bounds.toml", &once), &once);
            prop_assert_eq!(once.parse::<toml::Table>().ok(), text.parse::<toml::Table>().ok());
        }
    }

    #[test]
    fn the_shipped_files_stay_as_they_mean() {
        let source = Source::embedded();
        let tags: Vec<&str> = source.tags().collect();
        for (name, text) in tags.into_iter().chain([""]).flat_map(|tag| source.files_of(tag)) {
            let once = canonical(name, text);
            assert_eq!(canonical(name, &once), once, "{name}");
            if Layout::of(name).is_some() {
                assert_eq!(meaning(name, &once), meaning(name, text), "{name}");
            }
        }
    }
}
