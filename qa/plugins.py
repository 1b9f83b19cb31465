"""What other installed packages bring: readers, encoders, formats and stores."""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, PackageNotFoundError, entry_points, version
from typing import Any

from qa.errors import SettingsError

READERS, ENCODERS = "qa.readers", "qa.encoders"
FORMATS, STORES = "qa.formats", "qa.stores"
"""The groups of entry points; docs/extending.md says what each of them names."""


def plugin(group: str, name: str) -> Any:
    """Return what an installed package brings under a name, or None if none does.

    Nothing is imported unless it is named, so what is not asked for costs nothing.

    Raises:
        SettingsError: if it cannot be imported, or two packages bring it.
    """
    found = [each for each in installed(group) if each.name == name]
    if not found:
        return None
    if len(found) > 1:
        raise SettingsError(
            f"{name} is brought by more than one package: {', '.join(map(_package, found))}.",
            hint="Keep one: pip uninstall the others.",
        )
    try:
        return found[0].load()
    except (ImportError, AttributeError) as broken:
        raise SettingsError(
            f"{name} could not be imported: {broken}.",
            hint=f"Install {_package(found[0])} again, or another version.",
        ) from broken


@cache
def installed(group: str) -> tuple[EntryPoint, ...]:
    """Return the entry points of a group; all packages are looked through once."""
    return tuple(entry_points(group=group))


def version_of(package: str) -> str:
    """Return the version of a package; nothing if it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _package(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist else entry.value
