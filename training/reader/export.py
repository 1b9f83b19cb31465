"""Export the trained reader to the files in qa/models/reader.

`python -m training.reader.export RUN_FOLDER` does it: weights quantised to 8 bits, a scale for
each channel; the arithmetic between them stays float32. The weights of the signs in card.json
are left as they are: `python -m training.calibrate` fits them to the new model. `--after FIRST`
averages the run with the one it started from, which wins back a little of what it forgot.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from qa.models import model_folder
from training.export_encoder import INTO as ENCODER
from training.export_encoder import official_folder
from training.onnx_files import strip
from training.reader.model import Reader, trained

EARLIER = 0.3  # of the average with an earlier run (Wortsman et al. 2022)


def averaged(run: Path, first: Path, into: Path) -> Path:
    """Write the weights of a run, averaged with those it started from, and return the file."""
    late, early = (
        torch.load(folder / "reader.pt", weights_only=True) for folder in (run, first)
    )
    mean = {name: (1 - EARLIER) * late[name] + EARLIER * early[name] for name in late}
    torch.save(mean, into)
    return into


def export(model: Reader, path: Path) -> None:
    """Trace the model with a free number of rows and of tokens."""
    ids, mask, types = (torch.full((2, 16), number, dtype=torch.int64) for number in (7, 1, 0))
    rows = torch.export.Dim("batch", min=1, max=512)
    tokens = torch.export.Dim("sequence", min=2, max=512)
    torch.onnx.export(
        model,
        (ids, mask, types),
        str(path),
        input_names=["input_ids", "attention_mask", "token_type_ids"],
        output_names=["tokens", "passage"],
        dynamic_shapes=({0: rows, 1: tokens},) * 3,
        dynamo=True,
        external_data=False,
    )
    strip(path)


def quantise(path: Path, into: Path) -> None:
    """Store the weights in 8 bits, of which 7 are used."""
    quantize_dynamic(
        str(path),
        str(into),
        per_channel=True,
        weight_type=QuantType.QInt8,
        reduce_range=True,  # older processors overflow on the sum of two 8-bit products
    )
    strip(into)


def main() -> None:
    """Write model.onnx, tokenizer.json and card.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="of the run, with reader.pt in it")
    parser.add_argument("--after", type=Path, help="of the run that it started from")
    parser.add_argument("--into", type=Path, default=model_folder("reader"))
    options = parser.parse_args()
    into: Path = options.into
    into.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as between:
        weights = options.folder / "reader.pt"
        if options.after:
            weights = averaged(options.folder, options.after, Path(between) / "mean")
        export(trained(official_folder(), weights), Path(between) / "fp32")
        quantise(Path(between) / "fp32", into / "model.onnx")
    shutil.copyfile(ENCODER / "tokenizer.json", into / "tokenizer.json")
    card = json.loads((model_folder("reader") / "card.json").read_text("utf-8"))
    card["sha256"] = hashlib.sha256((into / "model.onnx").read_bytes()).hexdigest()
    (into / "card.json").write_text(json.dumps(card, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
