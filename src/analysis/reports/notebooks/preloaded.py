"""What the fork server imports once for all notebooks, and the little that every one of them would load again.

Nothing here runs a polars query: a process forked after one would wait for ever. Nothing here registers itself with
IPython (pyplot and the inline backend would): a notebook that imports it does so in its own process, as in a normal
kernel.
"""

import encodings.cp437
import gc

import geopandas as gpd
import IPython.core.application
import IPython.core.completerlib
import IPython.core.logger
import IPython.core.oinspect
import matplotlib.backends.backend_agg
import matplotlib.backends.backend_svg
import nbclient
import nbformat
import numpy as np
import pandas.core.methods.to_dict
import papermill
import PIL.Image
import polars as pl
import rich.console
import shapely
import typer

import analysis.reports.atlas
import analysis.reports.notebooks.child
import analysis.reports.notebooks.warm
from analysis.charts import catalogue as figures
from analysis.charts.drawing import picture, style
from analysis.charts.maps import cartography as carto
from analysis.charts.maps import labels, marks
from analysis.charts.maps.placement import Label
from analysis.i18n import typography
from analysis.i18n.language import FRENCH, LANGUAGES, catalogue
from analysis.io.imports import load_modules
from analysis.registry.geography import MAINLAND, WGS84
from analysis.reports import sections

__all__ = [
    "PIL", "IPython", "analysis", "encodings", "matplotlib", "nbclient", "nbformat", "pandas", "papermill", "rich",
    "typer",
]  # fmt: skip


def _draw() -> None:
    """A small map of nothing, so that fonts, projections and drawing code are ready."""
    square = shapely.box(650_000, 6_600_000, 750_000, 6_700_000)
    frame = gpd.GeoDataFrame({"code": ["a"]}, geometry=[square], crs=MAINLAND).to_crs(WGS84)
    figure = picture.new_figure(4, 4)
    axes, strip = marks.map_axes(figure, picture.compose(figure, "Titre", "Source : é", "Sous-titre"), legend_rows=1)
    view = carto.view_of(np.array([square]), MAINLAND, *marks.frame_size(axes))
    shapes = carto.visible(frame, view).geometry.to_numpy()
    marks.fill(axes, shapes, style.GROUND, level=1, hatch="//")
    labels.annotate(axes, view, [Label("a", "Saint-Étienne – Vallée de l’Ondaine, 1 234", square)])
    marks.legend_strip(strip, view, [(marks.area(style.GROUND), "a"), (marks.line(style.INK, 1), "b")], columns=2)
    drawn = picture.Picture("x", figure, "t", "a", "c", pl.DataFrame({"x": [1]}))
    drawn.png(40)
    drawn.svg()


def _load() -> None:
    """Charts, sections, schema, numbers, catalogues, formats, a drawing; then tell the collector that all stays.

    Without the last, each process would go through every imported object, and copy their memory in passing.
    """
    figures.charts()
    load_modules(sections)
    nbformat.validate(nbformat.v4.new_notebook())
    typography.number(0)
    for name in set(LANGUAGES) - {FRENCH}:
        catalogue(name)
    PIL.Image.preinit()
    _draw()
    gc.collect()
    gc.freeze()


_load()
