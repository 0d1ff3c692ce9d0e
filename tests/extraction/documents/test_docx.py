import pytest
from made_documents import SUPER, docx, para, run, word_table

from analysis.extraction.documents import Document, document_of

SPAN = '<w:gridSpan w:val="2"/>'
CORE = (
    '<cp:coreProperties xmlns:cp="x" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
    "<dc:title>Modèle de note</dc:title><dcterms:created>2020-05-04T10:00:00Z</dcterms:created></cp:coreProperties>"
)


def read(body: str, **parts: str) -> Document:
    return document_of(docx(body, **parts), "note.docx")


def told(document: Document) -> list[tuple[str, str]]:
    return [(one.kind, document.text[one.start : one.end]) for one in document.blocks]


def test_blocks_of_a_word_document():
    document = read(
        para("Bilan du dispositif", "Titre1")
        + para("Les moyens", "Titre2")
        + para("Le programme compte 149 territoires.")
        + para("3 axes", "", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    )  # fmt: skip
    assert told(document) == [
        ("heading", "Bilan du dispositif"),
        ("heading", "Les moyens"),
        ("paragraph", "Le programme compte 149 territoires."),
        ("item", "3 axes"),
    ]
    assert [one.level for one in document.blocks] == [1, 2, 0, 0]
    assert (document.title, document.page_count) == ("Bilan du dispositif", None)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (run("149") + run("1", SUPER) + run(" territoires"), "149 territoires"),
        (run("149") + run("12, 13", SUPER) + run(" territoires"), "149 territoires"),
        (run("149") + "<w:r><w:footnoteReference w:id='9'/></w:r>" + run(" territoires"), "149 territoires"),
        (run("la 1") + run("re", SUPER) + run(" région"), "la 1re région"),
        (run("2 500 km") + run("2", SUPER), "2 500 km²"),
        (run("13") + "<w:del><w:r><w:delText>900</w:delText></w:r></w:del>" + run(" projets"), "13 projets"),
        (run("13") + "<w:moveFrom>" + run(" 900") + "</w:moveFrom>" + run(" projets"), "13 projets"),
        (run("1") + "<w:ins>" + run("3") + "</w:ins>" + run(" projets"), "13 projets"),
        (run("13") + run("900", "<w:vanish/>") + run(" projets"), "13 projets"),
        (run("13") + run("900", '<w:vanish w:val="0"/>') + run(" projets"), "13900 projets"),
        ("<w:hyperlink>" + run("13 projets") + "</w:hyperlink>", "13 projets"),
        (run("13") + "<w:r><w:commentReference w:id='1'/></w:r>" + run(" projets"), "13 projets"),
        ("<w:r><w:instrText>PAGE 900</w:instrText></w:r>" + run("13 projets"), "13 projets"),
        (run("16\u00a0186\u202f%"), "16\u00a0186\u202f%"),
        ("<w:r><w:t>12</w:t><w:noBreakHyphen/><w:t>15</w:t></w:r>", "12-15"),
    ],
)  # fmt: skip
def test_text_of_a_paragraph(content, text):
    document = read(para(content), comments=f'<w:comment w:id="1">{para("900 selon qui ?")}</w:comment>')
    assert document.text == text


def test_a_footnote_follows_the_paragraph_that_calls_it():
    call = "<w:r><w:footnoteReference w:id='2'/></w:r>"
    document = read(
        para(run("149") + call + run(" territoires.")) + para("Puis 183."),
        footnotes=f'<w:footnote w:id="2">{para(" Au 31 décembre.")}</w:footnote>',
    )
    assert told(document) == [
        ("paragraph", "149 territoires."),
        ("footnote", "Au 31 décembre."),
        ("paragraph", "Puis 183."),
    ]


def test_a_cell_knows_what_heads_it():
    document = read(
        para("Tableau 1 – Par région", "Lgende")
        + word_table([["Région", ("Territoires", SPAN)], ["", "Phase 1", "Phase 2"], ["Grand Est", "13", "20"]])
    )
    heads = {
        document.text[one.start : one.end]: [document.text[slice(*document.blocks[head][1:3])] for head in one.heads]
        for one in document.blocks
    }
    assert heads["13"] == ["Territoires", "Phase 1", "Grand Est", "Tableau 1 – Par région"]
    assert heads["20"] == ["Territoires", "Phase 2", "Grand Est", "Tableau 1 – Par région"]


def test_a_cell_merged_downwards_heads_all_its_rows():
    down, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    document = read(word_table([["Région", "An", "Sites"], [("Bretagne", down), "2019", "4"], [("", on), "2023", "7"]]))
    last = document.blocks[-1]
    assert [document.text[slice(*document.blocks[head][1:3])] for head in last.heads] == ["Sites", "Bretagne"]


@pytest.mark.parametrize(
    ("text", "published", "title"),
    [
        ("Aucune date ici.", "2020-05-04", "Modèle de note"),
        ("Publié le 12 mars 2024.", "2024-03-12", "Modèle de note"),
        ("Le programme de 2023 continue.", None, "Modèle de note"),
    ],
)
def test_properties_count_where_the_text_does_not_contradict_them(text, published, title):
    document = read(para(text), core=CORE)
    assert (document.published, document.title) == (published, title)
    assert any("that of the file" in str(one) for one in document.remarks) == (published == "2020-05-04")


@pytest.mark.parametrize(("author", "producer"), [("Grand Exemple", "Grand Exemple"), ("jdupont2", None)])
def test_the_author_of_a_file_is_its_producer_unless_it_is_an_account(author, producer):
    core = f'<cp:coreProperties xmlns:cp="x" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{author}</dc:creator></cp:coreProperties>'
    assert read(para("Il compte 149 territoires."), core=core).producer == producer


def test_a_plain_line_above_a_table_heads_its_cells():
    document = read(para("Communes du programme") + word_table([["Région", "Phase 1"], ["Bretagne", "4"]]))
    last = document.blocks[-1]
    assert [document.text[slice(*document.blocks[head][1:3])] for head in last.heads] == [
        "Phase 1",
        "Bretagne",
        "Communes du programme",
    ]
