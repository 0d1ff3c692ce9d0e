import pytest

from analysis.extraction.documents import document_of

TEXT = "Les territoires\n\nUn premier bilan\n\nLe Grand Est en compte 13.\n"
TEXT += "Il en attend 20.\r\n\r\n- 3 dans l’Aube ;\n\n2 fins"


def test_blocks_of_a_plain_text_stand_where_they_say():
    document = document_of(TEXT.encode(), "folder/a.txt")
    assert document.text == TEXT
    assert document.name == "a.txt"
    assert document.title == "Les territoires"
    assert [(one.kind, one.level, TEXT[one.start : one.end]) for one in document.blocks] == [
        ("heading", 1, "Les territoires"),
        ("heading", 2, "Un premier bilan"),
        ("paragraph", 0, "Le Grand Est en compte 13.\nIl en attend 20."),
        ("item", 0, "3 dans l’Aube ;"),
        ("paragraph", 0, "2 fins"),
    ]


def heads(text: str, cell: str) -> list[str]:
    document = document_of(text.encode(), "a.txt")
    block = next(one for one in document.blocks if text[one.start : one.end] == cell)
    assert block.kind == "cell"
    return [text[slice(*document.blocks[head][1:3])] for head in block.heads]


@pytest.mark.parametrize("between", ["\t", "   ", " | "])
def test_a_table_in_a_plain_text_knows_its_heads(between):
    rows = [("Région", "Phase 1", "Phase 2"), ("Grand Est", "13", "20"), ("Bretagne", "4", "1 027")]
    text = "Tableau 1 – Par région\n\n" + "\n".join(between.join(row) for row in rows) + "\n\nSource : liste."
    assert heads(text, "1 027") == ["Phase 2", "Bretagne", "Tableau 1 – Par région"]


def test_lines_of_a_list_are_items():
    text = "Les élus retiennent :\n- 3 axes, dont un\n  long ;\n- 12 actions.\n\nUne dernière phrase."
    document = document_of(text.encode(), "a.txt")
    assert [one.kind for one in document.blocks] == ["paragraph", "item", "item", "paragraph"]


def test_prose_with_wide_blanks_is_no_table():
    document = document_of(b"Il y a  149 territoires.\nIls sont  nombreux.\nUne autre ligne suit.", "a.txt")
    assert [one.kind for one in document.blocks] == ["paragraph"]


def test_a_line_above_a_table_is_its_caption_and_heads_nothing_else():
    text = "Le bilan\n\nCommunes du programme\n\nRégion\tPhase 1\tPhase 2\nBretagne\t4\t1 027\n\nLa suite en dit plus."
    assert heads(text, "1 027") == ["Phase 2", "Bretagne", "Communes du programme"]
    assert [one.kind for one in document_of(text.encode(), "a.txt").blocks][:2] == ["heading", "caption"]


def test_a_question_heads_and_a_dateline_does_not():
    text = "Le bilan\n\nÉPINAL, samedi 2 décembre 2023\n\nEt dans l'Orne ?\n\nTrois territoires y sont labellisés."
    assert [one.kind for one in document_of(text.encode(), "a.txt").blocks] == [
        "heading",
        "paragraph",
        "heading",
        "paragraph",
    ]
