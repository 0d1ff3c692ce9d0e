"""Palette and type of everything that is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from analysis.programme import PROGRAMME

# A colour means one thing in every figure and page. Each set is told apart under all three colour-vision deficiencies,
# marks stand out from paper by 3:1, letters by 4.5:1 (`test_palette.py` measures it); red is for "contradicted" alone.
INK: Final = "#1A1A1A"
INK_SOFT: Final = "#4A4A4A"
PAPER: Final = "#FFFFFF"
GROUND: Final = "#E8EBEF"  # out of the programme: pale, so it has a border on paper
GROUND_FAR: Final = "#F4F6F8"  # other regions than the map's
GROUND_OTHER: Final = "#CBD1D9"  # in the programme, but not what the figure is about
BORDER: Final = "#333333"
BORDER_SOFT: Final = "#666666"
GRID: Final = "#D9D9D9"
PHASE_COLOURS: Final = {number: one.colour for number, one in PROGRAMME.phases.items()}
PHASE_MARKERS: Final = {number: one.marker for number, one in PROGRAMME.phases.items()}  # never by its colour alone
LEFT, ENTERED = PHASE_COLOURS[min(PHASE_COLOURS)], PHASE_COLOURS[max(PHASE_COLOURS)]
STAYED: Final = "#7C8A9C"  # in the programme in both phases
SPREAD: Final = ("#E2E2E2", "#B5B5B5")  # among others: most of them, and the half in their middle
AMOUNTS: Final = ("#DAC8E9", "#BB9BD5", "#9C75C2", "#74429F", "#431566")  # one hue from little to much
VERDICT_COLOURS: Final[Mapping[str, str]] = {
    "confirmed": "#147350",
    "consistent": "#6895C4",
    "superseded": "#B5862A",
    "contradicted": "#A3122A",
    "not_checkable": "#8A9099",
}
# The same roles on the dark pages.
DARK_PAPER: Final = "#14181F"
DARK_GROUND: Final = "#2A313B"
DARK_PHASE_COLOURS: Final = {1: "#7DB3E0", 2: "#F0904A"}
DARK_STAYED: Final = "#8794A6"
DARK_VERDICT_COLOURS: Final[Mapping[str, str]] = {
    "confirmed": "#77EBA5",
    "consistent": "#398CCC",
    "superseded": "#EDAB2D",
    "contradicted": "#E7454B",
    "not_checkable": "#9EA4AD",
}


@dataclass(frozen=True, slots=True)
class Look:
    """An area's colour and the hatch that tells it apart without colour: matplotlib's pattern and its colour."""

    face: str
    hatch: str = ""
    line: str = PAPER


# What became of ground and of territories: left is striped, entered is crossed, what stays is plain, and striped where
# it changed. Hatches are of lines: dots weigh a hundred times as much in an SVG.
STATUS_LOOKS: Final[Mapping[str, Look]] = {
    "kept": Look(STAYED),
    "left": Look(LEFT, "/////"),
    "entered": Look(ENTERED, "xxxx"),
}
MAP_LOOKS: Final[Mapping[str, Look]] = {  # of areas with a name on them, in the order of legends
    "kept": STATUS_LOOKS["kept"],
    "changed": Look(STAYED, "\\\\"),
    "left": Look(LEFT, "///"),
    "entered": Look(ENTERED, "xx"),
}
CHANGE_LOOKS: Final[Mapping[str, Look]] = {
    "unchanged": STATUS_LOOKS["kept"],
    "enlarged": Look(STAYED, "++"),
    "shrunk": Look(STAYED, "--"),
    "gain_and_loss": Look(STAYED, "//"),
    "merged": Look(STAYED, "\\\\"),
    "split": Look(STAYED, "||"),
    "recomposed": Look(STAYED, "xx"),
    "new": STATUS_LOOKS["entered"],
    "ended": STATUS_LOOKS["left"],
}


FONT_SIZE: Final = 8.5
TITLE_SIZE: Final = 12.5
SUBTITLE_SIZE: Final = 9.0
CREDIT_SIZE: Final = 6.5
LABEL_SIZE: Final = 7.0

RC: Final[dict[Any, Any]] = {
    "font.family": "DejaVu Sans",
    "font.size": FONT_SIZE,
    "text.color": INK,
    "axes.edgecolor": BORDER_SOFT,
    "axes.labelcolor": INK_SOFT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": SUBTITLE_SIZE,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "xtick.color": INK_SOFT,
    "ytick.color": INK_SOFT,
    "grid.color": GRID,
    "grid.linewidth": 0.6,
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "svg.fonttype": "path",
    "path.simplify": True,
}
