"""The promises of the parts that others can write, as tests to be inherited.

    from qa.testing import ReaderSuite

    class TestMyReader(ReaderSuite):
        def make(self):
            return MyReader()

pytest runs the tests that the class inherits. They need nothing but what `make` returns.
"""

from __future__ import annotations

from qa.testing.encoder import EncoderSuite
from qa.testing.format import FormatSuite
from qa.testing.lexical import LexicalSuite
from qa.testing.reader import ReaderSuite
from qa.testing.store import StoreSuite

__all__ = ["EncoderSuite", "FormatSuite", "LexicalSuite", "ReaderSuite", "StoreSuite"]
