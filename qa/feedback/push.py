"""Feedback pushed to a data set of the Hugging Face Hub, since a Space's disk does not last."""

from __future__ import annotations

import logging
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING
from uuid import uuid4

from qa.feedback.ledger import FILE_PATTERN, Ledger
from qa.feedback.record import Feedback

if TYPE_CHECKING:
    from huggingface_hub import CommitScheduler, HfApi

log = logging.getLogger(__name__)

PUSH_MINUTES = 5  # between two pushes


class PushedLedger:
    """A ledger whose folder is pushed to a data set, private if it is new, while this runs.

    The file has a name of its own: a Space that restarts has an empty disk, and a file of the
    old name would replace the one in the data set. Pushing starts in the background with the
    first feedback; if it cannot start, feedback is kept all the same, and the next one retries.
    """

    def __init__(self, folder: Path, repo: str, *, api: HfApi | None = None) -> None:
        self.ledger = Ledger(folder, f"feedback-{uuid4().hex}.jsonl")
        self.scheduler: CommitScheduler | None = None
        self._repo = repo
        self._api = api
        self._starting = Lock()

    def add(self, feedback: Feedback) -> None:
        """Add a line, which is pushed soon.

        Raises:
            FeedbackError: if it cannot be written.
        """
        self.ledger.add(feedback)
        Thread(target=self._start, daemon=True).start()

    def _start(self) -> None:
        from huggingface_hub import CommitScheduler

        with self._starting:
            if self.scheduler:
                return
            try:
                self.scheduler = CommitScheduler(
                    repo_id=self._repo,
                    repo_type="dataset",
                    folder_path=self.ledger.folder,
                    allow_patterns=[FILE_PATTERN],
                    every=PUSH_MINUTES,
                    private=True,
                    hf_api=self._api,
                )
            except Exception:  # the Hub's own, and its network's: none may lose feedback
                log.exception("Feedback is kept here, but not pushed to %s.", self._repo)


def open_ledger(folder: Path, repo: str = "") -> Ledger | PushedLedger:
    """Return the ledger in a folder, pushed to a data set if one is named."""
    return PushedLedger(folder, repo) if repo else Ledger(folder)
