//! Words as the tagger sees them, and the stretches of a sentence where a name may stand.
//!
//! «viajó a EE. UU. con L’Hospitalet y el G-20» has the pipeline's tokens `EE` `.` `UU` `.` …; the tagger joins what no blank parts
//! (`EE.`, `G-20`) into one [`Word`], since training texts are cut that way. A name needs a capital, an ideograph or a digit
//! beside one, so that only stretches around such words are looked at (an *island*): «viajó a **EE. UU.** con …».

use crate::text::{Span, Token, TokenKind, is_ideograph};

/// A run of tokens that training texts hold as one.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Where it stands, in bytes.
    pub span: Span,
    /// A name can begin or end with it: a capital, or a script without capitals.
    pub cue: bool,
    /// It holds a letter.
    pub letters: bool,
    /// It is an ideograph.
    pub ideograph: bool,
}

/// How many words without a cue may stand between two words of one name («Museo de la Ciudad»), measured on training texts:
/// with two, 99.8 % of the names that hold a capital lie in one island.
const GAP: usize = 2;

/// Words beside the outermost cues that may still belong to the name («Ley de aguas», «calle Mayor»).
const MARGIN: usize = 1;

/// The words of `tokens`, appended to `words`.
pub fn words(text: &str, tokens: &[Token], words: &mut Vec<Word>) {
    let mut rest = tokens;
    while let Some((first, mut after)) = rest.split_first() {
        let ideograph = first.is_word() && first.span.of(text).chars().next().is_some_and(is_ideograph);
        let mut word = Word { span: first.span, cue: is_cue(text, first), letters: first.is_word(), ideograph };
        let mut last = first;
        while let Some(length) = joined(last, after) {
            let Some((part, further)) = after.split_at_checked(length) else { break };
            for token in part {
                word.span = word.span.cover(token.span);
                word.cue |= is_cue(text, token);
                word.letters |= token.is_word();
                last = token;
            }
            after = further;
        }
        words.push(word);
        rest = after;
    }
}

/// How many of the tokens `after` belong to the word that ends with `last`.
fn joined(last: &Token, after: &[Token]) -> Option<usize> {
    let (next, further) = after.split_first()?;
    if next.space_before() {
        return None;
    }
    let glued = further.first().filter(|token| !token.space_before() && token.kind != TokenKind::Mark);
    match last.kind {
        TokenKind::Mark => None,
        // `5G`, `A380`
        _ if next.kind != TokenKind::Mark => Some(1),
        // `Castilla-La`, `G-20`, `AT&T`, `I+D`
        _ if ['-', '\u{2010}', '\u{2011}', '&', '+', '_', '@'].iter().any(|&mark| next.is(mark)) => glued.map(|_| 2),
        // `EE.UU.`, `S.A.`, `U.S.`, `J.`: a stop behind one or two capitals, or between letters
        TokenKind::Word if next.is('.') => match glued {
            Some(letters) if letters.is_word() => Some(2),
            Some(_) => None,
            None => (is_initial(last)).then_some(1),
        },
        _ => None,
    }
}

/// A capital alone or with one more letter («J.», «EE.»), whose stop belongs to it.
fn is_initial(token: &Token) -> bool {
    token.is_capitalized() && token.span.len() <= 2 && (token.span.len() == 1 || token.is_uppercase())
}

fn is_cue(text: &str, token: &Token) -> bool {
    token.is_word() && (token.is_capitalized() || token.span.of(text).chars().next().is_some_and(caseless))
}

/// A letter of a script without capitals.
fn caseless(letter: char) -> bool {
    letter >= '\u{0590}' && (is_ideograph(letter) || (!letter.is_lowercase() && !letter.is_uppercase()))
}

/// The stretches of a sentence in which names may stand, as ranges of `words`, in order and apart.
pub fn islands(words: &[Word], islands: &mut Vec<(usize, usize)>) {
    islands.clear();
    let mut last_cue: Option<usize> = None;
    for (at, _) in words.iter().enumerate().filter(|(_, word)| word.cue) {
        let near = last_cue.is_some_and(|last| at - last <= GAP + 1);
        last_cue = Some(at);
        match islands.last_mut() {
            Some(island) if near || at <= island.1 + MARGIN => island.1 = (at + 1 + MARGIN).min(words.len()),
            _ => islands.push((at.saturating_sub(MARGIN), (at + 1 + MARGIN).min(words.len()))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Lookup, Symbol, tokenize};

    struct Nothing;

    impl Lookup for Nothing {
        fn symbol(&self, _: &str) -> Symbol {
            Symbol::UNKNOWN
        }
    }

    fn cut(text: &str) -> (Vec<&str>, Vec<(usize, usize)>) {
        let (mut tokens, mut found, mut ranges) = (Vec::new(), Vec::new(), Vec::new());
        tokenize(text, Span::new(0, u32::try_from(text.len()).unwrap_or(0)), &Nothing, &mut tokens);
        words(text, &tokens, &mut found);
        islands(&found, &mut ranges);
        (found.iter().map(|word| word.span.of(text)).collect(), ranges)
    }

    #[test]
    fn what_no_blank_parts_is_one_word() {
        let (words, _) = cut("el G-20, EE.UU. y AT&T de J. Ruiz (5G).");
        assert_eq!(words, ["el", "G-20", ",", "EE.UU.", "y", "AT&T", "de", "J.", "Ruiz", "(", "5G", ")", "."]);
    }

    #[test]
    fn islands_hold_names_and_their_neighbours() {
        assert_eq!(cut("ayer vino a la ciudad Ana de la Torre con su hijo menor").1, [(4, 10)]);
        assert!(cut("nadie vino ayer").1.is_empty());
    }

    #[test]
    fn a_script_without_capitals_is_all_island() {
        assert_eq!(cut("北京有学校").1, [(0, 5)]);
    }
}
