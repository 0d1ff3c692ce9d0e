"""Why a table changed: what it is made from that has changed too, by the lineage in the code (pure)."""

from collections.abc import Collection

from analysis.tables import TABLES
from analysis.tables.lineage import origins
from analysis.tables.schema import CONTEXT, NOTES
from analysis.upkeep.changes.snapshot import CONTEXT_LAYERS, READING_NOTES

LEDGER = "out_ledger"
CODE = "code"
READ_WITH_NOTES = ("sources", "vocabulary")  # what the extraction reads beside the notes


def because(table: str, moved: Collection[str], code: Collection[str] = ()) -> list[str]:
    """Names of the raw tables, YAML files and notes that feed a processed table and have `moved`.

    Where none of them has, CODE if files of the `code` have: nothing else can move a table.
    """
    if table not in TABLES:
        return []
    begins = origins(table)
    fed = [READING_NOTES if one == NOTES else one for one in begins]
    fed += sorted(one for one in moved if one.startswith(CONTEXT_LAYERS)) if CONTEXT in begins else []
    fed += ["corrections"] if any(one in TABLES for one in begins) else []
    fed += READ_WITH_NOTES if NOTES in begins else ()
    fed += ["checks"] if table == LEDGER else []
    found = [one for one in fed if one in moved]
    return found or ([CODE] if code else [])
