"""The pages of downloads: national files on one, the reports' on the other."""

import re

import pytest
from nbformat.v4 import new_notebook

from analysis.site import downloads
from analysis.site.downloads import PublishedFigure, PublishedFiles
from analysis.site.notebooks import SitePage
from analysis.site.places import Place, Places

KNOWN = Places(
    (Place("44", "Grand Est"), Place("06", "Mayotte")),
    (Place("44", "Vosges", "60_territory_1_ti-4415", 1, "ti-4415"), Place("44", "Sans fiche", "", 1, "ti-4416")),
)


def page(stem: str, *pictures: str) -> SitePage:
    return SitePage(stem, f"Titre {stem}", "", new_notebook(), dict.fromkeys(pictures, b""))


@pytest.fixture
def files() -> PublishedFiles:
    sizes = {"svg": 1000, "png": 2000, "csv": 30}
    names = ("national_map", "territory_map_phase1_ti-4415", "alone")
    return PublishedFiles(
        tables=[],
        figures=[PublishedFigure(name, f"Figure {name}", "Texte", sizes) for name in names],
        notebooks=[
            (page("20_national_map", "national_map"), 812),
            (page("60_territory_1_ti-4415", "territory_map_phase1_ti-4415", "unpublished"), 900),
        ],
        books={"territoires_industrie.xlsx": 64_800, "sources.csv": 400},
        regions={"44": {"44.xlsx": 327_000, "communes.csv": 5}, "06": {"06.xlsx": 18_000}},
    )


def links(text: str) -> list[str]:
    return re.findall('href="fichiers/([^"]+)" download', text)


def test_national_page_lists_national_files_and_one_workbook_a_region(files):
    text = downloads.downloads(files, KNOWN)
    assert links(text) == [
        "tables/territoires_industrie.xlsx", "tables/sources.csv",
        "tables/regions/44/44.xlsx", "tables/regions/06/06.xlsx",
        *(f"figures/{name}.{end}" for name in ("national_map", "alone") for end in ("svg", "png", "csv")),
        "notebooks/20_national_map.ipynb",
    ]  # fmt: skip
    assert "Grand Est : <a" in text
    assert "XLSX</a>\u00a0(327\u00a0ko)" in text
    assert "0\u00a0rapport régional et 1\u00a0fiche de territoire" in text
    assert "(fichiers-rapports.md)" in text


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


def test_region_without_files_is_left_out(files):
    empty = PublishedFiles([], [], [], {}, {})
    assert "##" not in downloads.report_files(empty, KNOWN)
