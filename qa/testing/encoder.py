"""The promise of an encoder, as tests."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial

import numpy as np

from qa.encoders import Encoder
from qa.testing.checks import TOLERANCE, raises

TEXTS = ("The tram runs along the quay.", "", "🐟", "Größe, 中文, 1947 …", "word " * 50)


class EncoderSuite:
    """What every encoder promises: see `qa.Encoder`."""

    @abstractmethod
    def make(self) -> Encoder:
        """Return the encoder to be tested."""

    def test_vectors_are_float32_and_one_long(self) -> None:
        """Both kinds of texts are encoded to unit vectors of the declared length."""
        encoder = self.make()
        for vectors in (encoder.passages(TEXTS), encoder.questions(TEXTS)):
            assert vectors.shape == (len(TEXTS), encoder.dim)
            assert vectors.dtype == np.float32
            assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=TOLERANCE)

    def test_a_text_has_one_vector_whatever_is_encoded_beside_it(self) -> None:
        """Neither the batch nor the order changes a vector."""
        encoder = self.make()
        together = encoder.passages(TEXTS)
        for row, text in enumerate(TEXTS):
            assert np.allclose(encoder.passages([text])[0], together[row], atol=TOLERANCE)
        backwards = encoder.passages(TEXTS[::-1])[::-1]
        assert np.allclose(backwards, together, atol=TOLERANCE)

    def test_no_texts_are_no_vectors(self) -> None:
        """Nothing in, nothing out, in the right shape."""
        encoder = self.make()
        assert encoder.count([]) == []
        assert encoder.passages([]).shape == encoder.questions([]).shape == (0, encoder.dim)

    def test_a_text_longer_than_the_window_is_refused(self) -> None:
        """A ValueError, and no text cut off."""
        encoder = self.make()
        text = "tram " * (encoder.window + 1)
        assert encoder.count([text])[0] > encoder.window
        for encode in (encoder.passages, encoder.questions):
            assert raises(ValueError, partial(encode, [text]))

    def test_another_of_it_has_the_same_name_and_hash(self) -> None:
        """What an index was built by can be told tomorrow."""
        one, other = self.make(), self.make()
        assert one.name
        assert (one.name, one.sha256, one.dim) == (other.name, other.sha256, other.dim)

    def test_progress_ends_at_the_number_of_texts(self) -> None:
        """Who waits is told when it is done."""
        calls: list[tuple[int, int]] = []
        self.make().passages(TEXTS, progress=lambda done, total: calls.append((done, total)))
        assert calls[-1] == (len(TEXTS), len(TEXTS))
