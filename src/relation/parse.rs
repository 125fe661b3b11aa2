//! A sentence as the linking sees it: quantities, dates and names as one item each, every other word with its class.
//!
//! «Beijing cuenta con 21 laboratorios clave» becomes Name, Verb `contar`, Preposition, Quantity, Noun, Adjective. Classes come from
//! the pack's `syntax.tsv`, its verbs, and what stands before a word: a word that may be a verb is a noun behind an article.
//! Nothing here is a full analysis; it is enough to find noun phrases, verbs and their subjects.

use super::word::{Tail, either, tail, word};
use super::{settle, unspaced};
use crate::pack::Pack;
use crate::pack::syntax::{self as roles, Roles, VerbForm};
use crate::quantity::{Kind, Quantity};
use crate::text::{Sentence, Span, Token};

use super::frame::{self, Frame};

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Noun,
    Adjective,
    Verb,
    Determiner,
    Preposition,
    Coordinator,
    Relative,
    Subordinator,
    Pronoun,
    Clitic,
    Adverb,
    Negation,
    /// Digits that are no quantity.
    Number,
    /// Index of the fact.
    Quantity(usize),
    /// Index of the date.
    Date(usize),
    /// A named entity by its index, or a run of capitalised words.
    Name(Option<usize>),
    Comma,
    /// A mark that ends a clause: `.`, `;`, `:`.
    Stop,
    Open,
    Close,
    Quote,
    Other,
}

/// A word, a quantity, a date, a name or a mark.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    pub class: Class,
    /// First token, in the block.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    /// What the pack says of the word.
    pub roles: Roles,
    /// The verb of which it is a form, also where it stands as an adjective or noun.
    pub verb: Option<VerbForm>,
    /// Its clause, in languages whose verbs stand second or last.
    pub frame: Option<Frame>,
    /// Of a finite verb, the word that says what happens: «gesteigert» in «hat … gesteigert».
    pub partner: Option<usize>,
    /// Of such a word, its finite verb.
    pub head: Option<usize>,
}

impl Item {
    /// One token that nothing is known of but its class.
    pub(super) fn new(class: Class, first: usize) -> Self {
        Self { class, first, end: first + 1, roles: 0, verb: None, frame: None, partner: None, head: None }
    }

    pub fn has(&self, role: Roles) -> bool {
        self.roles & role != 0
    }

    pub fn is_nominal(&self) -> bool {
        matches!(self.class, Class::Noun | Class::Adjective | Class::Name(_))
    }

    /// A preposition, which may also be a determiner joined to one («del»).
    pub fn is_preposition(&self) -> bool {
        self.class == Class::Preposition
    }

    pub fn is_of(&self) -> bool {
        self.class == Class::Preposition && self.has(roles::OF)
    }

    /// A finite verb, which may say an amount itself: «dobraram».
    pub fn is_finite(&self) -> bool {
        matches!(self.class, Class::Verb | Class::Quantity(_))
            && self.verb.as_ref().is_some_and(|verb| verb.mood.is_finite())
    }
}

/// A stretch of the text with its index in the article's list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Marked {
    pub span: Span,
    pub index: usize,
}

/// A block's text and tokens.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub pack: &'a Pack,
}

impl<'a> View<'a> {
    /// The text from one token to another.
    pub fn slice(&self, first: usize, end: usize) -> &'a str {
        let from = self.tokens.get(first).map(|token| token.span);
        let to = end.checked_sub(1).and_then(|last| self.tokens.get(last)).map(|token| token.span);
        from.zip(to).map_or("", |(from, to)| Span { start: from.start, end: to.end.max(from.start) }.of(self.text))
    }
}

/// What a sentence holds beside words, each list in order.
#[derive(Clone, Copy)]
pub(crate) struct Marks<'a> {
    pub quantities: &'a [Marked],
    pub dates: &'a [Marked],
    pub names: &'a [Marked],
    /// All quantities of the article.
    pub kinds: &'a [&'a Quantity],
}

/// The items of a sentence.
pub(crate) fn items(view: View<'_>, sentence: &Sentence, marks: Marks<'_>) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::with_capacity(sentence.end - sentence.first);
    let mut folded = String::with_capacity(32);
    let mut joins = false;
    let mut at = sentence.first;
    while at < sentence.end {
        let Some(token) = view.tokens.get(at) else { break };
        let marked = |list: &[Marked]| {
            let first = list.partition_point(|m| m.span.end <= token.span.start);
            list.get(first).copied().filter(|m| m.span.start <= token.span.start)
        };
        let found = marked(marks.quantities)
            .map(|m| (m, Class::Quantity(m.index)))
            .or_else(|| marked(marks.dates).map(|m| (m, Class::Date(m.index))))
            .or_else(|| marked(marks.names).map(|m| (m, Class::Name(Some(m.index)))));
        if let Some((mark, class)) = found {
            // «entro dicembre undici negozi»: a date ends before a quantity.
            let cut = marks.quantities.iter().map(|m| m.span.start).find(|start| *start > token.span.start);
            let limit = cut.filter(|cut| *cut < mark.span.end && matches!(class, Class::Date(_)));
            let mark = Marked { span: Span { end: limit.unwrap_or(mark.span.end), ..mark.span }, ..mark };
            let mut end = at
                + view
                    .tokens
                    .get(at..sentence.end)
                    .map_or(1, |rest| rest.partition_point(|t| t.span.start < mark.span.end));
            end = end.max(at + 1);
            // «S&P 500»: digits that are no quantity belong to the name.
            if matches!(class, Class::Name(_))
                && let Some(next) = view.tokens.get(end).filter(|next| end < sentence.end && next.is_number())
                && ![marks.quantities, marks.dates, marks.names]
                    .into_iter()
                    .flatten()
                    .any(|m| m.span.start < next.span.end && next.span.start < m.span.end)
            {
                end += 1;
            }
            // «as vendas dobraram»
            folded.clear();
            folded.extend(token.span.of(view.text).chars().flat_map(char::to_lowercase));
            let single = matches!(class, Class::Quantity(_)) && end == at + 1 && !token.is_number();
            let verb = if single { view.pack.syntax.verb(&folded) } else { None };
            let mut own = verb.as_ref().map_or(0, |verb| verb.roles);
            // «September» alone may say which one is meant: «the September contract».
            let worded = || view.tokens.get(at..end).is_some_and(|all| all.iter().all(Token::is_word));
            if matches!(class, Class::Date(_)) && worded() {
                own |= roles::ADJECTIVE;
            }
            items.push(Item { end, roles: own, verb, ..Item::new(class, at) });
            at = end;
            continue;
        }
        if view.pack.unspaced() && token.is_word() {
            let starts = [marks.quantities, marks.dates, marks.names].into_iter().filter_map(|list| {
                list.get(list.partition_point(|m| m.span.start <= token.span.start)).map(|m| m.span.start)
            });
            let limit = starts.min().map_or(sentence.end, |start| {
                view.tokens.get(at..sentence.end).map_or(at, |rest| at + rest.partition_point(|t| t.span.start < start))
            });
            unspaced::push(view, at, limit, sentence.end, &mut items);
            at = items.last().map_or(at + 1, |last| last.end.max(at + 1));
            continue;
        }
        if let Some(tail) = tail(view, at, sentence, &items) {
            match tail {
                Tail::Owner(end) => {
                    // «Tesla's shares»: a capitalised owner is a name, also where it opens the sentence.
                    if let Some(last) = items
                        .last_mut()
                        .filter(|last| last.class == Class::Noun && last.roles == 0 && !view.pack.capital_nouns())
                        && view.tokens.get(last.first).is_some_and(Token::is_capitalized)
                    {
                        last.class = Class::Name(None);
                    }
                    items.push(Item { end, roles: roles::OWNER_MARK, ..Item::new(Class::Determiner, at) });
                    at = end;
                }
                Tail::Silent(end) => {
                    if let Some(last) = items.last_mut() {
                        last.end = end;
                    }
                    at = end;
                }
            }
            continue;
        }
        folded.clear();
        folded.extend(token.span.of(view.text).chars().flat_map(char::to_lowercase));
        let mut item = word(view, *token, at, &folded, &items, sentence);
        if item.has(roles::EITHER) {
            item.class = either(view, at, item.roles, &items, sentence, marks);
        }
        // «52 % votent»: only a count needs a noun.
        if item.class == Class::Noun
            && let Some(verb) = item.verb.as_ref().filter(|verb| verb.mood.is_finite() && item.roles & roles::NOUN == 0)
            && let Some(Class::Quantity(fact)) = items.last().map(|last| last.class)
            && marks.kinds.get(fact).is_some_and(|quantity| !matches!(quantity.kind, Kind::Count | Kind::Ordinal))
        {
            (item.class, item.roles) = (Class::Verb, item.roles | verb.roles);
        }
        // «Galdura pechou …»: a word of no table that begins the sentence.
        if item.is_finite()
            && item.verb.as_ref().is_some_and(|verb| verb.telling)
            && !view.pack.capital_nouns()
            && !view.pack.verbs_by_context()
            && let [only] = items.as_mut_slice()
            && only.class == Class::Noun
            && only.roles == 0
            && only.verb.is_none()
            && only.end - only.first == 1
            && view.tokens.get(only.first).is_some_and(Token::is_capitalized)
        {
            only.class = Class::Name(None);
        }
        // «fixou-se»: the mark belongs to the verb.
        if item.class == Class::Other
            && !token.space_before()
            && let Some(last) = items.last_mut().filter(|last| last.class == Class::Verb && last.end == at)
        {
            last.end = at + 1;
            at += 1;
            continue;
        }
        // «I+D» is one word.
        let glues = !token.space_before() && !view.pack.unspaced();
        let glued = glues && (item.class == Class::Other || joins);
        joins = item.class == Class::Other && !token.space_before();
        if glued && let Some(last) = items.last_mut().filter(|last| last.is_nominal() && last.end == at) {
            last.end = at + 1;
            at += 1;
            continue;
        }
        // «S&P 500»: digits that are no quantity belong to the name.
        if item.class == Class::Number
            && let Some(last) = items.last_mut().filter(|last| last.class == Class::Name(None) && last.end == at)
        {
            last.end = at + 1;
            at += 1;
            continue;
        }
        // A run of capitalised words is one name.
        if item.class == Class::Name(None)
            && let Some(last) = items.last_mut().filter(|last| last.class == Class::Name(None) && last.end == at)
        {
            last.end = at + 1;
        } else if item.class == Class::Name(None)
            && let Some(last) = items.last_mut()
            && last.class == Class::Noun
            && last.end == at
            && last.end - last.first == 1
            && last.verb.is_none()
            && view
                .tokens
                .get(last.first)
                .is_some_and(|token| token.is_capitalized() && view.pack.syntax.word_roles(token.symbol).is_none())
        {
            // «Sartoria Lunardi cresce»
            (last.class, last.end) = (Class::Name(None), at + 1);
        } else if item.class == Class::Name(None)
            && let [.., name, of] = items.as_mut_slice()
            && name.class == Class::Name(None)
            && of.is_of()
        {
            // «Guarani do Norte»
            name.end = at + 1;
            items.pop();
        } else {
            items.push(item);
        }
        at += 1;
    }
    if view.pack.verb_second() {
        frame::build(view, &mut items);
    }
    if view.pack.verbs_by_context() {
        settle::verbs(&mut items);
    }
    if view.pack.head_last() {
        settle::modifiers(&mut items);
    }
    if view.pack.unspaced() {
        frame::part(&mut items);
    }
    items
}
