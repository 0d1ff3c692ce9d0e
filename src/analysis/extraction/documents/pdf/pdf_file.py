"""A PDF opened by pdfium: refused by name where it has no text to read, else its pages and what it says of itself."""

import re
from array import array
from collections.abc import Sequence
from itertools import groupby
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from analysis.errors import DocumentError
from analysis.extraction.documents.document import Document, Limits
from analysis.extraction.documents.pdf.assembly import Placed, composed
from analysis.extraction.documents.pdf.glyphs import Page, page_of
from analysis.extraction.documents.remarks import Remark
from analysis.extraction.documents.self_description import (
    is_producer,
    language_of,
    mentions_year,
    producer_in,
    published_in,
    title_in,
)

_LOCKED = 4  # FPDF_ERR_PASSWORD
_XFA_ONLY, _XFA_TOO = 2, 3
_OCR = "Have its letters recognised first: `ocrmypdf -l fra {name} read.pdf`."
_MOST_UNREADABLE = 20
_LONG_SIDE = 4_000  # pixels of a picture of a page
_JUNK_TITLE = re.compile(
    r"untitled|sans titre|microsoft (?:word|powerpoint)|présentation powerpoint|.*\.\w{2,5}$|\W*", re.I
)
_CREATED = re.compile(r"D:((?:19|20)\d\d)(\d\d)?(\d\d)?")


def read(data: bytes, name: str, limits: Limits) -> tuple[Document, Placed, list[Page]]:
    """The document, with the places of its letters; DocumentError for one that is locked, damaged or without text."""
    with _opened(data, name) as pdf:
        pages, remarks = _pages(pdf, name, limits)
        placed = composed(pages)
        text = placed.text
        if pdf.get_formtype() == _XFA_ONLY or (not text and pdf.get_formtype() == _XFA_TOO):
            what = "a form (XFA) whose contents only the program that made it shows."
            raise DocumentError(what, where=name, repair="Open it there and print it as PDF.")
        if not text:
            what = "no page holds text: it is empty, or a scan whose letters were not recognised."
            raise DocumentError(what, where=name, repair=_OCR)
        remarks = [*_about_form(pdf), *remarks, *_about_letters(pages, name)]
        return _described(pdf, name, placed, text, remarks), placed, pages


def _opened(data: bytes, name: str) -> Any:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            repair = "Remove its password: `qpdf --password=... --decrypt {name} open.pdf`."
            raise DocumentError("it is locked by a password.", where=name, repair=repair) from error
        repair = "Mend it, such as by `qpdf {name} mended.pdf`, or ask for another copy."
        raise DocumentError("a PDF document that is damaged.", where=name, repair=repair) from error


def _pages(pdf: Any, name: str, limits: Limits) -> tuple[list[Page], list[Remark]]:
    """The pages within the limits, and what has to be told of the others."""
    pages, broken, letters, count = list[Page](), list[int](), 0, len(pdf)
    for number in range(min(count, limits.pages)):
        try:
            page = pdf[number]
        except pdfium.PdfiumError:
            broken.append(number + 1)
            if len(broken) > _MOST_UNREADABLE and not pages:
                break
            continue
        pages.append(page_of(page, number, letters))
        letters += len(pages[-1].boxes)
        page.close()
        if letters > limits.characters:
            break
    bare = [page.number + 1 for page in pages if not page.runs]
    return pages, [
        *([Remark("pages_damaged", (_listed(broken),))] if broken else []),
        *([Remark("pages_without_text", (_listed(bare),))] if bare and letters else []),
        *([Remark("pages_beyond", (str(len(pages)), str(count)))]
          if len(pages) + len(broken) < count else []),
    ]  # fmt: skip


def _listed(numbers: Sequence[int]) -> str:
    """Page numbers, those that follow each other as a range."""
    runs = [[one for _, one in group] for _, group in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])]
    shown = [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return ", ".join(shown[:20]) + (", …" if len(shown) > 20 else "")


def _about_form(pdf: Any) -> list[Remark]:
    """What is told of a form: what is entered in its fields is no text of its pages."""
    attached = raw.FPDFDoc_GetAttachmentCount(pdf)
    return [
        *([Remark("form")]
          if pdf.get_formtype() and not raw.FPDF_GetSignatureCount(pdf) else []),
        *([Remark("files_inside", (str(attached),))]
          if attached > 0 else []),
    ]  # fmt: skip


def _about_letters(pages: Sequence[Page], name: str) -> list[Remark]:
    unknown, count = sum(page.unknown for page in pages), sum(len(page.boxes) for page in pages)
    if unknown * 3 > count:
        raise DocumentError("its fonts do not say which letters they draw.", where=name, repair=_OCR)
    return [Remark("letters_unknown", (str(unknown),))] if unknown else []


def _described(pdf: Any, name: str, placed: Placed, text: str, remarks: list[Remark]) -> Document:
    """The document with its title, producer and day: as its text says, else its properties where they agree."""
    about = pdf.get_metadata_dict()
    blocks = tuple(placed.blocks)
    published = published_in(text, blocks)
    created = _CREATED.match(about.get("CreationDate", ""))
    if published is None and created and mentions_year(text, created[1]):
        published = "-".join(part for part in created.groups() if part)
        remarks = [*remarks, Remark("day_of_file", (published,))]
    stated, found = " ".join(about.get("Title", "").split()), title_in(text, blocks)
    believed = stated and not _JUNK_TITLE.fullmatch(stated) and (not found or _agree(stated, text))
    author = " ".join(about.get("Author", "").split())
    producer = producer_in(text, blocks) or (author if is_producer(author) else None)
    title = stated if believed else found
    return Document(
        name, text, blocks, len(pdf), title, producer, published, language_of(text), tuple(remarks)
    )  # fmt: skip


def _agree(title: str, text: str) -> bool:
    """Whether the words of a stated title stand at the beginning of the text."""
    words, beginning = re.findall(r"\w{4,}", title.lower()), text[:3000].lower()
    return bool(words) and 2 * sum(word in beginning for word in words) > len(words)


def places(data: bytes, name: str, limits: Limits) -> bytes:
    """Of each character of the text the page from 1 and the box, in points from the page's upper left corner.

    Five numbers a character as they stand in memory (32-bit); all 0 for what stands between letters.
    """
    _, placed, pages = read(data, name, limits)
    boxes = array("f", bytes(20 * len(placed.ids)))
    with _opened(data, name) as pdf:
        ids = [(letter, at) for at, letter in enumerate(placed.ids) if letter >= 0]
        for page in pages:
            shown = pdf[page.number]
            turn, frame = shown.get_rotation() // 90, shown.get_bbox()
            inside = [pair for pair in ids if page.first <= pair[0] < page.first + len(page.boxes)]
            for letter, at in inside:
                box = _on_screen(page.boxes[letter - page.first].tolist(), frame, turn)
                boxes[5 * at : 5 * at + 5] = array("f", (page.number + 1, *box))
    return boxes.tobytes()


def _on_screen(box: Sequence[float], frame: Sequence[float], turn: int) -> tuple[float, float, float, float]:
    """Left, top, right and bottom as the page is shown, which a quarter turn or more may have been given."""
    left, bottom, right, top = box
    x0, x1, y0, y1 = left - frame[0], right - frame[0], frame[3] - top, frame[3] - bottom
    width, height = frame[2] - frame[0], frame[3] - frame[1]
    return (
        (x0, y0, x1, y1), (height - y1, x0, height - y0, x1),
        (width - x1, height - y1, width - x0, height - y0), (y0, width - x1, y1, width - x0),
    )[turn % 4]  # fmt: skip


def picture(data: bytes, name: str, page: int, scale: float) -> bytes:
    """A page, counted from 1, as PNG; `scale` 1 is 72 points an inch, less where the picture would be too large."""
    import io  # noqa: PLC0415

    with _opened(data, name) as pdf:
        if not 1 <= page <= len(pdf):
            raise DocumentError(f"it has no page {page}.", where=name, repair=f"Its pages are 1 to {len(pdf)}.")
        shown = pdf[page - 1]
        longest = max(shown.get_width(), shown.get_height(), 1)
        image = shown.render(scale=min(scale, _LONG_SIDE / longest)).to_pil()
        target = io.BytesIO()
        image.save(target, "PNG")
        return target.getvalue()
