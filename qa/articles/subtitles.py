"""Subtitles and transcripts: what is said, in paragraphs, under the time of each part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from qa.articles.builder import ArticleBuilder
from qa.articles.encoding import decode
from qa.types import Article

CUE = re.compile(
    r"^(?:(?P<hours>\d+):)?(?P<minutes>\d{2}):(?P<seconds>\d{2})[.,]\d{1,3}[ \t]+-->[ \t]+"
    r"(?:(?P<hours_>\d+):)?(?P<minutes_>\d{2}):(?P<seconds_>\d{2})[.,]\d{1,3}[^\n]*\n"
    r"(?P<words>(?:[^\n]*\S[^\n]*(?:\n|\Z))*)",
    re.MULTILINE,
)
SPEAKER = re.compile(r"<v(?:\.[\w.]+)?\s+([^>]+)>")
MARK = re.compile(r"<[^>\n]{1,80}>|\{\\[^}\n]*\}")
NAME, DASH = re.compile(r"[\w .'’]{1,30}: "), re.compile(r"[-–—] ?")
"""How a cue begins that names its speaker, or that another begins to speak."""
SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’)\]]*$")
MIN_PAUSE, MAX_PART = 4, 120
"""Seconds of silence that end a paragraph; seconds after which another part begins."""
MAX_PARAGRAPH = 600  # characters: a longer one ends with its next sentence


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that are shown together: from which second to which."""

    start: int
    end: int
    words: str


def read(raw: bytes, *, source: str) -> Article:
    """Read subtitles in SubRip or WebVTT."""
    builder = ArticleBuilder(source, _title(source))
    began = -MAX_PART
    for cue in _paragraphs(list(_cues(decode(raw, source)))):
        if cue.start - began >= MAX_PART:
            began = cue.start
            minutes, seconds = divmod(cue.start, 60)
            builder.section(f"{minutes // 60}:{minutes % 60:02}:{seconds:02}")
        builder.paragraph(cue.words)
    return builder.article(source=source, raw=raw)


def _title(source: str) -> str:
    """Return the file's name without its endings: `talk.en.srt` is a talk."""
    return source.rpartition("/")[2].partition(".")[0]


def _cues(text: str) -> Iterator[Cue]:
    shown = ""
    for found in CUE.finditer(text):
        words = SPEAKER.sub(lambda speaker: f"{speaker[1]}: ", found["words"])
        words = " ".join(unescape(MARK.sub("", words)).split())
        if words and words != shown:
            shown = words
            yield Cue(_seconds(found, ""), _seconds(found, "_"), words)


def _seconds(found: re.Match[str], end: str) -> int:
    hours, minutes, seconds = (
        int(found[f"{name}{end}"] or 0) for name in ("hours", "minutes", "seconds")
    )
    return 3600 * hours + 60 * minutes + seconds


def _paragraphs(cues: list[Cue]) -> Iterator[Cue]:
    """Yield cues that follow one another as one, until a pause or another speaker."""
    open_cues: list[Cue] = []
    for cue in cues:
        if open_cues and _ends(open_cues, cue):
            yield _join(open_cues)
            open_cues = []
        open_cues.append(cue)
    if open_cues:
        yield _join(open_cues)


def _ends(open_cues: list[Cue], cue: Cue) -> bool:
    is_long = sum(len(each.words) for each in open_cues) > MAX_PARAGRAPH
    is_ended = SENTENCE_END.search(open_cues[-1].words) is not None
    named = NAME.match(cue.words)
    goes_on = named is not None and not is_ended and open_cues[0].words.startswith(named[0])
    speaks = (named or DASH.match(cue.words)) is not None and not goes_on
    return speaks or cue.start - open_cues[-1].end >= MIN_PAUSE or (is_long and is_ended)


def _join(cues: list[Cue]) -> Cue:
    """Return cues as one; who goes on speaking is named once."""
    first, *others = cues
    speaker = NAME.match(first.words)
    named = speaker[0] if speaker else ""
    words = [first.words, *(each.words.removeprefix(named) for each in others)]
    return Cue(first.start, cues[-1].end, " ".join(words))
