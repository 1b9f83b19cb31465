"""Tables in plain text: commas, semicolons, tabs or bars separate the cells of a line."""

from __future__ import annotations

import csv
import io

from qa.articles.builder import ArticleBuilder
from qa.articles.encoding import decode
from qa.articles.table import Table
from qa.errors import ArticleError
from qa.types import Article

SAMPLE = 20_000  # characters from which the delimiter is guessed
DELIMITERS = ",;\t|"
MAX_ROWS = 200_000


def read(raw: bytes, *, source: str) -> Article:
    """Read a table, whose first row may be its heads."""
    text = decode(raw, source)
    rows = list(csv.reader(io.StringIO(text), _dialect(text)))
    if len(rows) > MAX_ROWS:
        raise ArticleError(
            "{name} has more than {limit} rows.",
            hint="Split it into parts.",
            name=source,
            limit=MAX_ROWS,
        )
    builder = ArticleBuilder(source)
    filled = [row for row in rows if any(map(str.strip, row))]
    builder.table(Table.of(filled, of_sheet=True, spans=False))
    return builder.article(source=source, raw=raw)


def _dialect(text: str) -> type[csv.Dialect]:
    """Return the dialect: with commas, if none can be guessed."""
    try:
        return csv.Sniffer().sniff(text[:SAMPLE], DELIMITERS)
    except csv.Error:
        return csv.excel
