"""dvc.yaml names all that a stage's code and tables are: nothing published can be older than what it is made from."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
import yaml

from analysis import programme
from analysis.errors import DependencyError
from analysis.io import imports, pipeline
from analysis.reports.notebooks.inputs import RAW_READ
from analysis.upkeep import dependencies

MODULES = {
    "__init__": "",
    "cli/__init__": "from analysis.cli import pictures",
    "cli/pictures": """
        @app.command("draw")
        def draw():
            from analysis.charts import bars
        """,
    "upkeep/__init__": "",
    "upkeep/stages/__init__": "",
    "upkeep/stages/count": "from analysis import counts",
    "upkeep/stages/paint": "from analysis import colours",
    "counts": "def of(rows):\n    from analysis.rows.reading import read",
    "colours": "",
    "rows/__init__": "from . import marks",
    "rows/marks": "from ..colours import RED",
    "rows/reading": "import analysis.far.away as away",
    "far/__init__": "",
    "far/away": "",
    "charts/__init__": "",
    "charts/bars": "import polars",
    "unused": "",
}
PIPELINE = """\
# A comment that stays.
vars:
  - raw: data/raw
    src: src/analysis

stages:
  count:
    cmd: python -m analysis stage count
    deps:
      - ${raw}/rows.csv
      - ${src}/unused.py
      - ${src}/words
    outs:
      - counts.parquet

  draw:
    cmd: python -m analysis draw
    deps:
      - counts.parquet

  other:
    cmd: make something
    deps:
      - ${src}/unused.py

  all:
    cmd: python -m analysis stage paint
    deps:
      - ${src}
"""
ALL_OF_COUNT = [
    "${raw}/rows.csv", "${src}/__init__.py", "${src}/colours.py", "${src}/counts.py", "${src}/far", "${src}/rows",
    "${src}/upkeep/__init__.py", "${src}/upkeep/stages/__init__.py", "${src}/upkeep/stages/count.py", "${src}/words",
]  # fmt: skip


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A package and its pipeline, in which no dependency on code is right."""
    for name, text in MODULES.items():
        path = tmp_path / dependencies.PACKAGE / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(line.removeprefix(" " * 8) for line in text.splitlines()), encoding="utf-8")
    (tmp_path / dependencies.PACKAGE / "words").mkdir()
    (tmp_path / "dvc.yaml").write_text(PIPELINE, encoding="utf-8")
    return tmp_path


def deps(text: str, stage: str) -> list[str]:
    return yaml.safe_load(text)["stages"][stage]["deps"]


def test_the_pipeline_names_the_code_of_every_stage(root):
    assert (root / "dvc.yaml").read_text(encoding="utf-8") == dependencies.rewritten(root), dependencies.REWRITE


def test_code_is_found_through_functions_packages_and_relative_imports(small):
    text = dependencies.rewritten(small)
    assert deps(text, "count") == ALL_OF_COUNT  # without what is no longer used; data are left as they are
    assert deps(text, "draw") == ["${src}/__init__.py", "${src}/charts", "counts.parquet"]
    assert deps(text, "other") == ["${src}/unused.py"]
    assert deps(text, "all") == ["${src}"]


def test_what_is_not_a_dependency_on_code_keeps_its_text(small):
    before, after = PIPELINE.splitlines(), dependencies.rewritten(small).splitlines()
    assert [line for line in before if "- ${src}/" not in line] == [
        line for line in after if "- ${src}/" not in line or ("words" in line and line not in before)
    ]


def test_rewriting_again_changes_nothing(small):
    once = dependencies.rewritten(small)
    (small / "dvc.yaml").write_text(once, encoding="utf-8")
    assert dependencies.rewritten(small) == once
    dependencies.bring_up_to_date(small, pytest.fail)


@pytest.mark.parametrize(
    ("module", "text", "told"),
    [
        ("counts", "import analysis.unused", "stage count gains ${src}/unused.py"),
        ("counts", "def late():\n    from analysis import unused", "stage count gains ${src}/unused.py"),
        ("far/away", "from analysis.unused import name", "stage count gains ${src}/unused.py"),
        ("__init__", "from analysis import unused", "stage draw gains ${src}/unused.py"),
        ("charts/bars", "from analysis.counts import of", "stage draw gains ${src}/colours.py, ${src}/counts.py"),
    ],
)
def test_a_new_import_that_the_pipeline_does_not_know_is_added_and_told(small, module, text, told):
    (small / "dvc.yaml").write_text(dependencies.rewritten(small), encoding="utf-8")
    (small / dependencies.PACKAGE / f"{module}.py").write_text(text, encoding="utf-8")
    said: list[str] = []
    dependencies.bring_up_to_date(small, said.append)
    assert [told in one for one in said] == [True]
    assert (small / "dvc.yaml").read_text(encoding="utf-8") == dependencies.rewritten(small)


def test_a_command_that_is_none_is_named(small):
    text = PIPELINE.replace("analysis draw", "analysis drew")
    (small / "dvc.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DependencyError, match="no command drew"):
        dependencies.rewritten(small)


def test_the_code_of_a_stage_holds_all_that_python_imports_for_it(root):
    """The source is read rightly: what a fresh interpreter imports is in it."""
    package = root / dependencies.PACKAGE
    for stage in ("coverage", "ledger"):
        code = (
            f"import sys, analysis.upkeep.stages.{stage}; print(*(n for n in sys.modules if n.startswith('analysis')))"
        )
        names = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
        found = imports.closure(package, [f"analysis.upkeep.stages.{stage}"])
        assert imports.closure(package, names) <= found


@pytest.mark.parametrize(
    ("command", "module"),
    [("notebooks", "analysis.reports.notebooks.preloaded"), ("site", "analysis.publication.site.build"),
     ("gallery", "analysis.upkeep.generated"), ("tables", "analysis.publication.downloads.writing")],
)  # fmt: skip
def test_the_code_of_a_command_holds_all_that_python_imports_for_it(root, command, module):
    code = f"import sys, {module}; print(*(n for n in sys.modules if n.startswith('analysis')))"
    names = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    stage = pipeline.parse(yaml.safe_load((root / "dvc.yaml").read_text(encoding="utf-8")))[command]
    package = root / dependencies.PACKAGE
    files = {path.relative_to(root) for path in imports.closure(package, names)}
    assert {path for path in files if not any(path.is_relative_to(one) for one in stage.reads)} == set()


def test_no_stage_depends_on_what_only_the_notebook_of_a_document_runs(root):
    stages = pipeline.parse(yaml.safe_load(dependencies.rewritten(root)))
    readings = {path for path in stages["notebooks"].reads if "reports/readings" in path or "extraction/prose" in path}
    assert readings == set()


def test_no_stage_depends_on_all_code(root):
    stages = pipeline.parse(yaml.safe_load((root / "dvc.yaml").read_text(encoding="utf-8")))
    assert [name for name, one in stages.items() if dependencies.PACKAGE.as_posix() in one.reads] == []


def test_no_edit_of_a_figure_or_of_a_colour_makes_the_boundaries_again(root):
    stages = yaml.safe_load((root / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
    for name in ("coverage", "layers"):
        rooms = {line.removeprefix("${src}/").partition("/")[0] for line in stages[name]["deps"] if "${src}/" in line}
        assert rooms == {"__init__.py", "errors.py", "i18n", "io", "programme.py", "registry", "tables", "upkeep"}
        words = {line for line in stages[name]["deps"] if "${src}/i18n" in line}
        assert words == {"${src}/i18n/__init__.py", "${src}/i18n/language.py"}  # which languages there are


# --- a new table -------------------------------------------------------------------------------------------

NEW_TABLE = """
import polars as pl

from analysis.tables.fields import PHASE, count
from analysis.tables.groups import MEASURED
from analysis.tables.schema import Table

TABLE = Table("out_new", "Communes de chaque phase", (PHASE, count("commune_count", "Communes")), ("phase",),
              group=MEASURED)


def build(core_communes: pl.DataFrame, out_region_coverage: pl.DataFrame, departments: pl.DataFrame) -> pl.DataFrame:
    return out_region_coverage.filter(region_code="FR").select("phase", "commune_count")
"""


@pytest.fixture
def with_a_new_table(built: Path, root: Path) -> Path:
    """A copy of the project whose code has one more module of a table, and nothing else."""
    shutil.copytree(
        root / dependencies.PACKAGE, built / dependencies.PACKAGE, ignore=shutil.ignore_patterns("__pycache__")
    )
    (built / dependencies.PACKAGE / "indicators/new.py").write_text(NEW_TABLE, encoding="utf-8")
    return built


def python(project: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "PYTHONPATH": str(project / "src")}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=True)


def test_a_new_table_is_in_the_pipeline_as_soon_as_its_module_is_there(with_a_new_table):
    script = (
        "from pathlib import Path; from analysis.upkeep import dependencies;"
        "dependencies.bring_up_to_date(Path(), print); dependencies.bring_up_to_date(Path(), print)"
    )
    told = python(with_a_new_table, "-c", script).stdout.splitlines()
    line, code = "${processed}/out_new.parquet", "${src}/indicators/new.py"
    assert len(told) == 1
    assert all(f"stage {name} gains" in told[0] for name in ("indicators", "tables", "notebooks", "site"))
    stages = yaml.safe_load((with_a_new_table / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
    assert {name for name, one in stages.items() if line in one["deps"]} == {"tables", "notebooks", "site"}
    assert [name for name, one in stages.items() if {line: {"persist": True}} in one["outs"]] == ["indicators"]
    assert {name for name, one in stages.items() if code in one["deps"]} == {"indicators"}
    assert "${raw}/departments.csv" in stages["indicators"]["deps"]
    python(with_a_new_table, "-m", "analysis", "stage", "indicators")
    made = pl.read_parquet(with_a_new_table / "data/processed/out_new.parquet")
    assert (
        made.rows()
        == pl.read_parquet(with_a_new_table / "data/processed/out_region_coverage.parquet")
        .filter(region_code="FR")
        .sort("phase")
        .select("phase", "commune_count")
        .rows()
    )


def test_an_edit_of_a_table_makes_again_its_stage_and_what_reads_it(root):
    stages = yaml.safe_load((root / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
    code = "${src}/indicators/hundred_millions.py"
    run = {name for name, one in stages.items() if {code, "${src}/indicators", "${src}"} & {*one["deps"]}}
    assert {"indicators", "ledger", "tables", "notebooks", "site"} <= run
    assert not run & {"coverage", "registry", "layers", "claims", "phases", "webmap"}


def test_reports_are_made_again_for_every_raw_file_that_their_stage_reads(root):
    stages = pipeline.parse(yaml.safe_load((root / "dvc.yaml").read_text(encoding="utf-8")))
    raw = {path for path in stages["notebooks"].reads if path.startswith("data/raw/")}
    assert raw == {f"data/raw/{name}" for name in (*RAW_READ, programme.WHERE.name)}
