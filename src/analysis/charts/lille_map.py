"""The SCOT Lille Métropole, territory of phase two: two intercommunalities, their communes, the largest of them."""

from typing import Any, Final

import geopandas as gpd
import polars as pl
import shapely
from matplotlib.axes import Axes

from analysis.charts.drawing import picture, style
from analysis.charts.drawing.picture import Picture
from analysis.charts.maps import cartography as carto
from analysis.charts.maps import marks
from analysis.charts.maps.labels import annotate, footprints, short_name
from analysis.charts.maps.placement import Label
from analysis.charts.register import GEOGRAPHY, chart
from analysis.errors import ParameterError
from analysis.i18n import typography
from analysis.i18n.language import tr
from analysis.registry.geography import MAINLAND

NAME: Final = "lille_map"
TERRITORY: Final = "SCOT Lille Métropole"
PHASE, TERRITORY_ID = 2, "ti-3213"
SIZE: Final = (7.5, 6.9)
LARGEST: Final = 10
PAD: Final = 0.06
ABROAD: Final = (0.97, 0.95)  # share of the frame: Belgium lies there
ABROAD_LOOK: Final[dict[str, Any]] = {"fontsize": style.LABEL_SIZE, "style": "italic", "color": style.INK_SOFT}
APART_POINTS: Final = 6.0  # between the communes' names and the members'


@chart(sources=GEOGRAPHY)
def lille_map(
    core_commune_boundaries: gpd.GeoDataFrame, core_communes: pl.DataFrame, core_members: pl.DataFrame, credit: str
) -> Picture:
    """The map of the territory's members and communes.

    Raises ParameterError when the lists no longer hold the territory.
    """
    own = core_members.filter(phase=PHASE, territory_id=TERRITORY_ID).sort("population_2022", descending=True)
    if own.is_empty():
        what = f"no territory {TERRITORY_ID} in phase {PHASE}."
        raise ParameterError(what, where=NAME, repair="Correct its id in the module lille_map.")
    table = _communes(core_communes, own)
    title = _title(own)
    figure = picture.new_figure(*SIZE)
    axes, strip = marks.map_axes(figure, picture.compose(figure, title, credit, _subtitle(own)), legend_rows=2)
    inside = core_commune_boundaries["commune_code"].isin(list(table["commune_code"]))
    extent = carto.project(core_commune_boundaries[inside], MAINLAND).geometry.to_numpy()
    view = carto.view_of(extent, MAINLAND, *marks.frame_size(axes), pad=PAD)
    _draw(axes, view, _around(view, core_commune_boundaries, core_communes, table), own, table)
    marks.legend_strip(strip, view, _legend(), columns=3)
    return Picture(NAME, figure, title, _alt(own, table), credit, table)


def _communes(communes: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    """One row a commune of the territory, the largest first; `labelled` says which ones the map names."""
    names = own.select("member_code", "member_name")
    return (
        communes.filter(pl.col(f"territory_{PHASE}") == TERRITORY_ID)
        .select("commune_code", "name", "population_2022", member_code=f"member_{PHASE}")
        .join(names, on="member_code", validate="m:1")
        .sort("population_2022", "commune_code", descending=[True, False])
        .with_row_index("rank", offset=1)
        .with_columns(pl.col("rank").cast(pl.Int64), labelled=pl.col("rank") <= LARGEST)
    )


def _around(
    view: carto.View, commune_outlines: gpd.GeoDataFrame, communes: pl.DataFrame, table: pl.DataFrame
) -> gpd.GeoDataFrame:
    near = carto.near(commune_outlines, view)
    places = communes.select("commune_code", "department_code").join(
        table.select("commune_code", "member_code"), on="commune_code", how="left", validate="1:1"
    )
    known = places.filter(pl.col("commune_code").is_in(list(near["commune_code"])))
    return near.merge(known.to_pandas(), on="commune_code", validate="1:1")


def _draw(axes: Axes, view: carto.View, around: gpd.GeoDataFrame, own: pl.DataFrame, table: pl.DataFrame) -> None:
    marks.show(axes, view, framed=True)
    axes.text(*ABROAD, tr("Belgique"), transform=axes.transAxes, ha="right", va="top", **ABROAD_LOOK)
    inside = around.dropna(subset="member_code").set_index("commune_code")
    members = carto.dissolved(inside, "member_code").set_index("member_code").geometry[own["member_code"].to_list()]
    departments = carto.cut(carto.dissolved(around, "department_code"), view).geometry.to_numpy()
    marks.fill(axes, departments, style.GROUND, level=1)
    marks.fill(axes, members, style.PHASE_COLOURS[PHASE], level=2)
    marks.fill(axes, inside.geometry, "none", level=3, edgecolor=style.PAPER, linewidth=0.4)
    marks.trace(axes, departments, style.BORDER_SOFT, 0.6, level=4)
    marks.fill(axes, members, "none", level=5, edgecolor=style.INK, linewidth=1.1)
    largest = [
        Label(row["commune_code"], f"{row['name']} {typography.number(row['population_2022'])}", shape)
        for row in table.filter("labelled").iter_rows(named=True)
        for shape in [inside.geometry[row["commune_code"]]]
    ]
    abroad = shapely.difference(view.box(), shapely.coverage_union_all(departments))
    placed = annotate(axes, view, largest, obstacles=[abroad])
    names = [
        Label(row["member_code"], _member(row), members[row["member_code"]], look={"weight": "bold"})
        for row in own.iter_rows(named=True)
    ]
    taken = [abroad, *footprints(axes, view, placed, APART_POINTS)]
    annotate(axes, view, names, sizes=((style.SUBTITLE_SIZE,),), obstacles=taken)


def _legend() -> list[marks.Entry]:
    return [
        (
            marks.area(style.PHASE_COLOURS[PHASE]),
            typography.spaced(tr("territoire de la phase {phase}").format(phase=PHASE)),
        ),
        (marks.line(style.INK, 1.1), tr("limite d’intercommunalité")),
        (marks.area(style.GROUND), tr("hors du territoire")),
        (marks.line(style.BORDER_SOFT, 0.6), tr("limite de département, frontière")),
    ]


# --- words -------------------------------------------------------------------------------------------------


def _member(row: dict[str, Any]) -> str:
    return f"{short_name(row['member_name'])} ({typography.counted(row['commune_count'], 'commune')})"


def _title(own: pl.DataFrame) -> str:
    parts = [_member(row) for row in own.iter_rows(named=True)]
    text = tr("{subject} : {what}").format(subject=TERRITORY, what=typography.listed(parts))
    return typography.shown(text)


def _subtitle(own: pl.DataFrame) -> str:
    counts = own.select(pl.col("commune_count", "population_2022").sum()).row(0, named=True)
    total = typography.counted(counts["commune_count"], "commune")
    people = typography.counted(counts["population_2022"], "habitant")
    text = tr("Phase\u00a0{phase} : {communes}, {people} en 2022 ; les {count} plus peuplées avec leur population")
    return typography.spaced(text.format(phase=PHASE, communes=total, people=people, count=LARGEST))


def _alt(own: pl.DataFrame, table: pl.DataFrame) -> str:
    parts = [
        f"{_member(row)}, {typography.counted(row['population_2022'], 'habitant')}" for row in own.iter_rows(named=True)
    ]
    largest = [
        f"{name} ({typography.number(people)})"
        for name, people in table.filter("labelled").select("name", "population_2022").iter_rows()
    ]
    text = tr("Carte du {territory} : {members}. Communes les plus peuplées : {largest}.")
    text = text.format(territory=TERRITORY, members=typography.series(parts), largest=", ".join(largest))
    return typography.shown(text)
