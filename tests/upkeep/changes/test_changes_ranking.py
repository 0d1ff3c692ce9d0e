"""Each kind of fault, planted among noise, stands first, and rounding last; every table is invented."""

import polars as pl
import pytest

from analysis.upkeep.changes.ranking import Kind, of_tables
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
