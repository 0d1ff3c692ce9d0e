"""What territories of both phases that are linked, directly or through others, form together (pure)."""

import polars as pl

from analysis.registry.phases.wording import CHANGE_WORDS
from analysis.tables.codes import PHASES

KEY = ("phase", "territory_id")


def sides(changes: pl.DataFrame, fates: pl.DataFrame) -> pl.DataFrame:
    """Columns phase, territory_id, word, others: rows of both tables in the same terms, those of phase one first."""
    tables = ((1, "fate", fates), (2, "change", changes))
    parts = [
        table.select(
            pl.lit(phase, pl.Int64).alias("phase"), territory_id=f"phase{phase}_id", word=word,
            others=f"phase{3 - phase}_ids",
        )
        for phase, word, table in tables
    ]  # fmt: skip
    return pl.concat(parts)


def groups(changes: pl.DataFrame, fates: pl.DataFrame) -> pl.DataFrame:
    """Columns phase, territory_id, word, group: each territory's own word and that of the group it belongs to.

    Takes rows of out_phase_change and out_phase1_fate. A group has several territories on both sides exactly when a
    territory in it is recomposed, and then every other one is linked with such a one: a group is told from the words
    of a territory and of those linked with it, whose rows must be there too.
    """
    both = sides(changes, fates)
    recomposed = both.filter(word="recomposed").explode("others")
    beside = recomposed.select(phase=3 - pl.col("phase"), territory_id="others", beside="word").unique()
    found = both.join(beside, on=KEY, how="left", validate="1:1")
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
