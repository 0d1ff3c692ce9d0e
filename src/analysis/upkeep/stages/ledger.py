"""Each published figure confronted with the lists, with arithmetic and with other figures."""

from pathlib import Path

from analysis import ledger
from analysis.io import store
from analysis.upkeep.stages import derived


def run(root: Path) -> None:
    """Each published figure confronted with the lists, with arithmetic and with other figures."""
    derived.run("ledger", root)
    ledger.require_sound(store.read_table("out_ledger", root))  # written even so: it says which checks failed
