"""The ledger: hedges, facts, rules, verdicts and conflicts; then what it finds in the real tables."""

import re
from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import ledger
from analysis.errors import AtlasError, LedgerError, UnknownCodeError
from analysis.i18n import language, typography
from analysis.i18n.language import speaking
from analysis.ledger import agreement, claim_dates, clashes, confront
from analysis.ledger.checks import fill
from analysis.ledger.dated_lists import ListEditions
from analysis.ledger.expressions import evaluate
from analysis.registry import memberships, official_lists
from analysis.sources import provenance
from analysis.sources.editions import Edition
from analysis.tables import TABLES
from analysis.tables.raw import RAW
from analysis.tables.register import builder, inputs
from analysis.tables.schema import TYPES, check, from_rows

LICENCE = provenance.Licence(name="Licence Ouverte 2.0", stated_at="ici")
SOURCES = {
    name: provenance.Source(id=name, kind="article", producer=f"Journal {name}", title="Article", url=None,
                         published="2023-11", accessed="2026-11", licence=LICENCE, sha256=None)
    for name in ("a", "b", "c")
}  # fmt: skip
BASE = {
    "source_id": "a", "concept": "labelled_territories", "place": "France", "phase": 1, "value_low": 2.0,
    "value_high": 2.0, "qualifier": "exact", "unit": "territory", "as_of": "2019-11-19", "sentence": "Une phrase.",
    "start": 0, "end": 1,
}  # fmt: skip
CONCEPTS = ("labelled_territories", "communes", "envelope", "projects", "actors", "anything")


def frame(rows, **columns):
    return pl.DataFrame(rows, schema=columns, orient="row")


def typed(name, *rows):
    """Table `name` with these rows, each given by the columns that matter."""
    fields = {one.name: TYPES[one.type] for one in TABLES[name].fields}
    return pl.DataFrame([dict.fromkeys(fields) | row for row in rows], schema=fields)


def claims(*rows):
    return typed("core_claims", *({"claim_id": f"c{rank}"} | BASE | row for rank, row in enumerate(rows)))


def amount(low, high, qualifier="exact", unit="territory"):
    return {"value_low": low, "value_high": high, "qualifier": qualifier, "unit": unit}


@pytest.fixture(scope="module")
def small_raw():
    """Two régions, four EPCI (one called MEL elsewhere), an EPT, a commune on its own, and a merger in 2022."""
    text, number = pl.String, pl.Int64
    communes = [
        ("44001", "44", "111111111", 900), ("44002", "44", "111111111", 100), ("44003", "44", "222222222", 100),
        ("32001", "32", "333333333", 500), ("32002", "32", "333333333", 500), ("32003", "32", "444444444", 50),
        ("75001", "44", None, 40), ("75002", "44", "555555555", 60),
    ]  # fmt: skip
    members = [
        (1, "ti-4401", "111111111", "epci"), (1, "ti-3201", "444444444", "epci"),
        (1, "ti-3201", "777777777", "commune"), (2, "ti-4401", "111111111", "epci"),
        (2, "ti-4401", "222222222", "epci"), (2, "ti-4401", "666666666", "ept"), (2, "ti-3202", "333333333", "epci"),
    ]  # fmt: skip
    territories = [
        (1, "ti-4401", "Est", "44"), (1, "ti-3201", "Nord", "32"),
        (2, "ti-4401", "Grand Est I", "44"), (2, "ti-3202", "Lille", "32"),
    ]  # fmt: skip
    groups = [
        ("111111111", "CC Un", "CC"), ("222222222", "CC Deux", "CC"), ("333333333", "Métropole Trois", "METRO"),
        ("444444444", "CC Quatre", "CC"), ("555555555", "CC Cinq", "CC"), ("666666666", "EPT Six", "EPT"),
    ]  # fmt: skip
    changes = [
        (2022, "44002", "moved", "888888888", "111111111", None),
        (2023, "44009", "ended", "111111111", None, "44001"),
    ]
    named = [(code, f"Commune {code}", code[:2], *more) for code, *more in communes]
    regions = [("44", "Grand Est"), ("32", "Hauts-de-France"), ("94", "Corse")]
    return {
        "communes": frame(named, commune_code=text, name=text, department_code=text, region_code=text, epci_code=text,
                          population_2022=number),
        "regions": frame(regions, region_code=text, name=text),
        "departments": frame([("44", "Moselle", "44"), ("32", "Somme", "32"), ("75", "Paris", "44")],
                             department_code=text, name=text, region_code=text),
        "intercommunalities": frame(groups, intercommunality_code=text, name=text, kind=text),
        "territories": frame(territories, phase=number, territory_id=text, name=text, region_code=text),
        "members": frame(members, phase=number, territory_id=text, member_code=text, member_kind=text),
        "commune_members": frame([("777777777", "75002")], member_code=text, commune_code=text),
        "ept_communes": frame([("666666666", "75001")], ept_code=text, commune_code=text),
        "cog_changes": frame(changes, edition=number, commune_code=text, change=text, old_epci_code=text,
                             new_epci_code=text, successor_code=text),
    }  # fmt: skip


EDITIONS = [
    Edition(id=f"{day:.7}", phase=phase, title="liste", valid_from=day, known_from=day, cog=cog, source="anct-lists")
    for phase, day, cog in ((1, "2018-11-22", 2021), (2, "2023-11-09", 2023))
]


def list_editions(raw, editions=EDITIONS):
    """The lists of the raw tables as one edition a phase, or as these."""
    earlier = {one.name: from_rows(one, []) for one in RAW if one.parts}
    raw = earlier | raw
    tables = raw | official_lists.build(raw) | memberships.build(raw, editions)
    taken = {name: tables[name] for name in inputs("out_editions") if name != "editions"}
    tables["out_editions"] = builder("out_editions")(editions=editions, **taken)
    return ListEditions(tables, {"MEL": ["MEL", "Métropole Trois"]}, {})


def facts_of(raw, found=None, listings=(), matches=(), hundreds=()):
    stated = ledger.Statements(
        claims() if found is None else found,
        typed("core_enumerations", *listings),
        typed("out_enumerations", *matches),
        typed("out_hundred_millions", *hundreds),
    )
    return ledger.Facts(list_editions(raw), stated)


@pytest.fixture(scope="module")
def small(small_raw):
    return facts_of(small_raw)


def parsed(facts, *entries):
    return ledger.parse([{"name": f"check-{rank}"} | entry for rank, entry in enumerate(entries)], CONCEPTS,
                        facts.functions())  # fmt: skip


def judged(raw, found, *entries, **more):
    """Rows of the ledger for claims under checks."""
    facts = facts_of(raw, found, **more)
    return ledger.verdicts(found, facts, parsed(facts, *entries)).to_dicts()


# --- hedges ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "inside", "outside"),
    [
        (amount(149, 149), [149, 148.6], [148, 150, 149.5]),
        (amount(16186, 16186), [16186], [16185, 16187]),
        (amount(1800, 1800), [1750, 1849], [1749, 1850]),  # two closing zeros
        (amount(2150, 2150), [2145, 2154], [2144, 2155]),  # one
        (amount(3e7, 3e7), [28.5e6, 30.93e6], [28.4e6, 31.5e6]),  # never more than 5 %
        (amount(1.36e9, 1.36e9, unit="EUR"), [1.355e9, 1.3649e9], [1.354e9, 1.365e9, 1.4e9]),
        (amount(1.4e9, 1.4e9, unit="EUR"), [1.36e9], [1.3e9, 1.45e9]),
        (amount(10, 10, unit="%"), [9.5, 10.27, 10.499], [9.49, 10.5]),
        (amount(10.3, 10.3, unit="%"), [10.27], [10.2, 10.35]),
        (amount(12, 12, "approximately"), [9.6, 10, 14, 14.4], [9.5, 15, 17]),
        (amount(1.2e6, 1.2e6, "approximately"), [1194040, 960000], [959999, 1440001]),
        (amount(25, 25, "nearly", "%"), [22.5, 24.3, 25.4], [22.4, 25.5]),
        (amount(33.333333333, 33.333333333, unit="%"), [32.4, 33.3, 34.3], [32.2, 34.4]),  # a third
        (amount(66.666666667, 66.666666667, unit="%"), [65.7, 67.6], [65.6, 67.7]),
        (amount(2, 2, unit="factor"), [1.9, 2, 2.09], [1.89, 2.1]),  # doubled
        (amount(1.2, 1.2, unit="factor"), [1.15, 1.228], [1.25, 1.1]),
        (amount(4500, 4500, "nearly"), [4050, 4549], [4049, 4550]),
        (amount(15000, None, "more_than"), [15001, 99999], [15000, 1]),
        (amount(None, 300, "less_than"), [299, 0], [300, 301]),
        (amount(300, None, "at_least"), [300, 301], [299]),
        (amount(None, 4, "at_most"), [4, 0], [5, 17]),
        (amount(1200, 1300, "between"), [1150, 1200, 1349], [1149, 1350]),
        (amount(10, 20, "between"), [10, 20], [9, 21]),
    ],
)
def test_hedge_says_which_values_agree(claim, inside, outside):
    assert [value for value in inside if not ledger.agrees(claim, value)] == []
    assert [value for value in outside if ledger.agrees(claim, value)] == []


@given(value=st.integers(1, 10**10), unit=st.sampled_from(["territory", "EUR", "%"]),
       qualifier=st.sampled_from(["exact", "nearly", "approximately", "at_least", "at_most", "between"]))  # fmt: skip
def test_every_hedge_agrees_with_its_own_figure(value, unit, qualifier):
    low, high = (None if qualifier == name else value for name in ("at_most", "at_least"))
    assert ledger.agrees(amount(low, high, qualifier, unit), value)


@given(value=st.integers(1000, 10**10))
def test_rounding_is_half_a_step_and_at_most_a_twentieth(value):
    assert 0.5 <= agreement.half_step(value, "EUR") <= max(0.5, 0.05 * value)


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        (amount(25, 25, "nearly", "%"), "près de 25 %"),
        (amount(10.3, 10.3, unit="%"), "10,3 %"),
        (amount(33.333333333, 33.333333333, unit="%"), "33,3 %"),
        (amount(1e8, 1e8, "nearly", "EUR/year"), "près de 100 M€ par an"),
        (amount(2023, 2027, unit="year"), "2023-2027"),
        (amount(20240130, 20240130, unit="date"), "30 janvier 2024"),
        (amount(1200, 1300, "between"), "de 1 200 à 1 300"),
        (amount(None, 4, "at_most"), "au plus 4"),
        (amount(2.5, 2.5), "2,5"),
    ],
)
def test_figure_is_said_with_hedge_and_unit(claim, text):
    assert agreement.said(claim).replace(typography.HARD_SPACE, " ").replace(typography.NARROW_SPACE, " ") == text


# --- facts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ('territory_count("France", 2)', 2),
        ('territory_count("Grand Est", 1)', 1),
        ('territory_count("Corse", 1)', 0),
        ('member_count("Nord", 1)', 2),
        ('kind_count("Nord", 1, "commune")', 1),
        ('intercommunality_count("France", 1)', 2),
        ('intercommunality_count("France", 2)', 4),
        ('intercommunality_count("France", 1, 2021)', 3),  # before the merger of 2022
        ('commune_count("France", 1)', 4),
        ('commune_count("France", 1, 2022)', 5),  # before the end of 44009 in 2023
        ('commune_count("Hauts-de-France", 1)', 1),  # by the commune's own région
        ('commune_count("Grand Est", 2)', 4),
        ("population(place, phase)", 1000),
        ("commune_count(place, phase)", 2),
        ("commune_count(place, phase, 2021)", 2),
        ('place_is(place, phase, "region intercommunality")', True),
        ('place_is("France", phase, "intercommunality")', False),
        ('place_is("Nulle part", 1, "unknown")', True),
        ('place_is("Commune 44001", 1, "commune")', True),
        ('territory_is("Nord", 1, "territory")', True),
        ('territory_is("Nord", 2, "territory")', False),
        ('territory_count("Moselle", 2)', 1),
        ('territory_count("Paris", 2)', 1),  # by one commune
        ('territory_count("Somme", 2)', 1),
        ('intercommunality_count("Paris", 2)', 1),
        ('intercommunality_count("Moselle", 2)', 2),
        ('territory_member_count("Grand Est I", 2)', 3),
        ('commune_count("Grand Est", 2, 2021)', 4),  # one was elsewhere, one has ended since
        ('all_communes("Grand Est", 2021)', 6),
        ('population("Commune 44001", phase)', 900),
        ('share_of_territories("Grand Est", 2)', 50),
        ('share_of_communes("France", 2)', 75),
        ('share_of_communes("Grand Est", 2)', 80),
        ('share_of_communes("Grand Est", 2, 2021)', 100 * 4 / 6),
        ('share_of_population("Hauts-de-France", 2)', 100 * 1000 / 1050),
        ('members_per_territory("France", 2)', 2),
        ('communes_per_territory("France", 2)', 3),
        ('inhabitants_per_territory("Grand Est", 2)', 1140),
        ('territory_rank("Grand Est", 2)', 1),
        ('territory_rank_end("Grand Est", 2)', 2),
        ('territory_rank("Corse", 2)', 3),
        ('region_count("France", 2)', 2),
        ("all_regions()", 3),
        ('department_count("France", 2)', 3),
        ('all_departments("Grand Est")', 2),
        ('territory_growth("France")', 1),
        ('fate_count("France", "ended")', 1),
        ('fate_count("Grand Est", "ended")', 0),
        ('all_intercommunalities("Grand Est")', 4),
        ('share_of_intercommunalities(2, "Grand Est")', 75),
        ('counted("share_of_intercommunalities", "Grand Est", 2)', 75),
        ('counted("communes", "Grand Est", 2, 2021)', 4),
        ('nearest_phase("communes", "France", 5.5)', 6),
        ('nearest_phase("communes", "Nord", 100)', 2),  # of one phase alone
        ('in_each_phase("share_of_communes", "France", "%")', "50\u00a0% en phase 1, 75\u00a0% en phase 2"),
        ('is_of_a_phase("net_new_territories")', False),
        ('is_listed("net_new_territories")', True),
        ('is_listed("envelope")', False),
        ("largest_member_count(2)", 3),
        ("largest_territory(2)", "Grand Est I"),
        ("territories_above(2, 2)", 1),
        ("new_intercommunalities(2)", 3),
        ("share_of_new_intercommunalities(2)", 75),
        ("share_of_kept_intercommunalities(2)", 50),
        ("all_intercommunalities()", 6),
        ("share_of_intercommunalities(2)", 100 * 4 / 6),
        ("new_territories(2)", 1),
    ],
)
def test_fact_is_counted_on_the_lists(small, call, expected):
    assert evaluate(call, {"place": "MEL", "phase": None}, small.functions()) == expected


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ('territory_count("Nulle part", 1)', "no list of phase 1 knows the place Nulle part"),
        ('territory_count("France", 3)', "phase 3 has no list"),
        ('territory_count("France", phase)', "phase None has no list"),
        ('commune_count("Grand Est", phase)', "0 EPCI are called Grand Est"),
        ('commune_count("France", 1, 1999)', "edition 1999 is older"),
        ("new_territories(1)", "no phase comes before phase 1"),
        ('share_of_communes("Nord", 1)', "Nord is neither the country nor one of its administrative parts"),
        ('territory_rank("France", 1)', "France is no region"),
        ('territory_count("MEL", 1)', "MEL is no place of territories"),
        ('territory_growth("Corse")', "Corse has no territory in phase 1"),
        ('members_per_territory("Corse", 1)', "Corse has no territory in phase 1"),
        ('counted("envelope", "France", 1)', "no list says envelope"),
        ('nearest_phase("communes", "Nulle part", 5)', "no list says communes of Nulle part in any phase"),
        ('claim_from("a", "communes", "France", 1)', "a gives 0 figures of communes"),
        ('claim_total("a", "communes", "France", 1)', "a gives no figure of communes"),
        ('envelope_total("c0")', "c0 is no envelope"),
    ],
)
def test_fact_that_no_list_gives_is_an_error(small, call, message):
    with pytest.raises(LedgerError, match=message):
        evaluate(call, {"phase": None}, small.functions())


def test_name_of_several_places_names_the_candidates_instead_of_one(small):
    known = small.lists
    groups = known.raw["intercommunalities"].with_columns(name=pl.lit("CC des Rivières"), kind=pl.lit("CC"))
    namesakes = known.territories.filter(phase=2).with_columns(name=pl.lit("Rivières"))
    both = replace(known, raw={**known.raw, "intercommunalities": groups}, territories=namesakes)
    first, second, *_ = groups.get_column("intercommunality_code").sort()
    with pytest.raises(LedgerError, match=rf"EPCI are called CC des Rivières: {first} \(.*; {second} \("):
        both.commune_count("CC des Rivières", None)
    assert both.place_is("CC des Rivières", None, "several")
    assert both.candidates("CC des Rivières", None).startswith(f"{first} (CC des Rivières, CC), {second} (")
    with pytest.raises(LedgerError, match="2 territories of phase 2 are called Rivières: ti-"):
        both.member_count("Rivières", 2)


def test_other_figures_are_found_by_source_date_and_concept(small_raw):
    found = claims(
        {"source_id": "a", "value_low": 124.0, "value_high": 124.0, "as_of": "2018-11-22"},
        {"source_id": "b", "value_low": 148.0, "value_high": 148.0, "as_of": "2020-12"},
        {"source_id": "c", "value_low": 146.0, "value_high": 146.0, "as_of": "2021"},
        {"source_id": "c", "concept": "envelope", "value_low": 10.0, "value_high": 10.0, "as_of": "2019/2022"},
        {"source_id": "c", "concept": "envelope", "value_low": None, "value_high": 5.0, "qualifier": "at_most"},
    )
    functions = facts_of(small_raw, found).functions("b")
    place = ("labelled_territories", "France", 1)
    assert functions["claim"](*place) == 148
    assert functions["says"](*place) == 1
    assert functions["says"]("communes", "France", 1) == 0
    assert functions["claim_total"]("c", "envelope", "France", 1) == 15
    assert functions["earlier"](*place, 20181122) == 0
    assert functions["earlier"](*place, 20211231) == 148
    assert functions["earlier_said"](*place, 20211231) == "148 (décembre 2020)"
    assert [functions["grows"](f"c{rank}") for rank in range(3)] == [True, False, False]
    assert functions["series"](*place) == "124 (22 novembre 2018), 148 (décembre 2020), 146 (2021)"
    assert functions["claims_dated"](1, 2019.0, 2022.0, "a") == 1
    assert functions["claims_dated"](1, 2019.0, 2022.0, "c") == 0


# --- one verdict of each kind --------------------------------------------------------------------------------


LIST = {"kind": "list", "concept": "labelled_territories", "value": "territory_count(place, phase)",
        "superseded_when": ["value < computed", "year < 2022"],
        "reason": {"confirmed": "La liste en compte {computed}.",
                   "superseded": "{said} en {year:text}, {computed} ensuite.",
                   "contradicted": "{said} n’est pas {computed}."}}  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "verdict", "reason"),
    [
        ({}, "confirmed", "La liste en compte 2."),
        (amount(1.0, 1.0), "superseded", "1 en 2019, 2 ensuite."),
        (amount(1.0, 1.0) | {"as_of": "2023"}, "contradicted", "1 n’est pas 2."),
        (amount(3.0, 3.0), "contradicted", "3 n’est pas 2."),
        (amount(1.0, None, "more_than"), "confirmed", "La liste en compte 2."),
        (amount(None, 1.0, "at_most") | {"as_of": "2022-12-31"}, "contradicted", "au plus 1 n’est pas 2."),
    ],
)
def test_figure_is_judged_against_the_list(small_raw, claim, verdict, reason):
    row = judged(small_raw, claims(claim), LIST)[0]
    assert (row["verdict"], row["rule"], row["registry_value"], row["reason"]) == (verdict, "check-0", 2, reason)


@pytest.mark.parametrize(("value", "verdict"), [(4.0, "confirmed"), (5.0, "superseded"), (6.0, "contradicted")])
def test_figure_of_an_earlier_list_is_superseded(small_raw, value, verdict):
    entry = {"kind": "list", "value": "commune_count(place, phase)", "at_date": "commune_count(place, phase, year)",
             "reason": "{computed}."}  # fmt: skip
    found = claims(amount(value, value, unit="commune") | {"concept": "communes", "as_of": "2022-12-31"})
    assert judged(small_raw, found, entry)[0]["verdict"] == verdict


@pytest.mark.parametrize(("share", "verdict"), [(50.0, "consistent"), (49.0, "contradicted")])
def test_arithmetic_uses_the_figures_of_the_same_source(small_raw, share, verdict):
    found = claims({}, amount(share, share, unit="%") | {"concept": "anything", "place": "Grand Est"})
    entry = {"kind": "arithmetic", "concept": "anything",
             "value": '100 * territory_count(place, phase) / claim("labelled_territories", "France", phase)',
             "reason": "{computed:percent}."}  # fmt: skip
    row = judged(small_raw, found, LIST, entry)[1]
    assert (row["verdict"], row["registry_value"], row["reason"]) == (verdict, 50, "50\u00a0%.")


@pytest.mark.parametrize(
    ("bound", "verdict"), [("value <= computed", "consistent"), ("value > computed", "contradicted")]
)
def test_bound_replaces_the_comparison(small_raw, bound, verdict):
    entry = {"kind": "arithmetic", "value": "100 + more", "names": {}, "holds": [bound], "reason": "Borne."}
    entry["value"] = "100 * phase"
    assert judged(small_raw, claims({}), entry)[0]["verdict"] == verdict


@pytest.mark.parametrize(("listed", "verdict"), [(2, "consistent"), (1, "contradicted"), (0, "not_checkable")])
def test_announced_count_is_compared_with_what_is_listed(small_raw, listed, verdict):
    rows = [{"source_id": "a", "concept": "actors", "place": "France", "rank": rank + 1} for rank in range(listed)]
    entry = {"kind": "enumeration", "when": "listed(source, concept, place) > 0",
             "value": "listed(source, concept, place)", "reason": "{computed}."}  # fmt: skip
    row = judged(small_raw, claims({"concept": "actors"}), entry, listings=rows)[0]
    assert (row["verdict"], row["registry_value"]) == (verdict, listed or None)


def test_names_count_once_for_each_entry_of_the_list(small_raw):
    rows = [{"source_id": "a", "concept": "actors", "place": "France", "phase": 1, "rank": rank, "item": str(rank),
             "registry_code": code} for rank, code in enumerate(["x", "x", None, "y"], start=1)]  # fmt: skip
    entry = {"kind": "enumeration", "value": "matched(source, concept, place)", "reason": "{computed}."}
    row = judged(small_raw, claims({"concept": "actors"}), entry, matches=rows)[0]
    assert (row["verdict"], row["registry_value"]) == ("consistent", 2)


def test_same_number_of_different_envelopes_is_told_apart(small_raw):
    rows = [{"claim_id": f"c{rank}", "source_id": source, "role": role, "envelope_rank": envelope, "total_eur": total}
            for rank, (source, role, envelope, total) in enumerate(
                [("a", "hundred", 1, 4e8), ("b", "hundred", 1, 4e8), ("c", "hundred", 2, 1e8), ("c", "instead", 3, 5e7)]
            )]  # fmt: skip
    entry = {"kind": "same_number", "when": ["same_number_sources(claim_id) > 1"],
             "holds": ["same_number_sources(claim_id) > 1"],
             "names": {"envelopes": "same_number_envelopes()", "total": "envelope_total(claim_id)"},
             "reason": "{total:euros} ; {envelopes} enveloppes."}  # fmt: skip
    found = claims(*({"concept": "envelope"} for _ in range(4)))
    rows = judged(small_raw, found, entry, hundreds=rows)
    assert [row["verdict"] for row in rows] == ["consistent", "consistent", "not_checkable", "not_checkable"]
    assert rows[0]["reason"] == "400\u00a0M€\u00a0; 2 enveloppes."


def test_figure_of_another_source_contradicts(small_raw):
    found = claims(
        amount(1.3e9, 1.3e9, unit="EUR") | {"concept": "envelope"},
        amount(1.4e9, 1.4e9, unit="EUR") | {"concept": "envelope", "source_id": "b"},
    )
    entry = {"kind": "conflict", "source": "a", "value": 'claim_from("b", concept, place, phase)',
             "reason": "Ailleurs, {computed:euros}."}  # fmt: skip
    row = judged(small_raw, found, entry)[0]
    assert (row["verdict"], row["reason"]) == ("contradicted", "Ailleurs, 1,4\u00a0Md€.")


def money(low, as_of, **more):
    return amount(low, low, unit="EUR") | {"concept": "envelope", "as_of": as_of} | more


def compared(raw, first, second, **check):
    """The row of the first figure, confronted with the second one, of source b."""
    entry = {"kind": "conflict", "source": "a", "value": 'claim_from("b", concept, "France", 1)',
             "reason": {"consistent": "Oui, {computed:euros}.", "contradicted": "Non, {computed:euros}."}}  # fmt: skip
    return judged(raw, claims(first, second | {"source_id": "b"}), entry | check)[0]


@pytest.mark.parametrize(
    ("first", "second", "verdict", "reason"),
    [
        # the same period, or two dates: comparable
        (money(2e9, "2019/2022"), money(954e6, "2019/2022"), "contradicted", "Non, 954 M€."),
        (money(2e9, "2019/2022"), money(2e9, "2019/2022"), "consistent", "Oui, 2 Md€."),
        (money(2e9, "2022"), money(954e6, "2022"), "contradicted", "Non, 954 M€."),
        (money(2e9, "2018-11"), money(954e6, "2018-11-22"), "contradicted", "Non, 954 M€."),
        # one period in the other: comparable only where a part exceeds its whole
        (money(2e9, "2019/2022"), money(954e6, "2020/2022"), "not_checkable", "(2019-2022), 954 M€ sur une autre"),
        (money(954e6, "2020/2022"), money(2e9, "2019/2022"), "not_checkable", "(2020-2022), 2 Md€ sur une autre"),
        (money(2e9, "2021"), money(3e9, "2019/2022"), "not_checkable", "Non comparable"),
        (money(954e6, "2019/2022"), money(2e9, "2020/2022"), "contradicted", "Non, 2 Md€."),
        (money(2e9, "2020/2022"), money(954e6, "2019/2022"), "contradicted", "Non, 954 M€."),
        # equal numbers of different periods confirm nothing either
        (money(2e9, "2019/2022"), money(2e9, "2020/2022"), "not_checkable", "Non comparable"),
        # overlapping, disjoint, stated by one alone
        (money(2e9, "2019/2022"), money(954e6, "2021/2024"), "not_checkable", "(2019-2022), 954 M€ sur une autre"),
        (money(2e9, "2019/2020"), money(9e9, "2021/2022"), "not_checkable", "sur une autre (2021-2022)"),
        (money(2e9, "2019/2022"), money(954e6, "2022-11-21"), "not_checkable", "un seul dit sa période"),
        (money(2e9, "2022-11"), money(954e6, "2022"), "not_checkable", "un seul dit sa période"),
        # per year against in all; another phase; another place
        (money(1e8, "2019/2022", unit="EUR/year"), money(4e8, "2019/2022"), "not_checkable", "n’ont pas la même unité"),
        (money(4e8, "2019/2022"), money(1e8, "2019/2022", unit="EUR/year"), "not_checkable", "n’ont pas la même unité"),
        (money(2e9, "2019/2022", phase=2), money(954e6, "2019/2022"), "not_checkable", "la même phase"),
        (money(2e9, "2019/2022", phase=None), money(954e6, "2019/2022"), "not_checkable", "la même phase"),
        (money(2e9, "2019/2022", place="Grand Est"), money(9e8, "2019/2022"), "not_checkable", "le même lieu"),
    ],
)
def test_only_figures_of_the_same_thing_contradict_each_other(small_raw, first, second, verdict, reason):
    row = compared(small_raw, first, second)
    plain = row["reason"].replace(typography.HARD_SPACE, " ").replace(typography.NARROW_SPACE, " ")
    assert (row["verdict"], reason in plain) == (verdict, True), plain
    assert (row["registry_value"] is None) == (verdict == "not_checkable")
    assert bool(row["reason_en"]) == (verdict == "not_checkable")  # the check's own reasons are invented here


@pytest.mark.parametrize(
    ("across", "second", "verdict"),
    [
        ("within", money(3e9, "2019/2022"), "consistent"),
        ("within", money(1e9, "2019/2022"), "contradicted"),
        ("within", money(3e9, "2021/2023"), "not_checkable"),
        ("within", money(3e9, "2024"), "not_checkable"),
        ("unit", money(3e9, "2020/2022", unit="EUR/year"), "consistent"),
        (["unit", "within"], money(3e9, "2019/2023", unit="EUR/year"), "consistent"),
        ("unit", money(3e9, "2019/2023", unit="EUR/year"), "not_checkable"),
    ],
)
def test_a_check_names_the_differences_that_it_allows_for(small_raw, across, second, verdict):
    first = money(2e9, "2020/2022")
    assert compared(small_raw, first, second, holds="value <= computed", across=across)["verdict"] == verdict


def test_what_only_the_reason_tells_may_be_of_another_period(small_raw):
    rows = (money(2e9, "2020/2022"), money(1e9, "2015"))
    reason = "{told:euros}."
    check = {"names": {"told": 'claim_from("b", concept, place, phase)'}, "value": "value", "reason": reason}
    assert compared(small_raw, *rows, **check)["verdict"] == "consistent"
    check |= {"names": {"told": 'claim_from("b", concept, place, phase)', "half": "told / 2"}, "holds": "half < value"}
    assert compared(small_raw, *rows, **check)["verdict"] == "not_checkable"


def test_a_sum_of_figures_is_compared_part_by_part(small_raw):
    check = {"kind": "conflict", "source": "a", "value": 'claim_total("b", concept, place, phase)', "reason": "Non."}
    for period, verdict in (("2019/2022", "contradicted"), ("2020/2022", "not_checkable")):
        others = [money(712e6, "2019/2022", source_id="b"), money(242e6, period, source_id="b")]
        assert judged(small_raw, claims(money(2e9, "2019/2022"), *others), check)[0]["verdict"] == verdict


def test_a_check_says_in_its_own_words_why_nothing_can_be_compared(small_raw):
    reason = {"consistent": "Oui.", "contradicted": "Non.", "not_checkable": "{said}, {date} ; {other}, {other_date}."}
    row = compared(small_raw, money(2e9, "2019/2022"), money(954e6, "2020/2022"), reason=reason)
    assert row["reason"].replace("\u00a0", " ") == "2 Md€, 2019-2022 ; 954 M€, 2020-2022."


def test_figure_without_any_check_is_not_checkable(small_raw):
    entry = {"kind": "none", "concept": "communes", "value": "3", "reason": "Rien, sauf {computed}."}
    rows = judged(small_raw, claims({"concept": "communes"}, {}), entry)
    assert [(row["verdict"], row["rule"], row["reason"]) for row in rows] == [
        ("not_checkable", "check-0", "Rien, sauf 3."),
        ("not_checkable", confront.NO_CHECK, confront.NO_REASON),
    ]


def test_agreement_can_be_called_less_than_confirmed(small_raw):
    entry = {"kind": "list", "phase": "none", "agreed": "consistent", "reason": "{computed}.",
             "value": "nearest(value, territory_count(place, 1), territory_count(place, 2))"}  # fmt: skip
    rows = judged(small_raw, claims({"phase": None}, {}), entry)
    assert [row["verdict"] for row in rows] == ["consistent", "not_checkable"]


@pytest.mark.parametrize(
    ("filters", "applies"),
    [
        ({}, True), ({"concept": ["communes", "labelled_territories"]}, True), ({"concept": "communes"}, False),
        ({"place": "France"}, True), ({"place": "Corse"}, False), ({"source": "b"}, False), ({"unit": "EUR"}, False),
        ({"phase": 2}, False), ({"phase": [1, 2]}, True), ({"phase": "none"}, False), ({"when": "value > 5"}, False),
        ({"when": ["value < 5", "year == 2019"]}, True),
    ],
)  # fmt: skip
def test_first_check_that_applies_wins(small_raw, filters, applies):
    last = {"kind": "none", "reason": "Dernière."}
    row = judged(small_raw, claims({}), {"kind": "none", "reason": "Première."} | filters, last)[0]
    assert row["rule"] == ("check-0" if applies else "check-1")


# --- wrong checks --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"concept": "unheard_of"}, "check x: unknown concept unheard_of"),
        ({"value": "teritory_count(place, phase)"}, r"check x: `teritory_count\(place, phase\)`: unknown function"),
        (
            {"value": "territory_count(place)"},
            r"check x: .*territory_count takes 2 argument\(s\) \(place, phase\), not 1",
        ),
        ({"value": "population * 2"}, "check x: .*unknown name population"),
        ({"value": "place.upper()"}, "check x: .*only named functions can be called"),
        ({"value": "computed"}, "check x: .*unknown name computed"),
        ({"names": {"first": "second", "second": "1"}}, "check x: .*unknown name second"),
        ({"names": {"value": "1"}}, "check x: the name value is taken"),
        ({"reason": "{compute}"}, r"check x: `\{compute:\}` cannot be filled"),
        ({"reason": "{value:furlongs}"}, r"check x: `\{value:furlongs\}` cannot be filled"),
        ({"reason": {"confirmed": "Oui."}}, "check x: .*no reason for contradicted"),
        ({"reason": {"perhaps": "Oui."}}, "check x: reason"),
        ({"kind": "guess"}, "check x: kind"),
        ({"phase": 3}, "check x: phase"),
        ({"colour": "red"}, "check x: colour"),
        ({"value": None}, "check x: .*neither value nor holds"),
        ({"value": None, "holds": "1 < 2", "at_date": "3"}, "check x: .*at_date without value"),
        ({"kind": "none", "holds": "1 < 2"}, "check x: .*kind none"),
        ({"name": "With Space"}, "check With Space: name"),
    ],
)
def test_wrong_check_is_refused_by_name(small, entry, message):
    whole = {"name": "x", "kind": "list", "value": "1", "reason": "Oui."} | entry
    with pytest.raises(LedgerError, match=f"^data/raw/checks.yaml: {message}"):
        ledger.parse([whole], CONCEPTS, small.functions())


@pytest.mark.parametrize("raw", [None, {}, [], "checks"])
def test_file_without_a_list_of_checks_is_refused(small, raw):
    with pytest.raises(LedgerError, match="not a list of checks"):
        ledger.parse(raw, CONCEPTS, small.functions())


def test_name_of_a_check_stands_once(small):
    entry = {"name": "x", "kind": "none", "reason": "Rien."}
    with pytest.raises(LedgerError, match="check x stands twice"):
        ledger.parse([entry, entry], CONCEPTS, small.functions())


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"value": "1 / (phase - 1)"}, "division by zero"),
        ({"value": 'territory_count("Nulle part", phase)'}, "knows the place Nulle part"),
        ({"value": 'claim("communes", place, phase)'}, "a gives 0 figures of communes"),
        ({"value": "1 < 2"}, "gives True, not a number"),
        ({"value": "place"}, "gives 'France', not a number"),
        ({"when": "phase"}, "gives 1, neither true nor false"),
        ({"names": {"years_more": "years + 1"}}, "None is not a number"),
        ({"reason": "{first_year:text}."}, "has no value"),
    ],
)
def test_failing_check_marks_its_figure_and_spares_the_others(small_raw, entry, message):
    failing = {"kind": "list", "concept": "labelled_territories", "value": "2", "reason": "Oui."} | entry
    found = claims({}, {"concept": "actors"})
    facts = facts_of(small_raw, found)
    rows = ledger.verdicts(found, facts, parsed(facts, failing, {"kind": "none", "reason": "Rien."}))
    assert rows.get_column("verdict").to_list() == ["not_checkable"] * 2
    assert rows.item(0, "reason").startswith(confront.FAILED)
    assert rows.item(1, "reason") == "Rien."
    with pytest.raises(LedgerError, match=rf"1 figure\(s\) without a verdict, first c0 \(check check-0\): .*{message}"):
        ledger.require_sound(rows)


def test_sound_ledger_raises_nothing(small_raw):
    ledger.require_sound(pl.DataFrame(judged(small_raw, claims({}), LIST)))


def test_sentence_is_filled_in_french():
    text = "{a} : {b:euros}, {c:percent1} de « {d} » et {e:text} ; {f:decimal}"
    filled = fill(text, {"a": 16186, "b": 1.36e9, "c": 24.28, "d": "Aire d'ici", "e": 2019.0, "f": 1.25})
    assert filled == "16\u202f186\u00a0: 1,36\u00a0Md€, 24,3\u00a0% de «\u00a0Aire d’ici\u00a0» et 2019\u00a0; 1,2"


@pytest.mark.parametrize("text", ["{a.real}", "{a[0]}", "{}", "{0}", "{b}"])
def test_sentence_takes_nothing_but_plain_names(text):
    with pytest.raises(LedgerError, match="cannot be filled"):
        fill(text, {"a": 1})


# --- conflicts -----------------------------------------------------------------------------------------------


def test_two_values_at_one_date_conflict_and_roundings_do_not():
    found = claims(
        amount(1.3e9, 1.3e9, unit="EUR") | {"concept": "envelope", "as_of": "2018-11-22"},
        amount(1.4e9, 1.4e9, unit="EUR") | {"concept": "envelope", "as_of": "2018-11-22", "source_id": "b"},
        amount(1.36e9, 1.36e9, unit="EUR") | {"concept": "envelope", "as_of": "2018-11-22", "source_id": "c"},
        amount(2.0, 2.0, unit="EUR") | {"concept": "envelope", "as_of": "2018-11-22", "source_id": "c", "phase": 2},
        amount(9.0, 9.0, unit="EUR/year") | {"concept": "envelope", "as_of": "2018-11-22", "source_id": "b"},
    )
    groups = ledger.conflicts(found)
    assert groups.select("conflict", "kind", "claim_id").rows() == [
        (1, "same_date", "c0"), (1, "same_date", "c1"), (2, "same_date", "c0"), (2, "same_date", "c2"),
    ]  # fmt: skip


def test_two_values_of_one_source_are_two_things():
    found = claims(amount(712e6, 712e6), amount(242e6, 242e6))
    assert ledger.conflicts(found).is_empty()


def test_count_that_goes_down_conflicts():
    found = claims(
        amount(148.0, 148.0) | {"as_of": "2020-12-15"}, amount(146.0, 146.0) | {"as_of": "2021-10-11"},
        amount(149.0, 149.0) | {"as_of": "2019/2022"}, amount(10.0, 10.0) | {"as_of": "2022", "concept": "communes"},
        amount(20.0, 20.0) | {"as_of": "2021", "concept": "communes"},
    )  # fmt: skip
    assert ledger.conflicts(found).select("kind", "claim_id").rows() == [("decrease", "c0"), ("decrease", "c1")]
    assert ledger.conflicts(found, cumulative=()).is_empty()


def test_counts_of_periods_that_begin_on_other_days_are_no_series(small_raw):
    of = {"concept": "projects"}
    found = claims(
        amount(1416.0, 1416.0) | of | {"as_of": "2021"}, amount(300.0, 300.0) | of | {"as_of": "2022/2023"},
        amount(250.0, 250.0) | of | {"as_of": "2022/2024"}, amount(90.0, 90.0, unit="%") | of | {"as_of": "2025"},
    )  # fmt: skip
    assert ledger.conflicts(found).select("claim_id").to_series().to_list() == ["c1", "c2"]
    grows = facts_of(small_raw, found).functions()["grows"]
    assert [grows(f"c{rank}") for rank in range(4)] == [True, False, False, True]


# --- properties ----------------------------------------------------------------------------------------------

CLAIMS = [
    {}, amount(1.0, 1.0), amount(1.0, None, "more_than"), amount(3.0, 3.0) | {"phase": 2}, {"phase": None},
    {"place": "Nulle part"}, {"concept": "communes"}, {"as_of": "2019/2022", "source_id": "b"}, {"place": "Grand Est"},
]  # fmt: skip
anyhow = st.lists(st.sampled_from(CLAIMS), max_size=8).map(lambda rows: claims(*rows))


@given(found=anyhow, seed=st.integers(0, 99))
def test_order_of_rows_is_irrelevant(small_raw, found, seed):
    facts = facts_of(small_raw, found)
    shuffled = found.sample(fraction=1, shuffle=True, seed=seed)
    entries = parsed(facts, LIST, {"kind": "none", "reason": "Rien."})
    assert ledger.verdicts(found, facts, entries).equals(ledger.verdicts(shuffled, facts, entries))
    assert ledger.conflicts(found).equals(ledger.conflicts(shuffled))


@given(found=anyhow)
def test_every_figure_gets_exactly_one_verdict(small_raw, found):
    facts = facts_of(small_raw, found)
    rows = ledger.verdicts(found, facts, parsed(facts, LIST))
    assert rows.get_column("claim_id").to_list() == sorted(found.get_column("claim_id"))
    check(rows, TABLES["out_ledger"], "out_ledger")


@given(found=anyhow)
def test_what_conflicts_is_never_one_figure_alone(found):
    sizes = ledger.conflicts(found).group_by("conflict").len().get_column("len")
    assert all(size == 2 for size in sizes)


# --- for readers ---------------------------------------------------------------------------------------------


def test_readable_ledger_names_source_and_concept_and_says_both_values(small_raw):
    found = claims(amount(1.0, None, "more_than"), {"concept": "actors", "source_id": "b"})
    facts = facts_of(small_raw, found)
    rows = ledger.readable(ledger.verdicts(found, facts, parsed(facts, LIST)), found, SOURCES,
                           {"labelled_territories": "Territoires", "actors": "Acteurs"})  # fmt: skip
    first, second = rows.to_dicts()
    assert (first["producer"], first["published"], first["concept_label"]) == ("Journal a", "2023-11", "Territoires")
    assert (first["said"], first["computed"], first["verdict_label"]) == ("plus de 1", "2", "confirmé")
    assert (second["computed"], second["sentence"]) == (None, "Une phrase.")


ENGLISH = {
    "La liste en compte {computed}.": "The list counts {computed}.",
    "{said} n’est pas {computed}.": "{said} is not {computed}.",
    "{amount} par an": "{amount} a year",
    "Territoires": "Territories",
    "confirmé": "confirmed",
    "contredit": "contradicted",
}


@pytest.fixture
def english(monkeypatch):
    """An invented catalogue."""
    monkeypatch.setattr(language, "catalogue", lambda name: ENGLISH)


def test_reasons_are_also_in_english_with_its_numbers_and_words(small_raw, english):
    found = claims({}, amount(5000.0, 5000.0, unit="EUR/year") | {"as_of": "2023"})
    confirmed, contradicted = judged(small_raw, found, LIST)
    assert (confirmed["reason"], confirmed["reason_en"]) == ("La liste en compte 2.", "The list counts 2.")
    assert contradicted["reason"] == "5\u202f000\u00a0€ par an n’est pas 2."
    assert contradicted["reason_en"] == "€5,000 a year is not 2."


def test_reasons_do_not_change_with_the_language_of_the_run(small_raw, english):
    french = judged(small_raw, claims({}), LIST)
    with speaking("en"):
        assert judged(small_raw, claims({}), LIST) == french


def test_reason_without_a_translation_is_marked_in_the_english_edition_and_absent_from_the_data(small_raw, english):
    entry = {"kind": "none", "name": "neuf", "reason": "Une raison neuve."}
    facts, found = facts_of(small_raw, claims({})), claims({})
    table = ledger.verdicts(found, facts, parsed(facts, entry))
    assert table["reason_en"].to_list() == [None]
    labels = {"labelled_territories": "Territoires"}
    assert ledger.readable(table, found, SOURCES, labels).item(0, "reason") == "Une raison neuve."
    with speaking("en"):
        assert ledger.readable(table, found, SOURCES, labels).item(0, "reason") == "[fr: Une raison neuve.]"


def test_readable_ledger_is_in_the_language_in_force(small_raw, english):
    facts, found = facts_of(small_raw, claims({})), claims({})
    table = ledger.verdicts(found, facts, parsed(facts, LIST))
    with speaking("en"):
        row = ledger.readable(table, found, SOURCES, {"labelled_territories": "Territoires"}).row(0, named=True)
    assert (row["concept_label"], row["verdict_label"]) == ("Territories", "confirmed")
    assert row["reason"] == "The list counts 2."


def test_readable_ledger_refuses_an_unknown_source(small_raw):
    found = claims({"source_id": "z"})
    with pytest.raises(UnknownCodeError, match="unknown source: z"):
        ledger.readable(pl.DataFrame(judged(small_raw, found, LIST)), found, SOURCES, {})


# --- the real tables -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real(table, facts, checks):
    return ledger.verdicts(table("core_claims"), facts, checks)


def found_in(real, source_id, concept, place="France", **more):
    return real.filter(source_id=source_id, concept=concept, place=place, **more).row(0, named=True)


KNOWN = [
    ("gazette-2023", "labelled_territories", "France", 183, "confirmed", 183),
    ("cdc-list-2022", "labelled_territories", "France", 149, "confirmed", 149),
    ("grand-est-2019", "labelled_territories", "Grand Est", 15, "confirmed", 15),
    ("gazette-2023", "intercommunalities", "France", 630, "confirmed", 630),
    ("gazette-2023", "intercommunalities", "France", 551, "superseded", 550),
    ("gazette-2023", "new_territories", "France", 29, "confirmed", 29),
    ("gazette-2023", "largest_territory_members", "France", None, "contradicted", 17),
    ("gazette-2023", "share_of_new_intercommunalities", "France", 25, "confirmed", 24.29),
    ("gazette-2023", "share_of_intercommunalities_reapplying", "France", 90, "consistent", 86.73),
    ("nord-lorraine-2024", "member_intercommunalities", "Nord Lorraine", 10, "confirmed", 10),
    ("lille-label-2023", "member_intercommunalities", "SCOT Lille Métropole", 2, "confirmed", 2),
    ("lille-label-2023", "labelled_territories", "Hauts-de-France", 12, "consistent", 14),
    ("mel-pstet-2021", "communes", "MEL", 95, "confirmed", 95),
    ("mel-pstet-2021", "population", "MEL", 1.2e6, "confirmed", 1194040),
    ("cdc-list-2022", "communes", "France", 16186, "superseded", 16169),
    ("dataviz-2020", "communes", "France", 15000, "confirmed", 15675),
    ("dataviz-2020", "population", "France", 3e7, "confirmed", 30386320),
    ("maire-info-2023", "net_new_territories", "France", 34, "consistent", 34),
    ("maire-info-2023", "share_of_intercommunalities", "France", 50, "confirmed", 49.76),
    ("grand-est-2019", "share_of_territories", "Grand Est", 10, "consistent", 10.27),
    ("grand-est-2019", "signed_contracts", "Grand Est", 11, "consistent", 11),
    ("mel-pstet-2021", "governance_actors", "MEL (G.A.M.E)", 12, "contradicted", 11),
    ("mel-pstet-2021", "challenges", "MEL (PSTET)", 6, "consistent", 6),
    ("launch-2018", "labelled_territories", "France", 124, "superseded", 148),
    ("launch-2018", "labelled_territories", "Grand Est", 13, "superseded", 15),
    ("deployment-2019", "labelled_territories", "France", 136, "superseded", 148),
    ("first-review-2019", "labelled_territories", "France", 144, "superseded", 148),
    ("grand-est-2019", "labelled_territories", "France", 146, "superseded", 148),
    ("dataviz-2020", "labelled_territories", "France", 148, "confirmed", 148),
    ("lemoniteur-2021", "labelled_territories", "France", 146, "contradicted", 148),
    ("carte-nouvelle-aquitaine-2020", "labelled_territories", "France", 141, "not_checkable", None),
    ("superposeur-2026", "labelled_territories", "France", 149, "superseded", 149),
    ("launch-2018", "envelope", "France", 1.3e9, "contradicted", 1.4e9),
    ("first-review-2019", "envelope", "France", 1.36e9, "consistent", 1.4e9),
    ("ccomptes-2024", "envelope", "France", 1.4e9, "consistent", 1.36e9),
    ("latribune-2023", "envelope", "France", 5e8, "consistent", 5e8),
    ("localtis-2023", "envelope", "France", 1e8, "superseded", 52e6),
    ("nord-lorraine-2024", "envelope", "France", 1e8, "consistent", 1e8),
    ("latribune-2023", "investment_fund", "France", 2e9, "not_checkable", None),
    ("ccomptes-evaluation-2024", "paid", "France", 794e6, "consistent", 1.7e9),
    ("grand-est-2019", "expected_action_plans", "France", 98, "consistent", 146),
    ("mel-pstet-2021", "aid_paid", "MEL", 13e6, "consistent", None),
    ("lille-label-2023", "action_axes", "SCOT Lille Métropole", 3, "not_checkable", None),
    ("latribune-2023", "jobs_created", "France", 44700, "not_checkable", None),
]


@pytest.mark.parametrize(("source_id", "concept", "place", "low", "verdict", "value"), KNOWN)
def test_known_figure_has_its_verdict(real, source_id, concept, place, low, verdict, value):
    more = {} if low is None else {"value_low": float(low)}
    row = found_in(real, source_id, concept, place, **more)
    assert row["verdict"] == verdict
    assert row["registry_value"] == (None if value is None else pytest.approx(value, abs=0.005))


@pytest.mark.parametrize(
    ("source_id", "concept", "place", "parts"),
    [
        ("gazette-2023", "largest_territory_members", "France", ["44 territoires sur 183", "17"]),
        ("lille-label-2023", "labelled_territories", "Hauts-de-France", ["14 territoires en phase 1", "17 en phase 2"]),
        ("nord-lorraine-2024", "member_intercommunalities", "Nord Lorraine", ["énumère : 10", "dans la liste : 10"]),
        ("grand-est-2019", "signed_contracts", "Grand Est", ["nomme 11 contrats", "11 désignent", "parmi les 15"]),
        ("gazette-2023", "share_of_new_intercommunalities", "France", ["153 des 630"]),
        ("cdc-list-2022", "envelope", "France", ["400 M€ en tout", "2 sources", "3 enveloppes"]),
        ("mel-pstet-2021", "aided_companies", "MEL", ["2 889 € chacune"]),
        ("grand-est-2019", "expected_action_plans", "France", ["58 plans", "156"]),
        ("lemoniteur-2021", "labelled_territories", "France", ["148 (15 décembre 2020)", "149"]),
        ("dataviz-2020", "labelled_territories", "France", ["148 (15 octobre 2020)", "149 (31 décembre 2022)"]),
        (
            "carte-nouvelle-aquitaine-2020",
            "labelled_territories",
            "France",
            ["Aucune liste lue", "146 (19 novembre 2019) et 148 (15 décembre 2020)", "rien ne tranche"],
        ),
        ("launch-2018", "labelled_territories", "France", ["Aucune liste lue", "148 (15 octobre 2020)"]),
        ("superposeur-2026", "labelled_territories", "France", ["juillet 2026", "183 (septembre 2024)"]),
        ("cdc-list-2022", "communes", "France", ["31 décembre 2022", "16 186", "de 2022", "16 169"]),
        ("gazette-2023", "intercommunalities", "France", ["9 novembre 2023", "630"]),
        ("maire-info-2023", "net_new_territories", "France", ["183 moins 149 font 34"]),
        ("latribune-2023", "investment_fund", "France", ["Non comparable", "954 M€", "2020-2022, et non 2019-2022"]),
    ],
)
def test_reason_gives_the_numbers(real, source_id, concept, place, parts):
    reason = found_in(real, source_id, concept, place)["reason"]
    plain = reason.replace(typography.HARD_SPACE, " ").replace(typography.NARROW_SPACE, " ")
    assert [part for part in parts if part not in plain] == []


def test_551_intercommunalities_stood_before_the_mergers(real):
    reason = real.filter(concept="intercommunalities", phase=1).item(0, "reason")
    assert all(number in reason for number in ("550", "547", "588", "551", "2019"))


def test_real_ledger_is_whole_and_sound(real, table, checks):
    ledger.require_sound(real)
    check(real, TABLES["out_ledger"], "out_ledger")
    assert set(real.get_column("claim_id")) == set(table("core_claims").get_column("claim_id"))
    assert set(real.get_column("rule")) <= {one.name for one in checks}
    assert {one.kind for one in checks} == {"list", "arithmetic", "enumeration", "same_number", "conflict", "none"}


def test_real_conflicts_are_the_envelopes_of_the_launch_and_the_146_of_2021(table, real):
    groups = ledger.conflicts(table("core_claims"))
    assert groups.group_by("kind", "concept").len().sort("kind").rows() == [
        ("decrease", "labelled_territories", 8), ("same_date", "envelope", 2),
    ]  # fmt: skip
    verdicts = dict(real.select("claim_id", "verdict").iter_rows())
    bounded = "carte-nouvelle-aquitaine-2020:labelled_territories:france:1"  # no list is as old: nothing decides
    assert verdicts[bounded] == "not_checkable"
    for _, group in groups.group_by("conflict"):
        claims = group.get_column("claim_id").to_list()
        assert [verdicts[one] for one in claims].count("contradicted") == (0 if bounded in claims else 1)


def test_real_reasons_are_one_french_sentence(real):
    for reason in real.get_column("reason"):
        assert reason.endswith("."), reason
        assert "'" not in reason, reason
        assert reason == typography.spaced(reason), reason
        assert not re.search(r"  |\{|\}|\d{4,}(?<!\b(?:18|19|20)\d\d)", reason), reason


def test_real_verdicts_do_not_depend_on_the_order_of_figures(table, facts, checks, real):
    shuffled = table("core_claims").sample(fraction=1, shuffle=True, seed=3)
    assert ledger.verdicts(shuffled, facts, checks).equals(real)


def test_dates_of_real_figures_are_days(table):
    days = [claim_dates.day_number(one) for one in table("core_claims").get_column("as_of")]
    assert all(date(day // 10_000, day // 100 % 100, day % 100) for day in days)


def test_errors_of_the_ledger_are_those_of_the_project():
    assert issubclass(LedgerError, AtlasError)
    assert clashes.CUMULATIVE
