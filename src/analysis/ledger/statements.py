"""What the published figures say of each other: same source, other sources, lists of names (pure)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from analysis.errors import LedgerError
from analysis.i18n.language import tr
from analysis.i18n.periods import last_day, when
from analysis.ledger.agreement import limits, overlaps, said
from analysis.ledger.comparability import is_comparable

NAMES = (
    "claim_from", "claim_total", "count_from", "earlier", "earlier_said", "grows", "series", "claims_dated",
    "echoes", "echoed", "clashing", "clash_said", "listed", "matched", "same_number_sources", "same_number_envelopes", "envelope_total",
)  # fmt: skip


DOUBTFUL = "doubtful"  # a column of the figures of documents: those that are say nothing of others
UNDATED = 9999_12_31  # the day of a figure that no date is known of: after all others
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Statements:
    """core_claims, core_enumerations, out_enumerations and out_hundred_millions."""

    claims: pl.DataFrame
    listings: pl.DataFrame
    matches: pl.DataFrame
    hundreds: pl.DataFrame

    # --- other figures ---

    def figures_from(self, source: str, concept: str, place: str, phase: int | None) -> list[Row]:
        """The rows of core_claims that a source gives for a concept."""
        return [row for row in self._of(concept, place, phase) if row["source_id"] == source]

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
        return max(map(_single, self._before(concept, place, phase, day)), default=0.0)

    def earlier_said(self, concept: str, place: str, phase: int | None, day: int) -> str:
        """The largest figure of a concept dated before a day, in words: `148 (15 décembre 2020)`."""
        return _dated_words(max(self._before(concept, place, phase, day), key=_single))

    def grows(self, claim_id: str) -> bool:
        """Whether a cumulative figure is at least any earlier one and at most any later one."""
        row = self._by_id[claim_id]
        low, high, _ = limits(row)
        same = self._of(row["concept"], row["place"], row["phase"])
        others = [one for one in same if one["unit"] == row["unit"] and since(one["as_of"]) == since(row["as_of"])]
        return all(
            limits(one)[0] <= high if _day(one) < _day(row) else low <= limits(one)[1]
            for one in others
            if _day(one) != _day(row)
        )

    def series(self, concept: str, place: str, phase: int | None) -> str:
        """Every figure of a concept in words, by date: `474 (24 septembre 2019), 1 416 (11 octobre 2021)`."""
        return ", ".join(map(_dated_words, self._of(concept, place, phase)))

    def claims_dated(self, phase: int | None, first: float, last: float, source: str) -> int:
        """How many other sources date a figure of a phase from one year to another."""
        period = f"{first:.0f}/{last:.0f}"
        dated = (row for row in self._by_id.values() if row["phase"] == phase and row["as_of"] == period)
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
        claim = self._by_id[claim_id]
        return [one for one in self.others(claim) if is_comparable(claim, one) and overlaps(claim, one)]

    def _clashing(self, claim_id: str) -> list[Row]:
        claim = self._by_id[claim_id]
        return [one for one in self.others(claim) if one["as_of"] == claim["as_of"] and not overlaps(claim, one)]

    def others(self, claim: Row) -> list[Row]:
        """Figures of other sources of the same concept, place, phase and unit, by date."""
        same = self._of(claim["concept"], claim["place"], claim["phase"])
        return [one for one in same if one["source_id"] != claim["source_id"] and one["unit"] == claim["unit"]]

    # --- lists of names ---

    def listed(self, source: str, concept: str, place: str) -> int:
        """How many items the source lists of what it counts; 0 when it lists none."""
        return self.listings.filter(source_id=source, concept=concept, place=place).height

    def matched(self, source: str, concept: str, place: str) -> int:
        """How many of the names that the source lists denote a different entry of the official lists."""
        found = self.matches.filter(source_id=source, concept=concept, place=place)
        return found.get_column("registry_code").drop_nulls().n_unique()

    # --- the envelopes of one number ---

    def same_number_sources(self, claim_id: str) -> int:
        """How many sources speak of the envelope of 100 M€ of a figure; 0 when it is of none."""
        rank = self.hundreds.filter(claim_id=claim_id, role="hundred").get_column("envelope_rank")
        same = self.hundreds.filter(pl.col("envelope_rank").is_in(rank.implode()), role="hundred")
        return same.get_column("source_id").n_unique()

    def same_number_envelopes(self) -> int:
        """How many different envelopes are called 100 M€."""
        return self.hundreds.filter(role="hundred").get_column("envelope_rank").n_unique()

    def envelope_total(self, claim_id: str) -> float:
        """What an envelope of 100 M€ makes in all."""
        found = self.hundreds.filter(claim_id=claim_id)
        if found.height != 1:
            raise LedgerError(f"{claim_id} is no envelope of 100 M€.")
        return float(found.item(0, "total_eur"))

    # --- the figures by what they are of ---

    def _before(self, concept: str, place: str, phase: int | None, day: int) -> list[Row]:
        return [row for row in self._of(concept, place, phase) if _day(row) < day]

    def _of(self, concept: str, place: str, phase: int | None) -> Sequence[Row]:
        """Figures of a concept by date."""
        return self._by_what.get((concept, place, phase), ())

    @cached_property
    def _by_id(self) -> Mapping[str, Row]:
        return {row["claim_id"]: row for row in self.claims.iter_rows(named=True)}

    @cached_property
    def _by_what(self) -> Mapping[tuple[str, str, int | None], Sequence[Row]]:
        found = defaultdict[tuple[str, str, int | None], list[Row]](list)
        for row in sorted(self._by_id.values(), key=lambda row: (_day(row), row["claim_id"])):
            if not row.get(DOUBTFUL):
                found[row["concept"], row["place"], row["phase"]].append(row)
        return found


def _dated_words(row: Row) -> str:
    return f"{said(row)} ({dated(row['as_of'])})"


def _single(row: Row) -> float:
    return float(row["value_low"] if row["value_low"] is not None else row["value_high"])


def _day(row: Row) -> int:
    return day_number(row["as_of"])


def since(as_of: str | None) -> str:
    """When a period begins, `2019` for `2019/2022`; nothing for what counts from the beginning."""
    return as_of.partition("/")[0] if as_of and "/" in as_of else ""


def day_number(as_of: str | None) -> int:
    """Last day of a date or period as a number: `2018-11` is 20181130; UNDATED without a date."""
    return int(last_day(as_of).replace("-", "")) if as_of else UNDATED


def dated(as_of: str | None) -> str:
    """A date or period in words, or that there is none."""
    return when(as_of) if as_of else tr("sans date")
