"""What stands around the article on a web page: menus, banners, comments, advertisements."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

UNREAD = {
    *("script", "style", "template", "noscript", "head", "title", "svg", "math", "canvas"),
    *("iframe", "object", "embed", "audio", "video", "map", "select", "textarea", "button"),
    *("input", "datalist", "progress", "meter", "rp", "rt"),
}
"""Tags of which nothing is read anywhere."""
AROUND = {"nav", "aside", "footer", "form", "dialog", "menu"}
ROLES = {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "menu"}
NAMES = re.compile(
    r"(?:^|[\s_-])(?:ad|ads|advert\w*|banner|breadcrumbs?|byline|catlinks|comments?|cookies?"
    r"|consent|disqus|editsection|footer|header-?links|jump-?link|masthead|menu|mw-navigation|nav"
    r"|navbar|navbox|navigation|newsletter|pager|pagination|paywall|popup|print-?only"
    r"|promo|related|recommend\w*|share|sharing|sidebar|site-?header|site-?sub|skip|social|sponsor\w*"
    r"|subscribe|tags|teaser|toc|toolbar|topbar|widget)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Classes and ids by which what stands around an article usually goes."""
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
LINKED = 0.7  # of the letters of a list of links are in its links
FEW_LINKS = 3


def main_content(root: HtmlElement) -> HtmlElement:
    """Return the element that says it holds the article, if it holds most of a text."""
    for path in ("//article", "//main", "//*[@role='main']", "//body"):
        found = root.xpath(path)
        if len(found) == 1 and next(found[0].iter("p", "br", "h2", "li"), None) is not None:
            return found[0]
    return root


def is_boilerplate(element: HtmlElement) -> bool:
    """Tell whether an element stands around the article and is no part of it."""
    given = element.attrib
    names = f"{given.get('class', '')} {given.get('id', '')}"[:500]
    said = (
        element.tag in AROUND
        or given.get("role", "") in ROLES
        or "hidden" in given
        or given.get("aria-hidden") == "true"
        or (element.tag == "header" and element.find(".//nav") is not None)
        or HIDDEN.search(given.get("style", ""))
    )
    named = element.tag not in ("body", "html", "main", "article") and NAMES.search(names)
    return bool(said or named) or (element.tag in ("ul", "ol") and _is_menu(element))


def _is_menu(element: HtmlElement) -> bool:
    """Tell a list of links from one that says something."""
    links = element.findall(".//a[@href]")
    if len(links) < FEW_LINKS:
        return False
    letters = len("".join(element.itertext()).strip())
    return sum(len("".join(link.itertext()).strip()) for link in links) > LINKED * letters
