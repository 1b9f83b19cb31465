"""The library as a list: what there is to read, what is a visitor's own, what is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from qa.errors import QAError
from qa.index import Entry
from qa.types import Article, Section, Span
from qa.ui.i18n.strings import ENGLISH, Strings
from qa.ui.rendering.places import Kind, anchored
from qa.ui.session.shelf import LARGEST, MOST, TOGETHER, Shelf

SHOWN = 50  # articles of the list; the filter brings up the others
MOST_SECTIONS = 60  # of an article in the list; reading it shows all
MEGA = 1_000_000


def limits(strings: Strings = ENGLISH) -> str:
    """Return what a visitor may bring, and what becomes of it."""
    return strings.limits.format(most=MOST, largest=LARGEST // MEGA, together=TOGETHER // MEGA)


def catalogue(
    entries: Mapping[str, Entry],
    shelf: Shelf,
    *,
    folder: Path,
    sought: str = "",
    strings: Strings = ENGLISH,
) -> str:
    """Return the articles that have all sought words in their title or headings, as HTML.

    `folder` is where the library's files lie: their dates are read there.
    """
    own = {article.id for article in shelf.articles}
    found = [entry for entry in entries.values() if _has(entry, sought)]
    mine = [entry for entry in found if entry.id in own]
    theirs = [entry for entry in found if entry.id not in own]
    own_rows, rows = _Rows(shelf, strings), _Rows(shelf, strings, folder)
    lists = [
        own_rows.listed(mine, name=strings.your_articles, all_=len(entries)),
        rows.listed(theirs, name=strings.the_library, all_=len(entries)),
    ]
    nothing = "" if found else f"<p class='none'>{strings.none_called}</p>"
    chosen = " ".join(sorted(shelf.chosen))
    return f"<div class='list' data-chosen='{chosen}'>{''.join(lists)}{nothing}</div>"


def scope(entries: Mapping[str, Entry], shelf: Shelf, strings: Strings = ENGLISH) -> str:
    """Return the button that opens the list, and which articles are asked, as HTML."""
    asked = ""
    names = [entries[chosen].title for chosen in shelf.chosen if chosen in entries]
    if names:
        count, all_ = strings.number(len(names)), strings.number(len(entries))
        one = strings.quoted.format(text=escape(names[0]))
        said = one if len(names) == 1 else strings.of_all.format(count=count, all=all_)
        asked = (
            f"<p role='status'>{strings.asking_only.format(asked=f'<b>{said}</b>')}</p>"
            f"<button type='button' class='all'>{strings.ask_all}</button>"
        )
    mine = len(shelf.articles)
    name = strings.library_own.format(count=mine) if mine else strings.library
    return f"{asked}<button type='button' class='open' aria-haspopup='dialog'>{name}</button>"


def told(
    added: Iterable[Article], refused: Iterable[QAError], strings: Strings = ENGLISH
) -> str:
    """Return what became of the files that a visitor gave, as HTML."""
    names = (strings.quoted.format(text=escape(article.title)) for article in added)
    taken = [f"<li>{strings.added.format(title=name)}</li>" for name in names]
    lines = (" ".join(filter(None, strings.trouble(error))) for error in refused)
    failed = [f"<li class='refused'>{escape(line)}</li>" for line in lines]
    return f"<ul role='status'>{''.join([*taken, *failed])}</ul>" if taken or failed else ""


def _has(entry: Entry, sought: str) -> bool:
    headings = (heading for section in entry.sections for heading in section.path)
    names = " ".join([entry.title, *headings]).casefold()
    return all(word in names for word in sought.casefold().split())


@dataclass(frozen=True, slots=True)
class _Rows:
    """Lists articles for the owner of a shelf; without a folder they are that visitor's own."""

    shelf: Shelf
    strings: Strings
    folder: Path | None = None

    def listed(self, entries: list[Entry], *, name: str, all_: int) -> str:
        """Return a list of articles, those that are asked first.

        If it is some of `all_` articles, and shows them all, they can be chosen together.
        """
        if not entries:
            return ""
        chosen = self.shelf.chosen
        entries.sort(key=lambda e: (e.id not in chosen, e.title.casefold(), e.source))
        rows = "".join(map(self._row, entries[:SHOWN]))
        more = len(entries) - SHOWN
        said = self.strings.more_articles.format(count=self.strings.number(more))
        hidden = f"<p class='more'>{said}</p>" if more > 0 else ""
        several = 1 < len(entries) < all_ and more <= 0
        these = f"<button type='button' class='only'>{self.strings.ask_these}</button>"
        only = these if several else ""
        return f"<section><h3>{name}{only}</h3><ul>{rows}</ul>{hidden}</section>"

    def _row(self, entry: Entry) -> str:
        title, strings = escape(entry.title, quote=True), self.strings
        ticked = " checked" if entry.id in self.shelf.chosen else ""
        remove = strings.remove.format(title=title)
        button = f"<button type='button' class='remove' aria-label='{remove}'>×</button>"
        about = " · ".join(self._about(entry))
        return (
            f"<li data-article='{entry.id}'><input type='checkbox'"
            f" aria-label='{strings.ask_one.format(title=title)}'"
            f" title='{strings.ask_ticked}'{ticked}><div>{_link(entry, title)}<details>"
            f"<summary>{about}</summary><ol>{''.join(self._sections(entry))}</ol></details>"
            f"</div>{'' if self.folder else button}</li>"
        )

    def _sections(self, entry: Entry) -> Iterator[str]:
        for section in entry.sections[:MOST_SECTIONS]:
            name = section.path[-1] if section.path else self.strings.beginning
            depth = max(len(section.path) - 1, 0)
            link = _link(entry, escape(name), section)
            yield f"<li style='--depth:{min(depth, 4)}'>{link}</li>"
        more = len(entry.sections) - MOST_SECTIONS
        if more > 0:
            count = self.strings.number(more)
            yield f"<li>{self.strings.more_sections.format(count=count)}</li>"

    def _about(self, entry: Entry) -> Iterator[str]:
        """Yield how many sections and words an article has, and the date of its file."""
        yield self.strings.counted("sections", len(entry.sections))
        yield self.strings.counted("words", entry.words)
        file = self.folder / entry.source if self.folder and entry.source else None
        if file and file.is_file():
            changed = datetime.fromtimestamp(file.stat().st_mtime, UTC)
            yield f"<time>{self.strings.day(changed)}</time>"


def _link(entry: Entry, name: str, section: Section | None = None) -> str:
    """Return the button that opens an article, or a section of it, in the panel."""
    span = section.span if section else entry.sections[0].span
    place = anchored(Kind.READ, entry.id, Span(span.start, span.start + 1))
    return f"<button type='button' dir='auto' data-place='{place}'>{name}</button>"
