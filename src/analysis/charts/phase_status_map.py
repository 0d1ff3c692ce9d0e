"""The ground of the programme that stayed, left and entered between the phases, on one map of the country."""

from functools import partial
from typing import Any, Final, TypeAlias

import geopandas as gpd
import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.drawing import picture, style
from analysis.charts.drawing.picture import Picture
from analysis.charts.maps import cartography as carto
from analysis.charts.maps import france as maps
from analysis.charts.maps import ground, marks
from analysis.charts.register import GEOGRAPHY, chart
from analysis.i18n import typography
from analysis.i18n.language import N_, tr
from analysis.registry.phases import STATUS_WORDS
from analysis.tables.codes import FRANCE, PHASES, STATUSES

NAME: Final = "phase_status_map"
SIZE: Final = (7.5, 8.75)
LEGEND: Final = 0.52  # inches under the map
EDGE: Final = 0.45  # points, the white line between territories
Row: TypeAlias = dict[str, Any]


@chart(sources=GEOGRAPHY)
def phase_status_map(
    core_boundaries_overview: gpd.GeoDataFrame, out_region_change: pl.DataFrame, credit: str
) -> Picture:
    """The map, its title saying how many inhabitants entered and left.

    Takes the whole of out_region_change: its rows "FR" tell the title.
    """
    france = {row["status"]: row for row in out_region_change.filter(region_code=FRANCE).iter_rows(named=True)}
    title = _title(france)
    figure = picture.new_figure(*SIZE)
    left, bottom, width, height = (
        share * side for share, side in zip(picture.compose(figure, title, credit, tr(SUBTITLE)), SIZE * 2, strict=True)
    )
    layers = _layers(core_boundaries_overview)
    frame = (left, bottom + LEGEND, width, height - LEGEND)
    maps.panel(figure, frame, layers["region"], layers["department"], partial(_draw, layers))
    _legend(figure, (left, bottom, width, LEGEND - 0.08), france)
    return Picture(NAME, figure, title, _alt(france, out_region_change), credit, out_region_change)


def _layers(boundaries: gpd.GeoDataFrame) -> dict[str, gpd.GeoDataFrame]:
    layers = {name: carto.only(boundaries, name) for name in ("region", "department", "territory_1", "territory_2")}
    both = (layers[f"territory_{phase}"].geometry.to_numpy() for phase in PHASES)
    return layers | {"ground": ground.ground(*both).set_crs(boundaries.crs)}


def _draw(layers: dict[str, gpd.GeoDataFrame], axes: Axes, view: carto.View, inset: bool) -> None:
    regions = carto.visible(layers["region"], view).geometry.to_numpy()
    marks.fill(axes, regions, style.GROUND, level=1)
    ground.fill(axes, ground.shown(layers["ground"], view), level=2)
    # Phase 1 first: where both phases drew a border, that of phase 2 stays on top.
    for phase in PHASES:
        edges = carto.visible(layers[f"territory_{phase}"], view).geometry.to_numpy()
        marks.trace(axes, edges, style.PAPER, EDGE, level=3)
    departments = carto.visible(layers["department"], view).geometry.to_numpy()
    marks.trace(axes, departments, style.BORDER_SOFT, 0.2, level=4)
    marks.trace(axes, regions, style.BORDER, 0.55, level=5)


def _legend(figure: Figure, frame: maps.Frame, france: dict[str, Row]) -> None:
    axes = maps.axes_in(figure, frame)
    axes.set_axis_off()
    entries: list[marks.Entry] = [
        *((ground.swatch(style.STATUS_LOOKS[one]), _said(tr(STATUS_WORDS[one].one), france[one])) for one in STATUSES),
        (marks.area(style.GROUND), tr("hors programme aux deux phases")),
        (marks.line(style.BORDER, 0.8), tr("limite de région")),
        (marks.line(style.BORDER_SOFT, 0.4), tr("limite de département")),
    ]
    marks.legend(axes, entries, columns=2)


# --- words -------------------------------------------------------------------------------------------------

SUBTITLE: Final = N_(
    "Ce que couvrent les Territoires d’industrie de la phase 1 (2019-2022) et de la phase 2 (2023-2027). "
    "Traits blancs : limites des territoires des deux phases."
)


def _counts(row: Row) -> str:
    communes = typography.counted(row["commune_count"], "commune")
    return f"{communes}, {typography.counted(row['population_2022'], 'habitant')}"


def _said(status: str, row: Row) -> str:
    return typography.spaced(tr("{subject} : {what}").format(subject=status, what=_counts(row)))


def _title(france: dict[str, Row]) -> str:
    entered, left = (typography.millions(france[status]["population_2022"]) for status in ("entered", "left"))
    text = tr("Entre les deux phases, {entered} d’habitants entrent dans le programme, {left} en sortent")
    return typography.spaced(text.format(entered=entered, left=left))


def _alt(france: dict[str, Row], regions: pl.DataFrame) -> str:
    words = {one: (tr(STATUS_WORDS[one].one), tr(STATUS_WORDS[one].meaning)) for one in STATUSES}
    parts = [_said(", ".join(words[one]), france[one]) for one in STATUSES]
    most = {
        status: regions.filter(pl.col("region_code") != FRANCE, status=status)
        .sort("population_2022", "region_code", descending=[True, False])
        .row(0, named=True)["region_name"]
        for status in ("entered", "left")
    }
    text = tr(
        "Carte de France, avec les cinq régions d’outre-mer et l’Île-de-France en encarts. Territoire {parts}. "
        "La région où le plus d’habitants entrent est {entered}, celle où le plus sortent est {left}."
    )
    return typography.shown(text.format(parts=typography.series(parts), **most))
