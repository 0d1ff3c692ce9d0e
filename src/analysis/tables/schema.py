"""Every table's columns, types, units and keys, in the terms of Frictionless Table Schema; checks on frames."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from analysis.errors import InvalidTableError, UnknownCodeError

TYPES: Mapping[str, pl.DataType] = {
    "string": pl.String(),
    "integer": pl.Int64(),
    "number": pl.Float64(),
    "list": pl.List(pl.String()),
}
NOTES, WHEEL, CONTEXT = "notes", "wheel", "context"  # what tables begin with besides raw tables: reading notes,
# commune polygons, context layers
DELIMITER = ";"  # between the items of a list in a text file
ROWS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Field:
    """One column. `unit` is stated wherever a number is not a plain count.

    Patterns must match whole cells, or each item of a list; a list may be empty, its items are texts.
    """

    name: str
    title: str
    type: str = "string"
    unit: str | None = None
    required: bool = True
    pattern: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    enum: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key: each value of `columns` stands in `table`'s `targets`; an empty cell refers to nothing."""

    columns: tuple[str, ...]
    table: str
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: fields in order, primary key, foreign keys; `geometry` marks a GeoParquet table (WGS 84).

    `group` is where readers find it, `rank` its place there; without a group it is not published. `stage` of dvc.yaml
    builds it. `made_from` names raw and processed tables, NOTES or WHEEL; of a derived table the
    parameters of its `build` say it instead. A raw table with `parts` is several files, see `store.read_raw`:
    `<first column>_<parts>.csv`. `phases` is how many the programme must have for the table to be: 2 where it compares.
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()
    geometry: bool = False
    sources: tuple[str, ...] = ()
    group: str = ""
    rank: int = 100
    stage: str = "indicators"
    made_from: tuple[str, ...] = ()
    parts: str = ""
    phases: int = 1

    @property
    def columns(self) -> list[str]:
        """Names of the columns, in order, without the geometry."""
        return [one.name for one in self.fields]


def from_rows(table: Table, rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """Rows as the table, sorted by its key; what the table does not have is left out."""
    kept = [{column: row[column] for column in table.columns} for row in rows]
    return pl.DataFrame(kept, schema={one.name: TYPES[one.type] for one in table.fields}).sort(table.key)


def check(frame: pl.DataFrame, table: Table, where: str | Path, *, first_row: int = 1) -> pl.DataFrame:
    """`frame` with the table's columns, order and types, or InvalidTableError with rows and the rule they break.

    `first_row` is the number people see for the first row (2 in a CSV file, which has a header).
    """
    _require_columns(frame, table, where)
    typed = _cast(frame.select(table.columns), table, where, first_row)
    for one in table.fields:
        _check_field(typed, one, where, first_row)
    _check_key(typed, table, where, first_row)
    return typed


def check_references(
    frame: pl.DataFrame, table: Table, others: Mapping[str, pl.DataFrame], where: str | Path, *, repair: str
) -> None:
    """Raise UnknownCodeError for the first foreign key of `table` that points nowhere in `others`."""
    for reference in table.references:
        if reference.table not in others:
            continue
        known = others[reference.table].select(reference.targets).unique()
        lost = frame.drop_nulls(reference.columns).join(
            known, left_on=reference.columns, right_on=reference.targets, how="anti", nulls_equal=True
        )
        if lost.height:
            codes = sorted({" ".join(map(str, row)) for row in lost.select(reference.columns).iter_rows()})
            listed = ", ".join(codes[:ROWS_SHOWN]) + (" …" if len(codes) > ROWS_SHOWN else "")
            what = f"{len(codes)} value(s) of {'+'.join(reference.columns)} absent from {reference.table}: {listed}."
            raise UnknownCodeError(what, where=where, repair=repair)


def _require_columns(frame: pl.DataFrame, table: Table, where: str | Path) -> None:
    missing = [name for name in table.columns if name not in frame.columns]
    if missing:
        what = f"column(s) {', '.join(missing)} missing; the file has {', '.join(frame.columns)}."
        raise InvalidTableError(what, where=where, repair=f"Restore the columns of table {table.name}.")


def _cast(frame: pl.DataFrame, table: Table, where: str | Path, first_row: int) -> pl.DataFrame:
    for one in table.fields:
        column = frame.get_column(one.name)
        typed = _as_list(column) if one.type == "list" else column.cast(TYPES[one.type], strict=False)
        wrong = (column.is_not_null() & typed.is_null()).arg_true().to_list()
        if wrong:
            _refuse(frame, one.name, wrong, f"is not of type {one.type}", where, first_row)
        frame = frame.with_columns(typed)
    return frame


def _as_list(column: pl.Series) -> pl.Series:
    """Lists of texts, out of lists or out of the texts of a file; null where it is neither."""
    if column.dtype == pl.String:
        items = column.str.split(DELIMITER).to_frame()
        return items.select(pl.col(column.name).list.filter(pl.element() != "")).to_series().alias(column.name)
    if column.dtype.base_type() is pl.List:
        return column.cast(TYPES["list"])
    return pl.Series(column.name, [None] * len(column), TYPES["list"])


def _check_field(frame: pl.DataFrame, one: Field, where: str | Path, first_row: int) -> None:
    column = pl.col(one.name)
    broken: list[tuple[str, pl.Expr]] = []
    if one.required:
        empty = column.is_null() | (column == "") if one.type == "string" else column.is_null()
        broken.append(("is empty", empty))
    if one.pattern:
        whole = f"^(?:{one.pattern})$"
        item = pl.element().str.contains(whole)
        fits = column.list.eval(item).list.all() if one.type == "list" else column.str.contains(whole)
        broken.append((f"does not match {one.pattern}", ~fits))
    if one.minimum is not None:
        broken.append((f"is below {one.minimum:g}", column < one.minimum))
    if one.maximum is not None:
        broken.append((f"is above {one.maximum:g}", column > one.maximum))
    if one.enum:
        broken.append((f"is none of {', '.join(map(str, one.enum))}", ~column.is_in(one.enum)))
    for rule, expression in broken:
        rows = frame.select(expression.fill_null(False)).to_series().arg_true().to_list()
        if rows:
            _refuse(frame, one.name, rows, rule, where, first_row)


def _check_key(frame: pl.DataFrame, table: Table, where: str | Path, first_row: int) -> None:
    doubled = frame.select(pl.struct(table.key).is_duplicated()).to_series().arg_true().to_list()
    if doubled:
        values = " ".join(f"{name}={frame.item(doubled[0], name)}" for name in table.key)
        rows = ", ".join(str(row + first_row) for row in doubled[:ROWS_SHOWN])
        what = f"rows {rows}: the key {values} stands more than once."
        raise InvalidTableError(what, where=where, repair="Keep one of the rows, then run `dvc repro`.")


def _refuse(frame: pl.DataFrame, column: str, rows: list[int], rule: str, where: str | Path, first_row: int) -> None:
    value = frame.get_column(column).to_list()[rows[0]]
    more = f" ({len(rows)} such rows)" if len(rows) > 1 else ""
    what = f"row {rows[0] + first_row}: {column} {value!r} {rule}{more}."
    raise InvalidTableError(what, where=where, repair="Correct the row, then run `dvc repro`.")
