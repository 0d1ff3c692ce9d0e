"""The change report on the kinds of change that happen, and in its three forms."""

import json
import re

import pytest
from lists import LOSER, TAKEN, lose_one_gain_eleven, merge_two

from analysis import stages
from analysis.changes import comparing, markdown, page, wording
from analysis.changes.report import FileChange, Report, TableChange, report
from analysis.changes.rows import RowChanges

STAGES = ("registry", "claims", "indicators", "phases", "ledger")


def rebuilt(project, *names):
    for name in names:
        stages.STAGES[name](project)
    return project


def of(changes, name):
    return next(one for one in changes if one.name == name)


def test_nothing_changed_is_said_in_one_line(built, root):
    found = report("v1", root, built, [])
    assert not found
    assert markdown.text(found) == "**Nothing changed since v1.**\n"
    assert "<h1>Nothing changed since v1.</h1>" in page.html(found)
    assert found.as_json()["changed"] is False


def test_a_territory_loses_an_intercommunality_and_gains_eleven_communes(built, root):
    lost, gained = lose_one_gain_eleven(built)
    found = report("v1", root, rebuilt(built, *STAGES), [])
    assert {one.name for one in found.raw} == {"members", "commune_members"}
    rows = of(found.tables, "core_members").rows
    assert [row["member_code"] for row in rows.removed] == [lost]
    assert len(rows.added) == TAKEN
    assert of(found.tables, "core_members").because == ["members", "commune_members"]
    moved = {cell.key[0] for cell in of(found.tables, "core_communes").rows.cells()}
    assert set(gained) <= moved
    people = next(cell for cell in of(found.tables, "out_territories").rows.cells() if cell.column == "population_2022")
    assert people.key == (int(LOSER[0]), LOSER[1])
    assert people.after < people.before
    told = {(one.claim_id, one.before, one.after) for one in found.verdicts}
    assert ("gazette-2023:intercommunalities:france:1", "confirmed", "contradicted") in told


def test_a_source_is_corrected(built, root):
    note = built / "data/raw/notes/launch-2018.md"
    text = note.read_text(encoding="utf-8")
    note.unlink()
    note.write_text(text.replace("124 territoires", "149 territoires"), encoding="utf-8")
    found = report("v1", root, rebuilt(built, "claims", "ledger"), [])
    (notes,) = found.raw
    assert (notes.name, len(notes.rows.added), len(notes.rows.removed)) == ("notes", 1, 1)
    assert of(found.tables, "core_claims").because == ["notes"]
    told = next(one for one in found.verdicts if one.source_id == "launch-2018")
    assert told.before == "superseded"
    assert told.after != "superseded"


def test_a_commune_code_merges(built, root):
    ended, heir = merge_two(built)
    found = report("v1", root, rebuilt(built, "registry"), [])
    assert {one.name for one in found.raw} == {"communes", "cog_changes"}
    communes = of(found.tables, "core_communes").rows
    assert [row["commune_code"] for row in communes.removed] == [ended]
    assert [(cell.key, cell.column) for cell in communes.cells()] == [((heir,), "population_2022")]
    assert "communes" in of(found.tables, "core_communes").because


def test_a_table_that_an_incomplete_version_lacks_is_not_taken_for_a_new_one(built, root):
    (built / "data/processed/out_plan.parquet").unlink()
    found = report("v1", built, root, [], incomplete=True)
    assert not found
    assert found.missing == ["out_plan: that version does not build it."]
    assert [one.name for one in report("v1", built, root, []).tables] == ["out_plan"]


# --- forms --------------------------------------------------------------------------------------------------


@pytest.fixture
def hostile():
    """A report whose texts would be tags, links or table cells if they were taken for such."""
    row = {"code": '<b>&"|*', "name": "=cmd()\n[x](javascript:1)"}
    rows = RowChanges(("code",), [row], [], [(row, {**row, "name": "@team <script>"})])
    table = TableChange("territories", ["new"], [], rows, ["notes"])
    files = [FileChange("figures/a<i>.png", "changed", "3 pixels differ", [(1, 1, 2, 2)])]
    return Report("v1", [table], [table], [], files, [FileChange("notebooks/a.ipynb", "added")], ["<u> left out"])


def test_texts_stay_text_in_the_page(hostile):
    shown = page.html(hostile)
    assert not re.search(r"<(?:b|i|u|script)\b", shown)
    assert "script" not in page.POLICY
    assert "&lt;script&gt;" in shown
    assert 'content="default-src' in shown


def test_texts_stay_text_in_markdown_and_each_change_is_one_line(hostile):
    shown = markdown.text(hostile)
    assert "<script>" not in shown
    assert "\\[x\\](javascript:1)" in shown
    assert "\\@team" in shown
    assert not [line for line in shown.splitlines() if line and line[0] not in "*#->| "]


def test_long_lists_are_cut_and_say_how_many_are_left():
    rows = RowChanges(("code",), [{"code": one} for one in range(600)], [], [])
    found = Report("v1", [TableChange("territories", [], [], rows)], [], [], [], [], [])
    assert "  - and 590 more" in markdown.text(found)
    assert "<p>100 more lines are in changes.json.</p>" in page.html(found)


def test_headline_counts_what_moved(hostile):
    assert wording.headline(hostile) == "Since v1: 1 raw file, 1 table, 1 figure, 1 notebook changed."


def test_files_of_a_report_are_written_together(hostile, tmp_path):
    output = tmp_path / "report"
    comparing.write(hostile, tmp_path / "before", tmp_path / "after", output)
    assert sorted(one.name for one in output.iterdir()) == [
        "changes.css", "changes.json", "changes.md", "images", "index.html"
    ]  # fmt: skip
    told = json.loads((output / "changes.json").read_text(encoding="utf-8"))
    assert told["tables"][0]["rows"]["added"][0]["code"] == '<b>&"|*'
    assert (told["version"], told["changed"], told["base"]) == (1, True, "v1")
