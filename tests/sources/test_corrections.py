import polars as pl
import pytest

from analysis.errors import CorrectionError
from analysis.sources import corrections

ENTRY = {
    "table": "places",
    "where": {"code": "01"},
    "column": "name",
    "from": "Saonoises",
    "to": "Saônoises",
    "reason": "an accent is missing",
}


def places() -> dict[str, pl.DataFrame]:
    return {"places": pl.DataFrame({"code": ["01", "02"], "name": ["Saonoises", "Elsewhere"]})}


def test_apply_changes_the_one_cell_when_the_old_value_is_as_expected():
    fixed = corrections.apply(places(), corrections.parse([ENTRY]))["places"]
    assert fixed.get_column("name").to_list() == ["Saônoises", "Elsewhere"]


def test_apply_refuses_when_the_correction_was_made_already():
    entries = corrections.parse([ENTRY])
    with pytest.raises(CorrectionError, match="holds 'Saônoises', the correction expects 'Saonoises'"):
        corrections.apply(corrections.apply(places(), entries), entries)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"where": {"code": "99"}}, "0 rows match, exactly one must"),
        ({"where": {"kind": "x"}}, "no such table or column"),
        ({"table": "nowhere"}, "no such table or column"),
    ],
    ids=["no row", "no column", "no table"],
)
def test_apply_refuses_when_the_target_is_not_one_row(change, told):
    with pytest.raises(CorrectionError, match=told):
        corrections.apply(places(), corrections.parse([ENTRY | change]))


def test_apply_refuses_when_several_rows_match():
    doubled = {"places": pl.concat([places()["places"]] * 2)}
    with pytest.raises(CorrectionError, match="2 rows match"):
        corrections.apply(doubled, corrections.parse([ENTRY]))


@pytest.mark.parametrize(
    ("entries", "told"),
    [
        ({"table": "x"}, "not a list"),
        ([{**ENTRY, "reason": ""}], "entry 1: reason"),
        ([{**ENTRY, "why": "x"}], "entry 1: why"),
        (["text"], "entry 1"),
    ],
    ids=["mapping", "no reason", "unknown field", "no mapping"],
)
def test_parse_names_the_entry_when_it_is_wrong(entries, told):
    with pytest.raises(CorrectionError, match=told):
        corrections.parse(entries)


def test_parse_accepts_an_empty_file():
    assert corrections.parse(None) == []
