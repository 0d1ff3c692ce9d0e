"""One territory: where it is, and its members by name."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, Final, TypeAlias

import geopandas as gpd
import polars as pl
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.drawing import picture, style
from analysis.charts.drawing.picture import Picture
from analysis.charts.maps import became, borders, ground, marks, ties
from analysis.charts.maps import cartography as carto
from analysis.charts.maps.borders import Bounds
from analysis.charts.maps.labels import annotate, short_name
from analysis.charts.maps.locator import locate
from analysis.charts.maps.placement import Label
from analysis.charts.register import GEOGRAPHY, chart
from analysis.errors import ParameterError
from analysis.i18n import typography
from analysis.i18n.language import tr
from analysis.programme import TERRITORY
from analysis.registry.geography import Geometries, projection_of
from analysis.registry.phases.wording import KIND_NOUNS
from analysis.tables.codes import YEARS

WIDTH: Final = 7.5
SIDE, GUTTER = 1.85, 0.15  # inches of the locator, left of the map, and between them
AROUND: Final = 1.3  # inches of the figure's height that are not the map
LEAST_HEIGHT, MOST_HEIGHT = 3.7, 5.0  # of the map, in inches
PAD: Final = 0.09
FINE_POINTS: Final = 0.25  # side of the square below which a vertex's triangle cannot be seen
TEXTS: Final = 0.6  # inches of AROUND that titles and credit, the longer they are, may take from the map
Row: TypeAlias = dict[str, Any]


def window(phase: int, territory_id: str, communes: pl.DataFrame, commune_outlines: gpd.GeoDataFrame) -> Bounds:
    """WGS 84 bounds that hold everything the map of a territory's members can show, however long its texts.

    `draw` gives the same bytes with the whole tables as with the communes whose outlines meet these bounds; the
    locator always shows the whole of `overview`. Raises ParameterError for a territory without communes.
    """
    own = communes.filter(pl.col(f"territory_{phase}") == territory_id) if phase in YEARS else communes.clear()
    if own.is_empty():
        raise _unknown(phase, territory_id)
    epsg = projection_of(own.item(0, "region_code"))
    extent = _outlines(own, commune_outlines, epsg)
    width = WIDTH - 2 * picture.MARGIN - SIDE - GUTTER
    views = carto.views_of(extent, epsg, width, _map_height(extent) + AROUND, AROUND + TEXTS, pad=PAD)
    return carto.window_bounds(views)


@chart(sources=GEOGRAPHY)
def territory_map(
    out_territories: gpd.GeoDataFrame,
    core_boundaries_overview: gpd.GeoDataFrame,
    core_commune_boundaries: gpd.GeoDataFrame,
    core_communes: pl.DataFrame,
    core_members: pl.DataFrame,
    out_member_change: pl.DataFrame | None,
    phase: int,
    territory_id: str,
    credit: str,
) -> Picture:
    """A locator map of a territory, and the map of its members by what became of them between the phases.

    Raises ParameterError for a territory that the phase does not have.
    """
    row = _row(out_territories, phase, territory_id)
    own = core_members.filter(phase=phase, territory_id=territory_id).sort("member_code")
    own = own.with_columns(status=pl.Series(became.of_members(out_member_change, own["member_code"])))
    places = core_communes.select(
        "commune_code", "department_code", "region_code", member=_if_own(phase, territory_id, f"member_{phase}")
    )
    epsg = projection_of(row["region_code"])
    extent = _outlines(places.drop_nulls("member"), core_commune_boundaries, epsg)
    title = _title(row, own)
    figure = picture.new_figure(WIDTH, _map_height(extent) + AROUND)
    axes, strip, locator, corner = _layout(figure, picture.compose(figure, title, credit, _subtitle(row)))
    view = carto.view_of(extent, epsg, *marks.frame_size(axes), pad=PAD)
    fine = FINE_POINTS * marks.metres_per_point(axes, view)
    around = _around(view, core_commune_boundaries, places, fine)
    lines = _borders(view, around)
    shapes = _draw_members(axes, view, around, lines, dict(own.select("member_code", "status").iter_rows()))
    lines_between = ties.ties(shapes.values(), marks.metres_per_point(axes, view))
    ties.draw(axes, lines_between, level=6)
    annotate(axes, view, _labels(own, shapes))
    marks.legend_strip(strip, view, [], columns=1)
    locate(locator, row["region_code"], shapely.coverage_union_all(extent), core_boundaries_overview)
    entries = _legend(phase, own["status"], around, lines)
    if lines_between:
        entries.append(ties.entry(tr("relie les parties\nd’un membre")))
    marks.legend(figure, entries, columns=1, left=corner[0], height=corner[1], anchor="upper left")
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


def _layout(
    figure: Figure, rectangle: tuple[float, float, float, float]
) -> tuple[Axes, Axes, Axes, tuple[float, float]]:
    """Axes of the map, of the strip under it and of the locator; the upper left corner of the legend under that."""
    left, bottom, width, height = rectangle
    across, up = figure.get_size_inches()
    start = (SIDE + GUTTER) / across
    axes, strip = marks.map_axes(figure, (left + start, bottom, width - start, height), legend_rows=1)
    square = (left, bottom + height - SIDE / up, SIDE / across, SIDE / up)
    return axes, strip, picture.add_axes(figure, square), (left, square[1] - GUTTER / up)


def _around(
    view: carto.View, commune_outlines: gpd.GeoDataFrame, places: pl.DataFrame, fine: float
) -> gpd.GeoDataFrame:
    """The communes that show in the window, projected, with their département, region and member.

    They are whole, so that areas made of them do not depend on what lies farther; vertices that matter less than
    `fine` metres are left out.
    """
    near = carto.meeting(carto.near(commune_outlines, view), view)
    simple = shapely.coverage_simplify(near.geometry.to_numpy(), fine)
    known = places.filter(pl.col("commune_code").is_in(near["commune_code"].to_list()))
    return near.set_geometry(simple).merge(known.to_pandas(), on="commune_code", validate="1:1")


def _draw_members(
    axes: Axes, view: carto.View, around: gpd.GeoDataFrame, lines: dict[str, Any], statuses: dict[str, str]
) -> dict[str, Any]:
    """Ground, members by their status and administrative borders; returns the members' outlines by code."""
    marks.show(axes, view, framed=True)
    members = carto.dissolved(around.dropna(subset="member"), "member")
    land = carto.clip(shapely.coverage_union_all(around.geometry.to_numpy()), view)
    marks.fill(axes, [land], style.GROUND, level=1)
    ground.fill(axes, members.assign(status=members["member"].map(statuses)), level=2, looks=style.MAP_LOOKS)
    marks.stroke(axes, lines["commune"], style.PAPER, 0.3, level=3)
    marks.stroke(axes, lines["department"], style.BORDER_SOFT, 0.6, level=4, dashed=True)
    marks.stroke(axes, lines["member"], style.PAPER, 1.4, level=5)
    marks.stroke(axes, lines["region"], style.BORDER, 0.9, level=6)
    return dict(zip(members["member"], members.geometry, strict=True))


def _borders(view: carto.View, around: gpd.GeoDataFrame) -> dict[str, Any]:
    """Borders as lines, by what they bound; those that a stronger one would hide are left out."""
    edges = borders.edges(around.geometry.to_numpy(), view.bounds)
    keys = {"region": "region_code", "department": "department_code", "member": "member"}
    found = {name: edges.between(around[key].to_numpy(dtype=object)) for name, key in keys.items()}
    found["commune"] = ~(found["region"] | found["member"])
    found["department"] &= ~(found["region"] | found["member"])
    return {name: edges.lines(chosen) for name, chosen in found.items()}


def _labels(own: pl.DataFrame, shapes: dict[str, Any]) -> list[Label]:
    rows = own.select("member_code", "member_name").iter_rows()
    return [Label(code, short_name(name), shapes[code]) for code, name in rows]


def _legend(phase: int, statuses: Iterable[str], around: gpd.GeoDataFrame, lines: dict[str, Any]) -> list[marks.Entry]:
    """Handles and names of what the map shows, and of nothing else."""
    entries: list[marks.Entry] = [(marks.area(style.INK), tr("le territoire, dans sa région"))]
    entries += became.entries(became.MEMBER_WORDS[phase], statuses)
    if around["member"].isna().any():
        entries.append(
            (marks.area(style.GROUND), typography.spaced(tr("hors du territoire\n(traits blancs : communes)")))
        )
    if not shapely.is_empty(lines["region"]):
        entries.append((marks.line(style.BORDER, 0.9), tr("limite de région,\ncôte ou frontière")))
    if not shapely.is_empty(lines["department"]):
        entries.append((marks.line(style.BORDER_SOFT, 0.8, dashed=True), tr("limite de département")))
    return entries


# --- words -------------------------------------------------------------------------------------------------


def _title(row: Row, own: pl.DataFrame) -> str:
    counts = Counter(own.get_column("member_kind"))
    kinds = [typography.counted(counts[kind], *nouns) for kind, nouns in KIND_NOUNS.items() if counts[kind]]
    text = tr("{name}, phase {phase} : {members}")
    text = text.format(name=row["name"], phase=row["phase"], members=typography.listed(kinds))
    return typography.shown(text)


def _subtitle(row: Row) -> str:
    communes = typography.counted(row["commune_count"], "commune")
    people = typography.counted(row["population_2022"], "habitant")
    area = f"{typography.number(row['area_km2'])}{typography.HARD_SPACE}km²"
    what, years = f"{communes}, {people} (2022), {area}", typography.years(*YEARS[row["phase"]])
    return typography.spaced(tr("{subject} : {what}").format(subject=years, what=what))


def _alt(row: Row, own: pl.DataFrame) -> str:
    names = ", ".join(own.get_column("member_name").sort())
    text = tr("Carte {of_territory} {name}, {phase}. Membres : {members}. {counts}.").format(
        of_territory=tr(TERRITORY.of),
        name=row["name"],
        phase=typography.phase_name(row["phase"]),
        members=names,
        counts=_subtitle(row),
    )
    return typography.shown(text)


def _data(own: pl.DataFrame) -> pl.DataFrame:
    """One row a drawn member, with its status and the name on the map."""
    label = pl.col("member_name").map_elements(short_name, return_dtype=pl.String)
    return own.with_columns(label=label)
