"""Palette, typography and number formats of everything a reader sees (no side effects)."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from babel.numbers import format_decimal

NARROW_SPACE: Final = "\u202f"
HARD_SPACE: Final = "\u00a0"
LOCALE: Final = "fr"
SPACED: Final = re.compile(r" (?=[:;!?»%€]|M€|Md€)|(?<=«) |(?<=phase) (?=\d)")

# Paul Tol's schemes: told apart under all three colour-vision deficiencies; text on paper ≥ 7:1, marks ≥ 3:1.
INK: Final = "#1A1A1A"
INK_SOFT: Final = "#4A4A4A"
PAPER: Final = "#FFFFFF"
GROUND: Final = "#ECECEC"
GROUND_FAR: Final = "#F6F6F6"
BORDER: Final = "#333333"
BORDER_SOFT: Final = "#666666"
GRID: Final = "#D9D9D9"
MAP_COLOURS: Final = ("#EE6677", "#88CCEE", "#6699CC", "#EECC66")  # four suffice for neighbours
PHASE_COLOURS: Final = {1: "#33608C", 2: "#B8433A"}
PHASE_MARKERS: Final = {1: "o", 2: "D"}  # a phase is never told by its colour alone
ACCENT: Final = "#B8433A"
MISSING: Final = "#BDBDBD"  # the class "n.d."

# Units of the tables' columns, as readers write them.
UNITS: Final = {"km2": "km²", "inhabitant": "habitants", "EUR": "€", "%": "%", "year": "ans"}


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
    "left": Look(PAPER, "/////", PHASE_COLOURS[1]),
    "entered": Look(PHASE_COLOURS[2], "xxxx"),
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

PHASE_NAMES: Final = {1: "phase 1 (2019-2022)", 2: "phase 2 (2023-2027)"}

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


def number(value: float, decimals: int = 0, *, locale: str = LOCALE) -> str:
    """`1 234,5` in French (U+202F between thousands), `1,234.5` in English; not for years."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(value, format=pattern, locale=locale))


def percent(share_pct: float, decimals: int = 1, *, locale: str = LOCALE) -> str:
    """`45,5 %` in French, `45.5%` in English; `share_pct` is already in per cent."""
    return number(share_pct, decimals, locale=locale) + (f"{HARD_SPACE}%" if locale == "fr" else "%")


def euros(amount_eur: float, *, locale: str = LOCALE) -> str:
    """`1,36 Md€`, `100 M€`, `45 000 €`: the largest unit that keeps at most two decimals that matter."""
    for size, unit in ((1e9, "Md€"), (1e6, "M€")):
        if amount_eur >= size:
            scaled = round(amount_eur / size, 2)
            decimals = next(places for places in (0, 1, 2) if round(scaled, places) == scaled)
            return f"{number(scaled, decimals, locale=locale)}{HARD_SPACE}{unit}"
    return f"{number(amount_eur, locale=locale)}{HARD_SPACE}€"


def millions(count: float) -> str:
    """`12,6 millions`, `1,9 million`, in French: below two takes the singular."""
    scaled = round(count / 1e6, 1)
    return f"{number(scaled, 1)}{HARD_SPACE}{'millions' if scaled >= 2 else 'million'}"


def counted(count: int, noun: str, plural: str = "") -> str:
    """`1 commune`, `16 169 communes`, in French: none and one take the singular, `plural` is for irregular nouns."""
    return f"{number(count)}{HARD_SPACE}{(plural or noun + 's') if count > 1 else noun}"


def listed(items: Sequence[str]) -> str:
    """`a, b et c`."""
    return " et ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def typographic(text: str) -> str:
    """French typography for names: curly apostrophes, and a hard space before an en dash."""
    return text.replace("'", "’").replace(" – ", f"{HARD_SPACE}– ").replace(" - ", f"{HARD_SPACE}- ")


def french(text: str) -> str:
    """French spacing for sentences: hard spaces before `: ; ! ? » %`, after `«`, and inside `phase 1` and `100 M€`."""
    return SPACED.sub(HARD_SPACE, text)
