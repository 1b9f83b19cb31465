"""Read the weights of a shipped reader back, to train it further.

`python -m training.reader.recover qa/models/fast weights.pt` undoes what the export did: 8-bit
numbers times their scales, matrices turned back. The little that rounding took away stays away.
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

LAYER = (  # in the order in which a layer multiplies
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)


def recover(path: Path, *, layers: int = 6) -> dict[str, Tensor]:
    """Return the state of a reader that starts from MiniLM, from its exported file."""
    model: Any = onnx.load(str(path))
    kept = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}
    state = {name: array for name, array in kept.items() if name.startswith("encoder.")}
    state |= {name: kept[name] for name in kept if name in ("tokens.bias", "passage.bias")}
    for name in [name for name in state if "_embeddings." in name]:
        del state[name]
    for table in ("word", "token_type", "position"):
        name = f"encoder.embeddings.{table}_embeddings.weight"
        state[name] = _floats(kept, name)
    products = [
        node.input[1].removesuffix("_quantized")
        for node in model.graph.node
        if node.op_type == "MatMulInteger"
    ]
    matrices = [
        f"encoder.encoder.layer.{number}.{part}.weight"
        for number in range(layers)
        for part in LAYER
    ]
    for name, product in zip(
        [*matrices, "tokens.weight", "passage.weight"], products, strict=True
    ):
        state[name] = _floats(kept, product).T
    state.pop("encoder.embeddings.position_ids", None)
    return {name: torch.from_numpy(np.array(array)).float() for name, array in state.items()}


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
    options = parser.parse_args()
    torch.save(recover(options.folder / "model.onnx"), options.into)


if __name__ == "__main__":
    main()
