//! `cuanto pack new`: the files that a language begins with.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use cuanto::language::Identifier;
use cuanto::pack::{Origin, Source, canonical, skeleton};

use super::{at, folder};
use crate::cli::{Failure, print};

/// Begins the pack of a language
///
/// Writes a folder of tables and rules whose comments say what to fill in, with what CLDR knows of the language, and says
/// what comes next. Files that exist stay as they are. A tag with a region or script (es-MX) begins an overlay, which holds
/// only what differs from its language.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: begin the pack of a language in the folder packs, and look at it\n  \
                        cuanto pack new xx --name \"Name\"\n  cuanto pack check xx --packs packs")]
pub struct Args {
    /// Tag of the language, as in `ro`, or of a locale, as in `es-MX`
    #[arg(value_name = "TAG")]
    tag: String,
    /// English name of the language
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Folder of language packs that you are editing
    #[arg(long, value_name = "DIR", default_value = "packs")]
    packs: PathBuf,
}

pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    let packs = folder(&args.packs)?;
    let source = Source::with_folder(packs)?;
    let tag = canonical(&args.tag);
    let Some(files) = skeleton(&source, &tag, args.name.as_deref()) else {
        return Err(format!(
            "'{}' is no tag: write the two letters of the language, and for a locale a hyphen and its region or script",
            args.tag
        )
        .into());
    };
    if let Some((language, _)) = tag.split_once('-').filter(|(language, _)| !source.tags().any(|tag| tag == *language))
    {
        return Err(
            format!("no pack '{language}' that {tag} could stand on: begin with cuanto pack new {language}").into()
        );
    }
    let mut answer = String::new();
    fs::create_dir_all(packs.join(&tag)).map_err(at(&packs.join(&tag)))?;
    let mut from_cldr = false;
    for file in &files {
        let path = packs.join(&file.name);
        let made = fs::File::create_new(&path).and_then(|mut new| new.write_all(file.text.as_bytes()));
        let what = match (made, file.origin) {
            (Err(e), _) if e.kind() == ErrorKind::AlreadyExists => "kept",
            (Err(e), _) => return Err(at(&path)(e)),
            (Ok(()), Origin::Shipped) => "made, as it ships",
            (Ok(()), Origin::Template) => "made",
        };
        from_cldr |= file.name.ends_with("/cldr.toml");
        answer += &format!("{}: {what}\n", path.display());
    }
    if !tag.contains('-') {
        answer += "\nnext:\n";
        if !from_cldr {
            answer += "- names of months, countries, currencies and units: scripts/cldr.py makes cldr.toml\n";
        }
        answer += "- what the comments of numerals.tsv and classes.tsv ask for, then the other tables and the rules\n";
        let evidence = source.file("und/identify.tsv").unwrap_or_default();
        let known = Identifier::new(evidence)?.languages().iter().any(|code| code.as_str() == tag);
        if !known {
            answer += "- its function words in und/identify.tsv, so that its texts are recognised\n";
        }
        answer += &format!("- cuanto pack check {tag} --packs {}\n", packs.display());
    }
    print(&answer, ExitCode::SUCCESS)
}
