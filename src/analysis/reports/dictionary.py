"""The dictionary of the tables, in the language in force (pure)."""

import polars as pl

from analysis.errors import UnknownTableError
from analysis.i18n.language import tr
from analysis.io.nearness import did_you_mean
from analysis.tables import TABLES, tables_of

BUILT = ("core_", "out_")


def tables() -> pl.DataFrame:
    """Columns table, title, key: the tables that the pipeline builds, one a row, in their order."""
    rows = [(one.name, tr(one.title), ", ".join(one.key)) for one in tables_of(*BUILT)]
    return pl.DataFrame(rows, schema=["table", "title", "key"], orient="row")


def columns(name: str) -> pl.DataFrame:
    """Columns column, title, type, unit, values: those of a table, one a row; UnknownTableError for no table's name.

    `unit` is null for plain counts and texts, `values` lists the codes that a column may hold.
    """
    if name not in TABLES:
        what = f"no table is named {name!r:.60}.{did_you_mean(name, TABLES)}"
        raise UnknownTableError(what, where="Atlas.describe", repair="`Atlas().describe()` lists the tables.")
    rows = [
        (one.name, tr(one.title), one.type, one.unit, ", ".join(map(str, one.enum)) or None)
        for one in TABLES[name].fields
    ]
    return pl.DataFrame(
        rows, schema=dict.fromkeys(("column", "title", "type", "unit", "values"), pl.String), orient="row"
    )
