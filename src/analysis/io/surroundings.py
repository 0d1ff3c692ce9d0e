"""Where other programs keep their settings and caches: with the project, whatever a person's home is or forbids."""

import logging
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from analysis.io.paths import OWN, is_project, project_root

MATPLOTLIB = "MPLCONFIGDIR"
PLACES: Mapping[str, str] = {
    "IPYTHONDIR": "ipython",
    "JUPYTER_CONFIG_DIR": "jupyter/config",
    "JUPYTER_DATA_DIR": "jupyter",
    "JUPYTER_RUNTIME_DIR": "jupyter/runtime",
    MATPLOTLIB: "matplotlib",
}
ANNOUNCED = "building the font cache"  # Matplotlib says so where that takes long: no warning, yet in a cell's output


def own_folders(folder: Path) -> dict[str, str]:
    """Environment variables that keep all of them below `folder`; the Makefile exports the same below .dvc/tmp."""
    return {name: str(folder / place) for name, place in PLACES.items()}


def house_matplotlib() -> None:
    """Give Matplotlib a folder that it can write to before it is imported, in any process that works for the project.

    Otherwise it warns, with paths of the machine, in the output of the cell that imports it: papermill, nbval and
    JupyterLab start kernels that no Makefile has prepared. A folder of one's own that can be written to stays.
    """
    logging.getLogger("matplotlib.font_manager").addFilter(lambda record: ANNOUNCED not in record.getMessage())
    root = project_root()
    if not is_project(root):
        return
    given = os.environ.get(MATPLOTLIB)
    for folder in (given, own_folders(root / OWN)[MATPLOTLIB]):
        if folder and _writable(Path(folder)):
            os.environ[MATPLOTLIB] = folder
            return
    os.environ[MATPLOTLIB] = tempfile.gettempdir()


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError):
        return False
    return os.access(folder, os.W_OK | os.X_OK)
