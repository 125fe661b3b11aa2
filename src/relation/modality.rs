//! Asserted, planned, expected, possible, reported or denied.
//!
//! «destinará 15 millones» is a plan, «crecerá un 3 %» a forecast, «podría llegar a 20» possible; «no alcanzó», «sin» deny, and what
//! «según …» or «informó …» frames is reported unless something stronger is said.

use super::Modality;
use super::clause;
use super::link::{Scene, Target};
use super::parse::Class;
use super::phrase::Phrase;
use crate::pack::syntax::{self as roles, Mood, Roles};
use crate::quantity::Bound;

/// The modality of a quantity.
pub(super) fn of(scene: &Scene<'_>, target: &Target<'_>, property: Option<Phrase>) -> Modality {
    let items = &scene.items;
    if let Some(verb) = target.verb {
        let mut chain: Roles = 0;
        let mut mood = Mood::Indicative;
        let from = verb.head.min(verb.lexical);
        let main = clause::matrix(items, verb);
        let head = main.map_or(from, |main| main.head);
        // «have agreed to pay»
        if let Some(form) = main
            .filter(|main| main.lexical != main.head)
            .and_then(|main| scene.item(main.lexical))
            .and_then(|item| item.verb.as_ref())
        {
            chain |= form.roles & (roles::PLANNED | roles::FORECAST | roles::POSSIBLE);
        }
        for at in from..=verb.lexical.max(verb.head) {
            if let Some(item) = scene.item(at).filter(|item| item.class == Class::Verb) {
                chain |= item.roles;
            }
        }
        for at in [head, verb.head] {
            if let Some(form) =
                scene.item(at).filter(|item| item.class == Class::Verb).and_then(|item| item.verb.as_ref())
            {
                if form.mood.is_finite() && !matches!(form.mood, Mood::Indicative | Mood::Subjunctive) {
                    mood = form.mood;
                }
                if at != verb.lexical {
                    chain |= form.roles;
                }
            }
        }
        let denied = (0..verb.head).rev().take(3).find(|at| scene.class(*at) != Some(Class::Clitic));
        // «ils n'ont pas touché»
        let behind = scene.class(verb.head + 1) == Some(Class::Negation) && verb.head + 1 < target.at;
        // «no superará los 9 megavatios» bounds, and denies nothing.
        let bounds = matches!(target.quantity.bound, Bound::AtMost | Bound::Less);
        let framed = scene.item(verb.head).and_then(|item| item.frame);
        if framed.is_some_and(|frame| frame.loose) {
            chain |= announced(scene, target.at);
            if items.get(..target.at).is_some_and(|before| {
                before
                    .iter()
                    .any(|item| item.has(roles::FUTURE) && item.frame.map(|other| other.id) == framed.map(|own| own.id))
            }) {
                mood = Mood::Future;
            }
        }
        // «verwacht dat de prijzen stijgen»
        if let Some(frame) =
            framed.filter(|frame| frame.opener.is_some_and(|opener| scene.class(opener) == Some(Class::Subordinator)))
            && let Some(outer) = frame.before.and_then(|before| scene.item(clause::group(items, before).lexical))
        {
            chain |= outer.roles & (roles::PLANNED | roles::FORECAST | roles::POSSIBLE);
        }
        // «wurden … nicht mitgezählt»
        let denies = |frame: super::frame::Frame| {
            items
                .iter()
                .any(|item| item.class == Class::Negation && item.frame.is_some_and(|other| other.id == frame.id))
        };
        // «did not receive», «ils n'ont pas touché»
        let inside = (verb.head..verb.lexical).any(|at| scene.class(at) == Some(Class::Negation));
        let denied = framed
            .map_or(inside || behind || denied.is_some_and(|at| scene.class(at) == Some(Class::Negation)), denies);
        if !bounds && denied {
            return Modality::Negated;
        }
        // What somebody will do to something is a plan, what will happen a forecast.
        let transitive = super::link::phrase(scene, verb.lexical + 1, super::phrase::Reach::Of)
            .is_some_and(|object| object.end <= target.at);
        let agent =
            target.named && transitive && scene.item(verb.lexical).is_some_and(|item| item.class == Class::Verb);
        // «vai subir» is a future as «subirá» is.
        if chain & roles::FUTURE != 0 && mood == Mood::Indicative && framed.is_none_or(|frame| frame.loose) {
            mood = Mood::Future;
        }
        // «calcula que recaudará»
        if matches!(mood, Mood::Future | Mood::Conditional) || is_subjunctive(scene, verb.head) {
            chain |= completed(scene, verb.head) & (roles::PLANNED | roles::FORECAST);
        }
        let simple = verb.head == verb.lexical || chain & roles::FUTURE != 0;
        let outcome = !agent && simple && scene.item(verb.lexical).is_some_and(|item| item.has(roles::OUTCOME));
        if chain & roles::POSSIBLE != 0 {
            return Modality::Possible;
        }
        if chain & roles::PLANNED != 0 {
            return Modality::Planned;
        }
        if chain & roles::FORECAST != 0 {
            return Modality::Forecast;
        }
        if mood == Mood::Future && !outcome {
            return Modality::Planned;
        }
        match mood {
            Mood::Future => return Modality::Forecast,
            Mood::Conditional if outcome => return Modality::Forecast,
            // «said it would invest»: the future of a past.
            Mood::Conditional if is_told(scene, verb) => return Modality::Planned,
            Mood::Conditional => return Modality::Possible,
            _ => {}
        }
        // «koste die Wirtschaft 11 Milliarden»: the mood of what others say.
        let quoted = scene
            .item(verb.head)
            .and_then(|item| item.verb.as_ref())
            .is_some_and(|form| form.mood == Mood::Subjunctive);
        if framed.is_some() && quoted {
            return Modality::Reported;
        }
    }
    if target.verb.is_none() {
        let said = announced(scene, target.at);
        for (role, modality) in [
            (roles::POSSIBLE, Modality::Possible),
            (roles::PLANNED, Modality::Planned),
            (roles::FORECAST, Modality::Forecast),
        ] {
            if said & role != 0 {
                return modality;
            }
        }
    }
    if let Some(near) = beside(scene, target, property) {
        return near;
    }
    if is_reported(scene, target) { Modality::Reported } else { Modality::Asserted }
}

fn is_subjunctive(scene: &Scene<'_>, at: usize) -> bool {
    let verb = scene.item(at).filter(|item| item.class == Class::Verb).and_then(|item| item.verb.as_ref());
    verb.is_some_and(|verb| verb.mood == Mood::Subjunctive)
}

/// The roles of the verb whose clause the verb at `at` stands in: «calcula que …».
fn completed(scene: &Scene<'_>, at: usize) -> Roles {
    let opener = (0..at).rev().find(|i| {
        scene.item(*i).is_none_or(|item| {
            matches!(item.class, Class::Relative | Class::Subordinator | Class::Stop) || item.is_finite()
        })
    });
    let Some(opener) = opener.filter(|i| scene.class(*i) == Some(Class::Relative)) else { return 0 };
    let main = opener.checked_sub(1).and_then(|i| scene.item(i)).filter(|item| item.is_finite());
    main.map_or(0, |item| item.roles)
}

/// What the words before a quantity say of plan and expectation, in its clause and in those before it that go on in it: «公司计划新建两座工厂，总投资58亿元».
fn announced(scene: &Scene<'_>, at: usize) -> Roles {
    let mut found: Roles = 0;
    if scene.item(at).and_then(|item| item.frame).is_none_or(|frame| !frame.loose) {
        return found;
    }
    for item in scene.items.get(..at).unwrap_or_default().iter().rev() {
        if item.class == Class::Stop {
            break;
        }
        if matches!(item.class, Class::Verb | Class::Adverb) {
            found |= item.roles & (roles::PLANNED | roles::FORECAST | roles::POSSIBLE);
        }
        if found != 0 {
            break;
        }
    }
    found
}

/// Words around the quantity that say so: «un incremento previsto de».
fn beside(scene: &Scene<'_>, target: &Target<'_>, property: Option<Phrase>) -> Option<Modality> {
    let from = property.map_or(target.at, |p| p.start).min(target.at).max(target.at.saturating_sub(REACH));
    for item in scene.items.get(from..target.at)? {
        if item.class == Class::Verb {
            continue;
        }
        for (role, modality) in [
            (roles::PLANNED, Modality::Planned),
            (roles::FORECAST, Modality::Forecast),
            (roles::POSSIBLE, Modality::Possible),
        ] {
            if item.has(role) {
                return Some(modality);
            }
        }
    }
    let before = target.at.checked_sub(1).and_then(|at| scene.item(at));
    before.filter(|item| item.has(roles::WITHOUT)).map(|_| Modality::Negated)
}

/// Whether the clause before a verb says that somebody said so, of something that can be meant to be done.
fn is_told(scene: &Scene<'_>, verb: clause::Verb) -> bool {
    let meant = scene.item(verb.lexical).is_some_and(|item| {
        !item.has(roles::PROPERTY | roles::OUTCOME | roles::COPULA | roles::LEVEL | roles::UP | roles::DOWN)
    });
    let before = (0..verb.head).rev().filter_map(|at| scene.item(at)).find(|item| item.is_finite());
    meant && before.is_some_and(|item| item.has(roles::REPORT))
}

/// How many items before a quantity are looked at.
const REACH: usize = 6;

/// Whether the sentence says who says so.
fn is_reported(scene: &Scene<'_>, target: &Target<'_>) -> bool {
    let own = target.verb.map(|verb| verb.lexical);
    scene.items.iter().enumerate().any(|(at, item)| {
        item.has(roles::SOURCE)
            && (item.is_preposition()
                || item.class == Class::Adverb
                || at
                    .checked_sub(1)
                    .and_then(|before| scene.item(before))
                    .is_some_and(|before| before.is_preposition()))
            || item.has(roles::REPORT) && item.is_finite() && Some(at) != own
    })
}
