"""Rows of two versions of a table, told apart by their key; the tables are invented."""

import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.changes.rows import changed_columns, compare

CELLS = st.none() | st.integers(-3, 3)
SCHEMA = {"code": pl.Int64, "name": pl.Int64, "size": pl.Int64}
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=8)
UNIQUE = st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=8, unique_by=lambda row: row[0])


def frame(rows):
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def applied(before, changes):
    """The rows of `before` after the changes."""
    rows = [list(row.items()) for row in before.iter_rows(named=True)]
    for row in (*changes.removed, *(old for old, _ in changes.changed)):
        rows.remove(list(row.items()))
    return rows + [list(row.items()) for row in (*changes.added, *(new for _, new in changes.changed))]


def in_order(rows):
    return sorted(rows, key=repr)


@given(ROWS, ROWS)
def test_changes_lead_from_one_version_to_the_other(before, after):
    one, other = frame(before), frame(after)
    wanted = [list(row.items()) for row in other.iter_rows(named=True)]
    assert in_order(applied(one, compare(one, other, ["code"]))) == in_order(wanted)


@given(ROWS)
def test_a_table_against_itself_shows_nothing(rows):
    assert not compare(frame(rows), frame(rows), ["code"])


@given(UNIQUE, st.randoms(use_true_random=False))
def test_order_of_rows_is_irrelevant_when_keys_are_unique(rows, random):
    mixed = random.sample(rows, len(rows))
    assert not compare(frame(rows), frame(mixed), ["code"])


@given(UNIQUE, UNIQUE)
def test_the_way_back_is_the_mirror(before, after):
    there, back = compare(frame(before), frame(after), ["code"]), compare(frame(after), frame(before), ["code"])
    assert (there.added, there.removed) == (back.removed, back.added)
    assert there.changed == [(new, old) for old, new in back.changed]


@given(UNIQUE, UNIQUE)
def test_a_changed_row_keeps_its_key_and_has_another_cell(before, after):
    for old, new in compare(frame(before), frame(after), ["code"]).changed:
        assert old["code"] == new["code"]
        assert changed_columns(old, new)


def test_rows_come_by_key_with_empty_cells_first():
    found = compare(frame([]), frame([(10, 1, 1), (2, 1, 1), (None, 1, 1)]), ["code"])
    assert [row["code"] for row in found.added] == [None, 2, 10]


def test_a_new_column_changes_no_row():
    one = pl.DataFrame({"code": ["01"], "old": [1]})
    found = compare(one, pl.DataFrame({"code": ["01"], "new": [1]}), ["code"])
    assert (found.added, found.removed, found.changed) == ([], [], [])
    assert (found.new_columns, found.lost_columns) == (("new",), ("old",))
    assert found


def test_cells_that_are_no_number_are_the_same():
    one = pl.DataFrame({"code": ["01", "02"], "share": [math.nan, 1.0]})
    found = compare(one, one.with_columns(share=pl.Series([math.nan, 2.0])), ["code"])
    assert [new["code"] for _, new in found.changed] == ["02"]


def test_a_code_that_became_a_text_is_another_key():
    found = compare(pl.DataFrame({"code": [1]}), pl.DataFrame({"code": ["01"]}), ["code"])
    assert ([row["code"] for row in found.added], [row["code"] for row in found.removed]) == (["01"], [1])


def test_whole_rows_are_compared_without_a_key():
    found = compare(frame([(1, 1, 1), (1, 1, 1)]), frame([(1, 1, 1), (1, 1, 2)]), [])
    assert len(found.added) == len(found.removed) == 1


def test_a_key_that_is_no_column_is_refused():
    with pytest.raises(KeyError):
        compare(frame([(1, 1, 1)]), frame([(1, 1, 2)]), ["missing"])
