"""Published figures that cannot all hold: two values at one date, or a count that goes down (pure)."""

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

import polars as pl

from analysis.ledger.agreement import limits, overlaps
from analysis.ledger.claim_dates import day_number, since

# What grows during a phase: no territory lost its label (though some united), no project is taken off the count.
CUMULATIVE = ("labelled_territories", "projects")
SHOWN = ("claim_id", "source_id", "concept", "place", "phase", "value_low", "value_high", "qualifier", "unit", "as_of")


def conflicts(claims: pl.DataFrame, cumulative: Iterable[str] = CUMULATIVE) -> pl.DataFrame:
    """Groups of figures that cannot all hold: `conflict` numbers the group, `kind` says why, then columns of the claim.

    `same_date`: two sources give one concept, place, phase and date values that no rounding reconciles (two values of
    one source are two things). `decrease`: a cumulative figure is followed by a smaller one.
    """
    growing = frozenset(cumulative)
    ordered = sorted(claims.select(SHOWN).to_dicts(), key=lambda row: (day_number(row["as_of"]), row["claim_id"]))
    found = [(kind, *pair) for pair in combinations(ordered, 2) if (kind := clash(*pair, growing))]
    rows = [
        {"conflict": rank, "kind": kind, **row} for rank, (kind, *pair) in enumerate(found, start=1) for row in pair
    ]
    schema = pl.Schema({"conflict": pl.Int64(), "kind": pl.String(), **claims.select(SHOWN).schema})
    return pl.DataFrame(rows, schema=schema)


def clash(first: Mapping[str, Any], second: Mapping[str, Any], growing: frozenset[str]) -> str:
    """Why two figures, the earlier one first, cannot both hold; nothing when they can."""
    same = ("concept", "place", "phase", "unit")
    if any(first[name] != second[name] for name in same) or first["unit"] in ("date", "rank", "year"):
        return ""
    if first["as_of"] == second["as_of"]:
        apart = first["source_id"] != second["source_id"] and not overlaps(first, second)
        return "same_date" if apart else ""
    cumulated = first["concept"] in growing and since(first["as_of"]) == since(second["as_of"])
    later = day_number(first["as_of"]) < day_number(second["as_of"])
    return "decrease" if later and cumulated and limits(second)[1] <= limits(first)[0] else ""
