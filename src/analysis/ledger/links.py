"""What the list of a phase covers at an earlier date (pure)."""

from collections.abc import Mapping

import polars as pl

from analysis.registry.official_lists import communes_at_edition


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
