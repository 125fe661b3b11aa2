//! A full stop behind digits: the mark of an ordinal or the end of a sentence.
//!
//! «der 3. Platz» ranks, «es waren 3. Der Rest blieb» counts. A word in small letters or a month goes on with the sentence; a
//! closed-class word with a capital begins a new one; before a noun or a name the word in front decides: an article
//! («den 3. Sieg») makes a rank.

use crate::pack::Pack;
use crate::text::{Token, TokenKind};

/// Digits that a full stop may make an ordinal: «2019.» ends a sentence.
const MOST_DIGITS: usize = 4;

/// Whether the full stop at token `stop` makes the digits before it an ordinal, and then whether it ends the sentence too.
/// `None` where it does not, and in languages that write their ordinals otherwise.
#[must_use]
pub fn ordinal_stop(pack: &Pack, text: &str, tokens: &[Token], stop: usize) -> Option<bool> {
    if !pack.ordinal_stop() {
        return None;
    }
    let class = |i: usize| tokens.get(i).map_or(0, |t| pack.lexicon.classes(t.symbol));
    tokens.get(stop).filter(|t| t.is('.') && !t.space_before())?;
    let number = tokens.get(stop.checked_sub(1)?).filter(|t| t.is_number())?;
    let digits = number.span.of(text);
    if digits.len() > MOST_DIGITS || !digits.bytes().all(|b| b.is_ascii_digit()) || digits.starts_with('0') {
        return None;
    }
    let before = stop.checked_sub(2);
    let opener = |i: usize| class(i) & pack.scope.ordinal_opener != 0;
    // «der 3. Sieg», «im neuen 17. Bezirk»
    let adjective = |i: usize| {
        tokens.get(i).is_some_and(|t| t.is_word() && !t.is_capitalized())
            && class(i) == 0
            && i.checked_sub(1).is_some_and(opener)
    };
    let opened = before.is_some_and(|i| opener(i) || adjective(i));
    // «2. und 3. Platz», «1./2. Mai»
    let chained = before
        .filter(|i| class(*i) & (pack.scope.and | pack.scope.or) != 0 || tokens.get(*i).is_some_and(is_joint))
        .and_then(|i| i.checked_sub(2))
        .is_some_and(|i| tokens.get(i).is_some_and(Token::is_number) && tokens.get(i + 1).is_some_and(|t| t.is('.')));
    let long = digits.len() == MOST_DIGITS;
    let Some(next) = tokens.get(stop + 1) else {
        // «am 15.», «die 3.»: no amount stands there.
        return (before.is_none() || opened && !long).then_some(true);
    };
    if next.line_before() {
        return (opened && !long).then_some(true);
    }
    if !next.space_before() {
        let closes = next.kind == TokenKind::Mark && !next.is('.') && !next.is('%');
        return (closes && !long).then_some(false);
    }
    if next.kind == TokenKind::Mark {
        return (opened && !long).then_some(false);
    }
    if next.is_number() {
        return None;
    }
    let month = class(stop + 1) & pack.scope.month != 0 && digits.len() <= 2;
    if month || !next.is_capitalized() {
        return (!long).then_some(false);
    }
    if class(stop + 1) & pack.scope.function != 0 {
        return (opened && !long).then_some(true);
    }
    let bracket = before.and_then(|i| tokens.get(i)).is_some_and(|t| t.is('('));
    (opened || chained || bracket && !long).then_some(false)
}

fn is_joint(token: &Token) -> bool {
    token.is('/') || token.is(',') || token.is('-') || token.is('–')
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail by panic")]
    use super::*;
    use crate::pack::{Packs, Source};
    use crate::text::{Span, tokenize};

    /// What the first full stop of a German text does.
    fn first_stop(text: &str) -> Option<bool> {
        let packs = Packs::open(Source::embedded()).unwrap();
        let pack = packs.get("de").unwrap();
        let mut tokens = Vec::new();
        tokenize(text, Span::new(0, u32::try_from(text.len()).unwrap()), &pack.lexicon, &mut tokens);
        let stop = tokens.iter().position(|t| t.is('.')).unwrap();
        ordinal_stop(&pack, text, &tokens, stop)
    }

    #[test]
    fn ranks_go_on() {
        for text in ["der 3. Platz", "im neuen 17. Bezirk", "am 5. Mai", "wurde 3. und", "in der (34. Minute)"] {
            assert_eq!(first_stop(text), Some(false), "{text}");
        }
    }

    #[test]
    fn ranks_may_end_a_sentence() {
        assert_eq!(first_stop("er kam am 15. Die Bahn fuhr"), Some(true));
        assert_eq!(first_stop("4."), Some(true));
    }

    #[test]
    fn amounts_end_a_sentence() {
        for text in ["es waren 20. Die Polizei kam", "im Jahr 2019. Menschen", "auf 20. Experten sagen", "um 08. Er"] {
            assert_eq!(first_stop(text), None, "{text}");
        }
    }
}
