"""English verbs in their forms: base, past, participle, and the present."""

from __future__ import annotations

IRREGULAR = """
become became become, begin began begun, break broke broken, bring brought brought, build
built built, buy bought bought, come came come, cost cost cost, draw drew drawn, fall fell
fallen, find found found, fly flew flown, go went gone, grow grew grown,
hold held held, keep kept kept, lead led led, leave left left, lie lay lain, lose lost lost,
make made made, mean meant meant, meet met met, pay paid paid, rise rose risen, run ran run,
sell sold sold, send sent sent, sing sang sung, sink sank sunk, speak spoke spoken, spend
spent spent, stand stood stood, take took taken, teach taught taught, win won won, write
wrote written
"""
AGENTS = """
adapt appoint assassinate attack build capture coin commission compile compose conquer
create defeat design destroy develop direct discover draw edit establish found illustrate
introduce invade invent kill launch lead name occupy open organise organize own operate
paint patent perform pioneer play portray produce propose publish record release replace
seize sing spearhead succeed translate voice win write
"""
"""Verbs of what somebody does to something: “Who” asks for the subject."""

OTHER_VERBS = """
abolish absorb achieve acquire add adopt announce appear approve arrive attend award ban
belong border carry change close collapse combine complete comprise consist contain continue
contribute cover cross debut declare decline demolish deliver die displace earn elect emerge
employ end enter erupt exist expand explode feature finish flow form graduate happen house
import include increase inspire join land last live locate mark marry measure merge migrate
move need occur offer participate peak perish premiere provide purchase reach rebuild
receive refer rename renovate require resign restore retire return serve settle sign span
start stop stretch surrender survive travel use visit vote weigh
"""
INTRANSITIVE = frozenset(
    """
    appear arrive begin close collapse debut die emerge end erupt expand explode fall flow
    graduate happen merge migrate move occur open peak perish premiere resign retire return
    sink start stop surrender
    """.split()
)
"""Verbs that need no object."""

CAUSATIVE = frozenset(
    """
    affect cause change damage destroy determine harm help improve increase lead open
    prevent produce protect reduce replace threaten trigger
    """.split()
)
"""Verbs of what things do."""

DOUBLED_CONSONANT = {"ban", "stop", "refer"}
VOWELS = "aeiou"


def third_person(base: str) -> str:
    """Return the form of the present that goes with he, she and it."""
    if base.endswith(("s", "x", "ch", "sh", "o")):
        return f"{base}es"
    return f"{base[:-1]}ies" if _loses_y(base) else f"{base}s"


def _loses_y(base: str) -> bool:
    return base.endswith("y") and base[-2] not in VOWELS


def _past(base: str) -> str:
    if base.endswith("e"):
        return f"{base}d"
    if base in DOUBLED_CONSONANT:
        return f"{base}{base[-1]}ed"
    return f"{base[:-1]}ied" if _loses_y(base) else f"{base}ed"


def _forms() -> dict[str, tuple[str, str]]:
    """Return of each verb the past and the participle."""
    forms = {
        base: (_past(base), _past(base)) for base in [*AGENTS.split(), *OTHER_VERBS.split()]
    }
    triples = (triple.split() for triple in IRREGULAR.split(","))
    return forms | {base: (past, done) for base, past, done in triples}


FORMS = _forms()
PAST = {past: base for base, (past, _) in FORMS.items()}
PRESENT = {
    third_person(base): base
    for base in frozenset(
        """
        belong comprise consist contain cost cover employ hold include last lie mean need occur
        own produce refer require serve span stand stretch take weigh
        """.split()
    )
}
"""Forms of the present; many others, such as “names” and “attacks”, are more often nouns."""

PLURAL = frozenset(
    "comprise consist contain exist include lie live occur refer require".split()
)
AGENT_PAST = {FORMS[base][0] for base in AGENTS.split()}
ACTIVE = {FORMS[base][1]: FORMS[base][0] for base in AGENTS.split()}
"""The past of what somebody does, by its participle: “written” gives “wrote”."""

PARTICIPLES = {done for _, done in FORMS.values()} | {
    *"born bound chosen cut hidden hit known put seen set shot shown struck torn worn".split()
}

BE_VERBS = {"is", "was", "are", "were"}
HAVE_VERBS = {"has": "does", "have": "do", "had": "did"}
"""The forms of to have, and those of to do that a question has instead."""

PLURAL_VERBS = {"are", "were", "have", *PLURAL}
SINGULAR_VERBS = {"is", "was", "has", *PRESENT}


def is_participle(word: str) -> bool:
    """Tell whether a word after “was” says what was done."""
    return word in PARTICIPLES or (word.endswith("ed") and len(word) > len("need"))
