"""outputs/tables: what is in it, and what cannot get out of it as a formula."""

import json
import re
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from analysis import tables
from analysis.charts.drawing import picture_files
from analysis.charts.drawing.picture import Picture, new_figure
from analysis.i18n.language import speaking
from analysis.io import cells, memory
from analysis.io.imports import closure
from analysis.io.memory import CODE, Memory
from analysis.publication.downloads import context_files, datasets, layer_files, writing, xlsx
from analysis.publication.downloads.xlsx import Sheet
from analysis.sources import provenance
from analysis.tables import published_names
from analysis.tables.layers import LAYERS
from analysis.tables.schema import Field

FOLDER = "outputs/tables"
METADATA = {"catalog.jsonld", "citation.bib", "citation.csl.json", "citation.ris", "datapackage.json", "sources.csv"}


def test_every_table_of_the_figures_is_published():
    apart = {"out_context"}  # in a folder of its own, a file a layer: docs/decisions/0026
    assert {one.name for one in tables.tables_of("out_")} - apart <= set(published_names())
    assert apart <= set(context_files.NEEDED)
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
    assert datasets.years(pl.DataFrame({"as_of": ["2020/2022", "2018-11-22"]})) == (2018, 2022)
    assert datasets.years(pl.DataFrame({"n": [1]})) is None


# --- workbooks of earlier runs ---


@pytest.fixture
def book(tmp_path, root, monkeypatch):
    """Writes a workbook as a run does, and tells its bytes and whether they were worked out."""
    known = provenance.load_sources(root / "data/raw/sources.yaml")
    made, work_out = [], xlsx.workbook

    def workbook(*given):
        made.append(given)
        return work_out(*given)

    def run(*sheets, title="Atlas", spoken="fr"):
        made.clear()
        memory = Memory(tmp_path / "memory", "code")
        with speaking(spoken):
            writing._write_book(tmp_path / "a.xlsx", title, sheets, known, memory)
        memory.save()
        return (tmp_path / "a.xlsx").read_bytes(), bool(made)

    monkeypatch.setattr(xlsx, "workbook", workbook)
    return run


def test_a_workbook_is_not_worked_out_again(book):
    first, _ = book(small("a", "x"))
    assert book(small("a", "x")) == (first, False)


FIRST = Sheet("a", "Titre", pl.DataFrame({"n": [1, None]}), (Field("n", "Nombre", "integer"),), ("anct-lists",))


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "b"},
        {"title": "Autre"},
        {"frame": pl.DataFrame({"n": [1, 2]})},
        {"frame": pl.DataFrame({"n": [1.5, None]})},
        {"frame": pl.DataFrame({"n": ["1", None]})},  # the same to a CSV, were it not for the type
        {"frame": pl.DataFrame({"n": ["1", ""]})},
        {"fields": (Field("n", "Nombre", "integer", "km2"),)},
        {"fields": (Field("n", "Compte", "integer"),)},
        {"sources": ()},
    ],
    ids=str,
)
def test_a_workbook_is_worked_out_again_where_a_sheet_is_another(book, changed):
    book(FIRST)
    again, made = book(replace(FIRST, **changed))
    assert made
    assert again != book(FIRST)[0]


@pytest.mark.parametrize("changed", [{"title": "Corse"}, {"spoken": "en"}], ids=str)
def test_a_workbook_has_its_own_title_and_language(book, changed):
    first, _ = book(FIRST)
    again, made = book(FIRST, **changed)
    assert made
    assert again != first


def test_texts_that_are_missing_or_empty_are_told_apart():
    contents = [writing._content(small("a", "x", text)) for text in ("", "x", '""')]
    missing = replace(small("a"), frame=pl.DataFrame({"name": ["x", None]}))
    assert writing._content(missing) not in contents


@pytest.mark.parametrize("spoil", [lambda path: path.write_bytes(path.read_bytes()[:-9]), lambda path: path.unlink()])
def test_a_spoilt_memory_only_costs_time(book, tmp_path, spoil):
    first, _ = book(FIRST)
    spoil(tmp_path / "memory")
    assert book(FIRST) == (first, True)


def test_what_writes_workbooks_has_no_part_in_charts_or_verdicts(monkeypatch, tmp_path):
    """So that an edit of those leaves workbooks alone; an edit of what writes them does not."""
    read = {path.relative_to(CODE) for path in closure(CODE, [xlsx.__name__])}
    assert {Path("publication/downloads/xlsx.py"), Path("tables/schema.py"), Path("i18n/typography.py")} <= read
    assert {path.parts[0] for path in read}.isdisjoint({"charts", "ledger", "indicators", "reports", "upkeep"})
    copied = tmp_path / "analysis"
    shutil.copytree(CODE, copied, ignore=shutil.ignore_patterns("__pycache__", "assets"))
    monkeypatch.setattr(memory, "CODE", copied)
    before = memory.code_of([xlsx.__name__])
    for name, same in {"charts/register.py": True, "publication/downloads/xlsx.py": False}.items():
        with (copied / name).open("a") as file:
            file.write("\nMORE = 1\n")
        assert (memory.code_of([xlsx.__name__]) == before) == same, name
