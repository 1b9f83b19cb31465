"""Texts and questions in other languages than English."""

from __future__ import annotations

import pytest

from qa.language.detection import language_of
from qa.language.languages import LANGUAGES
from qa.language.terms import (
    query_terms,
    question_language,
    search_terms,
    terms,
)


def nowhere(_: str) -> bool:
    return False


TEXTS = {
    "en": "The old harbour tram was opened before the war and closed after the great fire.",
    "de": "Die alte Hafenbahn wurde vor dem Krieg eröffnet und nach dem Brand geschlossen.",
    "fr": "Le vieux tramway du port fut inauguré avant la guerre et fermé après l’incendie.",
    "es": "El viejo tranvía del puerto se inauguró antes de la guerra y cerró tras fuego.",
    "it": "Il vecchio tram del porto fu inaugurato prima della guerra e chiuso nel 1951.",
    "nl": "De oude haventram werd voor de oorlog geopend en na de grote brand gesloten.",
    "pt": "O velho elétrico do porto foi inaugurado antes da guerra e fechado após o incêndio.",
    "sv": "Den gamla hamnspårvagnen öppnades före kriget och stängdes efter den stora branden.",
    "ru": "Старый портовый трамвай открыли до войны и закрыли после большого пожара.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_the_language_of_a_text_is_told(language: str) -> None:
    assert language_of(TEXTS[language]) == language


@pytest.mark.parametrize("text", ["", "1947", "Kelm", "港口的电车于1912年开通。" * 9])
def test_what_is_in_no_language_that_is_stemmed_is_read_as_english(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_makes_terms(language: str) -> None:
    assert terms("tram 1912", language) == search_terms("tram 1912", language) != []


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_only_ask_are_no_terms(language: str) -> None:
    assert terms(" ".join(LANGUAGES[language].asking), language) == []


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "Die Brücken", "der Brücke"),
        ("de", "Brucke", "Brücke"),
        ("de", "5. März 2023", "2023-03-05"),
        ("de", "1.000 Euro", "1000 Euro"),
        ("de", "zehn Häuser", "10 Häuser"),
        ("fr", "les ponts anciens", "le pont ancien"),
        ("fr", "l’école", "école"),
        ("fr", "5 mars 2023", "2023-03-05"),
        ("fr", "1 000 francs", "1000 francs"),
        ("es", "los puentes", "puente"),
        ("es", "5 de marzo de 2023", "2023-03-05"),
        ("es", "5 de mayo", "5 mayo"),
    ],
)
def test_forms_of_a_word_are_one_in_its_language(language: str, one: str, other: str) -> None:
    assert set(terms(one, language)) == set(terms(other, language))


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Wann wurde die Hafenbahn eröffnet?", "de"),
        ("Quand le tramway fut-il inauguré ?", "fr"),
        ("¿Cuándo se inauguró el tranvía?", "es"),
        ("When was the tram opened?", "en"),
        ("Kelm?", "en"),
    ],
)
def test_the_language_of_a_question_is_told_by_its_common_words(
    question: str, language: str
) -> None:
    assert question_language(question, ["de", "fr", "es"]) == language


def test_only_words_common_in_the_language_of_the_question_are_left_out() -> None:
    assert query_terms("Wann wurde die Brücke gebaut?", ["en", "de"], nowhere) == [
        "bruck",
        "gebaut",
    ]
    assert "die" in query_terms("Did the king die?", ["en", "de"], nowhere)
    assert query_terms("Which bridges?", ["en"], nowhere) == ["bridg"]


def test_a_question_is_stemmed_in_every_language_of_the_library() -> None:
    asked = query_terms("Wer baute die Brücken?", ["en", "de"], nowhere)
    assert {*terms("Brücken", "de"), *terms("Brücken", "en")} <= set(asked)


def test_chinese_and_japanese_are_found_by_neighbouring_characters() -> None:
    assert terms("电车") == ["电车"]
    assert "电车" in terms("港口的电车于1912年开通。")
    assert "電車" in terms("港の路面電車は1912年に開業した。")
    assert query_terms("电车什么时候开通？", ["en"], nowhere) == ["电车", "开通"]
    assert "電車" in query_terms("電車はいつ開業しましたか", ["en"], nowhere)
    assert terms("すし") == ["すし"]
    assert "した" not in terms("開業した")
