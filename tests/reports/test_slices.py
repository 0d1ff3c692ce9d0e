"""A report's slice holds what the report shows, and changes with nothing else."""

import geopandas as gpd
import polars as pl
import pytest

from analysis.charts.region_flow import region_flow
from analysis.charts.region_map import region_map
from analysis.charts.territory_map import territory_map
from analysis.indicators import context
from analysis.io import bundle, store
from analysis.registry import phases
from analysis.reports import slices, views
from analysis.reports.atlas import Atlas
from analysis.reports.library import Library
from analysis.reports.notebooks import report_jobs

# ti-8401 of phase one (Ardèche Drôme) was divided; its communes went to two territories of phase two.
SHEET = (1, "ti-8401")


def whole_tables(root, plain=None) -> slices.Tables:
    library = Library(root)
    read = {name: store.read_table(name, root) for name in slices.PLAIN} | dict(plain or {})
    outlines = {name: store.read_geo(name, root) for name in slices.OUTLINES}
    return slices.Tables(read, outlines, library.sourced, library.sources, library.layers)


@pytest.fixture(scope="module")
def tables(root):
    return whole_tables(root)


def cut(tables, job):
    return (slices.region if "region_code" in job.parameters else slices.territory)(tables, **job.parameters)


def without_member(root, phase: int, territory_id: str) -> tuple[slices.Tables, set[str]]:
    """The tables after a territory lost its first member, with what follows from it; the communes it lost."""
    members = store.read_table("core_members", root)
    code = members.filter(phase=phase, territory_id=territory_id).sort("member_code").item(0, "member_code")
    members = members.filter(~((pl.col("phase") == phase) & (pl.col("member_code") == code)))
    communes = store.read_table("core_communes", root)
    lost = pl.col(f"member_{phase}") == code
    gone = set(communes.filter(lost)["commune_code"])
    columns = [f"member_{phase}", f"territory_{phase}"]
    communes = communes.with_columns(pl.when(~lost.fill_null(False)).then(pl.col(one)).alias(one) for one in columns)
    territories = store.read_table("core_territories", root)
    changed = {
        "core_members": members,
        "core_communes": communes,
        "out_phase_change": phases.phase_change(territories, communes),
        "out_phase1_fate": phases.phase1_fate(territories, communes),
    }
    return whole_tables(root, changed), gone


def test_every_report_has_a_slice_of_the_committed_bytes(tables, root):
    for job in [one for rank, one in enumerate(report_jobs(tables.plain["core_territories"])) if rank % 40 == 0]:
        path = root / "data/processed/slices" / f"{job.stem}.zip"
        assert path.read_bytes() == bundle.pack(cut(tables, job)), job.stem
    names = {path.stem for path in (root / "data/processed/slices").iterdir()}
    assert names == {job.stem for job in report_jobs(tables.plain["core_territories"])} | {"shared"}


@pytest.mark.no_cover  # of all data: traced, it takes three times as long
def test_after_a_member_is_lost_only_its_sheets_and_its_regions_reports_change(tables, root):
    after, gone = without_member(root, 2, "ti-8401")
    before = {path.stem: path.read_bytes() for path in (root / "data/processed/slices").iterdir()}
    jobs = report_jobs(tables.plain["core_territories"])
    changed = {job.stem for job in jobs if bundle.pack(cut(after, job)) != before[job.stem]}
    linked = tables.plain["out_phase_change"].filter(phase2_id="ti-8401").item(0, "phase1_ids").to_list()
    own = {"60_territory_2_ti-8401", *(f"60_territory_1_{one}" for one in linked)}
    assert own <= changed
    siblings = tables.plain["out_phase1_fate"].filter(pl.col("phase1_id").is_in(linked))["phase2_ids"].explode()
    communes = tables.plain["core_communes"].filter(pl.col("commune_code").is_in(sorted(gone)))
    sharing = {f"60_territory_1_{one}" for one in communes["territory_1"].drop_nulls()}
    sharing |= {f"60_territory_2_{one}" for one in siblings}
    regions = {f"50_region_{one}" for one in communes["region_code"].unique()}
    assert changed <= own | sharing | regions
    assert len(changed) < 10


@pytest.mark.no_cover  # of all data: traced, it takes three times as long
def test_an_edit_of_one_communes_value_changes_only_the_reports_that_it_is_in(tables, root):
    """Employees of one commune in the last year: its territories' sheets and its region's report, and no other."""
    values, communes = store.read_table("core_context", root), tables.plain["core_communes"]
    known = values.filter(column="employees", year=2024).join(
        communes.filter(territory_2="ti-7506"), left_on="code", right_on="commune_code", how="semi"
    )
    code = known.sort("value")["code"][-1]
    place = communes.filter(commune_code=code).row(0, named=True)
    edited = (pl.col("code") == code) & (pl.col("column") == "employees") & (pl.col("year") == 2024)
    changed = values.with_columns(value=pl.when(edited).then(pl.col("value") + 3).otherwise("value"))
    after = whole_tables(root, {"out_context": context.build(changed, communes, tables.layers)})
    jobs = report_jobs(tables.plain["core_territories"])
    before = {path.stem: path.read_bytes() for path in (root / "data/processed/slices").iterdir()}
    found = {job.stem for job in jobs if bundle.pack(cut(after, job)) != before[job.stem]}
    own = {f"60_territory_{phase}_{place[f'territory_{phase}']}" for phase in (1, 2) if place[f"territory_{phase}"]}
    assert found - {f"50_region_{place['region_code']}"} == own


def test_a_sheet_holds_the_layers_of_its_own_ground_and_what_stands_beside(tables):
    found = slices.territory(tables, *SHEET)
    told = found["layer_values"]
    assert set(told.filter(level="territory").select("phase", "code").iter_rows()) == {SHEET}
    assert set(told.filter(level="region").select("phase", "code").iter_rows()) == {(0, "84")}
    members = tables.plain["core_members"].filter(phase=1, territory_id="ti-8401")["member_code"]
    assert set(told.filter(level="member")["code"]) <= set(members)
    assert set(told["source_id"]) <= set(found[views.SOURCES]["id"])
    assert "layer_spread" not in found
    assert set(found["layer_indices"]["level"]) == {"territory", "region", "country"}


def test_a_sheet_holds_the_stays_of_its_own_communes(tables):
    found = slices.territory(tables, 1, "ti-5313")  # made of three territories of the list before
    stays = found["core_memberships"]
    assert stays.filter(edition="2020-10")["territory_id"].n_unique() == 3
    assert set(found["out_edition_change"]["previous_territory"].drop_nulls()) == {"ti-5305", "ti-5307", "ti-5308"}
    named = set(found["core_edition_territories"].select("edition", "territory_id").iter_rows())
    assert set(stays.select("edition", "territory_id").iter_rows()) <= named
    assert "territory_count" not in found["edition_days"].columns


def test_a_slice_blanks_the_territories_of_others(tables):
    found = slices.territory(tables, *SHEET)
    heirs = tables.plain["out_phase1_fate"].filter(phase1_id="ti-8401").item(0, "phase2_ids").to_list()
    communes = found["core_communes"]
    assert set(communes["territory_1"].drop_nulls()) == {"ti-8401"}
    assert set(communes["territory_2"].drop_nulls()) <= set(heirs)
    assert communes.height > communes["territory_1"].drop_nulls().len()
    assert set(found["core_members"].select("phase", "territory_id").iter_rows()) == {(1, "ti-8401")} | {
        (2, one) for one in heirs
    }


def test_a_slice_never_confuses_the_phases(tables):
    """The same id names another place in the other phase: it must not be in the slice by its id."""
    found = slices.territory(tables, 2, "ti-8401")
    linked = tables.plain["out_phase_change"].filter(phase2_id="ti-8401").item(0, "phase1_ids").to_list()
    first = set(found["core_territories"].filter(phase=1)["territory_id"])
    assert first == set(linked)


def test_a_regions_slice_holds_its_verdicts_and_their_sources(tables):
    found = slices.region(tables, "44")
    places = {"Grand Est", *found["core_territories"].filter(region_code="44")["name"]}
    assert set(found[views.JUDGED]["place"]) <= places
    assert found[views.JUDGED].height > 5
    assert set(found[views.JUDGED]["source_id"]) <= set(found[views.SOURCES]["id"])
    assert set(found["out_region_coverage"]["region_code"]) == {"44"}


def test_france_shares_are_no_finer_than_the_reports_write():
    shares = dict.fromkeys(views.SHARES, 45.51)
    rows = [{"phase": phase, "region_code": code, **shares} for phase in (2, 1) for code in ("44", "FR")]
    found = views.france_shares(pl.DataFrame(rows))
    assert found["phase"].to_list() == [1, 2]
    assert set(found.drop("phase").row(0)) == {45.5}


def test_a_report_reads_its_slice_and_nothing_else(root):
    from analysis.errors import MissingFileError, ParameterError

    atlas = Atlas.of_territory(2, "ti-4408", root)
    with pytest.raises(
        MissingFileError, match="60_territory_2_ti-4408 holds no out_envelopes: a report reads its slice"
    ):
        atlas.table("out_envelopes")
    with pytest.raises(ParameterError, match="ti-9999.*does not exist"):
        _ = Atlas.of_territory(2, "ti-9999", root).sources


@pytest.mark.parametrize("phase", [1, 2])
@pytest.mark.no_cover  # of all data: traced, it takes three times as long
def test_maps_from_a_slice_are_those_from_the_whole_tables(root, phase):
    """What every report reads and what is cut for it make the same picture as everything."""
    whole, part = Atlas(root), Atlas.of_region("84", root)
    sheet = Atlas.of_territory(phase, "ti-8401", root)
    for chart, own, place in (
        (region_map, part, {"region_code": "84", "phase": phase}),
        (region_flow, part, {"region_code": "84"}),
        (territory_map, sheet, {"phase": phase, "territory_id": "ti-8401"}),
    ):
        assert whole.show(chart, **place).png(60) == own.show(chart, **place).png(60)


def test_within_keeps_what_may_meet_the_bounds():
    from shapely import box

    frame = gpd.GeoDataFrame(
        {"code": ["in", "edge", "out"]}, geometry=[box(1, 1, 2, 2), box(3, 0, 5, 5), box(9, 9, 10, 10)]
    )
    tables = slices.Tables({}, {"x": frame}, pl.DataFrame(), {}, {})
    assert list(tables.within("x", (0, 0, 4, 4))["code"]) == ["in", "edge"]
