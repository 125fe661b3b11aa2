//! The command line: arguments, what a person sees on standard error, and the exit status.
//!
//! `cuanto extract seeds -o output` reads every article under `seeds` and leaves the tables in `output`. A command is a
//! module with an `Args` struct and `run(&Args) -> Result<ExitCode, Failure>`; a [`Failure`] is one line and status 2.

mod annotate;
mod columns;
mod explain;
mod extract;
mod input;
mod languages;
mod pack;
mod progress;
mod recognizer;
mod summary;
mod train;
mod units;

use std::fmt;
use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Reads news archives and writes the quantities in them as tables.
#[derive(Debug, Parser)]
#[command(name = "cuanto", version, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = "Exit status: 0 all well; 1 it ran, but something failed; 2 the call or an input is unusable.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Extract(extract::Args),
    Annotate(annotate::Args),
    Explain(explain::Args),
    Languages(languages::Args),
    Units(units::Args),
    Pack(pack::Args),
    Train(train::Args),
}

/// Why a command could not do its work: what, where, and how to mend it, in one line.
#[derive(Debug)]
struct Failure(String);

impl<E: fmt::Display> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// Prints a command's whole answer; a reader that leaves early has what it wanted.
fn print(answer: &str, code: ExitCode) -> Result<ExitCode, Failure> {
    let mut out = anstream::stdout().lock();
    match out.write_all(answer.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ok(code),
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(code),
        Err(e) => Err(format!("cannot write to standard output: {e}").into()),
    }
}

/// Reads the arguments, runs the command, and says how it ended.
pub fn main() -> ExitCode {
    cuanto::run::install_hook();
    let result = match Cli::parse().command {
        Command::Extract(args) => extract::run(&args),
        Command::Annotate(args) => annotate::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Languages(args) => languages::run(&args),
        Command::Units(args) => units::run(&args),
        Command::Pack(args) => pack::run(&args),
        Command::Train(args) => train::run(&args),
    };
    result.unwrap_or_else(|Failure(message)| {
        // Where standard error is closed, the exit status is all that can be said.
        let _ = writeln!(io::stderr(), "error: {message}");
        ExitCode::from(2)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_well_formed() {
        use clap::CommandFactory as _;
        Cli::command().debug_assert();
    }
}
