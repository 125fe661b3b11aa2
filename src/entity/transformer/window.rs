//! Windows: parts of an article that a model takes at once.
//!
//! With room for 12 pieces, the sentences of 5, 4 and 6 pieces of a block become the windows 5 + 4 and 6. A sentence too long for one
//! window is cut at a mark near its middle.

use crate::entity::{Error, Passage};
use crate::text::{Span, Token};

/// Windows of whole sentences, of at most `longest` pieces; none reaches over the end of a passage. A single word of more pieces than
/// that is in none: it is no name.
pub(super) fn cut(
    text: &str,
    passages: &[Passage<'_>],
    longest: usize,
    pieces: impl Fn(&str) -> Result<usize, Error>,
) -> Result<Vec<Span>, Error> {
    let mut windows: Vec<Span> = Vec::new();
    for passage in passages {
        let mut room = 0;
        for sentence in passage.sentences {
            let size = pieces(sentence.span.of(text))?;
            if size > longest {
                let tokens = passage.tokens.get(sentence.first..sentence.end).unwrap_or_default();
                halve(text, tokens, longest, &pieces, &mut windows)?;
                room = 0;
            } else if let Some(window) = windows.last_mut().filter(|_| size <= room) {
                window.end = sentence.span.end;
                room -= size;
            } else {
                windows.push(sentence.span);
                room = longest - size;
            }
        }
    }
    Ok(windows)
}

fn halve(
    text: &str,
    tokens: &[Token],
    longest: usize,
    pieces: &impl Fn(&str) -> Result<usize, Error>,
    windows: &mut Vec<Span>,
) -> Result<(), Error> {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return Ok(()) };
    let span = Span::new(first.span.start, last.span.end);
    if pieces(span.of(text))? <= longest {
        windows.push(span);
        return Ok(());
    }
    let middle = tokens.len() / 2;
    let quarter = tokens.len() / 4;
    let marks = (quarter..tokens.len() - quarter)
        .filter(|&at| at > 0 && tokens.get(at - 1).is_some_and(|t| !t.is_word() && !t.is_number()));
    let at = marks.min_by_key(|at| at.abs_diff(middle)).unwrap_or(middle);
    if at == 0 {
        return Ok(());
    }
    let (left, right) = tokens.split_at(at);
    halve(text, left, longest, pieces, windows)?;
    halve(text, right, longest, pieces, windows)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail by panic")]
    use super::*;
    use crate::pack::{Packs, Source};
    use crate::text::{sentences, tokenize};

    #[test]
    fn windows_end_with_sentences() {
        let packs = Packs::open(Source::embedded()).unwrap();
        let pack = packs.get("es").unwrap();
        let text = "Uno dos tres. Cuatro cinco. Seis siete. a b c d e, f g h i j k l. xxxxxxxxxxxx yy.";
        let mut tokens = Vec::new();
        tokenize(text, Span::new(0, u32::try_from(text.len()).unwrap()), &pack.lexicon, &mut tokens);
        let sentences = sentences(&tokens, |_| false, |_| false);
        let passage = Passage { language: "es", pack: &pack, tokens: &tokens, sentences: &sentences };
        // As many pieces as tokens, but for one word that has twelve.
        let pieces = |part: &str| {
            let mut tokens = Vec::new();
            tokenize(part, Span::new(0, u32::try_from(part.len()).unwrap()), &pack.lexicon, &mut tokens);
            Ok(tokens.iter().map(|t| if t.span.of(part).starts_with("xxx") { 12 } else { 1 }).sum())
        };
        let windows = cut(text, &[passage], 8, pieces).unwrap();
        let found: Vec<&str> = windows.iter().map(|window| window.of(text)).collect();
        assert_eq!(found, ["Uno dos tres. Cuatro cinco.", "Seis siete.", "a b c d e,", "f g h i j k l.", "yy."]);
    }
}
