"""A reader whose products are evened out says the same, and loses less to 8 bits."""

from __future__ import annotations

from typing import Any

import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

from tests.training.test_batches import make_example  # noqa: E402
from training.reader.model import ReaderModel  # noqa: E402
from training.reader.smoothing import SmoothedLinear, smooth  # noqa: E402

LENGTHS = (5, 9, 30)
OUTLIER = 200.0


def small_reader() -> ReaderModel:
    """Return an untrained reader, some numbers in whose layers are far larger than others."""
    torch.manual_seed(3)
    config = transformers.MPNetConfig(
        vocab_size=50, hidden_size=16, num_hidden_layers=2, num_attention_heads=2
    )
    encoder = transformers.MPNetModel(config, add_pooling_layer=False)
    for layer in encoder.encoder.layer:
        layer.intermediate.dense.weight.data[3] *= OUTLIER
    reader = ReaderModel(encoder)
    reader.eval()
    return reader


def in_8_bits(states: Any) -> Any:
    """Round as ONNX Runtime does: one scale and one zero for all."""
    low, high = states.min().clamp(max=0), states.max().clamp(min=0)
    scale = (high - low) / 255
    zero = torch.round(-low / scale)
    return (torch.clamp(torch.round(states / scale) + zero, 0, 255) - zero) * scale


def logits(model: ReaderModel) -> Any:
    """Return what a model says of each token of a few texts."""
    with torch.inference_mode():
        texts = [(torch.arange(length) % 50)[None] for length in LENGTHS]
        return torch.cat([model(ids, torch.ones_like(ids))[0][0] for ids in texts])


def rounding_error(model: ReaderModel) -> float:
    """Return how far the logits move if the widest products take in 8 bits."""
    exact = logits(model)
    for layer in model.encoder.encoder.layer:
        layer.output.dense.register_forward_pre_hook(_round_input)
    return float((logits(model) - exact).abs().mean())


def _round_input(dense: Any, given: tuple[Any]) -> Any:
    """Round what the product itself takes in."""
    if isinstance(dense, SmoothedLinear):
        return in_8_bits(given[0] * dense.inverse) / dense.inverse
    return in_8_bits(given[0])


def test_an_evened_out_reader_says_the_same() -> None:
    model = small_reader()
    before = logits(model)
    smooth(model, [make_example(length, -1) for length in LENGTHS])
    assert any(isinstance(part, SmoothedLinear) for part in model.modules())
    assert torch.allclose(logits(model), before, atol=1e-4)


def test_an_evened_out_reader_loses_less_to_8_bits() -> None:
    plain, even = small_reader(), small_reader()
    smooth(even, [make_example(length, -1) for length in LENGTHS])
    assert rounding_error(even) < rounding_error(plain) / 2
