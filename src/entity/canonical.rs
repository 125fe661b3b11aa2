//! Which mentions of an article name the same thing, and by which name.
//!
//! «La Academia Costera de Datos (ACD) … Elvira Soto … la ACD … Soto … la Academia»: `ACD` and `Academia` share the name `Academia Costera de
//! Datos`, `Soto` is `Elvira Soto`. Where the article leaves a doubt, as two people named Soto do, a mention keeps its own name.

use rustc_hash::FxHashMap;

use super::{Entity, EntityType};
use crate::text::Span;

/// More longer names than this around one word decide nothing.
const CANDIDATES: usize = 64;

/// For each of `entities`, which stand in order, where the name stands that all mentions of its entity share.
///
/// `is_generic` says of a word in lower case that it names a kind of organisation («academia»): alone it takes up the only
/// organisation whose name began with it.
#[must_use]
pub fn canonical(text: &str, entities: &[Entity], is_generic: impl Fn(&str) -> bool) -> Vec<Span> {
    let mut names = Names { text, all: Vec::new(), by_key: FxHashMap::default(), by_surface: FxHashMap::default() };
    let mentions: Vec<usize> = entities.iter().map(|entity| names.enter(entity.span, entity.class)).collect();
    names.introductions(entities, &mentions);
    let index = names.index();
    let mut order: Vec<usize> = (0..names.all.len()).collect();
    // Longer names first, so that what a shorter one is taken for has its own name by then.
    order.sort_by_key(|&name| (std::cmp::Reverse(names.all.get(name).map_or(0, |n| n.words)), name));
    for name in order {
        if let Some(longer) = names.longer(name, &index, &is_generic)
            && let Some(name) = names.all.get_mut(name)
        {
            name.leader = Some(longer);
        }
    }
    mentions.iter().map(|&name| names.all.get(names.leader(name)).map_or(Span::default(), |n| n.span)).collect()
}

/// A name of one class, however often and in whatever case it stands in the article.
#[derive(Debug)]
struct Name {
    /// Its first mention that is not written in capitals throughout.
    span: Span,
    /// Its words in lower case, full stops left out, one blank between them.
    key: String,
    words: usize,
    class: EntityType,
    shouted: bool,
    /// The name it is short for.
    leader: Option<usize>,
}

struct Names<'a> {
    text: &'a str,
    all: Vec<Name>,
    by_key: FxHashMap<(String, EntityType), usize>,
    by_surface: FxHashMap<(&'a str, EntityType), usize>,
}

impl<'a> Names<'a> {
    /// The number of the name at `span`.
    fn enter(&mut self, span: Span, class: EntityType) -> usize {
        let surface = span.of(self.text);
        if let Some(&known) = self.by_surface.get(&(surface, class)) {
            return known;
        }
        let key = key(surface);
        let (words, shouted) = (key.split(' ').count(), is_shouted(surface));
        let name = match self.by_key.get(&(key.clone(), class)) {
            Some(&known) => {
                if let Some(name) = self.all.get_mut(known).filter(|name| name.shouted && !shouted) {
                    (name.span, name.shouted) = (span, false);
                }
                known
            }
            None => {
                self.by_key.insert((key.clone(), class), self.all.len());
                self.all.push(Name { span, key, words, class, shouted, leader: None });
                self.all.len() - 1
            }
        };
        self.by_surface.insert((surface, class), name);
        name
    }

    /// The name that a name is short for in the end, itself where it is short for none.
    fn leader(&self, mut name: usize) -> usize {
        // Each step leads to a longer name; the bound is for safety.
        for _ in 0..8 {
            match self.all.get(name).and_then(|n| n.leader) {
                Some(longer) if longer != name => name = longer,
                _ => break,
            }
        }
        name
    }

    fn surface(&self, name: &Name) -> &'a str {
        name.span.of(self.text)
    }

    /// «Long Name (LN)», «LN (Long Name)», «Long Name, LN,» and «Full Name "Nick"».
    fn introductions(&mut self, entities: &[Entity], mentions: &[usize]) {
        for (pair, names) in entities.windows(2).zip(mentions.windows(2)) {
            let (&[first, second], &[a, b]) = (pair, names) else { continue };
            let between = Span { start: first.span.end, end: second.span.start.max(first.span.end) };
            let behind = self.text.get(second.span.end as usize..).unwrap_or_default().chars().next();
            let found = match (between.of(self.text).trim(), behind) {
                ("(" | "（", Some(')' | '）' | ',' | ';' | '/')) => {
                    let (long, short) = (first.span.of(self.text), second.span.of(self.text));
                    let (is_long, is_short) = (!is_acronym(long), is_acronym(short));
                    if is_long && is_short {
                        Some((a, b, first, short))
                    } else if !is_long && !is_short {
                        Some((b, a, second, long))
                    } else {
                        None
                    }
                }
                (",", Some(',')) if spells(second.span.of(self.text), first.span.of(self.text)) => {
                    Some((a, b, first, second.span.of(self.text)))
                }
                ("\"" | "“" | "«" | "'" | "‘", Some('"' | '”' | '»' | '\'' | '’'))
                    if first.class == EntityType::Per && second.class == EntityType::Per && a != b =>
                {
                    self.link(b, a);
                    None
                }
                _ => None,
            };
            let Some((long, short, entity, letters)) = found else { continue };
            // A person's brackets hold a party, a country, a club.
            if long == short || entity.class == EntityType::Per {
                continue;
            }
            let name = entity.span.of(self.text);
            let same_class = first.class == second.class;
            if spells(letters, name) {
                self.link(short, long);
            } else if let Some(part) = spelled_tail(letters, name) {
                let start = entity.span.end - u32::try_from(part.len()).unwrap_or(0);
                let part = self.enter(Span { start, end: entity.span.end }, entity.class);
                self.link(short, part);
            } else if same_class && entity.class != EntityType::Loc && name.split_whitespace().nth(1).is_some() {
                // Initials of the name in another language.
                self.link(short, long);
            }
        }
    }

    fn link(&mut self, short: usize, long: usize) {
        if self.leader(long) != short
            && let Some(name) = self.all.get_mut(short).filter(|name| name.leader.is_none())
        {
            name.leader = Some(long);
        }
    }

    /// The names of several words, by each of their words.
    fn index(&self) -> FxHashMap<String, Vec<usize>> {
        let mut index: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (number, name) in self.all.iter().enumerate().filter(|(_, name)| name.words > 1) {
            for word in name.key.split(' ') {
                match index.get_mut(word) {
                    Some(numbers) if numbers.len() > CANDIDATES => {}
                    Some(numbers) => numbers.push(number),
                    None => {
                        index.insert(word.to_owned(), vec![number]);
                    }
                }
            }
        }
        index
    }

    /// The longer name that a name without one stands for, if the article leaves no doubt.
    fn longer(
        &self,
        number: usize,
        index: &FxHashMap<String, Vec<usize>>,
        is_generic: &impl Fn(&str) -> bool,
    ) -> Option<usize> {
        let name = self.all.get(number).filter(|name| name.leader.is_none())?;
        let surface = self.surface(name);
        let last = name.key.rsplit(' ').next()?;
        let around = index.get(last).map_or(&[][..], Vec::as_slice);
        if around.len() > CANDIDATES {
            return None;
        }
        let longer = |kind: &dyn Fn(&Name) -> bool| -> Option<usize> {
            let candidates = around.iter().filter(|&&other| {
                self.all.get(other).is_some_and(|n| n.words > name.words && n.class == name.class && kind(n))
            });
            self.only(candidates.map(|&other| self.leader(other)), number)
        };
        match name.class {
            EntityType::Per => {
                let begins = |other: &Name| other.key.split(' ').next() == Some(last);
                let surname = longer(&|other| is_part(&name.key, &other.key) && !(name.words == 1 && begins(other)));
                surname.or_else(|| {
                    let as_surname = |n: &usize| self.all.get(*n).is_some_and(|n| n.key.ends_with(last));
                    if around.iter().any(as_surname) {
                        return None;
                    }
                    longer(&|other| is_part(&name.key, &other.key))
                })
            }
            EntityType::Loc => self.spelled_out(number, surface),
            EntityType::Org | EntityType::Misc => {
                if is_acronym(surface)
                    && let Some(long) = self.spelled_out(number, surface)
                {
                    return Some(long);
                }
                let goes_on = |other: &Name| {
                    let rest = other.key.strip_prefix(name.key.as_str()).filter(|rest| rest.starts_with(' '));
                    // The words of the longer name as written, from where the shorter one ends.
                    let next = self.surface(other).split_whitespace().nth(name.words).and_then(|w| w.chars().next());
                    rest.is_some() && next.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit())
                };
                let generic = name.words == 1 && is_generic(&name.key);
                if generic {
                    let earlier = |other: &Name| {
                        other.key.starts_with(last) && goes_or_stands(other, last) && other.span.start < name.span.start
                    };
                    return longer(&earlier);
                }
                let ends = |other: &Name| {
                    let words = self.surface(other).split_whitespace();
                    let mut before = words.take(other.words - name.words);
                    other.key.ends_with(&format!(" {}", name.key))
                        && before.all(|w| w.chars().next().is_some_and(char::is_uppercase))
                };
                longer(&|other| (name.words > 1 && goes_on(other)) || (name.class == EntityType::Org && ends(other)))
            }
        }
    }

    /// The only name of several words whose initials an acronym of three letters and more is.
    fn spelled_out(&self, number: usize, surface: &str) -> Option<usize> {
        let class = self.all.get(number)?.class;
        if !is_acronym(surface) || surface.chars().filter(|c| c.is_uppercase()).count() < 3 {
            return None;
        }
        let spelled =
            self.all.iter().enumerate().filter(|(_, name)| {
                name.class == class && name.words > 1 && is_spelled_by(surface, self.surface(name))
            });
        self.only(spelled.map(|(other, _)| self.leader(other)), number)
    }

    /// The one name among `found`, itself left out; none where there are several.
    fn only(&self, found: impl Iterator<Item = usize>, itself: usize) -> Option<usize> {
        let mut only = None;
        for other in found.filter(|&other| other != itself) {
            match only {
                None => only = Some(other),
                Some(known) if known == other => {}
                Some(_) => return None,
            }
        }
        only
    }
}

/// Whether `word` is the whole first word of the name.
fn goes_or_stands(name: &Name, word: &str) -> bool {
    name.key.split(' ').next() == Some(word)
}

/// A name's words in lower case, without the full stops of abbreviations, one blank between them.
fn key(surface: &str) -> String {
    let mut key = String::with_capacity(surface.len());
    for word in surface.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.extend(word.chars().filter(|&c| c != '.').flat_map(char::to_lowercase));
    }
    key
}

/// Words of several letters, all of them capitals.
fn is_shouted(surface: &str) -> bool {
    surface.chars().filter(|c| c.is_alphabetic()).nth(3).is_some() && !surface.chars().any(char::is_lowercase)
}

/// One word of two to ten letters, capitals but for one («UdeG»), digits and full stops aside («G20», «EE.UU.»).
fn is_acronym(surface: &str) -> bool {
    let letters = surface.chars().filter(|c| c.is_alphabetic());
    let (capitals, small) =
        letters.fold(
            (0, 0),
            |(capitals, small), c| {
                if c.is_uppercase() { (capitals + 1, small) } else { (capitals, small + 1) }
            },
        );
    let apart = surface.contains(char::is_whitespace) && !surface.contains('.');
    !apart && (2..=10).contains(&(capitals + small)) && capitals >= 2 && small <= 1
}

/// The first letters of the words that begin with a capital.
fn initials(name: &str) -> impl Iterator<Item = char> + Clone + '_ {
    let words = name
        .split(|c: char| c.is_whitespace() || c == '-')
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    words.filter(|c| c.is_uppercase()).map(plain)
}

/// The letter without its accent.
fn plain(letter: char) -> char {
    use unicode_normalization::UnicodeNormalization as _;
    std::iter::once(letter).nfd().next().unwrap_or(letter)
}

fn capitals(acronym: &str) -> impl Iterator<Item = char> + Clone + '_ {
    acronym.chars().filter(|c| c.is_uppercase()).map(plain)
}

/// Whether an acronym may be made of the name's initials: in their order, the first one first, two at least. Small words and some of the others may
/// be left out.
fn spells(acronym: &str, name: &str) -> bool {
    let mut rest = initials(name);
    let mut letters = capitals(acronym);
    let first = letters.next();
    first.is_some()
        && first == rest.next()
        && rest.clone().next().is_some()
        && letters.all(|letter| rest.any(|initial| initial == letter))
}

/// Whether an acronym is all of the name's initials, or each of them twice («EE.UU.»).
fn is_spelled_by(acronym: &str, name: &str) -> bool {
    let initials = initials(name);
    capitals(acronym).eq(initials.clone()) || capitals(acronym).eq(initials.flat_map(|c| [c, c]))
}

/// The end of a longer name that alone gives the acronym: «Consejo del Partido Verde (PV)».
fn spelled_tail<'a>(acronym: &str, name: &'a str) -> Option<&'a str> {
    let starts = name.char_indices().filter(|&(at, c)| {
        c.is_uppercase() && at > 0 && name.get(..at).is_some_and(|before| before.ends_with(char::is_whitespace))
    });
    let tails = starts.filter_map(|(at, _)| name.get(at..));
    tails.filter(|tail| tail.contains(char::is_whitespace)).find(|tail| is_spelled_by(acronym, tail))
}

/// Whether the words of a person's name are words of a longer one: side by side, or the first one and later ones. An initial
/// stands for its name.
fn is_part(short: &str, long: &str) -> bool {
    let same = |a: &str, b: &str| {
        let mut letters = a.chars();
        a == b || matches!((letters.next(), letters.next()), (Some(only), None) if b.starts_with(only))
    };
    let words: Vec<&str> = short.split(' ').collect();
    let all: Vec<&str> = long.split(' ').collect();
    let side_by_side = all.windows(words.len()).any(|window| window.iter().zip(&words).all(|(a, b)| a == b));
    let mut rest = all.iter();
    let from_the_first = words.len() > 1
        && words.first().zip(all.first()).is_some_and(|(a, b)| same(a, b))
        && words.iter().all(|word| rest.any(|other| same(word, other)));
    side_by_side || from_the_first
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names that the marked mentions of a text share: `[Elvira Soto PER]`.
    fn names(marked: &str) -> Vec<String> {
        let (mut text, mut entities) = (String::new(), Vec::new());
        for (index, part) in marked.split(['[', ']']).enumerate() {
            let offset = |text: &str| u32::try_from(text.len()).unwrap_or(0);
            match part.rsplit_once(' ').filter(|_| index % 2 == 1) {
                Some((name, class)) => {
                    let start = offset(&text);
                    text.push_str(name);
                    let class = EntityType::ALL.into_iter().find(|c| c.as_str() == class).unwrap_or(EntityType::Misc);
                    entities.push(Entity { span: Span::new(start, offset(&text)), class, confidence: 1.0 });
                }
                None => text.push_str(part),
            }
        }
        let generic = |word: &str| matches!(word, "academia" | "consejo");
        canonical(&text, &entities, generic).iter().map(|span| span.of(&text).to_owned()).collect()
    }

    #[track_caller]
    fn assert_names(marked: &str, expected: &[&str]) {
        assert_eq!(names(marked), expected, "{marked}");
    }

    #[test]
    fn acronyms_have_the_long_name() {
        assert_names(
            "la [Academia Costera de Datos ORG] ([ACD ORG]) y la [ACD ORG]",
            &["Academia Costera de Datos"; 3],
        );
        assert_names("el [ACD ORG] ([Academia Costera de Datos ORG])", &["Academia Costera de Datos"; 2]);
        assert_names("la [Liga Norteña de Remo ORG], [LNR ORG], ganó", &["Liga Norteña de Remo"; 2]);
        // Initials of a name in another language.
        assert_names("el [Centro de Datos del Mar ORG] ([SDC ORG]).", &["Centro de Datos del Mar"; 2]);
        // Never introduced, but the only name that gives the letters.
        assert_names("[EE.UU. LOC] y los [Estados Unidos LOC]", &["Estados Unidos"; 2]);
        assert_names(
            "el [Consejo del Partido Verde Nuevo ORG] ([PVN ORG]) … el [PVN ORG]",
            &["Consejo del Partido Verde Nuevo", "Partido Verde Nuevo", "Partido Verde Nuevo"],
        );
    }

    #[test]
    fn a_bracket_is_no_introduction_by_itself() {
        assert_names("[Ana Soto PER] ([PVN ORG])", &["Ana Soto", "PVN"]);
        assert_names("[Vallemar LOC] ([ACD ORG])", &["Vallemar", "ACD"]);
    }

    #[test]
    fn people_have_their_full_name() {
        assert_names("[Elvira Soto Luna PER] … [Soto PER], [Elvira Soto PER], [E. Soto PER]", &["Elvira Soto Luna"; 4]);
        assert_names("[José de la Torre PER] … [De la Torre PER]", &["José de la Torre"; 2]);
        // Two people: the lone surname stays in doubt.
        assert_names("[Elvira Soto PER] y [Juan Soto PER] … [Soto PER]", &["Elvira Soto", "Juan Soto", "Soto"]);
        assert_names("[Elvira Soto PER] y [Soto Vera PER] … [Soto PER]", &["Elvira Soto", "Soto Vera", "Elvira Soto"]);
        assert_names("[Edu Lima Prado PER] \"[Rayo PER]\" … [Rayo PER]", &["Edu Lima Prado"; 3]);
    }

    #[test]
    fn organisations_are_shortened_where_only_one_is_meant() {
        assert_names(
            "el [Consejo Norte del Agua ORG] … [Consejo Norte ORG] … el [Consejo ORG]",
            &["Consejo Norte del Agua"; 3],
        );
        assert_names("[Agencia Faro ORG] y [Faro ORG]", &["Agencia Faro"; 2]);
        assert_names("[FC. Vallemar ORG] … [FC Vallemar ORG] … [FC VALLEMAR ORG]", &["FC. Vallemar"; 3]);
        assert_names("[VALLEMAR CLUB ORG] … [Vallemar Club ORG]", &["Vallemar Club"; 2]);
        // A name inside another is a thing of its own, as is a first word that is no kind of thing.
        assert_names(
            "[Consejo del Partido Verde ORG] … [Partido Verde ORG]",
            &["Consejo del Partido Verde", "Partido Verde"],
        );
        assert_names("[Telar Norte ORG] … [Telar ORG]", &["Telar Norte", "Telar"]);
        assert_names(
            "[Academia Norte ORG] y [Academia Sur ORG] … la [Academia ORG]",
            &["Academia Norte", "Academia Sur", "Academia"],
        );
    }
}
