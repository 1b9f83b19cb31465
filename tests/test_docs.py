"""The documentation: built strictly, its links followed, and its instructions too."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

import qa
from qa import errors
from qa.settings import Settings
from tests.tools import site

BLOCK = re.compile(r'^```\w+ title="([^"]+)"\n(.*?)^```$', re.MULTILINE | re.DOTALL)
COMMANDS = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Links(HTMLParser):
    """The places that a page leads to, and those that it has."""

    def __init__(self) -> None:
        super().__init__()
        self.to: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids.add(given.get("id") or "")
        self.to += [given.get(name) or "" for name in ("href", "src") if given.get(name)]


def links_of(page: Path) -> Links:
    parser = Links()
    parser.feed(page.read_text("utf-8"))
    return parser


@pytest.mark.skipif(
    importlib.util.find_spec("material") is None, reason="the extra docs is not installed"
)
def test_the_site_is_built_strictly_and_its_links_lead_somewhere(
    root: Path, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)],
        cwd=root,
        env=os.environ | {"PYTHONPATH": str(root), "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    pages = {page: links_of(page) for page in tmp_path.rglob("*.html")}
    assert len(pages) > 12
    broken = [
        f"{page.relative_to(tmp_path)}: {link}"
        for page, links in pages.items()
        if page.name != "404.html"
        for link in links.to
        if not leads_somewhere(page, link, pages)
    ]
    assert broken == []
    assert "<svg" in (tmp_path / "architecture.svg").read_text("utf-8")


def leads_somewhere(page: Path, link: str, pages: dict[Path, Links]) -> bool:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return True
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    target = target / "index.html" if target.is_dir() else target
    known = pages.get(target)
    if known is None or not parts.fragment:
        return target.exists()
    return unquote(parts.fragment) in known.ids or parts.fragment == "__toc"


@pytest.mark.parametrize("folder", ["docs", ".", "examples"])
def test_every_link_from_a_page_to_a_file_leads_to_one(root: Path, folder: str) -> None:
    for page in (root / folder).glob("*.md"):
        links = re.findall(r"\]\((?!\w+:|#)([^)#\s]+)", page.read_text("utf-8"))
        assert [
            link
            for link in links
            if not (page.parent / link).exists() and link != "architecture.svg"
        ] == [], page.name


def test_the_map_leads_to_what_is_there(root: Path) -> None:
    rows = (root / "CONTRIBUTING.md").read_text("utf-8").splitlines()
    named = {
        name for row in rows if row[:1] == "|" for name in re.findall(r"`(\w+/[^`]*)`", row)
    }
    assert [name for name in named if not (root / name).exists()] == []
    parts = {f"qa/{each.parent.name}/" for each in (root / "qa").glob("*/__init__.py")}
    parts |= {f"qa/{each.name}" for each in (root / "qa").glob("[!_]*.py")}
    assert parts - named == set()


def test_every_name_of_the_program_is_in_the_reference(root: Path) -> None:
    reference = (root / "docs" / "api.md").read_text("utf-8")
    described = set(re.findall(r"^::: qa\.(\w+)$", reference, re.MULTILINE))
    assert {*qa.__all__} - {*vars(errors)} == described - {"errors", "testing"}


def test_every_setting_is_described(root: Path) -> None:
    table = site.settings_table()
    for name in Settings.__dataclass_fields__:
        assert f"### `{name}`" in table


def test_every_command_is_listed() -> None:
    for name in ("build", "ask", "sync", "eval", "doctor"):
        assert f"### qa {name}\n" in site.command_list()


def test_what_the_page_on_extending_says_works_word_for_word(
    root: Path, tmp_path: Path
) -> None:
    page = (root / "docs" / "extending.md").read_text("utf-8")
    for name, content in BLOCK.findall(page):
        with (tmp_path / name).open("a", encoding="utf-8") as file:
            file.write(content + "\n\n")
    install(tmp_path)
    env = {name: value for name, value in os.environ.items() if name[:3] != "QA_"}
    env["PYTHONPATH"] = os.pathsep.join([str(tmp_path), str(root)])
    tests, use = COMMANDS.findall(page)
    assert tests.splitlines() == ["pip install -e . pytest", "pytest"]
    follow(f"{sys.executable} -m pytest -q -p no:cacheprovider", tmp_path, env)
    qa = f"{sys.executable} -c 'from qa.cli import main; main()' "
    printed = follow(re.sub("^qa ", qa, use, flags=re.MULTILINE), tmp_path, env)
    assert "The pear is ripe in September. [1]" in printed


def follow(commands: str, folder: Path, env: dict[str, str]) -> str:
    done = subprocess.run(
        ["bash", "-ec", commands],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def install(folder: Path) -> None:
    """Do what an editable installation leaves behind, without asking a registry."""
    project = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]
    info = folder / f"qa_orchard-{project['version']}.dist-info"
    info.mkdir()
    head = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (info / "METADATA").write_text(head)
    (info / "entry_points.txt").write_text(
        "\n".join(
            f"[{group}]\n" + "\n".join(f"{name} = {value}" for name, value in points.items())
            for group, points in project["entry-points"].items()
        )
    )
