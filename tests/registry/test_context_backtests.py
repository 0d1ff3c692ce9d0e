"""Totals that the producers of the context layers publish, found again from the project's own tables."""

import polars as pl
import pytest

FRANCE_2024 = 19_995_376  # Urssaf's own row for France
PROGRAMMES = {"acv": 245, "pvd": 1_646, "ort": 2_265}


def test_employees_of_the_communes_add_up_to_the_producers_total(table):
    assert table("core_context").filter(column="employees", year=2024)["value"].sum() == FRANCE_2024


def test_no_employee_is_lost_between_the_file_and_the_table_in_any_year(root, table):
    listed = pl.read_csv(root / "data/raw/layers/private_employees.csv", schema_overrides={"commune_code": pl.String})
    years = dict(table("core_context").filter(column="employees").group_by("year").agg(pl.col("value").sum()).rows())
    assert years == {year: listed[f"employees_{year}"].sum() for year in range(2014, 2025)}


def test_the_employees_are_those_of_32_893_rows_and_mayotte_is_absent(raw, root, table):
    codes = table("core_context").filter(column="employees")["code"].unique()
    listed = pl.read_csv(root / "data/raw/layers/private_employees.csv", infer_schema=False)["commune_code"]
    assert len(listed) == 32_893
    assert len(set(listed) - set(raw["communes"]["commune_code"])) == 26
    assert not codes.str.starts_with("976").any()


@pytest.mark.parametrize(("column", "communes"), PROGRAMMES.items())
def test_programmes_have_their_number_of_communes(table, column, communes):
    assert table("core_context").filter(column=column)["value"].sum() == communes


def test_shares_of_employment_add_up_to_100(table):
    shares = table("core_context").filter(layer="employment_sectors")
    sums = shares.group_by("code").agg(pl.col("value").sum())
    assert sums.height == 1_244 - 1  # without Paris, which is no intercommunality
    assert ((sums["value"] - 100).abs() <= 0.1).all()


def test_classed_communes_are_those_of_the_list(raw, root, table):
    listed = pl.read_csv(root / "data/raw/layers/rural_revitalisation.csv", infer_schema=False)
    assert listed.height == 19_934
    again = set(listed["commune_code"]) - set(raw["communes"]["commune_code"])
    read = set(table("core_context").filter(column="frr")["code"])
    assert len(again) == 6
    ended = (
        raw["cog_changes"]
        .filter(edition=2025, change="ended")
        .filter(pl.col("successor_code").is_in(listed["commune_code"].implode()))
    )
    merged = set(ended["commune_code"])  # in COG 2024 still communes of their own, of which the list classes the whole
    assert merged
    assert read == set(listed["commune_code"]) - again | {"12076", "14011", "15141"} | merged
