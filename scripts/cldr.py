#!/usr/bin/env python3
"""Generates `packs/*/cldr.toml` from a pinned CLDR, and checks the hand-kept tables of names beside them.

Get the data once, in a folder outside the tree, all packages at one version (Unicode licence, see
`packs/LICENSE-UNICODE.txt`), and unpack each into a folder of its own name:

    for p in cldr-core cldr-dates-full cldr-localenames-full cldr-numbers-full cldr-rbnf cldr-units-full; do
        npm pack $p@48.2.0
        mkdir $p && tar -xzf $p-48.2.0.tgz -C $p --strip-components=1
    done

Then, from the repository root:

    python3 scripts/cldr.py CLDR_FOLDER                            # writes und, es and en
    python3 scripts/cldr.py CLDR_FOLDER --languages es,en,pt --out FOLDER
    python3 scripts/cldr.py CLDR_FOLDER --languages "" --wide      # the packs of scripts/wide.toml, or only the tags behind it
    python3 scripts/cldr.py --check                                # reads packs/ only, needs no CLDR

For example the CLDR pattern `{0} kilómetros` of unit `length-kilometer` becomes the form `kilómetros` of our unit
symbol `km`. What CLDR does not know (bare «yuanes», demonyms, colloquial names) lives in the TSV tables, by hand.
Needs Python 3.11 and no packages.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

# Languages whose separators go to the root pack, committed or not.
LANGUAGES = ["ca", "de", "en", "es", "fr", "gl", "it", "nl", "pt", "zh"]
PACKAGES = ["cldr-core", "cldr-dates-full", "cldr-localenames-full", "cldr-numbers-full", "cldr-units-full"]
HISTORY_SINCE = "1970-01-01"

# CLDR unit id (without its category) -> our unit symbol. A CLDR unit that is absent here is left out on purpose: its
# name means something else far more often in running text (`punto`, `part`, `item`, `drop`, `grain`, `night`, `karat`,
# `foodcalorie`, `dot`, `permyriad`, `rod`, `chain`), it is untranslated in CLDR, or no news text measures in it.
UNITS = {
    "square-kilometer": "km²", "hectare": "ha", "square-meter": "m²", "square-centimeter": "cm²", "square-mile": "mi²",
    "acre": "ac", "square-yard": "yd²", "square-foot": "ft²", "square-inch": "in²", "dunam": "dunam",
    "g-force": "gₙ", "meter-per-square-second": "m/s²",
    "radian": "rad", "degree": "°", "arc-minute": "′", "arc-second": "″", "steradian": "sr",
    "milligram-ofglucose-per-deciliter": "mg/dl", "millimole-per-liter": "mmol/l", "mole": "mol", "katal": "kat",
    "part-per-1e6": "ppm", "part-per-1e9": "ppb", "percent": "%", "permille": "‰",
    "liter-per-kilometer": "l/km", "liter-per-100-kilometer": "l/100 km", "mile-per-gallon": "mpg",
    "petabyte": "PB", "terabyte": "TB", "terabit": "Tbit", "gigabyte": "GB", "gigabit": "Gbit", "megabyte": "MB",
    "megabit": "Mbit", "kilobyte": "kB", "kilobit": "kbit", "byte": "B", "bit": "bit",
    "century": "century", "decade": "decade", "year": "yr", "quarter": "quarter", "month": "mo", "week": "wk",
    "day": "d",
    "hour": "h", "minute": "min", "second": "s", "millisecond": "ms", "microsecond": "µs", "nanosecond": "ns",
    "ampere": "A", "milliampere": "mA", "ohm": "Ω", "volt": "V", "coulomb": "C", "farad": "F", "henry": "H",
    "siemens": "S",
    "kilocalorie": "kcal", "calorie": "cal", "kilojoule": "kJ", "joule": "J", "kilowatt-hour": "kWh",
    "electronvolt": "eV", "british-thermal-unit": "BTU", "therm-us": "thm",
    "becquerel": "Bq", "sievert": "Sv", "gray": "Gy",
    "pound-force": "lbf", "newton": "N", "kilogram-force": "kgf", "kilowatt-hour-per-100-kilometer": "kWh/100 km",
    "gigahertz": "GHz", "megahertz": "MHz", "kilohertz": "kHz", "hertz": "Hz",
    "pixel": "px", "megapixel": "MP", "pixel-per-inch": "px/in", "dot-per-inch": "dpi",
    "kilometer": "km", "meter": "m", "decimeter": "dm", "centimeter": "cm", "millimeter": "mm", "micrometer": "µm",
    "nanometer": "nm", "picometer": "pm", "mile": "mi", "yard": "yd", "foot": "ft", "inch": "in", "parsec": "pc",
    "light-year": "ly", "astronomical-unit": "au", "furlong": "fur", "fathom": "ftm", "nautical-mile": "nmi",
    "lux": "lx", "candela": "cd", "lumen": "lm",
    "tonne": "t", "kilogram": "kg", "gram": "g", "milligram": "mg", "microgram": "µg", "ton": "ton", "stone": "st",
    "pound": "lb", "ounce": "oz", "ounce-troy": "ozt", "carat": "ct", "dalton": "Da",
    "earth-mass": "M⊕", "solar-mass": "M☉", "solar-radius": "R☉", "earth-radius": "R⊕", "solar-luminosity": "L☉",
    "gigawatt": "GW", "megawatt": "MW", "kilowatt": "kW", "watt": "W", "milliwatt": "mW", "horsepower": "hp",
    "millimeter-ofhg": "mmHg", "inch-ofhg": "inHg", "pound-force-per-square-inch": "psi", "bar": "bar",
    "millibar": "mbar",
    "atmosphere": "atm", "pascal": "Pa", "hectopascal": "hPa", "kilopascal": "kPa", "megapascal": "MPa",
    "kilometer-per-hour": "km/h", "meter-per-second": "m/s", "mile-per-hour": "mph", "knot": "kn",
    "generic": "°", "celsius": "°C", "fahrenheit": "°F", "kelvin": "K", "newton-meter": "N·m",
    "pound-force-foot": "lbf·ft",
    "cubic-kilometer": "km³", "cubic-meter": "m³", "cubic-centimeter": "cm³", "cubic-mile": "mi³", "cubic-yard": "yd³",
    "cubic-foot": "ft³", "cubic-inch": "in³", "megaliter": "Ml", "hectoliter": "hl", "liter": "l", "deciliter": "dl",
    "centiliter": "cl", "milliliter": "ml", "acre-foot": "ac·ft", "bushel": "bu", "gallon": "gal",
    "gallon-imperial": "gal_imp", "quart": "qt", "pint": "pt", "cup": "cup", "fluid-ounce": "floz",
    "tablespoon": "tbsp",
    "teaspoon": "tsp", "barrel": "bbl", "tesla": "T", "weber": "Wb",
}

ADDED_PREFIXES = {"es": {"Yi": ["yobi"]}}  # CLDR 48 has only «yobe»

PREFIX_SYMBOLS = {
    "10p-30": "q", "10p-27": "r", "10p-24": "y", "10p-21": "z", "10p-18": "a", "10p-15": "f", "10p-12": "p",
    "10p-9": "n",
    "10p-6": "µ", "10p-3": "m", "10p-2": "c", "10p-1": "d", "10p1": "da", "10p2": "h", "10p3": "k", "10p6": "M",
    "10p9": "G", "10p12": "T", "10p15": "P", "10p18": "E", "10p21": "Z", "10p24": "Y", "10p27": "R", "10p30": "Q",
    "1024p1": "Ki", "1024p2": "Mi", "1024p3": "Gi", "1024p4": "Ti", "1024p5": "Pi", "1024p6": "Ei", "1024p7": "Zi",
    "1024p8": "Yi",
}
WEEKDAYS = {"mon": "1", "tue": "2", "wed": "3", "thu": "4", "fri": "5", "sat": "6", "sun": "7"}  # ISO 8601
# Signs that several currencies share: `packs/currency_families.tsv` has them, with their default.
SHARED_SIGNS = {"$", "C$", "£", "¥", "kr.", "¤", "FCFA", "F CFA"}
# A sign of plain letters reads as a word or a unit (`Q1`, `kn`, `CF`) and is left out, but for these.
LETTER_SIGNS = {"CFPF", "Ft", "RM", "Rp"}
# Codes whose names are metals, funds and tests: «oro», «fondos RINET».
NO_CURRENCIES = {
    "XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XFO", "XFU", "XPD", "XPT", "XRE", "XSU", "XTS", "XUA", "XXX", "ZZZ",
}
# Locales of a language whose names are added to the language's own, where no other name has them.
VARIANTS = {"en": ["en-GB"], "es": ["es-419", "es-MX"], "sr": ["sr-Latn"]}


def clean(text: str) -> str:
    """Plain spaces, no soft hyphens, no direction marks, no space at the ends."""
    text = re.sub(r"[\u00ad\u200b\u200e\u200f\u061c]", "", text)
    return re.sub(r"[\s\u00a0\u202f\u2009]+", " ", text).strip()


class Cldr:
    """A folder of unpacked CLDR packages of one version."""

    def __init__(self, folder: Path):
        self.folder = folder
        versions = {p: self.read(p, "package.json")["version"] for p in PACKAGES}
        if len(set(versions.values())) != 1:
            raise SystemExit(f"{folder}: the packages differ in version, get all at one: {versions}")
        self.version = versions["cldr-core"]

    def read(self, package: str, *path: str) -> dict:
        file = self.folder.joinpath(package, *path)
        try:
            return json.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise SystemExit(f"{file}: missing; see the head of this script for how to get the packages") from None

    def main(self, package: str, locale: str, file: str) -> dict:
        return self.read(package, "main", locale, file)["main"][locale]

    def numbers(self, locale: str) -> dict:
        return self.main("cldr-numbers-full", locale, "numbers.json")["numbers"]

    def currencies(self, locale: str) -> dict:
        return self.main("cldr-numbers-full", locale, "currencies.json")["numbers"]["currencies"]

    def regions(self) -> dict:
        data = self.read("cldr-core", "supplemental", "currencyData.json")["supplemental"]["currencyData"]["region"]
        return {
            region: [(code, use) for entry in entries for code, use in entry.items() if use.get("_tender") != "false"]
            for region, entries in data.items()
        }

    def locales(self, language: str) -> list[str]:
        names = [p.name for p in (self.folder / "cldr-numbers-full" / "main").iterdir()]
        return sorted(n for n in names if n == language or re.fullmatch(language + r"-([A-Z]{2}|\d{3})", n))


def separators(numbers: dict) -> dict[str, str]:
    system = numbers["defaultNumberingSystem"]
    symbols = numbers[f"symbols-numberSystem-{system}"]
    # A group sign that is a space of any width is written as the plain one: the reader takes them all.
    out = {"decimal": symbols["decimal"], "group": clean(symbols["group"]) or " "}
    sizes = [len(g) for g in numbers[f"decimalFormats-numberSystem-{system}"]["standard"].split(".")[0].split(",")[1:]]
    if len(set(sizes)) > 1:
        out["grouping"] = ";".join(str(s) for s in reversed(sizes))
    return out


def wide_locales() -> dict[str, str]:
    """The CLDR locales of the generated packs, by tag."""
    wide = tomllib.loads((Path(__file__).parent / "wide.toml").read_text(encoding="utf-8"))
    return {tag: config.get("locale", tag) for tag, config in wide.items()}


def root_tables(cldr: Cldr) -> dict:
    locales = {}
    for tag, language in sorted({**{tag: tag for tag in LANGUAGES}, **wide_locales()}.items()):
        base = separators(cldr.numbers(language))
        locales[tag] = base
        for locale in cldr.locales(language):
            own = separators(cldr.numbers(locale))
            if own != base:
                locales[tag + locale.removeprefix(language)] = own
    regions, history = {}, {}
    for region, uses in cldr.regions().items():
        if not re.fullmatch("[A-Z]{2}", region):
            continue
        current = [code for code, use in uses if "_to" not in use]
        if current:
            regions[region] = current[0]  # CLDR lists the preferred one first
        since = [
            {"code": code} | {key[1:]: use[key] for key in ("_from", "_to") if key in use}
            for code, use in uses
            if use.get("_to", "9999") >= HISTORY_SINCE
        ]
        if since:
            history[region] = sorted(since, key=lambda e: (e.get("from", ""), e["code"]))
    owners = defaultdict(set)
    for code, names in cldr.currencies("en").items():
        for key in ("symbol", "symbol-alt-narrow"):
            symbol = clean(names.get(key, code))
            letters = symbol.isascii() and symbol.isalpha() and symbol not in LETTER_SIGNS
            if symbol != code and symbol not in SHARED_SIGNS and not letters:
                owners[symbol].add(code)
    legal = set(regions.values())
    symbols = {}
    for symbol, codes in owners.items():
        codes = codes & legal if len(codes) > 1 else codes
        if symbol == "₩":  # both Koreas; the press writes of one
            codes = {"KRW"}
        if len(codes) == 1:
            symbols[symbol] = next(iter(codes))
    return {"locales": locales, "regions": regions, "regions_history": history, "symbols": symbols}


def patterns(entry: dict) -> set[str]:
    """The words of a unit's patterns: `{0} kilómetros` -> `kilómetros`; those with the number inside are left out."""
    out = set()
    for key, pattern in entry.items():
        # `unitPattern-count-few`, and by case `genitive-count-few`
        if "-count-" in key and clean(pattern).startswith("{0}"):
            form = clean(clean(pattern).removeprefix("{0}"))
            if form and "{" not in form and "[" not in form:
                out.add(form)
    return out


def unit_tables(cldr: Cldr, locale: str, language: str) -> dict:
    units = cldr.main("cldr-units-full", locale, "units.json")["units"]
    names, signs, prefixes = defaultdict(set), defaultdict(set), defaultdict(set)
    for key, entry in units["long"].items():
        if key in PREFIX_SYMBOLS:
            word = clean(entry.get("unitPrefixPattern", "").replace("{0}", ""))
            if word:
                prefixes[PREFIX_SYMBOLS[key]].add(word)
        symbol = UNITS.get(key.partition("-")[2])
        if symbol is None:
            continue
        names[symbol] |= patterns(entry)
        short = patterns(units["short"].get(key, {}))
        # A narrow form of one letter is too short to be told from a word or another unit.
        narrow = {form for form in patterns(units["narrow"].get(key, {})) if len(form) > 1 or not form.isalpha()}
        signs[symbol] |= (short | narrow)
    for symbol, forms in ADDED_PREFIXES.get(language, {}).items():
        prefixes[symbol] |= set(forms)
    for symbol in names:
        # `gal` of the imperial gallon is our symbol of another unit.
        signs[symbol] -= names[symbol] | set(UNITS.values())
    names, signs = one_owner(names, f"{language} units"), one_owner(signs, f"{language} unit_symbols")
    return {"units": names, "unit_symbols": signs, "prefixes": prefixes}


def one_owner(table: dict[str, set[str]], what: str, preferred: frozenset[str] = frozenset()) -> dict[str, set[str]]:
    """Leaves out every form that two keys claim, unless just one of them is preferred; says so on stderr."""
    owners = defaultdict(set)
    for key, forms in table.items():
        for form in forms:
            owners[form.lower()].add(key)
    out = {}
    for key, forms in table.items():
        kept = set()
        for form in forms:
            claimants = owners[form.lower()]
            if len(claimants) == 1 or claimants & preferred == {key}:
                kept.add(form)
            elif key == min(claimants):
                keeper = sorted(claimants & preferred) or "none"
                print(f"{what}: «{form}» of {sorted(claimants)}: kept by {keeper}", file=sys.stderr)
        if kept:
            out[key] = kept
    return out


def currency_names(cldr: Cldr, locale: str, language: str, legal: frozenset[str]) -> dict:
    table = defaultdict(set)
    for code, names in cldr.currencies(locale).items():
        if code in NO_CURRENCIES:
            continue
        # The counted forms first: «Afghan afghani» rather than the headline's «Afghan Afghani».
        for key, name in sorted(names.items(), key=lambda item: "count" not in item[0]):
            name = clean(name)
            # «peso argentino (1983–1985)» is a catalogue entry, no name that a text uses.
            if key.startswith("displayName") and name != code and not re.search(r"[(\[\d]", name):
                if not any(name.lower() == form.lower() for form in table[code]):
                    table[code].add(name)
    return one_owner(table, f"{language} currencies", legal)


def calendar_names(cldr: Cldr, locale: str) -> tuple[dict, dict]:
    calendar = cldr.main("cldr-dates-full", locale, "ca-gregorian.json")["dates"]["calendars"]["gregorian"]
    tables = []
    for part in ("months", "days"):
        table = defaultdict(set)
        for usage in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for key, name in calendar[part][usage][width].items():
                    table[WEEKDAYS.get(key, key)].add(clean(name))
        tables.append(table)
    return tables[0], tables[1]


def compact_words(numbers: dict) -> dict[str, dict[str, set[str]]]:
    """Scale words by width and power of ten: `00 mil M` for 10^10 says that `mil M` is 10^9."""
    formats = numbers[f"decimalFormats-numberSystem-{numbers['defaultNumberingSystem']}"]
    out = {}
    for width in ("long", "short"):
        table = defaultdict(set)
        for key, pattern in formats[width]["decimalFormat"].items():
            pattern = clean(pattern).partition(";")[0]
            if not pattern.startswith("0"):
                continue
            zeros, word = pattern.count("0"), clean(re.sub(r"[0'‎]", "", pattern))
            power = len(key.partition("-")[0]) - 1 - (zeros - 1)
            if zeros and word and power:
                table[f"1e{power}"].add(word)
        out[width] = table
    return out


def territory_names(cldr: Cldr, locale: str, language: str) -> dict:
    data = cldr.main("cldr-localenames-full", locale, "territories.json")["localeDisplayNames"]["territories"]
    table = defaultdict(set)
    for key, name in data.items():
        region = key.partition("-")[0]
        if re.fullmatch("[A-Z]{2}", region) and region not in {"XA", "XB", "ZZ", "QO", "UN"} and name != region:
            table[region].add(clean(name))
    return one_owner(table, f"{language} territories")


def add_variant(table: dict[str, set[str]], variant: dict[str, set[str]]) -> None:
    """Adds a locale's names to those of its language; a name that the language gives another key stays there."""
    owners = {form.lower(): key for key, forms in table.items() for form in forms}
    for key, forms in variant.items():
        added = {form for form in forms if owners.get(form.lower(), key) == key}
        if added:
            table[key] = table.get(key, set()) | added
            owners |= {form.lower(): key for form in added}


def names_of(cldr: Cldr, locale: str, language: str, legal: frozenset[str]) -> dict:
    months, days = calendar_names(cldr, locale)
    return {
        "currencies": currency_names(cldr, locale, language, legal),
        "days": days,
        "months": months,
        "territories": territory_names(cldr, locale, language),
    } | unit_tables(cldr, locale, language)


def language_tables(cldr: Cldr, language: str) -> dict:
    legal = frozenset(code for uses in cldr.regions().values() for code, use in uses if "_to" not in use)
    names = names_of(cldr, language, language, legal)
    for locale in VARIANTS.get(language, []):
        for name, table in names_of(cldr, locale, language, legal).items():
            add_variant(names[name], table)
    compact = compact_words(cldr.numbers(language))
    return names | {
        "compact.long": compact["long"],
        "compact.short": compact["short"],
        "numbers": separators(cldr.numbers(language)),
    }


def toml_key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else json.dumps(key, ensure_ascii=False)


def toml_value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, set):
        return "[" + ", ".join(toml_value(v) for v in sorted(value)) + "]"
    if isinstance(value, list):
        return "[" + ", ".join(toml_value(v) for v in value) + "]"
    return "{ " + ", ".join(f"{k} = {toml_value(v)}" for k, v in value.items()) + " }"


def table_order(key: str) -> tuple:
    """Numbers by size (months, powers of ten), the rest by code point."""
    number = re.fullmatch(r"(?:1e)?(\d+)", key)
    return (0, int(number[1]), key) if number else (1, 0, key)


def write_toml(path: Path, tables: dict, version: str) -> None:
    lines = [f"# generated by scripts/cldr.py from CLDR {version}; do not edit"]
    for name in sorted(tables):
        lines += ["", f"[{name}]"]
        table = tables[name]
        for key in sorted(table, key=table_order):
            if table[key]:
                lines.append(f"{toml_key(key)} = {toml_value(table[key])}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    counts = {}
    for name, table in sorted(tables.items()):
        counts[name] = sum(len(v) if isinstance(v, (set, list)) else 1 for v in table.values())
    print(f"{path}: {counts}")


# Columns of each hand-kept table; a trailing `?` may be missing, `…` marks a cell of alternatives.
TABLES = {
    "currencies.tsv": ["code", "minor_digits", "symbols…", "status", "name_en"],
    "currency_families.tsv": ["family", "default", "members…", "symbols…"],
}
LANGUAGE_TABLES = {
    "currencies.tsv": ["target", "forms…", "style?"],
    "minor_units.tsv": ["forms…", "targets…", "factor", "style?"],
    "places.tsv": ["region", "forms…"],
}


class Checker:
    """Reads the tables of `packs/` and collects `file:line: what is wrong`."""

    def __init__(self, packs: Path):
        self.packs = packs
        self.errors: list[str] = []
        self.counts: dict[str, tuple[int, int]] = {}

    def fail(self, file: Path, line: int, what: str) -> None:
        self.errors.append(f"{file}:{line}: {what}")

    def rows(self, file: Path, columns: list[str]) -> list[tuple[int, list]]:
        """The rows of a table, cells of alternatives split; checks shape, order and duplicates."""
        out, previous, forms_count = [], None, 0
        required = sum(not c.endswith("?") for c in columns)
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1):
            if not line or line.startswith("#"):
                continue
            cells = line.split("\t")
            if not required <= len(cells) <= len(columns):
                self.fail(file, number, f"{len(cells)} columns, not {required} to {len(columns)}: {', '.join(columns)}")
                continue
            if re.search(r"[\u00a0\u00ad\u202f]", line) or any(c != c.strip() for c in cells):
                self.fail(file, number, "a cell with a soft hyphen, a no-break space or a space at its end")
            # Rows stand by their first cell, those of one target by style: the plain one first.
            key = (cells[0], cells[-1] if columns[-1].endswith("?") and len(cells) == len(columns) else "")
            if previous is not None and key < previous:
                self.fail(file, number, f"out of order: {cells[0]!r} after {previous[0]!r}")
            previous = key
            parsed: list = []
            for column, cell in zip(columns, cells):
                if not column.endswith("…"):
                    parsed.append(cell)
                    continue
                alternatives = [a for a in cell.split("|") if a]
                if len(set(alternatives)) != len(alternatives):
                    twice = sorted({a for a in alternatives if alternatives.count(a) > 1})
                    self.fail(file, number, f"twice in one cell: {twice}")
                forms_count += len(alternatives)
                parsed.append(alternatives)
            out.append((number, parsed + [""] * (len(columns) - len(cells))))
        self.counts[str(file)] = (len(out), forms_count)
        return out

    def run(self) -> None:
        und_file = self.packs / "und" / "cldr.toml"
        und = tomllib.loads(und_file.read_text(encoding="utf-8"))
        known = set(und["regions"].values()) | {e["code"] for h in und["regions_history"].values() for e in h}
        for toml in sorted(self.packs.glob("*/cldr.toml")):
            known |= tomllib.loads(toml.read_text(encoding="utf-8")).get("currencies", {}).keys()

        file, codes, signs = self.packs / "currencies.tsv", {}, {}
        for line, (code, digits, symbols, status, name) in self.rows(file, TABLES["currencies.tsv"]):
            if code in codes:
                self.fail(file, line, f"{code} is listed twice")
            if status not in {"current", "retired", "crypto"}:
                self.fail(file, line, f"status {status!r} is none of current, retired, crypto")
            if status != "crypto" and code not in known:
                self.fail(file, line, f"{code} is no code of ISO 4217 that CLDR knows")
            if not digits.isdecimal() or not name:
                self.fail(file, line, "minor_digits has to be a number and name_en a name")
            codes[code] = status
            for symbol in symbols:
                if signs.setdefault(symbol, code) != code:
                    self.fail(file, line, f"symbol {symbol!r} is listed for {signs[symbol]} too")
        for region, code in sorted(und["regions"].items()):
            if codes.get(code) != "current":
                self.fail(file, 1, f"{code}, legal tender of {region}, is missing or not current")
        for symbol, code in sorted(und["symbols"].items()):
            if signs.get(symbol, code) != code:
                self.fail(file, 1, f"symbol {symbol!r} is {code} in und/cldr.toml and {signs[symbol]} here")

        file, families = self.packs / "currency_families.tsv", {}
        for line, (family, default, members, symbols) in self.rows(file, TABLES["currency_families.tsv"]):
            if family in families:
                self.fail(file, line, f"{family} is listed twice")
            families[family] = members
            if default and default not in members:
                self.fail(file, line, f"the default {default} is no member")
            for code in members:
                if code not in codes:
                    self.fail(file, line, f"{code} is not in currencies.tsv")
            for symbol in symbols:
                if symbol in signs:
                    self.fail(file, line, f"symbol {symbol!r} is listed for {signs[symbol]} too")
                signs[symbol] = family

        for folder in sorted(p.parent for p in self.packs.glob("*/currencies.tsv")):
            self.language(folder, codes, families, und["regions"])

    def language(self, folder: Path, codes: dict, families: dict, tender: dict) -> None:
        cldr = tomllib.loads((folder / "cldr.toml").read_text(encoding="utf-8"))
        dropped = folder / "dropped.tsv"
        lines = dropped.read_text(encoding="utf-8").split("\n") if dropped.exists() else []
        gone = {form for line in lines if not line.startswith("#") for form in line.split("\t")[0].split("|")}
        owners = {form.lower(): code for code, forms in cldr["currencies"].items() for form in forms if form not in gone}
        hand: dict[str, str] = {}
        file = folder / "currencies.tsv"
        for line, (target, forms, style) in self.rows(file, LANGUAGE_TABLES["currencies.tsv"]):
            if target not in codes and target not in families:
                self.fail(file, line, f"{target} is neither a code of currencies.tsv nor a family")
            if style not in {"", "colloquial"}:
                self.fail(file, line, f"style {style!r} is neither empty nor colloquial")
            for form in forms:
                key = form.lower()
                if hand.setdefault(key, target) != target:
                    self.fail(file, line, f"«{form}» is listed for {hand[key]} too: make it a family")
                elif owners.get(key, target) != target and target not in families:
                    self.fail(file, line, f"«{form}» is {owners[key]} in cldr.toml")
                elif key in owners and target in codes:
                    self.fail(file, line, f"«{form}» is in cldr.toml already")
        file, minor = folder / "minor_units.tsv", defaultdict(set)
        for line, (forms, targets, factor, style) in self.rows(file, LANGUAGE_TABLES["minor_units.tsv"]):
            for target in targets:
                if target not in codes and target not in families:
                    self.fail(file, line, f"{target} is neither a code of currencies.tsv nor a family")
            if not re.fullmatch(r"1/\d+|\d+/\d+", factor):
                self.fail(file, line, f"factor {factor!r} is no fraction such as 1/100")
            for form in forms:
                # `fils` may stand twice, as 1/100 of one currency and 1/1000 of another.
                if minor[form.lower()] & set(targets) or form.lower() in hand:
                    self.fail(file, line, f"«{form}» is listed before, here or in currencies.tsv")
                minor[form.lower()] |= set(targets)
        file, places, seen = folder / "places.tsv", {}, set()
        for region, forms in cldr["territories"].items():
            places |= {form.lower(): region for form in forms}
        for line, (region, forms) in self.rows(file, LANGUAGE_TABLES["places.tsv"]):
            if region not in tender:
                self.fail(file, line, f"{region} is no region with a currency")
            if region in seen:
                self.fail(file, line, f"{region} is listed twice")
            seen.add(region)
            for form in forms:
                key = form.lower()
                if places.get(key) == region:
                    self.fail(file, line, f"«{form}» is in cldr.toml already")
                elif places.setdefault(key, region) != region:
                    self.fail(file, line, f"«{form}» is listed for {places[key]} too")
        # A shared name («pesos») has to find its country: each current member's tender needs a region that has a row.
        marked = {tender[region] for region in seen & tender.keys()}
        for code in sorted(set().union(*families.values()) & set(tender.values()) - marked):
            self.fail(file, 1, f"{code} is of a family, but no region whose tender it is has a row")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, help="folder with the unpacked CLDR packages")
    parser.add_argument("--languages", default="en,es", help="languages to write beside und (default: %(default)s)")
    parser.add_argument("--out", type=Path, default=Path("packs"), help="folder of the packs (default: %(default)s)")
    parser.add_argument("--wide", nargs="*", metavar="TAG", help="write the generated packs of wide.toml, or only these")
    parser.add_argument("--check", action="store_true", help="check the tables of names in the folder of the packs")
    arguments = parser.parse_args()
    if not arguments.folder and not arguments.check:
        parser.error("name the folder with the CLDR packages, or --check")
    if arguments.folder:
        cldr = Cldr(arguments.folder)
        write_toml(arguments.out / "und" / "cldr.toml", root_tables(cldr), cldr.version)
        for language in filter(None, arguments.languages.split(",")):
            write_toml(arguments.out / language / "cldr.toml", language_tables(cldr, language), cldr.version)
        if arguments.wide is not None:
            import wide

            wide.write(cldr, arguments.out, arguments.wide)
    if arguments.check:
        checker = Checker(arguments.out)
        checker.run()
        for file, (rows, forms) in sorted(checker.counts.items()):
            print(f"{file}: {rows} rows, {forms} forms")
        for error in checker.errors:
            print(error, file=sys.stderr)
        return 1 if checker.errors else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
