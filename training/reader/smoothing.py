"""Even out what the products of a reader take in, so that 8 bits lose less of it.

A few numbers in the middle of each layer are a hundred times as large as the rest. All of a
text's numbers share one scale of 8 bits, so the small ones would be rounded away. Each is
divided by what is usual in its place, and the weights that it meets are multiplied by that: the
product is the same (SmoothQuant, Xiao et al. 2023).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import linear

from training.reader.batches import Example
from training.reader.model import ReaderModel

STRENGTH = 0.6
"""How much of the range moves from the inputs to the weights: less and more were noisier."""
SMALLEST = 1e-3


class SmoothedLinear(nn.Module):  # type: ignore[misc]  # torch is not checked
    """A linear layer that scales its inputs first, its weights scaled the other way."""

    def __init__(self, layer: nn.Linear, scales: Tensor) -> None:
        super().__init__()
        self.weight = nn.Parameter(layer.weight.detach() * scales)
        self.bias = layer.bias
        self.register_buffer("inverse", 1 / scales)

    def forward(self, states: Tensor) -> Tensor:
        """Return the product, as the layer before would have."""
        return linear(states * self.inverse, self.weight, self.bias)


def smooth(model: ReaderModel, examples: Sequence[Example]) -> None:
    """Replace the products of a model's layers, by how far their inputs range in examples."""
    layers = dict(_products(model))
    with _ranges(layers) as ranges, torch.inference_mode():
        for each in examples:
            given = (each.ids, np.ones_like(each.ids), each.types)
            model(*(torch.from_numpy(row[None]) for row in given[: 2 + model.typed]))
    for name, layer in layers.items():
        weights = layer.weight.detach().abs().amax(0).clamp(min=SMALLEST)
        inputs = ranges[name].clamp(min=SMALLEST)
        scales = inputs**STRENGTH / weights ** (1 - STRENGTH)
        model.set_submodule(name, SmoothedLinear(layer, scales.clone()))


def _products(model: ReaderModel) -> Iterator[tuple[str, nn.Linear]]:
    for name, layer in model.named_modules():
        if isinstance(layer, nn.Linear) and ".layer." in name:
            yield name, layer


@contextmanager
def _ranges(layers: dict[str, nn.Linear]) -> Iterator[dict[str, Tensor]]:
    """Note the largest size of each input of the layers, while they are used."""
    ranges = {name: torch.zeros(layer.in_features) for name, layer in layers.items()}

    def note(name: str, states: Tensor) -> None:
        torch.maximum(ranges[name], states.abs().amax((0, 1)), out=ranges[name])

    hooks = [
        layer.register_forward_pre_hook(lambda _, given, name=name: note(name, given[0]))
        for name, layer in layers.items()
    ]
    try:
        yield ranges
    finally:
        for hook in hooks:
            hook.remove()
