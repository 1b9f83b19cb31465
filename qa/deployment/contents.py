"""What a Space is made of: the program, its models, the articles, their index, and a card."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from qa.articles import article_files
from qa.errors import DISTRIBUTION, MODELS, DeploymentError
from qa.index import build
from qa.index_folder import SHIPPED, index_folder
from qa.models import MODEL_NAMES, model_folder
from qa.settings import FILE, Settings

PACKAGE = Path(__file__).parent.parent
CHECKOUT = PACKAGE.parent / "requirements.txt"
APP = "app.py"
ARTICLES = "seeds"
NOT_SHIPPED = shutil.ignore_patterns("__pycache__", "*.pyc", "*.lock", ".building-*")
BY_THE_PLATFORM = {"gradio", "spaces", "huggingface-hub", "huggingface_hub", MODELS}
"""Packages that the platform installs in a version of its own, and the models, copied here."""

LOCAL = {"articles", "index", "data", "store"}
"""Settings that tell of this machine; all others go along."""

MAX_TITLE, MAX_DESCRIPTION = 100, 60  # characters; a longer description is refused
PROJECT = re.compile(r"^[\w.-]+")


@dataclass(frozen=True, slots=True)
class Card:
    """The card of a Space: what it says of itself."""

    title: str
    description: str = "Ask the articles; every sentence is a quotation"

    def __post_init__(self) -> None:
        for text, most in ((self.title, MAX_TITLE), (self.description, MAX_DESCRIPTION)):
            if not text.strip() or len(text) > most:
                raise DeploymentError(
                    f"“{text}” cannot be the title or description of a Space.",
                    hint=f"Give one of 1 to {most} characters.",
                )

    def front_matter(self) -> Mapping[str, object]:
        """Return what the platform reads: how the Space runs, and how it is shown."""
        return {
            "title": self.title,
            "emoji": "📖",
            "colorFrom": "gray",
            "colorTo": "yellow",
            "sdk": "gradio",
            "sdk_version": version("gradio"),
            "python_version": "3.12",
            "app_file": APP,
            "short_description": self.description,
            "suggested_hardware": "cpu-basic",
            "startup_duration_timeout": "30m",
            "header": "mini",
            "license": "mit",
            "pinned": False,
            "tags": ["question-answering", "retrieval", "citations", "mcp-server"],
        }

    def __str__(self) -> str:
        # JSON is YAML, and needs no care for what a title holds.
        fields = self.front_matter().items()
        lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in fields]
        front_matter = "\n".join(["---", *lines, "---"])
        return (
            f"{front_matter}\n\n# {self.title}\n\n{self.description}. Where the articles don't "
            "say, so does the answer.\n\nMade with Chapter & Verse: `qa deploy`.\n"
        )


def write_space(settings: Settings, card: Card, into: Path) -> None:
    """Write the folder of a Space: all that it needs, and nothing else.

    The index is brought up to date first. Of the articles' folder only those files are copied
    that are read as articles.

    Raises:
        DeploymentError: if there is something in the folder already.
        QAError: if the index cannot be built.
    """
    if into.exists() and any(into.iterdir()):
        raise DeploymentError(f"{into} is not empty.", hint="Name a new folder.")
    into.mkdir(parents=True, exist_ok=True)
    _copy_program(into)
    _copy_library(settings, into)
    (into / "README.md").write_text(str(card), "utf-8")
    (into / "requirements.txt").write_text(requirements(), "utf-8")
    (into / FILE).write_text(_as_toml(settings), "utf-8")


def requirements() -> str:
    """Return what the platform is to install: what the program needs, less what is there.

    Raises:
        DeploymentError: if nobody knows, because the program was never installed.
    """
    return "".join(f"{each}\n" for each in _requirements() if _is_needed(each))


def _requirements() -> list[str]:
    if CHECKOUT.is_file():  # what was installed of it may be older
        return CHECKOUT.read_text("utf-8").splitlines()
    try:
        return requires(DISTRIBUTION) or []
    except PackageNotFoundError as missing:
        hint = f"Run: pip install {DISTRIBUTION}"
        raise DeploymentError("The program is not installed.", hint=hint) from missing


def _is_needed(requirement: str) -> bool:
    (name,) = PROJECT.findall(requirement)
    return name not in BY_THE_PLATFORM and "extra ==" not in requirement


def _copy_program(into: Path) -> None:
    shutil.copyfile(Path(__file__).with_name(APP), into / APP)
    shutil.copytree(PACKAGE, into / PACKAGE.name, ignore=NOT_SHIPPED)
    for name in MODEL_NAMES:
        copy = into / PACKAGE.name / "models" / name
        if not copy.exists():
            shutil.copytree(model_folder(name), copy)


def _copy_library(settings: Settings, into: Path) -> None:
    folder = Path(settings.articles)
    for file in article_files(folder):
        copy = into / ARTICLES / file.relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
    home = index_folder(settings)
    build(settings.articles, into=home, settings=settings)
    shutil.copytree(home, into / SHIPPED, ignore=NOT_SHIPPED)


def _as_toml(settings: Settings) -> str:
    """Return the settings that differ from the defaults and tell nothing of this machine."""
    defaults = Settings()
    chosen = {name: getattr(settings, name) for name in Settings.__slots__}
    chosen = {
        name: value
        for name, value in chosen.items()
        if name not in LOCAL and value != getattr(defaults, name)
    }
    lines = [f"{name} = {json.dumps(value)}\n" for name, value in chosen.items()]
    return "".join([f'articles = "{ARTICLES}"\n', *lines])
