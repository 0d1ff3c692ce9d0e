import xml.etree.ElementTree as ET
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from analysis.charts.drawing import picture, style
from analysis.charts.maps import labels
from analysis.charts.maps import marks as map_marks
from analysis.charts.maps.cartography import View
from analysis.charts.maps.label_grid import grid_of, line_cells, shares, totals
from analysis.charts.maps.placement import LEAST_INSIDE, Label, Wording, place
from analysis.errors import FigureError
from analysis.registry.geography import MAINLAND

VIEW = View(MAINLAND, 0, 0, 200, 100)  # drawn one metre a point in these tests
GRID = grid_of(VIEW, 200)
WORDING = Wording("name", 7, 10, 40, 0.0)


def wide(text, size, weight):
    """Every letter as wide as the font's size, every line a size and a half high."""
    lines = text.split("\n")
    return size * max(len(line) for line in lines), 1.5 * size * len(lines)


def rectangle(placed):
    x, y = placed.centre
    return shapely.box(
        x - placed.wording.width / 2, y - placed.wording.height / 2,
        x + placed.wording.width / 2, y + placed.wording.height / 2,
    )  # fmt: skip


# --- names -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("official", "short"),
    [
        ("CC du Pays Orne Moselle", "Pays Orne Moselle"),
        ("CC de l'Arc Mosellan", "Arc Mosellan"),
        ("CC d'Auberive Vingeanne et Montsaugeonnais", "Auberive Vingeanne et Montsaugeonnais"),
        ("CC de la Haute Somme (Combles - Péronne - Roisel)", "Haute Somme"),
        ("CA de la Région Nazairienne et de l'Estuaire (CARENE)", "Région Nazairienne et de l'Estuaire"),
        ("CC des Monts du Pilat", "Monts du Pilat"),
        ("CC la Domitienne", "La Domitienne"),
        ("CA Grand Longwy Agglomération", "Grand Longwy Agglomération"),
        ("CC Faucigny - Glières", "Faucigny - Glières"),
        ("Métropole Européenne de Lille", "Métropole Européenne de Lille"),
        ("La Grand-Croix", "La Grand-Croix"),
    ],
)
def test_short_name_drops_legal_form_and_brackets(official, short):
    assert labels.short_name(official) == short


def test_short_names_stay_apart_within_a_territory(table):
    members = table("core_members")
    for key, own in members.group_by("phase", "territory_id"):
        names = [labels.short_name(name) for name in own.get_column("member_name")]
        assert len(set(names)) == len(names), key


# --- wording -----------------------------------------------------------------------------------------------


@given(st.lists(st.floats(0.5, 50), min_size=1, max_size=8))
def test_foldings_keep_every_piece_in_order_with_one_folding_a_number_of_lines(widths):
    found = labels.foldings(widths)
    for folding in found:
        assert [piece for start, end in folding for piece in range(start, end)] == list(range(len(widths)))
    assert len({len(folding) for folding in found}) == len(found)
    longest = [max(sum(widths[start:end]) for start, end in folding) for folding in found]
    assert all(longer >= shorter - 1e-9 for longer, shorter in pairwise(longest))
    assert len(found[0]) == 1


def test_wordings_break_at_spaces_and_after_hyphens_but_never_before_a_dash():
    ways = labels.wordings("Haut-Jura\u00a0– Bresse", "normal", (7,), wide)
    costs = {way.text: way.cost for way in ways}
    assert set(costs) == {"Haut-Jura\u00a0– Bresse", "Haut-Jura\u00a0–\nBresse", "Haut-\nJura\u00a0–\nBresse"}
    assert min(costs, key=costs.__getitem__) == "Haut-Jura\u00a0– Bresse"
    assert costs["Haut-\nJura\u00a0–\nBresse"] > costs["Haut-Jura\u00a0–\nBresse"]


def test_wordings_measure_each_size_and_prefer_the_larger():
    ways = labels.wordings("Vosges", "normal", (7, 6.5), wide)
    assert [(way.size, way.width, way.height) for way in ways] == [(7, 44, 12), (6.5, 41, 11)]
    assert ways[0].cost < ways[1].cost


# --- grid --------------------------------------------------------------------------------------------------


@given(
    mask=st.lists(st.lists(st.booleans(), min_size=7, max_size=7), min_size=5, max_size=5),
    height=st.integers(1, 5), width=st.integers(1, 7),
)  # fmt: skip
def test_shares_are_those_counted_one_by_one(mask, height, width):
    cells = np.array(mask)
    found = shares(totals(cells), height, width)
    for row, column in np.ndindex(found.shape):
        assert found[row, column] == pytest.approx(cells[row : row + height, column : column + width].mean())
    assert found.shape == (6 - height, 8 - width)


def test_shares_of_a_rectangle_larger_than_the_grid_are_none():
    assert shares(totals(np.ones((3, 3), dtype=bool)), 4, 2).size == 0


def test_grid_marks_the_cells_whose_middle_is_inside():
    inside = GRID.inside(shapely.box(10, 20, 13, 22))
    assert (inside.sum(), inside[20:22, 10:13].all()) == (6, True)
    assert not GRID.inside(shapely.Polygon()).any()


@given(st.lists(st.tuples(st.floats(-20, 220), st.floats(-20, 120)), min_size=3, max_size=12))
@pytest.mark.no_cover  # of all data: traced, it takes three times as long
def test_grid_agrees_with_the_areas_themselves(corners):
    shape = shapely.polygons(corners)
    shape = shape if shape.is_valid else shapely.convex_hull(shape).buffer(3)
    shape = shape.difference(shapely.box(60, 30, 90, 60))
    x, y = np.meshgrid(np.arange(200) + 0.5, np.arange(100) + 0.5)
    near = shapely.dwithin(shapely.points(x, y), shapely.boundary(shape), 1e-6)
    assert (GRID.inside(shape) == shapely.contains_xy(shape, x, y))[~near].all()


def test_line_cells_run_from_end_to_end():
    rows, columns = line_cells((0.0, 0.0), np.array([[4.0, 9.0], [0.0, 0.0]]))
    assert (rows[0, 0], columns[0, 0], rows[0, -1], columns[0, -1]) == (0, 0, 4, 9)
    assert set(columns[0]) == set(range(10))


# --- placing -----------------------------------------------------------------------------------------------


def test_name_that_fits_stands_in_the_middle_of_its_area():
    (placed,) = place([Label("a", "name", shapely.box(20, 20, 120, 60))], [[WORDING]], GRID)
    assert placed.leader is None
    assert placed.centre == pytest.approx((70, 40), abs=1)


def test_name_that_does_not_fit_stands_free_at_the_end_of_a_line():
    tiny, other = shapely.box(98, 48, 104, 54), shapely.box(20, 40, 90, 60)
    found = place([Label("a", "name", tiny), Label("b", "name", other)], [[WORDING]] * 2, GRID)
    outside = found[0]
    assert shapely.Point(outside.leader[0]).within(tiny)
    assert shapely.distance(shapely.Point(outside.leader[1]), rectangle(outside)) < 1
    assert not rectangle(outside).overlaps(shapely.union_all([tiny, other]))
    assert not rectangle(outside).intersects(rectangle(found[1]))


@given(
    st.lists(
        st.tuples(st.integers(5, 150), st.integers(5, 80), st.integers(4, 45), st.integers(4, 18)),
        min_size=1,
        max_size=5,
    )
)
def test_names_never_overlap_and_stay_in_the_frame(boxes):
    areas = [shapely.box(x, y, x + width, y + height) for x, y, width, height in boxes]
    named = [Label(str(number), "name", area) for number, area in enumerate(areas)]
    found = place(named, [[WORDING, Wording("na\nme", 7, 20, 20, 0.2)]] * len(named), GRID)
    drawn = [rectangle(one) for one in found]
    assert [one.label.code for one in found] == [one.code for one in named]
    assert not [one for one in range(len(drawn)) for other in range(one) if drawn[one].intersects(drawn[other])]
    assert all(VIEW.box().contains(one) for one in drawn)


def test_overhanging_name_stays_mostly_in_its_area():
    area = shapely.box(50, 40, 87, 60)
    (placed,) = place([Label("a", "name", area)], [[WORDING]], GRID)
    assert placed.leader is None
    assert rectangle(placed).intersection(area).area / rectangle(placed).area >= LEAST_INSIDE - 0.03


def test_smaller_or_broken_wording_is_taken_when_only_it_fits():
    broken = Wording("na\nme", 7, 20, 20, 0.5)
    (placed,) = place([Label("a", "name", shapely.box(80, 30, 108, 60))], [[WORDING, broken]], GRID)
    assert (placed.wording, placed.leader) == (broken, None)


def test_obstacles_are_left_free():
    obstacle = shapely.box(20, 20, 80, 60)
    (placed,) = place([Label("a", "name", shapely.box(20, 20, 140, 60))], [[WORDING]], GRID, obstacles=[obstacle])
    assert not rectangle(placed).overlaps(obstacle)


def test_lines_are_avoided_outside():
    tiny, line = shapely.box(98, 48, 104, 54), shapely.box(0, 0, 200, 62)
    (placed,) = place([Label("a", "name", tiny)], [[WORDING]], GRID, lines=[line])
    assert not rectangle(placed).intersects(shapely.boundary(line).intersection(VIEW.box(-1)))


def test_optional_name_is_left_out_when_it_does_not_fit():
    tiny = shapely.box(98, 48, 104, 54)
    assert place([Label("a", "name", tiny, optional=True)], [[WORDING]], GRID) == []


def test_nothing_goes_outside_when_not_asked():
    assert place([Label("a", "name", shapely.box(98, 48, 104, 54))], [[WORDING]], GRID, outside=False) == []


def test_area_out_of_sight_is_named_by_its_line_or_not_at_all():
    unseen = Label("a", "name", shapely.box(300, 300, 310, 310), optional=True)
    assert place([unseen], [[WORDING]], GRID) == []


def test_full_map_is_refused_with_the_name():
    with pytest.raises(FigureError, match="no free place for the label 'name'"):
        place([Label("a", "name", shapely.box(98, 48, 104, 54))], [[WORDING]], GRID, obstacles=[VIEW.box()])


# --- on axes -----------------------------------------------------------------------------------------------


@pytest.fixture
def axes():
    found = picture.add_axes(picture.new_figure(4, 2), (0, 0, 1, 1))
    map_marks.show(found, VIEW)
    return found


def test_inside_lines_are_avoided_where_the_area_leaves_the_choice():
    wide, line = shapely.box(20, 20, 180, 60), shapely.box(-10, -10, 100, 110)
    plain, careful = (place([Label("a", "name", wide)], [[WORDING]], GRID, lines=some)[0] for some in ([], [line]))
    assert rectangle(plain).intersects(shapely.boundary(line))
    assert not rectangle(careful).buffer(-1).intersects(shapely.boundary(line))


def test_label_in_a_drawing_has_its_halo_below_and_its_letters_defined_once(axes):
    labels.annotate(axes, VIEW, [Label("a", "Pays des Sucs et du Mézenc", shapely.box(40, 5, 160, 95))])
    drawing = picture.Picture("n", axes.figure, "t", "a", "c", pl.DataFrame({"x": [1]}))
    space = "{http://www.w3.org/2000/svg}"
    (label,) = (one for one in ET.fromstring(drawing.svg()).iter(f"{space}g") if one.get("id") == "label-a")
    halo, letters = label
    assert "stroke: #FFFFFF" in halo.get("style")
    assert [len(list(part.iter(f"{space}use"))) for part in (halo, letters)] == [len("Pays des Sucs et du Mézenc")] * 2
    assert not [path for path in label.iter(f"{space}path") if path.get("id") is None]
    assert drawing.png() == drawing.png()


def test_halo_of_a_label_hides_what_lies_below(axes):
    map_marks.fill(axes, [VIEW.box()], style.INK, level=1)
    labels.annotate(axes, VIEW, [Label("a", "Vosges", VIEW.box())])
    axes.figure.canvas.draw()
    box = axes.texts[0].get_window_extent()
    pixels = np.asarray(axes.figure.canvas.buffer_rgba())[..., :3]
    height = pixels.shape[0]
    part = pixels[round(height - box.y1) : round(height - box.y0), round(box.x0) : round(box.x1)]
    assert (part.min(axis=2) > 240).mean() > 0.2


def test_annotate_uses_the_large_size_only_when_all_names_fit_inside(axes):
    roomy, tiny = Label("a", "Vosges", shapely.box(10, 10, 190, 90)), Label("b", "Carros", shapely.box(1, 1, 3, 3))
    assert {one.wording.size for one in labels.annotate(axes, VIEW, [roomy])} == {8.5}
    assert {one.wording.size for one in labels.annotate(axes, VIEW, [roomy, tiny])} <= {7.0, 6.5}


def test_annotate_writes_text_and_line_with_ids_and_french_typography(axes):
    labels.annotate(axes, VIEW, [Label("a", "Pays de l'Aigle", shapely.box(1, 1, 3, 3))])
    assert [text.get_gid() for text in axes.texts] == ["label-a"]
    assert [line.get_gid() for line in axes.lines] == ["leader-a"]
    assert "’" in axes.texts[0].get_text()


def test_annotate_of_nothing_writes_nothing(axes):
    assert labels.annotate(axes, VIEW, []) == []


def test_footprints_cover_text_and_line(axes):
    placed = labels.annotate(axes, VIEW, [Label("a", "Carros", shapely.box(1, 1, 3, 3))])
    covered = shapely.union_all(labels.footprints(axes, VIEW, placed))
    axes.figure.canvas.draw()
    box = axes.transData.inverted().transform_bbox(axes.texts[0].get_window_extent())
    assert covered.contains(shapely.box(*box.extents))
    assert covered.contains(shapely.LineString(placed[0].leader))
