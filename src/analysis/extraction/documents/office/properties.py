"""What a Word or OpenDocument file says of itself beside its text: believed where the text does not say otherwise."""

import re
from typing import Any

from analysis.extraction.documents.document import Composer, Document
from analysis.extraction.documents.office.package import Package
from analysis.extraction.documents.remarks import Remark
from analysis.extraction.documents.self_description import (
    is_producer,
    language_of,
    mentions_year,
    producer_in,
    published_in,
    title_in,
)

_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_EXTENDED = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d")


def described(package: Package, composer: Composer) -> Document:
    """The document that its blocks make, with what its text says of itself, else its properties."""
    core, more = package.tree("docProps/core.xml"), package.tree("docProps/app.xml")
    meta = package.tree("meta.xml")
    text, blocks = composer.text, tuple(composer.blocks)
    published, remarks = published_in(text, blocks), list[Remark]()
    created = _DAY.match(_said(core, f"{_TERMS}created") or _said(meta, f"{_META}creation-date"))
    if published is None and created and mentions_year(text, created[0][:4]):
        published = created[0]
        remarks = [Remark("day_of_file", (published,))]
    title = title_in(text, blocks) or _said(core, f"{_DUBLIN}title") or _said(meta, f"{_DUBLIN}title") or None
    stated = (
        _said(more, f"{_EXTENDED}Company"), _said(core, f"{_DUBLIN}publisher"), _said(core, f"{_DUBLIN}creator"),
        _said(meta, f"{_META}initial-creator"), _said(meta, f"{_DUBLIN}creator"),
    )  # fmt: skip
    producer = producer_in(text, blocks) or next(filter(is_producer, stated), None)
    language = language_of(text)
    return Document(package.name, text, blocks, None, title, producer, published, language, tuple(remarks))


def _said(root: Any, name: str) -> str:
    found = None if root is None else next(root.iter(name), None)
    return " ".join((found.text or "").split()) if found is not None else ""
