"""Both phases side by side: every territory, the overseas regions and Île-de-France in insets."""

from typing import Any, Final, TypeAlias

import geopandas as gpd
import matplotlib as mpl
import polars as pl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis import picture, style
from analysis.geography import MAINLAND, PROJECTIONS, projection_of
from analysis.maps import cartography as carto
from analysis.maps import marks
from analysis.picture import Picture

NAME: Final = "national_map"
SIZE: Final = (10.0, 7.15)
GAP: Final = 0.25  # inches between the panels
LEGEND: Final = 0.3  # inches under the panels
HEADING: Final = 0.42  # inches above a panel's map
OVERSEAS: Final = {"01": "Guadeloupe", "02": "Martinique", "03": "Guyane", "04": "La Réunion", "06": "Mayotte"}
OVERSEAS_HEIGHT, INSET_GAP = 1.2, 0.06  # inches
INSET_TITLE: Final = 0.15  # inches above an inset's frame
BELOW: Final = 0.16  # of an overseas inset's height, for its scale bar
CAPITAL: Final = ("75", "92", "93", "94")  # the départements in the middle of its inset
CAPITAL_PAD: Final = 0.31  # of the inset, around them
CAPITAL_SIZE: Final = (1.02, 1.0)  # inches
CAPITAL_DOWN: Final = 0.56  # of the main map's height: in the Bay of Biscay
CLOSE_DEGREES: Final = 0.12  # territories that near had better differ in colour
SHARES: Final = ("commune_share_pct", "population_share_pct", "area_share_pct")
FRANCE: Final = "FR"
Frame: TypeAlias = tuple[float, float, float, float]  # left, bottom, width, height in inches
Row: TypeAlias = dict[str, Any]


def draw(territories: gpd.GeoDataFrame, boundaries: gpd.GeoDataFrame, coverage: pl.DataFrame, credit: str) -> Picture:
    """The territories of both phases, phase 1 on the left.

    `territories` is out_territories (its outlines are not used), `boundaries` core_boundaries_overview, `coverage`
    out_region_coverage.
    """
    france = {row["phase"]: row for row in coverage.filter(region_code=FRANCE).iter_rows(named=True)}
    members = territories.groupby("phase")["member_count"].sum().to_dict()
    title = _title(france)
    figure = picture.new_figure(*SIZE)
    left, bottom, width, height = (
        share * side for share, side in zip(picture.compose(figure, title, credit), SIZE * 2, strict=True)
    )
    half = (width - GAP) / 2
    for phase, start in ((1, left), (2, left + half + GAP)):
        frame = (start, bottom + LEGEND, half, height - LEGEND)
        _panel(figure, frame, _heading(france[phase], members[phase]), _layers(boundaries, phase))
    _legend(figure, (left, bottom, width, LEGEND - 0.08))
    table = pl.from_pandas(territories.drop(columns="geometry"))
    return Picture(NAME, figure, title, _alt(france, members), credit, table)


def _layers(boundaries: gpd.GeoDataFrame, phase: int) -> dict[str, gpd.GeoDataFrame]:
    names = {"region": "region", "department": "department", "territory": f"territory_{phase}"}
    layers = {name: carto.only(boundaries, layer) for name, layer in names.items()}
    shapes = layers["territory"].geometry.to_numpy()
    layers["territory"] = layers["territory"].assign(colour=carto.map_colours(shapes, CLOSE_DEGREES))
    return layers


def _panel(figure: Figure, frame: Frame, heading: tuple[str, str], layers: dict[str, gpd.GeoDataFrame]) -> None:
    left, bottom, width, height = frame
    _write_heading(figure, left, bottom + height, heading)
    main = _axes(figure, (left, bottom + OVERSEAS_HEIGHT, width, height - HEADING - OVERSEAS_HEIGHT))
    regions = layers["region"]
    mainland = carto.project(regions[~regions["code"].isin(list(PROJECTIONS))], MAINLAND).geometry.to_numpy()
    view = carto.view_of(mainland, MAINLAND, *marks.frame_size(main), pad=0.01)
    _draw(main, view, layers, width=0.45)
    marks.scale_bar(main, view, left=0.02, bottom=0.03, share=0.2)
    _capital(figure, main, view, layers)
    for number, (code, name) in enumerate(OVERSEAS.items()):
        each = (width + INSET_GAP) / len(OVERSEAS)
        place = (left + number * each, bottom, each - INSET_GAP, OVERSEAS_HEIGHT - INSET_TITLE - INSET_GAP)
        _overseas(_axes(figure, place), code, name, layers)


def _overseas(axes: Axes, code: str, name: str, layers: dict[str, gpd.GeoDataFrame]) -> None:
    regions, epsg = layers["region"], projection_of(code)
    shape = carto.project(regions[regions["code"] == code], epsg).geometry.to_numpy()
    view = carto.view_of(shape, epsg, *marks.frame_size(axes), pad=0.05, below=BELOW)
    _draw(axes, view, layers, width=0.5, framed=True)
    marks.scale_bar(axes, view, left=0.06, bottom=0.09, share=0.4)
    _inset_title(axes, name)


def _capital(figure: Figure, main: Axes, main_view: carto.View, layers: dict[str, gpd.GeoDataFrame]) -> None:
    """The middle of Île-de-France enlarged, at sea; its window is marked on the main map."""
    (width, height), whole = CAPITAL_SIZE, main.get_position()
    top = (whole.y0 + whole.height * (1 - CAPITAL_DOWN)) * SIZE[1]
    axes = _axes(figure, (whole.x0 * SIZE[0], top - height, width, height))
    middle = layers["department"][layers["department"]["code"].isin(CAPITAL)]
    shape = carto.project(middle, MAINLAND).geometry.to_numpy()
    view = carto.view_of(shape, MAINLAND, width, height, pad=CAPITAL_PAD)
    _draw(axes, view, layers, width=0.5, framed=True)
    factor = (width / view.width) / (marks.frame_size(main)[0] / main_view.width)
    _inset_title(axes, f"Île-de-France,\ncentre (×{style.HARD_SPACE}{style.number(factor, 1)})")
    marks.scale_bar(axes, view, left=0.06, bottom=0.06, share=0.3)
    frame = Rectangle((view.xmin, view.ymin), view.width, view.height, fill=False, linewidth=0.6, zorder=6)
    main.add_patch(frame)


def _draw(
    axes: Axes, view: carto.View, layers: dict[str, gpd.GeoDataFrame], *, width: float, framed: bool = False
) -> None:
    """The three layers in a window; `width` is that of the white line between territories, in points."""
    marks.show(axes, view, framed=framed)
    regions, departments, territories = (
        carto.visible(layers[name], view) for name in ("region", "department", "territory")
    )
    marks.fill(axes, regions.geometry, style.GROUND, level=1)
    colours = list(territories["colour"])
    marks.fill(axes, territories.geometry, colours, level=2, edgecolor=style.PAPER, linewidth=width)
    marks.trace(axes, departments.geometry.to_numpy(), style.BORDER_SOFT, 0.2, level=3)
    marks.trace(axes, regions.geometry.to_numpy(), style.BORDER, 0.55, level=4)


def _axes(figure: Figure, frame: Frame) -> Axes:
    across, up = SIZE
    return picture.add_axes(figure, (frame[0] / across, frame[1] / up, frame[2] / across, frame[3] / up))


def _inset_title(axes: Axes, name: str) -> None:
    with mpl.rc_context(style.RC):
        axes.set_title(name, fontsize=marks.SMALL_SIZE, weight="normal", pad=2)


def _write_heading(figure: Figure, left: float, top: float, heading: tuple[str, str]) -> None:
    counts, shares = heading
    with mpl.rc_context(style.RC):
        across, up = left / SIZE[0], SIZE[1]
        figure.text(across, (top - 0.02) / up, counts, va="top", fontsize=style.SUBTITLE_SIZE, weight="bold")
        figure.text(across, (top - 0.2) / up, shares, va="top", fontsize=7.5, color=style.INK_SOFT)


def _legend(figure: Figure, frame: Frame) -> None:
    axes = _axes(figure, frame)
    axes.set_axis_off()
    entries: list[marks.Entry] = [
        (marks.swatches(style.MAP_COLOURS), "territoire d’industrie (couleurs sans signification)"),
        (marks.area(style.GROUND), "hors programme"),
        (marks.line(style.BORDER, 0.8), "limite de région"),
        (marks.line(style.BORDER_SOFT, 0.4), "limite de département"),
    ]
    marks.legend(axes, entries, columns=len(entries))


# --- words -------------------------------------------------------------------------------------------------


def _title(france: dict[int, Row]) -> str:
    counts = [france[phase]["territory_count"] for phase in (1, 2)]
    first, second = (style.percent(france[phase]["population_share_pct"]) for phase in (1, 2))
    return style.french(
        f"De {style.number(counts[0])} à {style.counted(counts[1], 'territoire')} d’industrie : "
        f"de {first} à {second} de la population couverte"
    )


def _heading(row: Row, members: int) -> tuple[str, str]:
    phase = style.french(style.PHASE_NAMES[row["phase"]])
    communes, population, area = (style.percent(row[share]) for share in SHARES)
    counts = f"{style.counted(row['territory_count'], 'territoire')}, {style.counted(members, 'membre')}"
    return (
        style.french(f"P{phase[1:]} : {counts}"),
        style.french(f"{communes} des communes, {population} de la population, {area} de la superficie"),
    )


def _alt(france: dict[int, Row], members: dict[int, int]) -> str:
    parts = ["Deux cartes de France côte à côte, avec les cinq régions d’outre-mer et l’Île-de-France en encarts."]
    for phase, row in sorted(france.items()):
        counts, shares = _heading(row, members[phase])
        parts.append(f"{counts} ; {shares}.")
    return style.french(" ".join(parts))
