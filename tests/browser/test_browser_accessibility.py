"""axe-core on every kind of page, light and dark; the path of the keyboard; reduced motion."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import KINDS, page_of
from playwright.sync_api import expect

AXE = Axe()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
OF_COLOUR = ["color-contrast", "link-in-text-block"]
# Rows of a table and entries of a list are alike, and axe takes as long for each: the first of them stand for all.
SHORTEN = """document.querySelectorAll(
  "tbody tr:nth-child(n+6), main :is(ul, ol) > li:nth-child(n+7), article section > section > section:nth-of-type(n+6)"
).forEach((one) => one.remove())"""
GRAVE = {"serious", "critical"}


def violations(page, **only):
    """Serious and critical violations: rule, impact and the first elements."""
    options = {"resultTypes": ["violations"], **only}
    if page.evaluate("!window.axe"):
        page.evaluate(SHORTEN)
        page.evaluate(AXE.axe_script)
    found = page.evaluate("(options) => axe.run(document, options).then((all) => all.violations)", options)
    return [
        (one["id"], one["impact"], [(node["target"], node["html"][:160]) for node in one["nodes"][:4]])
        for one in found
        if one["impact"] in GRAVE
    ]


# English pages have the templates of the French ones, and all pages one style sheet: not each needs every run.
WRITTEN = [kind for kind in KINDS if kind not in {"English notebook", "English downloads", "English ledger"}]
DARK = {"home", "notebook", "sheet", "downloads", "notes", "search", "atlas", "ledger"}


@pytest.mark.parametrize("kind", WRITTEN)
def test_page_has_no_grave_violation_light_or_dark(look, kind):
    page = look(kind)
    assert page.evaluate("document.documentElement.dataset.theme") == "light"
    assert violations(page, runOnly={"type": "tag", "values": TAGS}) == []
    if kind not in DARK:
        return
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert violations(page, runOnly={"type": "rule", "values": OF_COLOUR}) == []


def focused(page):
    """What has the focus, and how it shows it."""
    return page.evaluate(
        """() => {
          const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
          return {
            tag: one.tagName, text: (one.innerText || one.ariaLabel || "").trim().slice(0, 60),
            inside: !!one.closest("main"), href: one.getAttribute("href"),
            shown: (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none",
            visible: box.width > 0 && box.height > 0 && style.visibility === "visible",
          };
        }"""
    )


@pytest.mark.parametrize("kind", ["home", "notebook", "sheet", "territories", "atlas"])
def test_keyboard_reaches_the_content_and_shows_where_it_is(visit, kind):
    page = visit(kind)
    page.evaluate("document.activeElement?.blur()")
    for _ in range(60):
        page.keyboard.press("Tab")
        here = focused(page)
        assert here["visible"], here
        assert here["shown"], here
        if here["inside"]:
            return
    pytest.fail("sixty presses of Tab do not reach the content")


def test_first_stop_of_the_keyboard_skips_to_the_content(visit):
    page = visit("notebook")
    page.keyboard.press("Tab")
    first = focused(page)
    assert first["href"] == "#main-content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page)["inside"]


def test_table_wider_than_the_screen_scrolls_by_keyboard(visit):
    page = visit("wide notebook")
    page.set_viewport_size({"width": 360, "height": 900})
    wide = """[...document.querySelectorAll(".table-scroll")].find((one) => one.scrollWidth > one.clientWidth)"""
    assert page.evaluate(f"const one = {wide}; one?.focus(); !!one && document.activeElement === one")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".table-scroll:focus")).not_to_have_js_property("scrollLeft", 0)


def test_search_page_waits_for_words(visit):
    page = visit("search")
    expect(page.locator("main input[name=q]")).to_be_focused()


def test_nothing_moves_for_who_asks_for_less_motion(context, page, home, site):
    page.emulate_media(reduced_motion="reduce")
    page.goto(home + page_of(site, "home"))
    moving = page.evaluate(
        """[...document.querySelectorAll("*")].filter((one) => {
          const style = getComputedStyle(one);
          return parseFloat(style.transitionDuration) > 0.01 || style.animationName !== "none";
        }).map((one) => one.outerHTML.slice(0, 100))"""
    )
    assert moving == []
