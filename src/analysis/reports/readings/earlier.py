"""Figures of a document beside those of earlier sources: which are new, and which cannot hold beside one (pure)."""

import polars as pl

from analysis import ledger

SAME = ("concept", "place", "phase", "unit")
KEPT = ("source_id", "value_low", "value_high", "qualifier", "unit", "as_of", "sentence")
OWN = "this document"  # in place of a source's id, which has no blanks


def against(judged: pl.DataFrame, claims: pl.DataFrame) -> pl.DataFrame:
    """Figures of `judged` that cannot hold beside one of core_claims: their columns, and its own as `earlier_…`.

    See `ledger.conflicts`: two values at one date, or a count that goes down.
    """
    whole = judged.drop_nulls(["concept", "as_of"]).filter(
        pl.any_horizontal(pl.col("value_low", "value_high").is_finite())
    )
    own = whole.with_columns(claim_id=pl.format("{}", "number"), source_id=pl.lit(OWN))
    near = claims.join(own, on=SAME, how="semi", nulls_equal=True)
    alike = [*SAME, "value_low", "value_high", "qualifier", "as_of"]
    every = pl.concat([near, own.unique(alike, keep="first", maintain_order=True)], how="diagonal_relaxed")
    found = ledger.conflicts(every if near.height else near)
    mine = found.filter(source_id=OWN).select("conflict", number=pl.col("claim_id").cast(pl.Int64))
    pairs = mine.join(found.filter(pl.col("source_id") != OWN).select("conflict", "claim_id"), on="conflict")
    beside = claims.select("claim_id", pl.col(KEPT).name.prefix("earlier_"))
    return pairs.join(judged, on="number").join(beside, on="claim_id").sort("number", "claim_id")
