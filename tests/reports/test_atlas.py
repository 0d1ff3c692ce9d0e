"""What notebooks call, on the real tables; the drawings themselves are tested figure by figure."""

from datetime import date
from inspect import getdoc, signature

import polars as pl
import pytest
from IPython.display import Markdown

from analysis import Atlas, tables
from analysis.charts.catalogue import charts
from analysis.charts.coverage import coverage
from analysis.charts.lille_plan import lille_plan
from analysis.charts.region_map import region_map
from analysis.charts.register import chart_of, place_of, tables_in
from analysis.errors import AtlasError, DependencyError, ParameterError, SourceError
from analysis.io import store
from analysis.io.imports import load_modules
from analysis.registry.contracts import signed_contracts
from analysis.reports import sections
from analysis.reports.library import Library
from analysis.reports.reader import ReaderTable
from analysis.reports.sections.region import contracts_table, region_fates_table, region_table
from analysis.reports.sections.territory import other_phase
from analysis.tables import tables_of

# What sections take beside tables and a place, where they take anything.
MORE = {
    "checkable_table": {"against": "lists"},
    "changed_table": {"word": "ended"},
    "ledger_table": {"verdict": "contradicted"},
    "member_change_table": {"status": "left"},
}
PLACES = {"region_code": "44", "phase": 1, "territory_id": "ti-9301"}
WRONG = {"region_code": "99", "phase": 1, "territory_id": "ti-9999"}


def told():
    """Every function of the sections that a notebook can show, by name."""
    listed = (vars(module).items() for module in load_modules(sections))
    return {name: one for items in listed for name, one in items if name.endswith(("_text", "_table"))}


def call(function, place=PLACES):
    """Its parameters beside tables."""
    return {one: place[one] for one in place_of(function)} | MORE.get(function.__name__, {})


@pytest.fixture(scope="module")
def atlas(root):
    return Atlas(root)


@pytest.mark.parametrize("function", told().values(), ids=told())
def test_every_section_is_a_french_paragraph_or_a_table_with_rows(atlas, function):
    shown = atlas.show(function, **call(function))
    if isinstance(shown, ReaderTable):
        assert shown.rows
        assert shown.caption
        assert not any("None" in cell for row in shown.rows for cell in row)
    else:
        assert isinstance(shown, Markdown)
        assert any(letter.isdigit() for letter in shown.data) or function.__name__ == "unresolved_text"
        assert "None" not in shown.data
        assert "'" not in shown.data


@pytest.mark.parametrize("function", told().values(), ids=told())
def test_a_section_takes_tables_first_and_then_its_place(function):
    given, tables = list(signature(function).parameters), list(tables_in(function))
    assert tables
    assert given == [*tables, *place_of(function), *MORE.get(function.__name__, {})]
    assert getdoc(function)


def test_contracts_are_marked_on_the_map_of_phase_one_only(atlas):
    places = ({"region_code": code, "phase": phase} for code, phase in (("44", 1), ("44", 2), ("84", 1)))
    shown = [atlas.show(region_map, **place).data for place in places]
    assert [one.filter("signed").height if "signed" in one.columns else None for one in shown] == [11, None, None]


def test_eleven_contracts_are_matched_to_eleven_of_fifteen_territories(atlas):
    found = signed_contracts(atlas.table("out_enumerations"), atlas.table("out_region_coverage"), "44")
    known = set(atlas.table("out_territories").filter(region_code="44", phase=1).get_column("territory_id"))
    assert found.height == 11
    assert len(known) == 15
    assert set(found.get_column("registry_code")) < known
    assert found.get_column("registry_code").n_unique() == 11


def test_sources_of_a_figure_are_those_of_its_rows(atlas):
    assert set(atlas.sources_of(chart_of(lille_plan))) == {"lille-label-2023", "mel-pstet-2021"}
    declared = chart_of(region_map)
    of_region = {phase: atlas.sources_of(declared, {"region_code": "44", "phase": phase}) for phase in (1, 2)}
    assert "grand-est-2019" in of_region[1]
    assert "grand-est-2019" not in of_region[2]
    assert atlas.sources_of(declared) == of_region[2]  # of no region: as the catalogue names it


def test_a_credit_line_names_the_sources_of_the_rows_that_are_shown(atlas):
    plan = atlas.table("out_plan").filter(source_id="lille-label-2023")
    assert atlas.sources_of(chart_of(lille_plan), {"out_plan": plan}) == ["lille-label-2023"]
    assert atlas.show(lille_plan, plan).credit == atlas.credit(chart_of(lille_plan), {"out_plan": plan})


def test_a_figure_without_a_source_is_refused(atlas):
    with pytest.raises(SourceError, match="a figure without any source"):
        atlas.source_line()


def test_library_finds_the_project_from_a_folder_inside_it(root, monkeypatch):
    monkeypatch.chdir(root / "notebooks")
    assert Library().root == root


def test_reports_without_a_row_say_so(root):
    mayotte = Atlas.of_region("06", root)
    place = {"region_code": "06"}
    for shown in (
        mayotte.show(region_table, **place, phase=1),
        mayotte.show(region_fates_table, **place),
        mayotte.show(contracts_table, **place),
    ):
        assert not shown.rows
        assert shown.empty in shown.html()
        assert shown.empty in shown.text()
        assert f'<td colspan="{len(shown.headings)}">' in shown.html()


def test_other_phase_names_the_territories_by_links_and_not_by_id(atlas):
    tables = [atlas.table(name) for name in ("out_phase_change", "out_phase1_fate", "core_territories")]
    divided = other_phase(*tables, 1, "ti-8401")
    assert other_phase(*tables, 2, "ti-8401")["name"] != divided["name"]
    assert divided["word"] == "split"
    assert divided["others"] == ["Ardèche Drôme Nord", "Rhône Provence Industrie"]
    assert divided["share_pct"] is None


def test_a_run_that_wants_pictures_gets_their_files(root, monkeypatch, tmp_path):
    monkeypatch.setenv("ATLAS_FIGURES", str(tmp_path))
    picture = Atlas(root).show(coverage)
    assert {path.name for path in tmp_path.iterdir()} == {f"coverage.{end}" for end in ("csv", "png", "svg", "txt")}
    assert (tmp_path / "coverage.txt").read_text().splitlines()[1] == picture.alt
    assert (tmp_path / "coverage.svg").read_bytes() == picture.svg()


def nap_of_x(out_plan: pl.DataFrame, credit: str):
    """A chart that nobody declared."""


def test_tables_are_described_in_the_order_of_their_columns(atlas):
    for one in tables_of("core_", "out_"):
        assert atlas.describe(one.name)["column"].to_list() == one.columns
    assert atlas.describe()["table"].to_list() == [one.name for one in tables_of("core_", "out_")]
    phase = atlas.describe("out_territories").row(0, named=True)
    assert (phase["column"], phase["type"], phase["unit"], phase["values"]) == ("phase", "integer", None, "1, 2")


def of_a_place():
    """What a notebook can show of a region or a territory."""
    known = told() | {name: one.draw for name, one in charts().items()}
    return {name: one for name, one in known.items() if {"region_code", "territory_id"} & set(place_of(one))}


@pytest.mark.parametrize("function", of_a_place().values(), ids=of_a_place())
@pytest.mark.parametrize("stem", ["whole", "of its own"])
def test_a_place_that_does_not_exist_is_refused_whatever_is_shown(atlas, root, stem, function):
    region = "region_code" in place_of(function)
    own = Atlas.of_region("44", root) if region else Atlas.of_territory(1, "ti-4401", root)
    with pytest.raises(
        ParameterError, match=r"which is no region|does not exist|this atlas was made for '(44|ti-4401)'"
    ):
        (atlas if stem == "whole" else own).show(function, **call(function, WRONG))


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda root: Atlas.of_region("99", root), "which is no region's code. The regions: 01 Guadeloupe"),
        (lambda root: Atlas.of_region("Grand Est", root), "Did you mean 44 \\(Grand Est\\)"),
        (lambda root: Atlas.of_region(84, root), 'region_code = "84" \\(Auvergne-Rhône-Alpes\\); with papermill, -r'),
        (lambda root: Atlas.of_region(1, root), 'region_code = "01" \\(Guadeloupe\\)'),
        (lambda root: Atlas.of_region(84.0, root), "region_code holds 84.0, which is no region's code"),
        (lambda root: Atlas.of_region(True, root), "region_code holds True, which is no region's code"),
        (lambda root: Atlas.of_region(None, root), "region_code holds None, which is no region's code"),
        (lambda root: Atlas.of_region(["84"], root), "which is no region's code"),
        (lambda root: Atlas.of_territory(2, 4408, root), 'territory_id = "ti-4408".*with papermill, -r'),
        (lambda root: Atlas.of_territory(2, 301, root), 'territory_id = "ti-0301"'),
        (lambda root: Atlas.of_territory(2, None, root), "holds None, which does not exist"),
        (lambda root: Atlas.of_territory(2.0, "ti-4408", root), "phase holds 2.0, which is no phase"),
        (lambda root: Atlas.of_territory(True, "ti-4408", root), "phase holds True, which is no phase"),
        (lambda root: Atlas.of_territory(2, "ti-5311", root), "a territory of phase one only. Ask for it with phase=1"),
        (lambda root: Atlas.of_territory("2", "ti-4408", root), "phase holds '2', which is no phase"),
        (
            lambda root: Atlas.of_region("44", root).show(region_map, region_code="44", phase=3),
            "phase holds 3, which is no phase",
        ),
        (lambda root: Atlas(root).table("out_ledgr"), "no table is named 'out_ledgr'. Did you mean 'out_ledger'"),
        (lambda root: Atlas(root).table("communes"), "Did you mean 'core_communes'"),
        (lambda root: Atlas.of_region("44", root).table("out_ledgr"), "Did you mean 'out_ledger'"),
        (lambda root: Atlas.of_region("44", root).table("out_ledger"), "Read it whole, `Atlas"),
        (lambda root: Atlas(root / "data/raw/notes").table("out_ledger"), "this is not the atlas' folder"),
        (lambda root: Atlas(root).describe("out_ledgr"), "no table is named 'out_ledgr'. Did you mean 'out_ledger'"),
        (lambda root: Atlas(root).show(nap_of_x), "nothing says where the figure nap_of_x is from"),
        (
            lambda root: Atlas(root).show(region_map, region="44"),
            "unexpected keyword argument 'region'.*It takes tables",
        ),
        (
            lambda root: Atlas(root).show(region_map, region_code="44"),
            "region_map: phase not given.*region_code=…, phase=…",
        ),
        (lambda root: Atlas(root).show(region_map, "44", 1), "out_territories is '44', not a table"),
        (lambda root: Atlas(root).show(coverage, *[pl.DataFrame()] * 3), "too many positional arguments"),
    ],
    ids=range(27),
)
def test_an_atlas_says_what_was_probably_meant_in_one_line(root, make, told):
    with pytest.raises(AtlasError, match=told) as caught:
        make(root)
    assert caught.value._render_traceback_() == [f"{type(caught.value).__name__}: {caught.value}"]


def test_the_departements_are_read_for_an_unknown_place_only(atlas, monkeypatch):
    read, seen = store.read_raw, []
    monkeypatch.setattr(store, "read_raw", lambda name, root: seen.append(name) or read(name, root))
    atlas.require_place({"region_code": "44"})
    assert seen == []
    with pytest.raises(ParameterError, match="08 is the département Ardennes, in 44"):
        atlas.require_place({"region_code": "08"})
    assert seen == ["departments"]


def test_an_unknown_place_is_told_where_the_departements_may_not_be_read(atlas, monkeypatch):
    def refuse(name, root):
        raise DependencyError("stage notebooks reads data/raw/departments.csv.")

    monkeypatch.setattr(store, "read_raw", refuse)
    with pytest.raises(ParameterError, match="'08', which is no region's code") as caught:
        atlas.require_place({"region_code": "08"})
    assert caught.value.__cause__ is None


# --- the lists on a day ---


@pytest.mark.parametrize(
    ("day", "sizes"), [("2020-10-15", (148, 0)), ("2022-12", (149, 0)), ("2023-11-09", (149, 183))]
)
def test_an_atlas_of_a_day_has_the_lists_of_that_day(root, day, sizes):
    listed = Atlas.on(day, root).table("core_territories")
    assert tuple(listed.filter(phase=phase).height for phase in (1, 2)) == sizes


def test_an_atlas_of_october_2020_places_communes_as_the_list_then_did(root):
    then = Atlas.on("2020-10-15", root)
    row = then.table("core_communes").row(by_predicate=pl.col("commune_code") == "29151", named=True)
    assert (row["territory_1"], row["member_1"], row["territory_2"]) == ("ti-5307", None, None)
    assert then.table("core_members").is_empty()  # that list names communes alone


@pytest.mark.parametrize("name", ["core_territories", "core_members", "core_communes"])
def test_an_atlas_of_today_is_the_newest(root, atlas, name):
    key = tables.TABLES[name].key
    now = Atlas.on("2026-01-01", root).table(name)
    assert now.select(atlas.table(name).columns).sort(key).equals(atlas.table(name).sort(key))


def test_an_atlas_of_a_day_refuses_what_is_of_no_day(root):
    with pytest.raises(ParameterError, match="no list is known of 2019-01-01: the first is of 2020-10-15"):
        Atlas.on("2019-01-01", root)
    with pytest.raises(ParameterError, match=r"out_territories is not known as of 2020-10-15.*Atlas\(\)"):
        Atlas.on("2020-10-15", root).table("out_territories")
    for wrong in ("demain", "2021-02-30", None):
        with pytest.raises(ParameterError, match=f"'{wrong}' is no date"):
            Atlas.on(wrong, root)


def test_a_day_is_a_text_or_a_date(root):
    assert Atlas.on(date(2020, 10, 15), root).day == Atlas.on("2020-10-15", root).day == "2020-10-15"
