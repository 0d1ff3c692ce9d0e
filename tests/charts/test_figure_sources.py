"""A figure has the sources of its own name, never those of another whose name its own begins with."""

import pytest

from analysis.charts.figure_sources import FIGURE_SOURCES, entry_of, method_of
from analysis.errors import FigureError
from analysis.reports.atlas import Atlas
from analysis.upkeep import generated


@pytest.mark.parametrize(
    ("figure", "entry", "method"),
    [
        ("coverage", "coverage", "coverage"),
        ("region_map_44_phase1", "region_map_<region_code>_phase<phase>", "region_map"),
        ("region_flow_02", "region_flow_<region_code>", "region_flow"),
        ("territory_map_phase2_ti-4408", "territory_map_phase<phase>_<territory_id>", "territory_map"),
        ("territory_change_phase1_ti-0101", "territory_change_phase<phase>_<territory_id>", "territory_change"),
        ("region_flow_<region_code>", "region_flow_<region_code>", "region_flow"),  # as README names them all
    ],
)
def test_a_figure_is_known_by_its_whole_name(figure, entry, method):
    assert (entry_of(figure), method_of(figure)) == (entry, method)


@pytest.mark.parametrize(
    "figure",
    ["coverage_by_x", "coverages", "cover", "", "my_coverage", "region_map", "region_map_44", "region_map_4_phase1",
     "region_map_44_phase3", "region_map_44_phase1_detail", "territory_map_phase1_4408", "region_flow_44\n",
     "region_change_44", "verdicts_2025", "phase_flow_44"],
)  # fmt: skip
def test_a_figure_that_nothing_names_is_refused_by_name(figure):
    with pytest.raises(FigureError) as caught:
        entry_of(figure)
    assert f"the figure {figure} is from" in str(caught.value)
    assert "FIGURE_SOURCES" in str(caught.value)


def test_every_figure_of_the_readme_has_its_sources_and_its_method():
    assert set(generated.FIGURES) == set(FIGURE_SOURCES)
    assert all(callable(getattr(Atlas, method_of(figure))) for figure in FIGURE_SOURCES)
