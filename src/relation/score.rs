//! How good a candidate is: the one place that weighs evidence, so that a learned scorer can take its place.
//!
//! «una pérdida del 1,11 por ciento» offers `pérdida` as the measure from [`Source::Governor`]; the subject of the verb offers itself
//! from [`Source::VerbSubject`]. Each source has a weight, lessened by what speaks against a candidate; the best one above
//! [`LEAST`] wins, and a doubt leaves the cell empty.

use super::{Field, Link};
use crate::quantity::Kind;

/// Where a candidate comes from: its place in the sentence relative to the quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The noun phrase behind the number.
    Counted,
    /// What an earlier quantity counted: «32 ganaron».
    CountedBefore,
    /// The noun that governs the quantity: «una pérdida del 1,11 %».
    Governor,
    /// The same over another preposition than «de»: «letras por 250 millones».
    LooseGovernor,
    /// The noun phrase that the quantity governs: «el 40 % del talento».
    Governed,
    /// The noun phrase that the quantity stands before as a modifier: «a 0.6 % fee».
    Modified,
    /// The noun phrase that a colon parts from the quantity: «Price: 20 dollars».
    Label,
    /// The subject of the verb names a property: «la tasa fue del 8 %».
    PropertySubject,
    /// The object of a verb of change: «aumentar su cobertura a 21».
    Object,
    /// The owner named inside the measure: «los ingresos de Iberdrola».
    Owner,
    /// The subject of the governing verb.
    VerbSubject,
    /// The head of a noun phrase beside or around the quantity: «K-2, de 8.611 metros».
    Apposition,
    /// Whoever the sentences before were about: the owner of a property that names none.
    Topic,
    /// The same, of a verb without a subject or with a pronoun.
    Elided,
    /// The same, where what is counted acts itself.
    Around,
    /// A name elsewhere in the sentence.
    Nearby,
    /// A row's label or a column's head.
    Table,
    /// The quantity before, of which this one is another form: «(347 dólares)».
    Equivalent,
}

impl Source {
    /// As `explain` calls it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Counted => "behind the number",
            Self::CountedBefore => "counted before",
            Self::Governor => "governs the quantity",
            Self::LooseGovernor => "before the quantity",
            Self::Governed => "governed by the quantity",
            Self::Modified => "modified by the quantity",
            Self::Label => "label before the quantity",
            Self::PropertySubject => "property as subject",
            Self::Object => "object of the change",
            Self::Owner => "owner of the measure",
            Self::VerbSubject => "subject of the verb",
            Self::Apposition => "beside a name",
            Self::Topic => "spoken of before",
            Self::Elided => "spoken of before, without a subject here",
            Self::Around => "spoken of before, beside what acts",
            Self::Nearby => "name nearby",
            Self::Table => "label in the table",
            Self::Equivalent => "as the quantity before",
        }
    }

    /// The share of candidates from here that are right, roughly, on the annotated articles.
    fn weight(self) -> f32 {
        match self {
            Self::Table | Self::Counted => 0.95,
            Self::Equivalent => 0.92,
            Self::Owner | Self::Governed | Self::Label => 0.9,
            Self::Governor => 0.88,
            Self::Modified => 0.82,
            Self::VerbSubject | Self::Apposition => 0.8,
            Self::Object => 0.75,
            Self::PropertySubject => 0.7,
            Self::CountedBefore => 0.65,
            Self::Topic => 0.6,
            Self::Elided => 0.45,
            Self::Around => 0.35,
            Self::LooseGovernor => 0.55,
            Self::Nearby => 0.52,
        }
    }
}

/// What speaks for or against a candidate beside its source.
#[derive(Clone, Copy, Debug, Default)]
pub struct Features {
    /// It is a named entity.
    pub named: bool,
    /// Words that say nothing by themselves: «total».
    pub hollow: bool,
    /// Sentences between it and the quantity.
    pub sentences: u8,
    /// Clause borders between it and the quantity.
    pub borders: u8,
}

/// What an empty cell is worth beside filled ones: the doubt that left it empty.
const EMPTY: [(Field, f32); 3] = [(Field::Counted, 0.5), (Field::Measure, 0.8), (Field::Subject, 0.6)];

/// Products of scores, rising, and the share of rows with that product that are right on the annotated articles in all languages
/// (`scripts/calibrate.py` makes the table); between two of them the share is interpolated.
const CALIBRATION: [(f64, f64); 13] = [
    (0.0, 0.0),
    (0.229, 0.032),
    (0.341, 0.127),
    (0.41, 0.265),
    (0.454, 0.354),
    (0.518, 0.519),
    (0.587, 0.63),
    (0.613, 0.683),
    (0.629, 0.72),
    (0.682, 0.72),
    (0.78, 0.74),
    (0.84, 0.92),
    (1.0, 0.98),
];

/// How likely a whole row is right, 0–1, with two decimals: the quantity, and `counted`, `measure` and `subject` right or rightly empty.
///
/// `quantity` is the confidence of the quantity alone, which is returned as it is where the language has no linking.
#[must_use]
pub fn row(quantity: f64, kind: Kind, link: &Link) -> f64 {
    if !link.linked {
        return quantity;
    }
    let product = product(quantity, kind, link);
    let share = CALIBRATION.windows(2).find_map(|pair| match *pair {
        [(from, low), (to, high)] if product <= to => {
            Some(low + (high - low) * (product - from).max(0.0) / (to - from).max(f64::EPSILON))
        }
        _ => None,
    });
    (share.unwrap_or(1.0) * 100.0).round() / 100.0
}

/// The product of the scores that made a row.
fn product(quantity: f64, kind: Kind, link: &Link) -> f64 {
    EMPTY.iter().fold(quantity, |product, (field, empty)| {
        let counts = matches!(kind, Kind::Count | Kind::Ordinal);
        if *field == Field::Counted && !counts {
            return product;
        }
        let weighed = link.weighed(*field);
        let best = weighed.first().map(|candidate| candidate.score).filter(|score| *score >= LEAST);
        // A close second is a doubt.
        let second = weighed.iter().skip(1).find(|c| weighed.first().is_some_and(|first| first.text != c.text));
        let close = best.zip(second).is_some_and(|(best, second)| best - second.score < CLOSE);
        product * f64::from(best.unwrap_or(*empty)) * if close { 0.9 } else { 1.0 }
    })
}

/// A second candidate within this is close.
const CLOSE: f32 = 0.15;

/// Below this a cell stays empty.
pub const LEAST: f32 = 0.5;

/// How likely a candidate is right, 0–1.
#[must_use]
pub fn score(source: Source, features: Features) -> f32 {
    let mut score = source.weight();
    if features.named {
        score += 0.1;
    }
    if features.hollow {
        score -= 0.4;
    }
    score -= 0.1 * f32::from(features.sentences.saturating_sub(1));
    score -= 0.1 * f32::from(features.borders);
    score.clamp(0.0, 1.0)
}
