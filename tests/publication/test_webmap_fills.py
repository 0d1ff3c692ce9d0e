"""What the map can be filled with: which columns, their classes, values and ranks against the tables."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.io.paths import LAYERS
from analysis.publication.site.sphinx import ASSETS
from analysis.publication.webmap import RAW, Names, fill_files, fills
from analysis.publication.webmap.fills import classes
from analysis.sources import context
from analysis.sources.context import Column, Layer


def layer(level: str, **columns: dict) -> dict[str, Layer]:
    made = {name: Column(title=name, year=2022, **one) for name, one in columns.items()}
    return {"a": Layer(title="A", level=level, code="code", cog=2024, source="s", columns=made)}


@pytest.mark.parametrize(
    ("level", "column", "wanted"),
    [
        ("commune", {"kind": "count", "unit": "u", "adds_up": "sum"}, ["territory"]),
        ("commune", {"kind": "flag", "adds_up": "any"}, ["territory"]),
        ("commune", {"kind": "share", "of": "o", "adds_up": "none"}, []),  # no territory has one, no commune is filled
        ("intercommunality", {"kind": "share", "of": "o", "adds_up": "none"}, ["epci"]),
        ("intercommunality", {"kind": "count", "unit": "u", "adds_up": "sum"}, ["territory"]),
        ("department", {"kind": "count", "unit": "u", "adds_up": "none"}, []),
        ("commune", {"kind": "class", "adds_up": "none"}, []),
        ("commune", {"kind": "date", "adds_up": "none"}, []),
    ],
)
def test_columns_that_the_map_can_be_filled_with(level, column, wanted):
    assert [one.level for one in fills(layer(level, x=column))] == wanted


def test_a_column_of_several_years_is_told_in_its_last_and_by_its_changes():
    changes = ((2014, 2018), (2018, 2023))
    column = Column(title="x", kind="count", unit="u", adds_up="sum", years=(2014, 2024), changes=changes)
    found = fills({"a": Layer(title="A", level="commune", code="c", cog=2024, source="s", columns={"x": column})})
    assert [(one.key, one.year) for one in found] == [
        ("x", 2024), ("x_change_2014_2018", 2018), ("x_change_2018_2023", 2023)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ([], []),
        ([3], [[3, 3]]),
        ([1, 2, 3, 4, 5], [[1, 1], [2, 2], [3, 3], [4, 4], [5, 5]]),
        ([0, 0, 0, 0, 0, 0, 7, 8, 9, 10], [[0, 0], [7, 8], [9, 10]]),
        ([2.005, 2.004, 9], [[2, 2], [9, 9]]),
    ],
)
def test_classes_by_quantile_keep_equal_values_together(values, wanted):
    assert classes(values) == wanted


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60))
def test_classes_hold_every_value_once_in_order(values):
    found = classes(values)
    assert 1 <= len(found) <= 5
    assert all(low <= high for low, high in found)
    assert all(one[1] < other[0] for one, other in pairwise(found))
    assert all(sum(low <= round(value, 2) <= high for low, high in found) == 1 for value in values)


# --- the real layers ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made(root, table, raw) -> tuple[Names, dict[str, dict]]:
    tables = (table(name) for name in ("core_communes", "core_territories", "core_members"))
    names = Names(*tables, *(raw[name] for name in RAW))
    found = fill_files(names, context.load(root / LAYERS), table("out_context"), table("core_context"))
    return names, dict(found)


def test_values_and_ranks_are_those_of_the_table_of_layers(made, table):
    names, found = made
    wanted = table("out_context").filter(level="territory", column="employees_change_2018_2023")
    told = found["layer-employees_change_2018_2023"]
    assert told["of"] == {1: 149, 2: 182}
    for row in wanted.iter_rows(named=True):
        rank = names.territory[row["phase"], row["code"]]
        assert told["ranks"][rank] == row["rank"]
        assert told["values"][rank] == (None if row["value"] is None else pytest.approx(row["value"], abs=0.0051))


def test_shares_of_intercommunalities_are_never_those_of_territories(made, table):
    names, found = made
    told = found["layer-industry_share"]
    known = dict(table("core_context").filter(column="industry_share").select("code", "value").iter_rows())
    drawn = {code: told["values"][rank] for code, rank in names.epci.items()}
    assert {code: value for code, value in drawn.items() if value is not None} == {
        code: pytest.approx(known[code], abs=0.0051) for code in names.epci if code in known
    }
    assert set(told["others"]) == set(names.epts) & set(known)
    assert told["of"] == {0: len(known)}


def test_what_is_absent_is_no_zero(made):
    names, found = made
    employees = found["layer-employees"]
    missing = [key for key, rank in names.territory.items() if employees["values"][rank] is None]
    assert len(missing) == 1  # Mayotte, which the source does not cover
    assert employees["ranks"][names.territory[missing[0]]] is None
    assert 0 in found["layer-acv"]["values"]  # a whole list: what it does not name is not in it


# --- the tones ---------------------------------------------------------------------------------------------


def lab(colour: str) -> tuple[float, float, float]:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    x, y, z = (one ** (1 / 3) if one > 0.008856 else 7.787 * one + 16 / 116 for one in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def apart(one: str, other: str) -> float:
    return sum((first - second) ** 2 for first, second in zip(lab(one), lab(other), strict=True)) ** 0.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_tones_go_one_way_and_keep_apart_from_each_other_and_from_the_roles(mode):
    css = (ASSETS / "_static/atlas/map.css").read_text(encoding="utf-8")
    rules = re.findall(r"\.atlas-app \{(.*?)\}", css, re.DOTALL)[:2]
    values = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", rules[mode == "dark"]))
    tones = [values[f"q{rank}"] for rank in range(5)]
    steps = [lab(one)[0] for one in tones]
    assert steps == sorted(steps, reverse=mode == "light")
    assert min(apart(one, other) for one, other in pairwise(tones)) > 12
    roles = [values[name] for name in ("phase-1", "phase-2", "stayed", "land", "sea")]
    assert min(apart(tone, role) for tone in tones for role in roles) >= 19
