"""A stage reads only what dvc.yaml declares: anything else in the project is refused, with the line to add.

So no result can become stale without DVC knowing. Code is left to `dependencies`, which finds it in the source.
"""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from analysis.errors import DependencyError
from analysis.io import params, pipeline, yaml_files

# Read by every stage to find the project; and what is no input: how many workers, how long, how much memory.
ALWAYS = (pipeline.WHERE, params.WHERE, params.LOCAL)
HOW = ("reports.workers", "reports.timeout_s", "reports.memory_mb")
CODE = (".py", ".pyc", ".so")


@dataclass(frozen=True, slots=True)
class Declared:
    """What dvc.yaml says of one stage: paths relative to `root`, and names of knobs."""

    root: str
    stage: str
    variables: Mapping[str, str]
    paths: tuple[str, ...]
    knobs: tuple[str, ...]

    @classmethod
    def of(cls, stage: str, root: Path) -> "Declared":
        """From the project's dvc.yaml; DependencyError for a stage that it does not have."""
        content = yaml_files.read_yaml(root / pipeline.WHERE)
        found = pipeline.parse(content).get(stage)
        if found is None:
            raise DependencyError(f"no stage {stage}.", where=pipeline.WHERE, repair="Run it with `dvc repro`.")
        variables = {name: value for one in content["vars"] for name, value in one.items()}
        knobs = tuple(content["stages"][stage].get("params", ()))
        return cls(str(root.resolve()), stage, variables, (*found.reads, *found.writes, *ALWAYS), knobs)

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Refuse to open for reading what is not declared; for `sys.addaudithook`."""
        if path := opened(event, arguments):
            self.require(path)
        elif event == params.READ:
            self.require_knob(arguments[0])

    def require(self, path: str | bytes) -> None:
        """DependencyError for a file of the project that the stage does not declare; one that is not there is none."""
        name = data_file(self.root, path)
        if name and not any(name.is_relative_to(one) for one in self.paths) and Path(self.root, name).is_file():
            self._refuse(str(name), "deps", self._written(name))

    def require_knob(self, name: str) -> None:
        """DependencyError for a knob of params.yaml that the stage does not declare."""
        if name not in (*self.knobs, *HOW):
            self._refuse(f"{name} of {params.WHERE}", "params", name)

    def _written(self, name: PurePosixPath) -> str:
        """A path as dvc.yaml writes it."""
        inside = [(value, key) for key, value in self.variables.items() if name.is_relative_to(value)]
        if not inside:
            return str(name)
        value, key = max(inside, key=lambda one: len(one[0]))
        return str(PurePosixPath(f"${{{key}}}") / name.relative_to(value))

    def _refuse(self, what: str, part: str, line: str) -> None:
        repair = f"Add the line `- {line}` to the {part} of {self.stage}, then run `make`."
        raise DependencyError(
            f"stage {self.stage} reads {what}, which is none of its {part}.", where=pipeline.WHERE, repair=repair
        )


def data_file(root: str, path: str | bytes) -> PurePosixPath | None:
    """A file as the project in `root` names it; None for one that is elsewhere, hidden, or code."""
    whole = os.path.abspath(os.fsdecode(path))  # noqa: PTH100 - resolve() would follow links into DVC's cache
    if not whole.startswith(root + os.sep):
        return None
    name = PurePosixPath(Path(whole).relative_to(root))
    hidden = any(part.startswith(".") or part.endswith(".egg-info") for part in name.parts)
    return None if hidden or name.suffix in CODE else name


def opened(event: str, arguments: tuple[Any, ...]) -> str | bytes | None:
    """The file that an event of `sys.audit` opens for reading, if it does."""
    if event != "open":
        return None
    path, mode, flags = arguments
    return os.fspath(path) if isinstance(path, str | os.PathLike) and _reads(mode, flags) else None


def _reads(mode: str | None, flags: int) -> bool:
    return ("r" in mode and "+" not in mode) if mode else flags & os.O_ACCMODE == os.O_RDONLY


def hold(stage: str, root: Path) -> None:
    """Hold this process, and those forked from it, to what a stage declares, until it ends."""
    sys.addaudithook(Declared.of(stage, root).hear)
