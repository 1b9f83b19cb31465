"""The terms that words are compared by: folded stems, without stop words."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from qa.language.folding import MONTHS, compounds, folded
from qa.language.languages import ENGLISH, LANGUAGES

STOP_WORDS = """
a about after again against all also am an and any are as at away be because been before being
between both but by can could did do does done during each ever every far few for from get give
given go had happen happened has have having he her here hers him his how i if in into is it its
itself just know let like long made make many may me might more most much must my name no nor
not of often old on once only or other our out over own please said same say says she should
since so some such take tell than that the their them then there these they this those through
to too under until up us use used very was we were what when where whether which while who whom
whose why will with without would you your d ll m re s t ve
""".split()
"""English words that say nothing about the subject of a question."""

ASKING_UNSPACED = re.compile(
    "什么时候|什么|什麼|为什么|為什麼|为何|為何|哪里|哪裡|哪儿|哪些|哪个|哪個|哪|谁|誰|何时|何時"
    "|怎么|怎麼|怎样|如何|多少|几|是否"
    "|吗|嗎|呢|何|いつ|どこ|だれ|なぜ|どうして|どの|どれ|どんな|いくつ|いくら|どう|ですか|ますか"
    "|でしたか|ましたか|언제|어디|누구|무엇|왜|어떻게|얼마"
)
"""What only asks in Chinese, Japanese and Korean, whose words no space parts."""


def terms(text: str, language: str = ENGLISH) -> list[str]:
    """Return the folded stems of a text's words, without stop words."""
    alike = _alike(language)
    found = analyzer(language).analyze(folded(text, language))
    return [alike.get(term, term) for term in found]


def search_terms(text: str, language: str = ENGLISH) -> list[str]:
    """Return the terms of a text, and of each of its compounds as one word besides."""
    return [*terms(text, language), *(whole for whole, _ in _compounds(text, language))]


def term_overlap(question: str, text: str) -> float:
    """Return the share of a question's terms that a text has too."""
    wanted, joined = _question_terms(question)
    if not wanted:
        return 0.0
    held = set(search_terms(text))
    for whole, parts in joined:
        if whole in held:
            held |= parts
    return len(wanted & held) / len(wanted)


@lru_cache(maxsize=64)
def _question_terms(
    question: str,
) -> tuple[frozenset[str], tuple[tuple[str, frozenset[str]], ...]]:
    """Return the terms of a question, and its compounds: each as a whole, and its parts."""
    return frozenset(terms(question)), tuple(_compounds(question, ENGLISH))


def _compounds(text: str, language: str) -> Iterator[tuple[str, frozenset[str]]]:
    for parts in compounds(text):
        for whole in terms("".join(parts), language):
            yield whole, frozenset(terms(" ".join(parts), language))


def query_terms(
    question: str, languages: Sequence[str], is_written: Callable[[str], bool]
) -> list[str]:
    """Return what to search for in passages of some languages, each once.

    Only the common words of the question's own language are left out: “die” is one in German.
    A compound is searched for as one word too, if any passage so writes it; where all have the
    hyphen, its parts find them, and it would only count twice.
    """
    own = question_language(question, languages)
    visible = ASKING_UNSPACED.sub(" ", question) if not question.isascii() else question
    joined = ["".join(parts) for parts in compounds(visible)]
    visible = " ".join([visible, *filter(is_written, joined)])
    common = " ".join(common_words(question, own))
    found = dict.fromkeys(terms(visible, own))
    for language in languages:
        if language != own:
            left_out = set(terms(common, language))
            others = terms(visible, language)
            found |= dict.fromkeys(term for term in others if term not in left_out)
    return [*found]


def question_language(question: str, languages: Collection[str]) -> str:
    """Return the language of a question among some and English, by its common words."""
    among = [ENGLISH, *(each for each in languages if each != ENGLISH)]
    if len(among) == 1:
        return ENGLISH
    return max(among, key=lambda language: len(common_words(question, language)))


def common_words(question: str, language: str) -> list[str]:
    """Return the words of a question that say nothing of what it is about."""
    analyze = analyzer(language).analyze
    return [word for word in split_words(question) if not analyze(word)]


def split_words(text: str) -> list[str]:
    """Return the words of a text, as they are written."""
    return _splitter().analyze(text)


def name_key(name: str) -> str:
    """Return a name as it is looked up: in small letters, without accents and marks."""
    return " ".join(_namer().analyze(name))


@cache
def _splitter() -> TextAnalyzer:
    return TextAnalyzerBuilder(Tokenizer.simple()).build()


@cache
def _namer() -> TextAnalyzer:
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    return builder.filter(Filter.lowercase()).filter(Filter.ascii_fold()).build()


@cache
def _alike(language: str) -> Mapping[str, str]:
    """Return the terms that stand for others: irregular forms, numbers, names of months."""
    entry, stem = LANGUAGES[language], analyzer(language).analyze
    english = analyzer(ENGLISH).analyze
    alike = {
        form: base
        for word, to in entry.alike.items()
        for form, base in zip(stem(word), stem(to), strict=False)
    }
    for number, word in enumerate(entry.numbers, 2):
        alike |= dict.fromkeys(stem(word), str(number))
    for month, name in enumerate(MONTHS):
        written = {name, *entry.months[month : month + 1]}
        alike |= {term: english(name)[0] for word in written for term in stem(word)}
    return alike


@cache
def analyzer(language: str = ENGLISH) -> TextAnalyzer:
    """Return the analyzer that makes terms of a folded text."""
    entry = LANGUAGES[language]
    steps = [Filter.remove_long(64), Filter.lowercase()]
    if language == ENGLISH:
        steps += [Filter.ascii_fold(), Filter.custom_stopword(STOP_WORDS)]
    else:
        # The lists have accents; a question that lacks them is to find the same.
        common = [Filter.stopword(entry.stemmer)] if entry.stop_words else []
        asking = Filter.custom_stopword(list(entry.asking))
        steps += [*common, asking, Filter.ascii_fold()]
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    for step in (*steps, Filter.stemmer(entry.stemmer)):
        builder = builder.filter(step)
    return builder.build()
