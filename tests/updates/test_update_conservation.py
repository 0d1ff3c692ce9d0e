"""Nothing of a members' cell is lost: every code and every name is taken, or refused with its line; names are invented."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from updating import as_csv

from analysis.updates import cell, entries, letters, reading

SEPARATORS = [
    *("; ", ", ", " / ", " | ", " + ", " – ", " - ", " • ", " · ", " & ", " et ", " ainsi que ", "<br>", "<br/>", "\t"),
    *(" ", "\n", "", ";", ",", "/", " ; et ", ", ainsi que ", "</li><li>", "\r\n- "),
]
STYLES = [
    *("{name} ({code})", "{name} [{code}]", "{name} {code}", "{name} (SIREN : {code})", "{name} - n° {code}"),
    *("{name} ({spaced})", "{name} ({dotted})", "{name}, SIREN {code}"),
]
AFTER = ["{code} {name}", "({code}) {name}", "SIREN {code} : {name}", "{spaced} - {name}"]
NAMES = st.sampled_from(
    [
        *(
            "CC Bugey-Imaginaire (Ain)",
            "CC Terre et Mer",
            "CA Sable & Vent",
            "CC des 4 Rives",
            "CC A/B",
            "CC du Lac, du Pré",
        ),
        *("CA Étang-l’Évêque", "CC [Haute] Combe", "Métropole du Rêve"),
    ]
)
CODES = st.integers(200_000_000, 299_999_999).map(str)


def written(style: str, name: str, code: str) -> str:
    parts = [code[:3], code[3:6], code[6:]]
    return style.format(name=name, code=code, spaced=" ".join(parts), dotted=".".join(parts))


@given(
    st.lists(st.tuples(NAMES, CODES), min_size=1, max_size=6),
    st.lists(st.sampled_from(SEPARATORS), min_size=6, max_size=6),
    st.sampled_from([*STYLES, *AFTER]),
)
def test_every_member_is_taken_whatever_parts_them(members, separators, style):
    joined = separators if style in STYLES else [one or " ; " for one in separators]
    text = "".join(written(style, *one) + joined[rank] for rank, one in enumerate(members)).rstrip()
    wrong: list[str] = []
    found = cell.members(text, "", wrong)
    assert not wrong
    assert [one.siren for one in found] == [code for _, code in members]
    assert [one.name for one in found] == [name for name, _ in members]


@given(st.lists(st.tuples(NAMES, CODES), min_size=2, max_size=5), st.data())
def test_name_without_its_code_is_refused_or_stays_beside_the_next_one(members, data):
    lost = data.draw(st.integers(0, len(members) - 1))
    parts = [name if rank == lost else f"{name} ({code})" for rank, (name, code) in enumerate(members)]
    wrong: list[str] = []
    found = cell.members(data.draw(st.sampled_from([one for one in SEPARATORS if one])).join(parts), "", wrong)
    told = " ".join([*wrong, *(one.name for one in found)])
    assert [one.siren for one in found] == [code for rank, (_, code) in enumerate(members) if rank != lost]
    assert all(word in told for word in re.findall(r"\w{3,}", members[lost][0]) if word != "SIREN")


@pytest.mark.parametrize("separator", [one for one in SEPARATORS if one.strip(" \t\r\n-")] + [" "])
@pytest.mark.parametrize("lost", [0, 1, 2])
def test_list_with_a_member_without_its_code_is_refused_with_its_line(work_out, listed, separator, lost):
    members = [(row["EPCI"], row["SIREN"]) for row in listed(2) if row["Identifiant"] == "ti-0301"][:3] or []
    members = members or [(row["EPCI"], row["SIREN"]) for row in listed(2)][:3]
    parts = [name if rank == lost else f"{name} ({code})" for rank, (name, code) in enumerate(members)]
    content = as_csv([{"Territoire": "T", "Membres": separator.join(parts)}, {"Territoire": "U", "Membres": "x (1)"}])
    with pytest.raises(Exception, match=r"line 2: .*(more than the name of|has no SIREN|several|is not in)"):
        work_out(content, 2)


@pytest.mark.parametrize(
    ("text", "siren"),
    [
        *(("249710062,0", "249710062"), ("249710062.0", "249710062"), ("249710062,00", "249710062")),
        *(("2,49710062E+08", "249710062"), ("2.49710062e8", "249710062"), ('="249710062"', "249710062")),
        *(("'249710062", "249710062"), ("\u200b249710062\ufeff", "249710062"), ("249\u00a0710\u00a0062", "249710062")),
        *(("249\u00ad710062", "249710062"), ("249.710.062", "249710062"), (" 249 710 062 ", "249710062")),
    ],
)
def test_siren_that_a_spreadsheet_spoilt_is_put_right(text, siren):
    found = taken([{"Territoire": "T", "SIREN": text, "EPCI": "CC du Rêve"}])
    assert [(one.siren, one.member) for one in found.entries] == [(siren, "CC du Rêve")]
    assert not found.problems


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2,49E+08", "a spreadsheet rounded it"),
        ("24971006", "is not nine digits"),
        ("24971006200017", "a SIRET"),
        ("249710062; 20001865", "is not nine digits"),
        ("249710062 CC de Trop", "'CC de Trop' beside 249710062"),
        ("249710062,5", "is not nine digits"),
    ],
)
def test_siren_that_lost_digits_is_named_with_its_line(text, told):
    found = taken([{"Territoire": "T", "SIREN": text, "EPCI": "CC du Rêve"}])
    assert [one.place for one in found.problems] == ["line 2"]
    assert told in found.problems[0].what


@pytest.mark.parametrize(
    "text", ["101", "0101", "TI 0101", "TI_0101", "ti-0101", "TI-0101", "101.0", "0101,0", "'0101"]
)
def test_identifier_is_read_as_people_write_it(text):
    found = taken([{"Identifiant": text, "SIREN": "249710062"}])
    assert [one.territory_id for one in found.entries] == ["ti-0101"]


def test_siren_in_a_territory_or_above_the_headings_is_no_title(work_out):
    found = taken([{"Territoire": "Vallée 249710062", "SIREN": "249710070"}])
    assert "the cell of territory holds a SIREN, 249710062" in found.problems[0].what
    with pytest.raises(Exception, match="line 1: a member stands above the headings"):
        reading.read(b"T;249710062\nTerritoire;SIREN\nT;249710070\n", "x")


def taken(rows) -> entries.Listing:
    _, columns = reading.read(as_csv(rows), "x")
    return entries.read(columns, 2)


@pytest.mark.parametrize("wrong", ["cp1252", "latin_1", "mac_roman"])
def test_letters_that_one_wrong_encoding_broke_are_put_right(wrong):
    name = "Forêt d’Écouves et Cœur d’Île, à l’Haÿ"
    broken = "".join(
        one.encode().decode(wrong) if wrong != "cp1252" or one.isascii() else one.encode().decode(wrong, "ignore")
        for one in name
        if one != "à"
    )
    assert letters.mended(broken) == name.replace("à", "")
    assert letters.mended("For&ecirc;t &amp; &Eacute;tang") == "Forêt & Étang"


@pytest.mark.parametrize("text", ["For?t", "For\ufffdt", "ForÃªt Ã", "ClÈmence", "Cl‚mence", "C¼ur", "Saint-JŽrôme"])
def test_letters_that_cannot_be_put_right_are_refused_with_their_line(text):
    found = taken([{"Territoire": text, "SIREN": "249710062"}])
    assert [one.place for one in found.problems] == ["line 2", "line 2"]
    assert "holds broken letters" in found.problems[0].what


@pytest.mark.parametrize("encoding", ["cp1252", "iso8859_15", "mac_roman", "utf-16", "utf-8-sig", "utf-16-be"])
@pytest.mark.parametrize("newline", ["\n", "\r"])
def test_encoding_is_told_by_its_letters(encoding, newline):
    name = "Cœur d'Étang à l'île, forêt"
    content = as_csv([{"Territoire": name, "SIREN": "249710062"}] * 3, encoding=encoding, newline=newline)
    assert {row.cells[0] for row in reading.read(content, "x")[1].rows} == {name}


@pytest.mark.parametrize(
    ("line", "text"), [(2, 'a;"b "c" d"'), (3, 'a;"b'), (3, 'a;"b "c'), (2, 'a;"b\nc";1\n"d" e;2')], ids=range(4)
)
def test_wrong_quote_is_blamed_where_its_row_begins(line, text):
    rows = ["Territoire;SIREN", *(["x;1"] * (line - 2)), text, *(["y;2"] * 5)]
    expected = 4 if "\n" in text else line
    with pytest.raises(Exception, match=f"line {expected}: a quote is not closed"):
        reading.read("\n".join(rows).encode(), "x")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        *(
            (b"\x1f\x8b\x08", "gzip"),
            (b"%PDF-1.7", "a PDF document"),
            (b"PAR1", "a Parquet table"),
            (b"[{}]", "a JSON array"),
        ),
        *(
            (b"<!DOCTYPE html>", "a web page"),
            (b"<table>", "a page"),
            (b"SQLite format 3\0", "a database"),
            (b"7z\xbc\xaf", "7z"),
        ),
    ],
)
def test_file_of_another_format_is_told_what_it_is(content, told):
    with pytest.raises(Exception, match=told):
        reading.read(content + b" " * 20, "x")
