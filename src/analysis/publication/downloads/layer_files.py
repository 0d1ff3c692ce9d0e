"""Boundary layers as files, the same bytes each time: one GeoParquet a layer, and GeoPackages."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import geopandas as gpd
import pyogrio

from analysis.tables.layers import COMMUNES, LAYERS
from analysis.tables.schema import Table

FOLDER = "layers"  # of outputs/tables, as datapackage.json knows it
TOGETHER = "territoires_industrie"  # the GeoPackage of every layer but the communes, which have their own
# GDAL stamps a GeoPackage with the time of its making.
DATE_OPTION, DATE = "OGR_CURRENT_DATE", "1980-01-01T00:00:00.000Z"


def geopackage_of(table: Table) -> str:
    """Stem of the GeoPackage that holds a layer."""
    return COMMUNES.name if table.name == COMMUNES.name else TOGETHER


def write(layers: Mapping[str, gpd.GeoDataFrame], folder: Path) -> None:
    """Write every layer into `folder`, which holds none of them yet."""
    folder.mkdir(parents=True, exist_ok=True)
    with _undated():
        for table in LAYERS:
            frame = layers[table.name]
            frame.to_parquet(folder / f"{table.name}.parquet", compression="zstd", index=False)
            target = folder / f"{geopackage_of(table)}.gpkg"
            frame.to_file(
                target,
                driver="GPKG",
                layer=table.name,
                engine="pyogrio",
                IDENTIFIER=table.name,
                DESCRIPTION=table.title,
            )


@contextmanager
def _undated() -> Iterator[None]:
    """Have GDAL write one date instead of the clock's."""
    before = pyogrio.get_gdal_config_option(DATE_OPTION)
    pyogrio.set_gdal_config_options({DATE_OPTION: DATE})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({DATE_OPTION: before})
