"""The pages of downloads: national files on one, the reports' on the other."""

import html
import re

import polars as pl
import pytest
from nbformat.v4 import new_notebook
from unmarked import unmarked

from analysis.i18n.language import speaking
from analysis.publication.downloads.citation import Citation
from analysis.publication.site import (
    context_entries,
    download_entries,
    downloads,
    edition_entries,
    read_files,
    read_inputs,
)
from analysis.publication.site.context_entries import Declared
from analysis.publication.site.download_files import PublishedFigure, PublishedFiles, PublishedTable
from analysis.publication.site.notebooks import SitePage
from analysis.publication.site.places import Place, Places
from analysis.sources.context import Layer
from analysis.sources.provenance import Source
from analysis.tables import TABLES, published_names, schema
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


@pytest.fixture
def declared() -> Declared:
    """A layer that is added up, and one that is not."""
    told = {"level": "commune", "code": "c", "cog": [2020, 2024], "source": "count-office", "limits": "Hors <îles>."}
    columns = {
        "sewing": {"title": "Ateliers", "kind": "count", "unit": "employee", "adds_up": "sum", "years": [2014, 2024],
                   "changes": [[2014, 2018]]},
        "craft": {"title": "Part", "kind": "share", "of": "l’emploi", "adds_up": "weighted", "year": 2022,
                  "weighted_by": "population_2022"},
    }  # fmt: skip
    listed = {"label": {"title": "Label", "kind": "flag", "adds_up": "any", "year": 2025}}
    layers = {
        "sewing": Layer.model_validate({"title": "Couture", "columns": columns, **told}),
        "label": Layer.model_validate({"title": "Label", "columns": listed, "complete": True, **told}),
    }
    values = {"phase": [0], "level": ["country"], "code": ["FR"], "layer": ["sewing"], "column": ["sewing"],
              "year": [2024], "coverage_pct": [98.76]}  # fmt: skip
    source = Source.model_validate(
        {"id": "count-office", "kind": "dataset", "producer": "Office", "title": "Comptes", "url": None,
         "published": None, "accessed": "2026-11", "sha256": None,
         "licence": {"name": "ODbL 1.0", "stated_at": "https://office.example/"}}
    )  # fmt: skip
    files = {"sewing": {"context/sewing.csv": 5_000, "context/sewing_units.csv": 70}}
    return Declared(layers, pl.DataFrame(values), {"count-office": source}, {"sewing": 32_868, "label": 12}, files)


EDITIONS = schema.from_rows(
    TABLES["out_editions"],
    [
        {"id": "2020-10", "phase": 1, "title": "liste du 15 octobre 2020", "as_of": "2020-10-15",
         "valid_from": "2020-10-15",
         "valid_to": "2022-12-30", "known_from": "2020-10", "cog": 2020, "territory_count": 148,
         "epci_member_count": None, "ept_member_count": None, "commune_member_count": None,
         "listed_commune_count": 15_697, "commune_count": 15_675, "lost_communes": ["25134"],
         "population_2022": 30_386_320, "source": "count-office"},
        {"id": "2022-12", "phase": 1, "title": "liste du 31 décembre 2022", "as_of": "2022-12-31",
         "valid_from": "2022-12-31",
         "valid_to": None, "known_from": "2023-10", "cog": 2022, "territory_count": 149, "epci_member_count": 547,
         "ept_member_count": 3, "commune_member_count": 38, "listed_commune_count": 16_186, "commune_count": 16_169,
         "lost_communes": [], "population_2022": 30_929_176, "source": "count-office"},
    ],
)  # fmt: skip


def links(text: str) -> list[str]:
    return re.findall('href="fichiers/([^"]+)" download', text)


def test_national_page_lists_national_files_and_one_workbook_a_region(files, declared):
    text = downloads.downloads(files, KNOWN, declared, EDITIONS)
    assert links(text) == [
        "tables/territoires_industrie.xlsx", "tables/core_members.csv", "tables/core_members.parquet",
        "tables/context/sewing.csv", "tables/context/sewing_units.csv",
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


def test_contents_lead_to_every_section_in_order(files, declared):
    text = downloads.downloads(files, KNOWN, declared, EDITIONS)
    targets = re.findall(r"^\((donnees-\w+)\)=$", text, re.MULTILINE)
    assert re.findall(r"\]\(#(donnees-\w+)\)", text) == targets
    assert len(targets) == 9
    assert text.index('id="core_members"') < text.index("#### Membres des territoires")


def facts_of(parts: list[str], title: str) -> dict[str, str]:
    """The facts of an entry, as text by what they are called."""
    entry = parts[parts.index(f"### {title}") + 1]
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", entry)
    return {what: html.unescape(re.sub("<[^>]+>", "", told)).replace("\u00a0", " ") for what, told in found}


def test_a_layer_is_told_from_its_declaration(declared):
    parts = context_entries.entries(declared)
    told = facts_of(parts, "Couture")
    assert told["Unités"].replace("\u202f", " ") == "32 868 communes, aux codes du COG 2020-2024"
    assert told["Couverture"] == "98,8 % des habitants de France en 2024 ; ce qui manque est inconnu, jamais zéro"
    assert told["Limites"] == "Hors <îles>."
    assert told["Licence"] == "ODbL 1.0"
    assert told["Télécharger"] == "CSV (5 ko) · CSV, unité par unité (70 octets)"
    text = "\n".join(parts)
    assert 'href="sources.html#source-count-office"' in text
    assert '<span id="couche-sewing"></span>' in text
    dictionary = [re.sub("<[^>]+>", "|", row) for row in re.findall(r"<tr>\s*<td.*?</tr>", text, re.DOTALL)]
    assert [re.sub(r"[|\n]+", "|", row).strip("|").split("|") for row in dictionary[:3]] == [
        ["sewing", "Ateliers", "nombre", "salariés", "2014-2024", "la somme"],
        ["Ateliers, évolution", "évolution", "%", "2014-2018", "celle de la somme"],
        ["craft", "Part", "part", "% de\u00a0: l’emploi", "2022", "la moyenne, pondérée par\u00a0: habitants"],
    ]
    assert "Télécharger" not in facts_of(parts, "Label")
    assert facts_of(parts, "Label")["Couverture"] == "complète : ce qu’elle ne nomme pas n’y est pas"
    assert unmarked(text) == []


def test_an_edition_is_told_from_its_row(declared):
    parts = edition_entries.entries(EDITIONS, declared.sources)
    first, second = (facts_of(parts, name) for name in ("Liste du 15 octobre 2020", "Liste du 31 décembre 2022"))
    assert first["Vaut"] == "du 15 octobre 2020 au 30 décembre 2022"
    assert second["Vaut"] == "depuis le 31 décembre 2022, sans édition suivante"
    assert first["Compte"].startswith("148 territoires ; 15\u202f697 communes à ce COG, ")
    assert second["Compte"].startswith("149 territoires, 547 intercommunalités, 3 établissements publics")
    assert first["Communes sans suite au COG 2024"] == "25134"
    assert "Communes sans suite au COG 2024" not in second
    assert (first["Licence"], first["Source"]) == ("ODbL 1.0", "Office, Comptes")
    with speaking("en"):
        assert "### List of 15 October 2020" in edition_entries.entries(EDITIONS, declared.sources)


def test_the_projects_own_layers_and_editions_stand_on_the_page(root):
    known = read_files.declared(root)
    assert {f"### {layer.title}" for layer in known.layers.values()} <= set(context_entries.entries(known))
    employees = facts_of(context_entries.entries(known), "Salariés du secteur privé")
    assert employees["Licence"] == "ODbL 1.0"


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


def test_citation_states_the_version_of_the_data(files, declared):
    text = downloads.downloads(files, KNOWN, declared, EDITIONS).split("(donnees-citer)=")[1]
    assert "Version 0.1.0+abcdef012345 [jeu de données]." in text
    assert "version = {0.1.0+abcdef012345}" in text


def test_label_of_a_producer_stays_text(declared):
    sly = PublishedFigure("coverage", SLY, SLY, {"svg": 1, "png": 1, "csv": 1})
    table = PublishedTable(Table("t", SLY, (Field("a", SLY, enum=(SLY,)),), ("a",)), 1, {"t.csv": 1}, (SLY,))
    cited = Citation(SLY, (SLY,), "MIT", "2026-11-22", "1")
    changed = PublishedFiles([table], [sly], [], {}, {}, cited)
    for text in (downloads.downloads(changed, KNOWN, declared, EDITIONS), download_entries.entry(table)):
        assert "<script" not in text
        assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;" in text


def test_page_is_told_in_english(files, declared):
    with speaking("en"):
        text = downloads.downloads(files, KNOWN, declared, EDITIONS)
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


def test_every_figure_has_picture_and_data_that_a_page_links_to(root, declared):
    """All figures of outputs/figures in SVG, PNG and CSV: the pages list whatever PublishedFiles holds."""
    figures = read_files.published_figures(root)
    files = [path for path in (root / "outputs/figures").rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".csv", ".png", ".svg", ".txt"}
    assert {one.name for one in figures} == {path.stem for path in files}  # the same in both languages
    known = read_inputs.read_places(root)
    pages = [SitePage(stem, stem, "", new_notebook(), _pictures(stem, figures)) for stem in known.by_stem]
    whole = PublishedFiles([], figures, [(one, 1) for one in pages], {}, {}, CITED)
    linked = {
        *links(downloads.downloads(whole, known, declared, EDITIONS)),
        *links(downloads.report_files(whole, known)),
    }
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
