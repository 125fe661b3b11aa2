//! Lists of names, each with its quantity.
//!
//! «Los títulos que obtuvieron las principales ganancias fueron Norte con el 15 %; Sur, con el 7 %; y Ribera, un 6 %»: each share is its name's, and
//! measure, verb and direction are those of the clause that opens the list.

use super::change;
use super::link::Scene;
use super::parse::{Class, Item};
use super::phrase::{Phrase, Reach, phrase_at};
use super::score::{Features, Source};
use super::{ChangeRole, Field, Link, subject};
use crate::pack::syntax as roles;
use crate::quantity::{Kind, Quantity};

/// The link of a quantity in a list; `before` is the quantity before it: its item and its link.
pub(super) fn link(scene: &Scene<'_>, at: usize, quantity: &Quantity, before: Option<(usize, &Link)>) -> Option<Link> {
    if matches!(quantity.kind, Kind::Count | Kind::Ordinal) || quantity.in_table {
        return None;
    }
    let name = name_before(scene, at)?;
    // The name opens its stretch: behind the verb «ser», a stop, a comma or a word that joins.
    let opener = (0..name)
        .rev()
        .find(|i| !matches!(scene.class(*i), Some(Class::Determiner | Class::Coordinator | Class::Comma)))?;
    let mut link = match before {
        // Nothing but names and small words since the quantity before.
        Some((earlier, link))
            if opener <= earlier + 1 && (opener == earlier || scene.class(opener) == Some(Class::Stop)) =>
        {
            if link.measure.is_empty() && link.predicate.is_empty() {
                return None;
            }
            link.clone()
        }
        _ if scene.item(opener).is_some_and(|item| item.is_finite() && item.has(roles::COPULA)) => {
            opened(scene, opener)?
        }
        _ => return None,
    };
    let owner = subject::at_item(scene, name)?;
    (link.subject, link.subject_type) = (owner.text.clone(), owner.class);
    link.counted.clear();
    link.candidates = vec![super::link::candidate(Field::Subject, owner.text, Source::Apposition, Features::default())];
    Some(link)
}

/// «Minera Norte  184,20  -2,1 %», «Parados: 410 mil»: a stretch without a verb whose first phrase labels its quantities; the phrase.
pub(super) fn label(scene: &Scene<'_>, at: usize) -> Option<Phrase> {
    if scene.items.iter().any(|item| item.class == Class::Verb) {
        return None;
    }
    let opens = scene.items.iter().position(|item| !matches!(item.class, Class::Other | Class::Quote))?;
    let label = phrase_at(&scene.items, opens, Reach::Kept, |_| false)?;
    let alone = (label.end..at).all(|i| {
        matches!(
            scene.class(i),
            Some(Class::Quantity(_) | Class::Other | Class::Comma | Class::Stop | Class::Open | Class::Close)
        )
    });
    (alone && label.end < at).then_some(label).or((alone && label.end == at && opens == 0).then_some(label))
}

/// The name right before a quantity, over «, con el», «, un».
fn name_before(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let mut before = at.checked_sub(1)?;
    for _ in 0..4 {
        let item = scene.item(before)?;
        match item.class {
            Class::Determiner | Class::Comma | Class::Adverb => {}
            Class::Preposition if item.has(roles::KEPT) => {}
            Class::Name(_) => return Some(before),
            _ => return None,
        }
        before = before.checked_sub(1)?;
    }
    None
}

/// The noun of change in a phrase: «ganancias» in «las mayores ganancias».
fn changing<'s>(scene: &'s Scene<'_>, phrase: Phrase) -> Option<(usize, &'s Item)> {
    (phrase.start..phrase.end)
        .filter_map(|at| scene.item(at).map(|item| (at, item)))
        .find(|(_, item)| item.has(roles::UP | roles::DOWN))
}

/// What the relative clause before the verb «ser» at `copula` says of the list: «los que más ganaron fueron …».
fn opened(scene: &Scene<'_>, copula: usize) -> Option<Link> {
    let start = (0..copula).rev().find(|i| scene.class(*i) == Some(Class::Stop)).map_or(0, |stop| stop + 1);
    let relative = (start..copula).find(|i| scene.class(*i) == Some(Class::Relative))?;
    let verb = (relative..copula).find(|i| scene.item(*i).is_some_and(Item::is_finite))?;
    let form = scene.item(verb)?.verb.as_ref()?;
    let mut link = Link { predicate: form.lemma.to_string(), ..Link::default() };
    let mut found = form.roles;
    if let Some(object) = phrase_at(&scene.items, verb + 1, Reach::Of, |_| false)
        && let Some((head, noun)) = changing(scene, object).or_else(|| object.head(&scene.items))
    {
        found |= noun.roles;
        link.measure = scene.view.slice(scene.item(head)?.first, scene.item(object.end - 1)?.end).to_owned();
    }
    link.trend = change::direction(found);
    link.role = link.trend.map(|_| ChangeRole::By);
    Some(link)
}
