"""Front matter: metadata before the text of a file, in YAML, TOML, JSON or header lines."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping

import yaml

from qa.origin import Origin, one_line

MAX_CHARACTERS = 20_000  # characters: more is no front matter, and takes long to parse
NAMES: Mapping[str, tuple[str, ...]] = {
    "date": ("date", "published", "created"),
    "author": ("author", "authors"),
    "url": ("url", "link", "canonical_url", "source"),
}
"""What each thing is called, the most usual name first."""
LINE = re.compile(r"^(\w[\w -]*): +(.+)$", re.MULTILINE)
"""What people take for YAML: a title may have a colon in it."""
FENCED = re.compile(
    r"\A(?P<fence>---|\+\+\+)[ \t]*\n(?P<written>.*?)^(?:(?P=fence)|\.\.\.)[ \t]*(?:\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
HEADERS = re.compile(r"\A(?:[A-Z][\w-]{1,30}:(?: +[^\n]*)?\n(?:[ \t]+\S[^\n]*\n)*){2,}\n")
"""Lines of names and values, as those of a letter, with the one that gives the title."""
Fields = Mapping[str, object]


def split(text: str) -> tuple[Fields, str, str]:
    """Return the fields of a text's front matter, or what stands in its place, and the rest.

    What stands between two rules may be text, too.
    """
    fenced = FENCED.match(text)
    if fenced:
        parse = _toml if fenced["fence"] == "+++" else _yaml
        fields = parse(fenced["written"]) if len(fenced["written"]) <= MAX_CHARACTERS else None
        left = fenced["written"] if fields is None else ""
        return _as_fields(fields), left, text[fenced.end() :]
    if text.startswith("{"):
        return _split_json(text)
    return {}, "", text


def split_headers(text: str) -> tuple[Fields, str]:
    """Return the fields in the lines at the head of a text, if one is a title, and the rest."""
    found = HEADERS.match(text[:MAX_CHARACTERS])
    fields = _as_fields(dict(LINE.findall(found[0]))) if found else {}
    return (fields, text[found.end() :]) if found and "title" in fields else ({}, text)


def title_of(fields: Fields) -> str:
    """Return the title that some fields give, or nothing."""
    return one_line(fields.get("title"))


def origin_of(fields: Fields) -> Origin:
    """Return where some fields say that an article comes from."""
    said = {
        wanted: next((fields[name] for name in names if fields.get(name)), "")
        for wanted, names in NAMES.items()
    }
    return Origin.of(**said)


def _yaml(written: str) -> object:
    try:
        fields = yaml.load(written, yaml.BaseLoader)  # which makes texts, lists and dicts only
    except (yaml.YAMLError, RecursionError):
        fields = dict(LINE.findall(written)) or None
    return fields if isinstance(fields, dict) or not written.strip() else None


def _toml(written: str) -> object:
    try:
        fields = tomllib.loads(written)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    extra = fields.get("extra")  # where Zola puts what it has no name for
    return {**extra, **fields} if isinstance(extra, dict) else fields


def _split_json(text: str) -> tuple[Fields, str, str]:
    """Return the fields of front matter in JSON: an object that a line ends, before a text."""
    try:
        fields, end = json.JSONDecoder().raw_decode(text[:MAX_CHARACTERS])
    except (ValueError, RecursionError):
        return {}, "", text
    rest = text[end:]
    is_front = isinstance(fields, dict) and re.match(r"[ \t]*\n", rest) and rest.strip()
    return (_as_fields(fields), "", rest) if is_front else ({}, "", text)


def _as_fields(fields: object) -> Fields:
    return dict(_with_lower_names(fields)) if isinstance(fields, dict) else {}


def _with_lower_names(fields: Mapping[object, object]) -> Iterator[tuple[str, object]]:
    for name, value in fields.items():
        if isinstance(name, str):
            is_date = not isinstance(value, str | int | float | dict | list | None)
            yield name.lower(), str(value) if is_date else value
