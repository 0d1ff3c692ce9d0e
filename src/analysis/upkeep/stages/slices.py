"""For each region and territory, the part of the tables that its report may see."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import track

from analysis.io import bundle, store
from analysis.io.paths import SLICES, slice_path
from analysis.io.swapping import replaced_folder
from analysis.reports import slices
from analysis.reports.library import Library
from analysis.reports.notebooks import Job, report_jobs
from analysis.reports.stems import REGION, SHARED
from analysis.tables import TABLES


def run(root: Path) -> None:
    """For each region and territory, the part of the tables that its report may see."""
    cut(root, report_jobs(store.read_table("core_territories", root)))


def cut(root: Path, wanted: Sequence[Job]) -> None:
    """The slices of some reports, in the place of all that there are."""
    library = Library(root)
    tables = slices.Tables(
        {name: store.read_table(name, root) for name in slices.PLAIN if name in TABLES},
        {name: store.read_geo(name, root) for name in slices.OUTLINES},
        library.sourced,
        library.sources,
        library.layers,
    )
    with replaced_folder(root / SLICES) as folder:
        (folder / slice_path(SHARED).name).write_bytes(bundle.pack(slices.shared(tables)))
        for job in track(wanted, "slices", console=Console(stderr=True)):
            of_place = slices.region if job.template == REGION else slices.territory
            (folder / slice_path(job.stem).name).write_bytes(bundle.pack(of_place(tables, **job.parameters)))
