"""What notebooks call, on the real tables; the drawings themselves are tested figure by figure."""

import inspect

import pytest
from IPython.display import Markdown

from analysis.errors import AtlasError, DependencyError, ParameterError, SourceError
from analysis.io import store
from analysis.reports import atlas as atlas_module
from analysis.reports.atlas import Atlas
from analysis.reports.library import Library
from analysis.reports.reader import ReaderTable

PICTURES = {
    "label_timeline": (),
    "national_map": (),
    "coverage": (),
    "region_balance": (),
    "phase_flow": (),
    "phase_status_map": (),
    "region_change": (),
    "region_flow": ("84",),
    "territory_change": (1, "ti-4415"),
    "envelopes": (),
    "hundred_millions": (),
    "region_map": ("44", 1),
    "territory_map": (2, "ti-4408"),
    "lille_map": (),
    "lille_plan": (),
    "verdicts": (),
    "contradictions": (),
}
TEXTS = {
    "timeline_text": (),
    "coverage_text": ("FR",),
    "change_text": (),
    "member_change_text": (),
    "money_text": (),
    "contracts_text": ("44",),
    "territory_text": (1, "ti-9301"),
    "france_text": (),
    "other_phase_text": (2, "ti-4408"),
    "plan_text": (),
    "verdicts_text": (),
}
TABLES = {
    "label_table": (),
    "coverage_table": (1,),
    "change_table": (),
    "changed_table": ("ended",),
    "member_change_table": ("left",),
    "region_change_table": (),
    "sensitivity_table": (2,),
    "money_table": (),
    "region_table": ("84", 2),
    "contracts_table": ("44",),
    "members_table": (1, "ti-1104"),
    "communes_table": (1, "ti-1104"),
    "region_origins_table": ("84",),
    "region_fates_table": ("84",),
    "figures_table": (),
    "plan_table": (),
    "ledger_table": ("contradicted",),
    "conflicts_table": (),
}


@pytest.fixture(scope="module")
def atlas(root):
    return Atlas(root)


@pytest.mark.parametrize(("name", "arguments"), PICTURES.items(), ids=PICTURES)
def test_picture_gets_what_its_module_draws_and_a_credit_line(atlas, monkeypatch, name, arguments):
    module = getattr(atlas_module, name)
    signature = inspect.signature(module.draw)
    seen = {}
    monkeypatch.setattr(module, "draw", lambda *args, **more: seen.update(signature.bind(*args, **more).arguments))
    getattr(atlas, name)(*arguments)
    assert seen["credit"].startswith("Source")
    assert not any(value is None for value in seen.values())


@pytest.mark.parametrize(("name", "arguments"), TEXTS.items(), ids=TEXTS)
def test_text_is_a_french_paragraph_with_numbers(atlas, name, arguments):
    text = getattr(atlas, name)(*arguments)
    assert isinstance(text, Markdown)
    assert any(letter.isdigit() for letter in text.data)
    assert "None" not in text.data
    assert "'" not in text.data


@pytest.mark.parametrize(("name", "arguments"), TABLES.items(), ids=TABLES)
def test_table_has_rows_and_a_caption(atlas, name, arguments):
    shown = getattr(atlas, name)(*arguments)
    assert isinstance(shown, ReaderTable)
    assert shown.rows
    assert shown.caption
    assert not any("None" in cell for row in shown.rows for cell in row)


def test_contracts_are_marked_on_the_map_of_phase_one_only(atlas, monkeypatch):
    calls = []
    monkeypatch.setattr(atlas_module.region_map, "draw", lambda *args, signed: calls.append(signed))
    for arguments in (("44", 1), ("44", 2), ("84", 1)):
        atlas.region_map(*arguments)
    assert [signed and len(signed) for signed in calls] == [11, None, None]


def test_eleven_contracts_are_matched_to_eleven_of_fifteen_territories(atlas):
    found = atlas.contracts("44")
    known = set(atlas.region_territories("44", 1).get_column("territory_id"))
    assert found.height == 11
    assert len(known) == 15
    assert set(found.get_column("registry_code")) < known
    assert found.get_column("registry_code").n_unique() == 11


def test_sources_of_a_figure_are_those_of_its_rows(atlas):
    assert set(atlas.sources_of("lille_plan")) == {"lille-label-2023", "mel-pstet-2021"}
    assert "grand-est-2019" in atlas.sources_of("region_map_44_phase1")
    assert "grand-est-2019" not in atlas.sources_of("region_map_44_phase2")


def test_a_figure_without_a_source_is_refused(atlas):
    with pytest.raises(SourceError, match="a figure without any source"):
        atlas.source_line()


def test_library_finds_the_project_from_a_folder_inside_it(root, monkeypatch):
    monkeypatch.chdir(root / "notebooks")
    assert Library().root == root


def test_reports_without_a_row_say_so(root):
    mayotte = Atlas.of_region("06", root)
    for shown in (mayotte.region_table("06", 1), mayotte.region_fates_table("06"), mayotte.contracts_table("06")):
        assert not shown.rows
        assert shown.empty in shown.html()
        assert shown.empty in shown.text()
        assert f'<td colspan="{len(shown.headings)}">' in shown.html()


def test_other_phase_names_the_territories_by_links_and_not_by_id(atlas):
    assert atlas.other_phase(2, "ti-8401")["name"] != atlas.other_phase(1, "ti-8401")["name"]
    divided = atlas.other_phase(1, "ti-8401")
    assert divided["word"] == "split"
    assert divided["others"] == ["Ardèche Drôme Nord", "Rhône Provence Industrie"]
    assert divided["share_pct"] is None


def test_a_run_that_wants_pictures_gets_their_files(root, monkeypatch, tmp_path):
    monkeypatch.setenv("ATLAS_FIGURES", str(tmp_path))
    picture = Atlas(root).coverage()
    assert {path.name for path in tmp_path.iterdir()} == {f"coverage.{end}" for end in ("csv", "png", "svg", "txt")}
    assert (tmp_path / "coverage.txt").read_text().splitlines()[1] == picture.alt
    assert (tmp_path / "coverage.svg").read_bytes() == picture.svg()


def of_a_place():
    """Methods of the atlas that take a region or a territory, with a call that names one that does not exist."""
    wrong = {"region_code": "99", "phase": 1, "territory_id": "ti-9999"}
    for name, method in inspect.getmembers(Atlas, inspect.isfunction):
        taken = [one for one in inspect.signature(method).parameters if one in wrong]
        if {"region_code", "territory_id"} & set(taken) and name != "__init__":
            yield pytest.param(name, {one: wrong[one] for one in taken}, id=name)


@pytest.mark.parametrize(("name", "given"), list(of_a_place()))
@pytest.mark.parametrize("stem", ["whole", "of its own"])
def test_a_place_that_does_not_exist_is_refused_by_every_method(atlas, root, stem, name, given):
    own = Atlas.of_region("44", root) if "region_code" in given else Atlas.of_territory(1, "ti-4401", root)
    with pytest.raises(
        ParameterError, match=r"which is no region|does not exist|this atlas was made for '(44|ti-4401)'"
    ):
        getattr(atlas if stem == "whole" else own, name)(**given)


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
        (lambda root: Atlas.of_region("44", root).region_map("44", 3), "phase holds 3, which is no phase"),
        (lambda root: Atlas(root).table("out_ledgr"), "no table is named 'out_ledgr'. Did you mean 'out_ledger'"),
        (lambda root: Atlas(root).table("communes"), "Did you mean 'core_communes'"),
        (lambda root: Atlas.of_region("44", root).table("out_ledgr"), "Did you mean 'out_ledger'"),
        (lambda root: Atlas.of_region("44", root).table("out_ledger"), "Read it whole, `Atlas"),
        (lambda root: Atlas(root / "data/raw/notes").table("out_ledger"), "this is not the atlas' folder"),
        (lambda root: Atlas(root).credit("nap_of_x"), "nothing says where the figure nap_of_x is from"),
    ],
    ids=range(22),
)
def test_an_atlas_says_what_was_probably_meant_in_one_line(root, make, told):
    with pytest.raises(AtlasError, match=told) as caught:
        make(root)
    assert caught.value._render_traceback_() == [f"{type(caught.value).__name__}: {caught.value}"]


def test_the_departements_are_read_for_an_unknown_place_only(atlas, monkeypatch):
    read, seen = store.read_raw, []
    monkeypatch.setattr(store, "read_raw", lambda name, root: seen.append(name) or read(name, root))
    assert atlas.region_name("44") == "Grand Est"
    assert seen == []
    with pytest.raises(ParameterError, match="08 is the département Ardennes, in 44"):
        atlas.region_name("08")
    assert seen == ["departments"]


def test_an_unknown_place_is_told_where_the_departements_may_not_be_read(atlas, monkeypatch):
    def refuse(name, root):
        raise DependencyError("stage notebooks reads data/raw/departments.csv.")

    monkeypatch.setattr(store, "read_raw", refuse)
    with pytest.raises(ParameterError, match="'08', which is no region's code") as caught:
        atlas.region_name("08")
    assert caught.value.__cause__ is None
