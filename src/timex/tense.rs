//! What a sentence speaks of: the past, or what is to come.
//!
//! «El miércoles se incorporarán» means the next Wednesday, «el miércoles ganó» the last one. The nearest word that tells
//! counts, the one before a date a little more than the one behind it.

use super::Scene;

/// Words further away than this tell nothing.
const NEAR: usize = 40;

/// Words that tell, around some tokens.
#[derive(Debug, Default)]
pub(super) struct Tenses {
    /// Each with its token; 1 for what is to come.
    cues: Vec<(u32, i8)>,
    /// What to look at before the first question.
    unread: Option<(usize, usize)>,
}

impl Tenses {
    /// Begins the tokens `from..to`; they are looked at when somebody asks.
    pub fn open(&mut self, from: usize, to: usize) {
        self.cues.clear();
        self.unread = Some((from, to));
    }

    /// Looks at the sentences of the stretch.
    fn read(&mut self, scene: &Scene<'_>) {
        let Some((from, to)) = self.unread.take() else { return };
        let pack = scene.pack;
        let (past, future) = (pack.scope.past, pack.scope.future);
        if past | future == 0 && !pack.has_tenses() {
            return;
        }
        let first = scene.sentences.partition_point(|s| s.end <= from);
        for sentence in scene.sentences.iter().skip(first).take_while(|s| s.first < to) {
            // A sentence may be as long as the text.
            let (low, high) = (sentence.first.max(from.saturating_sub(NEAR)), sentence.end.min(to + NEAR));
            let tokens = scene.tokens.iter().enumerate().take(high).skip(low);
            for (at, token) in tokens.filter(|(_, token)| token.is_word()) {
                let classes = pack.lexicon.classes(token.symbol);
                let mut tense = i8::from(classes & future != 0) - i8::from(classes & past != 0);
                // A word with a capital inside a sentence is a name.
                let name = token.is_capitalized() && at > sentence.first + 1;
                if tense == 0 && pack.has_tenses() && !name {
                    let word = token.span.of(scene.text);
                    tense = i8::from(pack.is_future_ending(word)) - i8::from(pack.is_past_ending(word));
                }
                if tense != 0 {
                    self.cues.push((u32::try_from(at).unwrap_or(u32::MAX), tense));
                }
            }
        }
    }

    /// What the words around the tokens `start..end` speak of; 0 where none tells.
    pub fn around(&mut self, scene: &Scene<'_>, start: u32, end: u32) -> i8 {
        self.read(scene);
        let distance = |at: u32| if at < start { start - at } else { at.saturating_sub(end) + 3 };
        self.cues.iter().min_by_key(|(at, _)| distance(*at)).map_or(0, |(_, tense)| *tense)
    }
}
