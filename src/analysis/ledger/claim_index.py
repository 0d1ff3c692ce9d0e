"""Published figures found by what they are of (pure)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import polars as pl

from analysis.ledger.claim_dates import day_number

DOUBTFUL: Final = "doubtful"  # a column of the figures of documents: those that are say nothing of others
Row = Mapping[str, Any]


@dataclass(frozen=True)
class ClaimIndex:
    """core_claims, with or without figures of a document."""

    claims: pl.DataFrame

    def figures(self, concept: str, place: str, phase: int | None) -> Sequence[Row]:
        """Figures of a concept by date; doubtful ones left out."""
        return self._by_what.get((concept, place, phase), ())

    def figures_from(self, source: str, concept: str, place: str, phase: int | None) -> list[Row]:
        """Figures that a source gives for a concept."""
        return [row for row in self.figures(concept, place, phase) if row["source_id"] == source]

    def others(self, claim: Row) -> list[Row]:
        """Figures of other sources of the same concept, place, phase and unit, by date."""
        same = self.figures(claim["concept"], claim["place"], claim["phase"])
        return [one for one in same if one["source_id"] != claim["source_id"] and one["unit"] == claim["unit"]]

    def before(self, concept: str, place: str, phase: int | None, day: int) -> list[Row]:
        """Figures of a concept dated before a day."""
        return [row for row in self.figures(concept, place, phase) if day_number(row["as_of"]) < day]

    @cached_property
    def by_id(self) -> Mapping[str, Row]:
        """Every figure by its id."""
        return {row["claim_id"]: row for row in self.claims.iter_rows(named=True)}

    @cached_property
    def _by_what(self) -> Mapping[tuple[str, str, int | None], Sequence[Row]]:
        found = defaultdict[tuple[str, str, int | None], list[Row]](list)
        for row in sorted(self.by_id.values(), key=lambda row: (day_number(row["as_of"]), row["claim_id"])):
            if not row.get(DOUBTFUL):
                found[row["concept"], row["place"], row["phase"]].append(row)
        return found
