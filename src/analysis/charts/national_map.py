"""Every phase side by side: every territory, the overseas regions and Île-de-France in insets."""

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
from analysis.charts.maps import marks
from analysis.charts.register import GEOGRAPHY, chart
from analysis.i18n import typography
from analysis.i18n.language import tr
from analysis.programme import TERRITORY
from analysis.tables.codes import FRANCE, PHASES

NAME: Final = "national_map"
SIZE: Final = (10.0, 7.15)
GAP: Final = 0.25  # inches between the panels
LEGEND: Final = 0.3  # inches under the panels
HEADING: Final = 0.42  # inches above a panel's map
MAIN_EDGE, INSET_EDGE = 0.45, 0.5  # points, the white line between territories
SHARES: Final = ("commune_share_pct", "population_share_pct", "area_share_pct")
Row: TypeAlias = dict[str, Any]


@chart(sources=GEOGRAPHY)
def national_map(
    out_territories: gpd.GeoDataFrame,
    core_boundaries_overview: gpd.GeoDataFrame,
    out_region_coverage: pl.DataFrame,
    credit: str,
) -> Picture:
    """The territories of each phase, phase 1 on the left.

    The outlines of out_territories are not used: those of core_boundaries_overview are lighter.
    """
    france = {row["phase"]: row for row in out_region_coverage.filter(region_code=FRANCE).iter_rows(named=True)}
    members = out_territories.groupby("phase")["member_count"].sum().to_dict()
    title = _title(france)
    figure = picture.new_figure(*SIZE)
    left, bottom, width, height = (
        share * side for share, side in zip(picture.compose(figure, title, credit), SIZE * 2, strict=True)
    )
    part = (width - GAP * (len(PHASES) - 1)) / len(PHASES)
    for rank, phase in enumerate(PHASES):
        start = left + rank * (part + GAP)
        frame = (start, bottom + LEGEND, part, height - LEGEND - HEADING)
        _write_heading(figure, start, bottom + height, _heading(france[phase], members[phase]))
        layers = _layers(core_boundaries_overview, phase)
        draw = partial(_draw, layers, style.PHASE_COLOURS[phase])
        maps.panel(figure, frame, layers["region"], layers["department"], draw)
    _legend(figure, (left, bottom, width, LEGEND - 0.08))
    table = pl.from_pandas(out_territories.drop(columns="geometry"))
    return Picture(NAME, figure, title, _alt(france, members), credit, table)


def _layers(boundaries: gpd.GeoDataFrame, phase: int) -> dict[str, gpd.GeoDataFrame]:
    names = {"region": "region", "department": "department", "territory": f"territory_{phase}"}
    return {name: carto.only(boundaries, layer) for name, layer in names.items()}


def _draw(layers: dict[str, gpd.GeoDataFrame], colour: str, axes: Axes, view: carto.View, inset: bool) -> None:
    """The three layers in a window, the territories in the colour of their phase."""
    width = INSET_EDGE if inset else MAIN_EDGE
    regions, departments, territories = (
        carto.visible(layers[name], view) for name in ("region", "department", "territory")
    )
    marks.fill(axes, regions.geometry, style.GROUND, level=1)
    marks.fill(axes, territories.geometry, colour, level=2, edgecolor=style.PAPER, linewidth=width)
    marks.trace(axes, departments.geometry.to_numpy(), style.BORDER_SOFT, 0.2, level=3)
    marks.trace(axes, regions.geometry.to_numpy(), style.BORDER, 0.55, level=4)


def _write_heading(figure: Figure, left: float, top: float, heading: tuple[str, str]) -> None:
    counts, shares = heading
    across, up = left / SIZE[0], SIZE[1]
    figure.text(across, (top - 0.02) / up, counts, va="top", fontsize=style.SUBTITLE_SIZE, weight="bold")
    figure.text(across, (top - 0.2) / up, shares, va="top", fontsize=7.5, color=style.INK_SOFT)


def _legend(figure: Figure, frame: maps.Frame) -> None:
    axes = maps.axes_in(figure, frame)
    axes.set_axis_off()
    entries: list[marks.Entry] = [
        *(
            (marks.area(colour), typography.spaced(tr("territoire de la phase {phase}").format(phase=phase)))
            for phase, colour in style.PHASE_COLOURS.items()
        ),
        (marks.area(style.GROUND), tr("hors programme")),
        (marks.line(style.BORDER, 0.8), tr("limite de région")),
        (marks.line(style.BORDER_SOFT, 0.4), tr("limite de département")),
    ]
    marks.legend(axes, entries, columns=len(entries))


# --- words -------------------------------------------------------------------------------------------------


def _title(france: dict[int, Row]) -> str:
    *earlier, last = (france[phase] for phase in PHASES)
    after = typography.counted(last["territory_count"], TERRITORY.one, TERRITORY.many)
    second = typography.percent(last["population_share_pct"])
    if not earlier:
        text = tr("{after} : {second} de la population couverte")
        return typography.spaced(text.format(after=after, second=second))
    before, first = earlier[0]["territory_count"], typography.percent(earlier[0]["population_share_pct"])
    text = tr("De {before} à {after} : de {first} à {second} de la population couverte")
    return typography.spaced(text.format(before=typography.number(before), after=after, first=first, second=second))


def _heading(row: Row, members: int) -> tuple[str, str]:
    phase = typography.spaced(typography.phase_name(row["phase"]))
    communes, population, area = (typography.percent(row[share]) for share in SHARES)
    counts = f"{typography.counted(row['territory_count'], 'territoire')}, {typography.counted(members, 'membre')}"
    shares = tr("{communes} des communes, {population} de la population, {area} de la superficie")
    return (
        typography.spaced(tr("{subject} : {what}").format(subject=typography.capitalised(phase), what=counts)),
        typography.spaced(shares.format(communes=communes, population=population, area=area)),
    )


def _alt(france: dict[int, Row], members: dict[int, int]) -> str:
    maps_of = tr("Deux cartes de France côte à côte, avec les cinq régions d’outre-mer et l’Île-de-France en encarts.")
    if len(france) == 1:
        maps_of = tr("Carte de France, avec les cinq régions d’outre-mer et l’Île-de-France en encarts.")
    parts = [maps_of]
    for phase, row in sorted(france.items()):
        parts.append(f"{typography.series(_heading(row, members[phase]))}.")
    return typography.spaced(" ".join(parts))
