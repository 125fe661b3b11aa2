#!/usr/bin/env python3
"""Turn articles with marked facts into gold lines (tests/gold), with code point spans counted for you.

usage: gold.py ID LANGUAGE PUBLISHED < marked.txt >> tests/gold/es/NAME.jsonl      (PUBLISHED may be "")

A fact is marked in place: {surface|kind bound value unit|counted|xfail reason}. Unit, counted and xfail may be left out;
value is exact (`12`, `0.5`, `1/3`), `low..high` for a range; words of bounds stay outside the braces:

    Abrió al menos {21|count >= 21|laboratorios} por {3,2 M€|money = 3200000 EUR}.
"""
import json
import re
import sys

FACT = re.compile(r"\{([^{}|]+)\|([^{}|]+)(?:\|([^{}|]*))?(?:\|([^{}|]*))?\}")


def line(name: str, language: str, published: str, marked: str) -> dict:
    text, facts, at = "", [], 0
    for match in FACT.finditer(marked):
        text += marked[at : match.start()]
        surface, quantity, counted, xfail = match.groups()
        kind, bound, value, *unit = quantity.split(" ")
        low, _, high = value.partition("..")
        fact = dict(start=len(text), end=len(text) + len(surface), surface=surface, kind=kind, bound=bound, value=low)
        fact |= {"value_high": high} if high else {}
        fact |= {"unit": unit[0]} if unit else {}
        fact |= {"counted": counted} if counted else {}
        fact |= {"xfail": xfail} if xfail else {}
        facts.append(fact)
        text += surface
        at = match.end()
    text += marked[at:]
    assert "{" not in text and "}" not in text, f"{name}: a mark is not closed or not of the form above"
    assert all(text[f["start"] : f["end"]] == f["surface"] for f in facts)
    return dict(id=name, language=language, published=published, text=text, facts=facts, entities=[], dates=[])


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    print(json.dumps(line(*sys.argv[1:], sys.stdin.read().rstrip("\n")), ensure_ascii=False))
