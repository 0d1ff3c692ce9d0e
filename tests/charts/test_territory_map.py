import os

import polars as pl
import pytest
from label_checks import drawn_bounds, holds, label_boxes, label_faults, meeting

from analysis.charts import territory_map
from analysis.charts.maps import cartography
from analysis.errors import ParameterError
from analysis.registry.geography import projection_of

SAMPLE = [
    (2, "ti-4408"),  # ten intercommunalities
    (1, "ti-9301"),  # nineteen communes
    (1, "ti-8416"),  # communes and intercommunalities
    (1, "ti-1104"),  # an établissement public territorial
    (1, "ti-0301"),  # overseas
    (2, "ti-7603"),  # seventeen members in two regions
]
GIER = "Vallées du Gier et de l’Ondaine\u00a0- Loire Sud"
EVERY = os.environ.get("ATLAS_ALL")


@pytest.fixture(scope="module")
def frames(table, geo):
    geometry = geo("out_territories"), geo("core_boundaries_overview"), geo("core_commune_boundaries")
    return *geometry, table("core_communes"), table("core_members"), table("out_member_change")


@pytest.fixture(scope="module")
def draw(frames, credit):
    return lambda phase, code: territory_map.territory_map(*frames, phase, code, credit)


def member_areas(frames, phase, code):
    """Outlines of a territory's members by code, dissolved from communes."""
    territories, _, outlines, communes, *_ = frames
    own = communes.filter(pl.col(f"territory_{phase}") == code).select("commune_code", member=f"member_{phase}")
    region = territories[(territories["phase"] == phase) & (territories["territory_id"] == code)]["region_code"].iloc[0]
    shapes = outlines.merge(own.to_pandas(), on="commune_code")
    areas = cartography.dissolved(cartography.project(shapes, projection_of(region)), "member")
    return dict(zip(areas["member"], areas.geometry, strict=True))


def require_named_without_fault(draw, frames, phase, code):
    picture = draw(phase, code)
    areas = member_areas(frames, phase, code)
    assert set(label_boxes(picture.figure.axes[0])) == set(areas) == set(picture.data["member_code"])
    assert label_faults(picture.figure.axes[0], areas) == []
    return picture


@pytest.mark.parametrize(("phase", "code"), SAMPLE)
def test_every_member_is_named_and_no_label_is_at_fault(draw, frames, readable, phase, code):
    readable(require_named_without_fault(draw, frames, phase, code))


@pytest.mark.skipif(not EVERY, reason="332 maps: set ATLAS_ALL=1")
def test_every_member_of_every_territory_is_named(draw, frames):
    for phase, code in frames[0][["phase", "territory_id"]].itertuples(index=False):
        require_named_without_fault(draw, frames, phase, code)


def require_same_from_a_slice(draw, frames, phase, code, credit):
    territories, overview, outlines, communes, members, changes = frames
    bounds = territory_map.window(phase, code, communes, outlines)
    own = territories[(territories["phase"] == phase) & (territories["territory_id"] == code)]
    near = meeting(outlines, bounds)
    listed = communes.filter(pl.col("commune_code").is_in(near["commune_code"].to_list()))
    mine = members.filter(phase=phase, territory_id=code), changes.filter(pl.col(f"phase{phase}_id") == code)
    slices = own, overview, near, listed, *mine
    whole, part = draw(phase, code), territory_map.territory_map(*slices, phase, code, credit)
    assert len(near) < len(outlines) / 10
    assert holds(bounds, drawn_bounds(whole.figure.axes[0], projection_of(own["region_code"].iloc[0])))
    assert whole.png(60) == part.png(60)
    assert whole.svg() == part.svg()


@pytest.mark.parametrize(("phase", "code"), SAMPLE)
def test_same_bytes_from_the_rows_that_meet_the_window(draw, frames, credit, phase, code):
    require_same_from_a_slice(draw, frames, phase, code, credit)


@pytest.mark.skipif(not EVERY, reason="332 maps: set ATLAS_ALL=1")
def test_same_bytes_from_a_slice_for_every_territory(draw, frames, credit):
    for phase, code in frames[0][["phase", "territory_id"]].itertuples(index=False):
        require_same_from_a_slice(draw, frames, phase, code, credit)


@pytest.mark.parametrize(("phase", "code"), [(1, "ti-4421"), (3, "ti-4408")])
def test_window_of_an_unknown_territory_is_refused(frames, phase, code):
    with pytest.raises(ParameterError, match="no territory"):
        territory_map.window(phase, code, frames[3], frames[2])


@pytest.mark.parametrize(
    ("phase", "code", "title"),
    [
        (2, "ti-4408", "Nord Lorraine, phase\u00a02\u00a0: 10\u00a0intercommunalités"),
        (1, "ti-9303", "Carros, phase\u00a01\u00a0: 1\u00a0commune"),
        (1, "ti-8416", f"{GIER}, phase\u00a01\u00a0: 2\u00a0intercommunalités et 12\u00a0communes"),
        (1, "ti-1104", "Grand-Orly Seine Bièvre, phase\u00a01\u00a0: 1\u00a0établissement public territorial"),
    ],
    ids=["intercommunalities", "one commune", "both", "ept"],
)
def test_title_counts_the_members_by_kind(draw, phase, code, title):
    assert draw(phase, code).title == title


def test_same_id_is_another_territory_in_the_other_phase(draw):
    assert [draw(phase, "ti-8415").title.split(",")[0] for phase in (1, 2)] == [
        "Vallée de la Maurienne",
        "Rhône Provence Industrie",
    ]


KEPT, MOVED = "membre aux deux phases", "resté dans le programme,\npar un autre membre"
LEFT, ENTERED = "sorti du programme\nen phase\u00a02", "entré dans le programme\nen phase\u00a02"
OUTSIDE = "hors du territoire\n(traits blancs\u00a0: communes)"
COAST, INNER = "limite de région,\ncôte ou frontière", "limite de département"


@pytest.mark.parametrize(
    ("phase", "code", "shown"),
    [
        (2, "ti-4408", [KEPT, ENTERED, OUTSIDE, COAST, INNER]),
        (1, "ti-9303", [MOVED, OUTSIDE]),
        (1, "ti-0301", [LEFT, OUTSIDE, COAST]),
        (1, "ti-1104", [KEPT, OUTSIDE, INNER]),
    ],
    ids=["frontier", "one commune", "coast", "départements only"],
)
def test_legend_names_what_is_drawn_and_nothing_else(draw, phase, code, shown):
    (legend,) = draw(phase, code).figure.legends
    assert [text.get_text() for text in legend.get_texts()] == ["le territoire, dans sa région", *shown]


def test_ring_around_a_territory_at_the_edge_of_the_country_is_whole(draw):
    picture = draw(1, "ti-9402")
    ring, dot = picture.figure.axes[2].lines
    assert not ring.get_clip_on()
    assert not dot.get_clip_on()


@pytest.mark.parametrize(("phase", "code", "most"), [(2, "ti-4408", 300_000), (1, "ti-9303", 120_000)])
def test_drawing_stays_small(draw, phase, code, most):
    assert len(draw(phase, code).svg()) < most


def test_data_holds_official_and_drawn_names(draw):
    names = dict(draw(2, "ti-4408").data.select("member_name", "label").iter_rows())
    assert names["CC du Pays Orne Moselle"] == "Pays Orne Moselle"
    assert names["Metz Métropole"] == "Metz Métropole"


def test_alt_names_the_members(draw):
    assert "Carros" in draw(1, "ti-9303").alt


@pytest.mark.parametrize(("phase", "code"), [(1, "ti-4421"), (3, "ti-4408"), (2, "Nord Lorraine")])
def test_unknown_territory_is_refused(draw, phase, code):
    with pytest.raises(ParameterError, match="no territory"):
        draw(phase, code)


@pytest.mark.mpl_image_compare(baseline_dir="../baseline", tolerance=8, style="default", savefig_kwargs={"dpi": 60})
@pytest.mark.parametrize(("phase", "code"), [(2, "ti-4408"), (1, "ti-9301"), (1, "ti-0301")])
def test_image_territory_map(draw, phase, code):
    return draw(phase, code).figure
