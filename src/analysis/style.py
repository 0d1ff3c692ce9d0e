"""Palette, typography, number and date formats of everything a reader sees, in the language in force."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from babel.dates import get_month_names
from babel.numbers import format_decimal

from analysis.language import FRENCH, N_, language, tr

NARROW_SPACE: Final = "\u202f"
HARD_SPACE: Final = "\u00a0"
EN_DASH: Final = "\u2013"
SPACED: Final = re.compile(r" (?=[:;!?»%€]|M€|Md€)|(?<=«) |(?<=phase) (?=\d)")
SPACED_ELSEWHERE: Final = re.compile(r"(?<=[Pp]hase) (?=\d)")

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
PHASE_COLOURS: Final = {1: "#33608C", 2: "#B8433A"}
PHASE_MARKERS: Final = {1: "o", 2: "D"}  # a phase is never told by its colour alone
ACCENT: Final = "#B8433A"
MISSING: Final = "#BDBDBD"  # the class "n.d."

# Units of the tables' columns, as readers write them.
UNITS: Final = {"km2": "km²", "inhabitant": N_("habitants"), "EUR": "€", "%": "%", "year": N_("ans")}


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

PHASE_NAMES: Final = {1: N_("phase 1 (2019-2022)"), 2: N_("phase 2 (2023-2027)")}

FONT_SIZE: Final = 8.5
TITLE_SIZE: Final = 12.5
SUBTITLE_SIZE: Final = 9.0
CREDIT_SIZE: Final = 6.5
LABEL_SIZE: Final = 7.0
# Shares that are measured are written so everywhere; whole per cents are for ticks and for ratios of rounded amounts.
SHARE_DECIMALS: Final = 1

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


def number(value: float, decimals: int = 0) -> str:
    """`1 234,5` in French (U+202F between thousands), `1,234.5` in English; not for years."""
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(value, format=pattern, locale=language()))


def percent(share_pct: float, decimals: int = SHARE_DECIMALS) -> str:
    """`45,5 %` in French, `45.5%` in English; `share_pct` is already in per cent."""
    return number(share_pct, decimals) + (f"{HARD_SPACE}%" if language() == FRENCH else "%")


def euros(amount_eur: float) -> str:
    """`1,36 Md€`, `100 M€`, `45 000 €`; in English `€1.36bn`, `€100m`, `€45,000`.

    The largest unit that keeps at most two decimals that matter.
    """
    for size, unit, short in ((1e9, "Md€", "bn"), (1e6, "M€", "m")):
        if amount_eur >= size:
            scaled = round(amount_eur / size, 2)
            decimals = next(places for places in (0, 1, 2) if round(scaled, places) == scaled)
            written = number(scaled, decimals)
            return f"{written}{HARD_SPACE}{unit}" if language() == FRENCH else f"€{written}{short}"
    written = number(amount_eur)
    return f"{written}{HARD_SPACE}€" if language() == FRENCH else f"€{written}"


def millions(count: float) -> str:
    """`12,6 millions`, `1,9 million`: below two takes the singular in French; always in English."""
    scaled = round(count / 1e6, 1)
    plural = scaled >= 2 and language() == FRENCH
    return f"{number(scaled, 1)}{HARD_SPACE}{'millions' if plural else 'million'}"


def counted(count: int, noun: str, plural: str = "") -> str:
    """`1 commune`, `16 169 communes`: the French noun, translated, in the number that the count takes.

    None and one take the singular in French, one alone in English; `plural` is for irregular nouns.
    """
    return f"{number(count)}{HARD_SPACE}{named(count, noun, plural)}"


def named(count: int, noun: str, plural: str = "") -> str:
    """The noun of `counted` without its number."""
    many = count > 1 if language() == FRENCH else count != 1
    return tr((plural or noun + "s") if many else noun)


def listed(items: Sequence[str]) -> str:
    """`a, b et c`."""
    last = tr(" et ")
    return last.join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def series(parts: Sequence[str]) -> str:
    """`a ; b ; c`, for parts that hold commas."""
    return tr(" ; ").join(parts)


def capitalised(text: str) -> str:
    """The text with a capital first letter and the others as they are."""
    return text[:1].upper() + text[1:]


def years(first: int | str, last: int | str) -> str:
    """`2019-2022`, in English with an en dash."""
    return f"{first}{'-' if language() == FRENCH else EN_DASH}{last}"


def short_month(month: int) -> str:
    """`janv.`, in English `Jan`."""
    return str(get_month_names("abbreviated", locale=language())[month])


def date(day: str) -> str:
    """`2023-11` as "novembre 2023", `2023-11-01` as "1er novembre 2023", in English "1 November 2023"."""
    year, month, *rest = day.split("-")
    first = "1er" if language() == FRENCH else "1"
    number_of_day = [first if rest[0] == "01" else str(int(rest[0]))] if rest else []
    return " ".join((*number_of_day, get_month_names("wide", locale=language())[int(month)], year))


def phase_name(phase: int) -> str:
    """`phase 1 (2019-2022)`."""
    return tr(PHASE_NAMES[phase])


def unit(name: str) -> str:
    """A column's unit as readers write it: `km²`, `habitants`; an unknown one as it is."""
    written = UNITS.get(name, name)
    return tr(written) if name in UNITS and written.isalpha() else written


def typographic(text: str) -> str:
    """French typography for names: curly apostrophes, and a hard space before an en dash."""
    return text.replace("'", "’").replace(" – ", f"{HARD_SPACE}– ").replace(" - ", f"{HARD_SPACE}- ")


def spaced(text: str) -> str:
    """The hard spaces that sentences take in the language in force.

    In French before `: ; ! ? » %`, after `«`, and inside `phase 1` and `100 M€`; in English inside `phase 1`.
    """
    return (SPACED if language() == FRENCH else SPACED_ELSEWHERE).sub(HARD_SPACE, text)
