"""What a module of the package imports, directly and through others, read in the source without running it."""

import ast
import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from importlib.util import resolve_name
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

PACKAGE = "analysis"
TABLE = re.compile(r"out_(\w+)")  # a derived table, declared in the module of `indicators` that bears its name
EVERY = "*"  # in place of a module's name: all that stand in a package
PUBLIC = "PUBLIC"  # in `analysis/__init__.py`: the names that it imports when they are asked for, and from where


def closure(package: Path, modules: Iterable[str]) -> set[Path]:
    """Files below `package` (the folder of the package) that run when `modules` do, imports within functions too.

    A module also runs the `__init__.py` of each package that it stands in, and the module of each derived table that
    it names: see `tables.register`.
    """
    found: set[Path] = set()
    public, waiting = _public(package), list(modules)
    while waiting:
        name = waiting.pop()
        name = public.get(name, name)
        parts = name.split(".")
        if parts[-1] == EVERY:
            waiting += (".".join((*parts[:-1], one.stem)) for one in package.joinpath(*parts[1:-1]).glob("*.py"))
        for end in range(1, len(parts) + 1):
            path = _file(package, parts[1:end])
            if path and path not in found:
                found.add(path)
                waiting += _reached(path.read_bytes(), _package_of(package, path))
    return found


@cache
def _reached(source: bytes, within: str) -> tuple[str, ...]:
    """The same module is reached from many places, and parsed once."""
    return tuple(reached(ast.parse(source), within))


def reached(code: ast.AST, within: str = PACKAGE) -> Iterator[str]:
    """What code imports, and the modules of the derived tables that it names in a text or as a parameter."""
    yield from imported(code, within)
    for node in ast.walk(code):
        name = node.value if isinstance(node, ast.Constant) else node.arg if isinstance(node, ast.arg) else None
        if isinstance(name, str) and (found := TABLE.fullmatch(name)):
            yield f"{PACKAGE}.indicators.{found[1]}"


def tree(path: Path) -> ast.Module:
    """A module's source, parsed."""
    return ast.parse(path.read_bytes())


def imported(code: ast.AST, within: str = PACKAGE) -> Iterator[str]:
    """Names of the package's modules, or of what stands in them, that code of the package `within` imports."""
    for node in ast.walk(code):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names if _ours(one.name))
        elif isinstance(node, ast.ImportFrom):
            base = resolve_name("." * node.level + (node.module or ""), within)
            if _ours(base):
                yield from (base, *(f"{base}.{one.name}" for one in node.names))
    yield from (f"{name}.{EVERY}" for name in _loaded(code))


def _loaded(code: ast.AST) -> Iterator[str]:
    """Packages whose modules `load_modules` imports, each under the name that the module gives it."""
    nodes = list(ast.walk(code))
    named = {
        one.asname or one.name: f"{node.module}.{one.name}"
        for node in nodes
        if isinstance(node, ast.ImportFrom)
        for one in node.names
    }
    for node in nodes:
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(load_modules.__name__):
            yield from (named[one.id] for one in node.args if isinstance(one, ast.Name) and one.id in named)


def notebook_imports(path: Path) -> set[str]:
    """Names of the package's modules, or of what stands in them, that the cells of a notebook reach."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    return {name for source in code for name in reached(ast.parse(source))}


def load_modules(package: ModuleType) -> list[ModuleType]:
    """Every module that stands in a package, imported, by name; packages in it are left out."""
    found = sorted(one.name for one in iter_modules(package.__path__) if not one.ispkg)
    return [import_module(f"{package.__name__}.{name}") for name in found]


def _public(package: Path) -> dict[str, str]:
    """Module by the name that the package offers it under: `analysis.Atlas` stands in `analysis.reports.atlas`."""
    path = package / "__init__.py"
    for node in tree(path).body if path.is_file() else ():
        if isinstance(node, ast.Assign) and [ast.unparse(one) for one in node.targets] == [PUBLIC]:
            return {f"{PACKAGE}.{name}": module for name, module in ast.literal_eval(node.value).items()}
    return {}


def _ours(name: str) -> bool:
    return name.partition(".")[0] == PACKAGE


def _file(package: Path, parts: list[str]) -> Path | None:
    """The file of a module; None for a name that is no module, but something in one."""
    place = package.joinpath(*parts)
    return next((one for one in (place / "__init__.py", place.with_suffix(".py")) if one.is_file()), None)


def _package_of(package: Path, path: Path) -> str:
    return ".".join((PACKAGE, *path.parent.relative_to(package).parts))
