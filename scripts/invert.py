"""Turns the spell-out rules of a language around: from what [`rbnf`] spells to number words with values and roles.

The reader of number words (`src/numeral/words.rs`) is imitated here. Numbers are spelled in rising order by every rule set; a spelling that
the words found so far do not read back teaches the least that makes it readable: one unknown word (or part of a word between soft
hyphens) that adds, multiplies or joins, else the whole phrase as a word of its own. At the end everything is spelled and read again;
what does not come back equal is told, and the language is cut off below it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field

from rbnf import NoWords, Speller

BREAKS = "\u00ad\u200b\u2060"


def is_letter(c: str) -> bool:
    return unicodedata.category(c)[0] in "LM" and c not in "ºª"


def is_ideograph(c: str) -> bool:
    return any(a <= c <= b for a, b in ("々〇", "぀ヿ", "㐀䶿", "一鿿", "豈﫿"))


def tokens_of(text: str) -> list[str]:
    """As `text::tokenize`: runs of letters, single ideographs, single marks; breaks inside words stay for now."""
    out, at = [], 0
    text = unicodedata.normalize("NFC", text).lower()
    while at < len(text):
        c = text[at]
        if c.isspace() or c in BREAKS:
            at += 1
            continue
        start = at
        at += 1
        if is_letter(c) and not is_ideograph(c):
            while at < len(text) and (is_letter(text[at]) and not is_ideograph(text[at]) or text[at] in BREAKS):
                at += 1
        out.append(text[start:at].rstrip(BREAKS))
    return out


def plain(token: str) -> str:
    return token.translate({ord(c): None for c in BREAKS})


def lowest_place(value: int) -> int:
    place = 0
    while value and value % 10 == 0:
        value //= 10
        place += 1
    return place


class Misfit(Exception):
    pass


ADDERS = {"add", "article", "ordinal"}
ORDINALS = {"ordinal", "ordinal-weak", "ordinal-scale"}


@dataclass
class Machine:
    """`numeral::words::Machine`."""

    parts: list[int] = field(default_factory=list)
    last: str = ""
    ordinal: bool = False

    def copy(self) -> Machine:
        return Machine(list(self.parts), self.last, self.ordinal)

    def fits(self, value: int) -> bool:
        return not self.parts or value > 0 and 10 ** lowest_place(self.parts[-1]) > value

    def joins(self, joins: str, value: int) -> bool:
        if not self.parts:
            return False
        place = lowest_place(self.parts[-1])
        tens = place == 1 and value < 10
        hundreds = place >= 2 and self.last == "scale"
        allowed = {"tens": tens and self.last == "adder", "hundreds": hundreds,
                   "both": tens or hundreds or (place >= 2 and self.last == "adder")}
        return self.fits(value) and allowed[joins]

    def word(self, role: str, value: int) -> None:
        if self.ordinal and role not in ORDINALS:
            raise Misfit
        if role in {"add", "article", "ordinal"} or role == "ordinal-weak" and self.parts:
            if not self.fits(value):
                raise Misfit
            self.parts.append(value)
            self.last = "adder"
            self.ordinal = self.ordinal or role in ORDINALS
        elif role in {"scale", "scale-plural", "ordinal-scale"}:
            self.multiply(value, role != "scale-plural")
            self.ordinal = self.ordinal or role in ORDINALS
        else:
            raise Misfit

    def multiply(self, scale: int, alone: bool) -> None:
        if not self.parts or self.parts[-1] >= scale:
            if not alone or not self.fits(scale):
                raise Misfit
            self.parts.append(scale)
        else:
            start = next(i for i, part in enumerate(self.parts) if part < scale)
            product = sum(self.parts[start:]) * scale
            if start and 10 ** lowest_place(self.parts[start - 1]) <= product:
                raise Misfit
            self.parts[start:] = [product]
        self.last = "scale"

    def ten(self, role: str, value: int) -> None:
        if role not in {"add", "ordinal"} or self.last != "adder" or self.ordinal or lowest_place(value) != 1:
            raise Misfit
        if not self.parts or not 0 < self.parts[-1] < 10:
            raise Misfit
        unit = self.parts.pop()
        total = unit + value
        if total >= 100 or not self.fits(total):
            self.parts.append(unit)
            raise Misfit
        self.parts.append(total)
        self.ordinal = role == "ordinal"


# Marks that may stand inside a number of several words.
LINKING = set("-‐‑'’ʼ")
HYPHENS = set("-‐‑–—−")


class Words:
    """The number words found so far, and the settings they are read with."""

    def __init__(self, joins: str = "both", compounds: bool = False, links: tuple = (), ten_links: tuple = ()):
        self.joins, self.compounds, self.links, self.ten_links = joins, compounds, links, ten_links
        self.senses: dict[tuple[str, ...], list[tuple[str, int]]] = defaultdict(list)
        self.longest: dict[str, int] = defaultdict(int)
        self.pieces: dict[str, list[tuple[str, int]]] = {}

    def add(self, form: tuple[str, ...], role: str, value: int) -> None:
        senses = self.senses[form]
        if (role, value) not in senses:
            senses.append((role, value))
        # A word that multiplies also stands for itself.
        for adder, scale in (("add", "scale"), ("ordinal", "ordinal-scale"), ("scale-plural", "scale"), ("add", "scale-plural")):
            if (scale, value) in senses and (adder, value) in senses:
                senses.remove((adder, value))
                if (adder, scale) == ("add", "scale-plural"):
                    senses.remove((scale, value))
                    senses.append(("scale", value))
        self.longest[form[0]] = max(self.longest[form[0]], len(form))

    def remove(self, form: tuple[str, ...], sense: tuple[str, int]) -> None:
        self.senses[form].remove(sense)
        if not self.senses[form]:
            del self.senses[form]

    def snapshot(self, form: tuple[str, ...]) -> list:
        return list(self.senses.get(form, []))

    def restore(self, form: tuple[str, ...], senses: list) -> None:
        if senses:
            self.senses[form] = senses
        else:
            self.senses.pop(form, None)

    def at(self, tokens: list[str], at: int) -> list[tuple[list, int]]:
        """The readings at a token, the longest form first."""
        out = []
        for length in range(min(self.longest.get(tokens[at], 0), len(tokens) - at), 0, -1):
            senses = self.senses.get(tuple(tokens[at : at + length]))
            if senses:
                out.append((senses, at + length))
        return out

    def joiner(self, tokens: list[str], at: int) -> int:
        for senses, end in self.at(tokens, at):
            if any(role == "and" for role, _ in senses):
                return end
        return 0

    def smallest(self, tokens: list[str], at: int) -> int | None:
        if at >= len(tokens):
            return None
        for senses, _ in self.at(tokens, at):
            for role, value in senses:
                if role in ADDERS or role == "ordinal-weak":
                    return value
            for role, value in senses:
                if role == "scale":
                    return value
            break
        machine = self.compound(Machine(), tokens[at], 1)
        return sum(machine.parts) if machine else None

    def ten(self, machine: Machine, tokens: list[str], at: int) -> bool:
        if not self.ten_links or at >= len(tokens):
            return False
        for role, value in self.senses.get((tokens[at],), []):
            try:
                machine.ten(role, value)
                return True
            except Misfit:
                continue
        return False

    def read(self, tokens: list[str]) -> tuple[int, bool] | None:
        """The value of the whole phrase, and whether it is an ordinal."""
        machine, at = Machine(), 0
        while at < len(tokens):
            after = at
            join = self.joiner(tokens, at) if machine.parts else 0
            if join:
                value = self.smallest(tokens, join)
                if value is None:
                    return None
                ten = self.ten(machine.copy(), tokens, join)
                if not (ten or machine.joins(self.joins, value)):
                    return None
                after = join
                if self.ten(machine, tokens, after):
                    at = after + 1
                    continue
            elif machine.parts and tokens[at] in HYPHENS:
                if at + 1 >= len(tokens):
                    return None
                value = self.smallest(tokens, at + 1)
                tens = machine.last == "adder" and value is not None and value < 10 and machine.fits(value)
                scale = any(role == "scale" for role, _ in self.senses.get((tokens[at + 1],), []))
                if not (tens or scale):
                    return None
                after = at + 1
            end = self.word(machine, tokens, after, at == after)
            if not end:
                return None
            at = end
        return (sum(machine.parts), machine.ordinal) if machine.parts else None

    def word(self, machine: Machine, tokens: list[str], at: int, bare: bool) -> int:
        readings = self.at(tokens, at)
        if self.joins == "tens" and bare and machine.last == "adder" and machine.parts and readings:
            value = self.smallest(tokens, at)
            ordinal = any(role == "ordinal" for role, _ in readings[0][0])
            if value is not None and value < 10 and lowest_place(sum(machine.parts)) == 1 and not ordinal:
                return 0
        for senses, end in readings:
            for role, value in senses:
                trial = machine.copy()
                try:
                    trial.word(role, value)
                except Misfit:
                    continue
                machine.parts, machine.last, machine.ordinal = trial.parts, trial.last, trial.ordinal
                return end
        if not readings:
            done = self.compound(machine, tokens[at], 1 if machine.parts else 0)
            if done:
                machine.parts, machine.last, machine.ordinal = done.parts, done.last, done.ordinal
                return at + 1
        return 0

    def compound(self, machine: Machine, word: str, depth: int) -> Machine | None:
        if not self.compounds or len(word.encode()) < 6 or (word,) in self.senses:
            return None
        return self.piece(machine, word, depth)

    def piece(self, machine: Machine, rest: str, depth: int) -> Machine | None:
        if not rest:
            return machine if depth > 1 else None
        if depth > 24:
            return None
        for end in range(len(rest), 0, -1):
            piece = rest[:end]
            if len(piece.encode()) < 2:
                continue
            for role, value in self.senses.get((piece,), []):
                if value == 0:
                    continue
                trial = machine.copy()
                try:
                    trial.word(role, value)
                except Misfit:
                    continue
                after = rest[end:]
                for link in ("", *self.links):
                    if after.startswith(link) and (after[len(link) :] or not link):
                        done = self.piece(trial, after[len(link) :], depth + 1)
                        if done:
                            return done
                for link in self.ten_links:
                    if after.startswith(link):
                        done = self.ten_piece(trial, after[len(link) :], depth + 1)
                        if done:
                            return done
        return None

    def ten_piece(self, machine: Machine, rest: str, depth: int) -> Machine | None:
        for end in range(len(rest), 0, -1):
            for role, value in self.senses.get((rest[:end],), []):
                trial = machine.copy()
                try:
                    trial.ten(role, value)
                except Misfit:
                    continue
                done = self.piece(trial, rest[end:], depth + 1)
                if done:
                    return done
        return None


# What numbers teach: all below a thousand, then the corners of the scales.
SMALL = list(range(0, 1000))
LARGE = [
    n
    for power in range(3, 16)
    for base in (10**power,)
    for n in (
        [base, 2 * base, 3 * base, 4 * base, 5 * base, 8 * base, base + 1, base + 2, base + 5, base + 11, base + 21, base + 100, base + 101, base + 123]
        + [2 * base + 1, 2 * base + 21, 11 * base, 12 * base, 21 * base, 22 * base, 25 * base, 100 * base, 101 * base, 121 * base, 200 * base]
        + [m * base for m in (6, 7, 9, 10, 15, 20, 30, 40, 70, 80, 90, 99, 300, 400, 500, 600, 700, 800, 900, 999)]
        + [base + 10, base + 12, base + 50, base + 58, 5 * base + 340, 2 * base + 861, 107 * base, 127 * base, base + 200, base + 230, 5 * base + 200, base + 999]
    )
    if n < 10**16
] + [(1000 + i) * 10**power for power in (3, 6, 9) for i in range(1, 11)]


def normal(text: str) -> list[str]:
    return tokens_of(text)


class Inverter:
    """Learns the words of one language."""

    def __init__(self, speller: Speller, words: Words, phrases_to: int = 1000, log=None):
        self.speller, self.words, self.phrases_to = speller, words, phrases_to
        self.failed: dict[str, list[int]] = defaultdict(list)
        self.log = log or (lambda *_: None)
        self.memory: dict[tuple[str, ...], tuple[int, bool]] = {}

    def spell(self, name: str, number: int) -> str | None:
        try:
            return self.speller.spell(name, number)
        except NoWords:
            return None

    def reads(self, tokens: list[str], number: int, ordinal: bool) -> bool:
        return self.words.read(tokens) == (number, ordinal)

    def learn(self, name: str, number: int, ordinal: bool) -> None:
        text = self.spell(name, number)
        if text is None or re.search(r"\d", text) or not text.strip(BREAKS + " "):
            return
        marked = normal(text)
        tokens = [plain(t) for t in marked]
        if self.reads(tokens, number, ordinal):
            self.remember(tokens, number, ordinal)
            return
        if ordinal and self.reads(tokens, number, False):
            return  # the rules know no ordinal of it
        if self.teach(marked, tokens, number, ordinal):
            self.remember(tokens, number, ordinal)
            return
        self.failed[name].append(number)

    def remember(self, tokens: list[str], number: int, ordinal: bool) -> None:
        # Few enough to be read again after each new word.
        if number <= 120 and (number < 22 or number % 7 == 0) or number % 100 in (0, 1) and number < 10**7 and len(str(number).strip("0")) < 3:
            self.memory.setdefault(tuple(tokens), (number, ordinal))

    def attempt(self, form: tuple[str, ...], role: str, value: int, tokens: list[str], number: int, ordinal: bool) -> bool:
        before = self.words.snapshot(form)
        if any(not is_letter(t[0]) and t not in LINKING for t in form) or "ordinal" in role and any("ordinal" not in r for r, _ in before):
            return False
        self.words.add(form, role, value)
        if self.reads(tokens, number, ordinal) and self.keeps():
            self.log(number, " ".join(tokens), "->", form, role, value)
            return True
        self.words.restore(form, before)
        return False

    def keeps(self) -> bool:
        """Whether all that was read before still is."""
        return all(self.words.read(list(tokens)) == value for tokens, value in self.memory.items())

    def teach(self, marked: list[str], tokens: list[str], number: int, ordinal: bool) -> bool:
        power = len(str(number)) - 1 if re.fullmatch("10+", str(number)) else 0
        adder = "ordinal" if ordinal else "article" if number == 1 else "add"
        # One word: the number itself, unless it is cut by soft hyphens.
        cut = [piece for token in marked for piece in re.split(f"[{BREAKS}]", token) if piece]
        if len(tokens) == 1 and len(cut) == 1:
            role = ("ordinal-scale" if ordinal else "scale") if power >= 3 else adder
            return self.attempt((tokens[0],), role, number, tokens, number, ordinal)
        pieces = [(piece,) for piece in cut] if self.words.compounds and len(cut) > len(tokens) else []
        units = pieces + [(token,) for token in tokens if is_letter(token[0])]
        # The last word first where it decides the rank, the unknown ones before the known.
        known = lambda form: form in self.words.senses
        scale = number if power else 10 ** lowest_place(number) if number and lowest_place(number) else 0
        leading = 10 ** (len(str(number)) - 1)
        def candidates(form):
            out = []
            if not ordinal and not known(form):
                out.append(("and", 1))
            top = 10 ** ((len(str(number)) - 1) // 3 * 3)
            for value in dict.fromkeys([scale, leading, top]):
                if value >= 10:
                    if ordinal:
                        out.append(("ordinal-scale", value))
                    elif value == number:
                        out.append(("add" if pieces and form not in pieces else "scale", value))
                    else:
                        out += [("scale-plural", value), ("scale", value)]
            lead = number // 10 ** ((len(str(number)) - 1) // 3 * 3) if number >= 1000 else 0
            adders = [lead % 10, lead % 100, lead % 100 - lead % 10, number % 10, number % 100, number % 1000, number - number % 100, number - number % 10, number % 100 - number % 10]
            if any("scale" in role for role, _ in self.words.senses.get(form, [])):
                adders = []  # a word that multiplies is no part that adds as well
            for value in dict.fromkeys(v for v in adders if 0 < v < 1000 and v != number):
                out.append(("article" if value == 1 and not ordinal else "ordinal" if ordinal else "add", value))
                if ordinal:
                    out.append(("add", value))
            return out
        for forms in ([u for u in units if not known(u)], [u for u in units if known(u)]):
            for form in reversed(forms) if ordinal else forms:
                for role, value in candidates(form):
                    if self.attempt(form, role, value, tokens, number, ordinal):
                        return True
        if number < self.phrases_to:
            # Phrases that the machine cannot put together: the smallest that helps, from the end.
            if number >= 100 and not ordinal:
                for start in range(1, len(tokens)):
                    for value in (number % 100, number % 10):
                        if value and self.attempt(tuple(tokens[start:]), "add", value, tokens, number, ordinal):
                            return True
                for end in range(len(tokens), 1, -1):
                    if self.attempt(tuple(tokens[:end]), "add", number - number % 100, tokens, number, ordinal):
                        return True
            return self.attempt(tuple(tokens), adder, number, tokens, number, ordinal)
        if ordinal:
            return False
        # Phrases that join or multiply before those that are a number of their own.
        phrases = [tuple(tokens[start:end]) for start in range(len(tokens)) for end in range(min(len(tokens), start + 4), start + 1, -1)]
        tails = [("add", number % m) for m in (10**6, 1000, 100, 10)]
        for candidates in ([("scale", number)] if power else [], [("and", 1), ("scale-plural", leading), *tails]):
            for form in phrases:
                for role, value in candidates:
                    if value and value <= number and self.attempt(form, role, value, tokens, number, ordinal):
                        return True
        return len(tokens) > 1 and number % leading == 0 and self.attempt(tuple(tokens), "add", number, tokens, number, ordinal)

    def run(self, cardinals: list[str], ordinals: list[str], large: bool = True) -> None:
        for number in SMALL + (LARGE if large else []):
            for name in cardinals:
                self.learn(name, number, False)
        for number in [*range(1, 100), *range(100, 1000, 100), 101, 102, 110, 120, 1000, 2000, 10**6]:
            for name in ordinals:
                self.learn(name, number, True)

    def check(self, name: str, numbers, ordinal: bool) -> list[int]:
        wrong = []
        for number in numbers:
            text = self.spell(name, number)
            if text is None or re.search(r"\d", text):
                continue
            if not self.reads([plain(t) for t in normal(text)], number, ordinal):
                wrong.append(number)
        return wrong
