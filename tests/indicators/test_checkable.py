"""What can be checked: every concept once, with its rules and an example that its rules confirm."""

import pytest

from analysis.i18n.language import speaking
from analysis.reports.sections.checkable import CAPTIONS, GROUNDS, checkable_table, checkable_text
from analysis.sources import provenance


@pytest.fixture(scope="module")
def checkable(table):
    return table("out_checkable")


def test_every_concept_of_the_vocabulary_has_a_row_in_its_order(root, checkable):
    concepts = provenance.load_vocabulary(root / "data/raw/vocabulary.yaml")["concepts"]
    assert checkable.get_column("concept").to_list() == list(concepts)
    assert checkable.get_column("concept_label").to_list() == [one["label"] for one in concepts.values()]


def test_every_concept_has_rules_and_an_example(root, checkable):
    known = {one["name"] for one in provenance.read_yaml(root / "data/raw/checks.yaml")}
    for row in checkable.iter_rows(named=True):
        assert row["rules"], row["concept"]
        assert set(row["rules"]) <= known, row["concept"]
        assert row["verdict"] is not None, row["concept"]


def test_what_the_lists_say_is_the_example_of_what_is_compared_with_them(checkable):
    told = {row["concept"]: (row["place"], row["value_low"], row["verdict"]) for row in checkable.iter_rows(named=True)}
    assert told["labelled_territories"] == ("France", 183, "confirmed")
    assert told["net_new_territories"] == ("France", 34, "consistent")
    assert told["intercommunalities"] == ("France", 629, "confirmed")
    assert told["largest_territory_members"] == ("France", 20, "confirmed")
    assert told["share_of_intercommunalities_reapplying"] == ("France", 90, "consistent")  # published: a bound
    assert told["industrial_rank"] == ("Grand Est", 2, "not_checkable")


def test_every_kind_of_rule_has_its_words(checkable):
    assert set(checkable.explode("kinds").get_column("kinds")) <= set(GROUNDS)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_has_a_row_a_concept_in_both_languages(checkable, language):
    with speaking(language):
        shown = checkable_table(checkable, "lists")
        text = checkable_text(checkable)
    assert len(shown.rows) == checkable.height
    assert "[fr:" not in shown.text() + text
    assert CAPTIONS["lists"] == shown.caption or language == "en"
    assert len(set(shown.rows)) == checkable.height


def test_nothing_is_named_only_where_nothing_else_is(checkable):
    rows = {row["concept"]: row["kinds"] for row in checkable.iter_rows(named=True)}
    shown = checkable_table(checkable, "lists").rows
    grounds = {concept: row[2] for concept, row in zip(rows, shown, strict=True)}
    assert grounds["industrial_rank"] == "rien"
    assert "none" in rows["labelled_territories"]
    assert grounds["labelled_territories"] == "les listes officielles"
    assert set(rows["share_of_territories"]) == {"list", "arithmetic"}
    assert grounds["share_of_territories"] == "les listes officielles et un calcul"
