"""Several tables as one file's bytes and back: an uncompressed ZIP of Arrow IPC files, one a table (pure)."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any, TypeAlias

import geopandas as gpd
import polars as pl
import pyarrow as pa
import shapely
from pyarrow import ipc

from analysis.errors import AtlasError, InvalidTableError
from analysis.io.archives import parts

Frame: TypeAlias = Any  # pl.DataFrame, or gpd.GeoDataFrame (untyped) for a table with outlines
SUFFIX = ".arrow"
WGS84 = 4326
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a ZIP can hold: not the clock's
GEOMETRY = b"geo"  # in the schema's metadata: the table has a geometry (WGS 84)
OPTIONS = ipc.IpcWriteOptions(compression="zstd")


def pack(frames: Mapping[str, Frame]) -> bytes:
    """The frames as a file; the same bytes for the same frames. Geometry is WKB in WGS 84."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(frames):
            archive.writestr(zipfile.ZipInfo(f"{name}{SUFFIX}", EPOCH), _encode(frames[name]))
    return buffer.getvalue()


def unpack(content: bytes, where: str = "") -> dict[str, Frame]:
    """The frames of a file that `pack` made, by name; InvalidTableError for anything else."""
    try:
        found = {name.removesuffix(SUFFIX): _decode(part) for name, part in parts(content).items()}
    except (AtlasError, pa.ArrowInvalid, ValueError, EOFError, OSError, MemoryError) as error:
        what = f"not a bundle of tables ({error})."
        raise InvalidTableError(what, where=where, repair="Run `dvc repro -f slices` to build it again.") from error
    return found


def _encode(frame: Frame) -> bytes:
    if isinstance(frame, gpd.GeoDataFrame):
        columns = {name: pa.array(frame[name].tolist()) for name in frame.columns if name != "geometry"}
        table = pa.table(columns | {"geometry": pa.array(shapely.to_wkb(frame.geometry.to_numpy()), pa.binary())})
        table = table.replace_schema_metadata({GEOMETRY: b"1"})
    else:
        schema = frame.to_arrow().schema.remove_metadata()
        # Rebuilt value by value: what polars leaves under nulls and behind the last row depends on the frame's past.
        table = pa.table(frame.to_dict(as_series=False), schema=schema)
    sink = pa.BufferOutputStream()
    with ipc.new_file(sink, table.schema, options=OPTIONS) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def _decode(content: bytes) -> Frame:
    table = ipc.open_file(pa.BufferReader(content)).read_all()
    if GEOMETRY in (table.schema.metadata or {}):
        shapes = shapely.from_wkb(table.column("geometry").to_numpy(zero_copy_only=False))
        return gpd.GeoDataFrame(table.drop_columns("geometry").to_pandas(), geometry=shapes, crs=WGS84)
    frame = pl.from_arrow(table)
    return frame if isinstance(frame, pl.DataFrame) else frame.to_frame()
