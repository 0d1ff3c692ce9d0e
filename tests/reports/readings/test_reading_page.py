"""The page of a reading: one file that loads nothing and runs nothing but its own script, in light, dark and print."""

import base64
import hashlib
import re

import nbformat
import pytest
from invented_readings import RIGHT, WRONG
from sight import contrast

from analysis.charts.drawing import style
from analysis.i18n.language import speaking
from analysis.reports.readings import opened
from analysis.reports.readings.figure_lists import figures_list
from analysis.reports.readings.figure_words import STATES
from analysis.reports.readings.glance import verdicts_picture
from analysis.reports.readings.marked_text import marked_text
from analysis.reports.readings.reading_page import page
from analysis.reports.readings.shown_html import ASSETS, Html

TEXT = "En 2023, 183 territoires.\n<script>document.title = 'run'</script> et 19 pôles <img src=x onerror=alert(1)>."


def shown(*outputs: object, tags: tuple[str, ...] = (), prose: str = "# Titre ?") -> str:
    """A notebook of a cell of prose and one of code with these outputs."""
    cell = nbformat.v4.new_code_cell("secret = 1", execution_count=1, metadata={"tags": list(tags)})
    for one in outputs:
        data = one._repr_mimebundle_() if isinstance(one, Html) else one
        cell["outputs"].append(nbformat.v4.new_output("display_data", data))
    return nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(prose), cell]))


@pytest.fixture
def html(reading):
    found = reading(TEXT, ("183 territoires", RIGHT), ("19 pôles", WRONG | {"doubtful": True}))
    parts = (opened.styled(), verdicts_picture(found.figures), marked_text(found), figures_list(found.figures))
    return page(shown(*parts), "Bilan <2023>")


def test_the_policy_allows_the_style_and_the_script_of_the_page_and_nothing_else(html):
    (policy,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', html)
    (style,), (script,) = (re.findall(f"<{tag}>(.*?)</{tag}>", html, re.DOTALL) for tag in ("style", "script"))
    allowed = {kind: f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
               for kind, text in (("style-src", style), ("script-src", script))}  # fmt: skip
    directives = dict(one.split(" ", 1) for one in policy.split("; "))
    assert directives == {
        "default-src": "'none'", "img-src": "data:", "base-uri": "'none'", "form-action": "'none'", **allowed,
    }  # fmt: skip


def test_nothing_in_the_page_needs_another_file_or_runs_from_an_attribute(html):
    assert not re.findall(r'\b(?:src|href|action|data|poster)="(?!#|data:image/png)[^"]*"', html)
    assert not re.findall(r"<[^>]*\s(?:on\w+|style)=", html)
    assert "@import" not in html
    assert "url(" not in html
    assert "&lt;script&gt;document.title" in html


def test_code_parameters_and_the_notebooks_style_are_left_out(html):
    assert "secret" not in html
    assert html.count("<style>") == 1
    assert "<p>given</p>" not in page(shown({"text/html": "<p>given</p>"}, tags=("injected-parameters",)), "x")


def test_what_a_cell_prints_is_text_and_a_check_is_folded():
    html = page(shown({"text/plain": "<b>1</b>"}, tags=("check",)), "x")
    assert re.search(r"<details><summary>Contrôle</summary>\s*<pre>&lt;b&gt;1&lt;/b&gt;</pre>", html)


def test_the_title_is_text_and_the_language_is_that_of_the_page(html):
    assert "<title>Bilan &lt;2023&gt;</title>" in html
    assert '<html lang="fr">' in html
    with speaking("en"):
        english = page(shown(), "x")
    assert '<html lang="en">' in english
    assert "[fr:" not in english


def test_every_verdict_has_the_colour_of_the_house_and_one_for_the_dark():
    marks, whole = ((ASSETS / name).read_text(encoding="utf-8") for name in ("marks.css", "page.css"))
    light = dict(re.findall(r"--(\w+): (#\w+);", marks))
    assert {name: light[name].upper() for name in style.VERDICT_COLOURS} == style.VERDICT_COLOURS
    dark = dict(re.findall(r"--(\w+): (#\w+);", whole.split("figure.page")[0]))
    assert {name: dark[name].upper() for name in style.VERDICT_COLOURS} == style.DARK_VERDICT_COLOURS
    assert dark.keys() >= {*STATES, "paper", "ink", "ink-soft"} - {"ink-soft"}
    for state in STATES:
        assert contrast(light[state], light["paper"]) >= 3, state
        assert contrast(dark[state], dark["paper"]) >= 4.5, state


# --- in Chromium -------------------------------------------------------------------------------------------


@pytest.fixture
def view(browser, html, tmp_path):
    """The page opened from the disk at a width and in a scheme; any request, error or dialogue fails the test."""
    (tmp_path / "a.html").write_text(html, encoding="utf-8")
    wrong: list[str] = []

    def see(width: int = 768, scheme: str = "light"):
        tab = browser.new_page(viewport={"width": width, "height": 700}, color_scheme=scheme)
        tab.on("console", lambda message: wrong.append(message.text))
        tab.on("pageerror", lambda error: wrong.append(str(error)))
        tab.on("dialog", lambda dialog: wrong.append(dialog.message) or dialog.dismiss())
        tab.on("request", lambda request: None if request.url.endswith("/a.html") else wrong.append(request.url))
        tab.goto((tmp_path / "a.html").as_uri())
        return tab

    yield see
    assert not wrong


@pytest.mark.parametrize("width", [360, 768, 1400])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_screen_and_no_letter_is_small(view, width, scheme):
    tab = view(width, scheme)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    sizes = tab.evaluate(
        """() => [...document.querySelectorAll("body *")]
          .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
          .filter((one) => !one.closest(".unseen, script"))
          .map((one) => parseFloat(getComputedStyle(one).fontSize) *
               (one.ownerSVGElement ? one.ownerSVGElement.getBoundingClientRect().width / 360 : 1))"""
    )
    assert min(sizes) >= 11
    tab.close()


def test_keys_lead_from_figure_to_figure_and_from_a_figure_to_its_entry_and_back(view):
    tab = view()
    focused = "document.activeElement.id || document.activeElement.getAttribute('href')"
    walked = []
    for key in ("n", "n", "n", "p"):
        tab.keyboard.press(key)
        walked.append(tab.evaluate(focused))
    assert walked == ["f1", "f2", "f2", "f1"]
    assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    tab.keyboard.press("Enter")
    assert tab.evaluate("location.hash") == "#r1"
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.getAttribute('href')") == "#f1"
    tab.keyboard.press("Control+n")
    assert tab.evaluate("document.title") == "Bilan <2023>"
    tab.close()


def test_the_page_has_no_fault_that_axe_knows(view):
    from axe_playwright_python.sync_playwright import Axe

    tab = view()
    found = Axe().run(tab, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa"]}).response["violations"]
    assert [(one["id"], [node["html"][:100] for node in one["nodes"]]) for one in found] == []
    tab.close()


def test_on_paper_the_hint_for_keys_is_left_out(view):
    tab = view()
    tab.emulate_media(media="print")
    assert not tab.locator(".keys").is_visible()
    assert tab.locator("a.figure").first.is_visible()
    tab.close()
