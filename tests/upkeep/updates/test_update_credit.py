"""Whoever credits the lists credits their later editions; the edition is invented."""

import polars as pl
import pytest

from analysis.charts.phase_flow import phase_flow
from analysis.charts.register import chart_of
from analysis.errors import SourceError
from analysis.publication.downloads import datasets, workbooks, xlsx
from analysis.publication.downloads.datapackage import Dataset
from analysis.publication.site import script_texts
from analysis.reports.atlas import Atlas
from analysis.sources import provenance
from analysis.tables import TABLES

LATER = """
- id: anct-lists-2025
  kind: dataset
  producer: "ANCT"
  title: "Liste inventée"
  url: null
  published: "2025-03"
  accessed: "2025-04"
  licence:
    name: "Licence Ouverte 2.0"
    stated_at: "https://example.org/licence"
  sha256: null
  updates: {updates}
"""


def add(project, updates="anct-lists"):
    path = project / "data/raw/sources.yaml"
    with path.open("a", encoding="utf-8") as file:
        file.write(LATER.format(updates=updates))
    return path


def test_later_edition_is_credited_after_the_list_it_updates(project):
    known = provenance.load_sources(add(project))
    assert provenance.with_updates(["insee-cog-2024", "anct-lists"], known) == [
        "insee-cog-2024",
        "anct-lists",
        "anct-list-2024",
        "anct-lists-2025",
    ]
    assert provenance.with_updates(["insee-cog-2024"], known) == ["insee-cog-2024"]
    assert "ANCT, Liste inventée (mars 2025)" in provenance.credit_line(["anct-lists"], known).replace("\u00a0", " ")
    assert "Liste inventée" not in provenance.credit_line(["insee-cog-2024"], known)


def test_tables_workbooks_and_figures_name_it(project):
    known = provenance.load_sources(add(project))
    (made,) = datasets.credited([Dataset(TABLES["core_territories"], (), ("anct-lists",))], known)
    assert made.sources == ("anct-lists", "anct-list-2024", "anct-lists-2025")
    assert Atlas(project).sources_of(chart_of(phase_flow)) == [
        "anct-list-2024", "anct-lists", "anct-lists-2025", "insee-cog-2024"
    ]  # fmt: skip
    frame = TABLES["core_territories"]
    sheet = xlsx.Sheet(frame.name, frame.title, pl.DataFrame(), frame.fields, ("anct-lists",), frame.key)
    found = set(workbooks.sources_sheet([sheet], known).frame["id"])
    assert found == {"anct-list-2024", "anct-lists", "anct-lists-2025"}


def test_first_page_dates_the_list_by_its_last_edition(project, table):
    tables = {"out_region_coverage": table("out_region_coverage")}
    before = script_texts.coverage(tables, provenance.load_sources(project / "data/raw/sources.yaml"))
    after = script_texts.coverage(tables, provenance.load_sources(add(project)))
    assert ("septembre 2024" in before.dated, "mars 2025" in after.dated) == (True, True)
    assert after.address.endswith("#source-anct-lists-2025")


@pytest.mark.parametrize("updates", ["absent", "launch-2018"])
def test_update_of_what_is_no_dataset_is_refused(project, updates):
    with pytest.raises(SourceError, match=f"anct-lists-2025 updates {updates}, which is no dataset here"):
        provenance.load_sources(add(project, updates))
