"""Parts that installed packages bring: named in qa.toml, imported only then."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qa import Article, Assistant, Settings, SettingsError, add, build, load
from qa.articles import read_article
from qa.encoders import open_encoder
from qa.plugins import installed
from qa.readers import open_reader

Install = Callable[..., Path]
PARTS = '''
import re
from qa import Evidence
from qa.articles import ArticleBuilder, Format
from qa.encoders.bag_of_words import BagOfWordsEncoder
from qa.index import Backend
from qa.language.sentences import sentences
from qa.stores import ExactStore

class Words(BagOfWordsEncoder):
    name = "words"
    sha256 = "0" * 64

class Longest:
    """Takes the longest sentence for the answer."""

    def __init__(self, encoder):
        self.encoder = encoder

    def read(self, question, hits):
        found = [Evidence(h.passage, s, 1 - 1 / len(s)) for h in hits
                 for s in sentences(h.passage.article.text, h.passage.span)]
        return tuple(sorted(found, key=lambda e: -e.score))

def read(raw, *, source):
    builder = ArticleBuilder(source)
    builder.paragraph(raw.decode())
    return builder.article(source=source, raw=raw)

note = Format((".note",), "notes", read)

class Box(ExactStore):
    kind = "box"

box = Backend(Box, address="[a-z]+", forms=("box:NAME",))
'''
ENTRY_POINTS = """
[qa.encoders]
words = {module}:Words
[qa.readers]
longest = {module}:Longest
absent = {module}:Absent
[qa.formats]
note = {module}:note
[qa.stores]
box = {module}:box
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Put a package that brings parts where Python looks for packages."""
    site = tmp_path / "site"

    def install(name: str) -> Path:
        info = site / f"{name}-1.0.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(ENTRY_POINTS.format(module=name))
        (site / f"{name}.py").write_text(PARTS, "utf-8")
        installed.cache_clear()
        return site

    monkeypatch.syspath_prepend(str(site))
    yield install
    for name in ("parts", "others"):
        sys.modules.pop(name, None)
    installed.cache_clear()


def test_parts_of_a_package_can_be_named_in_the_settings(
    install: Install, tmp_path: Path
) -> None:
    install("parts")
    (tmp_path / "qa.toml").write_text(
        'encoder = "words"\nreader = "longest"\nstance = "0.94"\nstore = "box:red"\n'
    )
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "tram.note").write_text("The tram is red. It has nine wheels.")
    settings = Settings.load(tmp_path / "qa.toml", {})
    index = build(tmp_path / "articles", into=tmp_path / "index", settings=settings)
    assert index.manifest.recipe.encoder == "words"
    assert index.manifest.kind == load(tmp_path / "index").vectors.kind == "box"
    answer = Assistant(index, settings=settings).ask("How many wheels has the tram?")
    assert [citation.quote for citation in answer.citations] == ["It has nine wheels."]


def test_a_part_that_is_not_named_is_not_imported(install: Install, tmp_path: Path) -> None:
    install("parts")
    open_reader("similarity", open_encoder("bag"))
    (tmp_path / "tram.txt").write_text("The tram is red.")
    read_article(tmp_path / "tram.txt")
    assert "parts" not in sys.modules
    assert installed.cache_info().currsize == 0  # nobody even looked


def test_a_part_that_is_not_there_names_its_package(install: Install) -> None:
    install("parts")
    with pytest.raises(SettingsError, match="absent could not be imported") as error:
        open_reader("absent", open_encoder("bag"))
    assert error.value.hint == "Install parts again, or another version."


def test_what_was_added_is_not_lost_where_the_package_of_its_store_is_gone(
    install: Install, tmp_path: Path
) -> None:
    site, home = install("parts"), tmp_path / "index"
    chosen = Settings(encoder="bag", store="box:red")
    build([Article.of("Tram", "The tram is red.")], into=home, settings=chosen)
    add(Article.of("Bell", "The bell is red."), index=home)
    shutil.rmtree(site)
    installed.cache_clear()
    with pytest.raises(SettingsError, match="No such store: box:red"):
        load(home)
    with pytest.raises(SettingsError, match="No such store: box:red"):
        build([Article.of("A", "B.")], into=home)


def test_an_address_that_a_store_has_not_is_an_error(install: Install) -> None:
    install("parts")
    with pytest.raises(SettingsError, match="No such store: box:9") as error:
        build("nowhere", settings=Settings(store="box:9"))
    assert error.value.hint.endswith(", milvus:FILE.db, box:NAME.")


def test_a_name_that_two_packages_bring_is_an_error(install: Install) -> None:
    install("parts")
    install("others")
    with pytest.raises(SettingsError, match="more than one package") as error:
        open_encoder("words")
    assert "parts" in error.value.problem
    assert "others" in error.value.problem
