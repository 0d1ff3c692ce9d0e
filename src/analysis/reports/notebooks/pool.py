"""Notebooks side by side, each in a process of its own, forked from one that has paid for the imports.

The fork server imports and does nothing else: a process forked after a polars query would wait for ever.
"""

import os
import signal
import tempfile
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import forkserver, get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import psutil

from analysis.errors import AtlasError, NotebookError
from analysis.io.paths import NOTEBOOKS
from analysis.reports.notebooks import child
from analysis.reports.notebooks.child import Task

PRELOADED = ("analysis.reports.notebooks.preloaded",)
POLL_S = 0.05
MEASURE_S = 0.5  # between two looks at a process' memory
SHORT_FOLDERS, LONGEST_FOLDER = ("/tmp", "/var/tmp", "/dev/shm"), 70
LAST_LINES = 5  # of a process' own words, when it died without a result


@dataclass(frozen=True, slots=True)
class Limits:
    """What notebooks may take: processes at a time, seconds and megabytes each."""

    workers: int
    timeout_s: int
    memory_mb: int


@dataclass(frozen=True, slots=True)
class Result:
    """A task that ended, and its error if it failed."""

    task: Task
    error: AtlasError | None = None


@dataclass(slots=True)
class _Running:
    """A process at work, and what it has told so far."""

    task: Task
    process: BaseProcess
    channel: "Connection[Any, Any]"
    deadline: float
    cell: int | None = None
    done: bool = False
    error: AtlasError | None = field(default=None)

    def listen(self) -> None:
        """Take in what the process has told."""
        with suppress(EOFError, OSError):
            while self.channel.poll():
                kind, value = self.channel.recv()
                if kind == child.CELL:
                    self.cell = value
                elif kind == child.DONE:
                    self.done = True
                else:
                    self.error = value

    def megabytes(self) -> float:
        """Memory of the process and its children."""
        with suppress(psutil.Error):
            whole = psutil.Process(self.process.pid)
            found = sum(one.memory_info().rss for one in (whole, *whole.children(recursive=True)))
            return float(found) / 2**20
        return 0.0

    def kill(self) -> None:
        """End the process and all that it started."""
        with suppress(ProcessLookupError, PermissionError):
            if self.process.pid and os.getpgid(self.process.pid) == self.process.pid:
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.join()

    def fail(self, what: str, repair: str) -> None:
        """Note why the notebook has no result."""
        cell = f" in the cell at position {self.cell + 1}" if self.cell is not None else ""
        where = NOTEBOOKS / f"{self.task.job.template}.ipynb"
        self.error = NotebookError(f"{what}{cell} ({self.task.job.shown}).", where=where, repair=repair)


def run_tasks(tasks: Iterable[Task], limits: Limits) -> Iterator[Result]:
    """Results as they come; when the caller stops listening, what still runs is ended.

    A notebook that fails, never ends, takes too much memory or dies has an error; the others go on.
    """
    context = ready()
    waiting, running = deque(tasks), list[_Running]()
    measured = time.monotonic()
    try:
        while waiting or running:
            while waiting and len(running) < limits.workers:
                running.append(_start(waiting.popleft(), limits, context))
            wait([one.channel for one in running] + [one.process.sentinel for one in running], POLL_S)
            look = time.monotonic() - measured > MEASURE_S
            measured = time.monotonic() if look else measured
            for one in running:
                _watch(one, limits, look)
            for one in [one for one in running if not one.process.is_alive()]:
                running.remove(one)
                yield _finish(one)
    finally:
        for one in running:
            one.kill()


def ready() -> Any:
    """The context whose fork server imports what notebooks need, in a process of its own, from the first call on."""
    context = get_context("forkserver")
    context.set_forkserver_preload(list(PRELOADED))
    with _room_for_socket():
        forkserver.ensure_running()
    return context


@contextmanager
def _room_for_socket() -> Iterator[None]:
    """Use another temporary folder where the usual one's path is too long: a socket's has about 100 bytes."""
    usual = tempfile.gettempdir()
    if len(os.fsencode(usual)) > LONGEST_FOLDER:
        short = (one for one in SHORT_FOLDERS if os.access(one, os.W_OK | os.X_OK))
        tempfile.tempdir = next(short, usual)
    try:
        yield
    finally:
        tempfile.tempdir = usual


def _start(task: Task, limits: Limits, context: Any) -> _Running:
    mine, theirs = context.Pipe(duplex=False)
    process = context.Process(target=child.work, args=(task, theirs, dict(os.environ)), name=task.job.stem)
    process.start()
    theirs.close()
    return _Running(task, process, mine, time.monotonic() + limits.timeout_s)


def _watch(one: _Running, limits: Limits, look: bool) -> None:
    """End a process that has taken too long or too much."""
    one.listen()
    if one.done or one.error or not one.process.is_alive():
        return
    if time.monotonic() > one.deadline:
        one.kill()
        one.fail(f"stopped after {limits.timeout_s} s", "Mend the cell, or raise reports.timeout_s in params.yaml.")
    elif look and one.megabytes() > limits.memory_mb:
        one.kill()
        what = f"stopped: it took more than {limits.memory_mb} MB of memory"
        one.fail(what, "Mend the cell, or raise reports.memory_mb in params.yaml.")


def _finish(one: _Running) -> Result:
    one.process.join()
    one.listen()
    one.channel.close()
    if not one.done and one.error is None:
        one.fail(f"its process {_ending(one.process.exitcode)}", _last_words(one.task.folder))
    return Result(one.task, one.error)


def _ending(code: int | None) -> str:
    if code is not None and code < 0:
        return f"was ended by {signal.Signals(-code).name}"
    return f"ended without a result (exit code {code})"


def _last_words(folder: Path) -> str:
    with suppress(OSError):
        lines = (folder / child.LOG).read_text(encoding="utf-8", errors="replace").strip().splitlines()
        if lines:
            return "Its last words:\n" + "\n".join(lines[-LAST_LINES:])
    return "Run it alone with `analysis report`."
