"""Texts as files hold them: what is cleaned before the grammar reads, and where its figures stand in the text given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.extraction.numerals import read
from analysis.extraction.numerals.cleaning import Clean

INVISIBLE = ["\u00ad", "\u200c", "\u200d", "\u2060", "\ufeff", "\u200e", "\ufe0f"]
PLAIN = "Le parc compte 1 234 ateliers et 56 000 habitants, soit 12,5 millions d'euros ou 40 % du budget."


def values(text: str) -> list[object]:
    """The values of a text's figures, dates by their ISO form."""
    return [q.iso or q.value_low for q in read(text)]


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("<b>12</b>&nbsp;M&euro;", "12\u00a0M€"),
        ("1<sup>er</sup> mai", "1er mai"),
        ("149<sup>2</sup> lots", "149 lots"),
        ("149<sup><a href='#n'>[2]</a></sup> lots", "149 lots"),
        ("40 m<sup>2</sup>, 10<sup>3</sup>, CO<sub>2</sub>", "40 m², 10³, CO2"),
        ("<td>12</td><td>000</td>", " | 12 |  | 000 | "),
        ("un<br>deux<p>trois", "un\ndeux\n\ntrois"),
        ("a<!-- 12 <b> -->b<script>if (1<2) n = 300</script>c", "ab c"),
        ("<script>1 sans fin", " 1 sans fin"),
        ("R&D, AT&T, 3 < 4 et 5 > 2, &inconnu; &amp;nbsp;", "R&D, AT&T, 3 < 4 et 5 > 2, &inconnu; \u00a0"),
        ("soi\u00adxante\u00addix, vingt\u00adaine, mil\u00adlions", "soixante-dix, vingtaine, millions"),
        ("quatre-\nvingt, mil-\nlions, sous-\npréfet, Saint-\nOmer", "quatre-vingt, millions, sous-préfet, Saint-Omer"),
        ("vingt -deux, soixante- dix, neuf -ce site", "vingt-deux, soixante-dix, neuf -ce site"),
        ("il pèse 1\n234 567 euros", "il pèse 1 234 567 euros"),
        ("il pèse 1\r\n234 567 euros", "il pèse 1 234 567 euros"),
        ("de 3,\n5 % et 4\n,5 %", "de 3,5 % et 4,5 %"),
        ("en 2019,\n2021 et 12\n345\n", "en 2019,\n2021 et 12\n345\n"),
        ("149¹ lots, 5 000[1] lots, 7* lots, 8(2) lots", "149 lots, 5 000 lots, 7 lots, 8 lots"),
        ("40 m², 10³, 4*4, hôtel 3*, Lot (9)", "40 m², 10³, 4*4, hôtel 3*, Lot (9)"),
        ("１２ ％ de ﬁls, 1ᵉʳ, 12 ¤", "12 % de fils, 1er, 12 €"),
        ("12 Mâ‚¬ Ã\u00a0 lâ€™Ã©tÃ©", "12 M€ à l’été"),
        ("e\u0301te\u0301", "été"),
    ],
)
def test_the_grammar_reads_a_clean_text(given, clean):
    assert Clean(given).text == clean


def test_a_clean_text_is_not_copied():
    text = "L’aide de 12\u00a0M€ – près de 3,5 % – a été versée (voir l’annexe), « sans délai »."
    clean = Clean(text)
    assert clean.untouched
    assert clean.text is text


@given(marks=st.lists(st.tuples(st.integers(0, len(PLAIN)), st.sampled_from(INVISIBLE)), max_size=8))
def test_invisible_marks_change_no_figure_and_every_offset_holds(marks):
    text = PLAIN
    for at, mark in marks:
        text = text[:at] + mark + text[at:]
    found = read(text)
    assert [q.value_low for q in found] == [q.value_low for q in read(PLAIN)]
    for q, plain in zip(found, read(PLAIN), strict=True):
        shown = text[q.start : q.end]
        assert shown[0] not in INVISIBLE
        assert shown[-1] not in INVISIBLE
        assert "".join(char for char in shown if char not in INVISIBLE) == PLAIN[plain.start : plain.end]


@pytest.mark.parametrize(
    ("text", "slices"),
    [
        ("<i>12</i>&nbsp;M&euro; et 149¹ lots", ["12</i>&nbsp;M&euro;", "149¹ lots"]),
        ("ﬁn de 12 ate\u00adliers, neuf « pactes »", ["12 ate\u00adliers", "neuf « pactes"]),
        ("Ã©tÃ© 2021 : 12 Mâ‚¬", ["2021", "12 Mâ‚¬"]),
    ],
)
def test_figures_are_slices_of_the_text_given(text, slices):
    assert [text[q.start : q.end] for q in read(text)] == slices


@pytest.mark.parametrize(
    "text",
    ["3\n\nLa criée ouvre.\n", "La criée ouvre.\n- 4 -\n", "Page 3/12\nLa criée ouvre.", "ARTICLE\n12\nLa criée"],
)
def test_numbers_of_pages_and_articles_are_no_figures(text):
    assert read(text) == []


def test_a_number_that_is_the_whole_text_is_a_figure():
    assert values("149") == [149]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("T1-2024, S2/2023, 3T2022, 2021-T4", ["2024", "2023", "2022", "2021"]),
        ("le 15/05/99, le 3.2.05, le 12/11/40", ["1999-05-15", "2005-02-03", "1940-11-12"]),
        ("En octobre 96, en mai 68 comme en juin '24", ["1996-10", "1968-05", "2024-06"]),
        ("De 98 à 2005, entre 08 et 2012, 97-2003", ["1998/2005", "2008/2012", "1997/2003"]),
        ("de 20 à 30 lots, passé de 95 à 2003", [20, 95, "2003"]),
        ("l'été 98, puis fin 97", ["1998", "1997"]),
        ("en sept. 2019 et le 12-sept.-2019, le 5 nov. 18", ["2019-09", "2019-09-12", "2018-11-05"]),
        ("de janv. à déc. 2020, 03/2021", ["2020-01/2020-12", "2021-03"]),
        ("sept mille cinq cents lots, sept lots", [7500, 7]),
        ("le 1 er mai, du 1er-3 juin", ["--05-01", "--06-01/--06-03"]),
        ("à dix heures trente, dès huit heures et demie, 14h30, 18:45", []),
        ("pendant 2 ans et 6 mois, 1 h 45, 1 heure 30 minutes", ["P2Y6M", "PT1H45M", "PT1H30M"]),
        ("3/4 d'heure, une demi-heure, deux heures et demie", ["PT45M", "PT30M", "PT2H30M"]),
        ("un an et demi, 18 mois", ["P1Y6M", "P18M"]),
        ("le lundi 17, les jeudis 3 et 10 ; lundi, 17 élus", [17]),
        ("le 2024-05-01T10:00:00Z et le 2024/05/02", ["2024-05-01", "2024-05-02"]),
        ("exercices 2004 et suivants, exercice 2004-05", ["2004", "2004/2005"]),
        ("Les loyers de mars 12 élus", [12]),
    ],
)
def test_dates_and_times_in_short(text, wanted):
    assert values(text) == wanted
