"""Articles that disagree, and those that only seem to, read by the shipped reader."""

from __future__ import annotations

import pytest

from qa import Answer, Article, Hit, Passage, Settings, Span
from qa.quoting.compose import compose
from qa.quoting.contradictions import contradict, contradicting_quotes
from qa.quoting.quotes import Quote
from qa.readers.fast import FastReader
from qa.types import Section

READER = FastReader()
TITLES = ("The first reports", "What is known now", "A week later")
DISAGREE = [
    (
        "How many people died when the ferry sank?",
        "The ferry Aurora sank off Port Alder on Monday. Thirty people died, a diver said.",
        "The ferry Aurora sank off Port Alder. Officials said 41 people died in the water.",
    ),
    (
        "How many people died on the Aurora?",
        "The Aurora sank on Monday night and 30 people died. Divers went down at dawn.",
        "At least 41 people died when the Aurora went down. The harbour was closed.",
    ),
    (
        "How many died?",
        "30 people died when the ferry went down.",
        "41 people died when the ferry went down.",
    ),
    (
        "how many cars were destroyed in the depot fire",
        "The depot fire destroyed forty cars.",
        "The depot fire destroyed 55 cars.",
    ),
    (
        "When did the ferry sink?",
        "The ferry Aurora sank on Monday off Port Alder.",
        "The Aurora, a ferry, sank on Tuesday off Port Alder.",
    ),
    (
        "When did the harbour tram open?",
        "The harbour tram opened in 1912 and is still loved.",
        "The harbour tram opened in 1914, after a strike.",
    ),
    ("When was the fire?", "The fire was on 4 May 1951.", "The fire was on 5 May 1951."),
    (
        "What time did the fire start?",
        "The fire at the depot started at 9 p.m. in the paint shop.",
        "The fire at the depot started at 11 p.m. under the roof.",
    ),
    (
        "How long is the tram line?",
        "The tram line is nine kilometres long.",
        "The tram line is 11 kilometres long.",
    ),
    (
        "How much did the new bridge cost?",
        "The new bridge cost $3 million.",
        "The new bridge cost $5.5 million, twice the plan.",
    ),
    (
        "What share of the voters backed the plan?",
        "The plan was backed by 62 percent of the voters.",
        "Only 48 percent of the voters backed the plan.",
    ),
    (
        "How old was the captain?",
        "The captain, Ian Marsh, was 54 years old.",
        "Captain Ian Marsh was 61 years old.",
    ),
    (
        "Who is the mayor of Port Alder?",
        "The mayor of Port Alder is Lena Holt.",
        "The mayor of Port Alder is Tom Reed.",
    ),
    (
        "Where was the lighthouse keeper born?",
        "The lighthouse keeper Ada Brook was born in Saltgate.",
        "The lighthouse keeper Ada Brook was born in Mirefield.",
    ),
    (
        "How many houses burnt down?",
        "A fire went through Mirefield on Friday night. Twelve houses burnt down.",
        "The blaze in Mirefield burnt down 19 houses. Nobody was hurt.",
    ),
    (
        "How many workers joined the strike?",
        "About 200 workers joined the strike at the depot.",
        "The strike was joined by 450 workers, the union said.",
    ),
    (
        "What magnitude did the earthquake have?",
        "The earthquake had a magnitude of 5.8.",
        "The earthquake reached magnitude 6.4, experts said.",
    ),
    (
        "When was the castle built?",
        "The castle was built in 1340 by Duke Oren.",
        "The castle, built in 1412, stands above the town.",
    ),
    (
        "Who discovered the cave?",
        "The cave was discovered by Ian Marsh.",
        "The cave was discovered by Ruth Vale.",
    ),
    (
        "On which day did the storm reach the coast?",
        "The storm reached the coast on Wednesday.",
        "The storm reached the coast late on Thursday.",
    ),
    (
        "How high is the tower?",
        "The tower is 64 metres high.",
        "At 71 metres high, the tower is seen from the sea.",
    ),
    (
        "How many prisoners escaped?",
        "Seven prisoners escaped from the jail at Saltgate.",
        "Five prisoners escaped from the jail, the warden said.",
    ),
    (
        "where did the train derail",
        "The train derailed in Saltgate.",
        "The train derailed in Mirefield.",
    ),
    (
        "How much did the painting sell for?",
        "The painting sold for 2.4 million dollars.",
        "The painting sold for 1.1 million dollars on Tuesday.",
    ),
]
AGREE = [
    (
        "How many people died when the ferry sank?",
        "The ferry Aurora sank off Port Alder on Monday. Thirty people died, a diver said.",
        "The ferry Aurora sank off Port Alder. Officials said 30 people died in the water.",
    ),
    (
        "How many people died on the Aurora?",
        "The Aurora sank on Monday night and 30 people died.",
        "At least 20 people died when the Aurora went down.",
    ),
    (
        "How many people died on the Aurora?",
        "The Aurora sank and about 30 people died.",
        "When the Aurora sank, 31 people died.",
    ),
    (
        "How many people died on the Aurora?",
        "The Aurora sank and 30 people died.",
        "The Aurora sank and 41 people were rescued.",
    ),
    (
        "How many people died in the flood?",
        "In 1951 the flood killed 30 people in the old town.",
        "In 1987 a flood killed 41 people in the old town.",
    ),
    (
        "How many people were hurt?",
        "The storm hit Port Alder and 12 people were hurt.",
        "The storm in Mirefield left 25 people hurt.",
    ),
    (
        "How many people live in Port Alder?",
        "Port Alder has 12,000 inhabitants.",
        "In Port Alder live 11,960 people.",
    ),
    (
        "How many visitors come to the museum?",
        "The museum has hundreds of visitors a day.",
        "The museum has 300 visitors a day.",
    ),
    (
        "How many cars were destroyed?",
        "The fire destroyed forty cars in the depot.",
        "The fire destroyed the depot in two hours.",
    ),
    (
        "How far is Saltgate from Port Alder?",
        "Saltgate lies 40 kilometres from Port Alder.",
        "The way from Saltgate to Port Alder is about 40 km.",
    ),
    (
        "How far is Saltgate from Port Alder?",
        "Saltgate lies 40 kilometres from Port Alder.",
        "Saltgate is 25 miles from Port Alder.",
    ),
    (
        "How long is the tram line?",
        "The tram line is nine kilometres long.",
        "The tram line has 12 stops.",
    ),
    (
        "How long is the bridge?",
        "The Alder Bridge is 300 metres long.",
        "The Stone Bridge is 120 metres long.",
    ),
    ("When did the tram open?", "The tram opened in 1912.", "The tram opened in May 1912."),
    ("When did the tram open?", "The tram opened in 1912.", "The tram opened in the 1910s."),
    (
        "How long did the war last?",
        "The war lasted from 1914 to 1918.",
        "The war began in 1914.",
    ),
    (
        "When did Ada Brook retire?",
        "The keeper, Ada Brook, retired in 1974.",
        "Ada Brook became keeper in 1951.",
    ),
    (
        "Who are the allies of Freeland?",
        "Northland is an ally of Freeland.",
        "Westmark is an ally of Freeland.",
    ),
    (
        "Who is an ally of Freeland?",
        "Northland is an ally of Freeland.",
        "Westmark is an ally of Freeland.",
    ),
    (
        "Who won the war?",
        "Holt won the war in the north.",
        "Lena Holt won the war in the north.",
    ),
    (
        "Who designed the bridge?",
        "The bridge was designed by Ada Brook.",
        "The bridge was also designed by Tom Reed.",
    ),
    (
        "What is the tram made of?",
        "The tram is made of steel.",
        "The tram is made of steel and oak.",
    ),
    (
        "Where was the keeper born?",
        "The keeper was born in Saltgate.",
        "The keeper was born in a cottage.",
    ),
    (
        "How many houses burnt down?",
        "Twelve houses burnt down in the fire.",
        "A dozen houses burnt down in the fire.",
    ),
    (
        "How many houses burnt down?",
        "More than ten houses burnt down in the fire.",
        "A dozen houses burnt down in the fire.",
    ),
    (
        "How high is the tower?",
        "The North Tower is 64 metres high.",
        "The Clock Tower is 71 metres high.",
    ),
    (
        "When was the school founded?",
        "Alder School was founded in 1870.",
        "Vale School was founded in 1905.",
    ),
    ("When was it founded?", "It was founded in 1870.", "It was founded in 1905."),
    (
        "Who plays for the club?",
        "Ian Marsh plays for the club.",
        "Tom Reed plays for the club.",
    ),
    (
        "Who visited the museum?",
        "Lena Holt visited the museum.",
        "Tom Reed visited the museum.",
    ),
    ("What does the museum show?", "The museum shows lamps.", "The museum shows old trams."),
    (
        "How long does the trip take?",
        "The trip takes two hours.",
        "The trip takes 120 minutes.",
    ),
    ("When does the museum open?", "The museum opens at ten.", "The museum opens on Monday."),
    (
        "How many goals did Ruth Vale score?",
        "Ruth Vale scored 12 goals in 1998.",
        "Ruth Vale scored 19 goals in 1999.",
    ),
    ("How many seats does it have?", "The theatre has 300 seats.", "The cinema has 120 seats."),
    (
        "When did the mayor resign?",
        "The mayor resigned in March.",
        "The mayor resigned on 4 March 1951.",
    ),
    (
        "Where was the treaty signed?",
        "The treaty was signed in Port Alder.",
        "The treaty was signed in the town hall of Port Alder.",
    ),
]


def asked(question: str, *texts: str) -> Answer:
    """Ask of articles of one passage each."""
    articles = [Article.of(title, text) for title, text in zip(TITLES, texts, strict=False)]
    hits = [Hit(Passage(n, a, Span(0, len(a.text))), 0.7) for n, a in enumerate(articles)]
    return compose(
        question,
        question,
        hits=hits,
        evidence=READER.read(question, hits),
        unknown=(),
        settings=Settings(stance="0.1"),
    )


@pytest.mark.parametrize(("question", "one", "other"), DISAGREE)
def test_articles_that_disagree_are_both_quoted(question: str, one: str, other: str) -> None:
    answer = asked(question, one, other)
    assert {c.article.text for c in answer.citations} == {one, other}
    assert len(answer.rivals) == len(answer.sides) == 2
    assert str(answer).startswith("The articles disagree: ")


@pytest.mark.parametrize(("question", "one", "other"), AGREE)
def test_articles_that_do_not_contradict_are_no_rivals(
    question: str, one: str, other: str
) -> None:
    assert asked(question, one, other).rivals == ()


def test_of_three_papers_two_agree_against_one() -> None:
    answer = asked(
        "How many people died when the ferry sank?",
        "The ferry sank on Monday and 30 people died.",
        "The ferry sank on Monday and 41 people died.",
        "The ferry sank on Monday and 30 people died.",
    )
    assert sorted(map(len, answer.sides.values())) == [1, 2]
    assert len(answer.statements) == 2


def test_a_question_for_yes_or_no_has_no_rivals() -> None:
    answer = asked("Did 30 people die?", "30 people died.", "In all 41 people died.")
    assert (answer.short_answer, answer.rivals) == ("", ())


def quote(text: str, short: str, title: str) -> Quote:
    start = text.index(short)
    article = Article.of(title, text)
    return Quote(article, Span(0, len(text)), Span(start, start + len(short)))


def test_within_one_section_nothing_contradicts() -> None:
    text = "First 30 people died. In the end 41 people died."
    article = Article.of("The ferry", text)
    first = Quote(article, Span(0, 21), Span(6, 8))
    last = Quote(article, Span(22, len(text)), Span(33, 35))
    assert not contradict("How many people died?", first, last)


@pytest.mark.parametrize(("one", "other"), [("30", "41"), ("thirty", "41"), ("30", "thirty")])
def test_to_contradict_is_mutual(one: str, other: str) -> None:
    left = quote(f"On the ferry {one} people died.", one, "First")
    right = quote(f"On the ferry {other} people died.", other, "Second")
    question = "How many people died on the ferry?"
    assert contradict(question, left, right) == contradict(question, right, left)
    assert not contradict(question, left, left)


@pytest.mark.parametrize(
    ("question", "one", "short", "other", "instead"),
    [
        (
            "How long is the pier?",
            "The west pier is 140 metres long.",
            "140 metres",
            "The east pier is 210 metres long.",
            "210 metres",
        ),
        (
            "How much is a ticket?",
            "In summer a ticket costs 12 euros.",
            "12 euros",
            "In winter a ticket costs 8 euros.",
            "8 euros",
        ),
        (
            "When did the line open?",
            "The line opened in 1912.",
            "1912",
            "The line opened again in 1931.",
            "1931",
        ),
        (
            "How loud is the pump?",
            "The X200 pump has a level of 48 decibels.",
            "48 decibels",
            "The X300 pump has a level of 52 decibels.",
            "52 decibels",
        ),
        (
            "How much does the car park P4 cost?",
            "The car park P4 costs 9 euros.",
            "9 euros",
            "The car park by the sea costs 29 euros.",
            "29 euros",
        ),
        (
            "What fuse does the pump need?",
            "The pump needs a fuse of 25 amperes.",
            "25 amperes",
            "Fuse of the pump — small: 16 amperes; large: 20 amperes",
            "16 amperes",
        ),
        (
            "How many cars does the tram have?",
            "The tram has eleven cars.",
            "eleven",
            "Seats of a tram car — Figure: 52",
            "52",
        ),
    ],
)
def test_things_that_are_told_apart_do_not_contradict(
    question: str, one: str, short: str, other: str, instead: str
) -> None:
    left, right = quote(one, short, "First"), quote(other, instead, "Second")
    assert not contradict(question, left, right)
    assert not contradict(question, right, left)


@pytest.mark.parametrize(
    ("question", "one", "short", "other", "instead"),
    [
        (
            "How long is the island?",
            "The island is 8 kilometres long.",
            "8 kilometres",
            "From end to end the island is 6.5 miles long.",
            "6.5 miles",
        ),
        (
            "How many seats has the hall?",
            "Seats in the hall: 640",
            "640",
            "The hall has 580 seats.",
            "580",
        ),
        (
            "How high is the tower of Skarholm?",
            "The tower of Skarholm is 31 metres high.",
            "31 metres",
            "At 34 metres, the tower of Skarholm is the tallest of all.",
            "34 metres",
        ),
    ],
)
def test_values_in_other_units_lists_and_words_contradict(
    question: str, one: str, short: str, other: str, instead: str
) -> None:
    left, right = quote(one, short, "First"), quote(other, instead, "Second")
    assert contradict(question, left, right)


def test_a_heading_dates_what_stands_under_it() -> None:
    title, heading, said = "A guide", "1911: the storm", "The storm destroyed the harbour."
    text = f"{title}\n\n{heading}\n\n{said}"
    start = text.index(said)
    section = Section((heading,), Span(start, len(text)))
    guide = Article.of(title, text, sections=(section,))
    best = quote("The storm destroyed the harbour in 1913.", "1913", "A chronicle")
    asked = "When did the storm destroy the harbour?"
    dated, bare = contradicting_quotes(asked, best, Quote(guide, section.span))
    assert (dated.text, dated.short_answer, bare.text) == (heading, "1911", said)
    assert guide.path_at(dated.span) == (heading,)
    assert dated.previous() is None
    assert dated.heading() is None


@pytest.mark.xfail(strict=True, reason="only sense tells these two apart")
@pytest.mark.parametrize(
    ("question", "one", "short", "other", "instead"),
    [
        (
            "What is the price of a ticket?",
            "A ticket costs 2 euros.",
            "2 euros",
            "A ticket for the ferry costs 5 euros.",
            "5 euros",
        ),
        (
            "How many islands are there?",
            "There are 13 islands.",
            "13",
            "Six islands are inhabited.",
            "Six",
        ),
    ],
)
def test_known_false_alarms(
    question: str, one: str, short: str, other: str, instead: str
) -> None:
    left, right = quote(one, short, "First"), quote(other, instead, "Second")
    assert not contradict(question, left, right)
