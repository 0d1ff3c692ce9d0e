import os

import numpy as np
import polars as pl
import pytest
import shapely
from label_checks import label_boxes

from analysis.charts import territory_change
from analysis.errors import ParameterError
from analysis.i18n import typography
from analysis.registry.geography import WGS84, projection_of, reproject

SAMPLE = [
    (2, "ti-4408"),  # gains and loses
    (1, "ti-4415"),  # split into three
    (2, "ti-9301"),  # communes became a métropole
    (1, "ti-9303"),  # one commune
    (1, "ti-1104"),  # an établissement public territorial
    (2, "ti-0601"),  # new, overseas
    (1, "ti-0301"),  # ended, overseas
    (2, "ti-7603"),  # in two regions
    (1, "ti-7601"),  # the heaviest file
]
EVERY = os.environ.get("ATLAS_ALL")


@pytest.fixture(scope="module")
def frames(table, geo):
    tables = [table(name) for name in ("out_phase_change", "out_phase1_fate", "core_territories")]
    return [*tables, geo("core_boundaries_detail")]


@pytest.fixture(scope="module")
def draw(frames, credit):
    return lambda phase, code: territory_change.territory_change(*frames, phase, code, credit)


def require_sound(draw, readable, phase, code):
    picture = draw(phase, code)
    readable(picture)
    first, second = picture.figure.axes[:2]
    assert (first.get_xlim(), first.get_ylim()) == (second.get_xlim(), second.get_ylim())
    linked = set(picture.data.filter(role="linked").get_column("territory_id"))
    assert set(label_boxes(picture.figure.axes[2 - phase])) == linked
    assert len(picture.svg()) < 400_000


@pytest.mark.parametrize(("phase", "code"), SAMPLE)
def test_both_maps_show_one_window_and_name_the_linked_territories(draw, readable, phase, code):
    require_sound(draw, readable, phase, code)


@pytest.mark.skipif(not EVERY, reason="332 maps: set ATLAS_ALL=1")
def test_every_territory_is_drawn(draw, readable, frames):
    for phase, code in frames[2].select("phase", "territory_id").iter_rows():
        require_sound(draw, readable, phase, code)


@pytest.mark.parametrize(("phase", "code"), SAMPLE)
def test_rows_about_other_territories_change_nothing(draw, frames, credit, phase, code):
    changes, fates, territories, boundaries = frames
    whole = draw(phase, code)
    shown = {1: set(), 2: set()}
    for of_phase, one in whole.data.select("phase", "territory_id").iter_rows():
        shown[of_phase].add(one)
    kept = [pl.col("phase").eq(one) & pl.col("territory_id").is_in(codes) for one, codes in shown.items()]
    axes = whole.figure.axes[0]
    window = shapely.box(axes.get_xlim()[0], axes.get_ylim()[0], axes.get_xlim()[1], axes.get_ylim()[1])
    region = territories.filter(phase=phase, territory_id=code).item(0, "region_code")
    margin = 0.05 * (axes.get_xlim()[1] - axes.get_xlim()[0])  # a map is cut a little outside its window
    edge = np.array([shapely.segmentize(shapely.buffer(window, margin), 3000)], dtype=object)
    seen = boundaries.geometry.intersects(reproject(edge, projection_of(region), WGS84)[0])
    sliced = territory_change.territory_change(
        changes.filter(phase2_id=code), fates.filter(phase1_id=code), territories.filter(kept[0] | kept[1]),
        boundaries[seen].sample(frac=1, random_state=1), phase, code, credit,
    )  # fmt: skip
    assert sliced.svg() == whole.svg()


@pytest.mark.parametrize(
    ("phase", "code", "title", "subtitle"),
    [
        (1, "ti-4415", "Vosges, phase 1 : divisé en phase 2", "Devenu : Épinal – Rambervillers, Plaine"),
        (2, "ti-4413", "Plaine des Vosges, phase 2 : issu d’une division", "Issu de : Vosges."),
        (1, "ti-0301", "Cayenne, phase 1 : disparu, sans lien avec la phase 2", "Aucun territoire de la phase 2"),
        (2, "ti-0601", "Mayotte, phase 2 : nouveau, sans lien avec la phase 1", "Aucun territoire de la phase 1"),
        (2, "ti-9301", "Aix-Marseille-Provence, phase 2 : agrandi depuis la phase 1", "Issu de : Aix-"),
    ],
    ids=["split", "from a split", "ended", "new", "enlarged"],
)
def test_title_says_what_became_of_it_and_subtitle_names_the_others(draw, phase, code, title, subtitle):
    picture = draw(phase, code)
    assert picture.title == typography.spaced(title)
    assert any(
        typography.spaced(typography.typographic(subtitle)) in text.get_text().replace("\n", " ")
        for text in picture.figure.texts
    )


def hatches(picture, phase):
    return [one.get_hatch() for one in picture.figure.axes[phase - 1].collections if one.get_hatch()]


def test_ground_of_one_phase_alone_is_hatched_in_its_panel(draw):
    marked = {1: [territory_change.HATCHES[1]], 2: [territory_change.HATCHES[2]]}
    assert [hatches(draw(2, "ti-4408"), phase) for phase in (1, 2)] == [marked[1], marked[2]]
    assert [hatches(draw(1, "ti-0301"), phase) for phase in (1, 2)] == [marked[1], []]
    assert [hatches(draw(2, "ti-0601"), phase) for phase in (1, 2)] == [[], marked[2]]
    assert [hatches(draw(1, "ti-1104"), phase) for phase in (1, 2)] == [[], []]


def test_data_is_the_territory_and_those_linked_with_it(draw):
    data = draw(1, "ti-4415").data
    assert data.get_column("role").to_list() == ["own", "linked", "linked", "linked"]
    assert data.get_column("phase").to_list() == [1, 2, 2, 2]


@pytest.mark.parametrize(("phase", "code"), [(1, "ti-4421"), (3, "ti-4408"), (2, "Nord Lorraine")])
def test_unknown_territory_is_refused(draw, phase, code):
    with pytest.raises(ParameterError, match="no territory"):
        draw(phase, code)


@pytest.mark.mpl_image_compare(baseline_dir="../baseline", tolerance=8, style="default", savefig_kwargs={"dpi": 60})
@pytest.mark.parametrize(("phase", "code"), [(2, "ti-4408"), (1, "ti-4415"), (2, "ti-0601")])
def test_image_territory_change(draw, phase, code):
    return draw(phase, code).figure
