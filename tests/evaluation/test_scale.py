"""Libraries of any size, resampled from a few articles, and what they take."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.encoders.bag_of_words import BagOfWordsEncoder
from qa.errors import DataError
from qa.evaluation.resampling import (
    ARTICLE_PASSAGES,
    MAX_PASSAGE_CHARACTERS,
    PASSAGE_NUMBER,
    SourcePassages,
    SyntheticLibrary,
    VectorLookupEncoder,
)
from qa.evaluation.scale import measure_scale, parse_sizes
from qa.passages import embedding_texts, split_article
from qa.settings import Settings

PLACES = ["quay", "tower", "mill", "bridge", "market", "orchard", "chapel", "ferry", "inn"]
THINGS = ["bell", "lantern", "goat", "barrel", "ladder", "ledger"]
SETTINGS = Settings(encoder="bag")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    for place in PLACES:
        sections = (
            f"## The {thing}\n\nThe {thing} of the {place} is old. Who rings for the {thing} "
            f"at the {place} must pay. Nobody has seen another {thing}.\n"
            for thing in THINGS
        )
        text = f"# The {place}\n\n" + "\n".join(sections)
        (folder / f"{place}.md").write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def library(data: Path, tmp_path_factory: pytest.TempPathFactory) -> SyntheticLibrary:
    work = tmp_path_factory.mktemp("work")
    return SyntheticLibrary.of(
        SourcePassages.of([data], SETTINGS, encoder=BagOfWordsEncoder(), work=work)
    )


def test_sizes_are_written_as_people_say_them() -> None:
    assert parse_sizes("500, 1k,10k,1M") == [500, 1_000, 10_000, 1_000_000]


@pytest.mark.parametrize("wrong", ["", "many", "1G", "-5", "0", "k", "1k,,2k"])
def test_what_is_no_size_is_named(wrong: str) -> None:
    with pytest.raises(DataError, match="not a number of passages"):
        parse_sizes(wrong)


def test_a_passage_is_made_of_two_real_ones_that_are_near(library: SyntheticLibrary) -> None:
    real = [passage.text for passage in library.source.passages]
    (article,) = library.articles(ARTICLE_PASSAGES)
    for section in article.sections:
        text = section.span.of(article.text)
        assert len(text) <= MAX_PASSAGE_CHARACTERS
        first, second = text[: len(text) // 3], text[-len(text) // 3 :]
        assert any(first in whole for whole in real)
        assert any(second in whole for whole in real)


@given(passages=st.integers(1, 3_000))
def test_as_many_passages_are_cut_as_are_meant(
    library: SyntheticLibrary, passages: int
) -> None:
    encoder = VectorLookupEncoder(library, BagOfWordsEncoder())
    articles = list(
        library.articles(
            passages, first=max(0, passages // ARTICLE_PASSAGES * ARTICLE_PASSAGES - 20)
        )
    )
    numbers = []
    for article in articles:
        found = split_article(
            article, tokens=128, window=encoder.window, count_tokens=encoder.count
        )
        texts = embedding_texts(found, window=encoder.window, count_tokens=encoder.count)
        marks = [PASSAGE_NUMBER.search(text) for text in texts]
        numbers += [int(mark[1]) for mark in marks if mark]
        assert np.array_equal(encoder.passages(texts), library.vectors(numbers[-len(texts) :]))
    assert numbers == list(range(numbers[0], passages))


def test_a_vector_is_of_length_one_and_follows_from_its_number(
    library: SyntheticLibrary,
) -> None:
    vectors = library.vectors([5, 2_000, 5, 1_023, 1_024])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.array_equal(vectors[0], vectors[2])
    assert np.array_equal(vectors[3], library.vectors([1_023])[0])
    one, other = library.parents(0)
    real = library.source.vectors
    near = np.einsum("ij,ij->i", library.vectors(range(1_024)), real[one] + real[other])
    far = np.einsum("ij,ij->i", library.vectors(range(1_024)), np.roll(real[one], 1, axis=0))
    assert np.median(near) > 2 * np.median(far)


def test_a_library_of_a_thousand_passages_is_measured_whole(data: Path, tmp_path: Path) -> None:
    table = measure_scale([data], [1_000], SETTINGS, work=tmp_path)
    ((name, rows),) = table.columns.items()
    assert name == "1 k, flat"
    assert rows["recall@10"] == 1
    parts = [rows[f"… {part} MB"] for part in ("texts", "vectors", "words")]
    assert min(parts) > 0
    assert rows["disk MB"] == pytest.approx(sum(parts))
    times = {name: value for name, value in rows.items() if name.endswith((" ms", " s"))}
    assert len(times) == 12
    assert min(times.values()) > 0
    assert rows["search p50 ms"] <= rows["search p99 ms"]
    assert json.loads(table.as_json())[name] == dict(rows)
    assert [each.suffix for each in tmp_path.iterdir()] == [".npy"]


def test_too_few_passages_cannot_be_resampled(tmp_path: Path) -> None:
    (tmp_path / "short.txt").write_text("The bell is of bronze.", "utf-8")
    with pytest.raises(DataError, match="1 passages are too few"):
        measure_scale([tmp_path], [100], SETTINGS, work=tmp_path / "work")


def test_what_holds_neither_questions_nor_articles_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="is not a benchmark"):
        measure_scale([tmp_path / "nothing"], [100], SETTINGS, work=tmp_path / "work")
