"""The reports of a run: which must be made, made side by side, each put in its place as soon as it is whole."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from analysis.errors import AtlasError, NotebookError
from analysis.io import store
from analysis.io.digests import file_digest
from analysis.io.file_names import inside
from analysis.io.params import Reports
from analysis.io.paths import EXECUTED, FIGURES, NOTEBOOKS, OUTPUTS, OWN
from analysis.reports.notebooks.child import NOTEBOOK, PICTURES, Task
from analysis.reports.notebooks.execute import WARM, pinned_environment
from analysis.reports.notebooks.heard import Heard
from analysis.reports.notebooks.inputs import asked
from analysis.reports.notebooks.manifest import WHERE, Entry, Manifest
from analysis.reports.notebooks.pool import Limits, Result, run_tasks
from analysis.reports.notebooks.templates import Job

STAGING = OUTPUTS / ".notebooks.new"
FULL = "Free some space or restore the permissions, then run the command again: what is done stays done."
SHOWN_FAILURES = 3


class Runner(Protocol):
    """Anything that carries tasks out and gives their results as they come."""

    def __call__(self, tasks: Sequence[Task], limits: Limits) -> Iterator[Result]:
        """Results as they come."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to run: the engine, what notebooks may take, and whether the first failure stops the others."""

    limits: Limits
    engine: str = WARM
    fail_fast: bool = False
    force: bool = False

    @classmethod
    def of(cls, reports: Reports, **given: Any) -> "Options":
        """Limits as params.yaml says, the rest as `given`."""
        return cls(Limits(reports.workers, reports.timeout_s, reports.memory_mb), **given)


def make(
    wanted: Sequence[Job],
    root: Path,
    options: Options,
    *,
    whole: bool = True,
    runner: Runner = run_tasks,
    console: Console | None = None,
) -> list[str]:
    """Bring outputs/notebooks and outputs/figures up to date with `wanted`; the stems that were made.

    With `whole`, `wanted` is all there is to be: what belongs to no report is removed. Raises NotebookError when a
    notebook failed, after the others are in place; a run that was stopped is taken up where it was.
    """
    manifest = Manifest.load(root)
    inputs = manifest.inputs_of(wanted)
    due = set(inputs) if options.force else set(manifest.stale(inputs))
    queue = [job for job in wanted if job.stem in due]
    if whole:
        _forget_others(manifest, inputs)
    run = Run(root, options, runner, console or Console(stderr=True))
    failed = run.each(queue, partial(_keep, manifest=manifest, inputs=inputs), unchanged=len(wanted) - len(queue))
    if whole:
        _remove_strays(manifest)
    manifest.save()
    if failed:
        raise _summary(failed, len(queue))
    return [job.stem for job in queue]


def refresh(templates: Sequence[str], root: Path, options: Options, console: Console | None = None) -> list[str]:
    """Execute every template with its defaults and commit the outputs to `notebooks/`; names of those that changed."""
    texts: dict[Path, str] = {}

    def keep(task: Task) -> None:
        texts[root / NOTEBOOKS / f"{task.job.stem}.ipynb"] = (task.folder / NOTEBOOK).read_text(encoding="utf-8")

    run = Run(root, options, run_tasks, console or Console(stderr=True))
    failed = run.each([Job(name, name) for name in templates], keep, pictures=False)
    if failed:
        raise _summary(failed, len(templates))
    changed = sorted(path for path, text in texts.items() if path.read_text(encoding="utf-8") != text)
    with store.batch() as files:
        for path in changed:
            files.add_text(path, texts[path])
    return [path.stem for path in changed]


@dataclass(frozen=True, slots=True)
class Run:
    """One run: where, how, by whom, and who is told."""

    root: Path
    options: Options
    runner: Runner
    console: Console

    def each(
        self, jobs: Sequence[Job], keep: Callable[[Task], None], *, unchanged: int = 0, pictures: bool = True
    ) -> list[Result]:
        """Carry the jobs out and `keep` what each leaves in its folder; those that failed."""
        failed: list[Result] = []
        with _staging(self.root) as staging, pinned_environment(self.root / OWN), _bar(self.console) as bar:
            progress = bar.add_task("notebooks", total=len(jobs))
            if unchanged:
                bar.console.print(f"unchanged  {unchanged} of {unchanged + len(jobs)}", highlight=False)
            limits, engine = self.options.limits, self.options.engine
            tasks = [Task(job, self.root, staging / job.stem, engine, limits.timeout_s, pictures) for job in jobs]
            for result in self.runner(tasks, limits):
                done = _settle(result, keep)
                bar.console.print(_line(done, failed), highlight=False, markup=False, soft_wrap=True)
                bar.advance(progress)
                failed += [done] if done.error else []
                if done.error and self.options.fail_fast:
                    break
        return failed


def _settle(result: Result, keep: Callable[[Task], None]) -> Result:
    """Keep what a task made; a Result with the error where it failed or cannot be kept."""
    try:
        if result.error is None:
            keep(result.task)
    except AtlasError as error:
        return Result(result.task, error)
    except OSError as error:
        what = f"cannot be written ({error.strerror})."
        return Result(result.task, AtlasError(what, where=str(error.filename or OUTPUTS), repair=FULL))
    finally:
        shutil.rmtree(result.task.folder, ignore_errors=True)
    return result


def _keep(task: Task, manifest: Manifest, inputs: Mapping[str, dict[str, str]]) -> None:
    stem, heard = task.job.stem, Heard.load(task.folder)
    manifest.note(stem, Entry.of(inputs[stem] | asked(task.job, heard), place(task, manifest), heard))


@contextmanager
def runner(scheduler: str, storage: str, root: Path) -> Iterator[Runner]:
    """Who carries tasks out: processes of this machine, or the Dask cluster at an address."""
    if not scheduler:
        yield run_tasks
        return
    from analysis.reports.notebooks.on_cluster import cluster  # noqa: PLC0415 - only who has a cluster pays for it

    with cluster(scheduler, storage, root) as run:
        yield run


def place(task: Task, manifest: Manifest) -> dict[str, str]:
    """Move a task's files to where readers find them; their SHA-256 by path below outputs/.

    Raises NotebookError when a picture bears the name of another report's, PathError when a notebook left a link out
    of its folder or what is no file's name.
    """
    stem, root = task.job.stem, task.root
    pictures = [inside(task.folder / PICTURES, path.name) for path in sorted((task.folder / PICTURES).iterdir())]
    moves = {path: FIGURES / task.job.folder / path.name for path in pictures}
    moves[task.folder / NOTEBOOK] = EXECUTED / f"{stem}.ipynb"
    for target in moves.values():
        owner = manifest.owner(target.relative_to(OUTPUTS).as_posix())
        if owner not in {None, stem}:
            what = f"the picture {target.name} is also one of {owner}."
            raise NotebookError(what, where=f"{task.job.template}.ipynb", repair="Name each picture once.")
    digests = {}
    for origin, target in moves.items():
        digests[target.relative_to(OUTPUTS).as_posix()] = file_digest(origin)
        (root / target).parent.mkdir(parents=True, exist_ok=True)
        origin.replace(root / target)
    return digests


def _forget_others(manifest: Manifest, wanted: Iterable[str]) -> None:
    for stem in set(manifest.entries) - set(wanted):
        del manifest.entries[stem]


def _remove_strays(manifest: Manifest) -> None:
    """Remove the files of outputs/notebooks and outputs/figures that belong to no report."""
    kept = {OUTPUTS / path for one in manifest.entries.values() for path in one.outputs} | {WHERE}
    for folder in (EXECUTED, FIGURES):
        for path in sorted((manifest.root / folder).rglob("*")):
            if path.relative_to(manifest.root) not in kept and path.is_file():
                path.unlink()


@contextmanager
def _staging(root: Path) -> Iterator[Path]:
    """A fresh folder on the same disk as the outputs, one folder a task; nothing stays of it."""
    folder = root / STAGING
    shutil.rmtree(folder, ignore_errors=True)
    try:
        for one in (folder, root / EXECUTED, root / FIGURES):
            one.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AtlasError(f"cannot be written ({error.strerror}).", where=str(error.filename), repair=FULL) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _bar(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console)


def _line(result: Result, failed: Sequence[Result]) -> str:
    """What became of a task; an error that was shown for another of those that `failed` is not shown again."""
    stem = result.task.job.stem
    if result.error is None:
        return f"done    {stem}"
    same = next((one for one in failed if _reason(one) == _reason(result)), None)
    return f"failed  {stem}: {f'as {same.task.job.stem}' if same else result.error}"


def _reason(result: Result) -> str:
    """The error without what is its own report's: parameters and names of files."""
    job, text = result.task.job, str(result.error)
    for own in (job.shown, job.stem, job.slice, str(result.task.folder)):
        text = text.replace(own, "")
    return text


def _summary(failed: Sequence[Result], count: int) -> NotebookError:
    stems = [one.task.job.stem for one in failed]
    more = f" and {len(failed) - SHOWN_FAILURES} more" if len(failed) > SHOWN_FAILURES else ""
    what = (
        f"{len(failed)} of {count} notebooks failed, for the reasons above: {', '.join(stems[:SHOWN_FAILURES])}{more}."
    )
    repair = "Mend them and run the command again: the others are not made again, what was made before is still there."
    return NotebookError(what, repair=repair)
