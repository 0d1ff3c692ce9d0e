"""What sheets and reports of regions say of the context layers; an added layer needs no edit."""

import polars as pl
import pytest

from analysis.i18n.language import speaking
from analysis.indicators import context as added_up
from analysis.io import store
from analysis.reports.atlas import Atlas
from analysis.reports.sections.layer_values import layers_table, member_layers_table, region_layers_table
from analysis.sources import context
from analysis.upkeep.stages import context as stage

TERRITORIES = pl.DataFrame(
    {"phase": [2], "territory_id": ["ti-4401"], "name": ["Vallée"], "region_code": ["44"], "region_name": ["Grand Est"]}
)
MEMBERS = pl.DataFrame(
    {"phase": [2, 2], "territory_id": ["ti-4401"] * 2, "member_code": ["200000001", "215400018"],
     "member_name": ["CC de l’Est", "Abbaye"]}
)  # fmt: skip
COVERAGE = pl.DataFrame({"region_code": ["44"], "region_name": ["Grand Est"]})


def row(level, code, column="label", value=11.09, *, phase=2, **more):
    told = {
        "phase": phase, "level": level, "code": code, "layer": "x", "column": column, "year": 2023, "value": value,
        "unit_count": 2, "coverage_pct": 100.0, "rank": 12, "rank_of": 183, "place": 0, "title": "Label",
        "kind": "flag", "unit": None, "of": None, "unit_level": "commune", "alone": False, "since": None, "until": 2023,
        "source_id": "s", "tied": False,
    }  # fmt: skip
    return told | more


def told(*rows):
    return pl.DataFrame(list(rows), infer_schema_length=None)


def test_a_row_says_value_unit_year_rank_and_the_same_of_region_and_france():
    values = told(
        row("territory", "ti-4401"),
        row("region", "44", value=20.0, phase=0, rank=None),
        row("country", "FR", value=30.0, phase=0, rank=None),
        row("region", "44", value=99.0, phase=2),
    )
    table = layers_table(values, TERRITORIES, 2, "ti-4401")
    assert table.headings[-2:] == ("Grand Est", "France")
    assert table.rows == (
        (
            "Label",
            "2023",
            "11,1\u00a0%",
            "% des habitants, 2\u00a0communes",
            "12e sur 183",
            "20,0\u00a0%",
            "30,0\u00a0%",
        ),
    )


def test_coverage_is_told_where_it_is_not_whole_and_absence_as_absence():
    values = told(
        row("territory", "ti-4401", "a", None, rank=None, coverage_pct=0.0, place=0),
        row("territory", "ti-4401", "b", 5.0, coverage_pct=94.06, place=1),
        row("territory", "ti-4401", "c", 5.0, place=2),
    )
    table = layers_table(values, TERRITORIES, 2, "ti-4401")
    assert [line[2] for line in table.rows] == ["non publié", "5,0\u00a0%", "5,0\u00a0%"]
    assert [line[4] for line in table.rows] == ["–", "12e sur 183", "12e sur 183"]
    assert [line[-1] for line in table.rows] == ["0,0\u00a0%", "94,1\u00a0%", ""]
    assert {line[5] for line in table.rows} == {"non publié"}


@pytest.mark.parametrize(
    ("more", "french", "english"),
    [
        ({"rank": 1}, "1er sur 183", "1st of 183"),
        ({"rank": 2, "tied": True}, "2e ex æquo sur 183", "tied 2nd of 183"),
        ({"rank": 113}, "113e sur 183", "113th of 183"),
        ({"rank": 80, "value": 0.0}, "–", "–"),  # the rank of all that a list does not name
        ({"rank": 80, "value": 0.0, "kind": "change"}, "80e sur 183", "80th of 183"),
    ],
)
def test_ranks(more, french, english):
    values = told(row("territory", "ti-4401", **{"since": 2018, **more}))
    assert layers_table(values, TERRITORIES, 2, "ti-4401").rows[0][4] == french
    with speaking("en"):
        assert layers_table(values, TERRITORIES, 2, "ti-4401").rows[0][4] == english


def test_what_does_not_add_up_has_a_row_a_member_and_says_how_many_have_none():
    values = told(
        row("member", "200000001", "a", 4.0, alone=True, kind="share", title="Part A"),
        row("member", "200000001", "b", None, alone=True, kind="share", title="Part B", place=1),
        row("member", "200000009", "a", 9.0, alone=True),
    )
    table = member_layers_table(values, MEMBERS, 2, "ti-4401")
    assert table.rows == (("CC de l’Est", "4,0\u00a0%", "non publié"),)
    assert "1\u00a0autre membre n’en a pas" in table.caption
    none = values.filter(code="200000009")
    assert member_layers_table(none, MEMBERS, 2, "ti-4401").startswith("Aucune couche")


def test_a_regions_table_ends_with_the_whole_region_and_france():
    values = told(
        row("territory", "ti-4401", kind="change", since=2018, value=-0.04),
        row("territory", "ti-4402", kind="change", since=2018, value=7.0),
        row("region", "44", value=2.0, phase=0, kind="change", since=2018),
    )
    table = region_layers_table(values, TERRITORIES, COVERAGE, "44", 2)
    assert table.headings == ("Territoire", "Label, évolution (2018-2023)")
    assert table.rows == (
        ("Vallée", "0,0\u00a0%"), ("Grand Est, région entière", "+2,0\u00a0%"), ("France", "non publié"),
    )  # fmt: skip


DECLARED = """title: "Ateliers de couture"
level: commune
code: code_insee
cog: 2024
source: {source}
columns:
  sewing: {{title: "Ateliers de couture", kind: count, unit: "ateliers", year: 2023, adds_up: sum}}
"""


@pytest.mark.no_cover  # of all communes
def test_a_layer_that_an_analyst_adds_stands_on_sheets_without_an_edit(built):
    """A CSV and a YAML, then the stage and the table that it feeds: nothing names the layer."""
    folder = built / "data/raw/layers"
    for path in folder.iterdir():
        path.unlink()
    communes = store.read_table("core_communes", built)
    own = communes.filter(territory_2="ti-4408")["commune_code"].sort().head(2)
    (folder / "sewing.csv").write_text("code_insee,sewing\n" + "".join(f"{one},3\n" for one in own), encoding="utf-8")
    (folder / "sewing.yaml").write_text(DECLARED.format(source="insee-cog-2024"), encoding="utf-8")
    stage.run(built)
    layers = context.load(folder)
    made = added_up.build(store.read_table("core_context", built), communes, layers)
    store.write_tables({"out_context": made}, built)
    table = Atlas(built).show(layers_table, phase=2, territory_id="ti-4408")
    (line,) = table.rows
    assert line[:5] == ("Ateliers de couture", "2023", "6", "ateliers", "1er sur 1")
    assert line[6] == "6"
    assert Atlas(built).show(layers_table, phase=2, territory_id="ti-7506").rows[0][2] == "non publié"
