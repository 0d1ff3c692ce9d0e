"""Layers added up to territories, members, regions and France: each rule, coverage, ranks; groups and overlaps."""

import polars as pl
import pytest

from analysis.indicators import context, employment_groups, programme_overlap
from analysis.sources.context import Layer
from analysis.tables import TABLES, schema

COMMUNES = pl.DataFrame(
    [  # two territories in phase 2, the first of two intercommunalities; 01004 is of neither phase
        ("01001", "200000001", None, "01", "84", 100, None, None, "200000001", "ti-8401"),
        ("01002", "200000001", None, "01", "84", 300, "200000001", "ti-8401", "200000001", "ti-8401"),
        ("01003", "200000002", "200000009", "01", "84", 600, "200000002", "ti-8401", "200000009", "ti-8401"),
        ("21001", "200000003", None, "21", "27", 1000, None, None, "200000003", "ti-2701"),
        ("01004", "200000002", None, "01", "84", 500, "200000002", "ti-8401", None, None),
    ],
    schema=["commune_code", "epci_code", "ept_code", "department_code", "region_code", "population_2022", "member_1",
            "territory_1", "member_2", "territory_2"],
    orient="row",
)  # fmt: skip
COUNT = {"title": "Ateliers", "kind": "count", "unit": "workshop", "adds_up": "sum", "year": 2024}
SHARE = {"title": "Part", "kind": "share", "of": "ateliers", "adds_up": "none", "year": 2024}
FLAG = {"title": "Label", "kind": "flag", "adds_up": "any", "year": 2024}


def layer(level="commune", complete=False, **columns):
    return Layer.model_validate(
        {
            "title": "x",
            "level": level,
            "code": "c",
            "cog": 2024,
            "source": "s",
            "columns": columns,
            "complete": complete,
            "zones": "basin" if level == "zone" else None,
        }
    )


def values(column, level="commune", year=2024, text=None, **by_code):
    rows = [("x", column, year, level, code.removeprefix("c"), one, text) for code, one in by_code.items()]
    return schema.from_rows(TABLES["core_context"], pl.DataFrame(
        rows, schema=TABLES["core_context"].columns, orient="row").iter_rows(named=True))  # fmt: skip


def told(declared, core, phase, level, code, column="v"):
    found = context.build(core, COMMUNES, {"x": declared}).filter(phase=phase, level=level, code=code, column=column)
    return found.select("value", "unit_count", "coverage_pct").rows()


def test_a_count_is_added_up_and_its_coverage_told():
    core = values("v", c01001=5.0, c01002=7.0, c21001=2.0)
    assert told(layer(v=COUNT), core, 2, "territory", "ti-8401") == [(12.0, 2, 40.0)]
    assert told(layer(v=COUNT), core, 1, "territory", "ti-8401") == [(7.0, 1, 21.4286)]
    assert told(layer(v=COUNT), core, 0, "region", "84") == [(12.0, 2, 26.6667)]
    assert told(layer(v=COUNT), core, 0, "country", "FR") == [(14.0, 3, 56.0)]


def test_a_zone_is_told_of_the_grounds_that_hold_all_of_it():
    codes = {"01001": "A", "01002": "A", "01003": "B", "21001": "B"}
    named = pl.concat([values("basin", text=zone, **{f"c{code}": None}) for code, zone in codes.items()])
    core = pl.concat([named, values("v", level="zone", A=5.0, B=2.0)])
    assert told(layer("zone", v=COUNT), core, 2, "territory", "ti-8401") == [(5.0, 1, 40.0)]  # B lies in two
    assert told(layer("zone", v=COUNT), core, 0, "country", "FR") == [(7.0, 2, 80.0)]


def test_absent_is_unknown_unless_the_layer_is_complete():
    core = values("v", c01001=5.0)
    assert told(layer(v=COUNT), core, 2, "territory", "ti-2701") == [(None, 0, 0.0)]
    assert told(layer(v=COUNT, complete=True), core, 2, "territory", "ti-2701") == [(0.0, 0, 100.0)]


def test_of_a_list_the_share_of_inhabitants_is_told():
    core = values("v", c01001=1.0, c01002=0.0)
    assert told(layer(v=FLAG, complete=True), core, 2, "territory", "ti-8401") == [(10.0, 1, 100.0)]
    assert told(layer(v=FLAG), core, 2, "territory", "ti-8401") == [(25.0, 1, 40.0)]


def test_a_share_that_is_not_added_up_is_told_of_what_is_one_unit():
    core = values("v", "intercommunality", c200000001=10.0, c200000002=40.0, c200000003=20.0, c200000009=60.0)
    declared = layer("intercommunality", v=SHARE)
    assert told(declared, core, 2, "member", "200000001") == [(10.0, 1, 100.0)]
    assert told(declared, core, 2, "territory", "ti-2701") == [(20.0, 1, 100.0)]
    assert told(declared, core, 2, "territory", "ti-8401") == []
    assert told(declared, core, 2, "member", "200000009") == [(60.0, 1, 100.0)]
    assert told(declared, core, 1, "member", "200000002") == [(40.0, 1, 100.0)]


def test_a_unit_that_lies_in_part_in_a_ground_is_not_added_up():
    core = values("v", "intercommunality", c200000001=10.0, c200000002=40.0, c200000009=3.0)
    declared = layer("intercommunality", v=COUNT)
    assert told(declared, core, 2, "territory", "ti-8401") == [(10.0, 1, 40.0)]
    assert told(declared, core, 0, "region", "84") == [(50.0, 2, 100.0)]


@pytest.mark.parametrize(
    ("weight", "value"), [("population_2022", (10 * 100 + 30 * 300) / 400), ("w", (10 * 3 + 30 * 1) / 4)]
)
def test_a_share_is_averaged_with_the_weights_that_it_names(weight, value):
    share = SHARE | {"adds_up": "weighted", "weighted_by": weight}
    core = pl.concat([values("v", c01001=10.0, c01002=30.0), values("w", c01001=3.0, c01002=1.0)])
    assert told(layer(v=share, w=COUNT), core, 2, "member", "200000001") == [(value, 2, 100.0)]


def test_a_change_is_told_in_per_cent_and_not_from_nothing():
    count = {**COUNT, "year": None, "years": [2020, 2021], "changes": [[2020, 2021]]}
    before = values("v", year=2020, c01001=4.0, c21001=0.0, c01003=7.0)  # 01002 and 01003 are known in one year alone
    core = pl.concat([before, values("v", year=2021, c01001=5.0, c21001=3.0, c01002=90.0)])
    assert told(layer(v=count), core, 2, "territory", "ti-8401", "v_change_2020_2021") == [(25.0, 1, 10.0)]
    assert told(layer(v=count), core, 2, "territory", "ti-2701", "v_change_2020_2021") == [(None, 1, 100.0)]
    complete = layer(v=count, complete=True)
    assert told(complete, core, 2, "territory", "ti-8401", "v_change_2020_2021") == [(763.6364, 3, 100.0)]


def test_equals_share_a_rank_and_what_is_unknown_has_none():
    core = values("v", c01001=5.0, c21001=5.0)
    found = context.build(core, COMMUNES, {"x": layer(v=COUNT)}).filter(phase=2).sort("level", "code")
    assert found.filter(level="territory").select("rank", "rank_of").rows() == [(1, 2), (1, 2)]
    assert found.filter(level="member").select("code", "rank", "rank_of").rows() == [
        ("200000001", 1, 2), ("200000003", 1, 2), ("200000009", None, 2),
    ]  # fmt: skip
    assert found.filter(level="country").select("rank", "rank_of").rows() == [(None, 0)]


def test_classes_and_dates_are_no_values_of_a_ground():
    core = values("v", text="A", c01001=None)
    assert context.build(core, COMMUNES, {"x": layer(v={**FLAG, "kind": "class", "adds_up": "none"})}).is_empty()


def test_groups_of_communes_are_those_of_both_lists():
    core = pl.concat([
        values("employees", year=year, c01001=one, c01002=2 * one, c21001=4.0, c01004=8.0)
        for year, one in ((2014, 10.0), (2018, 20.0), (2023, 30.0))
    ])  # fmt: skip
    found = employment_groups.build(core, COMMUNES).filter(year=2023).sort("status")
    columns = ["status", "commune_count", "known_commune_count", "employees", "index_2014", "change_2018_2023_pct"]
    assert found.select(columns).rows() == [
        ("all", 5, 4, 102, 242.8571, 41.6667), ("entered", 2, 2, 34, 242.8571, 41.6667),
        ("kept", 2, 1, 60, 300.0, 50.0), ("left", 1, 1, 8, 100.0, 0.0),
    ]  # fmt: skip


def test_overlaps_are_shares_of_the_first_programme():
    core = pl.concat([values("a", c01001=1.0, c01002=1.0, c21001=0.0), values("b", c01002=1.0)])
    found = programme_overlap.build(core, COMMUNES, {"x": layer(a=FLAG, b=FLAG)})
    columns = ["commune_count", "population_2022", "commune_share_pct", "population_share_pct"]
    rows = {row[:2]: row[2:] for row in found.select("programme", "other", *columns).rows()}
    assert dict(found.select("programme", "source_id").unique().rows())["phase_1"] == "anct-lists"
    assert rows["a", "b"] == (1, 300, 50.0, 75.0)
    assert rows["b", "a"] == (1, 300, 100.0, 100.0)
    assert rows["a", "phase_1"] == (1, 300, 50.0, 75.0)
    assert set(found["programme"]) == {"a", "b", "phase_1", "phase_2"}


# --- of the project itself ---------------------------------------------------------------------------------


def test_employees_of_the_regions_add_up_to_those_of_france(table):
    found = table("out_context").filter(column="employees", phase=0)
    regions = found.filter(level="region").group_by("year").agg(pl.col("value").sum()).sort("year")
    france = found.filter(level="country").sort("year")
    assert regions["value"].to_list() == france["value"].to_list()
    assert france["value"].to_list()[-1] == 19_995_376


def test_employees_of_the_groups_add_up_to_those_of_the_programme_and_of_france(table):
    groups = table("out_employment_groups").filter(year=2024)
    by_status = dict(groups.select("status", "employees").rows())
    parts = [by_status[one] for one in ("kept", "entered", "left", "never")]
    assert sum(parts) == by_status["all"] == 19_995_376
    country = table("out_context").filter(column="employees", year=2024, level="country")
    assert country.filter(phase=2)["value"].to_list() == [by_status["kept"] + by_status["entered"]]
    assert country.filter(phase=1)["value"].to_list() == [by_status["kept"] + by_status["left"]]


def test_every_member_that_is_an_intercommunality_of_the_mainland_has_its_share_of_industry(table):
    found = table("out_context").filter(column="industry_share", level="member")
    members = table("core_members").join(
        found, left_on=["phase", "member_code"], right_on=["phase", "code"], how="left"
    )
    unknown = members.filter(pl.col("value").is_null(), pl.col("member_kind") != "commune")
    overseas = unknown["territory_id"].str.slice(3, 2).is_in(["01", "02", "03", "04", "06"])
    assert overseas.all()
    known = members.filter(pl.col("value").is_not_null(), phase=2)
    assert found.filter(phase=2)["rank_of"].unique().to_list() == [known.height]


def test_overlaps_have_the_number_of_communes_of_each_programme(table):
    found = table("out_programme_overlap").filter(pl.col("programme") == pl.col("other"))
    newest = table("out_editions").filter(pl.col("valid_to").is_null())
    phases = {f"phase_{phase}": size for phase, size in newest.select("phase", "commune_count").iter_rows()}
    flagged = table("core_context").filter(pl.col("column").is_in(["acv", "frr", "ort", "pvd"]), value=1)
    programmes = dict(flagged.group_by("column").len().iter_rows())
    assert dict(found.select("programme", "commune_count").rows()) == phases | programmes
    assert programmes | phases == {
        "acv": 245, "frr": 19_980, "ort": 2_265, "phase_1": 16_169, "phase_2": 18_658, "pvd": 1_646,
    }  # fmt: skip
