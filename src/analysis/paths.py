"""Names of the project's folders, relative to its root; no side effects."""

from pathlib import Path

from analysis.names import file_name

RAW = Path("data/raw")
LOCK = Path("requirements.lock")
NOTES = RAW / "notes"
DOCUMENTS = RAW / "documents"
UPDATE = RAW / ".update"  # only while an update of the raw data replaces its files
PROCESSED = Path("data/processed")
NOTEBOOKS = Path("notebooks")
OUTPUTS = Path("outputs")
FIGURES = OUTPUTS / "figures"
TABLES = OUTPUTS / "tables"
EXECUTED = OUTPUTS / "notebooks"
SITE = OUTPUTS / "site"
SLICES = PROCESSED / "slices"
WEBMAP = PROCESSED / "webmap"
STAGE_VARIABLE = "DVC_STAGE"  # environment: DVC names the stage there to the command that it runs
FIGURES_VARIABLE = "ATLAS_FIGURES"  # environment: where a run wants the pictures that its notebook shows


def project_root(start: Path | None = None) -> Path:
    """Nearest folder at or above `start` (the working directory when None) that holds `dvc.yaml`.

    Notebooks run in their own folder under nbval and in the caller's under papermill: both find the root so.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "dvc.yaml").is_file():
            return folder
    return here


def slice_path(stem: str) -> Path:
    """Where the slice of a report is; PathError for a stem that is no file's name."""
    return SLICES / f"{file_name(stem, SLICES)}.zip"
