"""Texts that a spreadsheet would compute, in files that it opens."""

import polars as pl
import pytest

from analysis import cells


def written(text: str) -> str:
    return cells.defused(pl.DataFrame({"name": [text]})).item()


@pytest.mark.parametrize(
    "text",
    ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "- phase 1", '=HYPERLINK("x")'],
)
def test_formula_is_told_from_text_by_an_apostrophe(text):
    assert written(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    ["", "-", "-12", "+3,5", "-0.25", "a=b", "Saint-Brieuc", "O'Neil", "<script>x</script>", '"', "01", "x" * 300],
)
def test_honest_text_stays_as_it_is(text):
    assert written(text) == text


def test_only_texts_are_touched():
    frame = pl.DataFrame({"n": [-1, 2], "share": [-0.5, None], "name": [None, "=1"]})
    found = cells.defused(frame)
    assert found.schema == frame.schema
    assert found.rows() == [(-1, -0.5, None), (2, None, "'=1")]
