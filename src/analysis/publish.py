"""Figures and tables as files: every picture with its data and alternative text, every table as CSV and XLSX."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from operator import methodcaller
from pathlib import Path

import polars as pl
from rich.console import Console
from rich.progress import track

from analysis import docs, sources, stages, store, workbooks
from analysis.atlas import Atlas
from analysis.params import Reports
from analysis.paths import FIGURES, PROCESSED, RAW, TABLES
from analysis.picture import Picture
from analysis.tables import tables_of

GALLERY = Path("docs/gallery")
SHOWN = ("national_map", "label_timeline", "region_map_44_phase1")  # the three of the README
GALLERY_DPI = 90
WORKBOOK = "territoires_industrie"  # stem of the national workbook
REGIONS = "regions"  # folder of outputs/tables with the workbooks of the régions


@dataclass(frozen=True, slots=True)
class Published:
    """A figure to publish: its file stem, the notebook that shows it, and how to draw it."""

    name: str
    notebook: str
    draw: Callable[[Atlas], Picture]


def catalogue(reports: Reports) -> list[Published]:
    """Every figure of the pipeline: the national ones, then those of the reports that params.yaml asks for."""
    return [
        Published("label_timeline", "10_label_timeline", Atlas.label_timeline),
        Published("national_map", "20_national_map", Atlas.national_map),
        Published("coverage", "20_national_map", Atlas.coverage),
        Published("region_balance", "20_national_map", Atlas.region_balance),
        Published("envelopes", "30_envelopes", Atlas.envelopes),
        Published("hundred_millions", "30_envelopes", Atlas.hundred_millions),
        Published("verdicts", "80_fact_check", Atlas.verdicts),
        Published("contradictions", "80_fact_check", Atlas.contradictions),
        *_region_maps(reports),
        *_territory_maps(reports),
        Published("lille_map", "70_lille", Atlas.lille_map),
        Published("lille_plan", "70_lille", Atlas.lille_plan),
    ]


def _region_maps(reports: Reports) -> Iterator[Published]:
    for code in reports.regions:
        for phase in (1, 2):
            name = f"region_map_{code}_phase{phase}"
            yield Published(name, "50_region", methodcaller("region_map", code, phase))


def _territory_maps(reports: Reports) -> Iterator[Published]:
    for one in reports.territories:
        name = f"territory_map_phase{one.phase}_{one.territory_id}"
        yield Published(name, "60_territory", methodcaller("territory_map", one.phase, one.territory_id))


def write_figures(root: Path, console: Console | None = None) -> None:
    """Replace outputs/figures by every figure as SVG, PNG, CSV and TXT (alternative text), and the gallery."""
    atlas = Atlas(root)
    wanted = catalogue(stages.read_params(root).reports)
    with store.replaced_folder(root / FIGURES) as folder, store.replaced_folder(root / GALLERY) as gallery:
        for one in track(wanted, "figures", console=console or Console(stderr=True)):
            picture = one.draw(atlas)
            _write_picture(picture, folder)
            if one.name in SHOWN:
                (gallery / f"{one.name}.png").write_bytes(picture.png(GALLERY_DPI))
                (gallery / f"{one.name}.txt").write_text(picture.alt + "\n", encoding="utf-8")


def _write_picture(picture: Picture, folder: Path) -> None:
    (folder / f"{picture.name}.svg").write_bytes(picture.svg())
    (folder / f"{picture.name}.png").write_bytes(picture.png())
    (folder / f"{picture.name}.txt").write_text(f"{picture.title}\n{picture.alt}\n{picture.credit}\n", encoding="utf-8")
    picture.data.write_csv(folder / f"{picture.name}.csv")


def write_tables(root: Path) -> None:
    """Replace outputs/tables: every published table as CSV and Parquet, a national workbook, one of each région."""
    published = list(tables_of("out_", "core_claims"))
    optional = {table.name for table in published}.intersection(workbooks.OPTIONAL)
    wanted = {*workbooks.NEEDED, *optional, *(table.name for table in published)}
    frames = {name: store.read_table(name, root) for name in sorted(wanted)}
    known = sources.load_sources(root / RAW / "sources.yaml")
    with store.replaced_folder(root / TABLES) as folder:
        for table in published:
            shutil.copyfile(root / PROCESSED / f"{table.name}.parquet", folder / f"{table.name}.parquet")
        national = workbooks.national_sheets({table.name: frames[table.name] for table in published})
        _write_book(folder, WORKBOOK, "Territoires d’industrie", national, known)
        for code, name in _regions(frames["out_region_coverage"]):
            sheets = workbooks.region_sheets(code, frames)
            _write_book(folder / REGIONS / code, code, f"Territoires d’industrie : {name}", sheets, known)


def _regions(coverage: pl.DataFrame) -> list[tuple[str, str]]:
    """Code and name of each région, by code."""
    listed = coverage.filter(pl.col("region_code") != workbooks.FRANCE).select("region_code", "region_name")
    return [(str(code), str(name)) for code, name in listed.unique().sort("region_code").iter_rows()]


def _write_book(
    folder: Path, stem: str, title: str, sheets: list[workbooks.Sheet], known: Mapping[str, sources.Source]
) -> None:
    """A workbook, and beside it each of its sheets as CSV with technical column names."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = [*sheets, workbooks.sources_sheet(sheets, known)]
    description = "Atlas reproductible du programme, phases 1 et 2, à partir des listes officielles."
    (folder / f"{stem}.xlsx").write_bytes(workbooks.workbook(title, description, whole))
    for sheet in whole:
        sheet.frame.write_csv(folder / f"{sheet.name}.csv")


def write_docs(root: Path) -> None:
    """Rewrite environment.yml and the generated blocks of README.md."""
    with store.batch() as files:
        for name, text in generated_docs(root).items():
            files.add_text(root / name, text)


def generated_docs(root: Path) -> dict[str, str]:
    """What environment.yml and README.md should hold, by file name."""
    texts = {
        name: store.read_text(root / name) for name in ("pyproject.toml", "requirements.lock", "Makefile", "README.md")
    }
    atlas = Atlas(root)
    figures = [
        (one.name, one.notebook, atlas.sources_of(one.name)) for one in catalogue(stages.read_params(root).reports)
    ]
    blocks = {
        "commands": docs.commands(texts["Makefile"]),
        "tree": docs.tree(),
        "figures": docs.figure_catalogue(figures),
        "tables": docs.catalogue(tables_of("core_", "out_")),
    }
    return {
        "environment.yml": docs.environment(texts["pyproject.toml"], texts["requirements.lock"]),
        "README.md": docs.replace_blocks(texts["README.md"], blocks),
    }
