"""The change report on the kinds of change that happen, and in its three forms."""

import json
import re
from dataclasses import replace

import pytest
from lists import LOSER, TAKEN, lose_one_gain_eleven, merge_two, read

from analysis.i18n.language import ENGLISH, FRENCH, speaking
from analysis.upkeep import stages
from analysis.upkeep.changes import comparing, markdown, page, phrases
from analysis.upkeep.changes.moves import Move
from analysis.upkeep.changes.ranking import Finding, Kind
from analysis.upkeep.changes.report import CODE_FILES, FileChange, Report, TableChange, VerdictChange, report
from analysis.upkeep.changes.rows import RowChanges

RAW = {"members", "commune_members"}
STAGES = ("registry", "claims", "indicators", "phases", "ledger")


def rebuilt(project, *names):
    for name in names:
        stages.STAGES[name](project)
    return project


def of_code(project, code):
    """How many communes an intercommunality has."""
    return read(project, "communes").filter(epci_code=code).height


def of(changes, name):
    return next(one for one in changes if one.name == name)


@pytest.fixture(autouse=True)
def english():
    with speaking(ENGLISH):
        yield


def test_nothing_changed_is_said_in_one_line(built, root):
    for name in CODE_FILES:
        place = built / name
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(root / name)
    found = report("v1", root, built, [])
    assert not found
    assert markdown.text(found) == "**Nothing changed since v1.**\n"
    assert "<h1>Nothing changed since v1.</h1>" in page.html(found)
    assert found.as_json()["changed"] is False


def test_a_territory_loses_an_intercommunality_and_gains_eleven_communes(built, root):
    lost, gained = lose_one_gain_eleven(built)
    found = report("v1", root, rebuilt(built, *STAGES), [])
    assert {one.name for one in found.raw} == RAW
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
    (move,) = [one for one in found.moves if (one.phase, one.territory_id) == (int(LOSER[0]), LOSER[1])]
    assert (len(move.members_lost), len(move.members_gained)) == (1, TAKEN)
    assert move.communes_lost == of_code(built, lost) - TAKEN
    assert move.inhabitants == people.after - people.before
    assert told == set()  # published figures are judged by the list of their own day, which is an earlier one
    first = {one.table: one for one in reversed(found.findings)}
    assert (first["members"].kind, first["members"].rows) == (Kind.LOST, ((LOSER[0], lost),))
    assert (first["core_members"].kind, first["core_members"].rows) == (Kind.LOST, ((int(LOSER[0]), lost),))
    assert {one.name for one in (*found.raw, *found.tables)} == first.keys()


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
    assert {one.name for one in found.raw} == {"communes", "cog_changes", "postcodes"}
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
    finding = Finding(
        "territories", Kind.MOVED, 1.0, ("code",), ("name",), (('<b>&"|*',),), 1, "=cmd()", "@team <script>"
    )
    files = [FileChange("figures/a<i>.png", "changed", "", 3, [(1, 1, 2, 2)])]
    return Report(
        "v1",
        [table],
        [table],
        [],
        files,
        [FileChange("notebooks/a.ipynb", "added")],
        ["<u> left out"],
        findings=[finding],
    )


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
    assert "And 100 more, in changes.json." in page.html(found)


def test_headline_counts_what_moved(hostile):
    assert phrases.headline(hostile) == (
        "Changes since v1: 1\u00a0raw file, 1\u00a0table, 1\u00a0figure, 1\u00a0notebook."
    )


def test_files_of_a_report_are_written_together(hostile, tmp_path):
    output = tmp_path / "report"
    comparing.write(hostile, tmp_path / "before", tmp_path / "after", output)
    assert sorted(one.name for one in output.iterdir()) == [
        "changes.css", "changes.json", "changes.md", "images", "index.html"
    ]  # fmt: skip
    told = json.loads((output / "changes.json").read_text(encoding="utf-8"))
    assert told["tables"][0]["rows"]["added"][0]["code"] == '<b>&"|*'
    assert (told["version"], told["changed"], told["base"]) == (1, True, "v1")
    (finding,) = told["findings"]
    assert (finding["rank"], finding["kind"], finding["columns"], finding["rows"]) == (
        1,
        "moved",
        ["name"],
        [['<b>&"|*']],
    )
    assert finding["reason"] == 'Name in the list: “=cmd()” becomes “@team <script>” in 1\u00a0row of 1 (code: <b>&"|*)'


def test_code_that_is_another_is_told_and_is_no_change():
    found = Report("v1", [], [], [], [], [], [], code=["params.yaml"])
    assert not found
    assert markdown.text(found) == "**Nothing changed since v1. Without effect: 1\u00a0file of code or settings.**\n"


def test_figures_of_the_page_are_capped_and_it_says_so(hostile, tmp_path):
    figures = [FileChange(f"figures/{rank:03}.png", "changed") for rank in range(page.MOST_FIGURES + 2)]
    shown = page.html(replace(hostile, figures=figures))
    assert shown.count("<img") == 2 * page.MOST_FIGURES
    assert "And 2 more, in changes.json." in shown


def test_reports_speak_french_with_its_spaces_and_english_of_the_same_things(hostile):
    verdict = VerdictChange("essai:1", "essai", "confirmed", "", "Raison d’essai.", "A reason.")
    move = Move(2, "ti-0101", "Essai", ["CC a"], [f"CC {one}" for one in "bcdefgh"], 1, 0, -1234)
    found = replace(hostile, verdicts=[verdict], moves=[move])
    with speaking(FRENCH):
        told = [page.html(found), markdown.text(found)]
    for form in told:
        assert "Changements depuis v1\u00a0:" in form
        assert "| confirmé | – | Raison d’essai. |" in form or '<td class="before">confirmé</td><td>–</td>' in form
        assert "CC b ; CC c ; CC d ; CC e ; CC f et 2 de plus" in form
        assert "−1\u202f234" in form
    assert '<html lang="fr">' in told[0]
    assert "A reason." in markdown.text(found)
    assert '<html lang="en">' in page.html(found)


def test_findings_stand_first_in_page_and_markdown_in_their_order_with_their_reason(hostile):
    factor = Finding("out_territories", Kind.FACTOR, 9.0, ("phase",), ("population_2022",), ((2,),) * 183, 183, 1, 1000,
                     1000.0)  # fmt: skip
    found = replace(hostile, findings=[factor, *hostile.findings])
    with speaking(FRENCH):
        told = [page.html(found), markdown.text(found)]
    said = "Population municipale 2022\u00a0: ×1\u202f000 dans 183\u00a0lignes sur 183, comme dans une autre unité"
    for form in told:
        assert (
            form.index("Le plus inhabituel d’abord")
            < form.index(said)
            < form.index("devient")
            < form.index("Données brutes")
        )
    assert "Comment cet ordre est fait" in told[0]
    assert "×1,000 in 183\u00a0rows of 183, as in another unit" in markdown.text(found)
