"""With and without a repository: what git knows, what DVC is told, and what a copy holds."""

import subprocess
import sys

import pytest

from analysis.errors import ChangeError
from analysis.io import repository
from analysis.upkeep.changes import base


def git(folder, *words):
    own = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *own, *words], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture(
    params=["no repository", "a repository of somebody else", "a repository that knows nothing", "a broken one"]
)
def unpacked(request, tmp_path):
    """A project that git does not know, in a folder whose name no shell likes."""
    folder = tmp_path / "Mes documents/l'atlas (1) & $1 é"
    for name in (".dvc/config", "dvc.yaml", "data/raw/a.csv", "data/processed/x", ".venv/x", "src/analysis.egg-info/x"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("stages: {}\n" if name == "dvc.yaml" else "")
    if request.param == "a repository of somebody else":
        (tmp_path / "theirs").write_text("x")
        git(tmp_path, "init", "-q")
        git(tmp_path, "add", "theirs")
        git(tmp_path, "commit", "-q", "-m", "theirs")
    elif request.param == "a repository that knows nothing":
        git(folder, "init", "-q")
    elif request.param == "a broken one":
        (folder / ".git").write_text("gitdir: /nowhere/at/all\n")
    return folder


def test_dvc_works_without_a_repository_and_is_told_once(unpacked):
    assert not repository.versioned(unpacked)
    for _ in range(2):
        repository.tell_dvc(unpacked)
        assert (unpacked / repository.LOCAL).read_text().split() == ["[core]", "no_scm", "=", "true"]
    done = subprocess.run(
        [sys.executable, "-m", "dvc", "repro"], cwd=unpacked, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_comparison_says_in_one_line_that_it_needs_one(unpacked):
    with pytest.raises(ChangeError, match="not in a repository of git") as caught:
        base.commit_of(unpacked, "HEAD")
    assert "\n" not in str(caught.value)


def test_a_copy_without_a_repository_leaves_behind_what_is_built(unpacked, tmp_path):
    assert not repository.changed(unpacked)
    repository.copy(unpacked, tmp_path / "copy")
    found = sorted(
        path.relative_to(tmp_path / "copy").as_posix() for path in (tmp_path / "copy").rglob("*") if path.is_file()
    )
    assert found == [".dvc/config", "data/raw/a.csv", "dvc.yaml"]
    repository.begin(tmp_path / "copy")
    assert repository.versioned(tmp_path / "copy")


def test_in_a_repository_nothing_changes(tmp_path):
    (tmp_path / ".dvc").mkdir()
    (tmp_path / "dvc.yaml").write_text("stages: {}\n")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "x")
    assert repository.versioned(tmp_path)
    repository.tell_dvc(tmp_path)
    assert not (tmp_path / repository.LOCAL).exists()
    assert git(tmp_path, "status", "--porcelain") == ""
    (tmp_path / "dvc.yaml").write_text("stages: {}\n\n")
    assert repository.changed(tmp_path)
    repository.copy(tmp_path, tmp_path / "copy")
    assert (tmp_path / "copy/dvc.yaml").read_text() == "stages: {}\n"


def test_a_project_that_becomes_a_repository_gets_dvc_with_it(unpacked):
    repository.tell_dvc(unpacked)
    with (unpacked / repository.LOCAL).open("a") as settings:
        settings.write("[cache]\n    dir = /elsewhere\n")
    if (unpacked / ".git").is_file():
        (unpacked / ".git").unlink()
    git(unpacked, "init", "-q")
    git(unpacked, "add", "dvc.yaml")
    repository.tell_dvc(unpacked)
    left = (unpacked / repository.LOCAL).read_text()
    assert "no_scm" not in left
    assert "/elsewhere" in left
