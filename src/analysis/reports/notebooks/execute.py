"""One notebook through papermill: parameters injected, cells run, the result normalised; errors name the cell."""

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat

from analysis.errors import NotebookError
from analysis.i18n.language import FRENCH, marked_html, speaking
from analysis.i18n.passages import translated
from analysis.io.paths import NOTEBOOKS
from analysis.io.surroundings import own_folders
from analysis.reports.notebooks.fit import require_fit
from analysis.reports.notebooks.normal import normalise, serialise
from analysis.reports.notebooks.parameter_literals import require_literals
from analysis.reports.notebooks.templates import Job

# Everything outside a notebook that could change its bytes; also set by the Makefile for DVC and pytest.
ENVIRONMENT: Mapping[str, str] = {
    "ATLAS_LANGUAGE": FRENCH,
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
WARM, KERNEL = "warm", "kernel"
ENGINES = (WARM, KERNEL)
ANSI, MARKED = re.compile(r"\x1b\[[0-9;]*m"), re.compile(r"^-+> *\d+ (.+)$", re.MULTILINE)
PARAMETERS_TAG = "parameters"
HOLDING_HTML = ("text/html", "text/markdown")
DENIED, WRITING = "ermission denied", "A notebook may write only to its own outputs folder."
OPEN = "Open the notebook with `make lab`."


def run(
    job: Job, root: Path, timeout_s: int, engine: str = KERNEL, on_cell: Callable[[int], None] = lambda index: None
) -> str:
    """Text of the executed, normalised notebook; NotebookError shows the failing cell and the parameters.

    With the engine "kernel" cells run in a Jupyter kernel, each at most `timeout_s`; with "warm" in this process,
    which must have been forked for it. `on_cell` is told the position of each cell before it runs.
    """
    import papermill  # noqa: PLC0415 - heavy, and needed in the worker processes only

    template = root / NOTEBOOKS / f"{job.template}.ipynb"
    shown = template.relative_to(root)
    _require_template(job, template, shown)
    require_literals(job.parameters, str(shown))
    try:
        executed = papermill.execute_notebook(
            str(template),
            None,
            parameters=dict(job.parameters),
            cwd=str(root),
            engine_name=_register(engine, on_cell),
            kernel_name="python3",
            progress_bar=False,
            request_save_on_cell_execute=False,
            record_timing=False,
            coalesce_streams=True,
            execution_timeout=timeout_s,
            extra_arguments=["--IPKernelApp.log_level=50"],
        )
    except papermill.PapermillExecutionError as error:
        said = f": {error.evalue}" if error.evalue.strip() else ", without a text"
        what = f"cell {error.exec_count} failed ({job.shown}): {error.ename}{said}{_line_of(error)}"
        hint = f"{WRITING}\n" if DENIED in error.evalue else ""
        raise NotebookError(what, where=shown, repair=f"{hint}The cell:\n{error.source}\n{OPEN}") from error
    except (TimeoutError, ValueError, RuntimeError) as error:
        raise NotebookError(f"stopped ({job.shown}): {error}", where=shown, repair=OPEN) from error
    require_fit(executed, root, shown, job.shown)
    return serialise(normalise(_told(executed, job.language)))


def _line_of(error: Any) -> str:
    """The line of the cell that failed, as the traceback marks it; empty where it marks none."""
    plain = ANSI.sub("", "\n".join(error.traceback))
    marked = [one for one in MARKED.findall(plain) if one.strip() in error.source]
    return f" (in `{marked[0].strip()}`)" if marked else ""


def _told(notebook: nbformat.NotebookNode, name: str) -> nbformat.NotebookNode:
    """The notebook with its prose in a language, as its outputs are; words left in French are said to be so."""
    with speaking(name):
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                cell["source"] = marked_html(translated(cell["source"]))
            for data in (one.get("data", {}) for one in cell.get("outputs", ())):
                data.update({kind: marked_html(data[kind]) for kind in HOLDING_HTML if isinstance(data.get(kind), str)})
    return notebook


def _require_template(job: Job, template: Path, shown: Path) -> None:
    """Raise NotebookError for an absent template, or one that would leave the parameters aside."""
    if not template.is_file():
        raise NotebookError("the notebook is missing.", where=shown, repair="Restore it.")
    try:
        cells = json.loads(template.read_text(encoding="utf-8"))["cells"]
        tags = [tag for cell in cells for tag in cell["metadata"].get("tags", [])]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotebookError(f"stopped: not a notebook ({error}).", where=shown, repair=f"Restore it. {OPEN}") from error
    if job.parameters and PARAMETERS_TAG not in tags:
        what = f"no cell is tagged {PARAMETERS_TAG!r}, so {job.shown} would be overwritten or ignored."
        raise NotebookError(what, where=shown, repair="Tag the cell that holds the defaults (`make lab`).")


def _register(engine: str, on_cell: Callable[[int], None]) -> str:
    """Register papermill's engine of that name, made to tell which cell begins; the name it got."""
    from papermill.engines import NBClientEngine, papermill_engines  # noqa: PLC0415

    if engine == WARM:
        from analysis.reports.notebooks.warm import WarmEngine  # noqa: PLC0415

    base: Any = WarmEngine if engine == WARM else NBClientEngine

    class Telling(base):  # type: ignore[misc]
        """The engine, telling which cell begins."""

        @classmethod
        def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **settings: Any) -> Any:
            """Run the notebook."""
            start = nb_man.cell_start

            def tell(cell: Any, index: int, **more: Any) -> None:
                on_cell(index)
                start(cell, index, **more)

            nb_man.cell_start = tell
            return super().execute_managed_notebook(nb_man, kernel_name, **settings)

    name = f"atlas-{engine}"
    papermill_engines.register(name, Telling)
    return name


@contextmanager
def pinned_environment(folder: Path) -> Iterator[None]:
    """The environment that notebooks run in, until the block ends; settings and caches of other programs in `folder`.

    A person's start-up files could change outputs, and a home that cannot be written to makes programs warn in them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    before = dict(os.environ)
    os.environ.update({**ENVIRONMENT, **own_folders(folder)})
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
