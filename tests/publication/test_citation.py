"""How the atlas is cited, and with which version."""

import json
import re

import pytest

from analysis import __version__
from analysis.errors import AtlasError
from analysis.i18n.language import speaking
from analysis.publication.downloads import citation
from analysis.publication.downloads.citation import Citation
from analysis.sources.provenance import read_yaml

CONTENT = {
    "title": "Un atlas & 100 % des données_{x}",
    "authors": [{"name": "Contributors"}, {"name": "Others"}],
    "license": "MIT",
    "date-released": "2026-11-22",
    "version": "0.1.0",
}
CITED = citation.parse(CONTENT, "0.1.0", "abcdef0123456789", "https://atlas.example/")


def test_version_is_that_of_the_package_and_of_the_data():
    assert CITED.version == "0.1.0+abcdef012345"
    assert CITED.year == "2026"


def test_committed_citation_states_the_version_of_the_package(root):
    cited = citation.parse(read_yaml(root / citation.WHERE), __version__, "0")
    assert cited.authors == ("Contributors to Territoires d'industrie, a reproducible atlas",)


@pytest.mark.parametrize("content", [CONTENT | {"version": "0.2.0"}, {"title": "Un atlas"}, None])
def test_citation_that_contradicts_the_package_or_lacks_something_is_refused(content):
    with pytest.raises(AtlasError, match=r"CITATION\.cff"):
        citation.parse(content, "0.1.0", "abc")


def test_text_follows_the_language():
    assert citation.text(CITED).startswith("Contributors, Others (2026). Un atlas")
    assert citation.text(CITED).endswith("Version 0.1.0+abcdef012345 [jeu de données]. https://atlas.example/")
    with speaking("en"):
        assert "[data set]" in citation.text(CITED)


def test_bibtex_keeps_names_whole_and_escapes_what_latex_would_read():
    written = citation.bibtex(CITED)
    assert "author = {{Contributors} and {Others}}" in written
    assert r"Un atlas \& 100 \% des données\_\{x\}" in written
    assert re.sub(r"\\.", "", written).count("{") == re.sub(r"\\.", "", written).count("}")


def test_csl_and_ris_hold_the_same():
    item = json.loads(citation.csl(CITED))[0]
    assert (item["version"], item["issued"]["date-parts"], item["URL"]) == (
        CITED.version, [[2026, 11, 22]], CITED.address,
    )  # fmt: skip
    lines = citation.ris(CITED).split("\r\n")
    assert lines[0] == "TY  - DATA"
    assert lines[-2:] == ["ER  - ", ""]
    assert f"ET  - {CITED.version}" in lines
    assert [line for line in lines if line.startswith("AU")] == ["AU  - Contributors", "AU  - Others"]


def test_line_breaks_cannot_add_a_field_to_ris():
    sly = Citation("Titre\r\nER  - ", ("A",), "MIT", "2026-01-01", "1")
    assert citation.ris(sly).count("\r\n") == 7
