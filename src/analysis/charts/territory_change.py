"""One territory in both phases: the same window twice, with the territories of the other phase linked with it."""

from typing import Any, Final, TypeAlias

import geopandas as gpd
import numpy as np
import polars as pl
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from analysis.charts.drawing import picture, style
from analysis.charts.drawing.picture import Picture
from analysis.charts.maps import cartography as carto
from analysis.charts.maps import marks
from analysis.charts.maps.labels import annotate
from analysis.charts.maps.placement import Label
from analysis.charts.register import GEOGRAPHY, chart
from analysis.errors import ParameterError
from analysis.i18n import typography
from analysis.i18n.language import alphabetical, tr
from analysis.registry import phases
from analysis.registry.geography import Geometries, projection_of
from analysis.registry.phases import SIDE_WORDS

WIDTH: Final = 7.5
GAP, HEADING = 0.12, 0.2  # inches between the panels, and above each
LEAST, MOST = 2.3, 3.6  # inches of the maps' height
LEGEND_ROWS: Final = 3
PAD: Final = 0.06
HATCHES: Final = {1: "/////", 2: "xxx"}  # ground that only one phase covers, as on the map of the country
GRAIN: Final = 0.9  # points: details that the map cannot show are left out
FROM_ONE_OR_SEVERAL: Final = ("split", "merged", "recomposed")  # words that say by themselves where one comes from
HATCHED: Final = {1: "left", 2: "entered"}  # what the panel of a phase hatches
LINK, OTHER = "link", "other"
Row: TypeAlias = dict[str, Any]


@chart(sources=GEOGRAPHY)
def territory_change(
    out_phase_change: pl.DataFrame,
    out_phase1_fate: pl.DataFrame,
    core_territories: pl.DataFrame,
    core_boundaries_detail: gpd.GeoDataFrame,
    phase: int,
    territory_id: str,
    credit: str,
) -> Picture:
    """The territory in its own phase, and what its ground is in the other one.

    Takes rows of out_phase_change, out_phase1_fate, core_territories and core_boundaries_detail (its layers region,
    territory_1 and territory_2). Needed are the territory's own row of the first or second, by its phase; the third's
    rows of the territory and of those linked with it; the outlines that show in the window around all these. Other
    rows change nothing. Raises ParameterError for a territory that the phase does not have.
    """
    own = _own(phase, territory_id, out_phase_change, out_phase1_fate, core_territories)
    linked = core_territories.filter(pl.col("territory_id").is_in(own["others"]), phase=3 - phase).sort(
        *alphabetical("name"), "territory_id"
    )
    names = dict(linked.select("territory_id", "name").iter_rows())
    epsg = projection_of(own["region_code"])
    focus = {phase: [territory_id], 3 - phase: list(names)}
    extent = carto.project(_only(core_boundaries_detail, focus), epsg).geometry.to_numpy()
    title, subtitle = _title(own), _subtitle(own, list(names.values()))
    figure, panels, legend = _layout(extent, title, credit, subtitle)
    view = carto.view_of(extent, epsg, *marks.frame_size(panels[0]), pad=PAD)
    wanted = core_boundaries_detail["layer"].isin(["region", "territory_1", "territory_2"])
    scene = carto.near(core_boundaries_detail[wanted].sort_values(["layer", "code"], ignore_index=True), view)
    drawn = set[str]()
    for number, axes in enumerate(panels, start=1):
        drawn |= _panel(axes, view, scene, number, focus, own)
    _label(panels[2 - phase], view, scene, 3 - phase, names)
    _legend(legend, view, own, drawn | ({LINK} if names else set()))
    return Picture(
        f"territory_change_phase{phase}_{territory_id}", figure, title, _alt(own, names), credit, _data(own, linked)
    )


def _own(phase: int, code: str, changes: pl.DataFrame, fates: pl.DataFrame, territories: pl.DataFrame) -> Row:
    """The territory's row with `word` and `others`, those linked with it."""
    found = territories.filter(phase=phase, territory_id=code)
    if found.height != 1:
        what = f"no territory {code!r} in phase {phase!r}."
        raise ParameterError(what, repair="Give an id of core_territories, such as 'ti-4408', and phase 1 or 2.")
    own = phases.sides(changes, fates).filter(phase=phase, territory_id=code)
    return found.row(0, named=True) | own.row(0, named=True)


def _only(boundaries: gpd.GeoDataFrame, focus: dict[int, list[str]]) -> gpd.GeoDataFrame:
    chosen = [
        (boundaries["layer"] == f"territory_{phase}") & boundaries["code"].isin(codes) for phase, codes in focus.items()
    ]
    return boundaries[chosen[0] | chosen[1]]


# --- drawing -----------------------------------------------------------------------------------------------


def _layout(extent: Geometries, title: str, credit: str, subtitle: str) -> tuple[Figure, list[Axes], Axes]:
    """A figure with two axes of one size, whose height follows the extent, and axes for the legend under them."""
    xmin, ymin, xmax, ymax = shapely.total_bounds(extent)
    half = (WIDTH - 2 * picture.MARGIN - GAP) / 2
    tall = float(min(max(half * (ymax - ymin) / (xmax - xmin), LEAST), MOST))
    strip = marks.LEGEND_ROW * LEGEND_ROWS + marks.LEGEND_MARGIN
    inside = HEADING + tall + strip
    probe = picture.new_figure(WIDTH, inside)
    height = inside + inside * (1 - picture.compose(probe, title, credit, subtitle)[3])
    figure = picture.new_figure(WIDTH, height)
    left, bottom, _, _ = picture.compose(figure, title, credit, subtitle)
    panels = [
        picture.add_axes(
            figure, (left + number * (half + GAP) / WIDTH, bottom + strip / height, half / WIDTH, tall / height)
        )
        for number in (0, 1)
    ]
    under = (left, bottom, 1 - 2 * left, (strip - marks.MAP_GAP * strip) / height)
    return figure, panels, picture.add_axes(figure, under)


def _layer(scene: gpd.GeoDataFrame, layer: str) -> gpd.GeoDataFrame:
    return scene[scene["layer"] == layer].reset_index(drop=True)


def _panel(
    axes: Axes, view: carto.View, scene: gpd.GeoDataFrame, phase: int, focus: dict[int, list[str]], own: Row
) -> set[str]:
    """The ground, the phase's territories, those in focus in its colour, hatched where the other phase covers nothing.

    Returns what of HATCHED and OTHER was drawn, for the legend.
    """
    marks.show(axes, view, framed=True)
    _heading(axes, phase, len(focus[phase]), own["phase"] == phase)
    grain = GRAIN * view.width / (marks.frame_size(axes)[0] * marks.POINTS_PER_INCH)
    of_phase, of_other = (_layer(scene, f"territory_{one}") for one in (phase, 3 - phase))
    regions = _drawn(_layer(scene, "region"), view, grain)
    rest = _drawn(of_phase[~of_phase["code"].isin(focus[phase])], view, grain)
    whole = _shapes(of_phase, focus[phase])
    shapes = carto.coarse(whole, grain)
    marks.fill(axes, regions, style.GROUND, level=1)
    marks.fill(axes, rest, style.GROUND_OTHER, level=2)
    marks.fill(axes, shapes, style.PHASE_COLOURS[phase], level=3)
    alone = shapely.difference(whole, shapely.union_all(of_other.geometry.to_numpy()))
    hatched = _hatch(axes, carto.coarse(alone, grain), phase)
    marks.trace(axes, rest, style.PAPER, 0.8, level=5)
    marks.trace(axes, shapes, style.PAPER, 1.4, level=6)
    marks.trace(axes, regions, style.BORDER, 0.9, level=7)
    outline = shapes if own["phase"] == phase else carto.coarse(_shapes(of_other, focus[own["phase"]]), grain)
    marks.trace(axes, outline, style.INK, 1.5, level=8, dashed=own["phase"] != phase)
    return {name for name, there in ((HATCHED[phase], hatched), (OTHER, len(rest) > 0)) if there}


def _drawn(frame: gpd.GeoDataFrame, view: carto.View, grain: float) -> Geometries:
    found: Geometries = carto.coarse(carto.cut(frame, view).geometry.to_numpy(), grain)
    return np.asarray(found[~shapely.is_empty(found)])


def _hatch(axes: Axes, shapes: Geometries, phase: int) -> bool:
    """Ground that the other phase does not cover; whether there is any."""
    found = shapes[~shapely.is_empty(shapes)]
    if len(found):
        marks.fill(axes, found, "none", level=4, hatch=HATCHES[phase], hatchcolors=style.PAPER).set_hatch_linewidth(0.8)
    return len(found) > 0


def _shapes(frame: gpd.GeoDataFrame, codes: list[str]) -> Geometries:
    found: Geometries = frame.set_index("code").geometry.reindex(codes).to_numpy()
    return found


def _heading(axes: Axes, phase: int, count: int, own: bool) -> None:
    linked = (
        typography.counted(count, "territoire lié", "territoires liés") if count else tr("aucun\u00a0territoire lié")
    )
    what = tr("le territoire") if own else linked
    name = typography.capitalised(typography.spaced(typography.phase_name(phase)))
    text = tr("{subject} : {what}").format(subject=name, what=what)
    axes.set_title(typography.spaced(text), fontsize=style.FONT_SIZE, pad=4)


def _label(axes: Axes, view: carto.View, scene: gpd.GeoDataFrame, phase: int, names: dict[str, str]) -> None:
    shapes = _shapes(_layer(scene, f"territory_{phase}"), list(names))
    annotate(axes, view, [Label(code, name, shape) for (code, name), shape in zip(names.items(), shapes, strict=True)])


def _legend(axes: Axes, view: carto.View, own: Row, drawn: set[str]) -> None:
    """What the two panels show, and nothing else."""
    hatched = {
        phase: Patch(facecolor=style.PHASE_COLOURS[phase], hatch=2 * hatch, hatchcolor=style.PAPER, linewidth=0)
        for phase, hatch in HATCHES.items()
    }
    optional: dict[str, marks.Entry] = {
        LINK: (
            marks.area(style.PHASE_COLOURS[3 - own["phase"]]),
            typography.spaced(tr("territoire lié, en phase {phase}").format(phase=3 - own["phase"])),
        ),
        HATCHED[1]: (hatched[1], typography.spaced(tr("sorti du programme en phase 2"))),
        HATCHED[2]: (hatched[2], typography.spaced(tr("entré dans le programme en phase 2"))),
        OTHER: (marks.area(style.GROUND_OTHER), tr("autre territoire de la phase")),
    }
    there = tr("son contour, sur la phase {phase}")
    entries: list[marks.Entry] = [
        (
            marks.area(style.PHASE_COLOURS[own["phase"]]),
            typography.spaced(tr("le territoire, en phase {phase}").format(phase=own["phase"])),
        ),
        (marks.line(style.INK, 1.5, dashed=True), typography.spaced(there.format(phase=3 - own["phase"]))),
        *(entry for name, entry in optional.items() if name in drawn),
    ]
    marks.legend_strip(axes, view, entries, columns=2)


# --- words -------------------------------------------------------------------------------------------------


def _title(own: Row) -> str:
    text = tr("{name}, phase {phase} : {became}")
    return typography.shown(text.format(name=own["name"], phase=own["phase"], became=_became(own)))


def _became(own: Row) -> str:
    """What the territory became, or where it comes from."""
    word = tr(SIDE_WORDS[own["phase"]][own["word"]].one)
    if own["word"] in ("new", "ended"):
        return tr("{word}, sans lien avec la phase {phase}").format(word=word, phase=3 - own["phase"])
    if own["phase"] == 1:
        return tr("{word} en phase 2").format(word=word)
    return word if own["word"] in FROM_ONE_OR_SEVERAL else tr("{word} depuis la phase 1").format(word=word)


def _subtitle(own: Row, names: list[str]) -> str:
    if not names:
        text = tr("Deux fois la même fenêtre. Aucun territoire de la phase {phase} ne lui est lié.")
        return typography.spaced(text.format(phase=3 - own["phase"]))
    text = tr("Issu de : {names}. Deux fois la même fenêtre.")
    if own["phase"] == 1:
        text = tr("Devenu : {names}. Deux fois la même fenêtre.")
    return typography.shown(text.format(names=typography.listed(names)))


def _alt(own: Row, names: dict[str, str]) -> str:
    text = tr(
        "Deux cartes côte à côte du territoire d’industrie {name}, {phase}, et de son sol en {other_phase} : {became}. "
        "Territoires de l’autre phase qui lui sont liés : {linked}."
    ).format(
        name=own["name"],
        phase=typography.phase_name(own["phase"]),
        other_phase=typography.phase_name(3 - own["phase"]),
        became=_became(own),
        linked=typography.listed(list(names.values())) if names else tr("aucun"),
    )
    return typography.shown(text)


def _data(own: Row, linked: pl.DataFrame) -> pl.DataFrame:
    """One row a territory in colour: the sheet's own first."""
    columns = ["phase", "territory_id", "name", "region_code"]
    first = pl.DataFrame([{name: own[name] for name in columns} | {"role": "own"}])
    return pl.concat([first, linked.select(*columns, role=pl.lit("linked"))])
