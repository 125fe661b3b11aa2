//! Labels of words, and which may follow which.
//!
//! `Nueva York` is `B-LOC E-LOC`, `Madrid` `S-LOC`, all that is no name `O`. The scheme (beginning, inside, end, single) tells
//! the tagger more about a name's edges than the `B I O` of training files, into which it is translated.

use crate::entity::EntityType;

/// Number of labels.
pub const COUNT: usize = 1 + 4 * EntityType::ALL.len();

/// Outside of any name.
pub const OUTSIDE: u8 = 0;

/// Where in a name a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// First of several words.
    Begin,
    /// Neither first nor last.
    Inside,
    /// Last of several words.
    End,
    /// The only word.
    Single,
}

const POSITIONS: [Position; 4] = [Position::Begin, Position::Inside, Position::End, Position::Single];

/// The label of a word of a name.
#[must_use]
pub const fn label(position: Position, class: EntityType) -> u8 {
    1 + 4 * class as u8 + position as u8
}

/// What a label says; `None` outside of names.
#[must_use]
pub fn parts(label: u8) -> Option<(Position, EntityType)> {
    let index = usize::from(label.checked_sub(1)?);
    Some((*POSITIONS.get(index % 4)?, *EntityType::ALL.get(index / 4)?))
}

/// Whether `next` may follow `label`.
#[must_use]
pub fn may_follow(label: u8, next: u8) -> bool {
    let open = match parts(label) {
        Some((Position::Begin | Position::Inside, class)) => Some(class),
        _ => None,
    };
    match (open, parts(next)) {
        (None, None | Some((Position::Begin | Position::Single, _))) => true,
        (Some(class), Some((Position::Inside | Position::End, same))) => class == same,
        _ => false,
    }
}

/// Whether a sentence may begin with `label`.
#[must_use]
pub fn may_begin(label: u8) -> bool {
    may_follow(OUTSIDE, label)
}

/// Whether a sentence may end with `label`.
#[must_use]
pub fn may_end(label: u8) -> bool {
    may_follow(label, OUTSIDE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_know_their_parts_and_neighbours() {
        assert_eq!(parts(OUTSIDE), None);
        assert_eq!(parts(label(Position::End, EntityType::Loc)), Some((Position::End, EntityType::Loc)));
        assert!(may_follow(label(Position::Begin, EntityType::Org), label(Position::End, EntityType::Org)));
        assert!(!may_follow(label(Position::Begin, EntityType::Org), label(Position::End, EntityType::Per)));
        assert!(!may_follow(OUTSIDE, label(Position::Inside, EntityType::Per)));
        assert!(
            !may_end(label(Position::Begin, EntityType::Misc)) && may_begin(label(Position::Single, EntityType::Misc))
        );
    }
}
