"""Names of the project's folders, relative to its root; no side effects."""

import os
import shlex
from pathlib import Path

from analysis.errors import ProjectError
from analysis.io.file_names import file_name

RAW = Path("data/raw")
LOCK = Path("requirements.lock")
NOTES = RAW / "notes"
EDITIONS = RAW / "editions"  # the official lists as they stood before those in force
LAYERS = RAW / "layers"  # context layers: a CSV and a YAML each
UPDATE = RAW / ".update"  # only while an update of the raw data replaces its files
PROCESSED = Path("data/processed")
NOTEBOOKS = Path("notebooks")
OUTPUTS = Path("outputs")
FIGURES = OUTPUTS / "figures"
TABLES = OUTPUTS / "tables"
EXECUTED = OUTPUTS / "notebooks"
SITE = OUTPUTS / "site"
READINGS = OUTPUTS / "readings"  # what was read in documents of others: never in the site, no output of a stage
SLICES = PROCESSED / "slices"
WEBMAP = PROCESSED / "webmap"
OWN = Path(".dvc/tmp")  # what a run needs beside its outputs; nothing of it is kept
PIPELINE = Path("dvc.yaml")
CALLS_US = b"python -m analysis"  # in the stages of the project's dvc.yaml, and of no other's
STAGE_VARIABLE = "DVC_STAGE"  # environment: DVC names the stage there to the command that it runs
FIGURES_VARIABLE = "ATLAS_FIGURES"  # environment: where a run wants the pictures that its notebook shows


def is_project(folder: Path) -> bool:
    """Whether a folder is the atlas: it holds a `dvc.yaml` whose stages call this package."""
    try:
        return CALLS_US in (folder / PIPELINE).read_bytes()
    except OSError:
        return False


def project_root(start: Path | None = None) -> Path:
    """Nearest folder at or above `start` (the working directory when None) that is the project; `start` if none is.

    Notebooks run in their own folder under nbval and in the caller's under papermill: both find the root so.
    """
    here = start.resolve() if start else _working_directory()
    return next((folder for folder in (here, *here.parents) if is_project(folder)), here)


def _working_directory() -> Path:
    """The working directory; where it has been removed meanwhile, one that is no project."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        return Path(os.sep)


def require_project(root: Path | None = None) -> Path:
    """`root`, or the project that the working directory is in; ProjectError where that is none."""
    root = root or project_root()
    if is_project(root):
        return root
    home = project_root(Path(__file__).parent)  # where the package is installed from, in the environment of `make`
    repair = (
        f"Run `cd {shlex.quote(str(home))}`, then" if is_project(home) else "Go to the folder of the atlas, then run"
    )
    what = f"this is not the atlas' folder, nor inside it: no {PIPELINE} here or above calls `analysis`."
    raise ProjectError(what, where=root, repair=f"{repair} the command again.")


def slice_path(stem: str) -> Path:
    """Where the slice of a report is; PathError for a stem that is no file's name."""
    return SLICES / f"{file_name(stem, SLICES)}.zip"
