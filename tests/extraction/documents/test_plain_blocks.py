from analysis.extraction.documents import document_of

TEXT = "Les territoires\n\nUn premier bilan\n\nLe Grand Est en compte 13.\nIl en attend 20.\r\n\r\n- 3 dans l’Aube ;\n\n2 fins"


def test_blocks_of_a_plain_text_stand_where_they_say():
    document = document_of(TEXT.encode(), "folder/a.txt")
    assert document.text == TEXT
    assert document.name == "a.txt"
    assert document.title == "Les territoires"
    assert [(one.kind, one.level, TEXT[one.start : one.end]) for one in document.blocks] == [
        ("heading", 1, "Les territoires"),
        ("heading", 2, "Un premier bilan"),
        ("paragraph", 0, "Le Grand Est en compte 13.\nIl en attend 20."),
        ("item", 0, "- 3 dans l’Aube ;"),
        ("paragraph", 0, "2 fins"),
    ]
