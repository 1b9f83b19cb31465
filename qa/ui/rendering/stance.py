"""The control of how sure an answer must be: radio buttons, and what the chosen one means."""

from __future__ import annotations

from qa.settings import STANCES
from qa.ui.i18n.strings import Strings


def control(strings: Strings) -> str:
    """Return the control as HTML; it is of no use before its script sets the first choice."""
    choices = "".join(_choice(name, strings) for name in STANCES)
    return f"<fieldset disabled><legend>{strings.stance}</legend>{choices}</fieldset>"


def _choice(name: str, strings: Strings) -> str:
    face, meaning = getattr(strings, name), getattr(strings, f"{name}_means")
    return (
        f"<label title='{meaning}'><input type='radio' name='stance' value='{name}'"
        f" aria-describedby='stance-{name}'><span>{face}</span></label>"
        f"<small id='stance-{name}'>{meaning}</small>"
    )
