//! The article's own date where it stands in its first line.
//!
//! «Madrid, 23 may 2024 (EFE)», "BERLIN, May 23, 2024 (Reuters) - …": a place, a date with its year, and an agency in brackets or
//! a dash behind it.

use jiff::civil::Date;

use super::{Finder, Scene};
use crate::text::Token;

/// A dateline has no more tokens than this.
pub(crate) const LENGTH: usize = 24;

/// The day that the dateline at the start of a block names; only a place may stand before it.
pub(crate) fn dateline(scene: &Scene<'_>) -> Option<Date> {
    let first = Finder::default().find(scene).find(|timex| !timex.relative)?;
    let date: Date = first.value.get(..10)?.parse().ok()?;
    let start = scene.tokens.iter().position(|token| token.span.start >= first.span.start)?;
    let end = scene.tokens.iter().position(|token| token.span.start >= first.span.end)?;
    // «Sao Paulo (Brasil), 23 may 2024»
    let before = scene.tokens.get(..start)?;
    let is_place =
        |token: &Token| !token.is_number() && (!token.is_word() || token.is_capitalized() || token.span.len() <= 3);
    let place = before.iter().all(is_place) && before.last().is_none_or(|token| token.is(',') || token.is('/'));
    let opens = |at: usize, mark: char| scene.tokens.get(at).is_some_and(|token| token.is(mark));
    let agency = opens(end, '(') && scene.tokens.get(end + 1).is_some_and(Token::is_capitalized);
    let dash = ['-', '–', '—'].iter().any(|mark| opens(end, *mark) || opens(end, '.') && opens(end + 1, *mark));
    (place && (agency || dash && start > 0)).then_some(date)
}
