//! Text without linguistics: documents, spans, tokens, blocks and sentences.

mod document;
mod span;

pub use document::Document;
pub use span::Span;
