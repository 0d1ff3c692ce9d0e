import re
import zipfile

import polars as pl
import pytest

from analysis import publish, stages, tables


@pytest.fixture(scope="module")
def catalogue(root):
    return publish.catalogue(stages.read_params(root).reports)


def test_every_figure_of_the_pipeline_has_picture_data_and_text(root, catalogue):
    folder = root / "outputs/figures"
    expected = {f"{one.name}.{kind}" for one in catalogue for kind in ("svg", "png", "csv", "txt")}
    assert {path.name for path in folder.iterdir()} == expected
    for one in catalogue:
        title, alt, credit = (folder / f"{one.name}.txt").read_text().splitlines()
        assert len(alt) > len(title) / 2
        assert credit.startswith("Source")
        assert pl.read_csv(folder / f"{one.name}.csv", infer_schema=False).height > 0
        svg = (folder / f"{one.name}.svg").read_text()
        assert "<desc>" in svg
        assert not re.search(r'(?:href|src)="https?://', svg)


def test_every_figure_is_shown_in_its_notebook(root, catalogue):
    for one in catalogue:
        executed = next((root / "outputs/notebooks").glob(f"{one.notebook}*.ipynb")).read_text()
        alt = (root / "outputs/figures" / f"{one.name}.txt").read_text().splitlines()[1]
        assert alt[:60] in executed.replace('\\"', '"'), one.name


def test_gallery_is_what_the_pipeline_draws(root):
    names = {path.name for path in (root / "docs/gallery").iterdir()}
    assert names == {f"{name}.{kind}" for name in publish.SHOWN for kind in ("png", "txt")}
    for name in publish.SHOWN:
        alt = (root / "outputs/figures" / f"{name}.txt").read_text().splitlines()[1]
        assert (root / f"docs/gallery/{name}.txt").read_text().strip() == alt


def test_published_tables_are_csv_parquet_and_one_workbook(root):
    names = {table.name for table in tables.tables_of("out_", "core_claims")}
    files = {path.name for path in (root / "outputs/tables").iterdir() if path.is_file()}
    expected = {f"{name}.{kind}" for name in names for kind in ("csv", "parquet")}
    assert files == expected | {"territoires_industrie.xlsx", "sources.csv"}


def test_every_region_has_a_workbook_and_its_sheets_as_csv(root, table):
    folders = {path.name: path for path in (root / "outputs/tables/regions").iterdir()}
    assert set(folders) == set(table("core_communes")["region_code"])
    for code, folder in folders.items():
        with zipfile.ZipFile(folder / f"{code}.xlsx") as book:
            sheets = re.findall(r'<sheet name="(\w+)"', book.read("xl/workbook.xml").decode())
        assert {path.name for path in folder.iterdir()} == {f"{code}.xlsx", *(f"{name}.csv" for name in sheets)}
        assert sheets[-1] == "sources"
    communes = pl.read_csv(folders["44"] / "communes.csv", infer_schema=False)
    assert communes.height == table("core_communes").filter(region_code="44").height
    assert "territory_1_name" in communes.columns


def test_write_figures_replaces_the_folder_and_fills_the_gallery(built, monkeypatch):
    few = [one for one in publish.catalogue(stages.read_params(built).reports) if one.name == "coverage"]
    monkeypatch.setattr(publish, "catalogue", lambda reports: few)
    monkeypatch.setattr(publish, "SHOWN", ("coverage",))
    for _ in range(2):
        publish.write_figures(built)
    assert {path.name for path in (built / "outputs/figures").iterdir()} == {
        f"coverage.{kind}" for kind in ("svg", "png", "csv", "txt")
    }
    assert {path.name for path in (built / "docs/gallery").iterdir()} == {"coverage.png", "coverage.txt"}


def test_write_tables_gives_the_committed_bytes(built, root):
    publish.write_tables(built)
    again = {path.relative_to(built): path for path in (built / "outputs/tables").rglob("*") if path.is_file()}
    assert set(again) == {path.relative_to(root) for path in (root / "outputs/tables").rglob("*") if path.is_file()}
    for name, path in again.items():
        assert path.read_bytes() == (root / name).read_bytes(), name
