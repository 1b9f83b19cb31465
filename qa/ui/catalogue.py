"""The library as a list: what there is to read, what is a visitor's own, what is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from qa.types import Article, Section, Span
from qa.ui.places import Kind, Place
from qa.ui.shelf import LARGEST, MOST, TOGETHER, Shelf

SHOWN = 50  # articles of the list; the filter brings up the others
MOST_SECTIONS = 60  # of an article in the list; reading it shows all
MEGA = 1_000_000
LIMITS = (
    f"Up to {MOST} text or Markdown files, {LARGEST // MEGA} MB each and "
    f"{TOGETHER // MEGA} MB together. Only you can ask them. Leaving or reloading the page "
    "ends that, and within an hour they are deleted."
)


def catalogue(
    articles: Mapping[str, Article], shelf: Shelf, *, folder: Path, sought: str = ""
) -> str:
    """Return the articles that have all sought words in their title or headings, as HTML.

    `folder` is where the library's files lie: their dates are read there.
    """
    own = {article.id for article in shelf.articles}
    found = [article for article in articles.values() if _has(article, sought)]
    mine = [article for article in found if article.id in own]
    theirs = [article for article in found if article.id not in own]
    lists = [
        _listed(mine, shelf, name="Your articles", all_=len(articles)),
        _listed(theirs, shelf, name="The library", all_=len(articles), folder=folder),
    ]
    nothing = "" if found else "<p class='none'>No article is called so.</p>"
    chosen = " ".join(sorted(shelf.chosen))
    return f"<div class='list' data-chosen='{chosen}'>{''.join(lists)}{nothing}</div>"


def scope(articles: Mapping[str, Article], shelf: Shelf) -> str:
    """Return the button that opens the list, and which articles are asked, as HTML."""
    asked = ""
    if shelf.chosen:
        names = [article.title for article in articles.values() if article.id in shelf.chosen]
        said = f"“{names[0]}”" if len(names) == 1 else f"{len(names)} of {len(articles):,}"
        asked = (
            f"<p role='status'>Asking only <b>{escape(said)}</b></p>"
            "<button type='button' class='all'>Ask all</button>"
        )
    mine = f" · {len(shelf.articles)} of yours" if shelf.articles else ""
    return (
        f"{asked}<button type='button' class='open' aria-haspopup='dialog'>"
        f"Library{mine}</button>"
    )


def told(added: Iterable[Article], refused: Iterable[str]) -> str:
    """Return what became of the files that a visitor gave, as HTML."""
    taken = [f"<li>Added “{escape(article.title)}”.</li>" for article in added]
    failed = [f"<li class='refused'>{escape(line)}</li>" for line in refused]
    return f"<ul role='status'>{''.join([*taken, *failed])}</ul>" if taken or failed else ""


def _has(article: Article, sought: str) -> bool:
    headings = (heading for section in article.sections for heading in section.path)
    names = " ".join([article.title, *headings]).casefold()
    return all(word in names for word in sought.casefold().split())


def _listed(
    articles: list[Article], shelf: Shelf, *, name: str, all_: int, folder: Path | None = None
) -> str:
    """Return a list of articles, those that are asked first; without a folder they are own.

    If it is some of `all_` articles, and shows them all, they can be chosen together.
    """
    if not articles:
        return ""
    articles.sort(key=lambda a: (a.id not in shelf.chosen, a.title.casefold(), a.source))
    rows = "".join(_row(a, shelf, folder) for a in articles[:SHOWN])
    more = len(articles) - SHOWN
    hidden = f"<p class='more'>And {more:,} more: find them by name.</p>" if more > 0 else ""
    several = 1 < len(articles) < all_ and more <= 0
    only = "<button type='button' class='only'>Ask only these</button>" if several else ""
    return f"<section><h3>{name}{only}</h3><ul>{rows}</ul>{hidden}</section>"


def _row(article: Article, shelf: Shelf, folder: Path | None) -> str:
    title = escape(article.title, quote=True)
    ticked = " checked" if article.id in shelf.chosen else ""
    remove = (
        ""
        if folder
        else f"<button type='button' class='remove' aria-label='Remove {title}'>×</button>"
    )
    about = " · ".join(_about(article, folder))
    return (
        f"<li data-article='{article.id}'><input type='checkbox' aria-label='Ask {title}'"
        f" title='Ask only what is ticked'{ticked}><div>{_entry(article, title)}"
        f"<details><summary>{about}</summary><ol>{''.join(_sections(article))}</ol></details>"
        f"</div>{remove}</li>"
    )


def _entry(article: Article, name: str, section: Section | None = None) -> str:
    """Return the button that opens an article, or a section of it, in the panel."""
    span = section.span if section else article.sections[0].span
    place = Place(Kind.READ, article, Span(span.start, span.start + 1))
    return f"<button type='button' dir='auto' data-place='{place.anchor}'>{name}</button>"


def _sections(article: Article) -> Iterator[str]:
    for section in article.sections[:MOST_SECTIONS]:
        name = section.path[-1] if section.path else "The beginning"
        depth = max(len(section.path) - 1, 0)
        entry = _entry(article, escape(name), section)
        yield f"<li style='--depth:{min(depth, 4)}'>{entry}</li>"
    more = len(article.sections) - MOST_SECTIONS
    if more > 0:
        yield f"<li>and {more} more</li>"


def _about(article: Article, folder: Path | None) -> Iterator[str]:
    """Yield how many sections and words an article has, and of when its file is, if known."""
    sections, words = len(article.sections), len(article.text.split())
    yield f"{sections:,} section{'s' if sections > 1 else ''}"
    yield f"{words:,} word{'s' if words > 1 else ''}"
    file = folder / article.source if folder and article.source else None
    if file and file.is_file():
        changed = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        yield f"<time>{changed.day} {changed:%B %Y}</time>"
