//! How good a candidate is: the one place that weighs evidence, so that a learned scorer can take its place.
//!
//! «una pérdida del 1,11 por ciento» offers `pérdida` as the measure from [`Source::Governor`]; the subject of the verb offers itself
//! from [`Source::VerbSubject`]. Each source has a weight, lessened by what speaks against a candidate; the best one above
//! [`LEAST`] wins, and a doubt leaves the cell empty.

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
    /// Whoever the sentences before were about.
    Topic,
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
    score -= 0.05 * f32::from(features.sentences.saturating_sub(1));
    score -= 0.1 * f32::from(features.borders);
    score.clamp(0.0, 1.0)
}
