"""One region, one phase: its territories by name, the intercommunalities, and who reaches in from next door."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import geopandas as gpd
import numpy as np
import polars as pl
import shapely
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.charts.drawing import picture, style
from analysis.charts.drawing.picture import Picture
from analysis.charts.maps import became, borders, ground, marks, ties
from analysis.charts.maps import cartography as carto
from analysis.charts.maps.borders import Bounds
from analysis.charts.maps.labels import annotate
from analysis.charts.maps.placement import Label
from analysis.charts.register import GEOGRAPHY, chart
from analysis.errors import ParameterError
from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.programme import NAME, TERRITORY
from analysis.registry.contracts import PHASE, signed_contracts
from analysis.registry.geography import Geometries, projection_of
from analysis.tables.codes import YEARS

WIDTH: Final = 7.5
AROUND: Final = 1.5  # inches of the figure's height that are not the map
LEAST_HEIGHT, MOST_HEIGHT = 4.2, 6.6  # of the map, in inches
PAD: Final = 0.045
TEXTS: Final = 0.6  # inches of AROUND that titles and credit, the longer they are, may take from the map
REACHES_IN_M2: Final = 1e5  # a common border is not an area: rounding stays far below this
LEAST_SIDE: Final = 40.0  # points of a square as large as a territory from next door that is always named
NONE: Final = N_("Aucune commune de la région n’est dans le programme.")
SIGNED: Final = N_("contrat signé au 19 novembre 2019")
SHARES: Final = ("commune_share_pct", "population_share_pct", "area_share_pct")
DATA: Final[dict[str, Any]] = {
    "kind": pl.String,
    "code": pl.String,
    "name": pl.String,
    "status": pl.String,
    "phase": pl.Int64,
    "region_code": pl.String,
    "member_count": pl.Int64,
    "commune_count": pl.Int64,
    "population_2022": pl.Int64,
    "area_km2": pl.Float64,
}
Row: TypeAlias = dict[str, Any]
OUTER_LOOK: Final[dict[str, Any]] = {"style": "italic", "color": style.INK_SOFT}
SIGNED_LOOK: Final[dict[str, Any]] = {"weight": "bold"}
BOLD: Final = Line2D([], [], linestyle="", marker="$\\mathbf{A}$", color=style.INK, markersize=6, markeredgewidth=0)


@dataclass(frozen=True, slots=True)
class Scene:
    """What one map shows, in its window's projection; `own` has a column status, what became of each.

    `ties` are lines between parts of a territory that stand apart.
    """

    view: carto.View
    region: Any
    layers: dict[str, gpd.GeoDataFrame]
    own: gpd.GeoDataFrame
    other: gpd.GeoDataFrame
    ties: list[Any]


def window(region_code: str, territories: gpd.GeoDataFrame, boundaries: gpd.GeoDataFrame) -> Bounds:
    """WGS 84 bounds that hold everything the maps of a region in both phases can show, however long their texts.

    `draw` gives the same bytes with the whole tables as with the rows that meet these bounds. Raises
    ParameterError for an unknown region.
    """
    if region_code not in set(carto.only(boundaries, "region")["code"]):
        raise _unknown(region_code)
    epsg, views = projection_of(region_code), []
    for phase in YEARS:
        extent = _extent(region_code, territories[territories["phase"] == phase], boundaries)
        height = _map_height(extent) + AROUND
        views += carto.views_of(extent, epsg, WIDTH - 2 * picture.MARGIN, height, AROUND + TEXTS, pad=PAD)
    return carto.window_bounds(views)


def contracts_shown(
    out_enumerations: pl.DataFrame, out_region_coverage: pl.DataFrame, region_code: str, phase: int
) -> pl.DataFrame:
    """The rows of out_enumerations that the map of a phase marks; none in the phase that has no signed contracts."""
    contracts = signed_contracts(out_enumerations, out_region_coverage, region_code)
    return contracts if phase == PHASE else contracts.clear()


@chart(sources=GEOGRAPHY, cited=contracts_shown)
def region_map(
    out_territories: gpd.GeoDataFrame,
    core_boundaries_detail: gpd.GeoDataFrame,
    out_region_coverage: pl.DataFrame,
    out_enumerations: pl.DataFrame,
    out_phase_change: pl.DataFrame | None,
    out_phase1_fate: pl.DataFrame | None,
    region_code: str,
    phase: int,
    credit: str,
) -> Picture:
    """The map of a region in a phase, its territories named and filled by what became of them between the phases.

    Where sources name signed contracts in it (rows of out_enumerations), their territories have bold names. Raises
    ParameterError for an unknown region or phase.
    """
    row = _coverage_row(out_region_coverage, region_code, phase)
    of_phase = out_territories[out_territories["phase"] == phase]
    mine = of_phase[of_phase["region_code"] == region_code]["territory_id"]
    statuses = dict(zip(mine, became.of_territories(out_phase_change, out_phase1_fate, phase, mine), strict=True))
    of_phase = of_phase.assign(status=of_phase["territory_id"].map(statuses))
    extent = _extent(region_code, of_phase, core_boundaries_detail)
    contracts = contracts_shown(out_enumerations, out_region_coverage, region_code, phase)
    signed = contracts.get_column("registry_code").drop_nulls().to_list() or None
    figure = picture.new_figure(WIDTH, _map_height(extent) + AROUND)
    title = _title(row)
    rectangle = picture.compose(figure, title, credit, _subtitle(row))
    axes, strip = marks.map_axes(figure, rectangle, legend_rows=2)
    view = carto.view_of(extent, projection_of(region_code), *marks.frame_size(axes), pad=PAD)
    scene = _scene(region_code, of_phase, core_boundaries_detail, view, marks.metres_per_point(axes, view))
    _draw(axes, scene)
    land = shapely.coverage_union_all(scene.layers["region"].geometry.to_numpy())
    labels = _labels(scene, set(signed or ()), marks.metres_per_point(axes, view))
    annotate(axes, view, labels, lines=[scene.region], grounds=[scene.region, land])
    marks.legend_strip(strip, view, _legend(scene, row, signed), columns=3)
    name = f"region_map_{region_code}_phase{phase}"
    return Picture(name, figure, title, _alt(row, scene, signed), credit, _data(row, scene, signed))


def _coverage_row(coverage: pl.DataFrame, region_code: str, phase: int) -> Row:
    rows = coverage.filter((pl.col("region_code") == region_code) & (pl.col("phase") == phase))
    if rows.height != 1 or region_code == "FR":
        raise _unknown(region_code, phase)
    return rows.row(0, named=True)


def _unknown(region_code: str, phase: int | None = None) -> ParameterError:
    what = f"no region {region_code!r}" + ("." if phase is None else f" in phase {phase!r}.")
    return ParameterError(what, repair="Give a region's INSEE code (two digits) and phase 1 or 2.")


def _extent(region_code: str, of_phase: gpd.GeoDataFrame, boundaries: gpd.GeoDataFrame) -> Geometries:
    regions = carto.only(boundaries, "region")
    shapes = [regions[regions["code"] == region_code], of_phase[of_phase["region_code"] == region_code]]
    epsg = projection_of(region_code)
    return np.concatenate([carto.project(one, epsg).geometry.to_numpy() for one in shapes])


def _map_height(extent: Geometries) -> float:
    xmin, ymin, xmax, ymax = shapely.total_bounds(extent)
    return float(min(max(WIDTH * (ymax - ymin) / (xmax - xmin), LEAST_HEIGHT), MOST_HEIGHT))


def _scene(
    region_code: str,
    of_phase: gpd.GeoDataFrame,
    boundaries: gpd.GeoDataFrame,
    view: carto.View,
    point: float,
) -> Scene:
    """What shows in the window; `point` is a printer's point in metres on the ground."""
    layers = {name: carto.visible(carto.only(boundaries, name), view) for name in ("region", "department", "epci")}
    region = layers["region"].set_index("code").geometry[region_code]
    shown = carto.visible(of_phase, view)
    mine = shown["region_code"] == region_code
    own, rest = shown[mine], shown[~mine]
    reaches_in = [carto.area_in(one, region) > REACHES_IN_M2 for one in rest.geometry]
    other = rest[np.array(reaches_in, dtype=bool)]
    shapes = np.concatenate([own.geometry.to_numpy(), other.geometry.to_numpy()])
    return Scene(view, region, layers, own, other, ties.ties(shapes, point))


def _draw(axes: Axes, scene: Scene) -> None:
    marks.show(axes, scene.view)
    marks.fill(axes, scene.layers["region"].geometry, style.GROUND_FAR, level=1)
    marks.fill(axes, [scene.region], style.GROUND, level=1)
    marks.fill(axes, scene.other.geometry, style.GROUND_OTHER, level=2)
    ground.fill(axes, scene.own, level=2, looks=style.MAP_LOOKS)
    _draw_borders(axes, scene)


def _draw_borders(axes: Axes, scene: Scene) -> None:
    """Each border once, as the strongest of what it bounds."""
    regions, departments, epci = (scene.layers[name].geometry.to_numpy() for name in ("region", "department", "epci"))
    inside = (carto.mostly_in(units, scene.region) for units in (departments, epci))
    region = np.array([scene.region], dtype=object)
    areas = [region, scene.own.geometry.to_numpy(), scene.other.geometry.to_numpy(), *inside, regions]
    outline, own, other, departments, epci, far = borders.layered(areas, scene.view.bounds)
    marks.stroke(axes, far, style.GRID, 0.6, level=1)
    marks.stroke(axes, epci, style.PAPER, 0.5, level=3)
    marks.stroke(axes, departments, style.BORDER_SOFT, 0.5, level=4, dashed=True)
    marks.stroke(axes, other, style.PAPER, 0.9, level=5)
    marks.stroke(axes, own, style.PAPER, 1.3, level=5)
    marks.stroke(axes, outline, style.INK, 1.0, level=6)
    ties.draw(axes, scene.ties, level=6)


def _labels(scene: Scene, signed: Collection[str], metres_per_point: float) -> list[Label]:
    """Names of the region's territories, and of others: these are left out where little of them shows."""
    columns = ("territory_id", "name", "geometry")
    mine, others = (zip(*(frame[column] for column in columns), strict=True) for frame in (scene.own, scene.other))
    least = (LEAST_SIDE * metres_per_point) ** 2
    looks = {True: SIGNED_LOOK, False: {}}
    return [Label(code, name, shape, look=looks[code in signed]) for code, name, shape in mine] + [
        Label(code, name, shape, optional=shapely.area(carto.clip(shape, scene.view)) < least, look=OUTER_LOOK)
        for code, name, shape in others
    ]


def _signed(scene: Scene, signed: Collection[str]) -> gpd.GeoDataFrame:
    return scene.own[scene.own["territory_id"].isin(list(signed))]


def _legend(scene: Scene, row: Row, signed: Collection[str] | None) -> list[marks.Entry]:
    entries: list[marks.Entry] = []
    entries += became.entries(became.TERRITORY_WORDS[row["phase"]], scene.own["status"])
    if signed is not None:
        entries.append((BOLD, typography.spaced(tr("nom en gras : {what}").format(what=tr(SIGNED)))))
    if len(scene.other):
        entries.append((marks.area(style.GROUND_OTHER), tr("territoire d’une autre région")))
    if row["commune_share_pct"] < 100:
        entries.append((marks.area(style.GROUND), typography.spaced(tr("hors programme (traits blancs : EPCI)"))))
    if len(carto.mostly_in(scene.layers["department"].geometry.to_numpy(), scene.region)) > 1:
        entries.append((marks.line(style.BORDER_SOFT, 0.7, dashed=True), tr("limite de département")))
    if scene.ties:
        entries.append(ties.entry(tr("relie les parties d’un territoire")))
    return entries


# --- words -------------------------------------------------------------------------------------------------


def _title(row: Row) -> str:
    text = tr("{region} : {count} en phase {phase}")
    if not row["territory_count"]:
        text = tr("{region} : {none} en phase {phase}")
    count = typography.counted(row["territory_count"], TERRITORY.one, TERRITORY.many)
    words = {"region": row["region_name"], "count": count, "none": tr(TERRITORY.none), "phase": row["phase"]}
    return typography.shown(text.format(**words))


def _subtitle(row: Row) -> str:
    years = typography.years(*YEARS[row["phase"]])
    if not row["commune_count"]:
        none = tr(NONE)
        return typography.spaced(tr("{subject} : {what}").format(subject=years, what=none[0].lower() + none[1:]))
    communes, population, area = (typography.percent(row[share]) for share in SHARES)
    shares = tr("{communes} des communes, {population} de la population, {area} de la superficie")
    shares = shares.format(communes=communes, population=population, area=area)
    return typography.spaced(tr("Part couverte, {years} : {shares}").format(years=years, shares=shares))


def _alt(row: Row, scene: Scene, signed: Collection[str] | None) -> str:
    start = tr("Carte de la région {region}, {phase}.")
    parts = [start.format(region=row["region_name"], phase=typography.phase_name(row["phase"]))]
    names = ", ".join(sorted(scene.own["name"]))
    listed = tr("{programme} ({count}) : {names}.").format(programme=tr(NAME), count=len(scene.own), names=names)
    parts.append(listed if names else tr(NONE))
    if names:
        parts.append(became.counts(became.TERRITORY_WORDS[row["phase"]], scene.own["status"]))
    if signed is not None:
        counts = {"count": len(_signed(scene, signed)), "whole": len(scene.own)}
        parts.append(tr("{what} : {count} sur {whole}.").format(what=typography.capitalised(tr(SIGNED)), **counts))
    if len(scene.other):
        others = ", ".join(sorted(scene.other["name"]))
        parts.append(tr("Territoires d’autres régions qui débordent : {names}.").format(names=others))
    if row["commune_count"]:
        share = typography.percent(row["population_share_pct"])
        parts.append(tr("Population couverte : {share}.").format(share=share))
    return typography.shown(" ".join(parts))


def _data(row: Row, scene: Scene, signed: Collection[str] | None) -> pl.DataFrame:
    """One row a drawn territory with its status, and the region itself with what the programme covers of it."""
    drawn = [("territory", scene.own), ("territory_of_other_region", scene.other.drop(columns="status"))]
    rows: list[Row] = [{"kind": "region", "code": row["region_code"], "name": row["region_name"], **row}]
    for kind, frame in drawn:
        rows += [{"kind": kind, "code": one["territory_id"], **one} for one in frame.to_dict("records")]
    table = pl.DataFrame([{name: one.get(name) for name in DATA} for one in rows], schema=DATA)
    if signed is None:
        return table
    return table.with_columns(signed=pl.when(pl.col("kind") == "territory").then(pl.col("code").is_in(list(signed))))
