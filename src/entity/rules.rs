//! What rules know better than statistics: words that decide what a name is, versions, acronyms, and the article as a whole.
//!
//! A tagger takes `IA` for an organisation, `Emu` once for a person and twice for a product, and stops before the version of
//! `CCI 4.0`; [`refine`] drops the first («IA» is a common noun in the pack's `entities.tsv`), lets the mentions of `Emu` vote, and
//! takes `4.0` into the name. All words are data of the pack.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization as _;

use super::tagger::facets::lower;
use super::tagger::gazetteer::{Gazetteer, List};
use super::{Entity, EntityType, Passage};
use crate::pack::{NameRole, Sense};
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

/// Names of an article as a tagger found them, mended; `names` are the lists of the tagger's lexicon.
#[must_use]
pub fn refine(text: &str, passages: &[Passage<'_>], names: Gazetteer<'_>, found: &[Entity]) -> Vec<Entity> {
    let scene = Scene { text, passages, names };
    let mut items: Vec<Item> = found.iter().filter_map(|entity| scene.item(entity)).collect();
    scene.join(&mut items);
    items.retain_mut(|item| scene.mend(item));
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
                && links
                && words.beginning(&self.hashes(self.tokens(item))).any(|(_, role)| heads(role));
            if joins {
                item.to = next.to;
                item.confidence = item.confidence.min(next.confidence);
            }
            joins
        });
    }

    /// Mends one name by its own words and neighbours; whether it stays.
    fn mend(&self, item: &mut Item) -> bool {
        let Some(passage) = self.passages.get(item.passage) else { return false };
        let words = &passage.pack.name_words;
        if item.class == EntityType::Per {
            let title = words.beginning(&self.hashes(self.tokens(item))).find(|(_, role)| *role == NameRole::Title);
            if let Some((length, _)) = title.filter(|(length, _)| item.from + length < item.to) {
                item.from += length;
            }
        }
        let value = |token: Option<&Token>| token.is_some_and(|t| t.is_number() && t.span.of(self.text).contains(','));
        while item.from < item.to && value(self.tokens(item).last()) {
            item.to -= 1;
        }
        while item.from < item.to && value(self.tokens(item).first()) {
            item.from += 1;
        }
        let own = self.hashes(self.tokens(item));
        let alone = own.len();
        if alone == 0 || words.beginning(&own).any(|(length, role)| role == NameRole::Never && length == alone) {
            return false;
        }
        if self.is_unit(passage, item) {
            return false;
        }
        let behind = self.hashes(passage.tokens.get(item.to..).unwrap_or_default().get(..8).unwrap_or_default());
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
        let head = words.beginning(&own).find_map(|(length, role)| match role {
            NameRole::Head(class) if length < alone => Some(class),
            _ => None,
        });
        let introduced = words.ending(&before).find_map(|(_, role)| match role {
            NameRole::Before(class) => Some(class),
            _ => None,
        });
        if let Some(class) = introduced.or(head) {
            if item.confidence < SURE {
                self.decide(item, class);
            }
        } else if self.is_place(item) && (item.class != EntityType::Org || item.confidence < DOUBT) {
            self.decide(item, EntityType::Loc);
        }
        true
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

    /// One word that is listed as a place and as nothing else.
    fn is_place(&self, item: &Item) -> bool {
        const PLACES: u16 = List::Place.bit() | List::City.bit() | List::Country.bit() | List::Region.bit();
        const OTHERS: u16 =
            List::Person.bit() | List::Organization.bit() | List::FamilyName.bit() | List::GivenName.bit();
        let [word] = self.tokens(item) else { return false };
        let mut lists = 0;
        self.names.matches(std::iter::once(lower(word.span.of(self.text))), |_, entry| lists = entry.lists);
        lists & PLACES != 0 && (lists & OTHERS == 0 || lists & List::Country.bit() != 0)
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
