"""The dependencies of the stages in dvc.yaml: those on code and on published tables follow from what stands elsewhere.

Data, parameters and outputs are written by hand; `declared` refuses to read what is not written there. A stage that
names the whole of `${src}` depends on all code.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from analysis import imports, store
from analysis.errors import DependencyError, UnknownCodeError
from analysis.nearness import did_you_mean
from analysis.tables import tables_of
from analysis.tables.groups import PUBLISHED

WHERE = "dvc.yaml"
PACKAGE = Path("src/analysis")
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
    """Whether a dependency is a module, or a package of modules; a folder of other files, such as `locale`, is data."""
    inside = line.removeprefix("${src}/")
    return inside != line and (inside.endswith(".py") or (root / PACKAGE / inside / "__init__.py").is_file())


def _tables(command: str) -> set[str]:
    """Tables that a command takes all of: those that are published, or every one that is built."""
    built = [one.name for one in tables_of(*BUILT)]
    read = {"tables": PUBLISHED, "notebooks": built, "site": built}.get(command, ())
    return {f"${{processed}}/{name}.parquet" for name in read}


def _code(command: re.Match[str], root: Path) -> Iterator[str]:
    """Modules that a command runs; a package counts as a whole, but for that of the stages."""
    package = root / PACKAGE
    for path in imports.closure(package, _begins(command, package)):
        parts = path.relative_to(package).parts
        yield f"${{src}}/{parts[0] if parts[0] != 'stages' else '/'.join(parts)}"


def _begins(command: re.Match[str], package: Path) -> Iterable[str]:
    """The modules that the command line imports for a command; it is no dependency itself: it holds no logic."""
    if command["stage"]:
        return [f"{imports.PACKAGE}.stages.{command['stage']}"]
    for node in imports.tree(package / "cli.py").body:
        if isinstance(node, ast.FunctionDef) and any(_names(one, command["command"]) for one in node.decorator_list):
            return list(imports.imported(node))
    raise DependencyError(f"no command {command['command']}.", where=WHERE, repair="Correct the `cmd` of its stage.")


def _names(decorator: ast.expr, command: str) -> bool:
    return isinstance(decorator, ast.Call) and [ast.unparse(one) for one in decorator.args] == [repr(command)]
