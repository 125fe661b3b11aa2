//! `cuanto pack fmt`: pack files in one form.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use cuanto::pack::format::canonical;

use super::{at, folder};
use crate::cli::{Failure, print};

/// Brings pack files into one form
///
/// Trims cells and lines, takes out what is said twice, sorts the tables that are kept by code or region, and sets rules one
/// blank line apart. Order that may mean something stays, and so does everything else. Prints the name of each file that
/// changed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: see whether the packs of a folder are in form, without writing\n  \
                        cuanto pack fmt --check --packs packs\n\n\
                        Exit status: 0 all well; 1 with --check, a file is not in form; 2 the call is unusable.")]
pub struct Args {
    /// Tags of the packs; all, and the tables that they share, where none is given
    #[arg(value_name = "TAG")]
    tags: Vec<String>,
    /// Only say which files would change
    #[arg(long)]
    check: bool,
    /// Folder of language packs that you are editing
    #[arg(long, value_name = "DIR", default_value = "packs")]
    packs: PathBuf,
}

pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    let packs = folder(&args.packs)?;
    let mut folders: Vec<PathBuf> = args.tags.iter().map(|tag| packs.join(tag)).collect();
    if let Some(missing) = folders.iter().find(|folder| !folder.join("pack.toml").is_file()) {
        return Err(format!("no pack {}: there is no pack.toml in it", missing.display()).into());
    }
    if folders.is_empty() {
        folders = entries(packs)?.into_iter().filter(|path| path.join("pack.toml").is_file()).collect();
        folders.insert(0, packs.to_owned());
    }
    let (mut answer, mut changed) = (String::new(), 0);
    for path in folders.iter().map(|folder| entries(folder)).collect::<Result<Vec<_>, _>>()?.into_iter().flatten() {
        if !path.is_file() || !path.extension().is_some_and(|extension| extension == "tsv" || extension == "toml") {
            continue;
        }
        let text = fs::read_to_string(&path).map_err(at(&path))?;
        let name = path.strip_prefix(packs).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let formatted = canonical(&name, &text);
        if formatted != text {
            changed += 1;
            answer += &format!("{}\n", path.display());
            if !args.check {
                fs::write(&path, formatted).map_err(at(&path))?;
            }
        }
    }
    print(&answer, ExitCode::from(u8::from(args.check && changed > 0)))
}

/// What a folder holds, in order of the names.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let read = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(at(folder))?;
    let mut paths: Vec<PathBuf> = read.into_iter().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}
