"""Notebooks through papermill: parameters checked before a kernel starts, execution, normalised bytes."""

import difflib
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import nbformat
import polars as pl
from pydantic import BaseModel, ConfigDict, ValidationError
from rich.console import Console
from rich.progress import Progress

from analysis import store
from analysis.errors import NotebookError, ParameterError
from analysis.params import Phase, RegionCode, Reports, TerritoryId, explain
from analysis.paths import EXECUTED, NOTEBOOKS

# Everything outside a notebook that could change its bytes; also set by the Makefile for DVC and pytest.
ENVIRONMENT: Mapping[str, str] = {
    "JUPYTER_PLATFORM_DIRS": "1",
    "JUPYTER_PREFER_ENV_PATH": "1",
    "LC_ALL": "C.UTF-8",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OMP_NUM_THREADS": "1",
    "POLARS_ENGINE_AFFINITY": "in-memory",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "PYTHONHASHSEED": "0",
    "SOURCE_DATE_EPOCH": "315532800",
    "TZ": "UTC",
}
VOLATILE = ((re.compile(r"/tmp/ipykernel_\d+/"), "/tmp/ipykernel/"), (re.compile(r"\b0x[0-9a-f]{6,16}\b"), "0x0"))
INJECTED = "injected-parameters"
PARAMETERS_TAG = "parameters"


class _Parameters(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class NoParameters(_Parameters):
    """A notebook that takes none."""


class RegionParameters(_Parameters):
    """Parameters of the regional report."""

    region_code: RegionCode = "44"


class TerritoryParameters(_Parameters):
    """Parameters of the territory sheet."""

    phase: Phase = 2
    territory_id: TerritoryId = "ti-4408"


MODELS: Mapping[str, type[_Parameters]] = {
    "10_label_timeline": NoParameters,
    "20_national_map": NoParameters,
    "30_envelopes": NoParameters,
    "40_phase_change": NoParameters,
    "50_region": RegionParameters,
    "60_territory": TerritoryParameters,
    "70_lille": NoParameters,
    "80_fact_check": NoParameters,
}


@dataclass(frozen=True, slots=True)
class Job:
    """One execution: the template, the checked parameters, and the stem of the executed notebook."""

    template: str
    stem: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


# --- parameters --------------------------------------------------------------------------------------------


def validate(template: str, given: Mapping[str, Any], territories: pl.DataFrame) -> dict[str, Any]:
    """Typed parameters of a notebook, or ParameterError: unknown name or notebook, wrong type, unknown place.

    Texts are read as the parameter's type, as they come from a command line ("2" is phase 2, "04" stays "04");
    other values must already be of it. `territories` is core_territories.
    """
    model = MODELS.get(template)
    where = f"notebooks/{template}.ipynb"
    if model is None:
        near = difflib.get_close_matches(template, MODELS, n=1, cutoff=0.4)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise ParameterError(f"no such notebook.{hint}", where=where, repair=f"Known: {', '.join(MODELS)}.")
    texts = all(isinstance(value, str) for value in given.values())
    try:
        checked = model.model_validate_strings(given) if texts else model.model_validate(given, strict=True)
    except ValidationError as error:
        known = ", ".join(model.model_fields) or "none"
        raise ParameterError(explain(error, model), where=where, repair=f"Its parameters: {known}.") from error
    values = checked.model_dump()
    _require_known_place(values, territories, where)
    return values


def _require_known_place(values: Mapping[str, Any], territories: pl.DataFrame, where: str) -> None:
    if "region_code" in values:
        known = territories.get_column("region_code").unique().sort().to_list()
        _require_known("region_code", values["region_code"], known, where)
    if "territory_id" in values:
        of_phase = territories.filter(pl.col("phase") == values["phase"])
        known = of_phase.get_column("territory_id").sort().to_list()
        _require_known(f"territory_id (phase {values['phase']})", values["territory_id"], known, where)


def _require_known(name: str, value: str, known: Sequence[str], where: str) -> None:
    if value not in known:
        near = ", ".join(difflib.get_close_matches(value, known, n=3, cutoff=0.0))
        what = f"parameter {name} holds {value!r}, which does not exist."
        raise ParameterError(what, where=where, repair=f"Nearest: {near}; all are in data/raw/territories.csv.")


def jobs(reports: Reports, territories: pl.DataFrame) -> list[Job]:
    """Every notebook the pipeline executes: the national ones, then the reports that params.yaml asks for."""
    national = [Job(name, name) for name, model in MODELS.items() if model is NoParameters]
    regions = [{"region_code": code} for code in reports.regions]
    sheets = [one.model_dump() for one in reports.territories]
    wanted = [
        *(Job("50_region", f"50_region_{one['region_code']}", one) for one in regions),
        *(Job("60_territory", f"60_territory_{one['phase']}_{one['territory_id']}", one) for one in sheets),
    ]
    return [
        *national,
        *(Job(one.template, one.stem, validate(one.template, one.parameters, territories)) for one in wanted),
    ]


# --- execution ---------------------------------------------------------------------------------------------


def run(job: Job, root: Path, timeout_s: int) -> str:
    """Text of the executed, normalised notebook; NotebookError shows the failing cell and the parameters."""
    import papermill  # noqa: PLC0415 - heavy, and needed in the worker processes only

    template = root / NOTEBOOKS / f"{job.template}.ipynb"
    if not template.is_file():
        raise NotebookError("the notebook is missing.", where=template.relative_to(root), repair="Restore it.")
    try:
        executed = papermill.execute_notebook(
            str(template),
            None,
            parameters=dict(job.parameters),
            cwd=str(root),
            kernel_name="python3",
            progress_bar=False,
            request_save_on_cell_execute=False,
            record_timing=False,
            coalesce_streams=True,
            execution_timeout=timeout_s,
            extra_arguments=["--IPKernelApp.log_level=50"],
        )
    except papermill.PapermillExecutionError as error:
        shown = ", ".join(f"{name}={value}" for name, value in job.parameters.items()) or "no parameters"
        what = f"cell {error.exec_count} failed ({shown}): {error.ename}: {error.evalue}"
        repair = f"The cell:\n{error.source}\nOpen the notebook with `make lab`."
        raise NotebookError(what, where=template.relative_to(root), repair=repair) from error
    except (TimeoutError, ValueError, RuntimeError) as error:
        raise NotebookError(
            f"stopped: {error}", where=template.relative_to(root), repair="Run it with `make lab`."
        ) from error
    return serialise(normalise(executed))


def normalise(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook without what differs from run to run: times, paths, process numbers, random ids."""
    for name in ("papermill", "widgets"):
        notebook.metadata.pop(name, None)
    notebook.metadata["language_info"] = {"name": "python"}
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    for cell in notebook.cells:
        for name in ("papermill", "execution"):
            cell.metadata.pop(name, None)
        tags = cell.metadata.get("tags", [])
        if not tags:
            cell.metadata.pop("tags", None)
        if INJECTED in tags:
            cell["id"] = INJECTED
        for output in cell.get("outputs", []):
            _normalise_output(output)
    return notebook


def _normalise_output(output: nbformat.NotebookNode) -> None:
    if "text" in output:
        output["text"] = _stable(output["text"])
    data = output.get("data", {})
    for kind in ("text/plain", "text/html", "text/markdown"):
        if kind in data:
            data[kind] = _stable(data[kind])


def _stable(text: str) -> str:
    for pattern, replacement in VOLATILE:
        text = pattern.sub(replacement, text)
    return text


def serialise(notebook: nbformat.NotebookNode) -> str:
    """A notebook as the text that is committed."""
    return str(nbformat.writes(notebook, version=4)).rstrip("\n") + "\n"


def run_all(wanted: Iterable[Job], root: Path, reports: Reports, console: Console | None = None) -> dict[str, str]:
    """Executed notebooks by stem, run side by side with a progress bar; the first error is raised after all ran."""
    queue = list(wanted)
    done: dict[str, str] = {}
    errors: list[BaseException] = []
    with (
        Progress(console=console or Console(stderr=True)) as bar,
        ProcessPoolExecutor(
            reports.workers, mp_context=get_context("spawn"), initializer=_enter, initargs=(root,)
        ) as pool,
    ):
        task = bar.add_task("notebooks", total=len(queue))
        futures = {pool.submit(run, job, root, reports.timeout_s): job for job in queue}
        for future in as_completed(futures):
            job, error = futures[future], future.exception()
            bar.console.print(f"{'failed' if error else 'done  '}  {job.stem}", highlight=False)
            bar.advance(task)
            if error:
                errors.append(error)
            else:
                done[job.stem] = future.result()
    if errors:
        raise errors[0]
    return {job.stem: done[job.stem] for job in queue}


def _enter(root: Path) -> None:
    profile = root / ".dvc" / "tmp" / "ipython"  # not the person's own, whose start-up files could change outputs
    profile.mkdir(parents=True, exist_ok=True)
    os.environ.update({**ENVIRONMENT, "IPYTHONDIR": str(profile)})


def write_executed(executed: Mapping[str, str], root: Path) -> None:
    """Replace outputs/notebooks by the executed notebooks, all at once."""
    with store.replaced_folder(root / EXECUTED) as folder:
        for stem, text in executed.items():
            (folder / f"{stem}.ipynb").write_text(text, encoding="utf-8")


def refresh(root: Path, reports: Reports) -> list[str]:
    """Execute every template with its defaults and commit the outputs to `notebooks/`; names of those that changed."""
    executed = run_all([Job(name, name) for name in MODELS], root, reports)
    changed = []
    with store.batch() as files:
        for name, text in executed.items():
            path = root / NOTEBOOKS / f"{name}.ipynb"
            if path.read_text(encoding="utf-8") != text:
                files.add_text(path, text)
                changed.append(name)
    return changed
