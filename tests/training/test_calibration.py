"""How features become a probability: laws of the fit, on cases drawn at random."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.benchmark import QuestionKind
from training.calibration.fitting import Prediction, cross_validate, fit, predictions_by_score
from training.calibration.trust import STANCE_SHARES, calibration_error, stance_thresholds
from training.calibration.weights import Case, Weights

TRUE = Weights(np.array([2.0, 0.5, -1.0]), -1.0)


def drawn(count: int, *, sentences: int, seed: int = 0) -> list[Case]:
    """Draw cases whose sentences are right as often as `TRUE` says."""
    random_ = np.random.default_rng(seed)
    signs = random_.normal(size=(count, sentences, 3)) * [1.0, 3.0, 0.2]
    probabilities = 1 / (1 + np.exp(-np.array([TRUE.odds(rows) for rows in signs])))
    right = random_.random((count, sentences)) < probabilities
    return [
        Case("drawn", QuestionKind.ANSWERABLE, number % 5, signs[number], right[number])
        for number in range(count)
    ]


def predictions(
    *probabilities: float, name: str = "drawn", right: bool = True
) -> list[Prediction]:
    return [
        Prediction(name, QuestionKind.ANSWERABLE, probability, right)
        for probability in probabilities
    ]


def test_the_fit_finds_what_the_cases_were_drawn_by() -> None:
    found = fit(drawn(3000, sentences=4))
    assert found.features == pytest.approx(TRUE.features, abs=0.3)
    assert found.bias == pytest.approx(TRUE.bias, abs=0.2)


@pytest.mark.parametrize("sentences", [1, 2, 4, 12])
def test_the_best_sentences_are_right_as_often_as_they_are_said_to_be(sentences: int) -> None:
    cases = drawn(300, sentences=sentences)
    weights = fit(cases)
    best = [case.best(weights, 1) for case in cases]
    odds = np.array([weights.odds(case.features)[0] for case in best])
    said = float(np.mean(1 / (1 + np.exp(-odds))))
    assert said == pytest.approx(np.mean([case.right[0] for case in best]), abs=1e-3)


def test_what_is_said_of_cases_that_were_not_seen_can_be_trusted() -> None:
    assert calibration_error(cross_validate(drawn(2000, sentences=6))) < 0.05


def test_a_reader_that_is_taken_at_its_word_is_judged_by_its_best_sentence() -> None:
    scores, right = np.array([[0.2], [0.9], [0.4]]), np.array([True, False, True])
    case = Case("drawn", QuestionKind.ANSWERABLE, 0, scores, right)
    assert predictions_by_score([case]) == predictions(0.9, right=False)


def test_the_best_sentences_come_first_and_keep_whether_they_are_right() -> None:
    case = drawn(1, sentences=9)[0]
    best = case.best(TRUE, 4)
    assert list(TRUE.odds(best.features)) == sorted(TRUE.odds(case.features), reverse=True)[:4]
    rows = {tuple(row): right for row, right in zip(case.features, case.right, strict=True)}
    assert [rows[tuple(row)] for row in best.features] == list(best.right)


probabilities = st.lists(st.floats(0, 1), min_size=1, max_size=30)


@given(probabilities, probabilities)
def test_no_stance_abstains_more_than_it_may_and_a_higher_one_would(
    ours: list[float], theirs: list[float]
) -> None:
    found = stance_thresholds(predictions(*ours) + predictions(*theirs, name="other"))

    def abstained(threshold: float) -> float:
        shares = [np.mean(np.array(some) < threshold) for some in (ours, theirs)]
        return float(np.mean(shares))

    for name, share in STANCE_SHARES.items():
        assert found[name] == 0 or abstained(found[name]) <= share
        assert found[name] >= 0.99 or abstained(found[name] + 0.01) > share
    assert found["eager"] <= found["balanced"] <= found["strict"]


@pytest.mark.parametrize(
    ("said", "right", "error"),
    [(1.0, True, 0.0), (0.0, False, 0.0), (1.0, False, 1.0), (0.7, True, 0.3)],
)
def test_the_calibration_error_is_the_distance_of_chance_and_frequency(
    said: float, right: bool, error: float
) -> None:
    assert calibration_error(predictions(*[said] * 20, right=right)) == pytest.approx(error)
