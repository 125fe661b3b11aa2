//! The roles that words and verbs may have, by the names that `syntax.tsv` and `predicates.tsv` use.
//!
//! `determiner|possessive⇥su|sus` makes «su» [`DETERMINER`] and [`POSSESSIVE`]. A role says what a mechanism of linking asks for; which words have it is each
//! language's own affair.

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
