#!/usr/bin/env python3
"""Exports a token classifier to the form that `--entities onnx:DIR` reads.

    python3 scripts/onnx_export.py FOLDER                  # adds model.onnx and, where missing, tokenizer.json
    python3 scripts/onnx_export.py NAME-ON-THE-HUB FOLDER  # fetches it first

FOLDER then also serves `--entities rust-bert:DIR`, as config.json, the vocabulary and model.safetensors lie beside.
Needs Python 3.11, torch, transformers, onnx; no accelerator.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from transformers import AutoModelForTokenClassification, AutoTokenizer, PreTrainedModel


class Scores(torch.nn.Module):
    """The model with its inputs in a fixed order, and its scores as the only output."""

    def __init__(self, model: PreTrainedModel, inputs: list[str]):
        super().__init__()
        self.model, self.inputs = model, inputs

    def forward(self, *tensors):
        return self.model(**dict(zip(self.inputs, tensors, strict=True))).logits


def export(model: PreTrainedModel, inputs: list[str], path: Path) -> None:
    """Writes the model as ONNX; sizes of batch and text stay open."""
    model.eval()
    example = {name: torch.ones(2, 8, dtype=torch.long) for name in inputs}
    if "token_type_ids" in example:
        example["token_type_ids"] = torch.zeros(2, 8, dtype=torch.long)
    open_sizes = {name: {0: "batch", 1: "pieces"} for name in [*inputs, "logits"]}
    torch.onnx.export(
        Scores(model, inputs),
        tuple(example.values()),
        str(path),
        input_names=inputs,
        output_names=["logits"],
        dynamic_axes=open_sizes,
        opset_version=14,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", help="folder of a token classifier, or its name on the hub")
    parser.add_argument("folder", nargs="?", help="where to write; the model's own folder where it is left out")
    args = parser.parse_args()
    folder = Path(args.folder or args.model)
    model = AutoModelForTokenClassification.from_pretrained(args.model)
    tokenizer = AutoTokenizer.from_pretrained(args.model, use_fast=True)
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save_pretrained(folder)
    if args.folder:
        model.save_pretrained(folder, safe_serialization=True)
    inputs = [name for name in ("input_ids", "attention_mask", "token_type_ids") if name in tokenizer.model_input_names]
    export(model, inputs, folder / "model.onnx")
    print(f"{folder}: model.onnx, tokenizer.json")


if __name__ == "__main__":
    main()
