"""What a module of the package imports, directly and through others, read in the source without running it."""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import resolve_name
from pathlib import Path

PACKAGE = "analysis"


def closure(package: Path, modules: Iterable[str]) -> set[Path]:
    """Files below `package` (the folder of the package) that run when `modules` do, imports within functions too.

    A module also runs the `__init__.py` of each package that it stands in.
    """
    found: set[Path] = set()
    waiting = list(modules)
    while waiting:
        name = waiting.pop()
        parts = name.split(".")
        for end in range(1, len(parts) + 1):
            path = _file(package, parts[1:end])
            if path and path not in found:
                found.add(path)
                waiting += _imported(path.read_bytes(), _package_of(package, path))
    return found


@cache
def _imported(source: bytes, within: str) -> tuple[str, ...]:
    """The same module is reached from many places, and parsed once."""
    return tuple(imported(ast.parse(source), within))


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


def _ours(name: str) -> bool:
    return name.partition(".")[0] == PACKAGE


def _file(package: Path, parts: list[str]) -> Path | None:
    """The file of a module; None for a name that is no module, but something in one."""
    place = package.joinpath(*parts)
    return next((one for one in (place / "__init__.py", place.with_suffix(".py")) if one.is_file()), None)


def _package_of(package: Path, path: Path) -> str:
    return ".".join((PACKAGE, *path.parent.relative_to(package).parts))
