//! Up or down, and which part of the change a quantity is.
//!
//! «subió un 6 % hasta 221 millones»: 6 % is the amount (`by`), 221 millones the level reached (`to`). The verb, or a noun of change that
//! governs the quantity («una pérdida del 1,11 %»), tells the direction, the preposition before the quantity the part.

use super::link::{Scene, Target};
use super::parse::{Class, Item};
use super::phrase::Phrase;
use super::{ChangeRole, Link};
use crate::pack::syntax::{self as roles, Roles};
use crate::quantity::{Bound, Kind, Trend};

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
            // «al menos 3»
            Class::Preposition
                if scene
                    .item(before + 1)
                    .is_some_and(|next| next.class == Class::Adverb && next.has(roles::DEGREE))
                    && before + 1 < at => {}
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
    // «sales tripled»
    if let Some(form) = target.verb.filter(|verb| verb.lexical == target.at).and_then(|verb| scene.lemma(verb))
        && let Some(trend) = form.verb.as_ref().and_then(|form| direction(form.roles))
    {
        (link.trend, link.role) = (Some(trend), Some(ChangeRole::By));
        return;
    }
    if let Some(trend) = graded(scene, target) {
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
    // «grew within 7 to 10 years», «reductions on 50 products»: when, and of what.
    let timed = matches!(target.quantity.kind, Kind::Measure)
        && target.quantity.unit.as_ref().is_some_and(|unit| TIMES.contains(&&*unit.code));
    let of_change = is(roles::OF | roles::AGENT | roles::TO | roles::FROM);
    let inside = preposition.is_some_and(|item| super::measure::is_inside(scene, item));
    let of_what = target.quantity.kind == Kind::Count && noun.is_some() && !inside;
    if preposition.is_some() && !of_change && (timed || of_what) {
        return;
    }
    // «son chiffre d'affaires, en hausse de 9 %»
    let noun = noun.filter(|(_, roles)| direction(*roles).is_some()).or_else(|| {
        let (governor, _) = super::measure::governor(scene, target.at)?;
        governor.head(&scene.items).map(|(at, head)| (at, head.roles))
    });
    // «ses pertes se sont creusées de 21 à 34 millions»: the verb says it.
    let told = |from: usize| {
        (from..target.at).any(|i| {
            scene.item(i).is_some_and(|item| {
                item.class == Class::Verb && item.has(roles::UP | roles::DOWN | roles::SHIFT) && !item.has(roles::LEVEL)
            })
        })
    };
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
        && !told(at)
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
    // «ganó con 42 escaños», «ganó la regata con un tiempo de 20 minutos»
    // But «stegen met 3 procent»: by how much.
    let with = |item: &Item| {
        let kept = item.is_preposition() && item.has(roles::KEPT) && !item.has(roles::AGENT);
        kept && !super::measure::is_inside(scene, item)
    };
    let measured = || {
        let (noun, _) = super::measure::governor(scene, target.at)?;
        let before = (0..noun.start).rev().find(|at| scene.class(*at) != Some(Class::Determiner))?;
        scene.item(before)
    };
    if own & (roles::UP | roles::DOWN) != 0 && (preposition.is_some_and(with) || measured().is_some_and(with)) {
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
        // «creció un 2,5 % y llegó a 30», «a progressé de 3 % pour s'établir à 30»
        if let Some((at, earlier)) = before
            && let (Some(trend), Some(ChangeRole::By)) = (earlier.trend, earlier.role)
            && let Some(verb) = verb.filter(|verb| own & roles::LEVEL != 0 && at < verb.head)
            && counts_or_levels(target.quantity.kind)
        {
            let joined = (at + 1..verb.head).any(|i| {
                scene
                    .item(i)
                    .is_some_and(|item| item.class == Class::Coordinator || item.is_preposition() && !item.is_of())
            });
            let parted = (at + 1..verb.head).any(|i| {
                scene.item(i).is_some_and(|item| {
                    matches!(
                        item.class,
                        Class::Verb
                            | Class::Stop
                            | Class::Relative
                            | Class::Subordinator
                            | Class::Comma
                            | Class::Determiner
                    )
                })
            });
            if joined && !parted {
                link.trend = Some(trend);
                link.role = Some(ChangeRole::To);
            }
        }
        return;
    };
    // «climbed, on turnover of 3 millions»: what a phrase of its own says.
    if let Some(property) =
        property.filter(|p| is(roles::OF) && verb.is_some_and(|verb| p.start > verb.lexical) && p.end <= target.at)
        && (verb.map_or(0, |verb| verb.lexical) + 1..property.start).any(|at| scene.class(at) == Some(Class::Comma))
    {
        return;
    }
    // «fell to 49 in May and 48 in June»: the same part of the change.
    if preposition.is_none()
        && let Some((at, earlier)) = before
        && let (Some(same), Some(role @ (ChangeRole::To | ChangeRole::From))) = (earlier.trend, earlier.role)
        && verb.is_some_and(|verb| verb.lexical < at)
        && (at + 1..target.at).any(|i| matches!(scene.class(i), Some(Class::Comma | Class::Coordinator)))
        && !(at..target.at)
            .any(|i| scene.item(i).is_some_and(|item| item.class == Class::Verb || item.class == Class::Stop))
        && scene.view.pack.verbs_by_context()
    {
        (link.trend, link.role) = (Some(same), Some(role));
        return;
    }
    // «gained a 7-inch screen»: the size of a thing.
    if target.quantity.kind == Kind::Measure
        && super::measure::bearer(scene, target).is_some_and(|thing| thing.start > target.at)
    {
        return;
    }
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

/// Verbs beside which an adverb of direction says which way.
const MOVES: Roles = roles::COPULA | roles::LEVEL | roles::UP | roles::DOWN | roles::SHIFT;

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
                    // «gave up 20 seats»
                    let verb =
                        before.checked_sub(1).and_then(|at| scene.item(at)).filter(|item| item.class == Class::Verb);
                    if verb.is_some_and(|verb| !verb.has(MOVES)) {
                        return None;
                    }
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

/// Which way a word of degree says that a quantity differs from another: «un 9,5 % más».
pub(super) fn graded(scene: &Scene<'_>, target: &Target<'_>) -> Option<Trend> {
    // «un 9,5 % más», «cuatro menos que»
    let tail = target.counted.map_or(target.at + 1, |phrase| phrase.end);
    // «quatro vezes mais»
    let times = scene.item(target.at + 1).filter(|item| item.has(roles::HOLLOW)).map(|_| target.at + 2);
    let places = [Some(target.at + 1), Some(tail), times].into_iter().flatten();
    let graded = places.filter_map(|at| scene.item(at)).find(|item| item.has(roles::DEGREE));
    // «7,5 % de plus», «11 in meno»
    let graded = graded.or_else(|| {
        let tied = [target.at + 1, tail].into_iter().find(|at| scene.item(*at).is_some_and(Item::is_preposition))?;
        // «dois a mais do que», but «20 trens de mais de 400 lugares»
        let free = scene.item(tied + 2).is_none_or(|item| {
            !matches!(item.class, Class::Quantity(_))
                && (!item.is_of() || !matches!(scene.class(tied + 3), Some(Class::Quantity(_))))
        });
        scene.item(tied + 1).filter(|item| free && item.has(roles::DEGREE))
    });
    // «mais 8 %»
    let graded = graded.or_else(|| {
        let before = target.at.checked_sub(1).and_then(|at| scene.item(at))?;
        let bare = target.at.checked_sub(2).and_then(|at| scene.item(at)).is_none_or(|item| !item.is_preposition());
        let bounds = target.quantity.bound != Bound::Exact;
        (before.class == Class::Adverb && before.has(roles::DEGREE) && bare && !bounds).then_some(before)
    });
    graded.and_then(|item| direction(item.roles))
}

/// How many items may stand between a noun of change and its amount.
const REACH: usize = 6;

/// Units in which a change is seldom told: a preposition makes its time of them.
const TIMES: [&str; 7] = ["s", "min", "h", "d", "wk", "mo", "yr"];

fn counts_or_levels(kind: Kind) -> bool {
    !matches!(kind, Kind::Ordinal | Kind::Ratio)
}

/// «de 38 a 66»: the next quantity is the level reached.
fn followed_by_level(scene: &Scene<'_>, at: usize) -> bool {
    let next = (at + 1..scene.items.len()).take(REACH).find(|i| matches!(scene.class(*i), Some(Class::Quantity(_))));
    next.filter(|next| !(at..*next).any(|i| matches!(scene.class(i), Some(Class::Verb | Class::Comma))))
        .and_then(|next| preposition(scene, next))
        .is_some_and(|item| item.has(roles::TO))
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
