"""The assistant that all visitors share, opened once and reopened when its index changes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import replace
from threading import Lock, Thread
from typing import Self

from qa.assistant import Assistant
from qa.encoders import Encoder, open_encoder
from qa.errors import QAError
from qa.index import Index, build, load
from qa.index.manifest import Manifest
from qa.index_folder import index_folder
from qa.settings import Settings

log = logging.getLogger(__name__)

UNOPENED = "The library could not be opened."
MAX_WAIT = 10  # seconds that a question waits for a new version of the index

OpenAssistant = Callable[[], Assistant]


class AssistantProvider:
    """Opens the assistant in a thread of its own; after a failure the next call tries again.

    When a new version of the index is installed, the next who ask wait for it a while; should
    it take longer to open, or be broken, the old one answers.
    """

    def __init__(self, open_it: OpenAssistant) -> None:
        self._open_it = open_it
        self._lock = Lock()
        self._opened: Future[Assistant] | None = None
        self._renewal: Future[None] | None = None
        self._stamp = (0, 0)
        self._renews = True

    @classmethod
    def of(cls, assistant: Assistant) -> Self:
        """Return a provider of this very assistant, which is never renewed."""
        provider = cls(lambda: assistant)
        provider._renews = False
        provider._opened = Future()
        provider._opened.set_result(assistant)
        return provider

    @property
    def ready(self) -> bool:
        """Whether the assistant can be had without waiting."""
        opened = self._opened
        return opened is not None and opened.done() and opened.exception() is None

    @property
    def version(self) -> str:
        """The version of the index that is installed now; nothing, if none is open."""
        if not self.ready:
            return ""
        try:
            return self.assistant().index.manifest.folder
        except QAError:
            return ""

    def open(self) -> Future[Assistant]:
        """Start to open the assistant, unless it is open or being opened."""
        with self._lock:
            if self._opened is None or _has_failed(self._opened):
                self._opened = Future()
                Thread(target=_run, args=(self._open_it, self._opened), daemon=True).start()
            return self._opened

    def assistant(self) -> Assistant:
        """Wait for the assistant of the installed version, and return it.

        Raises:
            QAError: if it cannot be opened as things are now.
        """
        current = self.open().result()
        renewal = self._start_renewal(current) if self._renews else None
        if renewal:
            wait([renewal], timeout=MAX_WAIT)
        return self.open().result()

    def _start_renewal(self, current: Assistant) -> Future[None] | None:
        """Start to open the installed version, if the index has changed since the last look."""
        stamp = Manifest.stamp(current.index.home)
        with self._lock:
            if self._renewal is None and stamp != self._stamp:
                self._renewal = Future()
                Thread(target=self._renew, args=(current, stamp), daemon=True).start()
            return self._renewal

    def _renew(self, current: Assistant, stamp: tuple[int, int]) -> None:
        """Open the installed version; while it cannot be opened, the old one stays."""
        try:
            if Manifest.current_folder(current.index.home) != current.index.manifest.folder:
                renewed: Future[Assistant] = Future()
                renewed.set_result(current.reload())
                self._opened = renewed
        except QAError as error:
            log.warning("The library was changed, and the old one still answers. %s", error)
        finally:
            with self._lock:
                renewal, self._renewal, self._stamp = self._renewal, None, stamp
            if renewal:
                renewal.set_result(None)


def _has_failed(opened: Future[Assistant]) -> bool:
    return opened.done() and opened.exception() is not None


def _run(open_it: OpenAssistant, opened: Future[Assistant]) -> None:
    try:
        opened.set_result(open_it())
    except QAError as error:
        log.error("%s %s", UNOPENED, error)
        opened.set_exception(error)
    except Exception:  # a bug must not leave those who ask waiting for ever
        log.exception(UNOPENED)
        opened.set_exception(QAError(UNOPENED, hint="The program's log says why."))


def open_assistant(settings: Settings) -> Assistant:
    """Open the assistant on an index of the articles as they are now, as far as can be.

    Raises:
        QAError: if no index can be built, and no old one can be used.
    """
    settings = replace(settings, index=str(index_folder(settings)))
    encoder = open_encoder(settings.encoder)
    index = _current_index(settings, encoder)
    return Assistant(index, settings=settings, encoder=encoder)


def _current_index(settings: Settings, encoder: Encoder) -> Index:
    try:
        return build(
            settings.articles,
            into=settings.index,
            settings=settings,
            encoder=encoder,
            on_error=log.warning,
        )
    except QAError as error:
        return _old_index(settings, encoder, error)


def _old_index(settings: Settings, encoder: Encoder, error: QAError) -> Index:
    """Return the index that is there, though it could not be brought up to date."""
    try:
        index = load(settings.index)
    except QAError:
        raise error from None
    if index.manifest.recipe.encoder_sha256 != encoder.sha256:
        raise error
    log.warning("The index is not of the articles as they are now. %s", error)
    return index
