"""A build of a part says so, and never looks like the whole to DVC."""

import subprocess

import pytest

from analysis.errors import ParameterError
from analysis.io import params
from analysis.io.paths import STAGE_VARIABLE
from analysis.upkeep import building, partial

LOCAL = 'reports: {regions: ["44", "84"], territories: [], workers: 1}\n'


@pytest.fixture
def asked(monkeypatch):
    """What DVC is asked for, and the commands that are run beside it; the first is answered with the code given."""
    found, codes = [], [0]

    def run(command, **options):
        found.append(command[2:])
        return subprocess.CompletedProcess(command, codes[0])

    monkeypatch.setattr(partial.subprocess, "run", run)
    monkeypatch.setattr(building, "build", lambda root, targets, say, look: found.append(list(targets)) or 0)
    return found, codes


def test_reports_that_are_named_are_made_after_all_tables_and_dvc_never_hears_of_them(tmp_path, asked):
    said, (found, _) = [], asked
    assert partial.build(tmp_path, ["region=44", "language=fr"], said.append, lambda: None) == 0
    tables, notebooks = found
    assert tables == ["slices", "webmap", "tables"]
    assert notebooks == ["analysis", "notebooks", "--only", "region=44", "--only", "language=fr"]
    assert [line.partition(":")[0] for line in said] == ["PARTIAL BUILD"] * 2
    assert "only region=44, language=fr" in said[0]
    assert said[1].endswith("outputs/site is as it was; for the whole, run `make`.")


def test_a_persons_own_reports_get_a_site_of_their_own(tmp_path, asked):
    said, (found, _) = [], asked
    assert partial.build(tmp_path, [], said.append, lambda: None) == 0
    assert found[1:] == [["analysis", "notebooks"], ["analysis", "site"]]
    assert said[1].endswith("for the whole, remove params.local.yaml and run `make`.")


def test_a_failure_stops_a_part_and_is_its_exit_code(tmp_path, asked):
    said, (found, codes) = [], asked
    codes[0] = 3
    assert partial.build(tmp_path, [], said.append, lambda: None) == 3
    assert found[1:] == [["analysis", "notebooks"]]
    assert said[1] == "PARTIAL BUILD: stopped, for the reason above."


@pytest.fixture
def own(project):
    (project / params.LOCAL).write_text(LOCAL)
    return project


def test_a_persons_own_knobs_hold_but_for_a_stage_of_the_whole(own, root, monkeypatch):
    mine, committed = params.read(own).reports, params.parse(params.read_yaml(root / params.WHERE)).reports
    assert (mine.regions, mine.territories, mine.workers) == (["44", "84"], [], 1)
    assert mine.timeout_s == committed.timeout_s
    monkeypatch.setenv(STAGE_VARIABLE, "notebooks")
    assert params.read(own).reports == committed.model_copy(update={"workers": 1})


def test_a_build_is_partial_only_where_reports_are_chosen(own):
    assert params.is_partial(own)
    (own / params.LOCAL).write_text("reports: {workers: 1}")
    assert not params.is_partial(own)
    (own / params.LOCAL).unlink()
    assert not params.is_partial(own)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("boundaries: {wheel_version: 1}", "holds other than the section `reports`"),
        ("reports: [1]", "holds other than the section `reports`"),
        ("", "holds other than the section `reports`"),
        ("reports: {region: all}", "did you mean"),
        ("reports: {regions: [44]}", 'Write it in quotes: "44"'),
    ],
)
def test_what_is_wrong_in_a_persons_own_knobs_is_named_there(project, text, told):
    (project / params.LOCAL).write_text(text)
    with pytest.raises(ParameterError, match=r"params\.local\.yaml") as caught:
        params.read(project)
    assert told in str(caught.value).replace("Did", "did")
