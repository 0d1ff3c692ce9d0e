"""What the map can be filled with: columns of the context layers, their values, ranks and classes (pure)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import polars as pl

from analysis.indicators.context import CHANGE
from analysis.publication.webmap.names import Names
from analysis.sources.context import TEXTS, Column, Layer, series
from analysis.tables.codes import PHASES

CLASSES: Final = 5  # as many as there are tones
DECIMALS: Final = 2
TERRITORY, EPCI = "territory", "epci"


@dataclass(frozen=True)
class Fill:
    """A column of out_context in its last year, or one of its changes between two years.

    `key` is its name there; `level` is EPCI where the values of intercommunalities do not add up to territories'.
    """

    key: str
    layer: str
    column: Column
    year: int
    level: str
    change: tuple[int, int] | None = None

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"layer-{self.key}"


def fills(layers: Mapping[str, Layer]) -> list[Fill]:
    """What every layer gives to fill with, in their order; classes and dates give nothing."""
    return [one for part in series(layers) for one in _of_column(part.layer, part.name, part.column, layers)]


def _of_column(layer: str, name: str, column: Column, layers: Mapping[str, Layer]) -> Iterator[Fill]:
    alone = column.adds_up == "none"
    if column.kind in TEXTS or (alone and layers[layer].level != "intercommunality"):
        return
    yield Fill(name, layer, column, column.every_year[-1], EPCI if alone else TERRITORY)
    for first, last in () if alone else column.changes:
        yield Fill(CHANGE.format(name=name, first=first, last=last), layer, column, last, TERRITORY, (first, last))


def fill_files(
    names: Names, layers: Mapping[str, Layer], out_context: pl.DataFrame, core_context: pl.DataFrame
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Name and content of the file of each Fill.

    Values and ranks are lists in the order of the territories, or of the EPCI, null where nothing is known; `of` is
    how many are ranked, `classes` the least and the greatest value of each class, both by phase (0 for EPCI).
    """
    for one in fills(layers):
        if one.level == EPCI:
            values = core_context.filter(column=one.key, year=one.year).select("code", "value").drop_nulls()
            yield one.file, _of_groups(names, values)
        else:
            yield one.file, _of_territories(names, out_context.filter(column=one.key, year=one.year))


def _of_territories(names: Names, rows: pl.DataFrame) -> dict[str, Any]:
    """`covered` is the share of the inhabitants of each phase of whom something is known, `coverage` that of each."""
    known = {(row["phase"], row["code"]): row for row in rows.filter(level="territory").iter_rows(named=True)}
    told = [known.get(key) or {} for key in names.territory]
    own = {phase: [row["value"] for key, row in known.items() if key[0] == phase] for phase in PHASES}
    whole = dict(rows.filter(level="country").select("phase", "coverage_pct").iter_rows())
    return {
        "values": [_rounded(one.get("value")) for one in told],
        "ranks": [one.get("rank") for one in told],
        "coverage": [_rounded(one.get("coverage_pct")) for one in told],
        "of": {
            phase: max((row["rank_of"] for key, row in known.items() if key[0] == phase), default=0) for phase in PHASES
        },
        "classes": {phase: classes([one for one in values if one is not None]) for phase, values in own.items()},
        "covered": {phase: _rounded(whole.get(phase)) for phase in PHASES},
    }


def _of_groups(names: Names, values: pl.DataFrame) -> dict[str, Any]:
    """`others` are value and rank of the établissements publics territoriaux, by code."""
    ranked = values.with_columns(rank=pl.col("value").rank("min", descending=True).cast(pl.Int64))
    known = {code: (_rounded(value), rank) for code, value, rank in ranked.select("code", "value", "rank").iter_rows()}
    told = [known.get(code, (None, None)) for code in names.epci]
    drawn = [value for value, _ in told if value is not None]
    return {
        "values": [value for value, _ in told],
        "ranks": [rank for _, rank in told],
        "others": {code: known[code] for code in names.epts if code in known},
        "of": {0: len(known)},
        "classes": {0: classes(drawn)},
        "covered": {0: _rounded(100 * len(drawn) / max(1, len(told)))},
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else _short(value)


def _short(value: float) -> float:
    short = round(float(value), DECIMALS)
    return int(short) if short == int(short) else short


def classes(values: Sequence[float], count: int = CLASSES) -> list[list[float]]:
    """At most `count` classes with about as many values each, equal values together: the least and greatest of each."""
    if not values:
        return []
    ordered = np.sort(np.round(np.asarray(values, dtype=float), DECIMALS))
    shares = np.arange(1, count + 1) / count
    highs = np.unique(np.quantile(ordered, shares, method="inverted_cdf"))
    places = np.searchsorted(highs, ordered)
    parts = (ordered[places == place] for place in range(len(highs)))
    return [[_short(part[0]), _short(part[-1])] for part in parts]
