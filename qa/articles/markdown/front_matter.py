"""Front matter: what a file says of itself before its text, in YAML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import yaml

from qa.origin import Origin, told

LONGEST = 20_000  # characters: more is no front matter, and takes long to parse
NAMES: Mapping[str, tuple[str, ...]] = {
    "date": ("date", "published"),
    "author": ("author", "authors"),
    "url": ("url", "link", "canonical_url", "source"),
}
"""What each thing is called, the most usual name first."""
LINE = re.compile(r"^(\w[\w -]*): +(.+)$", re.MULTILINE)
"""What people take for YAML: a title may have a colon in it."""


def parsed(written: str) -> dict[str, object] | None:
    """Return the fields of front matter, each as it is written; `None` if it is no such."""
    if len(written) > LONGEST:
        return None
    try:
        fields = yaml.load(written, yaml.BaseLoader)  # which makes texts, lists and dicts only
    except (yaml.YAMLError, RecursionError):
        fields = dict(LINE.findall(written)) or None
    return dict(_named(fields)) if isinstance(fields, dict) else None


def title_of(fields: Mapping[str, object]) -> str:
    """Return the title that some fields give, or nothing."""
    return told(fields.get("title"))


def origin_of(fields: Mapping[str, object]) -> Origin:
    """Return where some fields say that an article comes from."""
    said = {
        wanted: next((fields[name] for name in names if fields.get(name)), "")
        for wanted, names in NAMES.items()
    }
    return Origin.of(**said)


def _named(fields: Mapping[object, object]) -> Iterator[tuple[str, object]]:
    for name, value in fields.items():
        if isinstance(name, str):
            yield name.lower(), value
