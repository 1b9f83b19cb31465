"""What is asked of the tables, and which row and cell is right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the first cells of the rows that answer it, and the cell that does.

    Where rows are counted, `cell` is how many there are.
    """

    question: str
    rows: tuple[str, ...]
    cell: str


def _asked(*lines: str) -> tuple[Asked, ...]:
    parted = ([part.strip() for part in line.split("|")] for line in lines)
    return tuple(Asked(one, tuple(rows.split(" + ")), cell) for one, rows, cell in parted)


QUESTIONS: Mapping[str, tuple[Asked, ...]] = {
    "wheels.md": _asked(
        "Who supplies wheel D4? | Wheel D4 | Tessin",
        "What does wheel B1 weigh? | Wheel B1 | 8.5",
        "How long does the delivery of wheel C3 take? | Wheel C3 | 45",
        "Which is the cheapest wheel? | Wheel B1 | Wheel B1",
        "How many wheels does Norvik supply? | Wheel A1 + Wheel A2 + Wheel D5 | 3",
    ),
    "boats.md": _asked(
        "How many seats has the Mira? | Mira | 212",
        "When was the Vesna built? | Vesna | 2016",
        "What is the home port of the Stella? | Stella | Karnholm",
        "Which is the longest boat of the Mira line? | Vesna | Vesna",
        "Which boat is the oldest? | Old Henrik | Old Henrik",
    ),
    "fares.html": _asked(
        "How much is a single ticket for a child on the hill railway? | Single | €1.60",
        "What does a weekly pass cost for an adult? | Weekly pass | €27.50",
        "What do seniors pay for a return ticket? | Return | €4.30",
        "What is the price of a day pass for a child? | Day pass | €4.00",
        "Which ticket is the most expensive for adults? | Weekly pass | Weekly pass",
    ),
    "support.html": _asked(
        "How quickly is a priority 1 request responded to? | Priority 1 | 20 minutes",
        "Within what time is a priority 3 request resolved? | Priority 3 | 3 days",
        "What does priority 2 mean? | Priority 2 | An important function fails",
        "What is the name of priority 4? | Priority 4 | Low",
        "Which priority has the shortest time to resolve? | Priority 1 | Priority 1",
    ),
    "staff.docx": _asked(
        "Which room is Tomas Bell in? | Tomas Bell | 108",
        "What is the telephone number of Ida Lindqvist in the town hall? | Ida Lindqvist "
        "| 555-0107",
        "Which department does Rosa Amaral work for? | Rosa Amaral | Schools",
        "Since when has Pavel Novak worked there? | Pavel Novak | 2022",
        "How many people work in the roads department? | Agnes Rourke + Pavel Novak | 2",
    ),
    "trees.docx": _asked(
        "How tall is the King's oak? | King's oak | 24",
        "In which park does the Little yew stand? | Little yew | North meadow",
        "What is the condition of the sentinel? | The sentinel | diseased",
        "Which tree is the tallest? | The sentinel | The sentinel",
        "How many old trees stand in the North meadow? | Widow's beech + Little yew | 2",
    ),
    "energy.pdf": _asked(
        "What was the share of offshore wind in 2024? | Offshore wind | 9.4%",
        "How much power came from solar in 2022? | Solar | 10.9%",
        "What was the share of hard coal in 2023? | Hard coal | 8.9%",
        "Which source had the largest share in 2024? | Onshore wind | Onshore wind",
        "Which source had the lowest share in 2022? | Hydropower | Hydropower",
    ),
    "accounts.pdf": _asked(
        "What was the net debt of Brandt in 2024? | Net debt | 143.2",
        "How high was the operating profit in 2022? | Operating profit | 38.2",
        "How many employees did Brandt have in 2023? | Employees | 2,405",
        "What was Brandt's revenue in 2024? | Revenue | 498.1",
        "How much was spent on research and development in 2023? "
        "| Research and development | 19.8",
    ),
    "stock.csv": _asked(
        "On which shelf is bolt C4? | Bolt C4 | E2",
        "Who makes gasket J11? | Gasket J11 | Brandt",
        "How many of hinge D5 are in stock? | Hinge D5 | 214",
        "What is the unit price of washer F7? | Washer F7 | 26.00",
        "Which part has the highest unit price? | Gasket A2 | Gasket A2",
    ),
    "courses.csv": _asked(
        "When does the bookkeeping course start? | Bookkeeping | 17:45",
        "Who teaches Italian II? | Italian II | Marco Testa",
        "On which weekday is pottery for beginners? | Pottery for beginners | Monday",
        "How many places are there in life drawing? | Life drawing | 10",
        "How many courses does Marco Testa teach? | Italian I + Italian II | 2",
    ),
    "stations.xlsx": _asked(
        "When was the station of Saltby opened? | Saltby | 1931",
        "How many platforms does Dunmore Junction have? | Dunmore Junction | 5",
        "How many passengers a day use Karnholm station? | Karnholm | 9,850",
        "Which station is the highest? | High Moor | High Moor",
        "Which station has the fewest passengers? | High Moor | High Moor",
    ),
    "dishes.xlsx": _asked(
        "How much is the fish pie? | Fish pie | €6.40",
        "On which day is the mushroom rice served? | Mushroom rice | Tuesday",
        "Which allergens are in the apple dumplings? | Apple dumplings | wheat, egg, milk",
        "Which dish is the cheapest? | Apple dumplings | Apple dumplings",
        "Which dish takes the longest? | Beef goulash | Beef goulash",
    ),
}
"""Sixty questions, by the names of the files that answer them."""

UNANSWERED = (
    "Who supplies wheel Z9?",
    "What does wheel E5 weigh?",
    "How many seats has the Aurora?",
    "When was the Pelican built?",
    "What does a monthly pass cost for an adult on the hill railway?",
    "How quickly is a priority 7 request responded to?",
    "Which room is Harald Stone in?",
    "How tall is the Queen's elm?",
    "What was the share of geothermal power in 2024?",
    "What was the share of offshore wind in 2019?",
    "What was the net debt of Brandt in 2017?",
    "On which shelf is bolt Z99?",
    "Who teaches Spanish III?",
    "How many platforms does Grimsworth have?",
    "How much is the onion soup?",
    "On which day is the venison served?",
)
"""Questions that name no row, or no column, that there is: nothing is their short answer."""
