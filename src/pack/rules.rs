//! Rules of a pack: a pattern, what it decides, and the examples that prove it.
//!
//! ```toml
//! [[rule]]
//! id = "es.bound.more-than"
//! pattern = "más de {article}? <q>"
//! bound = ">"
//! yes = ["más de 180 conjuntos"]
//! no = ["más de lo mismo"]
//! ```

use serde::Deserialize;

use super::pattern::Patterns;

/// The file of the rules that bound quantities.
pub(crate) const BOUNDS: &str = "bounds.toml";
/// The file of the rules that say what a number is.
pub(crate) const READINGS: &str = "readings.toml";

/// A rule file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RulesFile {
    #[serde(default)]
    pub rule: Vec<Rule>,
}

/// One pattern, or several that decide the same.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}

impl OneOrMany {
    /// All of them.
    #[must_use]
    pub fn as_slice(&self) -> &[String] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }
}

/// A rule and its examples.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// `language.stage.name`; unique in all packs.
    pub id: String,
    /// What it looks for, in the language of [`pattern`](super::pattern).
    pub pattern: OneOrMany,
    /// The bound it gives a quantity.
    #[serde(default)]
    pub bound: Option<crate::quantity::Bound>,
    /// A class of words that, standing before it in the sentence, take the rule its force: «subió … hasta 20 euros».
    #[serde(default)]
    pub unless: Option<String>,
    /// A date even where a noun follows: «In 1939 fire damaged it».
    #[serde(default)]
    pub firm: bool,
    /// The only form of number it speaks of; any where not given.
    #[serde(default)]
    pub form: Option<AnchorForm>,
    /// It does not hold before a plural: «nou govern» is a new government, «nou governs» are nine.
    #[serde(default)]
    pub singular: bool,
    /// It does not hold right behind another quantity: «1.5 billion over ten years».
    #[serde(default)]
    pub apart: bool,
    /// The reading it gives a number.
    #[serde(default)]
    pub reading: Option<Reading>,
    /// Texts where it decides.
    #[serde(default)]
    pub yes: Vec<String>,
    /// Texts where it must not.
    #[serde(default)]
    pub no: Vec<String>,
}

/// The form that the number at a rule's anchor must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnchorForm {
    /// A rank: «19th».
    Ordinal,
    /// How many: no rank, part or multiple.
    Cardinal,
    /// A scale word alone: «hundred», «million».
    Scale,
    /// A half in words.
    Half,
    /// A ratio with a word of its own: «le tiers», «twice».
    Multiple,
    /// A counted noun with a value: «une centaine», «a dozen».
    Noun,
}

/// What a number is, when the words around it say so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reading {
    /// Part of a date; no quantity.
    Date,
    /// A clock time; no quantity.
    Time,
    /// Part of a name or a version; no quantity.
    Name,
    /// A scale without its number: «several million»; no quantity with a value.
    Vague,
    /// A number of an article, page, law, telephone …; no quantity.
    Reference,
    /// A multiple or share: «multiplicó por cuatro».
    Ratio,
    /// Counts what the sentence leaves out.
    Count,
    /// Years of someone's life: «Ann Doe, 37, said».
    Age,
    /// Counts things that share their name with a unit: «trois livres de cuisine».
    Things,
    /// A figure that counts nothing although a noun follows: «a 7.5 magnitude earthquake».
    Number,
    /// Negates the value: «10 bajo cero».
    Negative,
    /// A share that an ordinal tells: «jeder dritte» is one of three.
    Share,
    /// A rank: «auf Platz 3».
    Rank,
    /// One, an article elsewhere, is a number here: «un solo detenido».
    One,
}

/// The rules of one stage with their patterns.
#[derive(Debug, Default)]
pub struct RuleSet {
    rules: Vec<Rule>,
    pub(crate) patterns: Patterns,
}

impl RuleSet {
    pub(crate) fn add(&mut self, rule: Rule) {
        self.rules.push(rule);
    }

    /// The number of rules.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rules.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// A rule by its index.
    #[must_use]
    pub fn rule(&self, index: u16) -> Option<&Rule> {
        self.rules.get(usize::from(index))
    }

    /// All rules.
    pub fn iter(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter()
    }

    /// The patterns.
    #[must_use]
    pub fn patterns(&self) -> &Patterns {
        &self.patterns
    }
}

/// Line and column, from 1, of a quoted `needle` of the rule `id` in a rule file; of the id itself where it is not found.
pub(crate) fn place(text: &str, id: &str, needle: &str) -> (usize, usize) {
    let quoted = |from: usize, word: &str| {
        text.get(from..).and_then(|rest| rest.find(&format!("\"{word}\""))).map(|at| from + at)
    };
    let rule = quoted(0, id).unwrap_or(0);
    let at = quoted(rule, needle).unwrap_or(rule);
    let before = text.get(..at).unwrap_or_default();
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
    (before.matches('\n').count() + 1, column + 1)
}
