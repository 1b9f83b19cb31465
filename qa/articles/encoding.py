"""Bytes in, text out: in Unicode where a file says so, or else as old programs wrote it."""

from __future__ import annotations

import codecs
import re

from qa.articles.characters import readable
from qa.errors import ArticleError

BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",  # before UTF-16's, which it begins with
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
SAMPLE = 20_000  # bytes from which the encoding is guessed
USUAL, MAX_DISTANCE = "cp1252", 0.03
"""The encoding of most old files, and how near it must come to the one that fits best: a few
accents alone fit several."""
DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset=["']?([\w:.-]{2,40})""", re.IGNORECASE)
AS_BROWSERS = {"iso8859-1": "cp1252", "ascii": "cp1252"}
"""What browsers read such a page as: https://encoding.spec.whatwg.org/#names-and-labels"""

BAD = "\ufffd"
RUN_OF_BAD = re.compile(f"{BAD}+")
MAX_BAD_SHARE, MAX_NULL_SHARE = 0.02, 0.005
"""Of the characters of a text: with more that make no sense, it is something else."""

RARE = ["shift_jis_2004", "shift_jisx0213", "euc_jis_2004", "euc_jisx0213", "hp_roman8"]
JAPANESE = ["cp932", "shift_jis"]
HALF_WIDTH = re.compile(r"[\uff61-\uff9f]")
"""Signs of old Japanese terminals: where they abound, the text is in another encoding."""


def decode(raw: bytes, name: str) -> str:
    """Return the text of a file: NFC, plain newlines, no byte-order mark.

    What few bytes make no sense stand as `�` in it.

    Raises:
        ArticleError: if it is no text.
    """
    text = _read(raw, _by_mark(raw), name).removeprefix("\ufeff")
    if text.count("\0") > len(text) * MAX_NULL_SHARE:
        raise ArticleError(
            "{name} is a binary file, not text.", hint="Save it as UTF-8 text.", name=name
        )
    return readable(text.replace("\0", BAD))


def declared_encoding(raw: bytes) -> str:
    """Return the encoding that a web page says it is in, if Python knows it."""
    found = DECLARED.search(raw[:4096])
    try:
        name = codecs.lookup(found[1].decode("ascii")).name if found else ""
    except LookupError:
        return ""
    return AS_BROWSERS.get(name, name)


def _by_mark(raw: bytes) -> str:
    """Return the encoding by a byte-order mark, or by the pattern of zeros that UTF-16 has."""
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if raw.startswith(mark):
            return encoding
    head = raw[:1000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(head) > 3 and max(even, odd) > len(head) // 4 and not min(even, odd):
        return "utf-16-le" if odd else "utf-16-be"
    return "utf-8"


def _read(raw: bytes, encoding: str, name: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8" and b"\0" not in raw:
            return _join_surrogates(raw) or _without_bad_bytes(raw) or _guess(raw, name)
        text = raw.decode(encoding, "replace")
        if text.count(BAD) > 1 + len(text) * MAX_BAD_SHARE:
            raise ArticleError(
                "{name} is not text: it cannot be read as {encoding}.",
                hint="Save it as UTF-8 text.",
                name=name,
                encoding=encoding.upper(),
            ) from error
        return text


def _join_surrogates(raw: bytes) -> str:
    """Return UTF-8 in which characters were written as two surrogates, or nothing."""
    try:
        halves = raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return ""
    return halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _without_bad_bytes(raw: bytes) -> str:
    """Return UTF-8 that has a few bytes that are not; nothing if it is another encoding."""
    text = raw.decode("utf-8", "replace")
    bad = text.count(BAD)
    good = sum(not sign.isascii() for sign in text) - bad
    few = good >= bad and bad <= 1 + len(text) * MAX_BAD_SHARE
    return RUN_OF_BAD.sub(BAD, text) if few else ""


def _guess(raw: bytes, name: str) -> str:
    """Return the text in the old encoding that it says it is in, or is most likely in."""
    for encoding in (declared_encoding(raw), _likeliest(raw), "ascii"):
        try:
            return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise ArticleError(
        "The encoding of {name} cannot be recognised.",
        hint="Save it as UTF-8 text.",
        name=name,
    )


def _likeliest(raw: bytes) -> str:
    """Return the encoding of the lines that are not plain: Windows' own if none is better."""
    from charset_normalizer import from_bytes

    odd = b"\n".join(line for line in raw.splitlines() if not line.isascii())
    found = from_bytes(odd[:SAMPLE], cp_exclusion=RARE)
    if len(HALF_WIDTH.findall(str(found.best()))) > len(str(found.best())) / 3:
        found = from_bytes(odd[:SAMPLE], cp_exclusion=[*RARE, *JAPANESE])
    best = found.best()
    if best is None:
        return ""
    usual = next((each for each in found if USUAL in each.could_be_from_charset), None)
    close = usual and usual.chaos <= best.chaos + MAX_DISTANCE
    fits = close and usual and usual.coherence >= best.coherence - MAX_DISTANCE
    return USUAL if fits else best.encoding
