"""A saved page: its encoding found, its article as blocks, and what the page says of itself."""

import re
from email import message_from_bytes, policy

from selectolax.lexbor import LexborHTMLParser, LexborNode

from analysis.errors import DocumentError
from analysis.extraction.documents.document import BETWEEN, Document, Limits
from analysis.extraction.documents.html.article import article_of, letters
from analysis.extraction.documents.html.flow import Flow
from analysis.extraction.documents.html.page_head import Statements, iso_day, statements_of
from analysis.extraction.documents.plain_text import BOMS, Remarks, encoding_of
from analysis.extraction.documents.remarks import Remark
from analysis.extraction.documents.self_description import language_of, producer_in, published_in, title_in
from analysis.extraction.numerals.lexicon import wordset

_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,20})|<\?xml[^>]{0,100}encoding=["']([\w-]{2,20})""", re.I
)
_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
# What is closed by itself, or need not be closed.
_NOT_NESTED = wordset("area base br col embed hr img input link meta param source track wbr p li dt dd option optgroup"
                      " tr td th thead tbody tfoot colgroup rt rp html head body")  # fmt: skip
_MOST_DEPTH, _HEAD_BYTES = 2_000, 4_096
_REPAIR = "Save the page again, or its text."


def read(data: bytes, name: str, limits: Limits) -> Document:
    """The document; DocumentError for a page without text, or one nested too deeply."""
    if _depth(data) > _MOST_DEPTH:
        raise DocumentError("it is nested too deeply.", where=name, repair=_REPAIR)
    html, remarks = decoded(data, name)
    page = LexborHTMLParser(html)
    stated, times = statements_of(page), _times(page)
    root = article_of(page)
    flow = Flow(letters(root) if root is not None else 0)
    heading = _heading(page, root)
    if heading:
        flow.composer.add("heading", heading, level=1)
    if root is not None:
        flow.write(root)
    if not flow.composer.blocks:
        what = "the page holds no text: what it shows may come from a script."
        raise DocumentError(what, where=name, repair="Print the page to a PDF, or save its text.")
    return _described(name, flow, stated, times, remarks)


def archived(data: bytes, name: str) -> bytes:
    """The page in a web archive (MHTML), as UTF-8."""
    for part in message_from_bytes(data, policy=policy.default).walk():
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            content = part.get_payload(decode=True)
            charset = part.get_content_charset() or ""
            if isinstance(content, bytes):
                return content if not charset else b"\xef\xbb\xbf" + content.decode(_known(charset), "replace").encode()
    raise DocumentError("a web archive without a page.", where=name, repair=_REPAIR)


def decoded(data: bytes, name: str) -> tuple[str, list[Remark]]:
    """The text of a page, by its byte order mark, what it declares, or what its bytes can be."""
    found = _DECLARED.search(data[:_HEAD_BYTES])
    declared = ((found[1] or found[2]).decode("ascii", "replace")) if found else ""
    marked = any(data.startswith(bom) for bom in BOMS)
    said = Remarks()
    encoding = _known(declared) if declared and not marked else encoding_of(data, name, said)
    text = data.decode(encoding, "replace")
    if declared and not marked and "\ufffd" in text:
        encoding = encoding_of(data, name, said)
        text = data.decode(encoding, "replace")
    return text, [*said.codes, *([Remark("bytes_of_no_letter")] if "\ufffd" in text else [])]


def _known(encoding: str) -> str:
    """The codec that browsers take for a declared encoding."""
    name = encoding.lower()
    if name in {"iso-8859-1", "latin1", "ascii", "us-ascii", "windows-1252"}:
        return "cp1252"
    try:
        "".encode(name)
    except LookupError:
        return "utf-8"
    return "utf-8" if name.startswith("utf-16") else name


def _depth(data: bytes) -> int:
    """How deep elements are nested at most, as far as that is seen without parsing."""
    depth = deepest = 0
    for found in _TAG.finditer(data):
        if found[2].lower().decode() not in _NOT_NESTED:
            depth = max(0, depth - 1) if found[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _times(page: LexborHTMLParser) -> str:
    """The day of the <time> element that says when the article came out."""
    for selector in (
        "time[itemprop=datePublished]",
        "time[pubdate]",
        "time.published, time.entry-date",
        "article time, main time",
    ):
        for node in page.css(selector):
            if day := iso_day(node.attributes.get("datetime") or ""):
                return day
    return ""


def _heading(page: LexborHTMLParser, root: LexborNode | None) -> str:
    """The page's heading, where it stands outside the article."""
    if root is None or root.css_first("h1") is not None:
        return ""
    found = page.css("h1")
    return " ".join(found[0].text().split()) if len(found) == 1 else ""


def _described(name: str, flow: Flow, stated: Statements, times: str, remarks: list[Remark]) -> Document:
    text, blocks = flow.composer.text, tuple(flow.composer.blocks)
    assert len(text) == flow.composer.length, BETWEEN
    title, language = title_in(text, blocks) or stated.title or None, language_of(text)
    published = published_in(text, blocks) or stated.published or times or None
    producer = stated.producer or producer_in(text, blocks)
    return Document(name, text, blocks, None, title, producer, published, language, tuple(remarks))
