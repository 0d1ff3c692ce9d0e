"""Tables of other libraries, and other outputs of notebooks, as pages show them. All invented."""

import geopandas as gpd
import pandas as pd
import polars as pl
import pytest
import shapely
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.errors import SiteError
from analysis.publication.site import notebooks as site_notebooks
from analysis.publication.site.library_tables import house_table

ROWS = {"nom": ["L'Est <b>", None], "code": ["01", "2A"], "part": [1234.5, 2.25], "année": [2019, 2023]}


def shown(data, source="frame"):
    cell = new_code_cell(source, outputs=[new_output("display_data", data)], id="x")
    page = site_notebooks.page("10_x", new_notebook(cells=[new_markdown_cell("# T\n\nL."), cell]))
    return page.notebook.cells[1].outputs[0].data


@pytest.mark.parametrize(
    "frame",
    [pl.DataFrame(ROWS), pd.DataFrame(ROWS), gpd.GeoDataFrame(ROWS, geometry=[shapely.Point(0, 1)] * 2)],
    ids=lambda one: type(one).__module__.partition(".")[0],
)
def test_frame_is_a_table_of_the_house(frame):
    html = shown({"text/html": frame._repr_html_(), "text/plain": "x"})["text/html"]
    assert '<table class="atlas-table">' in html
    assert '<th scope="col">nom</th>' in html
    assert "<td>L’Est &lt;b&gt;</td>" in html
    assert '<td class="number">2019</td>' in html
    assert "1\u202f234,5" in html
    assert "n. d." in html
    for foreign in ("<div><style", "&lt;div", "&lt;style", "dataframe", "border=", "i64", "shape:"):
        assert foreign not in html


def test_long_frame_says_how_many_rows_it_has():
    html = house_table(pl.DataFrame({"a": range(12_000)})._repr_html_())
    assert "<caption>Tableau, lignes et colonnes : 12\u202f000 × 1</caption>" in html
    assert "<td>…</td>" in html
    assert "12\u202f000 × 1" not in house_table(pl.DataFrame({"a": range(3)})._repr_html_())


def test_headings_over_several_columns_keep_their_spans():
    frame = pd.DataFrame([[1, 2]], columns=pd.MultiIndex.from_tuples([("phase", "un"), ("phase", "deux")]))
    assert '<th scope="col" colspan="2">phase</th>' in house_table(frame._repr_html_())


def test_series_is_a_table_too():
    assert '<td class="number">2</td>' in house_table(pl.Series("n", [1, 2])._repr_html_())


@pytest.mark.parametrize("html", ["<p>x</p>", "<table></table><table></table>", "<div>Lire<table></table></div>", ""])
def test_what_is_not_one_table_is_none(html):
    assert house_table(html) == ""


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"text/html": pl.LazyFrame({"a": [1]})._repr_html_()}, "a query that was not run"),
        ({"text/html": "<div id='chart'></div><script>draw()</script>"}, "HTML with div, script"),
        ({"text/html": "<h3>Titre</h3>"}, "HTML with h3"),
        ({"image/svg+xml": "<svg/>", "text/plain": "POINT (0 1)"}, "image/svg+xml"),
        ({"application/vnd.plotly.v1+json": {}, "text/plain": "Figure({})"}, "application/vnd.plotly.v1+json"),
        ({"application/vnd.vegalite.v5+json": {}, "text/plain": "alt.Chart(...)"}, "application/vnd.vegalite.v5+json"),
        ({"application/json": {"a": 1}, "text/plain": "<IPython.core.display.JSON object>"}, "application/json"),
        ({"text/latex": "$x$", "text/plain": "x"}, "text/latex"),
        ({"text/plain": "<pandas.io.formats.style.Styler at 0x0>"}, "Styler at 0x0>"),
        ({"text/plain": "[<matplotlib.lines.Line2D at 0x7f3a5c0d1e50>]"}, "Line2D"),
        ({"image/png": "", "text/plain": "<Figure size 640x480 with 1 Axes>"}, "has no alternative text"),
    ],
    ids=lambda one: str(one)[:30],
)
def test_other_output_is_named_with_its_notebook_and_cell(data, told):
    with pytest.raises(SiteError, match=r"outputs/notebooks/10_x.ipynb, cell `draw\(data\)`") as caught:
        shown(data, "data = 1\ndraw(data)")
    assert told in str(caught.value)
    assert caught.value.repair


@pytest.mark.parametrize(
    "text", ["42", "'texte'", "{'a': [1, 2]}", "0    1\n1    2\nName: n, dtype: int64", "a < b > c"]
)
def test_text_that_says_something_is_shown(text):
    assert shown({"text/plain": text}) == {"text/plain": text}
