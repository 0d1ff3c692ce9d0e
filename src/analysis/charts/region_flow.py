"""A region's territories in phase one, on the left, and what they became in phase two, on the right, by name."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.drawing import style
from analysis.charts.drawing.alluvial import Family, bar, families, ribbon
from analysis.charts.drawing.picture import Picture, add_axes, compose, new_figure
from analysis.charts.register import COUNTED, chart
from analysis.errors import ParameterError
from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.registry.phases import CHANGE_WORDS, Flow, flow_of, flow_table
from analysis.tables.codes import PHASES

WIDTH: Final = 7.5
SIDE, BAR = 2.4, 0.1  # inches of the names on each side, and of the bars
TEXT_GAP: Final = 0.06  # inches between names and bars
LETTERS: Final = 40  # of a line of a name
SIZE: Final = 7.2  # points
LINE, SLOT_GAP = 0.125, 0.05  # inches of a line, and between two bars of a family
FAMILY_GAP, HEADING = 0.09, 0.27  # inches between families, and of the heading of a word
COLUMNS: Final = 0.24  # inches of the columns' headings
TALLEST, ALL = 0.8, 4.6  # inches of the largest territory, and of a column's inhabitants together
THIN: Final = 0.02  # inches: the least height of a bar
SUBTITLE: Final = N_(
    "Hauteur des barres : habitants en 2022 ; leur partie vide : habitants que ne partagent pas les territoires liés."
)
ELSEWHERE: Final = N_("En italique : territoire d’une autre région.")
Row: TypeAlias = dict[str, Any]


@chart(sources=COUNTED)
def region_flow(
    out_phase_change: pl.DataFrame,
    out_phase1_fate: pl.DataFrame,
    core_communes: pl.DataFrame,
    core_territories: pl.DataFrame,
    region_code: str,
    credit: str,
) -> Picture:
    """The named alluvial of a region; families of linked territories under the word for what became of them.

    Takes rows of out_phase_change, out_phase1_fate, core_communes and core_territories. Needed are those of the
    region's territories of both phases, of the territories that are linked with one of them, and the communes of all
    these; other rows change nothing. Raises ParameterError for a region without a territory in either phase.
    """
    flow = flow_of(region_code, out_phase_change, out_phase1_fate, core_communes, core_territories)
    if not flow.territories:
        what = f"no territory in region {region_code!r}."
        raise ParameterError(what, repair="Give the code of a region, such as '44', and the rows of its territories.")
    region = core_territories.filter(region_code=region_code).item(0, "region_name")
    title, groups = _title(region, flow), grouped(flow)
    scale = _scale(flow)
    partners = not all(row["own"] for row in flow.territories.values())
    subtitle = f"{tr(SUBTITLE)} {tr(ELSEWHERE)}" if partners else tr(SUBTITLE)
    figure, axes = _figure(title, credit, subtitle, _height(groups, flow, scale))
    _write_groups(axes, groups, flow, scale)
    return Picture(f"region_flow_{region_code}", figure, title, _alt(region, groups, flow), credit, flow_table(flow))


# --- what is drawn -----------------------------------------------------------------------------------------


def grouped(flow: Flow) -> dict[str, list[Family]]:
    """Families by the word of their group, in the order of the words."""
    sides = [[key for key in flow.territories if key.startswith(phase)] for phase in ("1", "2")]
    found: dict[str, list[Family]] = {word: [] for word in CHANGE_WORDS}
    for family in families(sides[0], sides[1], flow.shared):
        own = next(key for key in family.first + family.second if flow.territories[key]["own"])
        found[flow.territories[own]["group"]].append(family)
    return {word: members for word, members in found.items() if members}


# --- drawing -----------------------------------------------------------------------------------------------


def _scale(flow: Flow) -> float:
    """Inches an inhabitant: the largest territory and the sum of a column keep to their heights."""
    people = {key: row["people"] for key, row in flow.territories.items()}
    sums = [sum(count for key, count in people.items() if key.startswith(phase)) for phase in ("1", "2")]
    return float(min(TALLEST / max(people.values()), ALL / max(sums)))


def _label(row: Row) -> str:
    region = "" if row["own"] else f" ({row['region_name']})"
    return textwrap.fill(
        typography.typographic(row["name"] + region), LETTERS, break_long_words=False, break_on_hyphens=False
    )


def _slot(row: Row, scale: float) -> float:
    return max(LINE * (_label(row).count("\n") + 1), _tall(row, scale))


def _tall(row: Row, scale: float) -> float:
    return max(float(scale * row["people"]), THIN)


def _side_height(keys: Sequence[str], flow: Flow, scale: float) -> float:
    return sum(_slot(flow.territories[key], scale) for key in keys) + SLOT_GAP * max(len(keys) - 1, 0)


def _family_height(family: Family, flow: Flow, scale: float) -> float:
    return max(_side_height(keys, flow, scale) for keys in (family.first, family.second))


def _height(groups: Mapping[str, Sequence[Family]], flow: Flow, scale: float) -> float:
    inside = sum(_family_height(one, flow, scale) + FAMILY_GAP for members in groups.values() for one in members)
    return COLUMNS + inside + HEADING * len(groups)


def _figure(title: str, credit: str, subtitle: str, height: float) -> tuple[Figure, Axes]:
    """A figure as high as its text and drawing need, and axes in inches over the drawing."""
    probe = new_figure(WIDTH, height)
    around = height * (1 - compose(probe, title, credit, subtitle)[3])
    figure = new_figure(WIDTH, height + around)
    left, bottom, width, share = compose(figure, title, credit, subtitle)
    axes = add_axes(figure, (left, bottom, width, share))
    axes.set(xlim=(0, width * WIDTH), ylim=(0, height))
    axes.set_axis_off()
    return figure, axes


def _write_groups(axes: Axes, groups: Mapping[str, Sequence[Family]], flow: Flow, scale: float) -> None:
    width, top = axes.get_xlim()[1], axes.get_ylim()[1]
    for phase, x, side in ((1, SIDE + BAR, "right"), (2, width - SIDE - BAR, "left")):
        name = typography.spaced(typography.phase_name(phase))
        axes.text(x, top, typography.capitalised(name), ha=side, va="top", fontsize=SIZE + 0.6, weight="bold")
    top -= COLUMNS
    for word, members in groups.items():
        _write_heading(axes, word, top, width)
        top -= HEADING
        for family in members:
            tall = _family_height(family, flow, scale)
            _write_family(axes, family, flow, scale, top - tall / 2, style.CHANGE_LOOKS[word])
            top -= tall + FAMILY_GAP


def _write_heading(axes: Axes, word: str, top: float, width: float) -> None:
    axes.plot((0, width), (top - 0.02, top - 0.02), color=style.GRID, linewidth=0.6)
    many = typography.capitalised(tr(CHANGE_WORDS[word].many))
    text = tr("{subject} : {what}").format(subject=many, what=tr(CHANGE_WORDS[word].meaning))
    axes.text(0, top - 0.07, typography.spaced(text), va="top", fontsize=SIZE, weight="bold", color=style.INK_SOFT)


def _write_family(axes: Axes, family: Family, flow: Flow, scale: float, middle: float, look: style.Look) -> None:
    width = axes.get_xlim()[1]
    starts = (SIDE, width - SIDE - BAR)
    spans: dict[str, tuple[float, float]] = {}
    for keys, start, side in zip((family.first, family.second), starts, ("right", "left"), strict=True):
        top = middle + _side_height(keys, flow, scale) / 2
        for key in keys:
            row = flow.territories[key]
            slot, tall = _slot(row, scale), _tall(row, scale)
            centre = top - slot / 2
            spans[key] = (centre - tall / 2, centre + tall / 2)
            alone = not any(key in pair for pair in flow.shared)
            bar(axes, start, start + BAR, spans[key], look if alone else style.Look(style.PAPER, "", _ink(look)))
            x = start - TEXT_GAP if side == "right" else start + BAR + TEXT_GAP
            slant = "normal" if row["own"] else "italic"
            axes.text(x, centre, _label(row), ha=side, va="center", fontsize=SIZE, style=slant, linespacing=1.1)
            top -= slot + SLOT_GAP
    _write_ribbons(axes, family, flow, scale, spans, starts, look)


def _ink(look: style.Look) -> str:
    return look.line if look.face == style.PAPER else look.face


def _write_ribbons(
    axes: Axes,
    family: Family,
    flow: Flow,
    scale: float,
    spans: Mapping[str, tuple[float, float]],
    starts: tuple[float, float],
    look: style.Look,
) -> None:
    """Ribbons from the top of each bar, in the order of the bars at their other end."""
    free = {key: span[1] for key, span in spans.items()}
    pairs = [(one, two) for one in family.first for two in family.second if (one, two) in flow.shared]
    for one, two in pairs:
        ends = []
        for key, start in ((one, starts[0]), (two, starts[1])):
            tall = max(scale * flow.shared[one, two], THIN)
            end = (free[key] - tall, free[key])
            free[key] -= tall
            bar(axes, start, start + BAR, end, style.Look(look.face), level=4)
            ends.append(end)
        ribbon(axes, starts[0] + BAR / 2, starts[1] + BAR / 2, ends[0], ends[1], look)


# --- words -------------------------------------------------------------------------------------------------


def _title(region: str, flow: Flow) -> str:
    own = [row for row in flow.territories.values() if row["own"]]
    first, second = (sum(row["phase"] == phase for row in own) for phase in PHASES)
    same = sum(row["phase"] == 2 and row["word"] == "unchanged" for row in own)
    text = _counts(first, second, same > 0).format(
        region=region,
        first=typography.number(first) if first and second else typography.counted(first, "territoire"),
        second=typography.counted(second, "territoire"),
        same=typography.counted(same, CHANGE_WORDS["unchanged"].one),
    )
    return typography.shown(text)


def _counts(first: int, second: int, some_stay: bool) -> str:
    """The message for so many territories in both phases."""
    if not first:
        return tr("{region} : aucun territoire puis {second}")
    if not second:
        return tr("{region} : {first} puis aucun territoire")
    if first == second:
        alike = tr("{region} : {second} dans chaque phase, dont {same}")
        return alike if some_stay else tr("{region} : {second} dans chaque phase, aucun inchangé")
    moved = tr("{region} : de {first} à {second}, dont {same}")
    return moved if some_stay else tr("{region} : de {first} à {second}, aucun inchangé")


def _alt(region: str, groups: Mapping[str, Sequence[Family]], flow: Flow) -> str:
    said = tr("{subject} : {what}")
    parts = []
    for word, members in groups.items():
        named = typography.series([_in_words(one, flow) for one in members])
        many = typography.capitalised(tr(CHANGE_WORDS[word].many))
        parts.append(f"{said.format(subject=many, what=named)}.")
    text = tr("Territoires d’industrie de la région {region}, de la phase 1 à la phase 2. {parts}")
    return typography.shown(text.format(region=region, parts=" ".join(parts)))


def _in_words(family: Family, flow: Flow) -> str:
    """`A et B deviennent C`, or the names of one phase alone."""
    first, second = (
        typography.listed([_label(flow.territories[key]).replace("\n", " ") for key in keys]) if keys else ""
        for keys in (family.first, family.second)
    )
    return tr("{first} deviennent {second}").format(first=first, second=second) if first and second else first or second
