"""The list in force, given back in any form, changes nothing."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner
from updating import as_csv, as_geojson, as_xlsx, grouped, snapshot

from analysis import cli
from analysis.upkeep.updates import formats, headings, list_entries, producer_list, proposal
from analysis.upkeep.updates.source_record import Given

TEXTS = [
    (separator, encoding, newline)
    for separator in ",;\t|"
    for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le")
    for newline in ("\n", "\r\n")
]


@pytest.mark.parametrize(("separator", "encoding", "newline"), TEXTS, ids=map(repr, TEXTS))
def test_reading_gives_the_same_rows_in_every_encoding_and_with_every_separator(listed, separator, encoding, newline):
    rows = listed()
    grid, columns = formats.read(as_csv(rows, separator, encoding, newline), "x.csv")
    assert [list(row.cells) for row in columns.rows] == [list(row.values()) for row in rows]
    assert encoding.split("-sig")[0] in grid.told.replace("utf_", "utf-")


FORMS = {
    "csv in cp1252": (lambda rows: as_csv(rows, encoding="cp1252"), None),
    "csv of one phase": (lambda rows: as_csv([row for row in rows if row["Phase"] == "1"]), 1),
    "xlsx": (as_xlsx, None),
    "xlsx with numbers and a title": (lambda rows: as_xlsx(rows, numbers=True, title="Liste 2023"), None),
    "geojson": (as_geojson, None),
    "csv of territories": (lambda rows: as_csv(grouped([row for row in rows if row["Phase"] == "2"])), 2),
    "xlsx of territories": (lambda rows: as_xlsx(grouped([row for row in rows if row["Phase"] == "2"])), 2),
    "geojson of territories": (lambda rows: as_geojson(grouped([row for row in rows if row["Phase"] == "1"])), 1),
}


@pytest.mark.parametrize("form", FORMS)
def test_list_in_force_changes_nothing_and_leaves_every_byte(project, tmp_path, monkeypatch, listed, form):
    write, phase = FORMS[form]
    file = tmp_path / "liste"
    file.write_bytes(write(listed()))
    monkeypatch.chdir(project)
    before = snapshot(project)
    asked = ["--phase", str(phase)] if phase else []
    outcome = CliRunner().invoke(cli.app, ["update", "members", str(file), *asked], catch_exceptions=False)
    told = outcome.output.splitlines()
    assert (told[-1], outcome.exit_code) == ("Nothing changed.", 0)
    # The INSEE codes of a workbook with numbers have lost their zeros: put right, and told.
    assert ["codes put right" in line for line in told[:-1]] == [True] * ("numbers" in form)
    assert snapshot(project) == before


def test_list_in_force_with_a_new_date_changes_its_source_alone(work_out, listed):
    update = work_out(as_csv(listed()))
    assert [path.name for path in update.contents] == ["sources.yaml"]
    assert {one.field for one in update.provenance} == {"published", "accessed", "sha256"}
    assert not work_out(as_csv(listed()), given=Given()).contents


def test_signs_that_nobody_sees_and_doubled_spaces_do_not_count(work_out, listed):
    rows = listed(2)
    for row in rows:
        row["Nom du territoire"] = f"\u200b {row['Nom du territoire'].replace(' ', chr(0xA0) + ' ')}\u00ad "
    assert not work_out(as_csv(rows), given=Given()).contents


def test_raw_file_in_another_order_with_other_quotes_keeps_its_bytes(project, work_out, listed):
    path = project / "data/raw/members.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    odd = "\r\n".join([header, *(f'{row[:2]}"{row[2:9]}"{row[9:]}' for row in reversed(rows))])
    path.write_bytes(odd.encode())
    assert not work_out(as_csv(listed()), given=Given()).contents
    changed = [row for row in listed(2) if row["SIREN"] != "242010056" and row["Identifiant"] != "ti-9402"]
    written = next(text for place, text in work_out(as_csv(changed)).contents.items() if place.name == "members.csv")
    assert written.decode() == odd.replace('2,"ti-9402",242010056,epci\r\n', "")


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.randoms(use_true_random=False))
def test_order_of_rows_and_columns_does_not_count(raw, listed, draw: random.Random):
    rows = listed()
    draw.shuffle(rows)
    order = list(rows[0])
    draw.shuffle(order)
    content = as_csv([{name: row[name] for name in order} for row in rows])
    _, columns = formats.read(content, "x.csv")
    made = proposal.propose(list_entries.read(columns, None), raw, [])
    assert not made.problems
    assert all(made.tables[name].equals(raw[name]) for name in producer_list.ORDER)


@pytest.mark.parametrize(
    "heading",
    ["NOM DU TERRITOIRE", "nom_du_territoire", "Nom  du territoire", "lib_ti", "Territoire d'industrie", "TERRITOIRE"],
)
def test_heading_is_found_whatever_its_case_accents_and_punctuation(heading):
    assert headings.score([heading, "Numéro SIREN"]) == 2
    assert headings.MEANING[headings.plain(heading)] == "territory"
