//! Text without linguistics: documents, spans, tokens, blocks and sentences.

mod document;
mod segment;
mod span;
mod token;

pub use document::Document;
pub use segment::{Block, Sentence, blocks, sentences};
pub use span::Span;
pub(crate) use token::is_ideograph;
pub use token::{Lookup, Symbol, Token, TokenKind, decimal_digit, tokenize};
