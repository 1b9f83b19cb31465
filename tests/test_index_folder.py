"""Where an index is kept unless a setting says where: with the user, never in a checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.assistant import Assistant
from qa.index import add, build, load, remove, sync
from qa.index_folder import index_folder, own_index
from qa.settings import Settings
from qa.types import Article
from tests.pages import bag


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a user's data."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data" / "chapter-verse"


def listing(folder: Path) -> dict[str, int]:
    return {str(file): file.stat().st_mtime_ns for file in sorted(folder.rglob("*"))}


def test_the_folder_that_the_settings_name_is_taken(home: Path) -> None:
    assert index_folder(Settings(index="here")) == Path("here")
    assert not home.exists()


def test_each_folder_of_articles_has_an_index_of_its_own(home: Path, tmp_path: Path) -> None:
    names = ("a/papers", "b/papers", "b/Ünder way!", "/")
    folders = [own_index(tmp_path / name) for name in names]
    assert len({*folders}) == len(names)
    assert {folder.parent for folder in folders} == {home}
    assert folders[0].name.startswith("papers-")
    assert own_index(tmp_path / "a" / ".." / "a" / "papers") == folders[0]


def test_an_index_that_came_with_the_articles_is_copied_once_and_never_written(
    home: Path, tmp_path: Path
) -> None:
    settings = bag(tmp_path / "work", index="")
    shipped = tmp_path / "work" / "vectors"
    build(settings.articles, into=shipped, settings=settings)
    before = listing(shipped)
    folder = index_folder(settings)
    assert folder.parent == home
    assert load(folder).manifest == load(shipped).manifest
    (Path(settings.articles) / "more.txt").write_text("More\n\nA bell was stolen.", "utf-8")
    changed = build(settings.articles, into=folder, settings=settings)
    assert len(changed.articles) == 2
    assert index_folder(settings) == folder
    assert len(load(folder).articles) == 2
    assert listing(shipped) == before
    assert [each.name for each in home.iterdir()] == [folder.name]


def test_where_no_copy_can_be_made_the_shipped_one_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = bag(tmp_path / "work", index="")
    shipped = tmp_path / "work" / "vectors"
    build(settings.articles, into=shipped, settings=settings)
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "file"))
    assert index_folder(settings) == shipped


def test_what_is_built_from_python_is_kept_with_the_user_too(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = bag(tmp_path / "work", index="")
    built = build(settings.articles, settings=settings)
    assert built.home == own_index(settings.articles)
    assert built.home.parent == home
    (Path(settings.articles) / "more.txt").write_text("More\n\nA bell was stolen.", "utf-8")
    assert len(sync(settings.articles).articles) == 2
    assert {each.name for each in tmp_path.iterdir()} == {"data", "work"}


def test_what_is_changed_without_a_folder_is_the_index_of_the_settings(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = bag(tmp_path / "work", index="")
    monkeypatch.setenv("QA_ARTICLES", settings.articles)
    build(settings.articles, settings=settings)
    more = Article.of("More", "A bell was stolen.")
    assert add(more).home == own_index(settings.articles)
    assert {more.id} < {*load().articles}
    assert more.id not in remove(more.id).articles
    assert load().home.parent == home


def test_what_is_built_and_asked_without_settings_follows_those_in_force(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = bag(tmp_path / "work", index="")
    for name in ("articles", "encoder", "reader"):
        monkeypatch.setenv(f"QA_{name.upper()}", getattr(settings, name))
    built = build()
    assert built.home == own_index(settings.articles)
    assert built.home.parent == home
    assert built.manifest.recipe.encoder == settings.encoder
    assert Assistant(load()).settings.reader == settings.reader
