"""What the page shows of an article is the article, whatever is written in it."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from qa.answers import Answer, Citation, Comparison, Correction, Intent, Statement
from qa.articles.rows import tables_in
from qa.articles.table import BAR, Table
from qa.errors import QAError
from qa.language.sentences import blocks
from qa.origin import Origin
from qa.types import Article, Hit, Passage, Section, Span
from qa.ui.i18n.strings import LANGUAGES
from qa.ui.rendering.answer import DISC, MAX_LEAD, NO_BREAK, render_answer
from qa.ui.rendering.details import EVEN
from qa.ui.rendering.locations import Location, LocationKind, find_locations
from qa.ui.rendering.markdown import aside, error_note, escape_markdown
from qa.ui.rendering.source import render_all_sources, render_source

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
TAGS = {
    "a",
    "article",
    "b",
    "button",
    "div",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "i",
    "li",
    "mark",
    "nav",
    "ol",
    "p",
    "span",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
}
ATTRIBUTES = {
    "aria-current",
    "aria-disabled",
    "aria-label",
    "aria-pressed",
    "class",
    "colspan",
    "data-ends",
    "data-every",
    "data-place",
    "dir",
    "lang",
    "href",
    "rel",
    "role",
    "scope",
    "tabindex",
    "target",
    "title",
    "type",
}
INERT = {"paragraph_open", "paragraph_close", "inline", "text", "text_special"}
HOSTILE = """<script>alert(1)</script><img src=x onerror="x()"> [1](#cite-0) ${x} {{x}} \\u003c
&amp; &lt; $$x^2$$ `code`
*stars* __under__ ~~gone~~ http://a.invalid www.a.invalid a@a.invalid"""

texts = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"))
signs = st.text(st.sampled_from("*_`[]()<>!#+-=.:/|~\\\"'&;$@{}^ \n1aw")) | texts
filled = signs.filter(lambda text: bool(text.strip()))
undrawn = filled.filter(lambda text: BAR not in text)


class Page(HTMLParser):
    """The tags and attributes that a browser would see, and the texts of the article."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "article" in self.open:
            self.texts.append((self.open[-1], data))

    def of(self, *tags: str) -> str:
        return "".join(data for tag, data in self.texts if tag in tags)


def whole_article(article: Article) -> Location:
    return Location(article, Span(0, len(article.text)), kind=LocationKind.CITE)


def answer_of(*citations: Citation, rivals: tuple[int, ...] = ()) -> Answer:
    statements = tuple(Statement(c.quote, (c.number,)) for c in citations)
    return Answer("Why?", "Why?", statements, citations, confidence=0.9, rivals=rivals)


def answer_quoting(article: Article, *spans: Span) -> Answer:
    return answer_of(*(Citation(article, span, number=n) for n, span in enumerate(spans, 1)))


@st.composite
def quotations(draw: st.DrawFn) -> Citation:
    """Draw an article with a quotation of it, and a short answer in that."""
    article = Article.of("A title", draw(filled))
    ends = st.integers(0, len(article.text))
    four = sorted(draw(st.lists(ends, min_size=4, max_size=4)))
    first, start, end, last = four
    assume(start < end)
    assume(article.text[first:last].strip())
    return Citation(article, Span(first, last), Span(start, end), number=1)


def quotation(before: str, short: str, after: str, *, number: int = 1) -> Citation:
    text = f"{before}{short}{after}"
    start = len(before)
    article = Article.of("A title", text)
    return Citation(article, Span(0, len(text)), Span(start, start + len(short)), number=number)


def links(markdown: str) -> list[tuple[str, str]]:
    """Return the address and the tooltip of each link."""
    tokens = MARKDOWN.parseInline(markdown.replace("\n", " "))[0].children or []
    found = [token for token in tokens if token.type == "link_open"]
    return [(str(token.attrs["href"]), str(token.attrs["title"])) for token in found]


def tokens_and_text(markdown: str) -> tuple[set[str], str]:
    """Return the kinds of tokens that some Markdown has, and the text it shows."""
    tokens = MARKDOWN.parse(markdown)
    inner = [child for token in tokens for child in token.children or []]
    kinds = {token.type for token in (*tokens, *inner)}
    return kinds, "".join(token.content for token in inner)


def one_line(text: str) -> str:
    return re.sub(r"[ \t\n\r\f\v]+", " ", text.strip())


# The panel


@given(filled, undrawn)
@example(HOSTILE, HOSTILE)
def test_the_panel_shows_the_text_of_the_article(title: str, text: str) -> None:
    article = Article.of(title, text)
    page = Page(render_source([whole_article(article)], whole_article(article)))
    assert page.of("p", "mark") == "".join(block.of(text) for block in blocks(text))
    assert page.of("h2") == title


@given(filled, filled, filled)
@example(HOSTILE, HOSTILE, HOSTILE)
@example("T", f"https://a.invalid/{HOSTILE}", "x")
@example("T", "https://a.invalid/'onclick='x()", "x")
def test_no_tag_or_attribute_comes_from_a_text(title: str, heading: str, text: str) -> None:
    section = Section((heading,), Span(0, len(text)))
    origin = Origin(date=heading, author=title, url=heading)
    place = whole_article(Article.of(title, text, sections=(section,), origin=origin))
    page = Page(render_source([place], place) + render_all_sources([place, place], place))
    assert {tag for tag, _ in page.seen} <= TAGS
    assert {name for _, attributes in page.seen for name in attributes} <= ATTRIBUTES


TRAM = Article.of(
    "Tram",
    "It runs. It stops.",
    origin=Origin("1911-04-05", "Agnes & Tomas", "https://a.invalid/?a=1&b=2"),
)


def test_the_source_says_where_it_comes_from_and_leads_to_its_words_there() -> None:
    place = Location(TRAM, Span(9, 18), kind=LocationKind.CITE)
    page = Page(render_source([place], place))
    assert "Agnes & Tomas, 5 April 1911 · Open the original" in page.of("p", "span", "a")
    (link,) = (attributes for tag, attributes in page.seen if tag == "a")
    assert link["href"] == "https://a.invalid/?a=1&b=2#:~:text=It%20stops."
    assert (link["target"], link["rel"]) == ("_blank", "noopener noreferrer")


def test_of_an_article_that_is_only_read_nothing_is_lit_there() -> None:
    place = Location(TRAM, Span(0, 1), kind=LocationKind.READ)
    links = [seen for tag, seen in Page(render_source([place], place)).seen if tag == "a"]
    assert [link["href"] for link in links] == ["https://a.invalid/?a=1&b=2"]


def test_what_is_no_address_of_the_web_leads_nowhere() -> None:
    article = Article.of("Tram", "It runs.", origin=Origin(url="javascript:X.push(1)"))
    page = Page(render_source([whole_article(article)], whole_article(article)))
    assert "a" not in {tag for tag, _ in page.seen}
    assert "javascript:X.push(1)" in page.of("span")


def test_an_article_that_comes_from_nowhere_says_nothing_of_it() -> None:
    article = Article.of("Tram", "It runs.")
    assert "origin" not in render_source([whole_article(article)], whole_article(article))


@given(undrawn, st.data())
def test_what_is_lit_is_what_was_quoted(text: str, data: st.DataObject) -> None:
    ends = st.lists(st.integers(0, len(text)), min_size=2, max_size=2, unique=True).map(sorted)
    spans = [Span(*data.draw(ends)) for _ in range(data.draw(st.integers(1, 4)))]
    article = Article.of("A title", text)
    lit = [Location(article, span, kind=LocationKind.CITE) for span in spans]
    page = Page(render_source(lit, lit[0]))
    letters = set().union(*(range(span.start, span.end) for span in spans))
    within = [n for block in blocks(text) for n in range(block.start, block.end)]
    assert page.of("mark") == "".join(text[n] for n in within if n in letters)


heads = st.from_regex(r"[A-Z][a-z]{1,6}( \([a-z]{2}\))?", fullmatch=True)
words_of_cells = st.from_regex(r"[a-z0-9<&*]{1,6}", fullmatch=True)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Draw a table with heads: a row names itself, and may lack what is in the middle.

    The first lacks nothing: where no row has two columns both, their order is not to be known.
    """
    named = draw(st.lists(heads, min_size=3, max_size=5, unique=True))
    middle = [st.just("") | words_of_cells] * (len(named) - 2)
    row = st.tuples(words_of_cells, *middle, words_of_cells).filter(lambda r: len({*r}) > 1)
    full_row = st.tuples(*[words_of_cells] * len(named)).filter(lambda r: len({*r}) > 1)
    rows = draw(st.lists(row, max_size=4))
    return Table.of([named, draw(full_row), *rows], heads=1)


def article_with_table(table: Table) -> Article:
    """Return an article with a table between two paragraphs, as it is read."""
    text = "\n\n".join(["Before it.", *table.lines(), "After it."])
    return Article.of("A title", text)


@given(tables())
@example(Table.of([["Part", "Weight (kg)", "Price"], ["D4", "", "99"], ["E5", "12", "1"]]))
def test_a_table_is_drawn_with_its_heads_and_all_its_cells(table: Table) -> None:
    article = article_with_table(table)
    place = Location(article, Span(0, 1), kind=LocationKind.READ)
    page = Page(render_source([place], place))
    cells = [data for tag, data in page.texts if tag in {"th", "td"}]
    names, *rows = table.rows
    columns = [name for n, name in enumerate(names) if any(row[n] for row in rows)]
    assert cells == [*columns, *(cell for row in rows for cell in row if cell)]
    assert page.of("p") == "Before it.After it."


@given(tables(), st.data())
def test_of_a_table_the_quoted_row_is_lit_and_the_cell_that_answers_is_bold(
    table: Table, data: st.DataObject
) -> None:
    article = article_with_table(table)
    (read,) = tables_in(article, article.sections[0])
    row = data.draw(st.sampled_from(read.rows))
    cell = data.draw(st.sampled_from(row.every))
    citation = Citation(article, row.span, cell.span, number=1)
    page = Page(render_source([Location.of_citation(citation)], Location.of_citation(citation)))
    assert page.of("mark", "b") == "".join(each.text for each in row.every)
    assert page.of("b") == cell.text


@given(tables(), st.data())
def test_rows_are_quoted_under_their_heads(table: Table, data: st.DataObject) -> None:
    article = article_with_table(table)
    (read,) = tables_in(article, article.sections[0])
    rows = data.draw(st.lists(st.sampled_from(read.rows), min_size=1, unique_by=id))
    cell = data.draw(st.sampled_from(rows[0].every))
    citations = [Citation(article, rows[0].span, cell.span, number=1)]
    citations += [Citation(article, row.span, number=n) for n, row in enumerate(rows[1:], 2)]
    answer = replace(answer_of(*citations), confidence=0.3)
    kinds, content = tokens_and_text(render_answer(answer))
    assert {"table_open", "th_open", "td_open"} <= kinds
    said = "".join(
        "".join(
            each.text if each is not cell else f"<strong>{each.text}</strong>"
            for each in row.every[:1]
        )
        + f"\u00a0{number}"
        + "".join(
            each.text if each is not cell else f"<strong>{each.text}</strong>"
            for each in row.every[1:]
        )
        for number, row in enumerate(rows, 1)
    )
    assert content.endswith(said)


@pytest.mark.parametrize("sign", ["-", "*", "•", "1.", "12)"])
@given(st.from_regex(r"[a-z<*][a-z ]*[a-z]", fullmatch=True))
def test_an_item_that_is_quoted_has_a_bullet_or_its_number(sign: str, said: str) -> None:
    article = Article.of("Title", f"{sign} {said}")
    answer = answer_quoting(article, Span(0, len(article.text)))
    (statement,) = answer.statements
    items = replace(answer, statements=(replace(statement, is_item=True),))
    kinds, content = tokens_and_text(render_answer(items))
    assert "bullet_list_open" in kinds
    bullet = f"{sign} " if sign[0].isdigit() else DISC
    assert content == f"{bullet}{one_line(said)}{NO_BREAK}1"


def test_that_more_was_left_out_is_said_below_what_is_quoted() -> None:
    answer = replace(answer_quoting(Article.of("Title", "One."), Span(0, 4)), note="… 3 more")
    assert render_answer(answer).split("\n\n")[-1] == "*… 3 more*"


def test_the_chosen_sentence_is_lit_more_than_the_others() -> None:
    article = Article.of("Title", "One is here. Two is there.")
    one, two = (
        Location(article, Span(0, 12), kind=LocationKind.CITE),
        Location(article, Span(13, 26), kind=LocationKind.CITE),
    )
    html = render_source([one, two], two)
    assert "<mark data-ends='1'>One is here.</mark> <mark class='on' data-ends='2'>Two" in html


@given(quotations())
@example(quotation("It costs ", "<b>$3</b> & more", "."))
def test_the_short_answer_is_bold_and_the_text_is_that_of_the_article(
    citation: Citation,
) -> None:
    place = Location.of_citation(citation)
    page = Page(render_source([place], place))
    article, short = citation.article, citation.short
    assert short
    letters = {n for block in blocks(article.text) for n in range(block.start, block.end)}
    assert page.of("p", "mark", "b") == "".join(article.text[n] for n in sorted(letters))
    bold = letters & {*range(short.start, short.end)}
    assert page.of("b") == "".join(article.text[n] for n in sorted(bold))
    assert {tag for tag, _ in page.seen} <= TAGS


def test_the_bold_words_are_within_one_light() -> None:
    place = Location.of_citation(quotation("It opened in ", "1912", "."))
    html = render_source([place], place)
    assert "<mark class='on' data-ends='1'>It opened in <b>1912</b>.</mark>" in html


def test_a_heading_that_is_quoted_is_lit() -> None:
    text = "1911: the storm\n\nIt destroyed the harbour."
    section = Section(("1911: the storm",), Span(17, len(text)))
    article = Article.of("Title", text, sections=(section,))
    place = Location(article, Span(0, 15), Span(0, 4), kind=LocationKind.CITE)
    html = render_source([place], place)
    lit = "<mark class='on' data-ends='1'><b>1911</b>: the storm</mark>"
    assert f"<h3 dir='auto'>{lit}</h3>" in html


def test_a_heading_stands_once_above_all_that_is_under_it() -> None:
    paths = [("Part",), ("Part", "One"), ("Part", "Two"), ("Other", "Two")]
    sections = tuple(Section(path, Span(2 * n, 2 * n + 1)) for n, path in enumerate(paths))
    article = Article.of("Title", "a b c d", sections=sections)
    page = Page(render_source([whole_article(article)], whole_article(article)))
    headings = [(tag, text) for tag, text in page.texts if re.fullmatch("h[3-6]", tag)]
    assert headings == [
        ("h3", "Part"),
        ("h4", "One"),
        ("h4", "Two"),
        ("h3", "Other"),
        ("h4", "Two"),
    ]


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 9)), min_size=1, unique=True))
def test_all_quotations_are_listed_article_by_article(given: list[tuple[str, int]]) -> None:
    known = {name: Article.of(name, f"{HOSTILE}: {name}, 0123456789") for name in "ab"}
    places = [
        Location(known[name], Span(at, at + 5), kind=LocationKind.CITE) for name, at in given
    ]
    page = Page(render_all_sources(places, places[-1]))
    buttons = [seen for tag, seen in page.seen if tag == "button" and "aria-label" not in seen]
    anchors = [seen["data-place"] for seen in buttons if "data-every" not in seen]
    order = list(dict.fromkeys(name for name, _ in given))
    grouped = sorted(places, key=lambda place: order.index(place.article.title))
    assert anchors == [place.anchor for place in grouped]
    assert [text for tag, text in page.texts if tag == "h2"] == order


def test_a_section_is_named_once_above_its_quotations() -> None:
    sections = (Section(("A",), Span(0, 5)), Section(("B", "C"), Span(6, 8)))
    article = Article.of("Title", "a. b. c.", sections=sections)
    places = [
        Location(article, Span(start, start + 2), kind=LocationKind.CITE) for start in (0, 3, 6)
    ]
    page = Page(render_all_sources(places, places[0]))
    assert [text for tag, text in page.texts if tag == "i"] == ["A", "B › C"]


@pytest.mark.parametrize("at", range(3))
def test_the_ways_lead_to_the_quotations_beside(at: int) -> None:
    article = Article.of("Title", "a. b. c.")
    places = [
        Location(article, Span(start, start + 2), kind=LocationKind.CITE) for start in (0, 3, 6)
    ]
    page = Page(render_source(places, places[at]))
    steps = [seen for _, seen in page.seen if (seen.get("class") or "").startswith("step")]
    beside = [max(at - 1, 0), min(at + 1, 2)]
    assert [step["data-place"] for step in steps] == [places[n].anchor for n in beside]
    assert [step["aria-disabled"] == "true" for step in steps] == [at == 0, at == 2]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The tram runs along the quay, and it is white.", "en"),
        ("Die Straßenbahn fährt am Kai entlang, und sie ist weiß.", "de"),
        ("17 × 4", "en"),
    ],
)
def test_an_article_is_read_aloud_in_its_language(text: str, language: str) -> None:
    place = whole_article(Article.of("Title", text))
    (article,) = (
        seen for tag, seen in Page(render_source([place], place)).seen if tag == "article"
    )
    assert article["lang"] == language


def test_one_quotation_has_no_way_to_another() -> None:
    place = whole_article(Article.of("Title", "One."))
    assert "step" not in render_source([place], place)


def test_a_near_section_does_not_claim_to_answer() -> None:
    article = Article.of("Title", "One is here.")
    near = Location(article, Span(0, 12), kind=LocationKind.NEAR)
    html = render_source([near], near)
    assert "no answer" in html
    assert "class='source near'" in html
    assert "pill" not in html


# What a client may send


def test_an_anchor_leads_back_to_its_place() -> None:
    article = Article.of("Title", "One is here.")
    for kind, short in product(LocationKind, [None, Span(4, 6), Span(5, 6)]):
        place = Location(article, Span(4, 6), short, kind=kind)
        assert find_locations([place.anchor, place.anchor], {article.id: article}) == (place,)


@given(st.none() | st.integers() | signs | st.lists(signs) | st.dictionaries(signs, signs))
@example("cite-{id}.0-99")
@example("cite-{id}.0-5.4-6")
@example("cite-{id}.0-5.2-2")
@example("cite-{id}.0-5.")
@example("cite-{id}.0-5.1-2.1-2")
@example("cite-{id}.5-5")
@example("cite-{id}.6-5")
@example("cite-{id}.-1-5")
@example("cite-{id}.0-1234567890")
@example("cite-{id}.٠-٥")
@example("cite-{id}.0-5\n")
@example(" cite-{id}.0-5")
@example("Cite-{id}.0-5")
@example("cite-000000000000.0-5")
@example("cite-../../etc/pass.0-5")
@example("cite-{id}.0-5'onclick='x()")
def test_whatever_else_is_sent_is_ignored(sent: Any) -> None:
    article = Article.of("Title", "One is here.")
    if isinstance(sent, str):
        sent = sent.replace("{id}", article.id)
    assert find_locations([sent], {article.id: article}) == ()


# The Markdown


@given(signs)
@example(HOSTILE)
@example("1. one")
@example("123456789) one")
@example("- one")
@example("# one #")
@example("| a | b |\n|---|---|")
@example("Title\n===")
@example("    code")
@example("![alt](x)")
@example("[a]: http://a.invalid")
def test_inert_markdown_shows_the_very_text(text: str) -> None:
    kinds, content = tokens_and_text(escape_markdown(text))
    assert kinds <= INERT
    assert content == one_line(text)


@given(signs)
@example(HOSTILE)
def test_no_address_is_left_for_an_autolink(text: str) -> None:
    assert not re.search(r"www\.|(?<!\\)(://|@)", escape_markdown(text), re.IGNORECASE)


@given(filled)
@example(HOSTILE)
def test_an_aside_shows_its_text(text: str) -> None:
    kinds, content = tokens_and_text(aside(text))
    assert content == one_line(text)
    assert "em_open" in kinds
    assert "link_open" not in kinds


@given(filled, filled)
@example(HOSTILE, HOSTILE)
def test_trouble_shows_the_problem_and_the_hint(problem: str, hint: str) -> None:
    kinds, content = tokens_and_text(error_note(QAError(problem, hint=hint)))
    assert content == one_line(problem) + one_line(hint)
    assert {"link_open", "html_inline", "html_block", "bullet_list_open"}.isdisjoint(kinds)


@given(filled, filled)
@example(HOSTILE, HOSTILE)
def test_the_only_links_of_an_answer_are_its_marks(title: str, text: str) -> None:
    article = Article.of(title, text)
    spans = (Span(0, 1), Span(0, len(text)))
    found = links(render_answer(answer_quoting(article, *spans)))
    anchors = [f"#cite-{article.id}.{span.start}-{span.end}" for span in spans]
    assert found == [(anchor, one_line(title)) for anchor in anchors]


@given(quotations())
@example(quotation("It costs (", "<i>$3</i>", "), *really*."))
@example(quotation("http:", "//a.invalid", " www.a.invalid"))
@example(quotation("", "1. one", ". - two"))
@example(quotation("&", "amp", ";"))
@example(quotation("a\\", "*b*", "\\"))
def test_the_short_answer_is_bold_whatever_it_stands_beside(citation: Citation) -> None:
    said, _, _ = render_answer(answer_of(citation)).split("\n\n")[-1].rpartition("\u00a0[1](#")
    kinds, content = tokens_and_text(said)
    assert kinds <= {*INERT, "html_inline"}
    before, bold, after = re.split("</?strong>", content)
    assert one_line(bold) == one_line(citation.short_answer)
    assert one_line(before + bold + after) == one_line(citation.quote)


@given(quotations(), st.floats(0, 1))
@example(quotation("It costs ", "<i>$3</i>", "."), 1.0)
@example(quotation("", "1. one", " - two"), 1.0)
@example(quotation("", "All of it.", ""), 1.0)
@example(quotation("It is ", "w" * MAX_LEAD, "."), 1.0)
@example(quotation("It is ", "w" * (MAX_LEAD + 1), "."), 1.0)
def test_a_likely_short_answer_is_said_first(citation: Citation, sure: float) -> None:
    answer = replace(answer_of(citation), confidence=sure)
    lead, *others = render_answer(answer).split("\n\n")
    led = others and lead.startswith("<strong class='lead'>")
    short = citation.short_answer
    assert bool(led) == (
        sure >= EVEN and len(short) <= MAX_LEAD and citation.short != citation.span
    )
    if led:
        kinds, content = tokens_and_text(lead)
        assert kinds <= {*INERT, "html_inline"}
        assert one_line(re.sub("^<strong class='lead'>|</strong>$", "", content)) == one_line(
            short
        )


def plain_markdown(markdown: str) -> str:
    """Return Markdown with its tags and addresses made short."""
    plain_links = re.sub(r"\(#.*?\)", "", markdown).replace("\u00a0", " ")
    return re.sub("</?small>", "_", re.sub("</?strong>", "**", plain_links))


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        ("30 41", ["_A title_ **30** [1]", "_A title_ **41** [2]"]),
        ("30 41 30", ["_A title_ **30** [1] [3]", "_A title_ **41** [2]"]),
        ("3* <4>", [r"_A title_ **3\*** [1]", r"_A title_ **\<4\>** [2]"]),
    ],
)
def test_values_that_contradict_each_other_stand_side_by_side(
    said: str, lines: list[str]
) -> None:
    citations = [quotation("It had ", s, ".", number=n) for n, s in enumerate(said.split(), 1)]
    rivals = tuple(citation.number for citation in citations)
    first, beside, *_ = render_answer(answer_of(*citations, rivals=rivals)).split("\n\n")
    assert first == "*The articles disagree:*"
    assert plain_markdown(beside).split("\n") == [f"- {line}" for line in lines]


@pytest.mark.parametrize(
    ("date", "written"),
    [("2024-12-16", "16 December 2024"), ("Michaelmas 1911", "Michaelmas 1911"), ("", "")],
)
def test_each_contradicting_value_names_its_article_and_its_date(
    date: str, written: str
) -> None:
    sides = [
        Article.of("A <report>", "It had 30.", origin=Origin(date)),
        Article.of("Another", "It had 41."),
    ]
    citations = [
        Citation(article, Span(0, 10), Span(7, 9), number=number)
        for number, article in enumerate(sides, 1)
    ]
    markdown = render_answer(answer_of(*citations, rivals=(1, 2)))
    name = " · ".join(filter(None, [r"A \<report\>", written]))
    assert f"- _{name}_ **30** [1]\n- _Another_ **41** [2]" in plain_markdown(markdown)


def test_of_several_questions_each_says_what_became_of_it() -> None:
    one, other = quotation("It had ", "30", " bells."), quotation("It rang in ", "1911", ".")
    parts = (answer_of(one), answer_of(other), Answer("Who?", "Who?", reason="They don't say."))
    both = answer_of(one, replace(other, number=2))
    markdown = render_answer(replace(both, intent=Intent.COMPOUND, parts=parts))
    beside, *_ = markdown.split("\n\n")
    assert plain_markdown(beside).split("\n") == [
        "- _Why?_ **30** [1]",
        "- _Why?_ **1911** [2]",
        "- _Who?_ *They don't say.*",
    ]


def test_what_is_compared_says_which_is_more_and_shows_the_values() -> None:
    one, other = quotation("It has ", "30", " bells."), quotation("It has ", "41", " bells.")
    both = answer_of(one, replace(other, number=2))
    compared = Comparison((("the tower", "30"), ("the *dome*", "41")), "the *dome* has more")
    answer = replace(
        both,
        intent=Intent.COMPOUND,
        parts=(answer_of(one), answer_of(other)),
        comparison=compared,
    )
    lead, beside, *_ = render_answer(answer).split("\n\n")
    assert lead == r"<strong class='lead'>the \*dome\* has more</strong>"
    assert plain_markdown(beside).split("\n") == [
        "- _the tower_ **30** [1]",
        r"- _the \*dome\*_ **41** [2]",
    ]


@pytest.mark.parametrize("intent", [Intent.MENTIONS, Intent.DATES])
def test_what_was_counted_stands_above_a_list_and_no_value_of_it_does(intent: Intent) -> None:
    listed = answer_of(quotation("It had ", "30", " bells."))
    answer = replace(listed, confidence=1.0, intent=intent, note="1 article mentions “bells”")
    first, second = render_answer(answer).split("\n\n")
    assert first == "*1 article mentions “bells”*"
    assert second.startswith("It had <strong>30</strong>")
    german = render_answer(answer, LANGUAGES["de"])
    assert german.startswith("*1 Artikel erwähnt „bells“*")


def test_a_corrected_slip_is_told() -> None:
    answer = replace(
        answer_of(quotation("It had ", "30", " bells.")),
        question="How many bels?",
        asked="How many bells?",
        corrections=(Correction("bels", "bells"),),
    )
    first, second, *_ = render_answer(answer).split("\n\n")
    assert first == "*Searched for “bells”, not “bels”.*"
    assert "Read as" not in second


@pytest.mark.parametrize(("confidence", "doubtful"), [(0.0, True), (0.999, False)])
def test_what_a_balanced_reader_would_not_say_is_called_doubtful(
    confidence: float, doubtful: bool
) -> None:
    answer = replace(
        answer_quoting(Article.of("Title", "One."), Span(0, 4)), confidence=confidence
    )
    assert render_answer(answer).startswith("*This may not be the answer:*\n\n") == doubtful


def test_statements_of_one_section_are_one_paragraph() -> None:
    sections = (Section(("A",), Span(0, 5)), Section(("B",), Span(6, 8)))
    article = Article.of("Title", "a. b. c.", sections=sections)
    markdown = render_answer(answer_quoting(article, Span(0, 2), Span(3, 5), Span(6, 8)))
    paragraphs = [re.sub(r"\(.*?\)", "", part) for part in markdown.split("\n\n")]
    assert paragraphs == ["a.\u00a0[1] b.\u00a0[2]", "c.\u00a0[3]"]


def abstention(*spans: Span) -> Answer:
    article = Article.of("Title", "One is here. Two is there.")
    hits = tuple(Hit(Passage(n, article, span), 1.0) for n, span in enumerate(spans))
    return Answer("Why?", "Why?", hits=hits, reason="They don't say: *why*.")


def test_a_refusal_is_an_aside_with_links_that_are_no_marks() -> None:
    answer = abstention(Span(0, 12))
    id_ = answer.hits[0].passage.article.id
    reason, near, link = render_answer(answer).split("\n\n")
    assert reason == "*They don't say: \\*why\\*.*"
    assert (near, link) == ("Nearest sections:", f'- [Title](#near-{id_}.0-12 "Title")')


def test_a_near_section_names_its_article() -> None:
    section = Section(("Part", "Deep *er*"), Span(0, 4))
    article = Article.of("A <title>", "One.", sections=(section,))
    hit = Hit(Passage(0, article, Span(0, 4)), 1.0)
    *_, link = render_answer(Answer("Why?", "Why?", hits=(hit,), reason="No.")).split("\n\n")
    assert tokens_and_text(link)[1] == "Deep *er* · A <title>"


@pytest.mark.parametrize("mark", ["\u202e", "\u2067", "\u202a"])
def test_what_turns_text_around_turns_only_itself(mark: str) -> None:
    answer = answer_quoting(Article.of("Title", f"It {mark}stops."), Span(0, 10))
    assert f"<bdi>It {mark}stops.</bdi>\u00a0[1]" in render_answer(answer)
    assert "<bdi>" not in render_answer(
        answer_quoting(Article.of("Title", "It stops."), Span(0, 9))
    )


def test_a_refusal_with_nothing_near_is_only_its_reason() -> None:
    assert render_answer(abstention()) == "*They don't say: \\*why\\*.*"


@pytest.mark.parametrize("has_answer", [True, False])
def test_a_question_that_was_read_otherwise_says_so(has_answer: bool) -> None:
    article = Article.of("Title", "One.")
    said = (
        answer_quoting(article, Span(0, 4))
        if has_answer
        else Answer("Why?", "Why?", reason="No.")
    )
    answer = replace(said, asked="And it? (Hama)")
    assert render_answer(answer).startswith("*Read as: And it? (Hama)*\n\n")
