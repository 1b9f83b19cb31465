"""From a model of torch to the ONNX file that is shipped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnx.external_data_helper import set_external_data

MAX_FILE_BYTES = 95_000_000
MIN_HALVED_SIZE = 1024  # numbers: smaller weights, biases and norms, stay float32
BLOCK = 64  # weights that share a scale: 32 were a tenth slower, 128 twice as far off


def export_onnx(
    model: torch.nn.Module, path: Path, *, inputs: Mapping[str, int], outputs: Sequence[str]
) -> None:
    """Trace a model with a free number of rows and of tokens.

    All inputs have a row a text and a column a token, traced with one number each.
    """
    rows, tokens = torch.export.Dim("rows", max=4096), torch.export.Dim("tokens", max=512)
    torch.onnx.export(
        model.eval(),
        tuple(torch.full((2, 16), number, dtype=torch.int64) for number in inputs.values()),
        str(path),
        input_names=[*inputs],
        output_names=outputs,
        dynamic_shapes=({0: rows, 1: tokens},) * len(inputs),
        dynamo=True,
        external_data=False,
    )
    strip_metadata(path)


def strip_metadata(path: Path) -> None:
    """Leave out what the exporter noted of the machine it ran on."""
    model: Any = onnx.load(str(path))
    for part in (model, model.graph, *model.graph.node, *model.graph.initializer):
        part.ClearField("doc_string")
        part.ClearField("metadata_props")
    model.graph.ClearField("value_info")
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def quantise_matrices(path: Path) -> None:
    """Store the matrices that are multiplied in 8 bits, each block of weights with its scale.

    ONNX Runtime puts the other side into 8 bits as it goes, row by row: so what is computed for
    a text depends on nothing beside it.
    """
    from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer

    model: Any = onnx.load(str(path))
    quantizer = MatMulNBitsQuantizer(
        model, bits=8, block_size=BLOCK, is_symmetric=True, accuracy_level=4
    )
    quantizer.process()
    quantizer.model.save_model_to_file(str(path))


def store_as_float16(path: Path) -> None:
    """Store the large float32 weights as float16, each behind a cast to float32."""
    model: Any = onnx.load(str(path))
    casts = []
    for weight in model.graph.initializer:
        array = numpy_helper.to_array(weight)
        if weight.data_type != TensorProto.FLOAT or array.size < MIN_HALVED_SIZE:
            continue
        name = weight.name
        weight.CopyFrom(numpy_helper.from_array(array.astype("float16"), f"{name}.half"))
        casts.append(helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
    for node in reversed(casts):
        model.graph.node.insert(0, node)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def split_largest_weight(path: Path, *, max_bytes: int = MAX_FILE_BYTES) -> list[Path]:
    """Keep the largest weight in a file beside the model, if both together are too large.

    Git hosts and package indexes take 100 MB a file; ONNX Runtime finds the other by its name.
    Return the files beside the model.
    """
    if path.stat().st_size <= max_bytes:
        return []
    model: Any = onnx.load(str(path))
    weight = max(model.graph.initializer, key=lambda tensor: len(tensor.raw_data))
    beside = path.with_name("words.bin")
    beside.unlink(missing_ok=True)
    set_external_data(weight, location=beside.name)
    onnx.save(model, str(path))
    onnx.checker.check_model(str(path))
    beside.chmod(path.stat().st_mode)
    return [beside]
