//! `run.json`: what was run, on what, with which packs, and what came of it.
//!
//! Of two runs over the same input with the same options only `wall_seconds` and `megabytes_per_second` differ; where
//! the tables of two runs differ, `version`, `options`, `inputs`, `packs` and `models` say why.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

use super::Tally;
use crate::record::SCHEMA_VERSION;

/// The manifest of a run; fields stand in the order of the file.
#[derive(Debug, Serialize)]
pub struct Manifest<O> {
    version: &'static str,
    schema_version: u32,
    options: O,
    inputs: Vec<Input>,
    tables: Vec<String>,
    documents: Documents,
    languages: BTreeMap<String, u64>,
    facts: u64,
    facts_by_kind: BTreeMap<&'static str, u64>,
    entities: u64,
    entities_by_type: BTreeMap<&'static str, u64>,
    dates: u64,
    dates_by_grain: BTreeMap<&'static str, u64>,
    text_bytes: u64,
    packs: BTreeMap<String, String>,
    models: BTreeMap<String, String>,
    threads: usize,
    wall_seconds: f64,
    megabytes_per_second: f64,
}

/// One input as it was named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Input {
    /// Path, `-` for standard input.
    pub path: String,
    /// Bytes on disk; none where not known.
    pub bytes: Option<u64>,
}

#[derive(Debug, Serialize)]
struct Documents {
    ok: u64,
    skipped: u64,
    failed: u64,
}

impl<O: Serialize> Manifest<O> {
    /// The manifest of a run that used these options, inputs, packs (language to content hash) and models (name to content hash), wrote these files,
    /// and counted this.
    #[must_use]
    #[expect(clippy::too_many_arguments, reason = "a manifest tells many things")]
    pub fn new(
        options: O,
        inputs: Vec<Input>,
        packs: BTreeMap<String, String>,
        models: BTreeMap<String, String>,
        tables: Vec<String>,
        tally: &Tally,
        threads: usize,
        wall: Duration,
    ) -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION"),
            schema_version: SCHEMA_VERSION,
            options,
            inputs,
            tables,
            documents: Documents { ok: tally.ok, skipped: tally.skipped, failed: tally.failed },
            languages: tally.languages.clone(),
            facts: tally.facts(),
            facts_by_kind: tally.kinds.clone(),
            entities: tally.entities(),
            entities_by_type: tally.entities.clone(),
            dates: tally.dates(),
            dates_by_grain: tally.dates.clone(),
            text_bytes: tally.text_bytes,
            packs,
            models,
            threads,
            wall_seconds: round(wall.as_secs_f64()),
            megabytes_per_second: round(tally.megabytes_per_second(wall)),
        }
    }

    /// The file's bytes: indented JSON and a line break.
    ///
    /// # Errors
    /// If the options do not serialize.
    pub fn to_json(&self) -> serde_json::Result<Vec<u8>> {
        let mut json = serde_json::to_vec_pretty(self)?;
        json.push(b'\n');
        Ok(json)
    }
}

impl Tally {
    /// Analysed text in millions of bytes a second; 0 for a run without duration.
    #[must_use]
    pub fn megabytes_per_second(&self, wall: Duration) -> f64 {
        let seconds = wall.as_secs_f64();
        if seconds > 0.0 { self.text_bytes as f64 / 1e6 / seconds } else { 0.0 }
    }
}

fn round(x: f64) -> f64 {
    (x * 1000.0).round() / 1000.0
}
