"""Rows of two versions of a table."""

import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.upkeep.changes.rows import Cell, compare

CELLS = st.one_of(st.none(), st.integers(-3, 3))
TABLES = st.dictionaries(st.integers(0, 9), st.tuples(CELLS, CELLS), max_size=8)
SCHEMA = {"code": pl.Int64, "a": pl.Int64, "b": pl.Int64}


def frame(table, order=lambda rows: rows):
    rows = [(code, *cells) for code, cells in table.items()]
    return pl.DataFrame(order(rows), schema=SCHEMA, orient="row")


def test_rows_that_came_went_and_changed_are_told_apart():
    found = compare(frame({1: (1, 1), 2: (2, None)}), frame({2: (2, 5), 3: (3, 3)}), ["code"])
    assert found.added == [{"code": 3, "a": 3, "b": 3}]
    assert found.removed == [{"code": 1, "a": 1, "b": 1}]
    assert list(found.cells()) == [Cell((2,), "b", None, 5)]


@given(TABLES)
def test_a_table_is_like_itself_in_any_order(table):
    assert not compare(frame(table), frame(table, lambda rows: rows[::-1]), ["code"])


@given(TABLES, TABLES)
def test_changes_lead_from_one_version_to_the_other(before, after):
    found = compare(frame(before), frame(after), ["code"])
    made = dict(before)
    for row in found.removed:
        del made[row["code"]]
    for row in found.added:
        made[row["code"]] = (row["a"], row["b"])
    for cell in found.cells():
        held = dict(zip("ab", made[cell.key[0]], strict=True))
        assert held[cell.column] == cell.before
        made[cell.key[0]] = tuple((held | {cell.column: cell.after}).values())
    assert made == after


@pytest.mark.parametrize("keys", [[None, "b", "a"], ["b", None, "a"]])
def test_order_is_that_of_the_key_an_empty_one_first(keys):
    table = pl.DataFrame({"key": keys})
    assert [row["key"] for row in compare(table.clear(), table, ["key"]).added] == [None, "a", "b"]


def test_rows_that_share_a_key_are_all_told():
    found = compare(frame({1: (1, 1)}), pl.concat([frame({1: (1, 1)}), frame({1: (2, 2)})]), ["code"])
    assert found.added == [{"code": 1, "a": 2, "b": 2}]
    assert not found.changed


def test_two_cells_that_are_no_number_are_the_same():
    shares = [pl.DataFrame({"code": [1, 2], "share": [math.nan, other]}) for other in (1.0, 2.0)]
    assert list(compare(*shares, ["code"]).cells()) == [Cell((2,), "share", 1.0, 2.0)]


def test_a_code_that_became_a_text_is_another_row():
    found = compare(pl.DataFrame({"code": [1]}), pl.DataFrame({"code": ["01"]}), ["code"])
    assert (found.added, found.removed) == ([{"code": "01"}], [{"code": 1}])


def test_lists_are_compared_and_may_be_a_key():
    one = pl.DataFrame({"ids": [["a"], ["b"]], "n": [1, 1]})
    found = compare(one, one.with_columns(n=pl.Series([1, 2])), ["ids"])
    assert [cell.before for cell in found.cells()] == [1]
    assert len(compare(one, one.head(1), ["ids", "n"]).removed) == 1
