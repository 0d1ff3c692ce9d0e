"""Values of a context layer, checked against its declaration and read in COG 2024 (pure)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NoReturn

import polars as pl

from analysis.errors import InvalidTableError
from analysis.registry.context_codes import Codes
from analysis.sources.context import TEXTS, Column, Layer
from analysis.sources.provenance import DAY_OR_MONTH
from analysis.tables.schema import ROWS_SHOWN

FLAGS: Mapping[str, int] = {"1": 1, "0": 0}
TOLERANCE = 0.1  # per cent that shares which make a whole may lack, by rounding
ROW = "row"  # number that people see: the heading is row 1
CORRECT = "Correct the file, then run `dvc repro`."


@dataclass(frozen=True)
class Reading:
    """The cells of one layer's CSV, all texts, with what is known of its codes; `where` is its path."""

    name: str
    layer: Layer
    cells: pl.DataFrame
    codes: Codes
    where: str
    published: str | None = None

    def values(self) -> pl.DataFrame:
        """Rows of core_context, by column, year and code; an empty cell has none."""
        self._require_headings()
        parts = [
            self._series(name, column, heading, year)
            for name, column in self.layer.columns.items()
            for heading, year in column.headings(name).items()
        ]
        self._require_whole()
        return pl.concat(parts).sort("column", "year", "code")

    @cached_property
    def passages(self) -> dict[str, str]:
        """The code of 2024 for each code of the file that is another: see Codes."""
        listed = self.cells.get_column(self.layer.code).to_list()
        empty = [rank + 2 for rank, one in enumerate(listed) if one is None]
        if empty:
            self._refuse(f"row {empty[0]}: the code is empty.")
        if not listed:
            self._refuse("there is no row below the headings.")
        code, times = Counter(listed).most_common(1)[0]
        if times > 1:
            rows = ", ".join([str(rank + 2) for rank, one in enumerate(listed) if one == code][:ROWS_SHOWN])
            self._refuse(f"rows {rows}: the code {code} has more than one row.", "Keep one of the rows.")
        return self.codes.passages(self.layer, listed, self.where)

    @cached_property
    def rows(self) -> pl.DataFrame:
        """The cells of the units, with `code` of COG 2024 and `row`."""
        numbered = self.cells.with_row_index(ROW, offset=2)
        code = pl.col(self.layer.code)
        units = numbered.filter(~code.is_in(list(self.layer.outside)))
        return units.with_columns(code.replace(self.passages).alias("code"))

    def _require_headings(self) -> None:
        wanted, there = self.layer.headings, self.cells.columns
        for what, names in (
            ("has no column", [one for one in wanted if one not in there]),
            ("has a column that nothing declares", [one for one in there if one not in wanted]),
        ):
            if names:
                repair = f"Declare its columns in {self.name}.yaml (`ignored` leaves some out), or correct the file."
                raise InvalidTableError(f"the file {what}: {', '.join(names)}.", where=self.where, repair=repair)

    def _series(self, name: str, column: Column, heading: str, year: int) -> pl.DataFrame:
        """One column of one year as rows of core_context."""
        cells = self.rows.select(ROW, "code", cell=heading).drop_nulls("cell")
        if column.kind in TEXTS:
            found = cells.with_columns(text=pl.col("cell").str.strip_chars(), value=pl.lit(None, pl.Float64))
            self._require_days(column, heading, found)
        else:
            found = self._numbers(column, heading, cells).with_columns(text=pl.lit(None, pl.String))
        found = self._inherited(column, self._merged(column, heading, found))
        return found.select(
            pl.lit(self.name).alias("layer"),
            pl.lit(name).alias("column"),
            pl.lit(year, pl.Int64).alias("year"),
            pl.lit(self.layer.level).alias("level"),
            "code",
            "value",
            "text",
        )

    def _numbers(self, column: Column, heading: str, cells: pl.DataFrame) -> pl.DataFrame:
        """Cells as numbers; InvalidTableError for what is none, below zero, a share over 100 %, a flag of 2."""
        found = cells.with_columns(value=pl.col("cell").cast(pl.Float64, strict=False))
        value = pl.col("value")
        self._refuse_cells(heading, found.filter(value.is_null() | ~value.is_finite()), "is no number (1234.5)")
        self._refuse_cells(heading, found.filter(value < 0), "is below zero")
        if column.kind == "share":
            self._refuse_cells(heading, found.filter(value > 100), "is a share of more than 100 %")
        if column.kind == "flag":
            self._refuse_cells(heading, found.filter(~pl.col("cell").is_in(list(FLAGS))), "is neither 1 nor 0")
        return found

    def _require_days(self, column: Column, heading: str, found: pl.DataFrame) -> None:
        if column.kind == "date":
            day = pl.col("text")
            self._refuse_cells(
                heading, found.filter(~day.str.contains(DAY_OR_MONTH)), "is no day or month (2024-11-03)"
            )
            late = day > (self.published or "9999")
            after = f"is later than the source, which is of {self.published}"
            self._refuse_cells(heading, found.filter(late), after)

    def _require_whole(self) -> None:
        """InvalidTableError where shares that make a whole do not add up to 100 %."""
        names = [one for name in self.layer.add_to_100 for one in self.layer.columns[name].headings(name)]
        if names:
            whole = pl.sum_horizontal(pl.col(names).cast(pl.Float64)).round(4)
            cells = self.rows.drop_nulls(names).with_columns(cell=whole)
            wrong = cells.filter((pl.col("cell") - 100).abs() > TOLERANCE + 1e-9)
            self._refuse_cells(" + ".join(names), wrong, "is not 100 %")

    def _merged(self, column: Column, heading: str, found: pl.DataFrame) -> pl.DataFrame:
        """One row a unit of 2024: of several that became one, counts add up, flags hold for all, others must agree."""
        if column.kind in ("count", "flag"):
            total = pl.col("value").sum() if column.kind == "count" else pl.col("value").max()
            return found.group_by("code").agg(total, pl.col("text").first())
        different = found.filter(pl.struct("value", "text").n_unique().over("code") > 1).sort("code", ROW)
        what = "differs from that of a unit with which it is one in COG 2024"
        self._refuse_cells(heading, different, what, "Give one value for both, or take the column out.")
        return found.unique("code", keep="first", maintain_order=True).select("code", "value", "text")

    def _inherited(self, column: Column, found: pl.DataFrame) -> pl.DataFrame:
        """With what holds of a commune of a later edition said of those of 2024 that became part of it; no counts."""
        later = self.codes.later(self.layer)
        if column.kind == "count" or not later:
            return found
        became = pl.DataFrame(list(later.items()), schema={"old": pl.String, "code": pl.String}, orient="row")
        heirs = became.join(found, on="code").select("value", "text", code="old").select("code", "value", "text")
        return pl.concat([found, heirs.join(found, on="code", how="anti")])

    def _refuse_cells(self, heading: str, wrong: pl.DataFrame, rule: str, repair: str = CORRECT) -> None:
        if wrong.height:
            row, cell = wrong.row(0, named=True)[ROW], wrong.item(0, "cell")
            more = f" ({wrong.height} such rows)" if wrong.height > 1 else ""
            self._refuse(f"row {row}: {heading} {cell!r:.60} {rule}{more}.", repair)

    def _refuse(self, what: str, repair: str = CORRECT) -> NoReturn:
        raise InvalidTableError(what, where=self.where, repair=repair)
