//! Signs, codes and names of currencies beside a number.
//!
//! `$10K`, `US$ 4.7 billion`, `EUR 20`, `3m€`, «dólar 22500000»: a sign may stand before or behind, glued or apart, and brings scales of
//! its own. A sign of one letter counts only where the source's own currency is written so.

use super::confidence::Doubts;
use super::unit::{Finder, MeasureUnit, UnitFound, money_name};
use crate::numeral::Number;
use crate::pack::Sense;
use crate::pack::{CurrencyId, MoneyName};
use crate::text::TokenKind;

impl<'a> Finder<'a> {
    /// An ISO code in capitals.
    pub(super) fn is_code(&self, at: usize) -> bool {
        let surface = self.reader().surface(at);
        surface.len() == 3
            && surface.bytes().all(|b| b.is_ascii_uppercase())
            && self.scene.catalog.currency(surface).is_some()
    }

    pub(super) fn currency(&self, id: CurrencyId) -> MeasureUnit {
        let code = self.scene.catalog.currency_code(id);
        MeasureUnit {
            code: code.to_owned(),
            dimension: "currency".to_owned(),
            factor: Number::ONE,
            offset: Number::ZERO,
            base: code.to_owned(),
            money: Some(id),
        }
    }

    pub fn money(&self, name: MoneyName, at: usize, start: usize, end: usize) -> UnitFound {
        let byte = self.reader().token(at).map_or(0, |t| t.span.start);
        let chosen = self.scene.money.choose(name, byte);
        let unit = chosen.currency.map_or_else(
            || MeasureUnit {
                code: String::new(),
                dimension: "currency".to_owned(),
                factor: Number::ONE,
                offset: Number::ZERO,
                base: String::new(),
                money: None,
            },
            |id| self.currency(id),
        );
        let doubts = Doubts { currency: chosen.guessed, ..Doubts::default() };
        let reasons = chosen.reason.into_iter().collect();
        UnitFound { doubts, reasons, ..UnitFound::new(start, end, unit) }
    }

    pub(super) fn part(&self, index: usize, at: usize, end: usize) -> Option<UnitFound> {
        let part = self.reader().pack.parts.get(index)?;
        let byte = self.reader().token(at).map_or(0, |t| t.span.start);
        let name = self.scene.money.choose_part(&part.of, byte)?;
        let mut found = self.money(name, at, self.numeral.start, end);
        if part.factor == Number::new(1, 100, 0)? || part.cents {
            // A value in hundredths keeps its number; normalising makes it whole money.
            found.unit.factor = Number::new(1, 100, 0)?;
            found.factor = part.factor.checked_mul(100)?;
            if !found.unit.code.is_empty() {
                found.unit.code.push('¢');
            }
        } else {
            found.factor = part.factor;
        }
        found.doubts.colloquial |= part.colloquial;
        Some(found)
    }

    pub(super) fn after_scale(&self, at: usize) -> Option<UnitFound> {
        let reader = self.reader();
        let at = at + usize::from(self.class(at) & reader.pack.scope.of != 0);
        let text = reader.surface(at);
        if let Some(money) = self.money_symbol(text, at, at + 1) {
            return Some(self.money(money, at, self.numeral.start, at + 1));
        }
        self.name_at(at).filter(|found| found.unit.dimension == "currency")
    }

    /// A sign or code behind a number, where it ends with its letters.
    pub(super) fn money_symbol(&self, text: &str, at: usize, end: usize) -> Option<MoneyName> {
        let reader = self.reader();
        let closed = reader.token(end).is_none_or(|t| t.space_before() || t.kind == TokenKind::Mark);
        let letters = text.bytes().all(|b| b.is_ascii_alphabetic());
        // «26.750 $ a un empleat»: a word apart is no part of the sign.
        let function = reader.pack.scope.function;
        let apart = end > at + 1
            && reader.token(end - 1).is_some_and(|t| {
                t.is_word() && t.space_before() && !t.is_capitalized() && self.class(end - 1) & function != 0
            });
        if letters && !closed || apart { None } else { self.money_sign(text, at) }
    }

    /// What a sign or code of a currency stands for.
    pub(super) fn money_sign(&self, text: &str, at: usize) -> Option<MoneyName> {
        let reader = self.reader();
        let letters = text.bytes().all(|b| b.is_ascii_alphabetic());
        if text.len() == 3
            && text.bytes().all(|b| b.is_ascii_uppercase())
            && let Some(id) = self.scene.catalog.currency(text)
        {
            return Some(MoneyName::Currency(id));
        }
        if letters && text.len() == 1 {
            return None;
        }
        // `500 €.`: a full stop belongs to letters only.
        if text.strip_suffix('.').is_some_and(|t| !t.ends_with(|c: char| c.is_alphabetic())) {
            return None;
        }
        let name = self.scene.catalog.money_sign(text)?;
        // Letters are a sign only in capitals, or where no word of the language is written so.
        let word = letters
            && !text.bytes().any(|b| b.is_ascii_uppercase())
            && reader.token(at).is_some_and(|t| !reader.pack.lexicon.is_open(t.symbol));
        // «Le due squadre»: an article at the start of a sentence is no sign.
        let closed = reader.pack.scope.function | reader.pack.scope.article;
        let article = letters && !text.bytes().all(|b| b.is_ascii_uppercase()) && self.class(at) & closed != 0;
        (!word && !article).then_some(name)
    }

    /// A currency before the number: `$10`, `US$ 4.7 billion`, `EUR 20`, «dólar 22500000».
    ///
    /// `named`: a name of money stands behind it too («人民币3亿元»).
    pub(super) fn money_before(&self, named: bool) -> Option<UnitFound> {
        let reader = self.reader();
        let at = self.numeral.start;
        let last = at.checked_sub(1)?;
        let token = reader.token(last)?;
        let mark = token.kind == TokenKind::Mark;
        let ends_sign = mark
            && !['.', ',', ';', ':', '(', ')', '"', '«', '»', '“', '”', '-', '–', '/', '¿', '?', '!']
                .iter()
                .any(|c| token.is(*c))
            || token.is('.') && !token.space_before()
            || token.is_word() && token.span.len() <= 5;
        if token.is_number() || reader.token(at)?.line_before() {
            return None;
        }
        if !ends_sign {
            return if mark { None } else { self.name_before(named) };
        }
        (at.saturating_sub(5)..at).find_map(|start| self.sign_from(start)).or_else(|| self.name_before(named))
    }

    /// A sign or code that reaches from token `start` to the number.
    pub(super) fn sign_from(&self, start: usize) -> Option<UnitFound> {
        let reader = self.reader();
        let at = self.numeral.start;
        let (first, last) = (reader.token(start)?, reader.token(at.checked_sub(1)?)?);
        let text = reader.text.get(first.span.start as usize..last.span.end as usize)?;
        if text.len() > 16 {
            return None;
        }
        let spaced = (start + 1..at).any(|i| reader.token(i).is_some_and(|t| t.space_before()));
        let letters = text.bytes().all(|b| b.is_ascii_alphabetic());
        let before = start.checked_sub(1).and_then(|i| reader.token(i));
        // «Manafort's $15,000» has no Singapore dollars.
        let genitive = first.is_word() && before.is_some_and(|t| t.is('\'') || t.is('’')) && !first.space_before();
        let open = before.is_none_or(|t| t.kind == TokenKind::Mark || !first.is_word());
        let free = !genitive && (first.space_before() || open);
        // «subió a $ 5»: a word of the language is no part of a sign. «15 USD 50»: the code belongs to the 15.
        let word = spaced && first.is_word() && self.class(start) & reader.pack.scope.function != 0;
        let taken = letters && before.is_some_and(|t| t.is_number());
        // `GBP 350`, `RM 42`: letters apart from the number are a code only where they are no word.
        let code = text.len() > 1 && first.is_uppercase() && reader.pack.lexicon.is_open(first.symbol);
        if !free || word || taken || (spaced && letters && !code) {
            return None;
        }
        let money = self.money_sign(text, start).or_else(|| self.letter_sign(text))?;
        let mut found = self.money(money, start, start, self.numeral.end);
        self.scaled(&mut found);
        Some(found)
    }

    /// The name of a currency before the number, where none stands behind it.
    pub(super) fn name_before(&self, named: bool) -> Option<UnitFound> {
        let reader = self.reader();
        let at = self.numeral.start;
        let wanted = |s: Sense| matches!(s, Sense::Currency(_) | Sense::Family(_));
        // Where every character is a token a name has many.
        let (words, longest) = if reader.pack.myriads() { (true, 6) } else { (false, 3) };
        if !words && self.numeral.literal.is_none() {
            return None;
        }
        for start in at.saturating_sub(longest)..at {
            let found = reader.pack.lexicon.longest_where(reader.tokens, start, wanted);
            // «won 6-4»
            let common = self.class(start) & reader.pack.scope.common != 0;
            // «Panadería Sol 41,05»: a capital makes it a name, but at the start of a sentence.
            let label = start > 0 && reader.token(start).is_some_and(|t| t.is_capitalized() && !t.is_uppercase());
            let found = found.filter(|f| f.end == at && !label && !(common && f.end == start + 1));
            let Some(found) = found else { continue };
            // «40 millones de dólares 5 bancos»: the name belongs to the number before it.
            let counted = start.checked_sub(1).and_then(|i| reader.token(i)).is_some_and(|t| {
                let class = reader.pack.lexicon.classes(t.symbol);
                class & reader.pack.scope.of != 0 || t.is_number() || !reader.pack.lexicon.numeral(t.symbol).is_empty()
            });
            if counted || !(words && named) && self.is_noun(self.numeral.end) {
                return None;
            }
            let name = found.senses.iter().find_map(money_name)?;
            let mut found = self.money(name, start, start, self.numeral.end);
            found.doubts.order = true;
            return Some(found);
        }
        None
    }

    /// `R 42`, `Q 42`: one letter is a sign only where the source's own currency is written so.
    pub(super) fn letter_sign(&self, text: &str) -> Option<MoneyName> {
        let letter = text.len() == 1 && text.bytes().all(|b| b.is_ascii_uppercase());
        let name = letter.then(|| self.scene.catalog.money_sign(text)).flatten()?;
        self.scene.money.is_local(name).then_some(name)
    }

    /// `$10K`, `$1.2B`: the scale that only counts beside money.
    pub(super) fn scaled(&self, found: &mut UnitFound) {
        let reader = self.reader();
        let end = self.numeral.end;
        let Some(token) = reader.token(end).filter(|t| t.is_word()) else { return };
        let Some(scale) = reader.pack.scale_symbol(token.span.of(reader.text)) else { return };
        let closed = reader.token(end + 1).is_none_or(|t| t.space_before() || !t.is_word() && !t.is_number());
        // A single small letter apart from its number is no scale: «$3 m» is, «$3 b» is not.
        if closed && (!token.space_before() || scale.money_only || token.span.len() > 1) {
            found.factor = scale.value;
            found.end = end + 1;
        }
    }
}
