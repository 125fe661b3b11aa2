#!/usr/bin/env bash
# Peak memory, and one thread against two, over 20,000 articles made by repetition. A report, no check.
# usage: scripts/speed.sh [ARTICLES.jsonl]   (the shared Spanish news where not given, else the samples)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
cargo build --release --locked --quiet
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 - "$folder" "${1:-${CUANTO_SHARED:-../shared}/corpus/es/fakedes_v2.jsonl}" <<'PYTHON'
import itertools, json, pathlib, sys
folder, source = map(pathlib.Path, sys.argv[1:])
if source.exists():
    texts = [json.loads(line)["text"] for line in source.open(encoding="utf8")]
else:
    texts = [path.read_text(encoding="utf8") for path in sorted(pathlib.Path("seeds").rglob("*.txt"))]
news = folder / "news"
news.mkdir()
for number, text in zip(range(20_000), itertools.cycle(texts)):
    (news / f"{number:05}.txt").write_text(text, encoding="utf8")
print(f"20,000 articles, {sum(f.stat().st_size for f in news.iterdir()) / 1e6:.1f} MB, from {source.name if source.exists() else 'seeds'}")
PYTHON
for language in es auto; do
  for threads in 1 2; do
    python3 - "$folder" "$language" "$threads" <<'PYTHON'
import resource, subprocess, sys, time
folder, language, threads = sys.argv[1:]
call = ["target/release/cuanto", "extract", f"{folder}/news", "-o", f"{folder}/out", "--lang", language, "--threads", threads]
start = time.monotonic()
subprocess.run(call, check=True, capture_output=True)
seconds = time.monotonic() - start
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(f"--lang {language:4} --threads {threads}: {seconds:6.1f} s, peak {peak:5.0f} MiB")
PYTHON
  done
done
