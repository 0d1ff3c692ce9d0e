"""Context layers in the downloads: a file each, its own licence, rows that add up to what was read."""

import polars as pl
import pytest

from analysis.io.paths import LAYERS, RAW
from analysis.publication.downloads import context_files, datapackage, workbooks
from analysis.sources import context, provenance
from analysis.sources.provenance import Licence

SHARE_ALIKE = "ODbL-1.0"


@pytest.fixture(scope="module")
def sheets(root, table):
    frames = {name: table(name) for name in context_files.NEEDED}
    return {one.name: one for one in context_files.sheets(context.load(root / LAYERS), frames)}


@pytest.fixture(scope="module")
def known(root):
    return provenance.load_sources(root / RAW / "sources.yaml")


def test_each_layer_has_two_files_of_its_own(sheets):
    layers = ["employment_sectors", "private_employees", "rural_revitalisation", "town_centre_operations",
              "town_programmes"]  # fmt: skip
    assert list(sheets) == [name for one in layers for name in (one, f"{one}_units")]
    for sheet in sheets.values():
        assert sheet.frame.columns == [one.name for one in sheet.fields]
        assert sheet.frame.select(sheet.key).is_unique().all()


def test_share_alike_stays_with_the_file_that_it_is_of(sheets, known):
    found = {name: datapackage.licences(one.sources, known, "MIT") for name, one in sheets.items()}
    assert [name for name, one in found.items() if SHARE_ALIKE in one] == [
        "private_employees",
        "private_employees_units",
    ]
    assert found["private_employees_units"] == [SHARE_ALIKE]
    assert found["employment_sectors_units"] == ["etalab-2.0"]
    assert found["rural_revitalisation_units"] == ["LicenseRef-CRPA-L321-1"]


def test_units_hold_what_was_read_in_codes_of_2024(sheets, raw):
    frame = sheets["private_employees_units"].frame
    assert frame["employees_2024"].sum() == 19_995_376
    assert set(frame["code"]) <= set(raw["communes"]["commune_code"])
    assert frame.schema["employees_2024"] == pl.Int64
    assert sheets["employment_sectors_units"].frame.schema["industry_share"] == pl.Float64
    assert sheets["town_programmes_units"].frame["acv"].sum() == 245


def test_rows_bear_the_names_of_what_they_are_told_for(sheets):
    frame = sheets["private_employees"].frame
    assert frame["name"].null_count() == 0
    assert frame.filter(level="country", column="employees", year=2024, phase=0)["name"].to_list() == ["France"]
    assert context_files.years(sheets["private_employees"]) == (2014, 2024)


def test_the_licences_of_the_tables_made_of_layers(root, table, known):
    frames = {name: table(name) for name in ("out_employment_groups", "out_industry_share")}
    employees, industry = workbooks.national_sheets(frames, context.load(root / LAYERS))
    assert SHARE_ALIKE in datapackage.licences(employees.sources, known, "MIT")
    assert SHARE_ALIKE not in datapackage.licences(industry.sources, known, "MIT")


def test_a_licence_without_a_name_in_spdx_leads_to_its_law():
    assert datapackage.address("ODbL-1.0") == "https://spdx.org/licenses/ODbL-1.0.html"
    assert datapackage.address("LicenseRef-CRPA-L321-1").startswith("https://www.legifrance.gouv.fr/")


def test_a_licence_that_nobody_knows_is_never_taken_for_the_project_s_own(known):
    licence = Licence(name="Licence inventée, 3", stated_at="ici")
    known = known | {"mine": known["dgaln-ort-2026"].model_copy(update={"id": "mine", "licence": licence})}
    assert datapackage.licences(["mine"], known, "MIT") == ["LicenseRef-Licence-inventee-3"]
    assert datapackage.licences(["latribune-2019"], known, "MIT") == ["MIT"]
    assert datapackage.address("LicenseRef-Licence-inventee-3") == "sources.csv"


def test_a_credit_line_says_the_licence_that_asks_for_it(known):
    line = provenance.credit_line(["urssaf-employees-2024", "dgaln-ort-2026"], known)
    assert "2014 à 2024 (ODbL 1.0)" in line
    assert "Licence Ouverte" not in line
