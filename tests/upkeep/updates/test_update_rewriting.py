"""Raw files with other rows keep the bytes of those that did not change; rows are invented."""

import csv
import io

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.upkeep.updates.rewriting import rewritten

FILE = 'id,name\r\n1,"plain, quoted"\r\n2,"needless"\r\n4,"line\nbreak ""x"""\r\n'
ROWS = [("1", "plain, quoted"), ("2", "needless"), ("4", 'line\nbreak "x"')]


def frame(rows) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=["id", "name"], orient="row")


def test_same_rows_give_the_same_text_whatever_its_quotes_and_line_ends():
    assert rewritten(FILE, frame(ROWS[::-1]), ["id"]) == FILE


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([*ROWS, ("3", "new, one")], FILE.replace('4,"line', '3,"new, one"\r\n4,"line')),
        ([*ROWS, ("5", "last")], FILE + "5,last\r\n"),
        ([("0", "first"), *ROWS], FILE.replace("1,", "0,first\r\n1,", 1)),
        (ROWS[1:], FILE.replace('1,"plain, quoted"\r\n', "")),
        ([ROWS[0], ("2", "other"), ROWS[2]], FILE.replace('2,"needless"', "2,other")),
    ],
    ids=["between", "last", "first", "gone", "changed"],
)
def test_only_the_rows_that_change_are_written_anew(rows, text):
    assert rewritten(FILE, frame(rows), ["id"]) == text


def test_columns_stay_in_the_order_of_the_file_and_its_end_as_it_is():
    text = "name,id\nb,2"
    assert rewritten(text, frame([("1", "a"), ("2", "b")]), ["id"]) == "name,id\na,1\nb,2"


def test_rows_that_are_out_of_order_stay_where_they_are():
    text = "id,name\n3,c\n1,a\n"
    assert rewritten(text, frame([("1", "a"), ("2", "b"), ("3", "c")]), ["id"]) == "id,name\n2,b\n3,c\n1,a\n"


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))[1:]


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), min_size=1, max_size=8)
TABLES = st.dictionaries(st.text("abc123", min_size=1, max_size=3), CELLS, min_size=1, max_size=8)


@given(TABLES, TABLES)
def test_any_table_becomes_any_other_and_comes_back(before, after):
    old, new = (frame(sorted(one.items())) for one in (before, after))
    text = old.write_csv()
    changed = rewritten(text, new, ["id"])
    assert cells(changed) == sorted(map(list, after.items()))
    back = rewritten(changed, old, ["id"])
    assert cells(back) == sorted(map(list, before.items()))
    assert rewritten(text, old, ["id"]) == text
