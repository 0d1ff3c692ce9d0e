import polars as pl
import pytest

from analysis.i18n.language import alphabetical


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
