"""A thumb under an answer is kept, and nothing of who gave it, nor of their own articles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Locator, Page, expect

from qa.assistant import Assistant
from qa.feedback import REASONS, Feedback, Ledger, Verdict, count_verdicts
from qa.ui.i18n.strings import ENGLISH, LANGUAGES
from qa.ui.rendering.controls import feedback_buttons
from qa.ui.rendering.replies import stream_reply
from qa.ui.session.conversation import Conversation, Exchange
from qa.ui.session.feedback import VERDICTS, record_verdict
from qa.ui.session.provider import AssistantProvider
from qa.ui.session.uploads import UploadedFile, VisitorLibrary
from tests.pages import WORD, WORD_QUESTION, Open, WordReader, ask, assistant, bag, serve

STORED = "chapter-and-verse-verdicts"
OWN = "Secrets\n\nThe bell of my own is kept under the stairs.\n"
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(st.sampled_from(["key", "verdict", "replaces", "x"]), inner)
    ),
)


@pytest.fixture
def feedback_provider(tmp_path: Path) -> AssistantProvider:
    """A provider whose feedback is kept in a folder of the test."""
    settings = bag(tmp_path, data=str(tmp_path / "data"))
    return AssistantProvider.of(assistant(settings))


def conversation_of(
    provider: AssistantProvider, question: str = WORD_QUESTION, stance: str | None = None
) -> Conversation:
    *_, reply = stream_reply(provider, question, (), stance)
    return reply.conversation


def abstention(provider: AssistantProvider) -> Conversation:
    return conversation_of(provider_with_reader(provider, "zebra"))


def provider_with_reader(provider: AssistantProvider, word: str) -> AssistantProvider:
    """Return a provider of the same library and another reader."""
    one = provider.assistant()
    return AssistantProvider.of(
        Assistant(one.index, settings=one.settings, reader=WordReader(word))
    )


def press(
    provider: AssistantProvider, turns: Conversation, verdict: str, replaces: str = "none"
) -> dict[str, Any]:
    sent = {"key": turns[-1].key, "verdict": verdict, "replaces": replaces}
    response = record_verdict(provider, turns, sent)
    return dict(json.loads(response)) if response else {}


def feedback_of(provider: AssistantProvider) -> list[Feedback]:
    return Ledger(Path(provider.assistant().settings.data)).read()[0]


def test_what_is_kept_is_about_the_answer(feedback_provider: AssistantProvider) -> None:
    turns = conversation_of(feedback_provider, "Which bell?", "eager")
    assert press(feedback_provider, turns, "up") == {"kept": True, "text": ENGLISH.thanks}
    (one,) = feedback_of(feedback_provider)
    answer, index = turns[0].answer, feedback_provider.assistant().index
    assert (one.question, one.stance, one.outcome) == ("Which bell?", "eager", answer.outcome)
    assert [(place.article, place.span) for place in one.cited] == [
        (citation.article.id, citation.span) for citation in answer.citations
    ]
    assert (one.key, one.index) == (turns[0].key, index.manifest.folder)
    assert timedelta(0) <= datetime.now(UTC) - one.time < timedelta(minutes=1)


def test_without_a_stance_of_the_visitor_that_of_the_settings_is_kept(
    feedback_provider: AssistantProvider,
) -> None:
    press(feedback_provider, conversation_of(feedback_provider), "up")
    assert [one.stance for one in feedback_of(feedback_provider)] == ["balanced"]


def test_who_changes_their_mind_is_counted_once(feedback_provider: AssistantProvider) -> None:
    turns = conversation_of(feedback_provider)
    for replaces, verdict in [("none", "up"), ("up", "down"), ("down", "source")]:
        assert press(feedback_provider, turns, verdict, replaces)["kept"]
    assert count_verdicts(feedback_of(feedback_provider)) == {turns[0].key: {Verdict.SOURCE: 1}}
    response = press(feedback_provider, turns, "none", "source")
    assert response == {"kept": True, "text": ENGLISH.withdrawal_message}
    assert count_verdicts(feedback_of(feedback_provider)) == {}


@pytest.mark.parametrize("name", VERDICTS)
@pytest.mark.parametrize("answered", [True, False])
def test_a_verdict_is_kept_if_it_fits(
    feedback_provider: AssistantProvider, name: str, answered: bool
) -> None:
    provider = (
        feedback_provider if answered else provider_with_reader(feedback_provider, "zebra")
    )
    turns = conversation_of(provider)
    reasons = REASONS[turns[0].answer.outcome]
    fits = VERDICTS[name] in {Verdict.UP, Verdict.DOWN, *reasons}
    assert bool(press(provider, turns, name)) == fits
    offered = f"#{name}-{turns[0].key}" in feedback_buttons(turns[0])
    assert offered == fits


def test_nothing_is_kept_of_a_visitors_own_articles(
    feedback_provider: AssistantProvider, tmp_path: Path
) -> None:
    file = tmp_path / "own.txt"
    file.write_text(OWN, "utf-8")
    shelf, _ = VisitorLibrary().add([UploadedFile("own.txt", file)], feedback_provider)
    turns = conversation_of(
        shelf.provider(feedback_provider), f"Where is the {WORD} of my own?"
    )
    assert "stairs" in str(turns[0].answer)
    response = press(feedback_provider, turns, "up")
    assert response == {"kept": False, "text": ENGLISH.own_feedback_error}
    assert not (tmp_path / "data").exists()


def test_nothing_is_kept_of_a_choice_that_makes_a_difference(
    feedback_provider: AssistantProvider,
) -> None:
    (article,) = feedback_provider.assistant().index.articles
    nothing = AssistantProvider.of(feedback_provider.assistant().within(()))
    same = AssistantProvider.of(feedback_provider.assistant().within([article]))
    assert (
        press(feedback_provider, conversation_of(nothing), "up")["text"]
        == ENGLISH.own_feedback_error
    )
    assert press(feedback_provider, conversation_of(same), "up")["kept"]


def test_what_cannot_be_kept_says_so_calmly(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    provider = AssistantProvider.of(
        assistant(bag(tmp_path, data=str(tmp_path / "data" / "deeper")))
    )
    assert press(provider, conversation_of(provider), "up") == {
        "kept": False,
        "text": ENGLISH.feedback_error,
    }


def test_an_answer_that_is_forgotten_says_so(feedback_provider: AssistantProvider) -> None:
    sent = {"key": "0" * 16, "verdict": "up", "replaces": "none"}
    response = json.loads(
        record_verdict(feedback_provider, conversation_of(feedback_provider), sent)
    )
    assert response == {"kept": False, "text": ENGLISH.save_error}


@given(anything)
def test_what_is_sent_may_be_anything(bells: Assistant, sent: Any) -> None:
    assert record_verdict(AssistantProvider.of(bells), (), sent) in {
        "",
        json.dumps({"kept": False, "text": ENGLISH.save_error}),
    }


@pytest.mark.parametrize("strings", LANGUAGES.values(), ids=LANGUAGES)
def test_the_thumbs_have_names(feedback_provider: AssistantProvider, strings: Any) -> None:
    answer = feedback_buttons(conversation_of(feedback_provider)[0], strings)
    for text in (strings.good_answer, strings.bad_answer, strings.why, strings.reason_abstain):
        assert f">{text}<" in answer or text == strings.why
    assert strings.reason_known not in answer
    quiet = feedback_buttons(
        Exchange(WORD_QUESTION, abstention(feedback_provider)[0].answer), strings
    )
    assert f">{strings.good_abstention}<" in quiet
    assert f">{strings.reason_known}<" in quiet


# The page, in a browser


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def bells_page(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = bag(tmp_path_factory.mktemp("ringing"), data=str(data))
    yield from serve(AssistantProvider(lambda: assistant(settings)))


def thumb(page: Page, name: str, answer: int = 0) -> Locator:
    return page.get_by_role("button", name=name, exact=True).nth(answer)


def expect_pressed(one: Locator, *, pressed: bool = True) -> None:
    expect(one).to_have_attribute("aria-pressed", "true" if pressed else "false")


def verdict_counts(data: Path) -> list[dict[Verdict, int]]:
    given = Ledger(data).read()[0] if any(data.iterdir()) else []
    return [dict(count) for count in count_verdicts(given).values()]


@pytest.mark.browser
def test_an_answer_is_judged_by_mouse_and_keyboard_also_later(
    bells_page: str, data: Path, visit: Open
) -> None:
    page = visit(bells_page)
    status = page.locator("#feedback [role=status]")
    ask(page, WORD_QUESTION)
    thumb(page, ENGLISH.good_answer).click()
    expect(status).to_have_text(ENGLISH.thanks)
    expect_pressed(thumb(page, ENGLISH.good_answer))
    assert verdict_counts(data) == [{Verdict.UP: 1}]
    ask(page, f"Which other {WORD}?")

    down = thumb(page, ENGLISH.bad_answer)  # of the first answer still
    expect(page.get_by_role("button", name=ENGLISH.reason_source)).to_have_count(0)
    down.focus()
    page.keyboard.press("Space")
    expect_pressed(down)
    expect(down).to_have_attribute("aria-expanded", "true")
    expect_pressed(thumb(page, ENGLISH.good_answer), pressed=False)
    page.keyboard.press("Tab")
    expect(thumb(page, ENGLISH.reason_answer)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # whether or not the server knows of the thumb by now
    expect_pressed(thumb(page, ENGLISH.reason_source))
    expect(thumb(page, ENGLISH.reason_source)).to_be_focused()
    page.wait_for_function(f"localStorage.getItem('{STORED}').includes('source')")
    assert verdict_counts(data) == [{Verdict.SOURCE: 1}]

    page.reload()
    expect(page.locator("#chat summary")).to_have_count(2, timeout=60_000)
    expect_pressed(thumb(page, ENGLISH.reason_source))
    expect_pressed(thumb(page, ENGLISH.bad_answer, 1), pressed=False)
    thumb(page, ENGLISH.bad_answer).click()
    expect(status).to_have_text(ENGLISH.withdrawal_message)
    expect_pressed(thumb(page, ENGLISH.bad_answer), pressed=False)
    assert verdict_counts(data) == []
