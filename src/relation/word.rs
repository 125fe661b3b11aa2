//! The class of a word in its sentence.
//!
//! «la compra» is a noun, «Norte compra» a verb: the pack says what a word may be (`syntax.tsv`, verbs), the words before it, and at times
//! those behind, what it is. An apostrophe may tie an owner's mark or the rest of a word to it.

use super::parse::{Class, Item, Marks, View};
use crate::pack::syntax::{self as roles, Mood, Roles, VerbForm};
use crate::quantity::Kind;
use crate::text::{Sentence, Token};

/// What an apostrophe ties to the word before it.
pub(super) enum Tail {
    /// The mark of an owner, up to this token: «the bank's», «the banks'».
    Owner(usize),
    /// Letters that belong to the word: «don't».
    Silent(usize),
}

pub(super) fn tail(view: View<'_>, at: usize, sentence: &Sentence, before: &[Item]) -> Option<Tail> {
    let token = view.tokens.get(at)?;
    let last = before.last().filter(|last| last.end == at)?;
    let mark = |token: &Token| {
        matches!(token.symbol.as_mark(), Some('\'' | '’')) || matches!(token.span.of(view.text), "'" | "’")
    };
    if token.space_before() || !mark(token) || !view.pack.verbs_by_context() {
        return None;
    }
    let next = view.tokens.get(at + 1).filter(|next| at + 1 < sentence.end && !next.space_before());
    let role = next.and_then(|next| view.pack.syntax.word_roles(next.symbol)).unwrap_or(0);
    if role & roles::OWNER_MARK != 0 && last.class != Class::Pronoun {
        return Some(Tail::Owner(at + 2));
    }
    if role & (roles::TAIL | roles::OWNER_MARK) != 0 {
        return Some(Tail::Silent(at + 2));
    }
    // «the companies' profits»
    let opened = before.iter().any(|item| item.class == Class::Quote);
    let spaced = view.tokens.get(at + 1).is_some_and(|next| next.space_before() && next.is_word());
    (spaced && !opened && last.is_nominal()).then_some(Tail::Owner(at + 1))
}

pub(super) fn word(
    view: View<'_>,
    token: Token,
    at: usize,
    folded: &str,
    before: &[Item],
    sentence: &Sentence,
) -> Item {
    let syntax = &view.pack.syntax;
    let item = |class, roles, verb| Item { roles, verb, ..Item::new(class, at) };
    if token.is_number() {
        return item(Class::Number, 0, None);
    }
    if !token.is_word() {
        let class = match token.symbol.as_mark() {
            // «工厂、车间»: joins like to like.
            Some('、') if view.pack.unspaced() => Class::Coordinator,
            Some(',' | '，' | '、') => Class::Comma,
            Some('.' | ';' | ':' | '!' | '?' | '…' | '。' | '；' | '：') => Class::Stop,
            Some('(' | '[' | '（') => Class::Open,
            Some(')' | ']' | '）') => Class::Close,
            Some('"' | '“' | '”' | '«' | '»' | '\'' | '‘' | '’') => Class::Quote,
            _ => Class::Other,
        };
        return item(class, 0, None);
    }
    let last = before.last();
    let known = syntax.word_roles(token.symbol);
    let mut own = known.unwrap_or(0);
    if view.pack.verb_second() {
        match told_apart(view, token, at, folded, own, before, sentence) {
            Told::Roles(roles) => own = roles,
            Told::Item(class, roles, verb) => return item(class, roles, verb),
        }
    }
    // «había dicho»: a participle, whatever else the word may be.
    let helped = before.iter().rev().find(|item| !matches!(item.class, Class::Adverb | Class::Negation));
    if helped.is_some_and(|item| item.class == Class::Verb && item.has(roles::AUXILIARY))
        && let Some(verb) = syntax.verb(folded).filter(|verb| verb.mood == Mood::Participle)
    {
        return item(Class::Verb, verb.roles, Some(verb));
    }
    if let Some(class) = closed(own) {
        let verb = if class == Class::Noun { syntax.verb(folded) } else { None };
        return item(class, own, verb);
    }
    let opens = at == sentence.first
        || last.is_some_and(|l| {
            let semicolon = view.tokens.get(l.first).is_some_and(|token| token.is(';'));
            matches!(l.class, Class::Stop | Class::Quote | Class::Open) && !semicolon
        });
    if token.is_capitalized() && !opens && !view.pack.capital_nouns() {
        return item(Class::Name(None), own, None);
    }
    let expected = || {
        let helper = before.iter().rev().find(|item| !matches!(item.class, Class::Adverb | Class::Negation))?;
        let mood = match helper.class {
            Class::Verb if helper.has(roles::AUXILIARY) => Mood::Participle,
            Class::Verb if helper.has(roles::MODAL) => Mood::Infinitive,
            Class::Verb if helper.has(roles::PASSIVE) => Mood::Participle,
            Class::Preposition if !helper.has(roles::SOURCE | roles::OF) => Mood::Infinitive,
            // «ha optimizado la red y lanzado el plan»
            _ => return None,
        };
        syntax.guess_mood(folded, mood)
    };
    if view.pack.adjectives_first() {
        let next = view.tokens.get(at + 1).filter(|_| at + 1 < sentence.end);
        let (class, roles, verb) = word_before_noun(view, token, folded, own, before, opens, next);
        return item(class, roles, verb);
    }
    // «a réduit», «a été réduit»: after a helper the participle of a form that may be either.
    let helped = |verb: VerbForm| {
        let helper = before
            .iter()
            .rev()
            .find(|item| !matches!(item.class, Class::Adverb | Class::Negation | Class::Clitic | Class::Determiner));
        let is = helper.is_none_or(|item| {
            item.class != Class::Verb && item.is_nominal() && last.is_some_and(Item::is_nominal)
                || item.class == Class::Verb && item.has(roles::AUXILIARY | roles::PASSIVE)
        });
        if is && verb.moods.has(Mood::Participle) && !view.pack.verbs_by_context() {
            return VerbForm { mood: Mood::Participle, telling: false, ..verb };
        }
        verb
    };
    // «speed» is no past.
    let open = known.is_none() || !view.pack.verbs_by_context();
    let guessed = || {
        let guess = if open { syntax.guess(folded) } else { None };
        guess.or_else(expected).filter(|_| own & roles::NOUN == 0)
    };
    if let Some(verb) = syntax.verb(folded).map(helped).or_else(guessed) {
        let class = verbal(&verb, own, before);
        // «la espera» expects nothing.
        let roles = if class == Class::Noun && own & roles::NOUN != 0 { own } else { own | verb.roles };
        return item(class, roles, Some(verb));
    }
    let graded = last.is_some_and(|l| l.has(roles::DEGREE))
        && before.len().checked_sub(2).and_then(|i| before.get(i)).is_some_and(Item::is_nominal);
    if own & roles::NOUN != 0 && !graded {
        return item(Class::Noun, own, None);
    }
    let ending = own | syntax.ending_roles(folded);
    let behind_noun = last.is_some_and(Item::is_nominal);
    // «generales e industriales»
    let paired = last.is_some_and(|l| l.class == Class::Coordinator)
        && before.len().checked_sub(2).and_then(|i| before.get(i)).is_some_and(|item| item.class == Class::Adjective)
        && ending & roles::ADJECTIVE != 0;
    let graded = !view.pack.head_last()
        && last.is_some_and(|l| l.has(roles::DEGREE))
        && before.len().checked_sub(2).and_then(|i| before.get(i)).is_some_and(Item::is_nominal);
    // «Haut de 87 mètres, l'ouvrage …»
    let listed = own & roles::ADJECTIVE != 0 && own & roles::NOUN == 0 && !view.pack.head_last();
    let class = if graded || paired || listed {
        Class::Adjective
    } else if ending & roles::ADVERB != 0 {
        Class::Adverb
    } else if ending & roles::NOUN != 0 {
        Class::Noun
    } else if ending & roles::ADJECTIVE != 0 && (behind_noun || view.pack.head_last()) {
        Class::Adjective
    } else if token.is_capitalized() && opens && known.is_none() && !view.pack.capital_nouns() {
        // The first word of a sentence: a name where the next word is one too, else a noun.
        Class::Noun
    } else if behind_noun && last.is_some_and(|l| l.class != Class::Adjective) && !view.pack.head_last() {
        Class::Adjective
    } else {
        Class::Noun
    };
    item(class, ending, None)
}

/// What the words around tell of a word with several classes.
enum Told {
    /// Its roles.
    Roles(Roles),
    /// All there is to know.
    Item(Class, Roles, Option<VerbForm>),
}

/// Tells classes apart where the verb's place is fixed: «der» is a determiner, a relative pronoun or ties an owner to a noun.
fn told_apart(
    view: View<'_>,
    token: Token,
    at: usize,
    folded: &str,
    own: Roles,
    before: &[Item],
    sentence: &Sentence,
) -> Told {
    let syntax = &view.pack.syntax;
    let last = before.last();
    let mut own = own;
    if own & roles::GENITIVE != 0
        && last.is_some_and(|last| last.is_nominal() || matches!(last.class, Class::Quantity(_)))
    {
        return Told::Item(Class::Preposition, own & !roles::DETERMINER | roles::PREPOSITION | roles::OF, None);
    }
    if own & roles::DETERMINER != 0 && own & roles::RELATIVE != 0 && !opens_relative(view, at, before, sentence) {
        own &= !roles::RELATIVE;
    }
    // «mehr als 3», «bis 2025»: opens a clause only behind a mark.
    if own & (roles::THAN | roles::PREPOSITION) != 0 && own & roles::SUBORDINATOR != 0 {
        let marked =
            last.is_none_or(|last| last.class == Class::Comma || own & roles::THAN == 0 && last.class == Class::Stop);
        own = if marked { own & !roles::PREPOSITION } else { own & !roles::SUBORDINATOR | roles::PREPOSITION };
    }
    let next = view.tokens.get(at + 1).filter(|_| at + 1 < sentence.end);
    let next_roles = next.map_or(0, |next| syntax.word_roles(next.symbol).unwrap_or(0));
    // «het 36 uur levert»: no determiner.
    if own & roles::DETERMINER != 0 && own & roles::PRONOUN != 0 {
        let goes_on = next.is_some_and(|next| {
            next.is_word()
                && closed(next_roles).is_none_or(|class| class == Class::Noun)
                && (next_roles & roles::NOUN != 0
                    || syntax.verb(&next.span.of(view.text).to_lowercase()).is_none_or(|verb| !verb.mood.is_finite()))
        });
        own &= if goes_on { !roles::PRONOUN } else { !roles::DETERMINER };
    }
    // «zijn» is a verb and a possessive.
    if own & roles::POSSESSIVE != 0
        && let Some(verb) = syntax.verb(folded)
        && (next.is_none_or(|next| !next.is_word() && !next.is_number())
            || last.is_some_and(|l| {
                l.is_nominal()
                    || matches!(
                        l.class,
                        Class::Date(_) | Class::Adverb | Class::Pronoun | Class::Relative | Class::Quantity(_)
                    )
            }))
    {
        return Told::Item(Class::Verb, verb.roles, Some(verb));
    }
    if view.pack.adjectives_first() && !view.pack.capital_nouns() && token.is_capitalized() && own & roles::ADVERB != 0
    {
        let begins =
            at == sentence.first || last.is_some_and(|l| matches!(l.class, Class::Stop | Class::Quote | Class::Open));
        if !begins {
            return Told::Item(Class::Name(None), 0, None);
        }
    }
    Told::Roles(own)
}

/// Whether a word that may be a determiner opens a relative clause: behind a comma, the verb at the clause's end.
fn opens_relative(view: View<'_>, at: usize, before: &[Item], sentence: &Sentence) -> bool {
    let comma = |item: Option<&Item>| item.is_some_and(|item| item.class == Class::Comma);
    let last = before.last();
    let second = before.len().checked_sub(2).and_then(|i| before.get(i));
    let own = view.tokens.get(at).and_then(|token| view.pack.syntax.word_roles(token.symbol)).unwrap_or(0);
    let behind = own & roles::RESTRICTIVE != 0 && last.is_some_and(Item::is_nominal);
    if !(behind || comma(last) || last.is_some_and(Item::is_preposition) && comma(second)) {
        return false;
    }
    let clause = view.tokens.get(at + 1..sentence.end).unwrap_or_default();
    // Verbs since here, and nothing else.
    let mut verbs = 0;
    for (index, token) in clause.iter().take_while(|token| token.is_word() || token.is_number()).enumerate() {
        let own = view.pack.syntax.word_roles(token.symbol).unwrap_or(0);
        let closed = own & (roles::NOUN | roles::PREPOSITION | roles::DETERMINER) != 0;
        let capital = token.is_capitalized() && view.pack.capital_nouns();
        let verb = || view.pack.syntax.verb(&token.span.of(view.text).to_lowercase());
        if verbs > 0 && own & (roles::COORDINATOR | roles::SUBORDINATOR) != 0 {
            break;
        }
        if token.is_word() && !closed && !capital && verb().is_some() {
            verbs += 1;
            if index == 0 && behind {
                return true;
            }
        } else if own & roles::INFINITIVE_MARK == 0 || verbs == 0 {
            verbs = 0;
        }
    }
    verbs > 0
}

const HELPERS: Roles = roles::AUXILIARY | roles::MODAL | roles::PASSIVE | roles::FUTURE;

/// A word of an open class where adjectives stand only before nouns.
fn word_before_noun(
    view: View<'_>,
    token: Token,
    folded: &str,
    own: Roles,
    before: &[Item],
    opens: bool,
    next: Option<&Token>,
) -> (Class, Roles, Option<VerbForm>) {
    let syntax = &view.pack.syntax;
    let capitals = view.pack.capital_nouns();
    let last = before.last().map(|item| item.class);
    let all = own | syntax.ending_roles(folded);
    if capitals && token.is_capitalized() {
        // «Genehmigt wurden 310»
        let helped = || {
            let next = next.map(|next| next.span.of(view.text).to_lowercase())?;
            syntax.verb(&next).filter(|verb| verb.mood.is_finite() && verb.roles & HELPERS != 0)
        };
        let fits =
            |verb: &VerbForm| opens && own & roles::NOUN == 0 && verb.mood != Mood::Infinitive && helped().is_some();
        let verb = syntax.verb(folded).filter(fits);
        return (if verb.is_some() { Class::Adjective } else { Class::Noun }, all, verb);
    }
    let before_noun = next.is_some_and(|next| {
        if !next.is_word() {
            return false;
        }
        let closed =
            syntax.word_roles(next.symbol).is_some_and(|own| closed(own).is_some_and(|class| class != Class::Noun));
        let folded = next.span.of(view.text).to_lowercase();
        let named = next.is_capitalized();
        let noun = syntax.word_roles(next.symbol).is_some_and(|own| own & roles::NOUN != 0);
        let attribute = syntax.ending_roles(&folded) & roles::ADJECTIVE != 0;
        !closed
            && if capitals {
                named || attribute && syntax.verb(&folded).is_none()
            } else {
                noun || syntax.verb(&folded).is_none()
            }
    });
    let opened = matches!(
        last,
        Some(
            Class::Determiner
                | Class::Preposition
                | Class::Adjective
                | Class::Quantity(_)
                | Class::Coordinator
                | Class::Adverb
        )
    );
    let attribute = all & roles::ADJECTIVE != 0;
    if let Some(verb) = syntax.verb(folded) {
        let own = own | verb.roles;
        let class = match verb.mood {
            _ if own & roles::NOUN != 0 && !matches!(last, Some(Class::Relative | Class::Clitic | Class::Name(_))) => {
                Class::Noun
            }
            _ if attribute && before_noun && opened => Class::Adjective,
            Mood::Infinitive if !capitals && last == Some(Class::Determiner) => Class::Noun,
            Mood::Participle => Class::Adjective,
            Mood::Infinitive | Mood::Gerund => Class::Verb,
            _ if !capitals && matches!(last, Some(Class::Determiner | Class::Preposition | Class::Adjective)) => {
                Class::Noun
            }
            _ => Class::Verb,
        };
        return (class, own, Some(verb));
    }
    let class = if own & roles::NOUN != 0 {
        Class::Noun
    } else if own & roles::ADJECTIVE != 0 {
        if before_noun { Class::Adjective } else { Class::Adverb }
    } else if attribute && before_noun {
        Class::Adjective
    } else if capitals || all & roles::ADVERB != 0 {
        Class::Adverb
    } else {
        Class::Noun
    };
    // An ending of adjectives is none of what an adverb says.
    (class, if class == Class::Adverb { all & !roles::ADJECTIVE } else { all }, None)
}

/// What a word is here that is a preposition in some places only.
pub(super) fn either(
    view: View<'_>,
    at: usize,
    own: Roles,
    before: &[Item],
    sentence: &Sentence,
    marks: Marks<'_>,
) -> Class {
    let syntax = &view.pack.syntax;
    let last = before.last();
    let counts = |token: Option<&Token>| {
        let token = token?;
        marks.quantities.iter().find(|m| m.span.start <= token.span.start && token.span.start < m.span.end)
    };
    // «ne … que 43 %»
    if own & roles::RELATIVE != 0 {
        let mut clause = before.iter().rev().take_while(|item| !matches!(item.class, Class::Stop | Class::Relative));
        let only = counts(view.tokens.get(at + 1)).is_some()
            && clause.any(|item| item.class == Class::Clitic && item.has(roles::EITHER));
        return if only { Class::Adverb } else { Class::Relative };
    }
    if own & roles::PREPOSITION == 0 {
        return closed(own).unwrap_or(Class::Other);
    }
    // «la hausse des prix», but «des prix élevés»
    if own & roles::OF != 0 {
        let tied = last.is_some_and(|l| {
            l.is_nominal() || matches!(l.class, Class::Quantity(_) | Class::Adverb | Class::Date(_) | Class::Close)
        });
        return if tied { Class::Preposition } else { Class::Determiner };
    }
    let next = view.tokens.get(at + 1).filter(|_| at + 1 < sentence.end);
    let Some(next) = next else { return Class::Preposition };
    let roles = syntax.word_roles(next.symbol).unwrap_or(0);
    let counted = counts(Some(next));
    let folded: String = next.span.of(view.text).chars().flat_map(char::to_lowercase).collect();
    let verb = syntax.verb(&folded).filter(|_| roles & (roles::NOUN | roles::PREPOSITION | roles::DETERMINER) == 0);
    // «en produit», but «en produits»
    if own & roles::CLITIC != 0 {
        let amount = counts(view.tokens.get(at + 2)).is_some();
        let behind = |class: Class| {
            matches!(class, Class::Pronoun | Class::Clitic | Class::Negation | Class::Relative | Class::Name(_))
        };
        let is = counted.is_none()
            && verb.is_some_and(|verb| {
                verb.mood.is_finite() && (amount || verb.telling || last.is_some_and(|last| behind(last.class)))
            });
        return if is { Class::Clitic } else { Class::Preposition };
    }
    // «a 10 km», «a um total», «a construir», but «a rede», «a segunda»
    let governs = match counted {
        Some(mark) => {
            marks.kinds.get(mark.index).is_some_and(|quantity| !matches!(quantity.kind, Kind::Ordinal | Kind::Ratio))
        }
        None => {
            !next.is_word()
                || next.is_number()
                || roles & (roles::DETERMINER | roles::PRONOUN | roles::ADVERB | roles::PREPOSITION) != 0
                || verb.is_some_and(|verb| verb.mood == Mood::Infinitive)
        }
    };
    if governs { Class::Preposition } else { Class::Determiner }
}

/// The class of a word that belongs to a closed one.
pub(super) fn closed(own: Roles) -> Option<Class> {
    let table = [
        (roles::RELATIVE, Class::Relative),
        (roles::SUBORDINATOR, Class::Subordinator),
        (roles::COORDINATOR, Class::Coordinator),
        (roles::PREPOSITION, Class::Preposition),
        (roles::NEGATION, Class::Negation),
        (roles::DETERMINER, Class::Determiner),
        (roles::PRONOUN, Class::Pronoun),
        (roles::CLITIC, Class::Clitic),
        (roles::ADVERB, Class::Adverb),
        (roles::UP | roles::DOWN, Class::Noun),
    ];
    table.into_iter().find(|(role, _)| own & role != 0).map(|(_, class)| class)
}

/// Whether a clause has begun that has no verb yet, but a subject.
fn opens_clause(before: &[Item]) -> bool {
    let opener = before.iter().rposition(|item| {
        matches!(item.class, Class::Relative | Class::Subordinator | Class::Stop | Class::Comma) || item.is_finite()
    });
    let relative = opener.filter(|at| before.get(*at).is_some_and(|item| item.class == Class::Relative));
    relative.is_some_and(|at| {
        before.get(at + 1).is_some_and(|item| item.class == Class::Determiner)
            && before.last().is_some_and(Item::is_nominal)
    })
}

/// What a word that may be a verb is behind the items before it.
fn verbal(verb: &VerbForm, own: Roles, before: &[Item]) -> Class {
    let last = before.last();
    let class = last.map(|item| item.class);
    match verb.mood {
        Mood::Infinitive => match class {
            Some(Class::Determiner) => Class::Noun,
            _ => Class::Verb,
        },
        Mood::Gerund => Class::Verb,
        Mood::Participle => {
            let helper =
                before.iter().rev().take(3).find(|item| !matches!(item.class, Class::Adverb | Class::Negation));
            match helper {
                Some(item) if item.class == Class::Verb && item.has(roles::AUXILIARY | roles::PASSIVE) => Class::Verb,
                _ if own & roles::NOUN != 0 => Class::Noun,
                Some(item) if item.class == Class::Determiner || item.has(roles::DETERMINER) => Class::Noun,
                _ => Class::Adjective,
            }
        }
        _ if own & roles::NOUN != 0 => match class {
            Some(Class::Clitic | Class::Relative | Class::Negation | Class::Name(_)) => Class::Verb,
            _ => Class::Noun,
        },
        Mood::Subjunctive if verb.telling => Class::Verb,
        // «se espera que las temperaturas bajen»
        Mood::Subjunctive if !verb.guessed && opens_clause(before) => Class::Verb,
        Mood::Subjunctive => match class {
            Some(Class::Relative | Class::Negation | Class::Clitic | Class::Subordinator) => Class::Verb,
            Some(Class::Noun | Class::Name(_)) if verb.guessed => Class::Verb,
            Some(Class::Noun) => Class::Adjective,
            _ => Class::Noun,
        },
        Mood::Future | Mood::Conditional => Class::Verb,
        Mood::Indicative => match class {
            _ if verb.telling && !verb.guessed => Class::Verb,
            Some(Class::Determiner | Class::Preposition | Class::Quantity(_)) => Class::Noun,
            // «dará trabajo»
            Some(Class::Verb) if last.is_some_and(|item| !item.has(roles::REPORT)) => Class::Noun,
            _ => Class::Verb,
        },
    }
}
