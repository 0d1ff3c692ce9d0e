"""Figures and tables as files: every picture with its data and alternative text, every table as CSV and XLSX."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from operator import methodcaller
from pathlib import Path

import polars as pl
import xlsxwriter
from rich.console import Console
from rich.progress import track

from analysis import docs, schema, sources, stages, store
from analysis.atlas import Atlas
from analysis.params import Reports
from analysis.paths import FIGURES, PROCESSED, RAW, TABLES
from analysis.picture import Picture
from analysis.schema import Table
from analysis.tables import tables_of

GALLERY = Path("docs/gallery")
SHOWN = ("national_map", "label_timeline", "region_map_44_phase1")  # the three of the README
GALLERY_DPI = 90
EPOCH = datetime(1980, 1, 1, tzinfo=UTC)  # the only date a workbook needs, and it must not be the clock’s


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
        Published("phase_flow", "40_phase_change", Atlas.phase_flow),
        Published("phase_status_map", "40_phase_change", Atlas.phase_status_map),
        Published("region_change", "40_phase_change", Atlas.region_change),
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
    """Replace outputs/tables by every published table as CSV and Parquet, and one XLSX workbook of all."""
    tables = list(tables_of("out_", "core_claims"))
    frames = {table.name: schema.flattened(store.read_table(table.name, root), table) for table in tables}
    known = sources.load_sources(root / RAW / "sources.yaml")
    with store.replaced_folder(root / TABLES) as folder:
        for table in tables:
            frames[table.name].write_csv(folder / f"{table.name}.csv")
            shutil.copyfile(root / PROCESSED / f"{table.name}.parquet", folder / f"{table.name}.parquet")
        _write_workbook(folder / "territoires_industrie.xlsx", tables, frames, known)


def _write_workbook(
    path: Path, tables: list[Table], frames: Mapping[str, pl.DataFrame], known: Mapping[str, sources.Source]
) -> None:
    """One sheet a table with frozen headings that name the unit, and a sheet of sources; texts are never formulas."""
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, options) as workbook:
        workbook.set_properties({"title": "Territoires d’industrie", "created": EPOCH})
        for table in tables:
            headings = {one.name: f"{one.name} ({one.unit})" if one.unit else one.name for one in table.fields}
            _write_sheet(workbook, table.name, frames[table.name].rename(headings))
        listed = [one.model_dump(include={"id", "producer", "title", "url", "published"}) for one in known.values()]
        _write_sheet(workbook, "sources", pl.DataFrame(listed))


def _write_sheet(workbook: xlsxwriter.Workbook, name: str, frame: pl.DataFrame) -> None:
    frame.write_excel(
        workbook,
        worksheet=name[:31],
        freeze_panes=(1, 0),
        autofit=True,
        header_format={"bold": True},
        table_style={"style": "Table Style Light 1"},
        float_precision=3,
    )


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
