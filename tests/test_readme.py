"""The README's promises that its own examples do not execute."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import version
from pathlib import Path

COLOURS = {"red", "yellow", "green", "blue", "indigo", "purple", "pink", "gray"}


def front_matter(root: Path) -> dict[str, str]:
    found = re.match(r"---\n(.*?)\n---\n", (root / "README.md").read_text("utf-8"), re.DOTALL)
    assert found
    lines = (line.split(": ", 1) for line in found[1].splitlines())
    return {key: value.strip('"') for key, value in lines}


def test_a_space_can_read_the_card(root: Path) -> None:
    card = front_matter(root)
    assert card["sdk"] == "gradio"
    assert (root / card["app_file"]).is_file()
    assert re.fullmatch(r"\d+\.\d+\.\d+", card["sdk_version"])
    assert len(card["short_description"]) <= 60
    assert card.get("colorFrom", "red") in COLOURS


def test_a_space_runs_a_gradio_that_the_package_accepts(root: Path) -> None:
    """The version is also that of the tests, so what runs there was tested here."""
    declared = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    bounds = next(d for d in declared["dependencies"] if d.startswith("gradio"))
    assert bounds == "gradio>=6.16,<7"
    assert front_matter(root)["sdk_version"].split(".")[0] == version("gradio").split(".")[0]


def test_every_link_to_a_file_leads_to_one(root: Path) -> None:
    for page in ("README.md", "training/README.md"):
        text = (root / page).read_text("utf-8")
        links = re.findall(r"\]\((?!http)([^)#]+)\)", text)
        assert links
        assert [
            link for link in links if not (root / page).parent.joinpath(link).exists()
        ] == []
