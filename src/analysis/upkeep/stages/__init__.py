"""The pipeline's stages, a module each: read tables, call the pure modules, write all results together.

A stage's code is what its module imports, so that an edit makes again only the stages that use it.
"""

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path

NAMES = ("coverage", "registry", "layers", "context", "claims", "phases", "indicators", "ledger", "slices", "webmap")


def run(name: str, root: Path) -> None:
    """Build the tables of one stage; nothing of the others is imported."""
    import_module(f"{__name__}.{name}").run(root)


STAGES: Mapping[str, Callable[[Path], None]] = {name: partial(run, name) for name in NAMES}
