//! The word classes that mechanisms ask for by name.
//!
//! The row `of` → `de` of `classes.tsv` sets the bit that [`Scope::of`] holds as `of`; a pack without the class has no bit, and the
//! mechanism never holds.

use super::lexicon::{Classes, Lexicon};

/// The classes that the mechanisms themselves ask for, by name; zero where a pack lacks them.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scope {
    /// Articles and determiners.
    pub article: Classes,
    /// Closed-class words that no counted noun begins with.
    pub function: Classes,
    /// Verb forms of `verbs.tsv` and common finite forms.
    pub verb: Classes,
    /// Verbs of change, after which «de 3 a 5» is no range.
    pub change: Classes,
    /// `y`, `and`.
    pub and: Classes,
    /// `o`, `or`.
    pub or: Classes,
    /// `but`: joins two bounds on one thing.
    pub but: Classes,
    /// `de`, `of`.
    pub of: Classes,
    /// `por`, `per`, `/`: opens the denominator of a unit.
    pub per: Classes,
    /// Words about weather and heat.
    pub temperature: Classes,
    /// Words that a full stop may follow inside a sentence.
    pub abbreviation: Classes,
    /// Words such as «unos» before the second end of a range.
    pub about: Classes,
    /// Words that say that a weight is meant.
    pub weight: Classes,
    /// Words about turning and directions.
    pub angle: Classes,
    /// Joins a smaller unit: `con`.
    pub with: Classes,
    /// Articles that a percentage takes: «frente al 31,92».
    pub singular_article: Classes,
    /// Words that compare two amounts.
    pub compared: Classes,
    /// What may stand behind an amount that stands for a noun.
    pub relative: Classes,
    /// Words that bounds are made of.
    pub bounding: Classes,
    /// Opens the heading of a table: «en dólares».
    pub inside: Classes,
    /// Words before «menos» that make it a comparison.
    pub minus_blocker: Classes,
    /// Opens an interval even behind a verb of change.
    pub interval: Classes,
    /// Words about games and votes, where `2-3` is a score.
    pub contest: Classes,
    /// Words about earthquakes, whose degrees measure no heat.
    pub quake: Classes,
    /// Parts the two sides of a score: «2 a 1», `3x0`.
    pub score: Classes,
    /// Stands before a clock time: «a las».
    pub clock_opener: Classes,
    /// Halves of the day: `am`, `pm`.
    pub half_day: Classes,
    /// Stands behind a clock time: «horas», «h».
    pub clock: Classes,
    /// Word parts that a hyphen joins to digits.
    pub prefix: Classes,
    /// Adjectives between a number and its unit.
    pub filler: Classes,
    /// Units that are also everyday words.
    pub common: Classes,
    /// Words that make a duration a point in time.
    pub offset: Classes,
    /// Nouns that are counted by the million.
    pub many: Classes,
    /// Words between a verb of change and a level it reached or left: «a», «hasta».
    pub level: Classes,
    /// Months and weekdays.
    pub calendar: Classes,
    /// Months.
    pub month: Classes,
    /// Articles and other words before an ordinal: «der 3. Platz».
    pub ordinal_opener: Classes,
    /// Inhabitants and adjectives of places.
    pub demonym: Classes,
    /// Measure words and what is counted without one: a number word of one character counts before these.
    pub classifier: Classes,
    /// «Some odd» inside and behind numbers: «多», «余».
    pub odd: Classes,
    /// Number words that are everyday words when they stand alone: «陆».
    pub formal: Classes,
    /// Behind these digits are spelled one by one: «八五折», «九八年».
    pub spelled: Classes,
    /// Units behind which a bare digit is a decimal: «三米九».
    pub tailed: Classes,
    /// Units only beside another of their dimension: «两小时十分».
    pub beside: Classes,
    /// «Several» before a ten, hundred or scale: «数百».
    pub vague: Classes,
    /// «年»: digits before it may be spelled.
    pub year: Classes,
    /// Number words that open a number and go on in none: «两».
    pub coefficient: Classes,
    /// Words of sentences about what is past.
    pub past: Classes,
    /// Words of sentences about what is to come.
    pub future: Classes,
    /// Adjectives of size after a weak unit: «thick».
    pub size: Classes,
}

impl Scope {
    pub(crate) fn of(lexicon: &Lexicon) -> Self {
        let class = |name| lexicon.class(name);
        Self {
            article: class("article"),
            function: class("function"),
            verb: class("verb"),
            change: class("change"),
            and: class("and"),
            or: class("or"),
            but: class("but"),
            of: class("of"),
            per: class("per"),
            temperature: class("temperature"),
            abbreviation: class("abbreviation"),
            about: class("about"),
            weight: class("weight"),
            angle: class("angle"),
            with: class("with"),
            singular_article: class("singular-article"),
            compared: class("compared"),
            relative: class("relative"),
            bounding: class("bounding"),
            inside: class("in"),
            minus_blocker: class("minus-blocker"),
            interval: class("interval"),
            contest: class("contest"),
            quake: class("quake"),
            score: class("score"),
            clock_opener: class("clock-opener"),
            half_day: class("ampm"),
            clock: class("clock"),
            prefix: class("prefix"),
            filler: class("filler"),
            common: class("common"),
            offset: class("offset"),
            many: class("many"),
            level: class("level"),
            calendar: class("month") | class("weekday"),
            month: class("month"),
            ordinal_opener: class("ordinal-opener"),
            demonym: class("demonym"),
            classifier: class("classifier"),
            odd: class("odd"),
            formal: class("formal"),
            spelled: class("spelled"),
            tailed: class("tailed"),
            beside: class("beside"),
            coefficient: class("coefficient"),
            vague: class("vague"),
            year: class("year"),
            size: class("size"),
            past: class("past"),
            future: class("future"),
        }
    }
}
