"""What one process does for one notebook: closes itself in, runs it, leaves the result in its own folder."""

import faulthandler
import os
import random
import shutil
import signal
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread

import matplotlib as mpl

from analysis.errors import AtlasError, NotebookError
from analysis.i18n.language import VARIABLE
from analysis.io import declared
from analysis.io.paths import FIGURES_VARIABLE, NOTEBOOKS, STAGE_VARIABLE
from analysis.io.surroundings import MATPLOTLIB, own_folders
from analysis.reports.notebooks import guard, inputs
from analysis.reports.notebooks.execute import KERNEL, run
from analysis.reports.notebooks.heard import Listener
from analysis.reports.notebooks.templates import Job

NOTEBOOK, PICTURES, SCRATCH, LOG = "notebook.ipynb", "figures", "tmp", "process.log"
CELL, DONE, FAILED = "cell", "done", "failed"  # what a process tells
DEVICES = Path("/dev")


@dataclass(frozen=True, slots=True)
class Task:
    """A job, the project it reads, and the folder that is its own to write in; whether pictures are files there too."""

    job: Job
    root: Path
    folder: Path
    engine: str
    timeout_s: int
    pictures: bool = True


def work(task: Task, channel: "Connection[tuple[str, object], object]", environment: Mapping[str, str]) -> None:
    """Run the task in this process, which must have been forked for it; tell cells, then the end, to `channel`.

    `environment` is the run's: the fork server keeps the one that it was started with.
    """
    try:
        _enter(task, environment)
        listener = Listener(task.root, NOTEBOOKS / f"{task.job.template}.ipynb")
        sys.addaudithook(listener.hear)
        if _unheard(task):
            inputs.all_of(task.job, task.root)  # opens all that it may read, so that all is heard
        text = run(task.job, task.root, task.timeout_s, task.engine, lambda cell: channel.send((CELL, cell)))
        (task.folder / NOTEBOOK).write_text(text, encoding="utf-8")
        listener.heard(messages=task.engine != KERNEL).save(task.folder)
        channel.send((DONE, None))
    except AtlasError as error:
        channel.send((FAILED, error))
    except Exception as error:  # whatever the engine meets, this notebook fails and the others go on
        where = NOTEBOOKS / f"{task.job.template}.ipynb"
        what = f"stopped ({task.job.shown}): {type(error).__name__}: {error}"
        channel.send((FAILED, NotebookError(what, where=where, repair="Run it alone with `analysis report`.")))


def _unheard(task: Task) -> bool:
    """Whether the kernel, or a cell, reads files in a way that nobody hears."""
    return task.engine == KERNEL or inputs.reads_unheard(task.root / NOTEBOOKS / f"{task.job.template}.ipynb")


def _enter(task: Task, environment: Mapping[str, str]) -> None:
    """Leave the terminal, end with the parent, write only in the task's folder, and seed what a fork would share."""
    os.setsid()
    scratch = task.folder / SCRATCH
    own = own_folders(scratch)
    for folder in (task.folder / PICTURES, *map(Path, own.values())):
        folder.mkdir(parents=True, exist_ok=True)
    if task.engine == KERNEL:  # its Matplotlib starts anew: with the list of fonts that this one has made
        shutil.copytree(mpl.get_cachedir(), own[MATPLOTLIB], dirs_exist_ok=True)
    _redirect(task.folder / LOG)
    if stage := environment.get(STAGE_VARIABLE):
        declared.hold(stage, task.root)
    guard.writes_only([task.folder, *([DEVICES] if DEVICES.is_dir() else [])])
    Thread(target=_end_with_parent, daemon=True).start()
    os.environ.clear()
    os.environ.update(
        {
            **environment,
            VARIABLE: task.job.language,
            FIGURES_VARIABLE: str(task.folder / PICTURES) if task.pictures else "",
            **own,
            "TMPDIR": str(scratch),
        }
    )
    tempfile.tempdir = None
    sys.dont_write_bytecode = True
    sys.argv = ["ipykernel_launcher.py"]
    random.seed()
    if "numpy" in sys.modules:
        import numpy as np  # noqa: PLC0415

        np.random.seed()


def _redirect(log: Path) -> None:
    """Send what is written to the descriptors of output and error to a file, and a crash's stack too."""
    opened = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for number in (1, 2):
        os.dup2(opened, number)
    faulthandler.enable(opened)


def _end_with_parent() -> None:
    """Never outlive the run, however it ended."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os.killpg(os.getpgid(0), signal.SIGKILL)
