"""Timing of the stages of an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from qa.timing import timed

T = TypeVar("T")
PERCENTILES = (50, 95)  # the median and the slow end


@dataclass(slots=True)
class StageTimes:
    """The seconds of each stage, in the order of the stages and of the questions."""

    _seconds: dict[str, list[float]] = field(default_factory=dict)

    def add(self, seconds: Mapping[str, float]) -> None:
        """Keep how long each stage took for one more question."""
        for stage, took in seconds.items():
            self._seconds.setdefault(stage, []).append(took)

    def rows(self) -> dict[str, float]:
        """Return the median and the slow end, in ms, of every stage and of all together."""
        whole = [sum(stages) for stages in zip(*self._seconds.values(), strict=True)]
        return {
            f"{stage} p{share} ms": float(np.percentile(seconds, share)) * 1000
            for stage, seconds in {**self._seconds, "whole ask": whole}.items()
            for share in PERCENTILES
            if seconds
        }


def median_ms(work: Callable[[T], object], given: Sequence[T]) -> float:
    """Return the median time of a work over what it is given, at least one, in ms.

    It is done once more before, so that nothing is timed for the first time.
    """
    work(given[0])
    times = StageTimes()
    for each in given:
        seconds: dict[str, float] = {}
        with timed(seconds, "work"):
            work(each)
        times.add(seconds)
    return times.rows()["work p50 ms"]
