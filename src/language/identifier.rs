//! The default identifier: script, then function words, then `lingua` where they do not decide.
//!
//! A long article is read in four windows spread over it, about 160 words; each paragraph in its first 60 at most.
//! So the cost of an article hardly grows with its length, and the slow models are asked about few texts, and see at
//! most 300 characters of each.

use std::sync::OnceLock;

use lingua::{LanguageDetector, LanguageDetectorBuilder};

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
const CLEAR_LEAD: f32 = 4.0;
/// Lead, in hits, of another language in a block that makes it worth asking `lingua`.
const DOUBT_LEAD: f32 = 1.5;
/// Probability from which an answer is given rather than `und`.
const ANSWER: f64 = 0.6;
/// Probability from which a block differs from its document after `lingua` was asked.
const BLOCK_ANSWER: f64 = 0.95;
/// Letters and words below which `lingua` would only guess.
const LEAST_LETTERS: u32 = 10;
const LEAST_WORDS: u32 = 2;
/// Letters of a script from which it decides a block.
const BLOCK_SCRIPT_LETTERS: u32 = 8;
/// Characters that `lingua` is shown.
const SAMPLE_CHARACTERS: usize = 300;
/// `lingua` is no surer than this against any language.
const LEAST_LIKELIHOOD: f64 = 0.01;
/// What a language `lingua` does not know gets of its best answer, and «none» in all.
const UNKNOWN_LIKELIHOOD: f64 = 0.2;

/// Identifies languages by script, function words and, where these are not clear, n-gram models.
///
/// Cheap to build; the models load when a text first needs them.
pub struct Identifier {
    evidence: Evidence,
    detector: OnceLock<Models>,
}

/// `lingua` and which of the evidence's languages it knows.
struct Models {
    detector: LanguageDetector,
    known: u128,
}

impl std::fmt::Debug for Identifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Identifier").field("languages", &self.evidence.languages).finish_non_exhaustive()
    }
}

/// How a text was decided; what [`Identifier::explain`] tells.
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
    /// use cuanto::language::{EVIDENCE, Identifier, LanguageIdentifier};
    /// let identifier = Identifier::new(EVIDENCE)?;
    /// assert_eq!(identifier.identify("La tasa de paro bajó al 11,2 % en el segundo trimestre").language.as_str(), "es");
    /// assert_eq!(identifier.identify("12,5 %").language.as_str(), "und");
    /// # Ok::<(), cuanto::language::Error>(())
    /// ```
    ///
    /// # Errors
    /// At the first line that cannot be used.
    pub fn new(evidence: &str) -> Result<Self, Error> {
        Ok(Self { evidence: Evidence::parse(evidence)?, detector: OnceLock::new() })
    }

    /// The language of the whole `text` and of each of its `blocks` (byte spans in order).
    ///
    /// A block takes the document's language unless its own words clearly say otherwise. Where the document as a whole
    /// is undecided, or most of it stands in blocks of another language, the blocks decide for it.
    #[must_use]
    pub fn document(&self, text: &str, blocks: &[Span]) -> DocumentLanguages {
        let mut document = self.identify(text);
        let mut clear_bytes: Vec<(LanguageCode, usize)> = Vec::new();
        let found: Vec<Option<LanguageCode>> = blocks
            .iter()
            .map(|block| {
                let language = self.block(block.of(text), document.language)?;
                match clear_bytes.iter_mut().find(|(known, _)| *known == language) {
                    Some((_, bytes)) => *bytes += block.len(),
                    None => clear_bytes.push((language, block.len())),
                }
                Some(language)
            })
            .collect();
        let all: usize = clear_bytes.iter().map(|(_, bytes)| bytes).sum();
        if let Some((most, bytes)) = clear_bytes.iter().rev().max_by_key(|(_, bytes)| *bytes)
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
        let (_, lead) = tally.leader(self.evidence.languages.len());
        let ask = lead < CLEAR_LEAD && tally.letters() >= LEAST_LETTERS && tally.words >= LEAST_WORDS;
        let (language, probability) = self.posterior(&tally, ask.then_some(text));
        let identified = if probability >= ANSWER {
            Identified { language, confidence: probability }
        } else {
            Identified { language: LanguageCode::UNDETERMINED, confidence: (probability / 2.0).min(0.5) }
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
            if lead >= CLEAR_LEAD {
                return Some(leader_code);
            }
            if rest.is_empty() || tally.words >= BLOCK_WORDS {
                if lead < DOUBT_LEAD || leader_code == document || tally.letters() < LEAST_LETTERS {
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
            let models = self.detector.get_or_init(|| Models::load(languages));
            let mut likelihoods = [0.0_f64; MOST_LANGUAGES];
            let mut best = 0.0_f64;
            for (language, confidence) in models.detector.compute_language_confidence_values(sample(text)) {
                if let Some(likelihood) = models.index(languages, language).and_then(|at| likelihoods.get_mut(at)) {
                    *likelihood = confidence;
                    best = best.max(confidence);
                }
            }
            for (index, (weight, likelihood)) in weights.iter_mut().zip(likelihoods).enumerate() {
                let known = models.known >> index & 1 == 1;
                *weight *= if known { likelihood.max(LEAST_LIKELIHOOD) } else { best * UNKNOWN_LIKELIHOOD };
            }
            none *= UNKNOWN_LIKELIHOOD;
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
    fn load(languages: &[LanguageCode]) -> Self {
        let mut known = 0;
        for language in lingua::Language::all() {
            if let Some(index) = index_of(languages, language) {
                known |= 1 << index;
            }
        }
        Self { detector: LanguageDetectorBuilder::from_all_languages().build(), known }
    }

    fn index(&self, languages: &[LanguageCode], language: lingua::Language) -> Option<usize> {
        index_of(languages, language)
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
