"""The list of published figures that the tests compare with, from the claims that were built."""

from pathlib import Path
from typing import Any, Final

import polars as pl

from analysis.io import store

WHERE: Final = Path("tests/golden/claims.csv")
COLUMNS: Final = (
    "source_id", "concept", "place", "phase", "value_low", "value_high", "qualifier", "unit", "as_of",
)  # fmt: skip


def listed(claims: pl.DataFrame) -> str:
    """core_claims as the file holds them: whole numbers without a fraction, sorted as text."""
    rows = sorted([_written(value) for value in row] for row in claims.select(COLUMNS).iter_rows())
    return pl.DataFrame(rows, schema=list(COLUMNS), orient="row").with_columns(pl.all().replace("", None)).write_csv()


def _written(value: Any) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def write(root: Path) -> None:
    """Rewrite the file; what `git diff` shows of it is to be read before it is accepted."""
    with store.batch() as files:
        files.add_text(root / WHERE, listed(store.read_table("core_claims", root)))
