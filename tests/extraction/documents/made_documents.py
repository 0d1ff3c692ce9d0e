"""Small documents of invented text, made as files: DOCX and ODT part by part, PDF letter by letter."""

import io
import zipfile
from collections.abc import Iterable, Mapping

from fpdf import FPDF

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {"office": "office", "text": "text", "table": "table", "style": "style", "meta": "meta",
                        "draw": "drawing"}.items()
)  # fmt: skip
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
    for key, name in {"Titre1": "heading 1", "Titre2": "heading 2", "Lgende": "caption", "Titre": "Title"}.items()
)
SUPER = '<w:vertAlign w:val="superscript"/>'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(content: str, style: str = "", more: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{more}</w:pPr>{content if content.startswith('<') else run(content)}</w:p>"


def word_table(rows: Iterable[Iterable[str | tuple[str, str]]]) -> str:
    """Cells are texts, or a text with what its properties hold."""
    lines = []
    for row in rows:
        cells = [cell if isinstance(cell, tuple) else (cell, "") for cell in row]
        lines.append("".join(f"<w:tc><w:tcPr>{more}</w:tcPr>{para(text)}</w:tc>" for text, more in cells))
    return "<w:tbl>" + "".join(f"<w:tr>{line}</w:tr>" for line in lines) + "</w:tbl>"


CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
FRAME = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{CONTENT}"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="r1" Type="{OFFICE}" Target="word/document.xml"/></Relationships>',
}


def docx(body: str, **parts: str) -> bytes:
    """A Word document; `footnotes`, `comments`, `core` hold the inside of these parts."""
    inside = {"document": f"<w:body>{body}</w:body>", "styles": STYLES} | parts
    core = {"docProps/core.xml": inside.pop("core")} if "core" in inside else {}
    named = {f"word/{name}.xml": f"<w:{name} {W}>{content}</w:{name}>" for name, content in inside.items()}
    return zipped({**FRAME, **named, **core})


MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def odt(body: str, **parts: str) -> bytes:
    """An OpenDocument text; `manifest` and `meta` hold these parts."""
    styles = (
        '<style:style style:name="T1" style:family="text"><style:text-properties style:text-position="super 58%"/>'
        '</style:style><style:style style:name="T2" style:family="text"><style:text-properties text:display="none"/>'
        "</style:style>"
    )
    content = (
        f"<office:document-content {ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    more = {"META-INF/manifest.xml": parts.get("manifest", MANIFEST)}
    more |= {"meta.xml": parts["meta"]} if "meta" in parts else {}
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, **more})


class Sheet(FPDF):
    """A PDF of which each text is put where it is wanted: points from the upper left corner, on its baseline."""

    def __init__(self, **options: str) -> None:
        super().__init__(unit="pt", format="A4", **options)
        self.set_auto_page_break(auto=False)
        self.add_page()

    def put(self, x: float, y: float, text: str, size: float = 10, style: str = "", font: str = "Times") -> float:
        """Where the text ends."""
        self.set_font(font, style, size)
        self.text(x, y, text)
        return x + float(self.get_string_width(text))

    def lines(self, x: float, y: float, *texts: str, size: float = 10, style: str = "") -> float:
        """Texts one under the other; where the next would stand."""
        for text in texts:
            self.put(x, y, text, size, style)
            y += 1.2 * size
        return y

    def rows(self, xs: Iterable[float], y: float, *rows: Iterable[str], size: float = 10) -> float:
        """The cells of a table without lines."""
        for row in rows:
            for x, text in zip(xs, row, strict=True):
                self.put(x, y, text, size)
            y += 1.6 * size
        return y

    def bytes(self) -> bytes:
        return bytes(self.output())
