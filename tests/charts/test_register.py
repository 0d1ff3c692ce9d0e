"""The declaration of a figure: its name, its place, its tables, its sources; what is not declared is refused."""

import inspect

import geopandas as gpd
import matplotlib as mpl
import pytest
from figures import drawn, figures

from analysis.charts import register
from analysis.charts.catalogue import charts
from analysis.charts.drawing import style
from analysis.charts.drawing.picture import Picture
from analysis.charts.register import PLACE, VIEWS, chart, chart_of, place_of, tables_in, tables_read
from analysis.errors import FigureError
from analysis.reports import views
from analysis.reports.atlas import Atlas
from analysis.tables import TABLES


@pytest.fixture
def empty(monkeypatch):
    monkeypatch.setattr(register, "CHARTS", {})


def declared(name, **declaration):
    """A function declared as the chart of a module of its name."""

    def draw(out_plan, credit):
        raise NotImplementedError

    draw.__name__, draw.__module__ = name, f"analysis.charts.{name}"
    return chart(**declaration)(draw)


def test_a_declared_function_stays_the_function_and_knows_its_sources(empty):
    draw = declared("bars", sources=["anct-lists"], cited="out_plan")
    assert chart_of(draw).draw is draw
    assert (chart_of(draw).name, chart_of(draw).sources, chart_of(draw).cited) == ("bars", ("anct-lists",), "out_plan")


def test_a_declared_function_draws_in_the_house_style(empty):
    def bars():
        return mpl.rcParams["font.size"], mpl.rcParams["axes.spines.top"]

    bars.__module__ = "analysis.charts.bars"
    before = mpl.rcParams["font.size"]
    assert chart(sources=["anct-lists"])(bars)() == (style.FONT_SIZE, False)
    assert mpl.rcParams["font.size"] == before


def test_a_figure_without_sources_is_refused(empty):
    with pytest.raises(FigureError, match=r"analysis.charts.bars.bars: a figure without any source. Give @chart"):
        declared("bars")


def test_a_figure_that_has_not_the_name_of_its_module_is_refused():
    with pytest.raises(FigureError, match="a figure has the name of its module. Name the function test_register"):

        @chart(sources=["anct-lists"])
        def bars(out_plan, credit):
            raise NotImplementedError


def test_a_function_that_is_no_chart_is_refused_by_name(empty):
    with pytest.raises(FigureError, match=r"nothing says where the figure print is from. Declare it with @chart"):
        chart_of(print)


def test_tables_and_place_are_told_by_the_parameters():
    def some_chart(out_plan: int, judged: str, region_code: str, phase: int, other: float, credit: str) -> None: ...

    assert tables_in(some_chart) == {"out_plan": int, "judged": str}
    assert place_of(some_chart) == ("region_code", "phase")
    assert tables_read(some_chart) == {"out_plan", "core_claims", "out_ledger"}


def test_views_are_made_of_tables():
    assert {table for made_of in VIEWS.values() for table in made_of} <= set(TABLES)
    assert not set(VIEWS) & set(TABLES)


def test_views_name_the_tables_that_what_makes_them_takes():
    made = {name: tuple(tables_in(make)) for name, make in {**views.LAYERS, **views.MADE}.items()}
    assert made == {name: made_of for name, made_of in VIEWS.items() if name != views.JUDGED}


@pytest.mark.parametrize("one", charts().values(), ids=charts())
def test_every_chart_takes_tables_its_place_and_its_credit_line_and_nothing_else(one):
    given = inspect.signature(one.draw)
    tables = tables_in(one.draw)
    assert tables
    assert list(given.parameters) == [*tables, *place_of(one.draw), "credit"]
    assert given.return_annotation is Picture
    outlined = {name for name, kind in tables.items() if kind is gpd.GeoDataFrame}
    assert all(TABLES[name].geometry for name in outlined)
    assert inspect.getdoc(one.draw)


@pytest.mark.parametrize(("figure", "place"), figures())
def test_every_figure_is_named_and_credited_as_declared(root, figure, place):
    picture = drawn(Atlas(root), figure, place)
    one = charts()[figure]
    given = dict(zip(place_of(one.draw), place, strict=True))
    assert picture.name == one.file_name(given)
    assert one.place_in(picture.name) == given
    assert picture.credit.startswith("Source")
    assert set(given) <= set(PLACE)
