"""Batches hold every example once, and those of one question together."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

torch = pytest.importorskip("torch")
np = pytest.importorskip("numpy")

from training.reader.batches import BATCH_TOKENS, Example, collate, stream  # noqa: E402
from training.reader.losses import losses  # noqa: E402
from training.reader.model import Logits  # noqa: E402

LENGTHS = st.integers(4, 200)
GROUPS = st.integers(-1, 5)


def make_example(length: int, group: int, *, answerable: bool = False) -> Example:
    """Return an example whose third token answers, or none does."""
    answer = np.zeros(length, bool)
    answer[2 if answerable else 0] = True
    passage = np.arange(length) >= 2
    return Example(
        ids=np.full(length, 7),
        types=passage.astype(np.int64),
        starts=answer,
        ends=answer,
        evidence=np.where(passage, answer, -1.0).astype(np.float32),
        answerable=answerable,
        verdict=-1,
        group=group,
        shared=passage | (np.arange(length) == 0),
    )


@given(st.lists(st.builds(make_example, LENGTHS, GROUPS), min_size=1, max_size=40))
def test_every_example_is_seen_once_a_pass(examples: list[Example]) -> None:
    seen: list[int] = []
    batches = stream(examples, 1)
    while len(seen) < len(examples):
        seen += next(batches).rows
    assert sorted(seen) == list(range(len(examples)))


@given(st.lists(st.builds(make_example, LENGTHS, GROUPS), min_size=1, max_size=40))
def test_the_examples_of_one_question_stand_in_one_batch(examples: list[Example]) -> None:
    homes: dict[int, set[int]] = {}
    seen, batches = 0, stream(examples, 2)
    for number, batch in enumerate(islice(batches, len(examples))):
        for row in batch.rows:
            homes.setdefault(examples[row].group, set()).add(number)
        seen += len(batch.rows)
        if seen >= len(examples):
            break
    assert all(len(found) == 1 for group, found in homes.items() if group >= 0)


@given(st.lists(st.builds(make_example, LENGTHS, st.just(-1)), min_size=1, max_size=200))
def test_a_batch_has_few_tokens(examples: list[Example]) -> None:
    batch = next(stream(examples, 3))
    assert batch.ids.numel() <= BATCH_TOKENS


def rank_loss(groups: list[int], favour: float) -> float:
    """Return the loss where the first of the passages answers, and is `favour` above others."""
    examples = [
        make_example(12, group, answerable=number == 0) for number, group in enumerate(groups)
    ]
    batch = collate(range(len(examples)), examples)
    tokens = torch.zeros((*batch.ids.shape, 3))
    tokens[0, 2, :2] = favour
    passage = torch.zeros(len(examples))
    passage[0] = favour
    logits = Logits(tokens, passage, torch.zeros((len(examples), 3)))
    return float(losses(logits, batch)["rank"])


@given(st.floats(-8, 8), st.floats(0.5, 8))
def test_the_passage_that_answers_is_to_be_above_the_others(low: float, more: float) -> None:
    assert rank_loss([4, 4, 4], low + more) < rank_loss([4, 4, 4], low)


def test_questions_are_not_compared_with_each_other() -> None:
    assert rank_loss([1, 2, 3], 0.0) == 0
    assert rank_loss([-1, -1, -1], 0.0) == 0
    assert rank_loss([1, 1, 2], 0.0) > 0
