"""What the page offers to ask: it is one click away, and in nobody's way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from qa.assistant import Assistant
from qa.errors import IndexMissing
from qa.settings import Settings
from qa.suggestions.suggest import Suggestion
from qa.suggestions.wording import PLAIN_QUESTION
from qa.ui.rendering.replies import stream_reply
from qa.ui.session import suggestions
from qa.ui.session.conversation import Conversation
from qa.ui.session.provider import AssistantProvider, open_assistant
from qa.ui.session.suggestions import FollowUps, follow_up_questions, starter_questions
from qa.ui.session.uploads import UploadedFile, VisitorLibrary
from tests.pages import HEADING, SENTENCES, TITLE, Open, ask, serve

QUESTION = "How much does the lens weigh?"
SLATE = """Slate of Orn

The quarry of Orn

The quarry of Orn was opened in 1804 by Ketil Dahl. The quarry of Orn is known for blue slate.
"""


@pytest.fixture(scope="module")
def our_provider(
    our_articles: Path, tmp_path_factory: pytest.TempPathFactory
) -> AssistantProvider:
    """Return a provider with the tests' own articles, read by the real models."""
    index = str(tmp_path_factory.mktemp("ours"))
    settings = Settings(articles=str(our_articles), index=index)
    return AssistantProvider.of(open_assistant(settings))


@pytest.fixture
def slate_file(tmp_path: Path) -> UploadedFile:
    file = tmp_path / "slate.txt"
    file.write_text(SLATE, "utf-8")
    return UploadedFile("slate.txt", file)


def conversation_of(provider: AssistantProvider, question: str) -> Conversation:
    *_, reply = stream_reply(provider, question, ())
    return reply.conversation


class CountingAssistant(Assistant):
    """Counts how often it is asked for suggestions."""

    times = 0

    def suggest(self, **options: Any) -> tuple[Suggestion, ...]:
        type(self).times += 1
        return super().suggest(**options)


def test_what_the_library_offers_is_thought_up_once(our_provider: AssistantProvider) -> None:
    first = our_provider.assistant()
    counting = AssistantProvider.of(CountingAssistant(first.index, settings=first.settings))
    offers = {starter_questions(counting, VisitorLibrary()) for _ in range(3)}
    assert len(offers) == 1
    assert QUESTION in offers.pop()
    assert CountingAssistant.times == 1


def test_who_has_own_articles_is_offered_those_and_who_has_chosen_just_what_is_chosen(
    our_provider: AssistantProvider, slate_file: UploadedFile
) -> None:
    shelf, _ = VisitorLibrary().add([slate_file], our_provider)
    own = starter_questions(our_provider, shelf)
    assert "Who opened the quarry of Orn?" in own
    assert QUESTION not in own
    (lighthouse,) = (
        article.id
        for article in our_provider.assistant().index.articles.values()
        if article.title.startswith("The Lighthouse")
    )
    chosen = starter_questions(our_provider, shelf.select([lighthouse], our_provider))
    assert QUESTION in chosen
    assert set(chosen).isdisjoint(own)
    assert set(own).isdisjoint(starter_questions(our_provider, VisitorLibrary()))


def test_an_answer_is_gone_on_from_and_a_refusal_too(our_provider: AssistantProvider) -> None:
    for question in (QUESTION, "Who is the mayor of Kelm Point?"):
        turns = conversation_of(our_provider, question)
        offer = follow_up_questions(our_provider, turns)
        assert offer.key == turns[-1].key
        assert offer.questions
        assert question not in offer.questions


def test_what_is_offered_holds_up_nobody(our_provider: AssistantProvider) -> None:
    turns = conversation_of(our_provider, QUESTION)
    for _ in range(suggestions.MAX_CONCURRENT):
        suggestions._follow_up_slots.acquire()
    try:
        assert follow_up_questions(our_provider, turns) == FollowUps()
    finally:
        suggestions._follow_up_slots.release(suggestions.MAX_CONCURRENT)
    assert follow_up_questions(our_provider, turns).questions


def test_without_a_library_or_an_answer_nothing_is_offered(
    our_provider: AssistantProvider,
) -> None:
    def missing() -> Assistant:
        raise IndexMissing("here")

    assert starter_questions(AssistantProvider(missing), VisitorLibrary()) == ()
    assert (
        follow_up_questions(AssistantProvider(missing), conversation_of(our_provider, QUESTION))
        == FollowUps()
    )
    assert follow_up_questions(our_provider, ()) == FollowUps()


def test_whatever_an_article_is_called_plain_words_are_offered(
    our_provider: AssistantProvider, tmp_path: Path
) -> None:
    text = (
        f"{TITLE}\n\nCauses of {HEADING}\n\n{' '.join(SENTENCES)}\n\nWhat is <b>Orn</b>?\n\n"
        "<b>Orn</b> was built in 1804 by <i>Ketil</i> Dahl. Orn `x` opened in [1804](x). "
        "Orn was opened in 1804 by Ketil Dahl."
    )
    (tmp_path / "hostile.txt").write_text(text, "utf-8")
    shelf, _ = VisitorLibrary().add(
        [UploadedFile("hostile.txt", tmp_path / "hostile.txt")], our_provider
    )
    offered = starter_questions(our_provider, shelf)
    assert "Who opened Orn?" in offered
    assert all(PLAIN_QUESTION.fullmatch(question) for question in offered)


# The page, in a browser


@pytest.fixture(scope="module")
def our_page(our_provider: AssistantProvider) -> Iterator[str]:
    yield from serve(our_provider)


def options(page: Page) -> list[str]:
    """Wait for what is offered after an answer, and return it."""
    page.locator("#chat .option").first.wait_for(timeout=30_000)
    return page.locator("#chat .option").all_text_contents()


@pytest.mark.browser
def test_a_talk_can_be_had_without_typing_and_goes_on_after_a_reload(
    our_page: str, visit: Open
) -> None:
    page = visit(our_page)
    page.locator("#chat .example", has_text=QUESTION).click(timeout=30_000)
    questions, answers = (
        page.locator("#chat [data-testid=user]"),
        page.locator("#panel mark.on"),
    )
    expect(questions).to_have_text([QUESTION])
    expect(answers).to_contain_text("two tonnes")
    page.locator("#chat summary").click()
    first, *_ = options(page)
    expect(page.locator("#chat details")).to_have_attribute("open", "")  # nothing is redrawn
    page.locator("#chat .option").first.press("Enter")
    expect(questions).to_have_text([QUESTION, first])
    expect(answers).not_to_contain_text("two tonnes")
    offered = options(page)
    assert {QUESTION, first}.isdisjoint(offered)
    page.reload()
    assert options(page) == offered
    page.locator("#chat .option", has_text=offered[0]).click()
    expect(questions).to_have_text([QUESTION, first, offered[0]])


@pytest.mark.browser
def test_a_refusal_offers_what_the_articles_do_say(our_page: str, visit: Open) -> None:
    page = visit(our_page)
    ask(page, "Who is the mayor of Kelm Point?")
    first, *_ = options(page)
    page.locator("#chat .option", has_text=first).click()
    expect(page.locator("#chat a[href^='#cite-']")).not_to_have_count(0)


@pytest.mark.browser
def test_what_is_offered_goes_with_what_is_asked(
    our_page: str, visit: Open, slate_file: UploadedFile
) -> None:
    page = visit(our_page)
    example = page.locator("#chat .example")
    expect(example.filter(has_text=QUESTION)).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Library").click()
    page.set_input_files("#upload input[type=file]", str(slate_file.path))
    expect(example.filter(has_text="Who opened the quarry of Orn?")).to_be_attached()
    expect(example.filter(has_text=QUESTION)).to_have_count(0)
    page.get_by_label("Remove Slate of Orn").click()
    expect(example.filter(has_text=QUESTION)).to_be_attached()
