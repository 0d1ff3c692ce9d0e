"""What pages show of a notebook's outputs, and what the build stops at because readers could not read it (pure)."""

import re
from collections.abc import Mapping
from typing import Any

from analysis.errors import SiteError
from analysis.publication.site.library_tables import house_table
from analysis.publication.site.sanitised import foreign_tags, sanitised

TEXT = "text/plain"
NAMELESS = re.compile(r"<[^<>]*(?: at 0x[0-9a-f]+| object)>")  # what Python calls an object that says nothing
LAZY = re.compile("naive (?:query )?plan", re.IGNORECASE)  # how polars shows a query
SHOWABLE = "Show one table, a Picture of analysis.picture, Markdown or a text."


def table(html: str, where: str) -> str:
    """HTML that may stand in a page: a table that another library prints becomes one of the house."""
    tags = foreign_tags(html)
    if not tags and 'class="dataframe"' not in html:
        return sanitised(html)
    found = house_table(html)
    if not found:
        is_lazy = LAZY.search(html) is not None
        shown = "a query that was not run" if is_lazy else f"HTML with {', '.join(tags) or 'several tables'}"
        repair = "End it with `.collect()`." if is_lazy else SHOWABLE
        raise SiteError(f"the cell shows {shown}, which pages cannot show.", where=where, repair=repair)
    return sanitised(found)


def require_text(data: Mapping[str, Any], where: str) -> None:
    """SiteError unless the output is a text that says something."""
    others = sorted(set(data) - {TEXT})
    text = str(data.get(TEXT, "")).strip()
    if others or NAMELESS.search(text):
        shown = f"an output of the kind {others[0]}" if others else f"{text:.60}"
        what = f"the cell shows {shown}, which pages cannot show."
        raise SiteError(what, where=where, repair=SHOWABLE)
