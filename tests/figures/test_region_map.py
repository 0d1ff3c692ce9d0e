import os

import polars as pl
import pytest
from geopandas import GeoDataFrame

from analysis import cartography, style
from analysis.errors import ParameterError
from analysis.figures import region_map
from analysis.geography import projection_of

CREDIT = "Source : ANCT."
REGIONS = ["01", "02", "03", "04", "06", "11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93", "94"]
SAMPLE = [("44", 1), ("84", 2), ("11", 2), ("93", 1), ("03", 1), ("76", 2)]
EVERY = [(region, phase) for region in REGIONS for phase in (1, 2)]
SIGNED = ("ti-4401", "ti-4403", "ti-4408", "ti-4415")
COMPARED = {"baseline_dir": "../baseline", "tolerance": 8, "style": "default", "savefig_kwargs": {"dpi": 60}}


@pytest.fixture(scope="module")
def draw(table, geo):
    frames = geo("out_territories"), geo("core_boundaries_detail"), table("out_region_coverage")
    return lambda region, phase, **more: region_map.draw(region, phase, *frames, CREDIT, **more)


@pytest.fixture(scope="module")
def territories(geo):
    return geo("out_territories")


def outlines(territories: GeoDataFrame, region: str, phase: int) -> dict[str, object]:
    of_phase = cartography.project(territories[territories["phase"] == phase], projection_of(region))
    return dict(zip(of_phase["territory_id"], of_phase.geometry, strict=True))


@pytest.mark.parametrize(("region", "phase"), EVERY if os.environ.get("ATLAS_ALL") else SAMPLE)
def test_every_territory_is_named_and_no_label_is_at_fault(
    draw, territories, label_faults, labels_of, region, phase
):
    axes = draw(region, phase).figure.axes[0]
    own = territories[(territories["phase"] == phase) & (territories["region_code"] == region)]
    assert labels_of(axes) >= set(own["territory_id"])
    assert label_faults(axes, outlines(territories, region, phase)) == []


def test_region_without_territory_is_drawn_with_a_sentence(draw):
    picture = draw("06", 1)
    assert picture.title == "Mayotte : aucun territoire d’industrie en phase 1"
    assert "aucune commune de la région n’est dans le programme" in " ".join(
        text.get_text() for text in picture.figure.texts
    )
    assert picture.data.select("kind", "name").rows() == [("region", "Mayotte")]


def test_neighbours_that_reach_in_are_told_apart_in_the_data(draw):
    kinds = dict(draw("28", 1).data.group_by("kind").len().iter_rows())
    assert kinds == {"region": 1, "territory": 8, "territory_of_other_region": 3}


def test_signed_contracts_are_hatched_named_in_the_legend_and_in_the_data(draw):
    picture = draw("44", 1, signed=SIGNED)
    assert picture.data.filter("signed").get_column("code").sort().to_list() == sorted(SIGNED)
    assert picture.data.filter(pl.col("signed").is_null()).get_column("kind").to_list() == ["region"]
    assert "Contrat signé au 19 novembre 2019 : 4 sur 15." in picture.alt
    hatched = [one for one in picture.figure.axes[0].collections if one.get_hatch()]
    assert [len(one.get_paths()) for one in hatched] == [len(SIGNED)]


def test_alt_names_the_territories_and_the_population_covered(draw):
    picture = draw("03", 1)
    for part in ("Guyane", "Cayenne, Kourou, Saint-Laurent du Maroni", style.percent(96.971)):
        assert part in picture.alt


def test_two_drawings_are_the_same_bytes(draw):
    assert draw("94", 2).svg() == draw("94", 2).svg()


def test_drawing_holds_nothing_far_from_the_region(draw):
    assert len(draw("94", 1).svg()) < 400_000


@pytest.mark.parametrize(("region", "phase"), [("99", 1), ("FR", 1), ("44", 3)])
def test_unknown_region_or_phase_is_refused(draw, region, phase):
    with pytest.raises(ParameterError, match="INSEE code"):
        draw(region, phase)


@pytest.mark.mpl_image_compare(**COMPARED)
@pytest.mark.parametrize(("region", "phase"), [("44", 1), ("84", 2), ("06", 1), ("04", 2)])
def test_region_map_looks_as_before(draw, region, phase):
    return draw(region, phase, signed=SIGNED if (region, phase) == ("44", 1) else None).figure
