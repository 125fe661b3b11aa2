//! The recogniser that ships with the program: the tagger of each passage's language.
//!
//! A Spanish article with an English quotation is tagged by two models. A language whose pack names no model, and has none of its own
//! name, has no names.

use std::collections::BTreeMap;

use super::tagger::model::Model;
use super::tagger::{Lexicons, Tagger};
use super::{Entity, EntityRecognizer, Error, Passage, models};

/// Taggers for every language that has a model.
#[derive(Debug)]
pub struct Builtin {
    models: BTreeMap<&'static str, (Model<'static>, Lexicons<'static>)>,
}

impl Builtin {
    /// Opens the shipped models; nothing is read until it is needed.
    ///
    /// # Errors
    /// If a shipped file is broken.
    pub fn open() -> Result<Self, Error> {
        let mut opened = BTreeMap::new();
        for name in models::names() {
            if let Some(model) = models::open(name)? {
                let lexicons = models::lexicons(model.names, model.clusters)?;
                opened.insert(name, (model, lexicons));
            }
        }
        Ok(Self { models: opened })
    }

    /// The tagger of a model by its name.
    #[must_use]
    pub fn tagger(&self, model: &str) -> Option<Tagger<'_>> {
        self.models.get(model).map(|(model, lexicons)| Tagger::new(model, *lexicons))
    }
}

impl EntityRecognizer for Builtin {
    fn recognize(&self, text: &str, passages: &[Passage<'_>]) -> Result<Vec<Entity>, Error> {
        let mut entities = Vec::new();
        let mut taggers: BTreeMap<&str, Option<Tagger<'_>>> = BTreeMap::new();
        for passage in passages {
            let model = passage.pack.names_model();
            let Some(tagger) = taggers.entry(model).or_insert_with(|| self.tagger(model)) else { continue };
            for sentence in passage.sentences {
                let tokens = passage.tokens.get(sentence.first..sentence.end).unwrap_or_default();
                tagger.push(text, tokens);
            }
        }
        for tagger in taggers.values_mut().flatten() {
            tagger.finish(usize::MAX, |found| entities.push(found.entity));
        }
        entities.sort_by_key(|entity| entity.span);
        Ok(entities)
    }
}
