"""What reports read of the context layers: values beside what their columns are, no finer than is written (pure)."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import polars as pl

from analysis.i18n import typography
from analysis.i18n.measures import CHANGED, COUNT
from analysis.indicators.context import CHANGE
from analysis.sources.context import TEXTS, Layer, Series, series

GROUND: Final = ("phase", "level", "code")
WIDE: Final = ("region", "country")  # levels whose values each commune moves a little
FIGURES: Final = 3  # significant ones of a region's or the country's count
COMPARED: Final = 6  # columns that a region's figure compares, at most
BASE: Final = 100
SPREAD: Final = {"p10": 0.1, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p90": 0.9}
COLUMNS: Final = {
    "layer": pl.String, "column": pl.String, "place": pl.Int64, "title": pl.String, "kind": pl.String,
    "unit": pl.String, "of": pl.String, "unit_level": pl.String, "alone": pl.Boolean, "since": pl.Int64,
    "until": pl.Int64, "source_id": pl.String,
}  # fmt: skip


def columns(layers: Mapping[str, Layer]) -> pl.DataFrame:
    """COLUMNS, a row a column of out_context in the order of the declarations; `alone` is not added up, a change is
    told from the year `since`, and `until` is the last year."""
    rows = [row for one in series(layers) if one.column.kind not in TEXTS for row in _rows(one, layers[one.layer])]
    placed = [{**row, "place": place} for place, row in enumerate(rows)]
    return pl.DataFrame(placed, schema=COLUMNS)


def _rows(one: Series, layer: Layer) -> Iterator[dict[str, Any]]:
    declared = one.column
    told = {
        "layer": one.layer, "column": one.name, "title": declared.title, "kind": declared.kind, "unit": declared.unit,
        "of": declared.of, "unit_level": layer.level, "alone": declared.adds_up == "none", "since": None,
        "until": declared.every_year[-1], "source_id": layer.source,
    }  # fmt: skip
    yield told
    for first, last in declared.changes:
        name = CHANGE.format(name=one.name, first=first, last=last)
        yield told | {"column": name, "kind": CHANGED, "since": first, "until": last}


def values(out_context: pl.DataFrame, layers: Mapping[str, Layer]) -> pl.DataFrame:
    """The last value of each column with what the column is, and whether another has its rank (`tied`).

    Members have those that are not added up, the others the rest. Of regions and of France the values are rounded as
    reports write them, without rank and coverage: an edit of one commune's value leaves the others' reports alone.
    """
    last = out_context.join(columns(layers), on=["layer", "column"]).filter(pl.col("year") == pl.col("until"))
    own = last.filter(pl.col("alone") == (pl.col("level") == "member"))
    among = ["phase", "level", "column", "rank"]
    wide, count = pl.col("level").is_in(WIDE), pl.col("kind") == COUNT
    rounded = pl.when(count).then(pl.col("value").round_sig_figs(FIGURES)).otherwise(_share("value"))
    unwritten = ("unit_count", "coverage_pct", "rank", "rank_of")
    return (
        own.with_columns(tied=pl.col("rank").is_not_null() & (pl.len().over(among) > 1))
        .with_columns(pl.when(wide).then(rounded).otherwise("value").alias("value"))
        .with_columns(pl.when(~wide).then(pl.col(unwritten)))
        .sort(*GROUND, "place")
    )


def _share(column: str) -> pl.Expr:
    return pl.col(column).round(typography.SHARE_DECIMALS)


def indices(out_context: pl.DataFrame, layers: Mapping[str, Layer]) -> pl.DataFrame:
    """Counts of several years as indices (`index`, 100 in the first year, `base`), to one decimal; not of members."""
    counts = columns(layers).filter(kind=COUNT).select("layer", "column", "place", "title", "source_id")
    rows = out_context.filter((pl.col("level") != "member") & pl.col("value").is_not_null()).join(
        counts, on=["layer", "column"]
    )
    of, years = [*GROUND, "layer", "column"], pl.col("year").n_unique().over("layer", "column")
    first = out_context.group_by("layer", "column").agg(base=pl.col("year").min())
    known = rows.filter(years > 1).join(first, on=["layer", "column"]).sort(*of, "year")
    start = pl.col("value").filter(pl.col("year") == pl.col("base")).first().over(of)
    made = known.with_columns(index=pl.when(start > 0).then(_index(start)))
    return made.select(*of, "place", "title", "source_id", "base", "year", "index").drop_nulls("index")


def _index(start: pl.Expr) -> pl.Expr:
    return (BASE * pl.col("value") / start).round(typography.SHARE_DECIMALS)


def spread(out_context: pl.DataFrame, layers: Mapping[str, Layer]) -> pl.DataFrame:
    """How the territories of each phase are spread: tenths and quarters, to one decimal, of the columns that are
    compared: COMPARED at most, those that mean the same in places of all sizes first."""
    listed = columns(layers).filter(~pl.col("alone"))
    chosen = listed.sort(pl.col("kind") == COUNT, "place").head(COMPARED).select("layer", "column", "until")
    rows = out_context.filter(level="territory").join(chosen, on=["layer", "column"])
    last = rows.filter(pl.col("year") == pl.col("until")).drop_nulls("value")
    shares = [_share("value").quantile(share, "nearest").alias(name) for name, share in SPREAD.items()]
    return last.group_by("phase", "layer", "column", "year").agg(shares).sort("phase", "layer", "column")
