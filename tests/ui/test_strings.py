"""The page says the same in every language, and only quotations stay as they are."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect

from qa.answers import Intent
from qa.conversation.manners import REPLIES, manner
from qa.errors import ArticleError, QAError
from qa.quoting.compose import compose
from qa.settings import Settings
from qa.types import Article, Hit, Passage, Span
from qa.ui.i18n.german import GERMAN, TRANSLATED
from qa.ui.i18n.strings import ENGLISH, LANGUAGES, Strings, strings_for
from qa.ui.session.provider import AssistantProvider
from tests.pages import SENTENCES, WORD_QUESTION, Open, ask, assistant, bag, serve

OTHERS = [each for each in LANGUAGES.values() if each is not ENGLISH]
NAMES = [each.name for each in fields(Strings) if each.name != "translations"]
words = st.text(min_size=1).filter(lambda text: bool(text.strip()))


def holes(template: str) -> set[str]:
    """Return the names of what is to be filled in."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def sentences_of_the_engine() -> Iterator[str]:
    """Yield every text in the code but the page's own."""
    for file in (Path(__file__).parent.parent.parent / "qa").rglob("*.py"):
        if file.name not in {"german.py", "strings.py"}:
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value


@pytest.mark.parametrize("strings", OTHERS, ids=lambda strings: strings.language)
@pytest.mark.parametrize("name", NAMES)
def test_each_language_fills_in_the_same(strings: Strings, name: str) -> None:
    assert holes(getattr(strings, name)) == holes(getattr(ENGLISH, name))


def test_no_string_is_left_in_english() -> None:
    assert GERMAN.keys() == {*NAMES}


def test_what_is_translated_is_what_the_engine_says() -> None:
    assert TRANSLATED.keys() <= {*sentences_of_the_engine()}
    for english, other in TRANSLATED.items():
        assert holes(other) == holes(english)


def said_of_files() -> Iterator[str]:
    """Yield what is said of a file that cannot be read: problems and hints."""
    for file in (Path(__file__).parent.parent.parent / "qa" / "articles").rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in (
                *("ArticleError", "ArticleWarning", "self.error", "line.error"),
            ):
                given = (*call.args, *(key.value for key in call.keywords if key.arg == "hint"))
                for each in given:
                    if isinstance(each, ast.Constant) and each.value:
                        yield str(each.value)


OF_FOLDERS = {
    "Let whoever runs this read it.",
    "Name a folder of articles.",
    "Name that folder itself.",
    "{name} is a link to a folder, and was not followed.",
    "Files in {suffix} cannot be read: {count} here.",
    "Files without an ending that are not text cannot be read: {count} here.",
}
"""The page takes files, and no folders."""


def test_each_file_that_cannot_be_read_is_told_of_in_german() -> None:
    assert {*said_of_files()} - OF_FOLDERS <= TRANSLATED.keys()
    refused = ArticleError(
        "{name} is not in a format that can be read.", hint="Use .a, .b.", name="x"
    )
    assert LANGUAGES["de"].error(refused) == (
        "x hat kein Format, das gelesen wird.",
        "Möglich sind .a, .b.",
    )


@pytest.mark.parametrize(
    ("note", "german"),
    [
        ("3 of 7 rows: A, B, C", "3 von 7 Zeilen: A, B, C"),
        ("4 rows: A, B, C, D", "4 Zeilen: A, B, C, D"),
        ("2 of 7 rows with “W” > 9: A (10)", "2 von 7 Zeilen mit “W” > 9: A (10)"),
        (
            "None of 7 rows with “W” > 9; nearest: A (8)",
            "Keine von 7 Zeilen mit “W” > 9; am nächsten: A (8)",
        ),
        ("Lowest “W” of 4 rows: 1 · 2", "Niedrigster Wert in „W“ (4 Zeilen): 1 · 2"),
        (
            "Highest “W” of 4 rows with “P” < 9: 2 · 1",
            "Höchster Wert in „W“ (4 Zeilen mit “P” < 9): 2 · 1",
        ),
        ("… 3 more", "… 3 weitere"),
        (
            "a.pdf has 9 characters that are no words and are not quoted: “x”.",
            "a.pdf enthält 9 Zeichen unlesbaren Text, der nie zitiert wird: „x“.",
        ),
        (
            "a.pdf has no text that is language: “x”.",
            "a.pdf enthält keinen lesbaren Text: „x“.",
        ),
    ],
)
def test_what_was_compared_is_said_in_german(note: str, german: str) -> None:
    assert LANGUAGES["de"].translate(note) == german


@pytest.mark.parametrize("strings", LANGUAGES.values(), ids=lambda strings: strings.language)
def test_no_string_is_markup(strings: Strings) -> None:
    said = [getattr(strings, name) for name in NAMES]
    assert re.findall(r"[<>&'\"*_`\[\]]", "".join(said)) == []


@pytest.mark.parametrize("strings", LANGUAGES.values(), ids=lambda strings: strings.language)
def test_a_language_has_twelve_months(strings: Strings) -> None:
    days = [strings.day(datetime(2024, month, 9, tzinfo=UTC)) for month in range(1, 13)]
    assert len({*days}) == 12


def test_numbers_and_dates_are_written_as_usual() -> None:
    german, moment = LANGUAGES["de"], datetime(2024, 3, 9, tzinfo=UTC)
    assert (ENGLISH.number(1482000), german.number(1482000)) == ("1,482,000", "1.482.000")
    assert (ENGLISH.day(moment), german.day(moment)) == ("9 March 2024", "9. März 2024")
    assert ENGLISH.count("articles", 1) == "1 article"
    assert german.count("sections", 1482) == "1.482 Abschnitte"


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("de", "de"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("DE;q=0.9", "de"),
        ("en-GB,de;q=0.9", "en"),
        ("fr-FR,de;q=0.9", "en"),
        ("", "en"),
        (None, "en"),
        (" ,;q=x-", "en"),
    ],
)
def test_a_browser_is_answered_in_its_first_language(
    accepted: str | None, language: str
) -> None:
    assert strings_for(accepted).language == language


@given(st.text())
def test_whatever_a_browser_accepts_it_is_answered(accepted: str) -> None:
    assert strings_for(accepted) in LANGUAGES.values()


# The page, in a browser


@pytest.fixture(scope="module")
def bells_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the hostile article."""
    settings = bag(tmp_path_factory.mktemp("ringing"))
    yield from serve(AssistantProvider(lambda: assistant(settings)))


@pytest.mark.browser
def test_a_german_is_spoken_to_in_german(bells_page: str, visit: Open) -> None:
    page = visit(bells_page, locale="de-AT")
    expect(page.locator("html")).to_have_attribute("lang", "de")
    expect(page.locator("#masthead")).to_contain_text("aus Ihren Artikeln · 1 Artikel")
    expect(page.locator("#panel")).to_contain_text("Hier schlägt sich die Quelle auf")
    expect(page.get_by_label("Ihre Frage")).to_have_attribute(
        "placeholder", "Die Artikel fragen …"
    )
    expect(page.get_by_role("radio", name="Ausgewogen")).to_be_checked()
    answer = ask(page, WORD_QUESTION)
    expect(answer).to_contain_text(SENTENCES[0])
    expect(page.locator("#chat summary")).to_have_text("Wie das gefunden wurde")
    expect(page.locator("#panel nav")).to_have_attribute("aria-label", "Quellen dieser Antwort")
    expect(page.get_by_text("Speichern als")).to_be_visible()
    expect(ask(page, "?!")).to_contain_text("Die Frage ist leer.")
    page.get_by_role("button", name="Bibliothek").click()
    expect(page.locator("#drawer")).to_contain_text("Nur Sie können sie befragen")
    expect(page.locator("#article-list h3")).to_have_text("Die Bibliothek")


@pytest.mark.browser
def test_who_speaks_another_language_is_spoken_to_in_english(
    bells_page: str, visit: Open
) -> None:
    page = visit(bells_page, locale="fr-FR")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#masthead")).to_contain_text("from your articles · 1 article")
    expect(page.get_by_label("Your question")).to_be_visible()


# What the engine says


@given(st.booleans(), st.lists(words, max_size=5))
def test_an_abstention_has_the_same_reason_in_every_language(
    near: bool, unknown: list[str]
) -> None:
    article = Article.of("Title", "One.")
    hits = [Hit(Passage(0, article, Span(0, 4)), 1.0)] if near else []
    answer = compose(
        "Why?", "Why?", hits=hits, evidence=[], unknown=unknown, settings=Settings()
    )
    assert ENGLISH.reason(answer) == answer.reason
    for strings in OTHERS:
        reason = strings.reason(answer)
        assert reason != answer.reason
        assert all(
            strings.quotation_marks.format(text=word) in reason for word in answer.unknown
        )


@given(st.text(), st.integers(0, 10**9))
def test_trouble_is_told_in_every_language(name: str, size: int) -> None:
    template = "{name} has {size} bytes; the limit is {limit}."
    error = QAError(
        template, hint="Split it into parts.", name=name, size=size, limit=1_000_000
    )
    assert ENGLISH.error(error) == (error.problem, error.hint)
    problem, hint = LANGUAGES["de"].error(error)
    assert problem.startswith(f"{name} hat ")
    assert problem.endswith(" Bytes; 1.000.000 sind die Grenze.")
    assert hint == "Teilen Sie die Datei auf."


@given(st.sampled_from(sorted(TRANSLATED)), st.data())
def test_what_is_filled_in_stays_as_it_is(template: str, data: st.DataObject) -> None:
    filled = {
        name: data.draw(st.from_regex(r"[A-Z]\w{1,9}", fullmatch=True))
        for name in holes(template)
    }
    said = LANGUAGES["de"].translate(template.format(**filled))
    assert said == TRANSLATED[template].format(**filled)
    assert ENGLISH.translate(template) == template


@pytest.mark.parametrize("intent", REPLIES)
def test_who_says_hello_in_german_is_answered_in_german(intent: Intent) -> None:
    reply = manner("Hello", intent)
    assert LANGUAGES["de"].reason(reply) not in {reply.reason, ""}


UNTRANSLATED = st.text().filter(lambda words: LANGUAGES["de"].translate(words) == words)


@given(UNTRANSLATED, UNTRANSLATED)
def test_what_has_no_translation_is_told_in_english(problem: str, hint: str) -> None:
    error = QAError(problem, hint=hint)
    assert LANGUAGES["de"].error(error) == (problem, hint)
    assert str(error) == f"{problem} {hint}".rstrip()
