//! The recogniser that ships with the program: the tagger of each passage's language, mended by rules.
//!
//! A Spanish article with an English quotation is tagged by two models. A language whose pack names no model, and that has none of
//! its own name, has no names.

use std::collections::BTreeMap;

use super::tagger::model::Model;
use super::tagger::{Lexicons, Tagger};
use super::{Entity, EntityRecognizer, Error, Passage, models, rules};
use crate::text::Token;

/// Taggers for every language that has a model.
#[derive(Debug)]
pub struct Builtin<'m> {
    models: BTreeMap<&'m str, (Model<'m>, Lexicons<'m>)>,
}

impl Builtin<'static> {
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
}

impl<'m> Builtin<'m> {
    /// A recogniser with one model, for the languages whose packs ask for it by this name.
    #[must_use]
    pub fn of(name: &'m str, model: Model<'m>, lexicons: Lexicons<'m>) -> Self {
        Self { models: BTreeMap::from([(name, (model, lexicons))]) }
    }
}

impl EntityRecognizer for Builtin<'_> {
    fn recognize(&self, text: &str, passages: &[Passage<'_>]) -> Result<Vec<Entity>, Error> {
        let mut taggers: BTreeMap<&str, Tagger<'_>> = BTreeMap::new();
        let mut names = None;
        for passage in passages {
            let name = passage.pack.names_model();
            let Some((model, lexicons)) = self.models.get(name) else { continue };
            names.get_or_insert(lexicons.names);
            let tagger = taggers.entry(name).or_insert_with(|| Tagger::new(model, *lexicons));
            for sentence in passage.sentences {
                let tokens = passage.tokens.get(sentence.first..sentence.end).unwrap_or_default();
                for cell in cells(text, tokens) {
                    tagger.push(text, cell);
                }
            }
        }
        let mut entities = Vec::new();
        for tagger in taggers.values_mut() {
            tagger.finish(usize::MAX, |found| entities.push(found.entity));
        }
        entities.sort_by_key(|entity| entity.span);
        Ok(names.map_or_else(Vec::new, |names| rules::refine(text, passages, names, &entities)))
    }
}

/// The tokens of a sentence, parted where a tab or a wide gap stands: no name goes from one column of a table to the next.
fn cells<'t>(text: &'t str, tokens: &'t [Token]) -> impl Iterator<Item = &'t [Token]> {
    tokens.chunk_by(move |left, right| {
        let between = text.get(left.span.end as usize..right.span.start as usize).unwrap_or_default();
        right.line_before() || between.is_empty() || !(between.contains('\t') || between.contains("   "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Lookup, Span, Symbol, tokenize};

    struct Nothing;

    impl Lookup for Nothing {
        fn symbol(&self, _: &str) -> Symbol {
            Symbol::UNKNOWN
        }
    }

    #[test]
    fn columns_are_parted_and_lines_are_not() {
        let text = "Empresa     Cierre\tAyer\n    sigue aquí";
        let mut tokens = Vec::new();
        tokenize(text, Span::new(0, u32::try_from(text.len()).unwrap_or(0)), &Nothing, &mut tokens);
        let words: Vec<usize> = cells(text, &tokens).map(<[Token]>::len).collect();
        assert_eq!(words, [1, 1, 3]);
    }
}
