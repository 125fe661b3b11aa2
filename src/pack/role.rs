//! What the words of a pack do: the roles of number words, and the things that names stand for.
//!
//! `millones` has the role [`NumeralRole::PluralScale`] with the value 10^6; «puntos porcentuales» the sense [`Sense::Unit`].

/// What a numeral word does when numbers are read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NumeralRole {
    /// Adds its value where it fits below what stands before: `siete`, `cuarenta`, `doscientos`.
    Add,
    /// Adds, and takes what is below twenty behind it: `soixante`.
    Vigesimal,
    /// Makes its value of the unit that it multiplies by twenty: `vingt` in `quatre-vingts` has 80.
    Score,
    /// An ordinal that does so: `vingtième` in `quatre-vingtième`.
    OrdinalScore,
    /// Multiplies the group before it: `hundred`.
    Hundred,
    /// Its plural, which needs a count in words before it: `deux cents`, but `50 cents` are money.
    PluralHundred,
    /// Multiplies everything before it that is smaller: `mil`, `millones`.
    Scale,
    /// A scale that needs a count before it, being a plural: `millones` in «millones de personas» is no number.
    PluralScale,
    /// Value 1 only before a scale, a fraction or a unit: `un`, `a`.
    Article,
    /// An article that begins a number and never goes on in one: «a hundred», but not «thousand a».
    Determiner,
    /// A counted noun with a value: `docena`.
    Noun,
    /// Its plural, which needs a count before it: `docenas`.
    PluralNoun,
    /// Joins parts of a number: `y`, `and`.
    And,
    /// The decimal mark in words: `coma`, `point`.
    Point,
    /// The decimal mark only between two numbers in words: `con`.
    WeakPoint,
    /// The sign in words: `minus`, `negativo`.
    Minus,
    /// A word that is a sign only apart from comparisons: `menos`, but not in «al menos 20».
    WeakMinus,
    /// A half, as a part of another number: `medio`.
    Half,
    /// A denominator in the singular: `tercio`.
    Fraction,
    /// A denominator in the plural, which needs a count before it: `tercios`.
    PluralFraction,
    /// Makes the cardinal before it a denominator: `avos`.
    Denominator,
    /// An ordinal that adds: `tercero`, `vigésimo`.
    Ordinal,
    /// Its plural, which after a count is a denominator: `fifths`.
    PluralOrdinal,
    /// An ordinal that is also an everyday word, and counts only behind other parts: `andra` in «tjugoandra».
    WeakOrdinal,
    /// An ordinal that multiplies: `milésimo`, `hundredth`.
    OrdinalScale,
    /// Its plural: `milésimas`.
    PluralOrdinalScale,
    /// Makes the number behind it an ordinal: «第».
    OrdinalPrefix,
}

impl NumeralRole {
    /// The roles by their names in `numerals.tsv`.
    const NAMES: [(&'static str, Self); 27] = [
        ("add", Self::Add),
        ("vigesimal", Self::Vigesimal),
        ("score", Self::Score),
        ("ordinal-score", Self::OrdinalScore),
        ("hundred", Self::Hundred),
        ("hundred-plural", Self::PluralHundred),
        ("scale", Self::Scale),
        ("scale-plural", Self::PluralScale),
        ("article", Self::Article),
        ("determiner", Self::Determiner),
        ("noun", Self::Noun),
        ("noun-plural", Self::PluralNoun),
        ("and", Self::And),
        ("point", Self::Point),
        ("point-weak", Self::WeakPoint),
        ("minus", Self::Minus),
        ("minus-weak", Self::WeakMinus),
        ("half", Self::Half),
        ("fraction", Self::Fraction),
        ("fraction-plural", Self::PluralFraction),
        ("denominator", Self::Denominator),
        ("ordinal", Self::Ordinal),
        ("ordinal-plural", Self::PluralOrdinal),
        ("ordinal-weak", Self::WeakOrdinal),
        ("ordinal-scale", Self::OrdinalScale),
        ("ordinal-scale-plural", Self::PluralOrdinalScale),
        ("ordinal-prefix", Self::OrdinalPrefix),
    ];

    /// The role with a name.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, role)| *role)
    }

    /// Its name in `numerals.tsv`.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, role)| *role == self).map_or("", |(name, _)| name)
    }
}

/// One reading of a numeral word.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumeralSense {
    /// What it does.
    pub role: NumeralRole,
    /// Its value; one for the roles that have none.
    pub value: crate::numeral::Number,
}

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// A unit of measure.
    Unit(super::UnitId),
    /// A currency.
    Currency(super::CurrencyId),
    /// A name that several currencies share.
    Family(super::FamilyId),
    /// A part of a currency.
    Minor(u16),
    /// A ratio in words: `la mitad`, `twice`. Index into the pack's ratios.
    Ratio(u16),
    /// A name that says how many of a unit the number counts: «成». Index into the pack's shares.
    Share(u16),
    /// A unit that stands before its number: «百分之». Index into the pack's shares.
    Before(u16),
    /// A rate in one word: `diarios`, `annually`.
    Rate(super::UnitId),
    /// Divides the number before it by the one behind it: `de cada`, `out of`.
    Over,
    /// Divides only what can be a share: «one in five».
    WeakOver,
    /// Does so also across what is counted: «un Français sur trois».
    CountedOver,
    /// Divides the number behind it by the one before it: «分之».
    Under,
    /// Does so only with a one behind it and a unit behind that.
    WeakUnder,
    /// A name that holds a number but is no quantity: `primera división`.
    Name,
    /// A country, by name, demonym or city. Index into the regions.
    Place(super::RegionId),
}

impl Sense {
    /// Whether it is a unit, or so much of one with a name of its own: `kwartier`, 15 min.
    #[must_use]
    pub fn is_unit(self) -> bool {
        matches!(self, Self::Unit(_) | Self::Share(_))
    }
}
