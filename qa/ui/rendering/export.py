"""A conversation as a file or a text to paste; it quotes only what the library still holds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from qa.answers import Answer, Citation, Statement
from qa.types import Article
from qa.ui.i18n.strings import ENGLISH, Strings
from qa.ui.rendering.answer import BULLET, reasons, remarks, set_out
from qa.ui.rendering.markdown import aside, escape_markdown
from qa.ui.rendering.values import Value, part_values, rival_values

MARKDOWN = MarkdownIt("commonmark", {"html": False})


def verify_quotations(
    answer: Answer, articles: Mapping[str, Article], strings: Strings = ENGLISH
) -> Answer:
    """Return the answer if its quotations stand in the articles, or else one that says so.

    A citation reads its quotation from its own article; here that article is compared with the
    library's, by its id, which is a hash of all it says.
    """
    hits = tuple(hit for hit in answer.hits if hit.passage.article.id in articles)
    if all(_is_verbatim(citation, articles) for citation in answer.citations):
        return replace(answer, hits=hits)
    return Answer(answer.question, answer.asked, hits=hits, reason=strings.article_loss)


def _is_verbatim(citation: Citation, articles: Mapping[str, Article]) -> bool:
    article, span = articles.get(citation.article.id), citation.span
    return article is not None and article.text[span.start : span.end] == citation.quote


def export(
    answers: Iterable[Answer], form: object, strings: Strings = ENGLISH
) -> dict[str, str]:
    """Return answers as a file, its name, media type and text: Markdown, or `json`.

    What is to be copied has the text without markup, and the same as HTML.
    """
    if form == "json":
        text = json.dumps([a.as_dict() for a in answers], indent=2, ensure_ascii=False)
        return {"name": "conversation.json", "type": "application/json", "text": text}
    text = "\n\n".join(part for answer in answers for part in _parts(answer, strings))
    if form == "copy":
        return {"text": _plain(text), "html": MARKDOWN.render(text)}
    return {"name": "conversation.md", "type": "text/markdown", "text": text}


def _plain(markdown: str) -> str:
    """Return the text that some Markdown shows, with the numbers of lists."""
    blocks, number = list[str](), ""
    for token in MARKDOWN.parse(markdown):
        if token.type == "list_item_open":
            number = f"[{token.info}] " if token.info else "• "
        elif token.type == "inline":
            blocks.append(number + "".join(map(_token_text, token.children or [])))
            number = ""
    return "\n\n".join(blocks)


def _token_text(token: Token) -> str:
    return "\n" if token.type in {"softbreak", "hardbreak"} else token.content


def _parts(answer: Answer, strings: Strings) -> Iterator[str]:
    heading = escape_markdown(answer.question).replace(" #", " \\#")  # which would close it
    yield f"## {heading}"
    yield from remarks(answer, strings)
    yield from _heading(answer, strings)
    if answer.statements:
        yield from set_out(answer.statements, _statement_text)
        yield "\n".join(_source(citation, strings) for citation in answer.citations)
    else:
        yield from reasons(answer, strings)


def _heading(answer: Answer, strings: Strings) -> Iterator[str]:
    """Yield what stands above the quotations, but for a short answer: the page repeats it."""
    if answer.parts:
        if answer.comparison and answer.comparison.conclusion:
            yield aside(answer.comparison.conclusion)
        yield _beside(part_values(answer, strings))
    elif answer.rivals:
        yield aside(strings.disagreement)
        yield _beside(rival_values(answer, strings))
    elif answer.note:
        yield aside(strings.translate(answer.note))


def _beside(values: Iterable[Value]) -> str:
    lines = (f"{value.name}: {Statement(value.said, value.cites)}" for value in values)
    return "\n".join(f"- {escape_markdown(line)}" for line in lines)


def _statement_text(statement: Statement) -> str:
    """Return a statement with its numbers; the list that it is an item of sets its bullet."""
    words = str(statement)
    return escape_markdown(BULLET.sub("", words, count=1) if statement.is_item else words)


def _source(citation: Citation, strings: Strings) -> str:
    span = citation.span
    characters = strings.characters.format(start=span.start, end=span.end)
    known = (strings.where(citation), str(citation.article.origin), characters)
    where = escape_markdown(", ".join(filter(None, known)))
    quote = escape_markdown(citation.quote)
    entry = f"{citation.number}. {where}:\\\n   “{quote}”"
    address = citation.link.replace("&", "&amp;")  # or it might be read as an entity
    return f"{entry} [{strings.original}](<{address}>)" if address else entry
