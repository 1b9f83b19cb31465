"""Printing: controls of the terminal that stand in an article are shown, never obeyed."""

from __future__ import annotations

import logging
import sys

from qa.language.characters import printable


def show(text: object) -> None:
    """Print a text."""
    print(printable(str(text)))


def show_error(text: object) -> None:
    """Print a text for people, apart from what programs read."""
    print(printable(str(text)), file=sys.stderr)


class PrintableFormatter(logging.Formatter):
    """Formats what is logged, which may name files and quote articles."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        return printable(super().format(record))


def log_printably() -> None:
    """Have what is logged to the terminal go through `printable`, too."""
    if logging.lastResort:
        logging.lastResort.setFormatter(PrintableFormatter())
