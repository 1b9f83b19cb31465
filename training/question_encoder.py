"""Train the encoder of questions to meet the passages that answer them.

`python -m training.question_encoder DATA_FOLDER WRITTEN_FOLDER RUN_FOLDER --without BENCHMARKS`
starts from the sentence encoder. The vectors of passages stay as they are, so an index does not
change: only what a question's vector is does. Each question is to be nearest to the passage that
answers it among all passages, with a softmax over them ("query-side fine-tuning", Lee et al.
2021, "Learning Dense Representations of Phrases at Scale"), and is to stay near its first vector.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import cross_entropy, normalize
from tqdm import tqdm
from transformers import AutoModel, AutoTokenizer, PreTrainedModel

from qa.encoders import open_encoder
from qa.evaluation.written import locate, read_written
from qa.passages import cut, embedded
from training.bases import minilm_folder
from training.reader.asked import as_typed
from training.reader.records import benchmarked, read
from training.reader.written import is_apart

SEED = 7
CONTEXTS = 9000  # published passages, each with all its questions
TOKENS = 128  # of a passage, as the program cuts them
BATCH = 128
RATE = 3e-5
WARMUP = 50  # steps
TEMPERATURE = 0.05
FAITHFUL = 3.0  # weight of staying near the first vector: one less the cosine
WRITTEN_SHARE = 0.4  # of each batch


@dataclass(frozen=True, slots=True)
class Pairs:
    """Questions, and the rows of the passages that answer each."""

    questions: tuple[str, ...]
    answering: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """The texts of all passages, and the questions about them: written ones, published ones."""

    passages: tuple[str, ...]
    sources: tuple[Pairs, ...]


def corpus(data: Path, written: Path, without: frozenset[str]) -> Corpus:
    """Gather passages and questions of the written articles and of the published sets."""
    passages: list[str] = []
    sources = (
        Pairs(*zip(*_from_written(written, passages), strict=True)),
        Pairs(*zip(*_from_records(data, without, passages), strict=True)),
    )
    return Corpus(tuple(passages), sources)


def _from_written(folder: Path, passages: list[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
    encoder = open_encoder("minilm")
    measure = encoder.count
    for each in read_written(folder):
        if is_apart(each):
            continue
        parts = cut(each.article, tokens=TOKENS, window=encoder.window, measure=measure)
        first = len(passages)
        passages += [embedded(p, window=encoder.window, measure=measure) for p in parts]
        for question in each.questions:
            spans = [locate(fragment, each.article.text) for fragment in question.evidence]
            rows = tuple(
                first + number
                for number, part in enumerate(parts)
                if any(span and part.span.overlap(span) for span in spans)
            )
            if rows:
                yield question.text, rows


def _from_records(
    data: Path, without: frozenset[str], passages: list[str]
) -> Iterator[tuple[str, tuple[int, ...]]]:
    records = [r for r in read(data / "reader.jsonl.gz", without) if r.answerable]
    contexts = list(dict.fromkeys((r.title, r.context) for r in records))
    Random(SEED).shuffle(contexts)
    texts = [f"{title}. {context}" for title, context in contexts[:CONTEXTS]]
    encoder = open_encoder("minilm")
    rows: dict[tuple[str, str], int] = {}
    for context, text, tokens in zip(contexts, texts, encoder.count(texts), strict=False):
        if tokens <= encoder.window:
            rows[context] = len(passages)
            passages.append(text)
    for record in records:
        if (record.title, record.context) in rows:
            yield record.question, (rows[record.title, record.context],)


class QuestionEncoder(torch.nn.Module):  # type: ignore[misc]  # torch is not checked
    """The sentence encoder, for questions alone."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.bert: PreTrainedModel = AutoModel.from_pretrained(folder, add_pooling_layer=False)
        self.tokenizer = AutoTokenizer.from_pretrained(folder)

    def forward(self, questions: Sequence[str]) -> Tensor:
        """Return one unit vector a question."""
        tokens = self.tokenizer(list(questions), padding=True, truncation=True, max_length=64)
        inputs = {name: torch.tensor(rows) for name, rows in tokens.items()}
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = self.bert(**inputs).last_hidden_state.float()
        mask = inputs["attention_mask"].unsqueeze(-1).float()
        return normalize((states * mask).sum(1) / mask.sum(1), dim=1)


def train(gathered: Corpus, vectors: Tensor, model: QuestionEncoder, *, minutes: float) -> None:
    """Train for so long, the learning rate falling to zero over that time."""
    first = QuestionEncoder(minilm_folder()).eval()
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.01, fused=True)
    random_, began, step, mean = Random(SEED), time.monotonic(), 0, 0.0
    model.train()
    while (spent := (time.monotonic() - began) / (60 * minutes)) < 1:
        for group in optimizer.param_groups:
            group["lr"] = RATE * min(1.0, (step + 1) / WARMUP) * (1 - spent)
        questions, labels = _batch(gathered, random_)
        asked = model(questions)
        with torch.no_grad():
            before = first(questions)
        loss = _loss(asked @ vectors.T / TEMPERATURE, labels)
        loss = loss + FAITHFUL * (1 - (asked * before).sum(1)).mean()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step, mean = step + 1, 0.98 * mean + 0.02 * float(loss.detach())
        if step % 50 == 0:
            print(f"step {step} questions {step * BATCH} loss {mean:.3f}", flush=True)


def _batch(gathered: Corpus, random_: Random) -> tuple[list[str], list[tuple[int, ...]]]:
    """Draw questions, as people type them."""
    written, published = gathered.sources
    drawn = [
        (source, random_.randrange(len(source.questions)))
        for source in random_.choices(
            (written, published), (WRITTEN_SHARE, 1 - WRITTEN_SHARE), k=BATCH
        )
    ]
    questions = [as_typed(source.questions[n], random_) for source, n in drawn]
    return questions, [source.answering[n] for source, n in drawn]


def _loss(scores: Tensor, labels: Sequence[Sequence[int]]) -> Tensor:
    """Return the mean cross entropy; of several passages that answer, the nearest counts."""
    best = [
        max(rows, key=lambda row: float(line[row]))
        for line, rows in zip(scores, labels, strict=True)
    ]
    masked = scores.clone()
    for number, rows in enumerate(labels):
        others = [row for row in rows if row != best[number]]
        masked[number, others] = -torch.inf
    return cross_entropy(masked, torch.tensor(best))


def _vectors(passages: Sequence[str]) -> NDArray[np.float32]:
    encoder = open_encoder("minilm")
    with tqdm(total=len(passages), desc="passages") as bar:
        return encoder.passages(passages, progress=lambda done, _: bar.update(done - bar.n))


def main() -> None:
    """Read what to train on and where to, and how long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder of the training sets")
    parser.add_argument("written", type=Path, help="folder of the written articles")
    parser.add_argument("folder", type=Path, help="for question.pt")
    parser.add_argument("--minutes", type=float, default=8)
    parser.add_argument("--without", type=Path, help="folder of benchmarks to keep clear of")
    options = parser.parse_args()
    torch.manual_seed(SEED)
    without = benchmarked(options.without) if options.without else frozenset[str]()
    gathered = corpus(options.data, options.written, without)
    print(len(gathered.passages), [len(source.questions) for source in gathered.sources])
    options.folder.mkdir(parents=True, exist_ok=True)
    file = options.folder / "passages.npy"
    if not file.exists():
        np.save(file, _vectors(gathered.passages))
    model = QuestionEncoder(minilm_folder())
    train(gathered, torch.from_numpy(np.load(file)), model, minutes=options.minutes)
    torch.save(model.bert.state_dict(), options.folder / "question.pt")


if __name__ == "__main__":
    main()
