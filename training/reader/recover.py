"""Read the weights of a shipped reader back, to train it further.

`python -m training.reader.recover qa/models/deep weights.pt --base mpnet` undoes the export:
8-bit numbers times their scales, matrices turned back. The little that rounding took away stays
away, but for what training never changed: that is the base's own.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

from training.reader.model import BASES, Base, untrained

HEADS = ("tokens.weight", "passage.weight", "verdict.weight")


def recover(path: Path, base: Base) -> dict[str, Tensor]:
    """Return the state of a reader that starts from a base, from its exported file."""
    model: Any = onnx.load(str(path))
    kept = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    products = (
        _floats(kept, node.input[1].removesuffix("_quantized"))
        for node in model.graph.node
        if node.op_type == "MatMulInteger"
    )
    untouched = untrained(base)
    state: dict[str, Tensor] = dict(untouched.state_dict())
    matrices = [name for name in state if _is_multiplied(name, state[name])]
    read = dict(zip(matrices, (product.T for product in products), strict=True))
    for name in matrices:
        inverse = name.removesuffix("weight") + "inverse"
        if inverse in kept:  # as training.reader.smoothing left it
            read[name] = read[name] * kept[inverse]
    trained = [name for name, weights in untouched.named_parameters() if weights.requires_grad]
    for name in trained:
        array = read[name] if name in read else _kept(kept, name)
        state[name] = torch.from_numpy(np.array(array)).float()
    return state


def _is_multiplied(name: str, weights: Tensor) -> bool:
    """Tell whether a weight is a matrix of a layer or a head; they stand as they multiply."""
    return weights.ndim == 2 and (".layer." in name or name in HEADS)


def _kept(kept: Mapping[str, NDArray[Any]], name: str) -> NDArray[Any]:
    """Return a vector, or a table that was stored in 8 bits."""
    return kept[name] if name in kept else _floats(kept, name)


def _floats(kept: Mapping[str, NDArray[Any]], name: str) -> NDArray[np.float32]:
    """Return (number - zero point) * scale."""
    numbers = kept[f"{name}_quantized"].astype(np.float32)
    zero, scale = kept[f"{name}_zero_point"], kept[f"{name}_scale"]
    floats: NDArray[np.float32] = (numbers - zero.astype(np.float32)) * scale
    return floats


def main() -> None:
    """Write the weights as training does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="of a shipped reader")
    parser.add_argument("into", type=Path, help="the file to write")
    parser.add_argument("--base", choices=BASES, default="mpnet")
    options = parser.parse_args()
    torch.save(recover(options.folder / "model.onnx", BASES[options.base]()), options.into)


if __name__ == "__main__":
    main()
