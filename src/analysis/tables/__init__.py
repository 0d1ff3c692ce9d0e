"""The catalogue of tables: what each holds, column by column, and what it is made from."""

from collections.abc import Iterable

from analysis.tables.core import CORE
from analysis.tables.groups import GROUPS
from analysis.tables.list_editions import LIST_EDITIONS
from analysis.tables.raw import RAW
from analysis.tables.register import Register
from analysis.tables.schema import Table

TABLES = Register((*RAW, *CORE, *LIST_EDITIONS))
BUILT = ("core_", "out_")  # how names of processed tables begin


def tables_of(*prefixes: str) -> Iterable[Table]:
    """Processed tables whose name starts with one of `prefixes`, in the order of the catalogue."""
    return (table for table in TABLES.values() if table.name.startswith(prefixes))


def published() -> dict[str, list[str]]:
    """Names of the published tables by group, in the groups and the order in which readers find them."""
    groups = dict.fromkeys((*GROUPS, *(table.group for table in tables_of(*BUILT) if table.group)))
    return {group: [one.name for one in tables_of(*BUILT) if one.group == group] for group in groups}


def published_names() -> list[str]:
    """Names of the published tables, in their order."""
    return [name for names in published().values() for name in names]
