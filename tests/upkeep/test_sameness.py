"""Where two files part, as a person would say it."""

import io
import json
from zipfile import ZipFile

import numpy as np
import polars as pl
import pytest
from PIL import Image

from analysis.upkeep.sameness import compare, explain


def parquet(**columns):
    out = io.BytesIO()
    pl.DataFrame(columns).write_parquet(out)
    return out.getvalue()


def png(spot=None):
    pixels = np.zeros((8, 9, 3), np.uint8)
    if spot:
        pixels[spot] = 255
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, format="png")
    return out.getvalue()


def ipynb(*outputs):
    return json.dumps({"cells": [{"source": "x", "outputs": [one]} for one in outputs]}).encode()


def zipped(**parts):
    out = io.BytesIO()
    with ZipFile(out, "w") as file:
        for name, text in parts.items():
            file.writestr(f"{name}.txt", text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("suffix", "one", "other", "said"),
    [
        (".parquet", parquet(a=[1, 2], b=[3, 4]), parquet(a=[1, 2], b=[3, 5]), "column b, row 2: 4 against 5 (1 rows"),
        (".parquet", parquet(a=[1, None]), parquet(a=[1, 2]), "column a, row 2: None against 2"),
        (".parquet", parquet(a=[1]), parquet(a=[1, 2]), "1 rows against 2"),
        (".parquet", parquet(a=[1]), parquet(b=[1]), "columns: a Int64, b Int64"),
        (".png", png(), png((2, 5)), "1 pixels differ, between (5, 2) and (5, 2)"),
        (".ipynb", ipynb("a", "b"), ipynb("a", "c"), "cell 2, outputs: line 2"),
        (".ipynb", ipynb("a"), ipynb("a", "c"), "1 cells against 2"),
        (".xlsx", zipped(a="1", b="2"), zipped(a="1", b="3"), "part b.txt: line 1: '2' against '3'"),
        (".xlsx", zipped(a="1"), zipped(b="1"), "parts: a.txt, b.txt"),
        (".csv", b"a,b\n1,2\n", b"a,b\n1,3\n", "line 2: '1,2' against '1,3'"),
        (".html", b"a\n", b"a\nb\n", "1 lines against 2"),
        (".svg", b"x" * 200 + b"1", b"x" * 200 + b"2", f"line 1: '{'x' * 20}1' against '{'x' * 20}2'"),
        (".gpkg", b"\xff\x00\x01", b"\xff\x00\x02", "byte 2 (3 bytes against 3)"),
        (".parquet", b"PAR1", b"PAR2", "byte 3 (4 bytes against 4)"),
        (".txt", b"a\n", b"a\r\n", "byte 1 (2 bytes against 3)"),
    ],
)
def test_first_difference_is_said_in_the_words_of_the_file(suffix, one, other, said):
    assert said in explain(suffix, one, other)
    assert explain(suffix, one, one) == ""


def test_folders_are_compared_by_path_and_content(tmp_path):
    for name, text in (("one/a/x.txt", "1"), ("one/a/y.txt", "1"), ("other/a/y.txt", "2"), ("other/b.txt", "3")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    found = compare(tmp_path / "one", tmp_path / "other", ["a", "b.txt"])
    assert [(one.path, one.how) for one in found.differences] == [
        ("a/x.txt", "only in the first folder"),
        ("a/y.txt", "line 1: '1' against '2'"),
        ("b.txt", "only in the second folder"),
    ]
    assert (found.files, found.size) == (3, 2)
