"""Documents of every sort, all invented."""

import io

import pytest

from analysis import documents
from analysis.documents import Remarks
from analysis.errors import DocumentError

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


def test_pieces_blank_markup_without_moving_anything():
    said = Remarks()
    html = '<p class="x12">Il y a <b>149</b> territoires.</p><script>var n = 300;</script><!-- 12 -->'
    text = whole(html.encode(), said)
    assert len(text) == len(html)
    assert text.split() == ["Il", "y", "a", "149", "territoires."]
    assert said.remarks == ["a.txt: HTML tags were left out."]


def test_a_lower_than_sign_is_not_markup():
    assert documents.blank_markup("3 < 4 et 5 > 2") == ("3 < 4 et 5 > 2", False)


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "empty"), (b" \n\n ", "empty"), (b"\x89PNG\x00\x01\x02", "binary"), (LATER, "it is read as")],
    ids=["nothing", "blanks", "binary", "broken later"],
)  # fmt: skip
def test_pieces_refuse_what_is_no_text(content, told):
    with pytest.raises(DocumentError, match=f"a.txt: .*{told}"):
        whole(content)


def test_mixed_line_ends_stay_where_they_are():
    text = "Un.\r\nDeux.\rTrois.\n"
    assert whole(text.encode()) == text
