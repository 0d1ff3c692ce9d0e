"""Private employees of a territory, its region and France: three lines, and what has none says so."""

import os

import polars as pl
import pytest

from analysis.charts.territory_employees import territory_employees
from analysis.i18n.language import speaking
from analysis.reports.atlas import Atlas

SAMPLE = [
    (2, "ti-7506"),
    (1, "ti-5313"),  # ends where France does
    (2, "ti-9301"),  # in the region with the longest name
    (2, "ti-0601"),  # without any value, as its region
]
EVERY = os.environ.get("ATLAS_ALL")


@pytest.fixture(scope="module")
def frames(root):
    atlas = Atlas(root)
    return atlas.table("layer_indices"), atlas.table("core_territories")


@pytest.mark.parametrize(("phase", "code"), SAMPLE)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_is_readable_and_starts_at_100(frames, credit, readable, phase, code, language):
    with speaking(language):
        picture = territory_employees(*frames, phase, code, credit)
        readable(picture)
    assert set(picture.data.filter(year=2014)["index"]) == {100.0}


@pytest.mark.skipif(not EVERY, reason="332 figures: set ATLAS_ALL=1")
def test_every_territory_is_drawn(frames, credit, readable):
    for phase, code in frames[1].select("phase", "territory_id").iter_rows():
        readable(territory_employees(*frames, phase, code, credit))


def test_its_region_is_the_whole_region_whatever_the_phase(frames, credit):
    first, second = (territory_employees(*frames, phase, "ti-4408", credit).data for phase in (1, 2))
    assert first.filter(level="region").equals(second.filter(level="region"))
    assert first.filter(level="region", year=2024)["index"].to_list() == [105.5]


def test_what_has_no_value_is_named_without_a_line(frames, credit):
    picture = territory_employees(*frames, 2, "ti-0601", credit)
    assert set(picture.data["level"]) == {"country"}
    assert "le territoire, non publié" in picture.alt
    drawn = {text.get_text().replace("\u00a0", " ") for text in picture.figure.axes[0].texts}
    assert {"le territoire : non publié", "Mayotte : non publié"} <= drawn


@pytest.mark.parametrize(("phase", "year"), [(1, 2019), (2, 2023)])
def test_the_year_in_which_the_phase_begins_is_marked(frames, credit, phase, year):
    axes = territory_employees(*frames, phase, "ti-4408", credit).figure.axes[0]
    upright = [line for line in axes.lines if set(line.get_xdata()) == {year}]
    assert len(upright) == 1
    assert any(text.get_text().startswith(f"{year}\u00a0: début") for text in axes.texts)


def test_it_tells_the_licence_of_its_data(root):
    picture = Atlas(root).show(territory_employees, phase=2, territory_id="ti-4408")
    assert "Urssaf" in picture.credit
    assert "ODbL 1.0" in picture.credit


def test_other_columns_are_not_drawn(frames, credit):
    other = frames[0].with_columns(column=pl.lit("other"), index=pl.col("index") * 2)
    both = territory_employees(pl.concat([frames[0], other]), frames[1], 2, "ti-4408", credit)
    assert both.data.equals(territory_employees(*frames, 2, "ti-4408", credit).data)


@pytest.mark.mpl_image_compare(baseline_dir="../baseline", tolerance=8, style="default", savefig_kwargs={"dpi": 60})
def test_image_territory_employees(frames, credit):
    return territory_employees(*frames, 2, "ti-7506", credit).figure
