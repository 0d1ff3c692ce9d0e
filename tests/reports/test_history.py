"""A territory in the editions of the lists: since when, with whom, and what changed."""

import polars as pl

from analysis.i18n.language import speaking
from analysis.reports.sections.history import history_changes_table, history_table, history_text

DAYS = pl.DataFrame(
    [
        ("2020-10", 1, "liste du 15 octobre 2020", "2020-10-15", "2020-10-15", "a"),
        ("2022-12", 1, "liste du 31 décembre 2022", "2022-12-31", "2022-12-31", "b"),
        ("2023-11", 2, "liste de novembre 2023", "2023-11", "2023-11-01", "b"),
    ],
    schema=["id", "phase", "title", "as_of", "valid_from", "source_id"],
    orient="row",
)
STAYS = pl.DataFrame(
    [
        ("54001", 1, "2020-10", "ti-4401"), ("54002", 1, "2020-10", "ti-4402"), ("54001", 1, "2022-12", "ti-4401"),
        ("54002", 1, "2022-12", "ti-4401"), ("54001", 2, "2023-11", "ti-4405"), ("54009", 2, "2023-11", "ti-4401"),
    ],
    schema=["commune_code", "phase", "edition", "territory_id"],
    orient="row",
)  # fmt: skip
NAMES = pl.DataFrame(
    [("2020-10", "ti-4401", "Est"), ("2020-10", "ti-4402", "Ouest"), ("2022-12", "ti-4401", "Est"),
     ("2022-12", "ti-4402", "Ouest"), ("2023-11", "ti-4401", "Ailleurs"), ("2023-11", "ti-4405", "Est et Sud")],
    schema=["edition", "territory_id", "name"],
    orient="row",
)  # fmt: skip


def changes(*rows):
    names = ["phase", "from_edition", "to_edition", "territory_id", "unit", "code", "name", "change",
             "previous_territory", "commune_count", "population_2022"]  # fmt: skip
    return pl.DataFrame([(1, "2020-10", "2022-12", *row) for row in rows], schema=names, orient="row",
                        schema_overrides={"previous_territory": pl.String})  # fmt: skip


def test_it_says_since_when_at_least_or_at_most():
    assert "au moins depuis le 15 octobre 2020" in history_text(STAYS, DAYS, 1, "ti-4401")
    assert "au moins depuis novembre 2023" in history_text(STAYS, DAYS, 2, "ti-4401")
    later = STAYS.filter(pl.col("edition") != "2020-10")
    told = history_text(later, DAYS, 1, "ti-4401")
    assert "dans une partie des listes (liste du 31 décembre 2022)" in told
    assert told.endswith("il y est depuis le 31 décembre 2022.")
    with speaking("en"):
        assert "at least since 15 October 2020" in history_text(STAYS, DAYS, 1, "ti-4401")


def test_its_communes_are_followed_through_both_phases_never_by_an_id_of_the_other():
    table = history_table(STAYS, NAMES, DAYS, 1, "ti-4401")
    assert [row[2:] for row in table.rows] == [
        ("2 sur 2", "Est (1), Ouest (1)"), ("2 sur 2", "Est (2)"), ("1 sur 2", "Est et Sud (1)"),
    ]  # fmt: skip
    other = history_table(STAYS, NAMES, DAYS, 2, "ti-4401")
    assert [row[2:] for row in other.rows] == [("0 sur 1", "aucun"), ("0 sur 1", "aucun"), ("1 sur 1", "Ailleurs (1)")]


def test_what_did_not_change_is_a_sentence():
    told = history_changes_table(changes(), NAMES, DAYS, 1, "ti-4401")
    assert told == "D’une liste à l’autre de la phase 1 (2019-2022), ni ses membres ni ses communes n’ont changé."
    of_phase = changes(("ti-4401", "commune", "54002", "Bains", "left", None, 1, 7)).with_columns(phase=pl.lit(2))
    assert history_changes_table(of_phase, NAMES, DAYS, 1, "ti-4401") == told


def test_a_change_names_who_and_the_other_territory_from_both_sides():
    moved = changes(
        ("ti-4401", "commune", "54002", "Bains", "moved", "ti-4402", 1, 7),
        ("ti-4401", "commune", "54003", "Aix", "entered", None, 1, 2),
    )
    to, away = (history_changes_table(moved, NAMES, DAYS, 1, one) for one in ("ti-4401", "ti-4402"))
    assert [row[1:] for row in to.rows] == [
        ("1\u00a0commune entrée", "Aix", "–", "1", "2"),
        ("1\u00a0commune venue d’un autre territoire", "Bains", "Ouest", "1", "7"),
    ]
    assert [row[1:4] for row in away.rows] == [("1\u00a0commune passée à un autre territoire", "Bains", "Est")]


def test_members_stand_for_their_communes_where_lists_name_them():
    both = changes(
        ("ti-4401", "member", "200000001", "CC du Nord", "left", None, 2, 9),
        ("ti-4401", "commune", "54002", "Bains", "left", None, 1, 7),
    )
    table = history_changes_table(both, NAMES, DAYS, 1, "ti-4401")
    assert [row[1:] for row in table.rows] == [("1\u00a0membre sorti", "CC du Nord", "–", "2", "9")]


def test_of_many_communes_the_largest_are_named_and_the_others_counted():
    many = [("ti-4401", "commune", f"540{one:02}", f"C{one:02}", "left", None, 1, one) for one in range(1, 15)]
    (row,) = history_changes_table(changes(*many), NAMES, DAYS, 1, "ti-4401").rows
    assert row[1] == "14\u00a0communes sorties"
    assert row[2].startswith("C14, C13, ")
    assert row[2].endswith("C03 et 2 autres")
    assert row[4:] == ("14", "105")
