"""A list newer than the one in force becomes an edition of its own; the former one stays, whole."""

import polars as pl
import pytest
from typer.testing import CliRunner
from updating import as_csv

from analysis import cli
from analysis.errors import UpdateError
from analysis.io import store
from analysis.sources import editions
from analysis.upkeep.stages import registry
from analysis.upkeep.updates.new_edition import Asked
from analysis.upkeep.updates.source_record import Given

SOURCE = {
    **{"source": "anct-list-2027", "producer": "ANCT", "title": "Liste inventée", "published": "2027-03"},
    **{"accessed": "2027-04", "licence": "Licence Ouverte 2.0", "licence_at": "https://example.org/licence"},
}
OPTIONS = [text for name, value in SOURCE.items() for text in (f"--{name.replace('_', '-')}", value)]
DATED = ["--valid-from", "2027-03-15"]


@pytest.fixture
def newer(listed):
    """Phase 2 without two communes that are members on their own, and with one of them elsewhere."""
    rows = [row for row in listed(2) if row["SIREN"] not in ("212301907", "212306302")]
    return [*rows, next(row for row in listed(2) if row["SIREN"] == "212301907") | TERRITORY]


TERRITORY = {"Identifiant": "ti-2707", "Nom du territoire": ""}


@pytest.fixture
def run(project, tmp_path, monkeypatch):
    """Give a list to the command line."""

    def update(rows, *options):
        file = tmp_path / "liste.csv"
        file.write_bytes(as_csv(rows))
        monkeypatch.chdir(project)
        return CliRunner().invoke(cli.app, ["update", "members", str(file), *options], catch_exceptions=False)

    return update


@pytest.fixture
def named(newer, listed):
    """The newer list, its rows with the name of their territory."""
    name = next(row["Nom du territoire"] for row in listed(2) if row["Identifiant"] == "ti-2707")
    region = next(row["Région"] for row in listed(2) if row["Identifiant"] == "ti-2707")
    return [
        row | ({"Nom du territoire": name, "Région": region} if not row["Nom du territoire"] else {}) for row in newer
    ]


def test_a_newer_list_is_added_and_the_former_one_stays(project, run, named):
    before = store.read_raw_tables(project)
    outcome = run(named, "--yes", *OPTIONS, *DATED)
    assert outcome.exit_code == 0, outcome.output
    assert "new edition 2027-03 of phase 2, in force from 2027-03-15; 2024-09 is kept" in outcome.output
    after = store.read_raw_tables(project)
    kept = after["edition_members"].filter(edition="2024-09").drop("edition")
    assert kept.sort("member_code").equals(before["members"].filter(phase=2).drop("phase").sort("member_code"))
    assert after["members"].filter(phase=2).height == 640
    assert after["edition_members"].filter(edition="2023-11").height == 630
    # The commune that left is a member of the earlier edition still, so that its code is known.
    assert "212306302" in after["commune_members"]["member_code"]
    found = editions.load(project / "data/raw/editions.yaml")
    assert (found[-1].id, found[-1].title, found[-1].source) == ("2027-03", "liste du 15 mars 2027", "anct-list-2027")
    registry.run(project)
    days = store.read_table("core_memberships", project).filter(edition="2024-09").select("valid_from", "valid_to")
    assert days.unique().rows() == [("2024-09-01", "2027-03-14")]
    places = store.read_table("core_memberships", project).filter(commune_code="23019", phase=2).sort("edition")
    assert places["territory_id"].to_list() == ["ti-7506", "ti-7506", "ti-2707"]


def test_the_same_list_again_changes_nothing(project, run, named):
    run(named, "--yes", *OPTIONS, *DATED)
    assert run(named, "--yes", *OPTIONS, *DATED).output == "Nothing changed.\n"


def test_a_correction_adds_no_edition(project, run, named):
    text = (project / "data/raw/editions.yaml").read_text()
    outcome = run(named, "--yes", "--correct", "--published", "2024-10", "--accessed", "2026-12")
    assert outcome.exit_code == 0, outcome.output
    assert (project / "data/raw/editions.yaml").read_text() == text
    assert store.read_raw("members", project).filter(phase=2).height == 640


def test_names_of_the_former_edition_keep_their_corrections(project, run, named):
    run(named, "--yes", *OPTIONS, *DATED)
    former = store.read_raw("edition_territories", project).filter(
        pl.col("territory_id") == "ti-4404", edition="2024-09"
    )
    assert former["name"].to_list() == ["Épinal – Rambervillers"]


@pytest.mark.parametrize(
    ("asked", "given", "said"),
    [
        ({}, {}, "the list is a new one: give --valid-from YYYY-MM-DD or YYYY-MM, or --correct"),
        ({"valid_from": "mars"}, {}, "--valid-from 'mars' is no day or month"),
        ({"valid_from": "2024-09"}, {}, "--edition '2024-09' stands in editions.yaml"),
        ({"valid_from": "2024-09-01", "id": "2024-09-01"}, {}, "and edition 2024-09 is in force since 2024-09-01"),
        ({"valid_from": "2024-05"}, {}, "the list holds from 2024-05-01, and edition 2024-09 is in force since"),
        ({"valid_from": "2027-03", "id": "mars"}, {}, "--edition 'mars' stands in editions.yaml, or is no YYYY-MM"),
        (
            {"valid_from": "2027-03"},
            {"source": "anct-lists"},
            "source anct-lists is that of another edition; give a new",
        ),
        (
            {"valid_from": "2027-03"},
            {"licence": ""},
            "source anct-list-2027 is not in sources.yaml and needs --licence",
        ),
    ],
)
def test_what_cannot_be_an_edition_is_refused_with_its_cure(work_out, named, asked, given, said):
    with pytest.raises(UpdateError) as refusal:
        work_out(as_csv(named), edition=Asked(**asked), given=Given(**SOURCE | given))
    assert said in str(refusal.value)


def test_an_edition_is_of_one_phase(work_out, listed, named):
    first = [row for row in listed(1) if row["SIREN"] != "211300017"]
    with pytest.raises(UpdateError, match="an edition is of one phase and the list changes both"):
        work_out(as_csv([*first, *named]), edition=Asked("2027-03"), given=Given(**SOURCE))
