//! What is counted or ranked: the noun phrase behind the number.
//!
//! «21 laboratorios nacionales clave de Vallemar» counts `laboratorios nacionales clave`: a place or owner that only says whose they are
//! is left out.

use super::link::{Scene, Target, candidate};
use super::parse::{Class, Item};
use super::phrase::{Phrase, Reach, phrase_at, skip_determiners};
use super::score::{Features, Source};
use super::{Candidate, Field, Link};
use crate::entity::EntityType;
use crate::pack::syntax as roles;
use crate::quantity::{Kind, Quantity};

/// Whether a quantity of this kind counts things.
pub(super) fn counts(kind: Kind) -> bool {
    matches!(kind, Kind::Count | Kind::Ordinal)
}

/// The phrase that a quantity counts.
pub(super) fn phrase(scene: &Scene<'_>, at: usize, quantity: &Quantity) -> Option<Phrase> {
    if !counts(quantity.kind) {
        return None;
    }
    let items = &scene.items;
    let mut start = at + 1;
    // «15 de los 18 jugadores», «la primera de las tres»
    while items.get(start).is_some_and(|item| matches!(item.class, Class::Quantity(_)) && !item.has(roles::ADJECTIVE)) {
        start += 1;
    }
    // «12家公司»
    while items.get(start).is_some_and(|item| item.class == Class::Other && item.has(roles::CLASSIFIER)) {
        start += 1;
    }
    // «员工1350人»: what is counted stands before.
    let only = items.get(start).is_some_and(|item| item.class == Class::Noun && item.has(roles::CLASSIFIER));
    let none = items.get(start).is_none_or(|item| !item.is_nominal());
    if (only || none)
        && let Some(frame) = items.get(at).and_then(|item| item.frame).filter(|frame| frame.loose)
        && let Some(before) = super::phrase::phrase_before(items, at).filter(|before| before.start > frame.start)
        && items.get(before.start - 1).is_some_and(|item| item.class == Class::Verb)
    {
        return Some(before);
    }
    // «terminó tercero esta liga»
    if items.get(start).is_some_and(|item| item.class == Class::Determiner && !item.has(roles::ADJECTIVE)) {
        return None;
    }
    // «quatorze et neuf films»
    if let (Some(Class::Coordinator), Some(Class::Quantity(_))) =
        (items.get(start).map(|item| item.class), items.get(start + 1).map(|item| item.class))
    {
        start += 2;
    }
    if items.get(start).is_some_and(Item::is_of) {
        start = skip_determiners(items, start + 1);
        while let Some(Class::Quantity(_)) = items.get(start).map(|item| item.class) {
            start += 1;
        }
    }
    // «la deuxième plus grosse prise»
    if quantity.kind == Kind::Ordinal
        && items.get(start).is_some_and(|item| item.class == Class::Adverb && item.has(roles::DEGREE))
    {
        start += 1;
    }
    let is_owner = |at: usize| match items.get(at).map(|item| item.class) {
        Some(Class::Name(Some(name))) => {
            scene.article.names.get(name).is_some_and(|name| matches!(name.class, EntityType::Loc | EntityType::Org))
        }
        // «alumnos del colegio San Telmo»
        Some(Class::Noun) => {
            items.get(at).is_some_and(|item| item.has(roles::FOR_ORG | roles::FOR_LOC))
                && matches!(items.get(at + 1).map(|item| item.class), Some(Class::Name(_)))
        }
        _ => false,
    };
    let reach = if quantity.kind == Kind::Ordinal { Reach::Of } else { Reach::Kept };
    phrase_at(items, start, reach, is_owner)
}

/// Candidates for `counted`.
pub(super) fn candidates(
    scene: &Scene<'_>,
    target: &Target<'_>,
    property: Option<Phrase>,
    before: Option<&Link>,
    out: &mut Vec<Candidate>,
) {
    if !counts(target.quantity.kind) {
        return;
    }
    if let Some(phrase) = target.counted {
        out.push(candidate(Field::Counted, scene.text(phrase), Source::Counted, Features::default()));
    } else if let Some(counted) = property.and_then(|property| counter(scene, property)) {
        out.push(candidate(Field::Counted, scene.text(counted), Source::Governed, Features::default()));
    } else if let Some(before) = before.filter(|link| !link.counted.is_empty()) {
        // «72 emisoras, de las cuales 32 ganaron»
        out.push(candidate(Field::Counted, before.counted.clone(), Source::CountedBefore, Features::default()));
    }
}

/// What a noun of number counts: `empresas` in «el número de empresas superó las 2.400».
fn counter(scene: &Scene<'_>, property: Phrase) -> Option<Phrase> {
    let (head, noun) = property.head(&scene.items)?;
    if !noun.has(roles::COUNTER) || !scene.item(head + 1).is_some_and(Item::is_of) {
        return None;
    }
    let start = skip_determiners(&scene.items, head + 2);
    (start < property.end).then_some(Phrase { start, end: property.end })
}

/// Whether people are counted.
pub(super) fn people(scene: &Scene<'_>, target: &Target<'_>) -> bool {
    target.counted.and_then(|phrase| phrase.head(&scene.items)).is_some_and(|(_, head)| head.has(roles::PEOPLE))
}
