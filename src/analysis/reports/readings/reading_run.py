"""One run of `analysis read`: documents read side by side, judged, kept, and shown in a notebook and on a page each."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from analysis.errors import AtlasError
from analysis.extraction import corpus
from analysis.io.paths import RAW, READINGS
from analysis.reports.readings import glance, grounds, json_lines, results, several
from analysis.reports.readings.document_reading import Given, Reading
from analysis.sources import provenance

Say = Callable[[str], None]
Show = Callable[[Mapping[str, str], Path], Iterable[tuple[str, AtlasError]]]  # as `shown_notebooks.show`


@dataclass
class Run:
    """What is asked of a run, who is told, what shows readings, and how many could not be read or shown."""

    root: Path
    say: Say
    given: Given = field(default_factory=Given)
    source: str = ""
    scheduler: str = ""
    workers: int = 2
    show: Show = lambda titles, root: ()
    failed: int = field(default=0, init=False)

    def figures(self, documents: Sequence[str]) -> Iterator[str]:
        """The figures of every document as JSON lines; nothing is kept."""
        for reading in self._readings(documents):
            yield from json_lines.lines(reading.figures)

    def keep(self, documents: Sequence[str]) -> None:
        """Keep the reading of every document in outputs/readings/, then show it."""
        kept: dict[str, str] = {}
        for reading in self._readings(documents):
            if older := results.other_document(reading, self.root):
                self.say(f"{READINGS / reading.source}: the reading of {older} was replaced.")
            for name in results.keep(reading, self.root, grounds.of_project(self.root)):
                self.say(f"{READINGS / reading.source / name}: drafted anew beside the one that was worked on.")
            kept[reading.source] = reading.document.title or reading.document.name
            self.say(f"{READINGS / reading.source}: {_told(reading)}")
        for source, problem in self.show(kept, self.root) if kept else ():
            self._fail(f"{READINGS / source}: its figures are kept, but not shown. {problem}")

    def _readings(self, documents: Sequence[str]) -> Iterator[Reading]:
        """Readings as they come, in order; what cannot be read and what was read before is told."""
        grounds.of_project(self.root)  # a table that is not built is told before anything is read
        if self.source and not self._is_known():
            self.say(f"{self.source}: no source of data/raw/sources.yaml and no reading has this id; it is a new one.")
        wanted = several.requests(list(self._addresses(documents)), self.given, self.source, self.root)
        seen: dict[str, str] = {}
        alone = len(wanted) == 1 and not self.scheduler
        pool = several.Here if alone else partial(corpus.executor, self.scheduler, min(self.workers, len(wanted) or 1))
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("documents", total=len(wanted))
            for outcome in several.read_all(wanted, pool):
                bar.advance(task)
                uri, found = outcome.request.uri, outcome.reading
                if found is None:
                    self._fail(outcome.error)
                elif found.sha256 in seen:
                    self.say(f"{uri}: the same document as {seen[found.sha256]}, read once.")
                else:
                    seen[found.sha256] = uri
                    if not found.document.published:
                        self.say(f"{uri}: it does not say when it was published: say it with --published.")
                    for remark in found.document.remarks:
                        self.say(f"{uri}: {remark}")
                    yield found

    def _is_known(self) -> bool:
        """Whether the id that was given is that of a source listed or of a reading kept."""
        listed = provenance.load_sources(self.root / RAW / "sources.yaml")
        return self.source in listed or results.folder_of(self.source, self.root).exists()

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

    def _fail(self, why: str) -> None:
        self.failed += 1
        self.say(why)


def _told(reading: Reading) -> str:
    """What was read, in a line for who waits for it."""
    parts = [f"{count} {state.replace('_', ' ')}" for state, count in glance.totals(reading.figures).items() if count]
    doubtful = int(reading.figures["doubtful"].sum())
    parts += [f"of which {doubtful} to be checked"] if doubtful else []
    many = "figure" if reading.figures.height == 1 else "figures"
    return f"{reading.figures.height} {many}" + (f": {', '.join(parts)}." if parts else ".")
