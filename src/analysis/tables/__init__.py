"""The catalogue of tables: what each holds, column by column."""

from collections.abc import Iterable

from analysis.tables.core import CORE
from analysis.tables.out import OUT
from analysis.tables.raw import RAW
from analysis.tables.schema import Table

TABLES: dict[str, Table] = {table.name: table for table in (*RAW, *CORE, *OUT)}


def tables_of(*prefixes: str) -> Iterable[Table]:
    """Processed tables whose name starts with one of `prefixes`, in the order of the catalogue."""
    return (table for table in TABLES.values() if table.name.startswith(prefixes))
