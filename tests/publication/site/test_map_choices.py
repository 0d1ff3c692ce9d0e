"""What readers choose on the map: each edition with its change in a sentence, each column with its legend."""

import pytest

from analysis.i18n.language import speaking
from analysis.io.paths import LAYERS
from analysis.publication.site import map_choices
from analysis.publication.webmap import TABLES, Steps
from analysis.sources import context, provenance


@pytest.fixture(scope="module")
def editions(table) -> list[dict]:
    return map_choices.editions(Steps(*(table(name) for name in TABLES)))


@pytest.fixture(scope="module")
def columns(root) -> dict[str, dict]:
    known = provenance.load_sources(root / "data/raw/sources.yaml")
    return {one["key"]: one for one in map_choices.columns(context.load(root / LAYERS, known), known)}


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_editions_come_in_order_with_name_phase_and_count(editions):
    assert [(one["id"], one["phase"], one["newest"], one["first"], one["tick"]) for one in editions] == [
        ("2020-10", 1, False, True, "oct. 2020"),
        ("2022-12", 1, True, False, "déc. 2022"),
        ("2023-11", 2, False, False, "nov. 2023"),
        ("2024-09", 2, True, False, "sept. 2024"),
    ]
    assert plain(editions[0]["facts"]) == "Phase 1 (2019-2022), 148 territoires"


def test_change_is_said_in_a_sentence_with_the_counts_of_the_table(editions, table):
    assert plain(editions[3]["change"]) == (
        "Depuis l’édition précédente (liste de novembre 2023) : 11 communes entrées et 73 communes sorties."
    )
    counts = table("out_edition_change").filter(to_edition="2024-09", unit="commune").group_by("change").len()
    assert dict(counts.iter_rows()) == {"entered": 11, "left": 73}


def test_between_phases_communes_that_stayed_are_counted_and_no_territory(editions, table):
    communes = table("core_memberships")
    first, second = (set(communes.filter(edition=one)["commune_code"]) for one in ("2022-12", "2023-11"))
    said = plain(editions[2]["change"])
    for some, noun in ((second - first, "entrées"), (first - second, "sorties"), (first & second, "restées")):
        assert f"{len(some):,} communes {noun}".replace(",", " ") in said
    assert "territoire" not in said


def test_english_of_editions(table):
    with speaking("en"):
        found = map_choices.editions(Steps(*(table(name) for name in TABLES)))
    assert found[0]["name"] == "List of 15 October 2020"
    assert "502 communes entered, 8 communes left" in plain(found[1]["change"])
    assert found[3]["tick"] == "Sep 2024"


def test_columns_say_title_meaning_source_and_licence(columns):
    change = columns["employees_change_2018_2023"]
    assert plain(change["title"]) == "Salariés du secteur privé : évolution 2018-2023"
    assert change["with"] == ["employees_change_2014_2018"]
    assert plain(change["after"]).endswith("Licence : ODbL 1.0.")
    assert change["address"] == "sources.html#source-urssaf-employees-2024"
    assert plain(columns["industry_share"]["means"]) == "Part dans l’ensemble : emploi au lieu de travail"
    assert columns["industry_share"]["level"] == "epci"
    assert columns["acv"]["with"] == []


def test_no_sentence_of_the_map_reads_as_an_effect(columns, editions):
    text = " ".join(str(one) for one in [*columns.values(), *editions]).lower()
    assert not [word for word in ("grâce", "effet", "impact", "permis de", "a créé") if word in text]
