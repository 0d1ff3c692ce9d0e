"""nbval in the shipped configuration: it passes on the data as they are and fails when they change."""

import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import polars as pl

from analysis.io import store

ROOT = Path(__file__).parents[1]


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
    assert str(changed.filter(region_code="FR", phase=2).item(0, "commune_count")) in bad.stdout


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
    cells = [nbformat.v4.new_code_cell("a = 1", execution_count=1), nbformat.v4.new_code_cell("b = 2")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=nbformat.read(path, 4).metadata), path)
    outcome = nbval(built, "20_national_map.ipynb")
    assert outcome.returncode == 1
    assert "never run" in outcome.stdout


def test_nbval_fails_when_a_cell_shows_a_path_even_a_committed_one(built):
    path = built / "notebooks/20_national_map.ipynb"
    told = nbformat.v4.new_output("stream", name="stdout", text="/var/lib/x\n")
    cell = nbformat.v4.new_code_cell("print('/var/lib/x')", execution_count=1, outputs=[told])
    nbformat.write(nbformat.v4.new_notebook(cells=[cell], metadata=nbformat.read(path, 4).metadata), path)
    outcome = nbval(built, "20_national_map.ipynb")
    assert outcome.returncode == 1
    assert "a path of this machine: /var/lib/x" in outcome.stdout


def test_nbval_passes_with_a_home_and_caches_that_cannot_be_written(built, tmp_path, monkeypatch):
    (tmp_path / "a file").write_text("")
    for name in ("HOME", "MPLCONFIGDIR", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "a file"))
    for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    outcome = nbval(built, "10_label_timeline.ipynb")
    assert outcome.returncode == 0, outcome.stdout[-3000:]
