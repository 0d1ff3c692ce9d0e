"""Derived tables are built in the order that their builders ask for, from what is given."""

import geopandas as gpd
import polars as pl
import pytest

from analysis.errors import AtlasError
from analysis.tables.fields import PHASE, count
from analysis.tables.schema import Table
from analysis.upkeep.stages import derived


def declare(monkeypatch, **builders):
    """Tables of one kind, each with its builder, in the place of those of the project."""
    tables = {name: Table(name, name, (PHASE, count("rows", "Lignes")), ("phase",)) for name in builders}
    monkeypatch.setattr(derived, "TABLES", tables)
    monkeypatch.setattr(derived, "builder", builders.__getitem__)
    monkeypatch.setattr(derived, "inputs", lambda name: dict.fromkeys(builders[name].__annotations__, "pl.DataFrame"))


def frame(*rows):
    return pl.DataFrame(rows, schema=["phase", "rows"], orient="row")


def first(core_rows: pl.DataFrame):
    return core_rows


def second(out_first: pl.DataFrame):
    return out_first.with_columns(pl.col("rows") * 10)


def test_a_table_is_built_after_those_it_is_made_from_and_given_as_it_will_be_read(monkeypatch):
    declare(monkeypatch, out_second=second, out_first=first)
    built = derived.build(["out_second", "out_first"], lambda name, kind: frame((2, 5), (1, 3)))
    assert built["out_first"].rows() == [(1, 3), (2, 5)]
    assert built["out_second"].rows() == [(1, 30), (2, 50)]


def test_tables_made_from_each_other_are_named(monkeypatch):
    def circular(out_second: pl.DataFrame):
        return out_second

    declare(monkeypatch, out_second=second, out_first=circular)
    with pytest.raises(AtlasError, match="tables are made from each other: out_"):
        derived.build(["out_second", "out_first"], lambda name, kind: frame())


def test_outlines_are_left_out_where_a_builder_takes_a_plain_table():
    outlined = gpd.GeoDataFrame({"phase": [1]}, geometry=gpd.points_from_xy([0], [0]), crs=4326)
    assert derived._as("pl.DataFrame", outlined).columns == ["phase"]
    assert derived._as("gpd.GeoDataFrame", outlined) is outlined


@pytest.mark.parametrize(
    ("name", "files"),
    [
        ("core_communes", ["${processed}/core_communes.parquet"]),
        ("regions", ["${raw}/regions.csv", "${raw}/corrections.yaml"]),
        ("sources", ["${raw}/sources.yaml"]),
    ],
)
def test_files_of_an_input_are_those_that_it_is_read_from(name, files):
    assert derived.files(name) == files
