"""Lists of figures: the two values, the reason, the doubt, the speaker, the place; the document is no markup."""

import re

import polars as pl
import pytest
from invented_readings import RIGHT, WRONG

from analysis.i18n.language import speaking
from analysis.reports.readings import figure_words
from analysis.reports.readings.figure_lists import against_list, bare_list, figures_list, short_list

TEXT = "La phase compte 185 territoires, dit-on, et 19 pôles."


def told(html: str) -> list[str]:
    """The text of each paragraph."""
    return [
        re.sub(r"<[^>]*>", "", one) for one in re.findall(r"<(?:p|blockquote)\b[^>]*>(.*?)</(?:p|blockquote)>", html)
    ]


def test_an_entry_says_what_was_published_what_it_was_confronted_with_and_why(figures):
    known = WRONG | {"page": 3, "paragraph": 12, "said_by": "Camille Exemple"}
    html = figures_list(figures(TEXT, ("185 territoires", known))).html
    assert told(html) == [
        "185 territoires ✗ contredit page 3, paragraphe 12",
        "Territoires labellisés, France, phase\u00a02, 14 mars 2024",
        "Publié 185, confronté à 183",
        "La liste compte 183 territoires.",
        f"{TEXT}Camille Exemple",
    ]
    assert '<li class="entry" id="r1">' in html
    assert '<a href="#f1">185 territoires</a>' in html
    assert "compte <mark>185 territoires</mark>, dit-on" in html


def test_what_is_doubtful_is_asked_in_french_and_told_in_english(figures):
    asked = {"questions": ["Est-ce la Corse ou <b> ?"], "questions_en": ["Is it Corse or <b>?"]}
    known = RIGHT | {"doubtful": True} | asked
    html = figures_list(figures(TEXT, ("185 territoires", known))).html
    assert "confirmé, lecture douteuse" in html
    assert told(html)[4] == "À vérifier. Est-ce la Corse ou &lt;b&gt; ?"
    with speaking("en"):
        html = figures_list(figures(TEXT, ("185 territoires", known))).html
    assert told(html)[4] == "To check. Is it Corse or &lt;b&gt;?"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({"value_low": 1e400, "value_high": 1e400}, "185 territoires"),
        ({"value_low": 1e399 * 0, "value_high": 1e15}, "185 territoires"),
        ({"value_low": None, "value_high": None}, "185 territoires"),
        ({"value_low": 1500.0, "value_high": None, "qualifier": "more_than"}, "plus de 1\u202f500"),
        ({"value_low": 45.5, "value_high": 45.5, "unit": "%"}, "45,5\u00a0%"),
        ({"value_low": 20240314.0, "value_high": 20240314.0, "unit": "date"}, "14 mars 2024"),
        ({"value_low": 130.0, "value_high": 130.0, "unit": "date"}, "185 territoires"),
        ({"value_low": 20241301.0, "value_high": 20241301.0, "unit": "date"}, "185 territoires"),
    ],
    ids=["infinite", "not a number", "no bound", "open", "share", "day", "day without year", "no day"],
)
def test_a_value_is_written_or_shown_as_the_document_has_it(figures, given, shown):
    row = figures(TEXT, ("185 territoires", RIGHT | given)).row(0, named=True)
    assert figure_words.value(row) == shown


@pytest.mark.parametrize(
    ("as_of", "shown"),
    [
        ("2024-03-14", "14 mars 2024"),
        ("2019/2022", "2019-2022"),
        (None, ""),
        ("--01-30", "--01-30"),
        ("2024-13", "2024-13"),
    ],
)
def test_a_date_is_written_or_shown_as_it_was_read(as_of, shown):
    assert figure_words.dated(as_of) == shown


def test_no_number_to_confront_is_said(figures):
    html = figures_list(figures(TEXT, ("185 territoires", RIGHT | {"registry_value": None}))).html
    assert "Publié 185, aucun nombre à lui comparer" in told(html)


def test_a_figure_of_a_table_is_shown_with_what_heads_it(figures):
    html = bare_list(figures("13", ("13", {"heads": "Corse – Communes <b>"}))).html
    assert "Corse – Communes &lt;b&gt;\u00a0: <mark>13</mark>" in html


def test_an_empty_list_says_so(figures):
    assert figures_list(figures(TEXT)).html == "<p>Aucun chiffre.</p>"
    assert short_list(figures(TEXT), "Rien <de> neuf.").html == "<p>Rien &lt;de&gt; neuf.</p>"


def test_only_one_list_holds_the_place_that_marks_lead_to(figures):
    both = figures(TEXT, ("185 territoires", RIGHT), ("19 pôles", {}))
    assert re.findall(r'id="(\w+)"', short_list(both).html) == []
    assert re.findall(r'id="(\w+)"', bare_list(both).html) == ["r1", "r2"]


def test_a_figure_that_stands_twice_in_its_sentence_is_not_marked_at_the_wrong_place(figures):
    html = bare_list(figures("Ou 12 ou 12.", ("12", {}))).html
    assert "<mark>" not in html


def test_nothing_of_the_document_is_markup(figures):
    hostile = WRONG | {
        "place": "<img src=x>",
        "said_by": "<script>",
        "reason": "</li>",
        "sentence": '"><b>185 territoires',
    }
    html = figures_list(figures(TEXT, ("185 territoires", hostile))).html
    assert set(re.findall(r"<(\w+)", html)) == {"ol", "li", "p", "a", "span", "strong", "blockquote", "mark", "cite"}


def test_a_figure_is_beside_the_one_of_another_source_that_excludes_it(figures):
    other = {"number": 2, "source_id": "bilan-2023", "value_low": 183.0, "value_high": 183.0, "qualifier": "exact",
             "unit": "territory", "as_of": "2024-03-14", "sentence": "La France compte <183> territoires."}  # fmt: skip
    both = figures(TEXT, ("185 territoires", WRONG), ("19 pôles", WRONG))
    html = against_list(both, pl.DataFrame([other])).html
    assert html.count("<li") == 1
    assert told(html)[-2:] == [
        "Contre 183 (14 mars 2024), note de lecture bilan-2023",
        "La France compte &lt;183&gt; territoires.",
    ]
    assert against_list(both.head(1), pl.DataFrame([other])).plain == "Aucun chiffre."


def test_an_entry_is_in_english_and_its_sentence_stays_french(figures):
    with speaking("en"):
        html = figures_list(figures(TEXT, ("185 territoires", WRONG | {"page": 3}))).html
    assert "contradicted" in html
    assert "The list counts 183 territories." in html
    assert '<span class="sentence" lang="fr">La phase' in html
    assert "[fr:" not in html
