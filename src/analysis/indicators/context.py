"""out_context: the context layers told for territories, members, regions and France, with ranks (pure)."""

from collections.abc import Iterator, Mapping

import polars as pl

from analysis.indicators._adding_up import MOMENT, Adding
from analysis.indicators._grounds import GROUND, grounds
from analysis.sources.context import TEXTS, Layer, Series, series
from analysis.tables.codes import ALL_GROUND, GROUND_LEVELS, PHASES
from analysis.tables.fields import CONTEXT_FIELDS, count
from analysis.tables.schema import Field, Table

TABLE = Table(
    "out_context",
    "Couches de contexte par territoire, membre, région et pour la France",
    (
        Field(
            "phase",
            "Phase dont le sol est pris (0 : tout le sol de la région ou de la France)",
            "integer",
            enum=(ALL_GROUND, *PHASES),
        ),
        Field("level", "Niveau", enum=GROUND_LEVELS),
        Field("code", "Code du territoire, du membre ou de la région, FR pour la France"),
        *CONTEXT_FIELDS,
        Field("value", "Valeur ; d’une liste de communes, part des habitants qui y vivent", "number", required=False),
        count("unit_count", "Unités de la couche qui ont une valeur, ou qui sont dans la liste"),
        Field("coverage_pct", "Part des habitants dont la couche dit quelque chose", "number", required=False, unit="%",
              minimum=0, maximum=100),
        Field("rank", "Rang parmi ceux du même niveau et de la même phase, le plus grand d’abord", "integer",
              required=False, minimum=1),
        count("rank_of", "Combien sont classés"),
    ),
    (*GROUND, "layer", "column", "year"),
)  # fmt: skip
CHANGE = "{name}_change_{first}_{last}"  # the column of a change between two years


def build(core_context: pl.DataFrame, core_communes: pl.DataFrame, layers: Mapping[str, Layer]) -> pl.DataFrame:
    """A row a ground, column and year; where a column declares changes, one a change too (%, in its last year)."""
    empty = pl.DataFrame(schema={name: _TYPES[name] for name in TABLE.columns if not name.startswith("rank")})
    ground = grounds(core_communes)
    addings = {
        name: Adding.of(one, core_context.filter(layer=name), _zoned(ground, one, core_context))
        for name, one in layers.items()
    }
    told = [part.select(empty.columns) for one in series(layers) for part in _told(one, addings[one.layer])]
    return _ranked(pl.concat([empty, *told]))


def _zoned(ground: pl.DataFrame, layer: Layer, core_context: pl.DataFrame) -> pl.DataFrame:
    """Grounds with the `zone` of each commune, for a layer of zones."""
    if not layer.zones:
        return ground
    zones = core_context.filter(column=layer.zones).select(commune_code="code", zone="text")
    return ground.join(zones, on="commune_code", how="left", validate="m:1")


_TYPES = {one.name: {"integer": pl.Int64, "number": pl.Float64}.get(one.type, pl.String) for one in TABLE.fields}


def _told(one: Series, adding: Adding) -> Iterator[pl.DataFrame]:
    """The rows of one column, and those of its changes; classes and dates are no values of a ground."""
    if one.column.kind in TEXTS:
        return
    yield adding.column(one).with_columns(layer=pl.lit(one.layer), column=pl.lit(one.name))
    for first, last in one.column.changes:
        name = CHANGE.format(name=one.name, first=first, last=last)
        yield adding.change(one, first, last).with_columns(layer=pl.lit(one.layer), column=pl.lit(name))


def _ranked(told: pl.DataFrame) -> pl.DataFrame:
    """With the rank of each value among its likes, equals on one rank; France has none."""
    among = ["phase", "level", "layer", "column", "year"]
    ranked = pl.when(pl.col("level") != "country").then(pl.col("value"))
    return told.sort(*MOMENT, "layer", "column").with_columns(
        rank=ranked.rank("min", descending=True).over(among).cast(pl.Int64),
        rank_of=ranked.count().over(among).cast(pl.Int64),
    )
