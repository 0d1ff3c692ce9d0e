"""The DCAT-AP catalogue: what the profile asks of each class, found by walking the JSON-LD."""

import json
from urllib.parse import urljoin

import pytest

from analysis.io.paths import LAYERS as LAYER_FILES
from analysis.publication.downloads import citation, dcat
from analysis.publication.downloads.citation import Citation
from analysis.publication.downloads.datapackage import Dataset, File
from analysis.publication.site.html import FILES
from analysis.tables import published_names
from analysis.tables.layers import LAYERS
from analysis.tables.schema import Field, Table

FOLDER = "outputs/tables"
# Mandatory properties of DCAT-AP 3, and those recommended that a reader of a catalogue needs.
ASKED = {
    "dcat:Catalog": {
        "dct:title", "dct:description", "dct:publisher", "dcat:dataset", "dct:license", "dct:issued", "dct:language",
        "dct:spatial", "dct:temporal", "foaf:homepage", "dcat:themeTaxonomy",
    },
    "dcat:Dataset": {
        "dct:title", "dct:description", "dct:publisher", "dcat:distribution", "dcat:keyword", "dcat:theme",
        "dct:spatial", "dct:temporal", "dct:accrualPeriodicity", "dct:provenance", "dct:identifier", "dcat:version",
        "dcat:landingPage", "prov:wasDerivedFrom", "dct:accessRights",
    },
    "dcat:Distribution": {
        "dcat:accessURL", "dcat:downloadURL", "dct:license", "dct:format", "dcat:mediaType", "dcat:byteSize",
        "spdx:checksum", "dct:title", "dct:language",
    },
    "foaf:Agent": {"foaf:name"},
    "dct:PeriodOfTime": {"dcat:startDate", "dcat:endDate"},
    "spdx:Checksum": {"spdx:algorithm", "spdx:checksumValue"},
}  # fmt: skip


def nodes(value):
    """Every JSON-LD node, however deep."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def of_type(catalogue, name):
    return [one for one in nodes(catalogue) if one.get("@type") == name]


@pytest.fixture(scope="module")
def catalogue(root):
    return json.loads((root / FOLDER / dcat.NAME).read_text())


@pytest.mark.parametrize("name", ASKED)
def test_every_node_has_what_the_profile_asks(catalogue, name):
    found = of_type(catalogue, name)
    assert found
    for one in found:
        missing = [asked for asked in ASKED[name] if not one.get(asked)]
        assert not missing, (one.get("@id"), missing)


def test_prefixes_are_declared(catalogue):
    for one in nodes({name: value for name, value in catalogue.items() if name != "@context"}):
        for name in one:
            assert name.startswith("@") or name.split(":")[0] in catalogue["@context"]


def test_catalogue_holds_every_table_and_layer_once(catalogue, root):
    names = [one["dct:identifier"] for one in of_type(catalogue, "dcat:Dataset")]
    layers = sorted(path.stem for path in (root / LAYER_FILES).glob("*.yaml"))
    around = [f"context_{name}{end}" for name in layers for end in ("", "_units")]
    assert names == [*published_names(), *(one.name for one in LAYERS), *around]


def test_no_two_nodes_that_differ_share_an_identifier(catalogue):
    seen = {}
    for one in of_type(catalogue, "dcat:Distribution") + of_type(catalogue, "dcat:Dataset"):
        assert one["@id"] not in seen
        seen[one["@id"]] = one


def test_distributions_are_the_files(catalogue, root):
    for one in of_type(catalogue, "dcat:Distribution"):
        path = root / FOLDER / one["dcat:downloadURL"]["@id"]
        assert path.stat().st_size == int(one["dcat:byteSize"]["@value"])
        assert one["dct:format"]["@id"].startswith("http://publications.europa.eu/resource/authority/file-type/")


def test_titles_are_told_in_french_and_english(catalogue):
    for one in of_type(catalogue, "dcat:Dataset"):
        for name in ("dct:title", "dct:description"):
            assert [said["@language"] for said in one[name]] == ["fr", "en"]
            assert one[name][0]["@value"] != one[name][1]["@value"]


def test_addresses_are_relative_or_start_where_the_site_is(catalogue):
    assert "@base" not in catalogue["@context"]
    cited = Citation("Atlas", ("Contributors",), "MIT", "2026-01-01", "1", "https://atlas.example/")
    table = Table("core_members", "Couche", (Field("name", "Nom"),), ("name",))
    made = dcat.catalogue(cited, [Dataset(table, (File("core_members.csv", 1, "0"),), ())], {})
    base = made["@context"]["@base"]
    assert base == f"https://atlas.example/{FILES}/tables/"
    (one,) = of_type(made, "dcat:Dataset")
    assert urljoin(base, one["dcat:landingPage"]["@id"]) == "https://atlas.example/donnees.html#core_members"
    (file,) = of_type(made, "dcat:Distribution")
    assert urljoin(base, file["dcat:accessURL"]["@id"]) == "https://atlas.example/fichiers/tables/core_members.csv"


def test_publisher_is_the_project(catalogue, root):
    cited = (root / citation.WHERE).read_text()
    assert all(f'"{one["foaf:name"]}"' in cited for one in of_type(catalogue, "foaf:Agent"))
