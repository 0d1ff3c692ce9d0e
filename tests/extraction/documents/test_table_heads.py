"""What heads a cell, and which cells are figures."""

import pytest

from analysis.extraction.documents.document import Composer
from analysis.extraction.documents.table_heads import GridCell, caption_of, is_counted, is_figure, put_table


@pytest.mark.parametrize("text", ["149", "1 202", "12,5 %", "3 M€", "25 ha", "12 km", "– ", "n.d.", "2 019 *"])
def test_a_number_with_its_unit_is_a_figure(text):
    assert is_figure(text)


@pytest.mark.parametrize("text", ["12 territoires", "2019 industrialisation", "1" + "a" * 5_000, "1 " + "ab" * 999])
def test_a_word_after_a_number_is_none_however_long(text):
    assert not is_figure(text)


@pytest.mark.parametrize(
    "text", ["2019", "2019-2022", "2019 – 2022", "2018/19", "31/12/2023", "12/2023", "2023*", "2023 (p)"]
)
def test_a_year_a_period_or_a_day_may_head_a_column(text):
    assert not is_counted(text)


@pytest.mark.parametrize("text", ["149", "2 019", "12-14", "1 027", "2019 %"])
def test_any_other_figure_heads_none(text):
    assert is_counted(text)


def test_periods_head_the_columns_below_them():
    composer = Composer()
    rows = [["Département", "2019-2022", "2023-2027"], ["Eure", "3", "5"]]
    put_table(
        composer, [GridCell(text, row, at, at) for row, texts in enumerate(rows) for at, text in enumerate(texts)]
    )
    assert [composer.pieces[head] for head in composer.blocks[-1].heads] == ["2023-2027", "Eure"]


@pytest.mark.parametrize(
    ("kind", "text", "titles"),
    [
        ("caption", "Tableau 1 – Par région.", True),
        ("paragraph", "Communes de l'Eure et de ses voisins", True),
        ("paragraph", "Territoires labellisés, par département :", True),
        ("paragraph", "Trois territoires touchent l'Eure.", False),
        ("paragraph", "et de ses voisins", False),
        ("paragraph", "Mot " * 60, False),
        ("caption", "Source : observatoire fictif", False),
        ("paragraph", "Champ : France entière", False),
        ("item", "Trois axes", False),
        ("cell", "Orne", False),
    ],
)
def test_a_line_right_above_a_table_titles_it(kind, text, titles):
    composer = Composer()
    composer.add(kind, text)
    assert caption_of(composer.blocks, composer.last) == ((0,) if titles else ())
    assert composer.blocks[0].kind == ("caption" if titles else kind)


def test_nothing_above_a_table_titles_nothing():
    assert caption_of([], "") == ()
