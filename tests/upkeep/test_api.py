"""The page of the public API: its recipes are run as they stand, and name every column with its type."""

import re

import pytest

from analysis.charts.catalogue import charts
from analysis.publication.site.tables_read import section_functions
from analysis.tables import TABLES
from analysis.upkeep import api

BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


@pytest.fixture(scope="module")
def page(root):
    return (root / api.WHERE).read_text(encoding="utf-8")


def blocks(page, language):
    return [text for name, text in BLOCK.findall(page) if name == language]


def test_every_python_block_runs_as_it_stands(page, root, monkeypatch):
    monkeypatch.chdir(root)
    found = blocks(page, "python")
    assert len(found) == 3
    for text in found:
        exec(compile(text, api.WHERE, "exec"), {})


@pytest.mark.parametrize("name", ["core_communes", "out_territories", "out_phase_change", "core_claims"])
def test_recipes_name_the_type_of_every_column(name):
    table = TABLES[name]
    told = api.recipes(table)
    (columns,) = re.findall(r"cols\((.*)\)\)", told)
    assert [one.split(" = ")[0] for one in columns.split(", ")] == table.columns
    for one, kind in zip(table.fields, columns.split(", "), strict=True):
        assert kind.endswith(f"= {api.READR[one.type]}")
    csvt = blocks(told, "csvt")[0].strip().split(",")
    assert csvt == [f'"{api.CSVT[one.type]}"' for one in table.fields]
    codes = [one.name for one in table.fields if one.pattern]
    assert all(f"{code} = col_character()" in columns for code in codes)


def test_the_page_names_every_chart_and_every_section(page):
    for name in charts():
        assert f"`from analysis.charts.{name} import {name}`" in page
    for module, functions in section_functions().items():
        assert f"### `analysis.reports.sections.{module}`" in page
        assert all(f"- `{name}`" in page for name in functions)
