"""Texts that a spreadsheet would compute, in files that it opens."""

import unicodedata

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.io import cells


def written(text: str) -> str:
    return cells.defused(pl.DataFrame({"name": [text]})).item()


@pytest.mark.parametrize(
    "text",
    [
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "- phase 1",
        '=HYPERLINK("x")',
        " =1",
        "\u00a0=1",
        "\u200b=1",
        "\ufeff=1",
        "\x00=1",
        " \t＋1+1",
        "－1",
        "＠SUM(A1)",
        "-1+cmd|x",
        "+33 1 23|a",
        "\tVosges",
        "-１",
        "=",
        "@",
        "-12 000 00",
        "\u202e=1",
    ],
)
def test_formula_is_told_from_text_by_an_apostrophe(text):
    assert written(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "-12",
        "+3,5",
        "-0.25",
        "-1\u202f234,5",
        "+12\u00a0%",
        "-1 234",
        "-1e-3",
        " Vosges",
        "\u00a0",
        "a\t=b",
        "a=b",
        "Saint-Brieuc",
        "O'Neil",
        "<script>x</script>",
        '"',
        "01",
        "x" * 300,
    ],
)
def test_honest_text_stays_as_it_is(text):
    assert written(text) == text


def test_only_texts_are_touched():
    frame = pl.DataFrame({"n": [-1, 2], "share": [-0.5, None], "name": [None, "=1"]})
    found = cells.defused(frame)
    assert found.schema == frame.schema
    assert found.rows() == [(-1, -0.5, None), (2, None, "'=1")]


def test_categories_are_texts_too():
    frame = pl.DataFrame({"a": ["=1", "b"], "b": ["@x", "b"]}, schema={"a": pl.Categorical, "b": pl.Enum(["@x", "b"])})
    assert cells.defused(frame).rows() == [("'=1", "'@x"), ("b", "b")]


@given(st.text(max_size=20), st.text(max_size=20))
def test_whatever_comes_in_nothing_starts_a_formula(before, after):
    for text in (before + after, f"={before}", f"{before}=@{after}", f" {before}+{after}"):
        found = written(text)
        assert found in {text, f"'{text}"}
        bare = "".join(one for one in found if not one.isspace() and unicodedata.category(one) not in {"Cf", "Cc"})
        number = bare[1:].replace(",", ".").rstrip("%").replace("e", "").replace("E", "")
        assert bare[:1] not in set("=@＝＠＋－")
        assert bare[:1] not in set("+-") or set(number) <= set("0123456789.+-")


@given(st.text(st.sampled_from("=+-@＝＋－＠ \t\r\n\u00a0\u202f\u200b\ufeff\x000123,.%eEa"), max_size=6))
def test_one_cell_is_judged_as_a_column_is(text):
    frame = cells.defused(pl.DataFrame({"a": [text]}))
    assert cells.computes(text) == (frame.item() != text)
