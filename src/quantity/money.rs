//! Which currency a shared name or sign means: `$`, «pesos», «libras».
//!
//! In an article about the Mexican stock exchange «1.030 millones de pesos» are MXN: the country named in the article decides,
//! nearest first; before that the source's own locale (`es-MX`), after it the family's default (dollars are USD). Where
//! nothing decides («pesos» in an article that names no country), no currency is claimed.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use crate::pack::Sense;
use crate::pack::{Catalog, CurrencyId, MoneyName, Pack, RegionId};
use crate::text::Token;

/// A place named in the article: first byte and region.
pub type Mention = (u32, RegionId);

/// Resolves shared names for one article.
pub struct Resolver<'a> {
    catalog: &'a Catalog,
    /// Tokens of the article by block, with the block's pack.
    blocks: Vec<(&'a Pack, &'a [Token])>,
    region: Option<(RegionId, &'a str)>,
    date: &'a str,
    mentions: OnceCell<Vec<Mention>>,
}

/// The answer.
#[derive(Debug, Clone, Default)]
pub struct Chosen {
    /// The currency, if anything decides.
    pub currency: Option<CurrencyId>,
    /// Only a default decided.
    pub guessed: bool,
    /// What decided, for `explain`.
    pub reason: Option<String>,
}

impl<'a> Resolver<'a> {
    /// A resolver for one article: `region` is that of its locale, `date` its ISO date (empty if unknown).
    #[must_use]
    pub fn new(
        catalog: &'a Catalog,
        blocks: Vec<(&'a Pack, &'a [Token])>,
        region: Option<&'a str>,
        date: &'a str,
    ) -> Self {
        let region = region.and_then(|code| Some((catalog.region(code)?, code)));
        Self { catalog, blocks, region, date, mentions: OnceCell::new() }
    }

    /// The ISO 3166 code of the source's locale.
    #[must_use]
    pub fn region(&self) -> Option<&'a str> {
        self.region.map(|(_, code)| code)
    }

    /// Whether a name is that of the source's own currency.
    #[must_use]
    pub fn is_local(&self, name: MoneyName) -> bool {
        let Some((region, _)) = self.region else { return false };
        match name {
            MoneyName::Currency(id) => self.catalog.tender(region, self.date).any(|c| c == id),
            MoneyName::Family(id) => self.local_member(id, region).is_some(),
        }
    }

    fn local_member(&self, family: crate::pack::FamilyId, region: RegionId) -> Option<CurrencyId> {
        let members = &self.catalog.family(family)?.members;
        self.catalog.tender(region, self.date).find(|c| members.contains(c))
    }

    /// What the article's language takes a family for.
    fn language_default(&self, family: &crate::pack::Family) -> Option<CurrencyId> {
        let (pack, _) = self.blocks.first()?;
        self.catalog.currency(pack.money_default(&family.name)?)
    }

    /// The currency that a name at byte `at` means.
    #[must_use]
    pub fn choose(&self, name: MoneyName, at: u32) -> Chosen {
        let id = match name {
            MoneyName::Currency(id) => return Chosen { currency: Some(id), ..Chosen::default() },
            MoneyName::Family(id) => id,
        };
        let Some(family) = self.catalog.family(id) else { return Chosen::default() };
        if let Some((region, code)) = self.region
            && let Some(currency) = self.local_member(id, region)
        {
            let reason = Some(format!("{}: {} by the source's region {code}", family.name, self.code(currency)));
            return Chosen { currency: Some(currency), guessed: false, reason };
        }
        if let Some(currency) = self.by_place(id, at, self.language_default(family).or(family.default)) {
            let reason = Some(format!("{}: {} by a country named in the article", family.name, self.code(currency)));
            return Chosen { currency: Some(currency), guessed: false, reason };
        }
        if let Some(currency) = self.language_default(family) {
            let reason = Some(format!("{}: {} by the language's default", family.name, self.code(currency)));
            return Chosen { currency: Some(currency), guessed: true, reason };
        }
        let reason = match family.default {
            Some(currency) => format!("{}: {} by default", family.name, self.code(currency)),
            None => format!("{}: no country named, no currency claimed", family.name),
        };
        Chosen { currency: family.default, guessed: true, reason: Some(reason) }
    }

    /// The currency of a country that a name means.
    #[must_use]
    pub fn tender_of(&self, name: MoneyName, region: RegionId) -> Option<CurrencyId> {
        match name {
            MoneyName::Family(family) => self.local_member(family, region),
            MoneyName::Currency(id) => Some(
                // «Bolívares (Venezuela)»: the name's default may have come later than the article.
                self.catalog
                    .tender(region, self.date)
                    .next()
                    .filter(|c| self.catalog.are_related(*c, id))
                    .unwrap_or(id),
            ),
        }
    }

    /// Among the currencies that a part may belong to, the one of the source or the first.
    #[must_use]
    pub fn choose_part(&self, of: &[MoneyName], at: u32) -> Option<MoneyName> {
        of.iter()
            .find(|name| self.is_local(**name))
            .or_else(|| {
                of.iter().find(|name| match name {
                    MoneyName::Family(id) => self.by_place(*id, at, None).is_some(),
                    MoneyName::Currency(id) => self.is_named(*id),
                })
            })
            // The likeliest that needs no further evidence.
            .or_else(|| {
                of.iter().find(|name| match name {
                    MoneyName::Family(id) => self.catalog.family(*id).is_some_and(|f| f.default.is_some()),
                    MoneyName::Currency(_) => true,
                })
            })
            .or_else(|| of.first())
            .copied()
    }

    fn is_named(&self, id: CurrencyId) -> bool {
        self.mentions().iter().any(|(_, region)| self.catalog.tender(*region, self.date).any(|c| c == id))
    }

    fn code(&self, id: CurrencyId) -> &str {
        self.catalog.currency_code(id)
    }

    /// The member whose countries the article names most, those nearby counting more.
    ///
    /// Against a default the evidence must be clear: the country named twice, and the default's country never.
    fn by_place(&self, family: crate::pack::FamilyId, at: u32, default: Option<CurrencyId>) -> Option<CurrencyId> {
        let members = &self.catalog.family(family)?.members;
        let mut scores: FxHashMap<CurrencyId, (f64, u32)> = FxHashMap::default();
        for (byte, region) in self.mentions() {
            for currency in self.catalog.tender(*region, self.date) {
                if members.contains(&currency) {
                    let distance = f64::from(byte.abs_diff(at));
                    let score = scores.entry(currency).or_default();
                    score.0 += 1.0 + 8.0 / (1.0 + distance / 60.0);
                    score.1 += 1;
                }
            }
        }
        if default.is_some_and(|d| scores.contains_key(&d)) {
            return default;
        }
        let least = if default.is_some() { 2 } else { 1 };
        members
            .iter()
            .filter_map(|c| scores.get(c).filter(|(_, count)| *count >= least).map(|(score, _)| (*c, *score)))
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
            .map(|(currency, _)| currency)
    }

    /// The places named in the article, found when first asked for.
    fn mentions(&self) -> &[Mention] {
        self.mentions.get_or_init(|| {
            let mut mentions = Vec::new();
            for (pack, tokens) in &self.blocks {
                let mut at = 0;
                while let Some(token) = tokens.get(at) {
                    at += 1;
                    if !pack.lexicon.is_place(token.symbol) {
                        continue;
                    }
                    let Some(found) = pack.lexicon.longest_where(tokens, at - 1, |s| matches!(s, Sense::Place(_)))
                    else {
                        continue;
                    };
                    // A name counts with its capital; a demonym is written small in many languages.
                    let proper = token.is_capitalized() || pack.lexicon.classes(token.symbol) & pack.scope.demonym != 0;
                    for sense in found.senses {
                        if let Sense::Place(region) = sense
                            && proper
                        {
                            mentions.push((token.span.start, *region));
                        }
                    }
                    at = found.end;
                }
            }
            mentions
        })
    }
}
