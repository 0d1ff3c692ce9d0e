"""Style sheets without what no page uses."""

import pytest

from analysis.publication.site import stylesheets

KNOWN = {"card", "wide", "shown", "main"}


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        ("a{b:c}.card{d:e}", "a{b:c}.card{d:e}"),
        (".gone{b:c}.card .gone{d:e}", ""),
        (".gone,.card>.wide{b:c}", ".card>.wide{b:c}"),
        ("#main .card:not(.gone){b:c}", "#main .card:not(.gone){b:c}"),
        (":is(.gone,.card) a{b:c}", ":is(.gone,.card) a{b:c}"),
        ('[data-x=".gone"]{b:c}', '[data-x=".gone"]{b:c}'),
        ("@media print{.gone{b:c}.card{d:e}}@media screen{.gone{b:c}}", "@media print{.card{d:e}}"),
        ("@supports (a:b){@media print{.card{d:e}}}", "@supports (a:b){@media print{.card{d:e}}}"),
        ('@charset "UTF-8";.gone{b:c}@import url(a.css);', '@charset "UTF-8";@import url(a.css);'),
        ("@keyframes x{from{a:b}to{c:d}}", "@keyframes x{from{a:b}to{c:d}}"),
        ('/* of {it} */.card{a:url("x;}.gone{")}.gone{b:c}', '.card{a:url("x;}.gone{")}'),
        ("/*! Licence; {x} */.gone{a:b}", "/*! Licence; {x} */"),
        (r".a\:b{c:d}", r".a\:b{c:d}"),
    ],
)
def test_rule_stays_when_a_page_can_use_it(css, kept):
    assert stylesheets.pruned(css, KNOWN) == kept


def test_font_that_no_rule_asks_for_is_left_out():
    fonts = '@font-face{font-family:A;src:url(a)}@font-face{font-family:"B c";src:url(b)}'
    css = f"{fonts}.card{{font-family:'B c',serif}}.gone{{font-family:A}}"
    assert stylesheets.pruned(css, KNOWN) == "@font-face{font-family:\"B c\";src:url(b)}.card{font-family:'B c',serif}"


def test_names_come_from_pages_and_from_scripts():
    pages = ['<p class="card wide" id=\'main\'>class="text"</p><script>a.classList.add("shown")</script>']
    assert {"card", "wide", "main", "shown", "late-one"} <= stylesheets.words(pages, ["b.className = 'late-one'"])


def test_only_sheets_of_the_theme_are_pruned(tmp_path):
    static = tmp_path / "_static"
    static.mkdir()
    for name in ("basic.css", "atlas.css"):
        (static / name).write_text(".card{a:b}.gone{a:b}", encoding="utf-8")
    stylesheets.prune(tmp_path, stylesheets.words(['<p class="card">'], ()))
    assert [(static / name).read_text() for name in ("basic.css", "atlas.css")] == [
        ".card{a:b}", ".card{a:b}.gone{a:b}"
    ]  # fmt: skip
