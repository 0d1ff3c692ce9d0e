import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import polars as pl
import pytest
from rich.console import Console

from analysis import notebooks, store
from analysis.errors import NotebookError, ParameterError
from analysis.params import Reports

ROOT = Path(__file__).parents[1]
COMMITTED = sorted((ROOT / "notebooks").glob("*.ipynb"))
LINES, CELL_LINES = 40, 5
TERRITORIES = pl.DataFrame(
    {
        "phase": [1, 2, 2],
        "territory_id": ["ti-4401", "ti-4408", "ti-8401"],
        "name": ["Un", "Deux", "Trois"],
        "region_code": ["44", "44", "84"],
        "region_name": ["Est", "Est", "Sud"],
    }
)
REPORTS = Reports.model_validate(
    {"regions": [], "territories": [], "workers": 2, "timeout_s": 60},
)


# --- rules for notebooks ---


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_notebook_is_thin_executed_and_documented(path):
    cells = nbformat.read(path, as_version=4).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    assert sum(len(cell.source.splitlines()) for cell in code) <= LINES
    for cell in code:
        assert len(cell.source.splitlines()) <= CELL_LINES, cell.source
        assert "def " not in cell.source
        assert cell.execution_count is not None, f"{cell.id} was never run: run `make refresh`"
        assert not any(output.output_type == "error" for output in cell.outputs)
    assert cells[0].source.startswith("# ")
    assert "?" in cells[0].source, "the first cell asks the question"
    tags = [tag for cell in cells for tag in cell.metadata.get("tags", [])]
    assert tags.count("check") == 1
    assert tags.count("source") == 1
    assert "source" in cells[-1].metadata.get("tags", [])


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_notebook_is_committed_normalised(path):
    text = path.read_text(encoding="utf-8")
    assert notebooks.serialise(notebooks.normalise(nbformat.reads(text, as_version=4))) == text


def test_notebooks_and_models_are_the_same():
    assert {path.stem for path in COMMITTED} == set(notebooks.MODELS)


@pytest.mark.parametrize(("name", "model"), notebooks.MODELS.items(), ids=str)
def test_parameters_cell_holds_the_defaults_of_the_model(name, model):
    cells = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4).cells
    tagged = [cell.source for cell in cells if "parameters" in cell.metadata.get("tags", [])]
    expected = "\n".join(f"{key} = {json.dumps(value)}" for key, value in model().model_dump().items())
    assert tagged == ([expected] if expected else [])


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_prose_types_no_number_of_the_programme(path):
    """Numbers in sentences come from the tables; what prose may say by itself are phases and editions."""
    allowed = {"1", "2", "2018", "2019", "2022", "2023", "2024", "2027", "100"}
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            assert set(re.findall(r"\d+", cell.source)) <= allowed, cell.source


def test_executed_defaults_equal_what_is_committed():
    """A report with the default parameters differs from the template by the injected cell only."""
    executed = ROOT / "outputs" / "notebooks"
    for name in (
        "10_label_timeline",
        "20_national_map",
        "30_envelopes",
        "40_phase_change",
        "70_lille",
        "80_fact_check",
    ):
        assert (executed / f"{name}.ipynb").read_text() == (ROOT / "notebooks" / f"{name}.ipynb").read_text()
    region = nbformat.read(executed / "50_region_44.ipynb", as_version=4)
    template = nbformat.read(ROOT / "notebooks" / "50_region.ipynb", as_version=4)
    kept = [cell for cell in region.cells if cell.id != "injected-parameters"]
    assert [cell.source for cell in kept] == [cell.source for cell in template.cells]
    assert [[_data(one) for one in cell.get("outputs", [])] for cell in kept] == [
        [_data(one) for one in cell.get("outputs", [])] for cell in template.cells
    ]


def _data(output):
    return output.get("data", output.get("text"))


# --- parameters ---


@pytest.mark.parametrize(
    ("name", "given", "values"),
    [
        ("50_region", {}, {"region_code": "44"}),
        ("50_region", {"region_code": "84"}, {"region_code": "84"}),
        ("60_territory", {"phase": "1", "territory_id": "ti-4401"}, {"phase": 1, "territory_id": "ti-4401"}),
        ("60_territory", {"phase": 2, "territory_id": "ti-8401"}, {"phase": 2, "territory_id": "ti-8401"}),
        ("10_label_timeline", {}, {}),
    ],
    ids=["default", "text", "texts of a command line", "typed", "none"],
)
def test_validate_returns_typed_values(name, given, values):
    assert notebooks.validate(name, given, TERRITORIES) == values


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        ("50_regoin", {}, "no such notebook. Did you mean '50_region'"),
        ("50_region", {"region": "44"}, "unknown parameter 'region'; did you mean 'region_code'"),
        ("50_region", {"region_code": 44}, "'region_code' holds 44"),
        ("50_region", {"region_code": "4"}, "'region_code' holds '4'"),
        ("50_region", {"region_code": "93"}, "'93', which does not exist. Nearest:"),
        ("60_territory", {"phase": 1, "territory_id": "ti-4408"}, "(phase 1) holds 'ti-4408', which does not exist"),
        ("60_territory", {"phase": "3"}, "'phase' holds '3'"),
        ("60_territory", {"phase": True}, "'phase' holds True"),
        ("10_label_timeline", {"year": "2023"}, "unknown parameter 'year'. Its parameters: none"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_validate_refuses_and_helps(name, given, told):
    with pytest.raises(ParameterError, match="notebooks/") as caught:
        notebooks.validate(name, given, TERRITORIES)
    assert told in str(caught.value)


def test_jobs_are_the_national_notebooks_and_the_reports_asked_for():
    reports = REPORTS.model_copy(update={"regions": ["84"]})
    assert [job.stem for job in notebooks.jobs(reports, TERRITORIES)] == [
        "10_label_timeline", "20_national_map", "30_envelopes", "40_phase_change", "70_lille", "80_fact_check",
        "50_region_84",
    ]  # fmt: skip


# --- execution, on an invented notebook ---


def invented(folder: Path, *sources: str, name: str = "70_lille") -> Path:
    cells = [nbformat.v4.new_code_cell(source, id=f"cell-{rank}") for rank, source in enumerate(sources)]
    (folder / "notebooks").mkdir(exist_ok=True)
    path = folder / "notebooks" / f"{name}.ipynb"
    path.write_text(notebooks.serialise(notebooks.normalise(nbformat.v4.new_notebook(cells=cells))))
    return path


def test_run_gives_the_same_bytes_twice(tmp_path):
    invented(tmp_path, "object()", "import os\nprint(os.environ.get('HOME', '') and 'home')")
    job = notebooks.Job("70_lille", "70_lille")
    assert notebooks.run(job, tmp_path, 60) == notebooks.run(job, tmp_path, 60)


def test_run_shows_cell_and_parameters_when_a_cell_fails(tmp_path):
    invented(tmp_path, "code = 1", "1 / 0")
    with pytest.raises(NotebookError, match=r"(?s)failed .code=7.: ZeroDivisionError: division.*1 / 0") as e:
        notebooks.run(notebooks.Job("70_lille", "x", {"code": 7}), tmp_path, 60)
    assert "70_lille.ipynb" in str(e.value)


def test_run_stops_a_cell_that_never_ends(tmp_path):
    invented(tmp_path, "while True:\n    pass")
    with pytest.raises(NotebookError, match="stopped"):
        notebooks.run(notebooks.Job("70_lille", "x"), tmp_path, 2)


def test_run_says_so_when_the_notebook_is_missing_or_broken(tmp_path):
    with pytest.raises(NotebookError, match="the notebook is missing"):
        notebooks.run(notebooks.Job("70_lille", "x"), tmp_path, 60)
    invented(tmp_path, "1").write_text("{")
    with pytest.raises(NotebookError, match="stopped"):
        notebooks.run(notebooks.Job("70_lille", "x"), tmp_path, 60)


def test_run_all_finishes_the_others_and_then_raises(tmp_path):
    invented(tmp_path, "1 + 1", name="10_label_timeline")
    invented(tmp_path, "1 / 0", name="70_lille")
    jobs = [notebooks.Job(name, name) for name in ("70_lille", "10_label_timeline")]
    console = Console(record=True, width=80)
    with pytest.raises(NotebookError, match="ZeroDivisionError"):
        notebooks.run_all(jobs, tmp_path, REPORTS, console)
    shown = console.export_text()
    assert "failed  70_lille" in shown
    assert "done    10_label_timeline" in shown


def test_write_executed_replaces_the_folder_whole(tmp_path):
    notebooks.write_executed({"a": "1", "b": "2"}, tmp_path)
    notebooks.write_executed({"c": "3"}, tmp_path)
    assert [path.name for path in (tmp_path / "outputs/notebooks").iterdir()] == ["c.ipynb"]


# --- nbval in the shipped configuration ---


def nbval(folder: Path, notebook: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval"]
    command += ["--nbval-sanitize-with", str(ROOT / "tests/nbval.cfg"), "--nbval-cell-timeout", "120"]
    command += ["--rootdir", str(folder), "-c", str(folder / "pytest.ini"), str(folder / "notebooks" / notebook)]
    (folder / "pytest.ini").write_text("[pytest]\n")
    shutil.copytree(ROOT / "tests/plugins", folder / "tests/plugins", dirs_exist_ok=True)
    shutil.copy(ROOT / "conftest.py", folder / "conftest.py")
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, timeout=300, check=False)


def test_nbval_passes_on_the_data_as_they_are_and_fails_when_one_number_changes(built):
    name = "20_national_map.ipynb"
    good = nbval(built, name)
    assert good.returncode == 0, good.stdout[-3000:]
    path = built / "data/processed/out_region_coverage.parquet"
    more = pl.when(region_code="FR", phase=2).then(pl.col("commune_count") + 1).otherwise(pl.col("commune_count"))
    changed = pl.read_parquet(path).with_columns(commune_count=more)
    changed.write_parquet(path)
    bad = nbval(built, name)
    assert bad.returncode == 1
    assert "18721" in bad.stdout


def test_nbval_fails_when_a_map_changes(built):
    outlines = store.read_geo("core_boundaries_overview", built)
    chosen = (outlines["layer"] == "territory_2") & (outlines["code"] == "ti-9304")
    shrunk = outlines.geometry.where(~chosen, outlines.geometry.scale(0.2, 0.2))
    outlines.set_geometry(shrunk).to_parquet(built / "data/processed/core_boundaries_overview.parquet", index=False)
    outcome = nbval(built, "20_national_map.ipynb")
    assert outcome.returncode == 1
    assert "image/png" in outcome.stdout


def test_nbval_fails_when_a_cell_was_never_run(built):
    path = built / "notebooks/20_national_map.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cell = next(cell for cell in notebook.cells if cell.cell_type == "code")
    cell.execution_count = None
    nbformat.write(notebook, path)
    outcome = nbval(built, "20_national_map.ipynb")
    assert outcome.returncode == 1
    assert "never run" in outcome.stdout
