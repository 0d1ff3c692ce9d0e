"""What nbval leaves out, for every run with `--nbval`: pictures are compared, and every code cell has been run.

No cell may show a warning or a path of the machine, not even one that is committed.

nbval ignores PNG outputs, passes cells that were never executed, and does not honour a trailing semicolon.
"""

import base64
import io
from collections.abc import Iterator

import numpy as np
import pytest
from nbval import kernel, plugin
from PIL import Image

from analysis.io.paths import project_root
from analysis.reports.notebooks.fit import unfit

PICTURE = "image/png"
LEVELS = 48  # of 255: less is anti-aliasing or another version of the font rasteriser
SHARE = 0.001  # of the pixels: more is something that a reader sees


def same_picture(one: str, other: str) -> bool:
    """Whether two base64 PNGs have one size and differ visibly in less than a thousandth of their pixels."""
    first, second = (_pixels(text) for text in (one, other))
    if first.shape != second.shape:
        return False
    changed = np.abs(first.astype(int) - second.astype(int)).max(axis=2) > LEVELS
    return bool(changed.mean() < SHARE)


def _pixels(text: str) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(text))).convert("RGB"))


def _pictures(outputs: list[dict]) -> Iterator[dict]:
    return (output["data"] for output in outputs if PICTURE in output.get("data", {}))


class _StrictFile:
    """Patches to nbval's classes, applied while a session collects."""

    original_init = plugin.IPyNbFile.__init__
    original_compare = plugin.IPyNbCell.compare_outputs
    original_run = plugin.IPyNbCell.runtest

    @staticmethod
    def init(self, *args, **kwargs):
        _StrictFile.original_init(self, *args, **kwargs)
        self.skip_compare = tuple(one for one in self.skip_compare if one not in (PICTURE, "image/jpeg"))

    @staticmethod
    def compare(self, test, ref, skip_compare=None):
        if found := unfit(test, project_root()):
            self.raise_cell_error(f"the cell shows {found}")
        for new, old in zip(_pictures(test), _pictures(ref), strict=False):
            if same_picture(new[PICTURE], old[PICTURE]):
                new[PICTURE] = old[PICTURE]
        return _StrictFile.original_compare(self, test, ref, skip_compare)

    @staticmethod
    def run(self):
        if self.options["check"] and self.cell.execution_count is None and self.cell.source.strip():
            self.raise_cell_error("the committed notebook has a cell that was never run: run `make refresh`")
        return _StrictFile.original_run(self)


def _execute(self, cell_input, allow_stdin=None):
    return self.kc.execute(cell_input, allow_stdin=allow_stdin, stop_on_error=False)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Make nbval strict for this session."""
    plugin.IPyNbFile.__init__ = _StrictFile.init
    plugin.IPyNbCell.compare_outputs = _StrictFile.compare
    plugin.IPyNbCell.runtest = _StrictFile.run
    kernel.RunningKernel.execute_cell_input = _execute
    # Notebooks call the package; its lines are counted by its own tests, not again in every kernel.
    plugin.setup_coverage = plugin.teardown_coverage = lambda *_: None
