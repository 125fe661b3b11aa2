//! Blocks and sentences.
//!
//! A block is a paragraph, heading or table row: text that shares a language and that no sentence crosses. A new line
//! opens one, unless the line before was only wrapped («… alcanzó⏎350.000 millones»). A sentence ends at `.`, `!`, `?` or
//! `…` before white space and something that may begin a sentence, but not behind an abbreviation of the pack
//! («art. 14»), an initial («J. Pérez») or between two numbers.

use super::{Span, Symbol, Token};

/// A paragraph, heading or table row: bytes of the text, without the white space around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it stands.
    pub span: Span,
}

/// A sentence: its text, and the tokens of its block that it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From the first to the last token, in bytes.
    pub span: Span,
    /// Index of its first token in the block.
    pub first: usize,
    /// One past its last token.
    pub end: usize,
}

/// The blocks of a text, in order; together they hold everything but white space.
#[must_use]
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut start = 0;
    let mut blank = true;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let trimmed = line.trim();
        if trimmed.is_empty() {
            blank = true;
        } else {
            let lead = line.len() - line.trim_start().len();
            let from = u32::try_from(start + lead).unwrap_or(u32::MAX);
            let to = u32::try_from(start + lead + trimmed.len()).unwrap_or(u32::MAX);
            match blocks.last_mut() {
                Some(last) if !blank && is_wrapped(last.span.of(text), trimmed) => last.span.end = to,
                _ => blocks.push(Block { span: Span::new(from, to) }),
            }
            blank = false;
        }
        start = end;
    }
    blocks
}

/// Whether `next` only continues the line that `before` ends with.
fn is_wrapped(before: &str, next: &str) -> bool {
    let open =
        before.chars().next_back().is_some_and(|c| !matches!(c, '.' | '!' | '?' | ':' | ';' | '…' | '»' | '”' | '|'));
    let continues = next.chars().next().is_some_and(|c| c.is_lowercase() || c.is_ascii_digit());
    // A table puts short cells on lines of their own; a wrapped paragraph has long lines.
    let line = before.rsplit('\n').next().unwrap_or(before);
    open && continues && line.chars().take(40).count() == 40
}

/// The sentences of a block's tokens. `is_abbreviation` tells words that a full stop may follow inside a sentence.
/// `goes_on` says of a full stop behind digits whether it belongs to them («der 3. Platz»).
pub fn sentences(
    tokens: &[Token],
    is_abbreviation: impl Fn(Symbol) -> bool,
    goes_on: impl Fn(usize) -> bool,
) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut first = 0;
    let mut close = |first: usize, end: usize| {
        if let (Some(a), Some(b)) = (tokens.get(first), end.checked_sub(1).and_then(|i| tokens.get(i))) {
            sentences.push(Sentence { span: a.span.cover(b.span), first, end });
        }
    };
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let stopped = at;
        at += 1;
        let stop = token.is('.');
        if !(stop
            || token.is('!')
            || token.is('?')
            || token.is('…')
            || token.is('。')
            || token.is('！')
            || token.is('？'))
        {
            continue;
        }
        // Closing quotes and brackets belong to the sentence that they close.
        while tokens.get(at).is_some_and(|t| {
            !t.space_before()
                && [')', '"', '”', '»', '’', '\'', ']', '.', '!', '?', '」', '』', '）'].iter().any(|c| t.is(*c))
        }) {
            at += 1;
        }
        let Some(next) = tokens.get(at) else { break };
        let before = stopped.checked_sub(1).and_then(|i| tokens.get(i));
        let wide = token.is('。') || token.is('！') || token.is('？');
        let begins = next.is_capitalized() || next.is_number() || !next.is_word() || next.line_before();
        if !wide && (!next.space_before() || !begins) {
            continue;
        }
        if stop && !next.line_before() {
            let inside = before.is_some_and(|word| {
                word.is_word()
                    && (is_abbreviation(word.symbol)
                        || (word.is_capitalized() && word.span.len() == 1 && next.is_word()))
            });
            let between_numbers = next.is_number() && before.is_some_and(Token::is_number) && next.span.len() <= 2;
            if inside || between_numbers || before.is_some_and(Token::is_number) && goes_on(stopped) {
                continue;
            }
        }
        close(first, at);
        first = at;
    }
    close(first, tokens.len());
    sentences
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Lookup, tokenize};

    struct Abbreviations;
    impl Lookup for Abbreviations {
        fn symbol(&self, folded: &str) -> Symbol {
            Symbol(u32::from(folded == "art"))
        }
    }

    fn split(text: &str) -> Vec<String> {
        blocks(text)
            .iter()
            .flat_map(|block| {
                let mut tokens = Vec::new();
                tokenize(text, block.span, &Abbreviations, &mut tokens);
                sentences(&tokens, |s| s == Symbol(1), |_| false)
                    .into_iter()
                    .map(|s| s.span.of(text).to_owned())
                    .collect::<Vec<_>>()
            })
            .collect()
    }

    #[test]
    fn full_stops_inside_a_sentence_do_not_end_it() {
        assert_eq!(
            split("Según el art. 14, J. Pérez pagó 2.400 €. «¿Cuánto?» Nada."),
            ["Según el art. 14, J. Pérez pagó 2.400 €.", "«¿Cuánto?»", "Nada."]
        );
    }

    #[test]
    fn a_wrapped_line_goes_on_and_a_heading_does_not() {
        let text = "Cifras del año\nLa producción de la planta del norte del país alcanzó\n350 toneladas. Fin";
        let joined = "La producción de la planta del norte del país alcanzó\n350 toneladas.";
        assert_eq!(split(text), ["Cifras del año", joined, "Fin"]);
    }
}
