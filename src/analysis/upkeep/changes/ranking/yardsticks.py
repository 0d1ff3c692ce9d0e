"""How the values of a column differ between the rows of a table: what a change is measured by (pure)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from analysis.tables import TABLES
from analysis.tables.schema import Field
from analysis.upkeep.changes.ranking.finding import EDITIONS, Compared

LEAST_VARIETY = 0.1  # a column of hardly any other value makes a change ten times as unusual, and no more
DUST = 1e-9  # of a number: what sums in another order differ by
MINIMUM, MAXIMUM = "minimum", "maximum"
ALL = "all"  # a group of all rows


@dataclass(frozen=True, slots=True)
class Yardstick:
    """How far a number moved, in usual differences between two rows of its column, and what the column can hold.

    Numbers are compared by their logarithm: beyond `scale`, twice as much is as far anywhere; below it, and through
    zero, by their difference.
    """

    scale: float
    usual: float
    lowest: float
    highest: float

    def far(self, before: float, after: float) -> float:
        """How many usual differences there are between two numbers."""
        return abs(self._level(after) - self._level(before)) / self.usual

    def outside(self, before: float, after: float) -> bool:
        """Whether a number left what the column can hold."""
        return self._beyond(after) > DUST >= self._beyond(before)

    def bound(self, value: float) -> tuple[str, float]:
        """The name and the number of what a value is beyond."""
        return (MINIMUM, self.lowest) if value < self.lowest else (MAXIMUM, self.highest)

    def _beyond(self, value: float) -> float:
        return max(self.lowest - value, value - self.highest)

    def _level(self, value: float) -> float:
        return math.copysign(math.log(abs(value) + self.scale) - math.log(self.scale), value)


def field(table: str, column: str) -> Field | None:
    """The declaration of a column, if it has one."""
    fields = TABLES[table].fields if table in TABLES else ()
    return next((one for one in fields if one.name == column), None)


def numeric(compared: Compared, column: str) -> bool:
    """Whether a column holds numbers: by its type in both versions, or as it is declared where all is text."""
    declared = field(compared.name, column)
    types = (frame.schema[column] for frame in (compared.before, compared.after))
    return column not in compared.key and (
        all(one.is_numeric() for one in types) or (declared is not None and declared.type in {"integer", "number"})
    )


def as_number(value: Any) -> float | None:
    """A cell as a number; None where it is none."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def yardstick(compared: Compared, column: str) -> Yardstick:
    """What a column's numbers are measured by, from the version before.

    The usual difference is the median of how far rows of the same edition stand from their median, or of how far the
    editions of one thing stand from each other, whichever is smaller and not 0.
    """
    number = pl.col(column).cast(pl.Float64, strict=False).alias("number")
    rows = compared.before.select(*compared.key, number, pl.lit(0).alias(ALL)).filter(pl.col("number").is_finite())
    numbers = rows["number"]
    scale = numbers.abs().filter(numbers != 0).quantile(0.25, "lower") or 1.0
    level = pl.col("number").sign() * ((pl.col("number").abs() + scale).log() - math.log(scale))
    lowest, highest = _limits(compared.name, column, numbers)
    return Yardstick(scale, _usual(rows.with_columns(level=level), compared.key), lowest, highest)


def _usual(rows: pl.DataFrame, key: Sequence[str]) -> float:
    editions = [one for one in key if one in EDITIONS]
    level, things = pl.col("level"), [ALL, *(one for one in key if one not in EDITIONS)]
    between_rows = (level - level.median().over(ALL, *editions)).abs()
    found = [rows.select(between_rows).to_series()]
    if editions:
        found.append(rows.select(level.diff().over(things, order_by=editions).abs()).to_series())
    usual = [one for one in (series.median() for series in found) if isinstance(one, float) and one > 0]
    return min(usual) if usual else _mean(found[0]) or 1.0


def _mean(distances: pl.Series) -> float:
    """The mean where most rows are the same: in the order of the values, so that no other order gives another sum."""
    mean = distances.sort().mean()
    return mean if isinstance(mean, float) else 0.0


def _limits(table: str, column: str, numbers: pl.Series) -> tuple[float, float]:
    """What a column can hold: as declared; else no less than 0 where it never was, and no more than 100 per cent."""
    declared = field(table, column)
    never_negative = not (numbers < 0).any()
    if declared is None:
        return 0.0 if never_negative else -math.inf, 100.0 if column.endswith("_pct") else math.inf
    lowest = declared.minimum if declared.minimum is not None else 0.0 if never_negative else -math.inf
    return lowest, declared.maximum if declared.maximum is not None else math.inf


def variety(compared: Compared, column: str) -> float:
    """How often two rows differ in a column, from LEAST_VARIETY to 1."""
    rows = compared.before.height
    same = sum((count / rows) ** 2 for count in sorted(compared.values(column).values()))
    return max(LEAST_VARIETY, 1 - same)
