"""Compare trained readers on questions beside the passage they are about.

`python -m training.reader.compare RUN_FOLDER… --on BENCHMARK…` prints, for each run, how often
the sentence that its evidence or its best span points at holds an answer, the token F1 of the
best span where it must answer, and how well each head tells which passages answer at all.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score
from tokenizers import Tokenizer
from tqdm import tqdm

from qa.evaluation import ResultTable
from qa.evaluation.squad import f1
from qa.readers.short_answer import Logits, best_span
from qa.types import Span
from training.export_encoder import official_folder
from training.reader.batches import Example, collate, example, open_tokenizer
from training.reader.model import Reader, trained
from training.reader.rows import Row, sentences, touches

TOGETHER = 16  # rows read at once
FLOOR = -1e4  # of a sentence that was cut off


@dataclass(frozen=True, slots=True)
class Case:
    """A question beside its passage, and all its known answers."""

    row: Row
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a reader says of a passage: its best span, and how sure each head is."""

    span: Span
    by_span: float
    evidence: NDArray[np.float32]
    by_passage: float


def cases(folder: Path) -> Iterator[Case]:
    """Yield the questions of a benchmark beside the passage that answers, or only seems to."""
    passages = {row["id"]: row for row in _lines(folder / "passages.jsonl.gz")}
    for asked in _lines(folder / "questions.jsonl.gz"):
        beside = (asked["gold_passages"] or [asked.get("plausible_passage")])[0]
        if beside is None or asked["answerable"] is None or asked.get("history"):
            continue
        passage = passages[beside]
        above = [passage["title"], passage.get("section") or ""]
        spans = tuple(
            Span(span["start"], span["end"])
            for span in asked["answer_spans"] or ()
            if span["passage"] == beside
        )
        row = Row(
            asked["question"],
            passage["text"],
            answerable=asked["answerable"],
            spans=spans,
            prefix="".join(f"{heading}. " for heading in above if heading),
        )
        yield Case(row, tuple(asked["answers"]))


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def measured(model: Reader, tokenizer: Tokenizer, asked: list[Case]) -> dict[str, float]:
    """Return the measures of one reader on one benchmark."""
    told = list(_told(model, tokenizer, [case.row for case in asked]))
    rows: dict[str, float] = {}
    answered = [(c, t) for c, t in zip(asked, told, strict=True) if c.row.answerable]
    best = [int(np.argmax(t.evidence)) for _, t in answered]
    rows["right sentence, by evidence"] = _mean(
        _holds(case, sentences(case.row.context)[at])
        for (case, _), at in zip(answered, best, strict=True)
    )
    rows["right sentence, by span"] = _mean(
        _holds(case, _around(case.row.context, t.span)) for case, t in answered
    )
    rows["F1 when it must answer"] = _mean(
        f1(t.span.of(case.row.context), case.answers) for case, t in answered
    )
    labels = [case.row.answerable for case in asked]
    if not all(labels):
        signs = {
            "span": [t.by_span for t in told],
            "evidence": [float(t.evidence.max()) for t in told],
            "passage": [t.by_passage for t in told],
        }
        rows |= {f"AUROC, by {n}": float(roc_auc_score(labels, s)) for n, s in signs.items()}
    return rows


def _mean(values: Iterator[float]) -> float:
    return float(np.mean(list(values)))


def _holds(case: Case, sentence: Span) -> bool:
    """Tell whether a sentence touches a known span, or has a known answer in it."""
    said = sentence.of(case.row.context).lower()
    return touches(sentence, case.row.spans) or any(a.lower() in said for a in case.answers)


def _around(text: str, span: Span) -> Span:
    return max(sentences(text), key=span.overlap)


def _told(model: Reader, tokenizer: Tokenizer, rows: list[Row]) -> Iterator[Told]:
    examples = [example(row, tokenizer) for row in rows]
    for at in tqdm(range(0, len(rows), TOGETHER), leave=False):
        batch = collate(examples[at : at + TOGETHER])
        with torch.inference_mode():
            tokens, passage = model(batch.ids, batch.mask, batch.types)
        for number, row in enumerate(rows[at : at + TOGETHER]):
            yield _reading(
                row,
                examples[at + number],
                tokens[number].numpy(),
                float(passage[number]),
                tokenizer=tokenizer,
            )


def _reading(
    row: Row, read: Example, logits: Logits, by_passage: float, *, tokenizer: Tokenizer
) -> Told:
    pair = tokenizer.encode(row.question, row.prefix + row.context)
    begins, ends = (np.array(pair.offsets) - len(row.prefix)).T
    second = np.array([sequence == 1 for sequence in pair.sequence_ids]) & (begins >= 0)
    places = np.flatnonzero(second)
    first, last, score = best_span(logits[places])
    evidence = [
        logits[: len(read.ids), 2][second & (begins >= part.start) & (begins < part.end)]
        for part in sentences(row.context)
    ]
    return Told(
        Span(int(begins[places[first]]), int(ends[places[last]])),
        float(score - logits[0, 0] - logits[0, 1]),
        np.array([part.mean() if len(part) else FLOOR for part in evidence], np.float32),
        by_passage,
    )


def main() -> None:
    """Print one table for each benchmark, a column for each run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", nargs="+", type=Path, help="folders with reader.pt in them")
    parser.add_argument("--on", nargs="+", type=Path, required=True, help="benchmarks")
    parser.add_argument("--limit", type=int, default=1000, help="questions of each")
    options = parser.parse_args()
    base = official_folder()
    tokenizer = open_tokenizer(base)
    for folder in options.on:
        table, asked = ResultTable(), list(cases(folder))
        asked = Random(0).sample(asked, min(len(asked), options.limit))
        for run in options.runs:
            model = trained(base, run / "reader.pt")
            table.add(run.name, measured(model, tokenizer, asked))
        print(f"\n{folder.name}, {len(asked)} questions\n\n{table}", flush=True)


if __name__ == "__main__":
    main()
