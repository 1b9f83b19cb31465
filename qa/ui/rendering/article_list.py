"""The library as a list of articles: to be read, found, selected and removed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from qa.articles import format_names
from qa.errors import QAError
from qa.index import ArticleEntry
from qa.settings import Settings
from qa.types import Article, Section, Span
from qa.ui.i18n.strings import ENGLISH, Strings
from qa.ui.rendering.locations import LocationKind, anchor_of
from qa.ui.session.uploads import VisitorLibrary

MAX_ROWS = 50  # articles of the list; the filter brings up the others
MAX_REPORTED = 3  # files of one fate that are named
MAX_SECTIONS = 60  # of an article in the list; reading it shows all


def upload_limits(settings: Settings, strings: Strings = ENGLISH) -> str:
    """Return what a visitor may upload, and what becomes of it, as HTML."""
    limits = strings.upload_limits.format(
        most=strings.number(settings.upload_articles),
        formats=strings.format_list(format_names()),
        largest=f"{settings.upload_file_mb:g}",
        together=f"{settings.upload_text_mb:g}",
    )
    return f"<p>{limits}</p>"


def article_list(
    entries: Mapping[str, ArticleEntry],
    library: VisitorLibrary,
    *,
    folder: Path,
    query: str = "",
    strings: Strings = ENGLISH,
) -> str:
    """Return the articles with all words of the query in their title or headings, as HTML.

    `folder` is where the library's files lie: their dates are read there.
    """
    own_ids = {article.id for article in library.articles}
    found = [entry for entry in entries.values() if _matches(entry, query)]
    own = [entry for entry in found if entry.id in own_ids]
    shared = [entry for entry in found if entry.id not in own_ids]
    own_rows, rows = _Rows(library, strings), _Rows(library, strings, folder)
    sections = [
        own_rows.section(own, name=strings.your_articles, total=len(entries)),
        rows.section(shared, name=strings.the_library, total=len(entries)),
    ]
    nothing = "" if found else f"<p class='none'>{strings.no_article}</p>"
    selected = " ".join(sorted(library.selected))
    return f"<div class='list' data-chosen='{selected}'>{''.join(sections)}{nothing}</div>"


def selected_articles(
    entries: Mapping[str, ArticleEntry], library: VisitorLibrary, strings: Strings = ENGLISH
) -> str:
    """Return which articles are asked, as text; nothing, if all are."""
    titles = [entries[each].title for each in library.selected if each in entries]
    if len(titles) == 1:
        return strings.quotation_marks.format(text=titles[0])
    count, total = strings.number(len(titles)), strings.number(len(entries))
    return strings.selection_count.format(count=count, all=total) if titles else ""


def selection_summary(
    entries: Mapping[str, ArticleEntry], library: VisitorLibrary, strings: Strings = ENGLISH
) -> str:
    """Return which articles are asked, and the button that opens the list, as HTML."""
    which = escape(selected_articles(entries, library, strings))
    asked = (
        f"<p role='status'>{strings.selection_line.format(asked=f'<b>{which}</b>')}</p>"
        f"<button type='button' class='all'>{strings.ask_all}</button>"
    )
    own = len(library.articles)
    name = strings.library_own.format(count=own) if own else strings.library
    button = f"<button type='button' class='open' aria-haspopup='dialog'>{name}</button>"
    return f"{asked if which else ''}{button}"


def upload_report(
    added: Sequence[Article], refused: Iterable[QAError], strings: Strings = ENGLISH
) -> str:
    """Return what became of the files that a visitor uploaded, as HTML: what failed first."""
    bad = [f"<li class='refused'>{escape(line)}</li>" for line in _refusals(refused, strings)]
    titles = [strings.quotation_marks.format(text=escape(article.title)) for article in added]
    good = [f"<li>{strings.upload_message.format(title=title)}</li>" for title in titles]
    if len(good) > MAX_REPORTED:
        good = [f"<li>{strings.uploads_message.format(count=strings.number(len(good)))}</li>"]
    return f"<ul role='status'>{''.join([*bad, *good])}</ul>" if good or bad else ""


def _refusals(refused: Iterable[QAError], strings: Strings) -> Iterator[str]:
    """Yield why files were refused; what to do is said once for each reason, at its end.

    Those that are many for one reason are summed up.
    """
    by_reason: dict[str, list[QAError]] = {}
    for error in refused:
        by_reason.setdefault(error.template, []).append(error)
    for errors in by_reason.values():
        shown = errors if len(errors) <= MAX_REPORTED else errors[:1]
        hints = dict.fromkeys(strings.error(error)[1] for error in shown)
        lines = [strings.error(error)[0] for error in shown]
        yield from lines[:-1]
        yield " ".join(filter(None, [lines[-1], *hints]))
        if len(errors) > MAX_REPORTED:
            yield strings.refusal_rest.format(count=strings.number(len(errors) - 1))


def _matches(entry: ArticleEntry, query: str) -> bool:
    headings = (heading for section in entry.sections for heading in section.path)
    names = " ".join([entry.title, *headings]).casefold()
    return all(word in names for word in query.casefold().split())


@dataclass(frozen=True, slots=True)
class _Rows:
    """Renders rows of articles; without a folder they are the visitor's own."""

    library: VisitorLibrary
    strings: Strings
    folder: Path | None = None

    def section(self, entries: list[ArticleEntry], *, name: str, total: int) -> str:
        """Return a list of articles under a heading, those that are selected first.

        If it is some of the `total` articles, and shows them all, it can be selected as one.
        """
        if not entries:
            return ""
        selected = self.library.selected
        entries.sort(key=lambda e: (e.id not in selected, e.title.casefold(), e.source))
        rows = "".join(map(self._row, entries[:MAX_ROWS]))
        more = len(entries) - MAX_ROWS
        hint = self.strings.article_rest.format(count=self.strings.number(more))
        hidden = f"<p class='more'>{hint}</p>" if more > 0 else ""
        several = 1 < len(entries) < total and more <= 0
        button = f"<button type='button' class='only'>{self.strings.ask_these}</button>"
        only = button if several else ""
        return f"<section><h3>{name}{only}</h3><ul>{rows}</ul>{hidden}</section>"

    def _row(self, entry: ArticleEntry) -> str:
        title, strings = escape(entry.title, quote=True), self.strings
        checked = " checked" if entry.id in self.library.selected else ""
        remove = strings.remove.format(title=title)
        button = f"<button type='button' class='remove' aria-label='{remove}'>×</button>"
        facts = " · ".join(self._facts(entry))
        return (
            f"<li data-article='{entry.id}'><input type='checkbox'"
            f" aria-label='{strings.ask_one.format(title=title)}'"
            f" title='{strings.ask_selection}'{checked}><div>{_link(entry, title)}<details>"
            f"<summary>{facts}</summary><ol>{''.join(self._sections(entry))}</ol></details>"
            f"</div>{'' if self.folder else button}</li>"
        )

    def _sections(self, entry: ArticleEntry) -> Iterator[str]:
        for section in entry.sections[:MAX_SECTIONS]:
            name = section.path[-1] if section.path else self.strings.beginning
            depth = max(len(section.path) - 1, 0)
            link = _link(entry, escape(name), section)
            yield f"<li style='--depth:{min(depth, 4)}'>{link}</li>"
        more = len(entry.sections) - MAX_SECTIONS
        if more > 0:
            count = self.strings.number(more)
            yield f"<li>{self.strings.section_rest.format(count=count)}</li>"

    def _facts(self, entry: ArticleEntry) -> Iterator[str]:
        """Yield how much an article has, what of it cannot be read, and its file's date."""
        yield self.strings.count("sections", len(entry.sections))
        yield self.strings.count("words", entry.words)
        if entry.unread_pages:
            yield self.strings.count("pictures", entry.unread_pages)
        if entry.illegible:
            yield self.strings.count("illegible", entry.illegible)
        file = self.folder / entry.source if self.folder and entry.source else None
        if file and file.is_file():
            changed = datetime.fromtimestamp(file.stat().st_mtime, UTC)
            date = f"<time>{self.strings.day(changed)}</time>"
            yield self.strings.file_date.format(date=date)


def _link(entry: ArticleEntry, name: str, section: Section | None = None) -> str:
    """Return the button that opens an article, or a section of it, in the source panel."""
    span = section.span if section else entry.sections[0].span
    anchor = anchor_of(LocationKind.READ, entry.id, Span(span.start, span.start + 1))
    return f"<button type='button' dir='auto' data-place='{anchor}'>{name}</button>"
