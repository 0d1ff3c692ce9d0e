"""A new table, its chart and a notebook that shows both are three new files: all else follows, in the site too."""

import filecmp
import json
import os
import re
import shutil
from pathlib import Path

import following
import nbformat
import polars as pl
import pytest
import yaml

from analysis.io.paths import EXECUTED, FIGURES, SITE, TABLES

PAGES = ("add-a-table-and-its-figure", "add-a-notebook")  # of docs/how-to
QUESTION = "Quels départements ont le plus de territoires ?"
STEM, NAME = "25_departments", "department_counts"


def copied(root: Path, project: Path) -> None:
    """The code, and of what was built the processed tables and the national notebooks with their figures."""
    shutil.copytree(root / "src", project / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    for place in (EXECUTED, FIGURES):
        (project / place).mkdir(parents=True)
        for path in (root / place).iterdir():
            if path.is_file() and not re.search(r"\d\d_(region|territory)_|^(region|territory)_\w+_\d", path.name):
                os.link(path, project / place / path.name)


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
    environment = {**os.environ, "PYTHONPATH": str(project / "src")}
    for name in PAGES:
        page = root / f"docs/how-to/{name}.md"
        if cells := following.cells(page):
            nbformat.write(following.notebook(cells), project / f"notebooks/{STEM}.ipynb")
        following.follow(page, project, environment)
    return project


@pytest.mark.no_cover
def test_three_files_are_new_and_none_is_edited_by_hand(with_three_files, root):
    by_hand = ("src/analysis", "notebooks", "data/raw")
    project = {one for name in by_hand for one in (with_three_files / name).rglob("*.*") if one.is_file()}
    names = {one.relative_to(with_three_files) for one in project if "__pycache__" not in one.parts}
    assert {one.as_posix() for one in names if not (root / one).exists()} == {
        f"src/analysis/indicators/{NAME}.py", f"src/analysis/charts/{NAME}.py", f"notebooks/{STEM}.ipynb",
    }  # fmt: skip
    assert [one for one in names if (root / one).exists() and not filecmp.cmp(root / one, with_three_files / one)] == []


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
