"""An error says what happened and what to do."""

from __future__ import annotations

import inspect
import re

import pytest

import qa
from qa import errors
from qa.errors import (
    MODELS,
    DiskError,
    IndexBroken,
    IndexMismatch,
    IndexMissing,
    MissingExtra,
    ModelMissing,
    QAError,
)

CLASSES = {
    name: value
    for name, value in vars(errors).items()
    if inspect.isclass(value) and issubclass(value, QAError)
}


def test_an_error_reads_as_the_problem_and_then_the_hint() -> None:
    error = QAError("The kettle is empty.", hint="Fill it.")
    assert str(error) == "The kettle is empty. Fill it."
    assert error.as_dict() == {"error": "The kettle is empty.", "hint": "Fill it."}


def test_an_error_without_a_hint_reads_as_the_problem_alone() -> None:
    assert str(QAError("It rained.")) == "It rained."
    assert QAError("It rained.").as_dict() == {"error": "It rained.", "hint": ""}


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (IndexMissing("vectors"), "There is no index in vectors. Run: qa build"),
        (IndexBroken("It is torn."), "It is torn. Run: qa build --force"),
        (IndexMismatch("It is another's."), "It is another's. Run: qa build"),
        (
            MissingExtra("tea", extra="pot"),
            "tea is not installed. Run: pip install 'chapter-verse[pot]'",
        ),
        (ModelMissing("tea"), "The model tea is not installed. Run: pip install " + MODELS),
        (
            DiskError("vectors", OSError(28, "No space left on device")),
            "vectors cannot be written: No space left on device. "
            "Make room, or name another folder with --index or QA_INDEX.",
        ),
    ],
)
def test_an_error_about_an_index_or_a_package_says_what_to_type(
    error: QAError, said: str
) -> None:
    assert str(error) == said


def test_the_docstring_of_the_module_lists_every_error() -> None:
    assert set(re.findall(r"[*-] (\w+)", errors.__doc__ or "")) == set(CLASSES)


@pytest.mark.parametrize("name", sorted(CLASSES))
def test_every_error_can_be_caught_by_who_imports_qa(name: str) -> None:
    assert getattr(qa, name) is CLASSES[name]
    assert name in qa.__all__
