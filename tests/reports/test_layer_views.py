"""What reports read of the context layers: no finer than is written, and of a declaration alone."""

import polars as pl
import pytest

from analysis.reports import layer_views
from analysis.sources.context import Layer
from analysis.tables import TABLES, schema

COUNT = {"title": "Ateliers", "kind": "count", "unit": "workshop", "adds_up": "sum", "years": [2020, 2022],
         "changes": [[2020, 2022]]}  # fmt: skip
SHARE = {"title": "Part de l’artisanat", "kind": "share", "of": "ateliers", "adds_up": "none", "year": 2021}
FLAG = {"title": "Label", "kind": "flag", "adds_up": "any", "year": 2023}
DATED = {"title": "Signature", "kind": "date", "adds_up": "none", "year": 2023}


def layer(**columns):
    told = {"title": "Artisanat", "level": "commune", "code": "c", "cog": 2024, "source": "s", "columns": columns}
    return Layer.model_validate(told)


LAYERS = {"craft": layer(workshops=COUNT, craft_share=SHARE), "label": layer(label=FLAG, label_signed=DATED)}


def context(*rows):
    """Rows of out_context: phase, level, code, column, year, value, rank."""
    names = ("phase", "level", "code", "column", "year", "value", "rank")
    made = [
        {"layer": "label" if row[3] == "label" else "craft", "unit_count": 2, "coverage_pct": 50.0, "rank_of": 9}
        | dict(zip(names, row, strict=True))
        for row in rows
    ]
    return schema.from_rows(TABLES["out_context"], made)


def test_columns_are_told_from_the_declarations_in_their_order():
    found = layer_views.columns(LAYERS)
    assert found["column"].to_list() == ["workshops", "workshops_change_2020_2022", "craft_share", "label"]
    assert found["place"].to_list() == [0, 1, 2, 3]
    assert found.row(1, named=True) | {"kind": "change", "since": 2020, "until": 2022} == found.row(1, named=True)
    assert found["alone"].to_list() == [False, False, True, False]


def test_values_are_those_of_the_last_year_and_members_have_what_does_not_add_up():
    rows = [
        (2, "territory", "ti-4401", "workshops", 2021, 5.0, 1),
        (2, "territory", "ti-4401", "workshops", 2022, 7.0, 1),
        (2, "territory", "ti-4401", "craft_share", 2021, 3.0, 1),
        (2, "member", "200000001", "craft_share", 2021, 3.0, 1),
        (2, "member", "200000001", "workshops", 2022, 7.0, 1),
    ]
    found = layer_views.values(context(*rows), LAYERS)
    assert found.select("level", "column", "value").rows() == [
        ("member", "craft_share", 3.0), ("territory", "workshops", 7.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "year", "value", "told"),
    [
        ("workshops", 2022, 19_995_376.0, 20_000_000.0),
        ("workshops", 2022, 1_541_234.0, 1_540_000.0),
        ("workshops_change_2020_2022", 2022, 4.2993, 4.3),
        ("label", 2023, 11.3843, 11.4),
    ],
)
def test_values_of_a_region_and_of_france_are_as_coarse_as_they_are_written(column, year, value, told):
    rows = [(0, "country", "FR", column, year, value, None), (1, "territory", "ti-4401", column, year, value, 1)]
    france, own = layer_views.values(context(*rows), LAYERS).iter_rows(named=True)
    assert (france["value"], france["coverage_pct"], france["rank_of"]) == (told, None, None)
    assert (own["value"], own["coverage_pct"], own["rank_of"]) == (value, 50.0, 9)


def test_a_tie_is_told():
    rows = [(2, "territory", f"ti-440{one}", "label", 2023, 5.0, rank) for one, rank in ((1, 1), (2, 1), (3, 3))]
    assert layer_views.values(context(*rows), LAYERS)["tied"].to_list() == [True, True, False]


def test_an_index_is_100_in_the_first_year_and_only_of_counts_with_several_years():
    rows = [
        (2, "territory", "ti-4401", "workshops", 2020, 40.0, 1),
        (2, "territory", "ti-4401", "workshops", 2021, 41.0, 1),
        (2, "territory", "ti-4402", "workshops", 2020, 0.0, 2),
        (2, "territory", "ti-4402", "workshops", 2021, 7.0, 2),
        (2, "territory", "ti-4403", "workshops", 2021, 7.0, 2),
        (2, "territory", "ti-4401", "label", 2023, 41.0, 1),
    ]
    found = layer_views.indices(context(*rows), LAYERS)
    assert found.select("code", "year", "index").rows() == [("ti-4401", 2020, 100.0), ("ti-4401", 2021, 102.5)]


def test_the_spread_is_of_shares_and_changes_first_and_of_few_columns():
    rows = [(2, "territory", f"ti-44{one:02}", "label", 2023, one / 3, 1) for one in range(1, 12)]
    rows += [(2, "territory", f"ti-44{one:02}", "workshops", 2022, one * 1.0, 1) for one in range(1, 12)]
    found = layer_views.spread(context(*rows), LAYERS)
    assert found.filter(column="label").select("p10", "p50", "p90").row(0) == (0.7, 2.0, 3.3)
    many = {"x": layer(**{f"c{one}": FLAG for one in range(9)}, total=COUNT)}
    listed = [(2, "territory", "ti-4401", f"c{one}", 2023, 1.0, 1) for one in range(9)]
    told = context(*listed, (2, "territory", "ti-4401", "total", 2022, 1.0, 1)).with_columns(layer=pl.lit("x"))
    assert layer_views.spread(told, many)["column"].to_list() == [f"c{one}" for one in range(layer_views.COMPARED)]


def test_no_layer_at_all_gives_empty_views():
    for view in (layer_views.values, layer_views.indices, layer_views.spread):
        assert view(context(), {}).is_empty()
