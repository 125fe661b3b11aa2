//! What the linking of quantities needs to know about a language: word classes and verbs.
//!
//! `syntax.tsv` gives words and endings their roles (`determiner⇥el|la`, `noun⇥-ción|-dad`), `predicates.tsv` and `verbs.tsv` the
//! lemmas with theirs (`subir⇥up`), and `inflection.tsv` the endings of their forms with their moods, so that «subirá» is the
//! future of `subir` without a list of its forms. A word of no list that ends as only verbs do (`*ará`) is read as one all the
//! same; its lemma is then a guess.

mod mood;
mod roles;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization as _;

use super::lexicon::Builder;
use super::table::Row;
use crate::text::Symbol;

pub use mood::{Mood, Moods, VerbForm};
pub use roles::*;

/// A form that the tables list.
#[derive(Clone, Copy, Debug)]
struct Listed {
    lemma: u32,
    moods: Moods,
    /// The table names its mood.
    explicit: bool,
}

/// What stands around a stem: «ge…t».
#[derive(Debug)]
struct Circumfix {
    before: Box<str>,
    behind: Box<str>,
    ending: Ending,
}

/// A word of several symbols, where no blanks part words.
#[derive(Debug)]
struct Sequence {
    symbols: Box<[Symbol]>,
    roles: Roles,
    lemma: Option<u32>,
}

#[derive(Debug)]
struct Lemma {
    text: Box<str>,
    roles: Roles,
}

/// One way in which verbs form their forms.
#[derive(Debug, Clone)]
struct Ending {
    group: u16,
    mood: Mood,
    /// Only verbs end so.
    telling: bool,
    /// … where the stem is that of a verb.
    known: bool,
}

/// Word classes and verbs of a pack.
#[derive(Debug, Default)]
pub struct Syntax {
    words: FxHashMap<Symbol, Roles>,
    /// Endings of nouns and adjectives, by their bytes, and the lengths there are, longest first.
    endings: FxHashMap<Box<str>, Roles>,
    lengths: Vec<usize>,
    /// The ending of the infinitive, by group.
    groups: Vec<Box<str>>,
    verb_endings: FxHashMap<Box<str>, Vec<Ending>>,
    longest: usize,
    stems: FxHashMap<Box<str>, Vec<(u16, u32)>>,
    irregular: FxHashMap<Box<str>, Listed>,
    /// The infinitive without a mark is the present too: «they rise».
    bare_present: bool,
    lemmas: Vec<Lemma>,
    circumfixes: Vec<Circumfix>,
    /// What verbs part from, the longest first.
    particles: Vec<Box<str>>,
    /// What stands between such a particle and an infinitive: «auszubauen».
    marks: Vec<Box<str>>,
    /// Words of several symbols, by their first one, the longest first.
    sequences: FxHashMap<Symbol, Vec<Sequence>>,
    /// No blanks part the words, so that one may be several symbols.
    pub(super) unspaced: bool,
    /// How an infinitive becomes reflexive: what it loses at its end, and what is set before or behind it.
    reflexive: Vec<(Box<str>, Box<str>)>,
    /// The prepositions that contractions stand for: «pelo» `por`.
    plain: FxHashMap<Symbol, (Symbol, Box<str>)>,
}

/// A letter without its marks: the first of what it is composed of.
fn unmarked(letter: char) -> char {
    std::iter::once(letter).nfd().next().unwrap_or(letter)
}

/// No word has more symbols.
const LONGEST: usize = 8;

/// The roles that a cell names.
fn roles_of(row: &Row<'_>, column: usize) -> Result<Roles, super::Error> {
    let mut all = 0;
    for name in row.forms(column) {
        match ROLES.iter().find(|(text, _)| *text == name) {
            Some((_, role)) => all |= role,
            // Classes of verbs.tsv that other mechanisms ask for.
            None if column == 1 => {}
            None => return Err(row.error(column, format!("'{name}' is no role; see CONTRIBUTING.md"))),
        }
    }
    Ok(all)
}

impl Syntax {
    /// Takes in a row of `syntax.tsv`: roles, words and endings; `pelo:por` names the preposition of a contraction.
    pub(super) fn add_words(&mut self, row: &Row<'_>, builder: &mut Builder) -> Result<(), super::Error> {
        let roles = roles_of(row, 0)?;
        for form in row.forms(1) {
            // «-se» or «--se» behind the infinitive («fixarse», «fixar-se»), «se-» before it, «aeiou:s'-» before one that begins
            // so, «-re:rsi» in place of its end
            if roles & REFLEXIVE != 0 && (form.starts_with('-') || form.ends_with('-')) {
                let (form, end) = form.split_once(':').map_or((form, None), |(end, form)| (form, Some(end)));
                self.reflexive.push((end.map_or("", |end| end.trim_start_matches('-')).into(), form.into()));
                self.reflexive.sort_by_key(|(end, _)| std::cmp::Reverse(end.len()));
                continue;
            }
            if let Some(ending) = form.strip_prefix('-') {
                *self.endings.entry(ending.into()).or_default() |= roles;
                if !self.lengths.contains(&ending.len()) {
                    self.lengths.push(ending.len());
                    self.lengths.sort_unstable_by_key(|length| std::cmp::Reverse(*length));
                }
                continue;
            }
            if self.unspaced {
                let symbols = builder.intern(form);
                self.add_sequence(symbols, roles, None);
                continue;
            }
            let (form, plain) = form.split_once(':').map_or((form, None), |(form, plain)| (form, Some(plain)));
            match builder.intern(form).as_slice() {
                [symbol] if *symbol != Symbol::UNKNOWN => {
                    *self.words.entry(*symbol).or_default() |= roles;
                    if let Some(plain) = plain {
                        let whole = builder.intern(plain).first().copied().unwrap_or(Symbol::UNKNOWN);
                        self.plain.insert(*symbol, (whole, plain.into()));
                    }
                    if roles & PARTICLE != 0 {
                        self.particles.push(form.into());
                        self.particles.sort_by_key(|particle| std::cmp::Reverse(particle.len()));
                    }
                    if roles & INFINITIVE_MARK != 0 {
                        self.marks.push(form.into());
                    }
                }
                _ => return Err(row.error(1, format!("'{form}' is not one word"))),
            }
        }
        Ok(())
    }

    fn add_sequence(&mut self, symbols: Vec<Symbol>, roles: Roles, lemma: Option<u32>) {
        let Some(first) = symbols.first().copied() else { return };
        let known = self.sequences.entry(first).or_default();
        match known.iter_mut().find(|known| *known.symbols == *symbols) {
            Some(known) => {
                known.roles |= roles;
                known.lemma = known.lemma.or(lemma);
            }
            None => known.push(Sequence { symbols: symbols.into(), roles, lemma }),
        }
        known.sort_by_key(|sequence| std::cmp::Reverse(sequence.symbols.len()));
    }

    /// The longest word that a row of symbols begins with: how many symbols it has, its roles, and its verb.
    #[must_use]
    pub fn longest(
        &self,
        symbols: &mut dyn Iterator<Item = Symbol>,
        most: usize,
    ) -> Option<(usize, Roles, Option<VerbForm>)> {
        let symbols: Vec<Symbol> = symbols.take(most.min(LONGEST)).collect();
        let found =
            self.sequences.get(symbols.first()?)?.iter().find(|sequence| symbols.starts_with(&sequence.symbols))?;
        let verb = found.lemma.and_then(|lemma| self.lemmas.get(lemma as usize)).map(|lemma| VerbForm {
            lemma: lemma.text.clone(),
            roles: lemma.roles,
            mood: Mood::Indicative,
            guessed: false,
            telling: true,
            moods: Moods::of(Mood::Indicative),
        });
        Some((found.symbols.len(), found.roles, verb))
    }

    /// Takes in a row of `inflection.tsv`: ending of the infinitive, endings of forms, mood.
    pub(super) fn add_endings(&mut self, row: &Row<'_>) -> Result<(), super::Error> {
        let mood =
            Mood::parse(row.cell(2)).ok_or_else(|| row.error(2, format!("'{}' is no mood of verbs", row.cell(2))))?;
        let group = self.group(row.cell(0));
        for form in row.forms(1) {
            // `+`: only verbs of the tables end so.
            let (telling, known) = (form.starts_with(['*', '+']), form.starts_with('+'));
            let ending = form.trim_start_matches(['*', '+']);
            if let Some((before, behind)) = ending.split_once('…') {
                let ending = Ending { group, mood, telling, known };
                self.circumfixes.push(Circumfix { before: before.into(), behind: behind.into(), ending });
                continue;
            }
            let ending = if ending == "0" { "" } else { ending };
            self.bare_present |= ending == row.cell(0) && mood == Mood::Indicative;
            self.longest = self.longest.max(ending.len());
            self.verb_endings.entry(ending.into()).or_default().push(Ending { group, mood, telling, known });
        }
        Ok(())
    }

    fn group(&mut self, ending: &str) -> u16 {
        let found = self.groups.iter().position(|group| **group == *ending);
        let index = found.unwrap_or_else(|| {
            self.groups.push(ending.into());
            let infinitive = Ending { group: 0, mood: Mood::Infinitive, telling: false, known: false };
            let index = self.groups.len() - 1;
            let group = u16::try_from(index).unwrap_or(u16::MAX);
            self.verb_endings.entry(ending.into()).or_default().push(Ending { group, ..infinitive });
            self.longest = self.longest.max(ending.len());
            index
        });
        u16::try_from(index).unwrap_or(u16::MAX)
    }

    /// Takes in a row of `predicates.tsv` or `verbs.tsv`: lemmas, roles, irregular forms (`puesto:participle`) and further
    /// stems (`pierd-`).
    pub(super) fn add_verbs(&mut self, row: &Row<'_>, builder: &mut Builder) -> Result<(), super::Error> {
        let roles = roles_of(row, 1)?;
        for lemma in row.forms(0) {
            let known = self.lemmas.iter().position(|known| *known.text == *lemma);
            let index = known.unwrap_or_else(|| {
                self.lemmas.push(Lemma { text: lemma.into(), roles: 0 });
                self.lemmas.len() - 1
            });
            if let Some(known) = self.lemmas.get_mut(index) {
                known.roles |= roles;
            }
            let index = u32::try_from(index).unwrap_or(u32::MAX);
            let group = self.groups.iter().enumerate().filter(|(_, ending)| lemma.ends_with(&***ending));
            let group = group.max_by_key(|(_, ending)| ending.len()).map(|(group, ending)| (group, ending.len()));
            if let Some((group, length)) = group {
                let group = u16::try_from(group).unwrap_or(u16::MAX);
                let stem = lemma.get(..lemma.len() - length).unwrap_or(lemma);
                let further = row.forms(2).filter_map(|form| form.strip_suffix('-'));
                for stem in std::iter::once(stem).chain(further) {
                    let entry = self.stems.entry(stem.into()).or_default();
                    if !entry.contains(&(group, index)) {
                        entry.push((group, index));
                    }
                }
            }
            if self.unspaced {
                let symbols = builder.intern(lemma);
                self.add_sequence(symbols, 0, Some(index));
                continue;
            }
            let listed = Listed { lemma: index, moods: Moods::of(Mood::Infinitive), explicit: false };
            let other = self.irregular.get(lemma).and_then(|known| self.lemmas.get(known.lemma as usize));
            // «ansteigen» is no form of `steigen`, though verbs.tsv has it for one.
            if other.is_some_and(|other| *other.text != *lemma && lemma.ends_with(&*other.text)) {
                self.irregular.insert(lemma.into(), listed);
            }
            self.irregular.entry(lemma.into()).or_insert(listed);
            for form in row.forms(2).filter(|form| !form.ends_with('-')) {
                let (form, mood) = form.split_once(':').unwrap_or((form, ""));
                let explicit = !mood.is_empty();
                let mood = match mood {
                    "" => self.mood_by_ending(form),
                    name => Mood::parse(name).ok_or_else(|| row.error(2, format!("'{name}' is no mood of verbs")))?,
                };
                self.list(form, Listed { lemma: index, moods: Moods::of(mood), explicit });
            }
        }
        Ok(())
    }

    /// Lists a form: a mood that a table names counts more than one that none does, and several add up.
    fn list(&mut self, form: &str, listed: Listed) {
        match self.irregular.get_mut(form) {
            Some(known) if known.explicit && !listed.explicit => {}
            Some(known) if known.explicit && listed.explicit => {
                if known.lemma == listed.lemma {
                    known.moods = known.moods.and(listed.moods);
                }
            }
            _ => {
                self.irregular.insert(form.into(), listed);
            }
        }
    }

    /// The mood of an irregular form: what its longest ending says that is not found in the indicative.
    fn mood_by_ending(&self, form: &str) -> Mood {
        let mut ends = form.char_indices().map(|(at, _)| at).filter(|at| *at > 0);
        let telling = ends
            .find_map(|at| self.verb_endings.get(form.get(at..)?).filter(|e| e.iter().any(|e| e.telling && !e.known)));
        telling.and_then(|endings| endings.first()).map_or(Mood::Indicative, |ending| ending.mood)
    }

    /// The roles of a word by itself or by its ending; `folded` is its lower-cased form.
    #[must_use]
    pub fn roles(&self, symbol: Symbol, folded: &str) -> Roles {
        self.word_roles(symbol).unwrap_or_else(|| self.ending_roles(folded))
    }

    /// The roles of a word of the tables.
    #[must_use]
    pub fn word_roles(&self, symbol: Symbol) -> Option<Roles> {
        if symbol == Symbol::UNKNOWN {
            return None;
        }
        self.words.get(&symbol).copied()
    }

    /// The preposition that a contraction stands for.
    #[must_use]
    pub fn plain(&self, symbol: Symbol) -> Option<&str> {
        self.plain.get(&symbol).map(|(_, plain)| &**plain)
    }

    /// The same as a symbol.
    #[must_use]
    pub fn plain_symbol(&self, symbol: Symbol) -> Option<Symbol> {
        self.plain.get(&symbol).map(|(plain, _)| *plain)
    }

    /// The roles that a word's ending gives it.
    #[must_use]
    pub fn ending_roles(&self, folded: &str) -> Roles {
        let ends = self.lengths.iter().filter_map(|length| folded.len().checked_sub(*length).filter(|at| *at > 1));
        ends.filter_map(|at| folded.get(at..)).find_map(|ending| self.endings.get(ending)).copied().unwrap_or(0)
    }

    /// Whether the pack knows verbs at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lemmas.is_empty()
    }

    /// The verb of which a lower-cased word is a form, by the tables.
    #[must_use]
    pub fn verb(&self, folded: &str) -> Option<VerbForm> {
        let form = |index: u32, mood: Mood, moods: Moods, telling: bool| {
            let lemma = self.lemmas.get(index as usize)?;
            Some(VerbForm { lemma: lemma.text.clone(), roles: lemma.roles, mood, guessed: false, telling, moods })
        };
        if let Some(found) = self.irregular.get(folded) {
            let mood = found.moods.first();
            let bare = self.bare_present && !found.explicit && mood == Mood::Infinitive;
            let moods = if bare { found.moods.and(Moods::of(Mood::Indicative)) } else { found.moods };
            return form(found.lemma, mood, moods, mood.is_finite());
        }
        // «desprenderse»
        let ending = self.reflexive.first().and_then(|(_, form)| form.strip_prefix('-'));
        if let Some(found) = ending.and_then(|ending| folded.strip_suffix(ending))
            && let Some(found) = self.verb(found).filter(|verb| verb.mood == Mood::Infinitive)
        {
            return Some(VerbForm { lemma: folded.into(), ..found });
        }
        let found = self.by_endings(folded);
        if found.is_some() {
            return found;
        }
        // «divídese»: the clitic behind the verb moves its accent.
        let stem = ending.and_then(|ending| folded.strip_suffix(ending)).filter(|stem| stem.len() > 3)?;
        let plain: String = stem.chars().map(unmarked).collect();
        [stem, &*plain]
            .into_iter()
            .find_map(|stem| match ending.is_some_and(|ending| ending.starts_with('-')) {
                true => self.verb(stem),
                false => (!self.irregular.contains_key(stem)).then(|| self.by_endings(stem)).flatten(),
            })
            .filter(|verb| verb.mood.is_finite())
    }

    /// The verb that the endings make of a stem.
    fn by_endings(&self, folded: &str) -> Option<VerbForm> {
        let form = |index: u32, mood: Mood, moods: Moods, telling: bool| {
            let lemma = self.lemmas.get(index as usize)?;
            Some(VerbForm { lemma: lemma.text.clone(), roles: lemma.roles, mood, guessed: false, telling, moods })
        };
        let shortest = folded.len().saturating_sub(self.longest);
        for (at, _) in folded.char_indices().chain([(folded.len(), ' ')]).filter(|(at, _)| *at >= shortest) {
            let (stem, ending) = folded.split_at(at);
            let (Some(stems), Some(endings)) = (self.stems.get(stem), self.verb_endings.get(ending)) else { continue };
            let found = endings.iter().find_map(|ending| {
                // A verb that is its whole group has no stem: «mettre», but not «ir».
                let group = self.groups.get(usize::from(ending.group)).map_or(0, |group| group.len());
                let stems = stems.iter().filter(|_| at > 0 || group > 3);
                stems.clone().find(|(group, _)| *group == ending.group).map(|(_, lemma)| (*lemma, ending))
            });
            if let Some((lemma, ending)) = found {
                let alike = endings.iter().filter(|other| other.group == ending.group);
                let moods = alike.fold(Moods::default(), |all, other| all.and(Moods::of(other.mood)));
                return form(lemma, ending.mood, moods, ending.telling);
            }
        }
        for around in &self.circumfixes {
            let stem = folded.strip_prefix(&*around.before).and_then(|rest| rest.strip_suffix(&*around.behind));
            let stems = stem.and_then(|stem| self.stems.get(stem));
            if let Some((_, lemma)) =
                stems.and_then(|stems| stems.iter().find(|(group, _)| *group == around.ending.group))
            {
                let mood = around.ending.mood;
                return form(*lemma, mood, Moods::of(mood), around.ending.telling);
            }
        }
        self.particles.iter().find_map(|particle| {
            let rest = folded.strip_prefix(&**particle).filter(|rest| rest.len() > 2)?;
            let marked = self.marks.iter().find_map(|mark| rest.strip_prefix(&**mark)).and_then(|rest| self.verb(rest));
            if let Some(verb) = marked.filter(|verb| verb.mood == Mood::Infinitive) {
                let joined = self.joined(particle, &verb);
                return Some(VerbForm { roles: joined.roles | INFINITIVE_MARK, ..joined });
            }
            // A finite form stands apart from its particle but at the end of some clauses: only verbs of the tables are read so.
            let joined = self.verb(rest).map(|verb| self.joined(particle, &verb));
            joined.filter(|verb| !verb.guessed || !verb.mood.is_finite())
        })
    }

    /// A verb with the particle that stands apart from it: «an» and «stieg» are a form of `ansteigen`.
    #[must_use]
    pub fn joined(&self, particle: &str, verb: &VerbForm) -> VerbForm {
        let lemma: Box<str> = format!("{particle}{}", verb.lemma).into();
        let known = self.irregular.get(&lemma).and_then(|known| self.lemmas.get(known.lemma as usize));
        let roles = known.map_or(0, |lemma| lemma.roles);
        VerbForm { lemma, roles, guessed: known.is_none(), telling: false, ..verb.clone() }
    }

    /// The verb that a word of no table is where only this mood can stand: a participle behind «ha».
    #[must_use]
    pub fn guess_mood(&self, folded: &str, mood: Mood) -> Option<VerbForm> {
        let around = self.circumfixes.iter().filter(|around| around.ending.mood == mood).find_map(|around| {
            let stem = folded.strip_prefix(&*around.before)?.strip_suffix(&*around.behind)?;
            Some((stem, self.groups.get(usize::from(around.ending.group))?))
        });
        if let Some((stem, infinitive)) = around.filter(|(stem, _)| stem.len() > 1) {
            let lemma = format!("{stem}{infinitive}").into();
            return Some(VerbForm { lemma, roles: 0, mood, guessed: true, telling: false, moods: Moods::of(mood) });
        }
        let parted = self.particles.iter().find_map(|particle| {
            let rest = folded.strip_prefix(&**particle).filter(|rest| rest.len() > 3)?;
            let verb = self.guess_mood(rest, mood)?;
            Some(self.joined(particle, &verb))
        });
        if parted.is_some() {
            return parted;
        }
        let shortest = folded.len().saturating_sub(self.longest);
        let ends = folded.char_indices().map(|(at, _)| at).filter(|at| *at >= shortest && *at > 1);
        for at in ends {
            let (stem, ending) = folded.split_at(at);
            let Some(endings) = self.verb_endings.get(ending) else { continue };
            if let Some(ending) = endings.iter().find(|ending| ending.mood == mood) {
                let infinitive = self.groups.get(usize::from(ending.group))?;
                return Some(VerbForm {
                    lemma: format!("{stem}{infinitive}").into(),
                    roles: 0,
                    mood,
                    guessed: true,
                    telling: false,
                    moods: Moods::of(mood),
                });
            }
        }
        None
    }

    /// The reflexive infinitive, where the language has one: «situarse», «se situer», «situarsi».
    #[must_use]
    pub fn reflexive(&self, lemma: &str) -> Option<String> {
        let first = lemma.chars().next().map(unmarked)?;
        self.reflexive.iter().find_map(|(end, form)| match form.strip_suffix('-') {
            // «aeiou:s'-»: before these letters; «se-» before all.
            Some(before) if end.is_empty() => Some(format!("{before} {lemma}")),
            Some(before) => end.contains(first).then(|| format!("{before}{lemma}")),
            None => {
                let stem = lemma.strip_suffix(&**end)?;
                Some(format!("{stem}{}", form.strip_prefix('-').unwrap_or(form)))
            }
        })
    }

    /// The verb that a word of no table must be by its ending.
    #[must_use]
    pub fn guess(&self, folded: &str) -> Option<VerbForm> {
        let shortest = folded.len().saturating_sub(self.longest);
        let ends = folded.char_indices().map(|(at, _)| at).filter(|at| *at >= shortest && *at > 2);
        for at in ends {
            let (stem, ending) = folded.split_at(at);
            let Some(endings) = self.verb_endings.get(ending) else { continue };
            if let Some(ending) = endings.iter().find(|ending| ending.telling && !ending.known) {
                let infinitive = self.groups.get(usize::from(ending.group))?;
                let lemma = format!("{stem}{infinitive}").into();
                let alike = endings.iter().filter(|other| other.group == ending.group);
                let moods = alike.fold(Moods::default(), |all, other| all.and(Moods::of(other.mood)));
                return Some(VerbForm { lemma, roles: 0, mood: ending.mood, guessed: true, telling: true, moods });
            }
        }
        None
    }
}
