"""Context layers as they are declared: what is read, and each way of declaring one wrongly."""

from pathlib import Path

import pytest

from analysis.errors import SourceError
from analysis.io.paths import LAYERS, RAW
from analysis.sources import context, provenance
from analysis.sources.provenance import Licence, Source

SOURCES = {
    "fichier-invente": Source(
        id="fichier-invente", kind="dataset", producer="Office inventé", title="Ateliers", url=None,
        published="2025-03", accessed="2026-11", licence=Licence(name="Licence Ouverte 2.0", stated_at="ici"),
        sha256=None,
    )
}  # fmt: skip
COUNT = {"title": "Ateliers", "kind": "count", "unit": "workshop", "adds_up": "sum", "year": 2024}
SHARE = {"title": "Part", "kind": "share", "of": "ateliers", "adds_up": "none", "year": 2024}
WHOLE = {"title": "Ateliers", "level": "commune", "code": "insee", "cog": 2024, "source": "fichier-invente"}


def parsed(tmp_path: Path, *, columns=None, name="workshops", **given):
    path = tmp_path / f"{name}.yaml"
    path.with_suffix(".csv").write_text("insee,ateliers\n", encoding="utf-8")
    return context.parse(path, WHOLE | {"columns": columns or {"workshops": COUNT}} | given, SOURCES)


def test_a_column_of_several_years_has_a_heading_a_year(tmp_path):
    column = COUNT | {"heading": "n_{year}", "years": [2020, 2022], "changes": [[2020, 2022]]}
    del column["year"]
    layer = parsed(tmp_path, columns={"workshops": column}, ignored=["nom"])
    assert layer.headings == ["insee", "n_2020", "n_2021", "n_2022", "nom"]
    assert layer.columns["workshops"].headings("workshops") == {"n_2020": 2020, "n_2021": 2021, "n_2022": 2022}


@pytest.mark.parametrize(
    ("columns", "given", "match"),
    [
        ({"workshops": COUNT | {"adds_up": "weighted", "weighted_by": "population_2022"}}, {}, "a count is one of sum"),
        ({"s": SHARE | {"adds_up": "weighted"}}, {}, "weighted_by: needed"),
        ({"s": SHARE | {"adds_up": "weighted", "weighted_by": "jobs"}}, {}, "jobs is none of population_2022"),
        ({"s": SHARE | {"of": None}}, {}, "say what a share is a share of"),
        ({"workshops": COUNT | {"unit": None}}, {}, "say what a count counts"),
        ({"workshops": COUNT | {"years": [2020, 2022]}}, {}, "either year or years"),
        ({"workshops": COUNT | {"year": None, "years": [2022, 2020]}}, {}, "no span of years"),
        ({"workshops": COUNT | {"year": None, "years": [2020, 2022], "heading": "n"}}, {}, "write {year}"),
        ({"workshops": COUNT | {"changes": [[2020, 2024]]}}, {}, "are no two of its years"),
        (None, {"level": "zone"}, "say which class of a layer of communes names the zones"),
        (None, {"zones": "basin"}, "say which class of a layer of communes names the zones"),
        ({"workshops": COUNT | {"kind": "ratio"}}, {}, "Input should be 'count'"),
        ({"value": COUNT}, {}, "cannot be called value"),
        ({"Ateliers": COUNT}, {}, "'Ateliers' is no name"),
        ({"a": COUNT | {"heading": "n"}, "b": COUNT | {"heading": "n"}}, {}, "heading n is named twice"),
        (None, {"name": "mes-ateliers"}, "'mes-ateliers' is no name"),
        (None, {"source": "autre"}, "source autre is not in sources.yaml.*with the licence"),
        (None, {"level": "canton"}, "level"),
        (None, {"add_to_100": ["workshops"]}, "workshops is no share"),
        (None, {"licence": "ODbL"}, "Extra inputs"),
    ],
)
def test_a_wrong_declaration_is_refused_with_its_cure(tmp_path, columns, given, match):
    with pytest.raises(SourceError, match=match):
        parsed(tmp_path, columns=columns, **given)


LINES = """\
title: "{id}"
level: commune
code: insee
cog: 2024
source: fichier-invente
columns:
  {column}: {{title: "Ateliers", kind: count, unit: workshop, year: 2024, adds_up: sum}}
"""


def folder(tmp_path: Path, **columns: str) -> Path:
    for name, column in columns.items():
        (tmp_path / f"{name}.yaml").write_text(LINES.format(id=name, column=column), encoding="utf-8")
        (tmp_path / f"{name}.csv").write_text("insee\n", encoding="utf-8")
    return tmp_path


def test_layers_are_found_by_their_files(tmp_path):
    assert list(context.load(folder(tmp_path, b="workshops", a="plants"), SOURCES)) == ["a", "b"]


def test_a_column_called_like_one_of_another_layer_is_refused(tmp_path):
    with pytest.raises(
        SourceError, match=r"b\.yaml: the layer a has a column plants too.*Give the column another name"
    ):
        context.load(folder(tmp_path, a="plants", b="plants"), SOURCES)


@pytest.mark.parametrize(("lost", "match"), [("a.yaml", "no YAML says"), ("a.csv", r"there is no a\.csv beside it")])
def test_a_file_without_the_other_is_refused(tmp_path, lost, match):
    (folder(tmp_path, a="plants") / lost).unlink()
    with pytest.raises(SourceError, match=match):
        context.load(tmp_path, SOURCES)


def test_the_layers_of_the_project_state_source_and_licence(root):
    sources = provenance.load_sources(root / RAW / "sources.yaml")
    layers = context.load(root / LAYERS, sources)
    assert list(layers) == [
        "employment_sectors", "private_employees", "rural_revitalisation", "town_centre_operations", "town_programmes",
    ]  # fmt: skip
    licences = {name: sources[one.source].licence.name for name, one in layers.items()}
    assert [name for name, one in licences.items() if one == "ODbL 1.0"] == ["private_employees"]
