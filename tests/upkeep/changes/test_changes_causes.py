"""Why a table changed."""

from analysis.upkeep.changes.causes import CODE, because


def test_a_table_is_explained_by_what_it_is_made_from_and_by_nothing_else():
    moved = {"members", "departments", "notes", "vocabulary", "checks", "corrections"}
    assert because("core_members", moved) == ["members", "corrections"]
    assert because("core_claims", moved) == ["notes", "vocabulary"]
    assert because("out_ledger", moved)[-1] == "checks"
    assert "checks" not in because("out_label_timeline", moved)


def test_the_code_explains_what_no_file_does():
    assert because("core_members", {"notes"}, ["params.yaml"]) == [CODE]
    assert because("core_members", {"members"}, ["params.yaml"]) == ["members"]
    assert because("core_members", {"notes"}) == []


def test_a_table_that_is_no_longer_known_has_no_explanation():
    assert because("core_forgotten", {"members"}, ["params.yaml"]) == []


def test_a_table_of_context_layers_is_explained_by_the_layers_that_moved():
    moved = {"layers/private_employees", "layers/town_programmes.yaml", "members", "communes"}
    assert because("core_context", moved) == ["communes", "layers/private_employees", "layers/town_programmes.yaml"]
    assert because("core_members", {"layers/private_employees"}) == []
