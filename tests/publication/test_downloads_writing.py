"""outputs/tables: what is in it, and what cannot get out of it as a formula."""

import json
import re
import shutil
import zipfile

import polars as pl
import pytest

from analysis import tables
from analysis.charts.drawing import picture_files
from analysis.charts.drawing.picture import Picture, new_figure
from analysis.io import cells
from analysis.publication.downloads import layer_files, writing
from analysis.publication.downloads.workbooks import Sheet
from analysis.tables import published_names
from analysis.tables.layers import LAYERS
from analysis.tables.schema import Field

FOLDER = "outputs/tables"
METADATA = {"catalog.jsonld", "citation.bib", "citation.csl.json", "citation.ris", "datapackage.json", "sources.csv"}


def test_every_table_of_the_figures_is_published():
    assert {one.name for one in tables.tables_of("out_")} <= set(published_names())
    assert set(published_names()) <= set(tables.TABLES)


def test_published_tables_have_every_format_and_layers_too(root):
    files = {path.name for path in (root / FOLDER).iterdir() if path.is_file()}
    formats = ("csv", "parquet", "xlsx", "en.xlsx")
    workbooks = {"territoires_industrie.xlsx", "territoires_industrie.en.xlsx"}
    assert files == {f"{name}.{kind}" for name in published_names() for kind in formats} | METADATA | workbooks
    layers = {f"{one.name}.parquet" for one in LAYERS} | {f"{layer_files.geopackage_of(one)}.gpkg" for one in LAYERS}
    assert {path.name for path in (root / FOLDER / "layers").iterdir()} == layers
    assert (root / FOLDER / "layers/communes.gpkg").stat().st_size < 30e6


def test_csv_is_the_table_with_its_columns(root, table):
    for name in published_names():
        read = pl.read_csv(root / FOLDER / f"{name}.csv", infer_schema=False)
        assert read.columns == table(name).columns
        assert read.height == table(name).height


def test_every_region_has_a_workbook_and_its_sheets_as_csv(root, table):
    folders = {path.name: path for path in (root / FOLDER / "regions").iterdir()}
    assert set(folders) == set(table("core_communes")["region_code"])
    for code, folder in folders.items():
        with zipfile.ZipFile(folder / f"{code}.xlsx") as book:
            sheets = re.findall(r'<sheet name="(\w+)"', book.read("xl/workbook.xml").decode())
        with zipfile.ZipFile(folder / f"{code}.en.xlsx") as book:
            assert "Name of the territory" in book.read("xl/sharedStrings.xml").decode()
        files = {f"{code}.xlsx", f"{code}.en.xlsx", "datapackage.json", *(f"{name}.csv" for name in sheets)}
        assert {path.name for path in folder.iterdir()} == files
        assert sheets[-1] == "sources"
    communes = pl.read_csv(folders["44"] / "communes.csv", infer_schema=False)
    assert communes.height == table("core_communes").filter(region_code="44").height
    assert "territory_1_name" in communes.columns


def test_no_cell_of_a_published_csv_is_a_formula(root):
    for path in [*(root / FOLDER).rglob("*.csv"), *(root / "outputs/figures").glob("*.csv")]:
        frame = pl.read_csv(path, infer_schema=False)
        assert frame.equals(cells.defused(frame)), path.name


@pytest.mark.no_cover  # of all data: traced, it takes three times as long
def test_write_tables_gives_the_committed_bytes(built, root, monkeypatch):
    """Two régions stand for all, and the workbooks of the communes, which take longest, are those of the pipeline."""
    write, regions = writing._write_book, writing._regions

    def book(path, *arguments):
        if path.name.startswith(writing.APART):
            shutil.copy(root / FOLDER / path.name, path)
        else:
            write(path, *arguments)

    monkeypatch.setattr(writing, "_write_book", book)
    monkeypatch.setattr(writing, "_regions", lambda coverage: regions(coverage)[4:6])
    writing.write_tables(built)
    again = {path.relative_to(built): path for path in (built / FOLDER).rglob("*") if path.is_file()}
    national = {path.relative_to(root) for path in (root / FOLDER).rglob("*") if path.is_file()}
    assert {one for one in national if "regions" not in one.parts} <= set(again)
    for name, path in again.items():
        assert path.read_bytes() == (root / name).read_bytes(), name


# --- small parts -------------------------------------------------------------------------------------------


def small(name: str, *names: str) -> Sheet:
    frame = pl.DataFrame({"name": list(names)}, schema={"name": pl.String})
    return Sheet(name, "Titre", frame, (Field("name", "Nom"),))


def test_version_of_the_data_changes_with_a_cell_and_only_then():
    once = writing._digest([small("a", "x"), small("b", "y")], {})
    assert writing._digest([small("a", "x"), small("b", "y")], {}) == once
    assert writing._digest([small("a", "x"), small("b", "z")], {}) != once
    assert writing._digest([small("a", "y"), small("b", "x")], {}) != once


@pytest.mark.parametrize("text", ['<script>"a"</script>', "é" * 300, 'a,b;"c"', "a\nb"])
def test_csv_gives_back_what_the_producer_wrote(tmp_path, text):
    writing._write_csv(tmp_path, [small("a", text, "=1+1")])
    assert pl.read_csv(tmp_path / "a.csv").to_series().to_list() == [text, "'=1+1"]


def test_csv_of_a_figure_has_no_formula(tmp_path):
    data = pl.DataFrame({"name": ["=1+1", "Vosges"]})
    picture = Picture("small", new_figure(1, 1), "Titre", "Texte", "Source : a", data)
    picture_files.write(picture, tmp_path, 10)
    assert pl.read_csv(tmp_path / "small.csv")["name"].to_list() == ["'=1+1", "Vosges"]


def test_citation_of_the_site_states_the_version_of_the_tables(project, root):
    (project / FOLDER).mkdir(parents=True)
    shutil.copy(root / FOLDER / "datapackage.json", project / FOLDER)
    stated = json.loads((root / FOLDER / "datapackage.json").read_text())["version"]
    assert writing.read_citation(project).version == stated
    assert stated.startswith("0.1.0+")


def test_years_are_those_of_the_figures():
    assert writing._years(pl.DataFrame({"as_of": ["2020/2022", "2018-11-22"]})) == (2018, 2022)
    assert writing._years(pl.DataFrame({"n": [1]})) is None
