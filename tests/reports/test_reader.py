import polars as pl
import pytest

from analysis.i18n import typography
from analysis.i18n.hedges import interval
from analysis.i18n.language import speaking
from analysis.reports import reader
from analysis.reports.reader import Column

ROWS = pl.DataFrame({"name": ["Pays de l'Aigle", "<script>alert('x')</script>"], "size": [1234, None]})
COLUMNS = (Column("name", "Nom"), Column("size", "Taille", typography.number))


def test_table_shows_french_numbers_typography_and_absence():
    shown = reader.table(ROWS, "Légende", COLUMNS)
    assert shown.rows == (("Pays de l’Aigle", "1\u202f234"), ("<script>alert(’x’)</script>", "n. d."))
    assert shown.text().splitlines()[:2] == ["Légende", "Nom | Taille"]


def test_a_column_says_what_it_means_that_a_value_is_absent():
    columns = (COLUMNS[0], Column("size", "Vient de", absent="aucun territoire"))
    assert reader.table(ROWS, "L", columns).rows[1][1] == "aucun territoire"


def test_html_is_accessible_and_text_stays_text():
    html = reader.table(ROWS, "Légende <b>", COLUMNS).html()
    assert "<caption>Légende &lt;b&gt;</caption>" in html
    assert '<th scope="col" class="number">Taille</th>' in html
    assert "<script>" not in html


def test_a_column_of_long_cells_is_a_wide_one():
    rows = pl.DataFrame({"name": ["court"], "why": ["mot " * 20]})
    html = reader.table(rows, "L", (Column("name", "Nom"), Column("why", "Raison"))).html()
    assert '<th scope="col">Nom</th><th scope="col" class="wide">Raison</th>' in html


def test_notebook_output_has_both_forms():
    assert set(reader.table(ROWS, "L", COLUMNS)._repr_mimebundle_()) == {"text/html", "text/plain"}


NOTED = pl.DataFrame({"sentence": ["Il y en a 3."], "size": [3], "claim_id": ['a:"1"']})
NOTED_COLUMNS = (
    Column("sentence", "Phrase", french=True),
    Column("size", "Nombre", typography.number, claim="claim_id"),
)


def test_cells_tell_the_figure_they_give_and_the_table_its_origin():
    html = reader.table(NOTED, "L", NOTED_COLUMNS, origin=["out_plan", "core_claims"]).html()
    assert html.startswith('<table class="atlas-table" data-origin="out_plan core_claims">')
    assert '<td>Il y en a 3.</td><td class="number" data-claim="a:&quot;1&quot;">3</td>' in html


def test_what_stays_french_is_said_so_in_another_language_only():
    with speaking("en"):
        shown = reader.table(NOTED, "L", NOTED_COLUMNS)
        assert '<td lang="fr">Il y en a 3.</td>' in shown.html()
        assert reader.foreign("Le Monde") == '<span lang="fr">Le Monde</span>'
    assert shown.text() == "L\nPhrase | Nombre\nIl y en a 3. | 3"
    assert reader.foreign("Le Monde") == "Le Monde"


def test_absence_is_told_in_the_language_in_force():
    with speaking("en"):
        assert reader.table(ROWS, "L", COLUMNS).rows[1][1] == "n/a"
        assert reader.table(ROWS.clear(), "L", COLUMNS).empty == "No row."


@pytest.mark.parametrize(
    ("qualifier", "low", "high", "written"),
    [
        ("exact", 5, 5, "5"),
        ("between", 1200, 1300, "de 1\u202f200 à 1\u202f300"),
        ("nearly", 4500, 4500, "près de 4\u202f500"),
        ("approximately", 12, 12, "environ 12"),
        ("more_than", 300, None, "plus de 300"),
        ("at_most", None, 4, "au plus 4"),
        ("less_than", None, 4, "moins de 4"),
        ("at_least", 4, None, "au moins 4"),
    ],
)
def test_interval_puts_the_hedge_before_the_number(qualifier, low, high, written):
    assert interval({"qualifier": qualifier, "value_low": low, "value_high": high}, typography.number) == written
