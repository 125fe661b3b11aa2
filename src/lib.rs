//! `cuanto` («how much») reads articles and writes the quantities in them as rows of a table.
//!
//! ```
//! use cuanto::{Context, Document, analyze, pack};
//!
//! let packs = pack::Packs::open(pack::Source::embedded())?;
//! let cx = Context::new(packs)?;
//! let language = Some("es".to_owned());
//! let doc = Document { language, text: "La red supera los 33.000 PetaFLOPS.".to_owned(), ..Document::default() };
//! let analysis = analyze(&doc, &cx);
//! let rows = cuanto::record::rows(&doc, &analysis);
//! let fact = &rows.facts[0];
//! assert_eq!((fact.bound, fact.value.as_str(), fact.unit), (">", "33000", "PFLOPS"));
//! assert_eq!(fact.normalized_value, "33000000000000000000");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod analysis;
pub mod archive;
pub mod entity;
pub mod language;
pub mod numeral;
pub mod pack;
pub mod quantity;
pub mod record;
pub mod relation;
pub mod run;
pub mod table;
pub mod text;
pub mod timex;

pub use analysis::{
    Analysis, Context, DateMention, DateSource, Fact, Mention, NamedMention, Published, SentenceSpan, analyze,
};
pub use text::{Document, Span};
