"""What became of each territory, seen from either phase (pure).

The two lists number their territories independently: the same id names different territories. The phases are
compared through the communes, by where their inhabitants live.
"""

from collections.abc import Sequence
from typing import Final

import polars as pl

from analysis.tables.codes import CHANGES, FATES

LEAST_SHARED_PCT = 10  # of the inhabitants of either territory: less is a border that moved, not a link
SHARE_DECIMALS: Final = 4
PAIR: Final = ("territory_1", "territory_2")


def shared_population(communes: pl.DataFrame) -> pl.DataFrame:
    """Columns territory_1, territory_2, shared, whole_1, whole_2: inhabitants of pairs across the phases.

    Takes core_communes; pairs that share no inhabitant are left out.
    """
    inhabitants = pl.col("population_2022").sum()
    shared = communes.drop_nulls(PAIR).group_by(PAIR).agg(shared=inhabitants)
    for one in PAIR:
        whole = communes.drop_nulls(one).group_by(one).agg(inhabitants.alias(f"whole_{one[-1]}"))
        shared = shared.join(whole, on=one, validate="m:1")
    return shared.filter(pl.col("shared") > 0).sort(PAIR)


def links(communes: pl.DataFrame, least_pct: float = LEAST_SHARED_PCT) -> pl.DataFrame:
    """Columns territory_1, territory_2: pairs across the phases that share enough inhabitants (core_communes)."""
    enough = 100 * pl.col("shared") >= least_pct * pl.min_horizontal("whole_1", "whole_2")
    return shared_population(communes).filter(enough).select(PAIR)


def entirely_new(territories: pl.DataFrame, communes: pl.DataFrame) -> list[str]:
    """Territories of phase two without a link to any of phase one, by id."""
    second = territories.filter(phase=2).select(territory_2="territory_id")
    return second.join(links(communes), on="territory_2", how="anti").get_column("territory_2").sort().to_list()


def words(communes: pl.DataFrame, phase: int, least_pct: float = LEAST_SHARED_PCT) -> pl.DataFrame:
    """Columns territory_<phase>, word, others, shared: what each territory of a phase comes from, or becomes.

    `others` (a sorted list) are the linked territories of the other phase, `shared` the inhabitants in common with
    them. The word depends on a territory's links and on those of the territories it is linked with, so it reads
    the same from both sides: one linked with one keeps, gains or loses inhabitants; several of phase one whose only
    heir is one of phase two are merged into it; one of phase one that alone gives several of phase two is split.
    """
    own, other = PAIR[phase - 1], PAIR[2 - phase]
    found = links(communes, least_pct).join(shared_population(communes), on=PAIR, validate="1:1")
    for one in PAIR:
        found = found.with_columns(pl.len().over(one).alias(f"links_{one[-1]}"))
    found = found.join(_size_changes(communes), on=PAIR, how="left", validate="1:1")
    several, alone = (
        pl.col(f"links_{other[-1]}").max() > 1,  # a linked territory of the other phase has more links than this
        pl.len() == 1,
    )
    joined, parted = ("split", "merged") if phase == 2 else ("merged", "split")
    word = (
        pl.when(alone & several).then(pl.lit(joined))
        .when(alone).then(pl.col("size_change").first())
        .when(several).then(pl.lit("recomposed"))
        .otherwise(pl.lit(parted))
    )  # fmt: skip
    linked = found.group_by(own).agg(word=word, others=pl.col(other).sort(), shared=pl.col("shared").sum())
    everyone = communes.select(own).drop_nulls().unique()
    return (
        everyone.join(linked, on=own, how="left", validate="1:1")
        .with_columns(
            pl.col("word").fill_null("new" if phase == 2 else "ended"),
            pl.col("others").fill_null(pl.lit([], dtype=pl.List(pl.String))),
            pl.col("shared").fill_null(0),
        )
        .sort(own)
    )


def _size_changes(communes: pl.DataFrame) -> pl.DataFrame:
    """Columns territory_1, territory_2, size_change: whether the second has inhabitants that the first had not."""
    gained, lost = (pl.col("shared") < pl.col(f"whole_{phase}") for phase in (2, 1))
    change = (
        pl.when(gained & lost).then(pl.lit("gain_and_loss"))
        .when(gained).then(pl.lit("enlarged"))
        .when(lost).then(pl.lit("shrunk"))
        .otherwise(pl.lit("unchanged"))
    )  # fmt: skip
    return shared_population(communes).select(*PAIR, size_change=change)


def phase_change(territories: pl.DataFrame, communes: pl.DataFrame) -> pl.DataFrame:
    """out_phase_change: each territory of phase two and those of phase one that it comes from.

    Takes core_territories and core_communes; the share is that of its inhabitants who live in those of phase one.
    """
    whole = communes.group_by("territory_2").agg(whole=pl.col("population_2022").sum())
    share = pl.when(pl.col("whole") > 0).then(100 * pl.col("shared") / pl.col("whole")).otherwise(0.0)
    return (
        _named(territories, communes, 2)
        .join(whole, on="territory_2", validate="1:1")
        .select(
            phase2_id="territory_2",
            phase2_name="name",
            change="word",
            phase1_ids="others",
            shared_population_share_pct=share.round(SHARE_DECIMALS),
        )
        .sort("phase2_id")
    )


def phase1_fate(territories: pl.DataFrame, communes: pl.DataFrame) -> pl.DataFrame:
    """out_phase1_fate: each territory of phase one and those of phase two that it became (see phase_change)."""
    named = _named(territories, communes, 1)
    return named.select(phase1_id="territory_1", phase1_name="name", fate="word", phase2_ids="others").sort("phase1_id")


def _named(territories: pl.DataFrame, communes: pl.DataFrame, phase: int) -> pl.DataFrame:
    own = PAIR[phase - 1]
    names = territories.filter(phase=phase).select("name", pl.col("territory_id").alias(own))
    return names.join(words(communes, phase), on=own, validate="1:1")


def sensitivity(communes: pl.DataFrame, thresholds: Sequence[float]) -> pl.DataFrame:
    """Columns phase, least_pct, word, territory_count: how many territories get each word for each least share.

    Every word stands for every threshold, with 0 where no territory has it; `thresholds` are percentages.
    """
    parts = [
        pl.DataFrame({"word": known}).select(
            pl.lit(phase, pl.Int64).alias("phase"), pl.lit(float(least)).alias("least_pct"), "word"
        ).join(words(communes, phase, least).group_by("word").agg(territory_count=pl.len()), on="word", how="left")
        for phase, known in ((1, FATES), (2, CHANGES))
        for least in thresholds
    ]  # fmt: skip
    return pl.concat(parts).with_columns(pl.col("territory_count").fill_null(0).cast(pl.Int64))
