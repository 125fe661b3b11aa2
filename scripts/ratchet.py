#!/usr/bin/env python3
"""Compare the scores on the shared suites, gold and translations with the floors in tests/thresholds.tsv; they may only rise.

usage: ratchet.py [--bin PATH] [--shared DIR] [--update]

Prints one line for each row of the table: suite, measure, score, floor, verdict; exits 1 where a score is below its floor.
With --update a floor that the score passes is raised to it (never lowered), and the file is written back. Without the shared
folder, or without its scorers, it says so and exits 0: the project's own gold is checked by `cargo test`.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "tests" / "thresholds.tsv"
EXCEPTIONS = ROOT / "tests" / "suites" / "disagreements.tsv"
AGREEMENT = ROOT / "tests" / "agreement.py"
NEWSQUANT = ROOT / "tests" / "newsquant.py"


def scorer(tool: Path, *args: str) -> list[dict]:
    """Runs a scorer and gives the rows it writes as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "scores.json"
        run = subprocess.run(
            [sys.executable, str(tool), *args, "--json", str(out)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        if run.returncode != 0 or not out.exists():
            sys.exit(f"{tool.name} ended with {run.returncode}:\n{run.stdout[-2000:]}")
        return json.loads(out.read_text(encoding="utf8"))


def suite_scores(shared: Path, binary: str, suites: list[str]) -> dict[tuple[str, str], float]:
    leave = ["--except", str(EXCEPTIONS)] if EXCEPTIONS.exists() else []
    rows = scorer(
        shared / "tools" / "score_suites.py", "--bin", binary, "--suites", str(shared / "suites"), *leave, "--only", *suites
    )
    return {(row["suite"], measure): 100 * row[measure] for row in rows for measure in ("case", "precision", "recall", "f1")}


def gold_scores(shared: Path, binary: str, name: str) -> dict[tuple[str, str], float]:
    """Of annotated articles, shared ones or our own: F1 by field, and of text fields also with half of the words right (`subject~`)."""
    path = shared / name.removeprefix("shared/") if name.startswith("shared/") else ROOT / name
    rows = scorer(shared / "tools" / "score_gold.py", "--bin", binary, "--entities", "builtin", str(path))
    exact = {(name, row["field"]): 100 * row["f1"] for row in rows}
    return exact | {(name, row["field"] + "~"): 100 * row["partial_f1"] for row in rows}


def agreement_scores(shared: Path, binary: str, names: list[str]) -> dict[tuple[str, str], float]:
    """Of `ntrex.pt`: F1 of the quantities of the Portuguese lines against the English ones."""
    languages = ",".join(name.removeprefix("ntrex.") for name in names)
    rows = scorer(AGREEMENT, "--bin", binary, "--shared", str(shared), "--languages", languages)
    return {(f'ntrex.{row["language"]}', measure): 100 * row[measure] for row in rows for measure in ("f1", "loose")}


def newsquant_scores(shared: Path, binary: str) -> dict[tuple[str, str], float]:
    """Of `newsquant.en`: values, changes and concepts; see the head of the scorer."""
    rows = scorer(NEWSQUANT, "--bin", binary, "--shared", str(shared))
    return {(row["suite"], measure): 100 * row[measure] for row in rows for measure in ("value", "change", "partial", "complete")}


def name_scores(shared: Path, binary: str, name: str) -> dict[tuple[str, str], float]:
    """Of `ner.es/cess-dev`: span F1 of the model `es` on that file, by class, over all, and with the classes left aside;
    of `ner.de/held-out`: the same on what its recipe holds out of the training files."""
    model, file = name.removeprefix("ner.").split("/")
    data = shared / "ner"
    how = ["--data", str(data), "--measure"] if file == "held-out" else ["--test", str(data / model / f"{file}.conll")]
    call = [os.path.abspath(binary), "train", "ner", model, *how]
    run = subprocess.run(call, capture_output=True, text=True, cwd=ROOT)
    if run.returncode != 0:
        sys.exit(f"{' '.join(call)}: {run.stderr[-2000:]}")
    # The first table; its heading names the file.
    tables = re.split(r"^.*: \d+ sentences$", run.stdout, flags=re.MULTILINE)
    rows = [line.split() for line in tables[1].splitlines()]
    return {(name, row[0]): float(row[3]) for row in rows if len(row) == 7 and row[0] != "class"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", default=str(ROOT / "target" / "release" / "cuanto"), help="the program to score")
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("CUANTO_SHARED", ROOT.parent / "shared")))
    parser.add_argument("--update", action="store_true", help="raise the floors to the scores of now")
    args = parser.parse_args()
    if not (args.shared / "tools" / "score_suites.py").exists():
        print(f"skipped: no scorers in {os.path.relpath(args.shared)}")
        return

    lines = TABLE.read_text(encoding="utf8").splitlines()
    floors = [line.split("\t") for line in lines if line and not line.startswith("#")]
    names = list(dict.fromkeys(name for name, _, _ in floors))
    translations = [name for name in names if name.startswith("ntrex.")]
    suites = [name for name in names if not name.startswith(("shared/", "tests/", "ntrex.", "ner.", "newsquant."))]
    scores = suite_scores(args.shared, args.bin, suites) if suites else {}
    scores |= agreement_scores(args.shared, args.bin, translations) if translations else {}
    for name in names:
        if name.startswith(("shared/", "tests/")):
            scores |= gold_scores(args.shared, args.bin, name)
        elif name.startswith("newsquant."):
            if (name, "value") not in scores:
                scores |= newsquant_scores(args.shared, args.bin)
        elif name.startswith("ner."):
            scores |= name_scores(args.shared, args.bin, name)

    below = 0
    raised = {}
    print(f'{"suite":34} {"measure":10} {"score":>6} {"floor":>6}')
    for name, measure, floor in floors:
        score = scores.get((name, measure))
        if score is None:
            verdict = "not measured: is the name right?"
        elif score + 1e-9 < float(floor):
            verdict = "BELOW"
        else:
            verdict = "ok"
            # Down to a tenth, so that the same score passes again.
            raised[name, measure] = max(float(floor), int(score * 10 + 1e-6) / 10)
        below += verdict != "ok"
        print(f'{name:34} {measure:10} {score if score is not None else float("nan"):6.1f} {float(floor):6.1f} {verdict}')

    if args.update:
        def row(line: str) -> str:
            if not line or line.startswith("#"):
                return line
            name, measure, floor = line.split("\t")
            return f"{name}\t{measure}\t{raised.get((name, measure), float(floor)):.1f}"

        TABLE.write_text("\n".join(map(row, lines)) + "\n", encoding="utf8")
    if below:
        sys.exit(f"{below} of {len(floors)} scores are below their floor in {TABLE.relative_to(ROOT)}")


main()
