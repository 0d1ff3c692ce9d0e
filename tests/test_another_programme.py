"""The same code makes the atlas of another programme: Petites villes de demain, of one phase, from its data alone."""

import json
from pathlib import Path

import another_programme
import polars as pl
import pytest
from another_programme import DEPARTMENT, PROCESSED, REGION, labelled, python, run

from analysis.tables import TABLES

pytestmark = pytest.mark.no_cover  # in processes of its own
STAGES = ("registry", "layers", "context", "claims", "phases", "indicators", "ledger")
COMPARING = (
    "out_phase_change", "out_phase1_fate", "out_member_change", "out_region_change", "out_employment_groups",
    "out_industry_share",
)  # fmt: skip
SLICES = """
from pathlib import Path
from analysis.reports.notebooks.templates import region_job, territory_job
from analysis.upkeep.stages import slices
slices.cut(Path.cwd(), [region_job({region!r}), *(territory_job(1, one) for one in {sheets!r})])
"""
ABSENT = """
from analysis import Atlas
from analysis.charts.catalogue import charts
from analysis.charts.region_flow import region_flow
from analysis.charts.coverage import coverage
from analysis.charts.region_map import region_map
atlas = Atlas()
changes, fates = atlas.table("out_phase_change"), atlas.table("out_phase1_fate")
assert changes.is_empty() and "phase2_id" in changes.columns
assert atlas.show(region_flow, changes, fates, region_code="94") is None
assert atlas.show(coverage) is None
assert atlas.show(region_map, region_code="94", phase=2) is None
print(*charts())
"""


@pytest.fixture(scope="module")
def towns(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project about Petites villes de demain, its tables built, stage after stage."""
    project = another_programme.copied(root, tmp_path_factory.mktemp("towns") / "project")
    run(project, "dependencies")
    for stage in STAGES:
        run(project, "stage", stage)
    return project


def table(project: Path, name: str) -> pl.DataFrame:
    return pl.read_parquet(project / PROCESSED / f"{name}.parquet")


@pytest.fixture(scope="module")
def sheets(towns: Path) -> list[str]:
    """Ids of the territories of one département."""
    here = table(towns, "core_communes").filter(department_code=DEPARTMENT).drop_nulls("territory_1")
    return sorted(here["territory_1"])


@pytest.fixture(scope="module")
def executed(towns: Path, sheets: list[str]) -> Path:
    """The same with the map of France, the report of a region and the sheets of a département, in French."""
    asked = {"regions": [REGION], "territories": [{"phase": 1, "territory_id": one} for one in sheets]}
    reports = asked | {"languages": ["fr"], "workers": 1}
    (towns / "params.local.yaml").write_text(json.dumps({"reports": reports}), encoding="utf-8")
    python(towns, SLICES.format(region=REGION, sheets=sheets))
    run(towns, "notebooks", "--only", "notebook=20_national_map", "--only", "notebook=50_region",
        "--only", "notebook=60_territory")  # fmt: skip
    return towns


def test_every_labelled_commune_is_a_territory_and_its_own_member(towns):
    communes = table(towns, "core_communes")
    inside = communes.drop_nulls("territory_1")
    assert sorted(inside["commune_code"]) == sorted(row["commune_code"] for row in labelled(towns / "data/raw"))
    assert inside["territory_1"].n_unique() == inside["member_1"].n_unique() == inside.height > 1000
    assert table(towns, "core_members")["member_kind"].unique().to_list() == ["commune"]


def test_there_is_no_column_of_a_second_phase(towns):
    assert [one for one in table(towns, "core_communes").columns if one.endswith("_2")] == []
    assert set(table(towns, "out_region_coverage")["phase"]) == {1}
    assert set(table(towns, "core_boundaries_overview")["layer"]) == {"department", "region", "epci", "territory_1"}


def test_what_compares_phases_is_absent_and_all_else_is_built(towns):
    built = {path.stem for path in (towns / PROCESSED).glob("*.parquet")}
    assert {name for name in TABLES if name.startswith(("core_", "out_"))} - built == set(COMPARING)
    assert not any(f"{name}.parquet" in (towns / "dvc.yaml").read_text(encoding="utf-8") for name in COMPARING)


def test_without_notes_the_ledger_is_empty(towns):
    assert table(towns, "core_claims").is_empty()
    assert table(towns, "out_ledger").is_empty()


def test_figures_that_compare_phases_are_absent_and_show_nothing(towns):
    figures = python(towns, ABSENT).split()
    assert {"national_map", "region_map", "territory_map"} <= set(figures)
    absent = {"phase_flow", "phase_status_map", "region_flow", "region_change", "territory_change", "coverage"}
    assert absent.isdisjoint(figures)


def pictures(project: Path, name: str) -> str:
    """The alternative text of a figure, with its other words."""
    return (project / f"outputs/figures/{name}.txt").read_text(encoding="utf-8").replace("\u00a0", " ")


def test_the_maps_name_the_programme_and_show_its_one_phase(executed, sheets):
    assert "petites villes de demain" in pictures(executed, "national_map")
    assert "Carte de France" in pictures(executed, "national_map")
    region = pictures(executed, f"region_map_{REGION}_phase1")
    assert "petites villes de demain en phase 1" in region
    assert "2021-2026" in region
    assert "Carte de la petite ville de demain" in pictures(executed, f"territory_map_phase1_{sheets[0]}")
    assert list((executed / "outputs/figures").glob("*phase2*")) == []


def test_reports_are_executed_without_what_compares_phases(executed, sheets):
    made = executed / "outputs/notebooks"
    stems = {f"50_region_{REGION}", "20_national_map", *(f"60_territory_1_{one}" for one in sheets)}
    assert {path.stem for path in made.glob("*.ipynb")} == stems
    cells = [one for stem in stems for one in json.loads((made / f"{stem}.ipynb").read_text("utf-8"))["cells"]]
    comparing = [one for one in cells if "region_flow, changes" in "".join(one["source"])
                 or "other_phase_text, changes" in "".join(one["source"])]  # fmt: skip
    assert len(comparing) == len(sheets) + 1
    assert [one["outputs"] for one in comparing] == [[]] * len(comparing)


def test_a_notebook_that_only_compares_phases_is_not_due(towns):
    known = "from pathlib import Path; from analysis.reports.notebooks import parameters; " \
            "print(*parameters.read(Path.cwd()))"  # fmt: skip
    notebooks = python(towns, known).split()
    assert "20_national_map" in notebooks
    assert "40_phase_change" not in notebooks
