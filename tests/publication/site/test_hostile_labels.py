"""A name that is also HTML, Markdown and long stays text: on pages, in tables, in drawings, in alternative texts."""

import re
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import nbformat
import polars as pl
import pytest
from matplotlib.figure import Figure

from analysis.charts.drawing.picture import Picture
from analysis.i18n import typography
from analysis.io.params import Reports
from analysis.publication.downloads.citation import Citation
from analysis.publication.site import downloads, indexes, page_elements, places, reading_notes, sphinx, sphinx_sources
from analysis.publication.site import notebooks as site_notebooks
from analysis.publication.site.download_files import PublishedFigure, PublishedFiles
from analysis.publication.site.notebooks import SitePage
from analysis.publication.site.places import Places
from analysis.reports.notebooks import Job

EVIL = """Évil "Val" <script>alert('x')</script> & &lt; <img src=x onerror=alert(1)> </td> """
NAME = EVIL + "`b` *c* [d](e) {f}`g` $h$ {{ 7*7 }} " + "long " * (300 // 5)
REGION = 'Région <script>alert(2)</script> "R" & <b>'
TERRITORIES = pl.DataFrame(
    [(1, "ti-0101", NAME, "01"), (2, "ti-0101", NAME, "01")],
    schema=["phase", "territory_id", "name", "region_code"],
    orient="row",
)
COVERAGE = pl.DataFrame(
    [
        {"region_code": code, "region_name": name, "phase": phase, "territory_count": 1, "population_share_pct": 1.0}
        for code, name in (("01", REGION), ("FR", "France"))
        for phase in (1, 2)
    ]
)
REPORTS = Reports(regions="all", territories="all", workers=1, timeout_s=1)
CITED = Citation("Atlas", ("A",), "MIT", "2026-11-22", "0.1.0")
JOBS = [
    Job("50_region", "50_region_01", {"region_code": "01"}),
    Job("60_territory", "60_territory_1_ti-0101", {"phase": 1, "territory_id": "ti-0101"}),
]


class Tags(HTMLParser):
    """Tags and scripts that the name would make of itself, as a parser other than the site's own sees them."""

    def __init__(self) -> None:
        super().__init__()
        self.harmful: list[object] = []
        self.script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.script = tag == "script"
        if dict(attrs).get("src") == "x" or any(name.startswith("on") for name, _ in attrs):
            self.harmful.append((tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        self.script = False

    def handle_data(self, data: str) -> None:
        if self.script and "alert(" in data:
            self.harmful.append(data)


def drawing() -> Picture:
    return Picture("coverage", Figure(figsize=(2, 1)), NAME, NAME, NAME, pl.DataFrame({"a": [NAME]}))


def executed() -> nbformat.NotebookNode:
    """A notebook whose text, table and picture show the name, as the reports do."""
    picture = drawing()
    data, described = picture._repr_mimebundle_()
    table = f"<table><caption>{escape(NAME)}</caption><tbody><tr><td>{escape(NAME)}</td></tr></tbody></table>"
    outputs = [
        nbformat.v4.new_output("display_data", data, metadata=described),
        nbformat.v4.new_output("display_data", {"text/html": table}),
        nbformat.v4.new_output("display_data", {"text/markdown": f"Le territoire {NAME}."}),
    ]
    cells = [nbformat.v4.new_markdown_cell("# Un territoire"), nbformat.v4.new_code_cell("1", outputs=outputs)]
    return nbformat.v4.new_notebook(cells=cells, metadata={"language_info": {"name": "python"}})


@pytest.fixture(scope="module")
def known() -> Places:
    return places.places(TERRITORIES, COVERAGE, JOBS)


@pytest.fixture(scope="module")
def rendered(known, tmp_path_factory) -> dict[str, str]:
    """Every page that shows names of places, as Sphinx writes it."""
    folder: Path = tmp_path_factory.mktemp("evil")
    source = folder / "source"
    (source / "_static").mkdir(parents=True)
    (source / "_static/favicon.svg").write_text("<svg/>", encoding="utf-8")
    made: list[SitePage] = []
    for job in JOBS:
        place = known.by_stem[job.stem]
        one = site_notebooks.page(job.stem, executed(), place.title, known=known)
        made.append(indexes.placed(one, place, known, ["evil.xlsx", "evil.csv"]))
        nbformat.write(made[-1].notebook, source / f"{job.stem}.ipynb")
    figure = PublishedFigure("coverage", NAME, NAME, {"svg": 1, "png": 1, "csv": 1})
    files = PublishedFiles([], [figure], [(one, 1) for one in made], {}, {"01": {"evil.xlsx": 1}}, CITED)
    texts = {
        "index": f"# Accueil\n\n{indexes.toctree(['regions', 'territoires', 'fichiers-rapports'])}",
        "regions": indexes.regions(COVERAGE, known),
        "territoires": indexes.territories(known),
        "fichiers-rapports": downloads.report_files(files, known),
    }
    for name, text in texts.items():
        (source / f"{name}.md").write_text(typography.spaced(text), encoding="utf-8")
    for name in ("sources", "notes", "donnees"):
        (source / f"{name}.md").write_text("---\norphan: true\n---\n# Page", encoding="utf-8")
    sphinx.render(source, folder / "html", folder / "cache", sphinx_sources.context(made, known, REPORTS))
    return {path.name: path.read_text(encoding="utf-8") for path in sorted((folder / "html").glob("*.html"))}


def test_no_name_becomes_a_tag_or_an_attribute(rendered):
    for name, html in rendered.items():
        reader = Tags()
        reader.feed(html)
        reader.close()
        assert not reader.harmful, name


@pytest.mark.parametrize(
    "page", ["regions", "territoires", "fichiers-rapports", "50_region_01", "60_territory_1_ti-0101"]
)
def test_name_is_shown_whole_as_text(rendered, known, page):
    html = rendered[f"{page}.html"]
    article = re.search(r"<article.*?</article>", html, re.DOTALL)[0]
    text = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", article)))
    place = known.regions[0] if page in {"regions", "50_region_01"} else known.territories[0]
    assert re.sub(r"\s+", " ", place.name).strip() in text


def test_title_breadcrumbs_and_neighbours_show_the_name_as_text(rendered):
    html = rendered["60_territory_1_ti-0101.html"]
    assert "&lt;script&gt;" in re.search(r"<title>.*?</title>", html, re.DOTALL)[0]
    crumbs = re.search(r'<ul class="bd-breadcrumbs">.*?</ul>', html, re.DOTALL)[0]
    assert "&lt;b&gt;" in crumbs
    assert set(re.findall(r"<(\w+)", crumbs)) <= {"ul", "li", "a", "i", "span"}


def test_alternative_text_of_a_picture_is_the_name(rendered):
    images = page_elements.parse(rendered["60_territory_1_ti-0101.html"]).images
    assert [alt for _, alt in images] == [NAME]


def test_drawing_names_itself_with_the_name_as_text():
    root = ElementTree.fromstring(drawing().svg())
    found = {one.tag.split("}")[1]: one.text for one in root if one.tag.endswith(("title", "desc"))}
    assert found == {"title": NAME, "desc": NAME}


def test_sentence_of_a_note_stays_text_around_its_figure():
    start = NAME.index("7*7")
    shown = reading_notes.marked(NAME, [{"start": start, "end": start + 3}])
    assert unescape(re.sub("</?strong>", "", shown)) == NAME
