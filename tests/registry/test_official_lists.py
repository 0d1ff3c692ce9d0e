import re
import unicodedata
from collections import Counter, defaultdict

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InvalidTableError, UnknownCodeError
from analysis.registry import official_lists

EPCI, EPT, ALONE = "200000001", "200000002", "210000003"


def lists(**changes: pl.DataFrame) -> dict[str, pl.DataFrame]:
    """A country of five communes: two in an EPCI, two in an EPT, one a member on its own."""
    whole = {
        "regions": pl.DataFrame({"region_code": ["44"], "name": ["Est"]}),
        "communes": pl.DataFrame(
            {
                "commune_code": ["57001", "57002", "57003", "57004", "57005"],
                "name": ["Un", "Deux", "Trois", "Quatre", "Cinq"],
                "department_code": ["57"] * 5,
                "region_code": ["44"] * 5,
                "epci_code": [EPCI, EPCI, None, None, None],
                "population_2022": [10, 20, 30, 40, 50],
            }
        ),
        "intercommunalities": pl.DataFrame(
            {"intercommunality_code": [EPCI, EPT], "name": ["CC des Deux", "Boucle"], "kind": ["CC", "EPT"]}
        ),
        "ept_communes": pl.DataFrame({"ept_code": [EPT, EPT], "commune_code": ["57003", "57004"]}),
        "commune_members": pl.DataFrame({"member_code": [ALONE], "commune_code": ["57005"]}),
        "territories": pl.DataFrame(
            {
                "phase": [1, 2],
                "territory_id": ["ti-4401", "ti-4401"],
                "name": ["Premier", "Second"],
                "region_code": ["44", "44"],
            }
        ),
        "members": pl.DataFrame(
            {
                "phase": [1, 1, 2, 2],
                "territory_id": ["ti-4401"] * 4,
                "member_code": [EPCI, EPT, EPCI, ALONE],
                "member_kind": ["epci", "ept", "epci", "commune"],
            }
        ),
        "cog_changes": pl.DataFrame(
            {
                "edition": [2023, 2024, 2024],
                "commune_code": ["57009", "57002", "57004"],
                "change": ["ended", "moved", "created"],
                "old_epci_code": [EPCI, EPT, None],
                "new_epci_code": [None, EPCI, None],
                "successor_code": ["57001", None, None],
            }
        ),
    }
    return whole | changes


def test_build_places_each_commune_with_its_member_in_each_phase():
    communes = official_lists.build(lists())["core_communes"].sort("commune_code")
    assert communes.get_column("member_1").to_list() == [EPCI, EPCI, EPT, EPT, None]
    assert communes.get_column("member_2").to_list() == [EPCI, EPCI, None, None, ALONE]
    assert communes.get_column("territory_2").to_list() == ["ti-4401"] * 2 + [None] * 2 + ["ti-4401"]


def test_build_names_members_from_the_cog_and_sums_their_communes():
    members = official_lists.build(lists())["core_members"].filter(phase=2).sort("member_code")
    assert members.select("member_name", "commune_count", "population_2022").rows() == [
        ("CC des Deux", 2, 30),
        ("Cinq", 1, 50),
    ]


def test_build_refuses_when_a_territory_has_no_member():
    with pytest.raises(InvalidTableError, match="1 territory.ies. without members, first ti-4401 of phase 2 .Second."):
        official_lists.build(lists(members=lists()["members"].filter(phase=1)))


def test_build_refuses_when_a_member_is_absent_from_the_cog():
    stray = lists()["members"].with_columns(member_code=pl.col("member_code").replace(EPT, "299999999"))
    with pytest.raises(
        UnknownCodeError, match=r"members.csv: 1 code.s. absent from COG 2024: 299999999. .*cog_changes"
    ):
        official_lists.build(lists(members=stray))


def test_build_refuses_when_an_id_belies_its_region():
    wrong = lists()["territories"].with_columns(region_code=pl.lit("11"))
    with pytest.raises(InvalidTableError, match="ti-4401 of phase 1 stands in region 11"):
        official_lists.build(lists(territories=wrong))


def test_build_refuses_when_a_commune_has_two_members_in_a_phase():
    both = pl.DataFrame({"ept_code": [EPT], "commune_code": ["57001"]})
    with pytest.raises(InvalidTableError, match="phase 1: commune 57001 belongs to several members"):
        official_lists.build(lists(ept_communes=both))


def test_communes_at_edition_undoes_later_changes():
    back = dict(official_lists.communes_at_edition(lists(), 2022).iter_rows())
    assert back == {"57001": EPCI, "57002": EPT, "57003": None, "57005": None, "57009": EPCI}


def test_communes_at_edition_is_today_when_nothing_changed_since():
    assert official_lists.communes_at_edition(lists(), 2024).height == 5


def test_communes_at_edition_refuses_what_lies_before_the_table():
    with pytest.raises(UnknownCodeError, match="edition 2021 is older"):
        official_lists.communes_at_edition(lists(), 2021)


@given(st.permutations(range(4)), st.permutations(range(5)))
@pytest.mark.no_cover  # of all data: traced, it takes three times as long
def test_build_does_not_depend_on_the_order_of_rows(members, communes):
    shuffled = lists(members=lists()["members"][members], communes=lists()["communes"][communes])
    for name, table in official_lists.build(shuffled).items():
        assert table.sort(table.columns).equals(official_lists.build(lists())[name].sort(table.columns)), name


def test_names_of_territories_have_the_accents_of_the_cog(raw, table):
    """No word without accents where the COG's places have them; `luxe` is a word, and not the commune of Luxé."""

    def words(names):
        return [word for name in names for word in re.findall(r"[^\W\d_]+", name.lower())]

    def plain(word):
        return unicodedata.normalize("NFD", word).encode("ascii", "ignore").decode()

    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    for word in words([*raw["communes"]["name"], *raw["departments"]["name"], *raw["regions"]["name"]]):
        spelt[plain(word)][word] += 1
    usual = {key: counts.most_common(1)[0][0] for key, counts in spelt.items()}
    named = words(table("core_territories")["name"])
    assert {word for word in named if plain(word) == word and usual.get(word, word) != word} == {"luxe"}
