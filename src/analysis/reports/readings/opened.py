"""What the notebook of a document begins with: its reading, made now or kept before, and the style of what it shows."""

import os
from pathlib import Path

from analysis.extraction.documents import bytes_of
from analysis.io.paths import require_project
from analysis.reports.readings import results, several
from analysis.reports.readings.document_reading import Given, Reading, of_bytes
from analysis.reports.readings.shown_html import STYLE, Html


def reading_of(document: str, published: str = "", producer: str = "", title: str = "", source: str = "") -> Reading:
    """The reading of a document: a file (from the working folder or the project's), an fsspec address, or the folder
    of a reading that `analysis read` has kept.

    The other parameters stand in place of what the document says of itself. DocumentError for one that cannot be read.
    """
    root = require_project()
    place = _located(document, root)
    if (Path(place) / results.DOCUMENT).is_file():
        return results.load(Path(place))
    given = Given(published, producer, title)
    wanted = several.requests([place], given, source, root)[0]
    return of_bytes(bytes_of(place), document, wanted.source, given, root)


def styled() -> Html:
    """The style of figures and lists, for a notebook; pages have their own."""
    return Html(f"<style>{STYLE.read_text(encoding='utf-8')}</style>", "")


def _located(document: str, root: Path) -> str:
    """The address of a document: in the project where the working folder has no such file."""
    here = "://" in document or os.path.exists(document)  # noqa: PTH110 - an address is no path
    return document if here else str(root / document)
