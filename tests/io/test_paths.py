"""The project is found from inside it; elsewhere every command that works on it says so and writes nothing."""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.errors import ProjectError
from analysis.io import paths

COMMANDS = (
    ["build"], ["stage", "registry"], ["notebooks"], ["report", "50_region"], ["tables"], ["site"], ["gallery"],
    ["docs"], ["show", "launch-2018"], ["diff", "HEAD"], ["catalogue"], ["update", "finish"],
)  # fmt: skip


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "analysis", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(params=["empty", "a pipeline of another project", "only its name"])
def elsewhere(request, tmp_path):
    folder = tmp_path / "ailleurs (2)"
    folder.mkdir()
    if request.param == "a pipeline of another project":
        (folder / "dvc.yaml").write_text("stages:\n  train:\n    cmd: python train.py\n")
    elif request.param == "only its name":
        (folder / "dvc.yaml").mkdir()
    return folder


@pytest.mark.parametrize("folder", [".", "notebooks", "data/raw"])
def test_the_project_is_found_from_its_own_folders(project, monkeypatch, folder):
    monkeypatch.chdir(project / folder)
    assert paths.project_root() == paths.require_project() == project.resolve()


def test_a_pipeline_of_another_project_inside_is_passed_over(project, monkeypatch):
    (project / "essai").mkdir()
    (project / "essai/dvc.yaml").write_text("stages: {}\n")
    monkeypatch.chdir(project / "essai")
    assert paths.require_project() == project.resolve()


def test_a_link_leads_to_the_project(project, tmp_path, monkeypatch):
    (tmp_path / "lien").symlink_to(project)
    monkeypatch.chdir(tmp_path / "lien")
    assert paths.require_project() == project.resolve()


def test_elsewhere_is_refused_with_the_command_that_leads_back(elsewhere, monkeypatch, root):
    monkeypatch.chdir(elsewhere)
    with pytest.raises(ProjectError) as caught:
        paths.require_project()
    assert str(elsewhere) in str(caught.value)
    assert "this is not the atlas' folder" in str(caught.value)
    assert f"Run `cd {shlex.quote(str(root))}`, then the command again." in str(caught.value)


def test_every_command_of_the_project_refuses_elsewhere_and_writes_nothing(elsewhere, monkeypatch):
    from typer.testing import CliRunner

    from analysis import cli

    monkeypatch.chdir(elsewhere)
    before = sorted(elsewhere.rglob("*"))
    for arguments in COMMANDS:
        assert isinstance(CliRunner().invoke(cli.app, arguments).exception, ProjectError), arguments
        assert sorted(elsewhere.rglob("*")) == before, arguments


def test_the_command_line_exits_with_one_line(elsewhere):
    before = sorted(elsewhere.rglob("*"))
    done = run(elsewhere, "build")
    assert done.returncode == 1
    assert done.stderr.startswith("ProjectError: ")
    assert done.stderr.count("\n") == 1
    assert str(elsewhere) in done.stderr
    assert sorted(elsewhere.rglob("*")) == before


def test_what_needs_no_project_works_anywhere(elsewhere):
    (elsewhere / "texte.txt").write_text("La région compte 149 territoires.")
    before = sorted(elsewhere.rglob("*"))
    assert "149" in run(elsewhere, "extract", "texte.txt").stdout
    assert run(elsewhere, "--help").returncode == run(elsewhere, "version").returncode == 0
    assert sorted(elsewhere.rglob("*")) == before


def test_a_folder_that_is_gone_is_no_traceback(tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    lost = "import os, sys\nos.rmdir(os.getcwd())\nfrom analysis.cli import main\nsys.argv[1:] = ['build']\nmain()"
    done = subprocess.run([sys.executable, "-c", lost], cwd=gone, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("ProjectError: ")
