"""Context layers as readers get them: each in files of its own, added up, and unit by unit as it was read (pure)."""

from collections.abc import Iterator, Mapping

import polars as pl

from analysis.charts.register import COUNTED
from analysis.i18n.language import N_
from analysis.publication.downloads.xlsx import Sheet
from analysis.sources.context import TEXTS, Column, Layer
from analysis.tables import TABLES
from analysis.tables.codes import ALL_GROUND, FRANCE, PHASES
from analysis.tables.schema import Field

FOLDER = "context"
ENDINGS = (".csv", ".parquet")
BY_UNIT = "_units"  # how the name of the file with a row a unit ends
NEEDED = ("core_context", "out_context", "core_territories", "core_members", "out_region_coverage")
NAME = Field("name", N_("Nom"))
TYPES: Mapping[pl.DataType, str] = {pl.Float64(): "number", pl.Int64(): "integer", pl.String(): "string"}


def sheets(layers: Mapping[str, Layer], frames: Mapping[str, pl.DataFrame]) -> list[Sheet]:
    """Two sheets a layer: `<layer>`, its rows of out_context with names, and `<layer>_units`."""
    names = _names(frames)
    return [one for name, layer in layers.items() for one in _of(name, layer, frames, names)]


def paths(*names: str) -> list[str]:
    """The files of these sheets in outputs/tables."""
    return [f"{FOLDER}/{name}{ending}" for name in names for ending in ENDINGS]


def years(sheet: Sheet) -> tuple[int, int] | None:
    """The first and the last year of a sheet."""
    found = sorted(sheet.frame["year"].unique()) if "year" in sheet.frame.columns else []
    return (found[0], found[-1]) if found else None


def _of(name: str, layer: Layer, frames: Mapping[str, pl.DataFrame], names: pl.DataFrame) -> Iterator[Sheet]:
    told = TABLES["out_context"]
    fields = [one for one in told.fields if one.name != "layer"]
    fields.insert(3, NAME)
    key = tuple(one for one in told.key if one != "layer")
    added = frames["out_context"].filter(layer=name).join(names, on=["phase", "level", "code"], how="left")
    columns = [one.name for one in fields]
    yield Sheet(name, layer.title, added.select(columns).sort(key), tuple(fields), (*COUNTED, layer.source), key)
    frame = units(layer, frames["core_context"].filter(layer=name))
    described = (Field("code", N_("Code de l’unité au COG 2024")), *_fields(layer, frame))
    yield Sheet(f"{name}{BY_UNIT}", layer.title, frame, described, (layer.source,), ("code",))


def units(layer: Layer, values: pl.DataFrame) -> pl.DataFrame:
    """A row a unit: its code of COG 2024, then a column for each column and year of the layer."""
    found = values.select("code").unique().sort("code")
    for name, column in layer.columns.items():
        for heading, year in _headings(name, column).items():
            of_year = values.filter(column=name, year=year)
            cell = pl.col("text") if column.kind in TEXTS else pl.col("value")
            found = found.join(of_year.select("code", cell.alias(heading)), on="code", how="left", validate="1:1")
    return found.with_columns(one.cast(pl.Int64) for one in found.get_columns() if _is_whole(one))


def _is_whole(column: pl.Series) -> bool:
    return column.dtype == pl.Float64 and bool((column.drop_nulls() % 1 == 0).all())


def _fields(layer: Layer, frame: pl.DataFrame) -> Iterator[Field]:
    for name, column in layer.columns.items():
        for heading in _headings(name, column):
            unit = "%" if column.kind == "share" else column.unit
            yield Field(heading, column.title, TYPES[frame.schema[heading]], unit, required=False)


def _headings(name: str, column: Column) -> dict[str, int]:
    """The heading of a column for each year, in words of the project whatever those of the file were."""
    return column.model_copy(update={"heading": None}).headings(name)


def _names(frames: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Columns phase, level, code, name of all that values are told for."""
    territories = frames["core_territories"].select("phase", "name", level=pl.lit("territory"), code="territory_id")
    members = frames["core_members"].select("phase", name="member_name", level=pl.lit("member"), code="member_code")
    regions = frames["out_region_coverage"].select(code="region_code", name="region_name").unique()
    phases = pl.DataFrame({"phase": [ALL_GROUND, *PHASES]}, schema={"phase": pl.Int64})
    level = pl.when(pl.col("code") == FRANCE).then(pl.lit("country")).otherwise(pl.lit("region"))
    told = regions.join(phases, how="cross").select("phase", level.alias("level"), "code", "name")
    return pl.concat([one.select("phase", "level", "code", "name") for one in (territories, members, told)])
