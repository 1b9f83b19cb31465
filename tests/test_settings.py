"""Settings: defaults, a file, the environment, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.errors import SettingsError
from qa.settings import STANCES, Settings


def test_the_environment_wins_over_the_file_and_the_file_over_the_defaults(
    tmp_path: Path,
) -> None:
    file = tmp_path / "qa.toml"
    file.write_text('articles = "essays"\nhits = 5\n', "utf-8")
    settings = Settings.load(file, {"QA_HITS": "6", "QA_STANCE": "0.25", "HITS": "9"})
    assert settings == Settings(articles="essays", hits=6, stance="0.25")


def test_without_a_file_the_defaults_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert Settings.load(environ={}) == Settings()


def test_the_file_beside_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("qa.toml").write_text("statements = 1\n", "utf-8")
    assert Settings.load(environ={}) == Settings(statements=1)


def test_a_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"absent\.toml could not be read"):
        Settings.load(tmp_path / "absent.toml", {})


@pytest.mark.parametrize("content", [b"hits = ", b"hits 3", b"articles = '\xff'"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "qa.toml"
    file.write_bytes(content)
    with pytest.raises(SettingsError, match=r"qa\.toml could not be read"):
        Settings.load(file, {})


def test_a_setting_that_does_not_exist_is_named_and_the_known_ones_are_listed() -> None:
    with pytest.raises(SettingsError, match=r"No such setting: hit, size\.") as caught:
        Settings().with_({"hit": 3, "size": 1, "hits": 2})
    assert "hits" in caught.value.hint


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("hits", "many", "hits must be an int, not 'many'."),
        ("hits", "", "hits must be an int, not ''."),
        ("hits", "2.5", "hits must be an int, not '2.5'."),
        ("vector_weight", "half", "vector_weight must be a float, not 'half'."),
        ("vector_weight", [], "vector_weight must be a float, not []."),
    ],
)
def test_a_setting_of_the_wrong_kind_is_refused(name: str, value: object, said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings().with_({name: value})
    assert str(caught.value) == said


def test_a_fraction_is_no_count() -> None:
    with pytest.raises(SettingsError):
        Settings().with_({"hits": 2.7})


@pytest.mark.parametrize("value", [-0.01, 1.01, float("nan"), float("inf")])
def test_a_share_lies_between_0_and_1(value: float) -> None:
    with pytest.raises(SettingsError, match="between 0 and 1"):
        Settings().with_({"vector_weight": value})


@given(st.floats(0, 1))
def test_a_stance_may_be_a_probability(threshold: float) -> None:
    assert Settings(stance=str(threshold)).threshold == threshold
    assert Settings().with_({"stance": threshold}).threshold == threshold


def test_who_is_stricter_asks_for_more() -> None:
    strict, balanced, eager = (Settings(stance=name).threshold for name in STANCES)
    assert 1 > strict > balanced > eager > 0


@pytest.mark.parametrize("value", ["", "Strict", "bold", "1.01", -0.01, "nan", "inf", []])
def test_what_is_no_stance_is_refused_and_the_known_ones_are_named(value: object) -> None:
    with pytest.raises(SettingsError, match="No such stance") as caught:
        Settings().with_({"stance": value})
    assert caught.value.hint.startswith("Known: strict, balanced, eager,")


@pytest.mark.parametrize("name", ["passage_tokens", "hits", "statements"])
@pytest.mark.parametrize("value", [0, -1])
def test_counts_are_at_least_1(name: str, value: int) -> None:
    with pytest.raises(SettingsError, match="at least 1"):
        Settings().with_({name: value})


@given(st.integers(1, 300), st.integers(1, 300))
def test_what_is_read_was_a_candidate(hits: int, candidates: int) -> None:
    try:
        settings = Settings(hits=hits, candidates=candidates)
    except SettingsError as refused:
        assert "candidates" in refused.problem
        assert candidates < hits
    else:
        assert settings.candidates >= settings.hits
