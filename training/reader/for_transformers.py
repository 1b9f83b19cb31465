"""Write the fast reader as a question-answering model of transformers, for other programs.

`python -m training.reader.for_transformers qa/models/fast FOLDER`: `qa bench peers` gives it to
them, so that all read with the same weights. They say where a short answer starts and ends, or
that there is none; the evidence of sentences and the calibration stay behind.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from transformers import AutoConfig, AutoTokenizer, BertForQuestionAnswering

from training.bases import minilm_folder
from training.reader.model import BASES, TOKEN_LOGITS
from training.reader.recover import recover

WINDOW = 512  # tokens: what the reader has places for; the base is cut off at 256


def write(reader: Path, into: Path) -> None:
    """Write the weights of a shipped fast reader, with the tokenizer of its base."""
    state = recover(reader / "model.onnx", BASES["minilm"]())
    rows = [TOKEN_LOGITS.index("start"), TOKEN_LOGITS.index("end")]
    answers = {
        "qa_outputs.weight": state["tokens.weight"][rows],
        "qa_outputs.bias": state["tokens.bias"][rows],
    }
    encoder = {
        f"bert.{name.removeprefix('encoder.')}": weight
        for name, weight in state.items()
        if name.startswith("encoder.")
    }
    model = BertForQuestionAnswering(AutoConfig.from_pretrained(minilm_folder()))
    model.load_state_dict({**encoder, **answers})
    model.save_pretrained(into)
    tokenizer = AutoTokenizer.from_pretrained(minilm_folder(), model_max_length=WINDOW)
    tokenizer.save_pretrained(into)


def main() -> None:
    """Write the model."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("reader", type=Path, help="the folder of the fast reader")
    parser.add_argument("into", type=Path, help="the folder to write")
    options = parser.parse_args()
    write(options.reader, options.into)


if __name__ == "__main__":
    main()
