#!/usr/bin/env python3
"""Trains the small BERT that proves the transformer backends, and writes it in both their forms.

    python3 scripts/ner_bert/train.py DATA tests/transformer/bert-small          # DATA: the folder of two-column training files
    python3 scripts/ner_bert/train.py DATA tests/transformer/bert-small --rounds 1 --limit 200    # a quick look

It learns a WordPiece vocabulary and a token classifier from nothing, on one core in a quarter of an hour, always with the same
seed. What it writes: `config.json`, `vocab.txt`, `tokenizer.json`, `tokenizer_config.json`, `model.safetensors` (for rust-bert),
`model.onnx` (for the `neural` backend), and on standard output the span F1 on the development files, which belongs into the model's card.

Needs Python 3.11, torch (1.13 and 2.4 were tried, CPU), transformers 4.36, safetensors, onnx.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import BertWordPieceTokenizer
from tokenizers.processors import BertProcessing
from transformers import BertConfig, BertForTokenClassification

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from onnx_export import export  # noqa: E402

LABELS = ["O"] + [f"{position}-{kind}" for kind in ("PER", "ORG", "LOC", "MISC") for position in "BI"]
TRAIN = ["es/cess-train.conll", "pt/uner_bosque-train.conll", "de/germeval14-train.conll", "en/wikigold-train.conll"]
DEV = ["es/cess-dev.conll", "pt/uner_bosque-dev.conll"]
POSITIONS = 256
IGNORED = -100


def sentences(path: Path) -> list[list[tuple[str, str]]]:
    """The (word, label) pairs of each sentence of a two-column file."""
    found: list[list[tuple[str, str]]] = [[]]
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            word, label = line.split("\t")
            found[-1].append((word, label))
        elif found[-1]:
            found.append([])
    return [sentence for sentence in found if sentence]


def encode(sentence, tokenizer):
    """Ids of the pieces, and the label of each word on its first piece."""
    ids, labels = [tokenizer.token_to_id("[CLS]")], [IGNORED]
    for word, label in sentence:
        pieces = tokenizer.encode(word, add_special_tokens=False).ids
        if len(ids) + len(pieces) >= POSITIONS:
            break
        ids += pieces
        labels += [LABELS.index(label)] + [IGNORED] * (len(pieces) - 1) if pieces else []
    return ids + [tokenizer.token_to_id("[SEP]")], labels + [IGNORED]


def batches(data, size, shuffle):
    """Sentences of like length together, some `size` pieces a batch, padded."""
    order = sorted(range(len(data)), key=lambda i: (len(data[i][0]), i))
    groups, group = [], []
    for index in order:
        group.append(data[index])
        if len(group) * len(data[index][0]) >= size:
            groups.append(group)
            group = []
    groups += [group] if group else []
    if shuffle:
        random.shuffle(groups)
    for group in groups:
        longest = max(len(ids) for ids, _ in group)
        ids = torch.tensor([ids + [0] * (longest - len(ids)) for ids, _ in group])
        labels = torch.tensor([labels + [IGNORED] * (longest - len(labels)) for _, labels in group])
        yield ids, (ids != 0).long(), labels


def spans(labels):
    """The names in labels of words: first, one past the last, class."""
    found, start, kind = set(), None, None
    for at, label in enumerate([*labels, "O"]):
        position, _, own = label.partition("-")
        if start is not None and (position != "I" or own != kind):
            found.add((start, at, kind))
            start = None
        if position == "B" or (position == "I" and start is None):
            start, kind = at, own
    return found


def f1(model, data) -> float:
    """Span F1 in percent."""
    model.eval()
    right = gold = got = 0
    with torch.no_grad():
        for ids, mask, labels in batches(data, 4096, shuffle=False):
            best = model(ids, attention_mask=mask).logits.argmax(-1)
            for row, truth in zip(best.tolist(), labels.tolist()):
                kept = [(LABELS[a], LABELS[b]) for a, b in zip(row, truth) if b != IGNORED]
                found, expected = spans([a for a, _ in kept]), spans([b for _, b in kept])
                right, gold, got = right + len(found & expected), gold + len(expected), got + len(found)
    return 200 * right / max(1, gold + got)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--limit", type=int, help="sentences of each file")
    args = parser.parse_args()
    random.seed(7)
    torch.manual_seed(7)
    torch.set_num_threads(1)
    args.output.mkdir(parents=True, exist_ok=True)

    train = [sentence for file in TRAIN for sentence in sentences(args.data / file)[: args.limit]]
    tokenizer = BertWordPieceTokenizer(lowercase=False, strip_accents=False)
    texts = (" ".join(word for word, _ in sentence) for sentence in train)
    tokenizer.train_from_iterator(texts, vocab_size=8000, min_frequency=2, limit_alphabet=400, show_progress=False)
    # Made before the training, the tokenizer did not know the numbers of the marks that stand at both ends of a text.
    sep, cls = (("[SEP]", tokenizer.token_to_id("[SEP]")), ("[CLS]", tokenizer.token_to_id("[CLS]")))
    tokenizer._tokenizer.post_processor = BertProcessing(sep, cls)
    tokenizer.save_model(str(args.output))
    tokenizer.save(str(args.output / "tokenizer.json"))

    config = BertConfig(
        vocab_size=tokenizer.get_vocab_size(), hidden_size=192, num_hidden_layers=3, num_attention_heads=4,
        intermediate_size=768, max_position_embeddings=POSITIONS, hidden_dropout_prob=0.1,
        id2label=dict(enumerate(LABELS)), label2id={label: n for n, label in enumerate(LABELS)},
    )
    model = BertForTokenClassification(config)
    data = [encode(sentence, tokenizer) for sentence in train]
    steps = args.rounds * sum(1 for _ in batches(data, 2048, shuffle=False))
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.01)
    warm = max(1, steps // 20)
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))
    )
    started = time.time()
    for turn in range(args.rounds):
        model.train()
        total = 0.0
        for ids, mask, labels in batches(data, 2048, shuffle=True):
            loss = model(ids, attention_mask=mask, labels=labels).loss
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            rate.step()
            total += loss.item()
        print(f"round {turn + 1}: loss {total:.1f}, {time.time() - started:.0f} s", flush=True)
    for file in DEV:
        score = f1(model, [encode(sentence, tokenizer) for sentence in sentences(args.data / file)])
        print(f"{file}: span F1 {score:.2f}")

    model.eval()
    config.architectures = ["BertForTokenClassification"]
    config.save_pretrained(args.output)
    settings = {"do_lower_case": False, "strip_accents": False, "model_max_length": POSITIONS, "tokenizer_class": "BertTokenizer"}
    (args.output / "tokenizer_config.json").write_text(json.dumps(settings, indent=1) + "\n", encoding="utf-8")
    weights = {name: tensor.contiguous() for name, tensor in model.state_dict().items() if "position_ids" not in name}
    save_file(weights, args.output / "model.safetensors", metadata={"format": "pt"})
    export(model, ["input_ids", "attention_mask", "token_type_ids"], args.output / "model.onnx")


if __name__ == "__main__":
    main()
