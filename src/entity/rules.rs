//! What rules know better than statistics: words that decide what a name is, versions, acronyms, and the article as a whole.
//!
//! A tagger takes `IA` for an organisation, `Emu` once for a person and twice for a product, and stops before the version of
//! `CCI 4.0`; [`refine`] drops the first («IA» is a common noun in the pack's `entities.tsv`), lets the mentions of `Emu` vote, and
//! takes `4.0` into the name. All words are data of the pack.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization as _;

use super::tagger::facets::lower;
use super::tagger::gazetteer::{Gazetteer, List};
use super::{Entity, EntityType, Passage};
use crate::pack::{NameRole, NameWords, Sense};
use crate::text::{Span, Token};

/// A name among the tokens of its passage.
#[derive(Clone, Copy, Debug)]
struct Item {
    passage: usize,
    from: usize,
    to: usize,
    class: EntityType,
    confidence: f32,
}

/// The words of a name, its class and its confidence.
type Known<'t> = (Vec<&'t str>, EntityType, f32);

/// What the rules look at.
struct Scene<'a> {
    text: &'a str,
    passages: &'a [Passage<'a>],
    names: Gazetteer<'a>,
    /// Whether the article is about sport, once it was asked.
    sport: OnceCell<bool>,
}

/// Confidence of what a rule decided: right about as often as a tagger's sure names.
const DECIDED: f32 = 0.9;

/// Below this a tagger's class gives way to a rule's.
const SURE: f32 = 0.97;

/// Below this a place that the tagger takes for an organisation is a place all the same; above it the context has spoken: a club, or a
/// country that signs.
const DOUBT: f32 = 0.7;

/// Only below this does a mention bow to the article's other mentions of the same name, if so large a share of them agrees.
const OUTVOTED: f32 = 0.6;
/// That share, by confidence.
const MAJORITY: f32 = 0.7;

/// Quotation marks that titles stand between.
const QUOTES: [(char, char); 4] = [('"', '"'), ('“', '”'), ('«', '»'), ('‘', '’')];
/// The longest title that is looked for, in tokens.
const TITLE: usize = 10;

/// So many words about sport make an article about it.
const SPORT: usize = 3;

/// Marks that no name begins or ends with.
const MARKS: [char; 6] = ['-', '–', '—', '/', '·', '*'];

/// Names of an article as a tagger found them, mended; `names` are the lists of the tagger's lexicon.
#[must_use]
pub fn refine(text: &str, passages: &[Passage<'_>], names: Gazetteer<'_>, found: &[Entity]) -> Vec<Entity> {
    let scene = Scene { text, passages, names, sport: OnceCell::new() };
    let mut items: Vec<Item> = found.iter().filter_map(|entity| scene.item(entity)).collect();
    scene.part(&mut items);
    scene.join(&mut items);
    items.retain_mut(|item| scene.mend(item));
    scene.quoted(&mut items);
    scene.vote(&mut items);
    scene.acronyms(&mut items);
    scene.repeat(&mut items);
    items.sort_by_key(|item| (item.passage, item.from));
    items.iter().filter_map(|item| scene.entity(item)).collect()
}

impl<'a> Scene<'a> {
    fn item(&self, entity: &Entity) -> Option<Item> {
        let starts = |p: &Passage<'_>| p.tokens.first().is_some_and(|t| t.span.start <= entity.span.start);
        let passage = self.passages.partition_point(starts).checked_sub(1)?;
        let tokens = self.passages.get(passage)?.tokens;
        let from = tokens.partition_point(|t| t.span.end <= entity.span.start);
        let to = tokens.partition_point(|t| t.span.start < entity.span.end);
        Some(Item { passage, from, to, class: entity.class, confidence: entity.confidence })
    }

    fn entity(&self, item: &Item) -> Option<Entity> {
        let tokens = self.passages.get(item.passage)?.tokens;
        let span = Span::new(tokens.get(item.from)?.span.start, tokens.get(item.to.checked_sub(1)?)?.span.end);
        Some(Entity { span, class: item.class, confidence: item.confidence })
    }

    fn tokens(&self, item: &Item) -> &'a [Token] {
        self.passages.get(item.passage).and_then(|p| p.tokens.get(item.from..item.to)).unwrap_or_default()
    }

    fn around(&self, item: &Item) -> &'a [Token] {
        self.passages.get(item.passage).map(|p| p.tokens).unwrap_or_default()
    }

    fn hashes(&self, tokens: &[Token]) -> Vec<u32> {
        tokens.iter().map(|token| lower(token.span.of(self.text))).collect()
    }

    /// Parts what a tagger takes for one name where results stand side by side: «Real Vallemar 83 - Costera 73 Norte 70 - …».
    fn part(&self, items: &mut Vec<Item>) {
        let mut parted = Vec::with_capacity(items.len());
        for item in items.iter() {
            let tokens = self.tokens(item);
            let dash = |at: usize| {
                let spaced = |at: usize| tokens.get(at).is_none_or(Token::space_before);
                tokens.get(at).is_some_and(|t| t.is('-') || t.is('–')) && spaced(at) && spaced(at + 1)
            };
            if !(0..tokens.len()).any(dash) || !tokens.iter().any(Token::is_number) {
                parted.push(*item);
                continue;
            }
            let breaks = |at: &usize| dash(*at) || tokens.get(*at).is_some_and(Token::is_number);
            let mut from = 0;
            for end in (0..tokens.len()).filter(breaks).chain([tokens.len()]) {
                if from < end {
                    parted.push(Item { from: item.from + from, to: item.from + end, ..*item });
                }
                from = end + 1;
            }
        }
        *items = parted;
    }

    /// «Plan de Obras» + «para la» + «Construcción de Puertos»: one name, if it begins with a word that names such things.
    fn join(&self, items: &mut Vec<Item>) {
        items.dedup_by(|next, item| {
            let Some(passage) = self.passages.get(item.passage) else { return false };
            let words = &passage.pack.name_words;
            let between = self.hashes(passage.tokens.get(item.to..next.from).unwrap_or_default());
            let links =
                words.beginning(&between).any(|(length, role)| role == NameRole::Link && length == between.len());
            let heads = |role| matches!(role, NameRole::Head(_));
            let joins = item.passage == next.passage
                && (links || between.len() == 1 && self.is_spelled_last(passage, next))
                && words.beginning(&self.hashes(self.tokens(item))).any(|(_, role)| heads(role));
            if joins {
                item.to = next.to;
                item.confidence = item.confidence.min(next.confidence);
            }
            joins
        });
    }

    /// Whether an acronym in brackets behind a place ends with the place's first letter: «Misión … en Kosovo (UNMIK)».
    fn is_spelled_last(&self, passage: &Passage<'_>, place: &Item) -> bool {
        let Some([open, acronym, close]) = passage.tokens.get(place.to..place.to + 3) else { return false };
        let first = self.tokens(place).first().and_then(|t| t.span.of(self.text).chars().next());
        let last = acronym.span.of(self.text).chars().next_back();
        place.class == EntityType::Loc
            && place.to == place.from + 1
            && open.is('(')
            && close.is(')')
            && is_acronym(self.text, acronym)
            && first == last
    }

    /// Names in quotes behind a word that says what they are, as titles are written: «la novela "El puerto"», «el huracán "Aro"».
    fn quoted(&self, items: &mut Vec<Item>) {
        for (number, passage) in self.passages.iter().enumerate() {
            for (at, token) in passage.tokens.iter().enumerate() {
                let Some(&(_, closing)) = QUOTES.iter().find(|(opening, _)| token.is(*opening)) else { continue };
                let from = at + 1;
                let rest = passage.tokens.get(from..).unwrap_or_default();
                let Some(length) = rest.iter().take(TITLE + 1).position(|t| t.is(closing)) else { continue };
                let before = self.hashes(passage.tokens.get(at.saturating_sub(4)..at).unwrap_or_default());
                let before = before.strip_suffix(&[lower(",")]).unwrap_or(&before);
                let class = passage.pack.name_words.ending(before).find_map(|(_, role)| match role {
                    NameRole::Before(class) => Some(class),
                    _ => None,
                });
                let (Some(class), true) = (class, rest.first().is_some_and(Token::is_capitalized) && length > 0) else {
                    continue;
                };
                let to = from + length;
                let touches = |item: &Item| item.passage == number && item.from < to && from < item.to;
                if items.iter().all(|item| !touches(item) || from <= item.from && item.to <= to) {
                    items.retain(|item| !touches(item));
                    items.push(Item { passage: number, from, to, class, confidence: DECIDED });
                }
            }
        }
    }

    /// Takes off marks at the ends that no name has, and a person's title and values in front of a name or behind it.
    fn strip(&self, words: &NameWords, item: &mut Item) {
        let mark = |token: Option<&Token>| token.is_some_and(|t| MARKS.iter().any(|mark| t.is(*mark)));
        let value = |token: Option<&Token>| token.is_some_and(|t| t.is_number() && t.span.of(self.text).contains(','));
        let none = |token: Option<&Token>| mark(token) || value(token);
        while item.from < item.to && none(self.tokens(item).last()) {
            item.to -= 1;
        }
        while item.from < item.to && none(self.tokens(item).first()) {
            item.from += 1;
        }
        if item.class == EntityType::Per {
            let title = words.beginning(&self.hashes(self.tokens(item))).find(|(_, role)| *role == NameRole::Title);
            if let Some((length, _)) = title.filter(|(length, _)| item.from + length < item.to) {
                item.from += length;
            }
        }
    }

    /// Mends one name by its own words and neighbours; whether it stays.
    fn mend(&self, item: &mut Item) -> bool {
        let Some(passage) = self.passages.get(item.passage) else { return false };
        let words = &passage.pack.name_words;
        self.strip(words, item);
        let own = self.hashes(self.tokens(item));
        let alone = own.len();
        // «IA», and «IA+salud».
        let glued = |at: usize| self.tokens(item).get(at).is_some_and(|t| t.is('+') && !t.space_before());
        let never = |(length, role)| role == NameRole::Never && (length == alone || glued(length));
        if alone == 0 || words.beginning(&own).any(never) {
            return false;
        }
        if self.is_unit(passage, item) {
            return false;
        }
        let whole = words.beginning(&own).find_map(|(length, role)| match role {
            NameRole::Whole(class) if length == alone => Some(class),
            _ => None,
        });
        if let Some(class) = whole {
            self.decide(item, class);
            return true;
        }
        let last = passage.tokens.len().min(item.to + 8);
        let behind = self.hashes(passage.tokens.get(item.to..last).unwrap_or_default());
        let behind_comma = usize::from(behind.first() == Some(&lower(",")));
        let tail = behind.get(behind_comma..).and_then(|rest| {
            words.beginning(rest).find_map(|(length, role)| match role {
                NameRole::Tail(class) => Some((length, class)),
                _ => None,
            })
        });
        if let Some((length, class)) = tail {
            item.to += length + behind_comma;
            self.decide(item, class);
            return true;
        }
        let own_tail = words.ending(&own).find_map(|(_, role)| match role {
            NameRole::Tail(class) => Some(class),
            _ => None,
        });
        if let Some(class) = own_tail {
            self.decide(item, class);
            return true;
        }
        if self.version(passage, item) {
            self.decide(item, EntityType::Misc);
            return true;
        }
        let before = self.hashes(passage.tokens.get(item.from.saturating_sub(5)..item.from).unwrap_or_default());
        let lead = words.ending(&before).find_map(|(length, role)| match role {
            NameRole::Lead(class) => Some((length, class)),
            _ => None,
        });
        if let Some((length, class)) = lead {
            item.from -= length;
            self.decide(item, class);
            return true;
        }
        self.edition(passage, &own, item);
        let head = words.beginning(&own).find_map(|(length, role)| match role {
            NameRole::Head(class) if length < alone => Some(class),
            _ => None,
        });
        let introduced = words.ending(&before).find_map(|(_, role)| match role {
            NameRole::Before(class) => Some(class),
            _ => None,
        });
        if let Some(class) = introduced {
            self.decide(item, class);
        } else if let Some(class) = head.or_else(|| self.apposed(words, &behind)) {
            if item.confidence < SURE {
                self.decide(item, class);
            }
        } else if let Some(class) = self.named_after_a_city(words, &before, item) {
            self.decide(item, class);
        } else if self.is_place(item) && (item.class != EntityType::Org || item.confidence < DOUBT) {
            self.decide(item, EntityType::Loc);
        }
        true
    }

    /// What a name is by the words that a comma sets behind it: «Emu, el primer gran modelo».
    fn apposed(&self, words: &NameWords, behind: &[u32]) -> Option<EntityType> {
        let rest = behind.strip_prefix(&[lower(",")])?;
        words.beginning(rest).find_map(|(_, role)| match role {
            NameRole::Apposed(class) => Some(class),
            _ => None,
        })
    }

    /// What a city's name is by the word in front of it: a place in «vive en Zaragoza», a club in «ganó el Zaragoza».
    fn named_after_a_city(&self, words: &NameWords, before: &[u32], item: &Item) -> Option<EntityType> {
        let class = words.ending(before).find_map(|(_, role)| match role {
            NameRole::BeforeCity(class) => Some(class),
            NameRole::Club if self.is_about_sport() => Some(EntityType::Org),
            _ => None,
        })?;
        (item.class != EntityType::Per && self.is_city(item)).then_some(class)
    }

    /// Whether the article has words about sport, and more than one could be by chance.
    fn is_about_sport(&self) -> bool {
        *self.sport.get_or_init(|| {
            let sport = |passage: &Passage<'_>, token: &Token| {
                let word = [lower(token.span.of(self.text))];
                passage.pack.name_words.beginning(&word).any(|(_, role)| role == NameRole::Sport)
            };
            let words = self.passages.iter().flat_map(|p| p.tokens.iter().filter(move |t| t.is_word() && sport(p, t)));
            words.take(SPORT).count() == SPORT
        })
    }

    /// Takes in the year behind the name of an event: «Copa del Mundo del 2006», «Liga 1999-2000».
    fn edition(&self, passage: &Passage<'_>, own: &[u32], item: &mut Item) {
        if !passage.pack.name_words.beginning(own).any(|(_, role)| role == NameRole::Dated) {
            return;
        }
        let year = |at: usize| {
            passage.tokens.get(at).is_some_and(|t| {
                let digits = t.span.of(self.text);
                t.is_number() && digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
            })
        };
        let of = passage.pack.scope.of | passage.pack.scope.singular_article;
        let link = passage.tokens.get(item.to).is_some_and(|t| passage.pack.lexicon.classes(t.symbol) & of != 0);
        let at = item.to + usize::from(link);
        if year(at) {
            item.to = at + 1;
            if !link && passage.tokens.get(at + 1).is_some_and(|t| t.is('-') && !t.space_before()) && year(at + 2) {
                item.to = at + 3;
            }
        }
    }

    fn decide(&self, item: &mut Item, class: EntityType) {
        if item.class != class {
            item.class = class;
            item.confidence = item.confidence.min(DECIDED);
        }
    }

    /// The name of a unit or currency that the tagger was not sure of.
    fn is_unit(&self, passage: &Passage<'_>, item: &Item) -> bool {
        let wanted =
            |sense: Sense| matches!(sense, Sense::Unit(_) | Sense::Currency(_) | Sense::Family(_) | Sense::Minor(_));
        let unit = passage.pack.lexicon.longest_where(passage.tokens, item.from, wanted);
        unit.is_some_and(|found| found.end == item.to) && item.confidence < SURE && !self.is_place(item)
    }

    /// The lists that hold a name of one word; none for longer ones.
    fn lists(&self, item: &Item) -> u16 {
        let [word] = self.tokens(item) else { return 0 };
        let mut lists = 0;
        self.names.matches(std::iter::once(lower(word.span.of(self.text))), |_, entry| lists = entry.lists);
        lists
    }

    /// One word that is listed as a place and as nothing else.
    fn is_place(&self, item: &Item) -> bool {
        const PLACES: u16 = List::Place.bit() | List::City.bit() | List::Country.bit() | List::Region.bit();
        const OTHERS: u16 =
            List::Person.bit() | List::Organization.bit() | List::FamilyName.bit() | List::GivenName.bit();
        let lists = self.lists(item);
        lists & PLACES != 0 && (lists & OTHERS == 0 || lists & List::Country.bit() != 0)
    }

    /// One word that is listed as a city and as no land.
    fn is_city(&self, item: &Item) -> bool {
        let lists = self.lists(item);
        lists & List::City.bit() != 0 && lists & List::Country.bit() == 0
    }

    /// A version behind a name of capitals: `CCI 4.0`.
    fn version(&self, passage: &Passage<'_>, item: &mut Item) -> bool {
        let Some(number) = passage.tokens.get(item.to).filter(|t| t.is_number()) else { return false };
        let digits = number.span.of(self.text);
        let parts: Vec<&str> = digits.split('.').collect();
        let short = |part: &&str| !part.is_empty() && part.len() <= 2;
        let dotted = parts.len() >= 2 && parts.iter().all(short) && passage.pack.format.decimal != '.';
        let sized = passage.tokens.get(item.to + 1).is_some_and(|t| t.is('%') || t.is('$') || t.is('€'));
        if dotted && !sized && item.class != EntityType::Loc {
            item.to += 1;
            return true;
        }
        false
    }

    /// A doubtful name has the class that the article's other mentions of it have; a sure one counts more.
    fn vote(&self, items: &mut [Item]) {
        let mut votes: FxHashMap<&str, [f32; 4]> = FxHashMap::default();
        let surface = |item: &Item| self.entity(item).map_or("", |e| e.span.of(self.text));
        for item in items.iter() {
            if let Some(vote) = votes.entry(surface(item)).or_default().get_mut(item.class as usize) {
                *vote += item.confidence;
            }
        }
        for item in items {
            let Some(vote) = votes.get(surface(item)) else { continue };
            let best = EntityType::ALL.into_iter().zip(vote).max_by(|a, b| a.1.total_cmp(b.1));
            if let Some((class, most)) = best
                && item.confidence < OUTVOTED
                && *most >= MAJORITY * vote.iter().sum::<f32>()
            {
                self.decide(item, class);
            }
        }
    }

    /// «Academia de Inteligencia Artificial (BAAI)»: the acronym is a name of the same class.
    fn acronyms(&self, items: &mut Vec<Item>) {
        for at in 0..items.len() {
            let Some(&long) = items.get(at) else { continue };
            let Some(found) = self.introduced(&long) else { continue };
            match items
                .iter_mut()
                .find(|item| item.passage == found.passage && item.from < found.to && found.from < item.to)
            {
                Some(known) if (known.from, known.to) == (found.from, found.to) => self.decide(known, long.class),
                Some(_) => {}
                None => items.push(found),
            }
        }
    }

    /// The acronym in brackets right behind a name.
    fn introduced(&self, long: &Item) -> Option<Item> {
        let tokens = self.around(long);
        let name = self.tokens(long);
        let [open, acronym, close] = tokens.get(long.to..long.to + 3)? else { return None };
        if long.class == EntityType::Per || !open.is('(') || !close.is(')') || !is_acronym(self.text, acronym) {
            return None;
        }
        let initials = initials(self.text, name);
        let letters: Vec<char> = acronym.span.of(self.text).chars().collect();
        let spelled = spells(&letters, &initials);
        let worthy = long.class != EntityType::Loc && initials.len() >= 2;
        (spelled || worthy).then_some(Item {
            from: long.to + 1,
            to: long.to + 2,
            confidence: if spelled { long.confidence.max(DECIDED) } else { long.confidence },
            ..*long
        })
    }

    /// A sure name's other appearances, word for word, are names too.
    fn repeat(&self, items: &mut Vec<Item>) {
        let mut known: FxHashMap<&str, Vec<Known<'_>>> = FxHashMap::default();
        for item in items.iter().filter(|item| item.confidence >= 0.8) {
            let words: Vec<&str> = self.tokens(item).iter().map(|t| t.span.of(self.text)).collect();
            if let Some(&first) = words.first() {
                let names = known.entry(first).or_default();
                if !names.iter().any(|(name, ..)| *name == words) {
                    names.push((words, item.class, item.confidence));
                }
            }
        }
        let mut more = Vec::new();
        for (number, passage) in self.passages.iter().enumerate() {
            let mut taken: Vec<(usize, usize)> =
                items.iter().filter(|i| i.passage == number).map(|i| (i.from, i.to)).collect();
            taken.sort_unstable();
            let mut at = 0;
            while let Some(token) = passage.tokens.get(at) {
                if let Some(&(_, to)) = taken.get(taken.partition_point(|&(_, to)| to <= at)).filter(|t| t.0 <= at) {
                    at = to;
                    continue;
                }
                let names = token.is_capitalized().then(|| known.get(token.span.of(self.text))).flatten();
                let holds = |words: &[&str]| {
                    let free = taken.iter().all(|&(from, to)| to <= at || at + words.len() <= from);
                    let rest = passage.tokens.get(at..at + words.len()).unwrap_or_default();
                    free && rest.len() == words.len() && rest.iter().zip(words).all(|(t, w)| t.span.of(self.text) == *w)
                };
                let longest = names.into_iter().flatten().filter(|(words, ..)| holds(words)).max_by_key(|n| n.0.len());
                // Before another capital it may be part of another name.
                let ends = |length: usize| !passage.tokens.get(at + length).is_some_and(Token::is_capitalized);
                if let Some((words, class, confidence)) = longest.filter(|(words, ..)| ends(words.len())) {
                    let (from, to) = (at, at + words.len());
                    more.push(Item { passage: number, from, to, class: *class, confidence: confidence * DECIDED });
                    at = to;
                } else {
                    at += 1;
                }
            }
        }
        items.extend(more);
    }
}

/// Two to eight letters, all capitals but perhaps one.
fn is_acronym(text: &str, token: &Token) -> bool {
    let word = token.span.of(text);
    let length = word.chars().count();
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    token.is_word() && (2..=8).contains(&length) && capitals >= 2 && capitals + 1 >= length
}

/// The first letters of a name's capitalised words, in capitals.
pub(super) fn initials(text: &str, name: &[Token]) -> Vec<char> {
    let first = |token: &Token| token.span.of(text).chars().next().and_then(|c| c.to_uppercase().next());
    name.iter().filter(|token| token.is_capitalized()).filter_map(first).collect()
}

/// Whether the letters are initials of the name in their order, the first one too.
pub(super) fn spells(letters: &[char], initials: &[char]) -> bool {
    let mut rest = initials.iter();
    let plain = |c: char| std::iter::once(c).nfd().next();
    letters.first().map(|&c| plain(c)) == initials.first().map(|&c| plain(c))
        && letters.iter().filter(|c| c.is_uppercase()).all(|&c| rest.any(|&i| plain(i) == plain(c)))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail by panic")]
    use super::*;
    use crate::entity::models;
    use crate::pack::{Packs, Source};
    use crate::text::{sentences, tokenize};

    /// `told` with names in brackets as a tagger found them, `[LOC Sol]` or `[LOC 50 Sol]` of half confidence; the same when mended.
    fn mended(told: &str) -> String {
        let (mut text, mut found) = (String::new(), Vec::new());
        for (at, part) in told.split('[').enumerate() {
            let (name, rest) = if at == 0 { ("", part) } else { part.split_once(']').unwrap() };
            if let Some((class, name)) = name.split_once(' ') {
                let class = EntityType::ALL.into_iter().find(|c| c.as_str() == class).unwrap();
                let (percent, name) =
                    name.split_once(' ').filter(|n| n.0.parse::<u8>().is_ok()).unwrap_or(("100", name));
                let start = u32::try_from(text.len()).unwrap();
                text += name;
                let span = Span::new(start, u32::try_from(text.len()).unwrap());
                found.push(Entity { span, class, confidence: percent.parse::<f32>().unwrap() / 100.0 });
            }
            text += rest;
        }
        let pack = Packs::open(Source::embedded()).unwrap().get("es").unwrap();
        let mut tokens = Vec::new();
        tokenize(&text, Span::new(0, u32::try_from(text.len()).unwrap()), &pack.lexicon, &mut tokens);
        let sentences = sentences(&tokens, |_| false, |_| false);
        let passage = Passage { language: "es", pack: &pack, tokens: &tokens, sentences: &sentences };
        let names = models::lexicons("names", "es").unwrap().names;
        let mut mended = text.clone();
        for entity in refine(&text, &[passage], names, &found).iter().rev() {
            let (from, to) = (entity.span.start as usize, entity.span.end as usize);
            mended.replace_range(from..to, &format!("[{} {}]", entity.class, entity.span.of(&text)));
        }
        mended
    }

    #[test]
    fn words_decide_what_a_name_is() {
        for (found, right) in [
            ("la [ORG IA] y la [ORG IA+salud]", "la IA y la IA+salud"),
            ("el [PER 90 Ministerio de Obras]", "el [ORG Ministerio de Obras]"),
            ("la firma [LOC Costera], S.A. creció", "la firma [ORG Costera, S.A.] creció"),
            ("la novela [PER 90 Vallemar]", "la novela [MISC Vallemar]"),
            ("en el estadio [PER Elvira Soto]", "en el estadio [LOC Elvira Soto]"),
            ("dijo [PER Dra. Elvira Soto]", "dijo Dra. [PER Elvira Soto]"),
            ("el corpus [ORG 90 CCI] 4.0 y", "el corpus [MISC CCI 4.0] y"),
            ("como [ORG 50 Emu], el primer modelo", "como [MISC Emu], el primer modelo"),
            ("sube el [ORG Nasdaq]", "sube el [MISC Nasdaq]"),
        ] {
            assert_eq!(mended(found), right);
        }
    }

    #[test]
    fn a_city_with_an_article_is_a_club_in_sport() {
        assert_eq!(
            mended("con goles del delantero ganó la liga el [LOC Zaragoza] en [ORG 60 Zaragoza]"),
            "con goles del delantero ganó la liga el [ORG Zaragoza] en [LOC Zaragoza]"
        );
        assert_eq!(mended("lluvias en todo el [LOC Callao]"), "lluvias en todo el [LOC Callao]");
        assert_eq!(mended("la costa del [LOC Brasil]"), "la costa del [LOC Brasil]");
        assert_eq!(mended("ganó el F.C. [LOC Zaragoza]"), "ganó el [ORG F.C. Zaragoza]");
    }

    #[test]
    fn names_end_where_they_end() {
        for (found, right) in [
            ("[ORG Soto 83 - Real Vallemar 73 Soto] 70", "[ORG Soto] 83 - [ORG Real Vallemar] 73 [ORG Soto] 70"),
            ("ganó [ORG - Real Vallemar]", "ganó - [ORG Real Vallemar]"),
            ("la [MISC Copa del Mundo] del 2006, y", "la [MISC Copa del Mundo del 2006], y"),
            ("la [MISC Liga] 1999-2000 y", "la [MISC Liga 1999-2000] y"),
            ("el [MISC Tratado de Soto] de 300", "el [MISC Tratado de Soto] de 300"),
            (
                "el [MISC Plan de Obras] para la [ORG Mejora de Puertos]",
                "el [MISC Plan de Obras para la Mejora de Puertos]",
            ),
            ("la [ORG Misión Costera] en [LOC Kosovo] (UNMIK)", "la [ORG Misión Costera en Kosovo] ([ORG UNMIK])"),
            ("la [ORG Misión Costera] en [LOC Kosovo] (ayer)", "la [ORG Misión Costera] en [LOC Kosovo] (ayer)"),
        ] {
            assert_eq!(mended(found), right);
        }
    }

    #[test]
    fn titles_in_quotes_are_names() {
        for (found, right) in [
            ("la novela \"El puerto\" se vende", "la novela \"[MISC El puerto]\" se vende"),
            ("su libro, la novela «El [LOC Puerto] viejo», y", "su libro, la novela «[MISC El Puerto viejo]», y"),
            ("el huracán “Aro” llegó", "el huracán “[MISC Aro]” llegó"),
            ("dijo: \"El puerto crece\"", "dijo: \"El puerto crece\""),
        ] {
            assert_eq!(mended(found), right);
        }
    }

    #[test]
    fn an_article_knows_its_names() {
        assert_eq!(
            mended("[PER Emu] y [MISC Emu] y [MISC Emu] y [PER 40 Emu]; la [ORG Academia Costera] (ACD)"),
            "[PER Emu] y [MISC Emu] y [MISC Emu] y [PER Emu]; la [ORG Academia Costera] ([ORG ACD])"
        );
        assert_eq!(mended("[PER Elvira Soto] y luego Elvira Soto"), "[PER Elvira Soto] y luego [PER Elvira Soto]");
    }
}
