"""The ledger as readers see it: sources, labels, values and reasons in words (pure)."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from analysis.errors import UnknownCodeError
from analysis.i18n.language import language, marked, tr
from analysis.ledger.agreement import said
from analysis.ledger.checks import VERDICTS
from analysis.ledger.confront import REASON_IN
from analysis.sources.provenance import Source


def readable(
    ledger: pl.DataFrame, claims: pl.DataFrame, sources: Mapping[str, Source], labels: Mapping[str, str]
) -> pl.DataFrame:
    """The ledger with what readers need: `sourced`, then `worded`."""
    return worded(sourced(ledger, claims, sources, labels))


def sourced(
    ledger: pl.DataFrame, claims: pl.DataFrame, sources: Mapping[str, Source], labels: Mapping[str, str]
) -> pl.DataFrame:
    """The ledger with producer, published (date of the source), sentence and concept_label: the same in every language.

    By date of the source, then by claim; `labels` names concepts in French.
    """
    unknown = sorted(set(ledger.get_column("source_id")) - set(sources))
    if unknown:
        what = f"unknown source: {', '.join(unknown)}."
        raise UnknownCodeError(what, where="data/raw/sources.yaml", repair="Add the entry, then run `dvc repro`.")
    rows = [
        row
        | {"producer": sources[row["source_id"]].producer, "published": sources[row["source_id"]].published}
        | {"concept_label": labels[row["concept"]]}
        for row in ledger.iter_rows(named=True)
    ]
    added = dict.fromkeys(("producer", "published", "concept_label"), pl.String())
    found = pl.DataFrame(rows, schema=pl.Schema({**ledger.schema, **added}))
    sentences = claims.select("claim_id", "sentence")
    return found.join(sentences, on="claim_id", how="left", validate="1:1").sort("published", "claim_id")


def worded(sourced: pl.DataFrame) -> pl.DataFrame:
    """Rows of `sourced` in the language in force, their order kept.

    Adds said and computed (both values in words) and verdict_label; translates concept_label and reason.
    A reason without a translation is marked as French.
    """
    rows = [
        row
        | {"said": said(row), "computed": _computed(row), "reason": reason_of(row)}
        | {"concept_label": tr(row["concept_label"]), "verdict_label": tr(VERDICTS[row["verdict"]])}
        for row in sourced.iter_rows(named=True)
    ]
    added = dict.fromkeys(("said", "computed", "verdict_label"), pl.String())
    return pl.DataFrame(rows, schema=pl.Schema({**sourced.schema, **added}))


def reason_of(row: Mapping[str, Any]) -> str:
    """The reason of a verdict in the language in force; marked as French where nobody has translated it."""
    return row[REASON_IN[language()]] or marked(row["reason"])


def _computed(row: Mapping[str, Any]) -> str | None:
    """The value that a figure was confronted with, in words."""
    if row["registry_value"] is None:
        return None
    value = round(row["registry_value"], 1)
    return said({**row, "value_low": value, "value_high": value, "qualifier": "exact"})
