"""What territories of both phases that are linked, directly or through others, form together (pure)."""

import polars as pl

from analysis.registry.phases.wording import CHANGE_WORDS
from analysis.tables.codes import PHASES

KEY = ("phase", "territory_id")


def groups(changes: pl.DataFrame, fates: pl.DataFrame) -> pl.DataFrame:
    """Columns phase, territory_id, word, group: each territory's own word and that of the group it belongs to.

    Takes rows of out_phase_change and out_phase1_fate. A group has several territories on both sides exactly when a
    territory in it is recomposed, and then every other one is linked with such a one: a group is told from the words
    of a territory and of those linked with it, whose rows must be there too.
    """
    sides = pl.concat(
        [
            fates.select(pl.lit(1, pl.Int64).alias("phase"), territory_id="phase1_id", word="fate", other="phase2_ids"),
            changes.select(
                pl.lit(2, pl.Int64).alias("phase"), territory_id="phase2_id", word="change", other="phase1_ids"
            ),
        ]
    )
    recomposed = sides.filter(word="recomposed").explode("other")
    beside = recomposed.select(phase=3 - pl.col("phase"), territory_id="other", beside="word").unique()
    found = sides.join(beside, on=KEY, how="left", validate="1:1")
    return found.select(*KEY, "word", group=pl.coalesce("beside", "word")).sort(KEY)


def change_counts(changes: pl.DataFrame, fates: pl.DataFrame) -> pl.DataFrame:
    """Columns word, phase1_count, phase2_count: how many territories are in groups of each word, every word once.

    Takes out_phase_change and out_phase1_fate; the words come in the order in which readers see them.
    """
    sizes = (
        groups(changes, fates)
        .group_by(word="group")
        .agg((pl.col("phase") == phase).sum().cast(pl.Int64).alias(f"phase{phase}_count") for phase in PHASES)
    )
    return (
        pl.DataFrame({"word": list(CHANGE_WORDS)})
        .join(sizes, on="word", how="left", maintain_order="left")
        .fill_null(0)
    )
