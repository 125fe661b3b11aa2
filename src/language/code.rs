//! Language codes: `es`, `en`, `und`, in four bytes.

use std::fmt;

/// An ISO 639-1 code (two lower-case letters), or `und`, ISO 639-2's word for an undetermined language.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LanguageCode([u8; 2]);

impl LanguageCode {
    /// `und`: the text does not say.
    pub const UNDETERMINED: Self = Self([0, 0]);

    /// Reads `es`, `ES`, `es-MX`, `es_MX` (the region is left out) or `und`; `None` for anything else.
    ///
    /// ```
    /// use cuanto::language::LanguageCode;
    /// assert_eq!(LanguageCode::parse("es-MX").map(|code| code.to_string()).as_deref(), Some("es"));
    /// assert_eq!(LanguageCode::parse("Spanish"), None);
    /// ```
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("und") {
            return Some(Self::UNDETERMINED);
        }
        match primary.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Some(Self([a.to_ascii_lowercase(), b.to_ascii_lowercase()]))
            }
            _ => None,
        }
    }

    /// The code: two letters, or `und`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        if *self == Self::UNDETERMINED { "und" } else { std::str::from_utf8(&self.0).unwrap_or("und") }
    }

    /// Whether this is [`LanguageCode::UNDETERMINED`].
    #[must_use]
    pub fn is_undetermined(self) -> bool {
        self == Self::UNDETERMINED
    }
}

impl Default for LanguageCode {
    fn default() -> Self {
        Self::UNDETERMINED
    }
}

impl fmt::Display for LanguageCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for LanguageCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::LanguageCode;

    #[test]
    fn tags_with_regions_and_undetermined_are_read_and_names_are_not() {
        for (tag, code) in [("es", "es"), ("PT-br", "pt"), ("zh_Hant", "zh"), ("und", "und"), ("UND", "und")] {
            assert_eq!(LanguageCode::parse(tag).map(|code| code.to_string()), Some(code.to_owned()), "{tag}");
        }
        for tag in ["", "e", "spa", "e1", "ñ", "-es"] {
            assert_eq!(LanguageCode::parse(tag), None, "{tag}");
        }
    }
}
