"""A new table, its chart and a notebook that shows both are three new files: all else follows, in the site too."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import polars as pl
import pytest
import yaml

from analysis.io.paths import EXECUTED, FIGURES, SITE, TABLES
from analysis.upkeep import dependencies

TABLE = '''
"""How many territories have a commune in each département (pure)."""

import polars as pl

from analysis.tables.codes import PHASES
from analysis.tables.fields import PHASE, count
from analysis.tables.groups import MEASURED
from analysis.tables.schema import Field, Table

TABLE = Table(
    "out_department_counts",
    "Territoires par département",
    (
        PHASE,
        Field("department_code", "Code Insee du département"),
        Field("department_name", "Département"),
        count("territory_count", "Territoires"),
    ),
    ("phase", "department_code"),
    group=MEASURED,
)


def build(core_communes: pl.DataFrame, departments: pl.DataFrame) -> pl.DataFrame:
    """A row a phase and département, 0 where no territory has a commune."""
    names = departments.select("department_code", department_name="name")
    counted = [
        names.join(
            core_communes.group_by("department_code").agg(territory_count=pl.col(f"territory_{phase}").n_unique()
                                                          - pl.col(f"territory_{phase}").is_null().any()),
            on="department_code", how="left",
        ).select(pl.lit(phase, pl.Int64).alias("phase"), *names.columns, pl.col("territory_count").fill_null(0))
        for phase in PHASES
    ]
    return pl.concat(counted)
'''
CHART = '''
"""The départements with most territories."""

import matplotlib as mpl
import polars as pl

from analysis.charts.drawing import style
from analysis.charts.drawing.picture import Picture, add_axes, compose, new_figure
from analysis.charts.register import COUNTED, chart
from analysis.i18n import typography
from analysis.i18n.language import tr

SHOWN = 5


@chart(sources=COUNTED)
def department_counts(out_department_counts: pl.DataFrame, credit: str) -> Picture:
    """A bar a département, those with most territories of phase 2 first."""
    rows = out_department_counts.filter(phase=2).sort("territory_count", "department_code", descending=[True, False])
    rows = rows.head(SHOWN)
    first = rows.row(0, named=True)
    title = tr("{name} est le département qui a le plus de territoires").format(name=first["department_name"])
    figure = new_figure(7.6, 3.0)
    with mpl.rc_context(style.RC):
        left, bottom, width, height = compose(figure, typography.spaced(title), credit)
        axes = add_axes(figure, (left + 0.16, bottom + 0.09, width - 0.19, height - 0.12))
        axes.barh(rows["department_name"].to_list(), rows["territory_count"].to_list(), color=style.PHASE_COLOURS[2])
        axes.invert_yaxis()
    names = typography.series(rows["department_name"].to_list())
    alt = tr("Diagramme en barres des départements qui ont le plus de territoires : {names}.").format(names=names)
    return Picture("department_counts", figure, typography.spaced(title), typography.spaced(alt), credit, rows)
'''
QUESTION = "Quels départements ont le plus de territoires ?"
CELLS = (
    ("markdown", f"# {QUESTION}\n\nUn département compte chaque territoire qui y a une commune.", ""),
    ("code", "from analysis import Atlas\nfrom analysis.charts.department_counts import department_counts", ""),
    ("code", 'atlas = Atlas()\ncounts = atlas.table("out_department_counts")', ""),
    ("code", "atlas.show(department_counts, counts)", ""),
    ("code", 'print(counts.get_column("territory_count").sum())', "check"),
    ("code", 'atlas.source_line("anct-lists", "insee-cog-2024")', "source"),
)
STEM, NAME = "25_departments", "department_counts"


def new_notebook() -> nbformat.NotebookNode:
    cells = []
    for rank, (kind, source, tag) in enumerate(CELLS):
        made = getattr(nbformat.v4, f"new_{kind}_cell")(source, metadata={"tags": [tag]} if tag else {})
        made["id"] = f"cell-{rank}"
        cells.append(made)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}})


def copied(root: Path, project: Path) -> None:
    """The code, and of what was built the processed tables and the national notebooks with their figures."""
    shutil.copytree(root / "src", project / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    for place in (EXECUTED, FIGURES):
        (project / place).mkdir(parents=True)
        for path in (root / place).iterdir():
            if path.is_file() and not re.search(r"\d\d_(region|territory)_|^(region|territory)_\w+_\d", path.name):
                os.link(path, project / place / path.name)


def analysis(project: Path, *arguments: str) -> None:
    environment = {**os.environ, "PYTHONPATH": str(project / "src")}
    command = [sys.executable, "-m", "analysis", *arguments]
    ended = subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr


@pytest.fixture(scope="module")
def with_three_files(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with three new files, made up to the site for readers of the national pages in French."""
    project = tmp_path_factory.mktemp("three") / "project"
    for name in ("data/raw", "notebooks", "data/processed"):
        kept_back = shutil.ignore_patterns("documents", ".ipynb_checkpoints", "slices")
        shutil.copytree(root / name, project / name, ignore=kept_back)
    for name in ("CITATION.cff", "dvc.yaml", "requirements.lock"):
        shutil.copy(root / name, project / name)
    copied(root, project)
    asked = yaml.safe_load((root / "params.yaml").read_text(encoding="utf-8"))
    asked["reports"] |= {"regions": [], "territories": [], "languages": ["fr"]}
    (project / "params.yaml").write_text(yaml.safe_dump(asked), encoding="utf-8")
    package = project / dependencies.PACKAGE
    (package / f"indicators/{NAME}.py").write_text(TABLE, encoding="utf-8")
    (package / f"charts/{NAME}.py").write_text(CHART, encoding="utf-8")
    nbformat.write(new_notebook(), project / f"notebooks/{STEM}.ipynb")
    for command in ("dependencies", "stage indicators", "tables", f"notebooks --only notebook={STEM}", "site"):
        analysis(project, *command.split())
    return project


@pytest.mark.no_cover  # in processes of its own
def test_the_table_is_built_and_can_be_downloaded(with_three_files):
    counts = pl.read_parquet(with_three_files / f"data/processed/out_{NAME}.parquet")
    assert counts.filter(department_code="57").get_column("territory_count").min() > 0
    folder = with_three_files / TABLES
    assert {f"out_{NAME}.{end}" for end in ("csv", "parquet", "xlsx")} <= {one.name for one in folder.iterdir()}
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    assert f"out_{NAME}" in [one["name"] for one in described]
    assert f"out_{NAME}" in (folder / "catalog.jsonld").read_text(encoding="utf-8")


@pytest.mark.no_cover
def test_the_page_shows_the_figure_with_its_credit_line_and_alternative_text(with_three_files):
    page = (with_three_files / SITE / f"{STEM}.html").read_text(encoding="utf-8")
    text = re.sub(r"[\u00a0\u202f]", " ", page)
    assert f"{QUESTION}" in text
    assert f'{NAME}.png"' in page
    assert re.search(r'alt="Diagramme en barres des départements qui ont le plus de territoires : ', text)
    assert "Insee" in text
    assert "ANCT" in text
    told = (with_three_files / FIGURES / f"{NAME}.txt").read_text(encoding="utf-8")
    assert "ANCT" in told
    assert f'href="calculs.html#out_{NAME}"' in page


@pytest.mark.no_cover
def test_the_site_leads_to_the_page_and_to_the_files(with_three_files):
    folder = with_three_files / SITE
    pages = {name: (folder / f"{name}.html").read_text(encoding="utf-8") for name in ("index", "donnees", "calculs")}
    assert f'href="{STEM}.html"' in pages["index"]
    for end in ("csv", "parquet", "xlsx"):
        assert f"out_{NAME}.{end}" in pages["donnees"]
    for end in ("svg", "png", "csv"):
        assert f"figures/{NAME}.{end}" in pages["donnees"]
    assert f'id="out_{NAME}-territory_count"' in pages["calculs"]
