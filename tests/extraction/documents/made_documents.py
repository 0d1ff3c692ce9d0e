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
    f'<w:style w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
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


def docx(body: str, **parts: str) -> bytes:
    """A Word document; `footnotes`, `comments`, `core` hold the inside of these parts."""
    named = {
        f"word/{name}.xml": f"<w:{name} {W}>{parts[name]}</w:{name}>"
        for name in ("footnotes", "comments")
        if name in parts
    }
    core = {"docProps/core.xml": parts["core"]} if "core" in parts else {}
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    styles = f"<w:styles {W}>{STYLES}</w:styles>"
    return zipped(
        {"[Content_Types].xml": "<Types/>", "word/document.xml": document, "word/styles.xml": styles, **named, **core}
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
    more = {"META-INF/manifest.xml": parts["manifest"]} if "manifest" in parts else {}
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
