//! The tables that a language's folder may hold: which columns hold alternatives, and which rows stand in order.
//!
//! Of `units.tsv` column 1 holds forms and column 0 says whose they are, so that «metro» may stand once for `m`; of
//! `minor_units.tsv` the second column holds alternatives too, in an order that means something.

/// One table of a language's folder.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout {
    /// Its name in the folder.
    pub file: &'static str,
    /// Columns that each row has; further ones may be left out at the end.
    pub least: usize,
    /// The column of the forms.
    pub forms: usize,
    /// The column that may tell two equal forms apart.
    pub key: Option<usize>,
    /// A further column of alternatives between `|`.
    pub also: Option<usize>,
    /// Rows stand in the order of their first cell, then of the cell in this column.
    pub order: Option<usize>,
}

const fn layout(file: &'static str, least: usize, forms: usize, key: Option<usize>) -> Layout {
    Layout { file, least, forms, key, also: None, order: None }
}

/// All of them.
pub(crate) const LAYOUTS: [Layout; 19] = [
    layout("numerals.tsv", 3, 0, Some(2)),
    layout("scale_symbols.tsv", 3, 0, None),
    layout("classes.tsv", 2, 1, Some(0)),
    Layout { also: Some(1), ..layout("inflection.tsv", 2, 0, Some(2)) },
    Layout { also: Some(2), ..layout("verbs.tsv", 1, 0, None) },
    layout("syntax.tsv", 2, 1, Some(0)),
    Layout { also: Some(2), ..layout("predicates.tsv", 1, 0, Some(1)) },
    layout("ratios.tsv", 2, 0, None),
    layout("units.tsv", 2, 1, Some(0)),
    Layout { order: Some(2), ..layout("currencies.tsv", 2, 1, Some(0)) },
    Layout { also: Some(1), order: Some(3), ..layout("minor_units.tsv", 3, 0, Some(1)) },
    Layout { order: Some(2), ..layout("places.tsv", 2, 1, Some(0)) },
    layout("rates.tsv", 2, 1, None),
    layout("names.tsv", 1, 0, None),
    layout("entities.tsv", 2, 1, Some(0)),
    layout("dropped.tsv", 2, 0, None),
    layout("calendar.tsv", 3, 2, Some(0)),
    layout("endings.tsv", 2, 0, None),
    Layout { also: Some(1), ..layout("ranges.tsv", 2, 0, Some(1)) },
];

impl Layout {
    /// The layout of `es/units.tsv`; none for the tables that all languages share and for those of the root pack alone.
    pub fn of(name: &str) -> Option<&'static Self> {
        let (_, file) = name.rsplit_once('/')?;
        LAYOUTS.iter().find(|layout| layout.file == file)
    }
}
