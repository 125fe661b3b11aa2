//! Numbers in the text, in digits and words, as exact values.
//!
//! «dos mil 500 millones», `3,5 billones`, «tres cuartos», `2.º` and `-1,2e6` each become one [`Numeral`]. Digits are read by
//! [`digits`], words by the small machine in `words`, which knows no language: the pack's `numerals.tsv` tells what each
//! word does. Whether a number is a quantity, a date or part of a name is not asked here.

mod compound;
pub mod digits;
mod figures;
mod myriad;
mod number;
mod part;
mod scan;
mod stop;
mod words;

pub use number::Number;
pub use scan::{Reader, scan};
pub use stop::ordinal_stop;

use crate::pack::Ending;
use crate::text::Span;

/// The kind of number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// How many.
    Cardinal,
    /// Which one in a row.
    Ordinal,
    /// A part: `3/4`, «dos tercios».
    Fraction,
    /// A multiple or share with a word of its own: «el doble», «la mitad».
    Multiple,
}

/// A number in the text.
#[derive(Clone, Debug)]
pub struct Numeral {
    /// First token.
    pub start: usize,
    /// One past its last token.
    pub end: usize,
    /// Its text, in bytes.
    pub span: Span,
    /// Its value, scale words applied.
    pub value: Number,
    /// Its kind.
    pub form: Form,
    /// How its digits were read; `None` for words.
    pub literal: Option<digits::Literal>,
    /// The scale words or symbols at its end, multiplied; one where there are none.
    pub scale: Number,
    /// It is one by an article («un año»): a number only where something else says so.
    pub article: bool,
    /// The sign as written.
    pub sign: Option<char>,
    /// The second of two ends, where number words side by side name both: «七八».
    pub high: Option<Number>,
    /// Some odd more: «500余万».
    pub over: bool,
    /// It stands in the plural («quintos», «thirds»).
    pub plural: bool,
    /// What the ending of its word makes of it: `zweijährig` is two years.
    pub ending: Option<Ending>,
}

impl Numeral {
    /// Whether it is written in digits alone, without scale or sign.
    #[must_use]
    pub fn is_plain_digits(&self) -> bool {
        self.literal.is_some() && self.scale == Number::ONE && self.end == self.start + 1
    }
}
