//! A whole archive through the pipeline: documents in parallel, results in the order of the input, memory flat.
//!
//! One thread reads and cuts the documents into batches; rayon's threads turn each batch into bytes, a
//! document at a time; the calling thread takes the batches in their order and writes them. Four batches are on their
//! way at most, so a 2 GB file needs no more memory than a small one:
//!
//! ```text
//! reader ── batch 7 ──▶ rayon: analyse, rows, bytes ──▶ batches 4 5 6 ──▶ writer: append
//!    ▲                                                                      │
//!    └────────────── waits while four batches are on their way ◀────────────┘
//! ```

mod batch;
mod border;
mod manifest;
mod tally;

use std::sync::mpsc;
use std::thread;

use rayon::ThreadPool;
use rayon::iter::{IntoParallelIterator, ParallelIterator};

use crate::archive::{self, Item};
use crate::record::{self, DocumentRow, Rows};
use crate::{Analysis, Context, DateSource, Document, analyze};

use batch::Batches;
pub use border::install_hook;
pub use manifest::{Input, Manifest};
pub use tally::Tally;

/// How many batches may be on their way, those being filled and written not counted.
const BATCHES_IN_FLIGHT: usize = 4;

/// What the caller says about every document, over or under what the archive says.
#[derive(Clone, Debug, Default)]
pub struct Overrides {
    /// Language of every document, whatever its source says; none = as the source says, else identified.
    pub language: Option<String>,
    /// ISO date of the documents to which their source gives none.
    pub published: Option<String>,
}

/// Turns every item into part of an output, in parallel, and hands the outputs to `write` in the order of the items.
///
/// `start` makes an empty output; `render` adds one item to it; an output holds neighbouring items of one batch. Where
/// the outputs are cut depends on the threads' timing, what stands in them does not. Reading stops soon after an error.
///
/// # Errors
/// The first error of `render` or `write`, in the order of the items.
pub fn ordered<O: Send, E: Send>(
    items: impl Iterator<Item = Item> + Send,
    pool: &ThreadPool,
    start: impl Fn() -> O + Sync + Send,
    render: impl Fn(&mut O, Item) -> Result<(), E> + Sync + Send,
    mut write: impl FnMut(O) -> Result<(), E>,
) -> Result<(), E> {
    let (start, render) = (&start, &render);
    thread::scope(|threads| {
        let (in_flight, batches) = mpsc::sync_channel(BATCHES_IN_FLIGHT);
        threads.spawn(move || {
            pool.in_place_scope(|workers| {
                for batch in Batches::new(items) {
                    let (done, outputs) = mpsc::sync_channel(1);
                    if in_flight.send(outputs).is_err() {
                        return; // the writer gave up
                    }
                    workers.spawn(move |_| {
                        let add = |mut output, item| render(&mut output, item).map(|()| output);
                        let outputs: Vec<Result<O, E>> = batch.into_par_iter().try_fold(start, add).collect();
                        // A writer that gave up needs no output.
                        let _ = done.send(outputs);
                    });
                }
            });
        });
        for outputs in batches {
            for output in outputs.recv().into_iter().flatten() {
                write(output?)?;
            }
        }
        Ok(())
    })
}

/// What became of one item of the archive.
#[derive(Clone, Debug)]
pub enum Processed<'a> {
    /// It was analysed.
    Analysed {
        /// The article, with what the caller said about it.
        doc: &'a Document,
        /// What the pipeline found.
        analysis: &'a Analysis,
        /// The same, as rows.
        rows: Rows<'a>,
    },
    /// The archive could not read it, or its analysis failed: its row of `documents`.
    Rejected(DocumentRow),
}

/// Takes one item through the pipeline and hands what became of it to `accept`.
pub fn process<T>(item: Item, cx: &Context, overrides: &Overrides, accept: impl FnOnce(Processed<'_>) -> T) -> T {
    let mut doc = match item {
        Item::Document(doc) => doc,
        Item::Rejected(rejected) => return accept(Processed::Rejected(rejected_row(&rejected))),
    };
    if let Some(language) = &overrides.language {
        doc.language = Some(language.clone());
    }
    if doc.published.is_none() {
        doc.published.clone_from(&overrides.published);
        doc.published_by_option = doc.published.is_some();
    }
    let (doc, mut analysis) = (doc, None);
    let processed = border::guard(|| {
        let analysis = &*analysis.insert(analyze(&doc, cx));
        match &analysis.failure {
            None => Processed::Analysed { doc: &doc, analysis, rows: record::rows(&doc, analysis) },
            Some(reason) => Processed::Rejected(failed_row(&doc, reason)),
        }
    });
    accept(processed.unwrap_or_else(|reason| Processed::Rejected(failed_row(&doc, &reason))))
}

fn rejected_row(rejected: &archive::Rejected) -> DocumentRow {
    DocumentRow {
        doc_id: record::single_line(&rejected.id).into_owned(),
        source: record::single_line(&rejected.source).into_owned(),
        title: record::single_line(rejected.title.as_deref().unwrap_or_default()).into_owned(),
        status: rejected.status.as_str(),
        error: record::single_line(&rejected.reason).into_owned(),
        ..DocumentRow::default()
    }
}

fn failed_row(doc: &Document, reason: &str) -> DocumentRow {
    DocumentRow {
        doc_id: record::single_line(&doc.id).into_owned(),
        source: record::single_line(&doc.source).into_owned(),
        title: record::single_line(doc.title.as_deref().unwrap_or_default()).into_owned(),
        published: doc.published.clone().unwrap_or_default(),
        published_from: DateSource::of(doc).map_or("", DateSource::as_str),
        characters: doc.text.chars().count(),
        status: "failed",
        error: record::single_line(reason).into_owned(),
        ..DocumentRow::default()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]

    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn pool(threads: usize) -> ThreadPool {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap()
    }

    fn items(count: usize) -> impl Iterator<Item = Item> + Send {
        (0..count).map(|n| {
            let text = "palabra ".repeat(n % 37);
            Item::Document(Document { id: n.to_string(), text, ..Document::default() })
        })
    }

    fn id_line(out: &mut String, item: Item) -> Result<(), &'static str> {
        let Item::Document(doc) = item else { return Err("not a document") };
        out.push_str(&doc.id);
        out.push('\n');
        Ok(())
    }

    #[test]
    fn outputs_come_in_the_order_of_the_items_for_any_number_of_threads() {
        let expected: String = (0..3000).map(|n| format!("{n}\n")).collect();
        for threads in [1, 2, 5] {
            let mut written = String::new();
            let result = ordered(items(3000), &pool(threads), String::new, id_line, |part| {
                written.push_str(&part);
                Ok(())
            });
            assert_eq!((result, &written), (Ok(()), &expected), "{threads} threads");
        }
    }

    #[test]
    fn reading_waits_for_the_writer_and_stops_at_its_error() {
        let read = AtomicUsize::new(0);
        let counted = items(1_000_000).inspect(|_| {
            read.fetch_add(1, Ordering::Relaxed);
        });
        let result = ordered(counted, &pool(2), String::new, id_line, |_| Err("disk full"));
        assert_eq!(result, Err("disk full"));
        let read = read.into_inner();
        assert!(read <= (BATCHES_IN_FLIGHT + 3) * batch::MAX_DOCUMENTS, "{read} documents were read");
    }
}
