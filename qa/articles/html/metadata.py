"""What a web page says of itself: its title, date, author and address."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from qa.origin import Origin, one_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_SCRIPT = 100_000  # characters that are read as data
META: Mapping[str, tuple[str, ...]] = {
    "title": ("og:title", "citation_title", "dc.title", "twitter:title"),
    "date": (
        *("article:published_time", "citation_publication_date", "date", "dc.date"),
        *("dc.date.issued", "dcterms.created", "datepublished", "pubdate"),
    ),
    "author": ("author", "citation_author", "dc.creator", "article:author"),
    "url": ("og:url",),
}
"""The names of meta tags, the most telling first."""
LINKED: Mapping[str, str] = {"title": "headline", "date": "datePublished", "author": "author"}
"""The names in JSON-LD: https://schema.org/Article"""
KINDS = ("Article", "BlogPosting", "Report", "Review")
SEPARATORS = (" | ", " – ", " — ", " - ", " :: ", " · ")


def title_of(root: HtmlElement) -> str:
    """Return the title of a page: of its article, or without the name of the site."""
    given = _meta(root, "title") or _heading(root)
    title = one_line(root.findtext(".//title"))
    if given or not title:
        return given
    cut = min((title.rfind(mark) for mark in SEPARATORS if mark in title), default=-1)
    return title[:cut] if cut > 0 else title


def origin_of(root: HtmlElement) -> Origin:
    """Return where a page says that it comes from."""
    canonical = root.xpath("string(//link[@rel='canonical']/@href)")
    url = canonical or _meta(root, "url")
    date = _meta(root, "date") or root.xpath(
        "string(//time[@itemprop='datePublished']/@datetime)"
    )
    author = _meta(root, "author")
    by = "" if author.startswith(("http://", "https://")) else author  # a profile is no name
    return Origin.of(date=day(date), author=by, url=url)


def day(date: str) -> str:
    """Return the day of a moment in ISO 8601; any other date is left as it is."""
    before, mark, after = date.partition("T")
    return before if mark and after[:2].isdigit() and len(before) == len("2024-03-09") else date


def _heading(root: HtmlElement) -> str:
    """Return the heading of the page, if it has just one of level one."""
    found = root.findall(".//h1")
    return one_line("".join(found[0].itertext())) if len(found) == 1 else ""


def _meta(root: HtmlElement, wanted: str) -> str:
    """Return what the meta tags say under a name, or else the data for search engines."""
    tags: dict[str, list[str]] = {}
    for tag in root.iterfind(".//meta[@content]"):
        name = tag.get("name") or tag.get("property") or tag.get("itemprop") or ""
        tags.setdefault(name.lower(), []).append(tag.get("content") or "")
    named = (one_line(tags[name]) for name in META[wanted] if name in tags)
    data = (one_line(each.get(LINKED.get(wanted, ""))) for each in _data(root))
    return next(filter(None, (*named, *data)), "")


def _data(root: HtmlElement) -> Iterator[dict[str, object]]:
    """Yield what a page's JSON-LD says of articles."""
    for script in root.iterfind(".//script[@type='application/ld+json']"):
        try:
            said = json.loads((script.text or "")[:MAX_SCRIPT])
        except (ValueError, RecursionError):
            continue
        for each in _entries(said):
            if str(each.get("@type", "")).endswith(KINDS):
                yield each


def _entries(said: object) -> Iterator[dict[str, object]]:
    for each in said if isinstance(said, list) else [said]:
        if isinstance(each, dict):
            yield each
            graph = each.get("@graph")
            yield from (
                (inner for inner in graph if isinstance(inner, dict))
                if isinstance(graph, list)
                else ()
            )
