import polars as pl
import pytest

from analysis.i18n.language import LOOKED_UP, alphabetical, marked, marked_html, speaking, tr


@pytest.mark.parametrize(
    "names",
    [
        ["Epagny", "Épernay", "Étampes", "Vosges"],
        ["L’Isle", "Laval", "Lisieux"],
        ["le Mans", "Le Port"],
        ["Nord Est", "Nord-Ouest", "Nordique"],
        ["Odile", "Œuilly", "Oger"],
        ["Île-de-France", "Indre"],
        ["Eze", "Èze"],
    ],
)
def test_names_sort_word_by_word_whatever_their_accents(names):
    told = pl.DataFrame({"name": names[::-1]})
    assert told.sort(alphabetical("name")).get_column("name").to_list() == names


def test_columns_sort_one_after_the_other():
    told = pl.DataFrame({"one": ["É", "E", "a"], "other": ["a", "b", "c"]})
    assert told.sort(*alphabetical("one", "other")).rows() == [("a", "c"), ("É", "a"), ("E", "b")]


# --- without a translation ---


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<b>[fr: Un titre [1]]</b> [a]", '<b><span lang="fr">[fr: Un titre [1]]</span></b> [a]'),
        ('<img alt="[fr: Une carte]"> [fr: Un]', '<img alt="[fr: Une carte]"> <span lang="fr">[fr: Un]</span>'),
        ("## [fr: Un titre]", '## <span lang="fr">[fr: Un titre]</span>'),
        ("<p>fr: [rien]</p>", "<p>fr: [rien]</p>"),
    ],
)
def test_french_words_in_html_are_said_to_be_french(html, told):
    assert marked_html(html) == told


def test_what_is_looked_up_is_remembered_with_its_language():
    message = "Un message qui n’a pas de traduction"
    assert tr(message) == message
    assert ("fr", message) not in LOOKED_UP
    with speaking("en"):
        assert tr(message) == marked(message) == f"[fr: {message}]"
    assert ("en", message) in LOOKED_UP
