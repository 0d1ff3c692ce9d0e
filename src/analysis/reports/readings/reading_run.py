"""One run of `analysis read`: documents read side by side, judged, kept, and shown in a notebook and on a page each."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from analysis.errors import AtlasError
from analysis.extraction import corpus
from analysis.i18n.language import language
from analysis.io import params, store
from analysis.io.paths import OWN, READINGS
from analysis.reports.notebooks import Job, pinned_environment, pool
from analysis.reports.notebooks.child import NOTEBOOK, Task
from analysis.reports.notebooks.execute import WARM
from analysis.reports.readings import glance, grounds, json_lines, results, several
from analysis.reports.readings.document_reading import Given, Reading
from analysis.reports.readings.reading_page import page

TEMPLATE = "90_document"
Say = Callable[[str], None]


@dataclass
class Run:
    """What is asked of a run, who is told, and how many documents could not be read or shown."""

    root: Path
    say: Say
    given: Given = field(default_factory=Given)
    source: str = ""
    scheduler: str = ""
    workers: int = 2
    notebook: bool = True
    failed: int = field(default=0, init=False)

    def figures(self, documents: Sequence[str]) -> Iterator[str]:
        """The figures of every document as JSON lines; nothing is kept."""
        for reading in self._readings(documents):
            yield from json_lines.lines(reading.figures)

    def keep(self, documents: Sequence[str]) -> None:
        """Keep the reading of every document in outputs/readings/, then show it."""
        if self.notebook:
            pool.ready()  # its imports take longer than a short document
        kept: dict[str, str] = {}
        for reading in self._readings(documents):
            if older := results.other_document(reading, self.root):
                self.say(f"{READINGS / reading.source}: the reading of {older} was replaced.")
            for name in results.keep(reading, self.root, grounds.of_project(self.root)):
                self.say(f"{READINGS / reading.source / name}: drafted anew beside the one that was worked on.")
            kept[reading.source] = reading.document.title or reading.document.name
            self.say(f"{READINGS / reading.source}: {_told(reading)}")
        if self.notebook and kept:
            self._show(kept)

    def _readings(self, documents: Sequence[str]) -> Iterator[Reading]:
        """Readings as they come, in order; what cannot be read and what was read before is told."""
        grounds.of_project(self.root)  # a table that is not built is told before anything is read
        wanted = several.requests(list(self._addresses(documents)), self.given, self.source, self.root)
        seen: dict[str, str] = {}
        workers = max(1, min(self.workers, len(wanted)))
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("documents", total=len(wanted))
            for outcome in several.read_all(wanted, partial(corpus.executor, self.scheduler, workers)):
                bar.advance(task)
                uri, found = outcome.request.uri, outcome.reading
                if found is None:
                    self._fail(outcome.error)
                elif found.sha256 in seen:
                    self.say(f"{uri}: the same document as {seen[found.sha256]}, read once.")
                else:
                    seen[found.sha256] = uri
                    for remark in found.document.remarks:
                        self.say(f"{uri}: {remark}")
                    yield found

    def _addresses(self, documents: Sequence[str]) -> Iterator[str]:
        named: set[str] = set()
        for one in several.addresses(documents):
            if isinstance(one, AtlasError):
                self._fail(str(one))
            elif one in named:
                self.say(f"{one}: named twice, read once.")
            else:
                named.add(one)
                yield one

    def _show(self, titles: dict[str, str]) -> None:
        """Execute the notebook of each reading, and make its page."""
        reports = params.read(self.root).reports
        limits = pool.Limits(reports.workers, reports.timeout_s, reports.memory_mb)
        with tempfile.TemporaryDirectory(prefix="atlas-") as staging, pinned_environment(self.root / OWN):
            tasks = [_task(source, self.root, Path(staging), limits.timeout_s) for source in titles]
            for result in pool.run_tasks(tasks, limits):
                source = result.task.job.stem
                if result.error is None:
                    _put(source, titles[source], (result.task.folder / NOTEBOOK).read_text(encoding="utf-8"), self.root)
                else:
                    self._fail(f"{READINGS / source}: its figures are kept, but not shown. {result.error}")
                shutil.rmtree(result.task.folder, ignore_errors=True)

    def _fail(self, why: str) -> None:
        self.failed += 1
        self.say(why)


def _task(source: str, root: Path, staging: Path, timeout_s: int) -> Task:
    job = Job(TEMPLATE, source, {"document": (READINGS / source).as_posix()}, language())
    return Task(job, root, staging / source, WARM, timeout_s, pictures=False)


def _put(source: str, title: str, notebook: str, root: Path) -> None:
    """Write the executed notebook of a reading and its page, both or none."""
    shown, html = results.shown_in(results.folder_of(source, root), source)
    with store.batch() as files:
        files.add_text(shown, notebook)
        files.add_text(html, page(notebook, title))


def _told(reading: Reading) -> str:
    """What was read, in a line for who waits for it."""
    parts = [f"{count} {state.replace('_', ' ')}" for state, count in glance.totals(reading.figures).items() if count]
    return f"{reading.figures.height} figures" + (f": {', '.join(parts)}." if parts else ".")
