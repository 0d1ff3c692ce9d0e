"""An invented project whose notebooks do what a test asks, and the pool's results by stem."""

from pathlib import Path

import nbformat
import pytest

from analysis.reports.notebooks import Job, execute, normalise, pool, serialise
from analysis.reports.notebooks.child import NOTEBOOK, Task

LIMITS = pool.Limits(workers=2, timeout_s=60, memory_mb=2000)


def inventor(folder: Path):
    """Writes <folder>/notebooks/<name>.ipynb with these code cells; a cell is a source or (source, tag)."""

    def write(name: str, *cells) -> Path:
        (folder / "notebooks").mkdir(exist_ok=True)
        made = []
        for rank, cell in enumerate(cells):
            source, *tags = (cell,) if isinstance(cell, str) else cell
            made.append(nbformat.v4.new_code_cell(source, id=f"cell-{rank}", metadata={"tags": tags} if tags else {}))
        path = folder / "notebooks" / f"{name}.ipynb"
        path.write_text(serialise(normalise(nbformat.v4.new_notebook(cells=made))))
        return path

    return write


@pytest.fixture(scope="session")
def invented():
    """What writes the notebooks of an invented project in a folder."""
    return inventor


@pytest.fixture
def invent(tmp_path):
    """Write notebooks of the invented project."""
    return inventor(tmp_path)


@pytest.fixture
def carry_out(tmp_path):
    """Run notebooks of the invented project in the pool: by stem, the text or the error of each."""

    def run(*jobs, engine="warm", limits=LIMITS):
        jobs = [Job(one, one) if isinstance(one, str) else one for one in jobs]
        tasks = [Task(one, tmp_path, tmp_path / "staging" / one.stem, engine, limits.timeout_s) for one in jobs]
        with execute.pinned_environment(tmp_path / "ipython"):
            results = list(pool.run_tasks(tasks, limits))
        return {
            one.task.job.stem: one.error or (one.task.folder / NOTEBOOK).read_text(encoding="utf-8") for one in results
        }

    return run
