"""The promises of the built site, on tiny pages that break them."""

import re
from pathlib import Path

import pytest
import sphinx

from analysis.errors import SiteError
from analysis.publication.site import checks as site_checks
from analysis.publication.site import page_elements, policy, weight
from analysis.publication.site.sphinx import ASSETS

META = f'<meta http-equiv="Content-Security-Policy" content="{policy.POLICY}">'
HEAD = f'<html lang="fr"><head><meta charset="utf-8">{META}<title>t</title></head><body><main>{{}}</main></body></html>'


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


@pytest.mark.parametrize(
    ("path", "language", "said"), [("index.html", "en", '"en", not "fr"'), ("en/a.html", "fr", '"fr", not "en"')]
)
def test_page_in_another_language_than_it_says_is_refused(path, language, said):
    page = HEAD.format("").replace('"fr"', f'"{language}"')
    with pytest.raises(SiteError, match=f"{path}: its language is said to be {said}"):
        site_checks.check({path: page}, {path}, [])


def test_drawing_in_the_page_needs_a_name_too():
    checked('<svg role="img" aria-label="Carte"></svg><svg aria-hidden="true"></svg>')
    with pytest.raises(SiteError, match="the drawing map has no alternative text"):
        checked('<svg id="map" role="img"><path d=""/></svg>')


def weighed(body: str, **weights: int) -> None:
    sizes = {name.replace("_", "."): size for name, size in weights.items()} | {"images/a.png": 150_000}
    site_checks.check({"index.html": HEAD.format(body)}, {*sizes, "index.html"}, [], {"index.html": 1000, **sizes})


def test_page_that_costs_too_much_at_first_is_named_with_what_weighs_most():
    heavy = '<link rel="stylesheet" href="a.css"><script src="b.js"></script><img alt="Carte" src="images/a.png">'
    with pytest.raises(SiteError, match=r"index\.html: it costs 301,500 bytes at first, .* images/a\.png 150,000"):
        weighed(heavy, a_css=100_000, b_js=50_500)
    weighed(heavy, a_css=100_000, b_js=49_000)


def test_what_comes_late_or_on_another_page_costs_nothing_at_first():
    late = '<img alt="Carte" loading="lazy" src="images/a.png"><link rel="next" href="b.html"><a href="b.html">b</a>'
    weighed(late + '<form action="b.html"></form>', b_html=400_000)


def test_the_same_file_is_weighed_once():
    weighed('<img alt="Carte" src="images/a.png"><img alt="La même" src="images/a.png">')


def test_atlas_may_weigh_more():
    assert weight.limit("atlas/index.html") == weight.limit("en/atlas/index.html") > weight.limit("atlas.html")


def test_texts_are_weighed_compressed_and_pictures_as_they_are(tmp_path):
    (tmp_path / "a.css").write_text("a" * 10_000, encoding="utf-8")
    (tmp_path / "a.png").write_bytes(bytes(10_000))
    found = weight.Weights({name: tmp_path / name for name in ("a.css", "a.png")})
    assert found["a.css"] < 100
    assert found["a.png"] == 10_000


@pytest.mark.parametrize(
    ("html", "address"),
    [
        ("<a title='a > b' href='x.html'>", "x.html"),
        ('<A\n HREF = "x.html"\n>', "x.html"),
        ("<a href=x.html>", "x.html"),
        ('<a href="x.html?a=1&amp;b=&quot;">', 'x.html?a=1&b="'),
        ('<!-- <a href="y.html"> --><a href="x.html">', "x.html"),
        ('<script>"<a href=\'y.html\'>"</script><a href="x.html">', "x.html"),
    ],
)
def test_link_is_found_however_it_is_written(html, address):
    assert page_elements.parse(html).links == [address]


def test_missing_page_is_named():
    with pytest.raises(SiteError, match=r"20_map\.html: the page is missing"):
        site_checks.check({}, set(), ["20_map.html"])


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("<script>alert(1)</script>", "a script in the page"),
        ("<SCRIPT type='text/javascript'>alert(1)</SCRIPT>", "a script in the page"),
        ("<style>p { color: red }</style>", "a style in the page"),
        ('<p style="color: red">x</p>', "a style in the page"),
        ('<img src="images/a.png" alt="x" onerror="alert(1)">', "a handler onerror"),
        ("<body ONLOAD=alert(1)>", "a handler onload"),
        ('<a href="javascript:alert(1)">x</a>', "code as an address (javascript:alert(1))"),
        ('<a href=" jAva&#10;script:alert(1)">x</a>', "code as an address (javascript:alert(1))"),
        ('<a href="data:text/html,x">x</a>', "code as an address (data:text/html,x)"),
        ('<iframe srcdoc="x"></iframe>', "a page in the page (srcdoc)"),
    ],
)
def test_code_in_the_page_is_refused(body, what):
    with pytest.raises(SiteError, match=re.escape(f"index.html: {what}: its policy")):
        checked(body)


def test_data_for_a_script_of_the_site_are_accepted():
    checked('<script type="application/json">{"a": 1}</script>')


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (META, ""),
        (META, META + META),
        (META, META.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")),
        (META, f'<link rel="icon" href="images/a.png">{META}'),
    ],
    ids=["none", "twice", "another", "late"],
)
def test_page_without_the_policy_before_all_it_loads_is_refused(old, new):
    page = HEAD.format("").replace(old, new)
    with pytest.raises(SiteError, match="Content-Security-Policy once"):
        site_checks.check({"a.html": page}, {"a.html", "images/a.png"}, [])


def test_policy_lets_no_page_run_code_of_its_own():
    assert "unsafe" not in policy.POLICY
    assert policy.DIRECTIVES["default-src"] == policy.DIRECTIVES["object-src"] == ("'none'",)
    assert set(policy.DIRECTIVES["script-src"]) == {"'self'", "file:"}


def test_plural_of_the_french_catalogue_is_the_one_written_for_the_policy():
    catalogue = Path(sphinx.__file__).parent / "locale/fr/LC_MESSAGES/sphinx.js"
    rule = re.search(r'"plural_expr": "([^"]+)"', catalogue.read_text(encoding="utf-8"))[1]
    assert f'"{rule}":' in (ASSETS / "_static/plural.js").read_text(encoding="utf-8")
