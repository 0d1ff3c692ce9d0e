"""outputs/tables: tables and layers in every format, workbooks, and the metadata and citation of it all."""

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from analysis import __version__
from analysis.i18n.language import N_, language, speaking, tr
from analysis.io import cells, params, store, yaml_files
from analysis.io.file_names import file_name
from analysis.io.memory import Memory, code_of
from analysis.io.paths import LAYERS, OWN, PROCESSED, RAW, TABLES
from analysis.io.swapping import replaced_folder
from analysis.publication.downloads import citation, context_files, datapackage, datasets, dcat, layer_files, xlsx
from analysis.publication.downloads import workbooks as books
from analysis.publication.downloads.citation import Citation
from analysis.publication.downloads.datapackage import File
from analysis.publication.downloads.xlsx import Sheet
from analysis.registry import published_layers
from analysis.sources import context, provenance
from analysis.sources.provenance import Source
from analysis.tables import published_names
from analysis.tables.codes import FRANCE

WORKBOOK = "territoires_industrie"  # stem of the national workbook
REGIONS = "regions"  # folder of outputs/tables with the workbooks of the régions
SOURCES = "sources"
CITATIONS: Mapping[str, Any] = {"bib": citation.bibtex, "ris": citation.ris, "csl.json": citation.csl}
TITLE = N_("Territoires d’industrie")
DESCRIPTION = N_("Atlas reproductible du programme, phases 1 et 2, à partir des listes officielles.")
APART = "core_communes"  # too many rows for the national workbook: it has its own, and a part in each région's
ALL_TABLES = N_("Toutes les tables en un classeur, sauf les communes")
ALL_LAYERS = N_("Toutes les couches, sauf les communes")
REMEMBERED = OWN / "workbooks"  # what earlier runs have written, so that the same sheets are not written again


def write_tables(root: Path) -> None:
    """Replace outputs/tables: every published table and layer, a workbook of each région, metadata and citation."""
    published = published_names()
    wanted = sorted({*published, *published_layers.TABLES, *books.NEEDED, *books.OPTIONAL, *context_files.NEEDED})
    frames = {name: store.read_table(name, root) for name in wanted}
    known = provenance.load_sources(root / RAW / "sources.yaml")
    layers = context.load(root / LAYERS)
    sheets = books.national_sheets({name: frames[name] for name in published}, layers)
    around = context_files.sheets(layers, frames)
    drawn = _layers(root, frames)
    cited = read_citation(root, _digest([*sheets, *around], drawn))
    memory = Memory(root / REMEMBERED, code_of([xlsx.__name__]))
    with replaced_folder(root / TABLES) as folder:
        for name in published:
            shutil.copyfile(root / PROCESSED / f"{name}.parquet", folder / f"{name}.parquet")
        _write_csv(folder, [*sheets, books.sources_sheet([*sheets, *around], known)])
        _write_books(folder, sheets, known, memory)
        _write_context(folder, around)
        layer_files.write(drawn, folder / layer_files.FOLDER)
        for code, name in _regions(frames["out_region_coverage"]):
            _write_region(folder / REGIONS / code, code, name, books.region_sheets(code, frames), known, cited, memory)
        _write_metadata(folder, sheets, around, known, cited)
    memory.save()


def read_citation(root: Path, digest: str | None = None) -> Citation:
    """The citation of the data with this digest, or of what stands in outputs/tables, from CITATION.cff."""
    knobs = params.read(root)
    content = yaml_files.read_yaml(root / citation.WHERE)
    return citation.parse(content, __version__, digest or _published(root), knobs.publication.base_url)


def _published(root: Path) -> str:
    """The digest in the version that outputs/tables/datapackage.json states."""
    path = TABLES / datapackage.NAME
    version = json.loads(store.read_text(root / path, path, repair=store.REBUILD))["version"]
    return str(version).rpartition("+")[2]


def _layers(root: Path, frames: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    name = "core_commune_boundaries"
    return published_layers.layers(frames, store.read_table(name, root), store.read_geo(name, root).geometry.to_numpy())


def _digest(sheets: Iterable[Sheet], drawn: Mapping[str, Any]) -> str:
    """SHA-256 over the content of the tables and layers, whatever writes their files."""
    found = hashlib.sha256()
    contents = [(sheet.name, sheet.frame.write_csv().encode()) for sheet in sheets]
    contents += [(name, published_layers.content(frame)) for name, frame in drawn.items()]
    for name, content in contents:
        found.update(f"{name} {hashlib.sha256(content).hexdigest()}\n".encode())
    return found.hexdigest()


def _regions(coverage: pl.DataFrame) -> list[tuple[str, str]]:
    """Code and name of each région, by code."""
    listed = coverage.filter(pl.col("region_code") != FRANCE).select("region_code", "region_name")
    return [(str(code), str(name)) for code, name in listed.unique().sort("region_code").iter_rows()]


# --- tables ------------------------------------------------------------------------------------------------


def _write_books(folder: Path, sheets: Sequence[Sheet], known: Mapping[str, Source], memory: Memory) -> None:
    """Each sheet as a workbook of its own in each language, and one workbook of all but APART."""
    for name, ending in xlsx.ENDINGS.items():
        with speaking(name):
            for sheet in sheets:
                title = tr("{title} : {place}").format(title=tr(TITLE), place=tr(sheet.title))
                _write_book(folder / f"{sheet.name}{ending}", title, [sheet], known, memory)
            together = [sheet for sheet in sheets if sheet.name != APART]
            _write_book(folder / f"{WORKBOOK}{ending}", tr(TITLE), together, known, memory)


def _write_region(
    folder: Path,
    code: str,
    name: str,
    sheets: list[Sheet],
    known: Mapping[str, Source],
    cited: Citation,
    memory: Memory,
) -> None:
    """The workbook of a région, its sheets as CSV, and what describes them."""
    file_name(code, folder)
    folder.mkdir(parents=True)
    for spoken, ending in xlsx.ENDINGS.items():
        with speaking(spoken):
            _write_book(folder / f"{code}{ending}", _of_region(name), sheets, known, memory)
    title = _of_region(name)
    whole = [*sheets, books.sources_sheet(sheets, known)]
    _write_csv(folder, whole)
    described = datasets.credited((datasets.of_csv(one, partial(_files, folder)) for one in whole), known)
    held = dict.fromkeys(_files(folder, *(f"{code}{ending}" for ending in xlsx.ENDINGS.values())), title)
    package = datapackage.package(cited, title, described, known, held, f"{citation.KEY}-{code}")
    _write_json(folder / datapackage.NAME, package)


def _of_region(name: str) -> str:
    return tr("{title} : {place}").format(title=tr(TITLE), place=name)


def _write_book(path: Path, title: str, sheets: Sequence[Sheet], known: Mapping[str, Source], memory: Memory) -> None:
    """A workbook of these sheets and of their sources."""
    whole, about = [*sheets, books.sources_sheet(sheets, known)], (title, tr(DESCRIPTION))
    contents = [_content(one) for one in whole]
    path.write_bytes(memory.recall(partial(xlsx.workbook, *about, whole), language(), about, contents))


def _content(sheet: Sheet) -> list[str]:
    """All that a file says of a sheet."""
    about = (sheet.name, sheet.title, sheet.fields, sheet.sources, sheet.key, sheet.frame.schema)
    return [*map(str, about), sheet.frame.write_csv()]


def _write_context(folder: Path, around: Sequence[Sheet]) -> None:
    """The context layers in a folder of their own, a file each, so that each keeps its licence."""
    inside = folder / context_files.FOLDER
    inside.mkdir()
    _write_csv(inside, around)
    for sheet in around:
        sheet.frame.write_parquet(inside / f"{file_name(sheet.name, inside)}.parquet", compression="zstd")


def _write_csv(folder: Path, sheets: Iterable[Sheet]) -> None:
    """Each sheet as CSV, with technical column names and without formulas."""
    for sheet in sheets:
        cells.defused(sheet.frame).write_csv(folder / f"{sheet.name}.csv")


# --- metadata ----------------------------------------------------------------------------------------------


def _write_metadata(
    folder: Path, sheets: Sequence[Sheet], around: Sequence[Sheet], known: Mapping[str, Source], cited: Citation
) -> None:
    """Data package, catalogue and citations, of the files that `folder` already holds."""
    files = partial(_files, folder)
    made = datasets.credited(datasets.national(sheets, around, files), known)
    listed = datasets.of_csv(books.sources_sheet([*sheets, *around], known), files)
    whole = [f"{WORKBOOK}{ending}" for ending in xlsx.ENDINGS.values()]
    held = dict.fromkeys(files(*whole), ALL_TABLES)
    held |= dict.fromkeys(files(f"{layer_files.FOLDER}/{layer_files.TOGETHER}.gpkg"), ALL_LAYERS)
    package = datapackage.package(cited, TITLE, [*made, listed], known, held)
    _write_json(folder / datapackage.NAME, package)
    _write_json(folder / dcat.NAME, dcat.catalogue(cited, made, known))
    for ending, written in CITATIONS.items():
        (folder / f"citation.{ending}").write_bytes(written(cited).encode())


def _files(folder: Path, *paths: str) -> tuple[File, ...]:
    contents = [(path, (folder / path).read_bytes()) for path in paths]
    return tuple(File(path, len(content), hashlib.sha256(content).hexdigest()) for path, content in contents)


def _write_json(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")
