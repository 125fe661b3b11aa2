//! Language packs: everything the program knows about languages, as data.
//!
//! A pack is a folder under `packs/`: «millones» is a row of `packs/es/numerals.tsv`, «más de» a rule of
//! `packs/es/bounds.toml`, `PetaFLOPS` a row of `packs/units.tsv` and a prefix. Packs are embedded as text and parsed on first
//! use; `--packs DIR` overrides them through the same loader. Nothing here decides what a text means.

mod catalog;
pub mod check;
pub(crate) mod dates;
mod error;
mod extra;
pub mod format;
pub mod lexicon;
mod load;
mod name_words;
pub mod pattern;
mod role;
mod rules;
mod scope;
mod settings;
mod shapes;
mod skeleton;
mod source;
pub mod syntax;
mod table;
mod tables;
mod trigrams;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

pub use catalog::{Catalog, Currency, CurrencyId, Family, FamilyId, MoneyName, NumberFormat, RegionId, Unit, UnitId};
pub use dates::{Calendar, DateOrder};
pub use error::{Error, ErrorKind};
pub use extra::Share;
pub use lexicon::{Classes, Lexicon};
pub use load::Proof;
pub use name_words::{NameRole, NameWords};
pub use role::{NumeralRole, NumeralSense, Sense};
pub use rules::{AnchorForm, Reading, Rule, RuleSet};
pub use scope::Scope;
pub use settings::AndJoins;
pub use shapes::Shapes;
pub use skeleton::{File, Origin, skeleton};
pub use source::{Source, content_hash};

use trigrams::Trigrams;

use crate::numeral::Number;
use crate::text::Symbol;

/// The folder of the root pack, which every language inherits.
pub const ROOT: &str = "und";

/// A part of a currency, or a multiple with a name of its own.
#[derive(Debug, Clone)]
pub struct MoneyPart {
    /// Whose part it may be, the likeliest first.
    pub of: Vec<MoneyName>,
    /// How much of the currency it is.
    pub factor: Number,
    /// It is told in hundredths, whatever it is: «两角» are 20 ¢.
    pub cents: bool,
    /// Slang: needs the country's own text.
    pub colloquial: bool,
    /// The word is a number too, but more often the coin: «34 centesimi».
    pub usual: bool,
}

/// An abbreviation behind digits that multiplies them: `k`, `bn`.
#[derive(Debug, Clone, Copy)]
pub struct ScaleSymbol {
    /// The factor.
    pub value: Number,
    /// Only without a space.
    pub glued_only: bool,
    /// Only beside a currency.
    pub money_only: bool,
    /// Only behind this much or more: `10G`, but not the network `5G`.
    pub least: Number,
    /// Written with a full stop: «5 mld. Kč».
    pub dotted: bool,
}

impl ScaleSymbol {
    /// The symbol of a value, by the word for its place in the tables.
    fn at(place: &str, value: Number) -> Option<Self> {
        let any = Self { value, glued_only: false, money_only: false, least: Number::ZERO, dotted: false };
        Some(match place {
            "any" => any,
            "glued" => Self { glued_only: true, ..any },
            "money" => Self { money_only: true, ..any },
            "big" => Self { least: Number::from(10), ..any },
            _ => return None,
        })
    }
}

/// What an ending makes of the number that it stands behind in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// A measure: `zweijährig`.
    Unit(UnitId),
    /// A count: `dreimal`.
    Count,
    /// A multiple: `zehnfach`.
    Ratio,
    /// A rank, behind an ordinal: `drittgrößte`.
    Ordinal,
}

/// The words of a range: «entre … y …».
#[derive(Debug, Clone)]
pub struct Range {
    /// Any of these must stand before the first number; none where empty.
    pub before: Vec<Symbol>,
    /// One of these must stand between the numbers.
    pub between: Vec<Vec<Symbol>>,
    /// The ends are always two levels of a change: «van 3 naar 5».
    pub change: bool,
    /// One of these must stand behind the second number; none where empty: «20和30之间».
    pub behind: Vec<Vec<Symbol>>,
}

/// A language pack, parsed.
#[derive(Debug)]
pub struct Pack {
    tag: Box<str>,
    settings: settings::Settings,
    /// How the language writes numbers where no locale says otherwise.
    pub format: NumberFormat,
    /// The classes that mechanisms ask for.
    pub scope: Scope,
    /// Its words.
    pub lexicon: Lexicon,
    /// Parts of currencies, by [`Sense::Minor`].
    pub parts: Vec<MoneyPart>,
    /// Ratios, by [`Sense::Ratio`].
    pub ratios: Vec<Number>,
    endings: Vec<(Box<str>, Ending)>,
    /// What is counted may stand inside a share: «un Français sur trois».
    pub counted_over: bool,
    /// Units with a factor, by [`Sense::Share`] and [`Sense::Before`].
    pub shares: Vec<Share>,
    scale_symbols: FxHashMap<Box<str>, ScaleSymbol>,
    /// The first and last three bytes that a compound may have, lower-cased.
    compound_starts: Trigrams,
    compound_ends: Trigrams,
    /// Bounds around quantities.
    pub bounds: RuleSet,
    /// What a number is, by the words around it.
    pub readings: RuleSet,
    /// The words of the calendar and the rules of dates.
    pub calendar: Calendar,
    /// The words of ranges.
    pub ranges: Vec<Range>,
    /// Words that say what a name is.
    pub name_words: NameWords,
    /// Word classes and verbs, for linking.
    pub syntax: syntax::Syntax,
    /// How far its number words are proven, where they are generated.
    pub proof: Proof,
}

impl Pack {
    /// The language tag, `und` for the root pack.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The language's English name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.settings.name
    }

    /// The model that finds names in this language: `es`.
    #[must_use]
    pub fn names_model(&self) -> &str {
        let own = self.tag.split('-').next().unwrap_or_default();
        if self.settings.names_model.is_empty() { own } else { &self.settings.names_model }
    }

    /// Endings that make digits an ordinal; before an ending the digit it needs: `1st`.
    #[must_use]
    pub fn ordinal_suffixes(&self) -> &[String] {
        &self.settings.ordinal_suffixes
    }

    /// Where a connector may stand inside a number.
    #[must_use]
    pub fn and_joins(&self) -> AndJoins {
        self.settings.and_joins
    }

    /// Whether hyphens may join all words of a number.
    #[must_use]
    pub fn hyphens_join(&self) -> bool {
        self.settings.hyphens_join
    }

    /// Whether number words may be written as one, and what may link their parts.
    #[must_use]
    pub fn compound_links(&self) -> Option<&[String]> {
        self.settings.compounds.then_some(&self.settings.compound_links)
    }

    /// Digits up to this with a bare degree sign are a rank where nothing speaks of heat.
    #[must_use]
    pub fn ranked_degrees(&self) -> u32 {
        self.settings.ranked_degrees
    }

    /// What stands between a unit and the ten behind it, as in «zweiundzwanzig»; empty where tens come first.
    #[must_use]
    pub fn unit_ten_links(&self) -> &[String] {
        &self.settings.unit_ten_links
    }

    /// Whether a full stop behind digits may make them an ordinal.
    #[must_use]
    pub fn ordinal_stop(&self) -> bool {
        self.settings.ordinal_stop
    }

    /// Whether denominators have words of their own, so that ordinals are none.
    #[must_use]
    pub fn own_denominators(&self) -> bool {
        self.settings.own_denominators
    }

    /// Whether every noun begins with a capital, so that a capital makes no name.
    #[must_use]
    pub fn capital_nouns(&self) -> bool {
        self.settings.capital_nouns
    }

    /// Whether the finite verb stands second in a main clause and last in others.
    #[must_use]
    pub fn verb_second(&self) -> bool {
        self.settings.verb_second
    }

    /// Whether adjectives stand before their noun and nowhere else.
    #[must_use]
    pub fn adjectives_first(&self) -> bool {
        self.settings.adjectives_first
    }

    /// Whether no blanks part words.
    #[must_use]
    pub fn unspaced(&self) -> bool {
        self.settings.unspaced
    }

    /// Whether what a measure is of follows it without a word between.
    #[must_use]
    pub fn bare_partitives(&self) -> bool {
        self.settings.bare_partitives
    }

    /// Whether the last of several nouns is the head.
    #[must_use]
    pub fn head_last(&self) -> bool {
        self.settings.head_last
    }

    /// Whether it takes what stands around a word to tell a verb.
    #[must_use]
    pub fn verbs_by_context(&self) -> bool {
        self.settings.verbs_by_context
    }

    /// Whether a word begins and ends as number words do: a quick test that rules out nearly all other words.
    #[must_use]
    pub fn may_be_compound(&self, word: &str) -> bool {
        let fits = |word: &str| {
            lexicon::edges_of(word)
                .is_some_and(|(start, end)| self.compound_ends.contains(end) && self.compound_starts.contains(start))
        };
        // A soft hyphen begins with this byte, as few other letters do.
        let soft = || memchr::memchr(0xC2, word.as_bytes()).is_some() && word.contains('\u{AD}');
        fits(word) || soft() && fits(&word.replace('\u{AD}', ""))
    }

    /// Endings that number words take on in one word, the longest first.
    #[must_use]
    pub fn endings(&self) -> &[(Box<str>, Ending)] {
        &self.endings
    }

    /// Whether ordinals in the singular are denominators behind number words above one: «twee derde».
    #[must_use]
    pub fn singular_denominators(&self) -> bool {
        self.settings.singular_denominators
    }

    /// Whether numbers are written in groups of four digits.
    #[must_use]
    pub fn myriads(&self) -> bool {
        self.settings.myriads
    }

    /// The currency that a family means in this language where nothing else says so, if it says.
    #[must_use]
    pub fn money_default(&self, family: &str) -> Option<&str> {
        self.settings.money_defaults.get(family).map(String::as_str)
    }

    /// Whether the denominator of a rate stands before the number.
    #[must_use]
    pub fn rates_before(&self) -> bool {
        self.settings.rates_before
    }

    /// Endings that make a cardinal inside one word a denominator.
    #[must_use]
    pub fn denominator_suffixes(&self) -> &[String] {
        &self.settings.denominator_suffixes
    }

    /// Whether a word opens an interval even behind a verb of change: «entre».
    #[must_use]
    pub fn is_interval(&self, word: Symbol) -> bool {
        self.lexicon.classes(word) & self.scope.interval != 0
    }

    /// Whether a word ends as only finite verb forms do.
    #[must_use]
    pub fn is_verb_ending(&self, word: &str) -> bool {
        self.settings.verb_endings.iter().any(|ending| word.len() > ending.len() + 1 && word.ends_with(ending.as_str()))
    }

    /// Whether a word may be a plural, as what is counted by more than one must be. True where the pack does not say.
    #[must_use]
    pub fn is_plural(&self, word: &str) -> bool {
        let endings = &self.settings.plural_endings;
        endings.is_empty() || endings.iter().any(|ending| word.ends_with(ending.as_str()))
    }

    /// The order of dates in digits in a region (ISO 3166), `""` where none is known.
    #[must_use]
    pub fn date_order(&self, region: &str) -> DateOrder {
        let orders = &self.settings.date_order;
        orders.get(region).or_else(|| orders.get("")).copied().unwrap_or_default()
    }

    /// Whether months and weekdays are written small.
    pub(crate) fn small_calendar(&self) -> bool {
        self.settings.small_calendar
    }

    /// Whether the endings of verbs tell what a sentence speaks of.
    pub(crate) fn has_tenses(&self) -> bool {
        !self.settings.future_endings.is_empty() || !self.settings.past_endings.is_empty()
    }

    /// Whether a word ends as verbs that speak of what is to come.
    pub(crate) fn is_future_ending(&self, word: &str) -> bool {
        self.settings.future_endings.iter().any(|e| word.ends_with(e.as_str()))
    }

    /// Whether a word ends as verbs that speak of what is past.
    pub(crate) fn is_past_ending(&self, word: &str) -> bool {
        self.settings.past_endings.iter().any(|e| word.len() > e.len() + 1 && word.ends_with(e.as_str()))
    }

    /// The unit of bare degrees in a region (ISO 3166), `""` where none is known.
    #[must_use]
    pub fn degrees(&self, region: &str) -> Option<&str> {
        self.settings.degrees.get(region).map(String::as_str)
    }

    /// The scale that an abbreviation stands for; case matters.
    #[must_use]
    pub fn scale_symbol(&self, symbol: &str) -> Option<ScaleSymbol> {
        self.scale_symbols.get(symbol).copied()
    }
}

/// All packs, each parsed on first use.
#[derive(Debug)]
pub struct Packs {
    source: Source,
    catalog: Catalog,
    packs: BTreeMap<Box<str>, OnceLock<Arc<Pack>>>,
    /// The overlay that serves a locale beside the one of its own name: `zh-TW` is read by `zh-Hant`.
    served: BTreeMap<Box<str>, Box<str>>,
}

impl Packs {
    /// Opens the packs of a source and reads what is common to all.
    ///
    /// # Errors
    /// If a language-neutral table or the root pack is broken.
    pub fn open(source: Source) -> Result<Self, Error> {
        let catalog = Catalog::load(&source)?;
        let packs = source.tags().map(|tag| (tag.into(), OnceLock::new())).collect();
        let mut served: BTreeMap<Box<str>, Box<str>> = BTreeMap::new();
        let aliases = settings::settings(&source, ROOT, toml::Table::new())?.aliases;
        served.extend(aliases.into_iter().map(|(alias, tag)| (alias.into(), tag.into())));
        for overlay in source.tags().filter(|tag| tag.contains('-')) {
            let locales = settings::settings(&source, overlay, toml::Table::new())?.locales;
            served.extend(locales.into_iter().map(|locale| (locale.into(), overlay.into())));
        }
        let packs = Self { source, catalog, packs, served };
        packs.get(ROOT)?;
        Ok(packs)
    }

    /// The pack of a language tag: the overlay of its locale (`zh-Hant` for `zh-TW`), else that of its language (`es` for
    /// `es-MX`), else the root pack. Case does not matter, `_` does for `-`.
    ///
    /// # Errors
    /// If the pack is broken.
    pub fn get(&self, tag: &str) -> Result<Arc<Pack>, Error> {
        let Some((name, slot)) = self.packs.get_key_value(self.resolve(tag)) else {
            return self.load(ROOT).map(Arc::new);
        };
        if let Some(pack) = slot.get() {
            return Ok(Arc::clone(pack));
        }
        let pack = Arc::new(self.load(name)?);
        Ok(Arc::clone(slot.get_or_init(|| pack)))
    }

    /// The name of the pack that reads a tag.
    fn resolve(&self, tag: &str) -> &str {
        let tag = canonical(tag);
        let mut tag = tag.as_str();
        loop {
            let found = self.packs.get_key_value(tag).map(|(name, _)| name);
            if let Some(name) = found.or_else(|| self.served.get(tag)) {
                return name;
            }
            match tag.rsplit_once('-') {
                Some((shorter, _)) => tag = shorter,
                None => return ROOT,
            }
        }
    }

    /// The pack of a tag, or the first of its errors.
    fn load(&self, tag: &str) -> Result<Pack, Error> {
        load::Loader::load(&self.source, &self.catalog, tag).map_err(|mut errors| errors.swap_remove(0))
    }

    /// A content hash of each pack's files, by tag (64 bits in hexadecimal): two runs with the same hashes read alike.
    #[must_use]
    pub fn hashes(&self) -> BTreeMap<String, String> {
        let common = self.source.files_of("").map(|(_, text)| text);
        let common: Vec<&str> = common.collect();
        self.packs
            .keys()
            .map(|tag| {
                let files = self.source.files_of(tag).flat_map(|(name, text)| [name, text]);
                // A zero byte closes each part.
                let bytes = common.iter().copied().chain(files).flat_map(|part| part.bytes().chain([0]));
                (tag.to_string(), content_hash(bytes))
            })
            .collect()
    }

    /// Units, currencies and regions.
    #[must_use]
    pub fn catalog(&self) -> &Catalog {
        &self.catalog
    }

    /// The files.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The tags of all packs but the root.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.packs.keys().map(AsRef::as_ref).filter(|tag| *tag != ROOT)
    }
}

/// A language tag as BCP 47 writes it: `zh_hant_tw` becomes `zh-Hant-TW`.
#[must_use]
pub fn canonical(tag: &str) -> String {
    let mut out = String::with_capacity(tag.len());
    for (index, part) in tag.split(['-', '_']).enumerate() {
        let lower = part.to_ascii_lowercase();
        match (index, part.len()) {
            (0, _) => out.push_str(&lower),
            (_, 2) => out.extend(["-", &part.to_ascii_uppercase()]),
            (_, 4) => {
                let (first, rest) = lower.split_at_checked(1).unwrap_or(("", &lower));
                out.extend(["-", &first.to_ascii_uppercase(), rest]);
            }
            _ => out.extend(["-", &lower]),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail by panic")]
    use super::*;

    #[test]
    fn tags_are_written_in_one_way() {
        for (given, canonical_form) in
            [("es", "es"), ("ES_mx", "es-MX"), ("zh-hant-tw", "zh-Hant-TW"), ("es-419", "es-419"), ("", "")]
        {
            assert_eq!(canonical(given), canonical_form);
        }
    }

    #[test]
    fn an_overlay_stands_over_its_language() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write("xx/pack.toml", "name = \"Example\"\ncompounds = true");
        write("xx/numerals.tsv", "zig\t1e6\tscale\nzag\t2\tadd\n");
        write("xx/units.tsv", "km\tkilo\n");
        write("xx-Over/pack.toml", "name = \"Example, elsewhere\"\nlocales = [\"xx-AA\"]");
        write("xx-Over/numerals.tsv", "zig\t1e12\tscale\n");
        write("xx-Over/units.tsv", "kg\tkilo\n");
        let packs = Packs::open(Source::with_folder(folder.path()).unwrap()).unwrap();
        let value = |tag: &str, word: &str| {
            let pack = packs.get(tag).unwrap();
            let symbol = crate::text::Lookup::symbol(&pack.lexicon, word);
            pack.lexicon.numeral(symbol).iter().map(|s| s.value.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(value("xx", "zig"), ["1000000"]);
        assert_eq!(value("xx-BB", "zig"), ["1000000"]);
        assert_eq!(value("xx_aa", "zig"), ["1000000000000"]);
        assert_eq!(value("xx-Over", "zag"), ["2"]);
        let over = packs.get("xx-AA").unwrap();
        assert_eq!((over.tag(), over.name()), ("xx-Over", "Example, elsewhere"));
        assert!(over.compound_links().is_some(), "settings that an overlay leaves out are its language's");
        let names = over.lexicon.names();
        let unit = names.iter().find(|(form, _)| form == "kilo").unwrap();
        assert_eq!(unit.1, [Sense::Unit(packs.catalog().unit_by_code("kg").unwrap())]);
        assert_eq!(packs.get("yy-AA").unwrap().tag(), ROOT);
    }
}
