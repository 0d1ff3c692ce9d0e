"""The register of tables: those declared in this room, and derived ones, each in a module of `indicators`.

`out_<name>` is declared and built in `indicators/<name>.py`, which is imported when the table is asked for: who reads
one table runs the code of that table alone.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from inspect import signature
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from analysis.programme import MOST_PHASES
from analysis.tables.codes import PHASES
from analysis.tables.groups import GROUPS
from analysis.tables.schema import Table

DERIVED = "out_"
INDICATORS = "analysis.indicators"


class Register(Mapping[str, Table]):
    """Tables by name: `declared` ones in their order, then the derived ones by group, rank and name."""

    def __init__(self, declared: tuple[Table, ...]) -> None:
        self._declared = {one.name: one for one in declared}

    def __contains__(self, name: object) -> bool:
        return name in self._declared or name in derived_names()

    def __getitem__(self, name: str) -> Table:
        if name in self._declared or name not in derived_names():
            return self._declared[name]
        return declaration(name)

    def __iter__(self) -> Iterator[str]:
        tables = [declaration(name) for name in derived_names()]
        return iter((*self._declared, *(one.name for one in sorted(tables, key=_place))))

    def __len__(self) -> int:
        return len(self._declared) + len(derived_names())

    def made_from(self, name: str) -> tuple[str, ...]:
        """What a processed table is made from: as it declares, or the tables that its `build` takes."""
        if name in self._declared:
            return self._declared[name].made_from
        return tuple(one for one in inputs(name) if one in self)


def _place(table: Table) -> tuple[int, int, str]:
    return (GROUPS.index(table.group) if table.group in GROUPS else len(GROUPS), table.rank, table.name)


@cache
def derived_names() -> frozenset[str]:
    """Names of the derived tables that the programme has; while it has all, nothing is imported but the package."""
    return _every() - absent_names()


@cache
def absent_names() -> frozenset[str]:
    """Names of the derived tables that need more phases than the programme has, and of those made from them."""
    if len(PHASES) == MOST_PHASES:
        return frozenset()
    return frozenset(name for name in _every() if _phases_needed(name) > len(PHASES))


def _phases_needed(name: str) -> int:
    return max([declaration(name).phases, *(_phases_needed(one) for one in inputs(name) if one in _every())])


@cache
def _every() -> frozenset[str]:
    """Names of all derived tables, from the names of the modules."""
    found = find_spec(INDICATORS)
    places = found.submodule_search_locations if found else None
    return frozenset(DERIVED + one.name for one in iter_modules(places) if not one.name.startswith("_"))


def module_of(name: str) -> str:
    """The module of a derived table."""
    return f"{INDICATORS}.{name.removeprefix(DERIVED)}"


def _module(name: str) -> ModuleType:
    return import_module(module_of(name))


def declaration(name: str) -> Table:
    """What a derived table's module declares; ValueError when it is of another name than its module."""
    table: Table = _module(name).TABLE
    if table.name != name:
        raise ValueError(f"{module_of(name)} declares {table.name}, and should declare {name}")
    return table


def builder(name: str) -> Callable[..., Any]:
    """The function that builds a derived table."""
    build: Callable[..., Any] = _module(name).build
    return build


def inputs(name: str) -> dict[str, str]:
    """What the builder of a derived table takes: names of tables and of other data, with the kind of each."""
    return {one.name: str(one.annotation) for one in signature(builder(name)).parameters.values()}
