//! Up or down, and which part of the change a quantity is.
//!
//! «subió un 6 % hasta 221 millones»: 6 % is the amount (`by`), 221 millones the level reached (`to`). The verb, or a noun of change that
//! governs the quantity («una pérdida del 1,11 %»), tells the direction, the preposition before the quantity the part.

use super::link::{Scene, Target};
use super::parse::{Class, Item};
use super::phrase::Phrase;
use super::{ChangeRole, Link};
use crate::pack::syntax::{self as roles, Roles};
use crate::quantity::{Kind, Trend};

pub(super) fn direction(found: Roles) -> Option<Trend> {
    if found & roles::UP != 0 {
        Some(Trend::Up)
    } else if found & roles::DOWN != 0 {
        Some(Trend::Down)
    } else {
        None
    }
}

/// The preposition that stands before a quantity, over bounds and articles.
pub(super) fn preposition<'s>(scene: &'s Scene<'_>, at: usize) -> Option<&'s Item> {
    let mut before = at;
    for _ in 0..6 {
        before = before.checked_sub(1)?;
        let item = scene.item(before)?;
        match item.class {
            Class::Determiner | Class::Adverb => {}
            Class::Noun if item.has(roles::HOLLOW) => {}
            // «a un total de 21»
            Class::Preposition
                if item.is_of()
                    && before.checked_sub(1).and_then(|i| scene.item(i)).is_some_and(|i| i.has(roles::HOLLOW)) => {}
            // «desde el 8», also «desde al 8»
            Class::Preposition => {
                let outer = before.checked_sub(1).and_then(|i| scene.item(i)).filter(|outer| outer.has(roles::FROM));
                return Some(outer.unwrap_or(item));
            }
            _ => return None,
        }
    }
    None
}

/// Fills trend and role. `before` is the quantity before in the sentence.
pub(super) fn fill(
    scene: &Scene<'_>,
    target: &Target<'_>,
    property: Option<Phrase>,
    before: Option<(usize, &Link)>,
    link: &mut Link,
) {
    if let Some(trend) = target.quantity.trend {
        link.trend = Some(trend);
        link.role = Some(ChangeRole::By);
        return;
    }
    if target.quantity.kind == Kind::Ordinal {
        return;
    }
    // «un 9,5 % más», «cuatro menos que»
    let tail = target.counted.map_or(target.at + 1, |phrase| phrase.end);
    let graded = [target.at + 1, tail].into_iter().filter_map(|at| scene.item(at)).find(|item| item.has(roles::DEGREE));
    if let Some(trend) = graded.and_then(|item| direction(item.roles)) {
        (link.trend, link.role) = (Some(trend), Some(ChangeRole::By));
        return;
    }
    if let Some((trend, role)) = adverb(scene, target) {
        (link.trend, link.role) = (Some(trend), Some(role));
        return;
    }
    let preposition = preposition(scene, target.at);
    let is = |role| preposition.is_some_and(|item| item.has(role));
    // A noun of change right before the quantity.
    let noun =
        property.filter(|p| p.end <= target.at).and_then(|p| p.head(&scene.items)).map(|(at, head)| (at, head.roles));
    // «a 19 % drop»
    let behind =
        property.filter(|p| p.start > target.at && p.start <= target.at + 2).and_then(|p| p.head(&scene.items));
    if let Some(trend) = behind.and_then(|(_, head)| direction(head.roles)).filter(|_| scene.view.pack.head_last()) {
        (link.trend, link.role) = (Some(trend), Some(ChangeRole::By));
        return;
    }
    if let Some((at, found)) = noun
        && let Some(trend) = direction(found)
        && target.at - at <= REACH
    {
        link.trend = Some(trend);
        link.role = Some(if is(roles::TO) && !is(roles::OF) { ChangeRole::To } else { ChangeRole::By });
        return;
    }
    let verb = target.verb.filter(|verb| !verb.behind);
    let form = verb.and_then(|verb| scene.lemma(verb)).and_then(|item| item.verb.as_ref());
    let own = form.map_or(0, |form| form.roles);
    if own & roles::SHIFT != 0 {
        // Which way it went, the two levels say together.
        link.role = if is(roles::TO) && !is(roles::OF) {
            Some(ChangeRole::To)
        } else if is(roles::FROM | roles::OF) && followed_by_level(scene, target.at) {
            Some(ChangeRole::From)
        } else {
            None
        };
        return;
    }
    let Some(trend) = direction(own).filter(|_| own & roles::LEVEL == 0) else {
        // A level behind a change that the sentence has told: «cerró con un descenso del 2 %, en los 13.587 puntos».
        if let Some((at, earlier)) = before
            && let (Some(trend), Some(ChangeRole::By)) = (earlier.trend, earlier.role)
            && preposition.is_some_and(|item| item.has(roles::TO | roles::KEPT))
            && counts_or_levels(target.quantity.kind)
            && !(at..target.at).any(|i| matches!(scene.class(i), Some(Class::Verb | Class::Stop)))
        {
            link.trend = Some(trend);
            link.role = Some(ChangeRole::To);
        }
        return;
    };
    // «ganó 3 partidos» is no rise.
    if own & roles::PROPERTY != 0 && !matches!(target.quantity.kind, Kind::Percent | Kind::Number) {
        return;
    }
    link.trend = Some(trend);
    link.role = Some(if is(roles::FROM) {
        ChangeRole::From
    } else if is(roles::TO) {
        ChangeRole::To
    } else if is(roles::OF) && followed_by_level(scene, target.at) {
        ChangeRole::From
    } else {
        ChangeRole::By
    });
}

/// An adverb of direction before a quantity: «up 5 %», «down from 25», «was up about 3 points».
fn adverb(scene: &Scene<'_>, target: &Target<'_>) -> Option<(Trend, ChangeRole)> {
    let mut before = target.at;
    let mut role = ChangeRole::By;
    for _ in 0..4 {
        before = before.checked_sub(1)?;
        let item = scene.item(before)?;
        match item.class {
            Class::Adverb if !item.has(roles::DEGREE) => {
                if let Some(trend) = direction(item.roles) {
                    // «up to 20» is a limit.
                    let limit = role == ChangeRole::To && target.quantity.bound != crate::quantity::Bound::Exact;
                    return (!limit).then_some((trend, role));
                }
            }
            Class::Preposition if item.has(roles::FROM) => role = ChangeRole::From,
            Class::Preposition if item.has(roles::TO) => role = ChangeRole::To,
            Class::Preposition if item.has(roles::AGENT) => {}
            Class::Determiner | Class::Adverb => {}
            _ => return None,
        }
    }
    None
}

/// How many items may stand between a noun of change and its amount.
const REACH: usize = 6;

fn counts_or_levels(kind: Kind) -> bool {
    !matches!(kind, Kind::Ordinal | Kind::Ratio)
}

/// «de 38 a 66»: the next quantity is the level reached.
fn followed_by_level(scene: &Scene<'_>, at: usize) -> bool {
    let next = (at + 1..scene.items.len()).take(REACH).find(|i| matches!(scene.class(*i), Some(Class::Quantity(_))));
    next.and_then(|next| preposition(scene, next)).is_some_and(|item| item.has(roles::TO))
}

/// «pasó de 14 a 18 millones»: two levels of a shift say which way it went; a level without its other is none.
pub(super) fn shifts(scene: &Scene<'_>, targets: &[(usize, usize)], links: &mut [Link]) {
    for pair in targets.windows(2) {
        let &[(_, from), (_, to)] = pair else { continue };
        let roles = [from, to].map(|fact| links.get(fact).map(|link| (link.role, link.trend)));
        if roles != [Some((Some(ChangeRole::From), None)), Some((Some(ChangeRole::To), None))] {
            continue;
        }
        let [Some(first), Some(second)] = [from, to].map(|fact| scene.article.quantities.get(fact)) else { continue };
        let trend = match second.value.cmp(&first.value) {
            std::cmp::Ordering::Greater => Trend::Up,
            std::cmp::Ordering::Less => Trend::Down,
            std::cmp::Ordering::Equal => continue,
        };
        for fact in [from, to] {
            if let Some(link) = links.get_mut(fact) {
                link.trend = Some(trend);
            }
        }
    }
    for (_, fact) in targets {
        if let Some(link) = links.get_mut(*fact).filter(|link| link.trend.is_none()) {
            link.role = None;
        }
    }
}
