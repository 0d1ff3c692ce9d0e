import geopandas as gpd
import matplotlib as mpl
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.path import Path

from analysis.charts.drawing import picture, style
from analysis.charts.maps import cartography
from analysis.charts.maps import marks as map_marks
from analysis.charts.maps.cartography import View
from analysis.registry.geography import MAINLAND, PROJECTIONS

PARIS = (2.35, 48.85)
VIEW = View(MAINLAND, 600_000, 6_800_000, 700_000, 6_900_000)


def squares(columns, rows):
    """A chessboard of unit squares, row by row."""
    return np.array([shapely.box(x, y, x + 1, y + 1) for y in range(rows) for x in range(columns)], dtype=object)


def around(x, y, half=0.1):
    return shapely.box(x - half, y - half, x + half, y + half)


def axes_of(width=4.0, height=2.0):
    return picture.add_axes(picture.new_figure(width, height), (0, 0, 1, 1))


# --- windows -----------------------------------------------------------------------------------------------


@given(
    width=st.floats(1, 10), height=st.floats(1, 10), pad=st.floats(0, 0.2), below=st.floats(0, 0.4),
    size=st.tuples(st.floats(1e3, 1e6), st.floats(1e3, 1e6)),
)  # fmt: skip
def test_view_has_the_ratio_of_its_frame_and_keeps_its_margins(width, height, pad, below, size):
    shape = shapely.box(0, 0, *size)
    view = cartography.view_of(np.array([shape]), MAINLAND, width, height, pad=pad, below=below)
    assert view.width / view.height == pytest.approx(width / height)
    assert -view.xmin >= pad * view.width - 1e-6
    assert -view.ymin >= (below + pad * (1 - below)) * view.height - 1e-6


def test_visible_leaves_out_what_is_far_and_cuts_what_is_half_in():
    frame = gpd.GeoDataFrame(
        {"name": ["Paris", "Nice", "half in"]},
        geometry=[around(*PARIS), around(7.26, 43.7), shapely.box(2.0, 48.5, 6.0, 49.0)],
        crs=4326,
    )
    shown = cartography.visible(frame, VIEW)
    assert list(shown["name"]) == ["Paris", "half in"]
    assert shown.crs.to_epsg() == MAINLAND
    margin = VIEW.box(cartography.CLIP_MARGIN * VIEW.width + 1)
    assert shapely.within(shown.geometry.to_numpy(), margin).all()
    assert shown.geometry.iloc[1].bounds[2] > VIEW.xmax  # the cut edge falls outside the window


def test_window_bounds_hold_the_window_and_its_cut_edges_and_little_more():
    whole = cartography.window_bounds([VIEW])
    edge = shapely.segmentize(VIEW.box(cartography.CLIP_MARGIN * VIEW.width).exterior, 1000)
    carried = cartography.reproject(np.array([edge]), MAINLAND, 4326)[0]
    assert shapely.box(*whole).buffer(1e-4).covers(carried)
    assert np.allclose(whole, carried.bounds, atol=1e-3)
    assert cartography.window_bounds([VIEW, VIEW]) == whole


def test_near_of_nothing_is_nothing():
    frame = gpd.GeoDataFrame({"name": ["Nice"]}, geometry=[around(7.26, 43.7)], crs=4326)
    assert cartography.visible(frame, VIEW).empty
    assert cartography.visible(frame[:0], VIEW).empty


@pytest.mark.parametrize("region", sorted(PROJECTIONS))
def test_overseas_region_shows_in_its_own_projection(geo, region):
    regions = geo("core_boundaries_overview", "region")
    epsg = PROJECTIONS[region]
    shape = cartography.project(regions[regions["code"] == region], epsg).geometry.to_numpy()
    view = cartography.view_of(shape, epsg, 1, 1)
    shown = cartography.visible(regions, view)
    assert list(shown["code"]) == [region]
    assert shapely.area(shown.geometry.to_numpy())[0] == pytest.approx(shapely.area(shape)[0])


def test_projected_neighbours_keep_their_common_border():
    frame = gpd.GeoDataFrame(geometry=[shapely.box(2, 48, 3, 49), shapely.box(3, 48, 4, 49)], crs=4326)
    flat = cartography.project(frame, MAINLAND).geometry.to_numpy()
    assert shapely.coverage_is_valid(flat)


def test_dissolved_unites_by_value_and_leaves_out_rows_without():
    frame = gpd.GeoDataFrame({"member": ["b", "a", "b", None]}, geometry=list(squares(4, 1)), crs=MAINLAND)
    united = cartography.dissolved(frame, "member")
    assert list(united["member"]) == ["a", "b"]
    assert list(united.area) == [1.0, 2.0]


def test_only_takes_one_layer(geo):
    boundaries = geo("core_boundaries_overview")
    assert len(cartography.only(boundaries, "region")) == 18


def test_area_in_counts_the_common_part_only():
    whole = shapely.box(0, 0, 2, 2)
    assert cartography.area_in(shapely.box(1, 1, 3, 3), whole) == 1
    assert cartography.area_in(shapely.box(2, 0, 3, 1), whole) == 0
    assert cartography.area_in(shapely.box(5, 5, 6, 6), whole) == 0


def test_mostly_in_takes_the_units_whose_middle_is_inside():
    found = cartography.mostly_in(squares(3, 1), shapely.box(0, 0, 1.9, 1))
    assert [shape.bounds[0] for shape in found] == [0, 1]


# --- marks -------------------------------------------------------------------------------------------------


def test_path_leaves_holes_and_separates_parts():
    ring = shapely.box(0, 0, 4, 4).difference(shapely.box(1, 1, 2, 2))
    path = map_marks.path_of(shapely.MultiPolygon([ring, shapely.box(5, 0, 6, 1)]))
    assert list(path.codes).count(Path.MOVETO) == 3
    outer, hole = path.to_polygons()[:2]
    assert shapely.is_ccw(shapely.linearrings(outer)) != shapely.is_ccw(shapely.linearrings(hole))


def test_trace_draws_a_common_border_once():
    axes = axes_of()
    map_marks.trace(axes, squares(2, 1), style.INK, 1.0, level=1, dashed=True)
    (border,) = axes.collections[0].get_paths()
    parts = [shapely.LineString(part) for part in border.to_polygons(closed_only=False)]
    assert sum(part.length for part in parts) == 7


def test_trace_of_nothing_draws_nothing():
    axes = axes_of()
    map_marks.trace(axes, [], style.INK, 1.0, level=1)
    assert not axes.collections


@given(st.floats(1e-3, 1e5))
def test_nice_length_is_a_round_number_at_most_as_long(longest):
    length = map_marks.nice_length(longest)
    assert longest / 2.6 < length <= longest * (1 + 1e-9)
    assert round(length / 10 ** np.floor(np.log10(length) + 1e-9), 6) in {1, 2, 5}


@pytest.mark.parametrize(
    ("width_km", "text"), [(100, "20\u00a0km"), (10_000, "2\u202f000\u00a0km"), (3, "0,5\u00a0km")]
)
def test_scale_bar_is_as_long_as_it_says(width_km, text):
    axes = axes_of()
    view = View(MAINLAND, 0, 0, width_km * 1000, width_km * 500)
    map_marks.show(axes, view)
    map_marks.scale_bar(axes, view)
    (bar,) = axes.collections[0].get_paths()
    metres = np.ptp(bar.vertices[:, 0])
    assert axes.texts[0].get_text() == text
    assert metres == pytest.approx(float(text.split("\u00a0")[0].replace(",", ".").replace("\u202f", "")) * 1000)


def test_map_and_strip_fill_the_rectangle_without_meeting():
    figure = picture.new_figure(7, 5)
    above, below = (axes.get_position() for axes in map_marks.map_axes(figure, (0.1, 0.1, 0.8, 0.8), legend_rows=2))
    assert (above.x0, above.x1, above.y1, below.y0) == pytest.approx((0.1, 0.9, 0.9, 0.1))
    assert below.y1 < above.y0


def test_legend_strip_has_the_map_s_scale():
    figure = picture.new_figure(7, 5)
    axes, strip = map_marks.map_axes(figure, (0.1, 0.1, 0.8, 0.8), legend_rows=1)
    width, height = map_marks.frame_size(axes)
    view = View(MAINLAND, 0, 0, 1e5, 1e5 * height / width)
    map_marks.legend_strip(strip, view, [(map_marks.area(style.GROUND), "sol")], columns=1)
    per_inch = [np.ptp(limits) / size for limits, size in zip(
        (strip.get_xlim(), strip.get_ylim()), map_marks.frame_size(strip), strict=True)]  # fmt: skip
    assert per_inch == pytest.approx([1e5 / width] * 2)
    assert [text.get_text() for text in strip.get_legend().get_texts()] == ["sol"]


def test_drawing_leaves_the_global_settings_alone():
    before = dict(mpl.rcParams)
    axes = axes_of()
    map_marks.show(axes, VIEW, framed=True)
    map_marks.fill(axes, [VIEW.box()], style.GROUND, level=1)
    map_marks.legend(axes, [(map_marks.area(style.GROUND), "x")], columns=1)
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize(("letters", "columns"), [(10, 3), (40, 2), (90, 1)])
def test_legend_has_fewer_columns_where_they_would_leave_the_figure(letters, columns):
    figure = picture.new_figure(6.0, 4.0)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    map_marks.legend(axes, [(map_marks.area(style.GROUND), "o" * letters)] * 3, columns=3)
    figure.canvas.draw()
    legend = axes.get_legend()
    assert len({round(text.get_window_extent().x0) for text in legend.get_texts()}) == columns
