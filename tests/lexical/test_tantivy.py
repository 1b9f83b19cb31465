"""The words of passages: BM25 as the formula says, and nothing in a question can break it."""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.language.terms import term_overlap, terms
from qa.lexical.base import FIELDS, FormerIndex, LexicalIndex, LexicalPassage
from qa.lexical.milvus import MilvusLexicalIndex
from qa.lexical.tantivy import TantivyIndex

K1, B = 1.2, 0.75
MILVUS = pytest.mark.milvus
Row = LexicalPassage

ROWS = [
    Row(3, "Harbour tram", "The tram runs along the quay to the customs house."),
    Row(5, "Harbour tram. The cars", "Salt is white, Pepper is grey; both trams have bells."),
    Row(8, "Lighthouse", "The lighthouse at Kelm Point burned whale oil, then paraffin."),
    Row(9, "Café Zoë", "The café serves smoked pears. The pears come from Pell, the pears!"),
]


def oracle(rows: Sequence[Row], question: str) -> dict[int, float]:
    """Score by the formula, each field on its own."""
    scores: dict[int, float] = {}
    for place, boost in enumerate(FIELDS.values()):
        texts = {row[0]: terms((row[2], row[1])[place]) for row in rows}
        mean = sum(map(len, texts.values())) / len(texts)
        for term in set(terms(question)):
            holding = sum(term in text for text in texts.values())
            idf = math.log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))
            for number, text in texts.items():
                tf = text.count(term)
                if tf:
                    norm = K1 * (1 - B + B * len(text) / mean)
                    scores[number] = scores.get(number, 0.0) + boost * idf * (K1 + 1) * tf / (
                        tf + norm
                    )
    return scores


Kind = Callable[[Path, Iterable[Row]], LexicalIndex]
"""Writes an index of words."""


@pytest.fixture(scope="module", params=["tantivy", pytest.param("lite", marks=MILVUS)])
def kind(request: pytest.FixtureRequest) -> Kind:
    if request.param == "tantivy":
        return TantivyIndex.write
    uri: str = request.getfixturevalue(request.param)
    return lambda folder, rows: MilvusLexicalIndex.write(folder, rows, address=uri)


@pytest.fixture(scope="module")
def index(kind: Kind, tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    return kind(tmp_path_factory.mktemp("words"), ROWS)


def test_the_fields_of_the_oracle_are_those_of_the_index() -> None:
    assert list(FIELDS) == ["text", "heading"]


vocabulary = st.sampled_from(
    ["tram", "quay", "salt", "pepper", "bell", "lantern", "pear", "goat", "ferry", "the"]
)
texts = st.lists(vocabulary, max_size=30).map(" ".join)


@settings(max_examples=15)
@given(
    rows=st.lists(st.tuples(texts, texts), min_size=1, max_size=8),
    questions=st.lists(texts, min_size=1, max_size=5),
)
def test_scores_are_those_of_the_formula(
    kind: Kind,
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, str]],
    questions: list[str],
) -> None:
    numbered = [Row(7 * n, heading, text) for n, (heading, text) in enumerate(rows)]
    words = kind(tmp_path_factory.mktemp("oracle"), numbered)
    assert len(words) == len(rows)
    for question in questions:
        assert words.search(question, 100) == pytest.approx(
            oracle(numbered, question), rel=1e-4
        )


@pytest.mark.parametrize(
    "question", ["Which tram has a bell?", "smoked pears of Pell", "lighthouse oil", "Zoë"]
)
def test_real_sentences_score_by_the_formula_too(index: LexicalIndex, question: str) -> None:
    assert index.search(question, 10) == pytest.approx(oracle(ROWS, question), rel=1e-4)


def test_the_best_passages_survive_the_cut(index: LexicalIndex) -> None:
    whole = index.search("tram pears quay", 10)
    best = max(whole, key=lambda number: whole[number])
    assert index.search("tram pears quay", 1) == {best: whole[best]}


def test_words_are_found_by_their_stems_in_any_case_and_without_accents(
    index: LexicalIndex,
) -> None:
    for question in ("CAFE", "café", "cafés", "zoe"):
        assert set(index.search(question, 10)) == {9}
    assert set(index.search("running trams", 10)) == {3, 5}


def test_a_word_asked_twice_counts_once(index: LexicalIndex) -> None:
    assert index.search("pears pears pear", 10) == index.search("pear", 10)


@settings(max_examples=15)
@given(
    rows=st.lists(st.tuples(texts, texts), min_size=1, max_size=8),
    question=texts,
    within=st.sets(st.integers(0, 9)),
    k=st.integers(1, 8),
    sought=st.sampled_from([0, 1000]),
)
def test_a_search_within_some_is_the_whole_ranking_without_the_others(
    kind: Kind,
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, str]],
    question: str,
    within: set[int],
    k: int,
    sought: float,
) -> None:
    numbered = [Row(n, heading, text) for n, (heading, text) in enumerate(rows)]
    words = kind(tmp_path_factory.mktemp("within"), numbered)
    whole = {n: s for n, s in words.search(question, 100).items() if n in within}
    with pytest.MonkeyPatch.context() as patch:
        # One way of looking, or the other.
        patch.setattr("qa.lexical.tantivy.FILTER_COST", sought)
        found = words.search(question, k, within=within)
    assert found.items() <= whole.items()
    assert sorted(found.values()) == sorted(whole.values())[-k:]


def test_words_that_only_others_hold_are_unknown_within_some(index: LexicalIndex) -> None:
    assert index.unknown_words("whale trams", within=[3, 5]) == ("whale",)
    assert index.unknown_words("whale trams", within=[]) == ("whale", "trams")


@pytest.mark.parametrize("question", ["", "   ", "?!…", "the of and", "who is it", "🐟"])
def test_a_question_without_words_to_look_for_finds_nothing(
    index: LexicalIndex, question: str
) -> None:
    assert index.search(question, 10) == {}
    assert index.unknown_words(question) == ()


def test_a_passage_that_shares_no_word_is_not_found(index: LexicalIndex) -> None:
    assert set(index.search("whale", 10)) == {8}
    assert index.search("giraffe", 10) == {}


@pytest.mark.parametrize(
    "question",
    [
        '"tram"',
        "tram AND NOT quay",
        "+tram -quay",
        "text:tram",
        "(tram",
        "tram^9",
        "tr?m* [a TO z] tram",
        "tram~2 \\ / : {}",
        "id:3 tram",
    ],
)
def test_query_syntax_is_only_punctuation(index: LexicalIndex, question: str) -> None:
    asked = index.search(question, 10)
    assert asked == pytest.approx(oracle(ROWS, question), rel=1e-4)
    assert {3, 5} <= set(asked)


@given(st.text(max_size=60))
def test_no_question_breaks_the_search(index: LexicalIndex, question: str) -> None:
    try:
        question.encode()
    except UnicodeEncodeError:
        return
    found = index.search(question, 10)
    assert set(found) <= {row[0] for row in ROWS}
    assert all(score > 0 for score in found.values())


def test_words_that_no_passage_holds_are_named_as_they_were_written(
    index: LexicalIndex,
) -> None:
    assert index.unknown_words("Does the Tram sell Giraffes to GIRAFFES or Zebras?") == (
        "sell",
        "Giraffes",
        "GIRAFFES",
        "Zebras",
    )
    assert index.unknown_words("Who rings the bells of the trams?") == ("rings",)


def test_a_word_of_a_heading_is_known(index: LexicalIndex) -> None:
    assert index.unknown_words("harbour") == ()
    assert set(index.search("harbour", 10)) == {3, 5}


def test_a_match_in_the_text_counts_more_than_one_in_the_heading(
    kind: Kind, tmp_path: Path
) -> None:
    words = kind(tmp_path, [Row(1, "goat", "ferry"), Row(2, "ferry", "goat")])
    found = words.search("goat", 10)
    assert found[2] * FIELDS["heading"] == pytest.approx(found[1] * FIELDS["text"])


def test_an_index_opened_again_finds_the_same(tmp_path: Path) -> None:
    written = TantivyIndex.write(tmp_path, ROWS)
    opened = TantivyIndex(tmp_path)
    assert len(opened) == len(written) == len(ROWS)
    for question in ("tram", "pears of Pell", "nothing"):
        assert opened.search(question, 10) == written.search(question, 10)


def test_written_twice_the_same_is_found(kind: Kind, tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
    one, other = (kind(tmp_path / name, ROWS) for name in ("one", "other"))
    assert one.search("tram quay pears", 10) == other.search("tram quay pears", 10)


def changed(
    folder: Path, old: Path, added: Sequence[Row], removed: Iterable[int] = ()
) -> TantivyIndex:
    """Change an index, however small it is, and however much of it is removed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TantivyIndex, "should_rebuild", lambda _: False)
        former = FormerIndex(old, [*removed], added)
        return TantivyIndex.write(folder, [], former=former)


def test_what_is_added_to_an_index_scores_as_if_written_with_it(tmp_path: Path) -> None:
    for name in ("old", "new", "whole"):
        (tmp_path / name).mkdir()
    TantivyIndex.write(tmp_path / "old", ROWS[:2])
    new = changed(tmp_path / "new", tmp_path / "old", ROWS[2:])
    whole = TantivyIndex.write(tmp_path / "whole", ROWS)
    for question in ("tram", "pears of Pell", "whale oil", "nothing"):
        assert new.search(question, 10) == whole.search(question, 10)


edits = st.lists(
    st.tuples(st.lists(st.tuples(texts, texts), max_size=4), st.sets(st.integers(0, 11))),
    min_size=1,
    max_size=3,
)


@settings(max_examples=15, deadline=None)
@given(edits=edits, question=texts)
def test_an_index_that_was_changed_holds_what_one_from_nothing_would(
    tmp_path_factory: pytest.TempPathFactory,
    edits: list[tuple[list[tuple[str, str]], set[int]]],
    question: str,
) -> None:
    rows: dict[int, Row] = {}
    given, old, words = 0, None, None
    for added, removed in edits:
        fresh = [Row(given + n, *row) for n, row in enumerate(added)]
        given += len(fresh)
        rows = {n: row for n, row in rows.items() if n not in removed}
        rows |= {row[0]: row for row in fresh}
        folder = tmp_path_factory.mktemp("changed")
        words = (
            changed(folder, old, fresh, removed) if old else TantivyIndex.write(folder, fresh)
        )
        old = folder
    whole = TantivyIndex.write(tmp_path_factory.mktemp("whole"), rows.values())
    assert words is not None
    assert len(words) == len(whole) == len(rows)
    assert words.search(question, 100).keys() == whole.search(question, 100).keys()
    assert words.unknown_words(question) == whole.unknown_words(question)


def test_changing_an_index_leaves_the_old_one_as_it_was(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    new.mkdir()
    TantivyIndex.write(old, ROWS)
    before = {file.name: file.read_bytes() for file in old.iterdir()}
    changed(new, old, [Row(10, "Goats", "A goat.")], removed=[3])
    assert {file.name: file.read_bytes() for file in old.iterdir()} == before
    assert set(TantivyIndex(old).search("tram goat", 10)) == {3, 5}
    shutil.rmtree(old)
    assert set(TantivyIndex(new).search("tram goat", 10)) == {5, 10}


def test_a_large_index_is_changed_until_too_much_of_it_was_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.mkdir()
    new.mkdir()
    TantivyIndex.write(old, [Row(n, "Goat", "goat") for n in range(200)])
    assert TantivyIndex.should_rebuild(FormerIndex(old))
    monkeypatch.setattr("qa.lexical.tantivy.REBUILD_LIMIT", 198)
    assert not TantivyIndex.should_rebuild(FormerIndex(old, range(4)))
    assert TantivyIndex.should_rebuild(FormerIndex(old, range(5)))
    changed(new, old, [], removed=[0, 1])
    assert not TantivyIndex.should_rebuild(FormerIndex(new, range(1)))
    assert TantivyIndex.should_rebuild(FormerIndex(new, range(2)))


def test_no_passages_are_an_index_too(kind: Kind, tmp_path: Path) -> None:
    words = kind(tmp_path, [])
    assert len(words) == 0
    assert words.search("tram", 5) == {}
    assert words.unknown_words("tram") == ("tram",)


def test_terms_are_stems_without_common_words() -> None:
    assert terms("Which of the Trams RUNS along the quays?") == ["tram", "run", "along", "quay"]
    assert terms("Zoë, café, 1947") == ["zoe", "cafe", "1947"]


@pytest.mark.parametrize("question", ["the lighthouse's oil", "the lighthouse’s oil"])
def test_an_apostrophe_makes_no_word_of_the_letter_behind_it(
    index: LexicalIndex, question: str
) -> None:
    assert index.unknown_words(question) == ()


@given(st.lists(vocabulary), st.lists(vocabulary))
def test_the_shared_words_are_a_share(question: list[str], text: list[str]) -> None:
    share = term_overlap(" ".join(question), " ".join(text))
    wanted = set(question) - {"the"}
    held = len(wanted & set(text)) / len(wanted) if wanted else 0.0
    assert share == pytest.approx(held)
