"""What can go wrong and be shown to a person.

* QAError
    - ArticleError      an article could not be read
    - QuestionError     a question cannot be searched for
    - SettingsError     a setting is unknown or makes no sense
    - IndexMissing      there is no index where one was expected
    - IndexBroken       an index is damaged
    - IndexMismatch     an index was made by another model, format or version
    - MissingExtra      an optional package is not installed
    - StoreError        a server that keeps the vectors does not answer
    - DataError         a benchmark file could not be read
    - FeedbackError     feedback could not be kept or read
"""

from __future__ import annotations

from collections.abc import Mapping

REBUILD = "Run: qa build"


class QAError(Exception):
    """A problem a person can act on: what happened, and what to do next.

    With `values` the problem is a template that they fill: another language has another one.
    """

    def __init__(self, problem: str, *, hint: str = "", **values: object) -> None:
        self.template = problem
        self.values = values
        self.problem = _filled(problem, values)
        self.hint = hint
        super().__init__(self.problem)

    def __str__(self) -> str:
        return f"{self.problem} {self.hint}".rstrip()

    def as_dict(self) -> dict[str, str]:
        """Return what every face shows of it: the problem and the hint."""
        return {"error": self.problem, "hint": self.hint}


def _filled(template: str, values: Mapping[str, object]) -> str:
    """Return a template filled, numbers as they are written in English."""
    written = {name: f"{v:,}" if isinstance(v, int) else v for name, v in values.items()}
    return template.format(**written) if values else template


class ArticleError(QAError):
    """An article could not be read."""


class QuestionError(QAError):
    """A question cannot be searched for: it is empty, or too long."""


class SettingsError(QAError):
    """A setting is unknown or makes no sense."""


class IndexMissing(QAError):  # noqa: N818  # reads as a fact, like FileNotFound
    """There is no index at the given place."""

    def __init__(self, folder: object) -> None:
        super().__init__(f"There is no index in {folder}.", hint=REBUILD)


class IndexBroken(QAError):  # noqa: N818
    """An index is damaged: a file is missing, cut short or changed."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem, hint=f"{REBUILD} --force")


class IndexMismatch(QAError):  # noqa: N818
    """An index does not belong to this model, these settings or this version."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem, hint=REBUILD)


class MissingExtra(QAError):  # noqa: N818
    """An optional package is not installed."""

    def __init__(self, package: str) -> None:
        super().__init__(f"{package} is not installed.", hint=f"Run: pip install {package}")


class DataError(QAError):
    """A benchmark file could not be read."""


class FeedbackError(QAError):
    """Feedback could not be kept, or not be read."""


class StoreError(QAError):
    """A server that keeps the vectors does not answer, or refuses."""
