"""`analysis update figures`: a reading note worked out in memory, from its sentences to the verdicts."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

import polars as pl

from analysis import ledger
from analysis.errors import SourceError
from analysis.extraction import claims, vocabulary
from analysis.io import store, yaml_files
from analysis.io.paths import NOTES, RAW
from analysis.registry import official_lists
from analysis.sources import corrections, notes, provenance
from analysis.sources.notes import Note
from analysis.upkeep import review
from analysis.upkeep.changes.rows import RowChanges, compare
from analysis.upkeep.stages import derived
from analysis.upkeep.updates import transaction

MADE = ("out_envelopes", "out_hundred_millions", "out_enumerations", "out_ledger")  # from notes to verdicts
SHOWN = ["claim_id", "source_id", "sentence", "said", "verdict_label", "rule", "reason"]
NEW_SOURCE = """\
- id: {id}
  kind: article  # or report, press_release
  producer: "…"
  title: "…"
  url: null
  published: {published}
  accessed: "…"
  licence:
    name: "Chiffres cités comme des faits ; texte non reproduit"
    stated_at: "data/raw/notes/README.md"
  sha256: null
"""


@dataclass(frozen=True)
class Read:
    """What a set of notes gives: claims, figures without a concept, and the readable ledger."""

    claims: pl.DataFrame
    unresolved: pl.DataFrame
    judged: pl.DataFrame


@dataclass(frozen=True)
class Update:
    """The note's new content (none when nothing changes), what was read of it, and what its figures change."""

    source_id: str
    contents: Mapping[Path, bytes]
    expected: Mapping[Path, str]
    review: str
    own: RowChanges
    others: RowChanges
    remarks: Sequence[str] = ()


class Confrontation:
    """The pipeline from notes to verdicts on the raw data as they are, without its tables in data/processed."""

    def __init__(self, root: Path) -> None:
        self._root = root
        fixes = corrections.parse(yaml_files.read_yaml(root / corrections.WHERE))
        self._raw = corrections.apply(store.read_raw_tables(root), fixes)
        self.sources = provenance.load_sources(root / RAW / "sources.yaml")
        self._rules = vocabulary.parse(provenance.load_vocabulary(root / RAW / "vocabulary.yaml"))

    @cached_property
    def _lists(self) -> dict[str, pl.DataFrame]:
        return official_lists.build(self._raw)

    @cached_property
    def _gazetteer(self) -> dict[str, str]:
        return vocabulary.names_in([*(self._raw[name] for name in vocabulary.PLACES), self._lists["core_territories"]])

    def of(self, read: Sequence[Note]) -> Read:
        """Claims and verdicts of these notes; the errors are those of the stages `claims` and `ledger`."""
        found = claims.claims_from_notes(read, self._rules, self._gazetteer)
        stated = found.claims
        given = {**self._raw, **self._lists, "core_claims": stated, "core_enumerations": claims.enumerations(read)}
        made = derived.build(
            MADE, lambda name, kind: given[name] if name in given else derived.read(name, kind, self._root)
        )
        judged = cast(pl.DataFrame, made["out_ledger"])
        ledger.require_sound(judged)
        labels = {name: one.label for name, one in self._rules.concepts.items()}
        return Read(stated, found.unresolved, ledger.readable(judged, stated, self.sources, labels))


def work_out(root: Path, file: Path) -> Update:
    """What a reading note would change; without contents when it is the one in force, byte for byte.

    SourceError for an unknown source, with the entry to add, or a note that breaks its format; ClaimError for a
    sentence that says too little or too much; LedgerError for a check that fails on a figure.
    """
    confrontation = Confrontation(root)
    source_id = require_source(file, confrontation.sources)
    place = NOTES / f"{source_id}.md"
    expected = {place: transaction.digest(root / place)}
    new = notes.load_note(file, confrontation.sources)
    content = yaml_files.read_document(file).encode()
    if hashlib.sha256(content).hexdigest() == expected[place]:
        return Update(source_id, {}, expected, "", RowChanges(), RowChanges())
    old = notes.load_notes(root / NOTES, confrontation.sources)
    before = confrontation.of(old)
    after = confrontation.of([*(one for one in old if one.source_id != source_id), new])
    told = review.of_source(source_id, after.claims, after.judged, after.unresolved)
    mine = pl.col("source_id") == source_id
    own, others = (_changes(before, after, chosen) for chosen in (mine, ~mine))
    return Update(source_id, {place: content}, expected, told, own, others)


def require_source(file: Path, known: Mapping[str, provenance.Source]) -> str:
    """The id of the note's source; SourceError with the entry to write where sources.yaml has none."""
    header = notes.load_header(file)
    if header.source not in known:
        what = f"source {header.source} is not in data/raw/sources.yaml."
        entry = NEW_SOURCE.format(id=header.source, published=f'"{header.published}"')
        raise SourceError(what, where=file, repair=f"Add this entry, completed, then run the command again:\n{entry}")
    return header.source


def _changes(before: Read, after: Read, chosen: pl.Expr) -> RowChanges:
    """What changes in the ledger among the rows that `chosen` takes."""
    old, new = (read.judged.filter(chosen).select(SHOWN) for read in (before, after))
    return compare(old, new, ["claim_id"])
