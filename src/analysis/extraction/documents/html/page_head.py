"""What a page says of itself in its head: title, day, who brings it out (pure)."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import LexborHTMLParser

_DAY = re.compile(r"(?:19|20)\d\d(?:-\d\d(?:-\d\d)?)?")
_DATES = (
    "article:published_time", "datepublished", "date", "dc.date", "dcterms.date", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "publication_date", "pubdate", "publish-date", "sailthru.date", "citation_publication_date",
    "og:published_time", "parsely-pub-date",
)  # fmt: skip
_PRODUCERS = (
    "og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "citation_publisher", "application-name",
)  # fmt: skip
_AUTHORS = ("author", "dc.creator", "dcterms.creator", "article:author")
_ARTICLES = re.compile(r"article|report|posting|webpage|pressrelease|creativework", re.IGNORECASE)
_MOST_DATA, _MOST_ENTRIES, _MOST_DEPTH = 1 << 20, 2_000, 12
_SITE = re.compile(r"\s+[|–—-]\s+[^|–—]{2,60}$")


@dataclass(slots=True)
class Statements:
    """Title, ISO day and producer as the head of a page has them; empty where it does not say."""

    title: str = ""
    published: str = ""
    producer: str = ""


def statements_of(page: LexborHTMLParser) -> Statements:
    """What a page says of itself in its data for machines, the most exact first."""
    meta = _meta(page)
    entries = list(_entries(page))
    headline = next((one for entry in entries if (one := _text(entry.get("headline")))), "")
    published = next((one for entry in entries if (one := iso_day(_text(entry.get("datePublished"))))), "")
    publisher = next((one for entry in entries if (one := _name(entry.get("publisher")))), "")
    title = page.css_first("title")
    written = _SITE.sub("", " ".join(title.text().split())) if title is not None else ""
    return Statements(
        headline or meta.get("og:title", "") or meta.get("dc.title", "") or meta.get("citation_title", "") or written,
        published or next((one for name in _DATES if (one := iso_day(meta.get(name, "")))), ""),
        publisher or next((meta[name] for name in (*_PRODUCERS, *_AUTHORS) if meta.get(name)), ""),
    )


def iso_day(value: str) -> str:
    """The day, month or year at the beginning of a date in ISO form; empty for anything else."""
    found = _DAY.match(value.strip())
    return found[0] if found else ""


def _meta(page: LexborHTMLParser) -> dict[str, str]:
    """Contents of the <meta> elements by name, the first of each."""
    found = dict[str, str]()
    for node in page.css("meta[content]"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        found.setdefault(name.strip().lower(), " ".join((attributes.get("content") or "").split()))
    return found


def _entries(page: LexborHTMLParser) -> Iterator[Mapping[str, Any]]:
    """What the page's JSON-LD says of articles, the articles themselves before the pages that hold them."""
    found = list[Mapping[str, Any]]()
    for node in page.css('script[type="application/ld+json"]'):
        content = node.text()
        try:
            found += _objects(json.loads(content)) if len(content) <= _MOST_DATA else ()
        except (ValueError, RecursionError):
            continue
    kinds = [(str(one.get("@type", "")), one) for one in found]
    articles = [(kind, one) for kind, one in kinds if _ARTICLES.search(kind)]
    yield from (one for _, one in sorted(articles, key=lambda pair: "webpage" in pair[0].lower()))


def _objects(value: Any) -> list[Mapping[str, Any]]:
    """The objects in a JSON value, from the outside in."""
    found, level = list[Mapping[str, Any]](), [value]
    for _ in range(_MOST_DEPTH):
        found += [one for one in level if isinstance(one, dict)]
        inside = [one.values() if isinstance(one, dict) else one for one in level if isinstance(one, dict | list)]
        level = [one for values in inside for one in values][:_MOST_ENTRIES]
    return found[:_MOST_ENTRIES]


def _name(value: Any) -> str:
    """The name of an organisation, given as an object, a list of them or a text."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _text(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
