//! Token classifiers run by the crate rust-bert, over libtorch.
//!
//! A folder has `config.json`, `model.safetensors` or `rust_model.ot`, and the vocabulary of its kind of model: `vocab.txt`, or
//! `vocab.json` with `merges.txt`, or a SentencePiece model. Nothing is looked for elsewhere.

use std::any::Any;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use ::rust_bert::pipelines::common::{ModelResource, ModelType};
use ::rust_bert::pipelines::token_classification::{
    LabelAggregationOption, Token, TokenClassificationConfig, TokenClassificationModel,
};
use ::rust_bert::resources::LocalResource;
use serde::Deserialize;

use super::config::Folder;
use super::{BATCH, Classifier, Transformer, Word};
use crate::entity::Error;
use crate::text::Span;

/// A model with its tokenizer; calls take turns, as libtorch works on one text with all cores.
pub struct RustBert {
    model: Mutex<TokenClassificationModel>,
    path: String,
}

/// What the tokenizer does to letters.
#[derive(Default, Deserialize)]
struct TokenizerConfig {
    do_lower_case: Option<bool>,
    strip_accents: Option<bool>,
    add_prefix_space: Option<bool>,
}

/// Kinds of models that can be token classifiers, and the files of their vocabularies.
fn kind(model_type: &str) -> Option<(ModelType, &'static [&'static str], Option<&'static str>)> {
    const WORDS: &[&str] = &["vocab.txt"];
    const BYTES: &[&str] = &["vocab.json"];
    const PIECES: &[&str] = &["sentencepiece.bpe.model", "spiece.model", "spm.model"];
    Some(match model_type {
        "bert" => (ModelType::Bert, WORDS, None),
        "distilbert" => (ModelType::DistilBert, WORDS, None),
        "mobilebert" => (ModelType::MobileBert, WORDS, None),
        "electra" => (ModelType::Electra, WORDS, None),
        "roberta" => (ModelType::Roberta, BYTES, Some("merges.txt")),
        "longformer" => (ModelType::Longformer, BYTES, Some("merges.txt")),
        "deberta" => (ModelType::Deberta, BYTES, Some("merges.txt")),
        "deberta-v2" => (ModelType::DebertaV2, PIECES, None),
        "xlm-roberta" => (ModelType::XLMRoberta, PIECES, None),
        "albert" => (ModelType::Albert, PIECES, None),
        "xlnet" => (ModelType::XLNet, PIECES, None),
        "fnet" => (ModelType::FNet, PIECES, None),
        _ => return None,
    })
}

/// Opens the model in a folder.
///
/// # Errors
/// If a file is missing or broken, or rust-bert knows no such kind of model, in one line that names it.
pub fn open(folder: &Path) -> Result<Transformer<RustBert>, Error> {
    const COMES: &str = "it comes with the model";
    let files = Folder(folder);
    let config = files.config()?;
    let Some((model_type, vocabulary, merges)) = kind(&config.model_type) else {
        let kind = &config.model_type;
        return Err(Error::new(format!(
            "{}: rust-bert has no token classifier of the kind '{kind}'",
            folder.display()
        )));
    };
    let weights = files.file(&["model.safetensors", "rust_model.ot", "model.ot"], COMES)?;
    let vocabulary = files.file(vocabulary, COMES)?;
    let merges = merges.map(|name| files.file(&[name], COMES)).transpose()?;
    let tokenizer: TokenizerConfig = match fs::read_to_string(folder.join("tokenizer_config.json")) {
        Ok(json) => serde_json::from_str(&json)
            .map_err(|e| Error::new(format!("{}: {e}", folder.join("tokenizer_config.json").display())))?,
        Err(_) => TokenizerConfig::default(),
    };
    let path = weights.display().to_string();
    let mut settings = TokenClassificationConfig::new(
        model_type,
        ModelResource::Torch(Box::new(LocalResource::from(weights))),
        LocalResource::from(folder.join("config.json")),
        LocalResource::from(vocabulary),
        merges.map(LocalResource::from),
        tokenizer.do_lower_case.unwrap_or(false),
        tokenizer.strip_accents,
        tokenizer.add_prefix_space,
        LabelAggregationOption::First,
    );
    // More texts than this in one call would get each other's labels.
    settings.batch_size = BATCH;
    let opened = catch_unwind(AssertUnwindSafe(|| TokenClassificationModel::new(settings)));
    let broken = |why: String| {
        Error::new(format!(
            "{path}: {}; take the file that comes with the model",
            why.lines().next().unwrap_or_default()
        ))
    };
    let model = opened.map_err(|panic| broken(message(&*panic)))?.map_err(|e| broken(e.to_string()))?;
    Ok(Transformer::new(RustBert { model: Mutex::new(model), path }, config))
}

/// What a panic says.
fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    text.unwrap_or("the model cannot be run").to_owned()
}

impl RustBert {
    /// Runs `work`, whose panics are errors.
    fn run<T>(&self, work: impl FnOnce(&TokenClassificationModel) -> T) -> Result<T, Error> {
        let model = self.model.lock().unwrap_or_else(PoisonError::into_inner);
        catch_unwind(AssertUnwindSafe(|| work(&model)))
            .map_err(|panic| Error::new(format!("{}: {}", self.path, message(&*panic))))
    }
}

impl Classifier for RustBert {
    fn pieces(&self, text: &str) -> Result<usize, Error> {
        self.run(|model| model.get_tokenizer().tokenize(text).len())
    }

    fn classify(&self, texts: &[&str]) -> Result<Vec<Vec<Word>>, Error> {
        let pieces = self.run(|model| model.predict(texts, false, false))?;
        let words = |(text, pieces): (&&str, Vec<Token>)| {
            let offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let byte = |character: u32| {
                let at = offsets.get(character as usize).copied().unwrap_or(text.len());
                u32::try_from(at).unwrap_or(u32::MAX)
            };
            let (mut words, mut last): (Vec<Word>, _) = (Vec::new(), None);
            for piece in pieces {
                let Some(offset) = &piece.offset else { continue };
                let span = Span::new(byte(offset.begin), byte(offset.end));
                if let Some(word) = words.last_mut().filter(|_| last == Some(piece.word_index)) {
                    word.span.end = span.end;
                } else {
                    last = Some(piece.word_index);
                    let label = usize::try_from(piece.label_index).unwrap_or(usize::MAX);
                    #[expect(clippy::cast_possible_truncation, reason = "a probability")]
                    words.push(Word { span, label, score: piece.score as f32 });
                }
            }
            words
        };
        Ok(texts.iter().zip(pieces).map(words).collect())
    }
}
