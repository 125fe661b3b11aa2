//! `cuanto pack`: language packs, for those who write them.

mod check;
mod format;
mod new;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::Failure;

/// Makes, formats and checks language packs
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    New(new::Args),
    Fmt(format::Args),
    Check(check::Args),
}

pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    match &args.command {
        Command::New(args) => new::run(args),
        Command::Fmt(args) => format::run(args),
        Command::Check(args) => check::run(args),
    }
}

/// The folder of packs that a command writes to.
fn folder(packs: &Path) -> Result<&Path, Failure> {
    if packs.is_dir() {
        return Ok(packs);
    }
    Err(format!("no folder {}: --packs takes the folder of language packs that you are editing", packs.display())
        .into())
}

/// An error of the disk, with the file.
fn at(path: &Path) -> impl Fn(std::io::Error) -> Failure {
    let path: PathBuf = path.to_owned();
    move |error| format!("{}: {error}", path.display()).into()
}
