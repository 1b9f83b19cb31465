"""What a built package has besides its files: a description, and the models it needs."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

RULE = "---\n"


class Description(MetadataHookInterface):
    """The README without the front matter that Hugging Face reads."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set the description."""
        text = (Path(self.root) / "README.md").read_text("utf-8")
        if text.startswith(RULE):
            text = text.split(RULE, 2)[2].lstrip()
        metadata["readme"] = {"content-type": "text/markdown", "text": text}


class Models(BuildHookInterface[Any]):
    """The models, as packages that are required: the checkout has them in qa/models."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Require each package of `packaging/`, in its very version, unless for editing."""
        if version != "editable":
            files = sorted((Path(self.root) / "packaging").glob("*/pyproject.toml"))
            build_data["dependencies"] = [_requirement(file) for file in files]


def _requirement(file: Path) -> str:
    project = tomllib.loads(file.read_text("utf-8"))["project"]
    return f"{project['name']}=={project['version']}"
