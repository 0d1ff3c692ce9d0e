"""Local corrections of raw tables, as guarded data (pure)."""

from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from analysis.errors import CorrectionError

WHERE = "data/raw/corrections.yaml"


class Correction(BaseModel):
    """One corrected cell: `where` matches exactly one row of `table`, whose `column` still holds `old`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    table: str
    where: dict[str, str | int] = Field(min_length=1)
    column: str
    old: str | int | float | None = Field(alias="from")
    new: str | int | float = Field(alias="to")
    reason: str = Field(min_length=10)


def parse(entries: Any) -> list[Correction]:
    """Corrections from parsed YAML; CorrectionError names the entry and the field that is wrong."""
    if entries is None:
        return []
    if not isinstance(entries, list):
        raise CorrectionError("the file is not a list.", where=WHERE, repair="Write one entry a correction.")
    return [_parse_one(entry, rank) for rank, entry in enumerate(entries, start=1)]


def _parse_one(entry: Any, rank: int) -> Correction:
    try:
        return Correction.model_validate(entry)
    except ValidationError as error:
        first = error.errors()[0]
        what = f"entry {rank}: {'.'.join(map(str, first['loc'])) or 'entry'}: {first['msg']}."
        raise CorrectionError(what, where=WHERE, repair="Correct the entry, then run `dvc repro`.") from error


def apply(raw: Mapping[str, pl.DataFrame], corrections: Sequence[Correction]) -> dict[str, pl.DataFrame]:
    """`raw` with every correction made; CorrectionError when one matches no row, several, or another old value.

    Because the old value is compared, the same correction cannot be made twice.
    """
    tables = dict(raw)
    for one in corrections:
        tables[one.table] = _apply_one(tables.get(one.table), one)
    return tables


def _apply_one(frame: pl.DataFrame | None, correction: Correction) -> pl.DataFrame:
    place = f"{correction.table} " + " ".join(f"{name}={value}" for name, value in correction.where.items())
    names = {correction.column, *correction.where}
    if frame is None or not names <= set(frame.columns):
        _refuse(f"{place}: no such table or column ({', '.join(sorted(names))}).")
    try:
        matches = pl.all_horizontal(pl.col(name) == value for name, value in correction.where.items())
        found = frame.filter(matches)
    except (pl.exceptions.PolarsError, OverflowError) as error:
        _refuse(f"{place}: not values of these columns ({str(error).splitlines()[0]}).", error)
    if found.height != 1:
        _refuse(f"{place}: {found.height} rows match, exactly one must.")
    value = found.item(0, correction.column)
    if value != correction.old:
        _refuse(f"{place}: {correction.column} holds {value!r}, the correction expects {correction.old!r}.")
    try:
        corrected = (
            pl.when(matches).then(pl.lit(correction.new)).otherwise(pl.col(correction.column)).alias(correction.column)
        )
        return frame.with_columns(corrected)
    except (pl.exceptions.PolarsError, OverflowError) as error:
        _refuse(f"{place}: {correction.column} cannot hold {correction.new!r}.", error)


def _refuse(what: str, cause: Exception | None = None) -> NoReturn:
    raise CorrectionError(what, where=WHERE, repair="Adapt or remove the correction, then run `dvc repro`.") from cause
