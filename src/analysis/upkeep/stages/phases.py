"""What became of each territory, member and commune between the phases."""

from pathlib import Path

from analysis.upkeep.stages import derived


def run(root: Path) -> None:
    """What became of each territory, member and commune between the phases."""
    derived.run("phases", root)
