//! `cuanto annotate`: one JSON line an article, on standard output.

use std::io::{self, Write as _};
use std::process::ExitCode;

use cuanto::record::AnnotationRow;
use cuanto::run::{self, Processed};

use super::Failure;
use super::input::InputArgs;
use super::progress::Progress;

/// Prints one JSON line per article with every layer
///
/// An article that cannot be read gets no line, but a warning on standard error.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: one article from standard input\n  \
                        echo '{\"id\": \"a1\", \"text\": \"El billete cuesta 15 €.\"}' | cuanto annotate -")]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,
}

/// Output of some documents.
#[derive(Default)]
struct Part {
    lines: Vec<u8>,
    warnings: Vec<u8>,
    documents: u64,
    failed: bool,
}

impl Part {
    fn push(&mut self, processed: Processed<'_>) -> io::Result<()> {
        self.documents += 1;
        match processed {
            Processed::Analysed { doc, analysis, rows } => {
                let row = AnnotationRow {
                    doc_id: &doc.id,
                    language: &analysis.language,
                    language_confidence: analysis.language_confidence,
                    numbers: rows.numbers,
                    facts: rows.facts,
                    entities: rows.entities,
                    dates: rows.dates,
                };
                serde_json::to_writer(&mut self.lines, &row)?;
                self.lines.push(b'\n');
            }
            Processed::Rejected(row) => {
                self.failed |= row.status == "failed";
                writeln!(self.warnings, "warning: {} {}: {}", row.status, row.doc_id, row.error)?;
            }
        }
        Ok(())
    }
}

pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    let inputs = args.input.plan()?;
    let (cx, pool, overrides, options) =
        (args.input.context()?, args.input.pool()?, args.input.overrides(), args.input.read_options());
    let progress = Progress::new(args.input.progress, inputs.progress(), inputs.total_bytes());
    let mut stdout = io::stdout().lock();
    let (mut documents, mut failed) = (0, false);
    let written = run::ordered(
        inputs.items(&options),
        &pool,
        Part::default,
        |part, item| run::process(item, &cx, &overrides, |processed| part.push(processed)),
        |part| -> io::Result<()> {
            progress.suspend(|| {
                // Where standard error is closed, the exit status still tells.
                let _ = io::stderr().write_all(&part.warnings);
                stdout.write_all(&part.lines)
            })?;
            documents += part.documents;
            failed |= part.failed;
            progress.show(documents);
            Ok(())
        },
    );
    drop(progress);
    match written.and_then(|()| stdout.flush()) {
        Ok(()) => Ok(ExitCode::from(u8::from(failed))),
        // The reader has what it wanted.
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Err(e) => Err(format!("cannot write to standard output: {e}").into()),
    }
}
