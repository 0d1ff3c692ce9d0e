from itertools import combinations

import polars as pl
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.transforms import Bbox

from analysis.charts import label_timeline
from analysis.charts.maps.leaders import APART
from analysis.errors import FigureError

COLUMNS = ["claim_id", "producer", "phase", "as_of", "date", "territory_count", "registry_count", "edition_count"]
EDITIONS = pl.DataFrame(
    [("a", 1, "2020-10", "2020-10-01", 148), ("b", 1, "2022-12-31", "2022-12-31", 149),
     ("c", 2, "2023-11-09", "2023-11-09", 183)],
    ["id", "phase", "as_of", "valid_from", "territory_count"], orient="row",
)  # fmt: skip
ROWS = (
    ("c1", "Journal du lancement", 1, "2018-11-22", "2018-11-22", 124, 149, None),
    ("c2", "Revue", 1, "2022-12-31", "2022-12-31", 149, 149, 149),
    ("c3", "Gazette", 1, "2019/2022", "2022-12-31", 149, 149, 149),
    ("c4", "Lettre", 2, "2023-11-09", "2023-11-09", 183, 183, 183),
)


def timeline(rows=ROWS):
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")


def test_claims_of_one_number_and_day_share_a_point():
    found = label_timeline.same_points(timeline())
    assert found.get_column("territory_count").to_list() == [124, 149, 183]
    assert found.item(1, "sources") == "Revue\n31 décembre 2022\u00a0;\nGazette\n2019-2022"


@given(rows=st.permutations(ROWS))
def test_order_of_rows_is_irrelevant(rows):
    assert label_timeline.same_points(timeline(rows)).equals(label_timeline.same_points(timeline()))


def test_title_counts_numbers_and_those_of_a_list(credit):
    title = label_timeline.label_timeline(timeline(), EDITIONS, credit).title.replace("\u00a0", " ")
    assert title == "De 124 à 183 territoires : 3 nombres publiés, dont 2 confirmés par une liste officielle"


def test_alt_names_every_claim(credit):
    alt = label_timeline.label_timeline(timeline(), EDITIONS, credit).alt
    assert all(row[1] in alt for row in ROWS)


def test_every_point_is_labelled_with_number_and_source(credit, readable):
    picture = label_timeline.label_timeline(timeline(), EDITIONS, credit)
    texts = [one.get_text() for one in picture.figure.texts]
    assert {"124", "149", "183", "Journal du lancement\n22 novembre 2018"} <= set(texts)
    readable(picture)


def test_lines_are_the_steps_of_the_lists_and_join_no_points(credit):
    axes = label_timeline.label_timeline(timeline(), EDITIONS, credit).figure.axes[0]
    drawn = [[float(one) for one in line.get_ydata()] for line in axes.lines]
    assert drawn == [[148, 148, 149], [149, 149], [183, 183]]  # phase one, after it, phase two


def test_points_that_the_list_of_their_day_has_are_full(credit):
    axes = label_timeline.label_timeline(timeline(), EDITIONS, credit).figure.axes[0]
    paper = (1, 1, 1, 1)
    filled = [[tuple(face) != paper for face in marks.get_facecolors()] for marks in axes.collections]
    assert filled == [[False, True], [True]]  # 124, 149; 183


def test_labels_keep_apart(table, credit):
    picture = label_timeline.label_timeline(table("out_label_timeline"), table("out_editions"), credit)
    picture.figure.canvas.draw()
    unit = picture.figure.dpi / 72
    own = [one for one in picture.figure.texts if one.get_fontsize() in (7, 10)]
    boxes = [one.get_window_extent() for one in own]
    pairs = [shapely.box(*Bbox.union(boxes[start : start + 2]).extents) for start in range(0, len(boxes), 2)]
    assert len(pairs) == label_timeline.same_points(table("out_label_timeline")).height
    assert not [one for one, other in combinations(pairs, 2) if shapely.dwithin(one, other, APART * unit)]


def test_figure_is_refused_when_labels_find_no_room(credit):
    crowd = [(f"c{day}", "Un très long nom de journal régional", 1, f"2019-03-{day:02}", f"2019-03-{day:02}", 144, 149,
              None)
             for day in range(1, 31)]  # fmt: skip
    with pytest.raises(FigureError, match="do not all find room"):
        label_timeline.label_timeline(timeline(crowd), EDITIONS, credit)


@pytest.mark.mpl_image_compare(baseline_dir="../baseline", tolerance=8, style="default", savefig_kwargs={"dpi": 60})
def test_image_label_timeline(table, credit):
    return label_timeline.label_timeline(table("out_label_timeline"), table("out_editions"), credit).figure


def test_real_label_timeline_is_readable(table, credit, readable):
    readable(label_timeline.label_timeline(table("out_label_timeline"), table("out_editions"), credit))
