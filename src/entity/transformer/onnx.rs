//! Token classifiers in the form of ONNX, run in Rust alone.
//!
//! A folder has `config.json`, `tokenizer.json` and `model.onnx`; [`open`] checks them. The model's inputs are `input_ids`,
//! `attention_mask` and, where it wants them, `token_type_ids`; its output has one score for each piece and label. Weights may be of 32
//! bits or of 8; those that are rounded anew for each batch (dynamic quantisation) give results that depend a little on the batch.

use std::path::Path;

use rten::{Model, NodeId};
use rten_tensor::prelude::*;
use rten_tensor::{NdTensor, NdTensorView};
use tokenizers::{Encoding, Tokenizer};

use super::config::Folder;
use super::{Classifier, Transformer, Word};
use crate::entity::Error;
use crate::text::Span;

const EXPORT: &str = "scripts/onnx_export.py makes one of a model's weights";

/// A model with its tokenizer.
pub struct Onnx {
    model: Model,
    tokenizer: Tokenizer,
    ids: NodeId,
    mask: NodeId,
    kinds: Option<NodeId>,
    scores: NodeId,
    labels: usize,
    padding: i32,
    path: String,
}

/// Opens the model in a folder.
///
/// # Errors
/// If a file is missing or broken, in one line that names it.
pub fn open(folder: &Path) -> Result<Transformer<Onnx>, Error> {
    let files = Folder(folder);
    let config = files.config()?;
    let tokenizer_file = files.file(&["tokenizer.json"], EXPORT)?;
    let model_file = files.file(&["model.onnx"], EXPORT)?;
    let broken = |path: &Path, error: &dyn std::fmt::Display| {
        Error::new(format!("{}: {}; {EXPORT}", path.display(), error.to_string().replace('\n', " ")))
    };
    let mut tokenizer = Tokenizer::from_file(&tokenizer_file).map_err(|e| broken(&tokenizer_file, &e))?;
    // Windows are cut and padded here.
    tokenizer.with_padding(None).with_truncation(None).map_err(|e| broken(&tokenizer_file, &e))?;
    let model = Model::load_file(&model_file).map_err(|e| broken(&model_file, &e))?;
    let input = |name: &str| {
        model.input_ids().iter().copied().find(|&id| model.node_info(id).and_then(|n| n.name()) == Some(name))
    };
    let wanted =
        |name: &str| input(name).ok_or_else(|| broken(&model_file, &format!("the model has no input '{name}'")));
    let (ids, mask, kinds) = (wanted("input_ids")?, wanted("attention_mask")?, input("token_type_ids"));
    let scores = *model.output_ids().first().ok_or_else(|| broken(&model_file, &"the model has no output"))?;
    let padding = ["[PAD]", "<pad>"].iter().find_map(|token| tokenizer.token_to_id(token));
    let onnx = Onnx {
        ids,
        mask,
        kinds,
        scores,
        labels: config.labels(),
        padding: padding.and_then(|id| i32::try_from(id).ok()).unwrap_or(0),
        path: model_file.display().to_string(),
        model,
        tokenizer,
    };
    Ok(Transformer::new(onnx, config))
}

impl Onnx {
    fn encode(&self, text: &str, marks: bool) -> Result<Encoding, Error> {
        self.tokenizer.encode(text, marks).map_err(|e| Error::new(format!("{}: {e}", self.path)))
    }

    /// The words of a text by the scores of its pieces.
    fn words(&self, encoding: &Encoding, scores: NdTensorView<'_, f32, 2>) -> Vec<Word> {
        let mut words: Vec<Word> = Vec::new();
        let mut last = None;
        let pieces = encoding.get_word_ids().iter().zip(encoding.get_offsets()).zip(encoding.get_special_tokens_mask());
        for (at, ((&number, &(start, end)), &special)) in pieces.enumerate() {
            if special == 1 || number.is_none() {
                last = None;
                continue;
            }
            let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            if let Some(word) = words.last_mut().filter(|_| number == last) {
                word.span.end = offset(end);
                continue;
            }
            last = number;
            let row = scores.slice(at);
            let best = row.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
            let Some((label, most)) = best else { continue };
            let sum: f32 = row.iter().map(|score| (score - most).exp()).sum();
            words.push(Word { span: Span::new(offset(start), offset(end)), label, score: 1.0 / sum });
        }
        words
    }
}

impl Classifier for Onnx {
    fn pieces(&self, text: &str) -> Result<usize, Error> {
        Ok(self.encode(text, false)?.len())
    }

    fn classify(&self, texts: &[&str]) -> Result<Vec<Vec<Word>>, Error> {
        let encodings = texts.iter().map(|text| self.encode(text, true)).collect::<Result<Vec<_>, _>>()?;
        let width = encodings.iter().map(Encoding::len).max().unwrap_or(0);
        let tensor = |values: &dyn Fn(&Encoding) -> Vec<u32>, padding: i32| {
            let mut data = Vec::with_capacity(encodings.len() * width);
            for encoding in &encodings {
                let row = values(encoding);
                data.extend(row.iter().map(|&value| i32::try_from(value).unwrap_or(padding)));
                data.extend(std::iter::repeat_n(padding, width - row.len()));
            }
            NdTensor::from_data([encodings.len(), width], data)
        };
        let ids = tensor(&|e| e.get_ids().to_vec(), self.padding);
        let mask = tensor(&|e| e.get_attention_mask().to_vec(), 0);
        let kinds = tensor(&|e| e.get_type_ids().to_vec(), 0);
        let mut inputs = vec![(self.ids, ids.view().into()), (self.mask, mask.view().into())];
        inputs.extend(self.kinds.map(|id| (id, kinds.view().into())));
        let failed = |e: &dyn std::fmt::Display| Error::new(format!("{}: {e}", self.path));
        let [scores] = self.model.run_n(inputs, [self.scores], None).map_err(|e| failed(&e))?;
        let scores: NdTensor<f32, 3> = scores.try_into().map_err(|_| failed(&"the output is no table of scores"))?;
        if scores.size(2) != self.labels {
            let (found, named) = (scores.size(2), self.labels);
            return Err(failed(&format!("the model scores {found} labels, config.json names {named}")));
        }
        Ok(encodings.iter().enumerate().map(|(row, encoding)| self.words(encoding, scores.slice(row))).collect())
    }
}
