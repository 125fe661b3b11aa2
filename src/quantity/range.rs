//! Ranges: two ends that are one quantity.
//!
//! «entre 7 y 13 años» and `10-12 km` have a low and a high end; the unit and the scale of the second serve the first («entre 25
//! y 30 millones»). What looks alike is told apart: «cayó de 38 a 31» are two levels of a change, `2-1` is a score,
//! «54,31 - 2,12» two columns.

use super::group::class;
use super::{Quantity, Scene};
use crate::numeral::{Form, Number, Numeral};
use crate::text::{Symbol, TokenKind};

/// Joins the ends of ranges, in reading order.
pub(super) fn join(scene: Scene<'_>, numerals: &[Numeral], quantities: &mut Vec<Quantity>) {
    let mut at = 0;
    while at + 1 < quantities.len() {
        let (Some(a), Some(b)) = (quantities.get(at), quantities.get(at + 1)) else { break };
        let (Some(first), Some(second)) = (numerals.get(a.numerals.0), numerals.get(b.numerals.0)) else { break };
        match (Pair { scene, a, b, first, second }).join() {
            Some(Joined::Range(joined)) => {
                quantities.splice(at..at + 2, [*joined]);
            }
            Some(Joined::Change(first)) => {
                if let Some(slot) = quantities.get_mut(at) {
                    *slot = *first;
                }
                at += 2;
            }
            None => at += 1,
        }
    }
}

enum Joined {
    /// One quantity with two ends.
    Range(Box<Quantity>),
    /// Two levels of a change; the first with the unit of the second.
    Change(Box<Quantity>),
}

/// Two neighbours that may be the ends of one range.
struct Pair<'a> {
    scene: Scene<'a>,
    a: &'a Quantity,
    b: &'a Quantity,
    first: &'a Numeral,
    second: &'a Numeral,
}

/// The words that make a pair a range.
struct Link {
    /// The first token of the frame: of «entre», or of the first end where there is none.
    open: usize,
    /// A word stands before the first end: «entre … y …».
    framed: bool,
    /// Words that only join two levels: «van … naar …».
    change: bool,
}

impl Pair<'_> {
    fn join(&self) -> Option<Joined> {
        let pack = self.scene.reader.pack;
        if !self.may_join() {
            return None;
        }
        let Link { open, framed, change } = self.link()?;
        let (mut low, mut high) = self.ends(framed)?;
        // After a verb of change the ends are levels: «cayó de 38 a 31».
        let opener = self.scene.reader.token(open).map(|t| t.symbol)?;
        if change || framed && self.changes(open) && !pack.is_interval(opener) {
            low.doubts.shared |= self.a.unit.is_none() && self.b.unit.is_some();
            return Some(Joined::Change(Box::new(low)));
        }
        if !framed && self.steps(open) {
            return None;
        }
        let ordered = low.value < high;
        if !(ordered || framed && self.first.sign.is_some()) || !framed && !self.stands_alone(&low, high) {
            return None;
        }
        if !ordered {
            std::mem::swap(&mut low.value, &mut high);
        }
        low.high = Some(high);
        low.end = self.b.end;
        low.numerals = (self.a.numerals.0, self.b.numerals.1);
        low.weak = false;
        low.doubts.merge(self.b.doubts);
        low.reasons.push(if framed { "a range in words".to_owned() } else { "a range".to_owned() });
        Some(Joined::Range(Box::new(low)))
    }

    /// Whether the two are near enough and alike.
    fn may_join(&self) -> bool {
        let Self { a, b, first, second, .. } = self;
        if a.high.is_some() || b.high.is_some() || b.start < a.end || b.start - a.end > 4 || self.is_apart() {
            return false;
        }
        // «grew by a third to 2.3 million»: a part and a number are no two ends.
        let part = |n: &Numeral| n.form == Form::Fraction && n.literal.is_none() && n.value < Number::ONE;
        let mixed = (first.form == Form::Fraction) != (second.form == Form::Fraction);
        if mixed && a.unit.is_none() && (part(first) || part(second)) {
            return false;
        }
        // «un bono de 1.000 $ a un millón de familias»: what counts something else is no end.
        let behind = b.end + usize::from(class(self.scene, b.end) & self.scene.reader.pack.scope.of != 0);
        // «百分之30至43的人»: the unit stands before both.
        let before = self.scene.reader.pack.myriads() && a.end == first.end && a.start < first.start;
        let counts = !before && a.unit.is_some() && b.unit.is_none() && super::kind::is_noun(self.scene, behind);
        let multiple = first.form == Form::Multiple || second.form == Form::Multiple;
        !counts && !multiple && (first.form == Form::Ordinal) == (second.form == Form::Ordinal)
    }

    /// Whether a column border parts the two: a tab, or several blanks.
    fn is_apart(&self) -> bool {
        let reader = self.scene.reader;
        (self.a.end..=self.b.start).any(|i| {
            let (Some(before), Some(token)) = (i.checked_sub(1).and_then(|i| reader.token(i)), reader.token(i)) else {
                return false;
            };
            reader.text.get(before.span.end as usize..token.span.start as usize).is_some_and(|gap| gap.contains('\t'))
        })
    }

    /// Whether the second end brought the dash along as its sign: `around 2 -7 l`.
    fn dash_as_sign(&self) -> bool {
        self.second.sign == Some('-') && self.b.start == self.second.start
    }

    /// The words between the ends and before them.
    fn link(&self) -> Option<Link> {
        let Self { scene, a, b, .. } = self;
        let reader = scene.reader;
        let scope = reader.pack.scope;
        let soft = scope.article | scope.about | scope.singular_article;
        let glued_minus = self.dash_as_sign() && b.start == a.end;
        let says = |at: usize, words: &[Symbol]| {
            words.iter().enumerate().all(|(i, s)| reader.token(at + i).is_some_and(|t| t.symbol == *s))
        };
        reader.pack.ranges.iter().find_map(|range| {
            // The link, then perhaps an article and «unos».
            range.between.iter().find(|link| {
                if glued_minus {
                    return matches!(link.as_slice(), [dash] if *dash == Symbol::mark('-'));
                }
                let end = a.end + link.len();
                says(a.end, link) && end <= b.start && (end..b.start).all(|i| class(*scene, i) & soft != 0)
            })?;
            if !range.behind.is_empty() && !range.behind.iter().any(|words| says(b.end, words)) {
                return None;
            }
            if range.before.is_empty() {
                let framed = !range.behind.is_empty();
                return Some(Link { open: a.start, framed, change: range.change });
            }
            // «entre los 7 y los 13», «de unos 3.000 a 5.000»: at most two soft words behind the opener
            for back in 1..=3 {
                let at = a.start.checked_sub(back)?;
                if range.before.contains(&reader.token(at)?.symbol) {
                    return Some(Link { open: at, framed: true, change: range.change });
                }
                if class(*scene, at) & soft == 0 {
                    return None;
                }
            }
            None
        })
    }

    /// The low end with the unit and scale that both share, and the value of the high end in that unit.
    fn ends(&self, framed: bool) -> Option<(Quantity, Number)> {
        let Self { a, b, first, second, .. } = self;
        let mut low = (*a).clone();
        let mut high = if self.dash_as_sign() && (b.start == a.end || !framed) { b.value.abs() } else { b.value };
        // «entre 25,001 y 50,000»: the mark groups in both or in neither.
        if let (Some(x), Some(y)) = (first.literal, second.literal)
            && x.ambiguous
            && x.decimals == 3
            && y.grouped
            && let Some(whole) = low.value.checked_mul(1000)
            && whole < high
        {
            low.value = whole;
        }
        match (&a.unit, &b.unit) {
            (None, Some(unit)) => low.unit = Some(unit.clone()),
            // «entre 5.000 y 10.000 dólares por día»
            (Some(x), Some(y)) if y.code.strip_prefix(x.code.as_str()).is_some_and(|rest| rest.starts_with('/')) => {
                low.unit = Some(y.clone());
            }
            (Some(x), Some(y)) => {
                let open = x.code.is_empty() || y.code.is_empty();
                if x.dimension != y.dimension || x.base != y.base && !open {
                    return None;
                }
                if x.code != y.code && x.money.is_none() {
                    high = high.checked_mul(y.factor)?.checked_div(x.factor)?;
                }
            }
            (_, None) => {}
        }
        let coefficient = high.checked_div(second.scale)?;
        let bare = first.scale == Number::ONE && first.literal.is_none_or(|l| l.whole <= 4);
        if bare && second.scale != Number::ONE && low.value < coefficient {
            low.value = low.value.checked_mul(second.scale)?;
        }
        // «$5-7bn»: the scale behind the second end came with its unit.
        if a.unit.is_none() && b.value.abs() != second.value.abs() && second.scale == Number::ONE {
            low.value = low.value.checked_mul(b.value.checked_div(second.value)?.abs())?;
        }
        low.kind = low.unit.as_ref().map_or(low.kind, super::unit::kind_of);
        Some((low, high))
    }

    /// «subió 10 euros hasta 155 euros», "rose $10 to $155": an amount of change and the level it led to, each with its unit. Shares are left
    /// to be ranges: «creció entre un 5 % y un 7 %» is said without a frame as well.
    fn steps(&self, open: usize) -> bool {
        let word = self.scene.reader.token(self.a.end).is_some_and(|t| t.kind == TokenKind::Word);
        let share = self.a.unit.as_ref().is_some_and(|u| u.dimension.starts_with("percent"));
        let both = self.a.unit.is_some() && self.b.unit.is_some();
        word && both
            && !share
            && class(self.scene, self.a.end) & self.scene.reader.pack.scope.or == 0
            && self.changes(open)
    }

    /// Whether a verb of change stands shortly before the range.
    fn changes(&self, open: usize) -> bool {
        let first = super::bound::sentence_of(self.scene, open).map_or(0, |s| s.first);
        let change = self.scene.reader.pack.scope.change;
        (open.saturating_sub(9).max(first)..open).any(|i| class(self.scene, i) & change != 0)
    }

    /// Whether two ends without a frame are a range, and not a score, two columns or two counts.
    fn stands_alone(&self, low: &Quantity, high: Number) -> bool {
        let Self { scene, a, b, first, second } = self;
        let reader = scene.reader;
        let scope = reader.pack.scope;
        // «1.1990 a 1.015 francos» are two figures, not the ends of one range.
        let far = low.value > Number::ZERO && low.value.checked_mul(1000).is_some_and(|limit| high > limit);
        // «a 1-3 defeat»; «f/4-5.6»
        let scored = class(*scene, b.end) & scope.contest != 0;
        let glued = reader.token(a.start).is_some_and(|t| !t.space_before());
        let slash = glued && a.start.checked_sub(1).and_then(|i| reader.token(i)).is_some_and(|t| t.is('/'));
        let Some(between) = reader.token(a.end) else { return false };
        if far || scored || slash {
            return false;
        }
        let contest = super::bound::sentence_of(*scene, a.start)
            .is_some_and(|s| (s.first..s.end).any(|i| class(*scene, i) & scope.contest != 0));
        let noun = super::kind::is_noun(*scene, b.end);
        let wide = high >= Number::from(200) || first.scale != Number::ONE || second.scale != Number::ONE;
        let spaced = between.space_before();
        let stands = if between.kind == TokenKind::Mark {
            // `10-12 km`, `1000-5000`; but `2-1` is a score
            noun && !spaced || wide || !contest && !spaced
        } else {
            wide || noun
        };
        low.unit.is_some() || stands || class(*scene, a.end) & scope.or != 0
    }
}
