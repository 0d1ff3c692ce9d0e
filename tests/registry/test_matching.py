import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.registry.matching import EMPTY_WORDS, match_enumeration

NAMES = ["Alsace bossue - Saverne - Sarrebourg - Nord Alsace", "Alsace centrale", "Bassins de Langres - Chaumont",
         "Nord Est Ardenne", "Sud Alsace", "Val de Lorraine", "Terres de Lorraine"]  # fmt: skip
DECORATIONS = ("{}", "CC de {}", "CA du {}", "Communauté de communes de l'{}", "EPT {}", "  {} ")
words = st.text("abcdefghijklmnopqrtuvwxyz", min_size=4, max_size=9).filter(lambda word: word not in EMPTY_WORDS)
names = st.lists(st.lists(words, min_size=1, max_size=4).map(" ".join), min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("item", "name"),
    [
        ("Alsace bossue – Saverne – Nord Alsace", "Alsace bossue - Saverne - Sarrebourg - Nord Alsace"),
        ("ALSACE CENTRALE", "Alsace centrale"),
        ("Langres-Chaumont", "Bassins de Langres - Chaumont"),
        ("Nord Est Ardennes", "Nord Est Ardenne"),
        ("le val de lorraine", "Val de Lorraine"),
    ],
)
def test_item_denotes_the_name_that_shares_most_words(item, name):
    assert match_enumeration([item], NAMES) == {item: name}


@pytest.mark.parametrize(
    ("item", "name"),
    [
        ("l'Arc Mosellan", "CC de l'Arc Mosellan"),
        ("Val de Fensch", "CA du Val de Fensch"),
        ("Eurométropole de Metz", "Metz Métropole"),
        ("Grand Longwy Agglomération", "CA Grand Longwy Agglomération"),
        ("Métropole Européenne de Lille", "Métropole Européenne de Lille"),
        ("Cœur de Flandre", "CA Coeur de Flandre Agglo"),
    ],
)
def test_kind_of_body_does_not_count(item, name):
    assert match_enumeration([item], [name, "CC Rives de Moselle"]) == {item: name}


def test_item_is_unmatched_when_two_names_do_as_well():
    assert match_enumeration(["Lorraine Nord"], ["Nord de la Lorraine", "Lorraine - Nord"]) == {"Lorraine Nord": None}


def test_item_is_unmatched_when_half_of_the_words_are_shared():
    assert match_enumeration(["Lorraine"], ["Val de Lorraine"]) == {"Lorraine": None}


def test_both_items_are_unmatched_when_they_claim_one_name():
    assert match_enumeration(["CC Vosges", "CA Vosges"], ["Vosges"]) == {"CC Vosges": None, "CA Vosges": None}


def test_better_item_takes_the_name_when_two_claim_it():
    found = match_enumeration(["Nord Est Ardenne", "Nord Ardenne"], ["Nord Est Ardenne"])
    assert found == {"Nord Est Ardenne": "Nord Est Ardenne", "Nord Ardenne": None}


def test_nothing_matches_when_there_is_no_name():
    assert match_enumeration(["Vosges"], []) == {"Vosges": None}


def test_name_of_empty_words_still_matches_itself():
    assert match_enumeration(["La Métropole"], ["La Métropole", "Metz"]) == {"La Métropole": "La Métropole"}


@given(names=names, items=names, data=st.data())
def test_order_of_items_and_names_is_irrelevant(names, items, data):
    shuffled = match_enumeration(data.draw(st.permutations(items)), data.draw(st.permutations(names)))
    assert match_enumeration(items, names) == shuffled


@given(names=names, items=names)
def test_no_name_is_given_twice(names, items):
    given_names = [name for name in match_enumeration(items, names).values() if name is not None]
    assert len(given_names) == len(set(given_names))


@given(
    parts=st.lists(words, min_size=2, max_size=6, unique_by=lambda word: word.removesuffix("s")),
    form=st.sampled_from(DECORATIONS),
)
def test_decorated_name_denotes_itself(parts, form):
    assert match_enumeration([form.format(part.upper()) for part in parts], parts) == {
        form.format(part.upper()): part for part in parts
    }
