"""Export a trained reader to the files in qa/models.

`python -m training.reader.export WEIGHTS… --rows rows.jsonl --base mpnet` does it: the mean of
all the weights named, evened out by some of the rows that they were trained on, quantised to 8
bits, a scale for each channel; the arithmetic between stays float32. The weights of features
in card.json are left as they are, or zero: `python -m training.calibrate` fits them to the new
model.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from qa.files import sha256_of
from qa.readers.calibration import DeepFeatures, Features
from training.bases import whole_text_tokenizer
from training.onnx_files import export_onnx, split_largest_weight, strip_metadata
from training.reader.batches import Example, example, open_tokenizer
from training.reader.model import BASES, Base, trained
from training.reader.rows import Row
from training.reader.smoothing import smooth

EXAMPLES = 64  # rows from which the ranges of numbers are known
OUTPUTS = ("tokens", "passage", "verdict")


def averaged(files: Sequence[Path], into: Path) -> Path:
    """Write the mean of several runs' weights (Wortsman et al. 2022), and return the file."""
    states = [torch.load(file, weights_only=True) for file in files]
    mean = {name: sum(state[name] for state in states) / len(states) for name in states[0]}
    torch.save(mean, into)
    return into


def quantise(path: Path, into: Path) -> None:
    """Store the weights in 8 bits, of which 7 are used."""
    quantize_dynamic(
        str(path),
        str(into),
        per_channel=True,
        weight_type=QuantType.QInt8,
        reduce_range=True,  # older processors overflow on the sum of two 8-bit products
    )
    strip_metadata(into)


def some_examples(rows: Path, base: Base) -> list[Example]:
    """Return the first rows of a file as the model takes them."""
    tokenizer = open_tokenizer(base.folder)
    with rows.open(encoding="utf-8") as lines:
        return [example(Row.from_json(line), tokenizer) for line in islice(lines, EXAMPLES)]


def export_reader(weights: Sequence[Path], base: Base, into: Path, rows: Path) -> None:
    """Write model.onnx, what is kept beside it, tokenizer.json and card.json."""
    into.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as between:
        mean = averaged(weights, Path(between) / "mean")
        model = trained(base, mean)
        smooth(model, some_examples(rows, base))
        inputs = {"input_ids": 7, "attention_mask": 1}
        inputs |= {"token_type_ids": 0} if model.typed else {}
        export_onnx(model, Path(between) / "fp32", inputs=inputs, outputs=OUTPUTS)
        quantise(Path(between) / "fp32", into / "model.onnx")
    beside = split_largest_weight(into / "model.onnx")
    whole_text_tokenizer(base.folder).save(str(into / "tokenizer.json"))
    features = Features if into.name == "fast" else DeepFeatures
    card: dict[str, Any] = {
        "name": into.name,
        "weights": dict.fromkeys(features.__slots__, 0.0),
        "bias": 0.0,
    }
    card_file = into / "card.json"
    if card_file.exists():
        card |= json.loads(card_file.read_text("utf-8"))
    card["sha256"] = sha256_of(into / "model.onnx")
    card["beside"] = {file.name: sha256_of(file) for file in beside}
    card_file.write_text(json.dumps(card, indent=2) + "\n", "utf-8")


def main() -> None:
    """Export the weights named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path, nargs="+", help="files that training wrote")
    parser.add_argument("--base", choices=BASES, default="mpnet")
    parser.add_argument("--rows", type=Path, required=True, help="that it was trained on")
    parser.add_argument("--into", type=Path, help="qa/models/fast or qa/models/deep")
    options = parser.parse_args()
    export_reader(options.weights, BASES[options.base](), options.into, options.rows)


if __name__ == "__main__":
    main()
