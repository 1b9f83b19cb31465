"""A question as it is searched for, and what is blamed where nothing answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import Article, Assistant, Settings, build
from qa.encoders.bag_of_words import BagOfWordsEncoder
from qa.language.aliases import Alias
from qa.lexical.base import LexicalPassage
from qa.lexical.tantivy import TantivyIndex
from qa.query import (
    as_written_in,
    correct_slips,
    named_in,
    unknown_subjects,
    with_aliases,
)

PASSAGES = [
    LexicalPassage(0, "Harbour", "The Kelm Harbour Authority (KHA) was founded in 1921."),
    LexicalPassage(1, "Harbour", "The KHA dredged the channel; the steering council paid."),
    LexicalPassage(2, "Papers", "A certificate is issued by e-mail. It was invented by Moor."),
    LexicalPassage(3, "Fluss", "Die alte Brücke wurde 1904 vom Bürgermeister gebaut.", "de"),
    LexicalPassage(4, "电车", "港口的电车于1912年开通。"),
    LexicalPassage(5, "WHO", "The World Health Organization (WHO) sent nurses."),
]


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> TantivyIndex:
    return TantivyIndex.write(tmp_path_factory.mktemp("query"), PASSAGES)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How is a certifcate issued?", "How is a certificate issued?"),
        ("wen did the stering council pay?", "when did the steering council pay?"),
        ("What did the Kellm Authority do?", "What did the Kelm Authority do?"),
        ("Is that Kellm's channel?", "Is that Kelm's channel?"),
    ],
)
def test_slips_are_corrected_in_their_places(
    words: TantivyIndex, question: str, text: str
) -> None:
    query = correct_slips(question, words)
    assert query.text == text
    assert all(correction.original in question for correction in query.corrections)


@given(
    st.lists(
        st.sampled_from(["who", "KHA", "channel", "Brücke", "1904", "e-mail", "recipe", "X300"])
    )
)
def test_known_words_common_words_and_codes_are_never_touched(
    words: TantivyIndex, said: list[str]
) -> None:
    question = " ".join(said)
    assert correct_slips(question, words).text == question


@pytest.mark.parametrize(
    "question", ["¿Quién inventó el zepelín?", "Qui recieva la lettre du capitaine ?"]
)
def test_a_question_in_another_language_is_not_corrected_to_english(
    words: TantivyIndex, question: str
) -> None:
    assert correct_slips(question, words).text == question


@given(st.text(max_size=60))
def test_a_query_says_all_that_was_changed(words: TantivyIndex, question: str) -> None:
    if any("\ud800" <= character <= "\udfff" for character in question):
        return
    query = correct_slips(question, words)
    assert (query.text == question) == (not query.corrections)
    for correction in query.corrections:
        assert correction.used in query.text


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("What is the recipe for pizza?", ("recipe", "pizza")),
        ("What did somebody rather write about a zeppelin?", ("zeppelin",)),
        ("Why doesn't the council pay?", ()),
        ("Why can’t a zeppelin land?", ("zeppelin", "land")),
        ("Who was the inventor?", ()),  # another form of what they have
        ("Wann wurde der Zeppelin gebaut?", ("Zeppelin",)),
        ("Wer hat die Brücke gebaut?", ()),
        ("Quand le zeppelin fut-il construit ?", ("zeppelin", "construit")),
        ("¿Cuándo se construyó el zepelín?", ("construyó", "zepelín")),
        ("电车什么时候开通？", ()),
        ("Which channel did the Authority dredge, and was the council paid by nurses?", ()),
    ],
)
def test_only_words_that_carry_the_question_are_unknown(
    words: TantivyIndex, question: str, unknown: tuple[str, ...]
) -> None:
    assert unknown_subjects(question, words) == unknown


@given(
    st.lists(
        st.sampled_from(
            ["what", "which", "wann", "wer", "quand", "dónde", "somebody", "rather", "the"]
        )
    )
)
def test_question_words_and_idle_words_are_never_unknown(
    words: TantivyIndex, said: list[str]
) -> None:
    for word in said:
        assert unknown_subjects(word, words) == ()


def test_a_name_is_searched_with_its_aliases_both_ways(words: TantivyIndex) -> None:
    asked = "What did the Kelm Harbour Authority dredge?"
    assert named_in(asked, words.vocabulary) == (Alias("Kelm Harbour Authority", "KHA"),)
    assert words.search(with_aliases(asked, words.vocabulary), 9).keys() >= {0, 1}
    assert with_aliases("What did the KHA found?", words.vocabulary).endswith(
        " Kelm Harbour Authority"
    )


@pytest.mark.parametrize(
    "question", ["Who sent nurses?", "What is the KHA (Kelm Harbour Authority)?"]
)
def test_a_question_word_and_a_name_asked_in_both_ways_have_no_aliases(
    words: TantivyIndex, question: str
) -> None:
    assert named_in(question, words.vocabulary) == ()


def test_a_passage_is_asked_with_the_name_it_has() -> None:
    named = [Alias("Kelm Harbour Authority", "KHA")]
    question = "What did the Kelm Harbour Authority dredge?"
    assert as_written_in("The KHA met.", question, named) == "What did the KHA dredge?"
    for text in ("The Kelm Harbour Authority (KHA) met.", "Nobody met."):
        assert as_written_in(text, question, named) == question


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    encoder = BagOfWordsEncoder()
    text = "The certificate costs 40 euros. The council meets in March."
    home: Path = tmp_path_factory.mktemp("slips")
    index = build([Article.of("Papers", text)], into=home, encoder=encoder)
    chosen = Settings(reader="similarity", stance="0")
    return Assistant(index, settings=chosen, encoder=encoder)


def test_an_answer_says_what_was_searched_for_instead(assistant: Assistant) -> None:
    answer = assistant.ask("What does a certifcate cost?")
    assert answer.question == "What does a certifcate cost?"
    assert answer.asked == "What does a certificate cost?"
    assert str(answer).startswith("Searched for “certificate”, not “certifcate”.\n")
    assert answer.as_dict()["corrections"] == [
        {"original": "certifcate", "used": "certificate"}
    ]


def test_an_exact_question_is_asked_as_it_stands(assistant: Assistant) -> None:
    answer = assistant.ask("What does a certifcate cost?", exact=True)
    assert answer.asked == answer.question
    assert answer.corrections == ()


def test_a_question_without_slips_says_nothing_of_corrections(assistant: Assistant) -> None:
    assert assistant.ask("What does a certificate cost?").corrections == ()


def test_a_name_is_text_and_no_template() -> None:
    named = (Alias("KHA", r"Karo \d Authority"),)
    text = r"The Karo \d Authority met."
    assert as_written_in(text, "Who led the KHA?", named) == r"Who led the Karo \d Authority?"
