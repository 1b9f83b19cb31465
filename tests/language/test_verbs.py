"""The forms of English verbs."""

from __future__ import annotations

from qa.language.verbs import FORMS, third_person


def test_every_verb_has_its_forms() -> None:
    assert FORMS["carry"] == ("carried", "carried")
    assert FORMS["ban"] == ("banned", "banned")
    assert FORMS["move"] == ("moved", "moved")
    assert FORMS["write"] == ("wrote", "written")
    assert [third_person(base) for base in ("carry", "reach", "stay", "go")] == [
        "carries",
        "reaches",
        "stays",
        "goes",
    ]
