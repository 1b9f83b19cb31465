"""Pages that are pictures: their text is recognised, if a setting asks for it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from qa.articles.pdf.layout import Line
from qa.errors import ArticleError
from qa.settings import Settings

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

SCALE = 2.5  # pixels of a point: 180 to an inch
MAX_POINTS = 4_000  # of the longer side of a page that is read
MIN_CONFIDENCE = 0.6  # of a line: what is less so is not its text


def are_read() -> bool:
    """Tell whether the settings ask for pages that are pictures to be read."""
    return Settings.load().pictures == "read"


def lines_on(page: PdfPage, source: str) -> list[Line]:
    """Return the lines of text on a page that is a picture, as RapidOCR recognises them.

    It runs in this process, by models that lie in its package; nothing is sent anywhere.

    Raises:
        ArticleError: if it is not installed.
    """
    width, height = page.get_size()
    if max(width, height) > MAX_POINTS:
        return []
    image = page.render(scale=SCALE, rev_byteorder=True).to_numpy()
    found = _recogniser(source)(image[:, :, :3])
    if found.boxes is None:
        return []
    read = zip(found.txts, found.boxes.tolist(), found.scores, strict=True)
    return [_line(words, box, height) for words, box, sure in read if sure >= MIN_CONFIDENCE]


def _line(words: str, box: list[list[float]], height: float) -> Line:
    """Return a line in points from below, of its corners in pixels from above."""
    across, down = zip(*box, strict=True)
    left, right = min(across) / SCALE, max(across) / SCALE
    top, bottom = height - min(down) / SCALE, height - max(down) / SCALE
    return Line(words, left, right, bottom, top, top - bottom)


def _recogniser(source: str) -> Any:
    try:
        return _open_recogniser()
    except ImportError as missing:
        raise ArticleError(
            "{name} has pages that are pictures, and rapidocr, which reads them, is missing.",
            hint="Run: pip install 'chapter-verse[ocr]'",
            name=source,
        ) from missing


@cache
def _open_recogniser() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "error"})
