"""Tables of our own in the formats that hold most of them, each beside some prose."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from tests.documents import docx, paragraph, run, table

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table under a title, with a paragraph before it and one behind."""

    title: str
    before: str
    heads: Row
    rows: tuple[Row, ...]
    after: str


def rows_of(drawn: str) -> tuple[Row, ...]:
    """Return the rows of a table that is drawn with bars."""
    lines = drawn.strip().splitlines()
    return tuple(tuple(cell.strip() for cell in line.split("|")) for line in lines)


def _sheet(title: str, before: str, drawn: str, after: str) -> Sheet:
    heads, *rows = rows_of(drawn)
    return Sheet(title, before, heads, tuple(rows), after)


def _stock() -> Sheet:
    """Return a table of sixty rows, whose numbers follow from their places."""
    makers = ("Norvik", "Tessin", "Aldo & Sons", "Brandt")
    kinds = ("Bolt", "Nut", "Washer", "Spring", "Hinge", "Gasket")
    rows = [
        (
            f"{kind} {'ABCDEFGHIJ'[n]}{n + 2}",
            f"{'NSEW'[(n + k) % 4]}{k * 10 + n}",
            str(17 * n + 40 * k + 3),
            f"{(37 * n + 53 * k) % 90 + 5}.{(n * k) % 10}0",
            makers[(2 * n + k) % 4],
        )
        for k, kind in enumerate(kinds)
        for n in range(10)
    ]
    return Sheet(
        "Stock of the workshop",
        "The stock was counted on the last day of March by two people.",
        ("Part", "Shelf", "In stock", "Unit price", "Maker"),
        tuple(rows),
        "",
    )


SHEETS: Mapping[str, Sheet] = {
    "wheels.md": _sheet(
        "Wheels for the harbour tram",
        "Each wheel of the tram is turned twice a year. The council buys new ones in spring.",
        """
        Wheel | Weight (kg) | Price (euro) | Supplier | Delivery (days)
        Wheel A1 | 12 | 140 | Norvik | 10
        Wheel A2 | 14 | 155 | Norvik | 10
        Wheel B1 | 8.5 | 90 | Aldo & Sons | 21
        Wheel B2 | 11 | 118 | Brandt | 14
        Wheel C3 | 10 | 1,050 | Tessin | 45
        Wheel D4 | 9 | 99 | Tessin | 7
        Wheel D5 | 9.5 | 102 | Norvik | 12
        """,
        "Norvik has delivered late in two years out of three.",
    ),
    "boats.md": _sheet(
        "The boats of the Mira line",
        "The line has sailed between the islands since 1931. Its crews live on board.",
        """
        Boat | Seats | Built | Length (m) | Home port
        Mira | 212 | 1998 | 48 | Ostrevik
        Stella | 140 | 2004 | 36.5 | Karnholm
        Old Henrik | 64 | 1962 | 22 | Ostrevik
        Vesna | 305 | 2016 | 61 | Dunmore
        Tern | 18 | 2019 | 9.8 | Karnholm
        """,
        "Dogs travel free on every boat of the line.",
    ),
    "fares.html": _sheet(
        "Fares of the hill railway",
        "Fares have been the same since June. Bicycles need a ticket of their own.",
        """
        Ticket | Adult | Child | Senior
        Single | €3.20 | €1.60 | €2.40
        Return | €5.80 | €2.90 | €4.30
        Day pass | €8.00 | €4.00 | €6.00
        Weekly pass | €27.50 | €13.00 | €20.00
        Bicycle | €2.00 | free | €2.00
        """,
        "Tickets are sold at every stop and on the train.",
    ),
    "support.html": _sheet(
        "How fast support answers",
        "Every request is given a priority when it comes in. Customers may ask for another.",
        """
        Priority | Name | Meaning | Respond within | Resolve within
        Priority 1 | Critical | Complete outage for all users | 20 minutes | 4 hours
        Priority 2 | High | An important function fails | 1 hour | 8 hours
        Priority 3 | Medium | Single users are hindered | 4 hours | 3 days
        Priority 4 | Low | Questions and wishes | 1 day | 10 days
        """,
        "At weekends only requests of priority 1 are taken.",
    ),
    "staff.docx": _sheet(
        "Who works in the town hall",
        "The town hall is open from eight to four. Visitors report at the desk.",
        """
        Name | Room | Telephone | Department | Since
        Agnes Rourke | 214 | 555-0143 | Roads | 2011
        Tomas Bell | 108 | 555-0199 | Parks | 2019
        Ida Lindqvist | 301 | 555-0107 | Finance | 2003
        Pavel Novak | 117 | 555-0162 | Roads | 2022
        Rosa Amaral | 220 | 555-0110 | Schools | 2016
        """,
        "Letters are brought to the rooms twice a day.",
    ),
    "trees.docx": _sheet(
        "Old trees of the town",
        "A gardener looks at each of the old trees in autumn. None has been felled since 2009.",
        """
        Tree | Species | Height (m) | Planted | Park | Condition
        King's oak | oak | 24 | 1788 | Castle park | good
        Twin lime | lime | 19.5 | 1850 | Castle park | hollow
        Widow's beech | beech | 31 | 1821 | North meadow | good
        The sentinel | poplar | 33.5 | 1902 | River walk | diseased
        Little yew | yew | 7 | 1650 | North meadow | fair
        """,
        "The trees may not be climbed.",
    ),
    "energy.pdf": _sheet(
        "Where the power comes from",
        "The shares are of all power that was fed into the grid.",
        """
        Source | 2022 | 2023 | 2024
        Onshore wind | 21.3% | 24.0% | 26.8%
        Offshore wind | 5.1% | 6.6% | 9.4%
        Solar | 10.9% | 12.1% | 14.6%
        Hydropower | 3.0% | 3.8% | 3.5%
        Natural gas | 13.8% | 14.9% | 12.2%
        Hard coal | 11.6% | 8.9% | 6.1%
        """,
        "Nuclear power ended in the spring of 2023.",
    ),
    "accounts.pdf": _sheet(
        "The accounts of Brandt",
        "All values are in millions of euros.",
        """
        Item | 2022 | 2023 | 2024
        Revenue | 412.0 | 455.3 | 498.1
        Operating profit | 38.2 | 41.9 | 29.4
        Net debt | 120.5 | 98.7 | 143.2
        Research and development | 17.1 | 19.8 | 24.6
        Employees | 2,310 | 2,405 | 2,377
        """,
        "The dividend is proposed by the board.",
    ),
    "stock.csv": _stock(),
    "courses.csv": _sheet(
        "Evening courses",
        "",
        """
        Course | Weekday | Starts | Room | Teacher | Places
        Pottery for beginners | Monday | 18:30 | Kiln room | Agnes Rourke | 12
        Italian I | Tuesday | 19:00 | 204 | Marco Testa | 20
        Italian II | Thursday | 19:00 | 204 | Marco Testa | 16
        Bookkeeping | Wednesday | 17:45 | 101 | Ida Lindqvist | 24
        Life drawing | Friday | 18:00 | Studio | Rosa Amaral | 10
        First aid | Saturday | 09:00 | 003 | Pavel Novak | 15
        """,
        "",
    ),
    "stations.xlsx": _sheet(
        "Stations of the coast line",
        "",
        """
        Station | Opened | Platforms | Passengers a day | Height (m)
        Ostrevik Central | 1894 | 8 | 41,200 | 6
        Karnholm | 1896 | 4 | 9,850 | 12
        Dunmore Junction | 1901 | 5 | 12,400 | 88
        Saltby | 1931 | 2 | 730 | 3
        High Moor | 1912 | 1 | 95 | 412
        """,
        "",
    ),
    "dishes.xlsx": _sheet(
        "Dishes of the canteen",
        "",
        """
        Dish | Minutes | Price | Allergens | Served on
        Lentil stew | 35 | €4.90 | celery | Monday
        Fish pie | 55 | €6.40 | fish, milk | Friday
        Mushroom rice | 25 | €5.20 | none | Tuesday
        Beef goulash | 140 | €7.10 | celery | Wednesday
        Apple dumplings | 45 | €4.50 | wheat, egg, milk | Thursday
        """,
        "",
    ),
}
"""The tables, by the names of their files."""


def _markdown(sheet: Sheet) -> bytes:
    rule = tuple("---" for _ in sheet.heads)
    drawn = "\n".join(f"| {' | '.join(row)} |" for row in (sheet.heads, rule, *sheet.rows))
    return f"# {sheet.title}\n\n{sheet.before}\n\n{drawn}\n\n{sheet.after}\n".encode()


def _html(sheet: Sheet) -> bytes:
    heads = "".join(f"<th>{escape(head)}</th>" for head in sheet.heads)
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in sheet.rows
    )
    return (
        f"<!doctype html><title>{sheet.title}</title><h1>{sheet.title}</h1>"
        f"<p>{sheet.before}</p>"
        f"<table><tr>{heads}</tr>{rows}</table><p>{sheet.after}</p>"
    ).encode()


def _docx(sheet: Sheet) -> bytes:
    body = [
        paragraph(run(sheet.title), style="Title"),
        paragraph(run(sheet.before)),
        table(sheet.heads, *sheet.rows),
        paragraph(run(sheet.after)),
    ]
    return docx("".join(body))


def _pdf(sheet: Sheet) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

    held, styles = io.BytesIO(), getSampleStyleSheet()
    parts = [
        Paragraph(sheet.title, styles["Title"]),
        Paragraph(sheet.before, styles["BodyText"]),
        Spacer(1, 12),
        Table([sheet.heads, *sheet.rows], colWidths=[150, *[80] * (len(sheet.heads) - 1)]),
        Spacer(1, 12),
        Paragraph(sheet.after, styles["BodyText"]),
    ]
    SimpleDocTemplate(held, pagesize=A4, title=sheet.title, invariant=1).build(parts)
    return held.getvalue()


def _csv(sheet: Sheet) -> bytes:
    held = io.StringIO()
    csv.writer(held).writerows([sheet.heads, *sheet.rows])
    return held.getvalue().encode()


def _xlsx(sheet: Sheet) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.properties.title = sheet.title
    page = book.worksheets[0]
    page.title = sheet.title
    page.append(sheet.heads)
    for number, row in enumerate(sheet.rows, 2):
        for column, cell in enumerate(row, 1):
            place = page.cell(number, column)
            bare = cell.lstrip("€").replace(",", "")
            if bare.replace(".", "").isdigit():
                place.value = float(bare)
                place.number_format = (
                    "[$€]0.00" if "€" in cell else "#,##0" if "," in cell else "0"
                )
            else:
                place.value = cell
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


WRITERS: Mapping[str, Callable[[Sheet], bytes]] = {
    "md": _markdown,
    "html": _html,
    "docx": _docx,
    "pdf": _pdf,
    "csv": _csv,
    "xlsx": _xlsx,
}


def write_all(folder: Path) -> None:
    """Write all files to a folder."""
    for name, sheet in SHEETS.items():
        (folder / name).write_bytes(WRITERS[name.rpartition(".")[2]](sheet))
