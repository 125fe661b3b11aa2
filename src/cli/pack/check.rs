//! `cuanto pack check`: what is wrong with packs.

use std::path::PathBuf;
use std::process::ExitCode;

use cuanto::Context;
use cuanto::pack::{Packs, Source, check};

use crate::cli::columns::{PROBLEM, paint};
use crate::cli::{Failure, print};

/// Looks for mistakes in packs and proves each rule by its examples
///
/// Prints one line for each mistake, with file, line and column, and one for each pack. Exit status: 0 all packs are
/// right; 1 something is wrong; 2 a pack cannot be used at all.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: the packs of a folder that you are editing\n  cuanto pack check --packs packs")]
pub struct Args {
    /// Tags of the packs to check; all where none is given
    #[arg(value_name = "TAG")]
    tags: Vec<String>,
    /// Folder of language packs whose files override the built-in ones of the same name
    #[arg(long, value_name = "DIR")]
    packs: Option<PathBuf>,
}

pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    let source = match &args.packs {
        Some(folder) if !folder.is_dir() => {
            return Err(format!("no folder {}: --packs takes a folder of language packs", folder.display()).into());
        }
        Some(folder) => Source::with_folder(folder)?,
        None => Source::embedded(),
    };
    let known: Vec<String> = source.tags().map(str::to_owned).collect();
    if let Some(unknown) = args.tags.iter().find(|tag| !known.contains(tag)) {
        return Err(format!("no pack '{unknown}': there are {}", known.join(", ")).into());
    }
    let cx = Context::new(Packs::open(source)?)?;
    let mut answer = String::new();
    let mut status = 0;
    for tag in known.iter().filter(|tag| args.tags.is_empty() || args.tags.contains(tag)) {
        let check::Report { unusable, problems, rules, examples } = check::pack(&cx, tag);
        for problem in &problems {
            answer += &format!("{}\n", paint(PROBLEM, &problem.to_string()));
        }
        let found = if problems.is_empty() { "all right".to_owned() } else { format!("{} wrong", problems.len()) };
        answer += &format!("{tag}: {rules} rules, {examples} examples, {found}\n");
        let own = if unusable { 2 } else { u8::from(!problems.is_empty()) };
        status = status.max(own);
    }

    print(&answer, ExitCode::from(status))
}
