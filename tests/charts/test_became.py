import polars as pl
import pytest

from analysis.charts.drawing import style
from analysis.charts.maps import became
from analysis.errors import FigureError
from analysis.i18n.language import speaking
from analysis.tables import codes

CHANGES = pl.DataFrame(
    {"phase2_id": ["b1", "b2", "b3"], "change": ["unchanged", "split", "new"], "phase1_ids": [["a1"], ["a2"], []]}
)
FATES = pl.DataFrame(
    {"phase1_id": ["a1", "a2", "a3"], "fate": ["unchanged", "split", "ended"], "phase2_ids": [["b1"], ["b2"], []]}
)
MEMBERS = pl.DataFrame(
    [
        ("stays", "kept", 10, 10),
        ("absorbed", "left", 10, 10),
        ("gone", "left", 10, 0),
        ("mostly new", "entered", 10, 3),
        ("mostly known", "entered", 10, 6),
    ],
    schema=["member_code", "status", "population_2022", "other_phase_population_2022"],
    orient="row",
)


@pytest.mark.parametrize(
    ("phase", "ids", "looks"),
    [(1, ["a3", "a1", "a2"], ["left", "kept", "changed"]), (2, ["b1", "b2", "b3"], ["kept", "changed", "entered"])],
)
def test_territories_of_a_phase_stay_change_leave_or_enter(phase, ids, looks):
    assert became.of_territories(CHANGES, FATES, phase, ids) == looks


@pytest.mark.parametrize("phase", codes.PHASES)
def test_every_word_has_a_look_and_every_look_of_a_phase_a_name(phase):
    words = {1: codes.FATES, 2: codes.CHANGES}[phase]
    ids = [f"t{rank}" for rank in range(len(words))]
    names = {1: ("phase1_id", "fate", "phase2_ids"), 2: ("phase2_id", "change", "phase1_ids")}
    tables = {
        side: pl.DataFrame(
            {code: ids, word: words, others: [[]] * len(ids)}, schema_overrides={others: pl.List(pl.String)}
        )
        for side, (code, word, others) in names.items()
    }
    found = became.of_territories(tables[2], tables[1], phase, ids)
    assert set(found) == set(became.TERRITORY_WORDS[phase])
    assert set(found) <= set(style.MAP_LOOKS)


def test_a_member_whose_inhabitants_mostly_are_in_both_phases_has_changed():
    found = became.of_members(MEMBERS, MEMBERS["member_code"])
    assert found == ["kept", "changed", "left", "entered", "changed"]


@pytest.mark.parametrize("phase", codes.PHASES)
def test_every_member_of_the_lists_has_a_look_with_a_name(table, phase):
    members = table("core_members").filter(phase=phase)["member_code"]
    found = became.of_members(table("out_member_change"), members)
    assert set(found) == set(became.MEMBER_WORDS[phase])


def test_what_no_row_tells_is_refused_with_the_table():
    with pytest.raises(FigureError, match=r"out_phase1_fate.*became of a9"):
        became.of_territories(CHANGES, FATES, 1, ["a1", "a9"])
    with pytest.raises(FigureError, match=r"out_member_change.*became of nobody"):
        became.of_members(MEMBERS, ["nobody"])


def test_counts_are_a_sentence_in_the_order_of_the_legend():
    found = ["entered", "kept", "entered"]
    words = became.TERRITORY_WORDS[2]
    assert became.counts(words, found) == "Inchangé depuis la phase 1 : 1 ; nouveau, sans lien avec la phase 1 : 2."
    with speaking("en"):
        assert became.counts(words, found) == "Unchanged since phase 1: 1; new, without a link to phase 1: 2."
    assert [text for _, text in became.entries(words, found)] == [
        "inchangé depuis la phase\u00a01", "nouveau, sans lien avec la phase\u00a01",
    ]  # fmt: skip
