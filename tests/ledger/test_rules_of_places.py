"""What the rules of data/raw/checks.yaml say of figures as documents publish them, over the real lists."""

import itertools
import re
from dataclasses import replace

import polars as pl
import pytest

from analysis import ledger
from analysis.extraction import vocabulary
from analysis.i18n import typography
from analysis.i18n.language import FRENCH, speaking
from analysis.ledger.confront import FAILED, NO_REASON, verdict_of


def plain(text):
    return text.replace(typography.HARD_SPACE, " ").replace(typography.NARROW_SPACE, " ")


@pytest.fixture(scope="module")
def verdict(facts, checks, figures):
    """The verdict on one figure that stands alone in a document."""
    return lambda **figure: ledger.judge(figures(figure), facts, checks).row(0, named=True)


TERRITORIES = {"concept": "labelled_territories", "unit": "territory"}
COMMUNES = {"concept": "communes", "unit": "commune"}
PEOPLE = {"concept": "population", "unit": "inhabitant"}
GROUPS = {"concept": "intercommunalities", "unit": "intercommunality"}
MEMBERS = {"concept": "member_intercommunalities", "unit": "intercommunality"}
MORE = {"concept": "net_new_territories", "unit": "territory"}
GROWTH = {"concept": "territory_growth", "phase": None}
RANK = {"concept": "territory_rank", "unit": "rank"}
SHARE = {"unit": "%"}
NO_PHASE = {"phase": None}
CASES = [
    # territories, place by place
    (TERRITORIES | {"place": "Grand Est", "value": 21}, "confirmed", "territoires-liste", 21),
    (TERRITORIES | {"place": "Grand Est", "value": 20}, "contradicted", "territoires-liste", 21),
    (TERRITORIES | {"place": "Nord", "value": 4}, "confirmed", "territoires-du-departement", 4),
    (TERRITORIES | {"place": "Nord", "value": 5}, "contradicted", "territoires-du-departement", 4),
    (TERRITORIES | {"place": "Nord", "value": 2, "phase": 1, "as_of": "2019-03"}, "superseded",
     "territoires-avant-les-listes", 3),
    (TERRITORIES | {"place": "Nord", "value": 3, "phase": 1, "as_of": "2021"}, "confirmed",
     "territoires-du-departement", 3),
    (TERRITORIES | {"place": "Bretagne", "value": 12, "phase": 1, "as_of": "2020-12"}, "confirmed",
     "territoires-liste", 12),
    (TERRITORIES | {"place": "Bretagne", "value": 10, "phase": 1, "as_of": "2022-06"}, "consistent",
     "territoires-entre-deux-listes", 10),
    (TERRITORIES | {"place": "Bretagne", "value": 12, "phase": 1, "as_of": "2023"}, "contradicted",
     "territoires-liste", 10),
    (TERRITORIES | {"phase": 1, "value": 148, "as_of": "2020-12-15"}, "confirmed", "territoires-liste", 148),
    (TERRITORIES | {"phase": 1, "value": 149, "as_of": "2021-06"}, "consistent", "territoires-entre-deux-listes", 149),
    (TERRITORIES | {"phase": 1, "value": 150, "as_of": "2021-06"}, "contradicted",
     "territoires-entre-deux-listes", 149),
    (TERRITORIES | {"phase": 1, "value": 146, "as_of": "2020"}, "superseded", "territoires-liste", 148),
    (TERRITORIES | {"phase": 1, "value": 149, "as_of": "2020-01"}, "confirmed", "territoires-avant-les-listes", 149),
    (TERRITORIES | {"phase": 1, "value": 160, "as_of": "2020-01"}, "contradicted", "territoires-avant-les-listes", 149),
    (TERRITORIES | {"phase": 1, "value": 141, "as_of": "2020-06-18"}, "not_checkable",
     "territoires-recul-avant-les-listes", None),
    (MEMBERS | {"place": "Pays de Brest", "value": 2, "phase": 1, "as_of": "2021"}, "not_checkable",
     "membres-d-un-territoire-sans-liste", None),
    (COMMUNES | {"place": "Pays de Brest", "value": 40, "phase": 1, "as_of": "2021"}, "confirmed",
     "communes-d-un-lieu", 40),
    (COMMUNES | {"value": 15697, "phase": 1, "as_of": "2020-12"}, "superseded", "communes-de-la-phase", 15675),
    (GROUPS | {"value": 630, "as_of": "2024-01"}, "confirmed", "intercommunalites-liste", 630),
    (GROUPS | {"value": 630, "as_of": "2025"}, "contradicted", "intercommunalites-liste", 629),
    (GROUPS | {"value": 629, "as_of": "2025"}, "confirmed", "intercommunalites-liste", 629),
    (TERRITORIES | NO_PHASE | {"value": 183}, "consistent", "territoires-phase-non-dite", 183),
    (TERRITORIES | NO_PHASE | {"value": 160}, "contradicted", "territoires-phase-non-dite", 149),
    (TERRITORIES | NO_PHASE | {"value": 124, "as_of": "2018-11-22"}, "superseded", "territoires-phase-non-dite", 148),
    (TERRITORIES | {"phase": 1, "value": 124, "as_of": None}, "not_checkable", "territoires-sans-date", None),
    (TERRITORIES | {"phase": 1, "value": 149, "as_of": None}, "confirmed", "territoires-liste", 149),
    (TERRITORIES | {"phase": 1, "value": 146, "as_of": "2021-10-11"}, "contradicted", "territoires-liste", 148),
    # differences, growth, ranks, shares
    (MORE | {"value": 34}, "consistent", "territoires-de-plus", 34),
    (MORE | {"value": 34, "phase": 1}, "consistent", "territoires-de-plus", 34),
    (MORE | {"value": 22, "phase": 1}, "not_checkable", "territoires-ajoutes-en-cours-de-phase", None),
    (MORE | {"value": 6, "place": "Grand Est"} | NO_PHASE, "consistent", "territoires-de-plus", 6),
    (MORE | {"value": 9, "place": "Grand Est"}, "contradicted", "territoires-de-plus", 6),
    (GROWTH | {"place": "Guadeloupe", "value": 3, "unit": "factor"}, "consistent", "evolution-en-facteur", 3),
    (GROWTH | {"value": 2, "unit": "factor"}, "contradicted", "evolution-en-facteur", 183 / 149),
    (GROWTH | {"value": 1.2, "unit": "factor"}, "consistent", "evolution-en-facteur", 183 / 149),
    (GROWTH | {"value": 23, "unit": "%"}, "consistent", "evolution-en-part", 100 * 34 / 149),
    (GROWTH | {"value": 50, "unit": "%"}, "contradicted", "evolution-en-part", 100 * 34 / 149),
    (GROWTH | {"place": "Guyane", "value": 33, "unit": "%"}, "not_checkable", "evolution-en-baisse", None),
    (GROWTH | {"place": "Mayotte", "value": 2, "unit": "factor"}, "not_checkable", "evolution-sans-depart", None),
    (RANK | {"place": "Grand Est", "value": 2}, "confirmed", "rang-d-une-region", 2),
    (RANK | {"place": "Grand Est", "value": 1}, "contradicted", "rang-d-une-region", 2),
    (SHARE | {"concept": "share_of_territories", "place": "Grand Est", "value": 11.5}, "confirmed",
     "part-des-territoires-liste", 100 * 21 / 183),
    (SHARE | {"concept": "share_of_territories", "place": "Grand Est", "value": 15}, "contradicted",
     "part-des-territoires-liste", 100 * 21 / 183),
    ({"concept": "new_territories", "unit": "territory", "value": 29} | NO_PHASE, "confirmed",
     "territoires-entierement-nouveaux", 29),
    ({"concept": "new_territories", "unit": "territory", "place": "Grand Est", "value": 2}, "confirmed",
     "territoires-nouveaux-d-une-region", 2),
    ({"concept": "kept_territories", "unit": "territory", "value": 115}, "consistent", "territoires-reconduits", 142),
    ({"concept": "kept_territories", "unit": "territory", "value": 60}, "contradicted", "territoires-reconduits", 142),
    ({"concept": "left_territories", "unit": "territory", "value": 7}, "consistent", "territoires-sortis", 7),
    ({"concept": "left_territories", "unit": "territory", "value": 5}, "contradicted", "territoires-sortis", 7),
    ({"concept": "departments", "unit": "department", "value": 99}, "confirmed", "departements-du-programme", 99),
    ({"concept": "departments", "unit": "department", "value": 90}, "contradicted", "departements-du-programme", 99),
    ({"concept": "regions", "unit": "region", "value": 18}, "confirmed", "regions-du-programme", 18),
    ({"concept": "regions", "unit": "region", "value": 18, "phase": 1}, "contradicted", "regions-du-programme", 17),
    # members
    (MEMBERS | {"place": "Nord Lorraine", "value": 10}, "confirmed", "intercommunalites-du-territoire", 10),
    (MEMBERS | {"place": "Nord Lorraine", "value": 12}, "contradicted", "intercommunalites-du-territoire", 10),
    (MEMBERS | NO_PHASE | {"place": "Nord Lorraine", "value": 11}, "consistent", "phase-non-dite", 11),
    (GROUPS | {"place": "Nord Lorraine", "value": 10}, "confirmed", "intercommunalites-du-territoire", 10),
    (GROUPS | {"value": 551, "phase": 1, "as_of": "2018"}, "superseded", "intercommunalites-liste", 550),
    (GROUPS | NO_PHASE | {"value": 630}, "consistent", "phase-non-dite", 630),
    (GROUPS | NO_PHASE | {"value": 551, "as_of": "2018"}, "superseded", "phase-non-dite", 550),
    (GROUPS | NO_PHASE | {"value": 600}, "contradicted", "phase-non-dite", 630),
    (MEMBERS | {"place": "France", "value": 630}, "confirmed", "intercommunalites-liste", 630),
    (SHARE | {"concept": "share_of_intercommunalities", "value": 50}, "confirmed", "part-des-intercommunalites", 49.76),
    (SHARE | {"concept": "share_of_intercommunalities", "value": 75, "qualifier": "nearly"}, "contradicted",
     "part-des-intercommunalites", 49.76),
    (SHARE | {"concept": "share_of_intercommunalities", "place": "Grand Est", "value": 65.3}, "confirmed",
     "part-des-intercommunalites-d-une-region", 65.33),
    # communes and inhabitants
    (COMMUNES | {"value": 16186, "phase": 1, "as_of": "2022"}, "superseded", "communes-de-la-phase", 16169),
    (COMMUNES | NO_PHASE | {"value": 16186, "as_of": "2022"}, "superseded", "phase-non-dite", 16169),
    (COMMUNES | {"value": 15000, "value_high": None, "qualifier": "more_than", "phase": 1}, "confirmed",
     "communes-de-la-phase", 16169),
    (COMMUNES | {"place": "MEL", "value": 95}, "confirmed", "communes-de-l-intercommunalite", 95),
    (COMMUNES | {"place": "MEL", "value": 85}, "contradicted", "communes-de-l-intercommunalite", 95),
    (COMMUNES | {"place": "Nord Lorraine", "value": 218}, "confirmed", "communes-d-un-lieu", 218),
    (COMMUNES | {"place": "Nord Lorraine", "value": 200}, "contradicted", "communes-d-un-lieu", 218),
    (COMMUNES | {"place": "Grand Est", "value": 5118}, "confirmed", "communes-du-lieu-entier", 5118),
    (SHARE | {"concept": "share_of_communes", "value": 53.6}, "confirmed", "part-des-communes", 53.585),
    (SHARE | {"concept": "share_of_communes", "value": 100 / 3}, "contradicted", "part-des-communes", 53.585),
    (PEOPLE | {"value": 3e7, "phase": 1}, "confirmed", "population-de-la-phase", 30929176),
    (PEOPLE | {"place": "MEL", "value": 1.2e6, "qualifier": "approximately"}, "confirmed",
     "population-de-l-intercommunalite", 1194040),
    (PEOPLE | {"place": "MEL", "value": 1174273}, "consistent", "population-d-une-autre-annee", 1194040),
    (PEOPLE | {"place": "MEL", "value": 2e6}, "contradicted", "population-d-une-autre-annee", 1194040),
    (PEOPLE | {"place": "Grand Est", "value": 4161043}, "confirmed", "population-d-un-lieu", 4161043),
    (PEOPLE | NO_PHASE | {"place": "Lille", "value": 234000}, "consistent", "population-sans-phase", 238695),
    (PEOPLE | {"value": 68e6} | NO_PHASE, "confirmed", "population-du-lieu-entier", 68017091),
    (SHARE | {"concept": "share_of_population", "value": 60}, "confirmed", "part-de-la-population", 59.989),
    (SHARE | {"concept": "share_of_population", "value": 50}, "contradicted", "part-de-la-population", 59.989),
    # averages
    ({"concept": "members_per_territory", "unit": "intercommunality", "value": 3.4}, "confirmed",
     "intercommunalites-par-territoire", 630 / 183),
    ({"concept": "members_per_territory", "unit": "intercommunality", "value": 5}, "contradicted",
     "intercommunalites-par-territoire", 630 / 183),
    ({"concept": "communes_per_territory", "unit": "commune", "value": 102}, "confirmed", "communes-par-territoire",
     18720 / 183),
    ({"concept": "communes_per_territory", "unit": "commune", "value": 102, "phase": 1}, "contradicted",
     "communes-par-territoire", 16169 / 149),
    ({"concept": "inhabitants_per_territory", "unit": "inhabitant", "value": 220000, "qualifier": "approximately"},
     "confirmed", "habitants-par-territoire", 40802820 / 183),
    ({"concept": "members_per_territory", "unit": "intercommunality", "place": "Mayotte", "phase": 1, "value": 3},
     "not_checkable", "moyenne-sans-territoire", None),
    # what the lists cannot be asked
    (TERRITORIES | {"place": "CC des Quatre Rivières", "value": 1}, "not_checkable", "homonymes", None),
    (TERRITORIES | {"place": "Atlantide", "value": 1}, "not_checkable", "lieu-inconnu", None),
    (TERRITORIES | {"place": "Nord Lorraine", "value": 1}, "not_checkable", "lieu-hors-mesure", None),
    (SHARE | {"concept": "share_of_communes", "place": "MEL", "value": 50}, "not_checkable", "lieu-hors-mesure", None),
    (TERRITORIES | {"value": 183, "as_of": "2015"}, "not_checkable", "avant-le-programme", None),
    (TERRITORIES | {"value": 183, "as_of": "2035-01"}, "not_checkable", "apres-le-programme", None),
    # amounts, and what other sources said
    ({"concept": "envelope", "unit": "EUR", "phase": 1, "value": 1.3e9, "as_of": "2018-11"}, "contradicted",
     "enveloppe-de-la-phase-1", 1.36e9),
    ({"concept": "envelope", "unit": "EUR", "phase": 1, "value": 1.4e9, "as_of": "2018-11"}, "consistent",
     "enveloppe-de-la-phase-1", 1.4e9),
    ({"concept": "envelope", "unit": "EUR/year", "value": 1e8}, "superseded", "enveloppe-annuelle-reduite", 52e6),
    ({"concept": "envelope", "unit": "EUR/year", "value": 52e6, "as_of": "2025"}, "consistent", "deja-publie", None),
    ({"concept": "paid", "unit": "EUR", "phase": 1, "value": 7e6, "as_of": "2018/2022"}, "contradicted",
     "contredit-par-une-autre-source", None),
    ({"concept": "paid", "unit": "EUR", "phase": 1, "value": 7e6, "as_of": "2019/2020"}, "not_checkable",
     "credits-sans-detail", None),
    ({"concept": "industrial_rank", "unit": "rank", "place": "Grand Est", "value": 2}, "not_checkable",
     "classement-sans-donnee", None),
]  # fmt: skip


@pytest.mark.parametrize(("figure", "verdict_code", "rule", "value"), CASES)
def test_published_figure_has_its_verdict(verdict, figure, verdict_code, rule, value):
    row = verdict(**figure)
    assert (row["verdict"], row["rule"]) == (verdict_code, rule), row["reason"]
    if value is not None:
        assert row["registry_value"] == pytest.approx(value, rel=1e-4)


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (GROUPS | NO_PHASE | {"value": 630}, "550 en phase 1, 630 en phase 2"),
        (TERRITORIES | {"place": "CC des Quatre Rivières", "value": 1}, "247000623 (CC des Quatre Rivières, CC), 2474"),
        (SHARE | {"concept": "share_of_communes", "value": 100 / 3}, "18 720 sur 34 935, soit 53,6 %, et non 33,3 %"),
        (COMMUNES | NO_PHASE | {"value": 16186, "as_of": "2022"}, "code officiel géographique de la date"),
        (GROUPS | {"place": "Grand Est", "phase": 1, "value": 1}, "(Grand Est) : 103, et non 1."),
    ],
)
def test_reason_gives_the_numbers_and_the_words(verdict, figure, words):
    assert words in plain(verdict(**figure)["reason"])


# --- whatever a document claims ------------------------------------------------------------------------------

PLACES = (
    "France",
    "Grand Est",
    "Mayotte",
    "Nord",
    "Vosges",
    "Nord Lorraine",
    "MEL",
    "Lille",
    "Saint-Denis",
    "Nulle part",
)
DATES = ("2015", "2018-11-22", "2019/2022", "2022-12", "2023-11-09", "2024-02-30", "hier", None)


def test_no_figure_of_any_concept_place_phase_and_date_raises(rules, facts, checks, figures):
    concepts = vocabulary.parse(rules).concepts
    grid = itertools.product(concepts.items(), PLACES, (None, 1, 2))
    rows = [
        {"concept": name, "unit": min(one.units), "place": place, "phase": phase, "value": 10 ** (rank % 8),
         "as_of": DATES[rank % len(DATES)]}
        for rank, ((name, one), place, phase) in enumerate(grid)
    ]  # fmt: skip
    judged = ledger.judge(figures(*rows), facts, checks)
    assert judged.height == len(rows)
    assert judged.get_column("verdict").null_count() == judged.get_column("reason").null_count() == 0
    assert judged.get_column("reason_en").null_count() == 0
    assert judged.filter(reason=NO_REASON).is_empty()
    for reason in judged.get_column("reason").unique():
        assert reason.endswith("."), reason
        assert not re.search(r"'|  |\{|\}|None", reason), reason
        assert reason == typography.spaced(reason), reason


def test_no_rule_fails(rules, facts, checks):
    """A figure of a note that a rule cannot compute would stop the pipeline."""
    grid = itertools.product(vocabulary.parse(rules).concepts.items(), PLACES, (None, 1, 2), DATES[1:5], (7.0, 1e6))
    claims = [
        {
            "claim_id": f"s{rank}:x", "source_id": f"s{rank}", "concept": name, "unit": max(one.units), "place": place,
            "phase": phase, "as_of": as_of, "qualifier": "exact", "value_low": value, "value_high": value,
        }
        for rank, ((name, one), place, phase, as_of, value) in enumerate(grid)
        if "date" not in one.units
    ][::7]  # fmt: skip
    stated = pl.concat([facts.statements.claims, pl.DataFrame(claims)], how="diagonal_relaxed")
    beside = replace(facts, statements=replace(facts.statements, claims=stated))
    with speaking(FRENCH):
        for claim in claims:
            found = verdict_of(claim, beside, checks)
            assert not found["reason"].startswith(FAILED), (claim, found["reason"])


def test_an_amount_of_a_day_is_no_first_instalment(rules, facts, checks):
    """It states no period: the rule on amounts of one year does not apply, and does not fail."""
    claim = facts.statements.claims.filter(claim_id="nord-lorraine-2024:envelope:france:1").row(0, named=True)
    with speaking(FRENCH):
        assert verdict_of(claim, facts, checks)["rule"] == "cent-millions-d-une-annee"
        assert verdict_of(claim | {"as_of": "2023-11-09"}, facts, checks)["rule"] == "credits-sans-detail"
