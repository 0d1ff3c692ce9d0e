"""A list that changes something: what is shown, what is written, and nothing besides; changes are invented."""

import difflib
import hashlib
import subprocess

import polars as pl
import pytest
from typer.testing import CliRunner
from updating import as_csv, grouped, snapshot

from analysis import cli
from analysis.errors import AtlasError, UpdateError
from analysis.io import store
from analysis.io.paths import RAW
from analysis.registry import official_lists
from analysis.sources import provenance
from analysis.upkeep import stages
from analysis.upkeep.updates import transaction
from analysis.upkeep.updates.source_record import Given

runner = CliRunner()
OPTIONS = ["--published", "2025-03", "--accessed", "2025-04-02", "--correct"]
NEW = {
    **{"source": "anct-lists-2025", "producer": "ANCT", "title": "Liste inventée : « 2025 »", "published": "unknown"},
    **{"accessed": "2025-04", "licence": "Licence Ouverte 2.0", "licence_at": "https://example.org/licence"},
}


@pytest.fixture
def changed(listed):
    """Phase 2 with a territory renamed, one gone, one new, and a member that moves from one to another."""
    rows = [row for row in listed(2) if row["Identifiant"] != "ti-9402"]
    for row in rows:
        if row["Identifiant"] == "ti-9401":
            row["Nom du territoire"] = "Bastia, nom « inventé »"
    moved = next(row for row in rows if row["SIREN"] == "200036499")
    moved |= {"Identifiant": "ti-9403", "Nom du territoire": "Marana inventée"}
    return rows


def write(project, tmp_path, monkeypatch, content, *options, answer=""):
    file = tmp_path / "liste.csv"
    file.write_bytes(content)
    monkeypatch.chdir(project)
    return runner.invoke(cli.app, ["update", "members", str(file), *options], input=answer, catch_exceptions=False)


def diff(project, before) -> dict[str, tuple[list[str], list[str]]]:
    """Lines that went and lines that came, by file that changed."""
    after = snapshot(project)
    assert after.keys() == before.keys()
    found = {}
    for name in after:
        old, new = (one[name].decode().splitlines() for one in (before, after))
        if old != new:
            marked = list(difflib.ndiff(old, new))
            found[name] = tuple([line[2:] for line in marked if line.startswith(sign)] for sign in ("- ", "+ "))
    return found


def test_change_is_shown_written_and_nothing_else_moves(project, tmp_path, monkeypatch, changed):
    before = snapshot(project)
    outcome = write(project, tmp_path, monkeypatch, as_csv(changed), "--yes", *OPTIONS)
    assert outcome.exit_code == 0, outcome.output
    for told in (
        "territories 183\n",
        "inhabitants (2022) 40,802,820 → 40,710,054 (-92,766)",
        "members 630 → 629 (-1)",
        "ti-9402 Pays Ajaccien",
        "was Grand Bastia",
    ):
        assert told.strip() in outcome.output
    assert "− CC de Marana-Golo (200036499)" in outcome.output
    assert "+ CC de Marana-Golo (200036499)" in outcome.output
    assert diff(project, before) == {
        "members.csv": (["2,ti-9401,200036499,epci", "2,ti-9402,242010056,epci"], ["2,ti-9403,200036499,epci"]),
        "territories.csv": (
            ["2,ti-9401,Grand Bastia – Marana-Golo,94", "2,ti-9402,Pays Ajaccien,94"],
            ['2,ti-9401,"Bastia, nom « inventé »",94', "2,ti-9403,Marana inventée,94"],
        ),
        "sources.yaml": (
            ['  published: "2023-11"', '  accessed: "2026-11"', "  sha256: null"],
            ['  published: "2025-03"', '  accessed: "2025-04-02"', f'  sha256: "{digest(changed)}"'],
        ),
    }
    official_lists.build(store.read_raw_tables(project))


def digest(rows) -> str:
    return hashlib.sha256(as_csv(rows)).hexdigest()


def test_second_time_the_same_list_changes_nothing(project, tmp_path, monkeypatch, changed):
    write(project, tmp_path, monkeypatch, as_csv(changed), "--yes", *OPTIONS)
    before = snapshot(project)
    assert write(project, tmp_path, monkeypatch, as_csv(changed), "--yes", *OPTIONS).output == "Nothing changed.\n"
    assert snapshot(project) == before


def test_list_put_back_gives_every_byte_of_the_tables_back(project, tmp_path, monkeypatch, changed, listed):
    before = snapshot(project)
    write(project, tmp_path, monkeypatch, as_csv(changed), "--yes", *OPTIONS)
    write(project, tmp_path, monkeypatch, as_csv(listed()), "--yes", *OPTIONS)
    assert set(diff(project, before)) == {"sources.yaml"}


@pytest.mark.parametrize(("options", "answer", "code"), [(["--dry-run"], "", 0), ([], "n\n", 1), ([], "", 1)])
def test_nothing_is_written_without_a_yes(project, tmp_path, monkeypatch, changed, options, answer, code):
    before = snapshot(project)
    outcome = write(project, tmp_path, monkeypatch, as_csv(changed), *OPTIONS, *options, answer=answer)
    assert outcome.exit_code == code
    assert "ti-9402 Pays Ajaccien" in outcome.output
    assert snapshot(project) == before


def test_yes_at_the_question_writes(project, tmp_path, monkeypatch, changed):
    outcome = write(project, tmp_path, monkeypatch, as_csv(changed), *OPTIONS, answer="y\n")
    assert "Write data/raw/members.csv, data/raw/sources.yaml, data/raw/territories.csv?" in outcome.output
    assert store.read_raw("territories", project).filter(territory_id="ti-9403").height == 1


def test_territory_without_identifier_keeps_that_of_its_members(work_out, listed):
    rows = grouped(listed(2))
    next(row for row in rows if row["Territoire d’industrie"] == "Pays Ajaccien")["Territoire d’industrie"] = "Inventé"
    update = work_out(as_csv(rows), 2)
    assert update.after["territories"].filter(territory_id="ti-9402", phase=2).item(0, "name") == "Inventé"
    assert update.after["members"].equals(update.before["members"])


def test_commune_that_becomes_a_member_brings_its_insee_code(work_out, listed, raw):
    rows = listed(2)
    taken = [one["SIREN"] for one in rows]
    free = raw["communes"].filter(pl.col("epci_code").is_null() | ~pl.col("epci_code").is_in(taken))
    commune = free.filter(region_code="94").row(0, named=True)
    row = rows[-1] | {"SIREN": "212000001", "EPCI": commune["name"], "Code INSEE": commune["commune_code"].lstrip("0")}
    update = work_out(as_csv([*rows, row]))
    added = update.after["commune_members"].filter(member_code="212000001").row(0)
    assert added == ("212000001", commune["commune_code"])
    assert update.after["members"].filter(member_code="212000001").item(0, "member_kind") == "commune"
    assert b"212000001," + commune["commune_code"].encode() in update.contents[RAW / "commune_members.csv"]


def test_communes_that_no_list_has_any_more_leave_their_table(work_out, listed, raw):
    kept = [row for row in listed(1) if row["Code INSEE"] != "06033"]
    assert len(kept) == len(listed(1)) - 1
    update = work_out(as_csv(kept))
    assert update.after["commune_members"].height == raw["commune_members"].height - 1
    assert "210600334" not in update.after["commune_members"]["member_code"].to_list()


def test_new_source_stands_below_the_lists_and_is_credited_with_them(project, work_out, changed):
    update = work_out(as_csv(changed), given=Given(**NEW))
    text = update.contents[RAW / "sources.yaml"].decode()
    old = (project / "data/raw/sources.yaml").read_text(encoding="utf-8")
    start = text.index("\n- id: anct-lists-2025")
    added = text[start : text.index("\n", text.index("updates: anct-lists", start)) + 1]
    assert text.replace(added, "", 1) == old
    assert text.index("- id: anct-lists\n") < start < text.index("- id: insee-cog-2024")
    transaction.write(project, update.contents, update.expected)
    known = provenance.load_sources(project / "data/raw/sources.yaml")
    made = known["anct-lists-2025"]
    assert (made.title, made.published, made.url, made.updates) == (NEW["title"], None, None, "anct-lists")
    assert made.sha256 == digest(changed)
    credit = provenance.credit_line(["anct-lists"], known)
    assert "Liste inventée" in credit
    assert "phases 1 et 2" in credit


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (Given(), "source anct-lists needs --published --accessed"),
        (Given(source="neuve"), "source neuve is not in sources.yaml and needs --producer --title --published"),
        (Given(source="launch-2018", published="2025", accessed="2025"), "source launch-2018 is not one of the lists"),
        (Given(published="mars 2025", accessed="2025-04"), "--published 'mars 2025': String should match pattern"),
        (Given(**NEW | {"source": "Neuve 2025"}), "--source 'Neuve 2025': String should match pattern"),
        (Given(**NEW | {"url": "example.org"}), "--url 'example.org': String should match pattern"),
    ],
    ids=lambda value: value.source if isinstance(value, Given) else "",
)
def test_change_without_its_provenance_is_refused(project, work_out, changed, given, told):
    before = snapshot(project)
    with pytest.raises(AtlasError, match=told):
        work_out(as_csv(changed), given=given)
    assert snapshot(project) == before


def test_pipeline_takes_the_new_list(project, work_out, changed):
    update = work_out(as_csv(changed))
    transaction.write(project, update.contents, update.expected)
    stages.run("registry", project)
    assert store.read_table("core_territories", project).filter(phase=2).height == 183


def test_file_changed_meanwhile_is_not_written_over(project, work_out, changed):
    update = work_out(as_csv(changed))
    path = project / "data/raw/members.csv"
    path.write_bytes(path.read_bytes() + b"2,ti-9402,200036499,epci\n")
    before = snapshot(project)
    with pytest.raises(UpdateError, match="changed while the update was worked out: data/raw/members.csv"):
        transaction.write(project, update.contents, update.expected)
    assert snapshot(project) == before


def test_git_sees_only_the_lines_that_changed(project, tmp_path, monkeypatch, changed):
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q"], ["add", "data/raw"], ["commit", "-qm", "x"]):
        subprocess.run([*git, *arguments], cwd=project, check=True)
    write(project, tmp_path, monkeypatch, as_csv(changed, encoding="cp1252"), "--yes", *OPTIONS)
    stat = subprocess.run([*git, "diff", "--numstat"], cwd=project, capture_output=True, text=True, check=True).stdout
    assert [line.split("\t") for line in stat.splitlines()] == [
        ["1", "2", "data/raw/members.csv"],
        ["3", "3", "data/raw/sources.yaml"],
        ["2", "2", "data/raw/territories.csv"],
    ]
    status = [*git, "status", "--short", "data"]
    assert "?" not in subprocess.run(status, cwd=project, capture_output=True, text=True, check=True).stdout
