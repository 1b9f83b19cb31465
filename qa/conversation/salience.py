"""How likely it is that a question means something that was spoken of."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp

from qa.conversation.anaphora import Anaphor
from qa.conversation.antecedents import NEVER, Antecedent
from qa.language.terms import terms

SHORT = 1.2  # of a short answer just given: the sets that the weights are fitted on have none
WRONG_SORT = 4.0  # taken off where a person would be a thing, or a thing a person
FEATURES = (
    "bias", "titled", "headed", "asked last", "asked before", "leads", "cited last", "named",
    "person", "maybe person", "plural", "times", "partly said", "long",
)  # fmt: skip
WEIGHTS: Mapping[str, tuple[float, ...]] = {
    "person": (
        -3.96, 3.95, 0.3, 1.75, 0.86, 0.31, 1.36, 0.18, 0.38, 0.25, -0.24, 0.17, 1.62, 0.86,
    ),
    "thing": (
        -3.51, 1.64, 1.69, 2.46, 0.73, 0.47, 2.05, 0.77, -0.51, -0.48, -0.26, 0.18, 0.72, -0.61,
    ),
    "plural": (
        -3.98, 2.04, -0.68, 2.39, 1.14, 0.08, 1.29, 0.62, 0.44, 0.22, 0.74, 0.3, 2.71, 0.32,
    ),
    "gap": (
        -3.08, 1.74, 1.16, 2.2, 0.74, -0.35, 1.25, 0.24, 0.01, -0.14, 0.11, 0.53, 2.11, -0.5,
    ),
}  # fmt: skip
"""Of logistic regressions on half of the talks of CANARD, by what points back:
`training/salience.py`."""


def salience(antecedent: Antecedent, question: str, kind: Anaphor | None) -> float:
    """Return the probability, 0 to 1, that a word of a kind, or a gap, means the antecedent."""
    weighed = zip(WEIGHTS[kind_name(kind)], features(antecedent, question), strict=True)
    odds = sum(weight * feature for weight, feature in weighed)
    if antecedent.short == 0 and antecedent.named:
        odds += SHORT
    person = antecedent.person
    odds -= WRONG_SORT * (kind is Anaphor.PERSON and person is False)
    odds -= WRONG_SORT * (kind in {Anaphor.THING, Anaphor.PLACE} and person is True)
    return 1 / (1 + exp(-odds))


def kind_name(kind: Anaphor | None) -> str:
    """Return the name of the weights for a kind; of a gap, where nothing points back."""
    return str(kind) if str(kind) in WEIGHTS else ("thing" if kind else "gap")


def features(a: Antecedent, question: str) -> tuple[float, ...]:
    """Return what is known of an antecedent, in the order of `FEATURES`."""
    said, key, person = frozenset(terms(question)), a.key, a.person
    return (
        1.0,
        a.titled,
        a.headed,
        a.asked == 0,
        0 < a.asked < NEVER,
        a.leads and a.asked == 0,
        a.cited == 0 and not (a.titled or a.headed),
        a.named,
        person is True,
        person is None,
        a.plural,
        min(a.times, 3) / 3,
        len(key & said) / len(key),
        min(len(key), 6) / 6,
    )
