//! `pack.toml`: what a language switches on.
//!
//! `unit_ten_links = ["und"]` makes «zweiundzwanzig» a number; what a pack does not name stays off and costs nothing.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::error::Error;
use super::load::toml;
use super::source::Source;

/// `pack.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Settings {
    /// English name of the language.
    pub name: String,
    /// Locales that an overlay serves beside its own name: `zh-TW` in the folder `zh-Hant`.
    pub locales: Vec<String>,
    /// In the root pack: other tags of languages, `no` for `nb`.
    pub aliases: BTreeMap<String, String>,
    /// Endings that make digits an ordinal: `º`, `th`.
    pub ordinal_suffixes: Vec<String>,
    /// What `And` joins: `tens` («treinta y uno»), `ones` («vingt et un») or `hundreds` («two hundred and one»).
    pub and_joins: AndJoins,
    /// Hyphens may join all words of a number, connectors too: `deux-cent-vingt-et-un-mille`.
    pub hyphens_join: bool,
    /// Number words may be written as one word: `veintidosmilésimo`.
    pub compounds: bool,
    /// What may stand between the parts of a compound.
    pub compound_links: Vec<String>,
    /// What stands between a unit and the ten behind it, where units come first: `und` in «zweiundzwanzig».
    pub unit_ten_links: Vec<String>,
    /// Accents and vowel signs tell words apart, so that no form is found without them: `năm` is five, `nam` south.
    pub accents_matter: bool,
    /// A full stop behind digits makes an ordinal: `3. Platz`.
    pub ordinal_stop: bool,
    /// Ordinals are no denominators, which have words of their own: `dritte` is third, `Drittel` a third.
    pub own_denominators: bool,
    /// Every noun begins with a capital: a capital makes no name.
    pub capital_nouns: bool,
    /// The finite verb stands second in a main clause and last in others, what hangs on it at the clause's end: «hat … gesteigert».
    pub verb_second: bool,
    /// Adjectives stand before their noun and nowhere else.
    pub adjectives_first: bool,
    /// No blanks part words: they are found in the tables, what is in none is a noun, and clauses are what commas part.
    pub unspaced: bool,
    /// What a measure is of follows it without a word between: «18 Tonnen Papier».
    pub bare_partitives: bool,
    /// What modifies a noun stands before it, nouns and names too, so that the last of several nouns is the head: «fuel costs».
    pub head_last: bool,
    /// Few endings tell verbs from nouns, or a past from a participle: what stands around a word decides («the rise», «they rise»).
    pub verbs_by_context: bool,
    /// Ordinals in the singular are denominators behind number words above one: «twee derde».
    pub singular_denominators: bool,
    /// Endings that make a cardinal inside one word a denominator: `avos`.
    pub denominator_suffixes: Vec<String>,
    /// Digits up to this with a bare degree sign are a rank where nothing speaks of heat: `3°`.
    pub ranked_degrees: u32,
    /// Endings of finite verb forms; no counted noun ends so.
    pub verb_endings: Vec<String>,
    /// The model under `models/` that finds names; the language's own where this is empty.
    pub names_model: String,
    /// Numbers are written in groups of four digits, each number word an ideograph of its own: «三亿五千万».
    pub myriads: bool,
    /// The currency that a family of `currency_families.tsv` means where nothing else says so, instead of the family's own
    /// default: `yuan = "TWD"`.
    pub money_defaults: BTreeMap<String, String>,
    /// The denominator of a rate stands before the number: «每吨5000元».
    pub rates_before: bool,
    /// The order of day, month and year in digits: by region of the source, and under `""` where none is known.
    pub date_order: BTreeMap<String, super::dates::DateOrder>,
    /// Months and weekdays are written small: with a capital they are names.
    pub small_calendar: bool,
    /// Endings of verbs that speak of what is to come, and of what is past.
    pub future_endings: Vec<String>,
    /// The same for the past.
    pub past_endings: Vec<String>,
    /// Endings that plurals have; empty where plurals are not told by their ending.
    pub plural_endings: Vec<String>,
    /// The unit that bare degrees mean: by region of the source, and under `""` where none is known.
    pub degrees: BTreeMap<String, String>,
}

/// The settings of a pack; an overlay's own stand over those of its language, and these over `generated` ones.
pub(crate) fn settings(source: &Source, tag: &str, generated: ::toml::Table) -> Result<Settings, Error> {
    let read = |tag: &str| -> Result<::toml::Table, Error> {
        let file = format!("{tag}/pack.toml");
        let text = source.file(&file).unwrap_or_default();
        // Read as settings first: its errors have a place.
        toml::<Settings>(&file, text)?;
        toml(&file, text)
    };
    let mut settings = generated;
    if let Some((language, _)) = tag.split_once('-') {
        settings.extend(read(language)?);
    }
    settings.extend(read(tag)?);
    let unread = |e: ::toml::de::Error| Error::format(&format!("{tag}/pack.toml"), 1, 1, e.message().to_owned());
    settings.try_into().map_err(unread)
}

/// Where a connector may stand inside a number.
#[derive(Debug, Default, Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum AndJoins {
    /// Between tens and units.
    #[default]
    Tens,
    /// Between tens and one or eleven, all else follows without («vingt et un», «soixante et onze», «vingt-deux»).
    Ones,
    /// After hundreds and scales.
    Hundreds,
    /// Anywhere between parts that fit.
    Both,
}
