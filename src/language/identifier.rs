//! The default identifier: script, then function words, then `lingua` where they do not decide.
//!
//! A long article is read in four windows spread over it, about 160 words; each paragraph in its first 60 at most.
//! So the cost of an article hardly grows with its length, and the slow models are asked about few texts, and see at
//! most 300 characters of each.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use lingua::{LanguageDetector, LanguageDetectorBuilder};
use rustc_hash::FxHashMap;

use super::evidence::{Error, Evidence, MOST_LANGUAGES};
use super::vote::{ByScript, HIT, Tally};
use super::{DocumentLanguages, Identified, LanguageCode, LanguageIdentifier};
use crate::text::Span;

/// Places of a long text that are read.
const WINDOWS: usize = 4;
/// Words read at each place.
const WINDOW_WORDS: u32 = 40;
/// Bytes read at each place, for scripts without spaces.
const WINDOW_BYTES: usize = 480;
/// Words read of a block.
const BLOCK_WORDS: u32 = 60;
/// Words read of a block between looks at the vote.
const BLOCK_STEP: u32 = 15;
/// Bytes read of a block.
const BLOCK_BYTES: usize = 720;
/// Lead, in hits, that makes a vote clear: `lingua` is not asked.
const CLEAR_LEAD: f32 = 1.5;
/// Lead, in hits, that makes the vote of a block clear: more, because its document speaks against it.
const BLOCK_LEAD: f32 = 3.0;
/// How far, in hits, the document's language must lag in a block to make it worth asking `lingua`.
const DOUBT_LEAD: f32 = 1.5;
/// Probability from which an answer is given rather than `und`.
const ANSWER: f64 = 0.5;
/// Probability from which a block differs from its document after `lingua` was asked.
const BLOCK_ANSWER: f64 = 0.95;
/// Letters below which `lingua` would only guess.
const LEAST_LETTERS: u32 = 10;
/// Words below which nothing but a script is believed.
const LEAST_WORDS: u32 = 2;
/// Letters of a script from which it decides a block.
const BLOCK_SCRIPT_LETTERS: u32 = 8;
/// Characters that `lingua` is shown.
const SAMPLE_CHARACTERS: usize = 300;
/// `lingua` is no surer than this against any language.
const LEAST_LIKELIHOOD: f64 = 0.01;
/// How far, in hits, a language may lag behind the leader and still be asked about: `lingua` could not carry it further.
const REACH: f32 = 1.6;
/// Languages that `lingua` is asked about at least: a choice of one would only be agreed with.
const LEAST_ASKED: usize = 4;
/// What a language `lingua` does not know gets of its best answer, and «none» in all.
const UNKNOWN_LIKELIHOOD: f64 = 0.3;

/// Identifies languages by script, function words and, where these are not clear, n-gram models.
///
/// Cheap to build; the models load when a text first needs them.
pub struct Identifier {
    evidence: Evidence,
    models: OnceLock<Models>,
}

/// `lingua` and which of the evidence's languages it knows.
struct Models {
    /// Indices into the evidence's languages, and `lingua`'s names for these.
    known: Vec<(usize, lingua::Language)>,
    /// A detector for each set of languages asked about, one bit a language. They share the models, which load one by one.
    detectors: RwLock<FxHashMap<u128, Arc<LanguageDetector>>>,
}

impl std::fmt::Debug for Identifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Identifier").field("languages", &self.evidence.languages).finish_non_exhaustive()
    }
}

/// An answer and how it came about; what [`Identifier::explain`] tells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decision {
    /// The answer.
    pub identified: Identified,
    /// Whether the models were asked.
    pub asked_models: bool,
}

impl Identifier {
    /// An identifier that knows what `evidence` tells: lines of `language <TAB> words <TAB> closed-class words` and
    /// `languages <TAB> script <TAB> code point ranges`. Texts of several files may be joined.
    ///
    /// ```
    /// use cuanto::language::{Identifier, LanguageIdentifier};
    /// let packs = cuanto::pack::Source::embedded();
    /// let identifier = Identifier::new(packs.file("und/identify.tsv").unwrap_or_default())?;
    /// assert_eq!(identifier.identify("La tasa de paro bajó al 11,2 % en el segundo trimestre").language.as_str(), "es");
    /// assert_eq!(identifier.identify("12,5 %").language.as_str(), "und");
    /// # Ok::<(), cuanto::language::Error>(())
    /// ```
    ///
    /// # Errors
    /// At the first line that cannot be used.
    pub fn new(evidence: &str) -> Result<Self, Error> {
        Ok(Self { evidence: Evidence::parse(evidence)?, models: OnceLock::new() })
    }

    /// The languages that the evidence tells apart.
    #[must_use]
    pub fn languages(&self) -> &[LanguageCode] {
        &self.evidence.languages
    }

    /// The languages that a script tells, all but those that only words tell.
    pub fn scripted(&self) -> impl Iterator<Item = LanguageCode> {
        self.evidence.scripts.iter().flatten().copied().filter(|code| !code.is_undetermined())
    }

    /// Those of [`languages`](Self::languages) that the models know, which are not loaded for this.
    pub fn modelled(&self) -> impl Iterator<Item = LanguageCode> {
        lingua::Language::all()
            .into_iter()
            .filter_map(|language| self.evidence.languages.get(index_of(&self.evidence.languages, language)?).copied())
    }

    /// The language of the whole `text` and of each of its `blocks` (byte spans in order).
    ///
    /// A block takes the document's language unless its own words clearly say otherwise. Where the document as a whole
    /// is undecided, or most of it stands in blocks of another language, the blocks decide for it.
    #[must_use]
    pub fn document(&self, text: &str, blocks: &[Span]) -> DocumentLanguages {
        let mut document = self.identify(text);
        // A block that does not say speaks for the document's language.
        let mut bytes_of: Vec<(LanguageCode, usize)> = Vec::new();
        let found: Vec<Option<LanguageCode>> = blocks
            .iter()
            .map(|block| {
                let clear = self.block(block.of(text), document.language);
                let language = clear.unwrap_or(document.language);
                match bytes_of.iter_mut().find(|(known, _)| *known == language) {
                    Some((_, bytes)) => *bytes += block.len(),
                    None => bytes_of.push((language, block.len())),
                }
                clear
            })
            .collect();
        bytes_of.retain(|(language, _)| !language.is_undetermined());
        let all: usize = bytes_of.iter().map(|(_, bytes)| bytes).sum();
        if let Some((most, bytes)) = bytes_of.iter().rev().max_by_key(|(_, bytes)| *bytes)
            && *most != document.language
        {
            document = Identified { language: *most, confidence: share(*bytes, all).min(0.99) };
        }
        DocumentLanguages {
            document,
            blocks: found.into_iter().map(|language| language.unwrap_or(document.language)).collect(),
        }
    }

    /// The language of `text`, and whether the models had to be asked.
    #[must_use]
    pub fn explain(&self, text: &str) -> Decision {
        let tally = self.tally(text);
        if let Some(identified) = Self::decided_by_script(&tally, &self.evidence) {
            return Decision { identified, asked_models: false };
        }
        if tally.words < LEAST_WORDS {
            return Decision { identified: Identified::NOTHING, asked_models: false };
        }
        let (_, lead) = tally.leader(self.evidence.languages.len());
        let ask = lead < CLEAR_LEAD && tally.letters() >= LEAST_LETTERS;
        let (language, probability) = self.posterior(&tally, ask.then_some(text));
        let identified = if probability >= ANSWER {
            Identified { language, confidence: probability }
        } else {
            Identified { language: LanguageCode::UNDETERMINED, confidence: probability }
        };
        Decision { identified, asked_models: ask }
    }

    /// Counts the windows of a text, or all of a short one.
    fn tally(&self, text: &str) -> Tally {
        let mut tally = Tally::new();
        if text.len() <= WINDOWS * WINDOW_BYTES {
            tally.count(&self.evidence, text, u32::MAX, true);
            return tally;
        }
        for window in 0..WINDOWS {
            let start = (text.len() - WINDOW_BYTES) / (WINDOWS - 1) * window;
            let mut sample = slice(text, start, start + WINDOW_BYTES);
            if window > 0 {
                // The first word is most likely a broken one.
                sample = sample.split_once(|c: char| c.is_whitespace()).map_or(sample, |(_, rest)| rest);
            }
            tally.count(&self.evidence, sample, WINDOW_WORDS, false);
        }
        tally
    }

    fn decided_by_script(tally: &Tally, evidence: &Evidence) -> Option<Identified> {
        match tally.by_script(evidence) {
            ByScript::Silent => None,
            ByScript::Language(language, letters) => {
                let confidence = (1.0 - 0.5 / f64::from(letters)).min(0.99);
                Some(if letters > 1 {
                    Identified { language, confidence }
                } else {
                    Identified { language: LanguageCode::UNDETERMINED, confidence: 0.3 }
                })
            }
        }
    }

    /// The language a block clearly is in, `None` where it does not say.
    fn block(&self, block: &str, document: LanguageCode) -> Option<LanguageCode> {
        let languages = &self.evidence.languages;
        let mut tally = Tally::new();
        let sample = slice(block, 0, BLOCK_BYTES);
        let mut rest = sample;
        loop {
            let read = tally.count(&self.evidence, rest, BLOCK_STEP, sample.len() == block.len());
            rest = rest.get(read..).unwrap_or_default();
            if let ByScript::Language(language, letters) = tally.by_script(&self.evidence)
                && letters >= BLOCK_SCRIPT_LETTERS
            {
                return Some(language);
            }
            let (leader, lead) = tally.leader(languages.len());
            let leader_code = languages.get(leader).copied().unwrap_or_default();
            if lead >= BLOCK_LEAD {
                return Some(leader_code);
            }
            if rest.is_empty() || tally.words >= BLOCK_WORDS {
                // Neighbours may share the lead (es, ca, gl): what counts is how far the document's own language lags.
                let own = languages.iter().position(|code| *code == document).map_or(0.0, |at| tally.score(at));
                if tally.score(leader) - own < DOUBT_LEAD || leader_code == document || tally.letters() < LEAST_LETTERS
                {
                    return None;
                }
                let (language, probability) = self.posterior(&tally, Some(sample));
                return (probability >= BLOCK_ANSWER && !language.is_undetermined()).then_some(language);
            }
        }
    }

    /// The likeliest language, «none» included, and its probability: odds by hits, times what the models say of `text`.
    fn posterior(&self, tally: &Tally, text: Option<&str>) -> (LanguageCode, f64) {
        let languages = &self.evidence.languages;
        let mut weights = [0.0_f64; MOST_LANGUAGES];
        let top = tally.score(tally.leader(languages.len()).0).max(tally.chance());
        let odds = |hits: f32| f64::from(HIT * (hits - top)).exp();
        let mut none = odds(tally.chance());
        for (index, weight) in weights.iter_mut().enumerate().take(languages.len()) {
            *weight = odds(tally.score(index));
        }
        if let Some(text) = text {
            let models = self.models.get_or_init(|| Models::of(languages));
            if let Some(likelihoods) = models.likelihoods(tally, top - REACH, text) {
                let best = likelihoods.iter().flatten().copied().fold(0.0, f64::max);
                for (weight, likelihood) in weights.iter_mut().zip(likelihoods) {
                    *weight *= likelihood.map_or(best * UNKNOWN_LIKELIHOOD, |value| value.max(LEAST_LIKELIHOOD));
                }
                none *= UNKNOWN_LIKELIHOOD;
            }
        }
        let sum: f64 = none + weights.iter().take(languages.len()).sum::<f64>();
        let best = weights.iter().take(languages.len()).copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
        match best {
            Some((index, weight)) if weight >= none && sum > 0.0 => {
                (languages.get(index).copied().unwrap_or_default(), (weight / sum).min(0.999))
            }
            _ => (LanguageCode::UNDETERMINED, 0.0),
        }
    }
}

impl Models {
    fn of(languages: &[LanguageCode]) -> Self {
        let known = lingua::Language::all();
        let known = known.into_iter().filter_map(|language| Some((index_of(languages, language)?, language))).collect();
        Self { known, detectors: RwLock::default() }
    }

    /// What the models say of `text` for those languages with at least so many hits, by index; `None` where they know none
    /// of these.
    fn likelihoods(&self, tally: &Tally, least: f32, text: &str) -> Option<[Option<f64>; MOST_LANGUAGES]> {
        let mut near = self.known.clone();
        near.sort_by(|a, b| tally.score(b.0).total_cmp(&tally.score(a.0)).then(a.0.cmp(&b.0)));
        let within = near.iter().take_while(|(index, _)| tally.score(*index) >= least).count();
        if within == 0 {
            return None;
        }
        near.truncate(within.max(LEAST_ASKED));
        let detector = self.detector(&near);
        let mut likelihoods = [None; MOST_LANGUAGES];
        for (language, confidence) in detector.compute_language_confidence_values(sample(text)) {
            let index = near.iter().find(|(_, known)| *known == language).map(|(index, _)| *index);
            if let Some(slot) = index.and_then(|index| likelihoods.get_mut(index)) {
                *slot = Some(confidence);
            }
        }
        Some(likelihoods)
    }

    fn detector(&self, near: &[(usize, lingua::Language)]) -> Arc<LanguageDetector> {
        let set = near.iter().fold(0_u128, |set, (index, _)| set | 1 << index);
        if let Some(detector) = self.detectors.read().unwrap_or_else(PoisonError::into_inner).get(&set) {
            return Arc::clone(detector);
        }
        let languages: Vec<lingua::Language> = near.iter().map(|(_, language)| *language).collect();
        let detector = Arc::new(LanguageDetectorBuilder::from_languages(&languages).build());
        Arc::clone(self.detectors.write().unwrap_or_else(PoisonError::into_inner).entry(set).or_insert(detector))
    }
}

impl LanguageIdentifier for Identifier {
    fn identify(&self, text: &str) -> Identified {
        self.explain(text).identified
    }
}

fn index_of(languages: &[LanguageCode], language: lingua::Language) -> Option<usize> {
    let code = LanguageCode::parse(&language.iso_code_639_1().to_string())?;
    languages.iter().position(|known| *known == code)
}

/// The bytes `start..end` of a text, moved to the nearest character borders inside.
fn slice(text: &str, start: usize, end: usize) -> &str {
    let start = (start..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let end = (start..=end.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(start);
    text.get(start..end).unwrap_or_default()
}

/// What the models are shown: a short text whole, of a long one its beginning and its middle.
fn sample(text: &str) -> String {
    let middle = text.len() / 2;
    if text.len() <= SAMPLE_CHARACTERS {
        return text.to_owned();
    }
    let half = SAMPLE_CHARACTERS / 2;
    format!("{} {}", slice(text, 0, half), slice(text, middle, middle + half))
}

#[expect(clippy::cast_precision_loss, reason = "byte counts of one document")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

    use proptest::prelude::*;

    use super::*;
    const EVIDENCE: &str = include_str!("../../packs/und/identify.tsv");

    const SPANISH: &str = "El ministerio publicó ayer las cifras de empleo, que son mejores de lo que se esperaba.";
    const ENGLISH: &str = "The ministry said that it would publish the figures for the second quarter on Monday.";

    fn identifier() -> &'static Identifier {
        static IDENTIFIER: OnceLock<Identifier> = OnceLock::new();
        IDENTIFIER.get_or_init(|| Identifier::new(EVIDENCE).unwrap())
    }

    fn code(text: &str) -> String {
        identifier().identify(text).language.to_string()
    }

    /// The joined paragraphs and their spans.
    fn article(paragraphs: &[&str]) -> (String, Vec<Span>) {
        let (mut text, mut blocks) = (String::new(), Vec::new());
        for paragraph in paragraphs {
            let start = u32::try_from(text.len()).unwrap();
            text.push_str(paragraph);
            blocks.push(Span::new(start, u32::try_from(text.len()).unwrap()));
            text.push_str("\n\n");
        }
        (text, blocks)
    }

    fn block_codes(paragraphs: &[&str]) -> (String, Vec<String>) {
        let (text, blocks) = article(paragraphs);
        let languages = identifier().document(&text, &blocks);
        (languages.document.language.to_string(), languages.blocks.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn sentences_are_named() {
        for (expected, text) in [
            ("es", SPANISH),
            ("en", ENGLISH),
            ("pt", "O ministério não quis dizer quando é que os números vão ser conhecidos."),
            ("gl", "O ministerio non quixo dicir cando van ser coñecidos os números da xente que ten unha axuda."),
            ("ca", "El ministeri no ha volgut dir quan es faran públiques les xifres amb els seus detalls."),
            ("fr", "Le ministère n’a pas voulu dire quand les chiffres seront publiés avec leurs détails."),
            ("it", "Il ministero non ha voluto dire quando saranno pubblicate le cifre della disoccupazione."),
            ("de", "Das Ministerium wollte nicht sagen, wann die Zahlen für das zweite Quartal kommen."),
            ("nl", "Het ministerie wilde niet zeggen wanneer de cijfers van het tweede kwartaal er zijn."),
            ("sv", "Ministeriet ville inte säga när siffrorna för det andra kvartalet kommer att vara klara."),
            ("pl", "Ministerstwo nie chciało powiedzieć, kiedy będą liczby za drugi kwartał tego roku."),
        ] {
            assert_eq!(code(text), expected, "{text}");
        }
    }

    #[test]
    fn capitals_and_missing_accents_change_nothing() {
        for text in [
            SPANISH.to_uppercase().as_str(),
            "EL PARO BAJA EN TODAS LAS REGIONES POR TERCER AÑO",
            "Tambien subio la inflacion en los paises de la region, segun el informe",
            "Tambie\u{301}n subio\u{301} la inflacio\u{301}n en los pai\u{301}ses, segu\u{301}n el informe",
        ] {
            assert_eq!(code(text), "es", "{text}");
        }
    }

    #[test]
    fn what_does_not_say_is_undetermined_with_low_confidence() {
        for text in
            ["", " \n", "12,5 %", "OK", "PIB 3,4 %", "1.234 2.345 3.456", "BBVA", "5 Ω", "COVID-19", "—", "hola"]
        {
            let identified = identifier().identify(text);
            assert!(identified.language.is_undetermined(), "{text:?} was read as {identified:?}");
            assert!(identified.confidence <= 0.5, "{text:?}: {identified:?}");
        }
    }

    #[test]
    fn scripts_decide_and_shared_scripts_are_left_to_words() {
        for (expected, text) in [
            ("zh", "国内生产总值增长百分之五"),
            ("ja", "日本の国内総生産は増加した"),
            ("ko", "국내총생산이 증가했다"),
            ("el", "Το ακαθάριστο εγχώριο προϊόν αυξήθηκε"),
            ("he", "התוצר המקומי הגולמי עלה"),
            ("th", "ผลิตภัณฑ์มวลรวมเพิ่มขึ้น"),
            ("ru", "Это было в первый раз за последние два года, но он не сказал, что будет после"),
            ("uk", "Це було вперше за останні два роки, але він не сказав, що буде після"),
            ("hi", "यह पिछले दो साल में पहली बार है और इसके बाद क्या होगा यह नहीं कहा"),
            ("ar", "قال الوزير إن هذا هو العام الذي كان من المتوقع أن يكون أكثر من ذلك"),
            ("und", "Ѫѫѫ Ѭѭѭѭ Ѯѯѯѯ"),
        ] {
            assert_eq!(code(text), expected, "{text}");
        }
    }

    #[test]
    fn a_document_that_mixes_languages_is_told_apart_by_paragraph() {
        let (document, blocks) = block_codes(&[SPANISH, ENGLISH, "12,5 %", SPANISH, "Το ακαθάριστο εγχώριο προϊόν"]);
        assert_eq!(document, "es");
        assert_eq!(blocks, ["es", "en", "es", "es", "el"]);
    }

    #[test]
    fn a_short_block_takes_the_language_of_its_document() {
        let (document, blocks) = block_codes(&["OK", ENGLISH, "The Madrid", "De la Rosa", ENGLISH, "1.234"]);
        assert_eq!(document, "en");
        assert!(blocks.iter().all(|block| block == "en"), "{blocks:?}");
    }

    #[test]
    fn a_long_article_with_a_foreign_opening_has_the_language_of_most_of_it() {
        let mut paragraphs = vec![ENGLISH; 2];
        paragraphs.extend([SPANISH; 40]);
        let (document, blocks) = block_codes(&paragraphs);
        assert_eq!(document, "es");
        assert_eq!(blocks.iter().filter(|block| *block == "en").count(), 2);
    }

    #[test]
    fn blocks_outside_the_text_or_across_characters_take_the_language_of_the_document() {
        let languages = identifier().document(SPANISH, &[Span::new(5000, 6000), Span::new(0, 0), Span::new(0, 22)]);
        assert!(languages.blocks.iter().all(|block| block.as_str() == "es"), "{languages:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_text_gets_one_answer_a_block(text in "\\PC{0,200}", cuts in proptest::collection::vec((0u32..400, 0u32..100), 0..8)) {
            let blocks: Vec<Span> = cuts.iter().map(|(start, length)| Span::new(*start, start + length)).collect();
            let languages = identifier().document(&text, &blocks);
            prop_assert_eq!(languages.blocks.len(), blocks.len());
            prop_assert!((0.0..=1.0).contains(&languages.document.confidence));
        }
    }
}
