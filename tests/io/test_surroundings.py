"""Settings and caches of other programs stand with the project: no home, cache or temporary folder is needed."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.io import surroundings
from analysis.io.surroundings import MATPLOTLIB, house_matplotlib, own_folders

FONT_LOG = logging.getLogger("matplotlib.font_manager")


@pytest.fixture
def file(tmp_path):
    """A file: what needs a folder there cannot write, not even as root."""
    (tmp_path / "a file").write_text("")
    return tmp_path / "a file"


@pytest.mark.parametrize("given", ["unset", "a file", "below a file"])
def test_matplotlib_gets_a_folder_of_the_project(project, monkeypatch, file, given):
    monkeypatch.chdir(project / "notebooks")
    monkeypatch.setenv(MATPLOTLIB, str({"unset": "", "a file": file, "below a file": file / "x"}[given]))
    house_matplotlib()
    assert os.environ[MATPLOTLIB] == str(project.resolve() / ".dvc/tmp/matplotlib")
    assert Path(os.environ[MATPLOTLIB]).is_dir()


def test_a_folder_of_ones_own_stays(project, monkeypatch, tmp_path):
    monkeypatch.chdir(project)
    monkeypatch.setenv(MATPLOTLIB, str(tmp_path / "mine"))
    house_matplotlib()
    assert os.environ[MATPLOTLIB] == str(tmp_path / "mine")


def test_a_project_that_cannot_be_written_to_uses_the_temporary_folder(project, monkeypatch, tmp_path):
    (project / ".dvc").write_text("in the way")
    monkeypatch.chdir(project)
    monkeypatch.delenv(MATPLOTLIB, raising=False)
    monkeypatch.setattr(surroundings.tempfile, "gettempdir", lambda: str(tmp_path))
    house_matplotlib()
    assert os.environ[MATPLOTLIB] == str(tmp_path)


def test_elsewhere_nothing_is_set_nor_written(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(MATPLOTLIB, raising=False)
    house_matplotlib()
    assert MATPLOTLIB not in os.environ
    assert list(tmp_path.iterdir()) == []


def test_the_announcement_of_the_font_cache_is_not_said(caplog):
    FONT_LOG.warning("Matplotlib is building the font cache; this may take a moment.")
    FONT_LOG.warning("findfont: Font family 'Essai' not found.")
    assert [record.message for record in caplog.records] == ["findfont: Font family 'Essai' not found."]


def test_the_package_is_silent_with_a_home_that_cannot_be_written(project, file):
    closed = {"HOME": str(file), MATPLOTLIB: str(file / "x"), "XDG_CACHE_HOME": str(file), "TMPDIR": str(file)}
    code = "import analysis.charts.drawing.picture, matplotlib.font_manager as f\n"
    code += "print(f.findfont('DejaVu Sans') != '')"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=project, env=os.environ | closed, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("True\n", "")


def test_the_makefile_exports_the_same_folders(root):
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    for name, folder in own_folders(Path("$(CURDIR)/.dvc/tmp")).items():
        assert f"export {name} := {folder}\n" in makefile
