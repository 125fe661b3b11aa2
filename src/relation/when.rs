//! When and where a fact holds.
//!
//! The date of the quantity's own clause governs it, then that of the sentence; the date of another event does not. A place is a named one
//! that a preposition ties to the clause, or the subject itself.

use super::link::{Scene, Target};
use super::parse::Class;
use super::{Link, clause};
use crate::entity::EntityType;
use crate::pack::syntax::{self as roles, Mood};

/// Fills `time` and `place`.
pub(super) fn fill(scene: &Scene<'_>, target: &Target<'_>, link: &mut Link) {
    link.time = time(scene, target);
    link.place = place(scene, target, link);
}

/// The clause borders between two items.
fn borders(scene: &Scene<'_>, a: usize, b: usize) -> usize {
    let (from, to) = (a.min(b) + 1, a.max(b));
    let is = |item: &super::parse::Item| {
        let gerund = item.class == Class::Verb && item.verb.as_ref().is_some_and(|verb| verb.mood == Mood::Gerund);
        matches!(item.class, Class::Relative | Class::Subordinator | Class::Stop) || item.is_finite() || gerund
    };
    scene.items.get(from..to).map_or(0, |between| between.iter().filter(|item| is(item)).count())
}

/// «Norte, que abrió en 1998, vendió …»: the date stands in a relative clause that closes before the verb.
fn is_embedded(scene: &Scene<'_>, date: usize, verb: usize) -> bool {
    let stop = (0..date).rev().find(|i| scene.class(*i) == Some(Class::Stop)).map_or(0, |stop| stop + 1);
    let own = (stop..date).rev().find(|i| scene.item(*i).is_some_and(super::parse::Item::is_finite));
    own.is_some_and(|own| clause::opener(&scene.items, own).is_some())
        && (date..verb).any(|i| scene.class(i) == Some(Class::Comma))
}

fn is_gerund(scene: &Scene<'_>, at: usize) -> bool {
    scene.item(at).is_some_and(|item| {
        item.class == Class::Verb && item.verb.as_ref().is_some_and(|verb| verb.mood == Mood::Gerund)
    })
}

/// The date that governs a quantity.
fn time(scene: &Scene<'_>, target: &Target<'_>) -> String {
    let anchor = target.verb.map_or(target.at, |verb| verb.lexical);
    let mut best: Option<(usize, usize, &str)> = None;
    for (at, item) in scene.items.iter().enumerate() {
        let Class::Date(index) = item.class else { continue };
        let Some(date) = scene.article.dates.get(index) else { continue };
        // «informó hoy»: when it was said.
        let said = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().any(|near| {
            scene.item(near).is_some_and(|item| item.has(roles::REPORT) && item.is_finite())
                && Some(near) != target.verb.map(|v| v.lexical)
        });
        if said {
            continue;
        }
        // A date that opens the sentence governs all of it: «En 2024, …».
        let opens = scene.items.get(..at).is_some_and(|before| {
            before.iter().all(|item| matches!(item.class, Class::Preposition | Class::Determiner | Class::Quote))
        });
        // «…, en 2024, alcanzando una capacidad de 3 t»: the gerund tells another event.
        let gerund = anchor != target.at && at < anchor && is_gerund(scene, anchor);
        let aside = usize::from(gerund) + usize::from(is_embedded(scene, at, anchor));
        let near = borders(scene, at, target.at).min(borders(scene, at, anchor) + aside);
        let distance = if opens { 0 } else { near };
        if distance > MOST {
            continue;
        }
        let key = (distance, at.abs_diff(target.at).min(at.abs_diff(anchor)));
        if best.is_none_or(|(borders, near, _)| key < (borders, near)) {
            best = Some((key.0, key.1, date.value));
        }
    }
    best.map(|(_, _, value)| value.to_owned()).unwrap_or_default()
}

/// How many clause borders may stand between a quantity and its date.
const MOST: usize = 0;

/// The named place of a quantity.
fn place(scene: &Scene<'_>, target: &Target<'_>, link: &Link) -> String {
    let mut best: Option<(usize, &str)> = None;
    for (at, item) in scene.items.iter().enumerate() {
        let Class::Name(Some(index)) = item.class else { continue };
        let Some(name) = scene.article.names.get(index).filter(|name| name.class == EntityType::Loc) else { continue };
        let tied = at
            .checked_sub(1)
            .and_then(|before| scene.item(before))
            .is_some_and(|item| item.is_preposition() && item.has(roles::KEPT));
        let distance = borders(scene, at, target.at);
        if tied && distance <= 1 && best.is_none_or(|(near, _)| distance < near) {
            best = Some((distance, name.canonical));
        }
    }
    match best {
        Some((_, place)) => place.to_owned(),
        None if link.subject_type == Some(EntityType::Loc) => link.subject.clone(),
        None => String::new(),
    }
}
