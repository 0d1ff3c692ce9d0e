"""HTML of notebooks' outputs before it stands in a page. All of it is invented."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.errors import SiteError
from analysis.publication.site import notebooks as site_notebooks
from analysis.publication.site.library_tables import house_table
from analysis.publication.site.policy import executable
from analysis.publication.site.sanitised import ATTRIBUTES, TAGS, sanitised

HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//e.org/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    '<td onclick="alert(1)">x</td>',
    "<td\nonmouseover='alert(1)'>x</td>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=' jav\tascript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<svg onload=alert(1)><foreignObject><body onload=alert(1)></foreignObject></svg>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<p style='background:url(https://e.org/x)'>x</p>",
    "<style>p { background: url(https://e.org/x) }</style>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='x.swf'></object><embed src=x>",
    "<form action='https://e.org'><input autofocus onfocus=alert(1)><button formaction=javascript:alert(1)>",
    "<meta http-equiv=refresh content='0;url=https://e.org'>",
    "<base href='https://e.org/'>",
    "<link rel=stylesheet href=https://e.org/x.css>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<template><script>alert(1)</script></template>",
    "<details open ontoggle=alert(1)>",
    "<table><tr><td>x</td></tr></table></div></main><script>alert(1)</script>",
    '<td class="a"onclick="alert(1)">x</td>',
    "<td class=\"x' onclick='alert(1)\">x</td>",
]
TABLE = (
    '<table class="atlas-table" data-origin="core_members">\n<caption>Membres &amp; <b>communes</b></caption>\n<thead>'
    '<tr><th scope="col" class="number">n</th></tr></thead><tbody><tr><td class="number" data-claim="a:b">1</td>'
    '<td colspan="2" lang="fr">&lt;b&gt; "x" \'y\'</td></tr></tbody></table>'
)


class Reader(HTMLParser):
    """Tags and attributes as a parser other than the one that cleans sees them."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.runs = [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        self.tags.append((tag, values))
        self.runs.extend(executable(tag, values))


def harmless(html):
    """Nothing but tags and attributes of the list, and no address but of the web or the site."""
    read = Reader(html)
    assert read.runs == []
    for tag, values in read.tags:
        assert tag in TAGS
        assert set(values) <= {*ATTRIBUTES["*"], *ATTRIBUTES.get(tag, [])}
        assert ":" not in values.get("href", "").replace("https:", "").replace("http:", "")
    return True


@pytest.mark.parametrize("html", HOSTILE)
@pytest.mark.parametrize("frame", ["{}", "<table><tr><td>{}</td></tr></table>", "<b>{}", '<td class="{}">x</td>'])
def test_hostile_html_is_harmless(html, frame):
    assert harmless(sanitised(frame.format(html)))


@given(st.lists(st.sampled_from([*HOSTILE, TABLE, "<", ">", '"', "'", "&lt;", "x", "</td>", "<td class="]), max_size=6))
def test_any_mixture_is_harmless(parts):
    assert harmless(sanitised("".join(parts)))


@given(st.text(alphabet="<>\"'=/ abdtsx&;:\n", max_size=60))
def test_any_text_is_harmless(text):
    assert harmless(sanitised(text))


def test_own_table_comes_out_byte_for_byte():
    assert sanitised(TABLE) == TABLE


def test_table_that_another_library_prints_keeps_its_cells():
    html = '<div><style scoped>td { color: red }</style><table border="1"><tr><td style="x">a</td></tr></table></div>'
    found = sanitised(html)
    assert "<table><tr><td>a</td></tr></table>" in found.replace("<tbody>", "").replace("</tbody>", "")
    assert "<style" not in found
    assert 'href="https://example.org/a"' in sanitised('<a href="https://example.org/a" target="_blank">x</a>')


@pytest.mark.parametrize("html", HOSTILE)
def test_page_of_a_notebook_shows_no_hostile_output(html):
    """Harmless in Markdown; as HTML harmless too, or the build stops at it."""
    other = shown({"text/markdown": html})
    assert Reader(other["text/markdown"]).tags == []
    try:
        one = shown({"text/html": html})
    except SiteError:
        return
    inner = one["text/html"].split(">", 1)[1].rsplit("</div>", 1)[0]  # without the frame that scrolls
    assert harmless(inner)


@given(st.lists(st.sampled_from(HOSTILE), max_size=3))
def test_frame_with_hostile_cells_is_harmless(cells):
    rows = "".join(f"<tr><td>{one}</td></tr>" for one in cells)
    table = house_table(f'<div><table border="1" class="dataframe">{rows}</table></div>')
    assert harmless(sanitised(table))


def shown(data):
    cell = new_code_cell("x", outputs=[new_output("display_data", data)], id="x")
    page = site_notebooks.page("10_x", new_notebook(cells=[new_markdown_cell("# T\n\nL."), cell]))
    return page.notebook.cells[1].outputs[0].data
