//! Loads the rule files of a pack, and the words of its ranges.
//!
//! The pattern `más de {article}? <q>` of `bounds.toml` becomes sequences of pieces in the trie of all rules of that file.

use super::{Loader, toml};
use crate::pack::error::Error;
use crate::pack::pattern::{self, Anchor, Patterns, Piece};
use crate::pack::rules::{self, RuleSet, RulesFile};
use crate::pack::{Range, table};
use crate::text::Symbol;

impl Loader<'_> {
    pub(super) fn ranges(&mut self, file: &str, ranges: &mut Vec<Range>) -> Result<(), Error> {
        for row in table::rows(file, self.text(file), 2, 4)? {
            let change = match row.cell(3) {
                "" => false,
                "change" => true,
                other => {
                    self.errors.push(row.error(3, format!("'{other}' is not 'change'")));
                    continue;
                }
            };
            let before: Vec<Symbol> =
                row.forms(0).filter_map(|form| self.builder.intern(form).first().copied()).collect();
            let between: Vec<Vec<Symbol>> = row.forms(1).map(|form| self.builder.intern(form)).collect();
            let behind: Vec<Vec<Symbol>> = row.forms(2).map(|form| self.builder.intern(form)).collect();
            ranges.push(Range { before, between, behind, change });
        }
        Ok(())
    }

    pub(super) fn rules(&mut self, file: &str, set: &mut RuleSet) -> Result<(), Error> {
        let text = self.text(file);
        let data: RulesFile = toml(file, text)?;
        for rule in data.rule {
            let number = u16::try_from(set.len()).unwrap_or(u16::MAX);
            let error = |needle: &str, column: usize, reason: String| {
                let (line, start) = rules::place(text, &rule.id, needle);
                Error::format(file, line, start + column, format!("rule {}: {reason}", rule.id))
            };
            let mut sequences = Vec::new();
            for pattern in rule.pattern.as_slice() {
                match pattern::parse(pattern, &mut |atom| self.atom(atom)) {
                    Ok(parsed) if parsed.iter().all(|s| Patterns::is_anchored(s, rule.form.is_some())) => {
                        sequences.extend(parsed);
                    }
                    Ok(_) => {
                        let reason = "a pattern needs exactly one <q> or <n> and a word beside it".to_owned();
                        self.errors.push(error(pattern, 1, reason));
                    }
                    Err((column, reason)) => self.errors.push(error(pattern, column + 1, reason)),
                }
            }
            if let Some(class) = rule.unless.as_deref().filter(|class| self.builder.lexicon().class(class) == 0) {
                self.errors.push(error(class, 0, format!("there is no class '{class}' in classes.tsv")));
            }
            if rule.yes.is_empty() {
                self.errors.push(error(&rule.id, 0, "it has no `yes` example".to_owned()));
            }
            for sequence in &sequences {
                set.patterns.add(sequence, number);
            }
            set.add(rule);
        }
        Ok(())
    }

    fn atom(&mut self, atom: &str) -> Result<Vec<Piece>, String> {
        let word = atom.strip_prefix('"').and_then(|a| a.strip_suffix('"')).unwrap_or(atom);
        let mark = matches!(atom, "^" | "$");
        let special = mark || atom.starts_with(['{', '<']) || atom.len() > 2 && atom.ends_with("/v");
        if !special {
            // A word that is several tokens («左右») is a piece for each.
            return match self.builder.intern(word).as_slice() {
                [symbol] => Ok(vec![Piece::Symbol(*symbol)]),
                [_, ..] if word.chars().all(crate::text::is_ideograph) => {
                    Ok(self.builder.intern(word).into_iter().map(Piece::Symbol).collect())
                }
                _ => Err(format!("'{atom}' is not one word or mark")),
            };
        }
        self.special(atom).map(|piece| vec![piece])
    }

    fn special(&mut self, atom: &str) -> Result<Piece, String> {
        if let Some(name) = atom.strip_prefix('{').and_then(|a| a.strip_suffix('}')) {
            return match self.builder.lexicon().class(name) {
                0 => Err(format!("there is no class '{name}' in classes.tsv")),
                class => Ok(Piece::Class(class)),
            };
        }
        if let Some(lemma) = atom.strip_suffix("/v") {
            let forms = self.verbs.get(lemma).ok_or_else(|| format!("there is no verb '{lemma}' in verbs.tsv"))?;
            return Ok(Piece::Any(forms.clone().into_boxed_slice()));
        }
        for (open, anchor) in [("<int:", false), ("<n:", true)] {
            if let Some(range) = atom.strip_prefix(open).and_then(|a| a.strip_suffix('>')) {
                if anchor && range.starts_with(char::is_alphabetic) {
                    return match self.builder.intern(range).as_slice() {
                        [symbol] => Ok(Piece::Anchor(Anchor::Word(*symbol))),
                        _ => Err(format!("'{range}' is not one word")),
                    };
                }
                let ends = range.split_once('-').and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
                let (low, high) = ends.ok_or_else(|| format!("'{atom}' is not like {open}1-31>"))?;
                return Ok(if anchor { Piece::Anchor(Anchor::Digits(low, high)) } else { Piece::Integer(low, high) });
            }
        }
        match atom {
            "<q>" | "<n>" => Ok(Piece::Anchor(Anchor::Any)),
            "<num>" => Ok(Piece::Number),
            "<cap>" => Ok(Piece::Capitalized),
            "<noun>" => Ok(Piece::Noun),
            "^" => Ok(Piece::Start),
            "$" => Ok(Piece::End),
            _ => {
                let word = atom.strip_prefix('"').and_then(|a| a.strip_suffix('"')).unwrap_or(atom);
                match self.builder.intern(word).as_slice() {
                    [symbol] => Ok(Piece::Symbol(*symbol)),
                    _ => Err(format!("'{atom}' is not one word or mark")),
                }
            }
        }
    }
}
