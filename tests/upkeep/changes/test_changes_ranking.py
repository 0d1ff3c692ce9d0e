"""Each kind of fault, planted among noise, stands first, and rounding last; every table is invented."""

import math

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.upkeep.changes import reasons
from analysis.upkeep.changes.ranking import Kind, of_table, of_tables
from analysis.upkeep.changes.rows import compare

PHASES, PLACES = (1, 2), 40
KEY = ["phase", "member"]


def members():
    """Members of two phases: territory, region that follows from it, inhabitants, area, share, name."""
    rows = [
        {
            "phase": phase,
            "member": f"m{rank:02}",
            "territory": f"t{rank // 4:02}",
            "region": f"r{rank // 12}",
            "kind": "commune" if rank % 5 == 0 else "epci",
            "people": 1000 + 137 * ((rank * 29) % 41) ** 2,
            "area": 3.25 + 1.375 * ((rank * 17) % 43),
            "share_pct": 8.5 + 2.125 * ((rank * 7) % 37),
            "name": f"Essai {chr(97 + rank % 26)}{chr(97 + rank // 26)}",
        }
        for phase in PHASES
        for rank in range(PLACES)
    ]
    return pl.DataFrame(rows)


def noise(frame):
    """What happens every year: inhabitants a per cent more or less, areas and shares with other last decimals."""
    place = pl.int_range(pl.len())
    return frame.with_columns(
        people=(pl.col("people") * (1 + (place * 13 % 7 - 3) / 300)).round().cast(pl.Int64),
        area=pl.col("area").round(1),
        share_pct=pl.col("share_pct") + pl.when(place % 3 == 0).then(1e-13).otherwise(0.0),
        name=pl.when(place == 7).then(pl.col("name").str.to_uppercase()).otherwise("name"),
    )


def where(member, phase=2):
    return (pl.col("phase") == phase) & (pl.col("member") == member)


def put(column, member, value, phase=2):
    return lambda frame: frame.with_columns(pl.when(where(member, phase)).then(value).otherwise(column).alias(column))


def both(*changes):
    def planted(frame):
        for change in changes:
            frame = change(frame)
        return frame

    return planted


def column(name, value):
    return lambda frame: frame.with_columns(value.alias(name))


def of_phase(phase, name, value):
    return column(name, pl.when(pl.col("phase") == phase).then(value).otherwise(name))


PEOPLE, TERRITORY, KIND = pl.col("people"), pl.col("territory"), pl.col("kind")
FAULTS = {
    "swapped member": (
        both(put("territory", "m03", pl.lit("t01")), put("territory", "m05", pl.lit("t00"))),
        (Kind.EXCHANGED, ("territory",), [(2, "m03"), (2, "m05")]),
    ),
    "two rows swapped in two columns": (
        both(
            *(
                put(*one)
                for one in (
                    ("territory", "m03", pl.lit("t05")),
                    ("territory", "m21", pl.lit("t00")),
                    ("name", "m03", pl.lit("Essai va")),
                    ("name", "m21", pl.lit("Essai da")),
                )
            )
        ),
        (Kind.EXCHANGED, ("territory", "name"), [(2, "m03"), (2, "m21")]),
    ),
    "code of another region": (
        put("territory", "m03", pl.lit("t07")),
        (Kind.ELSEWHERE, ("territory",), [(2, "m03")]),
    ),
    "moved member": (put("territory", "m05", pl.lit("t00")), (Kind.MOVED, ("territory",), [(2, "m05")])),
    "column in thousands": (column("people", PEOPLE * 1000), (Kind.FACTOR, ("people",), None)),
    "column in units for thousands": (column("people", PEOPLE // 1000), (Kind.FACTOR, ("people",), None)),
    "thousands in one phase": (of_phase(2, "people", PEOPLE * 1000), (Kind.FACTOR, ("people",), None)),
    "fractions for per cents": (column("share_pct", pl.col("share_pct") / 100), (Kind.FACTOR, ("share_pct",), None)),
    "square miles": (column("area", pl.col("area") / 2.589988), (Kind.FACTOR, ("area",), None)),
    "row lost": (lambda frame: frame.filter(~where("m11")), (Kind.LOST, (), [(2, "m11")])),
    "rows of a phase lost": (lambda frame: frame.filter(pl.col("phase") == 1), (Kind.LOST, (), None)),
    "sign flipped": (put("people", "m11", -PEOPLE), (Kind.OUTSIDE, ("people",), [(2, "m11")])),
    "all signs flipped": (column("people", -PEOPLE), (Kind.FACTOR, ("people",), None)),
    "share over 100": (put("share_pct", "m36", pl.lit(100.5)), (Kind.OUTSIDE, ("share_pct",), [(2, "m36")])),
    "inhabitants doubled": (put("people", "m08", 2 * PEOPLE), (Kind.NUMBER, ("people",), [(2, "m08")])),
    "one number in thousands": (put("people", "m08", 1000 * PEOPLE), (Kind.NUMBER, ("people",), [(2, "m08")])),
    "category renamed": (column("kind", KIND.replace("epci", "cc")), (Kind.RENAMED, ("kind",), None)),
    "key renamed": (column("phase", pl.col("phase").replace(2, 3)), (Kind.RENAMED, ("phase",), None)),
    "code of a row renamed": (
        column("member", pl.col("member").replace("m08", "x1")),
        (Kind.RENAMED, ("member",), None),
    ),
    "column emptied": (column("area", pl.lit(None, pl.Float64)), (Kind.EMPTIED, ("area",), None)),
    "column lost": (lambda frame: frame.drop("kind"), (Kind.COLUMN_LOST, ("kind",), None)),
}


def findings(before, after, name="essai", key=KEY):
    columns = [one for one in after.columns if one in before.columns]
    changes = compare(before.select(columns), after.select(columns), key)
    return of_tables({name: changes}, {name: before}, {name: after})


def planted(name):
    change, expected = FAULTS[name]
    return findings(members(), noise(change(members()))), expected


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_among_noise_stands_first_and_what_is_written_otherwise_last(name):
    found, (kind, columns, rows) = planted(name)
    assert (found[0].kind, found[0].columns) == (kind, columns)
    assert rows is None or list(found[0].rows) == rows
    last = [one.kind in {Kind.ROUNDED, Kind.REWRITTEN} for one in found]
    assert last == sorted(last)
    assert any(last)


def test_faults_that_come_together_all_stand_before_the_noise():
    names = ("swapped member", "row lost", "share over 100", "inhabitants doubled", "category renamed")
    changes, expected = zip(*(FAULTS[one] for one in names), strict=True)
    found = findings(members(), noise(both(*changes)(members())))
    assert {(one.kind, one.columns) for one in found[: len(names)]} == {one[:2] for one in expected}
    assert {one.kind for one in found[len(names) :]} <= {Kind.SMALL, Kind.ROUNDED, Kind.REWRITTEN}


def test_noise_alone_is_one_finding_a_column_and_none_is_unusual():
    found = findings(members(), noise(members()))
    assert [(one.kind, one.columns) for one in found] == [
        (Kind.SMALL, ("people",)), (Kind.REWRITTEN, ("name",)),
        (Kind.ROUNDED, ("area",)), (Kind.ROUNDED, ("share_pct",)),
    ]  # fmt: skip
    assert all(one.unusual < 0.01 for one in found if one.kind is Kind.SMALL)


def test_a_factor_counts_the_rows_of_its_phase_and_keeps_what_was_cut():
    (all_rows, *_), _ = planted("column in units for thousands")
    assert (len(all_rows.rows), all_rows.of) == (2 * PLACES, 2 * PLACES)
    (phase, *_), _ = planted("thousands in one phase")
    assert (len(phase.rows), phase.of, phase.beside, phase.measure) == (PLACES, PLACES, (("phase", 2),), 1000)


def test_a_value_of_another_group_is_told_with_that_group():
    (found, *_), _ = planted("code of another region")
    assert found.beside == (("region", "r2"),)


def test_what_differs_little_between_editions_is_measured_by_that():
    """Two columns differ alike between places; one hardly does between years, and moves as much in both."""
    rows = [
        {
            "year": year,
            "place": place,
            "steady": 100.0 * 1.5**place + year,
            "restless": 100.0 * 1.5 ** (place * year % 11),
        }
        for year in range(1, 5)
        for place in range(11)
    ]
    before = pl.DataFrame(rows)
    moved = (pl.col("year") == 2) & (pl.col("place") == 3)
    values = [pl.when(moved).then(pl.col(one) * 1.4).otherwise(one).alias(one) for one in ("steady", "restless")]
    steady, restless = findings(before, before.with_columns(values), key=["year", "place"])
    assert (steady.columns, restless.columns) == (("steady",), ("restless",))
    assert steady.unusual > 10 * restless.unusual


def test_of_many_numbers_ten_stand_alone_and_the_others_are_one():
    before = pl.DataFrame({"code": list(range(200)), "n": [10.0 + one for one in range(200)]})
    after = before.with_columns(n=pl.col("n") * (1.5 + pl.col("code") / 50))
    found = findings(before, after, key=["code"])
    assert [one.kind for one in found] == [Kind.NUMBER] * 10 + [Kind.OTHERS]
    assert len(found[-1].rows) == 190
    assert {one.rows[0][0] for one in found[:10]} == set(range(190, 200))


def test_raw_numbers_are_measured_although_all_cells_are_texts():
    """In `communes` the inhabitants are declared a number; codes of figures stay codes."""
    before = pl.DataFrame(
        {"commune_code": [f"0100{one}" for one in range(9)], "population_2022": [str(100 * 2**one) for one in range(9)]}
    )
    after = before.with_columns(population_2022=pl.col("population_2022") + "000")
    (found,) = findings(before, after, "communes", ["commune_code"])
    assert (found.kind, found.measure, found.of) == (Kind.FACTOR, 1000, 9)
    (found,) = findings(before, before.with_columns(pl.col("population_2022") + ".0"), "communes", ["commune_code"])
    assert found.kind is Kind.ROUNDED


def test_digits_and_signs_are_no_way_of_writing():
    before = pl.DataFrame({"code": [1, 2, 3], "text": ["1.5", "-3", "Saint-Essai"]})
    found = findings(before, before.with_columns(text=pl.Series(["15", "3", "saint essai"])), key=["code"])
    assert [(one.kind, one.rows) for one in found] == [
        (Kind.MOVED, ((1,),)), (Kind.MOVED, ((2,),)), (Kind.REWRITTEN, ((3,),))
    ]  # fmt: skip


def test_a_share_of_all_stays_one_but_for_dust():
    before = pl.DataFrame({"code": list(range(9)), "a_pct": [100.0] * 3 + [12.0 * one for one in range(1, 7)]})
    kinds = [
        [
            one.kind
            for one in findings(before, before.with_columns(a_pct=pl.col("a_pct").replace(100, new)), key=["code"])
        ]
        for new in (100 + 1e-12, 100.4)
    ]
    assert kinds == [[Kind.ROUNDED], [Kind.OUTSIDE] * 3]


def test_a_table_that_came_or_went_is_new_or_lost_and_so_is_a_column():
    frame = members()
    gone, come = (compare(*pair, KEY) for pair in ((frame, frame.clear()), (frame.clear(), frame)))
    lost, new = of_tables({"a": gone, "b": come}, {"a": frame}, {"b": frame})
    assert ((lost.table, lost.kind), (new.table, new.kind)) == (("a", Kind.LOST), ("b", Kind.NEW))
    assert lost.unusual > 10 * new.unusual
    (column,) = findings(frame.drop("kind"), frame)
    assert (column.kind, column.columns, column.rows) == (Kind.COLUMN_NEW, ("kind",), ())


CODES, NUMBERS = st.sampled_from(["a", "b", "c", None]), st.sampled_from([None, math.nan, -2.0, 0.0, 1.0, 1.04, 2000.0])
CELLS = st.tuples(CODES, NUMBERS, st.integers(0, 4), st.sampled_from(["Été", "ete", "un deux", ""]))
TABLES = st.dictionaries(st.tuples(st.integers(1, 2), st.integers(0, 5)), CELLS, max_size=9)
SCHEMA = {
    "phase": pl.Int64, "code": pl.Int64, "kind": pl.String, "share_pct": pl.Float64, "n": pl.Int64, "text": pl.String
}  # fmt: skip


def frame(rows):
    return pl.DataFrame([(*key, *cells) for key, cells in rows], schema=SCHEMA, orient="row")


@given(TABLES, TABLES)
def test_every_changed_cell_and_row_is_in_one_finding(before, after):
    before, after = frame(before.items()), frame(after.items())
    changes = compare(before, after, ["phase", "code"])
    found = list(of_table("essai", before, after, changes))
    cells = [(row, name) for one in found for row in one.rows for name in one.columns]
    lost = [row for one in found if one.kind is Kind.LOST for row in one.rows]
    new = [row for one in found if one.kind is Kind.NEW for row in one.rows]
    renamed = [row for row, name in cells if name in changes.key]
    stayed = {tuple(old[one] for one in changes.key) for old, _ in changes.changed}
    assert sorted(one for one in cells if one[0] in stayed) == sorted((one.key, one.column) for one in changes.cells())
    assert len(lost) + len(renamed) == len(changes.removed)
    assert sorted(new + renamed) == sorted(tuple(row[one] for one in changes.key) for row in changes.added)
    assert {row for row, _ in cells} <= stayed | set(renamed)
    assert all(math.isfinite(one.unusual) and one.unusual >= 0 for one in found)
    assert all(one.rows and reasons.reason(one) for one in found)


@given(TABLES, TABLES, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing_and_nothing_is_found_where_nothing_changed(before, after, random):
    mixed = [random.sample(list(one.items()), len(one)) for one in (before, after)]
    key = ["phase", "code"]
    assert repr(findings(frame(before.items()), frame(after.items()), key=key)) == repr(
        findings(*map(frame, mixed), key=key)
    )
    assert findings(frame(before.items()), frame(mixed[0]), key=key) == []
