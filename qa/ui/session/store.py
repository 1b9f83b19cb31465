"""The visitors' sessions on the server: a page that is reloaded finds its own again."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from threading import Lock, Timer
from time import monotonic
from typing import Any

from qa.ui.session.conversation import Conversation
from qa.ui.session.uploads import VisitorLibrary

TOKEN = re.compile(r"[0-9a-f]{32}")
MAX_SESSIONS = 100  # the least recently used goes first
LIFETIME = 24 * 60 * 60  # seconds after its last use that a session is kept


@dataclass(frozen=True, slots=True)
class Session:
    """A visitor's library and conversation, the latter also as the messages of the chat."""

    library: VisitorLibrary = field(default_factory=VisitorLibrary)
    conversation: Conversation = ()
    messages: tuple[dict[str, Any], ...] = ()


class SessionStore:
    """Keeps sessions by a token that only the visitor's tab knows: 128 random bits."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._sessions: OrderedDict[str, tuple[float, Session]] = OrderedDict()
        self._sweeping = False

    def get(self, token: object) -> Session:
        """Return the session of a token, or an empty one: anyone can send anything."""
        with self._lock:
            _, session = self._sessions.get(str(token), (0.0, Session()))
            return session

    def put(self, token: object, session: Session) -> None:
        """Keep a session; it is as good as new."""
        if not isinstance(token, str) or not TOKEN.fullmatch(token):
            return
        with self._lock:
            self._sessions[token] = monotonic(), session
            self._sessions.move_to_end(token)
            if len(self._sessions) > MAX_SESSIONS:
                self._sessions.popitem(last=False)
            self._schedule()

    def keep(self, token: object, library: VisitorLibrary) -> None:
        """Keep a session with another library."""
        self.put(token, replace(self.get(token), library=library))

    def _schedule(self) -> None:
        """Have the oldest session dropped when its time is over."""
        if self._sessions and not self._sweeping:
            oldest, _ = next(iter(self._sessions.values()))
            timer = Timer(max(0.0, oldest + LIFETIME - monotonic()), self._sweep)
            timer.daemon = self._sweeping = True
            timer.start()

    def _sweep(self) -> None:
        with self._lock:
            over = monotonic() - LIFETIME
            while self._sessions and next(iter(self._sessions.values()))[0] <= over:
                self._sessions.popitem(last=False)
            self._sweeping = False
            self._schedule()
