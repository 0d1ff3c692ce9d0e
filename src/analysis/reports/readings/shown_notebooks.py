"""Readings shown: the notebook of each executed, and its page made."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from analysis.errors import AtlasError
from analysis.i18n.language import language
from analysis.io import params, store
from analysis.io.paths import OWN, READINGS
from analysis.reports.notebooks import Job, pinned_environment, pool
from analysis.reports.notebooks.child import NOTEBOOK, Task
from analysis.reports.notebooks.execute import WARM
from analysis.reports.readings import results
from analysis.reports.readings.reading_page import page

TEMPLATE = "90_document"


def ready() -> None:
    """Begin now what takes longer than a short document: the imports of the process that notebooks come from."""
    pool.ready()


def show(titles: Mapping[str, str], root: Path) -> Iterator[tuple[str, AtlasError]]:
    """Write the notebook and the page of each reading, by id with the title; what could not be shown, and why."""
    reports = params.read(root).reports
    limits = pool.Limits(reports.workers, reports.timeout_s, reports.memory_mb)
    with tempfile.TemporaryDirectory(prefix="atlas-") as staging, pinned_environment(root / OWN):
        tasks = [_task(source, root, Path(staging), limits.timeout_s) for source in titles]
        for result in pool.run_tasks(tasks, limits):
            source = result.task.job.stem
            if result.error is None:
                _put(source, titles[source], (result.task.folder / NOTEBOOK).read_text(encoding="utf-8"), root)
            else:
                yield source, result.error
            shutil.rmtree(result.task.folder, ignore_errors=True)


def _task(source: str, root: Path, staging: Path, timeout_s: int) -> Task:
    job = Job(TEMPLATE, source, {"document": (READINGS / source).as_posix()}, language())
    return Task(job, root, staging / source, WARM, timeout_s, pictures=False)


def _put(source: str, title: str, notebook: str, root: Path) -> None:
    """Write the executed notebook of a reading and its page, both or none."""
    shown, html = results.shown_in(results.folder_of(source, root), source)
    with store.batch() as files:
        files.add_text(shown, notebook)
        files.add_text(html, page(notebook, title))
