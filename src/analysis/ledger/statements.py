"""What the published figures say of each other: same source, other sources, lists of names (pure)."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from analysis.errors import LedgerError
from analysis.i18n import typography
from analysis.i18n.language import tr
from analysis.ledger.agreement import limits, overlaps, said
from analysis.ledger.claim_dates import dated, day_number, since
from analysis.ledger.claim_index import ClaimIndex, Row
from analysis.ledger.comparability import is_comparable

NAMES = (
    "claim_from", "claim_total", "count_from", "earlier", "earlier_said", "around_said", "grows", "series",
    "claims_dated",
    "echoes", "echoed", "clashing", "clash_said", "listed", "matched", "same_number_sources", "same_number_envelopes",
    "envelope_total",
)  # fmt: skip


LIST = ("source_id", "concept", "place")  # what a list of names is of


@dataclass(frozen=True)
class Statements(ClaimIndex):
    """core_claims, core_enumerations, out_enumerations and out_hundred_millions."""

    listings: pl.DataFrame
    matches: pl.DataFrame
    hundreds: pl.DataFrame

    # --- other figures ---

    def claim_from(self, source: str, concept: str, place: str, phase: int | None) -> float:
        """The one figure that a source gives for a concept; the bound of an open interval, the lower of two."""
        found = self.figures_from(source, concept, place, phase)
        if len(found) != 1:
            what = f"{source} gives {len(found)} figures of {concept} for {place}, phase {phase}; one is needed."
            raise LedgerError(what)
        return _single(found[0])

    def count_from(self, source: str, concept: str, place: str, phase: int | None) -> int:
        """How many figures a source gives for a concept."""
        return len(self.figures_from(source, concept, place, phase))

    def claim_total(self, source: str, concept: str, place: str, phase: int | None) -> float:
        """The sum of the figures that a source gives for a concept."""
        found = self.figures_from(source, concept, place, phase)
        if not found:
            raise LedgerError(f"{source} gives no figure of {concept} for {place}, phase {phase}.")
        return sum(map(_single, found))

    def earlier(self, concept: str, place: str, phase: int | None, day: int) -> float:
        """The largest figure of a concept dated before a day; 0 without any."""
        return max(map(_single, self.before(concept, place, phase, day)), default=0.0)

    def earlier_said(self, concept: str, place: str, phase: int | None, day: int) -> str:
        """The largest figure of a concept dated before a day, in words: `148 (15 décembre 2020)`."""
        return _dated_words(max(self.before(concept, place, phase, day), key=_single))

    def around_said(self, concept: str, place: str, phase: int | None, day: int) -> str:
        """The last figure of a concept dated before a day and the first after it, in words."""
        known = [row for row in self.figures(concept, place, phase) if row["as_of"]]
        around = [*[row for row in known if _day(row) < day][-1:], *[row for row in known if _day(row) > day][:1]]
        return typography.listed([_dated_words(row) for row in around]) if around else tr("aucun")

    def grows(self, claim_id: str) -> bool:
        """Whether a cumulative figure is at least any earlier one and at most any later one."""
        row = self.by_id[claim_id]
        low, high, _ = limits(row)
        same = self.figures(row["concept"], row["place"], row["phase"])
        others = [one for one in same if one["unit"] == row["unit"] and since(one["as_of"]) == since(row["as_of"])]
        return all(
            limits(one)[0] <= high if _day(one) < _day(row) else low <= limits(one)[1]
            for one in others
            if _day(one) != _day(row)
        )

    def series(self, concept: str, place: str, phase: int | None) -> str:
        """Every figure of a concept in words, by date: `474 (24 septembre 2019), 1 416 (11 octobre 2021)`."""
        return ", ".join(map(_dated_words, self.figures(concept, place, phase)))

    def claims_dated(self, phase: int | None, first: float, last: float, source: str) -> int:
        """How many other sources date a figure of a phase from one year to another."""
        period = f"{first:.0f}/{last:.0f}"
        dated = (row for row in self.by_id.values() if row["phase"] == phase and row["as_of"] == period)
        return len({row["source_id"] for row in dated} - {source})

    # --- figures of other sources that say the same, or cannot both hold ---

    def echoes(self, claim_id: str) -> int:
        """How many figures of other sources, of the same thing and period, agree with a figure."""
        return len(self._echoes(claim_id))

    def echoed(self, claim_id: str) -> str:
        """Those figures in words, by date."""
        return ", ".join(map(_dated_words, self._echoes(claim_id)))

    def clashing(self, claim_id: str) -> int:
        """How many figures of other sources, of the same thing and date, no rounding reconciles with a figure."""
        return len(self._clashing(claim_id))

    def clash_said(self, claim_id: str) -> str:
        """Those figures in words."""
        return ", ".join(map(_dated_words, self._clashing(claim_id)))

    def _echoes(self, claim_id: str) -> list[Row]:
        claim = self.by_id[claim_id]
        return [one for one in self.others(claim) if is_comparable(claim, one) and overlaps(claim, one)]

    def _clashing(self, claim_id: str) -> list[Row]:
        claim = self.by_id[claim_id]
        return [one for one in self.others(claim) if one["as_of"] == claim["as_of"] and not overlaps(claim, one)]

    # --- lists of names ---

    def listed(self, source: str, concept: str, place: str) -> int:
        """How many items the source lists of what it counts; 0 when it lists none."""
        return self._listed[source, concept, place]

    def matched(self, source: str, concept: str, place: str) -> int:
        """How many of the names that the source lists denote a different entry of the official lists."""
        return self._matched[source, concept, place]

    # --- the envelopes of one number ---

    def same_number_sources(self, claim_id: str) -> int:
        """How many sources speak of the envelope of 100 M€ of a figure; 0 when it is of none."""
        ranks = {row["envelope_rank"] for row in self._hundreds if row["claim_id"] == claim_id}
        return len({row["source_id"] for row in self._hundreds if row["envelope_rank"] in ranks})

    def same_number_envelopes(self) -> int:
        """How many different envelopes are called 100 M€."""
        return len({row["envelope_rank"] for row in self._hundreds})

    def envelope_total(self, claim_id: str) -> float:
        """What an envelope of 100 M€ makes in all."""
        found = self.hundreds.filter(claim_id=claim_id)
        if found.height != 1:
            raise LedgerError(f"{claim_id} is no envelope of 100 M€.")
        return float(found.item(0, "total_eur"))

    @cached_property
    def _hundreds(self) -> list[dict[str, Any]]:
        return self.hundreds.filter(role="hundred").to_dicts()

    @cached_property
    def _listed(self) -> Counter[tuple[str, ...]]:
        return Counter(self.listings.select(LIST).iter_rows())

    @cached_property
    def _matched(self) -> Counter[tuple[str, ...]]:
        entries = self.matches.drop_nulls("registry_code").select(*LIST, "registry_code").unique()
        return Counter(entries.select(LIST).iter_rows())


def _dated_words(row: Row) -> str:
    return f"{said(row)} ({dated(row['as_of'])})"


def _single(row: Row) -> float:
    return float(row["value_low"] if row["value_low"] is not None else row["value_high"])


def _day(row: Row) -> int:
    return day_number(row["as_of"])
