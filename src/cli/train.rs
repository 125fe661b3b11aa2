//! `cuanto train`: makes and measures what the built-in recogniser of names ships with.
//!
//! `cuanto train ner es --data DATA` follows `models/es/recipe.toml` and writes `models/es/model.bin`, the same bytes each time;
//! `cuanto train ner es --test news.conll` measures the model that is in the program.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Subcommand, ValueEnum};
use cuanto::entity::builtin::Builtin;
use cuanto::entity::models;
use cuanto::entity::tagger::Lexicons;
use cuanto::entity::tagger::facets::Facets;
use cuanto::entity::tagger::gazetteer::{Entry, Gazetteer, List, entries};
use cuanto::entity::tagger::model::{Model, Parts, encode_lexicon, lexicon};
use cuanto::entity::train::conll::Example;
use cuanto::entity::train::recipe::{self, Recipe};
use cuanto::entity::train::{learn, test};
use cuanto::pack::{Pack, Packs, Source};

use super::Failure;

/// Trains and measures the built-in recogniser of names
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Ner(Ner),
    Lexicon(LexiconArgs),
}

/// Trains a model by its recipe, or measures the one in the program
///
/// With --data, follows MODELS/NAME/recipe.toml and writes MODELS/NAME/model.bin; the program takes it in when it is built
/// again. Without, or with --measure, only measures.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example: span F1 of a model on a file of words and labels\n  \
                        cuanto train ner es --test news.conll")]
struct Ner {
    /// Name of the model, as in `es`
    name: String,
    /// Folder of the training data that the recipe names
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Train nothing: count the names of the model in the program on what the recipe holds out and tests by
    #[arg(long, requires = "data")]
    measure: bool,
    /// Two-column files (word, tab, label) to count names on; else those of the recipe
    #[arg(long, value_name = "FILE", num_args = 1..)]
    test: Vec<PathBuf>,
    /// Folder with the recipes
    #[arg(long, value_name = "DIR", default_value = "models")]
    models: PathBuf,
    /// Print the sentences whose names are wrong
    #[arg(long)]
    errors: bool,
}

/// Makes a lexicon file of tab-separated tables
///
/// Of names: name, list (person, organization, place, city, country, region, given, family, other, word), and how frequent it
/// is as a power of two, which may be missing. Of clusters: word and path, a number whose lowest bit is the first branch.
#[derive(Debug, clap::Args)]
struct LexiconArgs {
    /// What the tables hold
    kind: Kind,
    /// Tables
    #[arg(required = true)]
    tables: Vec<PathBuf>,
    /// Lexicon file to write
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    Names,
    Clusters,
}

pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    match &args.what {
        What::Ner(args) => ner(args),
        What::Lexicon(args) => make_lexicon(args),
    }
}

fn ner(args: &Ner) -> Result<ExitCode, Failure> {
    let packs = Packs::open(Source::embedded())?;
    let mut out = String::new();
    let mut report = |name: &str, examples: &[Example], pack: &Pack, recognizer: &Builtin<'_>| -> Result<(), Failure> {
        let mut errors = String::new();
        let score = test(examples, pack, recognizer, |example, found| {
            if args.errors {
                errors += &difference(example, found);
            }
        })?;
        out += &format!("{errors}{name}: {} sentences\n{}", examples.len(), score.table());
        Ok(())
    };
    let builtin = || {
        let known = models::names().any(|name| name == args.name);
        if known { Ok(Builtin::open()?) } else { Err(Failure::from(unknown(&args.name))) }
    };
    let Some(data) = &args.data else {
        let (builtin, pack) = (builtin()?, packs.get(&args.name)?);
        for path in &args.test {
            report(&path.display().to_string(), &recipe::examples(path)?, &pack, &builtin)?;
        }
        return super::print(&out, ExitCode::SUCCESS);
    };
    let folder = args.models.join(&args.name);
    let recipe = Recipe::read(&folder.join("recipe.toml"))?;
    let pack = packs.get(recipe.pack.as_deref().unwrap_or(&args.name))?;
    let (examples, held_out) = recipe.examples(data)?;
    let own: Vec<PathBuf> = recipe.test.iter().map(|file| data.join(file)).collect();
    let mut measure = |recognizer: &Builtin<'_>| -> Result<(), Failure> {
        if !held_out.is_empty() {
            report("held out", &held_out, &pack, recognizer)?;
        }
        for path in if args.test.is_empty() { &own } else { &args.test } {
            report(&path.display().to_string(), &recipe::examples(path)?, &pack, recognizer)?;
        }
        Ok(())
    };
    if args.measure {
        measure(&builtin()?)?;
        return super::print(&out, ExitCode::SUCCESS);
    }
    let files = Files::read(&args.models.join("lexicon"), &recipe)?;
    let lexicons = files.lexicons()?;
    let learned = learn(&examples, &pack, &lexicons, recipe.options, recipe.memory, |epoch, likelihood| {
        // Progress only; a closed standard error takes nothing from the model.
        let _ =
            writeln!(std::io::stderr(), "round {epoch} of {}: log-likelihood {likelihood:.0}", recipe.options.epochs);
    });
    let parts = Parts {
        weights: learned.weights,
        transitions: learned.transitions,
        names: &recipe.names,
        clusters: &recipe.clusters,
    };
    let bytes = parts.encode(recipe.least, recipe.most);
    let path = folder.join("model.bin");
    write(&path, &bytes)?;
    measure(&Builtin::of(pack.names_model(), Model::open(&bytes)?, lexicons))?;
    out += &format!("{}: {} sentences, {} bytes\n", path.display(), examples.len(), bytes.len());
    super::print(&out, ExitCode::SUCCESS)
}

fn unknown(name: &str) -> String {
    let known: Vec<&str> = models::names().collect();
    format!("no model {name}; there are {}", known.join(", "))
}

/// Missed (`-`) and wrongly found (`+`) names, and the sentence.
fn difference(example: &Example, found: &[cuanto::entity::train::score::Name]) -> String {
    let name = |sign: char, &(from, to, class): &cuanto::entity::train::score::Name| {
        format!("{sign} {class} {}\n", example.words.get(from..to).unwrap_or_default().join(" "))
    };
    let missed = example.names.iter().filter(|n| !found.contains(n)).map(|n| name('-', n));
    let wrong = found.iter().filter(|n| !example.names.contains(n)).map(|n| name('+', n));
    missed.chain(wrong).collect::<String>() + "  " + &example.words.join(" ") + "\n"
}

/// The lexicon files of a recipe, read.
struct Files {
    names: Vec<u8>,
    clusters: Vec<u8>,
}

impl Files {
    fn read(folder: &Path, recipe: &Recipe) -> Result<Self, Failure> {
        let read = |name: &str, width: u8| -> Result<Vec<u8>, Failure> {
            if name.is_empty() {
                return Ok(encode_lexicon(Vec::new(), width));
            }
            let path = folder.join(format!("{name}.bin"));
            Ok(fs::read(&path).map_err(|e| format!("cannot read {}: {e}", path.display()))?)
        };
        Ok(Self { names: read(&recipe.names, WIDTH)?, clusters: read(&recipe.clusters, WIDTH)? })
    }

    fn lexicons(&self) -> Result<Lexicons<'_>, Failure> {
        Ok(Lexicons {
            names: Gazetteer::new(lexicon(&self.names, Gazetteer::WIDTH)?),
            clusters: lexicon(&self.clusters, Lexicons::CLUSTER_WIDTH)?,
        })
    }
}

/// Bytes of a value in both kinds of lexicon.
const WIDTH: u8 = 2;

fn make_lexicon(args: &LexiconArgs) -> Result<ExitCode, Failure> {
    let mut rows = Vec::new();
    for path in &args.tables {
        let text = fs::read_to_string(path).map_err(|e| format!("cannot read {}: {e}", path.display()))?;
        for (number, line) in (1usize..).zip(text.lines()).filter(|(_, line)| !line.is_empty()) {
            let wrong = || format!("{}:{number}: `{line}` is no row of this kind", path.display());
            let (name, rest) = line.split_once('\t').ok_or_else(wrong)?;
            rows.push((name.to_owned(), value(args.kind, rest).ok_or_else(wrong)?));
        }
    }
    let table = match args.kind {
        Kind::Names => {
            entries(rows.iter().map(|(name, value)| (name.as_str(), Entry { lists: value.0, frequency: value.1 })))
        }
        Kind::Clusters => {
            // Of words that share a hash the first, most frequent one counts.
            let mut seen = std::collections::HashSet::new();
            let hashed = rows.iter().map(|(word, value)| (Facets::new(word, false).form, value.0));
            hashed
                .filter(|(form, _)| seen.insert(*form))
                .map(|(form, path)| (form, path.to_le_bytes().to_vec()))
                .collect()
        }
    };
    let bytes = encode_lexicon(table, WIDTH);
    write(&args.output, &bytes)?;
    super::print(&format!("{}: {} rows, {} bytes\n", args.output.display(), rows.len(), bytes.len()), ExitCode::SUCCESS)
}

/// The bits of a list and the frequency, or the path of a cluster.
fn value(kind: Kind, cells: &str) -> Option<(u16, u8)> {
    if kind == Kind::Clusters {
        return Some((cells.parse().ok()?, 0));
    }
    let (list, frequency) = cells.split_once('\t').unwrap_or((cells, "0"));
    let list = List::ALL.into_iter().find(|known| known.as_str() == list)?;
    Some((list.bit(), frequency.parse().ok()?))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    fs::write(path, bytes).map_err(|e| format!("cannot write {}: {e}", path.display()).into())
}
