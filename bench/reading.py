"""The reading of documents against other libraries: `make bench-reading`.

Documents of known text are made (PDF in one, two and three columns with notes, tables and running heads; pages with all
that surrounds an article; Word and OpenDocument texts with deletions and notes). For each reader: the share of the
known blocks that come out whole and in order, the share of their figures that are read, what it reads beside them, and
pages or documents a second. Prints a table; the last line is a JSON object of ratios to the best peer.
"""

import io
import json
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1] / "tests/extraction/documents"))

from made_documents import SUPER, Sheet, docx, odt, para, run, word_table

from analysis.extraction.documents import document_of

WORDS = ["le", "territoire", "industriel", "compte", "des", "communes", "et", "plusieurs", "entreprises", "qui", "ont"]
FIGURE = re.compile(r"\d+(?:[ \u00a0\u202f]\d{3})*(?:,\d+)?")
COUNT = 12  # documents of a kind
Reader = Callable[[bytes], str]


class Made(NamedTuple):
    """A document as bytes, and the blocks of text that a reader should find in it, in order."""

    kind: str
    data: bytes
    blocks: tuple[str, ...]
    pages: int = 1


class Result(NamedTuple):
    """How well a reader did on documents of a kind."""

    whole: float  # share of the blocks that come out whole, and after the one before them
    figures: float  # share of the figures
    beside: float  # figures read that are of no block, a figure of the blocks
    rate: float  # pages or documents a second


# --- documents ---------------------------------------------------------------------------------------------


def sentences(seed: int, count: int) -> list[str]:
    """Sentences with a figure each, none like another."""
    found = []
    for rank in range(count):
        shift = seed * 7 + rank * 3
        words = [WORDS[(shift + step * (1 + rank % 5)) % len(WORDS)] for step in range(9 + rank % 6)]
        found.append(f"Ici {' '.join(words)} pour {1000 + seed * 97 + rank * 13} emplois.")
    return found


def wrapped(text: str, letters: int) -> list[str]:
    """Lines of a paragraph."""
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) >= letters:
            lines.append(line.strip())
            line = ""
        line += f"{word} "
    return [*lines, line.strip()]


def pdf(seed: int, columns: int) -> Made:
    """Four pages with columns, a table, footnotes, running heads and page numbers."""
    sheet, blocks = Sheet(), []
    width, texts = 480 / columns, sentences(seed, 4 * columns * 6)
    for page in range(4):
        if page:
            sheet.add_page()
        sheet.put(60, 40, "Observatoire fictif - rapport 2024", 8)
        sheet.put(290, 812, f"- {page + 1} -", 8)
        lines = []
        for column in range(columns):
            y = 90.0
            for rank in range(3):
                at = (page * columns + column) * 6 + rank * 2
                blocks.append(" ".join(texts[at : at + 2]))
                for line in wrapped(blocks[-1], int(width / 4.9)):
                    lines.append((y, 60 + column * (width + 14), line))
                    y += 12
                y += 8
        for y, x, line in sorted(lines) if seed % 2 else lines:  # drawn line by line over all columns, or by column
            sheet.put(x, y, line)
        rows = [
            ("Région", "Phase 1", "Phase 2"),
            *((f"Région {letter}", str(20 + seed), f"1 {page}{rank}7") for rank, letter in enumerate("ABC")),
        ]
        sheet.rows((60, 260, 360), 640, *rows)
        blocks += [cell for row in rows for cell in row]
        end = sheet.put(60, 720, "1", 5)
        sheet.put(end + 1, 723, f"Chiffre de l'an {2010 + page}.", 8)
        blocks.append(f"Chiffre de l'an {2010 + page}.")
    return Made(f"PDF, {columns} column{'s' * (columns > 1)}", sheet.bytes(), tuple(blocks), 4)


def page(seed: int) -> Made:
    """A page of a newspaper with all that stands around the article."""
    texts = sentences(seed, 8)
    links = "".join(f"<li><a href='/{rank}'>Autre article sur {rank + 70} usines du pays</a></li>" for rank in range(6))
    table = "<table><tr><th>Région<th>Sites</tr><tr><td>Grand Est<td>13</tr></table>"
    body = "".join(f"<p>{text.replace('emplois', 'emplois<sup><a href=#n1>1</a></sup>')}</p>" for text in texts)
    holder = ("article", "main", "div class=contenu")[seed % 3]
    html = (
        f"<!doctype html><html><head><meta charset=utf-8><title>Un bilan</title></head><body><nav><ul>{links}</ul></nav>"
        f"<div class=cookie-banner>Nos 842 partenaires utilisent des cookies.</div><{holder}><h1>Un bilan industriel</h1>"
        f"{body}{table}</{holder.split()[0]}><aside class=related><h2>À lire aussi</h2><ul>{links}</ul></aside>"
        "<footer>© 2024, 12 rue fictive, 99999 Ville</footer></body></html>"
    )
    return Made("HTML", html.encode(), ("Un bilan industriel", *texts, "Région", "Sites", "Grand Est", "13"))


def word(seed: int) -> Made:
    """A Word document with a deletion, a note and a table."""
    texts = sentences(seed, 8)
    gone = "<w:del><w:r><w:delText>ou 9999 usines</w:delText></w:r></w:del><w:r><w:footnoteReference w:id='2'/></w:r>"
    body = para("Un bilan industriel", "Titre1") + "".join(para(run(text) + run("1", SUPER) + gone) for text in texts)
    body += word_table([["Région", "Sites"], ["Grand Est", "13"]])
    return Made("DOCX", docx(body), ("Un bilan industriel", *texts, "Région", "Sites", "Grand Est", "13"))


def opendocument(seed: int) -> Made:
    """An OpenDocument text with a comment and a table."""
    texts = sentences(seed, 8)
    said = "<office:annotation><text:p>9999 usines</text:p></office:annotation>"
    body = "<text:h text:outline-level='1'>Un bilan industriel</text:h>" + "".join(
        f"<text:p>{text}{said}</text:p>" for text in texts
    )
    return Made("ODT", odt(body), ("Un bilan industriel", *texts))


def documents() -> list[Made]:
    """All documents."""
    pdfs = [pdf(seed, columns) for columns in (1, 2, 3) for seed in range(COUNT // 2)]
    return [*pdfs, *(make(seed) for make in (page, word, opendocument) for seed in range(COUNT))]


# --- readers -----------------------------------------------------------------------------------------------


def ours(ending: str) -> Reader:
    """The project's own reader, in its bounded process."""
    return lambda data: document_of(data, f"a.{ending}").text


def pdfium_plain(data: bytes) -> str:
    """The text as pdfium gives it."""
    import pypdfium2  # noqa: PLC0415 - where it is installed

    return "\n\n".join(one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(data))


def plumber(data: bytes) -> str:
    """pdfplumber with its defaults."""
    import pdfplumber  # noqa: PLC0415 - where it is installed

    with pdfplumber.open(io.BytesIO(data)) as document:
        return "\n\n".join(one.extract_text() for one in document.pages)


def miner(data: bytes) -> str:
    """pdfminer.six with its defaults."""
    from pdfminer.high_level import extract_text  # noqa: PLC0415

    return extract_text(io.BytesIO(data))


def pypdf_plain(data: bytes) -> str:
    """pypdf with its defaults."""
    import pypdf  # noqa: PLC0415 - where it is installed

    return "\n\n".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(data)).pages)


def trafilatura_text(data: bytes) -> str:
    """trafilatura with tables, without comments."""
    import trafilatura  # noqa: PLC0415 - where it is installed

    return trafilatura.extract(data.decode(), include_tables=True, include_comments=False) or ""


def selectolax_plain(data: bytes) -> str:
    """All text of the page."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415

    return LexborHTMLParser(data).text(separator="\n")


def python_docx(data: bytes) -> str:
    """Paragraphs, then cells."""
    import docx as word_library  # noqa: PLC0415 - where it is installed

    document = word_library.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n\n".join([*(one.text for one in document.paragraphs), *cells])


def mammoth_text(data: bytes) -> str:
    """mammoth's raw text."""
    import mammoth  # noqa: PLC0415 - where it is installed

    return str(mammoth.extract_raw_text(io.BytesIO(data)).value)


def odfpy_text(data: bytes) -> str:
    """Headings, then paragraphs."""
    from odf import opendocument as odf  # noqa: PLC0415
    from odf import teletype, text

    document = odf.load(io.BytesIO(data))
    return "\n\n".join(
        teletype.extractText(one) for kind in (text.H, text.P) for one in document.getElementsByType(kind)
    )


READERS: Mapping[str, Mapping[str, Reader]] = {
    "PDF": {"ours": ours("pdf"), "pypdfium2 as it is": pdfium_plain, "pdfplumber": plumber, "pdfminer.six": miner, "pypdf": pypdf_plain},
    "HTML": {"ours": ours("html"), "trafilatura": trafilatura_text, "selectolax as it is": selectolax_plain},
    "DOCX": {"ours": ours("docx"), "python-docx": python_docx, "mammoth": mammoth_text},
    "ODT": {"ours": ours("odt"), "odfpy": odfpy_text},
}  # fmt: skip


# --- measure -----------------------------------------------------------------------------------------------


def plain(text: str) -> str:
    """Blanks as one space, so that where lines break does not count."""
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


def measured(reader: Reader, made: Sequence[Made]) -> Result | None:
    """What a reader does on documents; None where it is not installed or reads none of them."""
    whole = figures = known = read = expected = 0
    begun = time.perf_counter()
    try:
        texts = [plain(reader(one.data)) for one in made]
    except (ImportError, KeyError):
        return None
    seconds = time.perf_counter() - begun
    for one, text in zip(made, texts, strict=True):
        at = 0
        for block in one.blocks:
            found = text.find(plain(block), at)
            whole += found >= 0
            at = found + len(block) if found >= 0 else at
        wanted = [figure for block in one.blocks for figure in FIGURE.findall(plain(block))]
        got = FIGURE.findall(text)
        common = sum(min(got.count(figure), wanted.count(figure)) for figure in set(wanted))
        figures, expected, read = figures + common, expected + len(wanted), read + len(got)
        known += len(one.blocks)
    pages = sum(one.pages for one in made)
    return Result(whole / known, figures / expected, (read - figures) / expected, pages / seconds)


def results() -> Iterator[tuple[str, str, Result]]:
    """Kind of document, reader, result."""
    made = documents()
    for kind in dict.fromkeys(one.kind for one in made):
        alike = [one for one in made if one.kind == kind]
        for name, reader in READERS[kind.partition(",")[0]].items():
            reader(alike[0].data) if name == "ours" else None  # its process is begun once
            result = measured(reader, alike)
            if result is not None:
                yield kind, name, result


def main() -> None:
    """Print the table and the ratios."""
    table, ratios = Table(), dict[str, dict[str, Any]]()
    for column in ("documents", "reader", "blocks whole, in order", "figures", "figures beside", "a second"):
        table.add_column(column)
    found = list(results())
    for kind, name, one in found:
        table.add_row(kind, name, f"{one.whole:.1%}", f"{one.figures:.1%}", f"{one.beside:.1%}", f"{one.rate:.1f}")
    for kind in dict.fromkeys(kind for kind, _, _ in found):
        mine = next(one for other, name, one in found if (other, name) == (kind, "ours"))
        peers = [one for other, name, one in found if other == kind and name != "ours"]
        ratios[kind] = {
            "whole": round(mine.whole, 3),
            "figures": round(mine.figures, 3),
            "whole_to_best_peer": round(mine.whole / max(0.001, *(one.whole for one in peers)), 2) if peers else None,
            "rate_to_fastest_peer": round(mine.rate / max(one.rate for one in peers), 2) if peers else None,
        }
    Console(width=140).print(table)
    print(json.dumps(ratios))


if __name__ == "__main__":
    main()
