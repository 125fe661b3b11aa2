#!/usr/bin/env python3
"""Writes what Python's transformers finds in 200 sentences, for the tests of the transformer backends.

    python3 scripts/ner_bert/fixture.py tests/transformer/bert-small tests/transformer/names.jsonl

Each line: {"text": …, "names": [[start, end, class, score], …]} in code points, by the pipeline "token-classification" with the strategy
"first". The sentences are made of the patterns and names below; emoji, accents of one and of two code points and letters that the
vocabulary lacks are among them, as offsets go wrong there.

Needs Python 3.11, torch, transformers 4.36.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from transformers import BertForTokenClassification, BertTokenizerFast, pipeline

PEOPLE = ["Elvira Soto", "José Núñez de la Torre", "João Araújo", "Jürgen Weiß", "Ana-María O’Neill", "Muñoz", "Bjørn Ångström", "李小明"]
FIRMS = ["Banco del Litoral", "Telar S.A.", "Universidade do Vale", "Nordwerk GmbH", "la CNMR", "Agua & Sol", "Cámara de Pesca", "Ōkami 2.0"]
PLACES = ["Vallemar", "São Bento", "Buenos Aires", "Köln", "el río Guadalén", "Nueva York", "Cádiz", "Zürich"]
WORKS = ["Copa del Puerto", "Faro 3", "Prêmio Maré", "la novela Niebla"]
PATTERNS = [
    "{person} presidió ayer en {place} la junta de {firm}.",
    "🚢🚢 {firm} abrirá 12 oficinas en {place}, dijo {person}.",
    "{place}, 14 may — {firm} ganó 3,5 millones de euros.",
    "El informe de {firm} («{work}») cita a {person}: «no habrá recortes».",
    "{person}, de {place}, venció en la {work} por 2-1 😀.",
    "A empresa {firm} vai investir em {place}, disse {person}.",
    "Em {place}, {person} apresentou o {work} à imprensa 🇧🇷.",
    "{firm} und {person} einigten sich in {place} auf 40 Prozent.",
    "In {place} meldete {firm} einen Verlust von 7 Mio. €.",
    "{person} told reporters in {place} that {firm} had cut 300 jobs.",
    "¿Quién dirige {firm}? {person}, según fuentes de {place}…",
    "Según {firm}, cafe\u0301 y te\u0301 subieron un 4 % en {place}.",
    "{place}: lluvias. {person}: «volveremos». {firm}: sin datos.",
    "No hubo acuerdo entre las partes y la reunión terminó sin fecha 👩‍👩‍👧.",
    "La tasa bajó dos décimas en marzo, hasta el 11,2 por ciento.",
    "{work}, {firm}, {place} y {person} fueron los nombres del día.",
    "{person}  y   {person2}\tviajaron a {place}.",
    "({firm}) ({place}) ({person})",
    "EL ALCALDE DE {place_up} RECIBIÓ A {person_up}",
    "{person2}-{person} | {firm}/{place} | {work}+1",
]


def sentences(count: int) -> list[str]:
    """The first `count` sentences; every name meets every pattern in turn."""
    found = []
    for turn in range(count):
        pattern = PATTERNS[turn % len(PATTERNS)]
        pick = turn // len(PATTERNS) + turn
        place, person = PLACES[(pick // 3) % len(PLACES)], PEOPLE[pick % len(PEOPLE)]
        found.append(
            pattern.format(
                person=person,
                person2=PEOPLE[(pick + 3) % len(PEOPLE)],
                firm=FIRMS[(pick // 2) % len(FIRMS)],
                place=place,
                work=WORKS[pick % len(WORKS)],
                place_up=place.upper(),
                person_up=person.upper(),
            )
        )
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("output", type=Path)
    args = parser.parse_args()
    tokenizer = BertTokenizerFast.from_pretrained(args.model)
    model = BertForTokenClassification.from_pretrained(args.model).eval()
    find = pipeline("token-classification", model=model, tokenizer=tokenizer, aggregation_strategy="first")
    with args.output.open("w", encoding="utf-8") as out:
        for text in sentences(200):
            names = [[n["start"], n["end"], n["entity_group"], round(float(n["score"]), 4)] for n in find(text)]
            out.write(json.dumps({"text": text, "names": names}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
