"""Every reason not to take a list, with its line, all at once; names of the changed rows are invented."""

import json
import re
import zipfile
from io import BytesIO

import polars as pl
import pytest
from updating import as_csv, as_geojson, as_xlsx, grouped

from analysis.errors import UpdateError
from analysis.upkeep.updates import formats
from analysis.upkeep.updates.source_record import Given

LAST = 642  # line of the last row of phase 2: headings and 641 members
CORRECTED = ("ti-2709", "ti-4404", "ti-4410", "ti-8411")  # of phase 2, by data/raw/corrections.yaml


def reasons(work_out, content, phase=None, **more) -> str:
    with pytest.raises(UpdateError) as caught:
        work_out(content, phase, **more)
    return str(caught.value)


CASES = {
    "short SIREN": ({"SIREN": "20001865"}, "line 2: SIREN '20001865' of CA du Nord Basse-Terre is not nine digits"),
    "SIRET": ({"SIREN": "20001865300017"}, "line 2: SIREN '20001865300017' .*a SIRET"),
    "letters": ({"SIREN": "20001865A"}, "line 2: SIREN '20001865A' .* is not nine digits"),
    "other digits": ({"SIREN": "٢٠٠٠١٨٦٥٣"}, "line 2: the cell of siren holds broken letters"),
    "unknown code": ({"SIREN": "999999999"}, r"line 2: SIREN 999999999 \(CA du Nord Basse-Terre\) is not in COG 2024"),
    "code of the past": (
        {"SIREN": "200033207"},
        "it ended with the edition of 2020: its communes are now in 20009",
    ),
    "unknown commune": ({"SIREN": "999999999", "Code INSEE": "99999"}, "line 2: INSEE code 99999 is not in COG 2024"),
    "odd commune": ({"Code INSEE": "x"}, "line 2: INSEE code 'x' is not that of a commune"),
    "no name": ({"Nom du territoire": " ", "Identifiant": ""}, "line 2: the name of the territory is empty"),
    "no member": ({"SIREN": ""}, "line 2: member 'CA du Nord Basse-Terre' has no SIREN"),
    "nothing of a member": ({"SIREN": "", "EPCI": ""}, "line 2: no member"),
    "identifier": ({"Identifiant": "industrie"}, "line 2: identifier 'industrie' is not like ti-4408"),
    "region of the identifier": ({"Identifiant": "ti-9901"}, "line 2: identifier ti-9901: 99 is not the code"),
    "unknown region": ({"Région": "Armorique"}, "line 2: region 'Armorique' is neither the code nor the name"),
    "other region": ({"Région": "Bretagne"}, "line 2: region 'Bretagne', but ti-0101 is of Guadeloupe"),
    "phase": ({"Phase": "3"}, "line 2: phase '3' is neither 1 nor 2"),
    "formula": ({"EPCI": "=1+1"}, r"line 2: the cell of member is a formula \('=1\+1'\)"),
    "control character": ({"EPCI": "CC \x1b[31m"}, r"line 2: the cell of member holds a control character: 'CC .x1b"),
    "two names": (
        {"Nom du territoire": "Nom inventé"},
        "line 3: ti-0101 is called 'Basse-Terre' here, 'Nom",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_list_is_refused_with_the_line_when_a_cell_is_wrong(work_out, listed, case):
    cells, told = CASES[case]
    rows = listed(2)
    rows[0] |= cells
    assert re.search(told, reasons(work_out, as_csv(rows)))


def test_all_reasons_are_told_at_once_in_the_order_of_the_rows(work_out, listed):
    rows = listed(2)
    rows[5] |= {"SIREN": "1"}
    rows[3] |= {"Nom du territoire": "", "Identifiant": ""}
    rows[9] |= {"SIREN": "999999999"}
    told = reasons(work_out, as_csv(rows), given=Given())
    assert re.findall(r"line (\d+)", told) == ["5", "7", "11"]
    assert "for 4 reason(s)" in told
    assert "needs --published --accessed" in told


def test_member_in_two_territories_of_a_phase_is_refused(work_out, listed):
    rows = listed(2)
    rows.append(rows[-1] | {"SIREN": rows[0]["SIREN"], "EPCI": rows[0]["EPCI"]})
    told = reasons(work_out, as_csv(rows))
    name, other = rows[0]["Nom du territoire"], rows[-1]["Nom du territoire"]
    assert f"line {LAST + 1}: member {rows[0]['SIREN']} is in '{other}' here, in '{name}' at line 2" in told


def test_member_twice_in_a_territory_is_refused(work_out, listed):
    rows = listed(2)
    told = reasons(work_out, as_csv([*rows, rows[0]]))
    assert f"line {LAST + 1}: member {rows[0]['SIREN']} stands twice" in told


def test_member_may_be_in_a_territory_of_each_phase(work_out, listed):
    rows = listed()
    codes = [[row["SIREN"] for row in rows if row["Phase"] == phase] for phase in "12"]
    assert set(codes[0]) & set(codes[1])
    assert not work_out(as_csv(rows), given=Given()).contents


def test_territory_twice_is_refused_where_a_row_is_a_territory(work_out, listed):
    rows = grouped(listed(2))
    again = rows[0] | {"Intercommunalités membres": "CA du Grand Guéret (999999999)"}
    told = reasons(work_out, as_csv([*rows, again]), 2)
    assert f"line 185: territory '{rows[0]['Territoire d’industrie']}' stands twice, first at line 2" in told


def test_territory_under_two_identifiers_is_refused(work_out, listed):
    rows = listed(2)
    name = rows[0]["Nom du territoire"]
    next(row for row in rows if row["Identifiant"] != rows[0]["Identifiant"])["Nom du territoire"] = name
    assert f"territory '{name}' stands twice, first at line 2" in reasons(work_out, as_csv(rows))


def test_metropole_and_its_ept_are_refused_together(work_out, listed):
    rows = listed(2)
    told = reasons(work_out, as_csv([*rows, rows[-1] | {"SIREN": "200054781", "EPCI": "Métropole du Grand Paris"}]))
    assert re.search(rf"line {LAST + 1}: member 200054781 has \d+ commune\(s\) of 2000\d+ \(line \d+\)", told)


def test_half_a_list_is_refused_unless_that_is_accepted(work_out, listed):
    rows = listed(2)
    # Names that a local correction mends stay: a correction of what is gone is refused, by name.
    kept = [row for row in rows if row["Identifiant"] in CORRECTED]
    half = [*kept, *[row for row in rows if row not in kept][: 300 - len(kept)]]
    told = reasons(work_out, as_csv(half), 2)
    assert "phase 2 would go from 641 members to 300; if that is so, give --accept-shrink" in told
    assert work_out(as_csv(half), 2, accept_shrink=True).contents
    told = reasons(work_out, as_csv(half[len(kept) :]), 2, accept_shrink=True)
    assert f"corrections.yaml: territories phase=2 territory_id={CORRECTED[0]}: 0 rows match" in told


def test_list_without_rows_is_refused_whatever_is_accepted(work_out, listed):
    header = as_csv(listed(2)).splitlines()[0] + b"\n"
    assert "the list has no row" in reasons(work_out, header, 2, accept_shrink=True)


def test_list_of_the_other_phase_is_refused(work_out, listed):
    rows = [{name: cell for name, cell in row.items() if name != "Phase"} for row in listed(1)]
    told = reasons(work_out, as_csv(rows), 2)
    assert "149 of 149 territories have the names of phase 1" in told
    assert "is it --phase 1?" in told


def test_phase_must_be_said_once_and_only_once(work_out, listed):
    rows = grouped(listed(2))
    assert "no column gives the phase; give --phase 1 or --phase 2" in reasons(work_out, as_csv(rows))
    assert "line 2: the row is of phase 1, --phase says 2" in reasons(work_out, as_csv(listed()), 2)


def test_correction_that_no_longer_holds_stops_the_list_that_corrects_it(work_out, listed):
    rows = listed(2)
    wrong = [row for row in rows if row["Nom du territoire"] == "Vosges Saonoises"]
    assert wrong
    for row in wrong:
        row["Nom du territoire"] = "Vosges Saônoises"
    told = reasons(work_out, as_csv(rows))
    assert "data/raw/corrections.yaml: territories phase=2 territory_id=ti-2709" in told


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("Chef de projet", "line 1: heading 'Chef de projet' means nothing here"),
        ("Membres", "line 1: headings 'EPCI' and 'Membres' say the same"),
    ],
)
def test_heading_that_cannot_be_used_is_named_with_those_that_can(work_out, listed, heading, told):
    content = as_csv([row | {heading: "x"} for row in listed(2)])
    message = reasons(work_out, content)
    assert told in message
    assert "territory: name, territory_name, Nom du territoire" in message
    assert not work_out(content, ignored=[heading], given=Given()).contents


def test_list_without_territories_or_members_says_which_column_lacks(work_out):
    assert "no column gives the names of the territories" in reasons(work_out, b"SIREN;EPCI\n1;2\n", 2)
    assert "no column gives the members" in reasons(work_out, "Territoire;Région\n1;2\n".encode(), 2)


def test_name_far_from_that_of_the_code_is_a_remark(work_out, listed):
    rows = listed(2)
    rows[0] |= {"EPCI": "CC du Pays inventé"}
    update = work_out(as_csv(rows), given=Given())
    assert not update.contents
    assert [remark.place for remark in update.remarks] == ["line 2"]
    assert "CA du Nord Basse-Terre" in update.remarks[0].what


def test_identifier_that_goes_to_quite_another_place_is_a_remark(work_out, listed):
    rows = listed(2)
    first, second = (next(row for row in rows if row["Identifiant"] == one) for one in ("ti-9401", "ti-9402"))
    first = dict(first)
    for row in rows:
        if row["Identifiant"] in ("ti-9401", "ti-9402"):
            row["Identifiant"] = "ti-9401" if row["Identifiant"] == "ti-9402" else "ti-9402"
    told = [remark.what for remark in work_out(as_csv(rows)).remarks]
    assert f"ti-9401 was '{first['Nom du territoire']}'" in told[0] + told[1]
    assert len(told) == 2
    assert second


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "it is empty"),
        (b"\xd0\xcf\x11\xe0xxxx", "not a readable workbook"),
        (b"PK\x03\x04xxxx", "not a readable workbook"),
        (b'{"type": "Feature"}', "it is not a FeatureCollection"),
        (b'{"type": "FeatureCollection", "features": [{"type": "Feature"}]}', "feature 1 has no properties"),
        (b'{"a": NaN}', "it is not a FeatureCollection"),
        (b'{"a": 1, "a": 2}', "a name stands twice"),
        (b'{"a": ' + b"[" * 100_000, "not readable as GeoJSON"),
        (b'{"a": "\xe9"}', "it is not a FeatureCollection"),
        (b'Territoire;SIREN\n"A;1\n', "line 2: a quote is not closed"),
    ],
    ids=range(10),
)
def test_file_that_is_no_list_is_refused(work_out, content, told):
    assert told in reasons(work_out, content, 2)


def test_absent_file_is_refused(tmp_path):
    with pytest.raises(UpdateError, match="cannot be read"):
        formats.load(tmp_path / "absent.csv")


def workbook(parts: dict[str, str]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return target.getvalue()


MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def one_sheet(cells: str, *, after: str = "", before: str = "") -> bytes:
    """A workbook whose sheet is written by hand, with whatever no library writes."""
    with zipfile.ZipFile(BytesIO(as_xlsx([{"x": ""}]))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    sheet = f"{before}<worksheet {MAIN}><sheetData>{cells}</sheetData>{after}</worksheet>"
    return workbook(parts | {"xl/worksheets/sheet1.xml": sheet})


HEADER = "".join(
    f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>'
    for at, text in (("A1", "Territoire"), ("B1", "SIREN"), ("C1", "EPCI"))
)


def cells_of(content: bytes) -> list[list[str]]:
    return [list(row.cells) for row in formats.read(content, "x.xlsx")[1].rows]


def test_merged_cells_numbers_and_runs_of_a_workbook_are_read():
    cells = (
        f'<row r="1">{HEADER}</row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><r><t xml:space="preserve">Pays </t></r><r><t>inventé</t></r>'
        "<rPh><t>x</t></rPh></is></c>"
        '<c r="B2"><v>2.00018653E8</v></c></row><row r="4"><c r="B4"><v>200018654.0</v></c></row>'
    )
    merged = '<mergeCells><mergeCell ref="A2:A4"/></mergeCells>'
    found = cells_of(one_sheet(cells, after=merged))
    assert [row[1] for row in found if row[1]] == ["200018653", "200018654"]
    assert {row[0] for row in found} == {"Pays inventé"}


def test_formula_of_a_workbook_is_refused_with_its_cell(work_out):
    cells = f'<row r="1">{HEADER}</row><row r="2"><c r="A2"><v>1</v></c><c r="B2"><f>1+1</f><v>200018653</v></c></row>'
    assert "row 2: the cell of siren is a formula ('=1+1'); give its value" in reasons(work_out, one_sheet(cells), 2)


HOSTILE = {
    "entities": (one_sheet("", before='<!DOCTYPE x [<!ENTITY a "b">]>'), "declares a document type or an entity"),
    "outside": (one_sheet("", before='<!DOCTYPE x SYSTEM "file:///etc/passwd">'), "declares a document type"),
    "far cell": (one_sheet(f'<row r="1">{HEADER}</row><row r="9"><c r="XFD1048576"><v>1</v></c></row>'),
                 "more memory or time than any list needs"),
    "odd cell": (one_sheet('<row r="1"><c r="1A"><v>1</v></c></row>'), "not a readable workbook"),
    "huge merge": (one_sheet('<row r="1"><c r="A1"><v>1</v></c></row>', after='<m><mergeCell ref="A1:Z9999"/></m>'),
                   "heading '1' means nothing here"),
    "lost text": (one_sheet('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'), "not found in shared strings table"),
    "cut": (one_sheet("<row>"), "not a readable workbook (mismatched tag"),
    "no workbook": (workbook({"mimetype": "x"}), "not an XLSX workbook"),
    "bomb": (one_sheet(" " * (65 << 20)), "its parts hold more than 64 MB"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_workbook_that_means_harm_is_refused(work_out, case):
    content, told = HOSTILE[case]
    assert told in reasons(work_out, content, 2)


def test_sheet_is_chosen_by_name_where_several_could_be_the_list(listed):
    from xlsxwriter import Workbook

    target = BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        for name in ("Liste", "Ancienne", "Notes"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Territoire", "SIREN"] if name != "Notes" else ["x", "y"])
            sheet.write_row(1, 0, [name, "200018653"])
    content = target.getvalue()
    with pytest.raises(UpdateError, match="2 sheets could be it. Choose with --sheet: 'Liste', 'Ancienne', 'Notes'"):
        formats.read(content, "x.xlsx")
    assert formats.read(content, "x.xlsx", "Ancienne")[1].rows[0].cells == ("Ancienne", "200018653")
    with pytest.raises(UpdateError, match="no visible sheet 'Absente'"):
        formats.read(content, "x.xlsx", "Absente")
    with pytest.raises(UpdateError, match="it has no sheets"):
        formats.read(b"Territoire;SIREN\n", "x.csv", "Liste")


def test_workbook_and_geojson_say_row_and_feature(work_out, listed):
    rows = listed(2)
    rows[0] |= {"SIREN": "1"}
    assert "row 2: SIREN '1'" in reasons(work_out, as_xlsx(rows))
    assert "feature 1: SIREN '1'" in reasons(work_out, as_geojson(rows))


def features(*properties) -> bytes:
    rows = [{"type": "Feature", "geometry": None, "properties": one} for one in properties]
    return json.dumps({"type": "FeatureCollection", "features": rows}).encode()


def test_geojson_values_are_read_as_people_write_them():
    content = features(
        {"Territoire": "A", "SIREN": 200018653, "EPCI": None},
        {"Territoire": "B", "SIREN": 200018654.0, "Région": "Corse"},
        {"Territoire": "C", "SIREN": ["200018655", "200018656"]},
    )
    _, columns = formats.read(content, "x.geojson")
    assert [[row.cells[columns.at[role]] for role in ("territory", "siren", "region")] for row in columns.rows] == [
        ["A", "200018653", ""],
        ["B", "200018654", "Corse"],
        ["C", "200018655; 200018656", ""],
    ]


@pytest.mark.parametrize("value", [{"a": 1}, [1], 1.5], ids=str)
def test_geojson_value_that_is_no_cell_is_refused_where_it_is_read(work_out, value):
    told = reasons(work_out, features({"Territoire": value, "SIREN": "200018653", "Superficie": value}), 2)
    assert "feature 1: the cell of territory is neither text nor whole number" in told
    assert "Superficie" not in told


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_geojson_is_read_in_any_encoding_with_numbers_that_are_none(encoding):
    content = features({"Territoire": "Forêt", "SIREN": "200018653", "Superficie": float("nan")})
    grid, columns = formats.read(content.decode().encode(encoding), "x.geojson")
    assert [row.cells[columns.at["territory"]] for row in columns.rows] == ["Forêt"]
    assert grid.told == "read as GeoJSON"


def test_column_without_a_heading_is_named_by_its_number():
    with pytest.raises(UpdateError, match="line 1: column 3 has no heading"):
        formats.read(b"Territoire;SIREN;\nT;200018653;note\n", "x")


def test_cells_beyond_the_headings_are_refused(work_out, listed):
    content = as_csv(listed(2)).replace(b"\n", b"\n2;ti-0101;A;;200018653;;;;beyond\n", 1)
    assert "line 2: 9 cells for 7 headings" in reasons(work_out, content)


def test_ept_whose_communes_nobody_gave_is_refused(work_out, listed, raw):
    known = raw["ept_communes"]["ept_code"].unique().to_list()
    ept = raw["intercommunalities"].filter(pl.col("kind") == "EPT", ~pl.col("intercommunality_code").is_in(known))
    code = ept.item(0, "intercommunality_code")
    rows = listed(2)
    told = reasons(work_out, as_csv([*rows, rows[-1] | {"SIREN": code, "EPCI": ""}]))
    assert f"line {LAST + 1}: the communes of {code} are not in ept_communes.csv" in told


def test_commune_with_another_insee_code_is_refused(work_out, listed):
    rows = listed(1)
    next(row for row in rows if row["SIREN"] == "210600334")["Code INSEE"] = "06034"
    assert "210600334 is commune 06033 in commune_members.csv, 06034 here" in reasons(work_out, as_csv(rows))


def test_insee_code_beside_several_members_is_refused(work_out):
    content = b"Territoire;EPCI;Code INSEE\nA;CC (200018653); CC (200018654);06033\n".replace(b"); ", b"), ")
    assert "line 2: an INSEE code beside several members" in reasons(work_out, content, 2)


def test_file_and_table_that_are_too_large_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(formats, "MAX_BYTES", 8)
    (tmp_path / "x.csv").write_bytes(b"123456789")
    with pytest.raises(UpdateError, match="it is larger than"):
        formats.load(tmp_path / "x.csv")
    with pytest.raises(UpdateError, match="more than 100000 rows or 500 columns"):
        formats.read(b"Territoire;SIREN\n" + b"a;1\n" * 100_001, "x.csv")
    with pytest.raises(UpdateError, match="more than 100000 features or 500 properties"):
        formats.read(features({str(rank): "" for rank in range(501)}), "x.geojson")
