//! Tables and scores run together into a sentence: the label of a row is the subject, the head of a column the measure.

use super::Link;
use super::link::Scene;

/// Links the cells of tables among the quantities of a sentence (item and fact of each); returns the facts that are cells.
pub(super) fn link(_scene: &Scene<'_>, _targets: &[(usize, usize)], _links: &mut [Link]) -> Vec<usize> {
    Vec::new()
}
