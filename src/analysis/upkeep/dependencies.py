"""What the stages of dvc.yaml read and write, as far as it follows from the code and from the tables declared.

Code, the tables that a stage builds, and what derived tables are made from are written here. Other data and parameters
are written by hand; `declared` refuses to read what is not written there. A stage that names the whole of `${src}`
depends on all code.
"""

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from analysis import programme
from analysis.charts.catalogue import figure_named
from analysis.charts.register import tables_read
from analysis.errors import DependencyError
from analysis.io import imports, store
from analysis.io.paths import NOTEBOOKS
from analysis.reports.notebooks import parameters
from analysis.reports.notebooks.pool import PRELOADED
from analysis.reports.notebooks.templates import is_from_outside
from analysis.tables import BUILT, published_names, tables_of
from analysis.tables.register import DERIVED, absent_names, inputs, module_of
from analysis.upkeep.generated import SHOWN
from analysis.upkeep.stages import derived

WHERE = "dvc.yaml"
PACKAGE = Path("src/analysis")
STAGES = "analysis.upkeep.stages"
ABOUT = "${src}/programme.py"  # reads, when it is imported,
PROGRAMME = f"${{raw}}/{programme.WHERE.name}"
REWRITE = "Run `analysis dependencies`, which rewrites it."
COMMAND = re.compile(r"python -m analysis (?P<command>[\w-]+)(?: (?P<stage>\w+))?$")
DEPS = re.compile(r"^    deps:\n(?P<lines>(?:      - .*\n)+)", re.MULTILINE)
OUTS = re.compile(r"^    outs:\n(?P<lines>(?:      - .*\n)+)", re.MULTILINE)
TABLE = re.compile(r"\$\{processed\}/(?P<name>\w+)\.parquet")
STAGE = re.compile(r"^  (?P<name>\w+):\n(?:    .*\n|\n)+", re.MULTILINE)


def rewritten(root: Path) -> str:
    """dvc.yaml as it should be."""
    text = store.read_text(root / WHERE)
    entries = yaml.load(text, yaml.CSafeLoader)["stages"]
    return STAGE.sub(lambda found: _stage(found[0], entries[found["name"]], root), text)


def bring_up_to_date(root: Path, say: Callable[[str], object]) -> None:
    """Rewrite dvc.yaml where it is not what it should be, and say what each stage gains."""
    before, after = store.read_text(root / WHERE), rewritten(root)
    if before == after:
        return
    old, new = _entries(before), _entries(after)
    gains = {name: sorted(new[name] - old[name]) for name in new if new[name] - old[name]}
    with store.batch() as files:
        files.add_text(root / WHERE, after)
    told = "; ".join(f"stage {name} gains {', '.join(lines)}" for name, lines in gains.items())
    say(f"{WHERE} was rewritten, as the code asks: {told or 'its stages read less'}.")


def _entries(text: str) -> dict[str, set[str]]:
    """What each stage reads and writes."""
    stages = yaml.load(text, yaml.CSafeLoader)["stages"]
    return {name: {*one.get("deps", ()), *map(_path, one.get("outs", ()))} for name, one in stages.items()}


def _path(out: str | Mapping[str, Any]) -> str:
    return out if isinstance(out, str) else next(iter(out))


def _stage(text: str, entry: Mapping[str, Any], root: Path) -> str:
    found = COMMAND.match(str(entry["cmd"]))
    if not found:
        return text
    made = [one.name for one in tables_of(*BUILT) if one.stage == found["stage"]]
    absent = _parquet(absent_names())
    kept = {line for line in entry["deps"] if not (_is_written_here(line, made, root) or line in absent)}
    read = {*_tables(found["command"]), *_inputs(made)}
    code = set() if "${src}" in kept else set(_code(found, [*made, *_named(kept | read)], root))
    about = {PROGRAMME} if ABOUT in code else set()
    text = DEPS.sub(lambda _: f"    deps:\n{_lines(kept | read | code | about)}", text)
    if not made:
        return text
    others = [line for line in map(_path, entry["outs"]) if not TABLE.fullmatch(line)]
    outs = _lines(f"{line}: {{persist: true}}" for line in (*_parquet(made), *others))
    return OUTS.sub(lambda _: f"    outs:\n{outs}", text)


def _lines(entries: Iterable[str]) -> str:
    return "".join(f"      - {one}\n" for one in sorted(entries))


def _parquet(names: Iterable[str]) -> set[str]:
    return {f"${{processed}}/{name}.parquet" for name in names}


def _named(lines: Iterable[str]) -> Iterator[str]:
    """The tables among the dependencies."""
    return (found["name"] for line in lines if (found := TABLE.fullmatch(line)))


def _inputs(made: Iterable[str]) -> set[str]:
    """Files that the builders of derived tables read, without what they build themselves."""
    taken = {name for one in made if one.startswith(DERIVED) for name in inputs(one)}
    return {line for name in taken.difference(made) for line in derived.files(name)}


def _is_written_here(line: str, made: Iterable[str], root: Path) -> bool:
    """Whether a dependency follows from the code; of a stage that builds derived tables, all of the data does."""
    builds = any(name.startswith(DERIVED) for name in made)
    return line == PROGRAMME or _is_code(line, root) or (builds and line.startswith(("${processed}/", "${raw}/")))


def _is_code(line: str, root: Path) -> bool:
    """Whether a dependency is, or was, a module or a package; a folder of other files, such as `locale`, is data."""
    path = root / PACKAGE / line.removeprefix("${src}/")
    return line.startswith("${src}/") and (
        path.suffix == ".py" or (path / "__init__.py").is_file() or not path.exists()
    )


def _tables(command: str) -> set[str]:
    """Tables that a command takes: those that are published, those of the pictures of the README, every built one."""
    built = [one.name for one in tables_of(*BUILT)]
    if command == "gallery":
        return _parquet(name for one in SHOWN for name in tables_read(figure_named(one)[0].draw) if name in built)
    return _parquet({"tables": published_names(), "notebooks": built, "site": built}.get(command, ()))


def _code(command: re.Match[str], tables: Iterable[str], root: Path) -> Iterator[str]:
    """Modules that a command runs, those of `tables` with it; a folder stands for its modules when it runs them all."""
    package = root / PACKAGE
    declared = [module_of(name) for name in tables if name.startswith(DERIVED)]
    run = imports.closure(package, [*_begins(command, root), *declared])
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
    for node in (node for path in sorted((root / PACKAGE / "cli").glob("*.py")) for node in imports.tree(path).body):
        if isinstance(node, ast.FunctionDef) and any(_names(one, command["command"]) for one in node.decorator_list):
            executed = _executed(root) if command["command"] == NOTEBOOKS.name else ()
            return [*imports.imported(node), *executed]
    raise DependencyError(f"no command {command['command']}.", where=WHERE, repair="Correct the `cmd` of its stage.")


def _executed(root: Path) -> Iterator[str]:
    """What the notebooks that a run executes import, and what their processes start from."""
    yield from PRELOADED
    for name in (name for name, model in parameters.read(root).items() if not is_from_outside(model)):
        path = root / NOTEBOOKS / f"{name}.ipynb"
        try:
            yield from imports.notebook_imports(path)
        except SyntaxError as error:
            what = f"a cell is no Python, so nobody can say what it imports ({error.msg})."
            raise DependencyError(what, where=NOTEBOOKS / path.name, repair="Write it in Python.") from error


def _names(decorator: ast.expr, command: str) -> bool:
    return isinstance(decorator, ast.Call) and [ast.unparse(one) for one in decorator.args] == [repr(command)]
