//! Numbers that their shape or surroundings show to be no quantities, without any word: `12:30`, `G20`, `COVID-19`, `2000-05-23`,
//! «91 555 12 34», «3) …».
//!
//! What words tell («artículo 14») is in the packs' `readings.toml`; whole runs such as addresses are in `packs/und/shapes.tsv`.

use super::Scene;
use crate::numeral::{Form, Numeral};
use crate::pack::Reading;
use crate::pack::Sense;
use crate::text::{Token, TokenKind};

/// The run of characters between blanks that holds the number and more than it; closing punctuation is no part of it.
pub(super) fn run_around<'a>(scene: Scene<'a>, numeral: &Numeral) -> Option<&'a str> {
    let text = scene.reader.text;
    let (start, end) = (numeral.span.start as usize, numeral.span.end as usize);
    let bytes = text.as_bytes();
    // Ideographs need no blanks around them and belong to no run.
    let ideograph = |byte: Option<&u8>| byte.is_some_and(|b| *b >= 0x80) && scene.reader.pack.myriads();
    let glued = |byte: Option<&u8>| byte.is_some_and(|b| !b.is_ascii_whitespace()) && !ideograph(byte);
    let before = start.checked_sub(1).and_then(|i| bytes.get(i));
    if !glued(before) && !glued(bytes.get(end)) {
        return None;
    }
    let parts = |c: char| c.is_whitespace() || crate::text::is_ideograph(c);
    let from = text.get(..start)?.rfind(parts).map_or(0, |at| at + 1);
    let to = text.get(end..)?.find(parts).map_or(text.len(), |at| end + at);
    let blank = |at: usize| text.get(at..).is_some();
    let from = (from..=start).find(|at| blank(*at))?;
    let run = text.get(from..to)?;
    let run = run
        .trim_start_matches(['(', '«', '“', '"', '['])
        .trim_end_matches(['.', ',', ';', ':', ')', '»', '”', '"', ']', '?', '!']);
    // A short run of digits and one sign is no address.
    (run.len() >= 5 && run.len() <= 400).then_some(run)
}

/// Readings that need no words.
pub(super) fn shape(scene: Scene<'_>, numeral: &Numeral) -> Option<(Reading, &'static str)> {
    let reader = scene.reader;
    let start = numeral.start;
    let first = reader.token(start)?;
    let token = |i: usize| reader.token(i);
    let before = start.checked_sub(1).and_then(token);
    let next = token(numeral.end);
    let glued_next = next.filter(|t| !t.space_before());
    if reader.pack.myriads() {
        if in_name(scene, numeral) {
            return Some((Reading::Name, "a name of the pack"));
        }
    } else if reader.pack.lexicon.longest_where(reader.tokens, start, |s| s == Sense::Name).is_some()
        || numeral.article
            && reader.pack.lexicon.longest_where(reader.tokens, numeral.end, |s| s == Sense::Name).is_some()
        || (start.saturating_sub(3)..numeral.end).any(|i| {
            let found = reader.pack.lexicon.longest_where(reader.tokens, i, |s| s == Sense::Name);
            found.is_some_and(|f| f.end >= numeral.end)
        })
    {
        return Some((Reading::Name, "a name of the pack"));
    }
    numeral.literal?;
    if super::tabular::score_of(scene, start) {
        return None;
    }
    // G20, H2O, A-6, COVID-19: but not «mayo-15», nor money signs (US$20, EUR20, RM42)
    if !first.space_before() && numeral.sign.is_none() {
        if let Some(word) = before.filter(|t| t.is_word())
            && !is_money_word(scene, word)
            && !super::group::is_glued_part(scene, start)
            && (super::unit::Finder { scene, numeral }).find().is_none_or(|f| f.start >= start)
        {
            return Some((Reading::Name, "letters glued to digits"));
        }
        let dash = before.filter(|t| is_dash(t) && !t.space_before());
        let word = dash.and(start.checked_sub(2)).and_then(token).filter(|t| t.is_word());
        // «5k-20k», «5m-10m»: letters behind digits are a scale or a unit.
        let scaled = word.is_some_and(|t| !t.space_before())
            && (1..3).any(|back| {
                let glue = back == 1 || start.checked_sub(3).and_then(token).is_some_and(is_dash);
                glue && start.checked_sub(2 + back).and_then(token).is_some_and(Token::is_number)
            });
        if !scaled
            && word.is_some_and(|word| {
                reader.pack.lexicon.numeral(word.symbol).is_empty()
                    && reader.pack.lexicon.classes(word.symbol) & reader.pack.scope.prefix == 0
            })
        {
            return Some((Reading::Name, "a name joined to digits"));
        }
    }
    // CCI 4.0, Web 2.0: a version behind a name
    if let Some(name) =
        before.filter(|t| t.is_word() && (t.is_uppercase() || t.is_capitalized()) && first.space_before())
        && reader.surface(start).split_once('.').is_some_and(|(a, b)| a.len() <= 2 && b.len() == 1)
        && numeral.is_plain_digits()
        && !is_money_word(scene, name)
        && reader.pack.lexicon.is_open(name.symbol)
        && next.is_none_or(|t| {
            t.kind == TokenKind::Mark && !t.is('%') || t.is_word() && !super::kind::is_noun(scene, numeral.end)
        })
        && (super::unit::Finder { scene, numeral }).find().is_none()
    {
        return Some((Reading::Name, "a version"));
    }
    // 3D, 4x4, 737MAX: digits glued to letters that are neither unit, scale nor ordinal
    if let Some(word) = glued_next.filter(|t| t.is_word()) {
        let finder = super::unit::Finder { scene, numeral };
        let known = numeral.form == Form::Ordinal || finder.find().is_some();
        let letter = word.span.len() <= 1;
        let brand = word.span.len() >= 3 && reader.pack.lexicon.is_open(word.symbol);
        if !known && numeral.end == start + 1 && !word.is_uppercase() && (letter || brand) {
            return Some((Reading::Name, "digits glued to a letter"));
        }
    }
    let text = reader.surface(start);
    // 12:30, 2:00:15
    let digits = |t: &Token| t.is_number();
    if let Some(colon) = glued_next.filter(|t| is_colon(t))
        && token(numeral.end + 1).is_some_and(|t| digits(t) && !t.space_before() && t.span.len() == 2)
        && colon.kind == TokenKind::Mark
        && text.len() <= 2
        && is_clock(text, reader.surface(numeral.end + 1))
    {
        return Some((Reading::Time, "a clock time"));
    }
    // J1149.5+6663
    let chained =
        before.is_some_and(|t| t.is('+') && !t.space_before()) || numeral.sign == Some('+') && !first.space_before();
    if chained
        && start
            .checked_sub(1 + usize::from(numeral.sign.is_none()))
            .and_then(token)
            .is_some_and(|t| t.is_number() && t.span.len() > 3)
    {
        return Some((Reading::Name, "a designation"));
    }
    // 0800 555 111: no quantity begins with a nought
    let label =
        |t: &Token| t.is_number() && t.span.len() >= 3 && t.span.of(reader.text).bytes().all(|b| b.is_ascii_digit());
    let zero = |i: usize| {
        let nought = |text: &str| text.starts_with('0') && text.bytes().any(|b| b != b'0');
        token(i).is_some_and(|t| label(t) && nought(t.span.of(reader.text)))
    };
    // `0800-1234`, `020-5551234`
    let dialled = label(first)
        && !first.space_before()
        && before.is_some_and(|t| is_dash(t) && !t.space_before())
        && start.checked_sub(2).is_some_and(zero);
    let groups = (1..4).take_while(|back| start.checked_sub(*back).and_then(token).is_some_and(label)).count();
    if zero(start) && next.is_none_or(|t| t.space_before() || t.kind == TokenKind::Mark && !t.is('%'))
        || label(first) && (1..=groups).any(|back| start.checked_sub(back).is_some_and(zero))
        || dialled
    {
        return Some((Reading::Reference, "a number that begins with a nought"));
    }
    if before.is_some_and(|t| is_colon(t) && !t.space_before())
        && !first.space_before()
        && start.checked_sub(2).and_then(token).is_some_and(|t| digits(t) && is_clock(t.span.of(reader.text), text))
    {
        return Some((Reading::Time, "a clock time"));
    }
    // 23/05/2000, 2000-05-23, 12.05.2024
    if let Some(reading) = numeric_date(scene, numeral) {
        return Some(reading);
    }
    if phone(scene, numeral) && (super::unit::Finder { scene, numeral }).find().is_none() {
        return Some((Reading::Reference, "a telephone number"));
    }
    if let Some(reading) = list_number(scene, numeral) {
        return Some(reading);
    }
    if day_and_month(scene, numeral) {
        return Some((Reading::Date, "a day and a month"));
    }
    if clock(scene, numeral) {
        return Some((Reading::Time, "a clock time"));
    }
    // @user2024, #14, n.º 5, http://…/2024/05
    let mark = before.filter(|t| t.kind == TokenKind::Mark && !first.space_before());
    let joins =
        start.checked_sub(2).and_then(token).is_some_and(|t| t.is_word()) && before.is_some_and(|t| !t.space_before());
    if before.is_some_and(|t| t.is('#'))
        || mark.is_some_and(|t| t.is('@') || t.is('_') || joins && (t.is('=') || t.is('&')))
        || glued_next.is_some_and(|t| t.is('_') || t.is('@'))
    {
        return Some((Reading::Reference, "a label"));
    }
    // An identifier: more digits than any quantity has, without grouping.
    if numeral.literal.is_some_and(|l| l.whole > 15 && !l.grouped) {
        return Some((Reading::Reference, "an identifier"));
    }
    None
}

/// `24.12.`: a day and a month, each with its full stop, where ordinals are written so.
fn day_and_month(scene: Scene<'_>, numeral: &Numeral) -> bool {
    let reader = scene.reader;
    if !reader.pack.ordinal_stop() || !numeral.is_plain_digits() {
        return false;
    }
    let stop = reader.token(numeral.end).is_some_and(|t| t.is('.') && !t.space_before());
    let Some((day, month)) = reader.surface(numeral.start).split_once('.').filter(|_| stop) else { return false };
    let within = |text: &str, most: u32| text.len() <= 2 && text.parse::<u32>().is_ok_and(|v| (1..=most).contains(&v));
    let before = numeral.start.checked_sub(1).and_then(|i| reader.token(i));
    let opened = before.is_some_and(|t| reader.pack.lexicon.classes(t.symbol) & reader.pack.scope.ordinal_opener != 0);
    within(day, 31) && within(month, 12) && (opened || reader.format.decimal == ',')
}

/// Whether a name of the pack holds the number and what stands beside it, where names have no blanks around them: «十分» in
/// «十分重要», but not in «十分钟».
fn in_name(scene: Scene<'_>, numeral: &Numeral) -> bool {
    let reader = scene.reader;
    let name = |at: usize| reader.pack.lexicon.longest_where(reader.tokens, at, |s| s == Sense::Name);
    let start = numeral.start;
    let before = (start.saturating_sub(3)..start).find_map(|at| Some((at, name(at).filter(|f| f.end >= numeral.end)?)));
    if let Some((at, found)) = before {
        // «一周四天»: no weekday stands behind a number, nor does its word reach over a unit.
        let number = |i: usize| {
            let senses = reader.token(i).map_or(&[][..], |t| reader.pack.lexicon.numeral(t.symbol));
            let class = reader.token(i).map_or(0, |t| reader.pack.lexicon.classes(t.symbol));
            !senses.is_empty() || class & reader.pack.scope.per != 0
        };
        let unit = (super::unit::Finder { scene, numeral }).find().is_some_and(|unit| unit.end > found.end);
        return !(unit && at.checked_sub(1).is_some_and(number));
    }
    let Some(found) = name(start).filter(|found| found.end >= numeral.end) else { return false };
    let Some(unit) = (super::unit::Finder { scene, numeral }).find() else { return true };
    // «两小时十分» has minutes beside its hours.
    let last = unit.end.checked_sub(1).and_then(|i| reader.token(i));
    let beside = last.is_some_and(|t| reader.pack.lexicon.classes(t.symbol) & reader.pack.scope.beside != 0);
    let first = super::bound::sentence_of(scene, start).is_some_and(|s| s.first == start);
    found.end >= unit.end && unit.start >= start && (first || !beside)
}

fn is_colon(token: &Token) -> bool {
    token.is(':') || token.is('：')
}

/// Whether digits around a colon may be hours and minutes, or minutes and seconds: `3:1` and `89:78` are scores.
fn is_clock(first: &str, second: &str) -> bool {
    let below = |text: &str| text.parse::<u32>().is_ok_and(|value| value < 60);
    second.len() == 2 && first.parse::<u32>().is_ok_and(|hours| hours <= 24) && below(second)
}

/// Whether the number closes or opens a score: «Madrid 3 - Estudiantes 2».
pub(super) fn is_score(scene: Scene<'_>, at: usize) -> bool {
    let token = |i: usize| scene.reader.token(i);
    let name = |i: usize| token(i).is_some_and(|t| t.is_word() && t.is_capitalized());
    let mut back = at;
    while back.checked_sub(1).is_some_and(name) {
        back -= 1;
    }
    let closes = back >= 2 && token(back - 1).is_some_and(is_dash) && token(back - 2).is_some_and(Token::is_number);
    let mut next = at + 1;
    let opens = token(next).is_some_and(|t| is_dash(t) && t.space_before()) && {
        next += 1;
        let first = next;
        while name(next) && next < first + 5 {
            next += 1;
        }
        next > first && token(next).is_some_and(Token::is_number)
    };
    closes || opens
}

fn is_dash(token: &Token) -> bool {
    token.is('-') || token.is('‐') || token.is('‑') || token.is('–')
}

/// Whether a word before digits is a currency's sign or code.
pub(super) fn is_money_word(scene: Scene<'_>, word: &Token) -> bool {
    let text = word.span.of(scene.reader.text);
    scene.catalog.currency(text).is_some()
        || scene.catalog.currency(&text.to_uppercase()).is_some() && scene.reader.pack.lexicon.is_open(word.symbol)
        || text.len() > 1 && scene.catalog.money_sign(text).is_some()
}

/// «3) …», `5.` or `6-` at the start of a line: the number of an item.
fn list_number(scene: Scene<'_>, numeral: &Numeral) -> Option<(Reading, &'static str)> {
    let reader = scene.reader;
    let first = reader.token(numeral.start)?;
    let mark = reader.token(numeral.end).filter(|t| !t.space_before())?;
    let behind = reader.token(numeral.end + 1)?;
    if !numeral.is_plain_digits()
        || numeral.literal.is_some_and(|l| l.decimals > 0 || l.whole > 3)
        || behind.is_number()
    {
        return None;
    }
    let opens = numeral.start == 0 || first.line_before();
    let item = opens && behind.space_before() && (mark.is('.') || mark.is(')') || mark.is('-') || mark.is('º'));
    // «30º C» opens a text as a temperature.
    let degrees = mark.is('º') && matches!(reader.surface(numeral.end + 1), "C" | "F");
    // «… importante. 1) …»: a bracket that nothing opened
    let bracket = mark.is(')')
        && behind.space_before()
        && !(0..numeral.start).rev().take(40).any(|i| reader.token(i).is_some_and(|t| t.is('(')));
    (item && !degrees || bracket).then_some((Reading::Reference, "the number of an item"))
}

/// Four digits of our time, ungrouped, that nothing is counted by: «(CFE; 1937)», «este 2021».
pub(super) fn bare_year(scene: Scene<'_>, numeral: &Numeral) -> bool {
    let reader = scene.reader;
    let digits = reader.token(numeral.end - 1).filter(|t| t.is_number());
    let year = digits.is_some_and(|t| {
        t.span.len() == 4
            && matches!(t.span.of(reader.text).parse::<u32>(), Ok(1900..=2049))
            && numeral.end <= numeral.start + 2
    });
    if !year || numeral.form != Form::Cardinal || (super::unit::Finder { scene, numeral }).find().is_some() {
        return false;
    }
    let before = numeral.start.checked_sub(1).and_then(|i| reader.token(i));
    let next = reader.token(numeral.end);
    // «un total de 2000 personas», «los 1950 detenidos», «> 2000», `2000 x`
    let plural = next.is_some_and(|t| t.is_word() && reader.pack.is_plural(t.span.of(reader.text)));
    let noun = super::kind::is_noun(scene, numeral.end);
    let class = before.map_or(0, |t| reader.pack.lexicon.classes(t.symbol));
    let bounded = class & reader.pack.scope.bounding != 0 && class & reader.pack.scope.of == 0
        || before.is_some_and(|t| t.is('>') || t.is('<') || t.is('='));
    // Where every noun has a capital, a noun behind a year is as often none of its own («war 2018 Trainer»).
    let counted = if reader.pack.capital_nouns() {
        let scope = reader.pack.scope;
        let round = digits.is_some_and(|t| t.span.of(reader.text).ends_with("00"));
        noun && (round || class & (scope.about | scope.bounding | scope.article | scope.of | scope.with) != 0)
    } else if reader.pack.myriads() {
        next.is_some_and(|t| reader.pack.lexicon.classes(t.symbol) & reader.pack.scope.classifier != 0)
    } else {
        plural && noun && !next.is_some_and(Token::is_capitalized)
    };
    let dash = |t: Option<&Token>| t.is_some_and(|t| is_dash(t) || t.is('/'));
    let lone = before.is_none() && next.is_none();
    !(counted
        || bounded
        || lone
        || dash(next) && reader.token(numeral.end + 1).is_some_and(Token::is_number)
        || dash(before) && numeral.start >= 2 && reader.token(numeral.start - 2).is_some_and(Token::is_number))
}

/// «a las 7,30», «14.40 horas»: hours and minutes with a decimal mark.
fn clock(scene: Scene<'_>, numeral: &Numeral) -> bool {
    let reader = scene.reader;
    let fits = |s: &str, limit: u32| s.parse::<u32>().is_ok_and(|v| v < limit);
    let timed = |at: usize| {
        let (hours, minutes) = reader.surface(at).split_once(['.', ','])?;
        (minutes.len() == 2 && hours.len() <= 2 && fits(hours, 25) && fits(minutes, 60)).then_some(())
    };
    if !numeral.is_plain_digits() || timed(numeral.start).is_none() {
        return false;
    }
    let class = |i: usize| reader.token(i).map_or(0, |t| reader.pack.lexicon.classes(t.symbol));
    let opener = numeral.start.checked_sub(1).is_some_and(|i| class(i) & reader.pack.scope.clock_opener != 0);
    let unit = class(numeral.end) & reader.pack.scope.clock != 0;
    // `7.55am`, `11.30 pm`
    if class(numeral.end) & reader.pack.scope.half_day != 0 {
        return true;
    }
    // «14.40 uur» where decimals have a comma; «tussen 22.00 en 05.00 uur»
    let spelt = !reader.surface(numeral.start).contains(reader.format.decimal);
    let second = timed(numeral.end + 1).is_some() && class(numeral.end + 2) & reader.pack.scope.clock != 0;
    if spelt && (unit || second) {
        return true;
    }
    let noun = super::kind::is_noun(scene, numeral.end);
    opener && (unit || !noun && (super::unit::Finder { scene, numeral }).find().is_none())
        || unit && reader.is_glued(numeral.end)
}

/// Dates in digits with the same mark twice.
fn numeric_date(scene: Scene<'_>, numeral: &Numeral) -> Option<(Reading, &'static str)> {
    let reader = scene.reader;
    let at = numeral.start;
    for back in [0, 2, 4] {
        let Some(first) = at.checked_sub(back) else { continue };
        let part = |i: usize| reader.token(first + i).filter(|t| i == 0 || !t.space_before());
        let (Some(a), Some(m), Some(b), Some(n), Some(c)) = (part(0), part(1), part(2), part(3), part(4)) else {
            continue;
        };
        let marks = m.symbol == n.symbol && (m.is('/') || m.is('-') || m.is('–'));
        if !(marks && a.is_number() && b.is_number() && c.is_number()) {
            continue;
        }
        let value = |t: &Token| t.span.of(reader.text).parse::<u32>().unwrap_or(u32::MAX);
        let (x, y, z) = (value(a), value(b), value(c));
        let day_first = (1..=31).contains(&x) && (1..=31).contains(&y) && (z <= 99 || (1000..=2999).contains(&z));
        let year_first = (1000..=2999).contains(&x) && (1..=12).contains(&y) && (1..=31).contains(&z);
        if day_first || year_first {
            return Some((Reading::Date, "a date in digits"));
        }
    }
    // 1083/2006: the number of a law and its year
    for (number, mark, year) in [(Some(at), at + 1, at + 2), (at.checked_sub(2), at.wrapping_sub(1), at)] {
        let Some((a, m, b)) = number.and_then(|i| Some((reader.token(i)?, reader.token(mark)?, reader.token(year)?)))
        else {
            continue;
        };
        let glued = m.is('/') && !m.space_before() && !b.space_before() && a.is_number() && b.is_number();
        if glued && b.span.len() == 4 && matches!(b.span.of(reader.text).parse::<u32>(), Ok(1900..=2100)) {
            return Some((Reading::Reference, "a number and its year"));
        }
    }
    // 2000-2001, 2013-14, 1995-01: a year and what completes it
    let year = |t: &Token| t.span.len() == 4 && matches!(t.span.of(reader.text).parse::<u32>(), Ok(1500..=2100));
    for first in [Some(at), at.checked_sub(2)].into_iter().flatten() {
        let (Some(a), Some(m), Some(b)) = (reader.token(first), reader.token(first + 1), reader.token(first + 2))
        else {
            continue;
        };
        let glued = !m.space_before() && !b.space_before();
        let joined = (is_dash(m) || m.is('/')) && glued && b.is_number();
        let unit = reader.token(first + 3).is_some_and(|t| !t.space_before() && (t.is('%') || t.is_word()));
        let small = matches!(b.span.len(), 2) || (year(b) && b.span.of(reader.text) >= a.span.of(reader.text));
        // «1000-5000» is a range: both ends must look like years of our time.
        let recent = |t: &Token| matches!(t.span.of(reader.text).parse::<u32>(), Ok(1800..=2100));
        let capital = reader.token(first + 3).is_some_and(Token::is_capitalized);
        // «2018-19 season»: the year that follows can count nothing.
        let value = |t: &Token| t.span.of(reader.text).parse::<u32>().unwrap_or_default();
        let follows = b.span.len() == 2 && value(b) == (value(a) + 1) % 100;
        let counts = super::kind::is_noun(scene, first + 3) && !capital && !follows;
        if a.is_number()
            && year(a)
            && recent(a)
            && joined
            && small
            && !unit
            && (b.span.len() == 2 || recent(b))
            && !counts
        {
            return Some((Reading::Date, "years in digits"));
        }
    }
    None
}

/// A telephone number: a plus sign and groups, or three and more groups of digits joined by hyphens.
fn phone(scene: Scene<'_>, numeral: &Numeral) -> bool {
    let reader = scene.reader;
    let joined = |i: usize| {
        reader.token(i).is_some_and(|t| !t.space_before() && (is_dash(t) || t.is('/') || t.is('.')))
            && reader.token(i + 1).is_some_and(|t| t.is_number() && !t.space_before())
    };
    // Back to the first group of the chain.
    let mut first = numeral.end - 1;
    while first >= 2 && joined(first - 1) && reader.token(first - 2).is_some_and(Token::is_number) {
        first -= 2;
    }
    let mut groups = 1;
    let mut at = first;
    let mut hyphens = true;
    while joined(at + 1) {
        hyphens &= reader.token(at + 1).is_some_and(is_dash);
        groups += 1;
        at += 2;
    }
    let plus = first.checked_sub(1).and_then(|i| reader.token(i)).is_some_and(|t| t.is('+'));
    // «+57 318 312452»
    let mut spaced = 0;
    while reader.token(numeral.end + spaced).is_some_and(|t| t.is_number() && t.space_before()) {
        spaced += 1;
    }
    let glued = reader.token(numeral.end - 1).is_some_and(|t| !t.space_before() && t.span.len() <= 3);
    let dialled = numeral.sign == Some('+')
        && glued
        && spaced >= 1
        && reader.cover(numeral.start, numeral.end + spaced).len() >= 9;
    groups >= 4 || (groups == 3 && (plus || hyphens)) || dialled || spaced_groups(scene, numeral)
}

/// «91 555 12 34», «01 23 45 67 89»: three to five groups of digits in a row, as long as a telephone number is.
fn spaced_groups(scene: Scene<'_>, numeral: &Numeral) -> bool {
    let reader = scene.reader;
    let group = |i: usize| {
        reader.token(i).is_some_and(|t| {
            t.is_number()
                && (2..=4).contains(&t.span.len())
                && t.span.of(reader.text).bytes().all(|b| b.is_ascii_digit())
        })
    };
    let joined = |i: usize| group(i) && reader.token(i).is_some_and(|t| t.space_before() && !t.line_before());
    let mut first = numeral.end - 1;
    // `1 414 021 100`: no telephone number begins with one digit
    let led = numeral.end > numeral.start + 2 && reader.token(numeral.start).is_some_and(|t| t.span.len() == 1);
    if led || !group(first) {
        return false;
    }
    while first > 0 && joined(first) && group(first - 1) {
        first -= 1;
    }
    // «1 414 021 100»: the numeral began with a single digit before its groups of three.
    if numeral.start < first {
        return false;
    }
    let mut end = first + 1;
    while joined(end) {
        end += 1;
    }
    let lengths: Vec<usize> = (first..end).filter_map(|i| reader.token(i)).map(|t| t.span.len()).collect();
    (3..=5).contains(&lengths.len())
        && (9..=13).contains(&lengths.iter().sum::<usize>())
        && (lengths.iter().any(|l| *l >= 3) || reader.surface(first).starts_with('0'))
}
