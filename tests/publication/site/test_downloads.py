"""The pages of downloads: national files on one, the reports' on the other."""

import re

import pytest
from nbformat.v4 import new_notebook

from analysis.i18n.language import speaking
from analysis.publication.downloads.citation import Citation
from analysis.publication.site import download_entries, downloads, read_files, read_inputs
from analysis.publication.site.download_files import PublishedFigure, PublishedFiles, PublishedTable
from analysis.publication.site.notebooks import SitePage
from analysis.publication.site.places import Place, Places
from analysis.tables import TABLES, published_names
from analysis.tables.layers import LAYERS
from analysis.tables.schema import Field, Reference, Table

KNOWN = Places(
    (Place("44", "Grand Est"), Place("06", "Mayotte")),
    (Place("44", "Vosges", "60_territory_1_ti-4415", 1, "ti-4415"), Place("44", "Sans fiche", "", 1, "ti-4416")),
)
CITED = Citation("Un atlas", ("Contributors",), "MIT", "2026-11-22", "0.1.0+abcdef012345")
LICENCE = "Licence Ouverte 2.0"
SLY = '<script>alert("x")</script>' + "é" * 300
TABLE = Table(
    "core_members",
    "Membres des territoires, avec leur nom au COG 2024",
    (
        Field("phase", "Phase", "integer", enum=(1, 2)),
        Field("area_km2", "Superficie calculée sur le découpage communal", "number", unit="km2", required=False),
    ),
    ("phase",),
    (Reference(("phase",), "core_territories", ("phase",)),),
)


def page(stem: str, *pictures: str) -> SitePage:
    return SitePage(stem, f"Titre {stem}", "", new_notebook(), dict.fromkeys(pictures, b""))


@pytest.fixture
def files() -> PublishedFiles:
    sizes = {"svg": 1000, "png": 2000, "csv": 30}
    names = ("national_map", "territory_map_phase1_ti-4415", "coverage")
    return PublishedFiles(
        tables=[
            PublishedTable(TABLE, 1218, {"core_members.csv": 10, "core_members.parquet": 9}, ("Licence Ouverte 2.0",))
        ],
        figures=[PublishedFigure(name, f"Figure {name}", "Texte", sizes) for name in names],
        notebooks=[
            (page("20_national_map", "national_map"), 812),
            (page("60_territory_1_ti-4415", "territory_map_phase1_ti-4415", "lille_map"), 900),
        ],
        books={"territoires_industrie.xlsx": 64_800},
        regions={"44": {"44.xlsx": 327_000, "communes.csv": 5}, "06": {"06.xlsx": 18_000}},
        cited=CITED,
        layers=[PublishedTable(LAYERS[-1], 3, {"layers/communes.parquet": 11, "layers/communes.gpkg": 27})],
        together={"layers/territoires_industrie.gpkg": 9},
        metadata={"datapackage.json": 1, "catalog.jsonld": 2, "sources.csv": 3},
        citations={"citation.bib": 1, "citation.ris": 2, "citation.csl.json": 3},
    )


def links(text: str) -> list[str]:
    return re.findall('href="fichiers/([^"]+)" download', text)


def test_national_page_lists_national_files_and_one_workbook_a_region(files):
    text = downloads.downloads(files, KNOWN)
    assert links(text) == [
        "tables/territoires_industrie.xlsx", "tables/core_members.csv", "tables/core_members.parquet",
        "tables/layers/territoires_industrie.gpkg", "tables/layers/communes.parquet", "tables/layers/communes.gpkg",
        *(f"figures/{name}.{end}" for name in ("national_map", "coverage") for end in ("svg", "png", "csv")),
        "tables/regions/44/44.xlsx", "tables/regions/06/06.xlsx",
        "notebooks/20_national_map.ipynb",
        "tables/datapackage.json", "tables/catalog.jsonld", "tables/sources.csv",
        "tables/citation.bib", "tables/citation.ris", "tables/citation.csl.json",
    ]  # fmt: skip
    assert "Grand Est : <a" in text
    assert "XLSX</a>\u00a0(327\u00a0ko)" in text
    assert "0\u00a0rapport régional et de 1\u00a0fiche de territoire" in re.sub("<[^>]+>", "", text)
    assert "(fichiers-rapports.md)" in text


def test_contents_lead_to_every_section_in_order(files):
    text = downloads.downloads(files, KNOWN)
    targets = re.findall(r"^\((donnees-\w+)\)=$", text, re.MULTILINE)
    assert re.findall(r"\]\(#(donnees-\w+)\)", text) == targets
    assert len(targets) == 7
    assert text.index('id="core_members"') < text.index("#### Membres des territoires")


def test_table_is_described_column_by_column_with_its_key(files):
    text = download_entries.entry(files.tables[0])
    assert "1\u202f218\u00a0lignes" in text
    assert "Licence\u00a0: Licence Ouverte 2.0</p>" in text
    assert re.search(r"<code>phase</code></td>\s*<td>Phase<br><code>1 · 2</code></td>\s*<td>entier</td>", text)
    assert re.search(r"<td>nombre, parfois vide</td>\s*<td>km²</td>", text)
    assert '<code>phase</code> renvoie à <a href="#core_territories">' in text


def test_layer_is_geoparquet_and_geopackage(files):
    text = download_entries.entry(files.layers[0])
    assert ">GeoParquet</a>" in text
    assert ">GeoPackage</a>" in text


def test_citation_states_the_version_of_the_data(files):
    text = downloads.downloads(files, KNOWN).split("(donnees-citer)=")[1]
    assert "Version 0.1.0+abcdef012345 [jeu de données]." in text
    assert "version = {0.1.0+abcdef012345}" in text


def test_label_of_a_producer_stays_text(files):
    sly = PublishedFigure("coverage", SLY, SLY, {"svg": 1, "png": 1, "csv": 1})
    table = PublishedTable(Table("t", SLY, (Field("a", SLY, enum=(SLY,)),), ("a",)), 1, {"t.csv": 1}, (SLY,))
    cited = Citation(SLY, (SLY,), "MIT", "2026-11-22", "1")
    changed = PublishedFiles([table], [sly], [], {}, {}, cited)
    for text in (downloads.downloads(changed, KNOWN), download_entries.entry(table)):
        assert "<script" not in text
        assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;" in text


def test_page_is_told_in_english(files):
    with speaking("en"):
        text = downloads.downloads(files, KNOWN)
    assert "# Data and downloads" in text
    assert "Members of the territories, with their name in COG 2024" in text
    assert "[data set]" in text
    assert re.search(r"<td>number, sometimes empty</td>", text)


def test_every_title_column_and_unit_has_an_english_name():
    with speaking("en"):
        for one in [*(TABLES[name] for name in published_names()), *LAYERS]:
            assert "parfois" not in download_entries.entry(PublishedTable(one, 2, {}))
            assert downloads._described(PublishedTable(one, 2, {}), "###")[1]


def test_compact_index_lists_the_files_of_reports_by_region(files):
    text = downloads.report_files(files, KNOWN)
    first, second = text.split("## ")[1:]
    assert first.startswith("Grand Est\n")
    assert links(first) == [
        "tables/regions/44/44.xlsx", "tables/regions/44/communes.csv",
        *(f"figures/territory_map_phase1_ti-4415.{end}" for end in ("svg", "png", "csv")),
        "notebooks/60_territory_1_ti-4415.ipynb",
    ]  # fmt: skip
    assert '<td><a href="60_territory_1_ti-4415.html">Vosges (phase\u00a01)</a></td>' in first
    assert "Sans fiche" not in text
    assert links(second) == ["tables/regions/06/06.xlsx"]
    assert "<table" not in second


def test_region_without_files_is_left_out():
    empty = PublishedFiles([], [], [], {}, {}, CITED)
    assert "##" not in downloads.report_files(empty, KNOWN)


# --- what the pipeline built -------------------------------------------------------------------------------


def test_every_figure_has_picture_and_data_that_a_page_links_to(root):
    """All figures of outputs/figures in SVG, PNG and CSV: the pages list whatever PublishedFiles holds."""
    figures = read_files.published_figures(root)
    files = [path for path in (root / "outputs/figures").rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".csv", ".png", ".svg", ".txt"}
    assert {one.name for one in figures} == {path.stem for path in files}  # the same in both languages
    known = read_inputs.read_places(root)
    pages = [SitePage(stem, stem, "", new_notebook(), _pictures(stem, figures)) for stem in known.by_stem]
    whole = PublishedFiles([], figures, [(one, 1) for one in pages], {}, {}, CITED)
    linked = {*links(downloads.downloads(whole, known)), *links(downloads.report_files(whole, known))}
    assert {f"figures/{one.name}.{end}" for one in figures for end in ("svg", "png", "csv")} <= linked


def _pictures(stem: str, figures: list[PublishedFigure]) -> dict[str, bytes]:
    """The figures of a report, by the codes that both names hold."""
    kind, *codes = stem.split("_")[1:]
    mine = {
        "region": rf"region_\w+?_{codes[-1]}(?:_phase\d)?",
        "territory": rf"territory_\w+_phase{codes[0]}_{codes[-1]}",
    }
    return {one.name: b"" for one in figures if re.fullmatch(mine[kind], one.name)}


def test_published_tables_come_in_three_formats_with_the_workbook_of_the_language(root):
    found = read_files.published_tables(root, {})
    assert [one.table.name for one in found] == list(published_names())
    for one in found:
        assert list(one.sizes) == [f"{one.table.name}.{end}" for end in ("csv", "xlsx", "parquet")]
        assert all(one.sizes.values())
    with speaking("en"):
        assert all(f"{one.table.name}.en.xlsx" in one.sizes for one in read_files.published_tables(root, {}))


def test_layers_are_read_with_their_licences_and_rows(root):
    found = {one.table.name: one for one in read_files.published_files(root, []).layers}
    assert list(found) == [one.name for one in LAYERS]
    assert (found["territories_phase1"].rows, found["territories_phase2"].rows) == (149, 183)
    assert found["communes"].licences == ("GNU GPL 3.0", "Licence Ouverte 2.0")
