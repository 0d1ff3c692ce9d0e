"""The dependencies of the stages in dvc.yaml: those on code and on published tables follow from what stands elsewhere.

Data, parameters and outputs are written by hand; `declared` refuses to read what is not written there. A stage that
names the whole of `${src}` depends on all code.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from analysis.errors import DependencyError, UnknownCodeError
from analysis.io import imports, store
from analysis.io.nearness import did_you_mean
from analysis.io.paths import NOTEBOOKS
from analysis.reports.notebooks.pool import PRELOADED
from analysis.tables import tables_of
from analysis.tables.groups import PUBLISHED

WHERE = "dvc.yaml"
PACKAGE = Path("src/analysis")
STAGES = "analysis.upkeep.stages"
REWRITE = "Run `analysis dependencies`, which rewrites them, then `make`."
BUILT = ("core_", "out_")
COMMAND = re.compile(r"python -m analysis (?P<command>[\w-]+)(?: (?P<stage>\w+))?$")
DEPS = re.compile(r"^    deps:\n(?P<lines>(?:      - .*\n)+)", re.MULTILINE)
STAGE = re.compile(r"^  (?P<name>\w+):\n(?:    .*\n|\n)+", re.MULTILINE)


def rewritten(root: Path) -> str:
    """dvc.yaml as it should be."""
    text = store.read_text(root / WHERE)
    entries = yaml.load(text, yaml.CSafeLoader)["stages"]
    return STAGE.sub(lambda found: _stage(found[0], entries[found["name"]], root), text)


def require_stages(root: Path, names: Iterable[str]) -> None:
    """UnknownCodeError for the first name that is no stage's, with the nearest one."""
    known = _deps(store.read_text(root / WHERE))
    for name in names:
        if name not in known:
            what = f"no stage is named {name!r:.60}.{did_you_mean(name, known)}"
            raise UnknownCodeError(what, where=WHERE, repair=f"The stages: {', '.join(known)}.")


def require_complete(root: Path) -> None:
    """DependencyError that names the stages and what they lack, when one lacks a dependency."""
    before, after = (_deps(text) for text in (store.read_text(root / WHERE), rewritten(root)))
    missing = {name: sorted(after[name] - before[name]) for name in after if after[name] - before[name]}
    if missing:
        lacks = "; ".join(f"stage {name} lacks {', '.join(paths)}" for name, paths in missing.items())
        raise DependencyError(f"{lacks}.", where=WHERE, repair=REWRITE)


def _deps(text: str) -> dict[str, set[str]]:
    return {name: set(one.get("deps", ())) for name, one in yaml.load(text, yaml.CSafeLoader)["stages"].items()}


def _stage(text: str, entry: Mapping[str, Any], root: Path) -> str:
    found = COMMAND.match(str(entry["cmd"]))
    if not found:
        return text
    kept = {line for line in entry["deps"] if not _is_code(line, root)}
    wanted = sorted(kept | _tables(found["command"]) | (set() if "${src}" in kept else set(_code(found, root))))
    lines = "".join(f"      - {line}\n" for line in wanted)
    return DEPS.sub(lambda _: f"    deps:\n{lines}", text)


def _is_code(line: str, root: Path) -> bool:
    """Whether a dependency is, or was, a module or a package; a folder of other files, such as `locale`, is data."""
    inside = line.removeprefix("${src}/")
    place = root / PACKAGE / inside
    return inside != line and (inside.endswith(".py") or (place / "__init__.py").is_file() or not place.exists())


def _tables(command: str) -> set[str]:
    """Tables that a command takes all of: those that are published, or every one that is built."""
    built = [one.name for one in tables_of(*BUILT)]
    read = {"tables": PUBLISHED, "notebooks": built, "site": built}.get(command, ())
    return {f"${{processed}}/{name}.parquet" for name in read}


def _code(command: re.Match[str], root: Path) -> Iterator[str]:
    """Modules that a command runs; a folder of modules stands for them when it runs them all."""
    package = root / PACKAGE
    run = imports.closure(package, _begins(command, root))
    for path in run:
        whole = [folder for folder in path.parents if package in folder.parents and _modules(folder) <= run]
        yield f"${{src}}/{(whole[-1] if whole else path).relative_to(package).as_posix()}"


@cache
def _modules(folder: Path) -> set[Path]:
    """The files of a folder, so that one with other than modules, such as catalogues, never stands for its modules."""
    return {path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts}


def _begins(command: re.Match[str], root: Path) -> Iterable[str]:
    """The modules that the command line imports for a command; it is no dependency itself: it holds no logic."""
    if command["stage"]:
        return [f"{STAGES}.{command['stage']}"]
    for node in imports.tree(root / PACKAGE / "cli.py").body:
        if isinstance(node, ast.FunctionDef) and any(_names(one, command["command"]) for one in node.decorator_list):
            executed = _executed(root) if command["command"] == NOTEBOOKS.name else ()
            return [*imports.imported(node), *executed]
    raise DependencyError(f"no command {command['command']}.", where=WHERE, repair="Correct the `cmd` of its stage.")


def _executed(root: Path) -> Iterator[str]:
    """What the notebooks import, and what their processes start from."""
    yield from PRELOADED
    for path in sorted((root / NOTEBOOKS).glob("*.ipynb")):
        try:
            yield from imports.notebook_imports(path)
        except SyntaxError as error:
            what = f"a cell is no Python, so nobody can say what it imports ({error.msg})."
            raise DependencyError(what, where=NOTEBOOKS / path.name, repair="Write it in Python.") from error


def _names(decorator: ast.expr, command: str) -> bool:
    return isinstance(decorator, ast.Call) and [ast.unparse(one) for one in decorator.args] == [repr(command)]
