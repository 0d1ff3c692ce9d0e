import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InvalidTableError, UnknownCodeError
from analysis.tables import schema
from analysis.tables.schema import Field, Reference, Table

PLACES = Table(
    "places",
    "Places",
    (
        Field("code", "Code", pattern=r"\d{2}"),
        Field("kind", "Kind", enum=("a", "b")),
        Field("size", "Size", "integer", required=False, minimum=0, maximum=10),
        Field("parent", "Parent", required=False),
    ),
    ("code",),
    (Reference(("parent",), "places", ("code",)),),
)


def frame(**columns: list[object]) -> pl.DataFrame:
    whole = {"code": ["01", "02"], "kind": ["a", "b"], "size": ["1", None], "parent": [None, "01"]}
    return pl.DataFrame(whole | columns)


def test_check_casts_and_orders_columns_when_all_is_well():
    checked = schema.check(frame(extra=["x", "y"]), PLACES, "places.csv")
    assert checked.columns == PLACES.columns
    assert checked.schema["size"] == pl.Int64
    assert checked.get_column("size").to_list() == [1, None]


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"code": ["1", "02"]}, r"row 2: code '1' does not match"),
        ({"code": ["01x", "02"]}, "does not match"),
        ({"code": [None, "02"]}, "row 2: code None is empty"),
        ({"code": ["", "02"]}, "row 2: code '' is empty"),
        ({"kind": ["a", "c"]}, "row 3: kind 'c' is none of a, b"),
        ({"size": ["1", "many"]}, "row 3: size 'many' is not of type integer"),
        ({"size": ["-1", "2"]}, "row 2: size -1 is below 0"),
        ({"size": ["1", "11"]}, "row 3: size 11 is above 10"),
        ({"code": ["01", "01"]}, "rows 2, 3: the key code=01 stands more than once"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_check_names_file_row_and_rule_when_a_cell_is_wrong(columns, told):
    with pytest.raises(InvalidTableError, match="places.csv") as caught:
        schema.check(frame(**columns), PLACES, "places.csv", first_row=2)
    assert re.search(told, str(caught.value))


def test_check_names_the_column_when_it_is_missing():
    with pytest.raises(InvalidTableError, match="column.s. kind missing"):
        schema.check(frame().drop("kind"), PLACES, "places.csv")


def test_check_references_names_the_code_when_it_is_unknown():
    lost = schema.check(frame(parent=[None, "99"]), PLACES, "places.csv")
    with pytest.raises(UnknownCodeError, match="1 value.s. of parent absent from places: 99. Mend it"):
        schema.check_references(lost, PLACES, {"places": lost}, "places.csv", repair="Mend it.")


def test_check_references_accepts_empty_cells_and_absent_tables():
    good = schema.check(frame(), PLACES, "places.csv")
    schema.check_references(good, PLACES, {"places": good}, "places.csv", repair="")
    schema.check_references(good, PLACES, {}, "places.csv", repair="")


@given(st.lists(st.from_regex(r"[0-9]{2}", fullmatch=True), unique=True, min_size=1, max_size=20), st.randoms())
def test_check_does_not_depend_on_the_order_of_rows(codes, random):
    shuffled = list(codes)
    random.shuffle(shuffled)
    checked = [
        schema.check(pl.DataFrame({"code": one, "kind": "a", "size": None, "parent": None}), PLACES, "places.csv")
        for one in (codes, shuffled)
    ]
    assert checked[0].sort("code").equals(checked[1].sort("code"))


LISTED = Table("listed", "Listed", (Field("code", "Code"), Field("parts", "Parts", "list", pattern="[a-z]")), ("code",))


@pytest.mark.parametrize(
    "parts",
    [[["a", "b"], []], ["a;b", ""], pl.Series([["a", "b"], []], dtype=pl.List(pl.Categorical))],
    ids=["lists", "texts of a file", "lists of categories"],
)
def test_check_reads_lists_from_lists_and_from_texts(parts):
    checked = schema.check(pl.DataFrame({"code": ["1", "2"], "parts": parts}), LISTED, "listed.csv")
    assert checked.schema["parts"] == pl.List(pl.String)
    assert checked.get_column("parts").to_list() == [["a", "b"], []]


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ([["a", "B"], []], "row 1: parts .* does not match"),
        ([["a"], None], "row 2: parts None is empty"),
        ([1, 2], "row 1: parts 1 is not of type list"),
    ],
    ids=["wrong item", "no list", "number"],
)
def test_check_refuses_a_list_when_an_item_breaks_the_pattern(parts, told):
    with pytest.raises(InvalidTableError, match=told):
        schema.check(pl.DataFrame({"code": ["1", "2"], "parts": parts}), LISTED, "listed.csv")
