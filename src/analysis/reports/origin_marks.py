"""Marks on numbers that readers see: from a mark, the site leads to where its number comes from (pure).

A mark is an HTML element that Markdown lets through: `<data class="told" value="…">183</data>`. Its value names a
published figure (`claim:<claim_id>`) or a cell of a processed table (`cell:<table>.<column>?<key>=<value>&…`). A table
says where its numbers come from as a whole: `<table data-origin="<table> <table>…">`, and of a cell that gives a
published figure which one: `<td data-claim="<claim_id>">`.
"""

from html import escape
from urllib.parse import quote, urlencode

CLAIM, CELL = "claim", "cell"
CLASS = "told"
ORIGIN = "data-origin"


def claimed(text: str, claim_id: str) -> str:
    """`text`, a number as readers see it, marked as the published figure `claim_id` (a key of core_claims)."""
    return _marked(text, f"{CLAIM}:{quote(claim_id)}")


def counted(text: str, table: str, column: str, **key: object) -> str:
    """`text`, marked as computed: the cell of `column` in the row of `table` that `key` finds.

    Without a key, or with a part of it, the number is a count or a sum over the rows that it finds.
    """
    query = f"?{urlencode(sorted(key.items()))}" if key else ""
    return _marked(text, f"{CELL}:{table}.{column}{query}")


def _marked(text: str, value: str) -> str:
    return f'<data class="{CLASS}" value="{escape(value)}">{escape(text)}</data>'
