//! `cuanto` («how much») reads articles and writes the quantities in them as rows of a table.
//!
//! ```
//! use cuanto::{Context, Document, analyze, pack};
//!
//! let packs = pack::Packs::open(pack::Source::embedded())?;
//! let cx = Context::new(packs, Some("es"))?;
//! let doc = Document { text: "La red supera los 33.000 PetaFLOPS.".to_owned(), ..Document::default() };
//! let analysis = analyze(&doc, &cx);
//! let rows = cuanto::record::rows(&doc, &analysis);
//! let fact = &rows.facts[0];
//! assert_eq!((fact.bound, fact.value.as_str(), fact.unit.as_str()), (">", "33000", "PFLOPS"));
//! assert_eq!(fact.normalized_value, "33000000000000000000");
//! # Ok::<(), cuanto::pack::Error>(())
//! ```

mod analysis;
pub mod numeral;
pub mod pack;
pub mod quantity;
pub mod archive;
pub mod record;
pub mod text;

pub use analysis::{Analysis, Context, Fact, Mention, SentenceSpan, analyze};
pub use text::{Document, Span};
