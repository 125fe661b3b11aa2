//! Number words against CLDR's spell-out rules: every number spelled by the rules must be read back.
//!
//! The packs' generated words come from `scripts/invert.py`, which turns these rules around; this test shares nothing with it but the rule
//! files in `tests/spellout/`. Packs with `numerals.tsv` by hand are held to the same rules, as far as `tests/spellout/deep.tsv` says.
//! Set `CUANTO_SPELLOUT=tag` for one language with all that is wrong.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a test may panic and print"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use cuanto::numeral::digits::Evidence;
use cuanto::numeral::{Form, Number, Reader, scan};
use cuanto::pack::NumeralRole;
use cuanto::pack::{Pack, Packs, Source};
use cuanto::text::{Span, tokenize};

/// The rules of one locale.
#[derive(Default)]
struct Rules {
    sets: BTreeMap<String, Vec<(u64, u64, String)>>,
    order: Vec<String>,
    plurals: BTreeMap<String, Vec<(String, String)>>,
}

impl Rules {
    fn line(&mut self, line: &str) {
        if let Some(rest) = line.strip_prefix("plural ") {
            let mut words = rest.splitn(3, ' ');
            let (kind, category) = (words.next().unwrap().to_owned(), words.next().unwrap().to_owned());
            self.plurals.entry(kind).or_default().push((category, words.next().unwrap().to_owned()));
        } else if line.starts_with('%') {
            self.order.push(line.to_owned());
            self.sets.insert(line.to_owned(), Vec::new());
        } else {
            let (descriptor, text) = line.split_once(": ").unwrap();
            let shifts = u32::try_from(descriptor.matches('>').count()).unwrap();
            let descriptor = descriptor.trim_end_matches('>').replace(',', "");
            let (base, radix) = descriptor.split_once('/').unwrap_or((&descriptor, "10"));
            let (base, radix): (u64, u64) = (base.parse().unwrap(), radix.parse().unwrap());
            let mut divisor = 1;
            while base / radix >= divisor && base > 0 {
                divisor *= radix;
            }
            let divisor = (divisor / radix.pow(shifts)).max(1);
            let text = text.strip_suffix(';').unwrap_or(text);
            let text = text.strip_prefix('\'').unwrap_or(text).to_owned();
            self.sets.get_mut(self.order.last().unwrap()).unwrap().push((base, divisor, text));
        }
    }

    /// The words for a number; `None` where the rules write digits.
    fn spell(&self, set: &str, n: u64, depth: usize) -> Option<String> {
        let rules = self.sets.get(set)?;
        let at = rules.partition_point(|(base, ..)| *base <= n).checked_sub(1)?;
        let remainder = |text: &str| text.contains('→');
        let (base, divisor, text) = &rules[at];
        let back = remainder(text) && n.is_multiple_of(*divisor) && !base.is_multiple_of(*divisor);
        self.follow(set, if back { at.checked_sub(1)? } else { at }, n, depth)
    }

    fn follow(&self, set: &str, at: usize, n: u64, depth: usize) -> Option<String> {
        let (base, divisor, text) = &self.sets[set][at];
        if depth > 50 {
            return None;
        }
        let even = *base > 0 && base.is_multiple_of(*divisor) && n.is_multiple_of(*divisor);
        let mut text = text.clone();
        if let (Some(open), Some(close)) = (text.find('['), text.rfind(']')) {
            let inside = text[open + 1..close].to_owned();
            let (then, otherwise) = inside.split_once('|').unwrap_or((&inside, ""));
            text.replace_range(open..=close, if even { otherwise } else { then });
        }
        let mut out = String::new();
        let mut rest = text.as_str();
        while let Some(c) = rest.chars().next() {
            if let Some(plural) = rest.strip_prefix("$(") {
                let (inside, after) = plural.split_once(")$")?;
                let (kind, forms) = inside.split_once(',')?;
                out += &self.plural(kind, forms, n / divisor);
                rest = after;
            } else if let Some(after) = rest.strip_prefix("→→→") {
                out += &self.follow(set, at.checked_sub(1)?, n % divisor, depth + 1)?;
                rest = after;
            } else if matches!(c, '→' | '←' | '=') {
                let (name, after) = rest[c.len_utf8()..].split_once(c)?;
                if !name.is_empty() && !name.starts_with('%') {
                    return None;
                }
                let value = match c {
                    '→' => n % divisor,
                    '←' => n / divisor,
                    _ => n,
                };
                out += &self.spell(if name.is_empty() { set } else { name }, value, depth + 1)?;
                rest = after;
            } else {
                out.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
        Some(out)
    }

    fn plural(&self, kind: &str, forms: &str, n: u64) -> String {
        let rules = self.plurals.get(kind).map(Vec::as_slice).unwrap_or_default();
        let category =
            rules.iter().find(|(_, condition)| holds(condition, n)).map_or("other", |(category, _)| category);
        let form = |category: &str| {
            let start = forms.find(&format!("{category}{{"))? + category.len() + 1;
            Some(forms[start..start + forms[start..].find('}')?].to_owned())
        };
        form(category).or_else(|| form("other")).unwrap_or_default()
    }
}

/// A plural rule of CLDR for a whole number: `n % 10 = 2..4 and n % 100 != 12..14 or …`.
fn holds(condition: &str, n: u64) -> bool {
    condition.split(" or ").any(|all| {
        all.split(" and ").all(|relation| {
            let (left, wanted, right) = match relation.split_once("!=") {
                Some((left, right)) => (left, false, right),
                None => relation.split_once('=').map(|(left, right)| (left, true, right)).unwrap(),
            };
            let mut left = left.split('%').map(str::trim);
            let variable = if matches!(left.next(), Some("n" | "i")) { n } else { 0 };
            let value = left.next().map_or(variable, |modulus| variable % modulus.parse::<u64>().unwrap());
            let within = right.split(',').any(|part| {
                let (low, high) = part.trim().split_once("..").unwrap_or((part.trim(), part.trim()));
                (low.parse().unwrap()..=high.parse().unwrap()).contains(&value)
            });
            within == wanted
        })
    })
}

/// What a text as a whole is read as, in words: its value and form.
fn read(text: &str, pack: &Pack) -> Option<(Number, Form)> {
    let mut tokens = Vec::new();
    tokenize(text, Span::new(0, u32::try_from(text.len()).unwrap()), &pack.lexicon, &mut tokens);
    let convention = Evidence::default().convention(pack.format);
    let reader = Reader { text, tokens: &tokens, pack, convention, format: pack.format };
    match scan(reader, 0, tokens.len()).as_slice() {
        [one] if one.start == 0 && one.end == tokens.len() => Some((one.value, one.form)),
        _ => None,
    }
}

/// Numbers below `limit`: all small ones, samples of the others, and those with few digits.
fn numbers(limit: u64, all_to: u64) -> Vec<u64> {
    let mut numbers: Vec<u64> = (0..all_to.min(limit)).collect();
    let mut state = 48_u64;
    let mut draw = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) % below
    };
    for power in 3..15 {
        let top = 10_u64.pow(power + 1);
        let samples = if top <= 1_000_000 { 500 } else { 60 };
        numbers.extend((0..samples).map(|_| draw(top)));
        let base = 10_u64.pow(power);
        for digit in 1..10 {
            numbers.extend([0, 1, 21, 100, base / 10].map(|more| digit * base + more));
        }
    }
    numbers.retain(|n| *n < limit);
    numbers
}

struct Case {
    rules: Vec<Rules>,
    skip: Vec<String>,
}

fn case(path: &Path) -> Case {
    let mut case = Case { rules: Vec::new(), skip: Vec::new() };
    for line in fs::read_to_string(path).unwrap().lines().filter(|line| !line.starts_with('#')) {
        if let Some(part) = line.strip_prefix("skip ") {
            case.skip.push(part.to_owned());
        } else if line.starts_with("locale ") {
            case.rules.push(Rules::default());
        } else {
            case.rules.last_mut().unwrap().line(line);
        }
    }
    case
}

/// The limits of the packs by hand: tag, cardinals, ordinals, parts of the names of rule sets left out.
fn deep(folder: &Path) -> BTreeMap<String, (String, String, Vec<String>)> {
    let text = fs::read_to_string(folder.join("deep.tsv")).unwrap_or_default();
    let rows = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    rows.map(|row| {
        let cells: Vec<&str> = row.split('\t').collect();
        let skip = cells.get(3).map(|c| c.split('|').filter(|s| !s.is_empty()).map(str::to_owned).collect());
        (cells[0].to_owned(), (cells[1].to_owned(), cells[2].to_owned(), skip.unwrap_or_default()))
    })
    .collect()
}

fn limit(power: &str) -> u64 {
    power.strip_prefix("1e").map_or(0, |power| 10_u64.pow(power.parse().unwrap()))
}

#[test]
fn what_the_rules_spell_is_read_back() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/spellout");
    let only = std::env::var("CUANTO_SPELLOUT").ok();
    let packs =
        Packs::open(Source::with_folder(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("packs")).unwrap()).unwrap();
    let deep = deep(&folder);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    files.sort();
    assert!(!files.is_empty());
    let mut problems = Vec::new();
    println!(
        "{:8} {:>10} {:>10} {:>10} {:>9} {:>6}",
        "language", "cardinals", "ordinals", "rule sets", "spelled", "wrong"
    );
    for path in files {
        let tag = path.file_stem().unwrap().to_string_lossy().into_owned();
        if only.as_ref().is_some_and(|only| *only != tag) {
            continue;
        }
        let pack = packs.get(&tag).unwrap();
        let mut case = case(&path);
        let (cardinals, ordinals) = match deep.get(&tag) {
            Some((cardinals, ordinals, skip)) => {
                case.skip.extend(skip.iter().cloned());
                (cardinals.clone(), ordinals.clone())
            }
            None => (pack.proof.cardinals.clone(), pack.proof.ordinals.clone()),
        };
        let (mut sets, mut spelled, mut wrong) = (0, 0_usize, Vec::new());
        for rules in &case.rules {
            let public = rules.order.iter().filter(|name| !name.starts_with("%%"));
            let names: Vec<&String> =
                public.filter(|name| !case.skip.iter().any(|part| name.contains(part.as_str()))).collect();
            let all_to = if names.len() < 12 { 10_000 } else { 1_000 };
            for name in names {
                let ordinal = name.contains("ordinal");
                if !ordinal
                    && !name.contains("cardinal")
                    && !["%spellout-numbering", "%spellout-numbering-verbose"].contains(&name.as_str())
                {
                    continue;
                }
                let to = if ordinal { limit(&ordinals) } else { limit(&cardinals) };
                sets += usize::from(to > 0);
                for n in numbers(to, all_to) {
                    let Some(text) = rules.spell(name, n, 0) else { continue };
                    if text.chars().any(|c| c.is_ascii_digit()) || ordinal && n == 0 {
                        continue;
                    }
                    spelled += 1;
                    let text = text.replace('\u{200B}', "").trim().to_owned();
                    let value = Number::from(i64::try_from(n).unwrap());
                    let found = read(&text, &pack);
                    // Of some numbers the rules have no ordinal but the cardinal itself.
                    let same =
                        found == Some((value, Form::Cardinal)) || ordinal && found == Some((value, Form::Ordinal));
                    let weak = ordinal && is_weak(&text, &pack);
                    if !(same || weak) {
                        let found = found.map(|(value, form)| format!("{value} {form:?}"));
                        wrong.push(format!("{tag} {name} {n}: «{}» is {found:?}", text.replace('\u{AD}', "|")));
                    }
                }
            }
        }
        println!("{tag:8} {cardinals:>10} {ordinals:>10} {sets:>10} {spelled:>9} {:>6}", wrong.len());
        let shown = if only.is_some() { usize::MAX } else { 3 };
        problems.extend(wrong.into_iter().take(shown));
    }
    assert!(problems.is_empty(), "spelled and not read back:\n{}", problems.join("\n"));
}

/// Whether the text is one word that is an ordinal only behind others.
fn is_weak(text: &str, pack: &Pack) -> bool {
    let mut tokens = Vec::new();
    tokenize(text, Span::new(0, u32::try_from(text.len()).unwrap()), &pack.lexicon, &mut tokens);
    matches!(tokens.as_slice(), [one] if pack.lexicon.numeral(one.symbol).iter().any(|s| s.role == NumeralRole::WeakOrdinal))
}
