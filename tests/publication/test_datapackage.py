"""datapackage.json, validated by frictionless without network: as built, and against files that break it."""

import hashlib
import json
import shutil
import socket

import pytest
from frictionless import Package, validate

from analysis.io.paths import LAYERS as LAYER_FILES
from analysis.publication.downloads import citation, datapackage, layer_files
from analysis.publication.downloads.datapackage import Dataset, File
from analysis.sources import provenance
from analysis.tables import TABLES, published_names
from analysis.tables.layers import LAYERS
from analysis.tables.schema import Field, Reference, Table

FOLDER = "outputs/tables"
CITED = citation.Citation("Atlas", ("Contributors",), "MIT", "2026-01-01", "1.0.0+abc")


@pytest.fixture(autouse=True)
def offline(monkeypatch):
    """No host may be asked."""

    def refuse(*arguments: object) -> None:
        raise AssertionError("a host was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(scope="module")
def described(root):
    return json.loads((root / FOLDER / datapackage.NAME).read_text())


@pytest.fixture
def small(root, described, tmp_path):
    """A copy of the package with the tables that refer to each other in few rows."""
    names = {"core_territories", "core_members", "sources", "core_claims", "out_ledger", "out_phase1_fate"}
    chosen = [one for one in described["resources"] if one["name"] in names]
    for one in chosen:
        shutil.copy(root / FOLDER / one["path"], tmp_path)
    (tmp_path / datapackage.NAME).write_text(json.dumps(described | {"resources": chosen}))
    return tmp_path


def files(package):
    """Every file that a package names, in resources and alternatives."""
    for one in package["resources"]:
        yield one
        yield from one.get("alternatives", ())
    yield from package.get("alternatives", ())


def errors(folder):
    report = validate(str(folder / datapackage.NAME))
    assert report.valid == (not report.flatten(["type"]))
    return {kind for (kind,) in report.flatten(["type"])}


def change(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


# --- as built ----------------------------------------------------------------------------------------------


@pytest.mark.no_cover  # of all data: traced, it takes three times as long
def test_built_package_is_valid(root):
    report = validate(str(root / FOLDER / datapackage.NAME))
    assert report.valid, report.flatten(["name", "type", "message"])[:5]
    around = 2 * len([*(root / LAYER_FILES).glob("*.yaml")])
    assert len(report.tasks) == len(published_names()) + len(LAYERS) + around + 1


def test_package_of_each_region_is_valid(root):
    for code in ("06", "44"):
        report = validate(str(root / FOLDER / "regions" / code / datapackage.NAME))
        assert report.valid, report.flatten(["name", "type", "message"])[:5]


def test_package_lists_every_file_that_it_stands_beside(root, described):
    for folder in (root / FOLDER, *(root / FOLDER / "regions").iterdir()):
        listed = {one["path"]: one for one in files(json.loads((folder / datapackage.NAME).read_text()))}
        about = {"catalog.jsonld", "citation.bib", "citation.csl.json", "citation.ris", datapackage.NAME}
        there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        assert set(listed) == {one for one in there if not one.startswith("regions/")} - about
        for path, one in listed.items():
            content = (folder / path).read_bytes()
            assert (one["bytes"], one["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")


def test_package_says_columns_units_keys_sources_and_licences(described):
    resources = {one["name"]: one for one in described["resources"]}
    for table in (*(TABLES[name] for name in published_names()), *LAYERS):
        name = table.name
        schema = resources[name]["schema"]
        assert [one["name"] for one in schema["fields"]] == table.columns
        assert schema["primaryKey"] == list(table.key)
        assert resources[name]["licenses"]
        assert all(one["title"] and one["licence"] for one in resources[name]["sources"])
        assert len(schema.get("foreignKeys", ())) == len(table.references)
    area = next(one for one in resources["out_territories"]["schema"]["fields"] if one["name"] == "area_km2")
    assert area["unit"] == "km2"
    assert [one["name"] for one in resources["communes"]["licenses"]] == ["GPL-3.0-or-later", "etalab-2.0"]
    assert [one["name"] for one in resources["core_claims"]["licenses"]] == ["MIT"]


def test_list_column_is_read_as_a_list(root):
    package = Package(str(root / FOLDER / datapackage.NAME))
    rows = package.get_resource("out_phase_change").read_rows()
    assert any(len(row["phase1_ids"] or []) > 1 for row in rows)


# --- broken files ------------------------------------------------------------------------------------------


def test_whole_copy_is_valid(small):
    assert errors(small) == set()


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("core_territories", "1,ti-0101", "x,ti-0101", "type-error"),
        ("core_territories", "1,ti-0101", "3,ti-0101", "constraint-error"),
        ("core_territories", "1,ti-0101", "1,ti-0201", "primary-key"),
        ("core_members", ",ti-8414,", ",ti-9999,", "foreign-key"),
        ("core_claims", "ccomptes-2024,envelope", "nobody-2024,envelope", "foreign-key"),
        ("out_phase1_fate", ",phase1_name,", ",name,", "incorrect-label"),
        ("out_ledger", ",contradicted,", ",maybe,", "constraint-error"),
    ],
)
def test_broken_table_makes_the_validation_fail(small, name, old, new, told):
    change(small / f"{name}.csv", old, new)
    assert {told, "hash-count"} <= errors(small)


def test_lost_file_makes_the_validation_fail(small):
    (small / "core_members.csv").unlink()
    assert "scheme-error" in errors(small)


# --- the descriptor ----------------------------------------------------------------------------------------


def test_field_states_its_constraints_and_how_lists_are_joined():
    fields = (
        Field("n", "N", "integer", minimum=0, enum=(1, 2)),
        Field("ids", "Ids", "list", pattern="x", required=False),
        Field("free", "Libre", required=False, unit="km2"),
    )
    made = datapackage.table_schema(Table("t", "T", fields, ("n",), (Reference(("n",), "u", ("m",)),)))
    assert made["fields"] == [
        {"name": "n", "title": "N", "type": "integer", "constraints": {"required": True, "minimum": 0, "enum": [1, 2]}},
        {"name": "ids", "title": "Ids", "type": "list", "delimiter": ";", "itemType": "string"},
        {"name": "free", "title": "Libre", "type": "string", "unit": "km2"},
    ]
    assert made["foreignKeys"] == [{"fields": ["n"], "reference": {"resource": "u", "fields": ["m"]}}]


def test_other_files_are_alternatives_and_labels_stay_texts():
    shared = File("layers/all.gpkg", 3, "0")
    sly = '</script>"=cmd()' + "é" * 300
    tables = [Table(name, sly, (Field("a", sly),), ("a",)) for name in ("one", "two")]
    datasets = [Dataset(one, (File(f"{one.name}.csv", 1, "0"), shared), ()) for one in tables]
    made = json.loads(json.dumps(datapackage.package(CITED, sly, datasets, {}, {shared: "All"})))
    assert [one["path"] for one in made["resources"]] == ["one.csv", "two.csv"]
    assert {one["path"] for one in files(made)} == {"one.csv", "two.csv", "layers/all.gpkg"}
    assert made["resources"][0]["schema"]["fields"][0]["title"] == sly
    assert Package.from_descriptor(made).version == "1.0.0+abc"


def test_only_tables_have_a_type_and_layers_say_their_format(described):
    """The standard knows no other type than `table`."""
    kinds = {(one.get("type"), one["format"]) for one in described["resources"]}
    assert kinds == {("table", "csv"), (None, "geoparquet")}
    assert f"{layer_files.FOLDER}/" == datapackage.LAYER_FOLDER


def test_sources_that_are_quoted_as_facts_add_the_own_licence(root):
    known = provenance.load_sources(root / "data/raw/sources.yaml")
    assert datapackage.licences(["anct-lists"], known, "MIT") == ["etalab-2.0"]
    assert datapackage.licences(["launch-2018", "anct-lists"], known, "MIT") == ["etalab-2.0", "MIT"]
    assert datapackage.licences([], known, "MIT") == ["MIT"]


def test_every_licence_of_the_lists_is_known_by_its_identifier(root):
    known = provenance.load_sources(root / "data/raw/sources.yaml")
    facts = "Chiffres cités comme des faits ; texte non reproduit"
    offered = {"CC BY 4.0", "CC BY-SA 4.0", "CC0 1.0"}  # to layers that people add
    assert {one.licence.name for one in known.values()} - {facts} == set(datapackage.LICENCES) - offered
