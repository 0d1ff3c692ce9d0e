"""A layer's cells read in COG 2024: passages, merges, and each kind of bad input refused with row and cure."""

import polars as pl
import pytest

from analysis.errors import AtlasError, InvalidTableError, UnknownCodeError
from analysis.registry.context_codes import Codes
from analysis.registry.context_values import Reading
from analysis.sources.context import Layer

COLUMNS = {
    "count": {"title": "Ateliers", "kind": "count", "unit": "workshop", "adds_up": "sum", "year": 2024},
    "share": {"title": "Part", "kind": "share", "of": "ateliers", "adds_up": "none", "year": 2024},
    "flag": {"title": "Label", "kind": "flag", "adds_up": "any", "year": 2024},
    "class": {"title": "Classe", "kind": "class", "adds_up": "none", "year": 2024},
    "date": {"title": "Signé", "kind": "date", "adds_up": "none", "year": 2024},
}
# 01003 became part of 01001 in 2022, 01004 of 01002 in 2025; 01009 was established again in 2025.
CODES = Codes(
    {"commune": frozenset({"01001", "01002", "01004"}), "region": frozenset({"84"})},
    {"01003": (2022, "01001"), "01008": (2021, None), "01004": (2025, "01002")},
)


def read(kind="count", *, text="insee,x\n01001,1\n", cog=2024, published=None, **given):
    columns = {"x": COLUMNS[kind]} if "columns" not in given else given.pop("columns")
    whole = {"title": "Ateliers", "level": "commune", "code": "insee", "cog": cog, "source": "s", "columns": columns}
    layer = Layer.model_validate(whole | given)
    cells = pl.read_csv(text.encode(), infer_schema=False)
    return Reading("workshops", layer, cells, CODES, "data/raw/layers/workshops.csv", published).values()


def values(kind, text, **given):
    return dict(read(kind, text=text, **given).select("code", pl.coalesce("text", pl.col("value"))).rows())


def test_an_empty_cell_is_no_row_and_not_zero():
    found = read(text="insee,x\n01001,\n01002,0\n")
    assert found.rows() == [("workshops", "x", 2024, "commune", "01002", 0.0, None)]


def test_codes_of_an_older_edition_are_followed_and_counts_added_up():
    found = read(text="insee,x\n01001,5\n01003,2\n", cog=2021)
    assert found.select("code", "value").rows() == [("01001", 7.0)]


def test_a_flag_holds_for_all_and_a_class_must_agree():
    found = read("flag", text="insee,x\n01001,0\n01003,1\n", cog=2021)
    assert found.select("code", "value").rows() == [("01001", 1.0)]
    same = read("class", text="insee,x\n01001,A\n01003,A\n", cog=2021)
    assert same.select("code", "text").rows() == [("01001", "A")]
    with pytest.raises(InvalidTableError, match=r"row 2: x 'A' differs from that of a unit with which it is one"):
        read("class", text="insee,x\n01001,A\n01003,B\n", cog=2021)


def test_passages_that_the_cog_does_not_tell_stand_in_the_declaration():
    found = read(text="insee,x\n01001,5\n01009,2\n01008,1\n", cog=2025, passages={"01009": "01001", "01008": "01002"})
    assert found.select("code", "value").rows() == [("01001", 7.0), ("01002", 1.0)]


def test_what_became_part_of_another_later_takes_its_class_and_never_its_count():
    text = "insee,x\n01002,1\n"
    assert read("flag", text=text, cog=2025).get_column("code").to_list() == ["01002", "01004"]
    assert read("flag", text=text, cog=2024).get_column("code").to_list() == ["01002"]
    assert read("count", text=text, cog=2025).get_column("code").to_list() == ["01002"]


def test_rows_of_no_unit_are_left_out_with_their_reason():
    found = read(text="insee,x\n01001,5\n75056,2\n", outside={"75056": "Paris"})
    assert found.get_column("code").to_list() == ["01001"]


@pytest.mark.parametrize(
    ("kind", "text", "given", "match"),
    [
        ("count", "insee,x\n01001,1\n99999,2\n", {}, r"1 code\(s\) of no commune of COG 2024: 99999.*`passages`"),
        ("count", "insee,x\n01003,2\n", {}, r"01003 \(ended in COG 2022: part of 01001\).*another year.*`cog: 2021`"),
        ("count", "insee,x\n01008,2\n", {"cog": 2020}, r"01008 \(ended in COG 2021\).*`passages`"),
        ("count", "insee,x\n1001,2\n", {}, "took the 0 before them away"),
        ("count", "insee,x\n01001,2\n01001,3\n", {}, "rows 2, 3: the code 01001 has more than one row. Keep one"),
        ("count", "insee,x\n01001,2\n,3\n", {}, "row 3: the code is empty"),
        ("count", "insee,x\n01001,-2\n", {}, "row 2: x '-2' is below zero"),
        ("count", 'insee,x\n01001,"1,5"\n', {}, r"row 2: x '1,5' is no number \(1234\.5\)"),
        ("count", "insee,x\n01001,inf\n", {}, "is no number"),
        ("share", "insee,x\n01001,100.4\n", {}, "row 2: x '100.4' is a share of more than 100 %"),
        ("flag", "insee,x\n01001,oui\n", {}, "is no number"),
        ("flag", "insee,x\n01001,2\n", {}, "row 2: x '2' is neither 1 nor 0"),
        ("date", "insee,x\n01001,12/03/2024\n", {}, "is no day or month"),
        ("date", "insee,x\n01001,2024-11-03\n", {"published": "2024-04-27"}, "is later than the source"),
        ("count", "insee,y\n01001,2\n", {}, "the file has no column: x"),
        ("count", "insee,x,y\n01001,2,3\n", {}, r"a column that nothing declares: y.*workshops\.yaml \(`ignored`"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_with_row_reason_and_cure(kind, text, given, match):
    with pytest.raises(AtlasError, match=match) as refused:
        read(kind, text=text, **given)
    assert isinstance(refused.value, InvalidTableError | UnknownCodeError)
    assert refused.value.where == "data/raw/layers/workshops.csv"
    assert refused.value.repair


@pytest.mark.parametrize(("second", "good"), [("59.95", True), ("60.2", False), ("39", False)])
def test_shares_that_make_a_whole_add_up_to_100(second, good):
    given = {"columns": {"a": COLUMNS["share"], "b": COLUMNS["share"]}, "add_to_100": ["a", "b"]}
    text = f"insee,a,b\n01001,40,{second}\n"
    if good:
        assert read(text=text, **given).height == 2
    else:
        with pytest.raises(InvalidTableError, match=r"row 2: a \+ b \d+\.\d+ is not 100 %"):
            read(text=text, **given)
