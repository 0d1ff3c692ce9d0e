"""One territory: where it is, and its members by name."""

from collections import Counter
from typing import Any, Final, TypeAlias

import geopandas as gpd
import polars as pl
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis import picture, style
from analysis.errors import ParameterError
from analysis.geography import MAINLAND, PROJECTIONS, Geometries, projection_of
from analysis.maps import cartography as carto
from analysis.maps import marks
from analysis.maps.labels import annotate, short_name
from analysis.maps.placement import Label
from analysis.picture import Picture

WIDTH: Final = 7.5
SIDE, GUTTER = 1.85, 0.15  # inches of the locator, left of the map, and between them
AROUND: Final = 1.3  # inches of the figure's height that are not the map
LEAST_HEIGHT, MOST_HEIGHT = 3.7, 5.0  # of the map, in inches
PAD: Final = 0.09
CLOSE: Final = 0.03  # of the map's width: members that near had better differ in colour
RING_POINTS, DOT_POINTS = 15.0, 3.0  # around and in the middle of a territory smaller than the ring
LEGEND_HEIGHT: Final = 1.0  # inches
YEARS: Final = {1: "2019-2022", 2: "2023-2027"}
KINDS: Final = {
    "epci": ("intercommunalité", "intercommunalités"),
    "ept": ("établissement public territorial", "établissements publics territoriaux"),
    "commune": ("commune", "communes"),
}
TEXTS: Final = 0.6  # inches of AROUND that titles and credit, the longer they are, may take from the map
Row: TypeAlias = dict[str, Any]


def window(phase: int, territory_id: str, communes: pl.DataFrame, commune_outlines: gpd.GeoDataFrame) -> carto.Bounds:
    """WGS 84 bounds that hold everything the map of a territory's members can show, however long its texts.

    `draw` gives the same bytes with the whole tables as with the communes whose outlines meet these bounds; the
    locator always shows the whole of `overview`. Raises ParameterError for a territory without communes.
    """
    own = communes.filter(pl.col(f"territory_{phase}") == territory_id) if phase in YEARS else communes.clear()
    if own.is_empty():
        raise _unknown(phase, territory_id)
    epsg = projection_of(own.item(0, "region_code"))
    extent = _outlines(own, commune_outlines, epsg)
    tallest = _map_height(extent) + AROUND
    width = (1 - 2 * picture.MARGIN / WIDTH) * WIDTH - SIDE - GUTTER
    heights = (tallest - AROUND - TEXTS, tallest)
    return carto.window_bounds([carto.view_of(extent, epsg, width, height, pad=PAD) for height in heights])


def draw(
    phase: int,
    territory_id: str,
    territories: gpd.GeoDataFrame,
    overview: gpd.GeoDataFrame,
    commune_outlines: gpd.GeoDataFrame,
    communes: pl.DataFrame,
    members: pl.DataFrame,
    credit: str,
) -> Picture:
    """A locator map of a territory, and the map of its members.

    `territories` is out_territories, `overview` core_boundaries_overview, `commune_outlines`
    core_commune_boundaries, `communes` core_communes, `members` core_members. Raises ParameterError for a territory
    that the phase does not have.
    """
    row = _row(territories, phase, territory_id)
    own = members.filter(phase=phase, territory_id=territory_id).sort("member_code")
    places = communes.select(
        "commune_code", "department_code", "region_code", member=_if_own(phase, territory_id, f"member_{phase}")
    )
    epsg = projection_of(row["region_code"])
    extent = _outlines(places.drop_nulls("member"), commune_outlines, epsg)
    title = _title(row, own)
    figure = picture.new_figure(WIDTH, _map_height(extent) + AROUND)
    axes, strip, locator, legend = _layout(figure, picture.compose(figure, title, credit, _subtitle(row)))
    view = carto.view_of(extent, epsg, *marks.frame_size(axes), pad=PAD)
    around = _around(view, commune_outlines, places)
    shapes = _draw_members(axes, view, around)
    annotate(axes, view, _labels(own, shapes))
    marks.legend_strip(strip, view, [], columns=1)
    _locate(locator, row["region_code"], shapely.union_all(extent), overview)
    marks.legend(legend, _legend(around["department_code"].nunique()), columns=1)
    name = f"territory_map_phase{phase}_{territory_id}"
    return Picture(name, figure, title, _alt(row, own), credit, _data(own))


def _row(territories: gpd.GeoDataFrame, phase: int, territory_id: str) -> Row:
    found = territories[(territories["phase"] == phase) & (territories["territory_id"] == territory_id)]
    if len(found) != 1:
        raise _unknown(phase, territory_id)
    row: Row = found.drop(columns="geometry").to_dict("records")[0]
    return row


def _unknown(phase: int, territory_id: str) -> ParameterError:
    what = f"no territory {territory_id!r} in phase {phase!r}."
    return ParameterError(what, repair="Give an id of out_territories, such as 'ti-4408', and phase 1 or 2.")


def _outlines(communes: pl.DataFrame, commune_outlines: gpd.GeoDataFrame, epsg: int) -> Geometries:
    inside = commune_outlines["commune_code"].isin(communes.get_column("commune_code").to_list())
    found: Geometries = carto.project(commune_outlines[inside], epsg).geometry.to_numpy()
    return found


def _if_own(phase: int, territory_id: str, column: str) -> pl.Expr:
    return pl.when(pl.col(f"territory_{phase}") == territory_id).then(pl.col(column))


def _map_height(extent: Geometries) -> float:
    xmin, ymin, xmax, ymax = shapely.total_bounds(extent)
    ratio = (ymax - ymin) / (xmax - xmin)
    return float(min(max((WIDTH - SIDE - GUTTER) * ratio, LEAST_HEIGHT), MOST_HEIGHT))


def _layout(figure: Figure, rectangle: tuple[float, float, float, float]) -> tuple[Axes, Axes, Axes, Axes]:
    """Axes of the map, of the strip under it, of the locator and of the legend under the locator."""
    left, bottom, width, height = rectangle
    across, up = figure.get_size_inches()
    start = (SIDE + GUTTER) / across
    axes, strip = marks.map_axes(figure, (left + start, bottom, width - start, height), legend_rows=1)
    square = (left, bottom + height - SIDE / up, SIDE / across, SIDE / up)
    under = (left, square[1] - LEGEND_HEIGHT / up, SIDE / across, LEGEND_HEIGHT / up)
    legend = picture.add_axes(figure, under)
    legend.set_axis_off()
    return axes, strip, picture.add_axes(figure, square), legend


def _around(view: carto.View, commune_outlines: gpd.GeoDataFrame, places: pl.DataFrame) -> gpd.GeoDataFrame:
    """The communes that may show in the window, projected, with their département, region and member."""
    near = carto.near(commune_outlines, view)
    known = places.filter(pl.col("commune_code").is_in(list(near["commune_code"])))
    return near.merge(known.to_pandas(), on="commune_code", validate="1:1")


def _draw_members(axes: Axes, view: carto.View, around: gpd.GeoDataFrame) -> dict[str, Any]:
    """Ground, members and administrative borders; returns the members' outlines by code."""
    marks.show(axes, view, framed=True)
    members = carto.dissolved(around.dropna(subset="member"), "member")
    shapes = members.geometry.to_numpy()
    regions, departments = (
        carto.cut(carto.dissolved(around, key), view).geometry.to_numpy() for key in ("region_code", "department_code")
    )
    marks.fill(axes, regions, style.GROUND, level=1)
    marks.fill(axes, shapes, carto.map_colours(shapes, CLOSE * view.width), level=2)
    communes = carto.cut(around, view).geometry
    marks.fill(axes, communes, "none", level=3, edgecolor=style.PAPER, linewidth=0.3)
    marks.trace(axes, departments, style.BORDER_SOFT, 0.6, level=4, dashed=True)
    marks.fill(axes, shapes, "none", level=5, edgecolor=style.PAPER, linewidth=1.4)
    marks.trace(axes, regions, style.BORDER, 0.9, level=6)
    return dict(zip(members["member"], shapes, strict=True))


def _labels(own: pl.DataFrame, shapes: dict[str, Any]) -> list[Label]:
    rows = own.select("member_code", "member_name").iter_rows()
    return [Label(code, short_name(name), shapes[code]) for code, name in rows]


def _locate(axes: Axes, region_code: str, territory: Any, overview: gpd.GeoDataFrame) -> None:
    """The territory in mainland France, or in its overseas region, with a ring around it when it is small."""
    regions = carto.only(overview, "region")
    epsg = projection_of(region_code)
    overseas = regions["code"].isin(list(PROJECTIONS))
    shown = carto.project(regions[~overseas if epsg == MAINLAND else regions["code"] == region_code], epsg)
    view = carto.view_of(shown.geometry.to_numpy(), epsg, *marks.frame_size(axes))
    marks.show(axes, view)
    own = shown["code"] == region_code
    marks.fill(axes, shown[~own].geometry, style.GROUND, level=1, edgecolor=style.PAPER, linewidth=0.5)
    marks.fill(axes, shown[own].geometry, style.MISSING, level=1, edgecolor=style.PAPER, linewidth=0.5)
    marks.fill(axes, [territory], style.ACCENT, level=2)
    _ring(axes, territory, view.width / (marks.frame_size(axes)[0] * marks.POINTS_PER_INCH))


def _ring(axes: Axes, territory: Any, metres_per_point: float) -> None:
    """A ring around a territory that is too small to be seen at once, and a dot in it."""
    circle = shapely.minimum_bounding_circle(territory)
    if 2 * shapely.minimum_bounding_radius(territory) / metres_per_point > RING_POINTS:
        return
    place = shapely.get_coordinates(shapely.centroid(circle)).T
    ring, dot = (Line2D(*place, marker="o", markersize=size) for size in (RING_POINTS, DOT_POINTS))
    ring.set(markerfacecolor="none", markeredgecolor=style.INK, markeredgewidth=0.8)
    dot.set(color=style.ACCENT, markeredgewidth=0)
    axes.add_line(ring)
    axes.add_line(dot)


def _legend(departments: int) -> list[marks.Entry]:
    entries: list[marks.Entry] = [
        (marks.area(style.ACCENT), "le territoire, dans sa région"),
        (marks.swatches(style.MAP_COLOURS), "membre (couleurs sans\nsignification)"),
        (marks.area(style.GROUND), "hors du territoire\n(traits blancs\u00a0: communes)"),
        (marks.line(style.BORDER, 0.9), "limite de région ou côte"),
    ]
    dashed = (marks.line(style.BORDER_SOFT, 0.8, dashed=True), "limite de département")
    return [*entries, dashed] if departments > 1 else entries


# --- words -------------------------------------------------------------------------------------------------


def _title(row: Row, own: pl.DataFrame) -> str:
    counts = Counter(own.get_column("member_kind"))
    kinds = [style.counted(counts[kind], *nouns) for kind, nouns in KINDS.items() if counts[kind]]
    return style.french(style.typographic(f"{row['name']}, phase {row['phase']} : {style.listed(kinds)}"))


def _subtitle(row: Row) -> str:
    communes = style.counted(row["commune_count"], "commune")
    people = style.counted(row["population_2022"], "habitant")
    area = f"{style.number(row['area_km2'])}{style.HARD_SPACE}km²"
    return style.french(f"{YEARS[row['phase']]} : {communes}, {people} (2022), {area}")


def _alt(row: Row, own: pl.DataFrame) -> str:
    names = ", ".join(own.get_column("member_name").sort())
    text = f"Carte du territoire d’industrie {row['name']}, {style.PHASE_NAMES[row['phase']]}. Membres : {names}. "
    return style.french(style.typographic(f"{text}{_subtitle(row)}."))


def _data(own: pl.DataFrame) -> pl.DataFrame:
    """One row a drawn member, with the name on the map."""
    label = pl.col("member_name").map_elements(short_name, return_dtype=pl.String)
    return own.with_columns(label=label)
