"""What became of territories, members and ground: rules on tiny frames, then the real lists."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.charts.drawing import style
from analysis.charts.drawing.alluvial import Family, families
from analysis.i18n.language import speaking, tr
from analysis.registry import phases
from analysis.tables import TABLES, codes

NO = None
ONE = {"unchanged", "enlarged", "shrunk", "gain_and_loss"}
PHASE_TABLES = ("out_phase_change", "out_phase1_fate", "out_member_change", "out_region_change")


def communes(*rows: tuple[str | None, str | None, int]) -> pl.DataFrame:
    """core_communes of rows (territory of phase 1, territory of phase 2, inhabitants); a member a territory."""
    return pl.DataFrame(
        [
            {
                "commune_code": f"{rank:05}",
                "region_code": "44",
                "epci_code": f"epci {rank}",
                "population_2022": people,
                "member_1": first and f"m{first}",
                "territory_1": first,
                "member_2": second and f"m{second}",
                "territory_2": second,
            }
            for rank, (first, second, people) in enumerate(rows)
        ],
        infer_schema_length=None,
        schema_overrides=dict.fromkeys(("member_1", "territory_1", "member_2", "territory_2"), pl.String),
    )


def territories(frame: pl.DataFrame) -> pl.DataFrame:
    parts = [
        frame.select(pl.lit(phase).alias("phase"), territory_id=f"territory_{phase}").drop_nulls().unique()
        for phase in (1, 2)
    ]
    return pl.concat(parts).with_columns(name="territory_id").sort("phase", "territory_id")


def told(frame: pl.DataFrame, phase: int) -> dict[str, str]:
    return dict(phases.words(frame, phase).select(f"territory_{phase}", "word").iter_rows())


CASES = {
    "unchanged": ([("a", "A", 9)], {"a": "unchanged"}, {"A": "unchanged"}),
    "enlarged by ground outside": ([("a", "A", 9), (NO, "A", 1)], {"a": "enlarged"}, {"A": "enlarged"}),
    "shrunk": ([("a", "A", 9), ("a", NO, 1)], {"a": "shrunk"}, {"A": "shrunk"}),
    "gain and loss": (
        [("a", "A", 9), ("a", NO, 1), (NO, "A", 1)],
        {"a": "gain_and_loss"},
        {"A": "gain_and_loss"},
    ),
    "a commune without inhabitants moves no one": (
        [("a", "A", 9), ("a", NO, 0)],
        {"a": "unchanged"},
        {"A": "unchanged"},
    ),
    "new and ended": ([("a", NO, 9), (NO, "B", 9)], {"a": "ended"}, {"B": "new"}),
    "merged": ([("a", "A", 5), ("b", "A", 5)], {"a": "merged", "b": "merged"}, {"A": "merged"}),
    "split": ([("a", "A", 5), ("a", "B", 5)], {"a": "split"}, {"A": "split", "B": "split"}),
    "recomposed": (
        [("a", "A", 5), ("a", "B", 5), ("b", "B", 5), ("b", "C", 5)],
        {"a": "recomposed", "b": "recomposed"},
        {"A": "split", "B": "recomposed", "C": "split"},
    ),
    "merged into a recomposed one": (
        [("a", "A", 5), ("b", "A", 5), ("b", "B", 5)],
        {"a": "merged", "b": "recomposed"},
        {"A": "recomposed", "B": "split"},
    ),
    "a border that moved is no link": (
        [("a", "A", 95), ("a", "B", 5), ("b", "B", 95)],
        {"a": "shrunk", "b": "enlarged"},
        {"A": "shrunk", "B": "enlarged"},
    ),
    "a small territory inside a large one is a link": (
        [("a", "A", 990), ("b", "A", 10)],
        {"a": "merged", "b": "merged"},
        {"A": "merged"},
    ),
    "the same id is not the same territory": (
        [("x", "y", 5), ("y", "x", 5)],
        {"x": "unchanged", "y": "unchanged"},
        {"x": "unchanged", "y": "unchanged"},
    ),
}


@pytest.mark.parametrize(("rows", "first", "second"), CASES.values(), ids=CASES)
def test_words_say_what_became_of_both_sides(rows, first, second):
    assert told(communes(*rows), 1) == first
    assert told(communes(*rows), 2) == second


def test_territories_are_linked_by_a_tenth_of_either_population():
    frame = communes(
        ("ti-0001", "ti-0011", 10), ("ti-0001", NO, 990), (NO, "ti-0011", 90), ("ti-0001", "ti-0012", 9),
        (NO, "ti-0012", 91), ("ti-0002", "ti-0013", 0),
    )  # fmt: skip
    assert phases.links(frame).rows() == [("ti-0001", "ti-0011")]
    second = pl.DataFrame([{"phase": 2, "territory_id": f"ti-001{rank}"} for rank in range(1, 5)])
    assert phases.entirely_new(second, frame) == ["ti-0012", "ti-0013", "ti-0014"]


def test_phase_change_names_the_origins_and_their_share():
    frame = communes(("b", "A", 30), ("a", "A", 30), (NO, "A", 60), (NO, "N", 5))
    found = phases.phase_change(territories(frame), frame)
    assert found.rows() == [("A", "A", "merged", ["a", "b"], 50.0), ("N", "N", "new", [], 0.0)]


def test_phase1_fate_names_the_heirs():
    frame = communes(("a", "B", 5), ("a", "A", 5), ("z", NO, 5))
    found = phases.phase1_fate(territories(frame), frame)
    assert found.rows() == [("a", "a", "split", ["A", "B"]), ("z", "z", "ended", [])]


def test_sensitivity_counts_every_word_when_the_threshold_hides_a_link():
    frame = communes(("a", "A", 90), ("a", "B", 5), ("b", "B", 95))
    found = phases.sensitivity(frame, (1, 10))
    assert found.height == 2 * 2 * 8
    counts = {row[:3]: row[3] for row in found.select("phase", "least_pct", "word", "territory_count").iter_rows()}
    assert (counts[2, 1.0, "split"], counts[2, 1.0, "recomposed"], counts[2, 1.0, "new"]) == (1, 1, 0)
    assert (counts[2, 10.0, "shrunk"], counts[2, 10.0, "enlarged"]) == (1, 1)


# --- members -----------------------------------------------------------------------------------------------


def moves(*rows: tuple[int, str, str, str | None, str | None, str | None]) -> pl.DataFrame:
    names = ("edition", "commune_code", "change", "old_epci_code", "new_epci_code", "successor_code")
    return pl.DataFrame(rows, schema=dict(zip(names, (pl.Int64, *[pl.String] * 5), strict=True)), orient="row")


def living(**epci: str) -> pl.DataFrame:
    return pl.DataFrame({"commune_code": list(epci), "epci_code": list(epci.values())})


def test_successor_is_where_most_communes_went():
    changes = moves(*((2021, f"c{n}", "moved", "old", "y" if n else "x", NO) for n in range(3)))
    assert phases.successors(changes, living(c0="x", c1="y", c2="y")) == {"old": "y"}


def test_successor_is_the_smaller_code_when_as_many_went_to_both():
    changes = moves((2021, "c1", "moved", "old", "y", NO), (2021, "c2", "moved", "old", "x", NO))
    assert phases.successors(changes, living(c1="y", c2="x")) == {"old": "x"}


def test_successor_follows_a_second_change_and_ignores_who_left_before():
    changes = moves(
        (2020, "c1", "moved", "old", "x", NO),
        (2020, "c2", "moved", "old", "x", NO),
        (2021, "c3", "moved", "old", "middle", NO),
        (2023, "c3", "moved", "middle", "y", NO),
    )
    assert phases.successors(changes, living(c1="x", c2="x", c3="y")) == {"middle": "y", "old": "y"}


def test_successor_of_absorbed_communes_is_where_the_absorbing_one_is():
    changes = moves((2022, "c1", "ended", "old", NO, "c2"), (2022, "c9", "ended", "lost", NO, NO))
    assert phases.successors(changes, living(c2="x")) == {"old": "x"}


def test_a_living_code_has_no_successor_though_communes_left_it():
    assert phases.successors(moves((2021, "c1", "moved", "x", "y", NO)), living(c1="y", c2="x")) == {}


def listed(*rows: tuple[int, str, str, int]) -> pl.DataFrame:
    """core_members of rows (phase, territory, code, inhabitants)."""
    return pl.DataFrame(
        [
            {
                "phase": phase,
                "territory_id": territory,
                "member_code": code,
                "member_kind": "epci",
                "member_name": f"CC {code}",
                "commune_count": 1,
                "population_2022": people,
            }
            for phase, territory, code, people in rows
        ]
    )


NOTHING = moves()
COLUMNS = ["member_code", "status", "phase1_id", "phase2_id", "other_phase_population_2022"]


def test_member_change_tells_who_stays_leaves_and_enters():
    frame = communes(("a", "A", 7), ("b", NO, 5), (NO, "C", 3))
    members = listed((1, "a", "same", 7), (2, "A", "same", 7), (1, "b", "mb", 5), (2, "C", "mC", 3))
    found = phases.member_change(members, frame, NOTHING).select(COLUMNS)
    assert found.rows() == [
        ("mC", "entered", NO, "C", 0),
        ("mb", "left", "b", NO, 0),
        ("same", "kept", "a", "A", 7),
    ]


def test_a_member_that_left_shows_the_ground_that_another_one_keeps():
    frame = communes(("a", "A", 7), ("a", NO, 2))
    found = phases.member_change(listed((1, "a", "ma", 9), (2, "A", "mA", 7)), frame, NOTHING).select(COLUMNS)
    assert found.rows() == [("mA", "entered", NO, "A", 7), ("ma", "left", "a", NO, 7)]


def test_a_member_whose_code_changed_is_kept_under_its_code_of_today():
    frame = communes(("a", "A", 7)).with_columns(epci_code=pl.lit("today"), member_1=pl.lit("old"))
    members = listed((1, "a", "old", 7), (2, "A", "today", 7))
    changes = moves((2021, "00000", "moved", "old", "today", NO))
    found = phases.member_change(members, frame, changes).select(COLUMNS)
    assert found.rows() == [("today", "kept", "a", "A", 7)]


def test_the_largest_of_merged_members_gives_the_territory():
    frame = communes(("a", "A", 2), ("b", "A", 7)).with_columns(epci_code=pl.lit("today"))
    members = listed((1, "a", "ma", 2), (1, "b", "mb", 7), (2, "A", "today", 9))
    changes = moves((2021, "00000", "moved", "ma", "today", NO), (2021, "00001", "moved", "mb", "today", NO))
    assert phases.member_change(members, frame, changes).select(COLUMNS).rows() == [("today", "kept", "b", "A", 9)]


# --- ground ------------------------------------------------------------------------------------------------


def test_region_change_has_every_status_of_every_region_and_france():
    frame = communes(("a", "A", 60), ("a", NO, 10), (NO, NO, 30))
    found = phases.region_change(frame, pl.DataFrame({"region_code": ["44"], "name": ["Grand Est"]}))
    assert found.select("region_code", "status", "commune_count", "population_share_pct").rows() == [
        ("44", "entered", 0, 0.0),
        ("44", "kept", 1, 60.0),
        ("44", "left", 1, 10.0),
        ("FR", "entered", 0, 0.0),
        ("FR", "kept", 1, 60.0),
        ("FR", "left", 1, 10.0),
    ]


# --- flows -------------------------------------------------------------------------------------------------

HERE, THERE = ("44", "Grand Est"), ("27", "Ailleurs")


def flow(frame: pl.DataFrame, here: set[str]) -> phases.Flow:
    """The flow of a region that has the territories of `here`."""
    names = territories(frame)
    own = pl.col("territory_id").is_in(here)
    placed = names.with_columns(
        region_code=pl.when(own).then(pl.lit(HERE[0])).otherwise(pl.lit(THERE[0])),
        region_name=pl.when(own).then(pl.lit(HERE[1])).otherwise(pl.lit(THERE[1])),
    )
    return phases.flow_of("44", phases.phase_change(names, frame), phases.phase1_fate(names, frame), frame, placed)


def test_flow_holds_the_regions_territories_and_their_partners_only():
    frame = communes(("a", "A", 5), ("b", "A", 5), ("b", "B", 5), ("c", "C", 5), (NO, "N", 5))
    found = flow(frame, {"a", "N"})
    assert set(found.territories) == {"1 a", "2 A", "2 N"}
    assert {key: row["own"] for key, row in found.territories.items()} == {"1 a": True, "2 A": False, "2 N": True}
    assert found.territories["2 A"]["people"] == 10
    assert found.shared == {("1 a", "2 A"): 5}


def test_flow_table_has_a_row_a_link_and_one_a_territory_without():
    frame = communes(("a", "A", 5), ("z", NO, 5), (NO, "N", 5))
    rows = phases.flow_table(flow(frame, {"a", "A", "z", "N"}))
    assert rows.select(
        "phase1_id", "phase1_fate", "phase2_id", "phase2_change", "group", "shared_population_2022"
    ).rows() == [
        ("a", "unchanged", "A", "unchanged", "unchanged", 5),
        ("z", "ended", NO, NO, "ended", 0),
        (NO, NO, "N", "new", "new", 0),
    ]


def test_change_counts_name_every_word_once():
    frame = communes(("a", "A", 5), ("a", "B", 5), ("z", NO, 5))
    names = territories(frame)
    counts = phases.change_counts(phases.phase_change(names, frame), phases.phase1_fate(names, frame))
    assert counts.get_column("word").to_list() == list(phases.CHANGE_WORDS)
    assert counts.filter(pl.col("phase1_count") + pl.col("phase2_count") > 0).rows() == [
        ("split", 1, 2), ("ended", 1, 0),
    ]  # fmt: skip


def grouped(frame: pl.DataFrame) -> dict[tuple[int, str], str]:
    names = territories(frame)
    told = phases.groups(phases.phase_change(names, frame), phases.phase1_fate(names, frame))
    return {(phase, code): group for phase, code, group in told.select("phase", "territory_id", "group").iter_rows()}


def shape(family: Family) -> str:
    """The word for a family by how many territories it has on each side; its own where one remains one."""
    first, second = (min(len(side), 2) for side in (family.first, family.second))
    return {(1, 0): "ended", (0, 1): "new", (1, 2): "split", (2, 1): "merged", (2, 2): "recomposed"}.get(
        (first, second), "one"
    )


@given(
    st.lists(
        st.tuples(st.sampled_from([NO, *"abcde"]), st.sampled_from([NO, *"ABCDE"]), st.integers(1, 9)),
        min_size=1, max_size=12, unique_by=lambda one: one[:2],
    ).filter(lambda rows: any(any(one[:2]) for one in rows))
)  # fmt: skip
def test_a_group_has_one_word_that_says_how_many_it_links(rows):
    frame = communes(*rows)
    told = grouped(frame)
    sides = [[code for phase, code in told if phase == one] for one in (1, 2)]
    for family in families(*sides, phases.links(frame).iter_rows()):
        words = {told[1, one] for one in family.first} | {told[2, one] for one in family.second}
        assert len(words) == 1
        assert shape(family) == ("one" if words <= ONE else words.pop())


def test_both_sides_of_every_link_of_the_lists_agree_on_their_group(table):
    changes, fates = table("out_phase_change"), table("out_phase1_fate")
    told = phases.groups(changes, fates)
    group = {(phase, code): one for phase, code, one in told.select("phase", "territory_id", "group").iter_rows()}
    links = changes.explode("phase1_ids").drop_nulls("phase1_ids").select("phase1_ids", "phase2_id").rows()
    assert {(one, two) for one, two in links} == {
        (one, two) for one, two in fates.explode("phase2_ids").drop_nulls("phase2_ids")
        .select("phase1_id", "phase2_ids").iter_rows()
    }  # fmt: skip
    assert [(one, two) for one, two in links if group[1, one] != group[2, two]] == []
    counts = phases.change_counts(changes, fates).filter(pl.col("word").is_in(["split", "merged", "recomposed"]))
    assert counts.rows() == [("split", 13, 27), ("merged", 8, 4), ("recomposed", 8, 10)]


def test_a_group_is_told_from_the_rows_of_a_territory_and_those_linked_with_it(table):
    changes, fates = table("out_phase_change"), table("out_phase1_fate")
    whole = phases.groups(changes, fates)
    for row in fates.filter(pl.col("fate").is_in(["merged", "split", "recomposed"])).iter_rows(named=True):
        near = changes.filter(pl.col("phase2_id").is_in(row["phase2_ids"])), fates.filter(phase1_id=row["phase1_id"])
        mine = pl.col("phase") == 1, pl.col("territory_id") == row["phase1_id"]
        assert phases.groups(*near).filter(*mine).equals(whole.filter(*mine))


# --- properties --------------------------------------------------------------------------------------------

IDS = st.none() | st.sampled_from("abcde")
LISTS = st.lists(st.tuples(IDS, IDS, st.integers(0, 1000)), min_size=1, max_size=25)


@given(LISTS, st.randoms(use_true_random=False))
def test_words_do_not_depend_on_the_order_of_rows_nor_on_ids(rows, random):
    frame = communes(*rows)
    names = dict(zip("abcde", random.sample("vwxyz", 5), strict=True))
    renamed = frame.with_columns(pl.col("territory_1", "territory_2").replace(names))
    shuffled = renamed.sample(fraction=1, shuffle=True, seed=random.randrange(1000))
    for phase in (1, 2):
        assert told(shuffled, phase) == {names[one]: word for one, word in told(frame, phase).items()}


@given(LISTS)
def test_both_sides_of_a_link_name_each_other(rows):
    frame = communes(*rows)
    pairs = [
        {(one, other) if phase == 1 else (other, one) for one, others in found.iter_rows() for other in others}
        for phase in (1, 2)
        for found in [phases.words(frame, phase).select(f"territory_{phase}", "others")]
    ]
    assert pairs[0] == pairs[1] == set(phases.links(frame).iter_rows())


@given(LISTS)
def test_inhabitants_are_conserved(rows):
    frame = communes(*rows)
    ground = phases.commune_status(frame).group_by("status").agg(pl.col("population_2022").sum())
    people = dict(ground.iter_rows())
    for phase, gone in ((1, "entered"), (2, "left")):
        covered = frame.drop_nulls(f"territory_{phase}").get_column("population_2022").sum()
        assert covered == sum(people.get(status, 0) for status in codes.STATUSES if status != gone)
    assert sum(people.values()) == frame.get_column("population_2022").sum()


# --- the real lists ----------------------------------------------------------------------------------------

COUNTS = {
    "unchanged": 74, "enlarged": 30, "shrunk": 8, "gain_and_loss": 1, "merged": 4, "split": 32, "recomposed": 5,
    "new": 29,
}  # fmt: skip
FATES = COUNTS | {"merged": 10, "split": 13, "recomposed": 6, "ended": 7}
del FATES["new"]


def test_territories_of_both_phases_have_the_expected_words(table):
    change, fate = table("out_phase_change"), table("out_phase1_fate")
    assert dict(change.group_by("change").len().iter_rows()) == COUNTS
    assert dict(fate.group_by("fate").len().iter_rows()) == FATES
    assert (change.height, fate.height) == (183, 149)


@pytest.mark.parametrize("least_pct", [0.0001, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
def test_words_are_the_same_for_every_threshold_up_to_twelve_per_cent(table, least_pct):
    found = phases.sensitivity(table("core_communes"), (least_pct,))
    for phase, counts in ((1, FATES), (2, COUNTS)):
        assert dict(found.filter(phase=phase).select("word", "territory_count").iter_rows()) == counts


def test_members_stay_leave_and_enter_as_expected(table):
    found = table("out_member_change").group_by("member_kind", "status").len()
    assert {row[:2]: row[2] for row in found.iter_rows()} == {
        ("epci", "kept"): 474,
        ("ept", "kept"): 3,
        ("epci", "left"): 73,
        ("commune", "kept"): 1,
        ("commune", "left"): 37,
        ("epci", "entered"): 152,
        ("commune", "entered"): 11,
    }


def test_communes_that_were_members_are_covered_by_their_intercommunality_and_those_that_enter_were_not(table):
    alone = table("out_member_change").filter(member_kind="commune")
    left = alone.filter(status="left")
    assert left.height > 0
    assert left["other_phase_population_2022"].equals(left["population_2022"], check_names=False)
    assert set(alone.filter(status="entered")["other_phase_population_2022"]) == {0}
    assert alone.filter(status="kept")["member_name"].to_list() == ["Cercy-la-Tour"]


def test_every_member_code_of_both_lists_is_one_of_today(table, raw):
    following = phases.successors(raw["cog_changes"], table("core_communes"))
    assert len(following) == 18  # intercommunalities that ended between 2019 and 2024
    assert not set(following) & set(table("core_members").get_column("member_code"))


def test_entirely_new_territories_are_those_called_new(table):
    new = table("out_phase_change").filter(change="new").get_column("phase2_id").to_list()
    assert phases.entirely_new(table("core_territories"), table("core_communes")) == new


def test_regions_add_up_to_france_and_to_the_coverage(table):
    found, coverage = table("out_region_change"), table("out_region_coverage")
    sizes = ["commune_count", "population_2022"]
    parts = found.filter(pl.col("region_code") != "FR").group_by("status").agg(pl.col(sizes).sum()).sort("status")
    assert parts.equals(found.filter(region_code="FR").select("status", *sizes).sort("status"))
    for phase, gone in ((1, "entered"), (2, "left")):
        mine = found.filter(pl.col("status") != gone).group_by("region_code").agg(pl.col(sizes).sum())
        assert mine.sort("region_code").equals(
            coverage.filter(phase=phase).select("region_code", *sizes).sort("region_code")
        )


def test_catalogue_knows_every_word():
    enums = {one.name: set(one.enum) for name in PHASE_TABLES for one in TABLES[name].fields if one.enum}
    assert enums["change"] == set(codes.CHANGES)
    assert enums["fate"] == set(codes.FATES)
    assert enums["status"] == set(codes.STATUSES)
    assert set(phases.CHANGE_WORDS) == set(codes.CHANGES) | set(codes.FATES) == set(style.CHANGE_LOOKS)
    assert {phase: set(words) for phase, words in phases.SIDE_WORDS.items()} == {
        1: set(codes.FATES), 2: set(codes.CHANGES),
    }  # fmt: skip


def test_a_territory_and_a_group_are_never_called_alike_where_they_may_differ():
    for word in ("split", "merged", "recomposed"):
        named = [phases.CHANGE_WORDS[word], *(side[word] for side in phases.SIDE_WORDS.values())]
        for language in ("fr", "en"):
            with speaking(language):
                assert len({tr(one.one) for one in named}) == len({tr(one.many) for one in named}) == 3
    assert set(phases.STATUS_WORDS) == set(codes.STATUSES) == set(style.STATUS_LOOKS)
