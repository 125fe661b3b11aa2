#!/usr/bin/env python3
"""How far translations agree: the same news lines in several languages should give the same quantities.

usage: agreement.py [--bin PROGRAM] [--shared DIR] [--languages pt,gl] [--show N] [--from LINE] [--only KIND] [--kinds] [--json FILE]

`cuanto annotate` reads each line of NTREX (shared/corpus/ntrex) as an article of its own, its language given, and the same
line in English. Printed, for each language against English: the quantities that English found, that the language found, that
both found, and F1 of the multisets of (kind, value, unit) of each line, summed over the lines. `loose` is F1 without the kind,
to tell a quantity read as another kind from one not read at all.

What is compared, and why:
- Values and units are the normalised ones where there are such: «2,000 metres» is «dos kilómetros», «half an hour» «30 Minuten»,
  «50 cents» «0,5 $». «5 miles» and «8 km» are not the same (8047 and 8000 m): a translator who converts and rounds has said
  something else, and where languages do so, F1 stays below 100.
- A range is its two ends. A range on one side and two numbers on the other do not agree.
- Bounds («more than») are left out: translators add and drop them. So are what is counted and everything else.
- Values agree within a millionth; each fact is used once.
- A line without quantities on both sides does not count.

A line that differs is a translator's choice, a mistake of the language's pack, or a mistake of the English one: `--show` prints
the first N of them (from line `--from`, of kind `--only`) with both texts: `-` is what only English found, `+` what only the
other did, in the text's own words. Without the corpus the tool says so and exits 0.
"""
import argparse
import collections
import json
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Our language tags -> the corpus's files.
FILES = {
    "es": "spa", "es-MX": "spa-MX", "pt": "por", "pt-BR": "por-BR", "fr": "fra", "it": "ita", "de": "deu", "ca": "cat", "gl": "glg",
    "nl": "nld", "zh": "zho_Hans", "zh-Hant": "zho_Hant", "ja": "jpn",
}
MILLIONTH = Fraction(1, 10**6)
KINDS = ("count", "number", "ordinal", "percent", "ratio", "money", "measure")


def lines(corpus: Path, name: str) -> list[str]:
    # Not splitlines(): a line may hold rarer separators of its own.
    return (corpus / f"{name}.txt").read_text(encoding="utf8").removesuffix("\n").split("\n")


def annotate(program: str, texts: list[str], language: str) -> list[list[dict]]:
    """The facts of each text, read as one article each."""
    articles = "".join(
        json.dumps({"id": str(at), "text": text, "language": language}, ensure_ascii=False) + "\n" for at, text in enumerate(texts)
    )
    run = subprocess.run([program, "annotate", "-", "--entities", "off"], input=articles.encode(), capture_output=True)
    # 1 means that some document failed: an empty line may.
    if run.returncode not in (0, 1):
        sys.exit(f"annotate ended with {run.returncode}: {run.stderr.decode()[-800:]}")
    facts: list[list[dict]] = [[] for _ in texts]
    answers = 0
    for line in run.stdout.decode().split("\n"):
        if line:
            row = json.loads(line)
            facts[int(row["doc_id"])] = row["facts"]
            answers += 1
    if answers < sum(bool(text.strip()) for text in texts):
        sys.exit(f"annotate answered for {answers} of {len(texts)} lines of {language}: {run.stderr.decode()[-800:]}")
    return facts


def content(fact: dict) -> tuple[str, str, Fraction, Fraction | None]:
    """Kind, unit, value and high end of a fact, normalised where it can be."""
    normalized = bool(fact["normalized_value"])
    value = fact["normalized_value" if normalized else "value"]
    high = fact["normalized_high" if normalized else "value_high"]
    unit = fact["normalized_unit" if normalized else "unit"]
    return fact["kind"], unit, Fraction(value), Fraction(high) if high else None


def close(one: Fraction | None, other: Fraction | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= MILLIONTH * max(abs(one), abs(other))


def unmatched(ours: list[dict], theirs: list[dict], with_kind: bool) -> tuple[list[dict], list[dict]]:
    """What only one of two lines has, each fact used once."""
    only_ours, left = [], list(theirs)
    for fact in ours:
        kind, unit, value, high = content(fact)
        for at, other in enumerate(left):
            other_kind, other_unit, other_value, other_high = content(other)
            alike = (kind == other_kind or not with_kind) and unit == other_unit
            if alike and close(value, other_value) and close(high, other_high):
                del left[at]
                break
        else:
            only_ours.append(fact)
    return only_ours, left


def f1(both: int, ours: int, theirs: int) -> float:
    return 2 * both / (ours + theirs) if ours + theirs else 1.0


def written(fact: dict) -> str:
    value = fact["value"] + (f'..{fact["value_high"]}' if fact["value_high"] else "")
    return " ".join(filter(None, (fact["kind"], value, fact["unit"]))) + f' «{fact["surface"]}»'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=str(ROOT / "target" / "release" / "cuanto"), help="the program to ask")
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("CUANTO_SHARED", ROOT.parent / "shared")))
    parser.add_argument("--languages", default="es,pt,fr,it,de,ca,gl,nl,zh", help=f"of {', '.join(FILES)}")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N lines that differ, for each language")
    parser.add_argument("--from", type=int, default=1, metavar="LINE", dest="start", help="show lines from this one on")
    parser.add_argument("--only", default="", metavar="KIND", help="show lines that differ in this kind")
    parser.add_argument("--kinds", action="store_true", help="print F1 of each kind too")
    parser.add_argument("--json", metavar="FILE", help="write the rows there as JSON")
    args = parser.parse_args()
    corpus = args.shared / "corpus" / "ntrex"
    if not (corpus / "eng-src.txt").exists():
        print(f"skipped: no corpus in {os.path.relpath(corpus)}")
        return

    english = lines(corpus, "eng-src")
    english_facts = annotate(args.bin, english, "en")
    rows = []
    for language in args.languages.split(","):
        if language not in FILES:
            parser.error(f"no lines of {language}; there are {', '.join(FILES)}")
        if not (corpus / f"{FILES[language]}.txt").exists():
            print(f"skipped: no lines of {language} in {os.path.relpath(corpus)}")
            continue
        texts = lines(corpus, FILES[language])
        if len(texts) != len(english):
            sys.exit(f"{FILES[language]}.txt has {len(texts)} lines, eng-src.txt {len(english)}")
        facts = annotate(args.bin, texts, language)
        shown = loose = 0
        counts = {kind: collections.Counter() for kind in KINDS}
        for at, (ours, theirs) in enumerate(zip(english_facts, facts)):
            missed, extra = unmatched(ours, theirs, True)
            loose += len(ours) - len(unmatched(ours, theirs, False)[0])
            for key, side in (("ours", ours), ("theirs", theirs), ("missed", missed)):
                for fact in side:
                    counts[fact["kind"]][key] += 1
            differs = [fact for fact in missed + extra if args.only in ("", fact["kind"])]
            if differs and at + 1 >= args.start and shown < args.show:
                shown += 1
                print(f"{language} line {at + 1}\n  en {english[at]}\n  {language} {texts[at]}")
                for sign, side in (("-", missed), ("+", extra)):
                    for fact in side:
                        print(f"     {sign} {written(fact)}")
        ours, theirs = (sum(counts[kind][side] for kind in KINDS) for side in ("ours", "theirs"))
        both = ours - sum(counts[kind]["missed"] for kind in KINDS)
        rows.append({"language": language, "english": ours, "found": theirs, "both": both,
                     "f1": f1(both, ours, theirs), "loose": f1(loose, ours, theirs),
                     "kinds": {kind: f1(count["ours"] - count["missed"], count["ours"], count["theirs"]) for kind, count in counts.items()}})

    kinds = KINDS if args.kinds else ()
    print(f'{"language":10} {"english":>8} {"found":>6} {"both":>6} {"F1":>6} {"loose":>6}' + "".join(f" {kind:>8}" for kind in kinds))
    for row in rows:
        print(f'{row["language"]:10} {row["english"]:8} {row["found"]:6} {row["both"]:6} {100 * row["f1"]:6.1f} {100 * row["loose"]:6.1f}'
              + "".join(f' {100 * row["kinds"][kind]:8.1f}' for kind in kinds))
    if args.json:
        Path(args.json).write_text(json.dumps(rows, indent=1), encoding="utf8")


if __name__ == "__main__":
    main()
