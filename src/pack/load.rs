//! Builds a [`Pack`] from its folder: the root pack's tables first, then the language's own.
//!
//! Loading `es` reads `und/*.tsv`, then `es/pack.toml`, `es/cldr.toml`, `es/numerals.tsv` and so on; every file but
//! `pack.toml` may be missing.

mod date_files;
mod rule_files;

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::catalog::{Catalog, MoneyName};
use super::dates::{self, Calendar};
use super::error::Error;
use super::extra::Share;
use super::lexicon::Builder;
use super::name_words::NameWords;
use super::rules::{self, RuleSet};
use super::settings::settings;
use super::source::Source;
use super::syntax::Syntax;
use super::table;
use super::trigrams::Trigrams;
use super::{Ending, MoneyPart, Pack, ScaleSymbol, Scope};
use super::{NumeralRole, NumeralSense, Sense};
use crate::numeral::Number;
use crate::text::Symbol;

/// Reads a TOML file of a pack.
pub(crate) fn toml<T: for<'de> Deserialize<'de>>(file: &str, text: &str) -> Result<T, Error> {
    ::toml::from_str(text).map_err(|e| {
        let at = e.span().map_or(0, |s| s.start);
        let before = text.get(..at).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Error::format(file, line, column, e.message().to_owned())
    })
}

/// The part of `cldr.toml` that names things.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Cldr {
    currencies: BTreeMap<String, Vec<String>>,
    days: BTreeMap<String, Vec<String>>,
    months: BTreeMap<String, Vec<String>>,
    /// By role and value; read where there is no `numerals.tsv`.
    numerals: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// Settings that these numerals need.
    numeral_settings: ::toml::Table,
    /// What of them is proven.
    numeral_proof: Proof,
    /// By place and value; read where there is no `scale_symbols.tsv`.
    scale_symbols: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    prefixes: BTreeMap<String, Vec<String>>,
    territories: BTreeMap<String, Vec<String>>,
    units: BTreeMap<String, Vec<String>>,
}

/// How far generated number words are proven: every number up to there was spelled by CLDR's rules and read back.
#[derive(Debug, Default, Deserialize, Clone)]
#[serde(default)]
pub struct Proof {
    /// The greatest power of ten below which cardinals are read, as in `1e15`; empty where there are none.
    pub cardinals: String,
    /// The same for ordinals.
    pub ordinals: String,
}

/// One table of a pack being read.
type Step<'s, L> = dyn Fn(&mut L) -> Result<(), Error> + 's;

pub(crate) struct Loader<'a> {
    source: &'a Source,
    pub(super) catalog: &'a Catalog,
    pub(super) builder: Builder,
    parts: Vec<MoneyPart>,
    ratios: Vec<Number>,
    pub(super) calendar: Calendar,
    counted_over: bool,
    scale_symbols: FxHashMap<Box<str>, ScaleSymbol>,
    verbs: BTreeMap<String, Vec<Symbol>>,
    verb_forms: BTreeMap<String, Vec<String>>,
    endings: Vec<(String, Vec<String>)>,
    generated: ::toml::Table,
    proof: Proof,
    number_endings: Vec<(Box<str>, Ending)>,
    syntax: Syntax,
    pub(super) shares: Vec<Share>,
    pub(super) errors: Vec<Error>,
}

impl<'a> Loader<'a> {
    /// The pack of `tag`, on top of the root pack.
    ///
    /// # Errors
    /// All that is wrong with it, at least one.
    pub fn load(source: &'a Source, catalog: &'a Catalog, tag: &str) -> Result<Pack, Vec<Error>> {
        let mut loader = Self {
            source,
            catalog,
            builder: Builder::new(),
            parts: Vec::new(),
            ratios: Vec::new(),
            calendar: Calendar::default(),
            counted_over: false,
            scale_symbols: FxHashMap::default(),
            verbs: BTreeMap::new(),
            verb_forms: BTreeMap::new(),
            endings: Vec::new(),
            number_endings: Vec::new(),
            syntax: Syntax::default(),
            shares: Vec::new(),
            generated: ::toml::Table::new(),
            proof: Proof::default(),
            errors: Vec::new(),
        };
        let mut folders = vec![super::ROOT];
        folders.extend(tag.split_once('-').map(|(language, _)| language));
        folders.extend((tag != super::ROOT).then_some(tag));
        // How words are told from each other, their tables ask for already.
        loader.syntax.unspaced = settings(source, tag, ::toml::Table::new()).is_ok_and(|settings| settings.unspaced);
        for folder in &folders {
            loader.builder.replace(tag.contains('-') && *folder == tag);
            loader.folder(folder);
        }
        let generated = std::mem::take(&mut loader.generated);
        let settings = loader.note(settings(source, tag, generated)).unwrap_or_default();
        let mut bounds = RuleSet::default();
        let mut readings = RuleSet::default();
        let mut ranges = Vec::new();
        for folder in &folders {
            for (name, set) in [(rules::BOUNDS, &mut bounds), (rules::READINGS, &mut readings)] {
                let read = loader.rules(&format!("{folder}/{name}"), set);
                loader.note(read);
            }
            let read = loader.ranges(&format!("{folder}/ranges.tsv"), &mut ranges);
            loader.note(read);
        }
        // Of two that read the same words the language's own counts.
        for folder in folders.iter().rev() {
            let read = loader.date_rules(&format!("{folder}/{}", dates::DATES));
            loader.note(read);
        }
        let format = catalog.number_format(tag).unwrap_or(super::NumberFormat { decimal: '.', group: ',' });
        let builder = std::mem::replace(&mut loader.builder, Builder::new());
        let mut lexicon = builder.finish(settings.accents_matter);
        let mut name_words = NameWords::default();
        for folder in &folders {
            let file = format!("{folder}/entities.tsv");
            for row in loader.note(table::rows(&file, loader.text(&file), 2, 3)).unwrap_or_default() {
                let read = name_words.add(&row, &lexicon);
                loader.note(read);
            }
        }
        if !loader.errors.is_empty() {
            return Err(loader.errors);
        }
        let scope = Scope::of(&lexicon);
        let (mut compound_starts, mut compound_ends) = lexicon.numeral_edges();
        let links = settings.compound_links.iter().chain(&settings.unit_ten_links).map(String::as_str);
        let (short_starts, short_ends) = lexicon.short_edges(links);
        compound_starts.extend(short_starts);
        compound_ends.extend(short_ends);
        for suffix in &settings.denominator_suffixes {
            // Two letters of ending are shared by too many words: take them with each letter a number ends in.
            compound_ends.extend(lexicon.ends_before(suffix));
        }
        // The longest ending first: `jährigen` before `igen`.
        loader.number_endings.sort_by(|(a, _), (b, _)| (b.len(), a).cmp(&(a.len(), b)));
        compound_ends
            .extend(loader.number_endings.iter().filter_map(|(e, _)| super::lexicon::edges_of(e)).map(|e| e.1));
        let (compound_starts, compound_ends) = (Trigrams::new(compound_starts), Trigrams::new(compound_ends));
        if settings.compounds {
            let looks = |(start, end)| compound_starts.contains(start) && compound_ends.contains(end);
            lexicon.mark_compounds(|form| super::lexicon::edges_of(form).is_some_and(looks));
        }
        Ok(Pack {
            compound_starts,
            compound_ends,
            tag: tag.into(),
            settings,
            format,
            scope,
            lexicon,
            parts: loader.parts,
            ratios: loader.ratios,
            calendar: loader.calendar,
            endings: loader.number_endings,
            counted_over: loader.counted_over,
            shares: loader.shares,
            scale_symbols: loader.scale_symbols,
            bounds,
            readings,
            ranges,
            name_words,
            proof: loader.proof,
            syntax: loader.syntax,
        })
    }

    pub(super) fn text(&self, file: &str) -> &'a str {
        self.source.file(file).unwrap_or_default()
    }

    /// Keeps an error for the end, so that all of them are told.
    fn note<T>(&mut self, result: Result<T, Error>) -> Option<T> {
        result.map_err(|error| self.errors.push(error)).ok()
    }

    fn folder(&mut self, folder: &str) {
        let file = |name: &str| format!("{folder}/{name}");
        let cldr = if folder == super::ROOT {
            Cldr::default()
        } else {
            let read = toml(&file("cldr.toml"), self.text(&file("cldr.toml")));
            let mut cldr: Cldr = self.note(read).unwrap_or_default();
            let read = self.drop_forms(&file("dropped.tsv"), &mut cldr);
            self.note(read);
            cldr
        };
        // Settings and proof hold for number words by hand too: they begin as these, and are mended.
        self.generated.extend(cldr.numeral_settings.clone());
        if !cldr.numeral_proof.cardinals.is_empty() {
            self.proof = cldr.numeral_proof.clone();
        }
        if self.source.file(&file("numerals.tsv")).is_none() {
            let read = self.generated_numerals(&file("cldr.toml"), &cldr);
            self.note(read);
        }
        if self.source.file(&file("scale_symbols.tsv")).is_none() {
            let read = self.generated_scales(&file("cldr.toml"), &cldr);
            self.note(read);
        }
        let steps: [&Step<'_, Self>; 6] = [
            &|l| l.variants(&file("variants.tsv")),
            &|l| l.numerals(&file("numerals.tsv")),
            &|l| l.scales(&file("scale_symbols.tsv")),
            &|l| l.classes(&file("classes.tsv")),
            &|l| l.verbs(&file("inflection.tsv"), &file("verbs.tsv")),
            &|l| l.ratios(&file("ratios.tsv")),
        ];
        for step in steps {
            let read = step(self);
            self.note(read);
        }
        let read = self.calendar(&file(dates::CALENDAR), &cldr.days, &cldr.months);
        self.note(read);
        for (class, map) in [("month", &cldr.months), ("weekday", &cldr.days)] {
            for form in map.values().flatten() {
                let _ = self.builder.class(class, form);
            }
        }
        let steps: [&Step<'_, Self>; 9] = [
            &|l| l.units_before(&file("units_before.tsv")),
            &|l| l.units(&file("units.tsv"), &cldr),
            &|l| l.money(&file("currencies.tsv"), &cldr),
            &|l| l.parts(&file("minor_units.tsv")),
            &|l| l.places(&file("places.tsv"), &cldr),
            &|l| l.rates(&file("rates.tsv")),
            &|l| l.names(&file("names.tsv")),
            &|l| l.endings(&file("endings.tsv")),
            // Last: what only it names stays unknown to all else.
            &|l| l.syntax(&file("syntax.tsv"), &file("predicates.tsv")),
        ];
        for step in steps {
            let read = step(self);
            self.note(read);
        }
    }

    /// Takes the forms of `dropped.tsv` out of what CLDR gives: they mean something else in news.
    fn drop_forms(&mut self, file: &str, cldr: &mut Cldr) -> Result<(), Error> {
        let rows = table::rows(file, self.text(file), 2, 2)?;
        let dropped: BTreeSet<&str> = rows.iter().flat_map(|row| row.forms(0)).collect();
        for forms in
            [&mut cldr.currencies, &mut cldr.territories, &mut cldr.units].into_iter().flat_map(BTreeMap::values_mut)
        {
            forms.retain(|form| !dropped.contains(form.as_str()));
        }
        Ok(())
    }

    fn rates(&mut self, file: &str) -> Result<(), Error> {
        for row in table::rows(file, self.text(file), 2, 2)? {
            match self.catalog.unit_by_code(row.cell(0)) {
                Some(id) => row.forms(1).for_each(|form| self.builder.name(form, Sense::Rate(id))),
                None => self.errors.push(row.error(0, format!("'{}' is no unit of packs/units.tsv", row.cell(0)))),
            }
        }
        Ok(())
    }

    fn endings(&mut self, file: &str) -> Result<(), Error> {
        for row in table::rows(file, self.text(file), 2, 2)? {
            let ending = match row.cell(1) {
                "count" => Ending::Count,
                "ratio" => Ending::Ratio,
                "ordinal" => Ending::Ordinal,
                code => match self.catalog.unit_by_code(code) {
                    Some(id) => Ending::Unit(id),
                    None => {
                        let reason =
                            format!("'{code}' is none of count, ratio, ordinal, nor a unit of packs/units.tsv");
                        self.errors.push(row.error(1, reason));
                        continue;
                    }
                },
            };
            self.number_endings.extend(row.forms(0).map(|form| (form.to_lowercase().into(), ending)));
        }
        Ok(())
    }

    fn names(&mut self, file: &str) -> Result<(), Error> {
        for row in table::rows(file, self.text(file), 1, 1)? {
            row.forms(0).for_each(|form| self.builder.name(form, Sense::Name));
        }
        Ok(())
    }

    fn numerals(&mut self, file: &str) -> Result<(), Error> {
        for row in table::rows(file, self.text(file), 3, 3)? {
            let Some(role) = NumeralRole::parse(row.cell(2)) else {
                self.errors.push(row.error(2, format!("'{}' is no role; see CONTRIBUTING.md", row.cell(2))));
                continue;
            };
            let value = if row.cell(1) == "-" { Ok(Number::ONE) } else { row.number(1) };
            let Some(value) = self.note(value) else { continue };
            for form in row.forms(0) {
                if !self.builder.numeral(form, NumeralSense { role, value }) {
                    self.errors.push(row.error(0, format!("'{form}' holds a number in digits")));
                }
            }
        }
        Ok(())
    }

    /// The number words that CLDR's spell-out rules give.
    fn generated_numerals(&mut self, file: &str, cldr: &Cldr) -> Result<(), Error> {
        for (name, values) in &cldr.numerals {
            let wrong = |what: &str| Error::format(file, 1, 1, format!("[numerals.{name}]: {what}"));
            let role = NumeralRole::parse(name).ok_or_else(|| wrong("no role; see CONTRIBUTING.md"))?;
            for (value, forms) in values {
                let value = Number::parse(value).ok_or_else(|| wrong(&format!("'{value}' is no number")))?;
                for form in forms {
                    self.builder.numeral(form, NumeralSense { role, value });
                }
            }
        }
        Ok(())
    }

    /// The abbreviations of scales that CLDR gives: «5 млрд», «3 mil.».
    fn generated_scales(&mut self, file: &str, cldr: &Cldr) -> Result<(), Error> {
        for (place, values) in &cldr.scale_symbols {
            let wrong = |what: &str| Error::format(file, 1, 1, format!("[scale_symbols.{place}]: {what}"));
            for (value, forms) in values {
                let value = Number::parse(value).ok_or_else(|| wrong(&format!("'{value}' is no number")))?;
                let symbol = ScaleSymbol::at(place, value).ok_or_else(|| wrong("none of any, glued, money, big"))?;
                forms.iter().for_each(|form| self.scale_symbol(form, symbol));
            }
        }
        Ok(())
    }

    fn scales(&mut self, file: &str) -> Result<(), Error> {
        for row in table::rows(file, self.text(file), 3, 3)? {
            let Some(value) = self.note(row.number(1)) else { continue };
            match ScaleSymbol::at(row.cell(2), value) {
                Some(symbol) => row.forms(0).for_each(|form| self.scale_symbol(form, symbol)),
                None => {
                    let what = format!("'{}' is none of any, glued, money, big", row.cell(2));
                    self.errors.push(row.error(2, what));
                }
            }
        }
        Ok(())
    }

    /// An abbreviation of a scale; one written with a full stop ends no sentence.
    fn scale_symbol(&mut self, form: &str, mut symbol: ScaleSymbol) {
        let word = form.strip_suffix('.').unwrap_or(form);
        symbol.dotted = word.len() < form.len();
        if symbol.dotted {
            let _ = self.builder.class("abbreviation", word);
        }
        self.scale_symbols.insert(word.into(), symbol);
    }

    fn classes(&mut self, file: &str) -> Result<(), Error> {
        for row in table::rows(file, self.text(file), 2, 2)? {
            for form in row.forms(1) {
                match self.builder.class(row.cell(0), form) {
                    Ok(true) => {}
                    Ok(false) => self.errors.push(row.error(1, format!("'{form}' is not one word or mark"))),
                    Err(_) => return Err(row.error(0, "more than 64 classes in one pack")),
                }
            }
        }
        Ok(())
    }

    fn verbs(&mut self, endings: &str, file: &str) -> Result<(), Error> {
        for row in table::rows(endings, self.text(endings), 2, 3)? {
            self.syntax.add_endings(&row)?;
            let forms = row.forms(1).map(|form| form.trim_start_matches(['*', '+']).to_owned());
            match self.endings.iter_mut().find(|(ending, _)| ending == row.cell(0)) {
                Some((_, known)) => known.extend(forms),
                None => self.endings.push((row.cell(0).to_owned(), forms.collect())),
            }
        }
        for row in table::rows(file, self.text(file), 1, 3)? {
            let lemma = row.cell(0);
            if lemma.contains('|') {
                self.errors.push(row.error(0, "one lemma a row: its other forms go into the third column"));
            }
            let mut forms: Vec<String> = vec![lemma.to_owned()];
            let ending = self
                .endings
                .iter()
                .filter(|(ending, _)| lemma.ends_with(ending.as_str()))
                .max_by_key(|(ending, _)| ending.len());
            if let Some((ending, suffixes)) = ending {
                let stem = lemma.strip_suffix(ending.as_str()).unwrap_or(lemma);
                forms.extend(suffixes.iter().map(|s| match s.split_once('…') {
                    Some((before, behind)) => format!("{before}{stem}{behind}"),
                    None if s == "0" => stem.to_owned(),
                    None => format!("{stem}{s}"),
                }));
            }
            forms.extend(
                row.forms(2)
                    .filter(|form| !form.ends_with('-'))
                    .map(|form| form.split(':').next().unwrap_or(form).to_owned()),
            );
            self.syntax.add_verbs(&row, &mut self.builder)?;
            let mut symbols = Vec::new();
            for form in &forms {
                for class in row.forms(1).chain(["verb"]) {
                    let _ = self.builder.class(class, form);
                }
                symbols.extend(self.builder.intern(form).first().copied());
            }
            symbols.sort_unstable();
            symbols.dedup();
            self.verbs.insert(lemma.to_owned(), symbols);
            self.verb_forms.insert(lemma.to_owned(), forms);
        }
        Ok(())
    }

    /// Word classes, and verbs that only the linking of quantities asks for.
    fn syntax(&mut self, words: &str, verbs: &str) -> Result<(), Error> {
        let from = self.builder.next();
        for row in table::rows(words, self.text(words), 2, 2)? {
            self.syntax.add_words(&row, &mut self.builder)?;
        }
        for row in table::rows(verbs, self.text(verbs), 1, 3)? {
            self.syntax.add_verbs(&row, &mut self.builder)?;
        }
        self.builder.open(from);
        Ok(())
    }

    fn ratios(&mut self, file: &str) -> Result<(), Error> {
        for row in table::rows(file, self.text(file), 2, 2)? {
            let divides = match row.cell(1) {
                "over" => Some(Sense::Over),
                "over-weak" => Some(Sense::WeakOver),
                "over-counted" => Some(Sense::CountedOver),
                "under" => Some(Sense::Under),
                "under-weak" => Some(Sense::WeakUnder),
                _ => None,
            };
            if let Some(sense) = divides {
                self.counted_over |= sense == Sense::CountedOver;
                row.forms(0).for_each(|form| self.builder.name(form, sense));
                continue;
            }
            let index = u16::try_from(self.ratios.len()).unwrap_or(0);
            let Some(value) = self.note(row.number(1)) else { continue };
            self.ratios.push(value);
            for form in row.forms(0) {
                let Some(lemma) = form.strip_suffix("/v") else {
                    self.builder.name(form, Sense::Ratio(index));
                    continue;
                };
                match self.verb_forms.get(lemma) {
                    Some(forms) => forms.iter().for_each(|form| self.builder.name(form, Sense::Ratio(index))),
                    None => self.errors.push(row.error(0, format!("there is no verb '{lemma}' in verbs.tsv"))),
                }
            }
        }
        Ok(())
    }

    fn units(&mut self, file: &str, cldr: &Cldr) -> Result<(), Error> {
        let own = table::rows(file, self.text(file), 2, 3)?;
        let mut named: Vec<(String, String)> = Vec::new();
        for (code, forms) in &cldr.units {
            named.extend(forms.iter().map(|form| (code.clone(), form.clone())));
        }
        for row in &own {
            let code = row.cell(0);
            if self.catalog.unit_by_code(code).is_none() {
                self.errors.push(row.error(0, format!("'{code}' is no unit of packs/units.tsv")));
                continue;
            }
            if !row.cell(2).is_empty() {
                if let Some(share) = self.share(row, row.cell(2)) {
                    row.forms(1).for_each(|form| self.builder.name(form, Sense::Share(share)));
                }
                continue;
            }
            named.extend(row.forms(1).map(|form| (code.to_owned(), form.to_owned())));
        }
        let month = self.builder.lexicon().class("month");
        for (code, form) in &named {
            let Some(id) = self.catalog.unit_by_code(code) else { continue };
            // «julio» is a month before it is a joule.
            let first = self.builder.intern(form);
            if first.first().is_some_and(|s| self.builder.lexicon().classes(*s) & month != 0) {
                continue;
            }
            self.builder.name(form, Sense::Unit(id));
        }
        for (id, wanted) in self.catalog.prefixable() {
            let Some(base) = self.catalog.unit(*id) else { continue };
            for prefix in self.catalog.prefixes().iter().filter(|p| wanted.contains(&p.symbol)) {
                let Some(prefixed) = self.catalog.unit_by_code(&format!("{}{}", prefix.symbol, base.code)) else {
                    continue;
                };
                for word in cldr.prefixes.get(&*prefix.symbol).into_iter().flatten() {
                    // «千吨» is a number and a unit, where a number word is the prefix too.
                    if self.builder.is_numeral(word) {
                        continue;
                    }
                    for (_, form) in named.iter().filter(|(code, _)| **code == *base.code) {
                        self.builder.name(&format!("{word}{form}"), Sense::Unit(prefixed));
                    }
                }
            }
        }
        Ok(())
    }

    fn money_name(&self, code: &str) -> Option<MoneyName> {
        self.catalog
            .currency(code)
            .map(MoneyName::Currency)
            .or_else(|| self.catalog.family_by_name(code).map(MoneyName::Family))
    }

    fn money(&mut self, file: &str, cldr: &Cldr) -> Result<(), Error> {
        for (code, forms) in &cldr.currencies {
            let sense = match self.money_name(code) {
                Some(MoneyName::Currency(id)) => Sense::Currency(id),
                Some(MoneyName::Family(id)) => Sense::Family(id),
                None => continue,
            };
            forms.iter().for_each(|form| self.builder.name(form, sense));
        }
        for row in table::rows(file, self.text(file), 2, 3)? {
            let code = row.cell(0);
            let sense = match self.money_name(code) {
                Some(MoneyName::Currency(id)) => Sense::Currency(id),
                Some(MoneyName::Family(id)) => Sense::Family(id),
                None => {
                    self.errors.push(row.error(0, format!("'{code}' is neither a currency nor a family")));
                    continue;
                }
            };
            row.forms(1).for_each(|form| self.builder.name(form, sense));
        }
        Ok(())
    }

    fn parts(&mut self, file: &str) -> Result<(), Error> {
        for row in table::rows(file, self.text(file), 3, 4)? {
            let of = row
                .forms(1)
                .map(|code| {
                    self.money_name(code)
                        .ok_or_else(|| row.error(1, format!("'{code}' is neither a currency nor a family")))
                })
                .collect::<Result<Vec<_>, _>>();
            let (Some(of), Some(factor)) = (self.note(of), self.note(row.number(2))) else { continue };
            let index = u16::try_from(self.parts.len()).unwrap_or(0);
            self.parts.push(MoneyPart {
                of,
                factor,
                cents: row.cell(3) == "cents",
                colloquial: row.cell(3) == "colloquial",
                usual: row.cell(3) == "usual",
            });
            row.forms(0).for_each(|form| self.builder.name(form, Sense::Minor(index)));
        }
        Ok(())
    }

    fn places(&mut self, file: &str, cldr: &Cldr) -> Result<(), Error> {
        for (code, forms) in &cldr.territories {
            if let Some(region) = self.catalog.region(code) {
                forms.iter().for_each(|form| self.place(form, region));
            }
        }
        for row in table::rows(file, self.text(file), 2, 2)? {
            match self.catalog.region(row.cell(0)) {
                Some(region) => row.forms(1).for_each(|form| self.place(form, region)),
                None => self.errors.push(row.error(0, format!("'{}' is no ISO 3166 region", row.cell(0)))),
            }
        }
        Ok(())
    }

    /// A place; a form written small («mexicano») is one in small letters too.
    fn place(&mut self, form: &str, region: super::RegionId) {
        self.builder.name(form, Sense::Place(region));
        if !form.starts_with(char::is_uppercase) {
            let first = form.split(' ').next().unwrap_or(form);
            let _ = self.builder.class("demonym", first);
        }
    }
}
