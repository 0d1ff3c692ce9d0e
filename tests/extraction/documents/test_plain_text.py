"""Documents of every sort, all invented."""

import io

import pytest

from analysis.errors import DocumentError
from analysis.extraction.documents import Remarks
from analysis.extraction.documents import plain_text as documents

TEXT = "Près de 4 500 entreprises ont été aidées. L’enveloppe atteint 1,5 Md€. "

LATER = b"text" * 400_000 + b"\xff\xfe9"


def whole(content: bytes, said: Remarks | None = None) -> str:
    found = list(documents.pieces(io.BytesIO(content), "a.txt", said or Remarks()))
    assert [offset for offset, _ in found] == [sum(len(text) for _, text in found[:n]) for n in range(len(found))]
    return "".join(text for _, text in found)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_pieces_find_the_encoding_and_say_so(encoding):
    said = Remarks()
    assert whole(TEXT.encode(encoding), said) == TEXT
    assert bool(said.remarks) == (encoding != "utf-8-sig")
    assert all("not as UTF-8" in one for one in said.remarks)


def test_pieces_cut_a_long_document_between_sentences(monkeypatch):
    monkeypatch.setattr(documents, "BLOCK_BYTES", 1000)
    text = TEXT * 200
    found = list(documents.pieces(io.BytesIO(text.encode()), "a.txt", Remarks()))
    assert len(found) > 5
    assert "".join(piece for _, piece in found) == text
    assert all(text[offset:].startswith(("Près", "L’enveloppe")) for offset, _ in found)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("<p>149 sites</p>", "HTML tags were left out."),
        ("12 Mâ‚¬ versés", "letters that were decoded wrongly (â‚¬) were put right."),
    ],
)
def test_what_is_passed_over_or_put_right_is_told(content, told):
    said = Remarks()
    assert whole(content.encode(), said) == content
    assert said.remarks == [f"a.txt: {told}"]


def test_plain_text_has_no_remark():
    said = Remarks()
    whole("3 < 4 et 5 > 2, au château : 12 % & plus".encode(), said)
    assert not said.remarks


@pytest.mark.parametrize(
    "encoding", ["iso8859_15", "cp1252", "mac_roman", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32"]
)
@pytest.mark.parametrize(
    "text", ["Une aide de 12 € va à la filière du bois.", "Près du cœur de l'été, 3 M€ ont été versés à Nîmes."]
)
def test_the_euro_is_read_in_every_encoding(encoding, text):
    assert whole(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.pdf", b"%PDF-1.7\n\x00", "a PDF document, not a text. Save it as text, such as `pdftotext -layout a.pdf`."),
        ("a.docx", b"PK\x03\x04..word/document.xml", "a Word document"),
        ("long.docx", b"PK\x03\x04" + b"\x00" * 99, "a Word document"),
        ("a.odt", b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text", "an OpenDocument document"),
        ("a.ods", b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "an OpenDocument spreadsheet"),
        ("a.xlsx", b"PK\x03\x04xl/workbook.xml", "Save the sheet as CSV"),
        ("a.zip", b"PK\x03\x04notes.txt", "a ZIP archive, not a text. Unpack it"),
        ("a.txt.gz", b"\x1f\x8b\x08", "`gunzip -k a.txt.gz`"),
        ("a.tar", b"x" * 257 + b"ustar", "a tar archive"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "of before 2007"),
        ("a.rtf", b"{\\rtf1 12 euros}", "an RTF document"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "a picture"),
        ("a.bin", b"\x00\x01\x02abc", "a binary file"),
    ],
)
def test_a_file_that_is_no_text_is_told_what_it_is_and_what_to_do(name, content, told):
    with pytest.raises(DocumentError) as error:
        list(documents.pieces(io.BytesIO(content), f"folder/{name}", Remarks()))
    assert told in str(error.value)
    assert "were read" not in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "empty"), (b" \n\n ", "empty"), (b"\x89PNG\x00\x01\x02", "a picture"), (LATER, "it is read as")],
    ids=["nothing", "blanks", "picture", "broken later"],
)  # fmt: skip
def test_pieces_refuse_what_is_no_text(content, told):
    with pytest.raises(DocumentError, match=f"a.txt: .*{told}"):
        whole(content)


def test_mixed_line_ends_stay_where_they_are():
    text = "Un.\r\nDeux.\rTrois.\n"
    assert whole(text.encode()) == text
