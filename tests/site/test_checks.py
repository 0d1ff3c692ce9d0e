"""The promises of the built site, on tiny pages that break them."""

import re

import pytest

from analysis.errors import SiteError
from analysis.site import checks as site_checks

HEAD = '<html lang="fr"><head><title>t</title></head><body><main>{}</main></body></html>'


def checked(body: str, **others: str) -> None:
    texts = {"index.html": HEAD.format(body), **{name.replace("_", "."): text for name, text in others.items()}}
    site_checks.check(texts, {*texts, "images/a.png"}, ["index.html"])


@pytest.mark.parametrize(
    ("body", "address"),
    [
        ('<script src="https://cdn.example/x.js"></script>', "https://cdn.example/x.js"),
        ('<link rel="stylesheet" href="//fonts.example/css">', "//fonts.example/css"),
        ('<img alt="x" src="http://example.org/x.png">', "http://example.org/x.png"),
        ('<img alt="x" src="images/a.png" srcset="images/a.png 1x, https://e.org/2.png 2x">', "https://e.org/2.png"),
        ('<iframe src="https://video.example/"></iframe>', "https://video.example/"),
        ("<style>@import 'https://e.org/a.css';</style>", "https://e.org/a.css"),
        ('<p style="background:url(https://e.org/b.png)">x</p>', "https://e.org/b.png"),
        ("<script>fetch('https://e.org/beacon')</script>", "https://e.org/beacon"),
        ('<meta http-equiv="refresh" content="0; url=https://e.org/">', "https://e.org/"),
    ],
)
def test_address_on_another_host_is_refused(body, address):
    with pytest.raises(SiteError, match=re.escape(f"outputs/site/index.html: {address} would be loaded")):
        checked(body)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a_css", "body { background: url('https://e.org/a.png') }"),
        ("a_js", "import('https://e.org/a.js')"),
        ("a_js", "element.src = 'https://e.org/a.js'"),
        ("a_svg", '<svg><image href="https://e.org/a.png"/></svg>'),
    ],
)
def test_file_that_loads_from_another_host_is_refused(name, text):
    with pytest.raises(SiteError, match=r"https://e\.org/a"):
        checked("", **{name: text})


@pytest.mark.parametrize(
    "text",
    [
        '<svg xmlns="http://www.w3.org/2000/svg">\n<image\n  href = \n "https://e.org/a.png"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg">\n<style>a { fill: red }\n@import url(https://e.org/a.css);</style></svg>',
        '<svg xmlns:x="http://x.org/">\n<use xlink:href="#p"/> <use xlink:href="//e.org/a.svg"/>\n</svg>',
    ],
)
def test_drawing_that_loads_from_another_host_is_refused_wherever_it_does(text):
    with pytest.raises(SiteError, match=r"e\.org/a"):
        checked("", a_svg=text)


def test_drawing_that_names_namespaces_and_its_own_parts_is_accepted():
    checked(
        "",
        a_svg='<svg xmlns="http://www.w3.org/2000/svg">\n<use xlink:href="#p"/> <!-- // -->\n<p clip="url(#c)"/></svg>',
    )


def test_texts_are_read_from_their_files(tmp_path):
    (tmp_path / "a.html").write_text("é", encoding="utf-8")
    texts = site_checks.Texts({"a.html": tmp_path / "a.html"})
    assert dict(texts) == {"a.html": "é"}
    assert len(texts) == 1


def test_link_that_a_reader_follows_is_accepted():
    checked(
        '<a href="https://www.insee.fr/">Insee</a> <a href="#la">là</a> <p id="la"></p><a href="index.html?q=1">x</a>'
    )


@pytest.mark.parametrize("alt", ["", 'alt=""', 'alt="  "'])
def test_image_without_alternative_text_is_refused(alt):
    with pytest.raises(SiteError, match=r"images/a\.png has no alternative text"):
        checked(f'<img src="images/a.png" {alt}>')


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("absent.html", "a file"),
        ("#absent", "an anchor"),
        ("/index.html", "a file"),
        ("index.html#absent", "an anchor"),
    ],
)
def test_dead_link_is_refused(link, reason):
    with pytest.raises(SiteError, match=f"{re.escape(link)} leads to {reason} that does not exist"):
        checked(f'<a href="{link}">x</a>')


def test_missing_page_is_named():
    with pytest.raises(SiteError, match=r"20_map\.html: the page is missing"):
        site_checks.check({}, set(), ["20_map.html"])
