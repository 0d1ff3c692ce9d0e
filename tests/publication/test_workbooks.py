"""Workbooks: what a région's sheets hold, on tiny tables and on the real ones, and the bytes of the files."""

import re
import zipfile
from html import unescape
from io import BytesIO

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InvalidTableError
from analysis.i18n.language import speaking
from analysis.io.paths import LAYERS
from analysis.publication.downloads import workbooks, xlsx
from analysis.publication.downloads.xlsx import Sheet
from analysis.sources import context, provenance
from analysis.tables import published_names, schema
from analysis.tables.schema import Field, Table

TERRITORIES = pl.DataFrame(
    [
        (1, "ti-4401", "Vosges", "44", "Grand Est"),
        (2, "ti-4401", "Grand Reims", "44", "Grand Est"),
        (2, "ti-4402", "Vosges", "44", "Grand Est"),
        (2, "ti-3201", "Vimeu", "32", "Hauts-de-France"),
    ],
    schema=["phase", "territory_id", "name", "region_code", "region_name"],
    orient="row",
)


def verdicts(*rows: tuple[str, str, int | None]) -> tuple[pl.DataFrame, pl.DataFrame]:
    schema = {"claim_id": pl.String, "place": pl.String, "phase": pl.Int64}
    found = pl.DataFrame(rows, schema=schema, orient="row").with_columns(
        source_id=pl.lit("launch-2018"), verdict=pl.lit("confirmed")
    )
    return found, found.select("claim_id", sentence=pl.concat_str(pl.lit("Phrase "), "claim_id"))


def small_tables() -> dict[str, pl.DataFrame]:
    found, claims = verdicts(("a", "Vosges", 2), ("b", "Vimeu", 2))
    keys = TERRITORIES.select("phase", "territory_id")
    coverage = [(1, "44", "Grand Est", 45.5), (1, "FR", "France", 40.0), (1, "32", "Hauts-de-France", 30.0)]
    communes = [
        ("51001", "A", "44", None, "ti-4401"),
        ("80001", "B", "32", None, None),
        ("88001", "C", "44", "ti-4401", "ti-4402"),
    ]
    return {
        "core_claims": claims,
        "core_communes": pl.DataFrame(
            communes, schema=["commune_code", "name", "region_code", "territory_1", "territory_2"], orient="row"
        ),
        "core_members": keys.with_columns(member_code=pl.concat_str("phase", "territory_id")),
        "core_territories": TERRITORIES,
        "out_ledger": found,
        "out_region_coverage": pl.DataFrame(
            coverage, schema=["phase", "region_code", "region_name", "population_share_pct"], orient="row"
        ),
        "out_territories": TERRITORIES.drop("region_name").sample(fraction=1, shuffle=True, seed=1),
    }


def sheets_of(code: str, **more: pl.DataFrame) -> dict[str, Sheet]:
    return {one.name: one for one in workbooks.region_sheets(code, small_tables() | more)}


def sheet(*rows: dict[str, object], name: str = "x", fields: tuple[Field, ...] = ()) -> Sheet:
    frame = pl.DataFrame(rows)
    return Sheet(name, "Titre", frame, fields or tuple(Field(column, column) for column in frame.columns))


def parts(book: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(book)) as files:
        return {name: files.read(name).decode() for name in files.namelist()}


# --- sheets ------------------------------------------------------------------------------------------------


def test_region_sheets_hold_its_own_rows_in_the_order_of_their_keys():
    found = sheets_of("44")
    keys = [(1, "ti-4401"), (2, "ti-4401"), (2, "ti-4402")]
    assert list(found["territories"].frame.select("phase", "territory_id").iter_rows()) == keys
    assert found["members"].frame["territory_name"].to_list() == ["Vosges", "Grand Reims", "Vosges"]
    assert found["coverage"].frame["region_code"].to_list() == ["44", "FR"]


def test_commune_is_named_the_territory_of_each_phase_though_ids_are_the_same():
    frame = sheets_of("44")["communes"].frame
    assert frame["commune_code"].to_list() == ["51001", "88001"]
    assert frame["territory_1_name"].to_list() == [None, "Vosges"]
    assert frame["territory_2_name"].to_list() == ["Grand Reims", "Vosges"]


def test_figures_are_those_of_the_region_and_of_its_territories_in_their_phase():
    here = TERRITORIES.filter(region_code="44")
    rows = [
        ("a", "Grand Est", None), ("b", "Vosges", None), ("c", "Grand Reims", 1), ("d", "Grand Reims", 2),
        ("e", "Vimeu", 2), ("f", "France", 1),
    ]  # fmt: skip
    found = workbooks.judged("Grand Est", here, *verdicts(*rows))
    assert found["claim_id"].to_list() == ["a", "b", "d"]  # Grand Reims is no territory of phase 1
    assert found["verdict_label"].unique().to_list() == ["confirmé"]
    assert found["sentence"].to_list() == ["Phrase a", "Phrase b", "Phrase d"]


def test_region_without_figures_keeps_the_sheet_with_its_columns():
    frame = sheets_of("02")["ledger"].frame
    assert frame.is_empty()
    assert {"verdict_label", "sentence"} <= set(frame.columns)


def test_changes_are_included_when_they_are_there_and_lists_are_joined():
    change = pl.DataFrame({"phase2_id": ["ti-4401", "ti-3201"], "phase1_ids": [["ti-4401", "ti-4402"], []]})
    fate = pl.DataFrame({"phase1_id": ["ti-4401", "ti-3201"], "phase2_ids": [None, ["ti-3201"]]})
    member = pl.DataFrame(
        {
            "member_code": ["1", "2", "3"],
            "phase1_id": ["ti-4401", "ti-4402", None],
            "phase2_id": [None, None, "ti-4402"],
        }
    )
    region = pl.DataFrame({"region_code": ["32", "44", "FR"]})
    found = sheets_of(
        "44", out_phase_change=change, out_phase1_fate=fate, out_member_change=member, out_region_change=region
    )
    assert not {"phase_change", "phase1_fate", "member_change", "region_change"} & set(sheets_of("44"))
    assert list(found["phase_change"].frame.iter_rows()) == [("ti-4401", "ti-4401;ti-4402")]
    assert list(found["phase1_fate"].frame.iter_rows()) == [("ti-4401", None)]
    assert found["member_change"].frame["member_code"].to_list() == ["1", "3"]  # ti-4402 is no id of phase 1
    assert found["region_change"].frame["region_code"].to_list() == ["44", "FR"]


def test_sources_are_those_that_the_sheets_use(root):
    known = provenance.load_sources(root / "data/raw/sources.yaml")
    ledger = Sheet("ledger", "Titre", pl.DataFrame({"a": [1]}), (Field("a", "A"),), ("launch-2018", "anct-lists"))
    frame = workbooks.sources_sheet([ledger], known).frame
    assert frame["id"].to_list() == ["anct-lists", "anct-list-2024", "launch-2018"]  # a list with its later edition
    assert known["anct-list-2024"].updates == "anct-lists"
    assert frame.columns == ["id", "producer", "title", "url", "published", "licence"]
    assert frame["licence"][0] == "Licence Ouverte 2.0"


def test_sheet_names_the_sources_that_its_rows_refer_to():
    editions = pl.DataFrame({"id": ["2020-10", "2022-12"], "source": ["cdc-list-2020", "anct-lists"]})
    (found,) = workbooks.national_sheets({"out_editions": editions}, {})
    assert {"anct-lists", "cdc-list-2020"} <= set(found.sources)


def test_ledger_names_the_sources_of_its_rows():
    assert "launch-2018" in sheets_of("44")["ledger"].sources
    assert "launch-2018" not in sheets_of("02")["ledger"].sources


# --- headings and files ------------------------------------------------------------------------------------


def test_headings_say_the_unit_and_differ():
    fields = (Field("a", "Superficie", unit="km2"), Field("b", "Nom"), Field("c", "nom"))
    assert list(xlsx.headings(fields).values()) == ["Superficie (km²)", "Nom", "nom [c]"]


def test_texts_are_never_formulas_and_numbers_are_numbers():
    fields = (Field("code", "Code"), Field("n", "Nombre", "integer"), Field("share", "Part", "number", "%"))
    rows = sheet({"code": "01", "n": 3, "share": 45.5}, {"code": "=1+1", "n": 4, "share": None}, fields=fields)
    inside = parts(xlsx.workbook("Titre", "Description.", [rows]))
    cells = inside["xl/worksheets/sheet1.xml"]
    assert "<f>" not in cells
    assert 'state="frozen"' in cells
    assert re.findall(r'<c r="B\d"(?: s="\d+")?><v>(\d)</v>', cells) == ["3", "4"]
    assert re.search(r'<c r="A2"(?: s="\d+")? t="s">', cells)
    assert "<t>=1+1</t>" in inside["xl/sharedStrings.xml"]
    assert {"Code", "Nombre", "Part (%)"} <= set(re.findall("<t>(.*?)</t>", inside["xl/sharedStrings.xml"]))


def test_texts_of_a_producer_stay_texts():
    texts = [
        "=cmd|' /C calc'!A0",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        '<script>alert("x")</script>',
        "https://a.example",
        "é" * 300,
    ]
    inside = parts(xlsx.workbook("T", "D.", [sheet(*({"name": text} for text in texts))]))
    cells = inside["xl/worksheets/sheet1.xml"]
    assert "<f>" not in cells
    assert "<hyperlink" not in cells
    assert len(re.findall(r'<c r="A\d+"(?: s="\d+")? t="s">', cells)) == len(texts) + 1
    shared = [unescape(one) for one in re.findall("<t[^>]*>(.*?)</t>", inside["xl/sharedStrings.xml"], re.DOTALL)]
    assert set(texts) <= set(shared)


def test_text_too_long_for_a_cell_is_refused_rather_than_lost():
    with pytest.raises(InvalidTableError, match="x: column name has a text of 32768 characters"):
        xlsx.workbook("T", "D.", [sheet({"name": "x" * 32_768})])


def test_headings_and_units_follow_the_language():
    fields = (Field("n", "Population municipale 2022", unit="inhabitant"), Field("p", "Part des communes", unit="%"))
    assert list(xlsx.headings(fields).values()) == [
        "Population municipale 2022 (habitants)", "Part des communes (%)",
    ]  # fmt: skip
    with speaking("en"):
        assert list(xlsx.headings(fields).values()) == [
            "Municipal population, 2022 (inhabitants)", "Share of the communes (%)",
        ]  # fmt: skip


def test_properties_describe_the_sheets_without_the_clock():
    about = parts(xlsx.workbook("Atlas : Corse", "Listes.", [sheet({"a": 1})]))["docProps/core.xml"]
    assert "<dc:title>Atlas\u00a0: Corse</dc:title>" in about
    assert "Listes. Feuilles\u00a0: x\u00a0: Titre." in about
    assert "1980-01-01" in about


def test_same_sheets_give_the_same_bytes():
    every = list(sheets_of("44").values())
    assert xlsx.workbook("T", "D.", every) == xlsx.workbook("T", "D.", every)


# --- real tables -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real(table):
    return {name: table(name) for name in workbooks.NEEDED}


def test_regions_share_out_every_row_of_the_lists(real):
    codes = sorted(set(real["core_communes"]["region_code"]))
    every = [{one.name: one for one in workbooks.region_sheets(code, real)} for code in codes]
    for name, whole in (("territories", "out_territories"), ("members", "core_members"), ("communes", "core_communes")):
        assert sum(one[name].frame.height for one in every) == real[whole].height
    of_places = (
        real["out_ledger"].filter(place="Grand Est").height + real["out_ledger"].filter(place="Nord Lorraine").height
    )
    assert next(one for one, code in zip(every, codes, strict=True) if code == "44")["ledger"].frame.height == of_places


def test_every_sheet_has_french_headings_from_the_catalogue(real):
    for one in (*workbooks.region_sheets("44", real), *workbooks.national_sheets(real, {})):
        assert all(field.title != field.name for field in one.fields), one.name
        assert one.sources, one.name
        assert one.title != one.name


def test_every_published_table_knows_its_sources(root, table):
    known = provenance.load_sources(root / "data/raw/sources.yaml")
    frames = {name: table(name) for name in published_names()}
    for one in workbooks.national_sheets(frames, context.load(root / LAYERS)):
        assert one.sources, one.name
        assert set(one.sources) <= set(known)


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=4), min_size=1, max_size=5))
def test_flattened_lists_are_read_back_as_they_were(parts):
    fields = (Field("code", "Code"), Field("parts", "Parties", "list", pattern="[a-z]"))
    listed = Table("listed", "Parties", fields, key=("code",))
    frame = pl.DataFrame(
        {"code": [str(rank) for rank in range(len(parts))], "parts": parts},
        schema_overrides={"parts": pl.List(pl.String)},
    )
    text = workbooks.flattened(frame)
    assert text.schema["parts"] == pl.String
    assert schema.check(text, listed, "listed.csv").equals(frame)
