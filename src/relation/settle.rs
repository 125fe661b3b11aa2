//! Words whose class only the words around them tell, in languages with few endings.
//!
//! «The rise in fuel costs rose»: `rise` and `costs` may be verbs too; an article stands before the first, and a clause that has its verb
//! needs no other. «The vaccine tested in May cut infections»: `tested` hangs on the noun before it, since `cut` is the verb of the
//! clause. Then, where modifiers stand before their noun, all nouns of a row but the last modify it, and a name before a noun
//! owns it: «Apple shares».

use super::parse::{Class, Item};
use crate::pack::syntax::{self as roles, Mood, VerbForm};

fn class(items: &[Item], at: usize) -> Option<Class> {
    items.get(at).map(|item| item.class)
}

/// The item before that is no adverb.
fn previous(items: &[Item], at: usize) -> Option<usize> {
    (0..at).rev().find(|i| !matches!(class(items, *i), Some(Class::Adverb | Class::Negation)))
}

fn is_helper(item: &Item) -> bool {
    item.class == Class::Verb && item.has(roles::AUXILIARY | roles::PASSIVE | roles::MODAL | roles::FUTURE)
}

/// Where a clause begins or ends.
fn is_border(item: &Item) -> bool {
    matches!(
        item.class,
        Class::Stop
            | Class::Relative
            | Class::Subordinator
            | Class::Coordinator
            | Class::Comma
            | Class::Open
            | Class::Close
            | Class::Quote
    )
}

/// What a word that may be a verb turns out to be.
enum Reading {
    Noun,
    Adjective,
    Verb(Mood),
    /// A participle or gerund that hangs on the noun before it.
    Hangs(Mood),
}

/// Whether the form may be a noun: «rises», but not «rose» or «ranked».
fn may_be_noun(form: &VerbForm) -> bool {
    let past = form.moods.has(Mood::Participle) || form.telling;
    form.roles & roles::NOUN != 0 && (form.moods.has(Mood::Infinitive) || !past)
}

/// Whether the form is a past or a present that no noun is.
fn is_past(form: &VerbForm) -> bool {
    form.moods.has(Mood::Indicative) && !may_be_noun(form) && !form.moods.has(Mood::Infinitive)
}

/// Decides each word that may be a verb.
pub(super) fn verbs(items: &mut [Item]) {
    for at in 0..items.len() {
        // «as much as 15 %», «as many as»
        let grades =
            |i: usize| items.get(i).is_some_and(|item| item.class == Class::Subordinator && item.has(roles::DEGREE));
        if grades(at) && grades(at + 2) {
            for i in [at, at + 1, at + 2] {
                if let Some(item) = items.get_mut(i) {
                    item.class = Class::Adverb;
                    item.roles &= !(roles::UP | roles::DOWN | roles::DEGREE);
                }
            }
        }
        // «between that level and»: no clause opens behind a preposition.
        let nominal = matches!(class(items, at + 1), Some(Class::Noun | Class::Adjective));
        let governed = at.checked_sub(1).is_some_and(|i| class(items, i) == Some(Class::Preposition));
        if let Some(item) =
            items.get_mut(at).filter(|item| item.class == Class::Relative && item.has(roles::DETERMINER))
            && nominal
            && governed
        {
            item.class = Class::Determiner;
        }
        let Some(item) =
            items.get(at).filter(|item| matches!(item.class, Class::Verb | Class::Noun | Class::Adjective))
        else {
            continue;
        };
        let Some(mut form) = item.verb.clone() else { continue };
        // «a contract» is no contraction: only where the verb's row says noun is the noun what the verb is.
        let alike = form.roles & roles::NOUN != 0;
        if item.has(roles::NOUN) {
            form.roles |= roles::NOUN;
        }
        let reading = reading(items, at, &form);
        let Some(item) = items.get_mut(at) else { continue };
        let (class, mood) = match reading {
            Reading::Noun => (Class::Noun, None),
            Reading::Adjective => (Class::Adjective, Some(Mood::Participle)),
            Reading::Verb(mood) => (Class::Verb, Some(mood)),
            Reading::Hangs(mood) => {
                item.roles |= roles::HANGS;
                (Class::Verb, Some(mood))
            }
        };
        if class == Class::Noun && !alike {
            item.roles &= !(form.roles & !roles::NOUN);
        }
        item.class = class;
        if let (Some(verb), Some(mood)) = (item.verb.as_mut(), mood) {
            verb.mood = mood;
        }
    }
}

fn reading(items: &[Item], at: usize, form: &VerbForm) -> Reading {
    let moods = form.moods;
    let is_noun = may_be_noun(form);
    if moods.has(Mood::Future) || moods.has(Mood::Conditional) {
        return Reading::Verb(form.mood);
    }
    let before = previous(items, at).and_then(|i| items.get(i).map(|item| (i, item)));
    let (behind, prior) = (class(items, at + 1), before.map(|(_, item)| item.class));
    let helped = before.filter(|(_, item)| is_helper(item)).map(|(_, item)| item);
    let nominal_behind = matches!(behind, Some(Class::Noun | Class::Adjective | Class::Name(_)));
    let object_behind = matches!(
        behind,
        Some(
            Class::Determiner
                | Class::Quantity(_)
                | Class::Pronoun
                | Class::Preposition
                | Class::Adverb
                | Class::Name(_)
                | Class::Negation
                | Class::Date(_)
        )
    );
    let modifies = matches!(prior, Some(Class::Determiner | Class::Adjective));
    if moods.has(Mood::Gerund) {
        // «having increased», «for hiking prices»
        let changes =
            form.roles & (roles::UP | roles::DOWN) != 0 && prior == Some(Class::Preposition) && nominal_behind;
        if form.roles & (roles::AUXILIARY | roles::PASSIVE | roles::MODAL) != 0 || changes {
            return Reading::Verb(Mood::Gerund);
        }
        let progressive = helped.is_some_and(|item| item.has(roles::PASSIVE));
        if progressive && !(nominal_behind && is_noun) {
            return Reading::Verb(Mood::Gerund);
        }
        if modifies || before.is_none() && is_noun {
            return if nominal_behind { Reading::Adjective } else { Reading::Noun };
        }
        let behind_noun = matches!(prior, Some(Class::Noun | Class::Name(_)));
        if object_behind && behind_noun {
            return Reading::Hangs(Mood::Gerund);
        }
        let opened =
            matches!(prior, Some(Class::Comma | Class::Subordinator | Class::Preposition | Class::Coordinator) | None);
        if (object_behind || nominal_behind && !is_noun) && !(behind_noun && nominal_behind)
            || opened && behind.is_none() && !is_noun
        {
            return Reading::Verb(Mood::Gerund);
        }
        return if is_noun || !opened { Reading::Noun } else { Reading::Verb(Mood::Gerund) };
    }
    if moods.has(Mood::Infinitive) {
        if before.is_some_and(|(i, item)| item.has(roles::INFINITIVE_MARK) && i + 1 == at)
            || before.is_some_and(|(_, item)| item.has(roles::INFINITIVE_MARK)) && !modifies
        {
            return Reading::Verb(Mood::Infinitive);
        }
        if let Some(helper) = helped {
            let participle = moods.has(Mood::Participle) && !helper.has(roles::MODAL | roles::FUTURE);
            if participle || helper.has(roles::MODAL | roles::FUTURE) || helper.has(roles::AUXILIARY) && !is_noun {
                return Reading::Verb(if participle { Mood::Participle } else { Mood::Infinitive });
            }
            return Reading::Noun;
        }
    } else if moods.has(Mood::Participle) {
        let perfect = helped.is_some_and(|item| item.has(roles::AUXILIARY | roles::PASSIVE));
        // «has burned 5 acres and destroyed»
        let shared = prior == Some(Class::Coordinator)
            && (0..at).rev().find(|i| class(items, *i) == Some(Class::Verb)).and_then(|i| items.get(i)).is_some_and(
                |verb| verb.verb.as_ref().is_some_and(|verb| verb.mood == Mood::Participle) && !verb.has(roles::HANGS),
            );
        if perfect || shared {
            return Reading::Verb(Mood::Participle);
        }
    }
    // «will retire jets and cut jobs», «to hire nurses and halve fares»
    if moods.has(Mood::Infinitive) && prior == Some(Class::Coordinator) {
        let verb = (0..at).rev().filter_map(|i| items.get(i)).find(|item| item.class == Class::Verb);
        let shared = verb.and_then(|item| item.verb.as_ref()).is_some_and(|verb| verb.mood == Mood::Infinitive);
        if shared && (!is_noun || matches!(behind, Some(Class::Quantity(_) | Class::Determiner | Class::Noun))) {
            return Reading::Verb(Mood::Infinitive);
        }
    }
    // «each received three doses»
    let alone = prior == Some(Class::Determiner) && matches!(behind, Some(Class::Quantity(_) | Class::Determiner));
    if alone && is_past(form) {
        return Reading::Verb(Mood::Indicative);
    }
    // «101 seats»
    let close = |i: usize| (i + 1..at).all(|between| items.get(between).is_some_and(|item| item.has(roles::DEGREE)));
    if is_noun && matches!(before, Some((i, item)) if matches!(item.class, Class::Quantity(_)) && close(i)) {
        return Reading::Noun;
    }
    let finite = moods.has(Mood::Indicative);
    // «the rise», «a planned sale», «in costs»
    let governed = modifies || prior == Some(Class::Preposition);
    if governed {
        let participle = moods.has(Mood::Participle) && !moods.has(Mood::Infinitive);
        return if participle && (nominal_behind || !is_noun) { Reading::Adjective } else { Reading::Noun };
    }
    if finite && !moods.is_ambiguous() && !is_noun {
        return Reading::Verb(Mood::Indicative);
    }
    if finite && is_clause_verb(items, at, form) {
        return Reading::Verb(Mood::Indicative);
    }
    if moods.has(Mood::Participle) && !(is_noun && moods.has(Mood::Infinitive)) {
        let behind_noun =
            matches!(prior, Some(Class::Noun | Class::Name(_) | Class::Close | Class::Quantity(_) | Class::Date(_)));
        return if behind_noun {
            Reading::Hangs(Mood::Participle)
        } else if nominal_behind {
            Reading::Adjective
        } else {
            Reading::Verb(Mood::Participle)
        };
    }
    if moods.has(Mood::Infinitive) && !is_noun {
        return Reading::Verb(Mood::Infinitive);
    }
    Reading::Noun
}

/// Whether a word can be the finite verb of its clause: it has a subject, and nothing else is the verb.
fn is_clause_verb(items: &[Item], at: usize, form: &VerbForm) -> bool {
    let is_noun = may_be_noun(form);
    // To the left: a subject, and no other verb.
    let mut subject = false;
    let mut border = None;
    for i in (0..at).rev() {
        let Some(item) = items.get(i) else { break };
        match item.class {
            Class::Verb if item.has(roles::HANGS) => {}
            // «said shares rose»: the verb before reports.
            Class::Verb if item.is_finite() && item.has(roles::REPORT | roles::FORECAST) && subject => break,
            Class::Verb => return false,
            Class::Noun | Class::Name(_) | Class::Pronoun | Class::Quantity(_) => subject = true,
            // «the vaccine, tested in May, cut infections»
            Class::Close => {}
            _ if is_border(item) => {
                border = Some(item);
                break;
            }
            _ => {}
        }
    }
    let shared = (0..at).any(|i| items.get(i).is_some_and(Item::is_finite));
    let opened = match border.map(|item| item.class) {
        Some(Class::Relative) => true,
        Some(Class::Coordinator) => subject || shared,
        // «fell in May, compared with 2020»; «the vaccine, which …, cut»
        Some(Class::Comma) => {
            let actor = (0..at).any(|i| items.get(i).is_some_and(Item::is_nominal));
            let reports = form.roles & (roles::REPORT | roles::FORECAST) != 0;
            subject || !shared && actor && (reports || !(at + 1..items.len()).any(|i| later(items, i)))
        }
        Some(Class::Close) => true,
        _ => subject,
    };
    if !opened {
        return false;
    }
    if is_noun {
        let behind = items.get(at + 1);
        let relative = border.is_some_and(|item| item.class == Class::Relative);
        let change = form.roles & (roles::UP | roles::DOWN) != 0;
        // «sales, costs and taxes», «the vaccine cut infections»
        let parted = behind
            .is_none_or(|next| next.is_of() || matches!(next.class, Class::Stop | Class::Comma | Class::Coordinator));
        let compound =
            behind.is_some_and(|next| next.class == Class::Noun && next.verb.is_none()) && !relative && !change;
        if parted || compound {
            return false;
        }
    }
    // To the right: no verb that can have no other subject.
    let mut free = false;
    let mut i = at + 1;
    while let Some(item) = items.get(i) {
        if is_border(item) {
            break;
        }
        match item.class {
            Class::Preposition => {
                // Its noun is no subject.
                i += 1;
                while items.get(i).is_some_and(|next| {
                    matches!(
                        next.class,
                        Class::Determiner
                            | Class::Adjective
                            | Class::Noun
                            | Class::Name(_)
                            | Class::Quantity(_)
                            | Class::Date(_)
                    ) && next.verb.is_none()
                }) {
                    i += 1;
                }
                continue;
            }
            Class::Determiner | Class::Pronoun | Class::Noun | Class::Name(_) | Class::Quantity(_)
                if item.verb.is_none() =>
            {
                free = true
            }
            _ => {}
        }
        let Some(other) = item.verb.as_ref() else {
            i += 1;
            continue;
        };
        let past = is_past(other);
        // «shares have risen»
        let helper = other.moods.has(Mood::Indicative)
            && other.roles & (roles::AUXILIARY | roles::MODAL | roles::PASSIVE | roles::COPULA) != 0;
        // «profit more than doubled»
        let amount = matches!(item.class, Class::Quantity(_)) && other.moods.has(Mood::Indicative);
        let certain = helper
            || amount
            || past && !other.moods.has(Mood::Participle)
            || other.moods.has(Mood::Future)
            || other.moods.has(Mood::Conditional);
        if certain && !free {
            return false;
        }
        // «tested in May enrolled 80 people», «fuel costs increased 5 %»
        let object = matches!(class(items, i + 1), Some(Class::Determiner | Class::Quantity(_)));
        let alone =
            matches!(class(items, at + 1), Some(Class::Preposition | Class::Adverb | Class::Date(_))) || i == at + 1;
        if past && !free && (object && alone || is_noun && i == at + 1) {
            return false;
        }
        break;
    }
    true
}

/// Whether a word may be the verb of a clause that a comma parts from its subject.
fn later(items: &[Item], at: usize) -> bool {
    let Some(item) = items.get(at) else { return false };
    item.verb.as_ref().is_some_and(|form| {
        // «opened in 2009, houses 600 students»
        let present = form.moods.has(Mood::Indicative)
            && matches!(class(items, at + 1), Some(Class::Quantity(_) | Class::Determiner));
        present || is_past(form) || form.moods.has(Mood::Future) || form.moods.has(Mood::Conditional)
    })
}

/// Makes modifiers of the nouns of a row but the last, and owners of the names before a noun.
pub(super) fn modifiers(items: &mut [Item]) {
    for at in 0..items.len() {
        // «the slots available», «60 metres long»: behind its noun an adjective says something of it.
        let behind_noun = at.checked_sub(1).is_some_and(|i| class(items, i) == Some(Class::Noun));
        let last = !matches!(class(items, at + 1), Some(Class::Noun | Class::Adjective));
        if let Some(item) = items
            .get_mut(at)
            .filter(|item| item.class == Class::Adjective && behind_noun && last && item.verb.is_none())
        {
            item.class = Class::Adverb;
            continue;
        }
        let (Some(own), Some(next)) = (class(items, at), class(items, at + 1)) else { continue };
        let behind = (at + 1..items.len()).find(|i| class(items, *i) != Some(Class::Adjective));
        let noun = behind.is_some_and(|i| class(items, i) == Some(Class::Noun));
        if !noun || !matches!(next, Class::Noun | Class::Adjective) {
            continue;
        }
        let determined = at.checked_sub(1).is_some_and(|i| class(items, i) == Some(Class::Determiner));
        let Some(item) = items.get_mut(at) else { continue };
        match own {
            // «older jets»
            Class::Adverb if item.has(roles::DEGREE) && item.has(roles::UP | roles::DOWN) => {
                item.class = Class::Adjective;
                item.roles &= !(roles::UP | roles::DOWN | roles::DEGREE);
            }
            // «the September contract»
            Class::Date(_) if determined && item.has(roles::ADJECTIVE) => item.class = Class::Adjective,
            // «a disorderly exit»
            Class::Adverb if determined && item.verb.is_none() => item.class = Class::Adjective,
            Class::Noun => item.class = Class::Adjective,
            Class::Name(_) => item.roles |= roles::OWNER_MARK,
            _ => {}
        }
    }
}
