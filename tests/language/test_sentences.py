"""Blocks and sentences: nothing is lost, nothing is moved, and most stops are understood."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from qa.language.sentences import blocks, sentences
from qa.types import Span

CUT = "¦"
"""Where a case must be cut; white space on either side of a cut is in neither sentence."""

CASES = {
    "plain sentences": (
        "It was cold. ¦We left. ¦No one saw us go.",
        "He was born in 1931. ¦1945 was the year that changed his life.",
        "The law takes effect in January. ¦iPhone owners will see the change first.",
    ),
    "abbreviations inside a sentence": (
        "The U.S. economy grew faster than expected. ¦Analysts were surprised.",
        "Officials in the U.S. Department of Energy declined to comment.",
        "Dr. Smith examined the patient. ¦Then Mrs. Jones called.",
        "The meeting at 3 p.m. Tuesday was cancelled.",
        "See No. 5 on the list, which cites vol. 2, pp. 14-19.",
        "Gen. Mark Milley and Lt. Col. Ann Reyes testified on Thursday.",
        "She lives on St. Mark's Place near St. Vincent's Hospital.",
        "The vote on Jan. 6 was delayed until Feb. 12 by the court.",
        "Smith et al. reported similar results (see Fig. 3 and Sec. 4.2).",
        "The box weighs approx. 12 lbs. and measures 14 in. by 20 in. on each side.",
    ),
    "abbreviations that end a sentence": (
        "He moved to the U.S. ¦She stayed behind.",
        "The company was bought by Acme Inc. ¦It has since closed.",
        "They sell apples, pears, plums, etc. ¦Prices vary.",
        "He got his Ph.D. ¦Then he left the field.",
        "They walked down Main St. ¦The shops were closed.",
        "The answer is no. ¦Nobody asked again.",
    ),
    "initials": (
        "J.R.R. Tolkien wrote it in 1937. ¦C.S. Lewis reviewed it.",
        "What is Plan B? ¦There is no plan B. ¦We go on.",
        "John F. Kennedy was shot in Dallas. ¦Lyndon B. Johnson was sworn in.",
    ),
    "numbers and addresses": (
        "The rate rose to 3.5 percent. ¦It had been 2.25 percent.",
        "The report is at https://www.example.org/a.b/c.html?x=1.2. ¦Read it today.",
        "Open config.yaml, then run setup.py. ¦Restart the machine.",
        "The price was £5. ¦10 people bought it.",
    ),
    "quotation marks": (
        '"I will not resign," he said. ¦"I have done nothing wrong."',
        "“I will not resign.” ¦He then left the room.",
        "“Stop!” he shouted. ¦Nobody did.",
        "He asked, “Who is there?” ¦Nobody answered.",
        "‘It's over,’ she said. ¦‘We lost.’",
        '"Get out!" ¦"No!" ¦"Now!"',
        "“I am tired. I want to sleep,” she said. ¦So she slept.",
        "«Je suis prêt.» ¦He said it twice.",
    ),
    "brackets": (
        "He resigned. ¦(He had no choice.) ¦His deputy took over.",
        "The price (about £3.50!) shocked him.",
        "It was late (11 p.m.). ¦They went home.",
    ),
    "ellipses": (
        "He waited… and waited. ¦Nothing came.",
        "I don't know... ¦Perhaps it is true.",
        "The report [...] was never published. ¦No one knows why.",
    ),
    "questions and cries": (
        "What?! ¦You cannot be serious!",
        "Is it safe? asked the man in the hat. ¦It is, said his wife.",
        "“Jeopardy!” host Alex Trebek died in 2020. ¦He was 80.",
    ),
    "lists": (
        "1. Wash the rice.\n¦2. Boil the water.\n¦3. Add the salt.",
        "(a) The tenant shall pay rent.\n¦(b) The landlord shall make repairs.",
        "• Milk\n¦• Bread\n¦• Eggs",
        "The steps are: 1. read, 2. think, 3. write. ¦Then rest.",
        "I. Introduction\n¦II. Methods\n¦III. Results",
        "- Garages,\n¦- masts over 6 metres.\n¦Greenhouses need no permit at all.",
        "- Masts that are higher than six metres are not allowed anywhere in the\n"
        "Northern part of it.\n¦- Garages",
    ),
    "headlines": (
        "U.S. to leave pact\n\n¦The White House said on Friday that it would withdraw.",
        "WASHINGTON (AP) — The Senate voted on Monday. ¦The House did not.",
        "Who won?\n\n¦Nobody did.",
    ),
    "lines wrapped by hand": (
        "The study was led by Dr.\nSmith of Oxford. ¦It took ten years.",
        "Troops entered the city from the north.\n¦Residents fled to the south\nby car.",
        "The new treaty between the U.S.\nand Canada was signed. ¦It runs to 400 pages.",
        "The answer,\n“No,” came at once. ¦Nobody was\nsurprised.",
    ),
    "spaces and notes": (
        "Dr.\xa0Smith arrived at 5\xa0p.m. on Monday. ¦He left early.",
        "It was over.\xa0¦Nobody spoke.",
        "The war ended in 1945.[12] ¦Peace followed.[13][14] ¦It lasted.",
        "The claim is disputed.[citation needed] ¦Sources differ.",
        "  Leading space is kept out. ¦Trailing too.  ",
    ),
    "emoji and accents": (
        "Thanks!! 🙏🏽 ¦Talk to you tomorrow. 👋",
        "Zoë left. ¦Çelik stayed. ¦Øystein slept.",
    ),
    "other languages": (
        "Où es-tu ? ¦Je suis ici ! ¦Viens vite.",
        "今日は雨です。¦明日は晴れます。¦傘は要りません。",
        "أين أنت؟ ¦أنا هنا.",
    ),
    "German ordinals": (
        "Am 3. Oktober feiern wir in Berlin. ¦Es gibt Musik.",
        "Motorsägen ruhen vom 1. März bis zum 30. September. ¦Danach nicht.",
        "Er kam am 1. 3. 2024 zu uns. ¦Er blieb bis 31.12.2024 hier.",
        "Die Frist endet am 5. Dez. 2024 um Mitternacht. ¦Danach gilt sie nicht.",
        "Mitglied wird, wer das 18. Lebensjahr vollendet hat. ¦Der Vorstand stimmt zu.",
        "Siehe § 4 Abs. 2 Satz 1. ¦Der Antrag ist schriftlich.",
        "Die Zahl stieg auf 31. ¦Im Mai sank sie. ¦Es waren 12. ¦Alle kamen.",
    ),
    "small letters": (
        "eBay and iRobot are firms. ¦eBay is older. ¦iRobot is smaller.",
        "The shop (est. 1890) sells tea, coffee, etc. to tourists.",
        "At 6 ft. 2 in. he was the tallest. ¦His sister was 5 ft. 9.",
    ),
}
KNOWN = {
    "“incl.” is no abbreviation to sentencex": (
        "Some 40 species lived here, incl. Homo habilis.",
    ),
    "“Corp.” and “Co.” are taken to go on before a capital": (
        "The deal was signed by Toyota Motor Corp. ¦Terms were not disclosed.",
        'The plane was built by Boeing Co. ¦"It is safe," the firm said.',
    ),
    "a number and a stop end a sentence, even in a heading": (
        "Chapter 1. The Beginning\n\n¦It was a dark night. ¦Rain fell.",
    ),
    "a note in round brackets is taken for the start of a sentence": (
        "The drug works. ¦Side effects are rare.(3) ¦Doses vary.",
    ),
}
FLAT = [case for group in CASES.values() for case in group]
FAILING = [
    pytest.param(case, marks=pytest.mark.xfail(reason=reason))
    for reason, group in KNOWN.items()
    for case in group
]

SIGNS = "aZ1.!?…。؟\0\"'“”‘’«»()[]-•:;éß中あع😀🏽²\u0301\u200b\u200d\ufe0f\ufeff\ud800\udfff"
SPACES = " \n\t\r\x0c\x1c\x85\xa0\u2003\u2028\u3000"
CHUNKS = ["Dr. ", "etc. ", "U.S. ", "a.m. ", "no. ", "[1]", "(3)", "\n1. ", "...", "\n\n"]
awkward = st.lists(st.sampled_from([*SIGNS, *SPACES, *CHUNKS]), max_size=60).map("".join)
texts = awkward | st.text(st.characters(), max_size=80)


def cuts(spans: Sequence[Span], text: str) -> list[str]:
    return [span.of(text) for span in spans]


# Laws


@given(texts)
@example("Dr.\xa0Smith\0said: “No.”\u2028(Yes!) 😀👩🏽 \ud800.\r\n\r\n- a\n- b")
@pytest.mark.parametrize("cut", [blocks, sentences])
def test_nothing_is_lost_and_nothing_is_said_twice(
    cut: Callable[[str], tuple[Span, ...]], text: str
) -> None:
    end = 0
    for span in cut(text):
        assert not text[end : span.start].strip()
        piece = span.of(text)
        assert piece == piece.strip()
        assert piece
        end = span.end
    assert not text[end:].strip()


@given(texts)
def test_a_sentence_lies_in_one_block(text: str) -> None:
    around = blocks(text)
    for sentence in sentences(text):
        assert sum(sentence in block for block in around) == 1


@given(texts, texts, texts)
@pytest.mark.parametrize("cut", [blocks, sentences])
def test_a_part_of_a_text_is_cut_as_if_it_were_alone(
    cut: Callable[..., tuple[Span, ...]], before: str, text: str, after: str
) -> None:
    if not text:
        return
    shift = len(before)
    within = cut(before + text + after, Span(shift, shift + len(text)))
    assert [(s.start - shift, s.end - shift) for s in within] == [
        (s.start, s.end) for s in cut(text)
    ]


@given(texts)
def test_the_same_text_is_cut_the_same_way_twice(text: str) -> None:
    assert sentences(text) == sentences(text)


@given(texts, texts)
def test_a_blank_line_ends_a_sentence_whatever_stands_around_it(one: str, other: str) -> None:
    whole = f"{one}\n\n{other}"
    assert cuts(sentences(whole), whole) == [
        *cuts(sentences(one), one),
        *cuts(sentences(other), other),
    ]


# Cases


@pytest.mark.parametrize("case", [*FLAT, *FAILING])
def test_sentences_end_where_a_reader_would_end_them(case: str) -> None:
    text = case.replace(CUT, "")
    assert cuts(sentences(text), text) == [piece.strip() for piece in case.split(CUT)]


@pytest.mark.parametrize("blank", ["", " ", "\n\n", "\t\xa0\u3000\n"])
def test_white_space_has_no_sentences(blank: str) -> None:
    assert sentences(blank) == blocks(blank) == ()


def test_lines_wrapped_by_hand_are_one_block() -> None:
    text = "The ferry left\nat seven in\nthe morning.\n\nIt came back\nat noon."
    assert cuts(blocks(text), text) == [
        "The ferry left\nat seven in\nthe morning.",
        "It came back\nat noon.",
    ]


def test_a_line_too_long_to_be_wrapped_by_hand_is_a_block() -> None:
    long = "The ferry left " + "and came back " * 10 + "at noon."
    text = f"{long}\nNobody was on it.\n{long}"
    assert cuts(blocks(text), text) == [long, "Nobody was on it.", long]


def test_every_item_of_a_list_is_a_block() -> None:
    text = "Bring:\n- a rope\n- a lamp,\n  with oil\n2. salt\n(iv) bread\n* tea"
    assert cuts(blocks(text), text) == [
        "Bring:",
        "- a rope",
        "- a lamp,\n  with oil",
        "2. salt",
        "(iv) bread",
        "* tea",
    ]


def test_lines_that_begin_with_labels_are_blocks_of_their_own() -> None:
    text = (
        "Monday: 6.30 to 9.00,\nearly swim only\nTuesday: closed\nPlease note: bring\na lock."
    )
    assert cuts(blocks(text), text) == [
        "Monday: 6.30 to 9.00,\nearly swim only",
        "Tuesday: closed",
        "Please note: bring\na lock.",
    ]


def test_one_line_with_a_label_may_go_on_from_the_line_before() -> None:
    text = "There is one rule for\nAll visitors: keep to the path."
    assert cuts(blocks(text), text) == [text]


# Size


@pytest.mark.parametrize(
    "unit",
    [
        "word ",
        "x",
        " ",
        "“We go. ",
        "and so. on ",
        ". ",
        "!",
        "[1] ",
        "😀",
        "- item\n",
        "(",
        "\n",
    ],
)
def test_a_long_text_of_one_kind_is_cut_without_loss(unit: str) -> None:
    """Quadratic time would show as a test that does not end."""
    text = unit * (200_000 // len(unit))
    cut = "".join(span.of(text) for span in sentences(text))
    assert "".join(cut.split()) == "".join(text.split())


def test_a_paragraph_of_any_length_is_cut_between_sentences_only() -> None:
    sentence = "From 1911 to 1984 the ferry sails. "
    text = sentence * 1000
    assert set(cuts(sentences(text), text)) == {sentence.strip()}
