"""What became of each member, through the changes of the COG (pure)."""

from collections.abc import Mapping
from typing import Final

import polars as pl

from analysis.registry.official_lists import changes_to_ours
from analysis.tables.codes import PHASES

MEMBER_FACTS: Final = ("member_kind", "member_name", "commune_count", "population_2022")


def successors(cog_changes: pl.DataFrame, communes: pl.DataFrame) -> dict[str, str]:
    """The EPCI of today that follows each EPCI that has ended since the first edition of `cog_changes`, by code.

    It is where most of its communes went in the edition that ended it, a tie going to the smaller code, and so on
    if that one has ended too. An absorbed commune went where the one that absorbed it is. `communes` is
    core_communes. A code whose communes went nowhere has no successor.
    """
    today = dict(communes.drop_nulls("epci_code").select("commune_code", "epci_code").iter_rows())
    living = set(today.values())
    went = (
        changes_to_ours(cog_changes)
        .with_columns(
            new_epci_code=pl.coalesce("new_epci_code", pl.col("successor_code").replace_strict(today, default=None))
        )
        .drop_nulls(["old_epci_code", "new_epci_code"])
    )
    went = went.filter(pl.col("edition") == pl.col("edition").max().over("old_epci_code"))
    counts = went.group_by("old_epci_code", "new_epci_code").len()
    first = counts.sort("old_epci_code", "len", "new_epci_code", descending=[False, True, False])
    following = {
        old: new
        for old, new in first.unique("old_epci_code", keep="first", maintain_order=True)
        .select("old_epci_code", "new_epci_code")
        .iter_rows()
        if old not in living
    }
    return {old: found for old in following if (found := _last(old, following)) in living}


def _last(code: str, following: Mapping[str, str]) -> str:
    seen = set()
    while code in following and code not in seen:
        seen.add(code)
        code = following[code]
    return code


def member_change(members: pl.DataFrame, communes: pl.DataFrame, cog_changes: pl.DataFrame) -> pl.DataFrame:
    """out_member_change: each member of either phase, by its code of today, and what became of it.

    Takes core_members and core_communes. Where several members of a phase have one successor, the largest of them
    gives its territory and its size. The population in the other phase is that of the member's communes that are in
    the programme then, under whichever member; for one that stays, its whole population.
    """
    following = successors(cog_changes, communes)
    known = members.with_columns(
        listed_code="member_code", member_code=pl.col("member_code").replace(list(following), list(following.values()))
    ).sort("phase", "member_code", "population_2022", "listed_code", descending=[False, False, True, False])
    sides = [
        known.filter(phase=phase)
        .unique("member_code", keep="first", maintain_order=True)
        .join(_elsewhere(communes, phase), on="listed_code", how="left", validate="1:1")
        .select("member_code", pl.exclude("member_code", "phase", "listed_code").name.suffix(f"_{phase}"))
        for phase in PHASES
    ]
    both = sides[1].join(sides[0], on="member_code", how="full", coalesce=True, validate="1:1")
    first, second = (pl.col(f"territory_id_{phase}") for phase in PHASES)
    latest = [pl.coalesce(f"{name}_2", f"{name}_1").alias(name) for name in MEMBER_FACTS]
    status = (
        pl.when(first.is_null()).then(pl.lit("entered"))
        .when(second.is_null()).then(pl.lit("left"))
        .otherwise(pl.lit("kept"))
    )  # fmt: skip
    other = pl.coalesce("elsewhere_2", "elsewhere_1").fill_null(0)
    return (
        both.select("member_code", *latest, status=status, phase1_id=first, phase2_id=second, elsewhere=other)
        .with_columns(other_phase_population_2022=pl.when(status="kept").then("population_2022").otherwise("elsewhere"))
        .sort("member_code")
    )


def _elsewhere(communes: pl.DataFrame, phase: int) -> pl.DataFrame:
    """Columns listed_code, elsewhere: inhabitants of a phase's members whose commune is also in the other phase."""
    covered = communes.drop_nulls([f"member_{phase}", f"territory_{3 - phase}"])
    return covered.group_by(listed_code=f"member_{phase}").agg(elsewhere=pl.col("population_2022").sum())
