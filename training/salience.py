"""Fit how likely a pronoun, or a gap, means what was spoken of, and print the weights.

`python -m training.salience FOLDER` reads questions with a talk before them and a person's
rewrite, such as CANARD's. It learns from every other talk; `qa eval --conversations FOLDER`
measures on all, and this prints how much of the gap is closed on those it did not learn from.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from qa.conversation.anaphora import is_bare, is_fragment, mentions
from qa.conversation.antecedents import Antecedent, antecedents, without
from qa.conversation.salience import WEIGHTS, features, kind_name
from qa.evaluation.follow_ups import FollowUp, read_follow_ups, rewriting_rows
from qa.language.terms import terms

MEANT = 0.5  # of the words of a thing: enough of them in the rewrite, and it is what was meant

Case = tuple[tuple[float, ...], bool]
"""The features of a thing that was spoken of, and whether it was meant."""


def cases(asked: Sequence[FollowUp]) -> dict[str, list[Case]]:
    """Return what could have been meant in each question, by what points back in it."""
    found = defaultdict[str, list[Case]](list)
    for each in asked:
        if is_bare(each.question) or is_fragment(each.question):
            continue
        pointing = mentions(each.question)
        kind = kind_name(pointing[0].kind if pointing else None)
        spoken = without(antecedents(each.turns()), each.question)
        labelled = [(features(a, each.question), was_meant(a, each)) for a in spoken]
        if any(meant for _, meant in labelled):
            found[kind] += labelled
    return found


def was_meant(antecedent: Antecedent, asked: FollowUp) -> bool:
    """Tell whether the rewrite added enough of the words of something."""
    added = frozenset(terms(asked.rewrite)) - frozenset(terms(asked.question))
    return len(antecedent.key & added) >= MEANT * len(antecedent.key)


def fit(found: dict[str, list[Case]]) -> Iterator[tuple[str, list[float]]]:
    """Yield the weights of each kind, by logistic regression."""
    for kind in WEIGHTS:
        rows = np.array([row for row, _ in found[kind]])
        meant = np.array([label for _, label in found[kind]])
        model = LogisticRegression(max_iter=2000).fit(rows[:, 1:], meant)
        weights = [float(model.intercept_[0]), *map(float, model.coef_[0])]
        yield kind, [round(weight, 2) for weight in weights]


def halves(asked: Sequence[FollowUp]) -> tuple[list[FollowUp], list[FollowUp]]:
    """Return the questions of every other talk, and those of the rest."""
    talks = {name: n % 2 for n, name in enumerate(sorted({a.conversation for a in asked}))}
    first, second = ([a for a in asked if talks[a.conversation] == n] for n in (0, 1))
    return first, second


def main() -> None:
    """Fit on one half, and measure what is shipped on the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    learnt, kept = halves(read_follow_ups(parser.parse_args().folder))
    for kind, weights in fit(cases(learnt)):
        print(f"{kind}: {weights}")
    for name, value in rewriting_rows(kept).items():
        print(f"{name}: {value:.3f}")


if __name__ == "__main__":
    main()
