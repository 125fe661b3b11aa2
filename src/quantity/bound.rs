//! Bounds: «más de», «cerca de», «al menos», «o más».
//!
//! «superior a 33.000 PetaFLOPS» bounds the quantity from below. The pack's rules are matched around the whole quantity, the
//! longest match wins; a bound governs the members of a coordination until another one («más de 20 o 30 casos»).

use super::{Bound, Quantity, Scene};
use crate::numeral::Numeral;
use crate::pack::pattern::{Match, Window};

/// How many tokens back a verb of change is looked for.
const MEMORY: usize = 30;

/// Gives each quantity its bound.
pub(super) fn apply(scene: Scene<'_>, numerals: &[Numeral], quantities: &mut [Quantity]) {
    let reader = scene.reader;
    let rules = &reader.pack.bounds;
    if rules.is_empty() {
        return;
    }
    let mut matches: Vec<Match> = Vec::new();
    let mut before: Option<(usize, Bound)> = None;
    let mut previous = None;
    for quantity in quantities.iter_mut() {
        let Some(sentence) = sentence_of(scene, quantity.start) else { continue };
        let window = Window {
            text: reader.text,
            tokens: reader.tokens,
            start: sentence.first,
            end: sentence.end,
            lexicon: &reader.pack.lexicon,
        };
        rules.patterns().matches(window, quantity.start, quantity.end, None, &mut matches);
        // A rule for `=` only takes back what stands behind: «15 o mayores que 20» says nothing of 15.
        let exact = |m: &Match| rules.rule(m.rule).filter(|rule| rule.bound == Some(Bound::Exact));
        let taken_back = matches.iter().find_map(exact);
        let rule = matches.iter().find_map(|m| {
            let rule = rules.rule(m.rule)?;
            if taken_back.is_some() && m.end > quantity.end || rule.apart && previous == Some(m.start) {
                return None;
            }
            let numeral = numerals.get(quantity.numerals.0)?;
            if rule.form.is_some_and(|form| !super::exclude::has_form(scene, numeral, form)) {
                return None;
            }
            let class = rule.unless.as_deref().map_or(0, |name| reader.pack.lexicon.class(name));
            let from = sentence.first.max(m.start.saturating_sub(MEMORY));
            let stopped = class != 0
                && (from..m.start)
                    .any(|i| reader.token(i).is_some_and(|t| reader.pack.lexicon.classes(t.symbol) & class != 0));
            (!stopped).then_some((rule, *m))
        });
        previous = Some(quantity.end);
        if let (None, Some(exact)) = (&rule, taken_back) {
            quantity.reasons.push(exact.id.clone());
        }
        if let Some((rule, found)) = rule {
            quantity.bound = rule.bound.unwrap_or_default();
            quantity.reasons.push(rule.id.clone());
            // «no más de 5 años y no menos de 3»: the words of one bound do not serve the next quantity.
            before = Some((found.end.max(quantity.end), quantity.bound));
            continue;
        }
        let shared = before.filter(|(end, _)| {
            let class = reader.token(*end).map_or(0, |t| reader.pack.lexicon.classes(t.symbol));
            quantity.start == *end + 1 && class & (reader.pack.scope.and | reader.pack.scope.or) != 0
        });
        if let Some((_, bound)) = shared {
            quantity.bound = bound;
        }
        before = (quantity.bound != Bound::Exact).then_some((quantity.end, quantity.bound));
    }
}

/// The sentence that holds a token.
pub(super) fn sentence_of(scene: Scene<'_>, token: usize) -> Option<crate::text::Sentence> {
    let index = scene.sentences.partition_point(|s| s.end <= token);
    scene.sentences.get(index).copied()
}
