"""Which tables a notebook's code reads, found in the methods of the atlas that it calls."""

import ast
import re
import textwrap
from collections.abc import Iterator
from functools import cache, cached_property
from inspect import getsource, unwrap
from types import FunctionType
from typing import Any

from analysis.charts.figure_sources import method_of
from analysis.reports.atlas import Atlas
from analysis.tables import TABLES, tables_of

CALLED = re.compile(r"\batlas\.(\w+)")
NAMED = re.compile(r"\b(?:core|out)_\w+")
# Ways to any table, and the credit line, which asks the tables for the names of their sources.
NOT_FOLLOWED = ("credit", "shown", "slice", "source_line", "sources", "sources_of", "table")
PROCESSED = frozenset(one.name for one in tables_of("core_", "out_"))


def tables_used(code: str) -> list[str]:
    """Processed tables that a piece of notebook code reads, in the order of the catalogue."""
    found = {one for name in CALLED.findall(code) for one in _tables_of(name)}
    found |= PROCESSED.intersection(NAMED.findall(code))
    return [one for one in TABLES if one in found]


def tables_drawn(figure: str) -> list[str]:
    """Processed tables that a published figure is drawn from, by its name (`region_map_44_phase1`)."""
    return tables_used(f"atlas.{method_of(figure)}()")


@cache
def _tables_of(name: str) -> frozenset[str]:
    """Those of a method or property of Atlas; none for what is no function of it."""
    function = _function(name)
    if function is None:
        return frozenset()
    tree = ast.parse(textwrap.dedent(getsource(function)))
    return frozenset(one for node in ast.walk(tree) for one in _found(node, function.__globals__))


def _function(name: str) -> FunctionType | None:
    one: Any = None if name in NOT_FOLLOWED else getattr(Atlas, name, None)
    one = one.fget if isinstance(one, property) else one.func if isinstance(one, cached_property) else one
    one = unwrap(one) if callable(one) else one
    return one if isinstance(one, FunctionType) else None


def _found(node: ast.AST, known: dict[str, Any]) -> Iterator[str]:
    match node:
        case ast.Constant(value=value):
            yield from _named(value)
        case ast.Name(id=name):
            yield from _named(known.get(name))
        case ast.Attribute(value=ast.Name(id="self"), attr=name):
            yield from _tables_of(name)


def _named(value: object) -> Iterator[str]:
    """Tables among a constant's texts."""
    for one in value if isinstance(value, tuple) else (value,):
        if isinstance(one, str) and one in PROCESSED:
            yield one
