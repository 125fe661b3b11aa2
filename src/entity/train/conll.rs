//! Training files: a word, a tab (⇥) and its label on each line, a blank line behind each sentence.
//!
//! ```text
//! Ana ⇥ B-PER
//! viajó ⇥ O
//! a ⇥ O
//! Nueva ⇥ B-LOC
//! York ⇥ I-LOC
//! ```
//! Words are joined by blanks and cut again by the pipeline's own tokeniser, so that training sees what a run will see.

use crate::entity::EntityType;

/// A sentence of a training file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Example {
    /// Its words.
    pub words: Vec<String>,
    /// Its names: first word, one past the last, class; in order.
    pub names: Vec<(usize, usize, EntityType)>,
    /// Number of the stretch of sentences that it belongs to: neighbours share an article, and names with it.
    pub block: usize,
}

/// The sentences of a two-column file. Labels are `O`, `B-PER`, `I-PER` …; an `I` that continues nothing begins a name.
///
/// # Errors
/// The first line that is no word and label, by its number from 1.
pub fn parse(text: &str) -> Result<Vec<Example>, String> {
    let mut examples = Vec::new();
    let mut example = Example::default();
    let mut open: Option<EntityType> = None;
    for (number, line) in (1usize..).zip(text.lines()) {
        if line.trim().is_empty() {
            if !example.words.is_empty() {
                examples.push(std::mem::take(&mut example));
            }
            open = None;
            continue;
        }
        let wrong = || format!("line {number}: `{line}` is no word, tab and label (O, B-PER, I-ORG …)");
        let (word, label) = line.split_once('\t').ok_or_else(wrong)?;
        let at = example.words.len();
        example.words.push(word.to_owned());
        let Some((position, class)) = label.trim_end().split_once('-') else {
            if label.trim_end() != "O" {
                return Err(wrong());
            }
            open = None;
            continue;
        };
        let class = EntityType::ALL.into_iter().find(|t| t.as_str() == class).ok_or_else(wrong)?;
        match (position, open, example.names.last_mut()) {
            ("I", Some(same), Some(last)) if same == class => last.1 = at + 1,
            ("B" | "I", ..) => example.names.push((at, at + 1, class)),
            _ => return Err(wrong()),
        }
        open = Some(class);
    }
    if !example.words.is_empty() {
        examples.push(example);
    }
    Ok(examples)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_begin_at_b_and_go_on_at_i() {
        let text = "Ana\tB-PER\nRuiz\tB-PER\nen\tO\nNueva\tI-LOC\nYork\tI-LOC\n\n\nVigo\tB-LOC";
        let names: Vec<_> = parse(text).into_iter().flatten().map(|e| e.names).collect();
        assert_eq!(
            names,
            [
                vec![(0, 1, EntityType::Per), (1, 2, EntityType::Per), (3, 5, EntityType::Loc)],
                vec![(0, 1, EntityType::Loc)]
            ]
        );
        assert!(parse("Ana\tPER").is_err_and(|e| e.starts_with("line 1:")));
    }
}
