"""The generated packs of `scripts/cldr.py --wide`: all that CLDR knows of a language, its number words turned around.

`wide.toml` says what CLDR cannot. Writes for each language `packs/<tag>/cldr.toml`, `packs/<tag>/pack.toml` where there is none, and
`tests/spellout/<tag>.txt`: the spell-out rules with which `tests/spellout.rs` proves the words, with an interpreter of its own.
"""

from __future__ import annotations

import random
import re
import sys
import tomllib
import unicodedata
from collections import defaultdict
from pathlib import Path

import cldr as base
from invert import BREAKS, Inverter, Machine, Words, is_ideograph, is_letter, plain, tokens_of
from rbnf import NoWords, Speller

CONFIG = tomllib.loads((Path(__file__).parent / "wide.toml").read_text(encoding="utf-8"))
# Deep languages, whose number words are proven too, though written by hand: their rule files.
DEEP = {"ca": "ca", "de": "de", "en": "en", "es": "es", "fr": "fr", "it": "it", "nl": "nl", "pt": "pt", "pt-PT": "pt-PT", "zh": "zh"}
SETTINGS = ("and_joins", "compounds", "compound_links", "unit_ten_links", "accents_matter")


def rules_of(cldr: base.Cldr, locale: str, fix: dict[str, str]) -> dict[str, list]:
    """The spell-out rule sets of a locale, all that a public one needs."""
    data = cldr.read("cldr-rbnf", "rbnf", f"{locale}.json")["rbnf"]["rbnf"].get("SpelloutRules", {})
    sets = {}
    for name, rows in data.items():
        if isinstance(rows, list) and name != "%%lenient-parse":
            for old, new in fix.items():
                rows = [[descriptor, text.replace(old, new)] for descriptor, text in rows]
            sets[name] = rows
    return sets


def plurals_of(cldr: base.Cldr, locale: str) -> dict[str, dict[str, str]]:
    out = {}
    for kind, file in (("cardinal", "plurals"), ("ordinal", "ordinals")):
        data = cldr.read("cldr-core", "supplemental", f"{file}.json")["supplemental"][f"plurals-type-{kind}"]
        out[kind] = data.get(locale, data.get(locale.partition("-")[0], {}))
    return out


def is_cardinal(name: str) -> bool:
    return "cardinal" in name or name in {"%spellout-numbering", "%spellout-numbering-verbose"}


class Numerals:
    """The number words of one language."""

    def __init__(self, cldr: base.Cldr, tag: str, config: dict):
        self.tag, self.config = tag, config
        rbnf = config.get("rbnf", tag)
        self.locales = [rbnf] if isinstance(rbnf, str) else rbnf
        self.spellers = []
        self.rules = []
        for locale in filter(None, self.locales):
            if not (cldr.folder / "cldr-rbnf" / "rbnf" / f"{locale}.json").exists():
                continue
            rules, plurals = rules_of(cldr, locale, config.get("fix", {})), plurals_of(cldr, locale)
            self.rules.append((locale, rules, plurals))
            self.spellers.append(Speller(rules, plurals))
        self.words = Words(
            config.get("and_joins", "both"), config.get("compounds", False),
            tuple(config.get("compound_links", ())), tuple(config.get("unit_ten_links", ())),
        )
        self.proof = {}

    def sets(self, speller: Speller) -> tuple[list[str], list[str]]:
        skip = self.config.get("skip", [])
        names = [n for n in speller.public() if not any(s in n for s in skip)]
        return [n for n in names if is_cardinal(n)], [n for n in names if "ordinal" in n]

    def learn(self) -> None:
        small = self.config.get("small", False)
        inverters = [Inverter(speller, self.words) for speller in self.spellers]
        for inverter in inverters:
            inverter.run(*self.sets(inverter.speller), large=not small)
        self.prove(inverters)
        for inverter in inverters:
            for special in inverter.speller.special.values():
                self.sign(special.get("-x", ""), "minus")
                self.sign(special.get("x.x", ""), "point-weak")
        for role, values in self.config.get("numerals", {}).items():
            for value, forms in values.items():
                for form in forms:
                    self.words.add(tuple(tokens_of(form)), role, int(float(value)))
        for forms, old, new in ((self.config.get("weak", []), "add", "article"), (self.config.get("weak_ordinals", []), "ordinal", "ordinal-weak")):
            for form in forms:
                senses = self.words.senses.get((form,), [])
                senses[:] = [(new, value) if role == old else (role, value) for role, value in senses]

    def sign(self, text: str, role: str) -> None:
        """The word of `minus →→`, of `←← komma →→`."""
        word = re.sub("←[^←]*←|→[^→]*→+|;", "", text).strip(BREAKS + " ").lower()
        if word and all(is_letter(c) for c in word) and (word,) not in self.words.senses and len(word) > 1 and not is_ideograph(word[0]):
            self.words.add((word,), role, 1)

    def prove(self, inverters: list[Inverter]) -> None:
        """How far everything that is spelled is read back: cardinals and ordinals, as powers of ten."""
        draw = random.Random(48)
        numbers = list(range(1200))
        numbers += [draw.randrange(10**power, 10 ** (power + 1)) for power in range(3, 15) for _ in range(25)]
        numbers += [digit * 10**power + more for power in range(3, 15) for digit in (1, 2, 3, 5, 6, 8) for more in (0, 1, 11, 10 ** (power - 1))]
        for kind, index, least in (("cardinals", 0, 2), ("ordinals", 1, 2)):
            limit, spelled = 10**15, False
            for inverter in inverters:
                for name in self.sets(inverter.speller)[index]:
                    for number in numbers[kind == "ordinals" :]:
                        if number >= limit or kind == "ordinals" and number >= 10_000:
                            continue
                        text = inverter.spell(name, number)
                        if text is None or re.search(r"\d", text):
                            if number < 100 and kind == "ordinals":
                                limit = 0
                            continue
                        spelled = True
                        tokens = [plain(t) for t in tokens_of(text)]
                        if not inverter.reads(tokens, number, kind == "ordinals") and not (kind == "ordinals" and inverter.reads(tokens, number, False)):
                            limit = min(limit, number)
            power = len(str(limit)) - 1 if limit else 0
            if kind == "ordinals":
                power = min(power, self.config.get("ordinals", 4))
            if spelled and power >= least:
                self.proof[kind] = f"1e{power}"
            elif kind == "ordinals":
                for form in [f for f, senses in self.words.senses.items() if all("ordinal" in role for role, _ in senses)]:
                    del self.words.senses[form]

    def tables(self) -> dict:
        out = defaultdict(lambda: defaultdict(set))
        for form, senses in self.words.senses.items():
            text = join(form)
            for role, value in senses:
                name = str(value) if value < 1000 or value % 1000 else f"{value:.0e}".replace("e+0", "e").replace("e+", "e")
                if float(name) != value:
                    name = str(value)
                out[f"numerals.{role}"][name].add(text)
                if "’" in text:
                    out[f"numerals.{role}"][name].add(text.replace("’", "'"))
        if not out:
            return {}
        settings = {key: self.config[key] for key in SETTINGS if key in self.config}
        return dict(out) | {"numeral_settings": {"and_joins": "both"} | settings, "numeral_proof": self.proof}


def join(form: tuple[str, ...]) -> str:
    text = form[0]
    for before, after in zip(form, form[1:]):
        glued = not is_letter(before[0]) or not is_letter(after[0]) or is_ideograph(before[-1]) and is_ideograph(after[0])
        text += after if glued else " " + after
    return text


def rule_file(version: str, locales: list, skip: list[str]) -> str:
    """Rules as `tests/spellout.rs` reads them."""
    lines = [f"# CLDR {version}, see packs/LICENSE-UNICODE.txt; made by scripts/cldr.py --wide"]
    lines += [f"skip {part}" for part in skip]
    for locale, rules, plurals in locales:
        lines.append(f"locale {locale}")
        wanted = {kind for _, rows in ((0, r) for r in rules.values()) for _, text in rows for kind in re.findall(r"\$\((\w+),", text)}
        for kind in sorted(wanted):
            for key, condition in plurals.get(kind, {}).items():
                condition = condition.partition("@")[0].strip()
                if condition:
                    lines.append(f"plural {kind} {key.rpartition('-')[2]} {condition}")
        for name, rows in rules.items():
            lines.append(name)
            lines += [f"{descriptor}: {text}" for descriptor, text in rows if re.match(r"\d+(/\d+)?>*$", descriptor.replace(",", ""))]
    return "\n".join(lines) + "\n"


def scale_words(cldr: base.Cldr, locale: str) -> tuple[dict, dict]:
    """Words and abbreviations of scales from compact formats; what CLDR gives two values is left out."""
    numbers = cldr.numbers(locale)
    compact = base.compact_words(numbers)
    owners = defaultdict(set)
    for width in compact.values():
        for value, forms in width.items():
            for form in forms:
                owners[form].add(value)
    words, signs = defaultdict(set), defaultdict(set)
    for value, forms in compact["long"].items():
        for form in forms:
            if len(owners[form]) == 1 and not form.endswith(".") and (len(form) > 1 or is_ideograph(form)):
                words[value].add(form.lower())
    for value, forms in compact["short"].items():
        for form in forms:
            bare = form.rstrip(".")
            if len(owners[form]) == 1 and all(is_letter(c) for c in bare) and form.lower() not in words[value] and not is_ideograph(bare[0]):
                if len(bare) > 1:
                    signs[("any", value)].add(form)
                elif bare in "MBT" and bare.isascii():
                    signs[("money", value)].add(form)
    return words, signs


def wide_tables(cldr: base.Cldr, tag: str) -> tuple[dict, list]:
    config = CONFIG[tag]
    locale = config.get("locale", tag)
    tables = base.language_tables(cldr, locale)
    del tables["compact.long"], tables["compact.short"]
    units, signs = tables["units"], tables.pop("unit_symbols")
    taken = {form.lower() for forms in units.values() for form in forms}
    single = set(config.get("short", []))
    for unit, forms in signs.items():
        for form in forms:
            bare = form.rstrip(".")
            letters = [c for c in bare if c.isalpha()]
            clear = len(letters) > 1 and not bare.isascii() or len(letters) > 3 or bare in single
            if clear and form.lower() not in taken and not re.search(r"[()\[\]{}]", form):
                units.setdefault(unit, set()).update({form, bare})
    owners = {form.lower(): code for code, forms in tables["currencies"].items() for form in forms}
    for code, forms in config.get("money", {}).items():
        for form in forms:
            owner = owners.get(form.lower())
            if owner and owner != code:
                tables["currencies"][owner] = {f for f in tables["currencies"][owner] if f.lower() != form.lower()}
            tables["currencies"].setdefault(code, set()).add(form)
    numerals = Numerals(cldr, tag, config)
    if numerals.spellers:
        numerals.learn()
    else:
        for role, values in config.get("numerals", {}).items():
            for value, forms in values.items():
                for form in forms:
                    numerals.words.add(tuple(tokens_of(form)), role, int(float(value)))
    words, abbreviations = scale_words(cldr, locale)
    for value, forms in words.items():
        for form in forms:
            form = tuple(tokens_of(form))
            one = Machine([1], "adder")
            composed = len(form) == 1 and numerals.words.compound(one, form[0], 1)
            if form and form not in numerals.words.senses and all(is_letter(t[0]) for t in form) and not composed:
                numerals.words.add(form, "scale-plural", int(float(value)))
    tables |= numerals.tables()
    for (place, value), forms in abbreviations.items():
        tables.setdefault(f"scale_symbols.{place}", {})[value] = forms
    return tables, numerals.rules


def write(cldr: base.Cldr, out: Path, only: list[str]) -> None:
    english = cldr.read("cldr-localenames-full", "main", "en", "languages.json")["main"]["en"]["localeDisplayNames"]["languages"]
    rules = out.parent / "tests" / "spellout"
    rules.mkdir(parents=True, exist_ok=True)
    for tag in [tag for tag in only if tag in CONFIG] if only else CONFIG:
        tables, locales = wide_tables(cldr, tag)
        base.write_toml(out / tag / "cldr.toml", tables, cldr.version)
        pack = out / tag / "pack.toml"
        if not pack.exists():
            pack.write_text(f'name = "{english[CONFIG[tag].get("locale", tag)]}"\n', encoding="utf-8")
        if locales:
            (rules / f"{tag}.txt").write_text(rule_file(cldr.version, locales, CONFIG[tag].get("skip", [])), encoding="utf-8")
        print(tag, tables.get("numeral_proof"), flush=True)
    for tag, locale in DEEP.items():
        if not only or tag in only:
            text = rule_file(cldr.version, [(locale, rules_of(cldr, locale, {}), plurals_of(cldr, locale))], [])
            (rules / f"{tag}.txt").write_text(text, encoding="utf-8")
