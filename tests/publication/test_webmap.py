"""What the interactive atlas reads: shared borders without gaps, every commune with its territories, light files."""

import gzip
import json
import re

import geopandas as gpd
import numpy as np
import polars as pl
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from analysis.publication.webmap import RAW, TABLES, Names, Steps, arcs, files, overview, script, with_layers
from analysis.publication.webmap.names import group_facts, search, territory_facts
from analysis.publication.webmap.plane import FRAMES, placed, zones

HOSTILE = '</script><img src=x onerror=alert(1)> "l\'eau" & `x`'


def content(text: str) -> dict:
    """What a file hands over."""
    return json.loads(re.fullmatch(r'AtlasData\.put\("[^"]+",(.*)\);\n', text, re.DOTALL)[1])


def decoded(text: str) -> list[arcs.Points]:
    """Arcs from their text, as the page reads them."""
    numbers, number, shift = [], 0, 0
    for one in text:
        bits = arcs.ALPHABET.index(one)
        number |= (bits & (arcs.MORE - 1)) << shift
        shift += 5
        if bits < arcs.MORE:
            numbers.append(number)
            number, shift = 0, 0
    found, place, last = [], 0, np.zeros(2, dtype=np.int64)
    while place < len(numbers):
        count = numbers[place]
        steps = np.array(numbers[place + 1 : place + 1 + 2 * count], dtype=np.int64).reshape(-1, 2)
        arc = last + np.cumsum((steps >> 1) ^ -(steps & 1), axis=0)
        found.append(arc)
        place, last = place + 1 + 2 * count, arc[-1]
    return found


def drawn(shape: arcs.Shape, known: list[np.ndarray]) -> shapely.Geometry:
    """A shape as the page draws it: rings by the even-odd rule."""
    rings = []
    for ring in shape:
        parts = [known[arc] if arc >= 0 else known[~arc][::-1] for arc in ring]
        rings.append(shapely.make_valid(shapely.Polygon(np.vstack([part[:-1] for part in parts]))))
    area = rings[0]
    for ring in rings[1:]:
        area = area.symmetric_difference(ring)
    return area


# --- borders -----------------------------------------------------------------------------------------------


def test_neighbours_share_one_arc_and_an_enclave_is_a_ring_of_its_own():
    left, right, hole = shapely.box(0, 0, 2, 3), shapely.box(2, 0, 4, 3), shapely.box(0.5, 1, 1, 2)
    found = arcs.topology(np.array([left - hole, right, hole], dtype=object), 0.5)
    used = found.users()
    assert sorted(map(len, used)) == [1, 1, 2, 2]
    assert [len(shape) for shape in found.shapes] == [2, 1, 1]
    assert [drawn(shape, found.arcs).area / 4 for shape in found.shapes] == [5.5, 6.0, 0.5]


def test_part_keeps_its_own_arcs_and_knows_their_former_numbers():
    squares = np.array([shapely.box(x, 0, x + 1, 1) for x in range(3)], dtype=object)
    whole = arcs.topology(squares, 1)
    part, former = whole.part([2, 1])
    assert [drawn(shape, part.arcs).area for shape in part.shapes] == [1, 1]
    assert [whole.arcs[old].tolist() for old in former] == [arc.tolist() for arc in part.arcs]


def test_part_after_another_keeps_the_numbers_of_the_arcs_that_the_other_holds():
    squares = np.array([shapely.box(x, 0, x + 1, 1) for x in range(3)], dtype=object)
    whole = arcs.topology(squares, 1)
    first, former = whole.part([0, 1])
    second, own = whole.part([1, 2], former)
    assert not set(own) & set(former)
    assert [drawn(shape, [*first.arcs, *second.arcs]).area for shape in second.shapes] == [1, 1]


def test_ring_that_collapses_on_the_grid_is_gone():
    found = arcs.topology(np.array([shapely.box(0, 0, 0.1, 0.1), shapely.box(0, 0, 9, 9)], dtype=object), 1)
    assert [len(shape) for shape in found.shapes] == [0, 1]


@given(st.lists(st.lists(st.tuples(*[st.integers(-(10**6), 10**6)] * 2), min_size=2, max_size=9), max_size=5))
def test_arcs_survive_their_text(lists):
    known = [np.array(one, dtype=np.int64) for one in lists]
    text = arcs.encoded(known)
    assert set(text) <= set(arcs.ALPHABET)
    assert [one.tolist() for one in decoded(text)] == [one.tolist() for one in known]


# --- names -------------------------------------------------------------------------------------------------

COMMUNES = {
    "commune_code": ["01001", "01002", "97101"],
    "name": [HOSTILE, "L'Île", "Fort"],
    "department_code": ["01", "01", "971"],
    "region_code": ["84", "84", "01"],
    "epci_code": ["200000001", "200000001", None],
    "ept_code": [None, "200000009", None],
    "population_2022": [10, 20, None],
    "territory_1": ["ti-8401", None, None],
    "territory_2": ["ti-8401", "ti-8401", None],
}

POSTCODES = ["commune_code", "postcode"]


@pytest.fixture
def few() -> Names:
    communes = pl.DataFrame(COMMUNES, schema_overrides={"population_2022": pl.Int64})
    rows = [(1, "ti-8401", HOSTILE, "84", "Auvergne"), (2, "ti-8401", "B", "84", "Auvergne")]
    territories = pl.DataFrame(rows, ["phase", "territory_id", "name", "region_code", "region_name"], orient="row")
    members = [(1, "ti-8401", "01001", "commune", HOSTILE, 1, 10), (2, "ti-8401", "200000001", "epci", "G", 2, 30)]
    columns = ["phase", "territory_id", "member_code", "member_kind", "member_name", "commune_count", "population_2022"]
    departments = pl.DataFrame({"department_code": ["01", "971"], "name": ["Ain", "Guadeloupe"]})
    codes = {"intercommunality_code": ["200000001", "200000009"], "name": ["G", "EPT"]}
    postcodes = pl.DataFrame([("01002", "01999"), ("01002", "39100"), ("01001", "01400")], POSTCODES, orient="row")
    listed = pl.DataFrame(members, columns, orient="row")
    return Names(communes, territories, listed, departments, pl.DataFrame(codes), postcodes)


def test_search_tells_usual_and_odd_territories_and_keeps_a_hostile_name_whole(few):
    found = search(few)
    assert found["names"].split("\n")[0] == HOSTILE.replace("'", "’")
    assert found["groups"] == [0, 0, -1]
    assert found["populations"] == [10, 20, -1]
    assert found["postcodes"].split("\n") == ["400", "999 39100", ""]
    assert found["epci"] == [["200000001", "G", -1, 1]]
    assert found["odd"] == [[0, 0, 1]]
    assert found["ept"] == [[1, 0]]
    assert found["departments"] == [["01", "Ain", 2], ["971", "Guadeloupe", 1]]


def test_facts_of_a_territory_name_members_and_the_other_phase(few):
    first, second = territory_facts(few)
    assert (first["others"], second["others"]) == ([1], [0])
    assert second["members"] == [["epci", "200000001", "G", 2, 30]]
    assert group_facts(few) == [["200000001", "G", 2, 30, -1, 1, 0]]


def test_script_cannot_end_a_script_of_a_page(few):
    text = script("search", search(few))
    assert "<" not in text
    assert content(text) == json.loads(json.dumps(search(few)))


# --- the real country --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def names(table, raw) -> Names:
    tables = (table(name) for name in ("core_communes", "core_territories", "core_members"))
    return Names(*tables, *(raw[name] for name in RAW))


@pytest.fixture(scope="module")
def built_files(root) -> dict[str, bytes]:
    folder = root / "data/processed/webmap"
    if not folder.is_dir():
        pytest.fail("data/processed/webmap is not built: run `make`.")
    return {path.stem: path.read_bytes() for path in sorted(folder.iterdir())}


def test_search_holds_every_commune_with_the_territories_of_the_tables(names, table):
    found = search(names)
    ends, listed, start = found["codes"], found["names"].split("\n"), 0
    odd = {rank: tuple(pair) for rank, *pair in found["odd"]}
    keys = {rank: (phase, number) for rank, (phase, number, *_) in enumerate(found["territories"])}
    wanted = {row["commune_code"]: row for row in table("core_communes").iter_rows(named=True)}
    for code, _name, count in found["departments"]:
        for rank in range(start, start + count):
            row = wanted.pop(code[:2] + ends[3 * rank : 3 * rank + 3])
            group = found["groups"][rank]
            pair = odd.get(rank) or (found["epci"][group][2:4] if group >= 0 else (-1, -1))
            told = [keys[one][1] if one >= 0 else None for one in pair]
            assert told == [row["territory_1"], row["territory_2"]], row
            assert listed[rank] == row["name"].replace("'", "’").replace(" - ", "\u00a0- ")
            assert (found["epci"][group][0] if group >= 0 else None) == row["epci_code"]
        start += count
    assert not wanted


def test_territories_have_the_counts_of_their_communes(names, table):
    counted = table("core_communes").group_by("territory_2").len()
    wanted = dict(counted.drop_nulls().iter_rows())
    assert {one["id"]: one["communes"] for one in territory_facts(names) if one["phase"] == 2} == wanted


@pytest.fixture(scope="module")
def steps(table) -> Steps:
    return Steps(*(table(name) for name in TABLES))


@pytest.fixture(scope="module")
def island(names, geo) -> tuple[Names, gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Corsica and Mayotte alone: a mainland's région and an inset."""
    some = names.communes["region_code"].is_in(["94", "06"])
    communes = names.communes.filter(some)
    outlines = geo("core_commune_boundaries")[some.to_numpy()]
    few = Names(communes, names.territories, names.members, names.departments, names.groups, names.postcodes)
    return few, geo("core_boundaries_overview"), outlines


def test_communes_tile_their_region_without_gap_or_overlap(island):
    few, overview, outlines = island
    regions = overview[overview["layer"] == "region"]
    known = zones(regions["code"].to_numpy(dtype=object), regions.geometry.to_numpy())
    exact = placed(outlines.geometry.to_numpy(), few.communes["region_code"].to_numpy(), known)
    found = arcs.topology(exact, 0.01)
    shapes = [drawn(shape, [arc * 0.01 for arc in found.arcs]) for shape in found.shapes]
    assert max(map(len, found.users())) == 2
    union = shapely.union_all(shapes)
    total = sum(shape.area for shape in shapes)
    assert total == pytest.approx(union.area, rel=1e-5)  # no overlap
    assert shapely.union_all(exact).symmetric_difference(union).area < 2e-3 * total  # no gap, nothing beyond
    moved = [shapely.hausdorff_distance(one, other) for one, other in zip(exact, shapes, strict=True)]
    assert max(moved) < 0.02


def test_arcs_say_what_they_divide(built_files):
    found = content(built_files["communes-59"].decode())
    assert len(found["divides"]) == len(decoded(found["arcs"]))
    assert {int(one, 16) & 8 for one in found["divides"]} == {0, 8}


def test_files_do_not_depend_on_the_order_of_rows_and_are_the_same_twice(island, steps):
    few, _, outlines = island
    polygons = outlines.geometry.to_numpy()
    order = np.random.default_rng(1).permutation(few.communes.height)
    mixed = Names(
        few.communes[order],
        few.territories[::-1],
        few.members[::-1],
        few.departments[::-1],
        few.groups,
        few.postcodes[::-1],
    )
    upset = Steps(steps.editions[::-1], steps.memberships[::-1], steps.territories[::-1], steps.members[::-1])
    part = overview(with_layers(few.communes, steps), polygons, 3000)
    own, here = _only(steps, few), _only(upset, few)
    first = dict(files(few, own, part, polygons))
    assert first == dict(files(few, own, part, polygons))
    again = dict(files(mixed, here, part, polygons[order]))
    common = [name for name in first if not name.startswith("communes-")]
    assert [first[name] for name in common] == [again[name] for name in common]
    editions = {f"edition-{one}" for one in ("2020-10", "2022-12", "2023-11", "2024-09")}
    assert set(first) == {"search", "france", "editions", *editions, "communes-2A", "communes-2B", "communes-976"}


def _only(steps: Steps, names: Names) -> Steps:
    """The editions on the ground of these communes alone."""
    memberships = steps.memberships.join(names.communes.select("commune_code"), on="commune_code", how="semi")
    kept = steps.territories.join(memberships, on=["edition", "territory_id"], how="semi")
    return Steps(steps.editions, memberships, kept, steps.members)


def test_first_view_shares_borders_between_layers_and_frames_hold_what_they_show(built_files):
    found = content(built_files["france"].decode())
    known = [arc * found["grid"] for arc in decoded(found["arcs"])]
    used = {arc if arc >= 0 else ~arc for shape in found["shapes"]["epci"] for ring in shape for arc in ring}
    for layer in ("territory_2", "region"):
        own = {arc if arc >= 0 else ~arc for shape in found["shapes"][layer] for ring in shape for arc in ring}
        assert len(own - used) < 0.06 * len(own), layer  # all but the borders inside Grand Paris and outside any EPCI
    for (code, *frame, _factor), shape in zip(found["frames"], found["shapes"]["region"], strict=False):
        assert code in FRAMES
        left, bottom, right, top = drawn(shape, known).bounds
        assert frame[0] < left < right < frame[2], code
        assert frame[1] < bottom < top < frame[3], code


def test_files_are_light(built_files):
    sizes = {name: len(gzip.compress(found, mtime=0)) for name, found in built_files.items()}
    assert sizes.pop("france") < 250_000
    assert sizes.pop("search") < 400_000
    later = [size for name, size in sizes.items() if not name.startswith("communes-")]
    assert len(sizes) - len(later) == 101
    assert max(sizes.values()) < 80_000
    assert max(later) < 20_000


def test_outline_of_an_older_edition_is_the_union_of_its_communes(built_files, table, geo, names):
    """Brest as the list of October 2020 had it, in the plane, against the communes that the table says."""
    france, found, listed = (content(built_files[one].decode()) for one in ("france", "edition-2020-10", "editions"))
    rank = next(rank for rank, one in enumerate(found["facts"]) if one["name"] == "Pays de Brest")
    known = [arc * france["grid"] for text in (france["arcs"], found["arcs"]) for arc in decoded(text)]
    shape = drawn(found["shapes"][rank], known)
    codes = table("core_memberships").filter(edition="2020-10", territory_id=found["facts"][rank]["id"])["commune_code"]
    own = geo("core_commune_boundaries")
    picked = own[own["commune_code"].isin(set(codes))].to_crs(2154).geometry
    assert found["facts"][rank]["communes"] == len(codes) == 40
    assert shape.area == pytest.approx(picked.area.sum() / 1e6, rel=0.02)
    assert not listed["editions"][1].get("territories")


def test_borders_of_communes_say_what_an_older_edition_divides(built_files, table):
    """Where a commune of Finistère had another territory in October 2020 than in December 2022, lines differ."""
    found = content(built_files["communes-29"].decode())
    turned = found["editions"]["2020-10"]
    assert turned
    assert max(turned) < len(found["divides"])
    assert "2022-12" not in found["editions"]
