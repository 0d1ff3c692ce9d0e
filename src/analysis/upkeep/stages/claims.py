"""Figures of the reading notes, as claims."""

from pathlib import Path

from analysis.extraction import claims, vocabulary
from analysis.io import store
from analysis.io.paths import NOTES, RAW
from analysis.sources import notes, provenance


def run(root: Path) -> None:
    """Figures of the reading notes, as claims."""
    known = provenance.load_sources(root / RAW / "sources.yaml")
    read = notes.load_notes(root / NOTES, known)
    rules = vocabulary.parse(provenance.load_vocabulary(root / RAW / "vocabulary.yaml"))
    found = claims.claims_from_notes(read, rules, gazetteer(root))
    tables = {"core_claims": found.claims, "core_unresolved": found.unresolved}
    store.write_tables(tables | {"core_enumerations": claims.enumerations(read)}, root)


def gazetteer(root: Path) -> dict[str, str]:
    """Places that a note may name, as the official lists write them: communes up to régions, and territories."""
    tables = (store.read_raw(name, root) for name in vocabulary.PLACES)
    return vocabulary.names_in([*tables, store.read_table("core_territories", root)])
