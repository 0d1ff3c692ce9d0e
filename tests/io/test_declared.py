"""A stage that reads what dvc.yaml does not declare is stopped, with the line to add; each stage in its own process."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.errors import DependencyError
from analysis.io import params
from analysis.io.declared import HOW, Declared
from analysis.io.yaml_files import read_yaml

PIPELINE = """\
vars:
  - raw: data/raw
    processed: data/processed
stages:
  count:
    desc: Counts
    cmd: python -m analysis stage count
    deps: ["${raw}/rows.csv", "${raw}/notes"]
    params: [boundaries.wheel_version]
    outs:
      - ${processed}/counts.parquet: {persist: true}
"""
KNOBS = """\
boundaries: {wheel_version: 0.15.0, detail_tolerance_m: 1, overview_tolerance_m: 2}
reports: {regions: all, territories: all, workers: 1, timeout_s: 1}
"""
FILES = ("data/raw/rows.csv", "data/raw/rows.csv.gz", "data/raw/notes/one.md", "data/raw/others.csv",
         "data/processed/counts.parquet", "data/processed/core_communes.parquet", "outputs/site/index.html", "code.py",
         ".venv/a.txt")  # fmt: skip


@pytest.fixture
def small(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "dvc.yaml").write_text(PIPELINE)
    (tmp_path / "params.yaml").write_text(KNOBS)
    return tmp_path


@pytest.mark.parametrize(
    ("path", "mode", "flags"),
    [
        ("data/raw/rows.csv", "r", 0),
        ("data/raw/notes/one.md", "rb", 0),
        ("data/processed/counts.parquet", "rb", 0),  # its own output
        ("data/raw/others.csv", "w", 0),
        ("data/raw/others.csv", "r+", 0),
        ("data/raw/others.csv", None, os.O_WRONLY | os.O_CREAT),
        ("code.py", "rb", 0),
        (".venv/a.txt", "r", 0),
        ("params.yaml", "r", 0),
        ("../elsewhere.csv", "r", 0),
        ("data/raw/nowhere.csv", "r", 0),  # is not there
        (7, "r", 0),
    ],
)
def test_what_is_declared_or_no_input_is_opened(small, path, mode, flags):
    Declared.of("count", small).hear("open", (path if path == 7 else small / path, mode, flags))


@pytest.mark.parametrize(
    ("path", "mode", "line"),
    [
        ("data/raw/others.csv", "r", "${raw}/others.csv"),
        ("data/raw/others.csv", None, "${raw}/others.csv"),  # as os.open says it
        ("data/raw/notes/../others.csv", "rb", "${raw}/others.csv"),
        ("data/raw/rows.csv.gz", "rb", "${raw}/rows.csv.gz"),  # begins as one that is declared
        ("data/processed/core_communes.parquet", "rb", "${processed}/core_communes.parquet"),
        ("outputs/site/index.html", "r", "outputs/site/index.html"),
    ],
)
def test_what_is_not_declared_is_refused_with_the_line_to_add(small, path, mode, line):
    with pytest.raises(DependencyError) as caught:
        Declared.of("count", small).hear("open", (str(small / path), mode, os.O_RDONLY))
    assert f"Add the line `- {line}` to the deps of count" in str(caught.value)


def test_knobs_that_change_results_are_declared(small):
    count = Declared.of("count", small)
    for name in ("boundaries.wheel_version", "reports.workers"):
        count.hear(params.READ, (name,))
    with pytest.raises(DependencyError, match=r"`- boundaries\.detail_tolerance_m` to the params of count"):
        count.hear(params.READ, ("boundaries.detail_tolerance_m",))


def test_every_knob_is_one_that_stages_declare_or_how_they_run(root):
    """So that no new knob is read without a word."""
    sections = {name: one.annotation.model_fields for name, one in params.Params.model_fields.items()}
    known = {f"{section}.{name}" for section, fields in sections.items() for name in fields}
    stages = read_yaml(root / "dvc.yaml")["stages"].values()
    assert known == {name for one in stages for name in one.get("params", ())} | set(HOW)


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("store.read_table('core_communes', root)", "${processed}/core_communes.parquet"),
        ("store.read_geo('core_communes', root)", "${processed}/core_communes.parquet"),
        ("store.count_rows(root / 'data/processed/core_communes.parquet', '')", "${processed}/core_communes.parquet"),
        ("params.read(root).publication.base_url", "publication.base_url"),
        ("if os.fork() == 0: open('data/raw/others.csv')\nos.wait()", "${raw}/others.csv"),
    ],
    ids=["table", "outlines", "rows", "knob", "forked"],
)
def test_a_process_is_held_however_it_reads(small, code, line):
    begin = "import os; from pathlib import Path; from analysis.io import declared, params, store; root = Path.cwd()\n"
    command = [sys.executable, "-c", f"{begin}declared.hold('count', root)\n{code}"]
    ended = subprocess.run(command, cwd=small, capture_output=True, text=True, check=False)
    assert f"`- {line}`" in ended.stderr.rpartition("DependencyError")[2]


def test_the_command_line_holds_a_stage_to_what_it_declares(project):
    pipeline = project / "dvc.yaml"
    text = pipeline.read_text(encoding="utf-8")
    pipeline.write_text(text.replace("      - ${raw}/corrections.yaml\n", ""), encoding="utf-8")
    command = [sys.executable, "-m", "analysis", "stage", "registry"]
    ended = subprocess.run(
        command, cwd=project, env={**os.environ, "DVC_STAGE": "registry"}, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert "Add the line `- ${raw}/corrections.yaml` to the deps of registry" in ended.stderr
    assert not list(project.glob("data/processed/*.parquet"))


def test_a_stage_that_is_none_is_named(small):
    with pytest.raises(DependencyError, match="no stage counted"):
        Declared.of("counted", small)
