"""Which tables a notebook's code reads: those that it names, and those of the charts and sections that it shows."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from analysis.charts.catalogue import charts, figure_named
from analysis.charts.register import VIEWS, tables_read
from analysis.io.imports import load_modules
from analysis.reports import sections
from analysis.tables import TABLES, tables_of

SHOWN = re.compile(r"\.show\(\s*(\w+)")
NAMED = re.compile(rf"\b(?:(?:core|out)_\w+|{'|'.join(VIEWS)})\b")
PROCESSED = frozenset(one.name for one in tables_of("core_", "out_"))
ORDER = tuple(one for one in TABLES if one in PROCESSED)


def shown_in(code: str) -> list[str]:
    """Names of the charts and sections that a piece of notebook code shows, in order."""
    return SHOWN.findall(code)


def tables_used(code: str) -> list[str]:
    """Processed tables that a piece of notebook code reads, in the order of the catalogue."""
    known = _shown()
    found = {table for name in NAMED.findall(code) for table in VIEWS.get(name, (name,))}
    return _ordered(found.union(*(tables_read(known[name]) for name in shown_in(code) if name in known)))


def tables_drawn(figure: str) -> list[str]:
    """Processed tables that a published figure is drawn from, by its name (`region_map_44_phase1`)."""
    return _ordered(tables_read(figure_named(figure).chart.draw))


def register() -> dict[str, list[str]]:
    """All that pages say of charts and sections: what each is called, and which tables it reads."""
    named = {one.name: [one.entry, *_ordered(tables_read(one.draw))] for one in charts().values()}
    return named | {name: _ordered(tables_read(one)) for name, one in _shown().items() if name not in named}


@cache
def _shown() -> dict[str, Callable[..., Any]]:
    """What a notebook can show, by name: the functions of the sections and of the charts."""
    told = {name: one for functions in section_functions().values() for name, one in functions.items()}
    return told | {name: one.draw for name, one in charts().items()}


def section_functions() -> dict[str, dict[str, Callable[..., Any]]]:
    """What each module of the sections lets a notebook show: its functions by name, by the module's name."""
    found = {module.__name__.rpartition(".")[2]: vars(module) for module in load_modules(sections)}
    shown = {
        module: {name: one for name, one in names.items() if name.endswith(("_text", "_table"))}
        for module, names in found.items()
    }
    return {module: functions for module, functions in shown.items() if functions}


def _ordered(tables: Iterable[str]) -> list[str]:
    found = frozenset(tables)
    return [one for one in ORDER if one in found]
