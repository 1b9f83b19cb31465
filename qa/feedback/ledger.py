"""The ledger: a file of feedback that any number of threads and processes may append to."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qa.errors import FeedbackError
from qa.feedback.record import Feedback

FILE_NAME = "feedback.jsonl"
FILE_PATTERN = "feedback*.jsonl"
MAX_FILE_BYTES = 16_000_000  # anyone can post feedback, and disks are finite
O_BINARY = getattr(os, "O_BINARY", 0)  # or Windows writes two characters for the newline
HINT = "Set QA_DATA to a folder that can be written to, or free some space."


@dataclass(frozen=True, slots=True)
class Ledger:
    """A file of feedback in a folder; others may lie beside it, and are read with it."""

    folder: Path
    name: str = FILE_NAME

    def add(self, feedback: Feedback) -> None:
        """Add a line, by one write that no other can come between.

        Raises:
            FeedbackError: if it cannot be written, or the file is full.
        """
        file = self.folder / self.name
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            written = _append(file, feedback.line)
        except OSError as refused:
            why = refused.strerror or refused
            raise FeedbackError(f"{file} cannot be written: {why}.", hint=HINT) from refused
        if not written:
            raise FeedbackError(
                f"{file} is full.", hint="Move it away, and a new one is started."
            )

    def read(self) -> tuple[list[Feedback], int]:
        """Return all feedback in order of time, and the number of lines that cannot be read.

        Raises:
            FeedbackError: if there is none, or it cannot be read.
        """
        try:
            files = sorted(self.folder.glob(FILE_PATTERN))
            lines = [line for file in files for line in file.read_bytes().split(b"\n") if line]
        except OSError as refused:
            raise FeedbackError(f"{self.folder} cannot be read: {refused}.") from refused
        if not files:
            raise FeedbackError(
                f"There is no feedback in {self.folder}.", hint="The chat page gathers it."
            )
        feedback = [each for line in lines for each in _parse_line(line)]
        return sorted(feedback, key=lambda each: each.time), len(lines) - len(feedback)


def _parse_line(line: bytes) -> Iterator[Feedback]:
    try:
        yield Feedback.read(line)
    except ValueError:
        return


def _append(file: Path, line: bytes) -> bool:
    """Append a line, unless the file would get too large; end a line that was cut short."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND | O_BINARY, 0o644)
    try:
        if os.fstat(descriptor).st_size + len(line) > MAX_FILE_BYTES:
            return False
        if os.write(descriptor, line) < len(line):
            os.write(descriptor, b"\n")
            raise OSError("no space is left")
        return True
    finally:
        os.close(descriptor)
