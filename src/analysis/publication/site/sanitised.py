"""HTML that a notebook printed, before it stands in a page: a table's tags pass, everything else is text (pure)."""

import re
from collections.abc import Mapping

import nh3

TAGS = frozenset(
    {"a", "abbr", "b", "br", "caption", "code", "data", "em", "i", "p", "span", "strong", "sub", "sup", "table",
     "tbody", "td", "tfoot", "th", "thead", "tr"}
)  # fmt: skip
ATTRIBUTES: Mapping[str, set[str]] = {
    "*": {"class", "lang", "title"},
    "a": {"href"},
    "data": {"value"},
    "table": {"data-origin"},
    "td": {"colspan", "rowspan", "data-claim"},
    "th": {"colspan", "rowspan", "scope"},
}
PROTOCOLS = {"http", "https"}
# Tags and attributes that the project's own tables are written with: they need no second look, and there are 300,000.
OWN = re.compile(
    r"""(?:[^<>]++
    |</(?:a|b|caption|data|em|span|strong|table|tbody|td|th|thead|tr)>
    |<(?:b|caption|data|em|span|strong|table|tbody|td|th|thead|tr)
     (?:\ (?:class|colspan|data-claim|data-origin|lang|scope|value)="[^"<>]*+")*+>)*+""",
    re.VERBOSE,
)
OPENING = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)")
HALF = ("<table", "</table>")


def foreign_tags(html: str) -> list[str]:
    """Tags that pages do not show, in the order of their names."""
    return sorted({one.lower() for one in OPENING.findall(html)} - TAGS)


def sanitised(html: str) -> str:
    """`html` with nothing that runs, loads or styles: tags and attributes off the list go away, their text stays.

    What the project's own tables are made of comes out as it went in, byte for byte.
    """
    if OWN.fullmatch(html) and html.count(HALF[0]) == html.count(HALF[1]):
        return html
    return nh3.clean(html, tags=set(TAGS), attributes=dict(ATTRIBUTES), url_schemes=PROTOCOLS, link_rel=None)
