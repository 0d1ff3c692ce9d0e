"""Published figures: what is kept, computed, told apart and refused."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import ClaimError, UnknownCodeError
from analysis.i18n import periods
from analysis.i18n.language import speaking
from analysis.indicators import enumerations, envelopes, hundred_millions, label_timeline, plan
from analysis.sources.provenance import Licence, Source
from analysis.tables import TABLES
from analysis.tables.schema import TYPES

LICENCE = Licence(name="Licence Ouverte 2.0", stated_at="ici")
SOURCES = {
    name: Source(id=name, kind="article", producer=f"Journal {name}", title="Article", url=None, published="2023-11",
                 accessed="2026-11", licence=LICENCE, sha256=None)
    for name in ("a", "b")
}  # fmt: skip
BASE = {
    "source_id": "a", "concept": "envelope", "place": "France", "phase": 1, "value_low": 1e8, "value_high": 1e8,
    "qualifier": "exact", "unit": "EUR", "as_of": "2023", "sentence": "Une phrase.", "start": 0, "end": 1,
}  # fmt: skip
TERRITORIES = pl.DataFrame(
    [(1, "ti-4401", "Alsace centrale", "44", "Grand Est"), (1, "ti-4402", "Vosges", "44", "Grand Est"),
     (2, "ti-4401", "Nord Lorraine", "44", "Grand Est")],
    schema=["phase", "territory_id", "name", "region_code", "region_name"], orient="row",
)  # fmt: skip
EDITIONS = pl.DataFrame(
    [("2019-10", 1, "2019-10-01", 145), ("2022-12", 1, "2022-12-31", 2), ("2023-11", 2, "2023-11-09", 1)],
    schema=["id", "phase", "valid_from", "territory_count"], orient="row",
)  # fmt: skip
MEMBERS = pl.DataFrame(
    [(2, "ti-4401", "200039865", "epci", "Metz Métropole"),
     (2, "ti-4401", "245701354", "epci", "CC de l'Arc Mosellan")],
    schema=["phase", "territory_id", "member_code", "member_kind", "member_name"], orient="row",
)  # fmt: skip


def claims(*rows):
    """core_claims with `rows`, each given as what differs from BASE."""
    fields = {one.name: TYPES[one.type] for one in TABLES["core_claims"].fields}
    full = [{"claim_id": f"c{rank}"} | BASE | row for rank, row in enumerate(rows)]
    return pl.DataFrame(full, schema=fields)


def listing(concept, place, *items, source_id="a"):
    rows = [(source_id, concept, place, rank, item) for rank, item in enumerate(items, start=1)]
    schema = {"source_id": pl.String, "concept": pl.String, "place": pl.String, "rank": pl.Int64, "item": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def label(**given):
    return {"concept": "labelled_territories", "unit": "territory", "value_low": 144, "value_high": 144} | given


LABELS = (
    label(as_of="2019-09-24"),
    label(value_low=146, value_high=146, as_of="2019-11"),
    label(phase=2, as_of="2023"),
)
MONEY = (
    {"unit": "EUR/year", "as_of": "2019/2022", "sentence": "La Banque des Territoires apporte 100 M€ par an."},
    {"as_of": "2023", "phase": 2},
    {"as_of": "2023/2027", "phase": 2, "value_low": 5e8, "value_high": 5e8},
    {"unit": "EUR/year", "as_of": "2023/2027", "phase": 2},
    {"unit": "EUR/year", "as_of": "2025", "phase": 2, "value_low": 5.2e7, "value_high": 5.2e7},
    {"as_of": "2018-11-22", "value_low": 1.3e9, "value_high": 1.3e9},
)


# --- dates -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "day", "years", "shown"),
    [
        ("2018-11-22", "2018-11-22", (None, None), "22 novembre 2018"),
        ("2020-02", "2020-02-29", (None, None), "février 2020"),
        ("2022", "2022-12-31", (2022, 2022), "2022"),
        ("2019/2022", "2022-12-31", (2019, 2022), "2019-2022"),
        ("2019-03/2022-06", "2022-06-30", (2019, 2022), "mars 2019 à juin 2022"),
    ],
)
def test_date_is_the_last_day_of_what_is_named(as_of, day, years, shown):
    assert (periods.last_day(as_of), periods.year_span(as_of), periods.when(as_of)) == (day, years, shown)


# --- the label over time -----------------------------------------------------------------------------------


def test_label_timeline_shows_the_official_number_of_the_phase():
    found = label_timeline.build(claims(*LABELS), TERRITORIES, EDITIONS, SOURCES)
    columns = ["date", "producer", "phase", "territory_count", "registry_count", "edition", "edition_count"]
    assert found.select(columns).rows() == [
        ("2019-09-24", "Journal a", 1, 144, 2, None, None),  # before the first edition
        ("2019-11-30", "Journal a", 1, 146, 2, "2019-10", 145),
        ("2023-12-31", "Journal a", 2, 144, 1, "2023-11", 1),
    ]


def test_label_timeline_leaves_out_regions_and_other_concepts():
    rows = claims(*LABELS, label(place="Grand Est"), {"concept": "projects", "unit": "project"})
    assert label_timeline.build(rows, TERRITORIES, EDITIONS, SOURCES).height == len(LABELS)


def test_label_timeline_is_refused_when_a_claim_has_no_phase():
    with pytest.raises(ClaimError, match=r"notes/a\.md: claim c0: a national number of territories without a phase"):
        label_timeline.build(claims(label(phase=None)), TERRITORIES, EDITIONS, SOURCES)


def test_claim_is_refused_when_its_source_is_unknown():
    with pytest.raises(UnknownCodeError, match="source z is unknown"):
        label_timeline.build(claims(label(source_id="z")), TERRITORIES, EDITIONS, SOURCES)


# --- money -------------------------------------------------------------------------------------------------


def test_envelope_is_multiplied_by_its_years_when_it_is_annual():
    row = envelopes.build(claims(MONEY[0]), SOURCES).row(0, named=True)
    assert (row["per_year"], row["years"], row["total_eur"], row["funder"]) == (1, 4, 4e8, "Banque des Territoires")


def test_envelope_has_no_total_when_it_is_annual_without_a_period():
    row = envelopes.build(claims({"unit": "EUR/year", "as_of": "2025-05-27"}), SOURCES).row(0, named=True)
    assert (row["years"], row["total_eur"], row["funder"]) == (None, None, None)


@pytest.mark.parametrize(
    ("low", "high", "qualifier", "amount"),
    [(2.6e8, None, "more_than", 2.6e8), (None, 3e8, "at_most", 3e8), (1e8, 2e8, "between", 1e8)],
)
def test_envelope_takes_the_bound_that_is_known(low, high, qualifier, amount):
    rows = claims({"value_low": low, "value_high": high, "qualifier": qualifier})
    assert envelopes.build(rows, SOURCES).item(0, "amount_eur") == amount


@pytest.mark.parametrize(
    ("sentence", "funder"),
    [
        ("L’État a apporté 712 M€ au fonds.", "État"),
        ("Les régions de France ont apporté 242 M€.", "régions"),
        ("L'État et les régions ont apporté 954 M€.", "État et régions"),
        ("L’état des lieux compte 3 M€ en France.", None),
        ("Une enveloppe de 100 M€ est annoncée.", None),
    ],
)
def test_funder_is_the_one_that_the_sentence_names(sentence, funder):
    assert envelopes.build(claims({"sentence": sentence}), SOURCES).item(0, "funder") == funder


def test_envelopes_leave_out_local_money_and_keep_related_funds():
    rows = claims({"concept": "aid_paid", "place": "MEL"}, {"concept": "investment_fund"}, {"concept": "paid"})
    found = envelopes.build(rows, SOURCES)
    assert found.get_column("step").to_list() == ["related", "paid"]


def test_envelopes_are_refused_when_the_unit_is_not_money():
    with pytest.raises(ClaimError, match="an amount of money in project"):
        envelopes.build(claims({"unit": "project"}), SOURCES)


def test_envelopes_are_refused_when_a_claim_has_no_value():
    with pytest.raises(ClaimError, match="no value"):
        envelopes.build(claims({"value_low": None, "value_high": None}), SOURCES)


@given(rows=st.permutations(range(len(MONEY))))
def test_order_of_claims_is_irrelevant(rows):
    money, labels = claims(*MONEY), claims(*LABELS)
    amounts, shuffled = (envelopes.build(one, SOURCES) for one in (money, money[rows]))
    assert amounts.equals(shuffled)
    assert hundred_millions.build(amounts).equals(hundred_millions.build(shuffled[rows]))
    turned = labels.reverse() if rows[0] else labels
    timelines = [label_timeline.build(one, TERRITORIES, EDITIONS, SOURCES) for one in (labels, turned)]
    assert timelines[0].equals(timelines[1])


amounts = st.tuples(
    st.integers(1, 10**9), st.sampled_from(["EUR", "EUR/year"]), st.integers(2018, 2023), st.integers(0, 6)
)


@given(rows=st.lists(amounts, min_size=1, max_size=8))
def test_totals_are_conserved(rows):
    given_claims = [
        {"value_low": amount, "value_high": amount, "unit": unit, "as_of": f"{first}/{first + more}"}
        for amount, unit, first, more in rows
    ]
    expected = sum(amount * (more + 1 if unit == "EUR/year" else 1) for amount, unit, _, more in rows)
    assert envelopes.build(claims(*given_claims), SOURCES).get_column("total_eur").sum() == expected


def test_hundred_millions_are_told_apart_by_funder_years_and_total():
    found = hundred_millions.build(envelopes.build(claims(*MONEY), SOURCES))
    columns = ["claim_id", "envelope_rank", "role", "total_eur", "funder"]
    assert found.select(columns).rows() == [
        ("c0", 1, "hundred", 4e8, "Banque des Territoires"), ("c1", 2, "hundred", 1e8, None),
        ("c2", 3, "hundred", 5e8, None), ("c3", 3, "hundred", 5e8, None), ("c4", 4, "instead", 5.2e7, None),
    ]  # fmt: skip


def test_other_yearly_amount_is_left_out_when_no_hundred_millions_covers_its_year():
    rows = claims(MONEY[0], MONEY[4])
    assert hundred_millions.build(envelopes.build(rows, SOURCES)).get_column("role").to_list() == ["hundred"]


# --- the plan of Lille, lists of names ---------------------------------------------------------------------


def test_plan_counts_what_the_source_lists():
    rows = claims(
        {"concept": "governance_actors", "place": "MEL (G.A.M.E)", "unit": "actor", "value_low": 12, "value_high": 12},
        {"concept": "communes", "place": "MEL", "unit": "commune", "value_low": 95, "value_high": 95},
        {"concept": "communes", "unit": "commune"},
    )
    listed = listing("governance_actors", "MEL (G.A.M.E)", *[None] * 11)
    assert plan.build(rows, listed, SOURCES).select("claim_id", "listed_count").rows() == [("c0", 11), ("c1", None)]


def test_contracts_are_matched_to_the_territories_of_their_region():
    rows = claims({"concept": "signed_contracts", "place": "Grand Est", "unit": "contract"})
    listed = listing("signed_contracts", "Grand Est", "Vosges", "Ailleurs")
    found = enumerations.build(listed, rows, TERRITORIES, MEMBERS)
    assert found.select("item", "registry_code").rows() == [("Vosges", "ti-4402"), ("Ailleurs", None)]


def test_intercommunalities_are_matched_to_the_members_of_their_territory():
    rows = claims(
        {"concept": "member_intercommunalities", "place": "Nord Lorraine", "phase": 2, "unit": "intercommunality"}
    )
    listed = listing("member_intercommunalities", "Nord Lorraine", "Arc Mosellan", "Eurométropole de Metz")
    found = enumerations.build(listed, rows, TERRITORIES, MEMBERS)
    assert found.get_column("registry_name").to_list() == ["CC de l'Arc Mosellan", "Metz Métropole"]


def test_intercommunalities_are_unmatched_when_their_territory_is_unknown():
    rows = claims({"concept": "member_intercommunalities", "place": "Nulle part", "phase": 2})
    listed = listing("member_intercommunalities", "Nulle part", "Arc Mosellan")
    assert enumerations.build(listed, rows, TERRITORIES, MEMBERS).item(0, "registry_code") is None


def test_lists_without_names_or_counterpart_are_left_out():
    rows = claims({"concept": "challenges", "place": "MEL (PSTET)"}, {"concept": "programme_issues"})
    listed = pl.concat([listing("challenges", "MEL (PSTET)", None), listing("programme_issues", "France", "attirer")])
    assert enumerations.build(listed, rows, TERRITORIES, MEMBERS).is_empty()


# --- the real data -----------------------------------------------------------------------------------------


def test_real_timeline_holds_the_eight_published_numbers(table):
    found = table("out_label_timeline")
    assert sorted(found.get_column("territory_count").unique()) == [124, 136, 141, 144, 146, 148, 149, 183]
    assert dict(found.select("phase", "registry_count").unique().iter_rows()) == {1: 149, 2: 183}


def test_real_timeline_counts_the_edition_in_force_on_the_day(table):
    editions = {row["id"]: row for row in table("out_editions").iter_rows(named=True)}
    for row in table("out_label_timeline").iter_rows(named=True):
        held = [one for one in editions.values() if one["phase"] == row["phase"] and one["valid_from"] <= row["date"]]
        newest = max(held, key=lambda one: one["valid_from"], default={"id": None, "territory_count": None})
        assert (row["edition"], row["edition_count"]) == (newest["id"], newest["territory_count"]), row["claim_id"]


def test_real_hundred_millions_are_three_envelopes(table):
    found = table("out_hundred_millions").filter(role="hundred")
    envelopes = found.select("envelope_rank", "total_eur", "funder").unique().sort("envelope_rank")
    assert envelopes.rows() == [(1, 4e8, "Banque des Territoires"), (2, 1e8, None), (3, 5e8, None)]


@pytest.mark.parametrize(
    ("place", "count"), [("Grand Est", 11), ("Nord Lorraine", 10), ("SCOT Lille Métropole", 2)], ids=str
)
def test_real_lists_are_all_matched_to_distinct_names(table, place, count):
    codes = table("out_enumerations").filter(place=place).get_column("registry_code")
    assert codes.drop_nulls().n_unique() == count
    assert len(codes) == count


@pytest.mark.parametrize(
    ("as_of", "french", "english"),
    [
        ("2019-11-19", "au 19 novembre 2019", "on 19 November 2019"),
        ("2023-11-01", "au 1er novembre 2023", "on 1 November 2023"),
        ("2020-12", "en décembre 2020", "in December 2020"),
        ("2022", "en 2022", "in 2022"),
        ("2019/2022", "de 2019 à 2022", "from 2019 to 2022"),
        ("2019-03/2022-12", "de mars 2019 à décembre 2022", "from March 2019 to December 2022"),
        ("2019-03-01/2022-12-05", "du 1er mars 2019 au 5 décembre 2022", "from 1 March 2019 to 5 December 2022"),
    ],
)
def test_the_date_of_a_figure_is_not_written_as_that_of_its_publication(as_of, french, english):
    assert periods.at(as_of) == french
    with speaking("en"):
        assert periods.at(as_of) == english
