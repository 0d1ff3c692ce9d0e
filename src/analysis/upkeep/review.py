"""What was read of one source, for whoever writes its note: figures with their verdicts, and the others (pure)."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from analysis.i18n import typography
from analysis.i18n.language import tr


def of_source(source_id: str, claims: pl.DataFrame, judged: pl.DataFrame, unresolved: pl.DataFrame) -> str:
    """Every figure of a source in words, by its id; figures without a concept come last.

    `judged` is the readable ledger (Library.judged); a figure that it does not hold yet is shown without a verdict.
    """
    verdicts = {row["claim_id"]: row for row in judged.iter_rows(named=True)}
    read = claims.filter(source_id=source_id).get_column("claim_id").to_list()
    found = [
        *(_figure(verdicts[one]) if one in verdicts else _waiting(one) for one in read),
        *(_left(row) for row in unresolved.filter(source_id=source_id).iter_rows(named=True)),
    ]
    return typography.spaced("\n\n".join("\n".join(lines) for lines in found)) or tr(
        "Aucun chiffre lu dans cette source."
    )


def _figure(row: Mapping[str, Any]) -> Iterator[str]:
    parts = (row["concept_label"], row["place"], f"phase {row['phase']}" if row["phase"] else "")
    yield row["sentence"]
    yield tr("  {what} : {said}").format(what=", ".join(filter(None, parts)), said=row["said"])
    yield tr("  {verdict} ({rule}) : {reason}").format(
        verdict=row["verdict_label"], rule=row["rule"], reason=row["reason"]
    )


def _waiting(claim_id: str) -> Iterator[str]:
    yield claim_id
    yield tr("  lu, mais pas encore confronté : lancez `analysis stage ledger`")


def _left(row: Mapping[str, Any]) -> Iterator[str]:
    yield row["sentence"]
    yield tr("  sans concept : {text}").format(text=row["text"])
