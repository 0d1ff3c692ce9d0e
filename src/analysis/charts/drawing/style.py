"""Palette and type of everything that is drawn."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from analysis.programme import PROGRAMME

# Paul Tol's schemes: told apart under all three colour-vision deficiencies; text on paper ≥ 7:1, marks ≥ 3:1.
INK: Final = "#1A1A1A"
INK_SOFT: Final = "#4A4A4A"
PAPER: Final = "#FFFFFF"
GROUND: Final = "#ECECEC"
GROUND_FAR: Final = "#F6F6F6"
BORDER: Final = "#333333"
BORDER_SOFT: Final = "#666666"
GRID: Final = "#D9D9D9"
MAP_COLOURS: Final = ("#EE6677", "#88CCEE", "#6699CC", "#EECC66", "#44BB99", "#BBCC33")  # see MOST_OFTEN
MOST_OFTEN: Final = 4  # of MAP_COLOURS suffice: the others are for areas in several parts, or close to many
PHASE_COLOURS: Final = {number: one.colour for number, one in PROGRAMME.phases.items()}
PHASE_MARKERS: Final = {number: one.marker for number, one in PROGRAMME.phases.items()}  # never by its colour alone
ACCENT: Final = "#B8433A"
MISSING: Final = "#BDBDBD"  # the class "n.d."


@dataclass(frozen=True, slots=True)
class Look:
    """An area's colour and the hatch that tells it apart without colour: matplotlib's pattern and its colour."""

    face: str
    hatch: str = ""
    line: str = PAPER


# What became of ground and of territories: left is striped, entered is crossed, what stays is plain. Hatches are of
# lines: dots weigh a hundred times as much in an SVG.
STATUS_LOOKS: Final[Mapping[str, Look]] = {
    "kept": Look("#7B8794"),
    "left": Look(PAPER, "/////", PHASE_COLOURS[min(PHASE_COLOURS)]),
    "entered": Look(PHASE_COLOURS[max(PHASE_COLOURS)], "xxxx"),
}
CHANGE_LOOKS: Final[Mapping[str, Look]] = {
    "unchanged": Look("#7B8794"),
    "enlarged": Look("#4477AA", "++"),
    "shrunk": Look("#4477AA", "--"),
    "gain_and_loss": Look("#4477AA", "//"),
    "merged": Look("#228833", "\\\\"),
    "split": Look("#AA3377", "||"),
    "recomposed": Look("#997700", "xx"),
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
