"""What the lists of two phases, or of one phase at an earlier date, have in common (pure)."""

from collections.abc import Mapping

import polars as pl

from analysis.registry import communes_at_edition

LEAST_SHARED_PCT = 10  # of the inhabitants of either territory: less is a border that moved, not a link


def links(communes: pl.DataFrame, least_pct: float = LEAST_SHARED_PCT) -> pl.DataFrame:
    """Columns territory_1, territory_2: pairs across the phases that share enough inhabitants (core_communes)."""
    inhabitants = pl.col("population_2022").sum()
    pair = ["territory_1", "territory_2"]
    shared = communes.drop_nulls(pair).group_by(pair).agg(shared=inhabitants)
    for one in pair:
        whole = communes.drop_nulls(one).group_by(one).agg(inhabitants.alias(f"whole_{one[-1]}"))
        shared = shared.join(whole, on=one, validate="m:1")
    enough = 100 * pl.col("shared") >= least_pct * pl.min_horizontal("whole_1", "whole_2")
    return shared.filter(enough, pl.col("shared") > 0).select(pair).sort(pair)


def entirely_new(territories: pl.DataFrame, communes: pl.DataFrame) -> list[str]:
    """Territories of phase two without a link to any of phase one, by id."""
    second = territories.filter(phase=2).select(territory_2="territory_id")
    return second.join(links(communes), on="territory_2", how="anti").get_column("territory_2").sort().to_list()


def covered_at_edition(
    raw: Mapping[str, pl.DataFrame], communes: pl.DataFrame, members: pl.DataFrame, phase: int, edition: int
) -> int:
    """How many EPCI of an earlier COG edition had most of their communes in what are now a phase's EPCI members.

    Communes that have ended since say nothing either way.
    """
    epci = members.filter(phase=phase, member_kind="epci").get_column("member_code")
    inside = communes.filter(pl.col(f"member_{phase}").is_in(epci.implode())).get_column("commune_code")
    then = communes_at_edition(raw, edition).drop_nulls("epci_code").join(communes, on="commune_code", how="semi")
    shares = then.group_by("epci_code").agg(inside=pl.col("commune_code").is_in(inside.implode()).mean())
    return shares.filter(pl.col("inside") > 0.5).height
