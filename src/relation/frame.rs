//! Clauses of languages whose finite verb stands second, or last behind a word that opens a clause.
//!
//! «Der Gewinn brach um ein Viertel auf 96 Millionen ein, wie die Firma mitteilte» has two clauses: the verb of the first is parted from
//! its particle (`einbrechen`), that of the second stands at its end. In «hat 3 Firmen gekauft» the finite word comes first and the one
//! that says what happens last. Each item learns its clause, each finite verb its partner.

use super::parse::{Class, Item, View};
use crate::pack::syntax::{self as roles, Mood, VerbForm};

/// The clause of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    /// Its number.
    pub id: usize,
    /// Its first item, behind the mark or word that opens it.
    pub start: usize,
    /// The word that opens it and sends its verb to the end.
    pub opener: Option<usize>,
    /// Its finite verb, else its infinitive.
    pub head: Option<usize>,
    /// The verb of the clause that it goes on from or hangs on.
    pub before: Option<usize>,
    /// It goes on from a clause like it, rather than hang on one.
    pub sibling: bool,
    /// It is what marks part, its verbs anywhere in it.
    pub loose: bool,
}

/// Clauses that only marks part, each with the verb of the one before.
pub(super) fn part(items: &mut [Item]) {
    for at in 0..items.len() {
        let next = items.get(at + 1).is_some_and(Item::is_nominal);
        // «公司股价»: whose it is.
        if let Some(item) = items.get_mut(at)
            && next
            && matches!(item.class, Class::Noun | Class::Adjective)
            && item.has(roles::FOR_ORG | roles::FOR_LOC)
        {
            item.class = Class::Noun;
            item.roles |= roles::OWNER_MARK;
        }
        // «为600家企业提供服务»: a preposition where a verb follows.
        let verb = (at + 1..items.len())
            .take_while(|i| !is_border(items, *i))
            .any(|i| items.get(i).is_some_and(Item::is_finite));
        if let Some(item) = items.get_mut(at)
            && verb
            && item.class == Class::Verb
            && item.has(roles::PREPOSITION)
        {
            item.class = Class::Preposition;
        }
    }
    let mut start = 0;
    let (mut id, mut before) = (0, None);
    while start < items.len() {
        let border = |item: &Item| matches!(item.class, Class::Comma | Class::Stop);
        let end = (start..items.len()).find(|at| items.get(*at).is_some_and(border)).unwrap_or(items.len());
        let head = (start..end).find(|at| items.get(*at).is_some_and(Item::is_finite));
        let frame = Frame { id, start, opener: None, head, before, sibling: true, loose: true };
        for item in items.get_mut(start..(end + 1).min(items.len())).unwrap_or_default() {
            item.frame = Some(frame);
        }
        // The last verb of a clause is what the next one goes on from.
        let last = (start..end).rev().find(|at| items.get(*at).is_some_and(Item::is_finite));
        before = last.or(before);
        if items.get(end).is_some_and(|item| item.class == Class::Stop) {
            before = None;
        }
        start = end + 1;
        id += 1;
    }
}

/// A mark or word at which a clause may end.
fn is_border(items: &[Item], at: usize) -> bool {
    items.get(at).is_none_or(|item| {
        matches!(
            item.class,
            Class::Comma
                | Class::Stop
                | Class::Coordinator
                | Class::Relative
                | Class::Subordinator
                | Class::Close
                | Class::Quote
                | Class::Open
        )
    })
}

fn is_marked(items: &[Item], at: usize) -> bool {
    let own = items.get(at).is_some_and(|item| item.has(roles::INFINITIVE_MARK));
    own || at.checked_sub(1).and_then(|before| items.get(before)).is_some_and(|item| item.has(roles::INFINITIVE_MARK))
}

/// An infinitive that says by a word of its own that it is one: «zu bauen».
pub(super) fn is_marked_infinitive(items: &[Item], at: usize) -> bool {
    items.get(at).is_some_and(|item| item.class == Class::Verb && mood(item) == Some(Mood::Infinitive))
        && is_marked(items, at)
}

fn mood(item: &Item) -> Option<Mood> {
    item.verb.as_ref().map(|verb| verb.mood)
}

fn is_helper(item: &Item) -> bool {
    item.has(roles::AUXILIARY | roles::MODAL | roles::PASSIVE | roles::FUTURE)
}

/// Whether a finite verb stands between an item and the next border.
fn finite_ahead(items: &[Item], from: usize, plain: bool) -> bool {
    (from..items.len()).take_while(|at| !is_border(items, *at)).any(|at| {
        items.get(at).is_some_and(|item| {
            item.is_finite()
                || plain && item.class == Class::Verb && mood(item) == Some(Mood::Infinitive) && !is_marked(items, at)
        })
    })
}

/// Finds the clauses of a sentence and joins the words of their verbs.
pub(super) fn build(view: View<'_>, items: &mut [Item]) {
    let mut frames: Vec<Frame> =
        vec![Frame { id: 0, start: 0, opener: None, head: None, before: None, sibling: false, loose: false }];
    let mut own: Vec<usize> = Vec::with_capacity(items.len());
    let mut open: Vec<usize> = vec![0];
    let mut has_verb: Vec<bool> = vec![false];
    for at in 0..items.len() {
        let top = open.last().copied().unwrap_or(0);
        let current = frames.get(top).copied();
        let head = current.and_then(|frame| frame.head);
        let busy = has_verb.get(top).copied().unwrap_or(false);
        let Some(item) = items.get(at) else { break };
        let id = frames.len();
        let new = Frame { id, start: at + 1, opener: None, head: None, before: None, sibling: false, loose: false };
        // A helper waits for an infinitive, which then is no verb of its own.
        let done = head.is_some_and(|head| {
            (head + 1..at).any(|i| {
                own.get(i) == Some(&top)
                    && items.get(i).is_some_and(|item| item.verb.is_some())
                    && is_border(items, i + 1)
            })
        });
        let plain = done || head.and_then(|head| items.get(head)).is_none_or(|head| !is_helper(head));
        let next = match item.class {
            Class::Stop => {
                open.clear();
                Some(new)
            }
            Class::Relative | Class::Subordinator => Some(Frame { opener: Some(at), before: head, ..new }),
            Class::Comma | Class::Coordinator => {
                let embedded = open.len() > 1;
                let comma = item.class == Class::Comma;
                let infinitive = || {
                    (at + 1..items.len()).take_while(|i| !is_border(items, *i)).any(|i| is_marked_infinitive(items, i))
                };
                let outer = open.len().checked_sub(2).and_then(|i| open.get(i)).and_then(|id| frames.get(*id)).copied();
                if finite_ahead(items, at + 1, plain) && head.is_some() && (!embedded || !comma) {
                    open.pop();
                    Some(Frame { opener: current.and_then(|frame| frame.opener), before: head, sibling: true, ..new })
                } else if comma && embedded && busy {
                    // Back to the clause around, or on to one behind it.
                    open.pop();
                    match outer {
                        Some(outer) if outer.head.is_some() && finite_ahead(items, at + 1, true) => {
                            open.pop();
                            Some(Frame { opener: outer.opener, before: outer.head, sibling: true, ..new })
                        }
                        _ => None,
                    }
                } else if comma && head.is_some() && infinitive() {
                    Some(Frame { before: head, ..new })
                } else if comma && !embedded && head.is_none() && busy {
                    open.pop();
                    Some(new)
                } else {
                    None
                }
            }
            _ => None,
        };
        if let Some(next) = next {
            open.push(next.id);
            frames.push(next);
            has_verb.push(false);
            // The mark belongs to the clause before.
            own.push(if matches!(item.class, Class::Relative | Class::Subordinator) { next.id } else { top });
            continue;
        }
        let mut top = open.last().copied().unwrap_or(0);
        // «ein Haus, das leer steht» has one finite verb; the next belongs to the clause around, unless it helps the one before it.
        if item.is_finite()
            && open.len() > 1
            && let Some(frame) = frames.get_mut(top)
            && let Some(head) = frame.head
        {
            if is_helper(item) && head + 1 == at && items.get(head).is_some_and(|verb| !is_helper(verb)) {
                frame.head = Some(at);
            } else {
                open.pop();
                top = open.last().copied().unwrap_or(0);
            }
        }
        own.push(top);
        if item.class == Class::Verb {
            if let Some(busy) = has_verb.get_mut(top) {
                *busy = true;
            }
            if item.is_finite()
                && let Some(frame) = frames.get_mut(top).filter(|frame| frame.head.is_none())
            {
                frame.head = Some(at);
            }
        }
    }
    // «aan te stellen»
    for at in 2..items.len() {
        if !is_marked_infinitive(items, at) || !items.get(at - 2).is_some_and(|item| item.has(roles::PARTICLE)) {
            continue;
        }
        let particle = items.get(at - 2).map(|item| folded(view, item)).unwrap_or_default();
        attach(view, items, at, &particle);
        if let Some(item) = items.get_mut(at - 2) {
            (item.class, item.roles) = (Class::Adverb, roles::ADVERB);
        }
    }
    for id in 0..frames.len() {
        let members: Vec<usize> = (0..items.len()).filter(|at| own.get(*at) == Some(&id)).collect();
        if let Some(frame) = frames.get_mut(id) {
            if frame.head.is_none() {
                frame.head = head(view, items, &members, frame);
            }
            if let Some(head) = frame.head {
                join(view, items, &members, head);
            }
        }
    }
    // A clause hangs on the verb that the clause before turned out to have.
    for id in 0..frames.len() {
        let Some(frame) = frames.get(id).copied() else { continue };
        let before = frame.before.or_else(|| {
            let outside = frame.opener.unwrap_or(frame.start).checked_sub(1).and_then(|at| own.get(at)).copied();
            frame.opener?;
            outside
                .filter(|outside| *outside != id)
                .and_then(|outside| frames.get(outside))
                .and_then(|outside| outside.head)
        });
        if let Some(frame) = frames.get_mut(id) {
            frame.before = before;
        }
    }
    for (at, item) in items.iter_mut().enumerate() {
        item.frame = own.get(at).and_then(|id| frames.get(*id)).copied();
    }
}

fn folded(view: View<'_>, item: &Item) -> String {
    view.slice(item.first, item.end).to_lowercase()
}

/// The verb of a clause without a word that can only be a finite one.
fn head(view: View<'_>, items: &mut [Item], members: &[usize], frame: &Frame) -> Option<usize> {
    let infinitive = members.iter().copied().find(|at| {
        items.get(*at).is_some_and(|item| item.class == Class::Verb && mood(item) == Some(Mood::Infinitive))
    });
    if let Some(at) = infinitive {
        // «will die Ausgaben kürzen und 1.000 Stellen streichen»: the helper is that of the clause before.
        let helper = frame.before.filter(|before| {
            frame.sibling && items.get(*before).is_some_and(|item| item.has(roles::MODAL | roles::FUTURE))
        });
        if let (Some(helper), Some(item)) = (helper, items.get_mut(at)) {
            item.head = Some(helper);
            return Some(at);
        }
        // «sie steigen» has the form of an infinitive.
        if !is_marked(items, at)
            && let Some(verb) = items.get_mut(at).and_then(|item| item.verb.as_mut())
        {
            verb.mood = Mood::Indicative;
        }
        return Some(at);
    }
    // A word of no table where the verb must stand.
    let unknown = |at: &usize| {
        items.get(*at).is_some_and(|item| item.class == Class::Adverb && item.roles == 0 && item.verb.is_none())
            && !is_border(items, at.saturating_sub(1))
    };
    let at = if frame.opener.is_some() {
        members.iter().copied().rev().find(|at| !is_border(items, *at)).filter(unknown)
    } else {
        let nominal = members.iter().position(|at| items.get(*at).is_some_and(Item::is_nominal))?;
        members.iter().skip(nominal + 1).copied().find(unknown)
    }?;
    let verb = view.pack.syntax.guess_mood(&folded(view, items.get(at)?), Mood::Indicative)?;
    let item = items.get_mut(at)?;
    item.class = Class::Verb;
    item.verb = Some(verb);
    Some(at)
}

/// Whether a verb and a particle make a verb of the tables.
fn is_known(view: View<'_>, items: &[Item], at: usize, particle: &str) -> bool {
    let verb = items.get(at).and_then(|item| item.verb.as_ref());
    verb.is_some_and(|verb| !view.pack.syntax.joined(particle, verb).guessed)
}

/// Joins a verb with its particle.
fn attach(view: View<'_>, items: &mut [Item], at: usize, particle: &str) {
    if let Some(item) = items.get_mut(at)
        && let Some(verb) = item.verb.take()
    {
        let joined = view.pack.syntax.joined(particle, &verb);
        item.roles = item.roles & !verb.roles | joined.roles;
        item.verb = Some(joined);
    }
}

/// Joins a finite verb with the particle or the verb that closes its clause.
fn join(view: View<'_>, items: &mut [Item], members: &[usize], head: usize) {
    let Some(item) = items.get(head) else { return };
    let helper = is_helper(item);
    let rest: Vec<usize> = members.iter().copied().filter(|at| *at > head).collect();
    let ties = |at: usize| items.get(at).is_some_and(|next| next.class == Class::Relative);
    let closing = |at: &usize| {
        is_border(items, at + 1) && !ties(at + 1) || items.get(at + 1).is_some_and(|next| next.has(roles::THAN))
    };
    let parts = !item.has(roles::AUXILIARY | roles::COPULA | roles::PASSIVE);
    if let Some(particle) = rest.iter().copied().filter(|_| parts).find(|at| {
        let Some(item) = items.get(*at).filter(|item| item.has(roles::PARTICLE)) else { return false };
        let governs = at.checked_sub(1).and_then(|before| items.get(before)).is_some_and(Item::is_preposition);
        // «nam af van 5 tot 3»: what hangs on the verb may follow, which then is one of the tables.
        let extraposed =
            || items.get(at + 1).is_some_and(Item::is_preposition) && is_known(view, items, head, &folded(view, item));
        !governs && (closing(at) || extraposed())
    }) {
        let text = items.get(particle).map(|item| folded(view, item)).unwrap_or_default();
        attach(view, items, head, &text);
        if let Some(item) = items.get_mut(particle) {
            item.class = Class::Adverb;
            item.roles = roles::ADVERB;
        }
        return;
    }
    let marked = rest.iter().copied().find(|at| is_marked_infinitive(items, *at));
    if !helper {
        return;
    }
    let participates = |at: &usize| {
        items.get(*at).is_some_and(|item| {
            let verbal = matches!(item.class, Class::Verb | Class::Adjective) && item.verb.is_some();
            verbal && !items.get(at + 1).is_some_and(|next| next.is_nominal() && item.class == Class::Adjective)
        })
    };
    let Some(last) = rest.iter().copied().rev().find(participates).or(marked) else {
        alone(view, items, members, &rest, head);
        return;
    };
    let mut first = last;
    while let Some(before) = first.checked_sub(1).filter(|at| *at > head) {
        let mark = items.get(before).is_some_and(|item| item.has(roles::INFINITIVE_MARK) && item.class != Class::Verb);
        if !(mark || participates(&before)) {
            break;
        }
        first = before;
    }
    let lexical = (first..=last)
        .filter(participates)
        .find(|at| items.get(*at).is_some_and(|item| !is_helper(item)))
        .unwrap_or(last);
    let infinitive = items.get(last).and_then(mood) == Some(Mood::Infinitive);
    pair(items, head, lexical, infinitive);
}

/// The partner of a helper where none follows that the tables know.
fn alone(view: View<'_>, items: &mut [Item], members: &[usize], rest: &[usize], head: usize) {
    let is_open = |at: &usize| {
        items.get(*at).is_some_and(|item| matches!(item.class, Class::Verb | Class::Adjective) && item.verb.is_some())
    };
    // «Genehmigt wurden 310», «… gestiegen ist».
    let before: Vec<usize> = members.iter().copied().filter(|at| *at < head).collect();
    let adjacent = head.checked_sub(1).filter(|at| before.contains(at) && is_open(at));
    let opening = before.first().copied().filter(|at| is_open(at) && *at + 1 == head);
    if let Some(at) = adjacent.or(opening) {
        let mut first = at;
        while let Some(earlier) = first.checked_sub(1).filter(|earlier| before.contains(earlier) && is_open(earlier)) {
            first = earlier;
        }
        let lexical = (first..=at).find(|at| items.get(*at).is_some_and(|item| !is_helper(item))).unwrap_or(at);
        let infinitive = items.get(at).and_then(mood) == Some(Mood::Infinitive);
        pair(items, head, lexical, infinitive);
        return;
    }
    let unknown = |at: &usize| {
        items.get(*at).is_some_and(|item| {
            matches!(item.class, Class::Adverb | Class::Noun) && item.roles == 0 && item.verb.is_none()
        })
    };
    let behind = rest.iter().copied().filter(|at| is_border(items, at + 1)).find(unknown);
    let Some(at) = behind.or(adjacent_unknown(head, &before, unknown)) else { return };
    let has = |role| items.get(head).is_some_and(|item| item.has(role));
    let text = items.get(at).map(|item| folded(view, item)).unwrap_or_default();
    let moods: &[Mood] = if has(roles::MODAL) { &[Mood::Infinitive] } else { &[Mood::Participle, Mood::Infinitive] };
    let allowed = moods.iter().filter(|mood| **mood != Mood::Infinitive || has(roles::MODAL | roles::FUTURE));
    let guessed: Option<VerbForm> = allowed.into_iter().find_map(|mood| view.pack.syntax.guess_mood(&text, *mood));
    if let Some(verb) = guessed
        && let Some(item) = items.get_mut(at)
        && view.tokens.get(item.first).is_some_and(|token| !token.is_capitalized())
    {
        let infinitive = verb.mood == Mood::Infinitive;
        item.verb = Some(verb);
        pair(items, head, at, infinitive);
    }
}

fn adjacent_unknown(head: usize, before: &[usize], unknown: impl Fn(&usize) -> bool) -> Option<usize> {
    head.checked_sub(1).filter(|at| before.contains(at) && before.len() > 1 && unknown(at))
}

/// Makes two words one verb.
fn pair(items: &mut [Item], head: usize, lexical: usize, infinitive: bool) {
    if let Some(item) = items.get_mut(lexical) {
        item.class = Class::Verb;
        item.head = Some(head);
        if let Some(verb) = item.verb.as_mut()
            && verb.mood.is_finite()
        {
            verb.mood = Mood::Participle;
        }
    }
    let (from, to) = (lexical.min(head) + 1, lexical.max(head));
    for item in items.get_mut(from..to).unwrap_or_default() {
        // «verletzt worden»
        if item.class == Class::Adjective && item.verb.is_some() && is_helper(item) {
            item.class = Class::Verb;
        }
    }
    if let Some(item) = items.get_mut(head) {
        item.partner = Some(lexical);
        if infinitive
            && item.has(roles::FUTURE)
            && let Some(verb) = item.verb.as_mut()
            && verb.mood == Mood::Indicative
        {
            verb.mood = Mood::Future;
        }
    }
}
