//! What a run counted: documents by status and language, facts by kind, and the first failures.
//!
//! Two articles, one with a money fact, the other not UTF-8, make `ok = 1, failed = 1, kinds = {money: 1}` and one
//! failure. Workers count their own documents; tallies added up in the order of the documents are the run's.

use std::collections::BTreeMap;

use crate::record::{DocumentRow, Rows};

/// How many failures are kept with their reason; `documents` has them all.
const FAILURES_KEPT: usize = 5;

/// Counts of documents and facts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Documents that were analysed.
    pub ok: u64,
    /// Documents that were left out.
    pub skipped: u64,
    /// Documents that could not be read.
    pub failed: u64,
    /// Analysed documents by language.
    pub languages: BTreeMap<String, u64>,
    /// Facts by kind.
    pub kinds: BTreeMap<&'static str, u64>,
    /// Named mentions by type.
    pub entities: BTreeMap<&'static str, u64>,
    /// Time expressions by grain.
    pub dates: BTreeMap<&'static str, u64>,
    /// UTF-8 bytes of the analysed text.
    pub text_bytes: u64,
    /// The first documents that failed: id and reason.
    pub failures: Vec<(String, String)>,
}

impl Tally {
    /// Counts a document that was analysed; `text_bytes` is the length of its text in UTF-8.
    pub fn document(&mut self, rows: &Rows<'_>, text_bytes: usize) {
        self.ok += 1;
        self.text_bytes += text_bytes as u64;
        count(&mut self.languages, rows.document.language.as_str(), 1);
        for fact in &rows.facts {
            *self.kinds.entry(fact.kind).or_default() += 1;
        }
        for entity in &rows.entities {
            *self.entities.entry(entity.class).or_default() += 1;
        }
        for date in &rows.dates {
            *self.dates.entry(date.grain).or_default() += 1;
        }
    }

    /// Counts a document that was skipped or failed.
    pub fn rejected(&mut self, row: &DocumentRow) {
        if row.status == "skipped" {
            self.skipped += 1;
            return;
        }
        self.failed += 1;
        if self.failures.len() < FAILURES_KEPT {
            self.failures.push((row.doc_id.clone(), row.error.clone()));
        }
    }

    /// Adds the counts of later documents.
    pub fn add(&mut self, later: Self) {
        self.ok += later.ok;
        self.skipped += later.skipped;
        self.failed += later.failed;
        self.text_bytes += later.text_bytes;
        for (language, documents) in later.languages {
            count(&mut self.languages, &language, documents);
        }
        for (kind, facts) in later.kinds {
            *self.kinds.entry(kind).or_default() += facts;
        }
        for (class, entities) in later.entities {
            *self.entities.entry(class).or_default() += entities;
        }
        for (grain, dates) in later.dates {
            *self.dates.entry(grain).or_default() += dates;
        }
        self.failures.extend(later.failures);
        self.failures.truncate(FAILURES_KEPT);
    }

    /// All documents.
    #[must_use]
    pub fn documents(&self) -> u64 {
        self.ok + self.skipped + self.failed
    }

    /// All facts.
    #[must_use]
    pub fn facts(&self) -> u64 {
        self.kinds.values().sum()
    }

    /// All named mentions.
    #[must_use]
    pub fn entities(&self) -> u64 {
        self.entities.values().sum()
    }

    /// All time expressions.
    #[must_use]
    pub fn dates(&self) -> u64 {
        self.dates.values().sum()
    }
}

fn count(counts: &mut BTreeMap<String, u64>, key: &str, by: u64) {
    match counts.get_mut(key) {
        Some(n) => *n += by,
        None => {
            counts.insert(key.to_owned(), by);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{EntityRow, FactRow};

    fn failed(id: usize) -> Tally {
        let mut tally = Tally::default();
        tally.rejected(&DocumentRow { doc_id: id.to_string(), status: "failed", ..DocumentRow::default() });
        tally
    }

    #[test]
    fn tallies_add_up_and_keep_the_first_failures() {
        let mut total = Tally::default();
        let document = DocumentRow { language: "es".into(), status: "ok", ..DocumentRow::default() };
        let facts = vec![FactRow { kind: "money", ..FactRow::default() }];
        let entities = vec![EntityRow { class: "LOC", ..EntityRow::default() }];
        total.document(&Rows { document, facts, entities, ..Rows::default() }, 100);
        let one = total.clone();
        total.add(one);
        for id in 0..7 {
            total.add(failed(id));
        }
        total.rejected(&DocumentRow { status: "skipped", ..DocumentRow::default() });
        assert_eq!((total.ok, total.skipped, total.failed, total.documents()), (2, 1, 7, 10));
        assert_eq!(total.entities.get("LOC"), Some(&2));
        assert_eq!((total.facts(), total.text_bytes, total.languages.get("es")), (2, 200, Some(&2)));
        assert_eq!(total.failures.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["0", "1", "2", "3", "4"]);
    }
}
