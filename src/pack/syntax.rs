//! What the linking of quantities needs to know about a language: word classes and verbs.
//!
//! `syntax.tsv` gives words and endings their roles (`determiner⇥el|la`, `noun⇥-ción|-dad`), `predicates.tsv` and `verbs.tsv` the
//! lemmas with theirs (`subir⇥up`), and `inflection.tsv` the endings of their forms with their moods, so that «subirá» is the
//! future of `subir` without a list of its forms. A word of no list that ends as only verbs do (`*ará`) is read as one all the
//! same; its lemma is then a guess.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization as _;

use super::lexicon::Builder;
use super::table::Row;
use crate::text::Symbol;

/// A set of roles of a word or a verb; see the constants.
pub type Roles = u64;

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident $text:literal = $bit:literal;)*) => {
        $($(#[$doc])* pub const $name: Roles = 1 << $bit;)*
        /// The roles by the names that tables use.
        pub(crate) const ROLES: &[(&str, Roles)] = &[$(($text, $name)),*];
    };
}

roles! {
    /// Opens a noun phrase: «el», «the».
    DETERMINER "determiner" = 0;
    /// Governs a noun phrase.
    PREPOSITION "preposition" = 1;
    /// Ties a noun phrase to the noun before it: «de», "of".
    OF "of" = 2;
    /// Before a level that a change reached: «hasta», «a».
    TO "to" = 3;
    /// Before a level that a change left: «desde», «de».
    FROM "from" = 4;
    /// Joins like to like: «y», "and".
    COORDINATOR "coordinator" = 5;
    /// Opens a relative clause: «que», "which".
    RELATIVE "relative" = 6;
    /// Opens a clause: «cuando», "because".
    SUBORDINATOR "subordinator" = 7;
    /// Stands for a noun phrase.
    PRONOUN "pronoun" = 8;
    /// Stands by a verb: «se», «le».
    CLITIC "clitic" = 9;
    /// Modifies a verb or a number.
    ADVERB "adverb" = 10;
    /// Turns the verb into its contrary: «no», "not".
    NEGATION "negation" = 11;
    /// Turns a noun phrase into its contrary: «sin», "without".
    WITHOUT "without" = 12;
    /// The bearer is named before: «su», "its".
    POSSESSIVE "possessive" = 13;
    /// A noun.
    NOUN "noun" = 14;
    /// An adjective.
    ADJECTIVE "adjective" = 15;
    /// A noun or verb of growth.
    UP "up" = 16;
    /// A noun or verb of fall.
    DOWN "down" = 17;
    /// Says that something is planned: «previsto».
    PLANNED "planned" = 18;
    /// Says that something is expected: «prevé».
    FORECAST "forecast" = 19;
    /// Says that something may be: «podría», «quizá».
    POSSIBLE "possible" = 20;
    /// Names who says so: «según».
    SOURCE "source" = 21;
    /// A common noun that stands for an organisation named before: «la compañía».
    FOR_ORG "for-org" = 22;
    /// … for a place: «la ciudad».
    FOR_LOC "for-loc" = 23;
    /// … for a person: «el presidente».
    FOR_PER "for-per" = 24;
    /// A verb that says somebody says so: «afirmó».
    REPORT "report" = 25;
    /// A verb that ties a name to what it is: «ser».
    COPULA "copula" = 26;
    /// Forms a tense with another verb: «haber».
    AUXILIARY "auxiliary" = 27;
    /// Forms the passive with a participle: «ser».
    PASSIVE "passive" = 28;
    /// Stands before the infinitive that counts: «poder», «volver a».
    MODAL "modal" = 29;
    /// A verb that names the property itself: «costar».
    PROPERTY "property" = 30;
    /// In the future tense, a result that is foreseen rather than planned: «crecerá», «obtendrá».
    OUTCOME "outcome" = 31;
    /// A noun that measures nothing by itself: «total», «nivel».
    HOLLOW "hollow" = 32;
    /// A noun of people: «personas», «muertos».
    PEOPLE "people" = 33;
    /// A preposition whose phrase a counted noun keeps: «en inteligencia artificial».
    KEPT "kept" = 34;
    /// Makes the participle before or behind it a future: the auxiliary of the future tense, "will".
    FUTURE "future" = 35;
    /// Comes before the infinitive: «a», "to".
    INFINITIVE_MARK "infinitive-mark" = 36;
    /// A verb whose subject reaches a level: «alcanzar», «situarse en».
    LEVEL "level" = 37;
    /// Whose the thing is: «cuyo», "whose".
    WHOSE "whose" = 38;
    /// Nobody acts: «hay», "there".
    EXISTENTIAL "existential" = 39;
    /// Behind an age: «años», "years old"; a noun of age.
    AGE "age" = 40;
    /// Names the agent of a passive: «por», "by".
    AGENT "agent" = 41;
    /// A hollow noun before what is counted: «un total de», «la mayoría de».
    PARTITIVE "partitive" = 42;
    /// Makes a verb reflexive: «se»; as an ending, what the infinitive then has: «-se».
    REFLEXIVE "reflexive" = 43;
    /// Opens another form of the amount before: «equivalente a».
    EQUIVALENT "equivalent" = 44;
    /// Grades the adjective behind it: «más», "very".
    DEGREE "degree" = 45;
    /// A verb of change whose two levels say which way: «pasar de … a …».
    SHIFT "shift" = 46;
    /// A preposition in some places, a determiner or a clitic in others: «a casa», «a 10 km».
    EITHER "either" = 59;
    /// A noun that says how many there are of what is tied to it: «número de empresas».
    COUNTER "counter" = 47;
    /// Parts from its verb and closes the clause: «an» in «stieg … an»; with the verb's forms it is one word, «angestiegen».
    PARTICLE "particle" = 48;
    /// A determiner that ties its noun to one right before it: «der» in «der Preis der Ware».
    GENITIVE "genitive" = 49;
    /// Opens what something is compared with: «als», "than".
    THAN "than" = 51;
    /// A relative pronoun that is the subject of its clause: «who».
    SUBJECT "subject" = 52;
    /// A preposition that verbs govern, so that it belongs to their name: «verfügen über».
    GOVERNED "governed" = 53;
    /// A relative pronoun that needs no comma before it.
    RESTRICTIVE "restrictive" = 54;
    /// A noun of time that says when without a preposition: "next year".
    TEMPORAL "temporal" = 55;
    /// A sign that says that something is done or goes on: «了».
    ASPECT "aspect" = 62;
    /// A sign between a number and what it counts, where nothing else is counted.
    CLASSIFIER "classifier" = 60;
    /// A verb of one sign that is one wherever it stands, not only next to a quantity.
    SIGN "sign" = 61;
    /// A determiner or pronoun that never opens a subject: «den».
    OBJECT "object" = 50;
    /// The mark behind an owner: the `s` of «the bank's»; also a name that owns the noun behind it: «Apple shares».
    OWNER_MARK "owner-mark" = 56;
    /// What an apostrophe ties to the word before it and that says nothing by itself: the `t` of «don't».
    TAIL "tail" = 57;
    /// Only told by its place: a participle or gerund that hangs on the noun before it («a ship carrying coal»).
    HANGS "hangs" = 58;
}

/// The form of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Present or past: something is said to be so.
    Indicative,
    /// «subirá».
    Future,
    /// «subiría».
    Conditional,
    /// «suba».
    Subjunctive,
    /// «subir».
    Infinitive,
    /// «subiendo».
    Gerund,
    /// «subido».
    Participle,
}

impl Mood {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "" | "indicative" => Self::Indicative,
            "future" => Self::Future,
            "conditional" => Self::Conditional,
            "subjunctive" => Self::Subjunctive,
            "infinitive" => Self::Infinitive,
            "gerund" => Self::Gerund,
            "participle" => Self::Participle,
            _ => return None,
        })
    }

    /// Whether the form has a subject of its own.
    #[must_use]
    pub fn is_finite(self) -> bool {
        !matches!(self, Self::Infinitive | Self::Gerund | Self::Participle)
    }
}

/// A verb form read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerbForm {
    /// The infinitive.
    pub lemma: Box<str>,
    /// The roles of the verb.
    pub roles: Roles,
    /// Its mood.
    pub mood: Mood,
    /// The lemma is in no table.
    pub guessed: bool,
    /// Only verbs end so: «ganaron».
    pub telling: bool,
    /// All the moods that the form may have.
    pub moods: Moods,
}

/// A set of moods.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moods(u8);

impl Moods {
    fn of(mood: Mood) -> Self {
        Self(1 << mood as u8)
    }

    fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the form may have this mood.
    #[must_use]
    pub fn has(self, mood: Mood) -> bool {
        self.0 & Self::of(mood).0 != 0
    }

    /// Whether the form may have more than one.
    #[must_use]
    pub fn is_ambiguous(self) -> bool {
        self.0.count_ones() > 1
    }

    /// The first of them.
    fn first(self) -> Mood {
        let all = [
            Mood::Indicative,
            Mood::Future,
            Mood::Conditional,
            Mood::Subjunctive,
            Mood::Infinitive,
            Mood::Gerund,
            Mood::Participle,
        ];
        all.into_iter().find(|mood| self.has(*mood)).unwrap_or(Mood::Indicative)
    }
}

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
