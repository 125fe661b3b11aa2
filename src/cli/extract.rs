//! `cuanto extract`: a whole archive to tables.

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::ValueEnum;
use cuanto::run::{self, Input, Manifest, Processed, Tally};
use cuanto::table::{self, Folder, Sheet};
use serde::Serialize;

use super::Failure;
use super::input::InputArgs;
use super::progress::Progress;
use super::summary;

/// Reads a whole archive and writes its quantities as tables
///
/// DIR receives `facts`, one row for each quantity, `entities`, one for each name, `dates`, one for each time expression, `documents`, one row for each article, also for one that could not
/// be read, and `run.json`, what was run and what came of it. The files get their names when all of them are whole.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: the sample articles as tables for an Excel with decimal commas\n  \
                        cuanto extract seeds -o output --dialect excel-es")]
pub struct Args {
    /// Folder for the tables, made if it is missing
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    #[command(flatten)]
    tables: TableArgs,
    #[command(flatten)]
    input: InputArgs,
}

#[derive(Clone, Debug, clap::Args, Serialize)]
struct TableArgs {
    /// Format of the tables; may be given more than once
    #[arg(long = "format", value_enum, value_name = "FORMAT", default_value = "csv")]
    #[serde(rename = "format")]
    formats: Vec<Format>,
    /// Separator, decimal mark and byte-order mark of CSV
    #[arg(long, value_enum, default_value_t = Dialect::Rfc4180)]
    dialect: Dialect,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
enum Format {
    Csv,
    Jsonl,
}

#[derive(Clone, Copy, Debug, Serialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
enum Dialect {
    /// Comma, CRLF, no mark: for programs
    Rfc4180,
    /// Comma and mark: Excel where the decimal mark is the point
    Excel,
    /// Semicolon, decimal comma and mark: Excel in Spanish
    ExcelEs,
}

impl TableArgs {
    /// The formats asked for, each once.
    fn formats(&self) -> Vec<table::Format> {
        let dialect = match self.dialect {
            Dialect::Rfc4180 => table::Dialect::Rfc4180,
            Dialect::Excel => table::Dialect::Excel,
            Dialect::ExcelEs => table::Dialect::ExcelEs,
        };
        let mut formats = Vec::new();
        for format in &self.formats {
            let format = match format {
                Format::Csv => table::Format::Csv(dialect),
                Format::Jsonl => table::Format::Jsonl,
            };
            if !formats.contains(&format) {
                formats.push(format);
            }
        }
        formats
    }
}

/// The options as `run.json` tells them.
#[derive(Serialize)]
struct Options {
    #[serde(flatten)]
    tables: TableArgs,
    #[serde(flatten)]
    input: InputArgs,
}

/// Rows and counts of some documents.
struct Part {
    sheet: Sheet,
    tally: Tally,
}

pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    let started = Instant::now();
    let formats = args.tables.formats();
    let inputs = args.input.plan()?;
    let (cx, pool, overrides, options) =
        (args.input.context()?, args.input.pool()?, args.input.overrides(), args.input.read_options());
    let sizes = inputs.sizes().map(|(path, bytes)| Input { path: path.to_owned(), bytes }).collect();
    let mut folder = Folder::create(&args.output, &formats)?;
    let mut total = Tally::default();
    {
        let progress = Progress::new(args.input.progress, inputs.progress(), inputs.total_bytes());
        run::ordered(
            inputs.items(&options),
            &pool,
            || Part { sheet: Sheet::new(&formats), tally: Tally::default() },
            |Part { sheet, tally }, item| {
                run::process(item, &cx, &overrides, |processed| match processed {
                    Processed::Analysed { doc, rows, .. } => {
                        rows.facts.iter().try_for_each(|fact| sheet.push(fact))?;
                        rows.entities.iter().try_for_each(|entity| sheet.push(entity))?;
                        rows.dates.iter().try_for_each(|date| sheet.push(date))?;
                        sheet.push(&rows.document)?;
                        tally.document(&rows, doc.text.len());
                        Ok(())
                    }
                    Processed::Rejected(row) => {
                        sheet.push(&row)?;
                        tally.rejected(&row);
                        Ok(())
                    }
                })
            },
            |part| -> Result<(), Failure> {
                folder.append(part.sheet)?;
                total.add(part.tally);
                progress.show(total.documents());
                Ok(())
            },
        )?;
    }
    let wall = started.elapsed();
    let options = Options { tables: args.tables.clone(), input: args.input.clone() };
    let names = folder.names();
    let documents = names.iter().find(|name| name.starts_with(table::Table::Documents.name()));
    let documents = args.output.join(documents.map_or("", String::as_str)).display().to_string();
    let (packs, models) = (cx.packs().hashes(), args.input.recognizer().hashes());
    let manifest = Manifest::new(options, sizes, packs, models, names, &total, pool.current_num_threads(), wall);
    folder.finish(&manifest.to_json()?)?;
    // The tables are written; a closed standard error takes nothing from them.
    let _ = summary::write(&mut io::stderr().lock(), &total, wall, &documents);
    Ok(ExitCode::from(u8::from(total.failed > 0)))
}
