//! Text in columns: each as wide as its widest cell, the last one free.
//!
//! ```text
//! code  dimension  factor
//! km    length     1000
//! ```

use anstyle::{AnsiColor, Style};

/// Titles, ids and what else begins a line.
pub const HEADING: Style = Style::new().bold();
/// What the text says.
pub const VALUE: Style = AnsiColor::Green.on_default();
/// Why.
pub const REASON: Style = Style::new().dimmed();
/// What was taken out or is wrong.
pub const PROBLEM: Style = AnsiColor::Yellow.on_default();

/// `text` in a style, for a stream that takes colours out where they are not wanted.
pub fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// Rows under their headings, columns two spaces apart. Widths count code points.
pub fn align(headings: &[&str], rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.chain(headings.get(column).map(|h| h.chars().count())).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..headings.len()).map(width).collect();
    let line = |cells: &[String]| {
        let padded = cells.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let heading: Vec<String> = headings.iter().map(|&h| h.to_owned()).collect();
    let mut out = paint(HEADING, &line(&heading)) + "\n";
    for row in rows {
        out += &line(row);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = [vec!["m".to_owned(), "длина".to_owned(), String::new()], vec!["km".to_owned(), "x".to_owned()]];
        let plain = anstream::adapter::strip_str(&align(&["code", "of", "more"], &rows)).to_string();
        assert_eq!(plain, "code  of     more\nm     длина\nkm    x\n");
    }
}
