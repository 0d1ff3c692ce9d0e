"""The official lists at earlier editions of the COG: communes and intercommunalities as they then were (pure)."""

from collections.abc import Callable, Mapping
from functools import cache

import polars as pl

from analysis.registry.memberships import heir, heirs_of
from analysis.registry.official_lists import communes_at_edition, member_communes
from analysis.tables.codes import COG_YEAR

Covered = Callable[[int, int], pl.DataFrame]  # of a phase and an edition
DEPARTMENT = r"^(9[78]\d|..)"  # what a commune's code begins with


def commune_editions(raw: Mapping[str, pl.DataFrame]) -> Callable[[int], pl.DataFrame]:
    """Columns commune_code, epci_code, department_code, region_code at an edition; each is made once.

    UnknownCodeError for an edition that is older than the changes reach.
    """
    regions = raw["departments"].select("department_code", "region_code")

    @cache
    def reached(edition: int) -> pl.DataFrame:
        code = pl.col("commune_code").str.extract(DEPARTMENT).alias("department_code")
        communes = communes_at_edition(raw, edition).with_columns(code)
        return communes.join(regions, on="department_code", how="left", validate="m:1")

    return lambda edition: reached(min(edition, COG_YEAR))


def covered_editions(
    raw: Mapping[str, pl.DataFrame], listed_members: pl.DataFrame, at_edition: Callable[[int], pl.DataFrame]
) -> Covered:
    """The communes that the members of a phase had at an edition: those columns, and territory_id; each is made once.

    `listed_members` is core_members. The members that are an EPT or a commune have the communes of today. Of a list of
    communes, `listed_communes` of the raw tables has them, and what has ended since is followed.
    """

    @cache
    def covered(phase: int, edition: int) -> pl.DataFrame:
        then = at_edition(edition)
        members = listed_members.filter(phase=phase).select("member_code", "territory_id")
        if members.is_empty():
            return _followed(raw, phase, then)
        places = member_communes({**raw, "communes": then}).join(members, on="member_code", validate="m:1")
        return places.join(then, on="commune_code", how="left")

    return covered


def _followed(raw: Mapping[str, pl.DataFrame], phase: int, then: pl.DataFrame) -> pl.DataFrame:
    """The communes of a list that were in force then, with those into which others had gone."""
    heirs, living = heirs_of(raw["cog_changes"]), set(then.get_column("commune_code"))
    listed = raw["listed_communes"].filter(phase=phase).select("commune_code", "territory_id")
    now = [heir(code, heirs, living) for code in listed.get_column("commune_code")]
    known = (
        listed.with_columns(pl.Series("commune_code", now, pl.String))
        .drop_nulls()
        .unique("commune_code", keep="first", maintain_order=True)
    )
    return then.join(known, on="commune_code", validate="1:1")


def intercommunalities_then(then: pl.DataFrame, communes: pl.DataFrame, members: pl.DataFrame, phase: int) -> int:
    """How many EPCI of an earlier edition had most of their communes in what are now some members of a phase.

    `then` are the communes of the edition, `communes` is core_communes. Communes that have ended since say nothing.
    """
    epci = members.filter(phase=phase, member_kind="epci").get_column("member_code")
    inside = communes.filter(pl.col(f"member_{phase}").is_in(epci.implode())).get_column("commune_code")
    living = then.drop_nulls("epci_code").join(communes, on="commune_code", how="semi")
    shares = living.group_by("epci_code").agg(inside=pl.col("commune_code").is_in(inside.implode()).mean())
    return shares.filter(pl.col("inside") > 0.5).height
