"""What stands around the article on a web page: menus, banners, comments, advertisements.

Nothing is taken out on the word of a name alone: a section that is called `related-plants` or
`social` and says something is kept, and so is what a click shows. Where little would be left,
less is taken out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from qa.articles.html.renderer import HEADINGS, is_invisible

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SURE_TAGS = {"nav", "dialog", "menu"}
LIKELY_TAGS = {"aside", "footer", "form"}
SURE_ROLES = {"navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu"}
LIKELY_ROLES = {"complementary"}
SURE_NAMES = re.compile(
    r"(?:^|[_-])(?:ad|ads|advert\w*|breadcrumbs?|byline|catlinks|comments?|cookie-?(?:banner|bar"
    r"|consent|notice)|consent|disqus|editsection|header-?links|jump-?link|masthead|mw-navigation"
    r"|navbar|navbox|newsletter|pager|pagination|paywall|popup|print-?only|share|sharing"
    r"|site-?header|site-?sub|site-?footer|skip|sponsor\w*|subscribe|toc|toolbar|topbar)"
    r"(?:$|[_-])",
    re.IGNORECASE,
)
"""Words of classes and ids by which what stands around an article usually goes."""
LIKELY_NAMES = re.compile(
    r"(?:^|[_-])(?:banner|cookies?|footer|menu|nav|navigation|promo|recommend\w*|related|sidebar"
    r"|social|tags|teaser|widget)(?:$|[_-])",
    re.IGNORECASE,
)
"""Words that the sections of an article go by, too."""
ABOUT_OTHERS = re.compile(r"(?:has|is|no|not|page|with|without|js)[_-]", re.IGNORECASE)
"""How the name of an element begins that says something of what is in it, or of the page."""
TOGGLED = re.compile(
    r"(?:^|[_-])(?:accordion|answers?|collaps\w*|details|expand\w*|faqs?|panel|spoiler|tabs?"
    r"|tab-?pane\w*|toggle\w*)(?:$|[_-])",
    re.IGNORECASE,
)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
SENTENCE = re.compile(r"[^.!?\n]{15,}[.!?。！？](?:\s|$|[\"'”’)\]])")
LINKED = 0.6  # of the letters of a list, or of what has a likely name, are in its links
FEW_LINKS = 3
MAX_NAMES = 500  # characters of the classes and the id of an element
MAX_TEXTS = 2_000  # pieces of text of an element
LEAST_SHARE, ENOUGH = 0.4, 1_000
"""Of the letters of a page that must be left, or how many are enough however long it is."""


def main_content(root: HtmlElement) -> HtmlElement:
    """Return the element that says it holds the article, if it holds most of a text."""
    for path in ("//article", "//main", "//*[@role='main']", "//body"):
        found = root.xpath(path)
        if len(found) == 1 and next(found[0].iter("p", "br", "h2", "li"), None) is not None:
            return found[0]
    return root


def is_enough(kept: HtmlElement, whole: HtmlElement) -> bool:
    """Tell whether so much of a page is left that what was taken out stood around it."""
    left = letters(kept)
    return left >= ENOUGH or left >= LEAST_SHARE * letters(whole)


def letters(element: HtmlElement) -> int:
    """Return how many letters an element has outside of links and scripts."""
    return sum(map(len, _texts(element, is_invisible))) - _letters_of_links(element)


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """Tells what stands around the article of a page; the page names what a click shows."""

    shown_by_click: frozenset[str]

    @classmethod
    def of(cls, root: HtmlElement) -> Boilerplate:
        """Return what is to be told of a page."""
        paths = (
            "//@aria-controls",
            "//@data-target",
            "//@data-bs-target",
            "//button/@data-for",
        )
        names = {str(name) for path in paths for name in root.xpath(path)}
        links = {str(link) for link in root.xpath("//a/@href") if str(link).startswith("#")}
        return cls(frozenset(name.lstrip("#") for name in names | links))

    def is_hidden(self, element: HtmlElement) -> bool:
        """Tell what a reader of the page can never bring to sight."""
        given = element.attrib
        hidden = (
            given.get("hidden", "until-found") != "until-found"
            or HIDDEN.search(given.get("style", "")) is not None
            or given.get("aria-hidden") == "true"
        )
        return hidden and not self._is_shown_by_click(element)

    def is_surely(self, element: HtmlElement) -> bool:
        """Tell what its tag, role or name says to be around the article, and what is hidden."""
        if element.tag in ("body", "html", "main", "article"):
            return False
        given = element.attrib
        return (
            element.tag in SURE_TAGS
            or given.get("role", "") in SURE_ROLES
            or (element.tag == "header" and element.find(".//nav") is not None)
            or _is_named(element, SURE_NAMES)
            or self.is_hidden(element)
        )

    def is_likely(self, element: HtmlElement) -> bool:
        """Tell what is surely around the article, and what is likely to be and says nothing."""
        if self.is_surely(element):
            return True
        if element.tag in ("ul", "ol"):
            return _is_menu(element)
        if element.tag in ("body", "html", "main", "article", *HEADINGS):
            return False
        likely = (
            element.tag in LIKELY_TAGS
            or element.get("role", "") in LIKELY_ROLES
            or _is_named(element, LIKELY_NAMES)
        )
        return likely and not _says_something(element)

    def _is_shown_by_click(self, element: HtmlElement) -> bool:
        names = element.get("class", "")[:MAX_NAMES]
        if element.get("role") == "tabpanel" or element.get("id") in self.shown_by_click:
            return True
        if any(TOGGLED.search(name) for name in names.split()):
            return True
        before = element.getprevious()
        return before is not None and (
            before.tag in ("button", "summary", "dt", *HEADINGS)
            or "aria-expanded" in before.attrib
            or before.get("role") in ("tab", "button")
            or next(before.iter("button"), None) is not None
        )


def _is_named(element: HtmlElement, names: re.Pattern[str]) -> bool:
    given = element.get("class", "")
    if element.tag not in HEADINGS:  # whose ids are their words
        given += f" {element.get('id', '')}"
    given = given[:MAX_NAMES]
    return any(names.search(name) and not ABOUT_OTHERS.match(name) for name in given.split())


def _says_something(element: HtmlElement) -> bool:
    """Tell whether an element has a sentence outside of its links, and asks for nothing."""
    if element.tag == "footer":
        return False
    fields = (each for each in element.iter("input", "select", "textarea"))
    asks = any(each.get("type") not in ("hidden", "checkbox") for each in fields)
    if asks and element.tag != "form":
        return False
    texts = list(_texts(element, is_invisible))
    words = " ".join(" ".join(texts).split())
    if not SENTENCE.search(words):
        return False
    is_page = next(element.iter("h1", "h2"), None) is not None
    return (is_page or not asks) and _letters_of_links(element) <= LINKED * len(words)


def _is_menu(element: HtmlElement) -> bool:
    """Tell a list of links from one that says something."""
    if len(list(islice(element.iter("a"), FEW_LINKS))) < FEW_LINKS:
        return False
    words = sum(len(text.strip()) for text in element.itertext())
    return _letters_of_links(element) > LINKED * words


def _letters_of_links(element: HtmlElement) -> int:
    links = (link for link in element.iter("a") if link.get("href"))
    return sum(len("".join(link.itertext()).strip()) for link in links)


def _texts(element: HtmlElement, is_left_out: Callable[[HtmlElement], bool]) -> list[str]:
    """Return the pieces of text of an element, but those that are left out."""
    from lxml import etree

    found: list[str] = []
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, each in walk:
        if event == "end":
            found += [each.tail] if each.tail and each is not element else []
        elif is_left_out(each):
            walk.skip_subtree()
        else:
            found += [each.text] if each.text else []
        if len(found) > MAX_TEXTS:
            break
    return [text.strip() for text in found]
