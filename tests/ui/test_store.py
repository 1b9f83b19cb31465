"""The sessions on the server: each is its tab's alone, and none is kept for long."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.ui.session import store as session_store
from qa.ui.session.store import Session, SessionStore
from qa.ui.session.uploads import VisitorLibrary

ONE, OTHER = "1" * 32, "2" * 32
SELECTED = VisitorLibrary(selected=frozenset({"a"}))


def test_a_session_is_had_back_by_its_token_alone() -> None:
    store = SessionStore()
    store.put(ONE, Session(SELECTED, messages=({"role": "user"},)))
    store.keep(OTHER, SELECTED)
    store.keep(ONE, VisitorLibrary())
    assert store.get(ONE) == Session(messages=({"role": "user"},))
    assert store.get(OTHER) == Session(SELECTED)
    assert store.get("3" * 32) == Session()


@given(st.none() | st.text() | st.integers() | st.lists(st.text()))
def test_what_is_no_token_keeps_nothing(token: Any) -> None:
    store = SessionStore()
    store.put(token, Session(SELECTED))
    assert store.get(token) == Session()


def test_of_many_sessions_the_last_used_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_store, "MAX_SESSIONS", 2)
    store = SessionStore()
    for token in (ONE, OTHER, ONE, "3" * 32):
        store.keep(token, SELECTED)
    assert [bool(store.get(t).library.selected) for t in (ONE, OTHER, "3" * 32)] == [
        True,
        False,
        True,
    ]


def test_a_session_ends_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_store, "LIFETIME", 0.05)
    store = SessionStore()
    store.keep(ONE, SELECTED)
    deadline = time.monotonic() + 30
    while store.get(ONE).library.selected:
        assert time.monotonic() < deadline
        time.sleep(0.01)
