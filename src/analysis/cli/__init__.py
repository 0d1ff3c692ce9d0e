"""Command line: one subcommand a stage of the pipeline, and the tools around it; no logic of its own.

Each command imports what it needs when it runs: `--help` answers at once.
"""

import os
import traceback
from pathlib import Path

# Each adds its commands to `app` when it is imported, in the order of `--help`.
from analysis.cli import (  # noqa: F401
    build_commands,
    notebook_commands,
    place_commands,
    reading_commands,
    text_commands,
    update_commands,
    upkeep_commands,
)
from analysis.cli.program import app, stderr
from analysis.errors import AtlasError
from analysis.io.paths import STAGE_VARIABLE, project_root

TRACEBACK_VARIABLE = "ATLAS_TRACEBACK"  # environment: show where an error comes from, for who mends the program


def main() -> None:
    """Run the command line; an error is shown as one message, and exits with 1."""
    try:
        if stage := os.environ.get(STAGE_VARIABLE):
            from analysis.io import declared
            from analysis.upkeep import building, unchanged

            building.end_with_parent()
            declared.hold(stage, project_root())
        app()
    except SystemExit as end:
        if stage and not end.code:
            unchanged.note_left(project_root(), stage)
        raise
    except Exception as error:
        if TRACEBACK_VARIABLE in os.environ:
            raise
        told = str(error) if isinstance(error, AtlasError) else unforeseen(error)
        told = told.replace(f"{project_root()}{os.sep}", "")  # files are named as a person in the project would
        stderr.print(f"{type(error).__name__}: {told}", markup=False)
        if stage:
            building.note_told(project_root(), stage)
        raise SystemExit(1) from None


def unforeseen(error: Exception) -> str:
    """What can be said of an error that nobody foresaw: its text, where it arose, and how to see the way there."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [one for one in frames if f"{os.sep}analysis{os.sep}" in one.filename] or frames
    place = f" ({Path(own[-1].filename).name}, line {own[-1].lineno})" if own else ""
    text = str(error).splitlines()[0] if str(error) else "no text"
    return f"{text}{place}. A fault of the program: set {TRACEBACK_VARIABLE}=1 to see the way there, and report it."
