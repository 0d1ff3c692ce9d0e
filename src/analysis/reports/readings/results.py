"""The results of a reading in `outputs/readings/<id>/`: written whole, read again by the notebook that shows them."""

import json
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl

from analysis.errors import MissingFileError
from analysis.extraction.documents import Block, Document
from analysis.extraction.documents.remarks import kept
from analysis.io import store
from analysis.io.file_names import file_name, inside
from analysis.io.paths import READINGS
from analysis.reports.readings import drafted_notes
from analysis.reports.readings.document_reading import Reading
from analysis.reports.readings.grounds import Grounds
from analysis.reports.readings.page_views import Mark, PageView

FIGURES, COMPARISONS, DOCUMENT = "figures.parquet", "comparisons.parquet", "document.json"
AGAIN = "Read the document again with `analysis read`."


def folder_of(source: str, root: Path) -> Path:
    """Where the results of a reading stand; PathError for an id that is no file's name."""
    return inside(root / READINGS, file_name(source, READINGS))


def keep(reading: Reading, root: Path, known: Grounds) -> list[str]:
    """Write what was read: tables, `document.json`, a picture a page, a drafted note and the entry of its source.

    What showed an older reading goes. A draft that somebody has worked on stays: the name of the new one is given back.
    """
    folder = folder_of(reading.source, root)
    drafts = drafted_notes.placed(drafted_notes.drafted(reading, known), folder)
    with store.batch() as files:
        for name, frame in ((FIGURES, reading.figures), (COMPARISONS, reading.comparisons)):
            files.add_bytes(folder / name, _parquet(frame))
        for one in reading.pages:
            files.add_bytes(folder / _picture(one.page), one.png)
        for name, text in drafts.items():
            files.add_text(folder / name, text)
        files.add_text(folder / DOCUMENT, f"{json.dumps(_told(reading), ensure_ascii=False, indent=1)}\n")
    pictures = {folder / _picture(one.page) for one in reading.pages}
    for path in (*shown_in(folder, reading.source), *(set(folder.glob(_picture("*"))) - pictures)):
        path.unlink(missing_ok=True)
    return [name for name in drafts if name.startswith(drafted_notes.NEW)]


def _parquet(frame: pl.DataFrame) -> bytes:
    """A table as a file holds it; polars itself would take a full disk for a fault of the table."""
    made = BytesIO()
    frame.write_parquet(made, compression="zstd")
    return made.getvalue()


def shown_in(folder: Path, source: str) -> tuple[Path, Path]:
    """The notebook and the page that show a reading."""
    return folder / f"{source}.ipynb", folder / f"{source}.html"


def load(folder: Path) -> Reading:
    """The reading that `keep` has written; MissingFileError where a part of it is missing or spoilt."""
    try:
        told = json.loads((folder / DOCUMENT).read_text(encoding="utf-8"))
        figures, others = (pl.read_parquet(folder / name) for name in (FIGURES, COMPARISONS))
        pages = tuple(_page(folder, one) for one in told["pages"])
        return Reading(told["source"], told["sha256"], _document(told), figures, others, pages)
    except (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError) as error:
        what = f"no reading stands here, or not a whole one ({error})."
        raise MissingFileError(what, where=folder, repair=AGAIN) from error


def _told(reading: Reading) -> dict[str, Any]:
    """What document.json holds: the document, and its pages' marks without the pictures."""
    pages = [one._asdict() | {"png": None} for one in reading.pages]
    return {"source": reading.source, "sha256": reading.sha256, **asdict(reading.document), "pages": pages}


def _document(told: dict[str, Any]) -> Document:
    own = {name: told[name] for name in Document.__dataclass_fields__}
    blocks = tuple(Block(*one)._replace(heads=tuple(one[-1])) for one in told["blocks"])
    return Document(**{**own, "blocks": blocks, "remarks": kept(told["remarks"])})


def _page(folder: Path, told: dict[str, Any]) -> PageView:
    png = (folder / _picture(told["page"])).read_bytes()
    return PageView(**{**told, "png": png, "marks": tuple(Mark(*one) for one in told["marks"])})


def _picture(page: int | str) -> str:
    return f"page-{page}.png"


def other_document(reading: Reading, root: Path) -> str:
    """The name of another document whose reading stands where this one is to be kept; empty where there is none."""
    try:
        told = json.loads((folder_of(reading.source, root) / DOCUMENT).read_text(encoding="utf-8"))
        return "" if told["name"] == reading.document.name else str(told["name"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
