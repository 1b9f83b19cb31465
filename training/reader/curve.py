"""Draw how a reader got better as it learned.

`python -m training.reader.curve RUN_FOLDER… --into curve.svg` exports the weights
that a run saved on its way, has each read the held-out articles, one at a time, and draws how
often the right sentence came first, and how well questions that are answered were told from
those that are not (AUROC). `--after` says how many rows a run had seen before, elsewhere.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from matplotlib import rc_context
from matplotlib.figure import Figure
from tqdm import tqdm

from qa.encoders import open_encoder
from qa.evaluation.correctness import is_same_sentence
from qa.evaluation.risk import auroc
from qa.evaluation.written import UNANSWERED, WrittenQuestion, locate, read_written
from qa.language.sentences import sentences
from qa.passages import split_article
from qa.readers.pair_model import PairModel
from qa.types import Passage, Span
from training.reader.export import export_reader
from training.reader.model import BASES, Base
from training.reader.written import DENIED, is_held_out

QUESTIONS = 300
TOKENS = 128  # of a passage
SPAN_WEIGHT = 0.5  # of the best span's logit beside the evidence's
COLOURS = ("#1b5e9e", "#c05a12")

AskedQuestion = tuple[WrittenQuestion, Sequence[Passage]]


@dataclass(frozen=True, slots=True)
class Point:
    """How good a reader is after so many rows."""

    rows: int
    right_first: float
    auroc: float


def held_out_questions(folder: Path) -> list[AskedQuestion]:
    """Return questions of the held-out articles, each with the passages of its article."""
    encoder = open_encoder("minilm")
    asked: list[AskedQuestion] = []
    for written in filter(is_held_out, read_written(folder)):
        passages = split_article(
            written.article, tokens=TOKENS, window=encoder.window, count_tokens=encoder.count
        )
        asked += [(q, passages) for q in written.questions if q.trap != DENIED]
    return random.Random(1).sample(asked, min(QUESTIONS, len(asked)))


def read_all(model: PairModel, asked: Sequence[AskedQuestion], rows: int) -> Point:
    """Ask all the questions of the passages of their articles."""
    right, sure, fooled = [], [], []
    for question, passages in tqdm(asked, desc=f"{rows:,} rows"):
        score, span = max(_scored(model, question.text, passages))
        if question.form == UNANSWERED:
            fooled.append(score)
            continue
        sure.append(score)
        gold = [locate(f, passages[0].article.text) for f in question.evidence]
        right.append(any(is_same_sentence(span, place) for place in gold if place))
    return Point(rows, float(np.mean(right)), auroc(sure, fooled))


def _scored(
    model: PairModel, question: str, passages: Sequence[Passage]
) -> Iterator[tuple[float, Span]]:
    """Yield each sentence with its score."""
    for passage, logits in zip(passages, model.read(question, passages), strict=True):
        for span in sentences(passage.article.text, passage.span):
            yield logits.evidence(span) + SPAN_WEIGHT * logits.answer(span), span


def saved_weights(run: Path, after: int) -> Iterator[tuple[int, Path]]:
    """Yield the weights that a run saved on its way, by the rows seen until then."""
    files = {int(file.stem.removeprefix("rows-")): file for file in run.glob("rows-*.pt")}
    for rows in sorted(files):
        yield after + rows, files[rows]


def measure(
    files: Sequence[tuple[int, Path]], base: Base, folder: Path, rows: Path
) -> list[Point]:
    """Return the points of a curve, each of a reader as it would be shipped."""
    asked, points = held_out_questions(folder), []
    for seen, weights in files:
        with TemporaryDirectory() as exported:
            export_reader([weights], base, Path(exported), rows)
            points.append(read_all(PairModel(Path(exported)), asked, seen))
        print(points[-1], flush=True)
    return points


def draw(points: Sequence[Point], into: Path) -> None:
    """Draw both measures against the rows seen, as SVG that is the same each time."""
    with rc_context({"svg.hashsalt": "curve", "svg.fonttype": "none", "font.size": 11}):
        figure = Figure(figsize=(7, 3.6), layout="constrained")
        axes = figure.add_subplot(
            xlabel="rows seen", ylim=(0.5, 1), title="A reader learns: held-out articles"
        )
        rows = [point.rows for point in points]
        for name, values, colour in (
            ("right sentence first", [p.right_first for p in points], COLOURS[0]),
            ("answered or not: AUROC", [p.auroc for p in points], COLOURS[1]),
        ):
            axes.plot(rows, values, marker="o", label=name, color=colour)
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(axis="y", alpha=0.3)
        axes.legend(frameon=False, loc="lower right")
        figure.savefig(into, metadata={"Date": None})


def main() -> None:
    """Measure what a run saved, and draw it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", type=Path, nargs="+", help="folders of training.reader.train")
    parser.add_argument("--written", type=Path, default=Path("training") / "written")
    parser.add_argument("--base", choices=BASES, default="mpnet")
    parser.add_argument("--after", type=int, nargs="+", help="rows seen before each run")
    parser.add_argument("--rows", type=Path, required=True, help="that they were trained on")
    parser.add_argument("--into", type=Path, required=True, help="the picture to draw")
    options = parser.parse_args()
    before = options.after or [0] * len(options.runs)
    files = [
        pair
        for run, after in zip(options.runs, before, strict=True)
        for pair in saved_weights(run, after)
    ]
    points = measure(files, BASES[options.base](), options.written, options.rows)
    draw(points, options.into)


if __name__ == "__main__":
    main()
