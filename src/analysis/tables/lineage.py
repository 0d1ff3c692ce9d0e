"""What stands at the beginning of each processed table, found through the tables that it is made from."""

from collections.abc import Iterator

from analysis.errors import AtlasError
from analysis.tables import BUILT, TABLES
from analysis.tables.schema import CONTEXT, NOTES, WHEEL


def origins(table: str) -> list[str]:
    """What stands at the beginning of a processed table: raw tables, in order, then WHEEL, NOTES and CONTEXT."""
    found = set(_origins(table))
    return [one for one in (*TABLES, WHEEL, NOTES, CONTEXT) if one in found]


def _origins(table: str) -> Iterator[str]:
    made_from = TABLES.made_from(table) if table in TABLES else ()
    if not made_from:
        raise AtlasError(f"nothing says what {table} is made from.", repair="Say it where the table is declared.")
    for one in made_from:
        if one.startswith(BUILT):
            yield from _origins(one)
        else:
            yield one
