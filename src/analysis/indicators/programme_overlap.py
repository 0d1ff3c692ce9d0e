"""out_programme_overlap: which communes two programmes have in common, and how many live there (pure)."""

from collections.abc import Mapping

import polars as pl

from analysis.programme import NAME
from analysis.sources.context import Layer, series
from analysis.tables.codes import PHASES
from analysis.tables.fields import OF_SOURCE, POPULATION, SOURCE_ID, count, share
from analysis.tables.groups import CONTEXT
from analysis.tables.schema import Field, Table

DECIMALS = 4
OWN = {phase: f"phase_{phase}" for phase in PHASES}
TITLES = {name: f"{NAME}, phase\u00a0{phase}" for phase, name in OWN.items()}
LISTS = "anct-lists"
TABLE = Table(
    "out_programme_overlap",
    "Communes que deux programmes ont en commun",
    (
        Field("programme", f"Programme : une phase de {NAME}, ou une liste des couches de contexte"),
        Field("other", "Programme avec lequel il est croisé ; lui-même : toutes ses communes"),
        Field("title", "Nom du premier programme"),
        SOURCE_ID,
        count("commune_count", "Communes dans les deux"),
        POPULATION,
        share("commune_share_pct", "Part des communes du premier qui sont dans l’autre"),
        share("population_share_pct", "Part des habitants du premier dont la commune est dans l’autre"),
    ),
    ("programme", "other"),
    (OF_SOURCE,),
    group=CONTEXT,
    rank=2,
)


def build(core_context: pl.DataFrame, core_communes: pl.DataFrame, layers: Mapping[str, Layer]) -> pl.DataFrame:
    """A row a pair of programmes, both ways: the phases, and every flag by commune of the layers."""
    inside = members(core_context, core_communes, layers)
    names = inside.get_column("programme").unique().sort()
    pairs = inside.join(inside.select("commune_code", other="programme"), on="commune_code")
    both = pairs.group_by("programme", "other").agg(
        commune_count=pl.len(), population_2022=pl.col("population_2022").sum()
    )
    grid = pl.DataFrame({"programme": names}).join(pl.DataFrame({"other": names}), how="cross")
    filled = grid.join(both, on=["programme", "other"], how="left").with_columns(
        pl.col("commune_count", "population_2022").fill_null(0)
    )
    named = filled.join(_titles(layers), on="programme", validate="m:1")
    return named.with_columns(_share("commune_count", "commune"), _share("population_2022", "population"))


def _titles(layers: Mapping[str, Layer]) -> pl.DataFrame:
    """Columns programme, title, source_id."""
    rows = [(name, title, LISTS) for name, title in TITLES.items()]
    rows += [(one.name, one.column.title, layers[one.layer].source) for one in series(layers)]
    return pl.DataFrame(rows, schema=["programme", "title", "source_id"], orient="row")


def members(core_context: pl.DataFrame, core_communes: pl.DataFrame, layers: Mapping[str, Layer]) -> pl.DataFrame:
    """A row a programme and commune in it: programme, commune_code, population_2022."""
    sizes = core_communes.select("commune_code", "population_2022")
    own = [
        core_communes.drop_nulls(f"territory_{phase}").select(pl.lit(name).alias("programme"), *sizes.columns)
        for phase, name in OWN.items()
    ]
    flags = [one.name for one in series(layers) if one.column.kind == "flag" and layers[one.layer].level == "commune"]
    listed = core_context.filter(pl.col("column").is_in(flags), pl.col("value") > 0)
    named = listed.select("code", programme="column").join(sizes, left_on="code", right_on="commune_code")
    return pl.concat([*own, named.select("programme", commune_code="code", population_2022="population_2022")])


def _share(column: str, name: str) -> pl.Expr:
    """Share of what the programme as a whole has."""
    whole = pl.col(column).filter(pl.col("programme") == pl.col("other")).first().over("programme")
    return (100 * pl.col(column) / whole).fill_nan(0).round(DECIMALS).alias(f"{name}_share_pct")
