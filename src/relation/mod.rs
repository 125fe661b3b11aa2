//! From quantities to facts: what is counted or measured, whose it is, what happens, when, where, up or down, planned or done.
//!
//! «En 2024, el valor del núcleo industrial de Vallemar alcanzó 350 millones de yuanes» becomes measure `valor del núcleo industrial`,
//! subject `Vallemar`, predicate `alcanzar`, time `2024`. Each sentence is read once (`parse`) as a row of items; `clause` finds the
//! verb of each quantity and its subject; every field collects candidates, and `score` says which of them, if any, wins.
//! A cell that stays in doubt is left empty. No language is known here: words and verbs come from the pack.

mod change;
mod clause;
mod counted;
mod frame;
mod grammatical;
mod link;
mod list;
mod measure;
mod modality;
mod parse;
mod phrase;
pub mod score;
mod settle;
mod subject;
mod table;
#[cfg(test)]
mod tests;
mod unspaced;
mod when;
mod word;

use crate::entity::EntityType;
use crate::pack::Pack;
use crate::quantity::{Quantity, Trend};
use crate::text::{Sentence, Span, Token};

pub use link::link;

/// Which part of a change a quantity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeRole {
    /// The amount of change: «subió un 6 %».
    By,
    /// The level reached.
    To,
    /// The level left.
    From,
}

impl ChangeRole {
    /// As written in the tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::By => "by",
            Self::To => "to",
            Self::From => "from",
        }
    }
}

/// How far a fact is asserted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Modality {
    /// It is said to be so.
    #[default]
    Asserted,
    /// A plan or budget.
    Planned,
    /// An estimate of the future.
    Forecast,
    /// It may be so.
    Possible,
    /// Somebody else says so.
    Reported,
    /// It is said not to be so.
    Negated,
}

impl Modality {
    /// As written in the tables.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Asserted => "",
            Self::Planned => "planned",
            Self::Forecast => "forecast",
            Self::Possible => "possible",
            Self::Reported => "reported",
            Self::Negated => "negated",
        }
    }
}

impl Field {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Counted, Self::Measure, Self::Subject];

    /// The column.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Counted => "counted",
            Self::Measure => "measure",
            Self::Subject => "subject",
        }
    }
}

/// The field that a candidate is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// What is counted.
    Counted,
    /// The property.
    Measure,
    /// The owner or actor.
    Subject,
}

/// Something that a field may hold, with how good it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// For which field.
    pub field: Field,
    /// What would be written.
    pub text: String,
    /// Where it was found.
    pub source: score::Source,
    /// See [`score::score`].
    pub score: f32,
    /// The class of the entity that it names.
    pub class: Option<EntityType>,
}

/// What a quantity is linked to; empty where the text leaves a doubt.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Link {
    /// The things counted or ranked.
    pub counted: String,
    /// The property that the quantity is a value of.
    pub measure: String,
    /// Whom or what the fact is about: a canonical name, else the noun phrase.
    pub subject: String,
    /// The class of the name.
    pub subject_type: Option<EntityType>,
    /// The infinitive, with the preposition that it governs.
    pub predicate: String,
    /// Up or down.
    pub trend: Option<Trend>,
    /// Amount, level reached or level left.
    pub role: Option<ChangeRole>,
    /// How far it is asserted.
    pub modality: Modality,
    /// ISO 8601.
    pub time: String,
    /// A named place.
    pub place: String,
    /// All that was weighed, for `explain`.
    pub candidates: Vec<Candidate>,
    /// The language's pack can link; where it cannot, all is empty.
    pub linked: bool,
}

impl Link {
    /// The candidates for a field, the best first.
    #[must_use]
    pub fn weighed(&self, field: Field) -> Vec<&Candidate> {
        let mut found: Vec<&Candidate> = self.candidates.iter().filter(|candidate| candidate.field == field).collect();
        found.sort_by(|a, b| b.score.total_cmp(&a.score));
        found
    }
}

/// A block of an article as linking sees it.
#[derive(Clone, Copy)]
pub struct Passage<'a> {
    /// The pack of its language.
    pub pack: &'a Pack,
    /// Its tokens.
    pub tokens: &'a [Token],
    /// Its sentences, whose indices are into `tokens`.
    pub sentences: &'a [Sentence],
}

/// A time expression, as far as linking needs it.
#[derive(Clone, Copy, Debug)]
pub struct When<'a> {
    /// Where it stands, in bytes.
    pub span: Span,
    /// ISO 8601; empty where it was not resolved.
    pub value: &'a str,
}

/// A name, as far as linking needs it.
#[derive(Clone, Copy, Debug)]
pub struct Named<'a> {
    /// Where it stands, in bytes.
    pub span: Span,
    /// What it names.
    pub class: EntityType,
    /// The entity's full name in the article.
    pub canonical: &'a str,
}

/// An article: its blocks, and what the stages before found in them, each list in order of the text.
#[derive(Clone, Copy)]
pub struct Article<'a> {
    /// The whole text.
    pub text: &'a str,
    /// Its blocks.
    pub passages: &'a [Passage<'a>],
    /// Its quantities, whose token indices are into their block.
    pub quantities: &'a [&'a Quantity],
    /// Its dates.
    pub dates: &'a [When<'a>],
    /// Its names.
    pub names: &'a [Named<'a>],
}
