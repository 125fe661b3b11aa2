#!/usr/bin/env python3
"""Fits the confidence of rows to annotated articles: prints the table for `CALIBRATION` in src/relation/score.rs, and how reliable it is.

usage: calibrate.py [--bin PATH] [--shared DIR] [--check]

Reads tests/gold/*/*.jsonl whose facts have subjects, and the shared gold where it is there. A row is right when its quantity is (span, kind,
bound, value, high end, unit) and `counted`, `measure` and `subject` are each right (token F1 of at least 0.5, small words left out) or rightly
empty. The program's confidences are turned back into the products they were made from, which rising shares are fitted to (pool adjacent
violators). With --check it prints the table of reliability alone and exits 1 where the rows from 0.8 on are right less often than 0.7.
"""
import argparse
import collections
import json
import os
import re
import subprocess
import sys
import unicodedata
from fractions import Fraction
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "relation" / "score.rs"
SMALL = set(
    "el la los las un una unos unas de del al a en y e o por para con su sus lo que se the of an in and to for on at its their le les des du et "
    "di il i gli della dei as os do da dos das der die das und von".split()
)
BINS = 24


def fold(text: str) -> list[str]:
    text = unicodedata.normalize("NFD", text or "").lower()
    words = re.findall(r"[\w+&/-]+", "".join(c for c in text if not unicodedata.combining(c)))
    # Ideographs are words of their own.
    split = [part for word in words for part in (list(word) if re.search(r"[\u3400-\u9fff]", word) else [word])]
    return [word for word in split if word not in SMALL]


def alike(a: str, b: str) -> bool:
    left, right = collections.Counter(fold(a)), collections.Counter(fold(b))
    if not left and not right:
        return True
    return 2 * sum((left & right).values()) / (sum(left.values()) + sum(right.values())) >= 0.5


def number(text) -> Fraction | None:
    return Fraction(str(text)) if text not in (None, "") else None


def right(gold: dict, row: dict) -> bool:
    quantity = (
        (gold["start"], gold["end"], gold["kind"], gold.get("bound", "=")) == (row["start"], row["end"], row["kind"], row["bound"])
        and number(gold["value"]) == number(row["value"])
        and number(gold.get("value_high")) == number(row["value_high"])
        and (gold.get("unit") or "") == row["unit"]
    )
    return quantity and all(alike(gold.get(field, ""), row[field]) for field in ("counted", "measure", "subject"))


def table() -> list[tuple[float, float]]:
    body = re.search(r"const CALIBRATION: [^=]*= \[(.*?)\];", SOURCE.read_text(encoding="utf8"), re.S).group(1)
    return [(float(a), float(b)) for a, b in re.findall(r"\(([\d.]+), ([\d.]+)\)", body)]


def product(confidence: float, pairs: list[tuple[float, float]]) -> float:
    """The product that the program's table turned into this confidence."""
    for (low, from_), (high, to) in zip(pairs, pairs[1:]):
        if confidence <= to:
            return low + (high - low) * (confidence - from_) / (to - from_) if to > from_ else high
    return 1.0


def fitted(points: list[tuple[float, bool]]) -> list[tuple[float, float]]:
    """Rising shares of right rows over equal bins of products."""
    points.sort()
    size = max(1, len(points) // BINS)
    bins = [points[i : i + size] for i in range(0, len(points) - size + 1, size)]
    bins[-1] += points[len(bins) * size :]
    pools = [[sum(x for x, _ in b) / len(b), sum(ok for _, ok in b), len(b)] for b in bins]
    merged: list[list[float]] = []
    for pool in pools:
        merged.append(pool)
        while len(merged) > 1 and merged[-2][1] / merged[-2][2] >= merged[-1][1] / merged[-1][2]:
            (x1, r1, n1), (x2, r2, n2) = merged[-2:]
            merged[-2:] = [[(x1 * n1 + x2 * n2) / (n1 + n2), r1 + r2, n1 + n2]]
    return [(round(x, 3), round(r / n, 3)) for x, r, n in merged]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=str(ROOT / "target" / "release" / "cuanto"))
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("CUANTO_SHARED", ROOT.parent / "shared")))
    parser.add_argument("--check", action="store_true")
    args = parser.parse_args()
    paths = sorted((ROOT / "tests" / "gold").glob("*/facts.jsonl")) + sorted((args.shared / "gold").glob("*.jsonl"))
    gold = [json.loads(line) for path in paths for line in path.read_text(encoding="utf8").splitlines() if line.strip()]
    keys = ("id", "text", "language", "published")
    feed = "".join(json.dumps({key: article.get(key, "") for key in keys}) + "\n" for article in gold)
    run = subprocess.run([args.bin, "annotate", "-"], input=feed.encode(), capture_output=True)
    if run.returncode not in (0, 1):
        sys.exit(f"annotate ended with {run.returncode}: {run.stderr.decode()[-800:]}")
    answers = {answer["doc_id"]: answer["facts"] for answer in map(json.loads, run.stdout.decode().splitlines())}
    points = []
    for article in gold:
        for row in answers.get(article["id"], []):
            points.append((row["confidence"], any(right(fact, row) for fact in article["facts"])))
    print("| confidence | below 0.3 | 0.3–0.5 | 0.5–0.6 | 0.6–0.7 | 0.7–0.8 | 0.8–0.9 | 0.9 and above |")
    print("|---|---|---|---|---|---|---|---|")
    edges = (0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
    parts = [[ok for c, ok in points if low <= c < high] for low, high in zip(edges, edges[1:])]
    print("| rows | " + " | ".join(str(len(part)) for part in parts) + " |")
    print("| right, % | " + " | ".join(f"{100 * sum(part) / len(part):.0f}" if part else "–" for part in parts) + " |")
    if args.check:
        sure = [ok for c, ok in points if c >= 0.8]
        sys.exit(1 if sure and sum(sure) / len(sure) < 0.7 else 0)
    pairs = table()
    shares = fitted([(product(confidence, pairs), ok) for confidence, ok in points])
    print("const CALIBRATION, between (0, 0) and (1, the last share):")
    print(", ".join(f"({x}, {y})" for x, y in shares))


if __name__ == "__main__":
    main()
