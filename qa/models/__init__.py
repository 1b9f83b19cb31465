"""The models that come with the program, and what runs them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path

from qa.errors import ModelMissing

GROUP = "qa.models"  # of entry points: a model's name, and the package that has its folder
CARD = "card.json"
MODEL_NAMES = ("minilm", "fast", "deep")


@cache
def model_folder(name: str) -> Path:
    """Return the folder of a model: of the checkout, or of a package that is installed.

    Raises:
        ModelMissing: if there is none.
    """
    for folder in _folders(name):
        if (folder / CARD).is_file():
            return folder
    raise ModelMissing(name)


def _folders(name: str) -> Iterator[Path]:
    yield Path(__file__).parent / name
    for entry in entry_points(group=GROUP, name=name):  # takes long: only if it must
        with suppress(ModuleNotFoundError):
            yield Path(str(files(entry.value))) / name
