"""Reports on several machines: a running Dask cluster, and a storage that all of them reach."""

import pickle
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from analysis.errors import AtlasError, NotebookError
from analysis.io.cluster import connected
from analysis.io.digests import digest_of, file_digest
from analysis.io.paths import OUTPUTS
from analysis.reports.notebooks.batch import Batch, Errand, Outcome
from analysis.reports.notebooks.blobs import Storage, fresh
from analysis.reports.notebooks.child import PICTURES, Task
from analysis.reports.notebooks.inputs import package_digest, read_by
from analysis.reports.notebooks.pool import Limits, Result

SHARED = OUTPUTS / ".cluster"  # where no storage is named: the project's folder is then one that all machines see
BATCH = 8  # at most: what a worker that is lost has to do again, against imports paid once a batch
BATCHES_PER_WORKER = 4  # at least, so that workers end together


@contextmanager
def cluster(address: str, storage: str, root: Path) -> Iterator["partial[Iterator[Result]]"]:
    """A runner on the cluster at `address`; NotebookError when no scheduler answers."""
    place = Storage(storage or str(root / SHARED))
    try:
        with connected(address, NotebookError) as client:
            yield partial(_run, client=client, storage=place)
    finally:
        if not storage:
            shutil.rmtree(root / SHARED, ignore_errors=True)


def _run(tasks: Sequence[Task], limits: Limits, client: object, storage: Storage) -> Iterator[Result]:
    """Results as batches end. A batch whose worker is lost is given to another, which does what is missing."""
    from distributed import as_completed  # noqa: PLC0415

    errands = {task.job.stem: _errand(task, storage) for task in tasks}
    known = {task.job.stem: task for task in tasks}
    batches = list(_batches(tasks, errands, storage, limits, sum(client.ncores().values())))  # type: ignore[attr-defined]
    futures = client.map(start, batches, pure=False, retries=1)  # type: ignore[attr-defined]
    of = dict(zip(futures, batches, strict=True))
    try:
        for future in as_completed(list(futures)):
            outcomes = _outcomes(future, of.pop(future))
            futures.remove(future)
            future.release()  # else the cluster does it again when the worker that holds the answer is lost
            for stem, error in outcomes:
                yield _fetched(known[stem], error, storage, errands[stem].key)
        storage.remove_results(one.key for one in errands.values())
    finally:
        client.cancel(futures)  # type: ignore[attr-defined]


def _errand(task: Task, storage: Storage) -> Errand:
    inputs = {}
    for path in read_by(task.job, task.root):
        inputs[path.as_posix()] = digest = file_digest(task.root / path)
        storage.put_input(task.root / path, digest)
    return Errand(task.job, inputs, digest_of(task.job.stem, task.engine, inputs, package_digest()))


def _batches(
    tasks: Sequence[Task], errands: dict[str, Errand], storage: Storage, limits: Limits, workers: int
) -> Iterator[Batch]:
    size = max(1, min(BATCH, len(tasks) // (BATCHES_PER_WORKER * max(workers, 1))))
    for start_at in range(0, len(tasks), size):
        some = [errands[task.job.stem] for task in tasks[start_at : start_at + size]]
        yield Batch(some, storage, replace(limits, workers=1), tasks[start_at].engine, package_digest())


def start(batch: Batch) -> list[Outcome] | AtlasError:
    """On a worker: the outcomes of a batch, carried out by a process of its own that ends with this one."""
    command = [sys.executable, "-m", "analysis.reports.notebooks.batch"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        pickle.dump(batch, process.stdin)
        process.stdin.flush()  # and left open: the process ends when it closes
        answer = process.stdout.read()
    if not answer:
        raise RuntimeError(f"the batch ended without an answer (exit code {process.returncode})")
    found: list[Outcome] | AtlasError = pickle.loads(answer)
    return found


def _outcomes(future: object, batch: Batch) -> list[Outcome]:
    """What became of each errand, also where the whole batch failed."""
    try:
        found = future.result()  # type: ignore[attr-defined]
    except Exception as error:  # whatever became of the worker, its notebooks are named and the others go on
        repair = "Look at the worker's log, then run the command again."
        found = NotebookError(f"the worker failed: {error}.", repair=repair)
    if isinstance(found, AtlasError):
        return [(one.job.stem, found) for one in batch.errands]
    return list(found)


def _fetched(task: Task, error: AtlasError | None, storage: Storage, key: str) -> Result:
    if error is not None:
        return Result(task, error)
    try:
        (fresh(task.folder) / PICTURES).mkdir()
        storage.get_result(key, task.folder)
    except AtlasError as problem:
        return Result(task, problem)
    return Result(task)
