"""The editions of the lists: totals that others publish of each, and what is followed from one COG to another."""

import polars as pl
import pytest

from analysis.errors import InvalidTableError, UnknownCodeError
from analysis.registry import memberships, official_lists
from analysis.sources.editions import Edition

OLD = Edition(id="2020-10", phase=1, title="t", valid_from="2020-10-15", known_from="2020-10", cog=2020, source="lists")
NEW = OLD.model_copy(update={"id": "2022-12", "valid_from": "2022-12", "cog": 2022})
OTHER = OLD.model_copy(update={"id": "2023-11", "phase": 2, "valid_from": "2023-11"})
EDITIONS = [OLD, NEW, OTHER]


@pytest.fixture
def small():
    """Raw tables of four communes, one of which absorbed another in 2022; the older list names communes."""
    return {
        "communes": pl.DataFrame(
            {
                "commune_code": ["57001", "57002", "57003", "57005"],
                "name": ["A", "B", "C", "E"],
                "department_code": "57",
                "region_code": "44",
                "epci_code": ["200000001", "200000001", "200000002", "200000002"],
                "population_2022": [10, 20, 30, 40],
            }
        ),
        "intercommunalities": pl.DataFrame(
            {"intercommunality_code": ["200000001", "200000002"], "name": ["X", "Y"], "kind": "CC"}
        ),
        "regions": pl.DataFrame({"region_code": ["44"], "name": ["Grand Est"]}),
        "ept_communes": pl.DataFrame(schema={"ept_code": pl.String, "commune_code": pl.String}),
        "commune_members": pl.DataFrame(schema={"member_code": pl.String, "commune_code": pl.String}),
        "cog_changes": pl.DataFrame(
            [
                (2020, "57003", "moved", "200000001", "200000002", None),
                (2022, "57004", "ended", "200000001", None, "57001"),
                (2022, "57006", "ended", "200000001", None, None),
                (2025, "57005", "ended", "200000002", None, "57003"),
            ],
            ["edition", "commune_code", "change", "old_epci_code", "new_epci_code", "successor_code"],
            orient="row",
        ),
        "territories": pl.DataFrame({"phase": [1, 2], "territory_id": "ti-4401", "name": "T", "region_code": "44"}),
        "members": pl.DataFrame(
            {
                "phase": [1, 2],
                "territory_id": "ti-4401",
                "member_code": ["200000001", "200000002"],
                "member_kind": "epci",
            }
        ),
        "edition_territories": pl.DataFrame(
            {"edition": "2020-10", "territory_id": ["ti-4401", "ti-4402"], "name": ["T", "U"], "region_code": "44"}
        ),
        "edition_members": pl.DataFrame(
            schema=dict.fromkeys(["edition", "territory_id", "member_code", "member_kind"], pl.String)
        ),
        "edition_communes": listed([("ti-4401", "57001"), ("ti-4401", "57004"), ("ti-4402", "57003")]),
    }


def listed(rows):
    return pl.DataFrame([("2020-10", *row) for row in rows], ["edition", "territory_id", "commune_code"], orient="row")


def members(tables, edition):
    found = tables["core_memberships"].filter(edition=edition).sort("commune_code")
    return dict(found.select("commune_code", "territory_id").iter_rows())


def test_each_edition_has_its_communes_and_the_days_on_which_it_holds(small):
    tables = memberships.build(small, EDITIONS)
    assert members(tables, "2020-10") == {"57001": "ti-4401", "57003": "ti-4402"}
    assert members(tables, "2022-12") == {"57001": "ti-4401", "57002": "ti-4401"}
    assert members(tables, "2023-11") == {"57003": "ti-4401", "57005": "ti-4401"}
    days = tables["core_memberships"].select("edition", "valid_from", "valid_to").unique().sort("edition")
    assert days.rows() == [
        ("2020-10", "2020-10-15", "2022-11-30"),
        ("2022-12", "2022-12-01", None),
        ("2023-11", "2023-11-01", None),
    ]
    assert tables["core_edition_members"].get_column("edition").to_list() == ["2022-12", "2023-11"]
    assert tables["core_memberships"].filter(edition="2020-10").get_column("member_code").null_count() == 2


def test_what_cannot_be_followed_is_named_and_not_dropped(small):
    small["edition_communes"] = listed([("ti-4401", "57006"), ("ti-4402", "57004"), ("ti-4401", "57001")])
    found = memberships.communes(small, OLD, EDITIONS).sort("commune_code")
    # 57004 went into 57001, which is of another territory in the list; 57006 has no successor.
    assert found.select("commune_code", "current_code").rows() == [("57001", "57001"), ("57004", None), ("57006", None)]


def test_a_list_of_a_later_cog_gives_the_communes_that_have_ended_since(small):
    later = OLD.model_copy(update={"cog": 2025})
    small["edition_communes"] = listed([("ti-4402", "57003")])
    found = memberships.communes(small, later, [later, NEW, OTHER]).sort("commune_code")
    assert found.get_column("current_code").to_list() == ["57003", "57005"]


def test_a_commune_that_the_cog_of_the_edition_does_not_have_is_refused(small):
    small["edition_communes"] = listed([("ti-4401", "57999")])
    with pytest.raises(UnknownCodeError, match=r"2020-10_communes.csv: 1 commune\(s\) that COG 2020 .*57999.*cog"):
        memberships.build(small, EDITIONS)


def test_a_commune_of_two_territories_is_refused(small):
    earlier = [("2020-10", "ti-4401", "200000001", "epci"), ("2020-10", "ti-4402", "215700010", "commune")]
    small["edition_communes"] = small["edition_communes"].clear()
    small["edition_members"] = pl.DataFrame(earlier, small["edition_members"].columns, orient="row")
    small["commune_members"] = pl.DataFrame({"member_code": ["215700010"], "commune_code": ["57001"]})
    with pytest.raises(InvalidTableError, match="commune 57001 belongs to several members"):
        memberships.build(small, EDITIONS)


# --- totals that others publish of each edition ---


def edition(table, name):
    return table("out_editions").row(by_predicate=pl.col("id") == name, named=True)


@pytest.mark.parametrize(
    ("name", "territories", "members", "communes"),
    [
        ("2020-10", 148, (None, None, None), 15_697),
        ("2022-12", 149, (547, 3, 38), 16_186),
        ("2023-11", 183, (627, 3, 0), 18_726),
        ("2024-09", 183, (626, 3, 12), 18_658),
    ],
)
def test_editions_have_the_published_size(table, name, territories, members, communes):
    found = edition(table, name)
    assert found["territory_count"] == territories
    assert tuple(found[f"{kind}_member_count"] for kind in ("epci", "ept", "commune")) == members
    assert found["listed_commune_count"] == communes


def test_of_the_communes_of_october_2020_those_not_in_cog_2024_are_followed_or_named(table, raw):
    listed = table("core_edition_communes").filter(edition="2020-10")
    ended = listed.join(raw["communes"], on="commune_code", how="anti")
    assert ended.height == 22
    lost = ended.filter(pl.col("current_code").is_null()).get_column("commune_code").sort().to_list()
    assert lost == edition(table, "2020-10")["lost_communes"] == ["25134", "25628", "45287", "95282"]
    assert listed.drop_nulls("current_code").get_column("current_code").n_unique() == 15_675


def test_between_the_two_editions_of_phase_one_four_territories_came_and_three_went_into_one(table):
    found = table("out_edition_change").filter(to_edition="2022-12", unit="territory")
    assert found.filter(change="left").get_column("code").to_list() == ["ti-5305", "ti-5307", "ti-5308"]
    assert found.filter(change="entered").get_column("code").to_list() == ["ti-3214", "ti-5216", "ti-5217", "ti-5313"]


def test_between_the_two_editions_of_phase_two_three_territories_changed_members(table):
    found = table("out_edition_change").filter(to_edition="2024-09", unit="member")
    counts = found.group_by("territory_id", "change").len().sort("territory_id", "change")
    assert counts.rows() == [
        ("ti-2707", "entered", 1),
        ("ti-7506", "entered", 11),
        ("ti-7506", "left", 1),
        ("ti-7613", "entered", 1),
        ("ti-7613", "left", 1),
    ]


@pytest.mark.parametrize(("earlier", "later"), [("2020-10", "2022-12"), ("2023-11", "2024-09")])
def test_an_edition_and_its_changes_give_the_next(table, earlier, later):
    places = {
        name: dict(table("core_memberships").filter(edition=name).select("commune_code", "territory_id").iter_rows())
        for name in (earlier, later)
    }
    for row in table("out_edition_change").filter(to_edition=later, unit="commune").iter_rows(named=True):
        if row["change"] == "left":
            assert places[earlier].pop(row["code"]) == row["territory_id"]
            continue
        assert places[earlier].get(row["code"]) == row["previous_territory"]
        places[earlier][row["code"]] = row["territory_id"]
    assert places[earlier] == places[later]


def test_the_newest_editions_are_the_lists_in_force(table):
    for phase, name in ((1, "2022-12"), (2, "2024-09")):
        column = f"territory_{phase}"
        now = table("core_communes").drop_nulls(column).select("commune_code", pl.col(column).alias("territory_id"))
        held = table("core_memberships").filter(edition=name).select("commune_code", "territory_id")
        assert held.sort("commune_code").equals(now.sort("commune_code"))


def test_communes_of_cog_2025_are_those_of_2024_less_68_and_8_more(raw):
    assert official_lists.communes_at_edition(raw, 2025).height == raw["communes"].height - 68 + 8


def test_communes_that_ended_in_one_another_are_refused():
    heirs = {"57004": "57006", "57006": "57007", "57007": "57006"}
    with pytest.raises(InvalidTableError, match="57004 → 57006 → 57007 → 57006"):
        memberships.heir("57004", heirs, {"57001"})
