"""The chat: a question goes in, and every mark of its answer leads to what it quotes."""

from __future__ import annotations

import json
import re
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from playwright.sync_api import Locator, Page, expect

from qa.assistant import Assistant
from qa.errors import ArticleError, IndexMissing, QAError, QuestionError, SettingsError
from qa.readers import Evidence
from qa.settings import STANCES, Settings
from qa.types import Hit, Passage, Span
from qa.ui.api import ask_json
from qa.ui.components.chat import default_stance
from qa.ui.components.source import source_html
from qa.ui.i18n.strings import ENGLISH
from qa.ui.rendering import replies
from qa.ui.rendering.header import masthead
from qa.ui.rendering.replies import Reply, retry, stream_reply
from qa.ui.rendering.source import empty_panel
from qa.ui.session.feedback import VERDICTS
from qa.ui.session.provider import AssistantProvider, open_assistant
from tests.pages import (
    HEADING,
    SEEDS,
    SENTENCES,
    SHORT,
    TITLE,
    WORD,
    WORD_QUESTION,
    Open,
    WordReader,
    ask,
    assistant,
    bag,
    serve,
)

QUESTION = "How far is Homs from Hama?"
STARTER = "What is the strategic importance of Hama?"
PROXIMITY = "Its proximity to Homs, a city just 40 kilometers to the south"
SECTION = "Strategic Importance of Hama"
FILE = "'><img src=x onerror=X.push(1)>${X.push(1)}.txt"
WAVERING = (STANCES["strict"] + STANCES["balanced"]) / 2
MARK = re.compile(r"(?<!\\)\]\(#((cite|near)-\S+) ")
THUMBS = [f"#{name}-" for name in VERDICTS]


# The provider


def test_the_library_is_opened_once_for_all_who_ask(bells: Assistant) -> None:
    openings: list[int] = []

    def slowly() -> Assistant:
        openings.append(1)
        time.sleep(0.05)
        return bells

    provider = AssistantProvider(slowly)
    got: list[Assistant] = []
    threads = [
        threading.Thread(target=lambda: got.append(provider.assistant())) for _ in range(8)
    ]
    assert not provider.ready
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [bells] * 8
    assert len(openings) == 1
    assert provider.ready


def test_an_opening_that_failed_is_tried_again_at_the_next_question(bells: Assistant) -> None:
    outcomes: list[Assistant | QAError] = [QAError("No.", hint="Mend it."), bells]

    def opening() -> Assistant:
        outcome = outcomes.pop(0)
        if isinstance(outcome, QAError):
            raise outcome
        return outcome

    provider = AssistantProvider(opening)
    *_, reply = stream_reply(provider, WORD_QUESTION, ())
    assert reply == Reply("> No.\n>\n> Mend it.", ())
    assert not provider.ready
    first, *_, last = stream_reply(provider, WORD_QUESTION, ())
    assert (first.in_progress, len(last.conversation)) == (True, 1)


def test_a_bug_in_the_opening_is_told_calmly_and_logged(
    bells: Assistant, caplog: pytest.LogCaptureFixture
) -> None:
    provider = AssistantProvider(lambda: bells.nothing)  # type: ignore[attr-defined]
    *_, reply = stream_reply(provider, WORD_QUESTION, ())
    assert reply.text == "> The library could not be opened.\n>\n> The program's log says why."
    assert "AttributeError" in caplog.text


def test_a_stale_index_is_built_anew(tmp_path: Path) -> None:
    settings = bag(tmp_path)
    assert len(open_assistant(settings).index.articles) == 1
    (tmp_path / "articles" / "new.txt").write_text("Gongs\n\nThe gong is new here.", "utf-8")
    assert len(open_assistant(settings).index.articles) == 2


def test_an_old_index_serves_when_no_new_one_can_be_built(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = bag(tmp_path)
    open_assistant(settings)
    (tmp_path / "articles" / "bells.txt").rename(tmp_path / "bells.txt")
    (tmp_path / "articles" / "broken.txt").write_bytes(b"\0")
    assert len(open_assistant(settings).index.articles) == 1
    assert "broken.txt" in caplog.text


def test_a_file_that_cannot_be_read_keeps_no_other_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = bag(tmp_path)
    (tmp_path / "articles" / "broken.txt").write_bytes(b"\0")
    assert len(open_assistant(settings).index.articles) == 1
    assert "broken.txt is a binary file" in caplog.text


def test_an_old_index_of_another_encoder_does_not_serve(tmp_path: Path) -> None:
    settings = bag(tmp_path)
    open_assistant(settings)
    (tmp_path / "articles" / "bells.txt").write_bytes(b"\0")
    with pytest.raises(ArticleError, match=r"No article of .* could be read"):
        open_assistant(settings.with_({"encoder": "minilm"}))


def test_without_articles_and_index_the_articles_are_asked_for(tmp_path: Path) -> None:
    settings = Settings(articles=str(tmp_path / "none"), index=str(tmp_path / "index"))
    with pytest.raises(ArticleError, match="no folder"):
        open_assistant(settings)


# What is said


def test_a_question_that_takes_long_is_told_what_is_being_done_for_it(
    bells: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replies, "PATIENCE", 0.0)
    opening, reading, answer = stream_reply(AssistantProvider(lambda: bells), WORD_QUESTION, ())
    assert ENGLISH.opening in opening.text
    assert ENGLISH.reading_passages.format(count=2) in reading.text
    assert [reply.in_progress for reply in (opening, reading, answer)] == [True, True, False]
    assert "#cite-" in answer.text


def test_a_question_that_takes_no_time_is_answered_at_once(
    provider: AssistantProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replies, "PATIENCE", 60.0)
    (answer,) = stream_reply(provider, WORD_QUESTION, ())
    assert "#cite-" in answer.text


def test_an_answer_brings_its_first_source_and_is_remembered(
    provider: AssistantProvider,
) -> None:
    *_, reply = stream_reply(provider, WORD_QUESTION, ())
    assert "class='source cite'" in reply.source
    assert [turn.question for turn in reply.conversation] == [WORD_QUESTION]


class SecondBest(WordReader):
    """Is surest of the sentence that holds the short answer."""

    def weigh(self, passage: Passage, sentence: Span) -> Evidence:
        found = super().weigh(passage, sentence)
        return found if found.short else replace(found, score=found.score * 0.9)


def test_the_source_that_opens_is_that_of_the_bold_words(bells: Assistant) -> None:
    reading = Assistant(
        bells.index, settings=bells.settings, reader=SecondBest(short="links [md]")
    )
    *_, reply = stream_reply(AssistantProvider.of(reading), WORD_QUESTION, ())
    assert len(MARK.findall(reply.text)) > 1
    (lit,) = re.findall(r"<mark class='on'.*?</mark>", reply.source)
    assert "<b>links [md]</b>" in lit


def test_a_refusal_empties_the_panel(provider: AssistantProvider) -> None:
    refusing = Assistant(
        provider.assistant().index, settings=Settings(encoder="bag"), reader=WordReader("zebra")
    )
    *_, reply = stream_reply(AssistantProvider(lambda: refusing), WORD_QUESTION, ())
    assert reply.source == empty_panel()
    assert {kind for _, kind in MARK.findall(reply.text)} == {"near"}


@pytest.mark.parametrize("question", ["", "  \n", "?!", "x" * 1001])
def test_a_question_that_is_none_gets_a_hint(
    provider: AssistantProvider, question: str
) -> None:
    *_, reply = stream_reply(provider, question, ())
    assert reply.text.startswith("> The question ")
    assert reply.source == ""
    assert reply.conversation == ()


def test_a_follow_up_is_understood_from_the_turns_before_it(
    provider: AssistantProvider,
) -> None:
    *_, first = stream_reply(provider, "What rings in Hama?", ())
    *_, second = stream_reply(provider, "And why is it so?", first.conversation)
    assert second.conversation[-1].answer.asked == "Why is Hama so?"
    assert (
        ask_json(provider, "And why is it so?", ["What rings in Hama?"])["asked"]
        == "Why is Hama so?"
    )


@example(0.0, "0")
@given(st.floats(0, 1), st.sampled_from([*STANCES, "0", "0.5", "1"]))
def test_it_answers_if_it_is_as_sure_as_it_must_be(
    bells: Assistant, sure: float, stance: str
) -> None:
    likely = Assistant(bells.index, settings=bells.settings, reader=WordReader(sure=sure))
    answer = likely.ask(WORD_QUESTION, stance=stance)
    assert bool(answer.statements) == (sure >= Settings(stance=stance).threshold)


def test_a_doubtful_answer_is_withheld_and_can_be_had(bells: Assistant) -> None:
    doubtful = Assistant(
        bells.index, settings=bells.settings, reader=WordReader(sure=STANCES["eager"])
    )
    provider = AssistantProvider(lambda: doubtful)
    *_, silent = stream_reply(provider, WORD_QUESTION, ())
    assert silent.has_doubtful_answer
    *_, shown = retry(provider, silent.conversation, "eager")
    assert shown.text.startswith("*This may not be the answer:*\n\n")
    assert not shown.has_doubtful_answer
    assert [turn.answer.outcome for turn in shown.conversation] == ["answered"]


def test_an_abstention_that_withholds_nothing_offers_nothing(bells: Assistant) -> None:
    silent = Assistant(bells.index, settings=bells.settings, reader=WordReader("zebra"))
    *_, reply = stream_reply(AssistantProvider(lambda: silent), WORD_QUESTION, ())
    assert reply.conversation
    assert not reply.has_doubtful_answer


def test_the_first_stance_is_that_of_the_settings(bells: Assistant) -> None:
    settings = bells.settings.with_({"stance": "0.25"})
    assert (
        default_stance(AssistantProvider(lambda: Assistant(bells.index, settings=settings)))
        == "0.25"
    )

    def missing() -> Assistant:
        raise IndexMissing("here")

    assert default_stance(AssistantProvider(missing)) == ""


@pytest.mark.parametrize("stance", ["bold", "", "2", ["strict"], {}])
def test_a_stance_that_is_none_is_refused(provider: AssistantProvider, stance: Any) -> None:
    with pytest.raises(SettingsError, match="No such stance") as caught:
        ask_json(provider, WORD_QUESTION, [], stance)
    assert caught.value.hint.startswith("Known: strict, balanced, eager")


@pytest.mark.parametrize("history", ["text", 7, {"a": 1}, [7], [""], [["a"]]])
def test_a_history_that_is_none_is_refused(provider: AssistantProvider, history: Any) -> None:
    with pytest.raises(QuestionError):
        ask_json(provider, WORD_QUESTION, history)


@pytest.mark.parametrize(
    "sent", [None, 7, "x", [], {}, {"place": 7}, {"place": "cite-x"}, {"places": "cite"}]
)
def test_what_the_panel_is_sent_may_be_anything(provider: AssistantProvider, sent: Any) -> None:
    assert source_html(provider, sent) == ""


def test_a_place_is_shown_among_those_of_its_answer(provider: AssistantProvider) -> None:
    *_, reply = stream_reply(provider, WORD_QUESTION, ())
    anchors = [anchor for anchor, _ in MARK.findall(reply.text)]
    assert len(anchors) == len(SENTENCES)
    near = anchors[0].replace("cite", "near")
    html = source_html(provider, {"place": anchors[1], "places": [*anchors, near, 7, None]})
    assert re.findall(r"data-place='(\S+)' title", html) == anchors
    assert f"class='source cite' data-place='{anchors[1]}'" in html


def test_all_places_of_an_answer_are_shown_if_that_is_wanted(
    provider: AssistantProvider,
) -> None:
    *_, reply = stream_reply(provider, WORD_QUESTION, ())
    anchors = [anchor for anchor, _ in MARK.findall(reply.text)]
    sent = {"place": anchors[1], "places": anchors}
    assert "source cite every" in source_html(provider, {**sent, "every": True})
    for other in ("false", "true", "", "1"):
        assert source_html(provider, {**sent, "every": other}) == source_html(provider, sent)


def test_the_masthead_counts_the_articles_or_says_what_is_wrong(
    provider: AssistantProvider,
) -> None:
    assert masthead(provider).endswith("is quoted from your articles · 1 article</p>")

    def missing() -> Assistant:
        raise IndexMissing("<here>")

    assert "There is no index in &lt;here&gt;. Run: qa build" in masthead(
        AssistantProvider(missing)
    )


# The page, in a browser


@pytest.fixture(scope="module")
def seeds_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the seeds by the real models."""
    settings = Settings(articles=str(SEEDS), index=str(tmp_path_factory.mktemp("seeds")))
    yield from serve(AssistantProvider(lambda: open_assistant(settings)))


@pytest.fixture(scope="module")
def sure_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the seeds by a reader that answers all questions with the same sentence."""
    settings = Settings(articles=str(SEEDS), index=str(tmp_path_factory.mktemp("certain")))
    reader = WordReader("40 kilometers")
    yield from serve(AssistantProvider(lambda: assistant(settings, reader)))


@pytest.fixture(scope="module")
def hostile_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve an article that tries everything, its file name too."""
    settings = bag(tmp_path_factory.mktemp("hostile"))
    (Path(settings.articles) / "bells.txt").rename(Path(settings.articles) / FILE)
    yield from serve(AssistantProvider(lambda: assistant(settings, WordReader(short=SHORT))))


@pytest.fixture(scope="module")
def two_articles_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve two articles that both answer."""
    settings = bag(tmp_path_factory.mktemp("two"), statements=8)
    gongs = "Gongs\n\nThe gong is no bell. It hums."
    (Path(settings.articles) / "gongs.txt").write_text(gongs, "utf-8")
    yield from serve(AssistantProvider(lambda: assistant(settings)))


@pytest.fixture(scope="module")
def likely_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve by a reader that is sure enough for balanced answers, but not for strict ones."""
    settings = bag(tmp_path_factory.mktemp("wavering"))
    yield from serve(AssistantProvider(lambda: assistant(settings, WordReader(sure=WAVERING))))


def press_until_focus(page: Page, goal: Locator, *, keys: str, most: int = 40) -> None:
    """Press a key that moves the focus until it is where it should go."""
    for _ in range(most):
        if goal.evaluate("e => e === document.activeElement"):
            return
        page.keyboard.press(keys)
    raise AssertionError(f"{keys} does not lead there")


def proximity_mark(answer: Locator) -> Locator:
    return answer.locator(f"a[href^='#cite-'][title*='{SECTION}']").last


@pytest.mark.browser
def test_a_mark_leads_to_the_lit_sentence_in_its_section(seeds_page: str, visit: Open) -> None:
    page = visit(seeds_page)
    answer = ask(page, QUESTION)
    expect(answer).to_contain_text("40 kilometers")
    expect(page.locator("#panel mark.on")).to_be_in_viewport()  # the first opens by itself
    proximity_mark(answer).click()
    expect(page.locator("#panel mark.on")).to_contain_text(PROXIMITY)
    expect(page.locator("#panel mark.on")).to_be_in_viewport(ratio=1)
    expect(page.locator("#panel .trail")).to_contain_text(SECTION)
    expect(proximity_mark(answer)).to_have_class("active")


@pytest.mark.browser
def test_a_mark_can_be_followed_by_the_keyboard(sure_page: str, visit: Open) -> None:
    page = visit(sure_page)
    answer = ask(page, QUESTION)
    proximity_mark(answer).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel mark.on")).to_contain_text(PROXIMITY)
    tab = page.locator("#panel .tab").first
    tab.click()
    expect(page.locator("#panel .tab").first).to_have_attribute("aria-pressed", "true")


@pytest.mark.browser
def test_it_says_that_it_searches_until_there_is_a_reply(tmp_path: Path, visit: Open) -> None:
    goes_on = threading.Event()

    class Slow(WordReader):
        def read(self, question: str, hits: Sequence[Hit]) -> tuple[Evidence, ...]:
            goes_on.wait(60)
            return super().read(question, hits)

    slow = AssistantProvider.of(assistant(bag(tmp_path), Slow()))
    for url in serve(slow):
        page = visit(url)
        says = "e => getComputedStyle(e, '::after').content"
        page.fill("#box textarea", WORD_QUESTION)
        page.press("#box textarea", "Enter")
        expect(page.locator("#chat [data-testid=user]")).to_be_visible()
        talk = page.locator("#chat .message-wrap")
        assert talk.evaluate(says) == f'"{ENGLISH.searching}"'
        goes_on.set()
        expect(page.locator("#chat summary")).to_be_visible()
        assert talk.evaluate(says) == "none"


@pytest.mark.browser
def test_all_is_done_by_the_keyboard(hostile_page: str, visit: Open) -> None:
    page = visit(hostile_page)
    page.keyboard.type(WORD_QUESTION)  # the box has the focus
    page.keyboard.press("Enter")
    expect(page.locator("#chat summary")).to_be_visible()
    expect(page.locator("#box textarea")).to_be_focused()
    mark, lit = page.locator("#chat a[href^='#cite-']").first, page.locator("#panel mark.on")
    press_until_focus(page, mark, keys="Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#panel article")).to_be_focused()
    expect(lit).to_have_text(SENTENCES[0])
    page.keyboard.press("ArrowRight")
    expect(lit).to_have_text(SENTENCES[1])
    after = page.get_by_role("button", name="Next quotation")
    press_until_focus(page, after, keys="Shift+Tab")
    page.keyboard.press("Enter")
    expect(lit).to_have_text(SENTENCES[2])
    expect(after).to_have_attribute("aria-disabled", "true")
    expect(after).to_be_focused()
    press_until_focus(page, page.get_by_role("button", name="All sources"), keys="Shift+Tab")
    page.keyboard.press("Enter")
    entries = page.locator("#panel li button")
    expect(entries).to_have_count(len(SENTENCES))
    press_until_focus(page, entries.nth(1), keys="Tab")
    page.keyboard.press("Enter")
    expect(lit).to_have_text(SENTENCES[1])
    expect(page.locator("#panel article")).to_be_focused()
    page.keyboard.press("Escape")
    expect(mark).to_be_focused()


@pytest.mark.browser
def test_the_sources_of_old_answers_and_of_those_before_a_reload_are_shown(
    two_articles_page: str, visit: Open
) -> None:
    page = visit(two_articles_page)
    first = ask(page, WORD_QUESTION)
    ask(page, f"Which other {WORD}?")
    page.reload()
    expect(page.locator("#chat summary")).to_have_count(2)
    first.locator("a[href^='#cite-']").first.click()
    expect(page.locator("#panel mark.on")).to_be_in_viewport()
    expect(first.locator("a").first).to_have_class("active")
    page.get_by_role("button", name="All sources").click()
    panel = page.locator("#panel")
    expect(panel.locator("h2")).to_have_count(2)
    expect(panel.locator("mark")).to_have_count(0)
    gongs = panel.get_by_role("button", name="The gong is no bell")
    gongs.click()
    expect(panel.locator("h2")).to_have_count(1)
    expect(panel.locator("h2")).to_have_text("Gongs")
    expect(panel.locator("mark.on")).to_have_text("The gong is no bell.")
    panel.get_by_role("button", name="Previous quotation").click()
    expect(panel.locator("h2")).to_have_text(TITLE)


@pytest.mark.browser
def test_a_refusal_is_no_answer_and_names_the_nearest_sections(
    seeds_page: str, visit: Open
) -> None:
    page = visit(seeds_page)
    reply = ask(page, "pizza recipe")
    expect(reply.locator("em").first).to_contain_text("The articles don't say")
    expect(reply.locator("a[href^='#cite-']")).to_have_count(0)
    expect(page.locator("#panel .empty")).to_be_visible()
    reply.locator("a[href^='#near-']").first.click()
    expect(page.locator("#panel .note")).to_contain_text("no answer")
    expect(page.locator("#panel mark.on").first).to_be_in_viewport()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("question", "hint"), [("", "Type a question."), ("x" * 1001, "Ask it in fewer words.")]
)
def test_what_is_no_question_gets_a_hint(
    sure_page: str, visit: Open, question: str, hint: str
) -> None:
    expect(ask(visit(sure_page), question)).to_contain_text(hint)


@pytest.mark.browser
def test_the_first_question_is_one_click_away_and_the_talk_can_be_cleared(
    sure_page: str, visit: Open
) -> None:
    page = visit(sure_page)
    page.locator("#chat .example", has_text=STARTER).click(timeout=30_000)
    expect(page.locator("#chat [data-testid=user]")).to_have_text(STARTER)
    expect(page.locator("#panel mark.on")).to_be_visible()
    expect(page.locator("#masthead")).to_contain_text("1 article")
    page.get_by_label("Clear").click()
    expect(page.locator("#panel .empty")).to_be_visible()


@pytest.mark.browser
def test_nothing_an_article_or_a_question_says_is_obeyed(
    hostile_page: str, visit: Open
) -> None:
    page = visit(hostile_page)
    question = f"Which {WORD}? {SENTENCES[0]} {SENTENCES[2]}"
    answer = ask(page, question)
    expect(page.locator("#chat [data-testid=user]")).to_have_text(question)
    for sentence in SENTENCES:
        expect(answer).to_contain_text(sentence)
    expect(answer.locator("a")).to_have_count(len(SENTENCES))
    expect(page.locator("#panel h2")).to_have_text(TITLE)
    expect(page.locator("#panel h3").first).to_have_text(HEADING)
    said = page.locator(":is(#chat .message, #panel) :is(img, script, b, strong, code, del)")
    expect(said.filter(has_not_text=SHORT)).to_have_count(0)
    inward = ", ".join(f"[href^='{start}']" for start in ("#cite-", "#copy-", "?q=", *THUMBS))
    outward = page.locator(f":is(#chat .message, #panel) a:not({inward})")
    expect(outward).to_have_count(0)


@pytest.mark.browser
def test_a_short_answer_is_bold_and_not_obeyed(hostile_page: str, visit: Open) -> None:
    page = visit(hostile_page)
    answer = ask(page, WORD_QUESTION)
    expect(answer).to_contain_text(SENTENCES[0])
    expect(answer.locator("strong")).to_have_text([SHORT, SHORT])  # alone, and in its sentence
    expect(page.locator("#panel mark.on b")).to_have_text([SHORT])
    page.get_by_role("button", name="All sources").click()
    expect(page.locator("#panel li")).to_contain_text([*SENTENCES])
    expect(page.locator("#panel li b")).to_have_text([SHORT])
    expect(page.locator("#panel li :is(img, script, a, code)")).to_have_count(0)
    page.locator("#panel li button").first.click()
    expect(page.locator("#panel mark.on")).to_have_text(SENTENCES[0])
    expect(page.locator(":is(#chat .message, #panel) img")).to_have_count(0)
    answer.locator("a").last.click()
    expect(page.locator("#panel mark.on")).to_have_text(SENTENCES[-1])
    expect(page.locator("#panel mark b")).to_have_text([SHORT])


@pytest.mark.browser
def test_how_sure_an_answer_must_be_is_chosen_by_the_keyboard(
    likely_page: str, visit: Open
) -> None:
    page = visit(likely_page)
    stances = page.get_by_role("group", name="How sure an answer must be")
    expect(stances.get_by_label("Balanced")).to_be_checked()
    expect(ask(page, WORD_QUESTION).locator("a[href^='#cite-']")).not_to_have_count(0)
    stances.get_by_label("Balanced").press("ArrowLeft")
    expect(stances.get_by_label("Strict")).to_be_focused()
    expect(stances.get_by_text("Only the likeliest")).to_be_visible()
    expect(ask(page, WORD_QUESTION)).to_contain_text("The articles don't say")
    silent = ask(page, WORD_QUESTION)  # the choice holds
    expect(silent).to_contain_text("The articles don't say")
    page.get_by_text("Show a doubtful answer").click()
    expect(silent.locator("a[href^='#cite-']")).not_to_have_count(0)
    expect(silent).not_to_contain_text("The articles don't say")
    expect(stances.get_by_label("Strict")).to_be_checked()
    expect(
        visit(likely_page).get_by_label("Balanced")
    ).to_be_checked()  # it is another visitor's


@pytest.mark.browser
def test_on_a_phone_the_source_is_a_sheet(sure_page: str, visit: Open) -> None:
    page = visit(sure_page, width=390, height=844)
    answer = ask(page, QUESTION)
    expect(page.locator("#panel")).not_to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    mark, lit = proximity_mark(answer), page.locator("#panel mark.on")
    ways: list[Callable[[], None]] = [
        lambda: page.keyboard.press("Escape"),
        lambda: page.locator("#panel .close").click(),
    ]
    for close in ways:
        mark.click()
        expect(lit).to_contain_text(PROXIMITY)
        expect(lit).to_be_in_viewport()
        close()
        expect(page.locator("#panel")).not_to_be_in_viewport()


@pytest.mark.browser
def test_on_a_phone_the_way_back_closes_what_lies_over_the_talk(
    sure_page: str, visit: Open
) -> None:
    page = visit(sure_page, width=390, height=844)
    answer = ask(page, QUESTION)
    panel, drawer = page.locator("#panel"), page.locator("#drawer")
    proximity_mark(answer).click()
    expect(panel).to_be_in_viewport()
    page.go_back()
    expect(panel).not_to_be_in_viewport()
    page.get_by_role("button", name="Library").click()
    page.locator("#article-list [data-place]").first.click()
    expect(panel).to_be_in_viewport()
    page.go_back()
    expect(panel).not_to_be_in_viewport()
    expect(drawer).to_be_in_viewport()
    page.get_by_label("Close the library").click()
    expect(drawer).not_to_be_in_viewport()
    expect(page.locator("#chat [data-testid=user]")).to_have_count(1)
    page.wait_for_function("history.state === null || !history.state.sheet")


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 390])
def test_all_sources_can_be_reached_by_touch(
    two_articles_page: str, visit: Open, width: int
) -> None:
    page = visit(two_articles_page, width=width, height=740)
    answer = ask(page, WORD_QUESTION)
    answer.locator("a[href^='#cite-']").first.tap()
    expect(page.locator("#panel mark.on")).to_be_in_viewport()
    page.get_by_role("button", name="Next quotation").tap()
    expect(page.locator("#panel .tab").nth(1)).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="All sources").tap()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.get_by_role("button", name="The gong is no bell").tap()
    expect(page.locator("#panel mark.on")).to_have_text("The gong is no bell.")
    page.get_by_label("Close the source").tap()
    expect(page.locator("#panel")).not_to_be_in_viewport()
    expect(answer.locator("a[href^='#cite-']").first).to_be_focused()


@pytest.mark.browser
def test_the_dark_page_is_dark(sure_page: str, visit: Open) -> None:
    shades = []
    for scheme in ("light", "dark"):
        page = visit(sure_page, scheme=scheme)
        paper = page.locator("#panel").evaluate("e => getComputedStyle(e).backgroundColor")
        shades.append(sum(map(int, re.findall(r"\d+", paper)[:3])))
    assert shades[0] > 700
    assert shades[1] < 150


# The page's API


def post(url: str, data: list[Any]) -> tuple[str, Any]:
    """Call the API as any HTTP client does; return the event and what it carries."""
    call = f"{url}gradio_api/call/ask"
    body = json.dumps({"data": data}).encode()
    request = urllib.request.Request(call, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as reply:
        event_id = json.load(reply)["event_id"]
    with urllib.request.urlopen(f"{call}/{event_id}") as stream:
        event, sent = stream.read().decode().split("\n")[:2]
    return event.removeprefix("event: "), json.loads(sent.removeprefix("data: "))


@pytest.mark.browser
def test_the_api_answers_over_http(seeds_page: str) -> None:
    event, (answer,) = post(seeds_page, [QUESTION])
    assert event == "complete"
    assert "[1]" in answer["answer"]
    cited = next(c for c in answer["citations"] if c["quote"].startswith(PROXIMITY))
    assert cited["path"] == [SECTION]
    assert cited["end"] - cited["start"] == len(cited["quote"])
    assert answer["statements"][0]["cites"] == [1]


@pytest.mark.browser
def test_the_api_refuses_in_one_line(sure_page: str) -> None:
    event, sent = post(sure_page, ["x" * 1001, []])
    assert event == "error"
    assert sent["error"].endswith("the limit is 1,000. Ask it in fewer words.")


@pytest.mark.browser
def test_half_a_character_is_refused_at_every_door(sure_page: str, visit: Open) -> None:
    event, sent = post(sure_page, ["Why \ud83d?"])
    assert (event, sent["error"][:37]) == ("error", "The question has half a character in ")
    event, sent = post(sure_page, [QUESTION, [], "\ud83d"])
    assert (event, sent["error"][:15]) == ("error", "No such stance:")
    page = visit(sure_page)
    page.evaluate("""() => {
      const box = document.querySelector('#box textarea');
      box.value = 'Why \\ud83d?';
      box.dispatchEvent(new Event('input', { bubbles: true }));
    }""")
    page.press("#box textarea", "Enter")
    expect(page.locator("#chat blockquote")).to_contain_text("half a character")


@pytest.mark.browser
def test_the_api_answers_the_python_client(sure_page: str) -> None:
    from gradio_client import Client
    from gradio_client.exceptions import AppError

    client = Client(sure_page, verbose=False, analytics_enabled=False)
    assert list(client.view_api(return_format="dict")["named_endpoints"]) == [
        "/ask",
        "/ask_text",
    ]
    assert client.predict(QUESTION, api_name="/ask")["outcome"] == "answered"
    follow_up = client.predict("And why is it infamous?", [QUESTION], api_name="/ask")
    assert follow_up["asked"] != follow_up["question"]
    with pytest.raises(AppError, match="Type a question"):
        client.predict("", api_name="/ask")
    with pytest.raises(AppError, match="Known: strict, balanced, eager"):
        client.predict(QUESTION, [], "bold", api_name="/ask")
