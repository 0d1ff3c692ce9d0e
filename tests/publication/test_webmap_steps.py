"""Editions as the pages step through them: what changed, where each commune was, facts of earlier territories."""

import polars as pl
import pytest

from analysis.publication.webmap import RAW, TABLES, Names, Steps, with_layers
from analysis.publication.webmap.steps import facts, lists


def editions(*rows: tuple[str, int]) -> pl.DataFrame:
    return pl.DataFrame(
        [(name, phase, f"{name}-01", name) for name, phase in rows],
        ["id", "phase", "valid_from", "as_of"],
        orient="row",
    )


def memberships(**listed: dict[str, str]) -> pl.DataFrame:
    rows = [(code, name[1:].replace("_", "-"), one) for name, ground in listed.items() for code, one in ground.items()]
    return pl.DataFrame(rows, ["commune_code", "edition", "territory_id"], orient="row")


def steps(order: pl.DataFrame, rows: pl.DataFrame) -> Steps:
    names = (
        rows.select("edition", "territory_id")
        .unique()
        .with_columns(name=pl.lit("l'Île"), region_name=pl.lit("R"), region_code=pl.lit("84"))
    )
    members = pl.DataFrame(
        schema={"edition": pl.String, "territory_id": pl.String, "population_2022": pl.Int64, "member_code": pl.String}
    )
    return Steps(order, rows, names, members)


@pytest.fixture
def three() -> Steps:
    """Two editions of phase 1, one of phase 2, the rows in no order."""
    rows = memberships(
        _2020_01={"01001": "ti-8401", "01002": "ti-8401", "01003": "ti-8402"},
        _2022_01={"01001": "ti-8401", "01002": "ti-8402", "01004": "ti-8402"},
        _2023_01={"01001": "ti-8402", "01004": "ti-8402"},
    )
    return steps(editions(("2023-01", 2), ("2020-01", 1), ("2022-01", 1)), rows)


@pytest.fixture
def names() -> Names:
    communes = pl.DataFrame(
        {
            "commune_code": ["01001", "01002", "01003", "01004"], "region_code": ["84", "84", "84", "01"],
            "epci_code": ["200000001", "200000001", "200000002", None], "population_2022": [1, 10, 100, None],
            "territory_1": ["ti-8401", "ti-8402", None, "ti-8402"], "territory_2": ["ti-8402", None, None, "ti-8402"],
        }
    )  # fmt: skip
    territories = pl.DataFrame({"phase": [1, 1, 2], "territory_id": ["ti-8401", "ti-8402", "ti-8402"]})
    return Names(communes, territories, pl.DataFrame(), pl.DataFrame(), pl.DataFrame(), pl.DataFrame())


def test_editions_stand_in_the_order_of_their_days(three):
    assert [one["id"] for one in three.ordered] == ["2020-01", "2022-01", "2023-01"]
    assert three.newest == {1: "2022-01", 2: "2023-01"}
    assert [one["id"] for one in three.earlier] == ["2020-01"]


def test_change_within_a_phase_tells_who_entered_left_and_moved(three):
    first, second, third = three.ordered
    assert three.change(first) == {}
    assert three.change(second) == {"01002": "moved", "01003": "left", "01004": "entered"}
    assert three.change(third) == {"01002": "left"}  # between phases a number names another territory


def test_layers_of_the_editions_are_columns_and_changes_keep_the_frames_apart(three, names):
    found = with_layers(names.communes, three)
    assert found["edition-2020-01"].to_list() == ["ti-8401", "ti-8401", "ti-8402", None]
    assert found["change-2022-01"].to_list() == [None, "moved:", "left:", "entered:01"]
    assert not {"edition-2022-01", "change-2020-01"} & set(found.columns)


def test_lists_tell_where_an_earlier_edition_differs_from_the_newest_of_its_phase(three, names):
    first, second, third = lists(names, three)["editions"]
    assert first["territories"] == [["ti-8401", "l’Île"], ["ti-8402", "l’Île"]]
    assert first["grounds"] == [1, 0, 2, 1, 3, -1]
    assert first["groups"] == [1, 1]
    assert first["from"] == "2020-01"
    assert "grounds" not in second | third


def test_facts_are_those_of_territories_with_another_ground_or_name(three, names):
    found = {one["id"]: one for one in facts(names, three, three.ordered[0])}
    assert set(found) == {"ti-8401", "ti-8402"}
    assert (found["ti-8401"]["communes"], found["ti-8401"]["population"]) == (2, 11)
    assert found["ti-8401"]["same"] == 0
    assert found["ti-8401"]["others"] == [2]  # the one of phase 2 that shares a commune with it


def test_one_edition_alone_has_no_change(names):
    alone = steps(editions(("2023-01", 2)), memberships(_2023_01={"01001": "ti-8402"}))
    assert alone.change(alone.ordered[0]) == {}
    assert alone.earlier == []
    assert with_layers(names.communes, alone).columns == names.communes.columns


# --- the real lists ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real(table) -> Steps:
    return Steps(*(table(name) for name in TABLES))


def test_changes_are_those_of_the_table_of_changes(real, table):
    wanted = table("out_edition_change").filter(unit="commune")
    for one in real.ordered:
        told = dict(wanted.filter(to_edition=one["id"]).select("code", "change").iter_rows())
        if one["id"] in real.pairs and real.pairs[one["id"]]["phase"] == one["phase"]:
            assert real.change(one) == told
            assert told


def test_every_commune_is_where_the_memberships_have_it_in_every_edition(real, table, raw):
    """As the page reads it: the newest territories of the search, and what differs in an earlier edition."""
    tables = (table(name) for name in ("core_communes", "core_territories", "core_members"))
    names = Names(*tables, *(raw[name] for name in RAW))
    codes = names.listed["commune_code"].to_list()
    for one in lists(names, real)["editions"]:
        newest = dict(zip(codes, names.listed[f"territory_{one['phase']}"], strict=True))
        pairs = zip(one.get("grounds", [])[::2], one.get("grounds", [])[1::2], strict=True)
        turned = {codes[rank]: one["territories"][place][0] if place >= 0 else None for rank, place in pairs}
        told = {code: name for code, name in (newest | turned).items() if name}
        assert told == real.ground(one["id"]), one["id"]
