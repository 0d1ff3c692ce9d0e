"""What a cluster's worker starts for a few notebooks: fetches what they read, runs them here, stores what they made.

A process of its own, so that the notebooks are forked from imports only, whatever the worker has already run.
"""

import os
import pickle
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import psutil

import analysis
from analysis.errors import AtlasError, NotebookError
from analysis.reports.notebooks import heard
from analysis.reports.notebooks.blobs import AGAIN, Storage
from analysis.reports.notebooks.child import NOTEBOOK, PICTURES, Task
from analysis.reports.notebooks.execute import pinned_environment
from analysis.reports.notebooks.inputs import package_digest
from analysis.reports.notebooks.pool import Limits, run_tasks
from analysis.reports.notebooks.templates import Job

Outcome = tuple[str, AtlasError | None]  # a stem, and why it has no result


@dataclass(frozen=True, slots=True)
class Errand:
    """A job, the inputs it reads by path with their SHA-256, and the name of its result."""

    job: Job
    inputs: Mapping[str, str]
    key: str


@dataclass(frozen=True, slots=True)
class Batch:
    """A few errands, and how to carry them out."""

    errands: Sequence[Errand]
    storage: Storage
    limits: Limits
    engine: str
    code: str


def carry_out(batch: Batch) -> list[Outcome]:
    """Outcomes of a batch. What an earlier attempt has stored is not made again."""
    if package_digest(Path(analysis.__file__).parent) != batch.code:
        what = "the package analysis is not the one that the run was started with."
        raise NotebookError(what, where=os.uname().nodename, repair="Install the same version on every worker.")
    missing = [one for one in batch.errands if not batch.storage.has_result(one.key)]
    done: list[Outcome] = [(one.job.stem, None) for one in batch.errands if one not in missing]
    with tempfile.TemporaryDirectory(prefix="atlas-") as temporary:
        return [*done, *_run(batch, missing, Path(temporary))]


def _run(batch: Batch, errands: Sequence[Errand], folder: Path) -> Iterator[Outcome]:
    root, keys = folder / "project", {one.job.stem: one.key for one in errands}
    for path, digest in sorted({item for one in errands for item in one.inputs.items()}):
        batch.storage.get_input(digest, root / path)
    tasks = [Task(one.job, root, folder / one.job.stem, batch.engine, batch.limits.timeout_s) for one in errands]
    with pinned_environment(folder / "own"):
        for result in run_tasks(tasks, batch.limits):
            stem = result.task.job.stem
            if result.error is None:
                made = sorted(path.name for path in (result.task.folder / PICTURES).iterdir())
                paths = [NOTEBOOK, heard.WHERE, *(f"{PICTURES}/{name}" for name in made)]
                batch.storage.put_result(keys[stem], result.task.folder, paths)
            yield stem, result.error


def main() -> None:
    """Read a batch from standard input, write its outcomes to standard output; end when the worker does."""
    batch = pickle.load(sys.stdin.buffer)
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing else may write into the answer
    Thread(target=_end_with_worker, daemon=True).start()
    try:
        outcomes: object = carry_out(batch)
    except AtlasError as error:
        outcomes = error
    except OSError as error:
        outcomes = NotebookError(f"a file cannot be moved: {error}.", where=batch.storage.url, repair=AGAIN)
    with answer:
        pickle.dump(outcomes, answer)


def _end_with_worker() -> None:
    """Standard input stays open as long as the worker lives; then end, with every process started here."""
    sys.stdin.buffer.read()
    for one in psutil.Process().children(recursive=True):
        one.kill()
    os._exit(1)


if __name__ == "__main__":
    main()
