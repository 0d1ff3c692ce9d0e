"""Published figures as rows, with the producer of their source, and those that a table cannot take (pure)."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from analysis.errors import ClaimError, UnknownCodeError
from analysis.sources.provenance import Source
from analysis.tables.codes import COUNTRY


def national(claims: pl.DataFrame, concepts: list[str], sources: Mapping[str, Source]) -> Iterator[dict[str, Any]]:
    """Rows of core_claims about the country and one of these concepts, with their producer."""
    return produced(claims.filter(pl.col("concept").is_in(concepts), place=COUNTRY), sources)


def produced(claims: pl.DataFrame, sources: Mapping[str, Source]) -> Iterator[dict[str, Any]]:
    """Rows of core_claims with their producer; UnknownCodeError for one whose source is not known."""
    for claim in claims.iter_rows(named=True):
        if claim["source_id"] not in sources:
            what = f"claim {claim['claim_id']}: source {claim['source_id']} is unknown."
            raise UnknownCodeError(what, where="data/raw/sources.yaml", repair="Add it, then run `dvc repro`.")
        yield claim | {"producer": sources[claim["source_id"]].producer}


def amount(claim: Mapping[str, Any]) -> float:
    """The value, or the one bound of an open interval ("plus de 260 M€"), or the lower of two."""
    found = [value for value in (claim["value_low"], claim["value_high"]) if value is not None]
    return float(found[0]) if found else refuse(claim, "no value.")


def refuse(claim: Mapping[str, Any], what: str) -> Any:
    """Raise ClaimError, which names the note to correct."""
    where = f"data/raw/notes/{claim['source_id']}.md"
    raise ClaimError(
        f"claim {claim['claim_id']}: {what}", where=where, repair="Correct the sentence, then run `dvc repro`."
    )
