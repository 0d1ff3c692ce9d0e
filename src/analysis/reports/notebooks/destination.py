"""Where a report of one's own may be written: a notebook's file, never over what is something else."""

from pathlib import Path

from analysis.errors import PathError
from analysis.io.paths import NOTEBOOKS, OUTPUTS

ENDING = ".ipynb"
READ_OTHERWISE = {".html": "html", ".htm": "html", ".md": "markdown", ".py": "script", ".rst": "rst"}  # of nbconvert
TAKEN = {NOTEBOOKS: "the templates stand there", OUTPUTS: "`make` replaces what is there"}


def require(output: Path, root: Path) -> None:
    """PathError unless `output` is, or may become, a notebook's file that belongs to whoever asks for it."""
    if output.is_dir():
        repair = f"Name the file too: -o {output / f'report{ENDING}'}"
        raise PathError("a folder, not a file.", where=output, repair=repair)
    if output.suffix != ENDING:
        raise PathError("a report is written as a notebook.", where=output, repair=_other_format(output))
    for folder, reason in TAKEN.items():
        if output.resolve().is_relative_to((root / folder).resolve()):
            raise PathError(f"{reason}.", where=output, repair=f"Choose a place outside {folder}/.")
    if not output.parent.is_dir():
        raise PathError("its folder does not exist.", where=output, repair=f"Make it: mkdir -p {output.parent}")
    if output.exists() and b'"cells"' not in output.read_bytes():
        what = "the file exists and is no notebook: it is not replaced."
        raise PathError(what, where=output, repair="Choose another name, or remove it.")


def _other_format(output: Path) -> str:
    """How to get what the ending asks for."""
    notebook = output.with_suffix(ENDING)
    repair = f"Write -o {notebook}"
    if output.suffix in READ_OTHERWISE:
        return f"{repair}, then: jupyter nbconvert --to {READ_OTHERWISE[output.suffix]} {notebook}"
    if output.suffix == ".pdf":
        return f"{repair}, then: jupyter nbconvert --to html {notebook}, and print that page as PDF"
    return f"{repair}."
