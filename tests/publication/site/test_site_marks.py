"""Marks on numbers: links to where each comes from, refused when they lead nowhere; and no number without one."""

import re
from html import unescape
from pathlib import Path

import polars as pl
import pytest
from held import holds, is_held
from unmarked import untold

from analysis.errors import SiteError
from analysis.i18n.language import speaking
from analysis.io import store
from analysis.publication.site.marks import Marks
from analysis.reports.origin_marks import claimed, counted
from analysis.tables import TABLES

COVERAGE = pl.DataFrame(
    {
        "phase": [1, 2, 2],
        "region_code": ["FR", "FR", "44"],
        "region_name": ["France", "France", "Grand Est"],
        "territory_count": [149, 183, 17],
        "population_share_pct": [45.5, 60.04, 51.0],
        "population_2022": [30, 40, 5],
    }
)
LINK = re.compile(
    r'<a class="told" href="([^"]*)" data-told="([^"]*)"(?: data-row="([^"]*)")?(?: data-held="([^"]*)")?>'
)


@pytest.fixture
def marks() -> Marks:
    words = {"region_code": {"FR": "France"}, "phase": {"1": "phase 1", "2": "phase 2"}}
    return Marks({"note-a:budget:france:1"}, {"out_region_coverage": COVERAGE}.__getitem__, words)


def linked(marks: Marks, html: str, page: str = "page") -> str:
    return marks.linked(page, html, lambda one: "#" if one == page else f"../{one}.html")


# --- links -------------------------------------------------------------------------------------------------


def test_published_figure_becomes_a_link_to_its_line_of_the_ledger(marks):
    html = linked(marks, f"<p>{claimed('100 M€', 'note-a:budget:france:1')} annoncés</p>")
    assert html.startswith('<p><a class="told" href="../chiffres.html#note-a:budget:france:1" data-told="claim:note-a')
    assert html.endswith(">100 M€</a> annoncés</p>")


def test_link_on_the_page_it_leads_to_is_an_anchor(marks):
    html = linked(marks, claimed("100 M€", "note-a:budget:france:1"), "chiffres")
    assert 'href="#note-a:budget:france:1"' in html


def test_computed_number_leads_to_its_column_with_its_row_in_words(marks):
    html = linked(marks, counted("183", "out_region_coverage", "territory_count", phase=2, region_code="FR"))
    address, value, row, held = LINK.search(html).groups()
    assert address == "../calculs.html#out_region_coverage-territory_count"
    assert unescape(value) == "cell:out_region_coverage.territory_count?phase=2&region_code=FR"
    assert (row, held) == ("phase 2 · France", "183")


def test_part_of_a_key_tells_how_many_rows_and_their_sum(marks):
    html = linked(marks, counted("200", "out_region_coverage", "territory_count", phase=2))
    assert LINK.search(html)[4] == "2\u00a0lignes, 2\u00a0valeurs différentes, somme 200"


def test_number_computed_from_tables_leads_to_the_first(marks):
    html = linked(marks, '<p><span data-origin="out_ledger out_plan">1,5</span></p>')
    assert html == (
        '<p><a class="told" href="../calculs.html#out_ledger" data-told="made:out_ledger out_plan">1,5</a></p>'
    )


def test_sentence_that_names_tables_is_no_link(marks):
    html = '<span data-origin="out_ledger">Une phrase de plus de quarante signes, avec 24,3 % dedans.</span>'
    assert linked(marks, html) == html


def test_cell_of_a_table_that_gives_a_published_figure_becomes_a_link(marks):
    html = linked(marks, '<td class="number" data-claim="note-a:budget:france:1">100 M€</td><td>x</td>')
    assert html.startswith('<td class="number" data-claim="note-a:budget:france:1"><a class="told" href=')
    assert html.endswith(">100 M€</a></td><td>x</td>")


def test_no_link_stands_in_another(marks):
    mark = claimed("100 M€", "note-a:budget:france:1")
    html = linked(marks, f'<a href="x.html">{mark}</a> {mark}')
    assert html.count("<a ") == 2
    assert html.startswith(f'<a href="x.html">{mark}</a> <a class="told"')


@pytest.mark.parametrize(
    ("mark", "why"),
    [
        (claimed("7", "note-b:budget:france:1"), "core_claims holds no figure 'note-b:budget:france:1'"),
        (counted("7", "out_nothing", "phase"), "no processed table 'out_nothing'"),
        (counted("7", "communes", "name"), "no processed table 'communes'"),
        (counted("7", "out_region_coverage", "count"), "out_region_coverage has no column 'count'"),
        (counted("7", "out_region_coverage", "phase", place="x"), "out_region_coverage has no column 'place'"),
        (counted("7", "out_region_coverage", "phase", region_code="99"), "out_region_coverage has no row of that key"),
        (counted("7", "out_region_coverage", "phase", phase="two"), "'two'"),
        ('<data class="told" value="guess:7">7</data>', "'guess' is neither claim nor cell"),
    ],
)
def test_mark_that_leads_nowhere_is_refused_with_page_and_number(marks, mark, why):
    with pytest.raises(SiteError) as caught:
        linked(marks, f"<p>{mark}</p>", "20_national_map")
    said = str(caught.value)
    assert said.startswith("outputs/site/20_national_map.html: the mark ")
    assert "of the number '7'" in said
    assert why in said


def test_table_of_an_unknown_origin_is_refused(marks):
    with pytest.raises(SiteError, match="no processed table out_nothing"):
        linked(marks, '<table data-origin="out_region_coverage out_nothing"></table>')


# --- what a mark holds -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "column", "key", "expected"),
    [
        ("183 territoires", "territory_count", {"phase": 2, "region_code": "FR"}, True),
        ("182 territoires", "territory_count", {"phase": 2, "region_code": "FR"}, False),
        ("60,0\u00a0%", "population_share_pct", {"phase": 2, "region_code": "FR"}, True),
        ("60,1\u00a0%", "population_share_pct", {"phase": 2, "region_code": "FR"}, False),
        ("3", "region_code", {}, True),
        ("200", "territory_count", {"phase": 2}, True),
        ("plusieurs", "territory_count", {"phase": 2}, True),
    ],
)
def test_number_is_compared_with_what_its_mark_finds(shown, column, key, expected):
    rows = COVERAGE.filter(**key)
    one = next(one for one in TABLES["out_region_coverage"].fields if one.name == column)
    assert holds(shown, rows, one) is expected


def test_rows_that_have_a_value_can_be_counted():
    rows = pl.DataFrame({"territory_1": ["ti-0101", "ti-0101", None, None, None]})
    one = next(one for one in TABLES["core_communes"].fields if one.name == "territory_1")
    assert [number for number in range(7) if holds(str(number), rows, one)] == [1, 2, 5]


def test_number_is_compared_in_english_and_in_millions():
    rows = pl.DataFrame({"amount_eur": [1_360_000_000.0]})
    one = next(one for one in TABLES["out_envelopes"].fields if one.name == "amount_eur")
    assert holds("1,36\u00a0Md€", rows, one)
    with speaking("en"):
        assert holds("€1.36bn", rows, one)
        assert holds("1,360,000,000", rows, one)
        assert not holds("€1.36m", rows, one)


# --- numbers without a mark --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>Il y en a 183.</p>", ["183"]),
        ('<p>Il y en a <a class="told" href="x">183</a>, dont <strong>12</strong>.</p>', ["12"]),
        ("<p>Phase 1 (2019-2022), 22 novembre 2018, Lambert-93.</p>", []),
        (
            "<figcaption>12</figcaption><h2>13</h2><summary>14</summary><dd>15</dd><li>16</li>",
            [*map(str, range(12, 17))],
        ),
        ("<div>17 <p>texte</p></div>", ["17"]),
        ('<table data-origin="out_plan"><tr><td>18</td></tr></table><table><tr><td>19</td></tr></table>', ["19"]),
        ('<article data-claim="a:b"><p>20</p></article><p>21</p>', ["21"]),
        ("<pre>22</pre><code>23</code><nav><p>24</p></nav><script>25</script><footer><p>26</p></footer>", []),
        ("<p>Carte : SVG (65&nbsp;ko), PNG (1,8&nbsp;Mo), 12&nbsp;fichiers</p>", []),
        ('<p><a href="a" download>10_label_timeline.ipynb</a></p>', []),
        ("<p>Cergy – Val 95 et Licence Ouverte 2.0</p>", []),
        ("<p>Licence : CRPA, art. L. 321-1 – article L. 321-1</p><p>art. 28</p>", ["28"]),
        ("<p>a<br>27</p>", ["27"]),
    ],
)
def test_numbers_of_a_page_without_a_mark_are_found(html, found):
    assert [number for number, _ in untold(f"<main>{html}</main>", ["Cergy – Val 95"])] == found


# --- the built site ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pages(root: Path) -> dict[str, str]:
    """Pages of the site in both languages by their path."""
    folder = root / "outputs/site"
    found = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.html")}
    if "index.html" not in found:
        pytest.fail("outputs/site is not built: run `make`.")
    return found


@pytest.fixture(scope="module")
def names(root: Path) -> set[str]:
    """Names that hold a number: of territories, and titles of tables."""
    from analysis.i18n.language import catalogue
    from analysis.i18n.typography import shown
    from analysis.tables import tables_of

    found = {shown(name) for name in store.read_table("core_territories", root)["name"]}
    titles = [one.title for one in tables_of("core_", "out_")]
    return found | {shown(one) for one in titles} | {catalogue("en").get(one, one) for one in titles}


@pytest.mark.no_cover  # of all data: traced, it takes three times as long
def test_no_number_of_the_site_stands_without_a_mark(pages, names):
    found = {path: untold(html, names) for path, html in sorted(pages.items())}
    shown = [f"{path}: {number} in {piece[:100]!r}" for path, some in found.items() for number, piece in some]
    assert not shown, f"{len(shown)} numbers, first\n" + "\n".join(shown[:20])


def test_no_mark_of_the_site_stayed_outside_of_a_link(pages):
    for path, html in pages.items():
        rest = re.sub(r"<a\b.*?</a>", "", html, flags=re.DOTALL)
        assert '<data class="told"' not in rest, path


@pytest.mark.no_cover  # of all data: traced, it takes three times as long
def test_every_computed_number_is_what_its_mark_finds(pages, root):
    from functools import cache, partial

    marks = Marks((), cache(partial(store.read_table, root=root)))
    link = re.compile(r'<a class="told"[^>]* data-told="(cell:[^"]*)"[^>]*>(.*?)</a>')
    seen: set[tuple[str, str, str]] = set()
    for path, html in pages.items():
        language = "en" if path.startswith("en/") else "fr"
        seen |= {(language, unescape(value), unescape(shown)) for value, shown in link.findall(html)}
    wrong = []
    for language, value, shown in sorted(seen):
        with speaking(language):
            wrong += [f"{shown} ({value})"] if not is_held(marks, value, shown) else []
    assert seen
    assert not wrong, f"{len(wrong)} of {len(seen)}, first\n" + "\n".join(wrong[:20])
