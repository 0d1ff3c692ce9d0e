"""An invented document as the bytes of a PDF, an HTML page, a DOCX, an ODT or a text file: what a reader is given.

Each is made as such files usually come: pages with running heads and page numbers, two columns in the press, web pages
with a menu, other articles and a notice around the text, narrow spaces in numbers and curved apostrophes.
"""

import io
import re
import textwrap
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from itertools import groupby

import matplotlib
from golden_documents import Golden, Piece
from matplotlib.backends.backend_pdf import PdfPages
from matplotlib.figure import Figure

WIDTH, HEIGHT, MARGIN = 595.0, 842.0, 56.0  # points of an A4 page
GAP = 24.0  # between two columns
POINTS_A_LETTER = 0.5  # width of a letter of Helvetica, of its size
SIZES = {"heading": 13.0, "footnote": 8.0}
BODY = 10.0
LEADING = {"report": 1.8}  # from line to line, of the size: reports are set wide apart
THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}\b)")
BEFORE_SIGN = re.compile(r" (?=[%€:;?!»])|(?<=«) ")
AROUND = """<nav><a href="/">Accueil</a> <a href="/r">Rubriques</a> <a href="/12">12 newsletters</a></nav>
<div class="cookies">Nous et nos 214 partenaires utilisons des cookies.</div>{}
<aside><h2>Les plus lus</h2><ul><li>Reprise : 160 territoires labellisés, vraiment ?</li>
<li>Emploi : 3 000 postes à pourvoir dans la région</li></ul></aside>
<footer>© Tous droits réservés. 5 rue de l’Exemple.</footer><script>var territoires = 999;</script>"""
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
CORE = "http://schemas.openxmlformats.org/package/2006"
PURL = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def rendered(document: Golden) -> bytes:
    """The bytes of a document in its format."""
    return WRITERS[document.format](document)


def _typeset(text: str, narrow: str) -> str:
    """A text as a printer sets it: curved apostrophes, unbreakable spaces in numbers and before high signs."""
    return BEFORE_SIGN.sub("\u00a0", THOUSANDS.sub(narrow, text.replace("'", "’")))


def _runs(document: Golden, narrow: str = "\u00a0") -> Iterator[tuple[str, list[Piece]]]:
    """Pieces of one kind that follow each other: a list, a table, or a single paragraph."""
    pieces = [one._replace(texts=tuple(_typeset(text, narrow) for text in one.texts)) for one in document.pieces]
    for kind, found in groupby(pieces, lambda one: one.kind):
        if kind in ("item", "row"):
            yield kind, [*found]
        else:
            yield from ((kind, [one]) for one in found)


# --- text and web pages ------------------------------------------------------------------------------------


def text_file(document: Golden) -> bytes:
    """Plain text in Windows-1252, lines folded, cells of tables apart by tabulations."""
    parts = []
    for kind, pieces in _runs(document):
        lead = "- " if kind == "item" else ""
        parts.append("\n".join(textwrap.fill(lead + "\t".join(one.texts), 88) for one in pieces))
    return "\n\n".join(parts).encode("cp1252")


def web_page(document: Golden) -> bytes:
    """A page of a site, with what sites put around an article."""
    body = "\n".join(_html(kind, pieces) for kind, pieces in _runs(document, "\u202f"))
    head = f'<meta charset="utf-8"><title>{escape(document.title)} – {escape(document.producer)}</title>'
    name = f'<meta property="og:site_name" content="{escape(document.producer)}">'
    date = f'<meta property="article:published_time" content="{document.published}">'
    around = AROUND.format(f"<main><article>{body}</article></main>")
    return f'<!doctype html><html lang="fr"><head>{head}{name}{date}</head><body>{around}</body></html>'.encode()


def _html(kind: str, pieces: list[Piece]) -> str:
    if kind == "item":
        return "<ul>" + "".join(f"<li>{escape(one.texts[0])}</li>" for one in pieces) + "</ul>"
    if kind == "row":
        rows = (_html_row(one, "td" if rank else "th") for rank, one in enumerate(pieces))
        return f"<table>{''.join(rows)}</table>"
    tag = f"h{pieces[0].level}" if kind == "heading" else "p"
    return f'<{tag} class="{kind}">{escape(pieces[0].texts[0])}</{tag}>'


def _html_row(piece: Piece, tag: str) -> str:
    cells = "".join(f"<{tag}>{escape(text)}</{tag}>" for text in piece.texts)
    return f"<tr>{cells}</tr>" if any(piece.texts) else ""


# --- word processors ---------------------------------------------------------------------------------------


def word_file(document: Golden) -> bytes:
    """DOCX: paragraphs with the styles of headings and lists, tables with a row of headings."""
    body = "".join(_word(kind, pieces) for kind, pieces in _runs(document))
    types = "".join(
        f'<Override PartName="/{part}" ContentType="application/vnd.openxmlformats-{kind}+xml"/>'
        for part, kind in (
            ("word/document.xml", "officedocument.wordprocessingml.document.main"),
            ("docProps/core.xml", "package.core-properties"),
        )
    )
    start = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    about = f"{CORE}/relationships/metadata/core-properties"
    names = f"<dc:title>{escape(document.title)}</dc:title><dc:creator>{escape(document.producer)}</dc:creator>"
    spaces = f'xmlns:c="{CORE}/metadata/core-properties"'
    defaults = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return _zipped({
        "[Content_Types].xml": f'<Types xmlns="{CORE}/content-types">{defaults}{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{CORE}/relationships">'
        f'<Relationship Id="a" Type="{start}" Target="word/document.xml"/>'
        f'<Relationship Id="b" Type="{about}" Target="docProps/core.xml"/></Relationships>',
        "docProps/core.xml": f'<c:coreProperties {spaces} {PURL}>{names}</c:coreProperties>',
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
    })  # fmt: skip


def _word(kind: str, pieces: list[Piece]) -> str:
    if kind == "row":
        rows = ["".join(f"<w:tc>{_word_paragraph(text)}</w:tc>" for text in one.texts) for one in pieces]
        first, *others = rows
        lines = [f"<w:trPr><w:tblHeader/></w:trPr>{first}", *others]
        return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(f'<w:tr>{line}</w:tr>' for line in lines)}</w:tbl>"
    styles = {"item": "ListBullet", "caption": "Caption", "footnote": "FootnoteText"}
    return "".join(
        _word_paragraph(one.texts[0], f"Heading{one.level}" if kind == "heading" else styles.get(kind, ""))
        for one in pieces
    )


def _word_paragraph(text: str, style: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{named}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def open_document_file(document: Golden) -> bytes:
    """ODT: headings, paragraphs, lists and tables."""
    body = "".join(_open_document(kind, pieces) for kind, pieces in _runs(document))
    spaces = " ".join(f'xmlns:{name}="{OFFICE}:{name}:1.0"' for name in ("office", "text", "table", "meta", "manifest"))
    names = f"<dc:title>{escape(document.title)}</dc:title><dc:creator>{escape(document.producer)}</dc:creator>"
    mime = "application/vnd.oasis.opendocument.text"
    listed = {"/": mime, "content.xml": "text/xml", "meta.xml": "text/xml"}
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in listed.items()
    )
    body = f"<office:body><office:text>{body}</office:text></office:body>"
    return _zipped({
        "mimetype": mime,
        "META-INF/manifest.xml": f"<manifest:manifest {spaces}>{entries}</manifest:manifest>",
        "meta.xml": f"<office:document-meta {spaces} {PURL}><office:meta>{names}</office:meta></office:document-meta>",
        "content.xml": f"<office:document-content {spaces}>{body}</office:document-content>",
    })  # fmt: skip


def _open_document(kind: str, pieces: list[Piece]) -> str:
    if kind == "heading":
        return f'<text:h text:outline-level="{pieces[0].level}">{escape(pieces[0].texts[0])}</text:h>'
    if kind == "item":
        items = (f"<text:list-item>{_paragraph(one.texts[0])}</text:list-item>" for one in pieces)
        return f"<text:list>{''.join(items)}</text:list>"
    if kind == "row":
        rows = [
            "".join(f"<table:table-cell>{_paragraph(text)}</table:table-cell>" for text in one.texts) for one in pieces
        ]
        first, *others = (f"<table:table-row>{row}</table:table-row>" for row in rows)
        head = f"<table:table-header-rows>{first}</table:table-header-rows>"
        return f"<table:table>{head}{''.join(others)}</table:table>"
    return _paragraph(pieces[0].texts[0])


def _paragraph(text: str) -> str:
    return f"<text:p>{escape(text)}</text:p>"


def _zipped(files: Mapping[str, str]) -> bytes:
    """Files in a ZIP, the same bytes each time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            xml = "" if name == "mimetype" else '<?xml version="1.0" encoding="UTF-8"?>'
            archive.writestr(zipfile.ZipInfo(name, FIRST_DAY), xml + content)
    return buffer.getvalue()


# --- PDF ---------------------------------------------------------------------------------------------------


def pdf_file(document: Golden) -> bytes:
    """A4 pages with a running head and page numbers, in two columns for the press; tables over the whole width."""
    columns = 2 if document.style == "press" else 1
    buffer = io.BytesIO()
    with matplotlib.rc_context({"pdf.use14corefonts": True, "font.family": "Helvetica", "axes.unicode_minus": False}):
        about = {"Title": document.title, "Author": document.producer, "CreationDate": None}
        with PdfPages(buffer, metadata=about) as pages:
            for number, lines in enumerate(_paged(document, columns), 1):
                head = f"{document.producer} – {document.title}"
                foot = [(MARGIN, HEIGHT - 30, head, 8.0, False), (WIDTH / 2, 30, str(number), 8.0, False)]
                pages.savefig(_page([*foot, *lines]))
    return buffer.getvalue()


Line = tuple[tuple[tuple[float, str], ...], float, bool]  # what stands where from the column's left; size; bold
Placed = tuple[float, float, str, float, bool]


def _lines(document: Golden, columns: int) -> Iterator[Line]:
    """Lines of a column, an empty one after each piece."""
    width = (WIDTH - 2 * MARGIN - (columns - 1) * GAP) / columns
    for kind, pieces in _runs(document):
        size = SIZES.get(kind, BODY)
        for one in pieces:
            if kind == "row":
                step = width / len(one.texts)
                yield tuple((rank * step, text) for rank, text in enumerate(one.texts)), size, one is pieces[0]
                continue
            lead = "• " if kind == "item" else ""
            for line in textwrap.wrap(lead + one.texts[0], int(width / (size * POINTS_A_LETTER))):
                yield ((0.0, line),), size, kind == "heading"
        yield (), BODY, False


def _paged(document: Golden, columns: int) -> Iterator[list[Placed]]:
    """Lines where they stand, page by page."""
    leading = LEADING.get(document.style, 1.35)
    step = (WIDTH - 2 * MARGIN + GAP) / columns
    page: list[Placed] = []
    column, top = 0, HEIGHT - MARGIN
    for parts, size, bold in _lines(document, columns):
        if top < MARGIN:
            column, top = column + 1, HEIGHT - MARGIN
        if column == columns:
            yield page
            page, column = [], 0
        top -= leading * size
        page += [(MARGIN + column * step + left, top, text, size, bold) for left, text in parts]
    yield page


def _page(lines: Iterable[Placed]) -> Figure:
    figure = Figure(figsize=(WIDTH / 72, HEIGHT / 72))
    for left, bottom, text, size, bold in lines:
        weight = "bold" if bold else "medium"  # the names of the standard fonts
        figure.text(left / WIDTH, bottom / HEIGHT, text, size=size, weight=weight, parse_math=False)
    return figure


WRITERS: Mapping[str, Callable[[Golden], bytes]] = {
    "pdf": pdf_file, "html": web_page, "docx": word_file, "odt": open_document_file, "txt": text_file,
}  # fmt: skip
