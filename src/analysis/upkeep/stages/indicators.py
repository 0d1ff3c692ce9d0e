"""What the figures draw, from the lists and from the published figures."""

from pathlib import Path

from analysis.upkeep.stages import derived


def run(root: Path) -> None:
    """What the figures draw, from the lists and from the published figures."""
    derived.run("indicators", root)
