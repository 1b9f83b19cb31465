"""Shared fixtures: the articles of the tests, and an index of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from qa.encoders.bag import BagOfWords
from qa.index import Index, build

settings.register_profile("ci", derandomize=True, deadline=None, max_examples=200)
settings.register_profile("dev", deadline=None, max_examples=50)
settings.load_profile("ci" if os.environ.get("CI") else "dev")

TESTS = Path(__file__).parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return TESTS.parent


@pytest.fixture(scope="session")
def our_articles() -> Path:
    """A folder of three short articles, written for these tests."""
    return TESTS / "articles"


@pytest.fixture(scope="session")
def our_index(our_articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Index:
    """Their index, by the encoder that anyone can follow. Read it, leave it as it is."""
    home = tmp_path_factory.mktemp("our_index")
    return build(our_articles, into=home, encoder=BagOfWords())
