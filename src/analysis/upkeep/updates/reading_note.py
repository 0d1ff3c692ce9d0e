"""`analysis update figures`: a reading note worked out in memory, from its sentences to the verdicts."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

import polars as pl

from analysis import ledger
from analysis.extraction import claims, vocabulary
from analysis.io import store, yaml_files
from analysis.io.paths import NOTES, RAW
from analysis.registry import memberships, official_lists
from analysis.sources import corrections, editions, notes, provenance
from analysis.sources.notes import Note
from analysis.sources.provenance import Source
from analysis.upkeep import review
from analysis.upkeep.changes.rows import RowChanges, compare
from analysis.upkeep.stages import derived
from analysis.upkeep.updates import note_source, transaction

MADE = (
    "out_editions",
    "out_envelopes",
    "out_hundred_millions",
    "out_enumerations",
    "out_ledger",
)  # from notes to verdicts
SHOWN = ["claim_id", "source_id", "sentence", "said", "verdict_label", "rule", "reason"]


@dataclass(frozen=True)
class Read:
    """What a set of notes gives: claims, figures without a concept, and the readable ledger."""

    claims: pl.DataFrame
    unresolved: pl.DataFrame
    judged: pl.DataFrame


@dataclass(frozen=True)
class Update:
    """The note's new content (none when nothing changes), what was read of it, and what its figures change.

    `entry`: the text of a source that is added to sources.yaml with it.
    """

    source_id: str
    contents: Mapping[Path, bytes]
    expected: Mapping[Path, str]
    review: str
    own: RowChanges
    others: RowChanges
    entry: str = ""
    remarks: Sequence[str] = ()


class Confrontation:
    """The pipeline from notes to verdicts on the raw data as they are, without its tables in data/processed."""

    def __init__(self, root: Path, sources: Mapping[str, Source]) -> None:
        self._root, self.sources = root, sources
        fixes = corrections.parse(yaml_files.read_yaml(root / corrections.WHERE))
        self._raw = corrections.apply(store.read_raw_tables(root), fixes)
        self._rules = vocabulary.parse(provenance.load_vocabulary(root / RAW / "vocabulary.yaml"))

    @cached_property
    def _lists(self) -> dict[str, pl.DataFrame]:
        known = editions.load(self._root / RAW / editions.FILE)
        return official_lists.build(self._raw) | memberships.build(self._raw, known)

    @cached_property
    def _gazetteer(self) -> dict[str, str]:
        return vocabulary.names_in([*(self._raw[name] for name in vocabulary.PLACES), self._lists["core_territories"]])

    def of(self, read: Sequence[Note]) -> Read:
        """Claims and verdicts of these notes; the errors are those of the stages `claims` and `ledger`."""
        found = claims.claims_from_notes(read, self._rules, self._gazetteer)
        stated = found.claims
        tables = {**self._raw, **self._lists, "core_claims": stated, "core_enumerations": claims.enumerations(read)}
        given = {**tables, "sources": self.sources}  # with the one that the note is of, which the file may not have yet
        made = derived.build(
            MADE, lambda name, kind: given[name] if name in given else derived.read(name, kind, self._root)
        )
        judged = cast(pl.DataFrame, made["out_ledger"])
        ledger.require_sound(judged)
        labels = {name: one.label for name, one in self._rules.concepts.items()}
        return Read(stated, found.unresolved, ledger.readable(judged, stated, self.sources, labels))


def work_out(root: Path, file: Path, entry: Path | None = None) -> Update:
    """What a reading note would change; without contents when it is the one in force, byte for byte.

    `entry` holds the entry of its source; without it, a file `source.yaml` beside the note, where sources.yaml does not
    have the source. SourceError for an unknown source, with the entry to add, or a note that breaks its format;
    ClaimError for a sentence that says too little or too much; LedgerError for a check that fails on a figure.
    """
    listed = note_source.Listed(root, file, entry)
    place = NOTES / f"{listed.source_id}.md"
    expected = {path: transaction.digest(root / path) for path in (place, note_source.SOURCES)}
    new = notes.load_note(file, listed.sources, draft=True)
    contents = {place: yaml_files.read_document(file).encode(), note_source.SOURCES: listed.content}
    changed = {path: one for path, one in contents.items() if hashlib.sha256(one).hexdigest() != expected[path]}
    confrontation = Confrontation(root, listed.sources)  # first: it refuses raw data that an update left unfinished
    if not changed:
        return Update(listed.source_id, {}, expected, "", RowChanges(), RowChanges())
    old = notes.load_notes(root / NOTES, listed.sources)
    before = confrontation.of(old)
    after = confrontation.of([*(one for one in old if one.source_id != listed.source_id), new])
    told = review.of_source(listed.source_id, after.claims, after.judged, after.unresolved)
    mine = pl.col("source_id") == listed.source_id
    own, others = (_changes(before, after, chosen) for chosen in (mine, ~mine))
    return Update(listed.source_id, changed, expected, told, own, others, listed.added)


def _changes(before: Read, after: Read, chosen: pl.Expr) -> RowChanges:
    """What changes in the ledger among the rows that `chosen` takes."""
    old, new = (read.judged.filter(chosen).select(SHOWN) for read in (before, after))
    return compare(old, new, ["claim_id"])
