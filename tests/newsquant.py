#!/usr/bin/env python3
"""Values, changes and concepts against NewsQuant, the benchmark of CQE (EMNLP 2023).

usage: newsquant.py [--bin PROGRAM] [--shared DIR | --file CASES] [--show N] [--only MEASURE] [--json FILE]

`cuanto annotate` reads each sentence of the benchmark as an article of its own. The published figures of CQE on the whole set are
92.0 value, 88.1 value and change, 76.1 concept partial, 57.0 concept complete; here half of the set is scored.

  value     F1 of quantities with the same value, both ends of a range; each is used once, in any order of the sentence (the benchmark
            gives no offsets). Values agree within a millionth, as written or in the base unit («19 cents» is 0.19 of a dollar too).
  change    F1 of quantities with the same value and change. The benchmark has one symbol of `= ~ > < up down`, we two columns: ours
            are the bound (`>=` is `>`, `<=` is `<`), and `up` or `down` where the quantity is the amount of a change
            (`change_role` = by); `=` where there is neither. The benchmark's symbol has to be one of ours: of «up about 15 percent»
            it gives `~` in some sentences and `up` in others.
  partial   of the quantities whose value is right, the share whose concept shares a content word with theirs, or both name none.
  complete  the same, with all content words equal.

A concept there is what the quantity is about; a counted noun is its unit and no concept («13000 workers», Ford). Ours is what stands
in `measure`, in `subject` and, beyond the words of the benchmark's unit, in `counted`. They list what the sentence offers, nearest
first, sometimes the measure, sometimes its bearer, sometimes both: complete is when their words are those of one of our cells, of
measure and subject together, or of all three. Words are folded: case, accents, hyphens, possessive and plural `s`, stop words.

Where the benchmark's conventions are not ours (spec/ANNOTATION.md), rules, not cases, take quantities out:
  ordinals   are ours only: kind `ordinal` is left out of our side.
  articles   «a year», «an hour» are ours only: a fact of value 1 that an article writes is left out of our side.
  one        is theirs («one man»), and an article to us: 1 is left out of both sides unless the sentence writes it in digits.
  vague      «dozens of», «millions of» have no value to us: where the sentence has such a plural without a number, their
             10^n to 10^(n+1) and their value of the word are left out.
  dates      «the last three months», «six minutes later» are dates to us: a time that stands so is left out of both sides.
  multiples  «doubled», «twice», «triple» are ours only: a `ratio` of 2 or more, or «halve», is left out of our side where they have none.
  changes    «from 20 to 30» behind a verb of change is a range to them and two levels to us: two facts whose values are the ends of
             their range, the second right behind the first, stand for it. The change asked for is then that of either.
  either     «7- or 8-inch» is a range to us and two quantities to them: our range stands for two of theirs that are its ends.
  levels     of the level that a change reached or left they give `=` in some sentences and the direction in others: both count.
  nouns      a change that a noun names («a 19% drop») is a concept to them and its change `=`: where their concept holds a noun of
             change, `=` stands for our direction.

Without the file the tool says so and exits 0.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import unicodedata
from fractions import Fraction
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MILLIONTH = Fraction(1, 10**6)
STOP = frozenset(
    "a an the of in on at to for from by with and or as is are was were be been its it his her their our this that these those per "
    "each all both which who whose than into over under about".split()
)
# Plurals that name a scale, and what the benchmark makes of them.
VAGUE = {"dozens": 12, "tens": 10, "hundreds": 100, "thousands": 1000, "millions": 10**6, "billions": 10**9, "trillions": 10**12}
# Nouns of change, as `content` folds them.
CHANGES = frozenset("increase rise gain growth boost improvement hike jump decrease fall drop decline loss cut reduction slump".split())
DATED = re.compile(r"\b(?:last|past|next|previous|coming)\s+([\w.-]+)\s+(?:second|minute|hour|day|week|month|year|decade)s?\b"
                   r"|\b([\w.-]+)\s+(?:second|minute|hour|day|week|month|year|decade)s?\s+(?:later|earlier|ago)\b", re.IGNORECASE)
SMALL = {word: str(at) for at, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
TIME = re.compile(r"(?:second|minute|hour|day|week|month|year|decade)s?", re.IGNORECASE)
MEASURES = ("value", "change", "partial", "complete")


def annotate(program: str, texts: list[str]) -> list[list[dict]]:
    """The facts of each sentence, read as one article each."""
    articles = "".join(json.dumps({"id": str(at), "text": text, "language": "en"}) + "\n" for at, text in enumerate(texts))
    run = subprocess.run([program, "annotate", "-", "--entities", "builtin"], input=articles.encode(), capture_output=True)
    # 1 means that some document failed.
    if run.returncode not in (0, 1):
        sys.exit(f"annotate ended with {run.returncode}: {run.stderr.decode()[-800:]}")
    answers = [json.loads(line) for line in run.stdout.decode().split("\n") if line]
    if len(answers) != len(texts):
        sys.exit(f"annotate answered for {len(answers)} of {len(texts)} sentences: {run.stderr.decode()[-800:]}")
    facts: list[list[dict]] = [[] for _ in texts]
    for row in answers:
        facts[int(row["doc_id"])] = row["facts"]
    return facts


def close(one: Fraction, other: Fraction) -> bool:
    return abs(one - other) <= MILLIONTH * max(abs(one), abs(other))


def ends(text: str) -> list[Fraction]:
    """The value of the benchmark, or the two ends of its range, the lower first: `-387`, `5-6`."""
    return sorted(Fraction(part) for part in re.findall(r"(?:(?<![\d.])-)?\d+(?:\.\d+)?(?:e[+-]?\d+)?", text))


def our_ends(fact: dict) -> list[list[Fraction]]:
    """The same of a fact, as written and normalised."""
    both = []
    for value, high in (("value", "value_high"), ("normalized_value", "normalized_high")):
        if fact[value]:
            both.append(sorted(Fraction(fact[name]) for name in (value, high) if fact[name]))
    return both


def same(fact: dict, wanted: list[Fraction]) -> bool:
    return any(len(own) == len(wanted) and all(map(close, own, wanted)) for own in our_ends(fact))


def taken_in(facts: list[dict], wanted: list[dict], text: str) -> tuple[list[dict], list[dict]]:
    """Both sides without what the rules above leave out."""
    digit = re.search(r"(?<![\d.,])1(?:\.0+)?(?![\d]|[.,]\d)", text) is not None
    words = re.findall(r"[a-z]+|\d[\d.,]*", text.lower())
    vague = []
    for at, word in enumerate(words):
        if word in VAGUE and (at == 0 or not words[at - 1][0].isdigit()):
            value = Fraction(VAGUE[word])
            # «tens of thousands», «hundreds of millions»
            if words[at + 1 : at + 2] == ["of"] and words[at + 2 : at + 3] and words[at + 2] in VAGUE:
                vague.append(value * VAGUE[words[at + 2]])
            vague.append(value)

    def is_vague(own: list[Fraction]) -> bool:
        return any(own == [value] or own == [value, 10 * value] for value in vague)

    dated = {SMALL.get(word.lower(), word) for match in DATED.finditer(text) for word in match.groups() if word}

    def is_dated(value: list[Fraction], is_time: bool) -> bool:
        return is_time and len(value) == 1 and any(re.fullmatch(r"\d+", word) and value == [Fraction(word)] for word in dated)

    wanted = [q for q in wanted if not is_dated(ends(q["value"]), TIME.fullmatch(q["unit"]) is not None)]
    theirs = [q for q in wanted if ends(q["value"]) and not is_vague(ends(q["value"])) and (digit or ends(q["value"]) != [1])]
    multiples = any(ends(q["value"])[:1] >= [2] and "time" in q["unit"] for q in theirs)

    def is_ours(fact: dict) -> bool:
        if fact["kind"] == "ordinal" or fact["value"] == "1" and not fact["value_high"] and not any(map(str.isdigit, fact["surface"])):
            return False
        if is_dated(our_ends(fact)[0], fact["dimension"] == "time"):
            return False
        multiple = fact["kind"] == "ratio" and (Fraction(fact["value"]) >= 2 or fact["surface"].lower().startswith("halv"))
        return not multiple or multiples or any(same(fact, ends(q["value"])) for q in theirs)

    return [fact for fact in facts if is_ours(fact)], theirs


def symbols(fact: dict, concept: str = "") -> set[str]:
    own = set()
    if fact["bound"] != "=":
        own.add(fact["bound"][0])
    if fact["trend"]:
        own.add(fact["trend"])
        if fact["bound"] == "=" and (fact["change_role"] != "by" or content(concept) & CHANGES):
            own.add("=")
    return own or {"="}


def aligned(facts: list[dict], theirs: list[dict]) -> tuple[list[tuple[dict, list[dict]]], list[dict], list[dict]]:
    """Pairs of one of theirs and one or two of ours; what is left of both."""
    left, missed, pairs = list(facts), [], []
    for quantity in theirs:
        wanted = ends(quantity["value"])
        # Of several with one value, that with the same change first, then that which counts or measures the same.
        alike = [at for at, fact in enumerate(left) if same(fact, wanted)]
        if alike:
            unit = content(quantity["unit"])
            best = max(alike, key=lambda at: (quantity["change"] in symbols(left[at]), bool(unit & content(left[at]["counted"])), -at))
            pairs.append((quantity, [left.pop(best)]))
        elif len(wanted) == 2:
            for at, (first, second) in enumerate(zip(left, left[1:])):
                if first["value_high"] or second["value_high"]:
                    continue
                split = (first, second) if Fraction(first["value"]) <= Fraction(second["value"]) else (second, first)
                if same(split[0], wanted[:1]) and same(split[1], wanted[1:]):
                    pairs.append((quantity, [first, second]))
                    del left[at : at + 2]
                    break
            else:
                missed.append(quantity)
        else:
            missed.append(quantity)
    # «7- or 8-inch»
    for fact in list(left):
        both = [[q for q in missed if ends(q["value"]) == [end]][:1] for end in our_ends(fact)[0]]
        if fact["value_high"] and all(both):
            left.remove(fact)
            for (quantity,) in both:
                missed.remove(quantity)
                pairs.append((quantity, [fact]))
    return pairs, missed, left


def content(text: str) -> frozenset[str]:
    """The content words of a concept, folded."""
    text = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    words = re.findall(r"[a-z0-9&$%]+(?:\.[0-9]+)?", re.sub(r"['’]s?\b|\.(?=[a-z])", "", text))
    return frozenset(stripped(word) for word in words if word not in STOP)


def stripped(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if re.search(r"(?:ch|sh|ss|x)es$", word):
        return word[:-2]
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        return word[:-1]
    return word


def concepts(fact: dict, unit: str) -> list[frozenset[str]]:
    """What a fact may be said to be about: measure, subject, the two, and all with what is counted beyond the unit."""
    measure, subject = content(fact["measure"]), content(fact["subject"])
    counted = content(fact["counted"]) - content(unit)
    return [measure, subject, counted, measure | subject, measure | subject | counted]


def judged(quantity: dict, facts: list[dict]) -> tuple[bool, bool, bool]:
    """Change, concept partial and concept complete."""
    change = any(quantity["change"] in symbols(fact, quantity["referred_concepts"]) for fact in facts)
    wanted = content("" if quantity["referred_concepts"] == "-" else quantity["referred_concepts"])
    partial = complete = False
    for fact in facts:
        *parts, whole = concepts(fact, quantity["unit"])
        partial |= bool(whole & wanted) or not whole and not wanted
        complete |= wanted == whole or bool(wanted) and wanted in parts
    return change, partial, complete


def f1(both: int, ours: int, theirs: int) -> float:
    return 2 * both / (ours + theirs) if ours + theirs else 1.0


def written(fact: dict) -> str:
    value = fact["value"] + (f'..{fact["value_high"]}' if fact["value_high"] else "")
    cells = {name: fact[name] for name in ("counted", "measure", "subject", "predicate") if fact[name]}
    return f'{"|".join(sorted(symbols(fact)))} {value} {fact["unit"]} «{fact["surface"]}» {cells}'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=str(ROOT / "target" / "release" / "cuanto"), help="the program to ask")
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("CUANTO_SHARED", ROOT.parent / "shared")))
    parser.add_argument("--file", type=Path, help="the sentences, instead of suites/newsquant.en.jsonl of the shared folder")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N sentences that differ")
    parser.add_argument("--only", default="", metavar="MEASURE", help=f"show sentences that differ in one of {', '.join(MEASURES)}")
    parser.add_argument("--json", metavar="FILE", help="write the figures there as JSON")
    args = parser.parse_args()
    path = args.file or args.shared / "suites" / "newsquant.en.jsonl"
    if not path.exists():
        print(f"skipped: no sentences in {os.path.relpath(path)}")
        return

    cases = [json.loads(line) for line in path.read_text(encoding="utf8").split("\n") if line]
    answers = annotate(args.bin, [case["text"] for case in cases])
    ours = theirs = values = changes = partials = completes = shown = 0
    for case, facts in zip(cases, answers):
        facts, wanted = taken_in(facts, case["quantities"], case["text"])
        pairs, missed, extra = aligned(facts, wanted)
        # A range that two of ours stand for counts as one.
        ours += len(pairs) + len(extra)
        theirs += len(wanted)
        values += len(pairs)
        wrong = {"value": bool(missed or extra), "change": False, "partial": False, "complete": False}
        lines = [f"   - {q['change']} {q['value']} {q['unit']} ({q['referred_concepts']})" for q in missed]
        lines += [f"   + {written(fact)}" for fact in extra]
        for quantity, own in pairs:
            change, partial, complete = judged(quantity, own)
            changes += change
            partials += partial
            completes += complete
            for name, right in (("change", change), ("partial", partial), ("complete", complete)):
                wrong[name] |= not right
            verdict = " ".join(name for name, right in (("change", change), ("partial", partial), ("complete", complete)) if not right)
            if verdict and (not args.only or args.only in verdict):
                lines.append(f"   {verdict}: {quantity['change']} {quantity['value']} {quantity['unit']} ({quantity['referred_concepts']})")
                lines += [f"     ours {written(fact)}" for fact in own]
        if shown < args.show and (wrong[args.only] if args.only else any(wrong.values())):
            shown += 1
            print(case["text"], *lines, sep="\n")

    figures = {
        "suite": "newsquant.en",
        "value": f1(values, ours, theirs),
        "change": f1(changes, ours, theirs),
        "partial": partials / values if values else 1.0,
        "complete": completes / values if values else 1.0,
    }
    print(f"sentences {len(cases)}, theirs {theirs}, ours {ours}, same value {values}")
    print("  ".join(f"{name} {100 * figures[name]:.1f}" for name in MEASURES))
    if args.json:
        Path(args.json).write_text(json.dumps([figures], indent=1), encoding="utf8")


if __name__ == "__main__":
    main()
