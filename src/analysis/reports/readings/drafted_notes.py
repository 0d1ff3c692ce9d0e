"""The drafts that a reading leaves: a reading note and the entry of its source, never over one that was worked on."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from analysis.extraction.drafting import Header, draft
from analysis.reports.readings.document_reading import Reading
from analysis.reports.readings.grounds import Grounds
from analysis.sources import drafts

NOTE, ENTRY = "note.md", "source.yaml"
NEW = "new-"  # begins the name of a draft beside one that was worked on
WRITTEN = "drafts.json"  # SHA-256 of each draft as it was written


def drafted(reading: Reading, known: Grounds) -> dict[str, str]:
    """What `analysis update figures` takes, by file name."""
    document = reading.document
    told = {name: getattr(document, name) for name in ("producer", "title", "published")}
    note = draft(reading.figures, Header(reading.source, document.published), known.rules, known.gazetteer)
    return {NOTE: note, ENTRY: drafts.entry(reading.source, sha256=reading.sha256, **told)}


def placed(made: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The files to write into the folder: the drafts, under another name where somebody has worked on one."""
    try:
        written = dict(json.loads((folder / WRITTEN).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        written = {}
    files = {(NEW if _worked_on(folder / name, written.get(name)) else "") + name: text for name, text in made.items()}
    digests = {name: _digest(text.encode()) for name, text in files.items()}
    kept = {name: digest for name, digest in written.items() if f"{NEW}{name}" in files}
    return files | {WRITTEN: json.dumps(kept | digests, indent=1, sort_keys=True) + "\n"}


def _worked_on(path: Path, written: str | None) -> bool:
    """Whether a file stands here that is no longer, or never was, what a reading has written."""
    return path.is_file() and _digest(path.read_bytes()) != written


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
