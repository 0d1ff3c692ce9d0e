"""A project whose raw data may be changed, and the list in force to change it with."""

from collections.abc import Callable
from pathlib import Path

import pytest
from updating import DATED, Rows, rows_of

from analysis.upkeep.updates import producer_list
from analysis.upkeep.updates.new_edition import Asked


@pytest.fixture
def listed(raw) -> Callable[..., Rows]:
    """Rows of the list in force, of one phase or of both, to change at will."""
    return lambda phase=None: rows_of(raw, phase)


@pytest.fixture
def work_out(project: Path, tmp_path: Path) -> Callable[..., producer_list.Update]:
    """Work a list out against the copy of the project."""

    def run(content: bytes, phase: int | None = None, **more: object) -> producer_list.Update:
        file = tmp_path / "liste.csv"
        file.write_bytes(content)
        return producer_list.work_out(
            project, producer_list.Request(file, phase, **{"given": DATED, "edition": Asked(correct=True), **more})
        )

    return run
