//! What is the same in every language: units, currencies, regions.
//!
//! `FLOPS` is one row of `packs/units.tsv`; with the prefix table it also gives `PFLOPS`, `PetaFLOPS` and the factor 10^15.
//! Ids are never localised: names live in the language packs.

use rustc_hash::FxHashMap;

use super::error::Error;
use super::source::Source;
use super::table;
use crate::numeral::Number;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub(crate) u16);
    )*};
}
ids! {
    /// A unit of the catalogue.
    UnitId;
    /// A currency of the catalogue.
    CurrencyId;
    /// A currency name that several currencies share.
    FamilyId;
    /// A country or territory.
    RegionId;
}

/// A unit of measure: `code` = `factor` · `base`, plus `offset` for levels of temperature.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Canonical symbol, as in the tables.
    pub code: Box<str>,
    /// `length`, `compute_rate`, …
    pub dimension: Box<str>,
    /// How many base units it holds.
    pub factor: Number,
    /// Added after the factor when a level is converted (not an amount of change).
    pub offset: Number,
    /// The dimension's base unit.
    pub base: Box<str>,
    /// Its symbol needs more evidence than standing behind a number.
    pub weak: bool,
    /// It is another unit of the table with a prefix.
    pub prefixed: bool,
}

/// A currency.
#[derive(Debug, Clone)]
pub struct Currency {
    /// ISO 4217 code, or the common code of a crypto-currency.
    pub code: Box<str>,
}

/// Currencies that share a bare name or sign.
#[derive(Debug, Clone)]
pub struct Family {
    /// `dollar`, `peso`, …
    pub name: Box<str>,
    /// Where neither the text nor the source's locale decides.
    pub default: Option<CurrencyId>,
    /// All that may be meant.
    pub members: Vec<CurrencyId>,
}

/// How a locale writes numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberFormat {
    /// Decimal mark.
    pub decimal: char,
    /// Grouping mark.
    pub group: char,
}

/// What a money sign or name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyName {
    /// One currency.
    Currency(CurrencyId),
    /// One of several.
    Family(FamilyId),
}

/// Units, currencies and regions of all packs.
#[derive(Debug, Default)]
pub struct Catalog {
    units: Vec<Unit>,
    unit_by_code: FxHashMap<Box<str>, UnitId>,
    unit_symbols: FxHashMap<Box<str>, UnitId>,
    /// Symbols of three letters and more in small letters, where only one unit is written so: `Ghz`, `KWH`.
    unit_symbols_folded: FxHashMap<Box<str>, Option<UnitId>>,
    currencies: Vec<Currency>,
    currency_by_code: FxHashMap<Box<str>, CurrencyId>,
    families: Vec<Family>,
    money_signs: FxHashMap<Box<str>, MoneyName>,
    regions: Vec<(Box<str>, Option<CurrencyId>)>,
    region_by_code: FxHashMap<Box<str>, RegionId>,
    region_history: FxHashMap<RegionId, Vec<Tender>>,
    locales: FxHashMap<Box<str>, NumberFormat>,
    shapes: Option<super::Shapes>,
    prefixes: Vec<Prefix>,
    /// Units that take prefixes, with the symbols of those prefixes.
    prefixable: Vec<(UnitId, Vec<Box<str>>)>,
}

/// A currency that was legal tender somewhere for a time; ISO dates, empty where open.
#[derive(Debug, Clone)]
pub struct Tender {
    /// The currency.
    pub currency: CurrencyId,
    /// First day.
    pub from: Box<str>,
    /// Last day.
    pub to: Box<str>,
}

/// An SI or binary prefix.
#[derive(Debug, Clone)]
pub struct Prefix {
    /// `k`, `Ki`.
    pub symbol: Box<str>,
    /// 10^3, 2^10.
    pub factor: Number,
    /// One of 1024.
    pub binary: bool,
}

#[derive(serde::Deserialize, Default)]
#[serde(default)]
struct RootData {
    locales: std::collections::BTreeMap<String, LocaleData>,
    regions: std::collections::BTreeMap<String, String>,
    regions_history: std::collections::BTreeMap<String, Vec<TenderData>>,
    symbols: std::collections::BTreeMap<String, String>,
}

#[derive(serde::Deserialize)]
struct LocaleData {
    decimal: String,
    group: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct TenderData {
    code: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
}

impl Catalog {
    /// Reads the language-neutral tables.
    ///
    /// # Errors
    /// If a table breaks its format or names an id that does not exist.
    pub fn load(source: &Source) -> Result<Self, Error> {
        let mut catalog = Self::default();
        catalog.load_prefixes(source)?;
        catalog.load_units(source)?;
        catalog.load_currencies(source)?;
        catalog.load_root(source)?;
        catalog.shapes = Some(super::Shapes::load(source)?);
        Ok(catalog)
    }

    fn load_prefixes(&mut self, source: &Source) -> Result<(), Error> {
        let file = "prefixes.tsv";
        for row in table::rows(file, source.file(file).unwrap_or_default(), 2, 2)? {
            let symbol = row.cell(0);
            self.prefixes.push(Prefix { symbol: symbol.into(), factor: row.number(1)?, binary: symbol.ends_with('i') });
        }
        Ok(())
    }

    fn load_units(&mut self, source: &Source) -> Result<(), Error> {
        let file = "units.tsv";
        for row in table::rows(file, source.file(file).unwrap_or_default(), 6, 7)? {
            let factor = row.number(2)?;
            let offset = if row.cell(6).is_empty() { Number::ZERO } else { row.number(6)? };
            let unit = Unit {
                code: row.cell(0).into(),
                dimension: row.cell(1).into(),
                factor,
                offset,
                base: row.cell(3).into(),
                weak: row.cell(5).contains('~'),
                prefixed: false,
            };
            let id = self.add_unit(unit.clone()).ok_or_else(|| row.error(0, "this code stands twice"))?;
            for symbol in row.forms(5) {
                let plain = symbol.trim_start_matches('~');
                if self.unit_symbols.insert(plain.into(), id).is_some_and(|other| other != id) {
                    return Err(row.error(5, format!("the symbol '{plain}' already stands for another unit")));
                }
            }
            let mut wanted: Vec<Box<str>> = Vec::new();
            for name in row.cell(4).split(',').filter(|n| !n.is_empty() && *n != "-") {
                let (si, iec) = (name == "si", name == "iec");
                let matching =
                    self.prefixes.iter().filter(|p| si && !p.binary || iec && p.binary || *p.symbol == *name);
                let before = wanted.len();
                wanted.extend(matching.map(|p| p.symbol.clone()));
                if wanted.len() == before {
                    return Err(row.error(4, format!("'{name}' is neither si, iec nor a prefix of prefixes.tsv")));
                }
            }
            if !wanted.is_empty() {
                self.prefixable.push((id, wanted));
            }
        }
        // Prefixed units after all plain ones, so that a plain symbol (min, cd, ft) is never read as a prefixed one.
        for (id, wanted) in self.prefixable.clone() {
            for prefix in self.prefixes.clone() {
                if wanted.contains(&prefix.symbol) {
                    self.add_prefixed(id, &prefix);
                }
            }
        }
        let mut symbols: Vec<_> = self.unit_symbols.iter().collect();
        symbols.sort_unstable();
        for (symbol, id) in symbols {
            if symbol.len() > 2 && symbol.bytes().all(|b| b.is_ascii_alphabetic()) {
                let folded = self.unit_symbols_folded.entry(symbol.to_lowercase().into()).or_insert(Some(*id));
                if *folded != Some(*id) {
                    *folded = None;
                }
            }
        }
        Ok(())
    }

    fn add_unit(&mut self, unit: Unit) -> Option<UnitId> {
        let id = UnitId(u16::try_from(self.units.len()).ok()?);
        if self.unit_by_code.contains_key(&unit.code) {
            return None;
        }
        self.unit_by_code.insert(unit.code.clone(), id);
        self.unit_symbols.entry(unit.code.clone()).or_insert(id);
        self.units.push(unit);
        Some(id)
    }

    fn add_prefixed(&mut self, id: UnitId, prefix: &Prefix) {
        let Some(base) = self.units.get(usize::from(id.0)).cloned() else { return };
        let code: Box<str> = format!("{}{}", prefix.symbol, base.code).into();
        let Some(factor) = base.factor.checked_mul(prefix.factor) else { return };
        let weak = code.len() <= 2 && base.weak;
        let unit = Unit { code: code.clone(), factor, weak, prefixed: true, ..base.clone() };
        let prefixed = match self.unit_by_code.get(&code) {
            Some(known) => *known,
            None => match self.add_unit(unit) {
                Some(fresh) => fresh,
                None => return,
            },
        };
        let symbols: Vec<Box<str>> =
            self.unit_symbols.iter().filter(|(_, u)| **u == id).map(|(s, _)| s.clone()).collect();
        for symbol in symbols {
            self.unit_symbols.entry(format!("{}{symbol}", prefix.symbol).into()).or_insert(prefixed);
            // The micro sign and the Greek letter look alike.
            if &*prefix.symbol == "µ" {
                self.unit_symbols.entry(format!("μ{symbol}").into()).or_insert(prefixed);
            }
        }
    }

    fn load_currencies(&mut self, source: &Source) -> Result<(), Error> {
        let file = "currencies.tsv";
        for row in table::rows(file, source.file(file).unwrap_or_default(), 5, 5)? {
            let id = CurrencyId(u16::try_from(self.currencies.len()).unwrap_or(0));
            self.currencies.push(Currency { code: row.cell(0).into() });
            if self.currency_by_code.insert(row.cell(0).into(), id).is_some() {
                return Err(row.error(0, "this code stands twice"));
            }
            for sign in row.forms(2) {
                self.money_signs.insert(sign_key(sign), MoneyName::Currency(id));
            }
        }
        let file = "currency_families.tsv";
        for row in table::rows(file, source.file(file).unwrap_or_default(), 3, 4)? {
            let id = FamilyId(u16::try_from(self.families.len()).unwrap_or(0));
            let code = |c: &str, column| {
                self.currency(c).ok_or_else(|| row.error(column, format!("'{c}' is no code of currencies.tsv")))
            };
            let default = match row.cell(1) {
                "" | "-" => None,
                c => Some(code(c, 1)?),
            };
            let members = row.forms(2).map(|c| code(c, 2)).collect::<Result<_, _>>()?;
            self.families.push(Family { name: row.cell(0).into(), default, members });
            for sign in row.forms(3) {
                self.money_signs.insert(sign_key(sign), MoneyName::Family(id));
            }
        }
        Ok(())
    }

    fn load_root(&mut self, source: &Source) -> Result<(), Error> {
        let file = "und/cldr.toml";
        let data: RootData = super::load::toml(file, source.file(file).unwrap_or_default())?;
        for (tag, locale) in &data.locales {
            let first = |s: &str| s.chars().next().unwrap_or(' ');
            let format = NumberFormat { decimal: first(&locale.decimal), group: first(&locale.group) };
            self.locales.insert(tag.as_str().into(), format);
        }
        for (region, code) in &data.regions {
            let id = RegionId(u16::try_from(self.regions.len()).unwrap_or(0));
            self.regions.push((region.as_str().into(), self.currency(code)));
            self.region_by_code.insert(region.as_str().into(), id);
        }
        for (region, tenders) in &data.regions_history {
            let Some(id) = self.region(region) else { continue };
            let known = tenders
                .iter()
                .filter_map(|t| {
                    let currency = self.currency(&t.code)?;
                    Some(Tender { currency, from: t.from.as_str().into(), to: t.to.as_str().into() })
                })
                .collect();
            self.region_history.insert(id, known);
        }
        for (sign, code) in &data.symbols {
            if let Some(id) = self.currency(code) {
                self.money_signs.entry(sign_key(sign)).or_insert(MoneyName::Currency(id));
            }
        }
        Ok(())
    }

    /// What a run of characters between blanks is, where its shape tells.
    #[must_use]
    pub fn shape(&self, run: &str) -> Option<(super::Reading, &str)> {
        self.shapes.as_ref()?.reading(run)
    }

    /// A unit.
    #[must_use]
    pub fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.units.get(usize::from(id.0))
    }

    /// The unit with this canonical code.
    #[must_use]
    pub fn unit_by_code(&self, code: &str) -> Option<UnitId> {
        self.unit_by_code.get(code).copied()
    }

    /// The unit with this exact symbol.
    #[must_use]
    pub fn unit_by_symbol(&self, symbol: &str) -> Option<UnitId> {
        self.unit_symbols.get(symbol).copied().or_else(|| {
            let letters = (3..=8).contains(&symbol.len()) && symbol.bytes().any(|b| b.is_ascii_uppercase());
            if letters { self.unit_symbols_folded.get(symbol.to_lowercase().as_str()).copied().flatten() } else { None }
        })
    }

    /// All units, in table order, prefixed ones last.
    pub fn units(&self) -> impl Iterator<Item = (UnitId, &Unit)> {
        (0..).map(UnitId).zip(&self.units)
    }

    /// The symbols of a unit, in order of the alphabet.
    #[must_use]
    pub fn symbols(&self, unit: UnitId) -> Vec<&str> {
        let own = self.unit_symbols.iter().filter(|(_, id)| **id == unit);
        let mut symbols: Vec<&str> = own.map(|(symbol, _)| &**symbol).collect();
        symbols.sort_unstable();
        symbols
    }

    /// The symbols of the prefixes that a unit takes.
    #[must_use]
    pub fn prefixes_of(&self, unit: UnitId) -> &[Box<str>] {
        self.prefixable.iter().find(|(id, _)| *id == unit).map_or(&[], |(_, prefixes)| prefixes)
    }

    /// The tags of all locales whose number format is known, in order of the alphabet.
    #[must_use]
    pub fn locales(&self) -> Vec<(&str, NumberFormat)> {
        let mut locales: Vec<_> = self.locales.iter().map(|(tag, format)| (&**tag, *format)).collect();
        locales.sort_unstable_by_key(|(tag, _)| *tag);
        locales
    }

    /// The code of a region.
    #[must_use]
    pub fn region_code(&self, id: RegionId) -> &str {
        self.regions.get(usize::from(id.0)).map_or("", |(code, _)| code)
    }

    /// Units that take prefixes, with the symbols of those prefixes.
    pub(crate) fn prefixable(&self) -> &[(UnitId, Vec<Box<str>>)] {
        &self.prefixable
    }

    /// The prefixes.
    #[must_use]
    pub fn prefixes(&self) -> &[Prefix] {
        &self.prefixes
    }

    /// The code of a currency.
    #[must_use]
    pub fn currency_code(&self, id: CurrencyId) -> &str {
        self.currencies.get(usize::from(id.0)).map_or("", |c| &c.code)
    }

    /// The currency with this code.
    #[must_use]
    pub fn currency(&self, code: &str) -> Option<CurrencyId> {
        self.currency_by_code.get(code).copied()
    }

    /// All currencies, in table order.
    pub fn currencies(&self) -> impl Iterator<Item = &Currency> {
        self.currencies.iter()
    }

    /// A family of currencies.
    #[must_use]
    pub fn family(&self, id: FamilyId) -> Option<&Family> {
        self.families.get(usize::from(id.0))
    }

    /// Whether a family holds both currencies: one may have followed the other under the same name.
    #[must_use]
    pub fn are_related(&self, a: CurrencyId, b: CurrencyId) -> bool {
        a == b || self.families.iter().any(|f| f.members.contains(&a) && f.members.contains(&b))
    }

    /// The family with this name.
    #[must_use]
    pub fn family_by_name(&self, name: &str) -> Option<FamilyId> {
        (0..).map(FamilyId).zip(&self.families).find(|(_, f)| &*f.name == name).map(|(id, _)| id)
    }

    /// What a money sign (`€`, `US$`, `Rs.`), written without spaces, stands for.
    #[must_use]
    pub fn money_sign(&self, sign: &str) -> Option<MoneyName> {
        let plain = sign.bytes().all(|b| !b.is_ascii_uppercase() && b != b' ' && b != b'.' && b.is_ascii());
        match self.money_signs.get(sign) {
            Some(name) => Some(*name),
            None if plain || sign.len() > MONEY_SIGN => None,
            None => self.money_signs.get(&sign_key(sign)).copied(),
        }
    }

    /// The region with this ISO 3166 code.
    #[must_use]
    pub fn region(&self, code: &str) -> Option<RegionId> {
        self.region_by_code.get(code).copied()
    }

    /// The currencies of a region that were tender on an ISO date (today's where the date is empty).
    pub fn tender(&self, region: RegionId, date: &str) -> impl Iterator<Item = CurrencyId> {
        let now = if date.is_empty() { self.regions.get(usize::from(region.0)).and_then(|(_, c)| *c) } else { None };
        let history = if date.is_empty() { None } else { self.region_history.get(&region) };
        let then = history
            .into_iter()
            .flatten()
            .filter(move |t| (t.from.is_empty() || &*t.from <= date) && (t.to.is_empty() || date <= &*t.to));
        let current =
            if history.is_none() { self.regions.get(usize::from(region.0)).and_then(|(_, c)| *c) } else { None };
        now.into_iter().chain(then.map(|t| t.currency)).chain(current)
    }

    /// How a locale writes numbers: the tag itself, else the longest of its prefixes that is known.
    #[must_use]
    pub fn number_format(&self, tag: &str) -> Option<NumberFormat> {
        let mut tag = tag;
        loop {
            if let Some(format) = self.locales.get(tag) {
                return Some(*format);
            }
            tag = tag.rsplit_once('-')?.0;
        }
    }
}

/// No money sign is longer, in bytes.
const MONEY_SIGN: usize = 16;

/// Signs are compared without case, spaces and inner full stops: `Rs.`, `C $`, `U.S.$`. A full stop at the end stays: `USD.`
/// ends a sentence.
fn sign_key(sign: &str) -> Box<str> {
    let inner = sign.strip_suffix('.').unwrap_or(sign);
    let end = sign.get(inner.len()..).unwrap_or_default();
    let key = inner.chars().filter(|c| !c.is_whitespace() && *c != '.').flat_map(char::to_lowercase);
    key.chain(end.chars()).collect()
}
