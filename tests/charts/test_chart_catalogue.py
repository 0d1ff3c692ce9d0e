"""A figure is the one of its own whole name, never another whose name its own begins with."""

import pytest

from analysis.charts.catalogue import charts, figure_named
from analysis.errors import FigureError


@pytest.mark.parametrize(
    ("figure", "name", "place"),
    [
        ("coverage", "coverage", {}),
        ("region_map_44_phase1", "region_map", {"region_code": "44", "phase": 1}),
        ("region_flow_02", "region_flow", {"region_code": "02"}),
        ("territory_map_phase2_ti-4408", "territory_map", {"phase": 2, "territory_id": "ti-4408"}),
        ("territory_change_phase1_ti-0101", "territory_change", {"phase": 1, "territory_id": "ti-0101"}),
        ("region_flow_<region_code>", "region_flow", {}),  # as README names them all
        ("territory_map_phase<phase>_<territory_id>", "territory_map", {}),
    ],
)
def test_a_figure_is_known_by_its_whole_name(figure, name, place):
    found = figure_named(figure)
    assert (found.chart.name, found.place) == (name, place)


@pytest.mark.parametrize(
    "figure",
    ["coverage_by_x", "coverages", "cover", "", "my_coverage", "region_map", "region_map_44", "region_map_4_phase1",
     "region_map_44_phase3", "region_map_44_phase1_detail", "territory_map_phase1_4408", "region_flow_44\n",
     "region_change_44", "verdicts_2025", "phase_flow_44"],
)  # fmt: skip
def test_a_figure_that_no_chart_draws_is_refused_by_name(figure):
    with pytest.raises(FigureError) as caught:
        figure_named(figure)
    assert f"the figure {figure} is from" in str(caught.value)
    assert "@chart(sources=…)" in str(caught.value)


def test_every_module_of_a_figure_is_found(root):
    modules = {path.stem for path in (root / "src/analysis/charts").glob("[a-z]*.py")} - {"catalogue", "register"}
    assert set(charts()) == modules
