"""The page of a change report in Chromium: narrow and wide, light and dark; everything in it is invented."""

import io

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import expect

from analysis.i18n.language import FRENCH, speaking
from analysis.upkeep.changes import comparing
from analysis.upkeep.changes.moves import Move
from analysis.upkeep.changes.ranking import Finding, Kind
from analysis.upkeep.changes.report import FileChange, Report, TableChange, VerdictChange
from analysis.upkeep.changes.rows import RowChanges

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


@pytest.fixture
def address(tmp_path):
    """A page with everything that a report may hold; the words are long, and one is a script."""
    row = {"code": "01001", "name": "Essai" * 40, "people": 12}
    rows = RowChanges(("code",), [{**row, "code": "01002"}], [row], [(row, {**row, "people": 13})])
    tables = [TableChange("communes", ["x"], [], rows, ["notes"]), TableChange("inconnue", [], [], rows)]
    verdict = VerdictChange(
        "essai:territoires:france:1", "essai", "confirmed", "contradicted", "<script>x()</script>", ""
    )
    files = [FileChange("figures/essai.png", "changed", "", 9, [(4, 4, 6, 6)])]
    moves = [Move(2, "ti-0101", "Essai", ["CC a"], ["CC b"], 1, 2, -1234)]
    notebooks = [FileChange("notebooks/essai.ipynb", "changed", "cell 1, outputs: line 2")]
    findings = [
        Finding("communes", Kind.EXCHANGED, 9.5, ("code",), ("name",), (("01001",), ("01002",)), 9, "Essai" * 40, "b"),
        Finding("communes", Kind.FACTOR, 9.0, ("code",), ("people",), (("01001",),) * 9, 9, 1, 1000, 1000.0),
    ]
    found = Report("v1", tables, tables, [verdict], files, notebooks, ["essai"], moves, ["params.yaml"], findings)
    for side, shade in (("before", 255), ("after", 0)):
        path = tmp_path / side / "outputs/figures/essai.png"
        path.parent.mkdir(parents=True)
        content = io.BytesIO()
        Image.fromarray(np.full((300, 1600, 3), shade, np.uint8)).save(content, format="png")
        path.write_bytes(content.getvalue())
    with speaking(FRENCH):
        comparing.write(found, tmp_path / "before", tmp_path / "after", tmp_path / "report")
    return (tmp_path / "report/index.html").as_uri()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1400])
def test_page_fits_its_window_asks_for_nothing_and_has_no_grave_violation(browser, address, width, scheme):
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    told = []
    page.on("console", lambda one: told.append(one.text))
    page.on("request", lambda one: told.append(one.url) if not one.url.startswith("file:") else None)
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    pictures = page.locator("img")
    for rank in range(pictures.count()):
        pictures.nth(rank).scroll_into_view_if_needed()
        expect(pictures.nth(rank)).to_have_js_property("naturalWidth", 1600)
    assert pictures.count() == 2
    assert told == []
    page.evaluate(Axe().axe_script)
    options = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    violations = page.evaluate("(options) => axe.run(document, options).then((all) => all.violations)", options)
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in violations] == []
    page.close()


def test_a_narrow_page_shows_each_number_with_its_heading_and_no_row_sideways(browser, address):
    page = browser.new_page(viewport={"width": 360, "height": 900})
    page.goto(address)
    wide = "[...document.querySelectorAll('.scroll')].filter((one) => one.scrollWidth > one.clientWidth).length"
    assert page.evaluate(wide) == 0
    cell = page.locator("td.number").last
    assert "habitants (2022)" in cell.evaluate(
        "one => getComputedStyle(one, '::before').content.concat(one.dataset.head)"
    )
    page.close()
