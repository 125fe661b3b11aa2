//! What to read and how: the arguments that `extract` and `annotate` share. All that the command line knows of
//! archives and of the analysis' options is in this file.
//!
//! `news.jsonl --text-field cuerpo --lang es` plans one input whose articles stand in the field `cuerpo`, all Spanish.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::thread;

use clap::value_parser;
use cuanto::Context;
use cuanto::archive::{self, Inputs, ReadOptions};
use cuanto::pack::{Packs, Source};
use cuanto::run::Overrides;
use serde::Serialize;

use super::Failure;
use super::progress::When;
use super::recognizer::{self, Recognizer};

/// Heading in the help of the options that name fields.
const FIELDS: &str = "Fields of JSON Lines and CSV records";

/// Inputs, and how their articles are read.
#[derive(Clone, Debug, clap::Args, Serialize)]
pub struct InputArgs {
    /// Files, folders (read recursively) or `-` for standard input
    #[arg(value_name = "INPUT", required = true)]
    #[serde(skip)]
    inputs: Vec<String>,
    /// Language of every article, as in `es` or `es-MX`; `auto` takes what the source says, else identifies it
    #[arg(long, value_name = "auto|CODE", default_value = "auto", value_parser = parse_language)]
    lang: String,
    /// Date of the articles whose source gives none, as in 2024-05-23; relative dates count from it
    #[arg(long, value_name = "DATE", value_parser = parse_date)]
    published: Option<String>,
    /// Recogniser of names: `off`, `builtin`, or a model of your own, `rust-bert:DIR` or `onnx:DIR`
    #[arg(long, value_name = "RECOGNIZER", default_value = "builtin", value_parser = recognizer::parse)]
    entities: Recognizer,
    /// Folder of language packs whose files override the built-in ones of the same name
    #[arg(long, value_name = "DIR")]
    packs: Option<PathBuf>,
    /// Stop after N documents
    #[arg(long, value_name = "N", value_parser = value_parser!(u64).range(1..))]
    limit: Option<u64>,
    /// Threads that analyse; all cores where not given
    #[arg(long, value_name = "N", value_parser = value_parser!(u16).range(1..=1024))]
    #[serde(skip)]
    threads: Option<u16>,
    /// Progress bar on standard error: `auto` draws it on a terminal
    #[arg(long, value_enum, default_value_t = When::Auto)]
    #[serde(skip)]
    pub progress: When,
    /// Field of a record with the text; of several the first present
    #[arg(long = "text-field", value_name = "NAME", help_heading = FIELDS)]
    #[arg(default_values_t = ReadOptions::default().text_fields)]
    text_fields: Vec<String>,
    /// Field with the id
    #[arg(long = "id-field", value_name = "NAME", help_heading = FIELDS)]
    #[arg(default_values_t = ReadOptions::default().id_fields)]
    id_fields: Vec<String>,
    /// Field with the date
    #[arg(long = "date-field", value_name = "NAME", help_heading = FIELDS)]
    #[arg(default_values_t = ReadOptions::default().date_fields)]
    date_fields: Vec<String>,
    /// Field with the headline
    #[arg(long = "title-field", value_name = "NAME", help_heading = FIELDS)]
    #[arg(default_values_t = ReadOptions::default().title_fields)]
    title_fields: Vec<String>,
    /// Field with the language
    #[arg(long = "lang-field", value_name = "NAME", help_heading = FIELDS)]
    #[arg(default_values_t = ReadOptions::default().language_fields)]
    language_fields: Vec<String>,
}

impl InputArgs {
    /// Looks at the inputs without reading them.
    pub fn plan(&self) -> Result<Inputs, Failure> {
        Ok(archive::plan(&self.inputs)?)
    }

    /// How records are read.
    pub fn read_options(&self) -> ReadOptions {
        ReadOptions {
            text_fields: self.text_fields.clone(),
            id_fields: self.id_fields.clone(),
            date_fields: self.date_fields.clone(),
            title_fields: self.title_fields.clone(),
            language_fields: self.language_fields.clone(),
            limit: self.limit,
            ..ReadOptions::default()
        }
    }

    /// What the analysis shares: packs, the language identifier and the recogniser of names.
    pub fn context(&self) -> Result<Context, Failure> {
        let cx = Context::new(open_packs(self.packs.as_deref())?)?;
        Ok(match self.entities.open()? {
            Some(recognizer) => cx.with_recognizer(recognizer),
            None => cx,
        })
    }

    /// The recogniser of names.
    pub fn recognizer(&self) -> &Recognizer {
        &self.entities
    }

    /// What the arguments say about every document.
    pub fn overrides(&self) -> Overrides {
        let language = (self.lang != "auto").then(|| self.lang.clone());
        Overrides { language, published: self.published.clone() }
    }

    /// The threads that analyse.
    pub fn pool(&self) -> Result<rayon::ThreadPool, Failure> {
        let cores = || thread::available_parallelism().map_or(1, NonZeroUsize::get);
        let threads = self.threads.map_or_else(cores, usize::from);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        pool.map_err(|e| format!("cannot start {threads} threads: {e}; give a lower --threads").into())
    }
}

/// The built-in packs, overridden by those of a folder, which are all parsed so that a mistake shows before the run.
pub fn open_packs(folder: Option<&Path>) -> Result<Packs, Failure> {
    let Some(folder) = folder else { return Ok(Packs::open(Source::embedded())?) };
    if !folder.is_dir() {
        return Err(format!("no folder {}: --packs takes a folder of language packs", folder.display()).into());
    }
    let packs = Packs::open(Source::with_folder(folder)?)?;
    for tag in packs.languages() {
        packs.get(tag)?;
    }
    Ok(packs)
}

/// `auto`, or a BCP 47 tag: language in lower, region in upper case.
pub(super) fn parse_language(tag: &str) -> Result<String, String> {
    let mut subtags = tag.split('-');
    let language = subtags.next().unwrap_or_default().to_ascii_lowercase();
    let letters = language.bytes().all(|b| b.is_ascii_lowercase());
    let well_formed = |s: &str| (1..=8).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphanumeric());
    if tag == "auto" {
        return Ok(language);
    }
    if !letters || !(2..=3).contains(&language.len()) || !subtags.clone().all(well_formed) {
        return Err("give `auto` or a language code such as `es`, `en` or `es-MX`".to_owned());
    }
    let region = |s: &str| if s.len() == 2 { s.to_ascii_uppercase() } else { s.to_owned() };
    Ok(std::iter::once(language).chain(subtags.map(region)).collect::<Vec<_>>().join("-"))
}

/// A calendar date, in the form of RFC 3339.
pub(super) fn parse_date(date: &str) -> Result<String, String> {
    match date.parse::<jiff::civil::Date>() {
        Ok(parsed) if parsed.to_string() == date => Ok(parsed.to_string()),
        _ => Err("give a date as year-month-day, such as 2024-05-23".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_auto_or_a_tag() {
        assert_eq!(parse_language("auto").as_deref(), Ok("auto"));
        assert_eq!(parse_language("ES-mx").as_deref(), Ok("es-MX"));
        for wrong in ["", "spanish", "e5", "es_MX", "es-"] {
            assert!(parse_language(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn dates_are_calendar_dates() {
        assert_eq!(parse_date("2024-02-29").as_deref(), Ok("2024-02-29"));
        for wrong in ["2023-02-29", "23/05/2024", "2024-05-23T10:00", "2024", ""] {
            assert!(parse_date(wrong).is_err(), "{wrong}");
        }
    }
}
