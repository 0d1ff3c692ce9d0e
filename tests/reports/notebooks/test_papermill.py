"""papermill's own command and a kernel in notebooks/, as people start them: they work, or are refused in our words."""

import os
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient


@pytest.mark.parametrize(
    ("notebook", "given", "told"),
    [
        ("50_region", ["-p", "region_code", "84"], "parameter region_code holds the number 84"),
        ("50_region", ["-p", "region_code", "04"], "-r region_code 04"),
        ("60_territory", ["-r", "phase", "2", "-p", "territory_id", "ti-4408"], "parameter phase holds '2'"),
        ("60_territory", ["-p", "territory_id", "4408"], "-r territory_id ti-4408"),
    ],
)  # fmt: skip
def test_papermill_gets_our_message_for_a_parameter_of_another_type(built, tmp_path, notebook, given, told):
    command = [sys.executable, "-m", "papermill", f"notebooks/{notebook}.ipynb", str(tmp_path / "out.ipynb"), *given]
    done = subprocess.run(command, cwd=built, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert told in done.stderr
    assert "polars" not in done.stderr


@pytest.mark.parametrize("name", ["50_region", "60_territory"])
def test_run_all_works_in_the_folder_of_the_notebooks(built, tmp_path, monkeypatch, name):
    """As JupyterLab does; the home and Matplotlib's folder cannot be written to, and nothing of it is shown."""
    from analysis.reports.notebooks.fit import unfit

    monkeypatch.setenv("HOME", os.devnull)
    monkeypatch.setenv("MPLCONFIGDIR", os.devnull)
    notebook = nbformat.read(built / f"notebooks/{name}.ipynb", as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(built / "notebooks")}}).execute()
    assert [unfit(cell.get("outputs", []), built) for cell in notebook.cells if "outputs" in cell] == [""] * sum(
        "outputs" in cell for cell in notebook.cells
    )
