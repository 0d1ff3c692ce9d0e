"""A run makes what is due, puts each report in its place whole, and takes up where it was stopped."""

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest
from rich.console import Console

from analysis.errors import AtlasError, NotebookError
from analysis.io.digests import file_digest
from analysis.reports.notebooks import Job, inputs, reports
from analysis.reports.notebooks.inputs import inputs_of, package_digest
from analysis.reports.notebooks.manifest import Manifest
from analysis.reports.notebooks.pool import Limits

PICTURE = "import os\nopen(os.environ['ATLAS_FIGURES'] + f'/{name}.svg', 'w').write(name)"
NAMED = ("name = 'x'", "parameters")
OPTIONS = reports.Options(Limits(2, 60, 2000))


def written(folder, invent):
    """Three reports of one template, each with a slice and a picture, and a national notebook."""
    (folder / "data/processed/slices").mkdir(parents=True)
    (folder / "data/raw").mkdir()
    for name in ("shared", *(f"50_{one}" for one in "abc")):
        (folder / f"data/processed/slices/{name}.zip").write_text(name)
    (folder / "data/processed/out_plan.parquet").write_text("table")
    (folder / "requirements.lock").write_text("lock")
    opened = "for one in ('shared', f'50_{name}'):\n    open(f'data/processed/slices/{one}.zip')"
    invent("50", NAMED, PICTURE, opened, "print(name)")
    invent("10", "name = 'national'", PICTURE, "open('data/processed/out_plan.parquet')")
    return folder


@pytest.fixture
def project(tmp_path, invent):
    """Reports that were never made."""
    return written(tmp_path, invent)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory, invented):
    folder = tmp_path_factory.mktemp("made")
    written(folder, invented(folder))
    assert make(folder) == ["10", "50_a", "50_b", "50_c"]
    return folder


@pytest.fixture
def made_project(tmp_path, made_once):
    """A copy of the same reports after they were made."""
    return shutil.copytree(made_once, tmp_path, dirs_exist_ok=True)


JOBS = [Job("10", "10"), *(Job("50", f"50_{one}", {"name": one}) for one in "abc")]


def make(root, jobs=JOBS, *, whole=True, **options):
    console = Console(record=True, width=200, file=io.StringIO())
    chosen = reports.Options(**{"limits": OPTIONS.limits, **options})
    try:
        made = reports.make(jobs, root, chosen, whole=whole, console=console)
    finally:
        make.shown = console.export_text()
    return made


def outputs(root):
    return {
        path.relative_to(root / "outputs").as_posix(): path.read_bytes()
        for path in sorted((root / "outputs").rglob("*"))
        if path.is_file()
    }


def test_make_puts_notebooks_pictures_and_manifest_in_their_place(project):
    assert make(project) == ["10", "50_a", "50_b", "50_c"]
    found = outputs(project)
    notebooks = {f"notebooks/{one}.ipynb" for one in ("10", "50_a", "50_b", "50_c")}
    figures = {f"figures/{one}.svg" for one in ("national", "a", "b", "c")}
    assert set(found) == notebooks | figures | {"notebooks/manifest.json"}
    assert found["figures/b.svg"] == b"b"
    manifest = json.loads(found["notebooks/manifest.json"])["reports"]
    assert set(manifest["50_b"]["outputs"]) == {"notebooks/50_b.ipynb", "figures/b.svg"}
    assert set(manifest["50_b"]["inputs"]) == {"code", "data", "lock", "parameters", "template"}


def test_make_again_makes_nothing_and_changes_no_byte(made_project):
    before = outputs(made_project)
    assert make(made_project) == []
    assert "unchanged  4 of 4" in make.shown
    assert outputs(made_project) == before
    assert set(make(made_project, force=True)) == {job.stem for job in JOBS}
    assert outputs(made_project) == before


@pytest.mark.parametrize(
    ("change", "made"),
    [
        (lambda root: (root / "data/processed/slices/50_b.zip").write_text("changed"), ["50_b"]),
        (lambda root: (root / "data/processed/slices/shared.zip").write_text("changed"), ["50_a", "50_b", "50_c"]),
        (lambda root: (root / "data/processed/out_plan.parquet").write_text("changed"), ["10"]),
        (lambda root: (root / "requirements.lock").write_text("changed"), ["10", "50_a", "50_b", "50_c"]),
        (lambda root: (root / "outputs/figures/c.svg").write_text("changed"), ["50_c"]),
        (lambda root: (root / "outputs/notebooks/50_a.ipynb").unlink(), ["50_a"]),
        (lambda root: (root / "outputs/notebooks/manifest.json").write_text("{"), ["10", "50_a", "50_b", "50_c"]),
        (lambda root: (root / "outputs/notebooks/manifest.json").unlink(), ["10", "50_a", "50_b", "50_c"]),
    ],
    ids=["slice", "what all share", "table", "lock", "picture", "notebook", "broken manifest", "no manifest"],
)
def test_make_makes_again_exactly_what_a_change_touches(made_project, change, made):
    before = outputs(made_project)
    change(made_project)
    assert make(made_project) == made
    after = outputs(made_project)
    assert {name for name in before if name != "notebooks/manifest.json"} == set(after) - {"notebooks/manifest.json"}
    assert {name: text for name, text in after.items() if not name.endswith("json")} == {
        name: text for name, text in before.items() if not name.endswith("json")
    }


def test_make_looks_at_what_a_template_runs_and_not_at_the_outputs_it_shows(made_project, invent):
    path = made_project / "notebooks/50.ipynb"
    shown = json.loads(path.read_text())
    shown["cells"][2]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["shown"]}]
    shown["cells"][2]["execution_count"] = 3
    path.write_text(json.dumps(shown))
    assert make(made_project) == []
    invent("50", NAMED, PICTURE, "print(name, name)")
    assert make(made_project) == ["50_a", "50_b", "50_c"]


def test_the_packages_code_is_an_input(made_project, monkeypatch):
    before = inputs_of(JOBS, made_project)["10"]["code"]
    monkeypatch.setattr(inputs, "code_digest", lambda folder, paths: "another")
    assert inputs_of(JOBS, made_project)["10"]["code"] != before
    assert make(made_project) == ["10", "50_a", "50_b", "50_c"]


def test_make_removes_what_belongs_to_no_report_only_when_it_makes_them_all(made_project):
    (made_project / "outputs/figures/stray.svg").write_text("stray")
    make(made_project, JOBS[:2], whole=False)
    assert {"figures/stray.svg", "figures/c.svg"} <= set(outputs(made_project))
    make(made_project, JOBS[:2])
    assert set(outputs(made_project)) == {
        "notebooks/10.ipynb",
        "notebooks/50_a.ipynb",
        "notebooks/manifest.json",
        "figures/national.svg",
        "figures/a.svg",
    }


def test_a_failure_leaves_what_was_there_and_the_others_are_made(made_project, invent):
    before = outputs(made_project)
    invent("50", NAMED, "assert name != 'b', 'no b'", PICTURE, "print(name, 'again')")
    with pytest.raises(NotebookError, match=r"1 of 3 notebooks failed, for the reasons above: 50_b\."):
        make(made_project)
    assert "failed  50_b: notebooks/50.ipynb: cell 3 failed (name=b)" in make.shown
    after = outputs(made_project)
    assert after["notebooks/50_b.ipynb"] == before["notebooks/50_b.ipynb"]
    assert after["figures/b.svg"] == before["figures/b.svg"]
    assert after["notebooks/50_c.ipynb"] != before["notebooks/50_c.ipynb"]
    assert not (made_project / "outputs/.notebooks.new").exists()
    invent("50", NAMED, PICTURE, "print(name, 'mended')")
    assert make(made_project) == ["50_a", "50_b", "50_c"]


def test_the_same_reason_is_shown_once_and_the_others_name_the_first(project, invent):
    invent("50", NAMED, "next(iter(()))")
    with pytest.raises(NotebookError, match=r"3 of 4 notebooks failed, for the reasons above: 50_a, 50_b, 50_c\."):
        make(project, limits=Limits(1, 60, 2000))
    assert make.shown.count("StopIteration, without a text (in `next(iter(()))`)") == 1
    assert "failed  50_b: as 50_a" in make.shown
    assert "failed  50_c: as 50_a" in make.shown


def test_fail_fast_does_not_start_the_others(project, invent):
    invent("50", NAMED, "1 / 0")
    with pytest.raises(NotebookError, match="1 of 4 notebooks failed"):
        make(project, limits=Limits(1, 60, 2000), fail_fast=True)
    assert make.shown.count("failed  50_") == 1


def test_two_reports_may_not_bear_the_same_picture(project, invent):
    invent("50", NAMED, PICTURE.replace("{name}", "same"))
    with pytest.raises(NotebookError, match=r"2 of 4 notebooks failed"):
        make(project, limits=Limits(1, 60, 2000))
    assert make.shown.count("the picture same.svg is also one of 50_") == 1


def test_a_place_that_cannot_be_written_is_named_and_the_rest_kept(made_project):
    (made_project / "data/processed/slices/50_b.zip").write_text("changed")
    (made_project / "outputs/figures/b.svg").unlink()
    (made_project / "outputs/figures/b.svg").mkdir()
    with pytest.raises(NotebookError, match="1 of 1 notebooks failed"):
        make(made_project)
    assert "b.svg: cannot be written" in make.shown
    assert make.shown.count("Free some space") == 1
    assert outputs(made_project)["figures/a.svg"] == b"a"


def test_an_outputs_folder_that_is_a_file_is_named(project):
    (project / "outputs").write_text("")
    with pytest.raises(AtlasError, match=r"outputs.*: cannot be written"):
        make(project)


def test_a_full_disk_is_named_and_nothing_is_lost(made_project, invent, tmp_path):
    """A disk of 1 MB of its own for the outputs; where none can be mounted, the other tests of this file remain."""
    before = {name: text for name, text in outputs(made_project).items() if not name.endswith("json")}
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no right to mount a small disk")
    try:
        for name in ("notebooks", "data", "outputs", "requirements.lock"):
            subprocess.run(["cp", "-r", made_project / name, small / name], check=True)
        big = "open(os.environ['ATLAS_FIGURES'] + f'/{name}.svg', 'wb').write(b'x' * (2 << 20))"
        (small / "notebooks/50.ipynb").unlink()
        source = (
            (made_project / "notebooks/50.ipynb").read_text().replace(json.dumps(PICTURE.split("\n")[1])[1:-1], big)
        )
        assert source != (made_project / "notebooks/50.ipynb").read_text()
        (small / "notebooks/50.ipynb").write_text(source)
        with pytest.raises(AtlasError, match="notebooks failed|No space left on device"):
            make(small)
        after = {name: text for name, text in outputs(small).items() if not name.endswith("json")}
        assert after == before
        assert not (small / "outputs/.notebooks.new").exists()
    finally:
        subprocess.run(["umount", small], check=True)


def test_refresh_commits_all_templates_or_none(project, invent):
    invent("10", "print('new')")
    invent("50", NAMED, "print(name)")
    assert reports.refresh(["10", "50"], project, OPTIONS, Console(quiet=True)) == ["10", "50"]
    assert "new" in (project / "notebooks/10.ipynb").read_text()
    assert reports.refresh(["10", "50"], project, OPTIONS, Console(quiet=True)) == []
    invent("10", "print('newer')")
    invent("50", NAMED, "1 / 0")
    with pytest.raises(NotebookError, match="1 of 2"):
        reports.refresh(["10", "50"], project, OPTIONS, Console(quiet=True))
    assert json.loads((project / "notebooks/10.ipynb").read_text())["cells"][0]["outputs"] == []


# --- stopped on the way ---

RUN = """
import sys
from pathlib import Path
from rich.console import Console
from analysis.reports.notebooks import Job, reports
from analysis.reports.notebooks.pool import Limits
jobs = [Job("50", f"50_{one}", {"name": one}) for one in "abcdefgh"]
if __name__ == "__main__":
    reports.make(jobs, Path(sys.argv[1]), reports.Options(Limits(2, 60, 2000)), console=Console(quiet=True))
"""


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT], ids=lambda one: one.name)
def test_a_run_that_is_stopped_leaves_whole_files_and_is_taken_up(project, invent, sign):
    invent("50", NAMED, PICTURE, "import time\ntime.sleep(0.4)\nprint('x' * 100_000)")
    script = project / "run.py"
    script.write_text(RUN)
    command = [sys.executable, str(script), str(project)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
    end = time.monotonic() + 60
    while len(list(project.glob("outputs/notebooks/50_*.ipynb"))) < 3 and time.monotonic() < end:
        time.sleep(0.02)
    os.kill(process.pid, sign)
    process.wait(20)
    kept = Manifest.load(project)
    assert 2 <= len(kept.entries) < 8
    for path in (project / "outputs/notebooks").glob("*.ipynb"):
        assert json.loads(path.read_text())["cells"][-1]["outputs"]
    for entry in kept.entries.values():
        assert all(file_digest(project / "outputs" / name) == digest for name, digest in entry.outputs.items())
    assert make(project, [Job("50", f"50_{one}", {"name": one}) for one in "abcdefgh"])
    assert set(Manifest.load(project).entries) == {f"50_{one}" for one in "abcdefgh"}
    assert not (project / "outputs/.notebooks.new").exists()
    names = {path.name for path in (project / "outputs/figures").iterdir()}
    assert names == {f"{one}.svg" for one in "abcdefgh"}


def test_package_that_a_cluster_compares_includes_its_catalogues(tmp_path):
    (tmp_path / "i18n/locale").mkdir(parents=True)
    (tmp_path / "i18n/locale/en.po").write_text("")
    before = package_digest(tmp_path)
    (tmp_path / "i18n/locale/en.po").write_text('msgid "chat"')
    assert package_digest(tmp_path) != before
