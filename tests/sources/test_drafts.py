"""Drafted entries of sources: what is known stands there, the rest is asked, and no question passes for an answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import SourceError
from analysis.io.yaml_files import read_yaml
from analysis.sources import drafts, provenance

KNOWN = {
    "kind": "report",
    "producer": "Cour inventée",
    "title": "Rapport",
    "published": "2024-11",
    "accessed": "2026-01",
}


def load(tmp_path, text: str):
    path = tmp_path / "source.yaml"
    path.write_text(text, encoding="utf-8")
    return provenance.load_sources(path)


def test_an_entry_whose_fields_are_known_is_read_as_a_source(tmp_path):
    text = drafts.entry("rapport-2024", url="https://example.org/a", sha256="0" * 64, **KNOWN)
    (source,) = load(tmp_path, text).values()
    assert source.model_dump(include=set(KNOWN)) == KNOWN
    assert (source.id, source.url, source.sha256) == ("rapport-2024", "https://example.org/a", "0" * 64)


@pytest.mark.parametrize("name", sorted(KNOWN))
@pytest.mark.parametrize("value", [None, ""])
def test_what_is_not_known_is_a_question_that_the_loader_refuses(tmp_path, name, value):
    text = drafts.entry("rapport-2024", **{**KNOWN, name: value})
    with pytest.raises(SourceError, match=f"line 1: entry 1 .rapport-2024.: {name}: .*to be answered: ") as caught:
        load(tmp_path, text)
    assert drafts.QUESTIONS[name] in str(caught.value)


@pytest.mark.parametrize("published", ["2024", "novembre 2024", "2024-13", "2024-11-05\nurl: x"])
def test_a_date_that_is_no_day_or_month_is_asked_for(tmp_path, published):
    with pytest.raises(SourceError, match="published: .*to be answered"):
        load(tmp_path, drafts.entry("rapport-2024", **{**KNOWN, "published": published}))


@given(st.text(max_size=80), st.text(max_size=80))
def test_whatever_a_document_says_of_itself_stays_in_its_field(tmp_path_factory, producer, title):
    path = tmp_path_factory.mktemp("x", numbered=True) / "source.yaml"
    (entry,) = read_yaml(path, drafts.entry("rapport-2024", **{**KNOWN, "producer": producer, "title": title}))
    assert set(entry) == set(provenance.Source.model_fields) - {"updates"}
    printed = "".join(one for one in " ".join(title.split()) if one.isprintable())
    assert entry["title"] == (printed or provenance.asked(drafts.QUESTIONS["title"]))
