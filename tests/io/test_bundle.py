import zipfile
from io import BytesIO

import geopandas as gpd
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point

from analysis.errors import InvalidTableError
from analysis.io import bundle

PLAIN = pl.DataFrame({"code": ["01", None], "count": [1, 2], "share_pct": [0.5, None], "ids": [["a", "b"], []]})
PLACES = gpd.GeoDataFrame({"code": ["x", "y"]}, geometry=[Point(1, 2), Point(3, 4)], crs=4326)


def test_unpack_gives_back_what_was_packed():
    found = bundle.unpack(bundle.pack({"plain": PLAIN, "places": PLACES}))
    assert found["plain"].equals(PLAIN)
    assert found["plain"].schema == PLAIN.schema
    assert found["places"].crs == PLACES.crs
    assert list(found["places"]["code"]) == ["x", "y"]
    assert list(found["places"].geometry) == list(PLACES.geometry)


def test_pack_gives_the_same_bytes_whatever_the_order_of_tables():
    assert bundle.pack({"a": PLAIN, "b": PLACES}) == bundle.pack({"b": PLACES, "a": PLAIN})


def test_pack_gives_the_same_bytes_whatever_the_frame_went_through():
    """What stands under a null, or behind the last row, is not part of the frame."""
    long = pl.DataFrame({"x": [str(one) for one in range(100)], "ids": [[str(one)] for one in range(100)]})
    blanked = long.with_columns(pl.when(pl.col("x").str.len_chars() == 1).then(pl.col("x")).alias("x")).head(13)
    fresh = pl.DataFrame({name: blanked[name].to_list() for name in blanked.columns}, schema=blanked.schema)
    assert blanked.equals(fresh)
    assert bundle.pack({"a": blanked}) == bundle.pack({"a": fresh})


def test_pack_keeps_a_table_without_rows():
    found = bundle.unpack(bundle.pack({"plain": PLAIN.clear(), "places": PLACES.iloc[:0]}))
    assert found["plain"].schema == PLAIN.schema
    assert len(found["places"]) == 0


WHOLE = bundle.pack({"plain": PLAIN})


@given(st.integers(0, len(WHOLE) - 30), st.binary(max_size=3))
def test_unpack_names_a_file_that_was_cut(position, junk):
    with pytest.raises(InvalidTableError, match="data/x.zip: not a bundle of tables"):
        bundle.unpack(WHOLE[:position] + junk, "data/x.zip")


def test_unpack_names_a_file_whose_bits_flipped():
    whole = bytearray(bundle.pack({"plain": PLAIN}))
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        start = archive.getinfo("plain.arrow").header_offset + 60
    whole[start] ^= 1
    with pytest.raises(InvalidTableError, match="not a bundle"):
        bundle.unpack(bytes(whole))
