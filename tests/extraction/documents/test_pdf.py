import pytest
from made_documents import Sheet

from analysis.extraction.documents import Document, boxes, document_of, page_picture

LEFT = [
    "La première colonne compte 149 territoires et",
    "34 projets, que les élus ont tous présentés à",
    "la presse dans la journée. Les moyens ont été",
    "portés à 1,5 Md par an, et les communes en",
    "sont satisfaites, sauf une.",
]
RIGHT = [
    "La seconde colonne dit que 183 territoires",
    "ont été retenus en 2023, dont 15 dans les",
    "Hauts-de-France. Les autres attendent une",
    "décision de la commission, qui se réunit en",
    "mai, puis en septembre.",
]


def read(sheet: Sheet) -> Document:
    return document_of(sheet.bytes(), "rapport.pdf")


def told(document: Document, *kinds: str) -> list[str]:
    return [document.text[one.start : one.end] for one in document.blocks if not kinds or one.kind in kinds]


def heads_of(document: Document, text: str) -> list[str]:
    block = next(one for one in document.blocks if document.text[one.start : one.end] == text)
    return [document.text[slice(*document.blocks[head][1:3])] for head in block.heads]


@pytest.mark.parametrize("shift", [0, 4, 7])
def test_columns_are_read_one_after_the_other(shift):
    sheet = Sheet()
    sheet.put(60, 80, "Bilan des territoires", 18, "B")
    sheet.lines(60, 130, *LEFT)
    sheet.lines(310, 130 + shift, *RIGHT)
    document = read(sheet)
    assert told(document) == ["Bilan des territoires", " ".join(LEFT), " ".join(RIGHT)]
    assert document.title == "Bilan des territoires"


def test_three_columns_are_read_one_after_the_other():
    sheet = Sheet()
    texts = [
        [f"{letter} dit que le nombre de", "projets aidés est monté", "à douze, puis à vingt et", "à trente."]
        for letter in "ABC"
    ]
    for x, lines in zip((50, 225, 400), texts, strict=True):
        sheet.lines(x, 130, *lines)
    assert told(read(sheet)) == [" ".join(lines) for lines in texts]


def test_a_paragraph_goes_on_in_the_next_column_and_on_the_next_page():
    sheet = Sheet()
    sheet.lines(60, 130, *LEFT[:3], "Les moyens sont portés à")
    sheet.lines(
        310,
        130,
        "16 186 euros par emploi, et les élus",
        "de la région en sont contents. Une autre",
        "phrase finit la page avec",
    )
    sheet.add_page()
    sheet.lines(60, 130, "183 territoires, puis elle finit.", "Ici un autre paragraphe commence.")
    document = read(sheet)
    assert "portés à 16 186 euros" in document.text
    assert "la page avec 183 territoires, puis" in document.text
    assert document.page_count == 2


@pytest.mark.parametrize("pages", [1, 2, 3, 5])
def test_running_heads_and_page_numbers_are_left_out(pages):
    sheet = Sheet()
    for number in range(1, pages + 1):
        if number > 1:
            sheet.add_page()
        sheet.put(60, 40, "Observatoire fictif - rapport 2024", 8)
        sheet.put(290, 810, f"Page {number} / {pages}", 8)
        sheet.lines(60, 100, f"Cette page parle de {number}49 territoires.", "Elle dit qu'ils sont nombreux.")
    text = read(sheet).text
    assert [f"{number}49 territoires" in text for number in range(1, pages + 1)] == [True] * pages
    assert "Page" not in text
    assert ("Observatoire" in text) == (pages == 1)


def test_what_differs_at_the_same_place_is_kept():
    """Slides with a figure at the foot, tables that go on with the same head: not page numbers, not running heads."""
    sheet = Sheet()
    for rank, figure in enumerate(("149", "183", "34")):
        if rank:
            sheet.add_page()
        sheet.lines(60, 400, "Le nombre de territoires aidés est celui-ci :")
        sheet.put(290, 800, figure)
    assert told(read(sheet))[1::2] == ["149", "183", "34"]


def test_a_bare_page_number_goes_and_a_bare_figure_stays():
    sheet = Sheet()
    for number in (1, 2, 3):
        if number > 1:
            sheet.add_page()
        sheet.lines(60, 400, "Le nombre de territoires aidés :", "149")
        sheet.put(290, 810, str(number))
    assert told(read(sheet)) == ["Le nombre de territoires aidés : 149"] * 3


def test_calls_of_footnotes_go_and_footnotes_follow_the_page():
    sheet = Sheet()
    x = sheet.put(60, 100, "Le programme compte 149")
    sheet.put(x, 96, "1", 6)
    sheet.put(x + 6, 100, "territoires et 34")
    sheet.put(60, 112, "projets sur cette page, qui continue avec")
    sheet.put(60, 700, "1", 6)
    sheet.put(64, 703, "148 selon la Cour.", 8)
    sheet.put(60, 720, "2 Chiffre de 2022.", 8)
    sheet.add_page()
    sheet.put(60, 100, "une autre page.")
    document = read(sheet)
    assert told(document, "paragraph") == [
        "Le programme compte 149 territoires et 34 projets sur cette page, qui continue avec une autre page."
    ]
    assert told(document, "footnote") == ["148 selon la Cour.", "Chiffre de 2022."]


@pytest.mark.parametrize(
    ("before", "raised", "after", "text"),
    [
        ("149", "1", " territoires", "149 territoires"),
        ("149", "(12)", " territoires", "149 territoires"),
        ("2022", "3", ", puis", "2022, puis"),
        ("la 1", "re", " région", "la 1re région"),
        ("le XX", "e", " siècle", "le XXe siècle"),
        ("2 500 km", "2", " aménagés", "2 500 km² aménagés"),
        ("40 %", "4", " des dépenses", "40 % des dépenses"),
    ],
)
def test_raised_letters(before, raised, after, text):
    sheet = Sheet()
    x = sheet.put(60, 100, before)
    x = sheet.put(x, 96, raised, 6)
    sheet.put(x, 100, after)
    assert read(sheet).text == text


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        ("La labelli-", "sation avance.", "La labellisation avance."),
        ("Dans les Hauts-", "de-France, 13.", "Dans les Hauts-de-France, 13."),
        ("La région Auvergne-", "Rhône-Alpes.", "La région Auvergne-Rhône-Alpes."),
        ("De 2019-", "2022 à 2027.", "De 2019-2022 à 2027."),
        ("Le vice-", "président parle.", "Le vice-président parle."),
        ("Les entreprises elles-", "mêmes paient.", "Les entreprises elles-mêmes paient."),
        ("Il y en a 16", "186 en tout.", "Il y en a 16 186 en tout."),
        ("Un total -", "sans compter", "Un total - sans compter"),
    ],
)
def test_words_parted_at_a_line_end(first, second, text):
    sheet = Sheet()
    sheet.lines(60, 100, first, second)
    assert read(sheet).text == text


def test_a_word_that_has_its_hyphen_elsewhere_keeps_it():
    sheet = Sheet()
    sheet.lines(60, 100, "Le conseil méta-régional a tenu un conseil méta-", "régional hier.")
    assert "conseil méta-régional hier" in read(sheet).text


def test_ligatures_and_hard_spaces():
    sheet = Sheet()
    from matplotlib import get_data_path

    sheet.add_font("dejavu", fname=f"{get_data_path()}/fonts/ttf/DejaVuSans.ttf")
    sheet.put(60, 100, "L’eﬀectif oﬃciel : 16\u202f186 salariés, 2,5\u00a0% et ﬁn.", font="dejavu")
    assert read(sheet).text == "L’effectif officiel : 16 186 salariés, 2,5 % et fin."


def test_a_table_without_lines_knows_its_heads():
    sheet = Sheet()
    sheet.put(60, 100, "Tableau 1 : territoires par région")
    sheet.put(250, 120, "Nombre de territoires")
    sheet.rows(
        (60, 220, 330), 136, ("Région", "Phase 1", "Phase 2"), ("Grand Est", "13", "20"), ("Bretagne", "4", "1 027")
    )
    sheet.put(60, 210, "Source : observatoire fictif")
    document = read(sheet)
    title, over = "Tableau 1 : territoires par région", "Nombre de territoires"
    assert heads_of(document, "13") == [over, "Phase 1", "Grand Est", title]
    assert heads_of(document, "1 027") == [over, "Phase 2", "Bretagne", title]
    assert told(document, "caption") == ["Tableau 1 : territoires par région", "Source : observatoire fictif"]


def test_a_table_with_lines_and_cells_of_several_lines():
    sheet = Sheet()
    sheet.set_font("Times", size=10)
    with sheet.table(col_widths=(3, 1, 1), line_height=12) as table:
        for row in (
            ("Région", "Phase 1", "Phase 2"),
            ("Bourgogne-Franche-Comté et ses voisines de toujours, que l'on compte avec elle", "8", "9"),
            ("Grand Est", "13", "20"),
        ):
            table.row(row)
    document = read(sheet)
    assert heads_of(document, "13") == ["Phase 1", "Grand Est"]
    assert heads_of(document, "9") == [
        "Phase 2",
        "Bourgogne-Franche-Comté et ses voisines de toujours, que l'on compte avec elle",
    ]


def test_a_table_beside_a_column_of_text_stays_in_its_column():
    sheet = Sheet()
    sheet.lines(60, 130, *LEFT, *LEFT)
    sheet.rows((320, 400, 470), 130, ("Région", "2019", "2023"), ("Grand Est", "13", "20"), ("Bretagne", "4", "7"))
    document = read(sheet)
    assert told(document)[0].startswith(" ".join(LEFT))
    assert heads_of(document, "7") == ["2023", "Bretagne"]


def test_large_figures_are_read_with_what_stands_below_them():
    sheet = Sheet()
    for x, figure, label in (
        (60, "149", "territoires aidés"),
        (230, "34", "projets lancés"),
        (400, "87 %", "de satisfaits"),
    ):
        sheet.put(x, 100, figure, 28, "B")
        sheet.put(x, 120, label, 10)
    assert told(read(sheet)) == ["149 territoires aidés", "34 projets lancés", "87 % de satisfaits"]


def test_headings_by_size_and_weight():
    sheet = Sheet()
    sheet.put(60, 80, "Rapport annuel", 20)
    sheet.put(60, 120, "Première partie", 14, "B")
    sheet.lines(60, 140, *LEFT)
    sheet.put(60, 220, "Un point de détail", 10, "B")
    sheet.lines(60, 235, *RIGHT)
    document = read(sheet)
    assert [(document.text[one.start : one.end], one.level) for one in document.blocks if one.kind == "heading"] == [
        ("Rapport annuel", 1), ("Première partie", 2), ("Un point de détail", 3)]  # fmt: skip


def test_items_lose_their_sign_and_paragraphs_stay_apart():
    sheet = Sheet()
    sheet.lines(
        60,
        100,
        "Les élus retiennent :",
        "- 3 axes de travail pour la",
        "formation des jeunes ;",
        "- 12 actions.",
        "Ils se sont réunis hier.",
    )
    assert told(read(sheet))[:3] == [
        "Les élus retiennent :",
        "3 axes de travail pour la formation des jeunes ;",
        "12 actions.",
    ]


def test_text_of_a_turned_page_is_read_and_placed():
    sheet = Sheet()
    with sheet.rotation(90, x=300, y=400):
        sheet.lines(100, 400, "Le programme compte 149 territoires", "dans toute la France.")
    assert read(sheet).text == "Le programme compte 149 territoires dans toute la France."


def test_letters_drawn_twice_to_look_bold_are_read_once():
    sheet = Sheet()
    sheet.put(60, 100, "149 territoires")
    sheet.put(60.3, 100, "149 territoires")
    assert read(sheet).text == "149 territoires"


def test_what_a_pdf_says_of_itself():
    sheet = Sheet()
    sheet.set_title("Bilan du programme fictif")
    sheet.set_author("Observatoire fictif")
    sheet.put(60, 80, "Bilan du programme fictif", 18)
    sheet.put(60, 110, "Lille, le 12 mars 2024")
    sheet.lines(60, 140, *LEFT)
    document = read(sheet)
    assert (document.title, document.producer, document.published) == (
        "Bilan du programme fictif",
        "Observatoire fictif",
        "2024-03-12",
    )
    assert document.language == "fr"


def test_boxes_say_where_a_figure_stands():
    sheet = Sheet()
    sheet.lines(60, 100, *LEFT)
    sheet.add_page()
    sheet.put(200, 300, "Ils sont 183 ici.")
    data = sheet.bytes()
    document = document_of(data, "rapport.pdf")
    start = document.text.index("183")
    (box,) = boxes(data, document, start, start + 3)
    assert box.page == 2
    assert 230 < box.left < box.right < 260
    assert 285 < box.top < 300 < box.bottom < 310
    first = boxes(data, document, document.text.index("et 34"), document.text.index("projets"))
    assert [(one.page, round(one.left) >= 60) for one in first] == [(1, True), (1, True)]  # on two lines


def test_a_picture_of_a_page():
    sheet = Sheet()
    sheet.put(60, 100, "149 territoires")
    picture = page_picture(sheet.bytes(), 1, 1.0)
    assert picture.startswith(b"\x89PNG")
    from analysis.errors import DocumentError

    with pytest.raises(DocumentError, match="no page 2"):
        page_picture(sheet.bytes(), 2)


def two_tables(title: str, *, headed: bool) -> Document:
    sheet, columns = Sheet(), (60, 220, 330)
    sheet.put(60, 100, "Territoires labellisés, par région")
    sheet.rows(columns, 124, ("Région", "Phase 1", "Phase 2"), ("Grand Est", "13", "20"), ("Bretagne", "4", "7"))
    sheet.put(60, 210, title)
    rows = [("Mayenne", "35", "118"), ("Sarthe", "44", "242")]
    sheet.rows(columns, 234, *([("Département", "Communes", "Habitants")] if headed else []), *rows)
    return read(sheet)


@pytest.mark.parametrize("title", ["Communes et habitants, selon les territoires de la deuxième phase", "Tableau 2"])
def test_a_second_table_below_the_first_has_its_own_caption_and_heads(title):
    document = two_tables(title, headed=True)
    assert heads_of(document, "7") == ["Phase 2", "Bretagne", "Territoires labellisés, par région"]
    assert heads_of(document, "242") == ["Habitants", "Sarthe", title]


def test_a_section_of_a_table_stays_in_it():
    document = two_tables("Pays de la Loire", headed=False)
    assert heads_of(document, "242") == ["Phase 2", "Pays de la Loire", "Sarthe", "Territoires labellisés, par région"]


def test_periods_head_the_columns_of_a_table():
    sheet = Sheet()
    sheet.rows(
        (60, 220, 330), 120, ("Région", "2019-2022", "2023-2027"), ("Grand Est", "13", "20"), ("Bretagne", "4", "7")
    )
    assert heads_of(read(sheet), "7") == ["2023-2027", "Bretagne"]
