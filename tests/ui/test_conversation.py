"""What is kept, shared and told of an answer is that answer, and nothing it says is obeyed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from playwright.sync_api import Locator, Page, expect

from qa.answers import Answer, Citation, Intent, Statement
from qa.assistant import Assistant
from qa.origin import Origin
from qa.settings import STANCES
from qa.trace import STAGES, Trace
from qa.types import Article, Hit, Passage, Section, Span
from qa.ui.components import chat
from qa.ui.components.chat import Mode, PendingQuestion
from qa.ui.components.export import export_json
from qa.ui.components.source import source_html
from qa.ui.i18n.strings import ENGLISH
from qa.ui.rendering.controls import answer_links
from qa.ui.rendering.details import (
    RANKINGS,
    SURE,
    certainty_badge,
    certainty_word,
    render_details,
)
from qa.ui.rendering.export import export, verify_quotations
from qa.ui.rendering.replies import replay, retry, stream_reply
from qa.ui.rendering.source import missing_source
from qa.ui.session.conversation import (
    Conversation,
    Exchange,
    StoredQuestion,
    from_storage,
    to_storage,
)
from qa.ui.session.provider import AssistantProvider
from qa.ui.session.uploads import VisitorLibrary
from tests.pages import (
    HEADING,
    SENTENCES,
    WORD,
    WORD_QUESTION,
    Open,
    WordReader,
    ask,
    assistant,
    bag,
    serve,
)

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
TEXT = {"text", "text_special", "inline"}
HOSTILE = (
    """<b>x</b> [1](#cite-0) | `c` $$x$$ &amp; *s* __u__ ~~g~~ http://a.invalid a@a.invalid"""
)
signs = st.text(st.sampled_from("*_`[]()<>!#+-=.:/|~\\\"'&;$@{}^ \n1aw"), min_size=1)
filled = signs.filter(lambda text: bool(text.strip()))
scores = st.dictionaries(st.sampled_from(RANKINGS), st.sampled_from([0.0, 0.5, 0.9]))
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=4), inner),
)


def one_line(text: str) -> str:
    return re.sub(r"[ \t\n\r\f\v]+", " ", text).strip()


def token_kinds(markdown: str) -> set[str]:
    tokens = MARKDOWN.parse(markdown)
    return {t.type for token in tokens for t in [token, *(token.children or [])]}


def texts(markdown: str) -> list[str]:
    """Return what a reader sees of each block of text."""
    inline = [token.children or [] for token in MARKDOWN.parse(markdown) if token.children]
    return [
        "".join("\n" if "break" in child.type else child.content for child in children)
        for children in inline
    ]


def quoting_answer(title: str, said: str, question: str = "Why?") -> Answer:
    """Return an answer that quotes the whole of an article."""
    article = Article.of(title, said)
    citation = Citation(article, Span(0, len(said)), number=1)
    hit = Hit(Passage(0, article, citation.span), 1.0)
    return Answer(question, question, (Statement(said, (1,)),), (citation,), (hit,), 1.0)


def articles(*answers: Answer) -> dict[str, Article]:
    return {c.article.id: c.article for answer in answers for c in answer.citations}


def conversation_of(provider: AssistantProvider, *questions: str) -> Conversation:
    turns: Conversation = ()
    for question in questions:
        *_, reply = stream_reply(provider, question, turns)
        turns = reply.conversation
    return turns


# How it was found


@given(st.floats(0, 1), st.sampled_from([None, *STANCES]))
def test_what_is_found_is_what_is_answered(
    bells: Assistant, sure: float, stance: str | None
) -> None:
    one = Assistant(bells.index, settings=bells.settings, reader=WordReader(sure=sure))
    before = [Exchange(WORD_QUESTION, one.ask(WORD_QUESTION)).turn]
    shown = list(one.steps(" And where is it? ", history=before, stance=stance))
    trace = one.trace(" And where is it? ", history=before, stance=stance)
    assert shown == [trace.answer.hits] == [trace.search.hits]
    assert trace.answer == one.ask("And where is it?", history=before, stance=stance)
    assert trace.evidence == one.pipeline.read(trace.answer.asked, trace.answer.hits)


@given(st.floats(0, 1))
@example(SURE)
@example(0.35)
def test_sure_is_said_of_what_is_nearly_certain_alone(chance: float) -> None:
    word = certainty_word(chance)
    assert (word == ENGLISH.sure) == (chance >= SURE)
    assert (word in {ENGLISH.sure, ENGLISH.likely}) == (chance >= STANCES["balanced"])
    assert (word == ENGLISH.unlikely) == (chance < STANCES["eager"])


@given(st.lists(scores, min_size=1, max_size=6))
def test_a_rank_counts_the_passages_before_it(stages: list[dict[str, float]]) -> None:
    sections = tuple(Section((str(n),), Span(n, n + 1)) for n in range(len(stages)))
    article = Article.of("Title", "x" * len(stages), sections=sections)
    hits = tuple(
        Hit(Passage(n, article, section.span), 0.0, seen)
        for n, (section, seen) in enumerate(zip(sections, stages, strict=True))
    )
    answer = Answer("Why?", "Why?", hits=hits, reason="No.")
    rows = [line.split(" | ") for line in render_details(Trace(answer)).split("\n")[6:]]
    for number, seen in enumerate(stages):
        name, *ranks, best = rows[number]
        assert (name, best) == (f"| {number}", f"{ENGLISH.unread} |")
        for stage, rank in zip(RANKINGS, ranks, strict=True):
            before = [
                n
                for n, other in enumerate(stages)
                if (-other.get(stage, -1.0), n) < (-seen.get(stage, -1.0), number)
            ]
            assert rank == (str(len(before) + 1) if stage in seen else "–")


@given(filled, filled)
@example(HOSTILE, HOSTILE)
def test_the_fold_shows_what_it_tells_and_obeys_nothing(title: str, question: str) -> None:
    seconds = dict.fromkeys(STAGES, 0.0015)
    folded = render_details(Trace(quoting_answer(title, "One.", question), seconds=seconds))
    tags = [t.content.strip() for t in MARKDOWN.parse(folded) if t.type == "html_block"]
    assert tags == [f"<details><summary>{ENGLISH.details}</summary>", "</details>"]
    inline = [t for token in MARKDOWN.parse(folded) for t in token.children or []]
    assert {t.type for t in inline} <= TEXT
    asked, *cells, times = texts(folded)
    assert asked == one_line(f"Searched for: {question}")
    assert one_line(title) in cells
    assert times == "Understood in 2 ms, searched in 2 ms, read in 2 ms, answered in 2 ms."


# What the browser remembers


def test_the_browser_remembers_questions_and_no_answers(provider: AssistantProvider) -> None:
    turns = conversation_of(provider, WORD_QUESTION, "And why is it so?")
    sent = json.loads(json.dumps(to_storage(turns)))
    assert from_storage(sent) == tuple(
        StoredQuestion(t.question, t.stance, t.key, t.own) for t in turns
    )
    assert SENTENCES[0] not in str(sent)


@given(anything)
@example([["Why?", None]])
@example([["Why?", "bold", "0", "0"], ["Why?", None, "0", True], ["Why?", None, "0"]])
def test_what_the_browser_sends_may_be_anything(sent: Any) -> None:
    for asked in from_storage(sent):
        assert isinstance(asked.question, str)
        assert isinstance(asked.stance, str | None)


@pytest.mark.parametrize("own", [True, False])
def test_what_was_stored_before_slips_were_corrected_is_still_read(own: bool) -> None:
    assert from_storage([["Why?", None, "k", own]]) == (StoredQuestion("Why?", None, "k", own),)


def test_a_question_can_be_taken_as_it_was_typed_and_stays_so(tmp_path: Path) -> None:
    settings = bag(tmp_path)
    kept = "The treasurer keeps the ledger. Every evening the ledger is locked away."
    (tmp_path / "articles" / "money.txt").write_text(f"Money\n\n{kept}", "utf-8")
    provider = AssistantProvider.of(assistant(settings, WordReader("treasurer")))
    *_, corrected = stream_reply(provider, "Who is the tresurer?", ())
    assert [c.used for c in corrected.conversation[-1].answer.corrections] == ["treasurer"]
    options = [each["value"] for each in chat._options(corrected, ENGLISH)]
    assert Mode.EXACT in options
    *_, exact = chat._replies(
        provider,
        PendingQuestion(mode=Mode.EXACT),
        corrected.conversation,
        None,
        library=VisitorLibrary(),
        strings=ENGLISH,
    )
    (exchange,) = exact.conversation
    assert (exchange.answer.corrections, exchange.is_exact) == ((), True)
    (question,) = from_storage(to_storage(exact.conversation))
    *_, again = replay(provider, question, ())
    assert again.conversation == exact.conversation
    *_, retried = retry(provider, exact.conversation, None)
    assert retried.conversation == exact.conversation


def test_what_is_no_question_gets_a_reply_that_nobody_judges(
    provider: AssistantProvider,
) -> None:
    *_, hello = stream_reply(provider, "Hello", ())
    assert hello.conversation[-1].answer.intent is Intent.GREETING
    assert "#up-" not in hello.footer
    assert [each["label"] for each in chat._options(hello, ENGLISH)] == [
        *hello.conversation[-1].answer.choices
    ]


def test_a_talk_is_resumed_as_it_was(provider: AssistantProvider) -> None:
    turns = conversation_of(provider, "What rings in Hama?", "And why is it so?")
    anew: Conversation = ()
    for asked in from_storage(to_storage(turns)):
        *_, reply = replay(provider, asked, anew)
        assert ENGLISH.answer_change not in reply.text
        anew = reply.conversation
    assert anew == turns
    assert anew[-1].answer.asked == "Why is Hama so?"


def test_an_answer_that_has_changed_says_so(
    provider: AssistantProvider, bells: Assistant
) -> None:
    (asked,) = from_storage(to_storage(conversation_of(provider, WORD_QUESTION)))
    silent = Assistant(bells.index, settings=bells.settings, reader=WordReader("zebra"))
    *_, reply = replay(AssistantProvider(lambda: silent), asked, ())
    assert reply.text.startswith(f"*{ENGLISH.answer_change}*\n\n")


@pytest.mark.parametrize("question", [WORD_QUESTION, WORD, "Hello"])
@pytest.mark.parametrize("stance", ["bold", "7", ""])
def test_a_remembered_stance_that_is_none_is_refused(
    provider: AssistantProvider, stance: str, question: str
) -> None:
    *_, reply = replay(provider, StoredQuestion(question, stance), ())
    assert reply.text.startswith("> No such stance")
    assert reply.conversation == ()


def test_a_source_that_is_no_longer_here_says_so(provider: AssistantProvider) -> None:
    (article,) = provider.assistant().index.articles.values()
    end = len(article.text)
    for anchor in ("cite-0123456789ab.0-9", f"near-{article.id}.0-{end + 1}"):
        assert source_html(provider, {"place": anchor}) == missing_source()


# What is taken away


@given(signs)
@example(f"{HOSTILE}\"'?&q=%00 ü")
def test_the_link_asks_the_very_question(question: str) -> None:
    links = re.findall(
        r"href='([^']*)'", answer_links(Exchange(question, quoting_answer("Title", "One.")))
    )
    assert re.fullmatch(r"#copy-[0-9a-f]{16}", links[0])
    assert parse_qs(urlsplit(links[1]).query, keep_blank_values=True) == {"q": [question]}
    assert re.fullmatch(r"\?q=[\w.~%-]+", links[1])


@given(filled, filled, filled)
@example(HOSTILE, HOSTILE, HOSTILE)
@example("Title", "One.", "one #")
@example("Title", "1. one", "- one ##")
def test_the_markdown_is_all_text(title: str, said: str, question: str) -> None:
    markdown = export([quoting_answer(title, said, question)], "markdown")["text"]
    heading, answer, source = texts(markdown)
    assert heading == one_line(question)
    assert answer == one_line(f"{said} [1]")
    where, quote = source.split("\n")
    assert where == one_line(f"{title}, characters 0–{len(said)}") + ":"
    assert quote == f"“{one_line(said)}”"
    ordered = {"ordered_list_open", "ordered_list_close", "list_item_open", "list_item_close"}
    blocks = {"heading_open", "heading_close", "paragraph_open", "paragraph_close"}
    assert token_kinds(markdown) <= TEXT | ordered | blocks | {"hardbreak"}


@pytest.mark.parametrize(
    "url", ["https://a.invalid/x?copy=1&copy;=2", "https://a.invalid/*_<>)"]
)
def test_the_markdown_leads_to_the_original(url: str) -> None:
    article = Article.of("Bells", "One rang.", origin=Origin("1911", "Agnes *Rourke*", url))
    citation = Citation(article, Span(0, 9), number=1)
    answer = Answer("Why?", "Why?", (Statement("One rang.", (1,)),), (citation,))
    markdown = export([answer], "markdown")["text"]
    assert texts(markdown)[-1] == (
        "Bells, Agnes *Rourke*, 1911, characters 0–9:\n“One rang.” The original"
    )
    tokens = [child for t in MARKDOWN.parse(markdown) for child in t.children or []]
    assert [t.attrs["href"] for t in tokens if t.type == "link_open"] == [citation.link]


def test_the_markdown_of_an_abstention_says_why() -> None:
    abstention = Answer("It?", "It? (Hama)", reason="They don't say.")
    assert texts(export([abstention], "markdown")["text"]) == [
        "It?",
        "Read as: It? (Hama)",
        "They don't say.",
    ]


def test_the_markdown_tells_of_doubt_and_of_disagreement() -> None:
    article = Article.of("Title", "30 rang. 41 rang.")
    spans = (Span(0, 8), Span(9, 17))
    citations = tuple(
        Citation(article, span, Span(span.start, span.start + 2), number=n)
        for n, span in enumerate(spans, 1)
    )
    statements = tuple(Statement(c.quote, (c.number,)) for c in citations)
    answer = Answer("How many?", "How many?", statements, citations, rivals=(1, 2))
    assert texts(export([answer], "markdown")["text"])[1:5] == [
        "This may not be the answer:",
        "The articles disagree:",
        "Title: 30 [1]",
        "Title: 41 [2]",
    ]
    assert "• Title: 30 [1]\n\n• Title: 41 [2]" in export([answer], "copy")["text"]
    assert certainty_badge(answer) == ""
    assert certainty_badge(replace(answer, rivals=())) != ""


def test_nothing_is_claimed_by_a_list_of_what_an_article_says() -> None:
    answer = replace(quoting_answer("Title", "It rang in 1911."), confidence=1.0)
    assert certainty_badge(answer) != ""
    assert certainty_badge(replace(answer, intent=Intent.DATES)) == ""


@given(st.lists(st.tuples(filled, filled), max_size=3))
def test_the_json_is_that_of_the_answers(given: list[tuple[str, str]]) -> None:
    answers = [quoting_answer(title, said) for title, said in given]
    assert json.loads(export(answers, "json")["text"]) == [a.as_dict() for a in answers]


def test_what_the_library_holds_is_verified_and_nothing_else() -> None:
    one, other = quoting_answer("One", "Here it is."), quoting_answer("Other", "There it was.")
    assert verify_quotations(one, articles(one, other)) == one
    gone = verify_quotations(other, articles(one))
    assert (gone.reason, gone.citations, gone.hits) == (ENGLISH.article_loss, (), ())
    (held,) = articles(one)
    assert (
        verify_quotations(one, {held: other.citations[0].article}).reason
        == ENGLISH.article_loss
    )


@given(filled, filled, filled)
@example(HOSTILE, HOSTILE, HOSTILE)
def test_what_is_copied_is_plain_text_and_the_same_as_html(
    title: str, said: str, question: str
) -> None:
    copied = export([quoting_answer(title, said, question)], "copy")
    heading, answer, source = copied["text"].split("\n\n")
    assert (heading, answer) == (one_line(question), one_line(f"{said} [1]"))
    assert source.startswith("[1] ")
    assert source.endswith(f"“{one_line(said)}”")
    tags = {*re.findall(r"</?(\w+)", copied["html"])}
    assert tags <= {"h2", "p", "ol", "li", "br"}


def test_one_answer_is_copied_by_its_key(provider: AssistantProvider) -> None:
    turns = conversation_of(provider, "Which bell?", "Which bell rings?")
    for said in turns:
        sent = {"form": "markdown", "key": said.key}
        assert (
            json.loads(export_json(provider, turns, sent))["text"]
            == (export([said.answer], "markdown")["text"])
        )
    both = json.loads(json.loads(export_json(provider, turns, {"form": "json"}))["text"])
    assert [answer["question"] for answer in both] == ["Which bell?", "Which bell rings?"]
    assert "<" not in export_json(provider, turns, {"form": "markdown"})
    forgotten = export_json(provider, turns, {"form": "markdown", "key": "0" * 16})
    assert json.loads(forgotten)["text"] == ""


@given(anything)
def test_what_is_asked_to_be_saved_may_be_anything(bells: Assistant, sent: Any) -> None:
    provider = AssistantProvider(lambda: bells)
    provider.assistant()
    taken = export_json(provider, (), sent)
    assert taken == "" or not json.loads(json.loads(taken)["text"] or "[]")


# The page, in a browser


@pytest.fixture(scope="module")
def bells_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the hostile article."""
    settings = bag(tmp_path_factory.mktemp("ringing"))
    yield from serve(AssistantProvider(lambda: assistant(settings, WordReader())))


def browser_store(page: Page) -> str:
    return str(page.evaluate("JSON.stringify({...localStorage})"))


@pytest.mark.browser
def test_a_talk_survives_a_reload_and_not_a_clearing(bells_page: str, visit: Open) -> None:
    page = visit(bells_page)
    questions = [f"Which {WORD} in Hama?", f"{SENTENCES[0]} Which {WORD}?"]
    for question in questions:
        ask(page, question)
    expect(page.locator("#chat summary")).to_have_count(2)
    assert WORD not in browser_store(page)  # in clear
    page.reload()
    expect(page.locator("#chat [data-testid=user]")).to_have_text(questions, timeout=20_000)
    expect(page.locator("#chat summary")).to_have_count(2, timeout=20_000)
    expect(page.locator("#chat .bot")).not_to_contain_text([ENGLISH.answer_change] * 2)
    page.locator("#chat a[href^='#cite-']").last.click()
    expect(page.locator("#panel mark.on")).to_have_text(SENTENCES[-1])
    before = len(browser_store(page))
    page.get_by_label("Clear").click()
    expect(page.locator("#chat [data-testid=user]")).to_have_count(0)
    page.wait_for_function(
        f"JSON.stringify(Object.assign({{}}, localStorage)).length < {before}"
    )
    page.reload()
    expect(page.locator("#masthead")).to_contain_text("1 article")
    expect(page.locator("#chat [data-testid=user]")).to_have_count(0)


@pytest.mark.browser
def test_a_link_asks_its_question_once(bells_page: str, visit: Open) -> None:
    question = f"Which {WORD}? <img src=x onerror=X.push(1)> & +1%"
    link = re.findall(
        r"(\?q=[^']*)", answer_links(Exchange(question, quoting_answer("Title", "One.")))
    )[0]
    page = visit(f"{bells_page}{link}")
    expect(page.locator("#chat [data-testid=user]")).to_have_text(question, timeout=20_000)
    expect(page.locator("#chat summary")).to_have_count(1, timeout=20_000)
    page.wait_for_url(bells_page, timeout=20_000)
    expect(page.locator(f"#chat a[href='{link}']")).to_have_text("Copy link")
    page.reload()
    expect(page.locator("#chat [data-testid=user]")).to_have_text([question], timeout=20_000)


@pytest.mark.browser
def test_how_it_was_found_is_unfolded_by_the_keyboard(bells_page: str, visit: Open) -> None:
    page = visit(bells_page, width=390, height=844)
    ask(page, WORD_QUESTION)
    table = page.locator("#chat details table")
    expect(table).to_be_hidden()
    page.locator("#chat summary").press("Enter")
    expect(table).to_be_visible()
    expect(table).to_contain_text(HEADING)
    expect(table).to_contain_text("sure")
    assert page.evaluate("document.documentElement.scrollWidth") == 390


RICH = """async () => {
  const [item] = await navigator.clipboard.read();
  return (await item.getType('text/html')).text();
}"""


@pytest.mark.browser
def test_a_talk_can_be_copied_and_saved(bells_page: str, visit: Open) -> None:
    page = visit(bells_page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, WORD_QUESTION)
    status = page.locator("#export [role=status]")
    page.locator("#chat a[href^='#copy-']").press("Enter")
    expect(status).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{WORD_QUESTION}\n\n{SENTENCES[0]} [1]")
    for sentence in SENTENCES:
        assert f"“{sentence}”" in copied
    html = page.evaluate(RICH)
    assert "&lt;img src=x" in html
    assert "<h2>" in html
    for form, name in (("markdown", "conversation.md"), ("json", "conversation.json")):
        with page.expect_download() as download:
            page.locator(f"#export [data-form={form}]").press("Enter")
        assert download.value.suggested_filename == name
        text = Path(download.value.path()).read_text("utf-8")
        if form == "markdown":
            assert texts(text)[0] == WORD_QUESTION
        else:
            (answer,) = json.loads(text)
            assert [c["quote"] for c in answer["citations"]] == list(SENTENCES)
    page.get_by_text("Copy link").click()
    page.wait_for_function(
        "navigator.clipboard.readText().then((text) => text.startsWith('http://'))"
    )
    link = page.evaluate("navigator.clipboard.readText()")
    assert parse_qs(urlsplit(link).query) == {"q": [WORD_QUESTION]}


def questions(page: Page) -> Locator:
    return page.locator("#chat [data-testid=user]")


def menu(page: Page) -> Locator:
    """Open the menu of the conversations, and return those that it lists."""
    page.locator("#conversations summary").click()
    return page.locator("#conversations li .open")


@pytest.mark.browser
def test_conversations_are_begun_named_opened_and_deleted(bells_page: str, visit: Open) -> None:
    page = visit(bells_page)
    first, second = f"<b>Which</b> {WORD}?", f"Which other {WORD}?"
    ask(page, first)
    menu(page)
    page.get_by_role("button", name="New conversation").click()
    expect(questions(page)).to_have_count(0)
    expect(page.locator("#box textarea")).to_be_focused()
    ask(page, second)
    expect(menu(page)).to_have_text([second, first])
    page.get_by_label(f"Rename {first}").click()
    name = page.get_by_label("Name of the conversation")
    name.fill("<i>Bells</i>")
    name.press("Enter")
    expect(page.get_by_label("Rename <i>Bells</i>")).to_be_focused()
    page.locator("#conversations li .open", has_text="Bells").click()
    expect(questions(page)).to_have_text([first])
    expect(page.locator("#panel mark.on")).to_have_text(SENTENCES[0])
    expect(menu(page)).to_have_text([second, "<i>Bells</i>"])
    page.get_by_label("Delete <i>Bells</i>").click()
    expect(questions(page)).to_have_count(0)
    expect(menu(page)).to_have_text([second])


@pytest.mark.browser
def test_each_tab_has_a_conversation_of_its_own_also_one_that_was_duplicated(
    bells_page: str, visit: Open
) -> None:
    page = visit(bells_page)
    first = WORD_QUESTION
    ask(page, first)
    with page.expect_popup() as popup:
        page.evaluate("window.open(location.href)")
    other = popup.value
    expect(questions(other)).to_have_text([first])
    ask(page, f"Which third {WORD}?")
    ask(other, f"Which other {WORD}?")
    for each, question in ((page, f"Which third {WORD}?"), (other, f"Which other {WORD}?")):
        each.reload()
        expect(questions(each)).to_have_text([first, question])
    assert other.evaluate("window.conversations.list().length") == 2
    other.close()


@pytest.mark.browser
def test_what_was_cleared_can_be_had_back(bells_page: str, visit: Open) -> None:
    page = visit(bells_page)
    ask(page, WORD_QUESTION)
    page.get_by_label("Clear").click()
    expect(questions(page)).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(questions(page)).to_have_text([WORD_QUESTION])
    expect(page.get_by_role("button", name="Undo")).to_be_hidden()
    page.reload()
    expect(questions(page)).to_have_text([WORD_QUESTION])


@pytest.mark.browser
def test_a_question_comes_back_by_the_arrow_and_if_it_failed(
    bells_page: str, visit: Open
) -> None:
    page = visit(bells_page)
    box = page.locator("#box textarea")
    first, second = f"Which <b>{WORD}</b> & *this*?", f"Which other {WORD}?"
    ask(page, first)
    ask(page, second)
    box.focus()
    for key, text in (
        ("ArrowUp", second),
        ("ArrowUp", first),
        ("ArrowUp", first),
        ("ArrowDown", second),
        ("ArrowDown", ""),
        ("ArrowUp", second),
    ):
        page.keyboard.press(key)
        expect(box).to_have_value(text)
    page.keyboard.type("?")
    page.keyboard.press("Enter")
    expect(questions(page)).to_have_text([first, second, f"{second}?"])
    long = "long " * 300
    ask(page, long)
    expect(box).to_have_value(long)


@pytest.mark.browser
def test_another_stance_offers_to_ask_again(bells_page: str, visit: Open) -> None:
    page = visit(bells_page)
    again = page.get_by_role("button", name="Ask again")
    expect(page.get_by_label("Balanced")).to_be_checked()
    page.get_by_text("Eager").click()
    expect(again).to_be_hidden()
    ask(page, WORD_QUESTION)
    page.get_by_text("Strict").click()
    again.click()
    expect(again).to_be_hidden()
    expect(page.locator("#chat summary")).to_have_count(1)
    expect(questions(page)).to_have_count(1)
