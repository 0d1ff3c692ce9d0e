"""The index of communes: every commune on the page of its département, with both phases; hostile names stay text."""

import gzip
import re

import polars as pl
import pytest
from unmarked import untold

from analysis.i18n.language import speaking
from analysis.publication.site.communes import Gazetteer, pages
from analysis.publication.site.places import Place, Places
from analysis.publication.site.read_inputs import read_places
from analysis.publication.webmap import RAW

HOSTILE = "<script>alert('1')</script>"


@pytest.fixture
def few() -> Gazetteer:
    communes = pl.DataFrame(
        {
            "commune_code": ["01001", "01002", "2A004"], "name": ["Épée", HOSTILE, "Ajaccio"],
            "department_code": ["01", "01", "2A"], "epci_code": ["200000001", None, None],
            "territory_1": ["ti-8401", None, None], "territory_2": ["ti-8402", None, None],
        }
    )  # fmt: skip
    departments = pl.DataFrame({"department_code": ["01", "2A"], "name": ["Ain", HOSTILE]})
    groups = pl.DataFrame({"intercommunality_code": ["200000001"], "name": [HOSTILE]})
    territories = (Place("84", HOSTILE, "60_territory_1_ti-8401", 1, "ti-8401"), Place("84", "B", "", 2, "ti-8402"))
    postcodes = pl.DataFrame({"commune_code": ["01001", "01001"], "postcode": ["01410", "01400"]})
    return Gazetteer(communes, departments, groups, postcodes, Places((), territories))


def test_commune_leads_to_the_map_and_its_territory_to_the_sheet(few):
    found = {one.name: one for one in pages(few)}
    assert list(found) == ["communes", "communes-01", "communes-2A"]
    row = next(one for one in found["communes-01"].body.split("<tr>") if "Épée" in one)
    assert '<a href="atlas/index.html#lieu=01001">Épée</a>' in row
    assert '<a href="60_territory_1_ti-8401.html">' in row
    assert "<td>B</td>" in row
    assert "<td>01400, 01410</td><td>01001</td>" in row.replace("\n", "")
    assert found["communes-01"].above == (("communes", "Communes"),)


def test_hostile_names_stay_text(few):
    for one in pages(few):
        assert "<script" not in one.body
    assert "&lt;script&gt;" in next(one.body for one in pages(few) if one.name == "communes-01")


def test_numbers_of_the_lead_say_where_they_come_from(few):
    body = next(one.body for one in pages(few) if one.name == "communes-01")
    assert untold(f"<main>{body}</main>") == []


def test_index_speaks_english(few):
    with speaking("en"):
        found = {one.name: re.sub("<[^>]+>", "", one.body) for one in pages(few)}
    assert "The 3\u00a0communes of the official geographic code 2024" in found["communes"]
    assert "2\u00a0communes, of which 1 in a territory in phase\u00a01 and 1 in phase\u00a02." in found["communes-01"]


def test_every_commune_stands_once_on_the_page_of_its_departement(root, table, raw):
    communes = table("core_communes")
    known = read_places(root)
    found = {one.name: one for one in pages(Gazetteer(communes, *(raw[name] for name in RAW), known))}
    assert len(found) == 102
    wanted = dict(communes.select("commune_code", "department_code").iter_rows())
    listed = [(code, name[9:]) for name, one in found.items() for code in re.findall("#lieu=(.....)", one.body)]
    assert len(listed) == len(wanted)
    assert dict(listed) == wanted
    assert max(len(gzip.compress(one.body.encode(), mtime=0)) for one in found.values()) < 30_000
