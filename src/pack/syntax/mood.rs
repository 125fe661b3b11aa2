//! Verb forms and their moods.
//!
//! «subirá» is `subir` in [`Mood::Future`]; «subido» a [`Mood::Participle`], which has no subject of its own. A form may have several.

use super::Roles;

/// The form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Present or past: something is said to be so.
    Indicative,
    /// «subirá».
    Future,
    /// «subiría».
    Conditional,
    /// «suba».
    Subjunctive,
    /// «subir».
    Infinitive,
    /// «subiendo».
    Gerund,
    /// «subido».
    Participle,
}

impl Mood {
    pub(super) fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "" | "indicative" => Self::Indicative,
            "future" => Self::Future,
            "conditional" => Self::Conditional,
            "subjunctive" => Self::Subjunctive,
            "infinitive" => Self::Infinitive,
            "gerund" => Self::Gerund,
            "participle" => Self::Participle,
            _ => return None,
        })
    }

    /// Whether the form has a subject of its own.
    #[must_use]
    pub fn is_finite(self) -> bool {
        !matches!(self, Self::Infinitive | Self::Gerund | Self::Participle)
    }
}

/// A verb form read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerbForm {
    /// The infinitive.
    pub lemma: Box<str>,
    /// The roles of the verb.
    pub roles: Roles,
    /// Its mood.
    pub mood: Mood,
    /// The lemma is in no table.
    pub guessed: bool,
    /// Only verbs end so: «ganaron».
    pub telling: bool,
    /// All the moods that the form may have.
    pub moods: Moods,
}

/// A set of moods.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moods(u8);

impl Moods {
    pub(super) fn of(mood: Mood) -> Self {
        Self(1 << mood as u8)
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the form may have this mood.
    #[must_use]
    pub fn has(self, mood: Mood) -> bool {
        self.0 & Self::of(mood).0 != 0
    }

    /// Whether the form may have more than one.
    #[must_use]
    pub fn is_ambiguous(self) -> bool {
        self.0.count_ones() > 1
    }

    /// The first of them.
    pub(super) fn first(self) -> Mood {
        let all = [
            Mood::Indicative,
            Mood::Future,
            Mood::Conditional,
            Mood::Subjunctive,
            Mood::Infinitive,
            Mood::Gerund,
            Mood::Participle,
        ];
        all.into_iter().find(|mood| self.has(*mood)).unwrap_or(Mood::Indicative)
    }
}
