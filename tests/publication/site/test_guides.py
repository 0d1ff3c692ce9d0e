"""Pages for analysts: what they say is what the code does, every number is marked, both languages are whole."""

import re
from pathlib import Path

import pytest
from unmarked import unmarked

from analysis.i18n.hedges import HEDGES
from analysis.i18n.language import speaking
from analysis.i18n.passages import messages
from analysis.io import store
from analysis.ledger import VERDICTS, agreement
from analysis.publication.site import guides, method_hedges, method_numbers
from analysis.registry import geography, official_lists, phases
from analysis.reports.library import Library
from analysis.tables.codes import KINDS

ENTRY = re.compile(r"^## (.+)\n\n(.+)$", re.MULTILINE)
WHERE = " *Où :* "


@pytest.fixture(scope="module")
def tables(root: Path) -> method_numbers.Tables:
    raw = {name: store.read_raw(name, root) for name in method_numbers.COMMUNE_TABLES}
    then = official_lists.commune_count_at_edition(raw, 1, method_numbers.EDITION)
    return method_numbers.Tables(
        {name: store.read_table(name, root) for name in method_numbers.NEEDED}, Library(root).judged, then
    )


def made(tables: method_numbers.Tables, root: Path, language: str) -> dict[str, str]:
    with speaking(language):
        worded = method_numbers.Tables(tables.plain, Library(root).judged, tables.communes_then)
        return guides.guides(method_numbers.values(worded))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_number_of_the_prose_is_without_a_mark(tables, root, language):
    for name, text in made(tables, root, language).items():
        assert unmarked(text) == [], name


def test_english_pages_are_no_french_ones(tables, root):
    french, english = (made(tables, root, name) for name in ("fr", "en"))
    for name, text in english.items():
        same = set(messages(french[name])) & set(messages(text))
    assert all(len(one) < 9 or one == "Territoire d’industrie" for one in same), same  # ANCT, G.A.M.E, Concept…


def test_method_counts_what_the_tables_hold(tables):
    found = method_numbers.values(tables)
    assert ">149</data>\u00a0territoires" in found["territories_1"]
    assert "phase=2" in found["members_2"]
    assert found["communes_verdict"] == "dépassé"
    assert "redonne exactement" in found["edition_check"]
    assert sum(int(re.search(r">(\d+)<", found[one])[1]) for one in VERDICTS) == tables["out_ledger"].height


def test_commune_check_says_when_the_count_differs(tables):
    other = method_numbers.Tables(tables.plain, tables.judged, tables.communes_then + 1)
    assert "ne redonne pas" in method_numbers.values(other)["edition_check"]


def test_table_without_rows_is_told_in_words(tables):
    assert tables["core_unresolved"].is_empty()
    assert method_numbers.values(tables)["unresolved"] == "aucun"


def test_worked_example_goes_from_the_sentence_to_the_verdict(tables):
    shown = method_hedges.example(tables.judged, tables["core_claims"])
    assert f'href="notes.html#{method_hedges.EXAMPLE}"' in shown
    assert ">22,5\u00a0%</data> à moins de" in shown
    assert "<strong>confirmé</strong>" in shown


def test_worked_example_is_another_one_where_the_first_is_gone(tables):
    others = tables.judged.filter(claim_id=method_hedges.EXAMPLE, verdict="none")
    assert method_hedges.example(others, tables["core_claims"]) == ""
    rest = tables.judged.remove(claim_id=method_hedges.EXAMPLE)
    assert "confirmé" in method_hedges.example(rest, tables["core_claims"])


def test_table_of_hedges_has_every_hedge_and_its_bounds(tables):
    assert set(method_hedges.RULES) == {*HEDGES, "exact", "between"}
    shown = method_hedges.hedges(tables.judged)
    assert (agreement.AROUND, agreement.CLOSE_BELOW) == (0.2, 0.1)
    assert "<code>0,8 v ≤ x ≤ 1,2 v</code>" in shown
    assert "<code>0,9 v ≤ x &lt; v + h</code>" in shown
    assert shown.count("<tr>") == len(method_hedges.RULES) + 1


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ({"qualifier": "at_most", "value_low": None, "value_high": 4}, "au plus 4"),
        ({"qualifier": "less_than", "value_low": None, "value_high": 4}, "moins de 4"),
        ({"qualifier": "at_least", "value_low": 4, "value_high": None}, "au moins 4"),
        ({"qualifier": "more_than", "value_low": 4, "value_high": None}, "plus de 4"),
        ({"qualifier": "approximately", "value_low": 50, "value_high": 50}, "de 40 à 60"),
        ({"qualifier": "exact", "value_low": 1200, "value_high": 1200}, "de 1\u202f150 à moins de 1\u202f250"),
    ],
    ids=lambda value: value["qualifier"] if isinstance(value, dict) else value,
)
def test_admitted_values_are_those_of_the_hedge(claim, said):
    text = method_hedges.admitted({"claim_id": "a:b:c:1", "unit": "project", **claim})
    assert re.sub(r"<[^>]+>", "", text) == said


def test_what_the_method_says_in_words_is_what_the_code_does():
    text = guides.text(guides.METHOD)
    assert (agreement.WIDEST_HALF_STEP, agreement.EXACT_BELOW, phases.LEAST_SHARED_PCT) == (1 / 20, 1000, 10)
    assert all(one in text for one in ("un vingtième", "au-dessous du millier", "un dixième au moins des habitants"))
    named = set(map(int, re.findall(r"EPSG:(\d+)", text)))
    assert named == {geography.MAINLAND, geography.EQUAL_AREA, *geography.PROJECTIONS.values()}


def test_paths_that_pages_name_exist(root):
    for name in guides.GUIDES:
        for path in re.findall(r"`((?:data|src)/[\w./-]+)`", guides.text(name)):
            assert (root / path).exists() or "exemple-2026" in path, path


def test_glossary_defines_each_term_in_two_sentences_at_most_and_says_where_it_is_used():
    entries = ENTRY.findall(guides.text(guides.GLOSSARY))
    assert [term for term, _ in entries] == re.findall(r"^## (.+)$", guides.text(guides.GLOSSARY), re.MULTILINE)
    assert {"EPCI", "EPT", "COG", "AODE", "ANCT", "SCOT", "Insee", "DROM", "PSTET"} <= {term for term, _ in entries}
    assert [term.lower() for term, _ in entries] == sorted(term.lower() for term, _ in entries)
    for term, text in entries:
        definition, separator, where = text.partition(WHERE)
        assert separator, term
        assert where, term
        assert len(re.findall(r"[.!?](?=\s|$)", definition)) <= 2, term


def test_glossary_is_right_about_who_can_be_a_member():
    assert set(KINDS) == {"epci", "ept", "commune"}
