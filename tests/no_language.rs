//! The program knows no language: no file under `src/` names one, for what names one belongs into `packs/`.
//!
//! Looked at is code and its literals; comments and test modules may speak of languages. `"es"`, `"es-MX"`, `is_spanish` and
//! «español» name one. A literal with a letter beyond ASCII is a word of some language, unless it is a sign listed here.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use cuanto::Context;
use cuanto::pack::{Packs, Source};

/// Names that languages give themselves. A language that is missing here is still known by its tag and its English name.
const OWN_NAMES: &str = "afrikaans asturianu azərbaycan bahasa беларуская български বাংলা bosanski català čeština cymraeg dansk deutsch \
    ελληνικά english esperanto español castellano eesti euskara فارسی suomi filipino français gaeilge galego ગુજરાતી עברית हिन्दी hrvatski \
    magyar հայերեն indonesia íslenska italiano 日本語 ქართული қазақ ខ្មែរ ಕನ್ನಡ 한국어 latina lëtzebuergesch ລາວ lietuvių latviešu македонски മലയാളം \
    मराठी melayu malti မြန်မာ nederlands nynorsk bokmål norsk occitan ଓଡ଼ିଆ ਪੰਜਾਬੀ polski پښتو português română русский සිංහල slovenčina \
    slovenščina shqip српски srpski svenska kiswahili தமிழ் తెలుగు ไทย tagalog türkçe українська اردو oʻzbek tiếng 中文 汉语 漢語 zulu";

/// Literals that happen to be a tag, where they are something else.
const NO_TAGS: [(&str, &str, &str); 6] = [
    ("archive/mod.rs", "id", "a field of records"),
    ("archive/fields.rs", "id", "a field of records"),
    ("pack/mod.rs", "or", "a class of words"),
    ("cli/languages.rs", "no", "an answer"),
    ("quantity/group.rs", "st", "a unit"),
    ("quantity/group.rs", "lb", "a unit"),
];

/// Letters beyond ASCII that signs and units are written with.
const SIGNS: &str = "µμΩºªΩK";

/// What stands in a source file outside comments and test modules.
#[derive(Debug, PartialEq)]
enum Piece {
    /// An identifier or keyword.
    Word(String),
    /// What stands between quotes.
    Literal(String),
    Mark(char),
}

/// Cuts Rust into pieces, each with its line. Comments are left out.
fn pieces(code: &str) -> Vec<(usize, Piece)> {
    let (chars, mut at, mut line) = (code.chars().collect::<Vec<_>>(), 0, 1);
    let mut found = Vec::new();
    let get = |at: usize| chars.get(at).copied().unwrap_or('\0');
    while at < chars.len() {
        let start = line;
        match get(at) {
            '/' if get(at + 1) == '/' => at += chars.iter().skip(at).take_while(|c| **c != '\n').count(),
            '/' if get(at + 1) == '*' => {
                let text: String = chars.iter().skip(at).collect();
                let length = text.find("*/").map_or(text.len(), |end| end + 2);
                let comment = text.get(..length).unwrap_or_default();
                line += comment.matches('\n').count();
                at += comment.chars().count();
            }
            'r' if matches!(get(at + 1), '"' | '#') && raw(&chars, at).is_some() => {
                let (text, length) = raw(&chars, at).unwrap_or_default();
                line += text.matches('\n').count();
                at += length;
                found.push((start, Piece::Literal(text)));
            }
            '"' => {
                let mut text = String::new();
                at += 1;
                while at < chars.len() && get(at) != '"' {
                    if get(at) == '\\' {
                        at += 1;
                    }
                    line += usize::from(get(at) == '\n');
                    text.push(get(at));
                    at += 1;
                }
                at += 1;
                found.push((start, Piece::Literal(text)));
            }
            // A character, not a lifetime.
            '\'' if get(at + 1) == '\\' || get(at + 2) == '\'' => {
                let close = (at + 2..at + 12).find(|at| get(*at) == '\'' && get(at - 1) != '\\').unwrap_or(at + 2);
                let close = if get(at + 1) == '\\' && get(at + 2) == '\'' { at + 3 } else { close };
                found.push((start, Piece::Literal(chars.get(at + 1..close).unwrap_or_default().iter().collect())));
                at = close + 1;
            }
            c if c.is_alphabetic() || c == '_' => {
                let word: String = chars.iter().skip(at).take_while(|c| c.is_alphanumeric() || **c == '_').collect();
                at += word.chars().count();
                found.push((start, Piece::Word(word)));
            }
            c => {
                line += usize::from(c == '\n');
                at += 1;
                if !c.is_whitespace() {
                    found.push((start, Piece::Mark(c)));
                }
            }
        }
    }
    found
}

/// The raw string that begins at `at`, and its length with its quotes.
fn raw(chars: &[char], at: usize) -> Option<(String, usize)> {
    let hashes = chars.iter().skip(at + 1).take_while(|c| **c == '#').count();
    (chars.get(at + 1 + hashes) == Some(&'"')).then_some(())?;
    let rest: String = chars.iter().skip(at + 2 + hashes).collect();
    let text = rest.split(&format!("\"{}", "#".repeat(hashes))).next()?.to_owned();
    let length = 3 + 2 * hashes + text.chars().count();
    Some((text, length))
}

/// Leaves out what follows `#[cfg(test)]`: an item up to its closing brace or semicolon.
fn without_tests(pieces: Vec<(usize, Piece)>) -> Vec<(usize, Piece)> {
    let cfg = ["#", "[", "cfg", "(", "test", ")", "]"];
    let is = |piece: &Piece, text: &str| match piece {
        Piece::Word(word) => word == text,
        Piece::Mark(mark) => text.starts_with(*mark),
        Piece::Literal(_) => false,
    };
    let mut kept = Vec::new();
    let (mut skipping, mut depth) = (false, 0_usize);
    for index in 0..pieces.len() {
        if !skipping {
            let here = pieces.iter().skip(index).take(cfg.len());
            skipping = here.clone().count() == cfg.len() && here.zip(cfg).all(|((_, piece), text)| is(piece, text));
            depth = 0;
        }
        match pieces.get(index) {
            Some((_, Piece::Mark('{'))) if skipping => depth += 1,
            Some((_, Piece::Mark('}'))) if skipping => {
                depth = depth.saturating_sub(1);
                skipping = depth > 0;
            }
            Some((_, Piece::Mark(';'))) if skipping && depth == 0 => skipping = false,
            _ if skipping => {}
            _ => kept.push(index),
        }
    }
    let mut pieces: Vec<Option<(usize, Piece)>> = pieces.into_iter().map(Some).collect();
    kept.into_iter().filter_map(|index| pieces.get_mut(index)?.take()).collect()
}

/// `is_spanish`, `SpanishText` and «in Spanish» cut into `is`, `spanish`, `text`, `in`.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut lower = false;
    for c in text.chars() {
        if !c.is_alphabetic() || (lower && c.is_uppercase()) {
            words.push(String::new());
        }
        if c.is_alphabetic() {
            words.last_mut().unwrap().extend(c.to_lowercase());
        }
        lower = c.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

struct Names {
    tags: BTreeSet<String>,
    names: BTreeSet<String>,
}

impl Names {
    /// The languages named in a file, as `line: what`.
    fn in_code(&self, file: &str, code: &str) -> Vec<String> {
        let mut found = Vec::new();
        for (line, piece) in without_tests(pieces(code)) {
            let (text, literal) = match &piece {
                Piece::Word(text) => (text, false),
                Piece::Literal(text) => (text, true),
                Piece::Mark(_) => continue,
            };
            if let Some(name) = words(text).into_iter().find(|word| self.names.contains(word)) {
                found.push(format!("{file}:{line}: «{name}» is a language"));
            }
            let tag = text.split(['-', '_']).next().unwrap_or_default();
            let is_tag =
                self.tags.contains(tag) && text.split(['-', '_']).skip(1).all(|part| (2..=4).contains(&part.len()));
            let excused = NO_TAGS.iter().any(|(path, literal, _)| file.ends_with(path) && text == literal);
            if literal && is_tag && !excused {
                found.push(format!("{file}:{line}: \"{text}\" is the tag of a language"));
            }
            let beyond = text.chars().find(|c| c.is_alphabetic() && !c.is_ascii() && !SIGNS.contains(*c));
            if let Some(letter) = beyond.filter(|_| literal) {
                found.push(format!("{file}:{line}: '{letter}' in \"{text}\" is a letter of some language's words"));
            }
        }
        found
    }
}

/// The names of all languages that packs and the evidence of identification speak of.
fn names() -> Names {
    let source = Source::embedded();
    let cx = Context::new(Packs::open(source).unwrap()).unwrap();
    let (mut tags, mut names) = (BTreeSet::new(), BTreeSet::new());
    tags.extend(cx.identifier().languages().iter().map(|code| code.as_str().to_owned()));
    for tag in cx.packs().languages() {
        tags.insert(tag.split('-').next().unwrap_or(tag).to_owned());
        // «Portuguese (Brazil)»: the language alone.
        let name = cx.packs().get(tag).unwrap().name().to_lowercase();
        let words = words(name.split(['(', ',']).next().unwrap_or_default());
        names.extend(words.into_iter().filter(|word| !["modern", "western", "central"].contains(&word.as_str())));
    }
    names.extend(OWN_NAMES.split_whitespace().map(str::to_owned));
    Names { tags, names }
}

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

#[test]
fn no_file_of_the_program_names_a_language() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let names = names();
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    files.sort();
    let mut found = Vec::new();
    for path in files.iter().filter(|path| !path.ends_with("tests.rs")) {
        let file = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        found.extend(names.in_code(&file, &fs::read_to_string(path).unwrap()));
    }
    assert!(files.len() > 50, "the sources were not found");
    assert!(found.is_empty(), "languages are named outside packs/:\n{}", found.join("\n"));
}

#[test]
fn the_look_at_the_sources_can_fail() {
    let names = names();
    for named in [
        "if pack.tag() == \"es\" { 1 }",
        "let x = [\"zh-Hant\", \"x\"];",
        "match tag { r\"pt_BR\" => 1 }",
        "matches!(code, b\"de\")",
        "fn is_spanish() {}",
        "enum X { GermanCompounds }",
        "const SPANISH: u8 = 0;",
        "let help = \"tables for Excel in Spanish\";",
        "let name = \"Deutsch\";",
        "let word = \"después\";",
        "let c = 'ß';",
        "#[cfg(test)]\nmod tests { fn f() { g(\"es\") } }\nfn after() { h(\"es\") }",
        "#[cfg(test)]\nuse x::y;\nfn after() { h(\"es\") }",
        "let url = \"http://a\"; h(\"es\")",
        "let lifetime: &'a str = \"es\";",
        "let quote = '\"'; h(\"es\"); let other = '\\''; ",
    ] {
        assert_eq!(
            names.in_code("x.rs", named).len(),
            1,
            "{named:?} names one language: {:?}",
            names.in_code("x.rs", named)
        );
    }
    for silent in [
        "// Spanish: \"es\"\n/// «después» in German\nfn f() {} /* \"es\"\n */",
        "#[cfg(test)]\nmod tests { fn f() { g(\"es\", \"Español\") } }",
        "let es = \"best\"; let is = \"these\"; let mu = \"µ\";",
        "let word = \"es sin duda\";",
    ] {
        assert_eq!(names.in_code("x.rs", silent), Vec::<String>::new(), "{silent:?}");
    }
}
