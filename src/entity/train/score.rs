//! Span F1: names found, right where span and class are both right.
//!
//! Gold `Nueva York` LOC and `Ana` PER; found `York` LOC and `Ana` PER: one right of two found and two gold, F1 50 %.

use std::fmt::Write as _;

use crate::entity::EntityType;

/// Counts of names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// In the gold.
    pub gold: usize,
    /// Found.
    pub found: usize,
    /// Found with the gold's span and class.
    pub right: usize,
}

impl Counts {
    /// Harmonic mean of precision and recall, in percent; 0 where nothing is right.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of names")]
    pub fn f1(&self) -> f64 {
        if self.right == 0 { 0.0 } else { 200.0 * self.right as f64 / (self.gold + self.found) as f64 }
    }
}

/// Counts by class, over all, and of spans alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// In the order of [`EntityType::ALL`].
    pub classes: [Counts; 4],
    /// Class ignored.
    pub spans: Counts,
}

/// A name: where it begins and ends, in any unit that both sides share, and its class.
pub type Name = (usize, usize, EntityType);

impl Score {
    /// Counts one sentence.
    pub fn add(&mut self, gold: &[Name], found: &[Name]) {
        for (class, counts) in EntityType::ALL.into_iter().zip(&mut self.classes) {
            counts.gold += gold.iter().filter(|n| n.2 == class).count();
            counts.found += found.iter().filter(|n| n.2 == class).count();
            counts.right += found.iter().filter(|n| n.2 == class && gold.contains(n)).count();
        }
        self.spans.gold += gold.len();
        self.spans.found += found.len();
        self.spans.right += found.iter().filter(|f| gold.iter().any(|g| (g.0, g.1) == (f.0, f.1))).count();
    }

    /// All classes together.
    #[must_use]
    pub fn all(&self) -> Counts {
        self.classes.iter().fold(Counts::default(), |sum, c| Counts {
            gold: sum.gold + c.gold,
            found: sum.found + c.found,
            right: sum.right + c.right,
        })
    }

    /// A table for people: precision, recall and F1 in percent.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of names")]
    pub fn table(&self) -> String {
        let mut out = String::from("class  precision  recall     F1   gold  found  right\n");
        let rows = EntityType::ALL.into_iter().map(EntityType::as_str).zip(self.classes);
        for (name, counts) in rows.chain([("all", self.all()), ("span", self.spans)]) {
            let share = |of: usize| 100.0 * counts.right as f64 / of.max(1) as f64;
            // Writing to a string cannot fail.
            let _ = writeln!(
                out,
                "{name:5}  {:9.2}  {:6.2}  {:5.2}  {:5}  {:5}  {:5}",
                share(counts.found),
                share(counts.gold),
                counts.f1(),
                counts.gold,
                counts.found,
                counts.right
            );
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_right_where_span_and_class_are() {
        let mut score = Score::default();
        let gold = [(0, 2, EntityType::Loc), (5, 6, EntityType::Per), (8, 9, EntityType::Org)];
        score.add(&gold, &[(1, 2, EntityType::Loc), (5, 6, EntityType::Per), (8, 9, EntityType::Loc)]);
        assert_eq!((score.all().right, score.spans.right), (1, 2));
        assert!((score.all().f1() - 100.0 / 3.0).abs() < 1e-9);
    }
}
