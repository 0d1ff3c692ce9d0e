"""Benchmark of the reports: the same notebooks by papermill, by ploomber-engine, here, and as plain functions.

Run by `make bench-reports`. Prints a table; its last line is one JSON object. Every contender makes the same notebooks
with the same cores, and is measured from outside, imports included: wall and CPU seconds, and the peak of the memory
of its processes (PSS: what they share counts once) in megabytes. The picture files that this project writes beside the
notebooks are left out of the comparison, and shown in a line of their own.
"""

import ctypes
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import psutil
from IPython.display import Markdown
from rich.console import Console
from rich.table import Table

from analysis.io.paths import project_root
from analysis.reports.notebooks import Job, execute, pool, report_jobs
from analysis.reports.notebooks.child import Task
from analysis.reports.stems import REGION

SHEETS, REGIONS = 38, 2  # of the notebooks that all contenders make: about as many of each kind as there are in all
CORES = 2
SAMPLE_S = 0.1
SUBREAPER = 36  # prctl: processes whose parent ends become ours, so that their CPU time is counted
COPIED = shutil.ignore_patterns(".venv", "site", "tmp", "cache", "__pycache__", ".hypothesis", "*.egg-info", ".git")
CHANGED = (2, "ti-8401")
TARGETS = {"cli": 10.0, "processes": 4.0, "ploomber": 1.0, "bound": 1.5}
MEMORY_MB, UNCHANGED_S, CHANGED_S = 2000, 3.0, 10.0


def chosen(root: Path) -> list[Job]:
    """The notebooks that all contenders make: sheets and region reports at even distances in their lists."""
    from analysis.io import store  # noqa: PLC0415 - contenders do without it

    every = report_jobs(store.read_table("core_territories", root))
    regions = [one for one in every if one.template == REGION]
    sheets = [one for one in every if one.template != REGION]
    spread = lambda jobs, count: jobs[:: len(jobs) // count][:count]  # noqa: E731
    return [*spread(regions, REGIONS), *spread(sheets, SHEETS)]


# --- the contenders, each in a process of its own ----------------------------------------------------------


def cli(root: Path, jobs: Sequence[Job], folder: Path) -> None:
    """Papermill's command line, one notebook after the other."""
    for job in jobs:
        given = [part for name, value in job.parameters.items() for part in (_flag(value), name, str(value))]
        template = root / "notebooks" / f"{job.template}.ipynb"
        command = [
            sys.executable,
            "-m",
            "papermill",
            str(template),
            str(folder / f"{job.stem}.ipynb"),
            "--cwd",
            str(root),
            *given,
        ]
        subprocess.run([*command, "--no-progress-bar"], check=True, capture_output=True)


def _flag(value: object) -> str:
    return "-r" if isinstance(value, str) else "-p"


def papermill_one(root: Path, folder: Path, job: Job) -> None:
    """One notebook by papermill's function."""
    import papermill  # noqa: PLC0415 - each contender pays for its own imports

    template, output = root / "notebooks" / f"{job.template}.ipynb", folder / f"{job.stem}.ipynb"
    papermill.execute_notebook(template, output, dict(job.parameters), cwd=root, progress_bar=False)


def processes(root: Path, jobs: Sequence[Job], folder: Path) -> None:
    """`papermill.execute_notebook` in two processes."""
    with ProcessPoolExecutor(CORES, mp_context=get_context("spawn")) as workers:
        list(workers.map(partial(papermill_one, root, folder), jobs))


def ploomber_one(root: Path, folder: Path, job: Job) -> None:
    """One notebook by ploomber-engine, in a process forked for it."""
    from ploomber_engine import execute_notebook  # noqa: PLC0415

    os.chdir(root)
    template, output = root / "notebooks" / f"{job.template}.ipynb", folder / f"{job.stem}.ipynb"
    execute_notebook(template, output, parameters=dict(job.parameters), progress_bar=False, verbose=False)


def ploomber(root: Path, jobs: Sequence[Job], folder: Path) -> None:
    """ploomber-engine, forked from ready imports as here."""
    _each_forked(partial(ploomber_one, root, folder), jobs, ("analysis.reports.notebooks.preloaded", "ploomber_engine"))


def here(root: Path, jobs: Sequence[Job], folder: Path, *, pictures: bool = False) -> None:
    """This project."""
    tasks = [Task(job, root, folder / job.stem, execute.WARM, 300, pictures) for job in jobs]
    failed = [one for one in pool.run_tasks(tasks, pool.Limits(CORES, 300, 4000)) if one.error]
    if failed:
        raise SystemExit(str(failed[0].error))


def with_pictures(root: Path, jobs: Sequence[Job], folder: Path) -> None:
    """This project, with the picture files (SVG, PNG, CSV, text)."""
    here(root, jobs, folder, pictures=True)


def region_parts(root: Path, code: str) -> list[Any]:
    """What the report of a region shows."""
    from analysis import Atlas  # noqa: PLC0415
    from analysis.charts.region_flow import region_flow  # noqa: PLC0415
    from analysis.charts.region_map import region_map  # noqa: PLC0415
    from analysis.reports.sections import coverage, figures, region  # noqa: PLC0415

    atlas, place = Atlas.of_region(code, root), {"region_code": code}
    shown = [region_flow, region.region_origins_table, region.region_fates_table, coverage.coverage_text]
    parts = [atlas.show(one, **place) for one in (*shown, region.contracts_table, region.contracts_text)]
    phases = [atlas.show(one, **place, phase=phase) for one in (region_map, region.region_table) for phase in (1, 2)]
    return [*parts, *phases, atlas.show(figures.figures_table), atlas.show(coverage.france_text)]


def sheet_parts(root: Path, phase: int, code: str) -> list[Any]:
    """What the sheet of a territory shows."""
    from analysis import Atlas  # noqa: PLC0415
    from analysis.charts.territory_change import territory_change  # noqa: PLC0415
    from analysis.charts.territory_map import territory_map  # noqa: PLC0415
    from analysis.reports.sections import figures, territory  # noqa: PLC0415

    atlas, place = Atlas.of_territory(phase, code, root), {"phase": phase, "territory_id": code}
    texts = (territory.territory_text, territory.other_phase_text)
    shown = (*texts, territory_map, territory_change, territory.members_table, territory.communes_table)
    return [*(atlas.show(one, **place) for one in shown), atlas.show(figures.figures_table)]


def draw(root: Path, folder: Path, jobs: Iterable[Job]) -> None:
    """What the notebooks call, as plain functions."""
    for job in jobs:
        parts = region_parts if "region_code" in job.parameters else sheet_parts
        shown = parts(root, *job.parameters.values())
        bundles = [one.data if isinstance(one, Markdown) else one._repr_mimebundle_() for one in shown]
        (folder / f"{job.stem}.txt").write_text(str(bundles), encoding="utf-8")


def bound(root: Path, jobs: Sequence[Job], folder: Path) -> None:
    """The same drawing code as plain functions, in two processes forked from ready imports."""
    halves = [jobs[number::CORES] for number in range(CORES)]
    _each_forked(partial(draw, root, folder), halves, ("analysis.reports.notebooks.preloaded",))


def _each_forked(run: "partial[None]", things: Sequence[object], preload: Sequence[str]) -> None:
    """`run` with each thing in a fresh process forked from one that has imported `preload`, CORES at a time."""
    context = get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    with ProcessPoolExecutor(CORES, mp_context=context, max_tasks_per_child=1) as workers:
        list(workers.map(run, things))


CONTENDERS = {one.__name__: one for one in (cli, processes, ploomber, here, bound, with_pictures)}


def contend(name: str, listed: Path, folder: Path) -> None:
    """Run one contender on the notebooks listed in a file."""
    jobs = [Job(*one) for one in json.loads(listed.read_text(encoding="utf-8"))]
    folder.mkdir(parents=True)
    with execute.pinned_environment(folder / "ipython"):
        CONTENDERS[name](project_root(), jobs, folder)


# --- measuring from outside --------------------------------------------------------------------------------


def measure(command: Sequence[str], cwd: Path) -> dict[str, float]:
    """Wall and CPU seconds of a command and all its processes, and the peak of their memory in megabytes."""
    before = _cpu()
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said, subprocess.Popen(command, cwd=cwd, stdout=said, stderr=said) as process:
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, _memory(process.pid))
            time.sleep(SAMPLE_S)
        wall = time.perf_counter() - start
        if process.returncode:
            said.seek(0)
            raise SystemExit(f"{' '.join(command)} failed:\n{said.read().decode(errors='replace')[-3000:]}")
    with suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)
    return {"wall_s": round(wall, 2), "cpu_s": round(_cpu() - before, 2), "peak_mb": round(peak)}


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _memory(pid: int) -> float:
    total = 0.0
    with suppress(psutil.Error):
        whole = psutil.Process(pid)
        for one in (whole, *whole.children(recursive=True)):
            with suppress(psutil.Error):
                total += getattr(one.memory_full_info(), "pss", 0)
    return total / 2**20


def contest(folder: Path) -> dict[str, dict[str, float]]:
    """Each contender's measures, one after the other."""
    script = str(Path(__file__).resolve())
    listed, found = folder / "jobs.json", {}
    jobs = chosen(project_root())
    listed.write_text(json.dumps([(one.template, one.stem, dict(one.parameters)) for one in jobs]), encoding="utf-8")
    for name, contender in CONTENDERS.items():
        Console(stderr=True).print(f"measuring: {contender.__doc__}", highlight=False)
        found[name] = measure([sys.executable, script, name, str(listed), str(folder / name)], project_root())
    return found


def everything(folder: Path) -> dict[str, dict[str, float]]:
    """All reports in a copy of the project: from nothing, again unchanged, and after one territory lost a member."""
    copy = folder / "project"
    shutil.copytree(project_root(), copy, ignore=COPIED)
    analysis = [sys.executable, "-m", "analysis"]
    shutil.rmtree(copy / "outputs/notebooks", ignore_errors=True)
    found = {"all": measure([*analysis, "notebooks"], copy), "unchanged": measure([*analysis, "notebooks"], copy)}
    phase, territory = CHANGED
    path = copy / "data/raw/members.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lost = next(line for line in lines if line.startswith(f"{phase},{territory},"))
    path.write_text("".join(line for line in lines if line != lost), encoding="utf-8")
    for stage in ("registry", "layers", "claims", "indicators", "phases", "ledger"):
        # Figures about the territory may have lost their verdict: the ledger then says so, and the reports show it.
        subprocess.run([*analysis, "stage", stage], cwd=copy, check=stage != "ledger", capture_output=True)
    cut = measure([*analysis, "stage", "slices"], copy)
    return found | {"slices": cut, "changed": measure([*analysis, "notebooks"], copy)}


# --- telling -----------------------------------------------------------------------------------------------


def tell(found: dict[str, dict[str, float]], whole: dict[str, dict[str, float]], notebooks: int) -> dict[str, object]:
    """Print the table; the result as one object."""
    table = Table("contender", "wall s", "CPU s", "peak MB", "wall ÷ here", "target")
    mine = found["here"]["wall_s"]
    for name, one in found.items():
        ratio = mine / one["wall_s"] if name == "bound" else one["wall_s"] / mine
        wanted = f"≥ {TARGETS[name]:g}×" if name in TARGETS else ""
        shown = f"{ratio:.2f}×"
        if name == "bound":
            shown, wanted = f"here {ratio:.2f}× it", f"≤ {TARGETS[name]:g}×"
        row = (CONTENDERS[name].__doc__, f"{one['wall_s']:.1f}", f"{one['cpu_s']:.1f}", f"{one['peak_mb']:.0f}", shown)
        table.add_row(*row, wanted)
    labels = {
        "all": f"all reports, from nothing (≤ {MEMORY_MB} MB)",
        "unchanged": f"again, unchanged (≤ {UNCHANGED_S} s)",
        "slices": "all slices, after one territory lost a member",
        "changed": f"reports, after one territory lost a member (≤ {CHANGED_S} s)",
    }
    for name, one in whole.items():
        table.add_row(labels[name], f"{one['wall_s']:.1f}", f"{one['cpu_s']:.1f}", f"{one['peak_mb']:.0f}", "", "")
    Console(width=140).print(table)
    ratios = {f"{name}_ratio": round(one["wall_s"] / mine, 2) for name, one in found.items() if name != "here"}
    return {"notebooks": notebooks, "cores": CORES, **found, **ratios, "targets": TARGETS, "everything": whole}


def main() -> None:
    """Measure everything, print the table, then the JSON object."""
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory() as temporary:
        found = contest(Path(temporary))
        whole = everything(Path(temporary))
    print(json.dumps(tell(found, whole, SHEETS + REGIONS)))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        contend(sys.argv[1], *map(Path, sys.argv[2:]))
    else:
        main()
