"""The desk where questions are handed in: the library opens behind it, once, for everyone."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from threading import Lock, Thread
from typing import Self

from qa.assistant import Assistant
from qa.encoders import Encoder, open_encoder
from qa.errors import QAError
from qa.index import Index, build, load
from qa.index.manifest import Manifest
from qa.settings import Settings

log = logging.getLogger(__name__)

UNOPENED = "The library could not be opened."

Opening = Callable[[], Assistant]


class Desk:
    """Holds the assistant, opened in its own thread; an opening that failed is tried anew.

    When another version takes the place of its index, that is opened behind the desk, where
    the old one answers until it is ready.
    """

    def __init__(self, opening: Opening) -> None:
        self._opening = opening
        self._lock = Lock()
        self._attempt: Future[Assistant] | None = None
        self._seen = (0, 0)
        self._renews = True

    @classmethod
    def opened(cls, assistant: Assistant) -> Self:
        """Return a desk whose assistant is there, and stays."""
        desk = cls(lambda: assistant)
        desk._renews = False
        desk._attempt = Future()
        desk._attempt.set_result(assistant)
        return desk

    @property
    def ready(self) -> bool:
        """Whether the assistant can be had without waiting."""
        attempt = self._attempt
        return attempt is not None and attempt.done() and attempt.exception() is None

    def open(self) -> Future[Assistant]:
        """Begin to open the assistant, unless it is open or opening."""
        with self._lock:
            if self._attempt is None or _failed(self._attempt):
                self._attempt = Future()
                Thread(target=_run, args=(self._opening, self._attempt), daemon=True).start()
            return self._attempt

    def assistant(self) -> Assistant:
        """Wait for the assistant.

        Raises:
            QAError: if it cannot be opened as things are now.
        """
        assistant = self.open().result()
        self._look(assistant)
        return assistant

    def _look(self, held: Assistant) -> None:
        """Begin to open the version that stands, if that may be another than the one held."""
        seen = Manifest.stamp(held.index.home)
        with self._lock:
            if seen == self._seen or not self._renews:
                return
            self._renews = False  # for one at a time is enough
        Thread(target=self._renew, args=(held, seen), daemon=True).start()

    def _renew(self, held: Assistant, seen: tuple[int, int]) -> None:
        """Hold the version that stands; one that cannot be opened is waited out."""
        try:
            if Manifest.standing(held.index.home) != held.index.manifest.folder:
                attempt: Future[Assistant] = Future()
                attempt.set_result(held.renewed())
                self._attempt = attempt
        except QAError as refused:
            log.warning("The library was changed, and the old one still answers. %s", refused)
        finally:
            self._seen, self._renews = seen, True


def _failed(attempt: Future[Assistant]) -> bool:
    return attempt.done() and attempt.exception() is not None


def _run(opening: Opening, attempt: Future[Assistant]) -> None:
    try:
        attempt.set_result(opening())
    except QAError as error:
        attempt.set_exception(error)
    except Exception:  # a bug must not leave those who ask waiting for ever
        log.exception(UNOPENED)
        attempt.set_exception(QAError(UNOPENED, hint="The program's log says why."))


def open_assistant(settings: Settings) -> Assistant:
    """Open the assistant on an index of the articles as they are now, as far as can be.

    Raises:
        QAError: if no index can be built, and no old one can be used.
    """
    encoder = open_encoder(settings.encoder)
    index = _index(settings, encoder)
    return Assistant(index, settings=settings, encoder=encoder)


def _index(settings: Settings, encoder: Encoder) -> Index:
    try:
        return build(
            settings.articles,
            into=settings.index,
            settings=settings,
            encoder=encoder,
            refused=log.warning,
        )
    except QAError as refused:
        return _old(settings, encoder, refused)


def _old(settings: Settings, encoder: Encoder, refused: QAError) -> Index:
    """Return the index that is there, though it could not be renewed."""
    try:
        index = load(settings.index)
    except QAError:
        raise refused from None
    if index.manifest.recipe.encoder_sha256 != encoder.sha256:
        raise refused
    log.warning("The index is not of the articles as they are now. %s", refused)
    return index
