import pytest
from unmarked import unmarked

from analysis.reports.origin_marks import claimed, counted


def test_a_mark_names_the_figure_or_the_cell_and_its_text_stays_text():
    assert claimed("a < b", "note:1") == '<data class="told" value="claim:note%3A1">a &lt; b</data>'
    mark = counted("183", "core_territories", "territory_id", phase=2, region_code="44")
    assert mark == '<data class="told" value="cell:core_territories.territory_id?phase=2&amp;region_code=44">183</data>'


@pytest.mark.parametrize(
    "text",
    [
        "Du 22 novembre 2018 au 1er novembre 2023, en phase 1 (2019-2022) et en phase\u00a02.",
        "On 22 November 2018, in phase 1 (2019–2022), then in phases 1 and 2.",
        "Le 2024-11-02, au COG 2024, `12 lignes`, [une page](page-12.html), ti-8401 en Lambert-93, paquet 0.15.0.",
        f"**{counted('16169', 'core_communes', 'commune_code')} communes** et « {claimed('100 M€', 'a:1')} ».",
        '<table data-origin="out_plan"><tr><td>12</td></tr></table>',
        "<style>p {margin: 3px}</style><svg><text>12</text></svg><img width=12>",
        "```python\nx = 12\n```",
        "1. Un rang n’est pas un nombre.",
        "Quinze territoires.",
    ],
)
def test_marked_and_exempt_numbers_pass(text):
    assert unmarked(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On compte 149 territoires et 16\u202f169\u00a0communes (45,5\u00a0%).", ["149", "16\u202f169", "45,5"]),
        ("It covers 16,169 communes (45.5%) for €100m.", ["16,169", "45.5", "100"]),
        ("<p>12</p><p>novembre</p>", ["12"]),
        ("<table><tr><td>12</td><td>13</td></tr></table>", ["12", "13"]),
        ('<data value="cell:a.b">12</data> <data class="told">13</data>', ["12", "13"]),
        ('<html><body><table data-origin="a"><tr><td>1</td></tr></table><p>2</p></body></html>', ["2"]),
        ("2\u202f023 habitants, 2,023 inhabitants", ["2\u202f023", "2,023"]),
        ("en 12 mars ou 3 pour 2023", ["3"]),
    ],
)
def test_other_numbers_are_found(text, found):
    assert unmarked(text) == found


def test_an_element_that_is_never_closed_hides_no_more_than_a_table():
    assert unmarked('<table data-origin="a"><tr><td>1</table> 2') == ["2"]
    assert unmarked("a < 3 et b > 4") == ["3", "4"]
