"""A reproducible atlas of the French programme Territoires d'industrie: `from analysis import Atlas`."""

from importlib import import_module
from typing import Any

from analysis.io.surroundings import house_matplotlib

__version__ = "0.1.0"
PUBLIC = {"Atlas": "analysis.reports.atlas"}  # imported when asked for, so that `import analysis` stays quick
house_matplotlib()  # here, since Matplotlib must not be imported before, and every way into the package passes here


def __getattr__(name: str) -> Any:
    if name in PUBLIC:
        return getattr(import_module(PUBLIC[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
