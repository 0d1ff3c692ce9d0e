"""Every code and name of a members' cell is taken, or refused with its line; names are invented."""

import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from updating import as_csv

from analysis.io.paths import RAW
from analysis.upkeep.updates import cell, formats, identity, letters, list_entries, member_codes

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


@pytest.mark.parametrize("style", ["{name} ({code})", "{code} {name}"])
def test_member_without_its_code_is_refused_with_its_line_whatever_parts_them(raw, listed, style):
    members = [(row["EPCI"], row["SIREN"]) for row in listed(2)][:3]
    known = member_codes.Members(raw)
    for separator in (one for one in SEPARATORS if one):
        for lost in range(3):
            parts = [
                name if rank == lost else style.format(name=name, code=code)
                for rank, (name, code) in enumerate(members)
            ]
            found = taken([{"Territoire": "T", "Membres": separator.join(parts)}])
            told = [*found.problems, *known.problems(found.entries, grouped=found.grouped)]
            assert [one.place for one in told][:1] == ["line 2"], (separator, lost)
            if style.startswith("{name"):
                assert members[lost][0].split()[-1] in " ".join(one.what for one in told)


def test_names_with_an_and_a_comma_or_a_bracket_are_those_of_their_codes(raw):
    known = member_codes.Members(raw)
    named = [(code, name) for code, name, *_ in raw["intercommunalities"].iter_rows()]
    odd = [one for one in named if any(sign in one[1] for sign in (" et ", ",", "/", "(", " - ", "&"))][:60]
    odd += [(code, f"{name} (Ain)") for code, name in named[:5]]
    found = taken([{"Territoire": "T", "Membres": " et ".join(f"{name} ({code})" for code, name in odd)}])
    assert [one.siren for one in found.entries] == [code for code, _ in odd]
    assert not [one.what for one in known.problems(found.entries, grouped=True) if "more than the name" in one.what]


def without_lone_communes(raw):
    """The raw tables before any commune was a member on its own."""
    return {**raw, "commune_members": raw["commune_members"].clear()}


def test_commune_is_found_by_its_name_within_the_departement_of_its_siren(raw):
    known = member_codes.Members(without_lone_communes(raw))
    rows = [
        *("Beissat (212301907)", "Courtine (La) (212306708)", "COMMUNE DE CLAIRAVAUX (212306302)"),
        *("Ajaccio (212000046)", "St Martial le Vieux (212321509)", "Paris (217500016)", "Basse-Terre (219711058)"),
    ]
    found = taken([{"Territoire": f"T{rank}", "Membres": one} for rank, one in enumerate(rows)])
    done = known.completed(found.entries, [], [])
    assert [one.commune for one in done] == ["23019", "23067", "23063", "2A004", "23215", "75056", "97105"]


@pytest.mark.parametrize(
    ("member", "told"),
    [
        ("Beissat (212301908)", "its last digit does not fit the others"),
        ("Ville-Imaginaire (212301907)", "no commune of Creuse has that name (its digits rather say"),
        ("(212301907)", "no commune of Creuse has that name"),
    ],
)
def test_commune_that_is_not_found_is_named_with_what_comes_near(raw, member, told):
    known = member_codes.Members(without_lone_communes(raw))
    found = taken([{"Territoire": "T", "Membres": member}])
    done = known.completed(found.entries, [], [])
    assert [told in one.what for one in known.problems(done)] == [True]


def test_list_of_communes_is_read_as_its_intercommunalities(raw):
    places = raw["communes"].filter(pl.col("epci_code").is_in(["249710062", "200018653"]))
    cells = zip(places["commune_code"], places["name"], places["epci_code"], strict=True)
    rows = [{"id_ti": f"ti-01{code[-2:]}", "insee_com": one.lstrip("0"), "lib_com": name} for one, name, code in cells]
    known, problems, remarks = member_codes.Members(raw), [], []
    done = known.completed(taken(rows).entries, problems, remarks)
    assert {(one.territory_id, one.siren) for one in done} == {("ti-0162", "249710062"), ("ti-0153", "200018653")}
    assert not problems
    assert "are read as 2 intercommunalities and 0 communes" in remarks[0].what
    known.completed(taken(rows[1:]).entries, problems, remarks)
    assert "communes of" in problems[0].what
    assert places["name"][0] in problems[0].what


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
        ("-", "SIREN '-' of CC du Rêve is not nine digits"),
        ("– ; *", "is not nine digits"),
        ("()", "is not nine digits"),
    ],
)
def test_siren_that_lost_digits_is_named_with_its_line(text, told):
    found = taken([{"Territoire": "T", "SIREN": text, "EPCI": "CC du Rêve"}])
    assert [one.place for one in found.problems] == ["line 2"]
    assert told in found.problems[0].what


@pytest.mark.parametrize(
    "text", ["101", "0101", "TI 0101", "TI_0101", "ti-0101", "101.0", "0101,0", "'0101", "ti‑0101"]
)
def test_identifier_is_read_as_people_write_it(text):
    found = taken([{"Identifiant": text, "SIREN": "249710062"}])
    assert [one.territory_id for one in found.entries] == ["ti-0101"]


def test_siren_in_a_territory_or_above_the_headings_is_no_title(work_out):
    found = taken([{"Territoire": "Vallée 249710062", "SIREN": "249710070"}])
    assert "the cell of territory holds a SIREN, 249710062" in found.problems[0].what
    with pytest.raises(Exception, match="line 1: a member stands above the headings"):
        formats.read(b"T;249710062\nTerritoire;SIREN\nT;249710070\n", "x")


def taken(rows) -> list_entries.Listing:
    _, columns = formats.read(as_csv(rows), "x")
    return list_entries.read(columns, 2)


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


BROKEN = [
    *("Ancenis Ch_teaubriant", "Ancenis Chteaubriant", "Ancenis Ch teaubriant", "Ancenis Chbteaubriant"),
    *(r"Ancenis Ch\xe2teaubriant", "Ancenis Ch%C3%A2teaubriant", "Ancenis Ch=C3=A2teaubriant", "Ancenis Ch?teaubriant"),
    *(
        "Ancenis Ch&amp;#226;teaubriant",
        "Ancenis Chﾃ｢teaubriant",
        "Ancenis Ch\ufffdteaubriant",
        "Ancenis Ch□teaubriant",
    ),
]


@pytest.mark.parametrize("name", BROKEN)
def test_broken_name_is_told_from_the_good_one(name):
    mended = letters.mended(name)
    assert letters.strange(mended) or letters.lost(mended, "Ancenis Châteaubriant")


@pytest.mark.parametrize("name", ["Ancenis – Châteaubriant", "Pays d’Ancenis", "Ancenis Charente", "Âncenis"])
def test_other_name_is_none_that_lost_letters(name):
    assert not letters.strange(name)
    assert not letters.lost(name, "Ancenis Châteaubriant")
    assert not identity.poorer(name, "Ancenis Châteaubriant")


def test_good_name_is_never_replaced_by_a_broken_one(work_out, listed):
    with pytest.raises(Exception, match=r"line 2: name 'Ancenis Ch_teaubriant' has lost letters of"):
        work_out(as_csv(called(listed, BROKEN[0])), 2)


@pytest.mark.parametrize("name", ["ANCENIS CHÂTEAUBRIANT", "Ancenis Chateaubriant", "ancenis châteaubriant"])
def test_name_without_its_accents_or_capitals_is_a_poorer_one(name):
    assert identity.poorer(name, "Ancenis Châteaubriant")
    assert not identity.poorer("Ancenis Châteaubriant", name)


def test_poorer_name_leaves_that_in_force_and_is_told(work_out, listed):
    update = work_out(as_csv(called(listed, "ANCENIS CHATEAUBRIANT")), 2)
    assert RAW / "territories.csv" not in update.contents
    assert "1 name(s) of territories without their accents" in str(update.remarks[0])


def called(listed, name: str):
    """The list in force, Ancenis Châteaubriant first and under another name."""
    rows = sorted(listed(2), key=lambda row: row["Identifiant"] != "ti-5201")
    return [row | ({"Nom du territoire": name} if row["Identifiant"] == "ti-5201" else {}) for row in rows]


def test_codes_sorted_apart_from_their_names_are_refused(work_out, listed):
    rows = listed(2)
    shifted = [row | {"SIREN": rows[rank - 1]["SIREN"]} for rank, row in enumerate(rows)]
    with pytest.raises(Exception, match="names have nothing to do with their codes: were columns sorted apart"):
        work_out(as_csv(shifted), 2)


@pytest.mark.parametrize("sign", ["\u200b", "\u00ad", "\ufeff", "\u200f", "\u2060", "\u034f", "\ufe0f"])
def test_signs_that_nobody_sees_count_nowhere(sign):
    row = {"Identifiant": "ti-0101", "SIREN": "249710062", "EPCI": "CC du Rêve"}
    broken = {f"{key[:2]}{sign}{key[2:]}": f"{sign}{cell[:4]}{sign}{cell[4:]}" for key, cell in row.items()}
    found = taken([broken])
    assert [(one.territory_id, one.siren, one.member) for one in found.entries] == [tuple(row.values())]
    assert not found.problems


@pytest.mark.parametrize("encoding", ["cp1252", "iso8859_15", "mac_roman", "utf-16", "utf-8-sig", "utf-16-be"])
@pytest.mark.parametrize("newline", ["\n", "\r"])
def test_encoding_is_told_by_its_letters(encoding, newline):
    name = "Cœur d'Étang à l'île, forêt"
    content = as_csv([{"Territoire": name, "SIREN": "249710062"}] * 3, encoding=encoding, newline=newline)
    assert {row.cells[0] for row in formats.read(content, "x")[1].rows} == {name}


@pytest.mark.parametrize(
    ("line", "text"), [(2, 'a;"b "c" d"'), (3, 'a;"b'), (3, 'a;"b "c'), (2, 'a;"b\nc";1\n"d" e;2')], ids=range(4)
)
def test_wrong_quote_is_blamed_where_its_row_begins(line, text):
    rows = ["Territoire;SIREN", *(["x;1"] * (line - 2)), text, *(["y;2"] * 5)]
    expected = 4 if "\n" in text else line
    with pytest.raises(Exception, match=f"line {expected}: a quote is not closed"):
        formats.read("\n".join(rows).encode(), "x")


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
        formats.read(content + b" " * 20, "x")
