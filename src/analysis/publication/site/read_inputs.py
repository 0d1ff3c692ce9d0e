"""What the site is made of: executed notebooks as pages, and the published figures, tables and workbooks."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import nbformat

from analysis.errors import MissingFileError, SiteError
from analysis.extraction import vocabulary
from analysis.i18n import typography
from analysis.i18n.language import FRENCH, language, tr
from analysis.io import params, pipeline, store
from analysis.io.digests import file_digest
from analysis.io.paths import EXECUTED, FIGURES, NOTES, PROCESSED, RAW, TABLES
from analysis.publication.downloads import datapackage, dcat, layer_files, writing
from analysis.publication.site import reading_notes as site_notes
from analysis.publication.site.download_files import PublishedFigure, PublishedFiles, PublishedTable
from analysis.publication.site.figures_page import Figure, figures
from analysis.publication.site.how_made import code_of, made
from analysis.publication.site.html import FORMATS, edition
from analysis.publication.site.indexes import INDEXES, index_of, placed
from analysis.publication.site.marks import Marks
from analysis.publication.site.notebooks import SitePage, page
from analysis.publication.site.places import Places, places
from analysis.publication.site.tables_page import Origins
from analysis.publication.site.tables_read import tables_used
from analysis.registry.phases import KIND_NOUNS, SIDE_WORDS, STATUS_WORDS
from analysis.reports import notebooks
from analysis.reports.library import Library
from analysis.reports.notebooks import parameters
from analysis.sources import provenance
from analysis.tables import TABLES as CATALOGUE
from analysis.tables import published_names, tables_of
from analysis.tables.codes import FRANCE, PHASES
from analysis.tables.layers import LAYERS
from analysis.tables.schema import Table

REBUILD = "Run `make` to build it."
METADATA = (datapackage.NAME, dcat.NAME, f"{writing.SOURCES}.csv")


def read_places(root: Path) -> Places:
    """Régions and territories, with the stems of the reports that params.yaml asks for."""
    territories = store.read_table("core_territories", root)
    return places(territories, store.read_table("out_region_coverage", root), _jobs(root))


def _jobs(root: Path) -> list[notebooks.Job]:
    reports = read_reports(root).model_copy(update={"languages": [FRENCH]})
    return notebooks.jobs(reports, store.read_table("core_territories", root), parameters.read(root))


def read_reports(root: Path) -> params.Reports:
    """Which reports params.yaml asks for, and in which languages."""
    return params.read(root).reports


def read_pages(root: Path, known: Places, origins: Origins | None = None) -> list[SitePage]:
    """A page for every notebook that params.yaml asks for, in the order of their names.

    With `origins`, each says at its end how it was made.
    """
    noted = [path.stem for path in (root / NOTES).glob("*.md") if path.name != "README.md"]
    links = site_notes.links(store.read_table("core_claims", root), noted)
    jobs = {job.stem: job for job in _jobs(root)}
    read = [_page(root, stem, known, links) for stem in sorted(jobs)]
    return [made(one, jobs[one.stem], origins) for one in read] if origins else read


def _page(root: Path, stem: str, known: Places, links: Mapping[str, str]) -> SitePage:
    place = known.by_stem.get(stem)
    made = page(stem, _executed(root, stem), place.title if place else "", links, known)
    return placed(made, place, known, region_sizes(root, place.region_code)) if place else made


def _executed(root: Path, stem: str) -> nbformat.NotebookNode:
    path = root / edition(EXECUTED) / f"{stem}.ipynb"
    text = store.read_text(path, path.relative_to(root), repair=REBUILD)
    try:
        notebook: nbformat.NotebookNode = nbformat.v4.reads(text)  # without the schema: MyST-NB checks it again
        if notebook["nbformat"] != 4 or not isinstance(notebook["cells"], list):
            raise ValueError("of another format")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SiteError("not a notebook.", where=path.relative_to(root), repair=REBUILD) from error
    return notebook


# --- where numbers come from -------------------------------------------------------------------------------


def read_origins(root: Path) -> Origins:
    """What the site knows of each processed table, but the files and pages that give it: see `with_uses`."""
    wheel = params.read(root).boundaries.wheel_version
    names = [one.name for one in tables_of("core_", "out_")]
    return Origins(
        stages=pipeline.read(root),
        digests={name: file_digest(root / PROCESSED / f"{name}.parquet") for name in names},
        rows={name: _rows(root, name) for name in names},
        sources=provenance.load_sources(root / RAW / "sources.yaml"),
        wheel=f"{store.WHEEL}-{wheel}",
    )


def _rows(root: Path, name: str) -> int:
    """How many rows a processed table has, told by its file without reading them."""
    path = PROCESSED / f"{name}.parquet"
    return store.count_rows(root / path, path)


def with_uses(known: Origins, pages: Sequence[SitePage], of: Places, files: PublishedFiles) -> Origins:
    """The origins with the downloads of each table and the pages that read it; an index stands for its reports."""
    uses: dict[str, dict[str, str]] = {}
    for one in pages:
        place = of.by_stem.get(one.stem)
        stem, title = (index_of(place), tr(INDEXES[index_of(place)][0])) if place else (one.stem, one.title)
        for table in tables_used(code_of(one.notebook)):
            uses.setdefault(table, {})[f"{stem}.html"] = title
    return replace(known, files={one.table.name: one for one in files.tables}, uses=uses)


def read_figures(root: Path) -> list[Figure]:
    """Every published figure with its verdict, by concept in the order of the vocabulary."""
    library = Library(root)
    return figures(library.judged, library.table("core_claims"), library.sources, list(_rules(root).concepts))


def _rules(root: Path) -> vocabulary.Vocabulary:
    return vocabulary.parse(provenance.load_vocabulary(root / RAW / "vocabulary.yaml"))


def _named(source: provenance.Source) -> str:
    return f"{source.producer}, {typography.date(source.published)}" if source.published else source.producer


def read_marks(root: Path, known: Places, found: Sequence[Figure]) -> Marks:
    """What marks on numbers may name, with words for the codes in their keys."""
    words = {
        "region_code": {FRANCE: "France"} | {one.region_code: one.name for one in known.regions},
        "phase": {str(phase): typography.phase_name(phase) for phase in PHASES},
        "verdict": {one.verdict: one.verdict_label for one in found},
        "claim_id": {one.claim_id: tr("{title} : {place}").format(title=one.concept, place=one.said) for one in found},
        "source_id": {name: _named(one) for name, one in provenance.load_sources(root / RAW / "sources.yaml").items()},
        "member_kind": {name: tr(many) for name, (_, many) in KIND_NOUNS.items()},
        "role": {"hundred": tr("enveloppe de 100 M€"), "instead": tr("celle qui la remplace")},
        "concept": {name: tr(one.label) for name, one in _rules(root).concepts.items()},
        "status": {name: tr(one.many) for name, one in STATUS_WORDS.items()},
        "change": {name: tr(one.many) for name, one in SIDE_WORDS[2].items()},
        "fate": {name: tr(one.many) for name, one in SIDE_WORDS[1].items()},
    }
    return Marks({one.claim_id for one in found}, cache(partial(store.read_table, root=root)), words)


# --- files -------------------------------------------------------------------------------------------------


def published_files(root: Path, pages: Sequence[SitePage]) -> PublishedFiles:
    """Everything that readers can download; MissingFileError when a file is missing."""
    codes = sorted(path.name for path in (root / TABLES / writing.REGIONS).glob("*") if path.is_dir())
    licences = _licences(root)
    return PublishedFiles(
        tables=published_tables(root, licences),
        figures=published_figures(root),
        notebooks=[(one, _size(root, edition(EXECUTED) / f"{one.stem}.ipynb")) for one in pages],
        books=_sizes(root, f"{writing.WORKBOOK}{writing.XLSX[language()]}"),
        regions={code: region_sizes(root, code) for code in codes},
        cited=writing.read_citation(root),
        layers=[_layer(root, one, licences) for one in LAYERS],
        together=_sizes(root, f"{layer_files.FOLDER}/{layer_files.TOGETHER}.gpkg"),
        metadata=_sizes(root, *METADATA),
        citations=_sizes(root, *(f"citation.{ending}" for ending in writing.CITATIONS)),
    )


def published_figures(root: Path) -> list[PublishedFigure]:
    """Every figure in outputs/figures, by name; MissingFileError when one of its files is missing."""
    return [_figure(root, path.stem) for path in sorted((root / edition(FIGURES)).glob("*.svg"))]


def _figure(root: Path, name: str) -> PublishedFigure:
    folder = edition(FIGURES)
    title, alt, *_ = store.read_text(root / folder / f"{name}.txt", folder / f"{name}.txt", repair=REBUILD).splitlines()
    return PublishedFigure(name, title, alt, {end: _size(root, folder / f"{name}.{end}") for end in FORMATS})


def published_tables(root: Path, licences: Mapping[str, tuple[str, ...]]) -> list[PublishedTable]:
    """Every published table, in the order of its group; its workbook is that of the language in force."""
    return [_table(root, CATALOGUE[name], licences.get(name, ())) for name in published_names()]


def _table(root: Path, table: Table, licences: tuple[str, ...]) -> PublishedTable:
    sizes = _sizes(root, *(f"{table.name}{end}" for end in (".csv", writing.XLSX[language()], ".parquet")))
    return PublishedTable(table, _rows(root, table.name), sizes, licences)


def _layer(root: Path, table: Table, licences: Mapping[str, tuple[str, ...]]) -> PublishedTable:
    """A layer with its own files; a GeoPackage of several layers is none of them."""
    stem = f"{layer_files.FOLDER}/{table.name}"
    own = [f"{stem}.gpkg"] if layer_files.geopackage_of(table) == table.name else []
    rows = store.count_rows(root / TABLES / f"{stem}.parquet", TABLES / f"{stem}.parquet")
    return PublishedTable(table, rows, _sizes(root, f"{stem}.parquet", *own), licences.get(table.name, ()))


def _licences(root: Path) -> dict[str, tuple[str, ...]]:
    """The licences of each table and layer, by name, as datapackage.json states them."""
    path = TABLES / datapackage.NAME
    resources = json.loads(store.read_text(root / path, path, repair=REBUILD))["resources"]
    return {one["name"]: tuple(named["title"] for named in one.get("licenses", ())) for one in resources}


def _sizes(root: Path, *paths: str) -> dict[str, int]:
    return {path: _size(root, TABLES / path) for path in paths}


def region_sizes(root: Path, region_code: str) -> dict[str, int]:
    """Sizes of a région's sheets and of its workbook in the language in force, by name; empty where the folder is."""
    folder = TABLES / writing.REGIONS / region_code
    names = sorted(path.name for path in (root / folder).glob("*.*"))
    own = f"{region_code}{writing.XLSX[language()]}"
    return {one: _size(root, folder / one) for one in names if one == own or not one.endswith(".xlsx")}


def _size(root: Path, path: Path) -> int:
    try:
        return (root / path).stat().st_size
    except FileNotFoundError as error:
        raise MissingFileError("the file is missing.", where=path, repair=REBUILD) from error
