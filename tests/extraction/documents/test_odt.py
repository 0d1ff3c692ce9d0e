import pytest
from made_documents import odt

from analysis.errors import DocumentError
from analysis.extraction.documents import document_of


def cell(text: str, more: str = "") -> str:
    return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"


NOTE = (
    "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Fin 2022.</text:p></text:note-body>"
    "</text:note>"
)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("149<text:span text:style-name='T1'>1</text:span> territoires", "149 territoires"),
        ("1<text:span text:style-name='T1'>re</text:span> région", "1re région"),
        ("16<text:s/>186<text:tab/>salariés", "16 186\tsalariés"),
        ("13<text:span text:style-name='T2'>900</text:span> projets", "13 projets"),
        ("13<office:annotation><text:p>900</text:p></office:annotation> projets", "13 projets"),
        ("<text:a>13</text:a> <text:span>projets</text:span>", "13 projets"),
    ],
)
def test_text_of_a_paragraph(content, text):
    assert document_of(odt(f"<text:p>{content}</text:p>"), "a.odt").text == text


def test_blocks_of_an_opendocument_text():
    document = document_of(
        odt(
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>900</text:p></text:deletion>"
            "</text:changed-region></text:tracked-changes>"
            "<text:h text:outline-level='2'>Les moyens</text:h>"
            f"<text:section><text:p>Il compte 149{NOTE} territoires.</text:p></text:section>"
            "<text:list><text:list-item><text:p>3 axes</text:p></text:list-item></text:list>"
            "<text:p>Vu <draw:frame><draw:text-box><text:p>En marge : 12.</text:p></draw:text-box></draw:frame>"
            "ici</text:p>"
        ),
        "a.odt",
    )
    assert [(one.kind, document.text[one.start : one.end]) for one in document.blocks] == [
        ("heading", "Les moyens"),
        ("paragraph", "Il compte 149 territoires."),
        ("footnote", "Fin 2022."),
        ("item", "3 axes"),
        ("paragraph", "Vu ici"),
        ("paragraph", "En marge : 12."),
    ]


def test_a_cell_knows_what_heads_it():
    rows = [cell("Région") + cell("Sites", "table:number-columns-spanned='2'") + "<table:covered-table-cell/>"]
    rows += [cell("") + cell("2019") + cell("2023"), cell("Bretagne") + cell("4") + cell("7")]
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    document = document_of(odt(f"<table:table>{body}</table:table>"), "a.odt")
    last = document.blocks[-1]
    assert [document.text[slice(*document.blocks[head][1:3])] for head in last.heads] == ["Sites", "2023", "Bretagne"]


def test_an_encrypted_text_is_told():
    with pytest.raises(DocumentError, match=r"a\.odt: it is locked by a password"):
        document_of(odt("<text:p>x</text:p>", manifest="<manifest:encryption-data/>"), "a.odt")


@pytest.mark.parametrize(
    ("said", "producer"),
    [
        (
            "<meta:initial-creator>Agence du plateau</meta:initial-creator><dc:creator>Autre</dc:creator>",
            "Agence du plateau",
        ),
        ("<dc:creator>Grand Exemple</dc:creator>", "Grand Exemple"),
        ("<meta:initial-creator>jdupont2</meta:initial-creator>", None),
        ("<dc:creator>Utilisateur Windows</dc:creator>", None),
    ],
)
def test_the_author_that_a_file_states_is_its_producer_unless_it_is_an_account(said, producer):
    spaces = "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:meta='urn:oasis:names:tc:opendocument:xmlns:meta:1.0'"
    office = "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'"
    meta = f"<office:document-meta {office} {spaces}>{said}</office:document-meta>"
    document = document_of(odt("<text:p>Il compte 149 territoires.</text:p>", meta=meta), "a.odt")
    assert document.producer == producer
