//! Loads what a pack knows of the calendar: `calendar.tsv`, the months and weekdays of CLDR, and the rules of `dates.toml`.

use std::collections::BTreeMap;

use super::{Loader, toml};
use crate::pack::dates::{DateExample, DateRulesFile, Entry, Grammar, Piece, Term};
use crate::pack::error::Error;
use crate::pack::{pattern, rules, table};

impl Loader<'_> {
    pub(super) fn calendar(
        &mut self,
        file: &str,
        days: &BTreeMap<String, Vec<String>>,
        months: &BTreeMap<String, Vec<String>>,
    ) -> Result<(), Error> {
        for row in table::rows(file, self.text(file), 3, 4)? {
            let Some(term) = Term::parse(row.cell(0), row.cell(1)) else {
                let reason = format!("'{} {}' is none of the words of CONTRIBUTING.md", row.cell(0), row.cell(1));
                self.errors.push(row.error(0, reason));
                continue;
            };
            let weak = row.cell(3) == "weak";
            if !(weak || row.cell(3).is_empty()) {
                self.errors.push(row.error(3, format!("'{}' is not 'weak'", row.cell(3))));
            }
            for form in row.forms(2) {
                self.calendar_word(form, term, weak);
            }
        }
        for (kind, names) in [("weekday", days), ("month", months)] {
            for (value, forms) in names {
                let Some(term) = Term::parse(kind, value) else { continue };
                // Abbreviations may be other words: «mar», «set».
                let longest = forms.iter().map(|form| form.chars().count()).max().unwrap_or(0);
                for form in forms {
                    let weak = form.chars().count() < longest;
                    self.calendar_word(form, term, weak);
                    if let Some(word) = form.strip_suffix('.') {
                        self.calendar_word(word, term, true);
                    }
                }
            }
        }
        Ok(())
    }

    fn calendar_word(&mut self, form: &str, term: Term, weak: bool) {
        let capital = form.starts_with(char::is_uppercase);
        let symbols = self.builder.intern(&form.to_lowercase());
        self.calendar.add(&symbols, Entry { term, weak, capital });
    }

    pub(super) fn date_rules(&mut self, file: &str) -> Result<(), Error> {
        let text = self.text(file);
        let data: DateRulesFile = toml(file, text)?;
        for mut rule in data.rule {
            let number = u16::try_from(self.calendar.rules.len()).unwrap_or(u16::MAX);
            let error = |needle: &str, column: usize, reason: String| {
                let (line, start) = rules::place(text, &rule.id, needle);
                Error::format(file, line, start + column, format!("rule {}: {reason}", rule.id))
            };
            let mut grammar: Vec<Vec<Piece>> = Vec::new();
            for pattern in rule.pattern.as_slice() {
                match pattern::parse(pattern, &mut |atom| self.date_atom(atom)) {
                    Ok(parsed) => grammar.extend(parsed),
                    Err((column, reason)) => self.errors.push(error(pattern, column + 1, reason)),
                }
            }
            if rule.yes.is_empty() {
                self.errors.push(error(&rule.id, 0, "it has no `yes` example".to_owned()));
            }
            for example in &rule.yes {
                if DateExample::parse(example).is_none() {
                    self.errors.push(error(example, 1, "an example is «text = value»".to_owned()));
                }
            }
            match rule.with.terms() {
                Ok(terms) => rule.terms = terms,
                Err((kind, value)) => self.errors.push(error(&value, 0, format!("'{value}' is no {kind}"))),
            }
            let grows: &mut Grammar = &mut self.calendar.grammar;
            let empty = grammar.iter().any(|sequence| !grows.add(sequence, number));
            if empty {
                self.errors.push(error(&rule.id, 0, "a pattern of it holds nothing inside the span".to_owned()));
            }
            self.calendar.ids.push(rule.id.as_str().into());
            self.calendar.rules.push(rule);
        }
        Ok(())
    }

    fn date_atom(&mut self, atom: &str) -> Result<Vec<Piece>, String> {
        match atom {
            "->" => return Ok(vec![Piece::Opens]),
            "<-" => return Ok(vec![Piece::Closes]),
            "^" => return Ok(vec![Piece::Start]),
            _ => {}
        }
        if atom.starts_with('<') && atom.len() > 1 {
            return Piece::parse(atom).map(|piece| vec![piece]).ok_or_else(|| format!("'{atom}' is no part of a date"));
        }
        let word = atom.strip_prefix('"').and_then(|a| a.strip_suffix('"')).unwrap_or(atom);
        let symbols = self.builder.intern(&word.to_lowercase());
        if symbols.is_empty() || symbols.contains(&crate::text::Symbol::UNKNOWN) {
            return Err(format!("'{atom}' is no word or mark"));
        }
        Ok(symbols.into_iter().map(Piece::Word).collect())
    }
}
