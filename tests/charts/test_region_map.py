import os
from collections import Counter

import polars as pl
import pytest
import shapely
from label_checks import drawn_bounds, holds, label_boxes, label_faults, leader_lines, meeting
from matplotlib.colors import to_hex

from analysis.charts import region_map
from analysis.charts.drawing import style
from analysis.charts.maps import cartography
from analysis.charts.maps.labels import LABEL_ID
from analysis.errors import ParameterError
from analysis.i18n import typography
from analysis.registry.geography import projection_of
from analysis.registry.phases import sides

REGIONS = ["01", "02", "03", "04", "06", "11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93", "94"]
SAMPLE = [("44", 2), ("53", 2), ("44", 1), ("84", 2), ("11", 2), ("93", 1), ("03", 1), ("76", 2)]
EVERY = [(region, phase) for region in REGIONS for phase in (1, 2)]
SIGNED = ("ti-4401", "ti-4403", "ti-4408", "ti-4415")


@pytest.fixture(scope="module")
def territories(geo):
    return geo("out_territories")


@pytest.fixture(scope="module")
def boundaries(geo):
    return geo("core_boundaries_detail")


@pytest.fixture(scope="module")
def draw(territories, boundaries, table, credit):
    frames = territories, boundaries, table("out_region_coverage")
    became = table("out_phase_change"), table("out_phase1_fate")
    return lambda region, phase, signed=(): region_map.region_map(
        *frames, contracts(signed), *became, region, phase, credit
    )


def contracts(signed, place="Grand Est"):
    """Rows of out_enumerations that name signed contracts in a region."""
    columns = {"concept": "signed_contracts", "place": place, "registry_code": list(signed)}
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))


@pytest.mark.parametrize(("region", "phase"), EVERY if os.environ.get("ATLAS_ALL") else SAMPLE)
def test_every_territory_is_named_and_no_label_is_at_fault(draw, territories, boundaries, readable, region, phase):
    picture = draw(region, phase)
    axes = picture.figure.axes[0]
    of_phase = cartography.project(territories[territories["phase"] == phase], projection_of(region))
    own = of_phase[of_phase["region_code"] == region]
    assert set(label_boxes(axes)) >= set(own["territory_id"])
    assert label_faults(axes, dict(zip(of_phase["territory_id"], of_phase.geometry, strict=True))) == []
    readable(picture)
    assert abroad(axes, boundaries, projection_of(region)) == []


@pytest.mark.parametrize(("region", "phase"), SAMPLE)
def test_territories_are_filled_by_what_became_of_them(draw, table, region, phase):
    picture = draw(region, phase)
    own = picture.data.filter(kind="territory")
    became = sides(table("out_phase_change"), table("out_phase1_fate")).filter(phase=phase)
    words = dict(became.select("territory_id", "word").iter_rows())
    plain = {"unchanged": "kept", "new": "entered", "ended": "left"}
    assert own["status"].to_list() == [plain.get(words[code], "changed") for code in own["code"]]
    counts = Counter(own["status"])
    drawn = {(face(one), one.get_hatch() or ""): len(one.get_paths()) for one in fills(picture)}
    assert drawn == {(style.MAP_LOOKS[one].face, style.MAP_LOOKS[one].hatch): count for one, count in counts.items()}


def face(filled):
    return to_hex(filled.get_facecolor()[0]).upper()


def fills(picture):
    """Areas of the region's territories, a collection a status; those of other regions have one colour."""
    others, *own = [one for one in picture.figure.axes[0].collections if one.get_zorder() == 2]
    assert len(others.get_paths()) == picture.data.filter(kind="territory_of_other_region").height
    assert face(others) == style.GROUND_OTHER
    return own


def test_data_has_no_status_for_a_territory_of_another_region(draw):
    data = draw("28", 1).data
    assert data.filter(pl.col("status").is_null()).select("kind").unique()["kind"].sort().to_list() == [
        "region", "territory_of_other_region",
    ]  # fmt: skip


def abroad(axes, boundaries, epsg):
    """Labels beside their territory that stand beyond the country's ground, at sea or in another country."""
    land = shapely.union_all(cartography.project(cartography.only(boundaries, "region"), epsg).geometry.to_numpy())
    ground = shapely.transform(land, axes.transData.transform)
    boxes = label_boxes(axes)
    return [code for code in leader_lines(axes) if boxes[code].difference(ground).area > 0.02 * boxes[code].area]


@pytest.mark.parametrize("region", REGIONS if os.environ.get("ATLAS_ALL") else ["06", "11", "28", "94"])
def test_same_bytes_from_the_rows_that_meet_the_window(draw, territories, boundaries, table, credit, region):
    became = table("out_phase_change"), table("out_phase1_fate")
    bounds = region_map.window(region, territories, boundaries)
    row = table("out_region_coverage").filter(region_code=region)
    slices = meeting(territories, bounds), meeting(boundaries, bounds), row
    assert len(slices[1]) < len(boundaries) / 2
    for phase in (1, 2):
        whole, part = draw(region, phase), region_map.region_map(*slices, contracts(()), *became, region, phase, credit)
        assert holds(bounds, drawn_bounds(whole.figure.axes[0], projection_of(region)))
        assert whole.png(60) == part.png(60)
        assert whole.svg() == part.svg()


@pytest.mark.parametrize("region", ["99", "FR"])
def test_window_of_an_unknown_region_is_refused(territories, boundaries, region):
    with pytest.raises(ParameterError, match="INSEE code"):
        region_map.window(region, territories, boundaries)


def test_region_without_territory_is_drawn_with_a_sentence(draw, readable):
    picture = draw("06", 1)
    sentences = [text.get_text() for text in picture.figure.texts]
    assert picture.title == "Mayotte\u00a0: aucun territoire d’industrie en phase\u00a01"
    assert "2019-2022\u00a0: aucune commune de la région n’est dans le programme." in sentences
    assert picture.data.select("kind", "name").rows() == [("region", "Mayotte")]
    assert label_boxes(picture.figure.axes[0]) == {}
    readable(picture)


def test_territories_that_reach_in_are_told_apart_in_the_data_and_the_legend(draw):
    picture = draw("28", 1)
    kinds = dict(picture.data.group_by("kind").len().iter_rows())
    legend = [text.get_text() for text in picture.figure.axes[1].get_legend().get_texts()]
    assert kinds == {"region": 1, "territory": 8, "territory_of_other_region": 3}
    assert "territoire d’une autre région" in legend


def test_large_territories_from_next_door_are_named(draw):
    picture = draw("75", 1)
    names = dict(picture.data.select("code", "name").iter_rows())
    assert "Interdépartemental Gers Tarn-et-Garonne" in {names[code] for code in label_boxes(picture.figure.axes[0])}


def test_legend_names_only_what_is_drawn(draw):
    legend = [text.get_text() for text in draw("06", 2).figure.axes[1].get_legend().get_texts()]
    assert legend == ["nouveau, sans lien avec la phase\u00a01", "relie les parties d’un territoire"]


def test_signed_contracts_have_bold_names_and_stand_in_data_legend_and_alt(draw):
    picture = draw("44", 1, signed=SIGNED)
    legend = [text.get_text() for text in picture.figure.axes[1].get_legend().get_texts()]
    labels = picture.figure.axes[0].texts
    bold = [one.get_gid().removeprefix(LABEL_ID) for one in labels if one.get_fontweight() == "bold"]
    assert picture.data.filter("signed").get_column("code").sort().to_list() == sorted(SIGNED)
    assert picture.data.filter(pl.col("signed").is_null()).get_column("kind").to_list() == ["region"]
    assert sorted(bold) == sorted(SIGNED)
    assert "nom en gras\u00a0: contrat signé au 19 novembre 2019" in legend
    assert "Contrat signé au 19 novembre 2019\u00a0: 4 sur 15." in picture.alt


def test_alt_names_the_territories_and_the_population_covered(draw):
    picture = draw("03", 1)
    counts = "Inchangé en phase\u00a02\u00a0: 2\u00a0; disparu, sans lien avec la phase\u00a02\u00a0: 1."
    for part in ("Guyane", "Cayenne, Kourou, Saint-Laurent du Maroni", counts, typography.percent(96.971)):
        assert part in picture.alt


def test_two_drawings_have_the_same_bytes(draw):
    assert draw("94", 2).svg() == draw("94", 2).svg()


def test_drawing_holds_nothing_far_from_the_region(draw):
    assert len(draw("94", 1).svg()) < 500_000


@pytest.mark.parametrize(("region", "phase"), [("84", 2), ("75", 2)])
def test_drawing_of_many_territories_stays_small(draw, region, phase):
    assert len(draw(region, phase).svg()) < 600_000


@pytest.mark.parametrize(("region", "phase"), [("99", 1), ("FR", 1), ("44", 3)])
def test_unknown_region_or_phase_is_refused(draw, region, phase):
    with pytest.raises(ParameterError, match="INSEE code"):
        draw(region, phase)


@pytest.mark.mpl_image_compare(baseline_dir="../baseline", tolerance=8, style="default", savefig_kwargs={"dpi": 60})
@pytest.mark.parametrize(("region", "phase"), [("44", 1), ("84", 2), ("06", 1), ("04", 2)])
def test_image_region_map(draw, region, phase):
    return draw(region, phase, signed=SIGNED if (region, phase) == ("44", 1) else ()).figure
