//! Tokens: the smallest pieces that rules speak of, cut without any language's help.
//!
//! «alcanzó 350.000 millones (2,5 %)» becomes `alcanzó` `350.000` `millones` `(` `2,5` `%` `)`. A run of letters is a
//! word, a run of digits with single separators between digits is a number, everything else is a token of one
//! character. Letters and digits never share a token (`5km` is `5` + `km`), so that units need no space before them;
//! apostrophes and hyphens stand alone (`rock'n'roll`, `twenty-five`), but a word that the pack writes with its apostrophe
//! keeps it (`d'` `euros`). Ideographs are one token each, and count as parted from the words and numbers beside them:
//! `3500亿元` has no blanks and needs none.
//!
//! The text itself is never changed: a word's lower-cased form lives only in the lookup that gives its [`Symbol`].

use super::Span;

/// What kind of text a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// A run of letters and combining marks.
    Word,
    /// Digits, with single `.`, `,` or apostrophes between digits.
    Number,
    /// One character of anything else that is not white space.
    Mark,
}

/// An interned form. Words of the pack have small numbers, `0` is a word that the pack does not know, and a mark is its
/// own code point with the highest bit set, so that rules can name marks and words alike; so is a number of one digit
/// (`m2`, `7/24`); numbers of two and three digits have one where the pack names them («por 100»), longer ones have none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Symbol(pub u32);

impl Symbol {
    /// A word that no pack table holds.
    pub const UNKNOWN: Self = Self(0);

    /// The symbol of a mark.
    #[must_use]
    pub const fn mark(mark: char) -> Self {
        Self(mark as u32 | 1 << 31)
    }

    /// The mark, if this is one.
    #[must_use]
    pub fn as_mark(self) -> Option<char> {
        (self.0 >> 31 == 1).then(|| char::from_u32(self.0 & !(1 << 31))).flatten()
    }
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Its interned form.
    pub symbol: Symbol,
    /// What it is.
    pub kind: TokenKind,
    flags: u8,
}

const SPACE_BEFORE: u8 = 1;
const CAPITALIZED: u8 = 2;
const UPPERCASE: u8 = 4;
const LINE_BEFORE: u8 = 8;
/// An ideograph stands on one side of the border before it.
const PARTED: u8 = 16;

impl Token {
    /// White space, or the start of the text, stands before it; so does a border between an ideograph and a word or number.
    #[must_use]
    pub fn space_before(&self) -> bool {
        self.flags & SPACE_BEFORE != 0
    }

    /// A word whose first letter is a capital.
    #[must_use]
    pub fn is_capitalized(&self) -> bool {
        self.flags & CAPITALIZED != 0
    }

    /// A word of two letters or more, all of them capitals.
    #[must_use]
    pub fn is_uppercase(&self) -> bool {
        self.flags & UPPERCASE != 0
    }

    /// A line break stands before it.
    #[must_use]
    pub fn line_before(&self) -> bool {
        self.flags & LINE_BEFORE != 0
    }

    /// Whether it is this mark.
    #[must_use]
    pub fn is(&self, mark: char) -> bool {
        self.symbol == Symbol::mark(mark)
    }

    /// Whether it is a word.
    #[must_use]
    pub fn is_word(&self) -> bool {
        self.kind == TokenKind::Word
    }

    /// Whether it is a run of digits.
    #[must_use]
    pub fn is_number(&self) -> bool {
        self.kind == TokenKind::Number
    }
}

/// Gives words their symbols.
pub trait Lookup {
    /// The symbol of a lower-cased word, [`Symbol::UNKNOWN`] if there is none.
    fn symbol(&self, folded: &str) -> Symbol;

    /// The symbol of a lower-cased word with the apostrophe behind it (`d'`), where that is a form of its own.
    fn elided(&self, _folded: &str) -> Symbol {
        Symbol::UNKNOWN
    }
}

/// Appends the tokens of `text[range]` to `tokens`.
pub fn tokenize(text: &str, range: Span, lookup: &impl Lookup, tokens: &mut Vec<Token>) {
    let body = range.of(text);
    let bytes = body.as_bytes();
    let base = range.start as usize;
    let mut flags = SPACE_BEFORE;
    let mut at = 0;
    let mut folded = String::with_capacity(32);
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        let mut kind = TokenKind::Mark;
        let mut symbol = Symbol::UNKNOWN;
        let mut ideograph = false;
        if byte.is_ascii_alphabetic() || byte >= 0x80 {
            let Some(first) = char_at(body, at) else { break };
            if first.is_whitespace() || matches!(first, '\u{200B}' | '\u{FEFF}' | '\u{00AD}' | '\u{2060}') {
                // A soft hyphen or zero-width character at a word's edge separates as little as possible.
                if first.is_whitespace() {
                    flags |= SPACE_BEFORE;
                }
                at += first.len_utf8();
                continue;
            }
            if is_letter(first) {
                kind = TokenKind::Word;
                ideograph = byte >= 0xE3 && is_ideograph(first);
                folded.clear();
                at = word_end(body, at, &mut folded, &mut flags);
                // «d’euros»: the word before stands apart, though no blank parts it.
                let marked = matches!(bytes.get(at), Some(b'\'' | 0xE2));
                let apostrophe = if marked { elision(body, at) } else { 0 };
                let elided = if apostrophe > 0 { lookup.elided(&folded) } else { Symbol::UNKNOWN };
                if elided != Symbol::UNKNOWN {
                    at += apostrophe;
                    let span = Span::new(offset(base + start), offset(base + at));
                    tokens.push(Token { span, symbol: elided, kind, flags });
                    flags = SPACE_BEFORE;
                    continue;
                }
                symbol = lookup.symbol(&folded);
            } else if first.is_numeric() && first.to_digit(10).is_none() && decimal_digit(first).is_some() {
                kind = TokenKind::Number;
                at = number_end(body, at);
            } else {
                at += first.len_utf8();
                symbol = Symbol::mark(first);
            }
        } else if byte.is_ascii_digit() {
            kind = TokenKind::Number;
            at = number_end(body, at);
            if at == start + 1 {
                symbol = Symbol::mark(char::from(byte));
            } else if at <= start + 3 {
                symbol = body.get(start..at).map_or(Symbol::UNKNOWN, |digits| lookup.symbol(digits));
            }
        } else if byte.is_ascii_whitespace() || byte == 0x0B {
            flags |= SPACE_BEFORE | if byte == b'\n' || byte == b'\r' { LINE_BEFORE } else { 0 };
            at += 1;
            continue;
        } else {
            at += 1;
            symbol = Symbol::mark(char::from(byte));
        }
        let span = Span::new(offset(base + start), offset(base + at));
        if (ideograph || flags & PARTED != 0) && kind != TokenKind::Mark {
            flags |= SPACE_BEFORE;
        }
        tokens.push(Token { span, symbol, kind, flags });
        flags = if ideograph { PARTED } else { 0 };
    }
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// The length of an apostrophe at `at` that a letter or digit follows, else 0.
fn elision(body: &str, at: usize) -> usize {
    let length = match body.as_bytes().get(at) {
        Some(b'\'') => 1,
        Some(0xE2) if body.get(at..).is_some_and(|rest| rest.starts_with('’')) => '’'.len_utf8(),
        _ => return 0,
    };
    if char_at(body, at + length).is_some_and(char::is_alphanumeric) { length } else { 0 }
}

/// A byte offset into a document; documents are below 4 GiB, which `archive` sees to.
fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

/// Reads a word from `at`, appending its lower-cased form; returns its end.
fn word_end(body: &str, at: usize, folded: &mut String, flags: &mut u8) -> usize {
    let bytes = body.as_bytes();
    let mut end = at;
    let (mut letters, mut capitals) = (0u32, 0u32);
    while let Some(&byte) = bytes.get(end) {
        if byte.is_ascii_alphabetic() {
            if byte.is_ascii_uppercase() && letters == 0 {
                *flags |= CAPITALIZED;
            }
            let rest = bytes.get(end..).unwrap_or_default();
            let run = rest.iter().position(|b| !b.is_ascii_alphabetic()).unwrap_or(rest.len());
            let run = body.get(end..end + run).unwrap_or_default();
            letters += u32::try_from(run.len()).unwrap_or(u32::MAX);
            capitals += run.bytes().map(|b| u32::from(b.is_ascii_uppercase())).sum::<u32>();
            folded.extend(run.chars().map(|c| c.to_ascii_lowercase()));
            end += run.len();
        } else if byte >= 0x80 {
            let Some(letter) = char_at(body, end) else { break };
            // «mil·límetre»: the point between two l is part of the word.
            let point = letter == '·'
                && folded.ends_with('l')
                && body.get(end + letter.len_utf8()..).is_some_and(|rest| rest.starts_with(['l', 'L']));
            if point {
                folded.push(letter);
                end += letter.len_utf8();
                continue;
            }
            if is_ideograph(letter) {
                // Each ideograph is a token of its own.
                if letters == 0 {
                    folded.push(letter);
                    end += letter.len_utf8();
                }
                break;
            }
            if !is_letter(letter) && !is_combining(letter) && letter != '\u{00AD}' {
                break;
            }
            if letter != '\u{00AD}' {
                let capital = letter.is_uppercase();
                if capital && letters == 0 {
                    *flags |= CAPITALIZED;
                }
                if is_combining(letter) {
                    compose(folded, letter);
                } else {
                    letters += 1;
                    capitals += u32::from(capital);
                    folded.extend(letter.to_lowercase());
                }
            }
            end += letter.len_utf8();
        } else {
            break;
        }
    }
    if letters > 1 && letters == capitals {
        *flags |= UPPERCASE;
    }
    end
}

/// Joins a combining mark to the letter before it, so that decomposed text finds the same entries.
fn compose(folded: &mut String, mark: char) {
    match folded.pop() {
        Some(letter) => match unicode_normalization::char::compose(letter, mark) {
            Some(composed) => folded.push(composed),
            None => folded.extend([letter, mark]),
        },
        None => folded.push(mark),
    }
}

/// Ordinal indicators are letters to Unicode but marks to us: «2.º».
fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !matches!(c, 'º' | 'ª')
}

/// A mark that belongs to the letter before it: an accent, a vowel sign of Devanagari, a tone of Thai.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036F}') || c >= '\u{0591}' && unicode_normalization::char::is_combining_mark(c)
}

/// Whether `c` is a word by itself: an ideograph or a kana.
pub(crate) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

/// The zeros of the scripts with digits of their own: Arabic (two), Devanagari, Bengali, Gurmukhi, Gujarati, Odia, Tamil,
/// Telugu, Kannada, Malayalam, Thai, Lao, Tibetan, Myanmar, Khmer, full-width.
const ZEROS: [char; 17] = [
    '\u{0660}', '\u{06F0}', '\u{0966}', '\u{09E6}', '\u{0A66}', '\u{0AE6}', '\u{0B66}', '\u{0BE6}', '\u{0C66}',
    '\u{0CE6}', '\u{0D66}', '\u{0E50}', '\u{0ED0}', '\u{0F20}', '\u{1040}', '\u{17E0}', '\u{FF10}',
];

/// The value of a decimal digit of any script that news uses.
#[must_use]
pub fn decimal_digit(c: char) -> Option<u8> {
    if c.is_ascii() {
        return u8::try_from(c.to_digit(10)?).ok();
    }
    let before = ZEROS.partition_point(|zero| *zero <= c);
    let zero = before.checked_sub(1).and_then(|i| ZEROS.get(i))?;
    u8::try_from(u32::from(c) - u32::from(*zero)).ok().filter(|digit| *digit < 10)
}

/// Whether `c` may stand between two digits of one number.
fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '\'' | '’' | '٬' | '٫' | '，' | '．' | '·')
}

/// The end of a number that starts at `at`: digits, and single separators that have a digit on both sides.
fn number_end(body: &str, at: usize) -> usize {
    let bytes = body.as_bytes();
    let mut end = at;
    loop {
        match bytes.get(end) {
            Some(b) if b.is_ascii_digit() => end += 1,
            Some(b'.' | b',' | b'\'') if bytes.get(end + 1).is_some_and(u8::is_ascii_digit) => end += 1,
            Some(b) if *b >= 0x80 => {
                let mut rest = body.get(end..).unwrap_or_default().chars();
                match rest.next() {
                    Some(c) if decimal_digit(c).is_some() => end += c.len_utf8(),
                    // A full-width comma only parts full-width digits: «20，300» are two numbers.
                    Some('，') if bytes.get(end.wrapping_sub(1)).is_some_and(u8::is_ascii) => return end,
                    Some(c) if is_separator(c) && rest.next().is_some_and(|d| decimal_digit(d).is_some()) => {
                        end += c.len_utf8();
                    }
                    _ => return end,
                }
            }
            Some(b'.' | b',') => {
                // An ASCII separator before a digit of another script.
                let next = body.get(end + 1..).and_then(|rest| rest.chars().next());
                if next.is_some_and(|c| !c.is_ascii() && decimal_digit(c).is_some()) {
                    end += 1;
                } else {
                    return end;
                }
            }
            _ => return end,
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::indexing_slicing, reason = "a test may fail by panic")]
    use super::*;
    use proptest::prelude::*;

    struct Nothing;
    impl Lookup for Nothing {
        fn symbol(&self, _: &str) -> Symbol {
            Symbol::UNKNOWN
        }
    }

    fn cut(text: &str) -> Vec<&str> {
        let mut tokens = Vec::new();
        tokenize(text, Span::new(0, u32::try_from(text.len()).unwrap_or(0)), &Nothing, &mut tokens);
        tokens.iter().map(|t| t.span.of(text)).collect()
    }

    #[test]
    fn letters_digits_and_marks_part() {
        assert_eq!(
            cut("alcanzó 350.000 millones (2,5 %)."),
            ["alcanzó", "350.000", "millones", "(", "2,5", "%", ")", "."]
        );
        assert_eq!(cut("5km, 10K$; l'eau 2.º"), ["5", "km", ",", "10", "K", "$", ";", "l", "'", "eau", "2", ".", "º"]);
        assert_eq!(cut("１２，５％ 3500亿元"), ["１２，５", "％", "3500", "亿", "元"]);
        assert_eq!(cut("1.2.3. 4,"), ["1.2.3", ".", "4", ","]);
    }

    #[test]
    fn an_elided_word_keeps_its_apostrophe() {
        struct Elided;
        impl Lookup for Elided {
            fn symbol(&self, _: &str) -> Symbol {
                Symbol::UNKNOWN
            }
            fn elided(&self, folded: &str) -> Symbol {
                if folded == "d" { Symbol(7) } else { Symbol::UNKNOWN }
            }
        }
        let text = "D’euros, d'1 o'clock, d' or";
        let mut tokens = Vec::new();
        tokenize(text, Span::new(0, u32::try_from(text.len()).unwrap_or(0)), &Elided, &mut tokens);
        let cut: Vec<&str> = tokens.iter().map(|t| t.span.of(text)).collect();
        assert_eq!(cut, ["D’", "euros", ",", "d'", "1", "o", "'", "clock", ",", "d", "'", "or"]);
        assert!(tokens[0].symbol == tokens[3].symbol && tokens[1].space_before());
    }

    #[test]
    fn a_point_between_two_l_parts_nothing() {
        assert_eq!(cut("5 mil·límetres, N·m, Metal·l"), ["5", "mil·límetres", ",", "N", "·", "m", ",", "Metal·l"]);
    }

    #[test]
    fn flags_tell_case_and_space() {
        let text = "PIB de Perú\nsube";
        let mut tokens = Vec::new();
        tokenize(text, Span::new(0, 17), &Nothing, &mut tokens);
        assert!(tokens[0].is_uppercase() && tokens[2].is_capitalized() && !tokens[2].is_uppercase());
        assert!(tokens[3].line_before() && tokens[3].space_before());
    }

    #[test]
    fn ideographs_stand_apart() {
        let text = "约3500亿元（5km）";
        let mut tokens = Vec::new();
        tokenize(text, Span::new(0, u32::try_from(text.len()).unwrap_or(0)), &Nothing, &mut tokens);
        let apart: Vec<bool> = tokens.iter().map(Token::space_before).collect();
        // The bracket, the digits behind it and the letters behind them stand together.
        assert_eq!(apart, [true, true, true, true, false, false, false, false]);
    }

    proptest! {
        #[test]
        fn tokens_cover_all_but_space(text in "\\PC{0,80}") {
            let mut tokens = Vec::new();
            let all = Span::new(0, u32::try_from(text.len()).unwrap_or(0));
            tokenize(&text, all, &Nothing, &mut tokens);
            let mut end = 0;
            for token in &tokens {
                let gap = &text[end..token.span.start as usize];
                let skipped = |c: char| c.is_whitespace() || ['\u{200B}', '\u{FEFF}', '\u{AD}', '\u{2060}'].contains(&c);
                prop_assert!(gap.chars().all(skipped));
                prop_assert!(!token.span.of(&text).is_empty());
                end = token.span.end as usize;
            }
        }
    }
}
