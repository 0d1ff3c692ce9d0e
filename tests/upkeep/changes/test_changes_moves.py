"""What territories lost and gained; communes and members are invented."""

from hypothesis import given
from hypothesis import strategies as st

from analysis.upkeep.changes.moves import Move, moves
from analysis.upkeep.changes.rows import RowChanges

NAMES = {(2, "ti-0101"): "Essai", (2, "ti-0102"): "Autre"}
NONE = RowChanges()


def member(code, territory):
    return {"phase": 2, "territory_id": territory, "member_code": code, "member_name": f"CC {code}"}


def commune(territory, people, code="01001"):
    return {"commune_code": code, "territory_1": None, "territory_2": territory, "population_2022": people}


def test_a_member_that_moved_is_lost_by_one_territory_and_gained_by_the_other():
    found = moves(RowChanges((), [], [], [(member("1", "ti-0101"), member("1", "ti-0102"))]), NONE, NAMES)
    assert found == [
        Move(2, "ti-0101", "Essai", members_lost=["CC 1"]), Move(2, "ti-0102", "Autre", members_gained=["CC 1"])
    ]  # fmt: skip


def test_a_commune_that_comes_brings_its_inhabitants_and_one_that_grows_brings_the_difference():
    changed = [(commune(None, 10), commune("ti-0101", 12)), (commune("ti-0101", 5), commune("ti-0101", 8))]
    (found,) = moves(NONE, RowChanges((), [], [], changed), NAMES)
    assert (found.communes_gained, found.communes_lost, found.inhabitants) == (1, 0, 15)


def test_a_commune_that_ends_is_lost():
    (found,) = moves(NONE, RowChanges((), [], [commune("ti-0102", 7)], []), NAMES)
    assert (found.communes_lost, found.inhabitants) == (1, -7)


def test_what_is_in_no_territory_moves_none():
    assert not moves(NONE, RowChanges((), [commune(None, 7)], [], [(commune(None, 1), commune(None, 2))]), NAMES)


TERRITORIES = st.sampled_from([None, "ti-0101", "ti-0102"])
STATES = st.none() | st.builds(commune, TERRITORIES, st.integers(0, 9))


@given(st.lists(st.tuples(STATES, STATES), max_size=6))
def test_inhabitants_moved_are_those_of_after_less_those_of_before(pairs):
    changes = RowChanges(
        (),
        [new for old, new in pairs if new and not old],
        [old for old, new in pairs if old and not new],
        [(old, new) for old, new in pairs if old and new],
    )
    inside = [[row for row in side if row and row["territory_2"]] for side in zip(*pairs, strict=True)] or [[], []]
    before, after = (sum(row["population_2022"] for row in side) for side in inside)
    found = moves(NONE, changes, NAMES)
    assert sum(one.inhabitants for one in found) == after - before
    assert sum(one.communes_gained - one.communes_lost for one in found) == len(inside[1]) - len(inside[0])
