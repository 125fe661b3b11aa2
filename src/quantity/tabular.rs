//! Numbers in tables and scores: rows of figures between labels, run together into one paragraph.
//!
//! «Pesos (Chile) 522,00 527,00 Sucres 25.000» gives each figure the currency that heads its row; «cotización en dólares
//! … : precio variación Endesa 21,37 + 0,25» gives the decimals of the table the currency of its heading; the sign of a
//! column of changes is a direction, not part of the value; «Madrid 83 - Estudiantes 73» and `3-0` are scores.

use super::shape::is_score;
use super::unit::{Finder, money_name};
use super::{Kind, Quantity, Scene, Trend};
use crate::numeral::{Form, Numeral};
use crate::pack::Sense;
use crate::text::Token;

/// Figures in one sentence without a unit or noun of their own that make it a table.
const TABLE: usize = 4;

/// Marks table cells and scores, and gives them what their row or heading says.
pub(super) fn mark(scene: Scene<'_>, numerals: &[Numeral], quantities: &mut [Quantity]) {
    rows(scene, numerals, quantities);
    for sentence in scene.sentences {
        let from = quantities.partition_point(|q| q.start < sentence.first);
        let to = quantities.partition_point(|q| q.start < sentence.end);
        if let Some(cells) = quantities.get_mut(from..to) {
            table(scene, numerals, cells, sentence.first);
            changes(scene, numerals, cells);
        }
    }
    scores(scene, numerals, quantities);
}

/// «Pesos (Chile) 522,00 527,00»: the currency that heads a row serves its figures.
fn rows(scene: Scene<'_>, numerals: &[Numeral], quantities: &mut [Quantity]) {
    let mut head: Option<(usize, super::MeasureUnit)> = None;
    for quantity in quantities.iter_mut() {
        let Some(numeral) = numerals.get(quantity.numerals.0) else { continue };
        if quantity.unit.is_some() || numeral.form != Form::Cardinal || numeral.literal.is_none() {
            head = None;
            continue;
        }
        let unit = match head.take() {
            Some((end, unit)) if end == quantity.start => Some(unit),
            _ => row_head(scene, numeral),
        };
        if let Some(unit) = unit {
            quantity.kind = Kind::Money;
            quantity.unit = Some(unit.clone());
            quantity.in_table = true;
            head = Some((quantity.end, unit));
        }
    }
}

/// The currency named before a number with its country in brackets.
fn row_head(scene: Scene<'_>, numeral: &Numeral) -> Option<super::MeasureUnit> {
    let reader = scene.reader;
    let close = numeral.start.checked_sub(1).filter(|i| reader.token(*i).is_some_and(|t| t.is(')')))?;
    let open = (close.saturating_sub(6)..close).rev().find(|i| reader.token(*i).is_some_and(|t| t.is('(')))?;
    let place = (open + 1..close).find_map(|i| {
        let found = reader.pack.lexicon.longest_where(reader.tokens, i, |s| matches!(s, Sense::Place(_)))?;
        found.senses.iter().find_map(|s| match s {
            Sense::Place(region) => Some(*region),
            _ => None,
        })
    })?;
    let finder = Finder { scene, numeral };
    (open.saturating_sub(4)..open).find_map(|start| {
        let wanted = |s: Sense| matches!(s, Sense::Currency(_) | Sense::Family(_));
        let found = reader.pack.lexicon.longest_where(reader.tokens, start, wanted).filter(|f| f.end == open)?;
        let name = found.senses.iter().find_map(money_name)?;
        let id = scene.money.tender_of(name, place)?;
        Some(finder.money(crate::pack::MoneyName::Currency(id), start, start, open).unit)
    })
}

/// A sentence that is a table: its figures have no nouns, its signs are directions.
fn table(scene: Scene<'_>, numerals: &[Numeral], cells: &mut [Quantity], first: usize) {
    let reader = scene.reader;
    let bare = |q: &Quantity| {
        let numeral = numerals.get(q.numerals.0);
        q.unit.is_none()
            && numeral.is_some_and(|n| n.literal.is_some_and(|l| l.decimals > 0) && n.form == Form::Cardinal)
    };
    // A cell stands beside another cell or a capitalised label, never before a small word.
    let free = |q: &Quantity| {
        reader.token(q.end).is_none_or(|t| {
            !t.is_word()
                || t.is_capitalized()
                || t.space_before() && reader.pack.lexicon.classes(t.symbol) & reader.pack.scope.calendar != 0
        })
    };
    let count = cells.iter().filter(|q| bare(q) && free(q)).count();
    if count < TABLE {
        return;
    }
    let heading = heading(scene, numerals, cells, first);
    for cell in cells.iter_mut() {
        let Some(numeral) = numerals.get(cell.numerals.0) else { continue };
        let digits = numeral.literal.is_some() && numeral.form == Form::Cardinal && cell.unit.is_none();
        if !digits || !free(cell) {
            continue;
        }
        cell.in_table = true;
        if let Some(sign) = numeral.sign {
            cell.trend = Some(if sign == '-' { Trend::Down } else { Trend::Up });
            cell.value = cell.value.abs();
        }
        if let Some(unit) = heading.as_ref().filter(|_| bare(cell)) {
            cell.unit = Some(unit.clone());
            cell.kind = Kind::Money;
            cell.doubts.shared = true;
        }
    }
}

/// Signed shares that stand apart from the sentence are changes: `Minera Norte⇥184,20⇥-2,1 %`, «extractiva (-2,78 %)».
fn changes(scene: Scene<'_>, numerals: &[Numeral], cells: &mut [Quantity]) {
    let reader = scene.reader;
    for cell in cells {
        let Some(sign) = numerals.get(cell.numerals.0).and_then(|n| n.sign).filter(|_| cell.kind == Kind::Percent)
        else {
            continue;
        };
        let before = cell.start.checked_sub(1).and_then(|i| reader.token(i));
        let bracket =
            before.is_some_and(|t| t.is('(')) && reader.token(cell.end).is_some_and(|t| t.is(')') || t.is(','));
        let gap = before.zip(reader.token(cell.start)).map(|(a, b)| crate::text::Span::new(a.span.end, b.span.start));
        let column = gap.is_some_and(|gap| gap.of(reader.text).contains('\t') || gap.len() > 2)
            || before.is_some_and(|t| t.is('|') || t.is_number());
        if (bracket && before.is_some() && cell.start > 1) || column {
            cell.trend = Some(if sign == '-' { Trend::Down } else { Trend::Up });
            cell.value = cell.value.abs();
        }
    }
}

/// The currency of a heading: «cotización en dólares …: …».
fn heading(scene: Scene<'_>, numerals: &[Numeral], cells: &[Quantity], first: usize) -> Option<super::MeasureUnit> {
    let reader = scene.reader;
    let cell = cells.first()?;
    let numeral = numerals.get(cell.numerals.0)?;
    let inside = reader.pack.scope.inside;
    let colon = (first..cell.start).find(|i| reader.token(*i).is_some_and(|t| t.is(':')))?;
    (first..colon).find_map(|at| {
        if reader.pack.lexicon.classes(reader.token(at)?.symbol) & inside == 0 {
            return None;
        }
        let wanted = |s: Sense| matches!(s, Sense::Currency(_) | Sense::Family(_));
        let found = reader.pack.lexicon.longest_where(reader.tokens, at + 1, wanted)?;
        let name = found.senses.iter().find_map(money_name)?;
        let finder = Finder { scene, numeral };
        Some(finder.money(name, at + 1, at, found.end).unit)
    })
}

/// `3-0`, «Madrid 83 - Estudiantes 73»: each side is a bare number.
fn scores(scene: Scene<'_>, numerals: &[Numeral], quantities: &mut [Quantity]) {
    let reader = scene.reader;
    for at in 0..quantities.len() {
        let Some((head, tail)) = quantities.split_at_mut_checked(at + 1) else { continue };
        let Some(a) = head.last_mut() else { continue };
        let plain = |q: &Quantity| {
            q.unit.is_none()
                && numerals
                    .get(q.numerals.0)
                    .is_some_and(|n| n.is_plain_digits() && n.literal.is_some_and(|l| l.whole <= 3 && l.decimals == 0))
        };
        if !plain(a) {
            continue;
        }
        if is_score(scene, a.start) {
            a.in_table = true;
        }
        let Some(b) = tail.first_mut().filter(|b| plain(b)) else { continue };
        let dash = reader.token(a.end).is_some_and(|t| (t.is('-') || t.is('–')) && !t.space_before());
        let glued = dash && b.start == a.end + 1 && !reader.token(b.start).is_some_and(Token::space_before);
        // «2 a 1», `3x0`
        let noun = super::kind::is_noun(scene, b.end) && !reader.pack.myriads();
        if b.start == a.end + 1 && score_of(scene, a.start) && !noun {
            (a.in_table, b.in_table) = (true, true);
            continue;
        }
        let contest =
            reader.token(b.end).is_some_and(|t| reader.pack.lexicon.classes(t.symbol) & reader.pack.scope.contest != 0);
        if glued && (contest || !super::kind::is_noun(scene, b.end)) {
            let falls = contest || b.value <= a.value;
            a.in_table |= falls;
            b.in_table |= falls;
        }
    }
}

/// Whether the digits at `at` are one side of a score that a word parts: «venceu por 2 a 1», `3x0`.
pub(super) fn score_of(scene: Scene<'_>, at: usize) -> bool {
    let scope = scene.reader.pack.scope;
    let class = |i: usize| super::group::class(scene, i);
    let side = |i: usize| scene.reader.token(i).is_some_and(|t| t.is_number() && t.span.len() <= 2);
    let pair = |first: usize| {
        side(first) && class(first + 1) & scope.score != 0 && side(first + 2) && {
            let glued = |i: usize| scene.reader.is_glued(i);
            glued(first + 1) == glued(first + 2)
        }
    };
    scope.score != 0
        && (pair(at) || at.checked_sub(2).is_some_and(pair))
        && super::bound::sentence_of(scene, at).is_some_and(|s| (s.first..s.end).any(|i| class(i) & scope.contest != 0))
}
