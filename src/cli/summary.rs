//! The closing summary of a run, for the person who started it.
//!
//! ```text
//! 20000 documents: 19998 ok, 0 skipped, 2 failed
//! 183220 facts: 81234 count, 62001 money, 39985 percent
//! 402113 names: 60122 LOC, 20113 MISC, 190411 ORG, 131467 PER
//! 51200 dates: 40118 day, 3050 month, 8032 year
//! 63.4 MB of text in 3.2 s, 19.8 MB/s
//! failed: news.jsonl#7: not JSON at column 12
//! failed: news.jsonl#9: no field `text`
//! ```

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::Duration;

use cuanto::run::Tally;

/// Writes the summary of a run that took `wall`; `documents` is where every failure stands with its reason.
pub fn write(out: &mut impl Write, tally: &Tally, wall: Duration, documents: &str) -> io::Result<()> {
    writeln!(
        out,
        "{}: {} ok, {} skipped, {} failed",
        counted(tally.documents(), "document"),
        tally.ok,
        tally.skipped,
        tally.failed
    )?;
    kinds(out, &counted(tally.facts(), "fact"), &tally.kinds)?;
    if !tally.entities.is_empty() {
        kinds(out, &counted(tally.entities(), "name"), &tally.entities)?;
    }
    if !tally.dates.is_empty() {
        kinds(out, &counted(tally.dates(), "date"), &tally.dates)?;
    }
    // Small runs in kB, and without a rate: it would be that of starting up.
    if tally.text_bytes < 1_000_000 {
        writeln!(out, "{:.1} kB of text in {:.2} s", tally.text_bytes as f64 / 1e3, wall.as_secs_f64())?;
    } else {
        let (size, rate) = (tally.text_bytes as f64 / 1e6, tally.megabytes_per_second(wall));
        writeln!(out, "{size:.1} MB of text in {:.1} s, {rate:.1} MB/s", wall.as_secs_f64())?;
    }
    for (id, reason) in &tally.failures {
        writeln!(out, "failed: {id}: {reason}")?;
    }
    let more = tally.failed.saturating_sub(tally.failures.len() as u64);
    if more > 0 {
        writeln!(out, "failed: {more} more; {documents} has the reason of each")?;
    }
    Ok(())
}

fn kinds(out: &mut impl Write, all: &str, kinds: &BTreeMap<&'static str, u64>) -> io::Result<()> {
    write!(out, "{all}")?;
    for (i, (kind, count)) in kinds.iter().enumerate() {
        write!(out, "{} {count} {kind}", if i == 0 { ":" } else { "," })?;
    }
    writeln!(out)
}

fn counted(n: u64, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[test]
    fn a_summary_counts_and_names_the_first_failures() {
        let mut tally = Tally { ok: 1, failed: 7, text_bytes: 3_000_000, ..Tally::default() };
        tally.kinds.extend([("money", 2), ("count", 1)]);
        tally.entities.insert("ORG", 1);
        tally.failures.push(("a.jsonl#3".into(), "not JSON".into()));
        let mut out = Vec::new();
        write(&mut out, &tally, Duration::from_secs(2), "out/documents.csv").unwrap();
        let expected = "8 documents: 1 ok, 0 skipped, 7 failed\n3 facts: 1 count, 2 money\n1 name: 1 ORG\n\
                        3.0 MB of text in 2.0 s, 1.5 MB/s\nfailed: a.jsonl#3: not JSON\n\
                        failed: 6 more; out/documents.csv has the reason of each\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
