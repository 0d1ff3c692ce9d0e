"""The earlier version: checked out, taken away, named when it is not there; a tiny repository of git."""

import json
import shutil
import signal
import subprocess
import sys
import time

import numpy as np
import psutil
import pytest
from PIL import Image
from typer.testing import CliRunner

from analysis import cli
from analysis.errors import ChangeError
from analysis.i18n.language import ENGLISH, FRENCH, speaking
from analysis.reports.notebooks import Job
from analysis.upkeep.changes import base, comparing
from analysis.upkeep.changes.report import report


def git(folder, *words):
    own = ("-c", "user.name=essai", "-c", "user.email=essai@example.org")
    return subprocess.run(["git", *own, *words], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def until(true, seconds=30):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def running(pid):
    """Whether a process is there and has not ended."""
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


@pytest.fixture
def repository(tmp_path):
    folder = tmp_path / "project"
    (folder / ".dvc").mkdir(parents=True)
    (folder / ".dvc/.gitignore").write_text("/tmp\n/config.local\n")
    (folder / "dvc.yaml").write_text("stages: {}\n")
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "essai")
    (folder / "dvc.yaml").write_text("stages: {}\n# later\n")
    return folder


def test_a_revision_that_names_no_commit_is_named(repository):
    with pytest.raises(ChangeError, match=r"BASE: 'nowhere' names no commit here\. Give a branch"):
        base.commit_of(repository, "nowhere")


@pytest.mark.parametrize("revision", ["--help", "-q", "", "HEAD; rm -rf .", "HEAD:dvc.yaml"])
def test_a_revision_is_never_an_option_nor_a_command(repository, revision):
    with pytest.raises(ChangeError, match="names no commit"):
        base.commit_of(repository, revision)


def test_a_folder_without_git_is_named(tmp_path):
    with pytest.raises(ChangeError, match="not in a repository of git"):
        base.commit_of(tmp_path, "HEAD")


def test_a_shallow_clone_says_how_to_get_the_others(repository, tmp_path):
    git(repository, "commit", "-q", "-a", "-m", "essai")
    git(tmp_path, "clone", "-q", "--depth", "1", repository.as_uri(), "shallow")
    with pytest.raises(ChangeError, match="git fetch --unshallow"):
        base.commit_of(tmp_path / "shallow", git(repository, "rev-parse", "HEAD~1"))


def test_a_project_may_be_a_folder_of_a_repository(repository):
    inner = repository / "atlas"
    (inner / ".dvc").mkdir(parents=True)
    (inner / ".dvc/config").write_text("[cache]\n    dir = /essai/cache\n")
    (inner / "dvc.yaml").write_text("stages: {}\n# inner\n")
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "essai")
    with base.checked_out(inner, base.commit_of(inner, "HEAD")) as folder:
        assert "# inner" in (folder / "dvc.yaml").read_text()
        assert "dir = /essai/cache" in (folder / ".dvc/config.local").read_text()
    assert git(repository, "worktree", "list").count("\n") == 0


def test_a_version_without_a_pipeline_is_named(repository):
    git(repository, "rm", "-q", "--cached", "dvc.yaml")
    git(repository, "commit", "-q", "-m", "essai")
    with (
        pytest.raises(ChangeError, match="it has no pipeline"),
        base.checked_out(repository, base.commit_of(repository, "HEAD")),
    ):
        pass
    assert git(repository, "worktree", "list").count("\n") == 0


def test_what_a_run_started_ends_when_it_is_interrupted(repository):
    child = "import os, time; open('pid', 'w').write(str(os.getpid())); time.sleep(600)"
    waiting = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    program = f"from pathlib import Path; from analysis.upkeep.changes import base; import sys\n" \
              f"base._run([sys.executable, '-c', {waiting!r}], Path({str(repository)!r}))"  # fmt: skip
    run = subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.DEVNULL)
    pid = repository / "pid"
    until(lambda: pid.is_file() and pid.read_text())
    run.send_signal(signal.SIGINT)
    assert run.wait(30)
    until(lambda: not running(int(pid.read_text())))


@pytest.mark.parametrize("fails", [False, True])
def test_the_earlier_version_is_there_while_it_is_used_and_nothing_stays(repository, fails):
    commit = base.commit_of(repository, "HEAD")
    before = git(repository, "status", "--short")
    try:
        with base.checked_out(repository, commit) as folder:
            assert (folder / "dvc.yaml").read_text() == "stages: {}\n"
            assert str(repository / ".dvc/cache") in (folder / ".dvc/config.local").read_text()
            if fails:
                raise KeyboardInterrupt
    except KeyboardInterrupt:
        assert fails
    assert not folder.exists()
    assert git(repository, "worktree", "list").count("\n") == 0
    assert git(repository, "status", "--short") == before


def test_what_a_killed_run_left_does_not_hinder_the_next(repository):
    commit = base.commit_of(repository, "HEAD")
    git(repository, "worktree", "add", "--detach", str(repository / base.PLACE / commit[:12]), commit)
    with base.checked_out(repository, commit) as folder:
        assert (folder / "dvc.yaml").is_file()


def test_a_version_that_does_not_build_says_its_last_words(repository):
    with base.checked_out(repository, base.commit_of(repository, "HEAD")) as folder:
        told = base.build_tables(folder)
    assert "fails in that version" in told
    assert str(repository) not in told


def test_a_project_that_is_not_built_is_named(repository):
    with pytest.raises(ChangeError, match=r"manifest\.json: this version is not built\. Run `make` first"):
        comparing.compare(repository, "HEAD", repository / "report", print)


def test_command_line_names_what_is_wrong_and_fails(monkeypatch, repository):
    (repository / "dvc.yaml").write_text("stages: {x: {cmd: python -m analysis stage x}}\n")
    monkeypatch.chdir(repository)
    outcome = CliRunner().invoke(cli.app, ["diff", "nowhere"])
    assert isinstance(outcome.exception, ChangeError)


def test_a_run_from_git_to_the_three_forms(repository, root, table):
    shutil.copy(root / "params.yaml", repository)
    stages = {name: {"cmd": "true"} for name in base.TABLES}
    stages["registry"] = {
        "cmd": "mkdir -p data/processed && cp list.parquet data/processed/core_territories.parquet",
        "deps": ["list.parquet"],
        "outs": ["data/processed/core_territories.parquet"],
    }
    (repository / "dvc.yaml").write_text(json.dumps({"stages": stages}))
    (repository / ".gitignore").write_text("/data/processed\n/outputs\n")
    (repository / "data/raw/notes").mkdir(parents=True)
    (repository / "data/raw/notes/essai.md").write_text("- Essai.\n")
    table("core_territories").write_parquet(repository / "list.parquet")
    git(repository, "add", ".")
    git(repository, "commit", "-q", "-m", "essai")
    (repository / "data/processed").mkdir()
    table("core_territories").tail(-1).write_parquet(repository / "data/processed/core_territories.parquet")
    (repository / "outputs/notebooks").mkdir(parents=True)
    (repository / "outputs/notebooks/manifest.json").write_text("{}")
    with speaking(ENGLISH):
        found = comparing.compare(repository, "HEAD", repository / ".dvc/tmp/report", lambda _: None)
    told = (repository / ".dvc/tmp/report/changes.md").read_text()
    assert [(one.name, len(one.rows.removed)) for one in found.tables] == [("core_territories", 1)]
    assert "1\u00a0row removed" in told
    assert "This version is not up to date" in told
    assert git(repository, "worktree", "list").count("\n") == 0
    assert not (repository / base.PLACE).exists()


# --- notebooks and figures of both versions -----------------------------------------------------------------


def outputs(root, shade, text):
    for name in ("figures", "notebooks"):
        (root / "outputs" / name).mkdir(parents=True)
    Image.fromarray(np.full((40, 40, 3), shade, np.uint8)).save(root / "outputs/figures/map.png")
    content = {"cells": [{"outputs": [text]}]}
    (root / "outputs/notebooks/50_region_44.ipynb").write_text(json.dumps(content))
    made = {"inputs": {}, "outputs": {"figures/map.png": str(shade), "notebooks/50_region_44.ipynb": text}}
    others = {"inputs": {}, "outputs": {"figures/other.png": str(shade)}}
    manifest = {"version": 1, "reports": {"50_region_44": made, "50_region_84": others}}
    (root / "outputs/notebooks/manifest.json").write_text(json.dumps(manifest))
    for name in ("processed", "raw/notes"):
        (root / "data" / name).mkdir(parents=True)
    return root


def test_figures_and_notebooks_of_the_reports_asked_for_are_compared(tmp_path):
    before, after = outputs(tmp_path / "a", 255, "old"), outputs(tmp_path / "b", 0, "new")
    found = report("v1", before, after, ["50_region_44"])
    (figure,), (notebook,) = found.figures, found.notebooks
    assert (figure.path, figure.pixels, figure.boxes) == ("figures/map.png", 1600, [(0, 0, 39, 39)])
    assert notebook.how.startswith("cell 1, outputs: line 2")
    comparing.write(found, before, after, tmp_path / "report")
    names = sorted(one.name for one in (tmp_path / "report/images").iterdir())
    assert names == ["figures_map-after.png", "figures_map-before.png"]


def test_reports_whose_own_slice_moved_come_before_those_that_share_a_change(monkeypatch, tmp_path):
    stems = ["50_region_01", "50_region_44", "60_territory_2_ti-4408"]
    jobs = [Job(one.rpartition("_")[0], one, {"essai": one}) for one in stems]
    monkeypatch.setattr(base, "wanted", lambda root: jobs)
    roots = tmp_path / "a", tmp_path / "b"
    for rank, root in enumerate(roots):
        (root / "data/processed/slices").mkdir(parents=True)
        contents = {"shared": rank, "50_region_01": 0, "50_region_44": 0, "60_territory_2_ti-4408": rank}
        for stem, content in contents.items():
            (root / f"data/processed/slices/{stem}.zip").write_text(str(content))
    assert [one.stem for one in base.moved(*roots)] == ["60_territory_2_ti-4408", "50_region_01", "50_region_44"]
    (roots[1] / "data/processed/slices/shared.zip").write_text("0")
    assert [one.stem for one in base.moved(*roots)] == ["60_territory_2_ti-4408"]


def test_reports_beyond_the_limit_are_counted():
    jobs = [Job("60_territory", f"60_{rank}", {"essai": rank}) for rank in range(comparing.MOST + 3)]
    with speaking(FRENCH):
        chosen, (said,) = comparing._chosen([Job("20_national_map", "20_national_map"), *jobs])
    assert len(chosen) == comparing.MOST + 1
    assert said.startswith("3\u00a0autres rapports ont d’autres données")
    assert comparing._chosen(jobs[:2]) == (jobs[:2], [])


def test_with_full_every_french_report_of_either_version_is_compared(monkeypatch, tmp_path):
    jobs = [Job("50_region", one, {"essai": one}) for one in ("50_region_01", "50_region_44", "50_region_84")]
    english = Job("50_region", "en/50_region_01", {"essai": "50_region_01"}, "en")
    monkeypatch.setattr(base, "wanted", lambda root: [*jobs[:2], english] if root == tmp_path else jobs[1:])
    monkeypatch.setattr(base, "build_all", lambda folder: "")
    found = comparing._executed(tmp_path, tmp_path / "after", lambda _: None, full=True)
    assert found == (["50_region_01", "50_region_44", "50_region_84"], [])
    monkeypatch.setattr(base, "build_all", lambda folder: "last words")
    stems, said = comparing._executed(tmp_path, tmp_path / "after", lambda _: None, full=True)
    assert (stems, said[0]) == ([], "last words")
