//! Tables and scores run together into a sentence: the label of a row is the subject, the head of a column the measure.
//!
//! «La cotización fue hoy la siguiente: precio variación volumen Endesa 21,37 + 0,25 75700 Repsol 20,50 …»: three heads, rows of three
//! cells, `Endesa` and `Repsol` their subjects; verb, date and place come from the sentence that heads the table. A label that names
//! nobody («jul 7,49») belongs to the subject of that sentence. «Madrid 83 - Estudiantes 73» and «ganó por 3-0 a Gales» are scores.

use super::clause;
use super::grammatical::{self, Subject};
use super::link::{Heading, Scene, candidate};
use super::parse::{Class, Item};
use super::score::{Features, Source};
use super::{ChangeRole, Field, Link, subject};
use crate::quantity::Kind;

/// A row: its cells (item and fact) and where its label begins.
struct Row {
    cells: Vec<(usize, usize)>,
    label: usize,
}

/// Fewer cells than this are no table.
const TABLE: usize = 4;

/// Links the cells of tables among the quantities of a sentence (item and fact of each); returns the facts that are cells.
pub(super) fn link(scene: &Scene<'_>, targets: &[(usize, usize)], links: &mut [Link]) -> Vec<usize> {
    let is_cell = |fact: usize| scene.article.quantities.get(fact).is_some_and(|quantity| quantity.in_table);
    let cells: Vec<(usize, usize)> = targets.iter().copied().filter(|(_, fact)| is_cell(*fact)).collect();
    if cells.is_empty() {
        return Vec::new();
    }
    let rows = rows(scene, &cells);
    let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    if cells.len() < TABLE || columns < 2 || rows.iter().all(|row| is_score(scene, row)) {
        return rows.iter().flat_map(|row| score(scene, row, links)).collect();
    }
    table(scene, &rows, columns, links);
    cells.iter().map(|(_, fact)| *fact).collect()
}

/// Cells that nothing but signs part stand in one row.
fn rows(scene: &Scene<'_>, cells: &[(usize, usize)]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let mut end = 0;
    for &(at, fact) in cells {
        let joined = (end..at).all(|i| matches!(scene.class(i), Some(Class::Other)));
        match rows.last_mut() {
            Some(row) if joined => row.cells.push((at, fact)),
            _ => rows.push(Row { cells: vec![(at, fact)], label: label(scene, end, at) }),
        }
        end = at + 1;
    }
    rows
}

/// Where the label before a cell begins: a name, a noun with its brackets, a date, or the one word before it.
fn label(scene: &Scene<'_>, from: usize, cell: usize) -> usize {
    let mut start = cell;
    let mut before = cell;
    if before > from && scene.class(before - 1) == Some(Class::Comma) {
        before -= 1;
    }
    if before > from && scene.class(before - 1) == Some(Class::Close) {
        let open = (from..before).rev().find(|i| scene.class(*i) == Some(Class::Open)).unwrap_or(before);
        before = open;
        start = open;
    }
    while before > from {
        let Some(item) = scene.item(before - 1) else { break };
        let named = matches!(item.class, Class::Name(_));
        // «B. Santander», «Banco Norte»
        let dotted = item.class == Class::Stop
            && before.checked_sub(2).and_then(|i| scene.item(i)).is_some_and(|letter| {
                capitalized(scene, letter) && scene.view.slice(letter.first, letter.end).chars().count() <= INITIAL
            });
        let initial = start < cell && (dotted || capitalized(scene, item));
        if !(named || start == cell || initial && matches!(scene.class(start), Some(Class::Name(_) | Class::Stop))) {
            break;
        }
        before -= 1;
        start = before;
        if !named && item.class != Class::Stop && !capitalized(scene, item) {
            break;
        }
    }
    start
}

/// The letters of an abbreviated name: «B.», «Sta.».
const INITIAL: usize = 3;

fn capitalized(scene: &Scene<'_>, item: &Item) -> bool {
    scene.view.tokens.get(item.first).is_some_and(crate::text::Token::is_capitalized)
}

/// The words that head the columns, as they stand before the first label.
fn heads<'a>(scene: &Scene<'a>, label: usize) -> Vec<(usize, &'a str)> {
    let open = (0..label).rev().find(|i| scene.class(*i) == Some(Class::Stop)).map_or(0, |stop| stop + 1);
    // A name that begins in capitals throughout and ends otherwise holds heads and a label.
    let words = (open..=label).filter_map(|i| scene.item(i).map(|item| (i, item)));
    // A run of capitalised words is one item, but a head a word.
    let tokens = words.flat_map(|(i, item)| (item.first..item.end).map(move |token| (i, token)));
    let upper = |token: usize| scene.view.tokens.get(token).is_some_and(|t| t.is_uppercase());
    let shouted = scene.item(label).is_some_and(|item| upper(item.first) && !upper(item.end - 1));
    tokens
        .filter(|(i, token)| *i < label || shouted && upper(*token))
        .filter(|(_, token)| scene.view.tokens.get(*token).is_some_and(crate::text::Token::is_word))
        .map(|(i, token)| (i, scene.view.slice(token, token + 1)))
        .collect()
}

fn table(scene: &Scene<'_>, rows: &[Row], columns: usize, links: &mut [Link]) {
    let Some(first) = rows.first() else { return };
    let heads = heads(scene, first.label);
    let heads = heads.get(heads.len().saturating_sub(columns)..).unwrap_or_default();
    let heading = heading(scene, first);
    for row in rows {
        let cell = row.cells.first().map_or(row.label, |cell| cell.0);
        let open = (row.label..cell).find(|i| scene.class(*i) == Some(Class::Open));
        let name = (open.unwrap_or(row.label)..cell).find_map(|at| subject::at_item(scene, at));
        for (column, &(at, fact)) in row.cells.iter().enumerate() {
            let (Some(quantity), Some(slot)) = (scene.article.quantities.get(fact), links.get_mut(fact)) else {
                continue;
            };
            let mut link = Link { predicate: heading.predicate.clone(), time: heading.time.clone(), ..Link::default() };
            link.place.clone_from(&heading.place);
            match &name {
                // «Pesos (Argentina)» names the place where the heading's subject has this price.
                Some(owner) if open.is_some() && !heading.subject.is_empty() => {
                    link.place.clone_from(&owner.text);
                    (link.subject, link.subject_type) = (heading.subject.clone(), heading.class);
                }
                Some(owner) => (link.subject, link.subject_type) = (owner.text.clone(), owner.class),
                None => {
                    let text = scene.view.slice(
                        scene.item(row.label).map_or(0, |item| item.first),
                        scene.item(at - column).map_or(0, |item| item.first),
                    );
                    let own = text.trim_matches(|c: char| !c.is_alphanumeric());
                    link.subject =
                        if heading.subject.is_empty() { own.to_owned() } else { format!("{} {own}", heading.subject) };
                    link.subject_type = heading.class;
                }
            }
            if heads.len() == columns
                && row.cells.len() == columns
                && let Some((item, head)) = heads.get(column)
            {
                match scene.item(*item).filter(|item| item.is_finite()).and_then(|item| item.verb.as_ref()) {
                    Some(verb) => link.predicate = verb.lemma.to_string(),
                    None => link.measure = (*head).to_owned(),
                }
            }
            if let Some(trend) = quantity.trend {
                (link.trend, link.role) = (Some(trend), Some(ChangeRole::By));
            }
            for (field, text) in [(Field::Measure, &link.measure), (Field::Subject, &link.subject)] {
                if !text.is_empty() {
                    link.candidates.push(candidate(field, text.clone(), Source::Table, Features::default()));
                }
            }
            *slot = link;
        }
    }
}

/// What the sentence before the table says of all its cells.
fn heading(scene: &Scene<'_>, first: &Row) -> Heading {
    let own = Heading::of(scene, first.label);
    if own.predicate.is_empty() && own.subject.is_empty() { scene.topic.heading.clone() } else { own }
}

impl Heading {
    /// What the items before `end` say: the first verb, its subject, the date and the place.
    pub fn of(scene: &Scene<'_>, end: usize) -> Self {
        let mut heading = Self::default();
        let Some(finite) = (0..end).find(|at| scene.item(*at).is_some_and(Item::is_finite)) else { return heading };
        let verb = clause::group(&scene.items, finite);
        if let Some(form) = scene.item(verb.lexical).and_then(|item| item.verb.as_ref()) {
            heading.predicate = form.lemma.to_string();
        }
        if let Subject::Phrase(phrase) = grammatical::subject(&scene.items, verb)
            && let Some(owner) = subject::resolve(scene, phrase)
        {
            (heading.subject, heading.class) = match &scene.topic.fragment {
                // A sentence that begins with a bare noun goes on from the stretch before it.
                Some(fragment) if phrase.start == 0 => (fragment.clone(), None),
                _ => (owner.text, owner.class),
            };
        }
        let date = (0..end).find_map(|at| match scene.class(at) {
            Some(Class::Date(date)) => scene.article.dates.get(date).filter(|date| !date.value.is_empty()),
            _ => None,
        });
        heading.time = date.map(|date| date.value.to_owned()).unwrap_or_default();
        let place = (0..end).rev().find_map(|at| match scene.class(at) {
            Some(Class::Name(Some(name))) => {
                scene.article.names.get(name).filter(|name| name.class == crate::entity::EntityType::Loc)
            }
            _ => None,
        });
        heading.place = place.map(|name| name.canonical.to_owned()).unwrap_or_default();
        heading
    }
}

/// Links the line of a list whose heading says what it counts: «Espanha: 410 mil» below «Dormidas por mercado:».
pub(super) fn line(scene: &Scene<'_>, targets: &[(usize, usize)], links: &mut [Link]) {
    let Some(listed) = &scene.topic.listed else { return };
    let &[(at, fact)] = targets else { return };
    let Some(colon) = at.checked_sub(1).filter(|i| is_colon(scene, *i)) else { return };
    let label = super::phrase::phrase_at(&scene.items, 0, super::phrase::Reach::Of, |_| false);
    let Some(link) = links.get_mut(fact) else { return };
    // «Xullo: 12.400»: when.
    if let (Some(Class::Date(_)), 1) = (scene.class(0), colon) {
        if link.measure.is_empty() {
            link.measure.clone_from(listed);
        }
        return;
    }
    let Some(label) = label.filter(|label| label.end == colon) else { return };
    let text = scene.text(label);
    if link.measure.is_empty() || link.measure == text {
        link.measure.clone_from(listed);
    }
    if link.subject.is_empty() || link.subject_type.is_none() || !text.contains(&link.subject) {
        let owner = subject::at_item(scene, label.start).filter(|_| label.end == label.start + 1);
        (link.subject, link.subject_type) = owner.map_or((text, None), |owner| (owner.text, owner.class));
    }
}

fn is_colon(scene: &Scene<'_>, at: usize) -> bool {
    scene.item(at).and_then(|item| scene.view.tokens.get(item.first)).is_some_and(|token| token.is(':'))
}

/// What the lines below this sentence are numbers of, where it heads a list.
pub(super) fn listed(scene: &Scene<'_>) -> Option<String> {
    let colon = scene.items.len().checked_sub(1).filter(|last| is_colon(scene, *last))?;
    let finite = scene.items.iter().position(Item::is_finite);
    let phrase = match finite {
        None => super::phrase::phrase_at(&scene.items, 0, super::phrase::Reach::Of, |_| false)?,
        Some(finite) => match grammatical::subject(&scene.items, clause::group(&scene.items, finite)) {
            // «la variació ha estat:»
            Subject::Phrase(phrase) if (finite..colon).all(|i| scene.class(i) == Some(Class::Verb)) => phrase,
            _ => return None,
        },
    };
    Some(scene.text(phrase))
}

/// Whether a row is one side of a score, or both.
fn is_score(scene: &Scene<'_>, row: &Row) -> bool {
    row.cells.len() <= 2
        && row.cells.iter().all(|(_, fact)| {
            scene.article.quantities.get(*fact).is_some_and(|q| q.kind == Kind::Number && q.value.is_integer())
        })
}

/// Links the sides of a score; returns their facts, none where no name stands beside.
fn score(scene: &Scene<'_>, row: &Row, links: &mut [Link]) -> Vec<usize> {
    let Some(&(first, _)) = row.cells.first() else { return Vec::new() };
    let mut set = |fact: usize, owner: Option<subject::Owner>, predicate: String, time: String, place: String| {
        if let Some(slot) = links.get_mut(fact) {
            let (text, class) = owner.map(|owner| (owner.text, owner.class)).unwrap_or_default();
            let subject = candidate(Field::Subject, text.clone(), Source::Table, Features::default());
            let candidates = if text.is_empty() { Vec::new() } else { vec![subject] };
            *slot = Link { candidates, subject: text, subject_type: class, predicate, time, place, ..Link::default() };
        }
    };
    if row.cells.len() == 1 || !scene.items.get(..first).is_some_and(|before| before.iter().any(Item::is_finite)) {
        // «Madrid 83 - Estudiantes 73»
        let sides = row.cells.iter().enumerate().map(|(side, &(at, fact))| {
            let before = at.checked_sub(1).filter(|i| scene.class(*i) == Some(Class::Comma)).unwrap_or(at);
            let owner = if side == 0 {
                before.checked_sub(1).and_then(|i| subject::at_item(scene, i))
            } else {
                subject::at_item(scene, at + 1)
            };
            (fact, owner)
        });
        let sides: Vec<(usize, Option<subject::Owner>)> = sides.collect();
        if sides.iter().all(|(_, owner)| owner.is_none()) {
            return Vec::new();
        }
        for (fact, owner) in &sides {
            set(*fact, owner.clone(), String::new(), String::new(), String::new());
        }
        return sides.iter().map(|(fact, _)| *fact).collect();
    }
    let &[(_, won), (last, lost)] = row.cells.as_slice() else { return Vec::new() };
    let Some(verb) = clause::governor(&scene.items, first, last + 1) else { return Vec::new() };
    let heading = Heading::of(scene, scene.items.len());
    let winner = match grammatical::subject(&scene.items, verb) {
        Subject::Phrase(phrase) => subject::resolve(scene, phrase),
        _ => None,
    };
    // The other side: the object of the verb, before or behind the score.
    let other = (verb.lexical + 1..scene.items.len())
        .take(REACH)
        .filter(|at| *at < first || *at > last)
        .filter_map(|at| subject::at_item(scene, at))
        .find(|owner| winner.as_ref().is_none_or(|winner| winner.text != owner.text));
    let lemma =
        scene.lemma(verb).and_then(|item| item.verb.as_ref()).map(|verb| verb.lemma.to_string()).unwrap_or_default();
    set(won, winner, lemma, heading.time.clone(), heading.place.clone());
    set(lost, other, String::new(), heading.time, heading.place);
    vec![won, lost]
}

/// How many items behind the verb the other side of a score is looked for.
const REACH: usize = 10;
