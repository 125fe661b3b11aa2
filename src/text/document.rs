//! One article as the archive gave it: its text and what the source says about it.

/// An article, decoded to UTF-8. The text is never trimmed, folded or normalised: spans point into it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Stable id: the record's own, else path (and `#n` for the n-th record in it).
    pub id: String,
    /// Path inside the archive, `-` for standard input.
    pub source: String,
    /// Headline, if the source gives one apart from the text.
    pub title: Option<String>,
    /// The article's own date as an ISO 8601 calendar date (`2024-05-23`), if its source gives one.
    pub published: Option<String>,
    /// The caller said when it was published, not its source.
    pub published_by_option: bool,
    /// BCP 47 tag given by the source (`es`, `es-MX`); skips identification.
    pub language: Option<String>,
    /// The article.
    pub text: String,
}
