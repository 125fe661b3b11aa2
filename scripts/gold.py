#!/usr/bin/env python3
"""Turn articles with marks in place into gold lines (tests/gold), with code point spans counted and values checked for you.

usage: gold.py ID LANGUAGE PUBLISHED < marked.txt >> tests/gold/es/NAME.jsonl      one article (PUBLISHED may be "")
       gold.py LANGUAGE < marked.txt > tests/gold/es/NAME.jsonl                    many: each after a line `== ID PUBLISHED`

A fact is {surface|kind bound value unit|cells}. Value is exact (`12`, `0.5`, `1/3`), `low..high` for a range; unit may be left out
and is `%` for a percent without one; words of bounds stay outside the braces. Cells are `name=text` with `;` between them:
counted, measure, subject, type (of the subject), predicate, trend, role (change_role), modality, time, place, xfail (why we get
it wrong); c, m, s, p, t, l for counted, measure, subject, predicate, time, place; `ch=up/by` for trend and role. Without `type`
the subject has the type of the entity marked with that name. The old form {surface|kind bound value unit|counted|xfail} works.

An entity is [surface|PER], ORG, LOC or MISC; a date is <surface|value> or, where `published` was needed, <surface|value|rel>.

    El <martes|2024-05-21|rel> [Telar|ORG] abrió al menos {21|count >= 21|c=laboratorios;s=Telar;p=abrir;t=2024-05-21} en [Vallemar|LOC].

A line `!extra SURFACE|REASON` at the end of an article is a known wrong answer of ours (`xfail_extra`); `SURFACE#2` is its second
occurrence. Lines that start with `//` are left out. What looks odd but may be right is said on standard error.
"""
import json
import re
import sys

KINDS = ("count", "money", "measure", "percent", "ratio", "ordinal", "number")
BOUNDS = ("=", "~", ">", ">=", "<", "<=")
ENUMS = {
    "subject_type": ("PER", "ORG", "LOC", "MISC"),
    "trend": ("up", "down"),
    "change_role": ("by", "to", "from"),
    "modality": ("planned", "forecast", "possible", "reported", "negated"),
}
SHORT = {"c": "counted", "m": "measure", "s": "subject", "type": "subject_type", "p": "predicate", "role": "change_role",
         "mod": "modality", "t": "time", "l": "place"}
CELLS = ("counted", "measure", "subject", "subject_type", "predicate", "trend", "change_role", "modality", "time", "place", "xfail")
VALUE = re.compile(r"-?\d+(\.\d*[1-9])?|-?\d+/\d+")
POINT = r"(\d{4}|\d{4}-\d\d|\d{4}-Q[1-4]|\d{4}-W\d\d|\d{4}-\d\d-\d\d(T\d\d(:\d\d)?)?)"
TIME = re.compile(rf"{POINT}(/{POINT})?")

# A fact, an entity or a date; no mark holds another.
MARK = re.compile(
    r"\{([^{}|]+)\|([^{}|]+)(?:\|([^{}|]*))?(?:\|([^{}|]*))?\}"
    r"|\[([^\[\]{}<>|]+)\|(PER|ORG|LOC|MISC)\]"
    r"|<([^\[\]{}<>|]+)\|([0-9TQW:/-]+)(\|rel)?>"
)


def grain(value: str) -> str:
    last = value.split("/")[-1]
    if "T" in last:
        return "minute" if ":" in last else "hour"
    if "Q" in last:
        return "quarter"
    if "W" in last:
        return "week"
    return {4: "year", 7: "month", 10: "day"}[len(last)]


def quantity(name: str, at: int, surface: str, words: str) -> dict:
    kind, bound, value, *unit = words.split(" ")
    low, _, high = value.partition("..")
    assert kind in KINDS, f"{name}: {surface}: kind {kind}"
    assert bound in BOUNDS, f"{name}: {surface}: bound {bound}"
    assert VALUE.fullmatch(low) and (not high or VALUE.fullmatch(high)), f"{name}: {surface}: value {value}"
    assert len(unit) < 2, f"{name}: {surface}: a unit has no space"
    unit = unit or (["%"] if kind == "percent" else [])
    assert bool(unit) == (kind in ("money", "measure", "percent")), f"{name}: {surface}: unit of {kind}"
    fact = dict(start=at, end=at + len(surface), surface=surface, kind=kind, bound=bound, value=low)
    return fact | ({"value_high": high} if high else {}) | ({"unit": unit[0]} if unit else {})


def cells(name: str, surface: str, third: str | None, fourth: str | None) -> dict:
    """The cells of a fact: `name=text;...`, or in the old form what is counted and the reason of an xfail."""
    if "=" not in (third or ""):
        return ({"counted": third} if third else {}) | ({"xfail": fourth} if fourth else {})
    said: dict[str, str] = {}
    for cell in filter(None, third.split(";")):
        key, sign, text = (part.strip() for part in cell.partition("="))
        assert sign and text, f"{name}: {surface}: cell {cell}"
        if key == "ch":
            said["trend"], said["change_role"] = text.split("/")
        else:
            said[SHORT.get(key, key)] = text
    assert set(said) <= set(CELLS), f"{name}: {surface}: cells {set(said) - set(CELLS)}"
    for key, values in ENUMS.items():
        assert said.get(key, values[0]) in values, f"{name}: {surface}: {key} {said[key]}"
    assert TIME.fullmatch(said.get("time", "2024")), f"{name}: {surface}: time {said['time']}"
    return {key: said[key] for key in CELLS if key in said}


def doubts(article: dict) -> list[str]:
    """What is allowed, but seldom meant."""
    said, text = [], " ".join(article["text"].split()).lower()
    days = {date["value"] for date in article["dates"]}
    for fact in article["facts"]:
        for key in ("subject", "place"):
            if key in fact and fact[key].lower() not in text:
                said.append(f"{fact['surface']}: {key} «{fact[key]}» is not in the text")
        for key in ("counted", "measure"):
            lost = [word for word in fact.get(key, "").lower().split() if word not in text]
            if lost:
                said.append(f"{fact['surface']}: {key}: {lost} not in the text")
        if "subject_type" in fact and "subject" not in fact:
            said.append(f"{fact['surface']}: a type without a subject")
        if ("trend" in fact) != ("change_role" in fact):
            said.append(f"{fact['surface']}: trend and role go together")
        if article["dates"] and "time" in fact and fact["time"] not in days:
            said.append(f"{fact['surface']}: no date of the article is {fact['time']}")
        if "place" in fact and not any(e["type"] == "LOC" and e["surface"] == fact["place"] for e in article["entities"]):
            said.append(f"{fact['surface']}: place «{fact['place']}» is no LOC of the article")
        if fact["kind"] not in ("count", "ordinal") and "counted" in fact:
            said.append(f"{fact['surface']}: a {fact['kind']} counts nothing")
    return said


def line(name: str, language: str, published: str, marked: str) -> dict:
    text, at = "", 0
    facts: list[dict] = []
    entities: list[dict] = []
    dates: list[dict] = []
    marked, *extras = re.split(r"\n!extra ", marked)
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        fact, words, third, fourth, entity, kind, date, value, relative = match.groups()
        start, surface = len(text), fact or entity or date
        span = dict(start=start, end=start + len(surface), surface=surface)
        if fact:
            facts.append(quantity(name, start, surface, words) | cells(name, surface, third, fourth))
        elif entity:
            entities.append(span | {"type": kind})
        else:
            assert TIME.fullmatch(value), f"{name}: {surface}: date {value}"
            dates.append(span | {"value": value, "grain": grain(value), "relative": bool(relative)})
        text += surface
        at = match.end()
    text += marked[at:]
    assert "{" not in text and "}" not in text, f"{name}: a mark is not closed or not of the form above"
    lost = re.search(r"[\[<][^\[\]<>]*\|[^\[\]<>]*[\]>]", text)
    assert not lost, f"{name}: no such mark: {lost and lost.group()}"
    assert not re.search(r"\|\w+=", text), f"{name}: what a mark says has come into the text"
    assert all(text[m["start"] : m["end"]] == m["surface"] for m in facts + entities + dates)
    types = {entity["surface"]: entity["type"] for entity in reversed(entities)}
    for fact in facts:
        if "subject" in fact and "subject_type" not in fact and fact["subject"] in types:
            xfail = fact.pop("xfail", None)
            fact["subject_type"] = types[fact["subject"]]
            order = {key: fact[key] for key in (*(k for k in fact if k not in CELLS), *CELLS) if key in fact}
            fact.clear()
            fact.update(order | ({"xfail": xfail} if xfail else {}))
    article = dict(id=name, language=language, published=published, text=text, facts=facts, entities=entities, dates=dates)
    if extras:
        article["xfail_extra"] = [extra(text, words) for words in extras]
    for doubt in doubts(article):
        print(f"{name}: {doubt}", file=sys.stderr)
    return article


def extra(text: str, words: str) -> dict:
    where, _, reason = words.strip().partition("|")
    surface, _, nth = where.partition("#")
    start = -1
    for _ in range(int(nth or 1)):
        start = text.index(surface, start + 1)
    return dict(start=start, end=start + len(surface), surface=surface, reason=reason)


def many(marked: str) -> list[tuple[str, str, str]]:
    """The articles of a file: id, published and marked text."""
    marked = re.sub(r"^//.*\n", "", marked, flags=re.MULTILINE)
    found = re.split(r"^== (\S+) ?(\S*)\n", marked, flags=re.MULTILINE)
    assert not found[0].strip() and len(found) > 1, "an article starts with a line `== ID PUBLISHED`"
    return [(found[i], found[i + 1], found[i + 2].strip("\n")) for i in range(1, len(found), 3)]


if __name__ == "__main__":
    if len(sys.argv) == 4:
        made = [line(*sys.argv[1:], sys.stdin.read().rstrip("\n"))]
    elif len(sys.argv) == 2 and not sys.argv[1].startswith("-"):
        made = [line(name, sys.argv[1], published, text) for name, published, text in many(sys.stdin.read())]
    else:
        sys.exit(__doc__)
    for article in made:
        print(json.dumps(article, ensure_ascii=False))
