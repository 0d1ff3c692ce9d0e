"""Pages of a PDF: each judged figure outlined where it stands, in the colour of its verdict."""

import base64
import re
from dataclasses import replace

from invented_readings import RIGHT, WRONG

from analysis.reports.readings.outlined import outlined_pages
from analysis.reports.readings.page_views import Mark, PageView

TEXT = "En 2023, 183 territoires et 19 pôles."


def test_each_figure_of_a_page_is_outlined_and_leads_to_what_is_said_of_it(reading):
    found = reading(TEXT, ("183 territoires", RIGHT | {"page": 2}), ("19 pôles", WRONG | {"page": 2, "doubtful": True}))
    page = PageView(2, 595.0, 842.0, b"png", (Mark(1, 100, 50, 160, 62), Mark(2, 200, 50, 230, 62)))
    html = outlined_pages(replace(found, pages=(page,))).html
    assert 'viewBox="0 0 595.0 842.0"' in html
    picture = base64.b64encode(b"png").decode()
    assert f'<image href="data:image/png;base64,{picture}" width="595.0" height="842.0"/>' in html
    assert re.findall(r'href="(#\w+)" aria-label="([^"]*)"', html) == [
        ("#r1", "183 territoires – confirmé"),
        ("#r2", "19 pôles – contredit, lecture douteuse"),
    ]
    assert re.findall(r'<rect class="([^"]*)" x="(.*?)" y="(.*?)" width="(.*?)" height="(.*?)"/>', html) == [
        ("outline confirmed", "98.0", "48.0", "64.0", "16.0"),
        ("outline contradicted doubtful", "198.0", "48.0", "34.0", "16.0"),
    ]


def test_pages_that_are_not_shown_are_counted(reading):
    pairs = [("183 territoires", RIGHT | {"page": 1}), ("19 pôles", RIGHT | {"page": 2})]
    one = PageView(1, 595.0, 842.0, b"png", (Mark(1, 1, 1, 2, 2),))
    assert "1\u00a0page sur les 2" in outlined_pages(replace(reading(TEXT, *pairs), pages=(one,))).html


def test_a_document_without_pages_says_so(reading):
    assert "pas de page" in outlined_pages(reading(TEXT, ("183 territoires", RIGHT))).html
