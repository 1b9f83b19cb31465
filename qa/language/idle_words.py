"""Words of a question that do not say what it is about, though they are no stop words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qa.language.languages import LANGUAGES
from qa.language.question_kinds import AUXILIARIES
from qa.language.terms import analyzer, question_language

IDLE_WORD_LIST = """
able actually add additional already although altogether always among anybody anymore anyone
anything anyway anywhere apart approximately article articles aside ask asked asking become
began begin believe besides best better big bit bring call called came cause caused certain
certainly clearly close come comes common commonly compare compared concerning consider
considered contain contains currently deal describe described difference different discuss
discussed document documents doing done easily either else enough especially etc even
eventually everybody everyone everything everywhere exact exactly example except exist
exists explain explained fact feel finally find first followed following forget found full
fully general generally gets getting go goes going gone good got great happen happening
happens hello help hi highlight however idea important including indeed information instead
interesting involved keep kept key kind kinds largely last later learn least leave left less
likely list listed look looking lot lots main mainly maybe mean means meant mention
mentioned mentions mostly myself named namely nearly necessary need needed needs never
nevertheless nobody none normally nothing nowadays number occur occurred one ones opposed
order originally others otherwise overall part particular particularly passage people
perhaps person please point possible possibly precisely present previously probably provide
provided put question quite rather read reading real really reason reasons refer refers
regarding relate related relevant respect right roughly said seem seems seen several show
shown shows simply single somebody somehow someone something sometimes somewhere soon sort
speak specific specifically state stated still summarise summarize summary supposed sure
taken talk tell text thank thanks thing things think thought today together told tomorrow
took topic towards tried true try trying type types typical typically understand unless unlike
usually various view want wanted wants way ways well went whatever whenever wherever whoever
within wonder wondering word words work works worth would write writer written wrote yes
yesterday yet
"""
NEGATED = re.compile(rf"(?:{AUXILIARIES}|ca|wo|sha)n[’']t", re.IGNORECASE)
"""An auxiliary that denies: “doesn’t”."""
IDLE_WORDS = frozenset(IDLE_WORD_LIST.split())
"""English ones; those of other languages are in tantivy's lists of stop words."""


def subject_words(words: Iterable[str], question: str) -> list[str]:
    """Return those words of a question that say what it is about, in its language."""
    analyze = analyzer(question_language(question, [*LANGUAGES])).analyze
    said = (word for word in words if not NEGATED.fullmatch(word))
    return [word for word in said if word.lower() not in IDLE_WORDS and analyze(word)]
