//! Shapes of text that hold digits and count nothing: addresses, files, times of machines.
//!
//! `https://ejemplo.es/2024/05` is one run between blanks; the expression `url` of `packs/und/shapes.tsv` matches it whole, so that
//! 2024 is no quantity. Expressions are tried only on runs around a number that hold more than the number.

use regex::RegexSet;

use super::error::Error;
use super::rules::Reading;
use super::source::Source;
use super::table;

/// The file of the shapes.
const FILE: &str = "und/shapes.tsv";

/// Expressions, and what the numbers in their matches are.
#[derive(Debug)]
pub struct Shapes {
    set: RegexSet,
    readings: Vec<(Reading, Box<str>)>,
}

impl Shapes {
    /// Reads the shapes of the root pack.
    pub(crate) fn load(source: &Source) -> Result<Self, Error> {
        let mut expressions = Vec::new();
        let mut readings = Vec::new();
        for row in table::rows(FILE, source.file(FILE).unwrap_or_default(), 4, 4)? {
            let reading = match row.cell(1) {
                "date" => Reading::Date,
                "name" => Reading::Name,
                "reference" => Reading::Reference,
                other => return Err(row.error(1, format!("'{other}' is none of date, name, reference"))),
            };
            let expression = format!("^(?:{})$", row.cell(2));
            let compiled = regex::Regex::new(&expression);
            let matches =
                compiled.map_err(|e| row.error(2, format!("no regular expression: {e}")))?.is_match(row.cell(3));
            if !matches {
                return Err(row.error(3, "the expression does not match its example"));
            }
            expressions.push(expression);
            readings.push((reading, row.cell(0).into()));
        }
        let set = RegexSet::new(expressions).map_err(|e| Error::format(FILE, 1, 1, e.to_string()))?;
        Ok(Self { set, readings })
    }

    /// What a run of characters between blanks is, and the id of the shape that says so.
    #[must_use]
    pub fn reading(&self, run: &str) -> Option<(Reading, &str)> {
        let first = self.set.matches(run).iter().next()?;
        self.readings.get(first).map(|(reading, id)| (*reading, &**id))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail by panic")]
    use super::*;

    #[test]
    fn runs_are_matched_whole() {
        let shapes = Shapes::load(&Source::embedded()).unwrap();
        assert_eq!(shapes.reading("informe_2023.pdf").map(|(r, _)| r), Some(Reading::Reference));
        assert_eq!(shapes.reading("2024-05-23").map(|(r, _)| r), Some(Reading::Date));
        for quantity in ["3.500", "12,5%", "US$20", "10-12km", "1.5M€"] {
            assert_eq!(shapes.reading(quantity), None, "{quantity}");
        }
    }
}
