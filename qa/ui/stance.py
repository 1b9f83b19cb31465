"""The control of how sure an answer must be: radio buttons, and what the chosen one means."""

from __future__ import annotations

from qa.settings import STANCES

MEANINGS = {
    "strict": "Only sure answers",
    "balanced": "Likely answers",
    "eager": "Doubtful answers too",
}


def control() -> str:
    """Return the control as HTML; it is of no use before its script sets the first choice."""
    choices = "".join(map(_choice, STANCES))
    return f"<fieldset disabled><legend>How sure an answer must be</legend>{choices}</fieldset>"


def _choice(name: str) -> str:
    return (
        f"<label title='{MEANINGS[name]}'><input type='radio' name='stance' value='{name}'"
        f" aria-describedby='stance-{name}'><span>{name.capitalize()}</span></label>"
        f"<small id='stance-{name}'>{MEANINGS[name]}</small>"
    )
