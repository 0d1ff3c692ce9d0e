"""A project whose raw data may be changed, and the list in force to change it with."""

from collections.abc import Callable
from pathlib import Path

import pytest
from updating import DATED, Rows, rows_of

from analysis.upkeep.updates import members


@pytest.fixture
def listed(raw) -> Callable[..., Rows]:
    """Rows of the list in force, of one phase or of both, to change at will."""
    return lambda phase=None: rows_of(raw, phase)


@pytest.fixture
def work_out(project: Path, tmp_path: Path) -> Callable[..., members.Update]:
    """Work a list out against the copy of the project."""

    def run(content: bytes, phase: int | None = None, **more: object) -> members.Update:
        file = tmp_path / "liste.csv"
        file.write_bytes(content)
        return members.work_out(project, members.Request(file, phase, **{"given": DATED, **more}))

    return run
