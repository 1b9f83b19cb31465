"""Numbers as the items of lists have them: 1, a, A, i or I."""

from __future__ import annotations

ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
MAX_ROMAN, MAX_LETTERS = 3999, 10_000


def numeral(number: int, form: str) -> str:
    """Return a number in a form, which is how 1 is written in it."""
    is_upper = form.isupper()
    if form in ("a", "A") and 0 < number <= MAX_LETTERS:
        return _letters(number).upper() if is_upper else _letters(number)
    if form in ("i", "I") and 0 < number <= MAX_ROMAN:
        return _roman(number) if is_upper else _roman(number).lower()
    return f"{number:02}" if form == "01" else str(number)


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("a") + letter) + letters
    return letters


def _roman(number: int) -> str:
    written = ""
    for value, sign in ROMAN:
        count, number = divmod(number, value)
        written += sign * count
    return written
