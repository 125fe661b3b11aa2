//! Features: what the tagger asks about a word and its neighbours.
//!
//! In «el ministro de Economía dijo» the word `Economía` has the features «form is `Economía`», «the word before is `de`», «two before is
//! `ministro`», «ends in `mía`», «shape `Xx` between `x` and `x`», «the run of capitals is preceded by `de`» and some fifty more. A
//! feature is the [`key`] of its template's number and its values. Templates are numbered here once: a model is good only for
//! the numbers it was trained with, which [`TEMPLATES`] guards.

use super::facets::Facets;
use super::hash::key;
use super::memory::class;

/// Version of the templates; stands in every model, and a model of another version is refused.
pub const TEMPLATES: u32 = 1;

/// How far a name's own words may be apart to count as one run («Ministerio de la Presidencia»): words of at most three letters.
const LINK: u8 = 3;

/// The looks of a place outside the sentence.
const OUTSIDE: Facets = Facets {
    form: 1,
    lower: 1,
    shape: 1,
    brief: 1,
    prefix: [0; 4],
    suffix: [0; 4],
    cluster: 0,
    names: 0,
    memory: 0,
    cue: false,
    upper: false,
    segment: 1,
    before: 0,
    behind: 0,
    length: 0,
};

/// A stretch of capitals: the words that name it best stand at its ends and beside it.
#[derive(Clone, Copy, Debug)]
struct Run {
    from: usize,
    to: usize,
}

/// A sentence whose words the tagger has looked at.
#[derive(Clone, Copy)]
pub struct View<'a> {
    words: &'a [Facets],
    /// Most words of the sentence are capitals: a headline.
    shouted: bool,
}

impl<'a> View<'a> {
    /// The features of these words.
    #[must_use]
    pub fn new(words: &'a [Facets], shouted: bool) -> Self {
        Self { words, shouted }
    }

    fn at(&self, index: usize, offset: isize) -> &'a Facets {
        index.checked_add_signed(offset).and_then(|i| self.words.get(i)).unwrap_or(&OUTSIDE)
    }

    /// The run of cues around a word; `linked` also goes over short words between them. Empty where the word is no part of one.
    fn run(&self, index: usize, linked: bool) -> Run {
        let part = |i: usize| self.words.get(i).is_some_and(|w| w.cue);
        let link = |i: usize| self.words.get(i).is_some_and(|w| w.length <= LINK && w.brief == LOWER_BRIEF);
        let step = |i: usize, forward: bool| -> Option<usize> {
            let next = |i: usize| if forward { Some(i + 1) } else { i.checked_sub(1) };
            let one = next(i)?;
            if part(one) {
                return Some(one);
            }
            if !linked || !link(one) {
                return None;
            }
            let two = next(one)?;
            if part(two) {
                return Some(two);
            }
            let three = next(two)?;
            (link(two) && part(three)).then_some(three)
        };
        if !part(index) {
            return Run { from: index, to: index };
        }
        let (mut from, mut to) = (index, index);
        for _ in 0..12 {
            let Some(further) = step(from, false) else { break };
            from = further;
        }
        for _ in 0..12 {
            let Some(further) = step(to, true) else { break };
            to = further;
        }
        Run { from, to: to + 1 }
    }

    /// Hands the features of the word at `index` that come of the article's memory to `sink`.
    pub fn memories(&self, index: usize, sink: &mut impl FnMut(u32)) {
        let (w, l1, r1) = (self.at(index, 0), self.at(index, -1), self.at(index, 1));
        let (own, left, right) = (class(w.memory), class(l1.memory), class(r1.memory));
        if own != 0 {
            sink(key(90, u32::from(w.memory), 0));
            sink(key(91, own, w.brief));
            sink(key(92, own, w.names));
        }
        if own != 0 || left != 0 {
            sink(key(93, own, left << 1 | u32::from(l1.cue)));
        }
        if own != 0 || right != 0 {
            sink(key(94, own, right << 1 | u32::from(r1.cue)));
        }
    }

    /// Hands every feature of the word at `index` but those of [`View::memories`] to `sink`.
    pub fn features(&self, index: usize, sink: &mut impl FnMut(u32)) {
        let w = self.at(index, 0);
        let (l1, l2, r1, r2) = (self.at(index, -1), self.at(index, -2), self.at(index, 1), self.at(index, 2));
        sink(key(1, 0, 0));
        sink(key(2, w.form, 0));
        sink(key(3, w.lower, 0));
        sink(key(4, l1.lower, 0));
        sink(key(5, r1.lower, 0));
        sink(key(6, l2.lower, 0));
        sink(key(7, r2.lower, 0));
        sink(key(8, w.shape, 0));
        sink(key(9, w.brief, l1.brief));
        sink(key(10, w.brief, r1.brief));
        sink(key(11, key(0, l1.brief, w.brief), r1.brief));
        sink(key(12, l1.lower, w.lower));
        sink(key(13, w.lower, r1.lower));
        sink(key(14, l1.lower, w.brief));
        sink(key(15, r1.lower, w.brief));
        sink(key(16, l2.lower, l1.lower));
        sink(key(17, r1.lower, r2.lower));
        sink(key(18, w.brief, 0));
        for (n, (prefix, suffix)) in (0..).zip(w.prefix.into_iter().zip(w.suffix)) {
            if prefix != 0 {
                sink(key(20 + n, prefix, u32::from(w.cue)));
            }
            if suffix != 0 {
                sink(key(24 + n, suffix, u32::from(w.cue)));
            }
        }
        sink(key(28, l1.suffix[2], 0));
        sink(key(29, r1.suffix[2], 0));
        self.clusters(w, [l2, l1, r1, r2], sink);
        self.names(w, [l1, r1], sink);
        self.place(index, w, sink);
        if w.segment != 0 {
            self.segments(index, w, sink);
        }
    }

    /// Dictionary words of a text without blanks, this one and its neighbours.
    fn segments(&self, index: usize, w: &Facets, sink: &mut impl FnMut(u32)) {
        let (l1, l2, r1, r2) = (self.at(index, -1), self.at(index, -2), self.at(index, 1), self.at(index, 2));
        let place = u32::from(w.before.min(3)) | u32::from(w.behind.min(3)) << 2;
        let before = self.at(index, -1 - isize::from(w.before));
        let after = self.at(index, 1 + isize::from(w.behind));
        let first = self.at(index, -isize::from(w.before));
        let last = self.at(index, isize::from(w.behind));
        sink(key(70, place, 0));
        sink(key(71, w.segment, place));
        sink(key(72, before.segment, place));
        sink(key(73, after.segment, place));
        sink(key(74, before.segment, w.segment));
        sink(key(75, w.segment, after.segment));
        sink(key(76, first.lower, place));
        sink(key(77, last.lower, place));
        sink(key(78, key(0, l2.lower, l1.lower), w.lower));
        sink(key(79, key(0, l1.lower, w.lower), r1.lower));
        sink(key(80, key(0, w.lower, r1.lower), r2.lower));
        sink(key(81, before.names, key(0, w.names, after.names)));
        sink(key(82, w.names, place));
        sink(key(83, last.lower, after.lower));
    }

    fn clusters(&self, w: &Facets, [l2, l1, r1, r2]: [&Facets; 4], sink: &mut impl FnMut(u32)) {
        const LENGTHS: [u32; 4] = [4, 6, 8, 16];
        let path = |f: &Facets, bits: u32| (u32::from(f.cluster) & ((1 << bits) - 1)) | bits << 16;
        for bits in LENGTHS {
            sink(key(30, path(w, bits), 0));
            sink(key(31, path(l1, bits), 0));
            sink(key(32, path(r1, bits), 0));
        }
        sink(key(33, path(l2, 16), 0));
        sink(key(34, path(r2, 16), 0));
        sink(key(35, path(l1, 8), path(w, 8)));
        sink(key(36, path(w, 8), path(r1, 8)));
        sink(key(37, path(l1, 16), w.brief));
        sink(key(38, path(r1, 16), w.brief));
    }

    fn names(&self, w: &Facets, [l1, r1]: [&Facets; 2], sink: &mut impl FnMut(u32)) {
        if w.names != 0 {
            sink(key(40, w.names, 0));
            let mut bits = w.names;
            while bits != 0 {
                let bit = bits.trailing_zeros();
                sink(key(41, bit, 0));
                bits &= bits - 1;
            }
            sink(key(42, w.names, l1.lower));
        }
        if l1.names != 0 {
            sink(key(43, l1.names, w.names));
        }
        if r1.names != 0 {
            sink(key(44, w.names, r1.names));
        }
    }

    fn place(&self, index: usize, w: &Facets, sink: &mut impl FnMut(u32)) {
        let first = u32::from(index == 0) | u32::from(self.shouted) << 1;
        sink(key(50, first, w.brief));
        if !w.cue {
            return;
        }
        for (template, linked) in [(51, false), (60, true)] {
            let run = self.run(index, linked);
            let before = self.at(run.from, -1);
            let after = self.at(run.to, 0);
            let (head, last) = (self.at(run.from, 0), self.at(run.to, -1));
            let size = u32::try_from((run.to - run.from).min(5)).unwrap_or(5);
            let place = u32::from(run.from == index) | u32::from(run.to == index + 1) << 1;
            sink(key(template, before.lower, place));
            sink(key(template + 1, after.lower, place));
            sink(key(template + 2, head.lower, place));
            sink(key(template + 3, last.lower, place));
            sink(key(template + 4, size, place));
            sink(key(template + 5, u32::from(before.cluster), u32::from(after.cluster)));
            sink(key(template + 6, self.at(run.from, -2).lower, before.lower));
            sink(key(template + 7, after.lower, self.at(run.to, 1).lower));
            sink(key(template + 8, head.names, last.names));
        }
    }
}

/// The short shape of a word of small letters.
const LOWER_BRIEF: u32 = super::hash::push(super::hash::SEED, 'x');
