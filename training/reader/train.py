"""Train the reader.

`python -m training.reader.train rows.jsonl RUN_FOLDER --minutes 64` trains for so long and
writes RUN_FOLDER/reader.pt. The learning rate falls to zero over that time, not over a number
of steps, so a busy machine shortens the run and does not spoil it. The same command goes on
from the last checkpoint; `--after WEIGHTS` starts from what another run learned, and
`--heads span evidence` teaches only those. The logits of each row are written to
RUN_FOLDER/teacher.pt: `--teacher` has a smaller reader learn from them too.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from training.reader.batches import Batch, example, open_tokenizer, stream
from training.reader.distillation import Teacher
from training.reader.losses import forward, losses
from training.reader.model import BASES, ReaderModel, load, untrained
from training.reader.rows import Row

SEED = 7
THREADS = 2
HEAD_RATE = 8  # of the new layers, in rates of the rest
DECAY = 0.01
WARMUP = 80  # steps
REPORT_STEPS = 20
CHECKPOINT_STEPS = 100
SECONDS_BETWEEN_WEIGHTS = 600  # a learning curve is drawn from them
HEADS = ("span", "evidence", "passage", "verdict", "rank")


class Training:
    """A model, its optimizer and how far they have come, kept in a checkpoint."""

    def __init__(
        self,
        model: ReaderModel,
        folder: Path,
        *,
        minutes: float,
        rates: tuple[float, float],
        heads: Sequence[str] = HEADS,
        teacher: Teacher | None = None,
    ) -> None:
        """Go on from the checkpoint in the folder, if there is one.

        The learning rate falls from the first of the `rates` to the other.
        """
        self.logits = Teacher({})
        self.model, self.optimizer = model, _optimizer(model)
        self.heads, self.rates, self.teacher = heads, rates, teacher
        self.budget = minutes * 60
        self.step, self.seen, self.spent = 0, 0, 0.0
        self._means: dict[str, float] = {}
        self._checkpoint = folder / "checkpoint.pt"
        if self._checkpoint.exists():
            self._resume()
        self._began = time.monotonic() - self.spent

    def _resume(self) -> None:
        state = torch.load(self._checkpoint, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.seen, self.spent = state["step"], state["seen"], state["spent"]

    def save(self) -> None:
        """Write the checkpoint beside the last one, then in its place."""
        state = {
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "seen": self.seen,
            "spent": self.spent,
        }
        new = self._checkpoint.with_suffix(".new")
        torch.save(state, new)
        new.replace(self._checkpoint)

    def learn(self, batch: Batch) -> None:
        """Take a step, at the rate that the time spent asks for."""
        first, last = self.rates
        rate = first + (last - first) * min(1.0, self.spent / self.budget)
        for group in self.optimizer.param_groups:
            group["lr"] = group["times"] * rate * min(1.0, (self.step + 1) / WARMUP)
        logits = forward(self.model, batch)
        parts = losses(logits, batch)
        self.logits.record(batch, logits)
        loss = torch.stack([parts[head] for head in self.heads]).sum()
        if self.teacher:
            loss = loss + self.teacher.loss(logits, batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        self.step, self.seen = self.step + 1, self.seen + len(batch.ids)
        self.spent = time.monotonic() - self._began
        for name in self.heads:
            last = float(parts[name].detach())
            self._means[name] = 0.98 * self._means.get(name, last) + 0.02 * last

    def __str__(self) -> str:
        means = " ".join(f"{name} {mean:.3f}" for name, mean in self._means.items())
        return f"step {self.step} rows {self.seen} minutes {self.spent / 60:.1f} {means}"


def _optimizer(model: ReaderModel) -> torch.optim.AdamW:
    """Decay matrices and not vectors; let the new layers learn faster."""
    groups: list[dict[str, Any]] = [
        {
            "params": [
                weights
                for name, weights in model.named_parameters()
                if weights.requires_grad
                and name.startswith("encoder.") != head
                and (weights.ndim > 1) == matrix
            ],
            "weight_decay": DECAY * matrix,
            "times": HEAD_RATE if head else 1,
        }
        for head in (False, True)
        for matrix in (False, True)
    ]
    return torch.optim.AdamW(groups, lr=0.0, fused=True)


def train(
    rows: Path,
    training: Training,
    *,
    tokenizer: Tokenizer,
    folder: Path,
) -> None:
    """Train on a file of rows until the time is spent, and write the weights."""
    with rows.open(encoding="utf-8") as lines:
        examples = [example(Row.from_json(line), tokenizer) for line in lines]
    training.model.train()
    last_saved = training.spent
    for batch in islice(stream(examples, SEED), training.step, None):
        if training.spent >= training.budget:
            break
        training.learn(batch)
        if training.step % REPORT_STEPS == 0:
            print(training, flush=True)
        if training.step % CHECKPOINT_STEPS == 0:
            training.save()
        if training.spent - last_saved > SECONDS_BETWEEN_WEIGHTS:
            last_saved = training.spent
            torch.save(training.model.state_dict(), folder / f"rows-{training.seen}.pt")
    torch.save(training.model.state_dict(), folder / "reader.pt")
    training.logits.write(folder / "teacher.pt")
    print("done:", training)


def main() -> None:
    """Read what to train on, where to, and how long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=Path, help="the file that training.reader.data wrote")
    parser.add_argument("folder", type=Path, help="for the checkpoint and for reader.pt")
    parser.add_argument("--base", choices=BASES, default="mpnet")
    parser.add_argument("--minutes", type=float, default=64)
    parser.add_argument("--rates", type=float, nargs=2, default=(4e-5, 0.0), help="first, last")
    parser.add_argument("--heads", nargs="+", choices=HEADS, default=HEADS)
    parser.add_argument("--teacher", type=Path, help="the teacher.pt of a run on these rows")
    parser.add_argument("--after", type=Path, help="weights of the run to start from")
    options = parser.parse_args()
    torch.set_num_threads(THREADS)
    torch.manual_seed(SEED)
    base = BASES[options.base]()
    options.folder.mkdir(parents=True, exist_ok=True)
    model = untrained(base)
    if options.after:
        load(model, torch.load(options.after, weights_only=True))
    training = Training(
        model,
        options.folder,
        minutes=options.minutes,
        rates=tuple(options.rates),
        heads=options.heads,
        teacher=Teacher.read(options.teacher) if options.teacher else None,
    )
    train(
        options.rows,
        training,
        tokenizer=open_tokenizer(base.folder),
        folder=options.folder,
    )


if __name__ == "__main__":
    main()
