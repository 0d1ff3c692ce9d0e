"""An invented document as the bytes of a PDF, an HTML page, a DOCX, an ODT or a text file: what a reader is given.

Each is made as such files usually come: pages with running heads and page numbers, two columns in the press, web pages
with a menu, other articles and a notice around the text, narrow spaces in numbers and curved apostrophes.
"""

import io
import textwrap
import zipfile
from collections.abc import Callable, Mapping
from html import escape

from golden_documents import Golden, Piece
from golden_pdf import pdf_file
from golden_typesetting import runs

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


# --- text and web pages ------------------------------------------------------------------------------------


def text_file(document: Golden) -> bytes:
    """Plain text in Windows-1252, lines folded but for rows of tables, whose cells are apart by tabulations."""
    parts = []
    for kind, pieces in runs(document):
        lead = "- " if kind == "item" else ""
        lines = ("\t".join(one.texts) if kind == "row" else textwrap.fill(lead + one.texts[0], 88) for one in pieces)
        parts.append("\n".join(lines))
    return "\n\n".join(parts).encode("cp1252")


def web_page(document: Golden) -> bytes:
    """A page of a site, with what sites put around an article."""
    body = "\n".join(_html(kind, pieces) for kind, pieces in runs(document, "\u202f"))
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
    body = "".join(_word(kind, pieces) for kind, pieces in runs(document))
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
    body = "".join(_open_document(kind, pieces) for kind, pieces in runs(document))
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


WRITERS: Mapping[str, Callable[[Golden], bytes]] = {
    "pdf": pdf_file, "html": web_page, "docx": word_file, "odt": open_document_file, "txt": text_file,
}  # fmt: skip
