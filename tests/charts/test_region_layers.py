"""A region's territories in the context layers, over the spread of all of France's."""

import polars as pl
import pytest

from analysis.charts.region_layers import region_layers
from analysis.i18n.language import speaking
from analysis.reports.atlas import Atlas
from analysis.reports.layer_views import COMPARED


@pytest.fixture(scope="module")
def frames(root):
    atlas = Atlas(root)
    return [atlas.table(name) for name in ("layer_values", "layer_spread", "out_region_coverage", "core_territories")]


@pytest.mark.parametrize(
    ("code", "phase"),
    [("75", 2), ("01", 1), ("06", 2), ("93", 2), ("06", 1)],  # many, few, one without employees, long name, none
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_is_readable_with_a_row_a_column(frames, credit, readable, code, phase, language):
    with speaking(language):
        picture = region_layers(*frames, code, phase, credit)
        readable(picture)
    columns = picture.data["column"].unique()
    assert len(columns) == len(picture.figure.axes) <= COMPARED


def test_dots_are_the_regions_territories_of_the_phase(frames, credit):
    data = region_layers(*frames, "01", 2, credit).data
    names = frames[3].filter(phase=2, region_code="01")["name"]
    for column in data["column"].unique():
        own = data.filter(column=column)
        assert sorted(own.filter(level="territory")["name"]) == sorted(names)
        assert sorted(own.filter(pl.col("level") != "territory")["code"]) == ["01", "FR"]


def test_a_layer_that_is_added_has_its_row_without_an_edit(frames, credit):
    values, spread, *rest = frames
    new = {"column": pl.lit("sewing"), "layer": pl.lit("sewing")}
    more = values.filter(column="pvd").with_columns(**new, title=pl.lit("Ateliers de couture"), place=pl.lit(99))
    wider = pl.concat([spread.filter(pl.col("column") != "pvd"), spread.filter(column="pvd").with_columns(**new)])
    picture = region_layers(pl.concat([values, more], how="vertical_relaxed"), wider, *rest, "01", 2, credit)
    assert picture.data["title"].last() == "Ateliers de couture"
    assert "pvd" not in picture.data["column"]


def test_what_is_not_published_is_said(frames, credit):
    picture = region_layers(*frames, "06", 2, credit)
    assert "Salariés du secteur privé, évolution 2014-2018\u00a0: non publié" in picture.alt
    assert "non publié" in {text.get_text() for text in picture.figure.axes[0].texts}


@pytest.mark.mpl_image_compare(baseline_dir="../baseline", tolerance=8, style="default", savefig_kwargs={"dpi": 60})
def test_image_region_layers(frames, credit):
    return region_layers(*frames, "75", 2, credit).figure
